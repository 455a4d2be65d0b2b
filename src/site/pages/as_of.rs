//! The state of knowledge on a day: what had been answered by then, what was denied, what was not yet known.

use tera::Value;

use super::PageKind;
use super::impossible;
use super::question::answer;
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use crate::render::object::Object;
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::base::file::{FileId, Span};
use sourcebook_core::dossier::address::page_file;
use sourcebook_core::model::date::Day;
use sourcebook_core::model::kinds::QuestionKind;
use sourcebook_core::model::modality::Modality;
use sourcebook_core::model::{Dated, Dossier, Question, QuestionIx};

/// `/as-of/DATE/`
pub static KIND: PageKind = PageKind { name: "as-of", plan, render };

fn plan(planner: &mut Planner<'_>) {
    for n in 0..planner.dossier.milestones.len() {
        let folder = format!("{}/{}", planner.parsed.config.paths.as_of, planner.dossier.milestones[n].date.text());
        let origin = planner.parsed.config.paths.origin("as_of");
        let parts = part_numbers(planner.dossier).last().map_or(1, |last| last + 1);
        planner.add_parts(&KIND, n, &folder, parts, origin);
    }
}

/// Answers on one page; more go to pages in parts.
const ANSWERS: usize = 400;

/// Of one question at most so many, the last: its own page has them all.
const OF_ONE: usize = 200;

/// The part on which each question stands.
fn part_numbers(dossier: &Dossier) -> Vec<usize> {
    let mut before = 0;
    let part = |question: &Question| {
        let part = before / ANSWERS;
        before += 1 + question.answers.len().min(OF_ONE);
        part
    };
    dossier.questions.iter().map(part).collect()
}

/// A milestone, for links.
pub fn brief(renderer: &Renderer<'_>, n: usize) -> Value {
    let milestone = &renderer.dossier.milestones[n];
    let dated = Dated { date: milestone.date.clone(), inferred: None, span: Span::new(FileId(0), 0..0) };
    let folder = format!("{}/{}", renderer.urls.paths().as_of, milestone.date.text());
    Object::new()
        .set("date", renderer.date(&dated))
        .set("title", renderer.typeset(&milestone.title).as_ref())
        .set("url", sourcebook_core::base::url::percent(&page_file(&folder)))
        .build()
}

/// An answer was given by a day if it had surely been said by then: the latest day on which it may have been said.
fn said_by(dossier: &Dossier, ix: QuestionIx, number: usize, day: Day) -> bool {
    let (claim, _) = dossier[ix].answers[number];
    dossier[claim].said.as_ref().and_then(|d| d.date.latest()).is_some_and(|said| said <= day)
}

fn is_denial(dossier: &Dossier, ix: QuestionIx, number: usize) -> bool {
    let (claim, n) = dossier[ix].answers[number];
    let modality = dossier[claim].answers[n].modality;
    matches!(modality, Modality::Denies | Modality::DeclinesToConfirm)
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let dossier = renderer.dossier;
    let n = route.subject as usize;
    let day = |n: usize| dossier.milestones[n].date.latest().unwrap_or(Day::MIN);
    let before = n.checked_sub(1).map(day);
    let parts = part_numbers(dossier);
    let here = parts.iter().enumerate().filter(|(_, part)| **part == route.part as usize);
    let questions: Vec<_> = here.map(|(i, _)| state(renderer, QuestionIx::at(i), day(n), before)).collect();
    let mut page = renderer.page(route, None);
    let folder = format!("{}/{}", renderer.urls.paths().as_of, dossier.milestones[n].date.text());
    let parts = page.parts(&folder, parts.last().map_or(1, |last| last + 1), route.part as usize);
    page.set("milestone", brief(renderer, n))
        .set("previous", n.checked_sub(1).map(|p| brief(renderer, p)))
        .set("next", (n + 1 < dossier.milestones.len()).then(|| brief(renderer, n + 1)))
        .set("questions", questions)
        .set("parts", parts)
        .set("notes", Vec::<Value>::new());
    let title = renderer.typeset(&dossier.milestones[n].title).into_owned();
    page.head("as-of", "timeline", &title, None);
    page.finish("as-of.html", out)
}

/// What was known of a question on a day, and what of it was new since the milestone before.
fn state(renderer: &Renderer<'_>, ix: QuestionIx, day: Day, before: Option<Day>) -> Value {
    let dossier = renderer.dossier;
    let mut given: Vec<usize> = (0..dossier[ix].answers.len()).filter(|n| said_by(dossier, ix, *n, day)).collect();
    given.drain(..given.len().saturating_sub(OF_ONE));
    let is_choice = dossier[ix].kind == QuestionKind::Choice;
    let (denied, held): (Vec<_>, Vec<_>) =
        given.iter().copied().partition(|n| is_denial(dossier, ix, *n) && !is_choice || denies(dossier, ix, *n));
    let new: Vec<_> = given.iter().copied().filter(|n| before.is_none_or(|b| !said_by(dossier, ix, *n, b))).collect();
    let value = |n: &usize| {
        let (claim, _) = dossier[ix].answers[*n];
        answer(renderer, ix, *n).set("claim", renderer.claim_row(claim)).set("new", new.contains(n)).build()
    };
    let values = |list: &[usize]| -> Vec<Value> { list.iter().map(value).collect() };
    let impossible = impossible::by_day(renderer, ix, day, |n| new.contains(&n));
    Object::new()
        .set("question", renderer.brief(ix.into()))
        .set("answers", values(&held))
        .set("denied", values(&denied))
        .set("impossible", impossible)
        .set("unknown", given.is_empty())
        .set("new", values(&new))
        .build()
}

/// A choice that is denied or not confirmed is told among what was denied, too.
fn denies(dossier: &Dossier, ix: QuestionIx, number: usize) -> bool {
    is_denial(dossier, ix, number)
}
