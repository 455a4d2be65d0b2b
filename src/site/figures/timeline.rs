//! What happened, one row an event with its name in full, and below the same line of time when things were said: bare
//! marks, each as vague as its date, in lanes so that none covers another.
//!
//! Words never stand inside the drawing, where they would be cut or meet: an event's are text beside its strip. Where
//! there are more events than a reader would go through they are bare marks too, and the page's list has the words.

use super::answers::sentence;
use super::bands::{grid, scale_line, small};
use super::legend::{Legend, Shapes, legend};
use super::marks;
use super::scale::{Axis, Reach, Wording};
use super::svg::{escape, figure, fluid, linked};
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
    /// What, in a few words.
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

/// The narrowest strip, in pixels, for which lanes are laid out: on wider ones marks only move apart.
const NARROW: f64 = 260.0;
/// More events than these have no rows of their own.
const ROWS: usize = 30;

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
    let mut body = strip(&axis, input, &events, &said);
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

/// The list beside the figure says the same in words, so that the drawing, names included, is for the eye alone.
fn strip(axis: &Axis, input: &TimelineFigure, events: &[&Entry], said: &[&Entry]) -> String {
    let happened = match events.len() {
        0 => String::new(),
        1..=ROWS => format!("<ol class=\"fig-rows\">{}</ol>", events.iter().map(|e| row(axis, e)).collect::<String>()),
        _ => format!("<div class=\"fig-beside\">{}</div>", stack(axis, &lanes(axis, events))),
    };
    let heading = |words: &str, any: bool| {
        if any { format!("<p class=\"fig-heading\">{}</p>", escape(words)) } else { String::new() }
    };
    let told = match said.len() {
        0 => String::new(),
        _ => format!("<div class=\"fig-beside\">{}</div>", stack(axis, &lanes(axis, said))),
    };
    format!(
        "<div class=\"fig-strip-of-time\" aria-hidden=\"true\">{}<div class=\"fig-bands\">{happened}{}{}{told}</div></div>",
        heading(input.above, !events.is_empty()),
        scale_line(axis),
        heading(input.below, !said.is_empty()),
    )
}

/// An event: its name, its date, and its strip.
fn row(axis: &Axis, entry: &Entry) -> String {
    let mark = marks::mark(axis, &Value::Days(entry.when.clone()), entry.contested, 50.0, marks::Fit::Row);
    let name = match &entry.href {
        Some(href) => format!("<a href=\"{}\" tabindex=\"-1\">{}</a>", escape(href), escape(&entry.label)),
        None => escape(&entry.label),
    };
    format!(
        "<li class=\"fig-row\"><p class=\"fig-who\">{name}</p><p class=\"fig-value\">{}</p><div class=\"fig-box\">{}</div></li>",
        escape(&entry.date_label),
        fluid("fig-strip", &(grid(axis) + &mark))
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

#[derive(Default)]
struct Lane<'a> {
    placed: Vec<&'a Entry>,
    taken: Vec<Area>,
}

/// Each entry in the first lane where it is free.
fn lanes<'a>(axis: &Axis, entries: &[&'a Entry]) -> Vec<Lane<'a>> {
    let mut lanes: Vec<Lane> = Vec::new();
    for entry in entries {
        let (from, to) = extent(axis, entry);
        let free = |lane: &Lane| lane.taken.iter().all(|(a, b)| to < *a || *b < from);
        let at = lanes.iter().position(free).unwrap_or(lanes.len());
        if at == lanes.len() {
            lanes.push(Lane::default());
        }
        lanes[at].taken.push((from, to));
        lanes[at].placed.push(entry);
    }
    lanes
}

/// What a mark covers in pixels, with some air.
fn extent(axis: &Axis, entry: &Entry) -> Area {
    let ranges = entry.when.days.ranges();
    let from = ranges.first().map_or(0.0, |range| axis.days(*range).0);
    let to = ranges.last().map_or(100.0, |range| axis.days(*range).1);
    let (from, to) = (from * NARROW / 100.0, to * NARROW / 100.0);
    let middle = (from + to) / 2.0;
    (from.min(middle - 4.0) - 1.0, to.max(middle + 4.0) + 1.0)
}

fn lane(axis: &Axis, lane: &Lane) -> String {
    let content = grid(axis) + &lane.placed.iter().map(|entry| placed(axis, entry)).collect::<String>();
    format!("<div class=\"fig-lane\">{}</div>", fluid("fig-strip", &content))
}

/// A mark with its tooltip. Its link is for the pointer alone: the list has the same one for the keyboard.
fn placed(axis: &Axis, entry: &Entry) -> String {
    let mark = marks::mark(axis, &Value::Days(entry.when.clone()), entry.contested, 50.0, marks::Fit::Lane);
    let out = format!("<title>{}</title>{mark}", escape(&tooltip(entry)));
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
