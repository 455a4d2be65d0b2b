//! The chronology: what happened and, beside it, when things were said; by time, by actor, by question.

use tera::Value;

use super::PageKind;
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use crate::render::object::Object;
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::base::url::percent;
use sourcebook_core::dossier::address::part_path;
use sourcebook_core::model::date::calendar::Civil;
use sourcebook_core::model::date::{Day, Edtf};
use sourcebook_core::model::{ActorIx, ClaimIx, Dated, Dossier, EventIx, QuestionIx, Ref};
use sourcebook_core::words;

/// `/timeline/`, `/timeline/actors/`, `/timeline/questions/`
pub static KIND: PageKind = PageKind { name: "timelines", plan, render };

/// Entries on one page; more go to pages in parts.
const ENTRIES: usize = 400;

/// What entries are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    Time,
    Actor,
    Question,
}

const VIEWS: [View; 3] = [View::Time, View::Actor, View::Question];

/// One line of a chronology.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The actor or question that it is grouped under; none by time.
    group: Option<Ref>,
    of: Ref,
}

fn plan(planner: &mut Planner<'_>) {
    for (n, view) in VIEWS.into_iter().enumerate() {
        let folder = folder(planner.urls.paths(), view);
        let parts = count(planner.dossier, view).div_ceil(ENTRIES);
        let origin = planner.parsed.config.paths.origin("timeline");
        planner.add_parts(&KIND, n, &folder, parts, origin);
    }
}

fn folder(paths: &sourcebook_core::dossier::config::Paths, view: View) -> String {
    let [actors, .., questions, _] = &paths.kinds;
    match view {
        View::Time => paths.timeline.to_string(),
        View::Actor => format!("{}/{actors}", paths.timeline),
        View::Question => format!("{}/{questions}", paths.timeline),
    }
}

/// The entries of a view, in order.
pub fn entries(dossier: &Dossier, view: usize) -> Vec<Entry> {
    let one = |group: Option<Ref>, of: Ref| Entry { group, of };
    let mut all: Vec<Entry> = Vec::new();
    match VIEWS[view] {
        View::Time => {
            all.extend((0..dossier.events.len()).map(|i| one(None, EventIx::at(i).into())));
            let said = (0..dossier.claims.len()).map(ClaimIx::at);
            all.extend(said.map(|ix| one(None, ix.into())));
            all.sort_by_cached_key(|entry| order(dossier, entry.of));
        }
        View::Actor => {
            for group in by_label(dossier, (0..dossier.actors.len()).map(|i| ActorIx::at(i).into())) {
                let Ref::Actor(ix) = group else { continue };
                let events = dossier[ix].events.iter().map(|(event, _)| Ref::Event(*event));
                let said = dossier[ix].said.iter().map(|claim| Ref::Claim(*claim));
                let mut own: Vec<_> = events.chain(said).map(|of| one(Some(group), of)).collect();
                own.sort_by_cached_key(|entry| order(dossier, entry.of));
                all.append(&mut own);
            }
        }
        View::Question => {
            for group in by_label(dossier, (0..dossier.questions.len()).map(|i| QuestionIx::at(i).into())) {
                let Ref::Question(ix) = group else { continue };
                let mut own: Vec<_> =
                    dossier[ix].answers.iter().map(|(claim, _)| one(Some(group), Ref::Claim(*claim))).collect();
                own.sort_by_cached_key(|entry| order(dossier, entry.of));
                all.append(&mut own);
            }
        }
    }
    all
}

/// How many [`entries`] a view has.
fn count(dossier: &Dossier, view: View) -> usize {
    match view {
        View::Time => dossier.events.len() + dossier.claims.len(),
        View::Actor => dossier.actors.iter().map(|actor| actor.events.len() + actor.said.len()).sum(),
        View::Question => dossier.questions.iter().map(|question| question.answers.len()).sum(),
    }
}

fn by_label(dossier: &Dossier, all: impl Iterator<Item = Ref>) -> Vec<Ref> {
    let mut all: Vec<Ref> = all.collect();
    all.sort_by_cached_key(|of| super::index::fold(dossier.label(*of)));
    all
}

fn date(dossier: &Dossier, of: Ref) -> Option<&Dated> {
    match of {
        Ref::Event(ix) => Some(&dossier[ix].date),
        Ref::Claim(ix) => dossier[ix].said.as_ref(),
        _ => None,
    }
}

/// By the first day a date may mean; an event before what is said that day; then by the last day. What is open towards
/// the past stands before the month in which it ends, for it may have been at any time before.
fn order(dossier: &Dossier, of: Ref) -> impl Ord + use<> {
    let dates = date(dossier, of).map(|d| d.date.sort_key()).map(|(first, last, _)| (first, last));
    let open = date(dossier, of).is_some_and(|d| is_open(&d.date));
    let first = dates.map(|(first, _)| if open { month_start(first) } else { first });
    (dates.is_none(), first, !open, matches!(of, Ref::Claim(_)), dates.map(|d| d.1), of)
}

/// Whether it is not known since when, but by when.
fn is_open(date: &Edtf) -> bool {
    date.earliest().is_none() && date.latest().is_some()
}

fn month_start(day: Day) -> Day {
    Civil { day: 1, ..Civil::from_day(day) }.day()
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let view = route.subject as usize;
    let all = renderer.timeline(view);
    debug_assert_eq!(all.len(), count(renderer.dossier, VIEWS[view]), "what was planned");
    let start = route.part as usize * ENTRIES;
    let shown = &all[start.min(all.len())..(start + ENTRIES).min(all.len())];
    let mut page = renderer.page(route, None);
    let folder = folder(renderer.urls.paths(), VIEWS[view]);
    let parts = page.parts(&folder, all.len().div_ceil(ENTRIES), route.part as usize);
    let figure = (view == 0 && parts.is_none()).then(|| crate::render::figures::timeline(renderer));
    page.set("groups", groups(renderer, shown))
        .set("views", views(renderer, view))
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
        let kind = if matches!(entry.of, Ref::Event(_)) { "event" } else { "claim" };
        let date = dated.map(|d| match entry.of {
            Ref::Event(_) => renderer.event_date(d),
            _ => renderer.moment(d),
        });
        let value = Object::new().set("kind", kind).set("date", date).set("item", renderer.row(entry.of));
        if let Some((.., entries)) = groups.last_mut() {
            entries.push(value.build());
        }
    }
    let group = |(label, of, entries): (String, Option<Ref>, Vec<Value>)| {
        Object::new().set("label", label).set("of", of.map(|of| renderer.brief(of))).set("entries", entries).build()
    };
    groups.into_iter().map(group).collect()
}

fn views(renderer: &Renderer<'_>, current: usize) -> Vec<Value> {
    let keys = ["timeline.by_time", "timeline.by_actor", "timeline.by_question"];
    (VIEWS.into_iter().zip(keys).enumerate())
        .map(|(n, (view, key))| {
            Object::new()
                .set("label", renderer.words().text(key))
                .set("url", percent(&part_path(&folder(renderer.urls.paths(), view), 0)))
                .set("current", n == current)
                .build()
        })
        .collect()
}

/// The month in which a date begins, as a heading; the date itself where it is much less precise than that. What is open
/// towards the past was by then, and nobody knows when.
pub fn month(date: &Edtf, renderer: &Renderer<'_>) -> String {
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
pub fn year(date: &Edtf, renderer: &Renderer<'_>) -> String {
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
