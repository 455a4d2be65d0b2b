//! What a record said before: its fields before and after each change, when, by whom, and why, from the versions that git
//! keeps; for a site with `[history]`.
//!
//! The page is no page of the dossier's: what was changed is neither searched nor listed, and robots are asked to leave it.

use tera::Value;

use super::{PageKind, Role};
use crate::plan::{Planner, Route};
use crate::render::object::{Html, Object};
use crate::render::rooted::ROOT;
use crate::render::{Page, Renderer};
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::base::json::Json;
use sourcebook_core::dossier::address::{page_file, page_url};
use sourcebook_core::dossier::history::{Line, lines};
use sourcebook_core::dossier::versions::{Change, Event, What};
use sourcebook_core::model::Ref;
use sourcebook_core::model::kinds::Kind;
use sourcebook_core::words;

/// `/claims/ID/history/`
pub(super) static KIND: PageKind = PageKind { name: "histories", role: Role::File, plan, render };

fn plan(planner: &mut Planner<'_>) {
    let parsed = planner.parsed;
    for id in parsed.beside.history.events.keys() {
        if let Some(of) = planner.dossier.get(id).filter(|of| of.kind().is_some()) {
            let folder = [&*planner.urls.folder(of), "/", &*parsed.config.paths.history].concat();
            let origin = parsed.config.paths.origin("history").unwrap_or_else(|| planner.dossier.span(of));
            planner.add(number(of), page_file(&folder), Some(origin));
        }
    }
}

/// A record as the subject of a route: its kind and its place in that kind's table, in one number.
fn number(of: Ref) -> usize {
    of.position() * Kind::ALL.len() + of.kind().map_or(0, |kind| kind as usize)
}

fn record(subject: u32) -> Ref {
    let (position, kind) = (subject as usize / Kind::ALL.len(), subject as usize % Kind::ALL.len());
    Ref::at(Kind::ALL[kind], position)
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let of = record(route.subject);
    let id = &**renderer.dossier.id(of);
    let events = renderer.parsed.beside.history.of(id);
    let words = renderer.words();
    let name = match of {
        Ref::Claim(ix) => words::sentence::titled(renderer.dossier, ix, words),
        other => renderer.dossier.label(other).to_string(),
    };
    let since = renderer.config().history.as_ref().and_then(|history| history.since.as_ref());
    let since = since.map(|day| words.fill("history.since", &[("date", &words::date::label(day, words))]));
    let mut page = renderer.page(route, None);
    page.set("record", renderer.whole(of))
        .set("name", &*name)
        .set("since", since)
        .set("uncommitted", renderer.parsed.beside.history.uncommitted.contains(id))
        .set("events", events.iter().rev().map(|event| shown(renderer, event)).collect::<Vec<_>>())
        .set("notes", Vec::<Value>::new());
    let section = of.kind().map_or("", Kind::plural);
    page.head("history", section, &words.fill("history.of", &[("title", &name)]), None);
    let provenance = provenance(&page, of, events);
    page.set("jsonld", Html(provenance));
    page.finish("history.html", out)
}

fn shown(renderer: &Renderer<'_>, event: &Event) -> Object {
    let words = renderer.words();
    let date = event.day.as_ref().map(|day| words::date::moment_phrase(day, words)).unwrap_or_default();
    let key = match (event.what, event.by.is_empty()) {
        (What::Added, false) => "history.added_by",
        (What::Added, true) => "history.added",
        (What::Changed, false) => "history.changed_by",
        (What::Changed, true) => "history.changed",
        (What::Removed, false) => "history.removed_by",
        (What::Removed, true) => "history.removed",
    };
    let said: String = event.why.chars().filter(|c| !c.is_control()).collect();
    let by: String = event.by.chars().filter(|c| !c.is_control()).collect();
    let fields = event.fields.iter().map(|Change { key, before, after }| {
        let side = |text: &Option<String>| text.clone().unwrap_or_default();
        let line = |line: Line<'_>| match line {
            Line::Same(text) => Object::new().set("is", "same").set("text", text),
            Line::Gone(text) => Object::new().set("is", "before").set("text", text),
            Line::New(text) => Object::new().set("is", "after").set("text", text),
        };
        let (old, new) = (side(before), side(after));
        let lines: Vec<_> = lines(&old, &new).into_iter().map(line).collect();
        Object::new()
            .set("key", &**key)
            .set("before", before.as_deref())
            .set("after", after.as_deref())
            .set("lines", lines)
    });
    Object::new()
        .set("id", ["v-", event.short()].concat())
        .set("what", event.what.as_str())
        .set("label", words.fill(key, &[("date", &date), ("by", &by)]))
        .set("on", event.day.as_ref().map(|day| day.text().to_owned()))
        .set("by", (!by.is_empty()).then_some(by))
        .set("why", (!said.is_empty()).then_some(said))
        .set("commit", event.short())
        .set("fields", fields.collect::<Vec<_>>())
}

/// The versions in the terms of PROV-O (W3C, 2013): each a revision of the one before it, and all of them versions of one
/// record.
fn provenance(page: &Page<'_, '_>, of: Ref, events: &[Event]) -> String {
    let renderer = page.renderer;
    let address = match &renderer.config().base_url {
        Some(base) => page_url(base, &renderer.urls.folder(of)),
        None => format!("{ROOT}{}", renderer.urls.address(of)),
    };
    let mut out = String::new();
    Json::for_html(&mut out).object(|o| {
        o.table("@context", |o| {
            o.text("prov", "http://www.w3.org/ns/prov#").text("name", "https://schema.org/name");
            o.text("description", "https://schema.org/description").text("xsd", "http://www.w3.org/2001/XMLSchema#");
        });
        let versions: Vec<(usize, &Event)> = events.iter().enumerate().collect();
        o.list("@graph", &versions, |list, (n, event)| {
            list.object(|o| {
                let id = |event: &Event| format!("#v-{}", event.short());
                let is_removed = event.what == What::Removed;
                o.text("@id", &id(event)).text("@type", if is_removed { "prov:Activity" } else { "prov:Entity" });
                if !is_removed {
                    o.table("prov:specializationOf", |o| {
                        o.text("@id", &address);
                    });
                }
                let time = if is_removed { "prov:endedAtTime" } else { "prov:generatedAtTime" };
                o.table(time, |o| {
                    o.text("@type", "xsd:dateTime").text("@value", &event.on);
                });
                if !event.by.is_empty() {
                    let by = if is_removed { "prov:wasAssociatedWith" } else { "prov:wasAttributedTo" };
                    o.table(by, |o| {
                        o.text("@type", "prov:Person").text("name", &event.by);
                    });
                }
                let before = n.checked_sub(1).and_then(|n| events.get(n)).filter(|before| before.what != What::Removed);
                if let Some(before) = before {
                    o.table(if is_removed { "prov:invalidated" } else { "prov:wasRevisionOf" }, |o| {
                        o.text("@id", &id(before));
                    });
                }
                o.text("description", &event.why);
            });
        });
    });
    out
}

impl Page<'_, '_> {
    /// Sets the link to what a record said before, if it said anything else.
    pub(super) fn changes_link(&mut self, of: Ref) -> &mut Self {
        let renderer = self.renderer;
        let history = &renderer.parsed.beside.history;
        let events = history.of(renderer.dossier.id(of));
        let last = events.last().and_then(|event| event.day.as_ref());
        let link = last.map(|day| {
            let words = renderer.words();
            let date = words::date::moment_phrase(day, words);
            let count = events.iter().filter(|event| event.what != What::Added).count();
            let folder = [&*renderer.urls.folder(of), "/", &*renderer.urls.paths().history].concat();
            Object::new()
                .set("url", sourcebook_core::base::url::percent(&page_file(&folder)))
                .set("label", words.count("record.changes", count, &[("date", &date)]))
        });
        self.set("changes_link", link)
    }
}
