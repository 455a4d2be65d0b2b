//! The chronology: what happened and, beside it, when things were said.

use tera::Value;

use super::PageKind;
use super::common::plan_section;
use crate::diagnostic::Diagnostic;
use crate::model::date::Edtf;
use crate::model::{ClaimIx, Dated, Dossier, EventIx, Ref};
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use crate::render::object::Object;

/// `/timeline/`
pub static KIND: PageKind = PageKind { name: "timeline", plan, render };

fn plan(planner: &mut Planner<'_>) {
    let segment = planner.parsed.config.paths.timeline.clone();
    if !planner.dossier.events.is_empty() {
        plan_section(planner, &KIND, "timeline", &segment);
    }
}

/// Events and dated claims in the order of their dates; an event before what is said of it the same day.
fn entries(dossier: &Dossier) -> Vec<(&Dated, Ref)> {
    let events = dossier.events.iter().enumerate().map(|(i, e)| (&e.date, Ref::Event(EventIx::at(i))));
    let said = |(i, c): (usize, &'_ crate::model::Claim)| c.on.is_some().then(|| ClaimIx::at(i));
    let claims = dossier
        .claims
        .iter()
        .enumerate()
        .filter_map(said)
        .filter_map(|ix| dossier[ix].on.as_ref().map(|on| (on, Ref::Claim(ix))));
    let mut all: Vec<_> = events.chain(claims).collect();
    all.sort_by(|a, b| a.0.date.sort_key().cmp(&b.0.date.sort_key()).then(a.1.cmp(&b.1)));
    all.sort_by_key(|(date, of)| (date.date.earliest(), matches!(of, Ref::Claim(_)), date.date.latest()));
    all
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let mut page = renderer.page(route, None);
    let mut groups: Vec<(String, Vec<Value>)> = Vec::new();
    for (date, of) in entries(renderer.dossier) {
        let label = month(&date.date, renderer);
        if groups.last().is_none_or(|(last, _)| *last != label) {
            groups.push((label, Vec::new()));
        }
        let kind = if matches!(of, Ref::Event(_)) { "event" } else { "claim" };
        let entry = Object::new().set("kind", kind).set("date", renderer.date(date)).set("item", renderer.brief(of));
        if let Some((_, entries)) = groups.last_mut() {
            entries.push(entry.build());
        }
    }
    let groups: Vec<_> =
        groups.into_iter().map(|(label, entries)| Object::new().set("label", label).set("entries", entries)).collect();
    page.set("groups", groups)
        .set("figure_html", crate::render::figures::timeline(renderer, ""))
        .set("notes", Vec::<Value>::new());
    page.head("timeline", "timeline", renderer.words().text("nav.timeline"), None);
    page.finish("timeline.html", out)
}

/// The month in which a date begins, as a heading; the date itself where it is less precise than that.
fn month(date: &Edtf, renderer: &Renderer<'_>) -> String {
    let words = renderer.words();
    let start = date.earliest().map(crate::model::date::calendar::Civil::from_day);
    let (first, last) = (date.earliest(), date.latest());
    match (start, first.zip(last)) {
        (Some(day), Some((first, last))) if last - first <= 31 => {
            let month = Edtf::parse(&format!("{:04}-{:02}", day.year, day.month));
            month.map_or_else(|_| words.text("timeline.undated").to_owned(), |m| crate::words::date::label(&m, words))
        }
        _ => crate::words::date::label(date, words),
    }
}
