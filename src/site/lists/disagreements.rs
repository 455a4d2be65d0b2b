//! Every question on which comparable answers differ, and claims that contradict each other outside questions.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashSet};

use sourcebook_core::model::claim::ClaimAnswer;
use sourcebook_core::model::source::Origin;
use sourcebook_core::model::{ClaimIx, Dossier, QuestionIx, Text};
use sourcebook_core::words::messages::Messages;

/// Questions and pairs of claims on one page; more go to pages in parts.
pub const ENTRIES: usize = 100;

/// What the pages list: first the questions, then the pairs.
#[derive(Hash)]
pub struct Disagreements {
    questions: Vec<QuestionIx>,
    pairs: Vec<Pair>,
}

/// Two claims that an author set against each other, and why.
pub type Pair = (ClaimIx, ClaimIx, Option<Text>);

impl Disagreements {
    /// All of a dossier.
    pub fn of(dossier: &Dossier) -> Self {
        Self { questions: contested(dossier), pairs: pairs(dossier) }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.questions.len() + self.pairs.len()
    }

    /// Those on one page of the list.
    pub fn part(&self, part: usize) -> (&[QuestionIx], &[Pair]) {
        let bounds = |start: usize, len: usize| {
            let end = ((part + 1) * ENTRIES).saturating_sub(start).min(len);
            (part * ENTRIES).saturating_sub(start).min(end)..end
        };
        let questions = self.questions.len();
        (&self.questions[bounds(0, questions)], &self.pairs[bounds(questions, self.pairs.len())])
    }
}

/// What is at odds among the answers to a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rivals {
    /// How many values differ from another that they can be compared with.
    pub values: usize,
    /// Whose words these are in the end, each once.
    pub origins: BTreeSet<Origin>,
    /// Whether any of the claims that give them has no known origin.
    pub unknown: bool,
}

/// The values at odds, and whose they are: however often each of them was written down.
pub fn rivals(dossier: &Dossier, ix: QuestionIx) -> Rivals {
    let question = &dossier[ix];
    let mut rivals = Rivals::default();
    let (mut claims, mut values) = (BTreeSet::new(), BTreeSet::new());
    // One that is asserted and foretold is one value.
    for (claim, n) in
        (0..question.answers.len()).filter(|n| question.comparison.is_contested(*n)).map(|n| question.answers[n])
    {
        let answer = &dossier[claim].answers[n];
        values.insert((answer.value.to_string(), answer.place, answer.group));
        claims.insert(claim);
    }
    rivals.values = values.len();
    for claim in claims {
        rivals.origins.extend(dossier[claim].origins.iter().copied());
        rivals.unknown |= dossier[claim].origins.is_empty();
    }
    rivals
}

/// "4 values at odds, 3 origins, the rest without an origin given".
pub fn rivals_label(rivals: &Rivals, words: &Messages) -> Option<String> {
    if rivals.values == 0 {
        return None;
    }
    let values = words.count("question.differs", rivals.values, &[]);
    let origins = (!rivals.origins.is_empty()).then(|| words.count("origins.count", rivals.origins.len(), &[]));
    let unknown = if rivals.origins.is_empty() { "origins.none_given" } else { "origins.rest_unknown" };
    let unknown = rivals.unknown.then(|| words.text(unknown).to_owned());
    let parts: Vec<_> = [Some(values), origins, unknown].into_iter().flatten().collect();
    Some(parts.join(words.text("list.comma")))
}

/// What questions are listed by: where the editors put them; else the number of independent origins of what is at odds,
/// never how often somebody wrote it down.
fn rank(dossier: &Dossier, ix: QuestionIx) -> impl Ord + use<> {
    let rivals = rivals(dossier, ix);
    let position = dossier[ix].position.unwrap_or(usize::MAX);
    (position, Reverse(rivals.origins.len()), Reverse(rivals.values), ix)
}

/// The place of every question among all of them, in the order of [`rank`].
pub(super) fn ranks(dossier: &Dossier) -> Vec<u32> {
    let mut order: Vec<_> = (0..dossier.questions.len()).map(QuestionIx::at).collect();
    order.sort_by_cached_key(|ix| rank(dossier, *ix));
    let mut places = vec![0; order.len()];
    for (place, ix) in (0..).zip(order) {
        places[ix.position()] = place;
    }
    places
}

/// Questions on which answers differ, in the order of [`rank`].
pub fn contested(dossier: &Dossier) -> Vec<QuestionIx> {
    let differ = |ix: &QuestionIx| dossier[*ix].comparison.is_any_contested();
    let mut all: Vec<_> = (0..dossier.questions.len()).map(QuestionIx::at).filter(differ).collect();
    all.sort_by_cached_key(|ix| rank(dossier, *ix));
    all
}

/// Pairs related by `contradicts` whose difference no question shows.
pub fn pairs(dossier: &Dossier) -> Vec<Pair> {
    let (mut pairs, mut seen) = (Vec::new(), HashSet::new());
    for (i, claim) in dossier.claims.iter().enumerate() {
        let ix = ClaimIx::at(i);
        for relation in &claim.contradicts {
            let is_new = !seen.contains(&(relation.claim, ix));
            if is_new && !differ_on_a_question(dossier, ix, relation.claim) {
                seen.insert((ix, relation.claim));
                pairs.push((ix, relation.claim, relation.reason.clone()));
            }
        }
    }
    pairs
}

/// Whether a question shows that two claims differ.
pub fn differ_on_a_question(dossier: &Dossier, a: ClaimIx, b: ClaimIx) -> bool {
    let to_same = |x: &ClaimAnswer| dossier[b].numbered().find(|(y, _)| y.question == x.question);
    let differ = |(x, number): (&ClaimAnswer, usize)| {
        let verdict = |other| dossier[x.question].comparison.verdict(number, other);
        to_same(x).is_some_and(|(_, other)| verdict(other).is_conflict())
    };
    dossier[a].numbered().any(differ)
}
