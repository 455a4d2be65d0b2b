//! A value on a strip: its shape, placed by per cent of the width, in the middle of the height.

use sourcebook_core::model::date::DayRange;

use super::legend::{Shape, Shapes};
use super::scale::{Axis, Reach};
use super::svg::{anchored, percent};
use super::{Span, Value};

const DIAMOND: &str = "<path class=\"fig-diamond\" d=\"M0 -7.5L7.5 0L0 7.5L-7.5 0Z\"/>";
const HOLLOW_DIAMOND: &str = "<path class=\"fig-diamond fig-hollow\" d=\"M0 -7L7 0L0 7L-7 0Z\"/>";
const CAP: &str = "<path class=\"fig-cap\" d=\"M0 -8V8\"/>";
const RIGHT: &str = "<path class=\"fig-head\" d=\"M-9 -5L0 0L-9 5Z\"/>";
const LEFT: &str = "<path class=\"fig-head\" d=\"M9 -5L0 0L9 5Z\"/>";
const BAR_RIGHT: &str = "<path class=\"fig-head\" d=\"M-4 -8L6 0L-4 8Z\"/>";
const BAR_LEFT: &str = "<path class=\"fig-head\" d=\"M4 -8L-6 0L4 8Z\"/>";

/// Dashes around a bar that takes less of the width, in per cent, would leave crumbs: its outline is whole.
const BRIEF: f64 = 3.0;

/// What a value needs of the scale.
pub(super) fn reach(value: &Value, reach: &mut Reach) {
    match value {
        Value::None => {}
        Value::Exact(n) => reach.add(*n),
        Value::About { at, low, high } => [at, low, high].into_iter().for_each(|n| reach.add(*n)),
        Value::AtLeast(n) => {
            reach.add(*n);
            reach.open(false, true);
        }
        Value::AtMost(n) => {
            reach.add(*n);
            reach.open(true, false);
        }
        Value::Between(low, high) => [low, high].into_iter().for_each(|n| reach.add(*n)),
        Value::Days(span) => reach.add_days(&span.days),
    }
}

/// The shapes that a value is drawn with.
pub(super) fn shapes(value: &Value, contested: bool, shapes: &mut Shapes) {
    if !drawn(value) {
        return;
    }
    match value {
        Value::None => {}
        Value::Exact(_) => add(shapes, Shape::Exact, !contested),
        Value::About { .. } => add(shapes, Shape::About, true),
        Value::AtLeast(_) => add(shapes, Shape::AtLeast, true),
        Value::AtMost(_) => add(shapes, Shape::AtMost, true),
        Value::Between(..) => add(shapes, Shape::Range, true),
        Value::Days(span) => span_shapes(span, contested, shapes),
    }
    add(shapes, Shape::Contested, contested);
}

/// The shapes that a span is drawn with.
pub(super) fn span_shapes(span: &Span, contested: bool, shapes: &mut Shapes) {
    let ranges = span.days.ranges();
    add(shapes, Shape::OneOf, ranges.len() > 1);
    add(shapes, Shape::UnsureDay, span.unsure && ranges.iter().any(|r| is_day(*r)));
    add(shapes, Shape::Unsure, span.unsure && ranges.iter().any(|r| !is_day(*r)));
    add(shapes, Shape::Range, !span.unsure && ranges.iter().any(|r| !is_day(*r)));
    add(shapes, Shape::Exact, !span.unsure && !contested && ranges.iter().any(|r| is_day(*r)));
    add(shapes, Shape::AtLeast, ranges.iter().any(|r| r.last.is_none()));
    add(shapes, Shape::AtMost, ranges.iter().any(|r| r.first.is_none()));
}

fn add(shapes: &mut Shapes, shape: Shape, occurs: bool) {
    if occurs {
        shapes.insert(shape);
    }
}

/// Whether a value has a place at all.
pub(super) fn drawn(value: &Value) -> bool {
    match value {
        Value::None => false,
        Value::Exact(n) | Value::AtLeast(n) | Value::AtMost(n) | Value::About { at: n, .. } => n.is_finite(),
        Value::Between(low, high) => low.is_finite() && high.is_finite(),
        Value::Days(span) => !span.days.ranges().is_empty(),
    }
}

/// The middle of the first range of a span, in per cent of the width.
pub(super) fn span_middle(axis: &Axis, span: &Span) -> f64 {
    span.days.ranges().first().map_or(50.0, |range| {
        let (from, to) = axis.days(*range);
        (from + to) / 2.0
    })
}

/// How much room there is above and below a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// A row of its own.
    Row,
    /// A lane among others: nothing stands above or below the mark.
    Lane,
}

/// The mark at a height in per cent (50 for the middle of a strip).
pub(super) fn mark(axis: &Axis, value: &Value, contested: bool, y: f64, fit: Fit) -> String {
    if !drawn(value) {
        return String::new();
    }
    let shape = match value {
        Value::None => String::new(),
        Value::Exact(n) => point(axis.at(*n), y, contested, false),
        Value::About { at, low, high } => {
            whiskers(axis.at(*low), axis.at(*high), y) + &point(axis.at(*at), y, contested, true)
        }
        Value::AtLeast(n) => ray(axis.at(*n), 100.0, y, contested),
        Value::AtMost(n) => ray(axis.at(*n), 0.0, y, contested),
        Value::Between(low, high) => {
            bar("fig-bar", (axis.at(low.min(*high)), axis.at(high.max(*low))), y, contested.then_some(fit))
        }
        Value::Days(span) => days(axis, span, y, contested.then_some(fit)),
    };
    let class = if contested { "fig-mark fig-contested" } else { "fig-mark" };
    format!("<g class=\"{class}\">{shape}</g>")
}

fn point(x: f64, y: f64, contested: bool, hollow: bool) -> String {
    let (x_text, y_text) = (percent(x), percent(y));
    match (contested, hollow) {
        (true, false) => anchored(x, y, DIAMOND),
        (true, true) => anchored(x, y, HOLLOW_DIAMOND),
        (false, false) => format!("<circle class=\"fig-dot\" cx=\"{x_text}\" cy=\"{y_text}\" r=\"5.5\"/>"),
        (false, true) => format!("<circle class=\"fig-ring\" cx=\"{x_text}\" cy=\"{y_text}\" r=\"5\"/>"),
    }
}

fn whiskers(from: f64, to: f64, y: f64) -> String {
    if to - from < 0.5 { String::new() } else { line("fig-ray", from, to, y) }
}

/// From a limit to the edge, where an arrow says that it goes on.
fn ray(from: f64, edge: f64, y: f64, contested: bool) -> String {
    let head = if edge > 50.0 { RIGHT } else { LEFT };
    let limit = if contested { DIAMOND } else { CAP };
    line("fig-ray", from, edge, y) + &anchored(edge, y, head) + &anchored(from, y, limit)
}

/// A bar of seven pixels; one too narrow to see gets a stroke in its middle. A contested one bears a diamond, which
/// stands above it where it would hide it, or in its place where there is no room.
fn bar(class: &str, (from, to): (f64, f64), y: f64, contested: Option<Fit>) -> String {
    const ABOVE: &str = "<path class=\"fig-diamond\" d=\"M0 -17L6 -11L0 -5L-6 -11Z\"/>";
    let (width, middle) = ((to - from).max(0.1), (from + to) / 2.0);
    let stroke =
        if width < 1.2 { anchored(middle, y, "<path class=\"fig-cap\" d=\"M0 -3.5V3.5\"/>") } else { String::new() };
    let bar = rect(class, from, width, y) + &stroke;
    match contested {
        None => bar,
        Some(Fit::Lane) if width < 6.0 => anchored(middle, y, DIAMOND),
        Some(Fit::Row) if width < 8.0 => bar + &anchored(middle, y, ABOVE),
        Some(_) => bar + &anchored(middle, y, DIAMOND),
    }
}

fn rect(class: &str, from: f64, width: f64, y: f64) -> String {
    let (y, from, width) = (percent(y), percent(from), percent(width));
    format!(
        "<svg class=\"fig-at\" y=\"{y}\" overflow=\"visible\"><rect class=\"{class}\" x=\"{from}\" y=\"-3.5\" \
         width=\"{width}\" height=\"7\"/></svg>"
    )
}

fn line(class: &str, from: f64, to: f64, y: f64) -> String {
    let (from, to, y) = (percent(from), percent(to), percent(y));
    format!("<line class=\"{class}\" x1=\"{from}\" y1=\"{y}\" x2=\"{to}\" y2=\"{y}\"/>")
}

/// Every range of a span, joined by a thin line where there are several; the first bears the diamond.
fn days(axis: &Axis, span: &Span, y: f64, contested: Option<Fit>) -> String {
    let ranges = span.days.ranges();
    let mut out = String::new();
    if let [first, .., last] = ranges {
        out += &line("fig-join", axis.days(*first).1, axis.days(*last).0, y);
    }
    for (index, range) in ranges.iter().enumerate() {
        out += &piece(axis, *range, span.unsure, y, contested.filter(|_| index == 0));
    }
    out
}

fn piece(axis: &Axis, range: DayRange, unsure: bool, y: f64, contested: Option<Fit>) -> String {
    let (from, to) = axis.days(range);
    if is_day(range) {
        return point((from + to) / 2.0, y, contested.is_some(), unsure);
    }
    let class = match unsure {
        true if to - from < BRIEF => "fig-bar fig-unsure fig-brief",
        true => "fig-bar fig-unsure",
        false => "fig-bar",
    };
    let mut out = bar(class, (from, to), y, contested);
    if range.first.is_none() {
        out += &anchored(0.0, y, BAR_LEFT);
    }
    if range.last.is_none() {
        out += &anchored(100.0, y, BAR_RIGHT);
    }
    out
}

fn is_day(range: DayRange) -> bool {
    range.first.is_some() && range.first == range.last
}
