//! Every question on which comparable answers differ, and claims that contradict each other outside questions.

use std::collections::HashSet;

use tera::Value;

use super::PageKind;
use crate::diagnostic::Diagnostic;
use crate::model::claim::ClaimAnswer;
use crate::model::compare::VerdictKind;
use crate::model::compare::contest::Stance;
use crate::model::{ClaimIx, Dossier, QuestionIx, Text};
use crate::plan::{Planner, Route};
use crate::render::object::Object;
use crate::render::{Renderer, figures};
use crate::words;
use crate::words::messages::Messages;

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

/// The most contested first: by pairs that differ, then by id.
fn contested(dossier: &Dossier) -> Vec<QuestionIx> {
    let mut all: Vec<_> = (0..dossier.questions.len())
        .map(QuestionIx::at)
        .filter(|ix| dossier[*ix].comparison.differing_pairs() > 0)
        .collect();
    all.sort_by_key(|ix| (std::cmp::Reverse(dossier[*ix].comparison.differing_pairs()), *ix));
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
        let verdict = |other| dossier[x.question].comparison.verdict(number, other).kind();
        to_same(x).is_some_and(|(_, other)| verdict(other) == VerdictKind::Differs)
    };
    dossier[a].numbered().any(differ)
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let all = renderer.disagreements();
    let (questions, pairs) = all.part(route.part as usize);
    let mut page = renderer.page(route, None);
    let questions: Vec<_> = (questions.iter())
        .map(|&ix| {
            let summary = summary(renderer, ix);
            Object::from(&renderer.brief(ix.into()))
                .set("figure_html", figures::small(renderer, ix, &page.root))
                .set("answers_summary", summary)
                .build()
        })
        .collect();
    let pairs: Vec<_> = (pairs.iter())
        .map(|(a, b, reason)| {
            Object::new()
                .set("a", renderer.brief((*a).into()))
                .set("b", renderer.brief((*b).into()))
                .set("reason", reason.as_ref().map(|r| renderer.typeset(r).into_owned()))
        })
        .collect();
    let folder = &renderer.urls.paths().disagreements;
    let parts = page.parts(folder, all.len().div_ceil(ENTRIES), route.part as usize);
    page.set("questions", questions).set("pairs", pairs).set("parts", parts).set("notes", Vec::<Value>::new());
    page.head("disagreements", "disagreements", renderer.words().text("nav.disagreements"), None);
    page.finish("disagreements.html", out)
}

/// A value with how it is held: "oui (prévision)".
fn qualified(value: &str, stance: &str, words: &Messages) -> String {
    words.fill("disagreements.group_as", &[("value", value), ("stance", stance)])
}

/// Who says what, in one line: each value with those who hold it.
fn summary(renderer: &Renderer<'_>, ix: QuestionIx) -> Option<String> {
    let (dossier, words) = (renderer.dossier, renderer.words());
    let question = &dossier[ix];
    if question.answers.len() > SUMMED {
        return None;
    }
    let group = |stance: Stance, members: &[usize]| {
        let (claim, n) = question.answers[members[0]];
        let value = words::answer::label(&dossier[claim].answers[n].value, question, words);
        let value = match stance {
            Stance::Held => value,
            Stance::Forecast => qualified(&value, words.text("question.forecast"), words),
            Stance::NotHeld => qualified(&value, words.text("question.not_held"), words),
        };
        let mut who: Vec<String> = Vec::new();
        for member in members {
            let speaker = figures::speaker(renderer, question.answers[*member].0);
            if !who.contains(&speaker) {
                who.push(speaker);
            }
        }
        words.fill("disagreements.group", &[("value", &value), ("who", &words::list::join(&who, words))])
    };
    let groups: Vec<_> = question.comparison.groups().iter().map(|g| group(g.stance, &g.members)).collect();
    Some(groups.join(" · "))
}
