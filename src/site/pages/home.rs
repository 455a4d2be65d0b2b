//! The home page: what the dossier is, what is settled, disputed and not known, and the ways in.

use std::collections::BTreeSet;

use tera::Value;

use super::common::briefs;
use super::{PageKind, Role};
use crate::lists::standing::{held, none_compare};
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use crate::render::object::{Html, Object};
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::model::kinds::SettledStatus;
use sourcebook_core::model::prose::Texts;
use sourcebook_core::model::{ArticleIx, Dossier, QuestionIx};

/// `/`
pub(super) static KIND: PageKind = PageKind { name: "home", role: Role::Home, plan, render };

/// How many of each list stand here; the indexes have them all.
const LISTED: usize = 12;

fn plan(planner: &mut Planner<'_>) {
    let home = home(planner.dossier);
    let origin = home.map(|ix| planner.dossier[ix].title_span);
    planner.add(0, "index.html", origin);
}

fn home(dossier: &Dossier) -> Option<ArticleIx> {
    dossier.articles.iter().position(|a| a.is_home()).map(ArticleIx::at)
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let dossier = renderer.dossier;
    let own = home(dossier);
    let mut page = renderer.page(route, own.map(Into::into));
    let lead = own.map(|ix| page.lead(ix)).transpose()?.flatten();
    let intro = own.map(|ix| page.blocks(&dossier[ix].body)).transpose()?;
    let notes = own.map(|ix| page.notes(&dossier[ix].prose())).unwrap_or_default();
    let [settled, disputed, open, unjudged] = by_status(renderer);
    let behind = own.and_then(|ix| page.behind_notes(&dossier[ix].prose()));
    page.set("intro_html", intro.map(Html))
        .set("image", lead)
        .set("notes", notes)
        .set("behind", behind)
        .set("articles", briefs(renderer, first(renderer.reading_order())))
        .set("settled", questions(renderer, first(&settled), true))
        .set("disputed", questions(renderer, first(&disputed), true))
        .set("open", questions(renderer, first(&open), false))
        .set("unjudged", questions(renderer, first(&unjudged), true))
        .set(
            "counts",
            counts(dossier)
                .set("settled", settled.len())
                .set("disputed", disputed.len())
                .set("open", open.len())
                .set("unjudged", unjudged.len())
                .set("articles", renderer.reading_order().len()),
        )
        .set("checked", super::common::checked(renderer))
        .set("changes", super::changes::of_dossier(renderer))
        .set("milestones", super::milestones::all(renderer))
        .set("days", super::milestones::days(renderer))
        .set("extra", own.map(|ix| &dossier[ix].extra));
    let description = renderer.config().description.as_ref().map(|d| renderer.typeset(d));
    page.head("home", "home", &renderer.typeset(&renderer.config().title), description.as_deref());
    page.finish("home.html", out)
}

fn first<T>(list: &[T]) -> &[T] {
    &list[..list.len().min(LISTED)]
}

/// Questions that the authors hold for settled; those that they hold for disputed, or on which answers differ; those that
/// they hold for open; and those that nobody judged, of which no two comparable answers differ.
fn by_status(renderer: &Renderer<'_>) -> [Vec<QuestionIx>; 4] {
    let mut lists = [const { Vec::new() }; 4];
    for (i, question) in renderer.dossier.questions.iter().enumerate() {
        let differs = question.comparison.is_any_contested();
        let place = match question.assessment.as_ref().map(|a| a.status) {
            Some(SettledStatus::Settled) => 0,
            Some(SettledStatus::Disputed) => 1,
            Some(SettledStatus::Open) => 2,
            None if differs => 1,
            None => 3,
        };
        lists[place].push(QuestionIx::at(i));
    }
    for list in &mut lists {
        list.sort_by_key(|ix| renderer.rank(*ix));
    }
    lists
}

/// What a question is listed for, where that was computed and not judged: the key of its words.
fn basis(dossier: &Dossier, ix: QuestionIx) -> Option<&'static str> {
    let question = &dossier[ix];
    let judged = question.assessment.is_some();
    let mut held = held(question);
    let (first, second) = (held.next(), held.next());
    match () {
        () if question.answers.is_empty() => None,
        () if judged => Some("home.by_editors"),
        () if question.comparison.is_any_contested() => Some("home.by_comparison"),
        () if first.is_none() => Some("home.none_stands"),
        () if second.is_none() => Some("home.one_stands"),
        () if none_compare(question) => Some("home.none_compare"),
        () => Some("home.none_differ"),
    }
}

/// Questions with what the authors answer, if they do, and who answers what.
fn questions(renderer: &Renderer<'_>, list: &[QuestionIx], told: bool) -> Vec<Value> {
    list.iter()
        .map(|ix| {
            let question = &renderer.dossier[*ix];
            let answer = question.assessment.as_ref().and_then(|a| a.answer.as_ref());
            let answer =
                answer.map(|v| sourcebook_core::words::answer::label(renderer.dossier, v, question, renderer.words()));
            let basis = basis(renderer.dossier, *ix);
            Object::from(&renderer.brief((*ix).into()))
                .set("answer_label", answer)
                .set("basis", basis)
                .set("basis_label", basis.map(|key| renderer.words().text(key)))
                .set("tally", told.then(|| super::disagreements::tally(renderer, *ix)).flatten())
                .build()
        })
        .collect()
}

fn counts(dossier: &Dossier) -> Object {
    let origins: BTreeSet<_> = dossier.claims.iter().flat_map(|c| c.origins.iter().copied()).collect();
    Object::with_room(28)
        .set("actors", dossier.actors.len())
        .set("events", dossier.events.len())
        .set("places", dossier.places.len())
        .set("sources", dossier.sources.len())
        .set("questions", dossier.questions.len())
        .set("claims", dossier.claims.len())
        .set("contested", dossier.claims.iter().filter(|c| c.contested).count())
        .set("origins", origins.len())
}
