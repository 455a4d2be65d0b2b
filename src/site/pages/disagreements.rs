//! Every question on which comparable answers differ, and claims that contradict each other outside questions.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashSet};

use tera::Value;

use super::PageKind;
use crate::plan::{Planner, Route};
use crate::render::object::Object;
use crate::render::{Renderer, figures};
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::model::claim::ClaimAnswer;
use sourcebook_core::model::compare::contest::Group;
use sourcebook_core::model::question::Question;
use sourcebook_core::model::source::Origin;
use sourcebook_core::model::state::State;
use sourcebook_core::model::{ClaimIx, Dossier, QuestionIx, Text};
use sourcebook_core::words;
use sourcebook_core::words::messages::Messages;

/// `/disagreements/`
pub static KIND: PageKind = PageKind { name: "disagreements", plan, render };

fn plan(planner: &mut Planner<'_>) {
    let paths = &planner.parsed.config.paths;
    let entries = contested(planner.dossier).len() + pairs(planner.dossier).len();
    planner.add_parts(&KIND, 0, &paths.disagreements, entries.div_ceil(ENTRIES), paths.origin("disagreements"));
}

/// Questions and pairs of claims on one page; more go to pages in parts.
const ENTRIES: usize = 100;

/// A question with more answers than these is told by its page alone.
const SUMMED: usize = 60;

/// More values than these are counted.
const LINES: usize = 6;

/// More voices for one value are counted.
const NAMED: usize = 3;

/// What the pages list: first the questions, then the pairs.
pub struct Disagreements {
    questions: Vec<QuestionIx>,
    pairs: Vec<Pair>,
}

/// Two claims that an author set against each other, and why.
type Pair = (ClaimIx, ClaimIx, Option<Text>);

impl Disagreements {
    /// All of a dossier.
    pub fn of(dossier: &Dossier) -> Self {
        Self { questions: contested(dossier), pairs: pairs(dossier) }
    }

    fn len(&self) -> usize {
        self.questions.len() + self.pairs.len()
    }

    fn part(&self, part: usize) -> (&[QuestionIx], &[Pair]) {
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
    let mut claims = BTreeSet::new();
    for group in question.comparison.groups() {
        let at_odds = group.members.iter().filter(|n| question.comparison.is_contested(**n));
        let before = claims.len();
        claims.extend(at_odds.map(|n| question.answers[*n].0));
        rivals.values += usize::from(claims.len() > before);
    }
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

/// What questions are listed by: the number of independent origins of what is at odds, never how often somebody wrote it
/// down.
pub fn rank(dossier: &Dossier, ix: QuestionIx) -> impl Ord + use<> {
    let rivals = rivals(dossier, ix);
    (Reverse(rivals.origins.len()), Reverse(rivals.values), ix)
}

/// Questions on which answers differ, in the order of [`rank`].
fn contested(dossier: &Dossier) -> Vec<QuestionIx> {
    let differ = |ix: &QuestionIx| dossier[*ix].comparison.is_any_contested();
    let mut all: Vec<_> = (0..dossier.questions.len()).map(QuestionIx::at).filter(differ).collect();
    all.sort_by_cached_key(|ix| rank(dossier, *ix));
    all
}

/// Pairs related by `contradicts` whose difference no question shows.
fn pairs(dossier: &Dossier) -> Vec<Pair> {
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

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let all = renderer.disagreements();
    let (questions, pairs) = all.part(route.part as usize);
    let mut page = renderer.page(route, None);
    let questions: Vec<_> = (questions.iter())
        .map(|&ix| {
            Object::from(&renderer.brief(ix.into()))
                .set("figure_html", figures::small(renderer, ix))
                .set("impossible", super::impossible::in_short(renderer, ix))
                .set("tally", tally(renderer, ix))
                .build()
        })
        .collect();
    let pairs: Vec<_> = (pairs.iter())
        .map(|(a, b, reason)| {
            Object::new()
                .set("a", renderer.claim_item(*a))
                .set("b", renderer.claim_item(*b))
                .set("reason", reason.as_ref().map(|r| renderer.typeset(r).into_owned()))
        })
        .collect();
    let folder = &renderer.urls.paths().disagreements;
    let parts = page.parts(folder, all.len().div_ceil(ENTRIES), route.part as usize);
    page.set("questions", questions).set("pairs", pairs).set("parts", parts).set("notes", Vec::<Value>::new());
    page.head("disagreements", "disagreements", renderer.words().text("nav.disagreements"), None);
    page.finish("disagreements.html", out)
}

/// Who answers what, a line for each value: the value, how it is held if it is not simply held, and whose it is.
pub fn tally(renderer: &Renderer<'_>, ix: QuestionIx) -> Option<Vec<Value>> {
    let question = &renderer.dossier[ix];
    let groups = question.comparison.groups();
    let few = question.answers.len() <= SUMMED && !groups.is_empty();
    let groups = &in_reading_order(renderer.dossier, question, groups);
    let shown = if groups.len() > LINES + 1 { LINES } else { groups.len() };
    let rest = groups.len() - shown;
    let more = |n| {
        let label = renderer.words().count("tally.more", n, &[]);
        Object::new()
            .set("value_label", label)
            .set("who", "")
            .set("place", None::<Value>)
            .set("group", None::<Value>)
            .set("state", None::<&str>)
            .set("state_label", None::<&str>)
            .build()
    };
    let lines = groups[..shown].iter().map(|group| line(renderer, ix, group));
    few.then(|| lines.chain((rest > 0).then(|| more(rest))).collect())
}

/// What is held first, a forecast or a denial of the same value right below it; what no longer stands last.
fn in_reading_order(dossier: &Dossier, question: &Question, groups: &[Group]) -> Vec<Group> {
    let value = |group: &Group| {
        let (claim, n) = question.answers[group.members[0]];
        (group.place, dossier[claim].answers[n].value.to_string())
    };
    let first = |group: &Group| groups.iter().position(|other| value(other) == value(group));
    let mut ordered = groups.to_vec();
    ordered.sort_by_cached_key(|group| (group.state.lapse().is_some(), group.place, first(group), group.state));
    ordered
}

fn line(renderer: &Renderer<'_>, ix: QuestionIx, group: &Group) -> Value {
    let (question, words) = (&renderer.dossier[ix], renderer.words());
    let (claim, n) = question.answers[group.members[0]];
    let answer = &renderer.dossier[claim].answers[n];
    let label = (group.state != State::Current).then(|| words::kinds::state(group.state, words));
    Object::new()
        .set("value_label", words::answer::label(renderer.dossier, &answer.value, question, words))
        .set("state", group.state.as_str())
        .set("state_label", label)
        .set("place", answer.place.map(|p| renderer.brief(p.into())))
        .set("group", answer.group.map(|g| renderer.brief(g.into())))
        .set("contested", group.members.iter().any(|n| question.comparison.is_contested(*n)))
        .set("who", voices(renderer, question, &group.members))
        .build()
}

/// The first of those who say the same, and how many more there are.
fn voices(renderer: &Renderer<'_>, question: &Question, members: &[usize]) -> String {
    let words = renderer.words();
    let mut who: Vec<String> = Vec::new();
    for member in members {
        let speaker = figures::speaker(renderer, question.answers[*member].0);
        if !who.contains(&speaker) {
            who.push(speaker);
        }
    }
    let more = who.len().saturating_sub(NAMED);
    if more > 1 {
        who.truncate(NAMED);
        who.push(words.count("origins.more", more, &[]));
    }
    words::list::join(&who, words)
}
