//! The pages of [`crate::lists::timeline`].

use tera::Value;

use super::{PageKind, Role};
use crate::lists::timeline::{Entry, View, count, date, is_open};
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use crate::render::object::Object;
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::base::url::percent;
use sourcebook_core::dossier::address::part_path;
use sourcebook_core::model::Ref;
use sourcebook_core::model::date::Edtf;
use sourcebook_core::model::date::calendar::Civil;
use sourcebook_core::model::kinds::Kind;
use sourcebook_core::words;

/// `/timeline/`, `/timeline/actors/`, `/timeline/questions/`
pub(super) static KIND: PageKind = PageKind { name: "timelines", role: Role::List, plan, render };

/// Entries on one page; more go to pages in parts.
const ENTRIES: usize = 400;

fn plan(planner: &mut Planner<'_>) {
    for (n, &view) in View::ALL.iter().enumerate() {
        let folder = folder(planner.urls.paths(), view);
        let parts = count(planner.dossier, view).div_ceil(ENTRIES);
        let origin = planner.parsed.config.paths.origin("timeline");
        planner.add_parts(n, &folder, parts, origin);
    }
}

fn folder(paths: &sourcebook_core::dossier::config::Paths, view: View) -> String {
    match view {
        View::Time => paths.timeline.to_string(),
        View::Actor => format!("{}/{}", paths.timeline, paths.of(Kind::Actor)),
        View::Question => format!("{}/{}", paths.timeline, paths.of(Kind::Question)),
    }
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let view = View::ALL[route.subject as usize];
    let all = renderer.timeline(view);
    debug_assert_eq!(all.len(), count(renderer.dossier, view), "what was planned");
    let start = route.part as usize * ENTRIES;
    let shown = &all[start.min(all.len())..(start + ENTRIES).min(all.len())];
    let mut page = renderer.page(route, None);
    let folder = folder(renderer.urls.paths(), view);
    let parts = page.parts(&folder, all.len().div_ceil(ENTRIES), route.part as usize);
    let figure = (view == View::Time && parts.is_none()).then(|| crate::render::figures::timeline(renderer));
    page.set("groups", groups(renderer, shown))
        .set("views", views(renderer, view))
        .set("milestones", super::milestones::all(renderer))
        .set("days", super::milestones::days(renderer))
        .set("figure_html", figure.flatten())
        .set("parts", parts)
        .set("notes", Vec::<Value>::new());
    page.head("timeline", "timeline", renderer.words().text("nav.timeline"), None);
    page.finish("timeline.html", out)
}

fn groups(renderer: &Renderer<'_>, entries: &[Entry]) -> Vec<Value> {
    let mut groups: Vec<(String, Option<Ref>, Vec<Value>)> = Vec::new();
    for entry in entries {
        let dated = date(renderer.dossier, entry.of);
        let label = match entry.group {
            Some(of) => renderer.typeset(renderer.dossier.label(of)).into_owned(),
            None => {
                dated.map_or_else(|| renderer.words().text("timeline.undated").to_owned(), |d| month(&d.date, renderer))
            }
        };
        if groups.last().is_none_or(|(last, of, _)| *last != label || *of != entry.group) {
            groups.push((label, entry.group, Vec::new()));
        }
        if let Some((.., entries)) = groups.last_mut() {
            entries.push(renderer.in_chronology(entry.of));
        }
    }
    let group = |(label, of, entries): (String, Option<Ref>, Vec<Value>)| {
        Object::new().set("label", label).set("of", of.map(|of| renderer.brief(of))).set("entries", entries).build()
    };
    groups.into_iter().map(group).collect()
}

fn views(renderer: &Renderer<'_>, current: View) -> Vec<Value> {
    let key = |view| match view {
        View::Time => "timeline.by_time",
        View::Actor => "timeline.by_actor",
        View::Question => "timeline.by_question",
    };
    (View::ALL.iter())
        .map(|&view| {
            Object::new()
                .set("label", renderer.words().text(key(view)))
                .set("url", percent(&part_path(&folder(renderer.urls.paths(), view), 0)))
                .set("current", view == current)
                .build()
        })
        .collect()
}

/// The month in which a date begins, as a heading; the date itself where it is much less precise than that. What is open
/// towards the past was by then, and nobody knows when.
pub(super) fn month(date: &Edtf, renderer: &Renderer<'_>) -> String {
    let words = renderer.words();
    if is_open(date) {
        return before(date, renderer);
    }
    match date.earliest().zip(date.latest()).filter(|(first, last)| last - first <= 31) {
        Some((first, _)) => {
            let day = Civil::from_day(first);
            let month = Edtf::parse(&format!("{:04}-{:02}", day.year, day.month));
            month.map_or_else(|_| words.text("timeline.undated").to_owned(), |m| words::date::label(&m, words))
        }
        None => words::date::moment(date, words),
    }
}

/// The year in which a date begins.
pub(super) fn year(date: &Edtf, renderer: &Renderer<'_>) -> String {
    match date.earliest() {
        Some(day) => Civil::from_day(day).year.to_string(),
        None if is_open(date) => before(date, renderer),
        None => renderer.words().text("timeline.undated").to_owned(),
    }
}

/// "By 10 May 2024, date unknown".
fn before(date: &Edtf, renderer: &Renderer<'_>) -> String {
    let by = words::date::by(date, renderer.words());
    let label = renderer.words().fill("timeline.before", &[("by", &by)]);
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
