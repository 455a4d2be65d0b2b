//! Every question on which comparable answers differ, and claims that contradict each other outside questions.

use tera::Value;

use super::PageKind;
use super::common::plan_section;
use crate::diagnostic::Diagnostic;
use crate::model::compare::VerdictKind;
use crate::model::compare::contest::Stance;
use crate::model::{ClaimIx, Dossier, QuestionIx};
use crate::plan::{Planner, Route};
use crate::render::object::Object;
use crate::render::{Renderer, figures};
use crate::words;
use crate::words::messages::Messages;

/// `/disagreements/`
pub static KIND: PageKind = PageKind { name: "disagreements", plan, render };

fn plan(planner: &mut Planner<'_>) {
    let segment = planner.parsed.config.paths.disagreements.clone();
    plan_section(planner, &KIND, "disagreements", &segment);
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
fn pairs(dossier: &Dossier) -> Vec<(ClaimIx, ClaimIx, Option<&str>)> {
    let mut pairs = Vec::new();
    for (i, claim) in dossier.claims.iter().enumerate() {
        let ix = ClaimIx::at(i);
        for relation in &claim.contradicts {
            let seen = pairs.iter().any(|(a, b, _)| (*a, *b) == (relation.claim, ix));
            if !seen && !differ_on_a_question(dossier, ix, relation.claim) {
                pairs.push((ix, relation.claim, relation.reason.as_deref()));
            }
        }
    }
    pairs
}

fn differ_on_a_question(dossier: &Dossier, a: ClaimIx, b: ClaimIx) -> bool {
    let shared = dossier[a].answers.iter().map(|x| x.question);
    shared.into_iter().any(|q| {
        let question = &dossier[q];
        let place = |of| question.answers.iter().position(|(c, _)| *c == of);
        match (place(a), place(b)) {
            (Some(i), Some(j)) => question.comparison.verdict(i, j).kind() == VerdictKind::Differs,
            _ => false,
        }
    })
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let dossier = renderer.dossier;
    let mut page = renderer.page(route, None);
    let questions: Vec<_> = contested(dossier)
        .into_iter()
        .map(|ix| {
            let summary = summary(renderer, ix);
            Object::from(&renderer.brief(ix.into()))
                .set("figure_html", figures::small(renderer, ix, &page.root))
                .set("answers_summary", summary)
                .build()
        })
        .collect();
    let pairs: Vec<_> = pairs(dossier)
        .into_iter()
        .map(|(a, b, reason)| {
            Object::new()
                .set("a", renderer.brief(a.into()))
                .set("b", renderer.brief(b.into()))
                .set("reason", reason.map(|r| renderer.typeset(r).into_owned()))
        })
        .collect();
    page.set("questions", questions).set("pairs", pairs).set("notes", Vec::<Value>::new());
    page.head("disagreements", "disagreements", renderer.words().text("nav.disagreements"), None);
    page.finish("disagreements.html", out)
}

/// A value with how it is held: "oui (prévision)".
fn qualified(value: &str, stance: &str, words: &Messages) -> String {
    words.fill("disagreements.group_as", &[("value", value), ("stance", stance)])
}

/// Who says what, in one line: each value with those who hold it.
fn summary(renderer: &Renderer<'_>, ix: QuestionIx) -> String {
    let (dossier, words) = (renderer.dossier, renderer.words());
    let question = &dossier[ix];
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
    groups.join(" · ")
}
