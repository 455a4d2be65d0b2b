//! Value against time, for a question whose true answer moves: every mark is as wide as its as-of date is vague, as
//! high as its value is, numbered, and on a wide page named; the list below says the rest.

use std::fmt::Write;

use super::answers::sentence;
use super::bands::{contested, small};
use super::labels::{Place, Room};
use super::legend::{Legend, Shape, Shapes, upright};
use super::plane::{framed, height};
use super::scale::{Axis, Reach, Wording};
use super::svg::{anchored, escape, figure, linked, percent};
use super::{Row, Value, in_order, marks, text};

/// The figure of a question about a quantity that changes.
#[derive(Clone, Copy)]
pub struct OverTimeFigure<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// What the figure shows, as a heading; may be empty.
    pub title: &'a str,
    /// How to read it, beyond the legend; may be empty.
    pub caption: &'a str,
    /// The answers; those that are `apart` are drawn quietly. A row without value or date is in the list only.
    pub rows: &'a [Row],
    /// What the shapes mean.
    pub legend: &'a Legend,
    /// How the ticks of both axes are worded.
    pub tick: Wording<'a>,
}

/// The height of the plot in pixels, as the stylesheet sets it (20rem); the size of words in it (0.8125rem).
const HEIGHT: f64 = 320.0;
const SIZE: f64 = 13.0;
const NARROW: [f64; 4] = [200.0, 300.0, 420.0, 620.0];
const WIDE: [f64; 4] = [540.0, 680.0, 860.0, 1200.0];
const NAME: f64 = 150.0;
/// Room for words on either side, as a share of the time covered.
const MARGIN: f64 = 0.12;

/// Draws value against time; an empty text where there is no row at all.
pub fn over_time(input: &OverTimeFigure) -> String {
    let rows = in_order(input.rows);
    if rows.is_empty() {
        return String::new();
    }
    let plane = Plane::new(&rows, input.tick);
    let points: Vec<_> = rows.iter().enumerate().filter_map(|(i, row)| Point::of(&plane, i + 1, row)).collect();
    let body = if points.is_empty() { String::new() } else { plot(&plane, &points) } + &list(&rows);
    let caption = upright(input.legend, &shapes(&points)) + &sentence(input.caption);
    figure("over-time", input.id, input.title, &body, &caption)
}

/// Both axes.
struct Plane {
    time: Axis,
    value: Axis,
}

impl Plane {
    fn new(rows: &[&Row], wording: Wording) -> Self {
        let (mut time, mut value) = (Reach::default(), Reach::default());
        for row in rows {
            time.add_days(&row.as_of.days);
            marks::reach(&row.value, &mut value);
        }
        Self { time: Axis::date_within(time, MARGIN, wording), value: Axis::upright(value, wording) }
    }

    fn height(&self, value: f64) -> f64 {
        height(&self.value, value)
    }
}

/// A mark: where it stands in per cent of both sides, and how far it reaches.
struct Point<'a> {
    number: usize,
    row: &'a Row,
    x: f64,
    y: f64,
    across: (f64, f64),
    upward: (f64, f64),
}

impl<'a> Point<'a> {
    fn of(plane: &Plane, number: usize, row: &'a Row) -> Option<Self> {
        let ranges = row.as_of.days.ranges();
        let (first, last) = (ranges.first()?, ranges.last()?);
        let across = (plane.time.days(*first).0, plane.time.days(*last).1);
        let (y, upward) = vertical(plane, &row.value)?;
        Some(Self { number, row, x: marks::span_middle(&plane.time, &row.as_of), y, across, upward })
    }
}

fn vertical(plane: &Plane, value: &Value) -> Option<(f64, (f64, f64))> {
    if !marks::drawn(value) {
        return None;
    }
    let height = |n: &f64| plane.height(*n);
    Some(match value {
        Value::None | Value::Days(_) => return None,
        Value::Exact(n) => (height(n), (height(n), height(n))),
        Value::About { at, low, high } => (height(at), (height(high), height(low))),
        Value::AtLeast(n) => (height(n), (0.0, height(n))),
        Value::AtMost(n) => (height(n), (height(n), 100.0)),
        Value::Between(low, high) => ((height(low) + height(high)) / 2.0, (height(high), height(low))),
    })
}

fn shapes(points: &[Point]) -> Shapes {
    let mut shapes = Shapes::new();
    for point in points {
        marks::shapes(&point.row.value, point.row.contested.is_some(), &mut shapes);
        if point.row.as_of.unsure {
            shapes.insert(Shape::Unsure);
        }
    }
    shapes
}

fn plot(plane: &Plane, points: &[Point]) -> String {
    let marks: String = points.iter().map(mark).collect();
    let plot = marks + &numbers(points) + &names(points);
    framed(&plane.time, &plane.value, &plot)
}

fn mark(point: &Point) -> String {
    let row = point.row;
    let mut class = String::from("fig-mark");
    for (extra, holds) in [(" fig-contested", row.contested.is_some()), (" fig-apart", row.apart.is_some())] {
        if holds {
            class.push_str(extra);
        }
    }
    format!("<g class=\"{class}\">{}{}{}</g>", when(point), reach(point), head(point))
}

/// The as-of date, where it is wider than the mark or in doubt.
fn when(point: &Point) -> String {
    if point.across.1 - point.across.0 < 2.0 {
        const DOUBT: &str = "<path class=\"fig-when fig-unsure\" d=\"M-12 0H12\"/>";
        return if point.row.as_of.unsure { anchored(point.x, point.y, DOUBT) } else { String::new() };
    }
    let class = if point.row.as_of.unsure { "fig-when fig-unsure" } else { "fig-when" };
    stroke(class, point.across, (point.y, point.y))
}

/// The value's reach, where it has one.
fn reach(point: &Point) -> String {
    let class = if matches!(point.row.value, Value::Between(..)) { "fig-thick" } else { "fig-ray" };
    if point.upward.1 - point.upward.0 < 0.5 {
        return String::new();
    }
    stroke(class, (point.x, point.x), point.upward)
}

fn stroke(class: &str, (x1, x2): (f64, f64), (y1, y2): (f64, f64)) -> String {
    let [x1, x2, y1, y2] = [x1, x2, y1, y2].map(percent);
    format!("<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>")
}

fn head(point: &Point) -> String {
    const DIAMOND: &str = "<path class=\"fig-diamond\" d=\"M0 -7.5L7.5 0L0 7.5L-7.5 0Z\"/>";
    let contested = point.row.contested.is_some();
    let arrow = match point.row.value {
        Value::AtLeast(_) => anchored(point.x, 0.0, "<path class=\"fig-head\" d=\"M-5 9L0 0L5 9Z\"/>"),
        Value::AtMost(_) => anchored(point.x, 100.0, "<path class=\"fig-head\" d=\"M-5 -9L0 0L5 -9Z\"/>"),
        _ => String::new(),
    };
    let centre = match point.row.value {
        Value::About { .. } if contested => "<path class=\"fig-diamond fig-hollow\" d=\"M0 -7L7 0L0 7L-7 0Z\"/>",
        Value::About { .. } => "<circle class=\"fig-ring\" r=\"5\"/>",
        _ if contested => DIAMOND,
        Value::AtLeast(_) | Value::AtMost(_) => "<path class=\"fig-cap\" d=\"M-8 0H8\"/>",
        Value::Between(..) => "",
        _ => "<circle class=\"fig-dot\" r=\"5.5\"/>",
    };
    arrow + &anchored(point.x, point.y, centre)
}

fn room(widths: &[f64], points: &[Point]) -> Room {
    let mut room = Room::new(widths, HEIGHT, SIZE);
    for point in points {
        room.take((point.x, point.x), (point.y, point.y), 8.0);
        if point.row.as_of.unsure {
            room.take_pixels((point.x, point.y), 12.0, 2.0);
        }
        room.take(point.across, (point.y, point.y), 3.0);
        room.take((point.x, point.x), point.upward, 5.0);
    }
    room
}

/// For narrow pages: the number of each mark in the list.
fn numbers(points: &[Point]) -> String {
    let mut room = room(&NARROW, points);
    let words = points.iter().map(|point| {
        let number = point.number.to_string();
        let place = room.place_anyhow(&number, point.x, point.y);
        words("fig-narrow", point, place, &number)
    });
    words.collect()
}

/// For wide pages: the number and the speaker, where there is room, else the number.
fn names(points: &[Point]) -> String {
    let mut room = room(&WIDE, points);
    let words = points.iter().map(|point| {
        let number = point.number.to_string();
        let name = format!("{number} {}", text::shorten(&point.row.speaker, SIZE, NAME));
        let free = room.place(&name, point.x, point.y).map(|place| (place, name));
        let (place, label) = free.unwrap_or_else(|| (room.place_anyhow(&number, point.x, point.y), number));
        words("fig-wide", point, place, &label)
    });
    words.collect()
}

fn words(class: &str, point: &Point, place: Place, label: &str) -> String {
    format!(
        "<text class=\"fig-label {class}\" x=\"{}\" y=\"{}\" dx=\"{}em\" dy=\"{}em\" text-anchor=\"{}\">{}</text>",
        percent(point.x),
        percent(point.y),
        hundredths(place.dx),
        hundredths(place.dy),
        place.anchor,
        escape(label)
    )
}

/// Distances in em need a second digit: a tenth of an em is more than a pixel.
fn hundredths(value: f64) -> String {
    format!("{value:.2}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn list(rows: &[&Row]) -> String {
    let mut out = String::from("<ol class=\"fig-list\">");
    for row in rows {
        let class = if row.contested.is_some() { " class=\"fig-contested\"" } else { "" };
        let _ = write!(
            out,
            "<li{class}><p class=\"fig-item\"><span class=\"fig-who\">{}{}</span> <span class=\"fig-value\">{}{}{}</span></p></li>",
            linked(&row.speaker, row.href.as_deref()),
            small("fig-sub", &row.sub),
            escape(&row.value_label),
            contested(row),
            small("fig-why", row.apart.as_deref().unwrap_or_default())
        );
    }
    out.push_str("</ol>");
    out
}
