//! Events above a line of time, and below it when things were said about them, each as vague as its date.
//!
//! Marks stand in lanes, the first lane next to the line, so that none covers another; a lane is a small drawing of its
//! own, as wide as the page. There are two sets, of which the stylesheet shows one: bare marks for narrow pages; marks
//! with words, as far as eight lanes hold them, for wide ones. Words that come again are not repeated.

use std::collections::BTreeSet;

use super::answers::sentence;
use super::bands::{grid, scale_line, small};
use super::legend::{Legend, Shapes, legend};
use super::marks;
use super::scale::{Axis, Reach, Wording};
use super::svg::{escape, figure, fluid, linked, percent};
use super::text;
use super::{Span, Value};

/// A strip of time.
#[derive(Clone, Copy)]
pub struct TimelineFigure<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// What the figure shows, as a heading; may be empty.
    pub title: &'a str,
    /// How to read it, beyond the legend; may be empty.
    pub caption: &'a str,
    /// What stands above the line, in words ("Events").
    pub above: &'a str,
    /// What happened.
    pub events: &'a [Entry],
    /// What stands below the line, in words ("Statements").
    pub below: &'a str,
    /// What was said.
    pub said: &'a [Entry],
    /// Whether the same entries stand beside the figure as a list: the drawing is then all. Otherwise it brings its own.
    pub listed: bool,
    /// What the shapes mean.
    pub legend: &'a Legend,
    /// How ticks are worded.
    pub tick: Wording<'a>,
}

/// Something on a strip of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What, in a few words; shortened where it stands beside its mark.
    pub label: String,
    /// When, in words.
    pub date_label: String,
    /// When. An entry without days is in the list only.
    pub when: Span,
    /// Where it leads.
    pub href: Option<String>,
    /// Contested.
    pub contested: bool,
}

/// The widths in pixels for which lanes are laid out, the narrowest that each set is shown at.
const NARROW: f64 = 260.0;
const WIDE: f64 = 600.0;
const SIZE: f64 = 12.0;
const WORDS: f64 = 170.0;
/// Words are left out rather than stand in a lane further out than this.
const WORDED_LANES: usize = 8;

/// Draws the strip; an empty text where no entry has a date.
pub fn timeline(input: &TimelineFigure) -> String {
    let (events, said) = (dated(input.events), dated(input.said));
    if events.is_empty() && said.is_empty() {
        return String::new();
    }
    let (mut reach, mut shapes) = (Reach::default(), Shapes::new());
    for entry in events.iter().chain(&said) {
        reach.add_days(&entry.when.days);
        marks::shapes(&Value::Days(entry.when.clone()), entry.contested, &mut shapes);
    }
    let axis = Axis::date(reach, input.tick);
    let mut body = strip(&axis, input, &events, &said, false) + &strip(&axis, input, &events, &said, true);
    if !input.listed {
        body += &(list(input.above, input.events) + &list(input.below, input.said));
    }
    let caption = legend(input.legend, &shapes) + &sentence(input.caption);
    figure("timeline", input.id, input.title, &body, &caption)
}

fn dated(entries: &[Entry]) -> Vec<&Entry> {
    let mut entries: Vec<_> = entries.iter().filter(|entry| !entry.when.days.ranges().is_empty()).collect();
    entries.sort_by_key(|entry| entry.when.order());
    entries
}

fn strip(axis: &Axis, input: &TimelineFigure, events: &[&Entry], said: &[&Entry], wide: bool) -> String {
    let (mut above, below) = (lanes(axis, events, wide), lanes(axis, said, wide));
    above.reverse();
    format!(
        "<div class=\"fig-strip-of-time {}\" aria-hidden=\"true\"><p class=\"fig-heading\">{}</p>{}{}<p class=\"fig-heading\">{}</p>{}</div>",
        if wide { "fig-wide" } else { "fig-narrow" },
        escape(input.above),
        stack(axis, &above),
        scale_line(axis),
        escape(input.below),
        stack(axis, &below),
    )
}

/// Lanes under one another, the lower the more they are.
fn stack(axis: &Axis, lanes: &[Lane]) -> String {
    let class = match lanes.len() {
        0..=16 => "fig-stack",
        17..=48 => "fig-stack fig-dense",
        _ => "fig-stack fig-packed",
    };
    let lanes = lanes.iter().map(|lane| self::lane(axis, lane));
    format!("<div class=\"{class}\">{}</div>", lanes.collect::<String>())
}

/// From left to right, in pixels.
type Area = (f64, f64);
/// Words beside a mark: the place they start or end at, in per cent, and their anchor.
type Words = (f64, &'static str, String);

/// A mark, and its words with their anchor and place.
struct Placed<'a> {
    entry: &'a Entry,
    words: Option<Words>,
}

#[derive(Default)]
struct Lane<'a> {
    placed: Vec<Placed<'a>>,
    taken: Vec<Area>,
}

fn lanes<'a>(axis: &Axis, entries: &[&'a Entry], wide: bool) -> Vec<Lane<'a>> {
    let mut lanes: Vec<Lane> = Vec::new();
    let mut said = BTreeSet::new();
    for entry in entries {
        let bare = extent(axis, entry, if wide { WIDE } else { NARROW });
        let worded = if wide && !said.contains(&entry.label) { worded(axis, entry, bare) } else { None };
        let fits = worded.filter(|(area, _)| free(&lanes, *area) < WORDED_LANES);
        if fits.is_some() {
            said.insert(&entry.label);
        }
        let (area, words) = fits.map_or((bare, None), |(area, words)| (area, Some(words)));
        let at = free(&lanes, area);
        if at == lanes.len() {
            lanes.push(Lane::default());
        }
        lanes[at].taken.push(area);
        lanes[at].placed.push(Placed { entry, words });
    }
    lanes
}

/// The number of the first lane where an area is free: one past the last if there is none.
fn free(lanes: &[Lane], (from, to): Area) -> usize {
    lanes.iter().position(|lane| lane.taken.iter().all(|(a, b)| to < *a || *b < from)).unwrap_or(lanes.len())
}

/// What a mark covers in pixels, with some air.
fn extent(axis: &Axis, entry: &Entry, width: f64) -> Area {
    let ranges = entry.when.days.ranges();
    let from = ranges.first().map_or(0.0, |range| axis.days(*range).0);
    let to = ranges.last().map_or(100.0, |range| axis.days(*range).1);
    let (from, to) = (from * width / 100.0, to * width / 100.0);
    let middle = (from + to) / 2.0;
    (from.min(middle - 4.0) - 1.0, to.max(middle + 4.0) + 1.0)
}

/// The area of a mark with its words, to the right of it or else to the left; none where there is no room.
fn worded(axis: &Axis, entry: &Entry, (from, to): Area) -> Option<(Area, Words)> {
    let words = text::shorten(&entry.label, SIZE, WORDS);
    let width = text::width(&words, SIZE) + 8.0;
    let ranges = entry.when.days.ranges();
    if to + width < WIDE {
        let edge = ranges.last().map_or(100.0, |range| axis.days(*range).1);
        return Some(((from, to + width), (edge, "start", words)));
    }
    let edge = ranges.first().map_or(0.0, |range| axis.days(*range).0);
    (from - width > 0.0).then_some(((from - width, to), (edge, "end", words)))
}

fn lane(axis: &Axis, lane: &Lane) -> String {
    let worded = lane.placed.iter().any(|placed| placed.words.is_some());
    let content = grid(axis) + &lane.placed.iter().map(|placed| self::placed(axis, placed)).collect::<String>();
    let class = if worded { "fig-lane fig-worded" } else { "fig-lane" };
    format!("<div class=\"{class}\">{}</div>", fluid("fig-strip", &content))
}

/// A mark with its tooltip. Its link is for the pointer alone: the list has the same one for the keyboard.
fn placed(axis: &Axis, placed: &Placed) -> String {
    let entry = placed.entry;
    let mut out = format!("<title>{}</title>", escape(&tooltip(entry)));
    out += &marks::mark(axis, &Value::Days(entry.when.clone()), entry.contested, 50.0, marks::Fit::Lane);
    if let Some((x, anchor, words)) = &placed.words {
        let dx = if *anchor == "start" { 10 } else { -10 };
        let (x, words) = (percent(*x), escape(words));
        out += &format!(
            "<text class=\"fig-label\" x=\"{x}\" y=\"50%\" dx=\"{dx}\" dy=\"0.35em\" text-anchor=\"{anchor}\">{words}</text>"
        );
    }
    match &entry.href {
        Some(href) => format!("<a href=\"{}\" tabindex=\"-1\">{out}</a>", escape(href)),
        None => format!("<g>{out}</g>"),
    }
}

fn tooltip(entry: &Entry) -> String {
    match (entry.label.as_str(), entry.date_label.as_str()) {
        (label, "") => label.to_owned(),
        (label, date) => format!("{label} · {date}"),
    }
}

fn list(heading: &str, entries: &[Entry]) -> String {
    let mut entries: Vec<_> = entries.iter().collect();
    entries.sort_by_key(|entry| entry.when.order());
    let items = entries.iter().map(|entry| {
        let text = linked(&entry.label, entry.href.as_deref());
        format!("<li>{text}{}</li>", small("fig-sub", &entry.date_label))
    });
    let items: String = items.collect();
    if items.is_empty() {
        return items;
    }
    format!("<p class=\"fig-heading\">{}</p><ol class=\"fig-plain\">{items}</ol>", escape(heading))
}
