//! The days whose state of knowledge has a page, for links.

use tera::Value;

use crate::render::Renderer;
use crate::render::object::Object;
use sourcebook_core::base::file::{FileId, Span};
use sourcebook_core::dossier::address::page_file;
use sourcebook_core::model::as_of::is_any_day_known;
use sourcebook_core::model::date::calendar::Civil;
use sourcebook_core::model::date::{Day, Edtf};
use sourcebook_core::model::{Dated, Text};
use sourcebook_core::words;

/// All milestones, for links.
pub(super) fn all(renderer: &Renderer<'_>) -> Vec<Value> {
    (0..renderer.dossier.milestones.len()).map(|n| brief(renderer, n)).collect()
}

/// A milestone, for links.
fn brief(renderer: &Renderer<'_>, n: usize) -> Value {
    let milestone = &renderer.dossier.milestones[n];
    of(renderer, &milestone.date, Some(&milestone.title)).build()
}

/// A day that has a page, for links, by its number among all.
pub(super) fn day(renderer: &Renderer<'_>, n: usize) -> Value {
    let day = &renderer.dossier.days[n];
    let title = day.milestone.map(|n| &renderer.dossier.milestones[n].title);
    of(renderer, &day.date, title).set("iso", day.date.latest().map(iso)).set("is_milestone", title.is_some()).build()
}

/// All days that have a page, for choosing one; nothing where the state of a day in between is that of none of them.
pub(super) fn days(renderer: &Renderer<'_>) -> Vec<Value> {
    let days = if is_any_day_known(renderer.dossier) { renderer.dossier.days.len() } else { 0 };
    (0..days).map(|n| day(renderer, n)).collect()
}

/// What the page of a day is called.
pub(super) fn title(renderer: &Renderer<'_>, n: usize) -> String {
    let day = &renderer.dossier.days[n];
    match day.milestone {
        Some(stone) => renderer.typeset(&renderer.dossier.milestones[stone].title).into_owned(),
        None => titled(renderer, &day.date),
    }
}

fn titled(renderer: &Renderer<'_>, date: &Edtf) -> String {
    renderer.words().fill("asof.titled", &[("by", &words::date::by(date, renderer.words()))])
}

fn iso(day: Day) -> String {
    let Civil { year, month, day } = Civil::from_day(day);
    format!("{year:04}-{month:02}-{day:02}")
}

fn of(renderer: &Renderer<'_>, date: &Edtf, title: Option<&Text>) -> Object {
    let dated = Dated { date: date.clone(), inferred: None, span: Span::new(FileId(0), 0..0) };
    let folder = format!("{}/{}", renderer.urls.paths().as_of, date.text());
    let title = title.map_or_else(|| titled(renderer, date), |title| renderer.typeset(title).into_owned());
    Object::new()
        .set("date", renderer.date(&dated))
        .set("by", words::date::by(date, renderer.words()))
        .set("title", title)
        .set("url", sourcebook_core::base::url::percent(&page_file(&folder)))
}
