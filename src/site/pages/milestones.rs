//! The days whose state of knowledge has a page, for links.

use tera::Value;

use crate::render::Renderer;
use crate::render::object::Object;
use sourcebook_core::base::file::{FileId, Span};
use sourcebook_core::dossier::address::page_file;
use sourcebook_core::model::Dated;
use sourcebook_core::words;

/// All milestones, for links.
pub(super) fn all(renderer: &Renderer<'_>) -> Vec<Value> {
    (0..renderer.dossier.milestones.len()).map(|n| brief(renderer, n)).collect()
}

/// A milestone, for links.
pub(super) fn brief(renderer: &Renderer<'_>, n: usize) -> Value {
    let milestone = &renderer.dossier.milestones[n];
    let dated = Dated { date: milestone.date.clone(), inferred: None, span: Span::new(FileId(0), 0..0) };
    let folder = format!("{}/{}", renderer.urls.paths().as_of, milestone.date.text());
    Object::new()
        .set("date", renderer.date(&dated))
        .set("by", words::date::by(&milestone.date, renderer.words()))
        .set("title", renderer.typeset(&milestone.title).as_ref())
        .set("url", sourcebook_core::base::url::percent(&page_file(&folder)))
        .build()
}
