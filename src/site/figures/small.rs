//! The positions of the answers alone, for a list or a card: the shapes of the large figure, in lanes, on one scale.

use super::bands::{grid, scale_line};
use super::marks;
use super::scale::{Axis, Reach, Scale, Wording};
use super::svg::{escape, ident};
use super::{Row, Value, in_order};

/// A miniature of [`super::answers`].
#[derive(Clone, Copy)]
pub struct SmallFigure<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// What it shows, in one sentence, values included: it is read out in place of the drawing.
    pub title: &'a str,
    /// What the scale measures.
    pub scale: Scale,
    /// The answers; those that are `apart` are not drawn.
    pub rows: &'a [Row],
    /// How ticks are worded.
    pub tick: Wording<'a>,
}

/// Marks nearer than this, in per cent of the width, stand in lanes of their own.
const NEAR: f64 = 7.0;
const MOST_LANES: usize = 5;

/// Draws the positions of comparable answers; an empty text where none has one.
pub fn small(input: &SmallFigure) -> String {
    let rows = in_order(input.rows).into_iter();
    let rows: Vec<_> = rows.filter(|row| row.apart.is_none() && marks::drawn(&row.value)).collect();
    if rows.is_empty() {
        return String::new();
    }
    let mut reach = Reach::default();
    rows.iter().for_each(|row| marks::reach(&row.value, &mut reach));
    let axis = Axis::new(input.scale, reach, input.tick);
    let lanes = lanes(&axis, &rows);
    let count = lanes.iter().max().map_or(1, |most| most + 1) as f64;
    let marks = rows.iter().zip(&lanes).map(|(row, lane)| {
        let y = 100.0 * (*lane as f64 + 0.5) / count;
        marks::mark(&axis, &row.value, row.contested.is_some(), y, marks::Fit::Lane)
    });
    let (id, marks) = (ident(input.id), grid(&axis) + &marks.collect::<String>());
    format!(
        "<div class=\"fig fig-mini\"><svg class=\"fig-small fig-lanes-{count}\" id=\"{id}\" width=\"100%\" role=\"img\" \
         aria-labelledby=\"{id}-title\"><title id=\"{id}-title\">{}</title>\
         {marks}</svg>{}</div>",
        escape(input.title),
        scale_line(&axis)
    )
}

/// The first lane in which each mark is free; equal values of one kind share their place in the last one.
fn lanes(axis: &Axis, rows: &[&Row]) -> Vec<usize> {
    let mut ends: Vec<Vec<(f64, f64)>> = Vec::new();
    let lane = |row: &&Row| {
        let (from, to) = extent(axis, &row.value);
        let free = ends.iter().position(|lane| lane.iter().all(|(a, b)| to + NEAR < *a || b + NEAR < from));
        let lane = free.unwrap_or(ends.len()).min(MOST_LANES - 1);
        if lane == ends.len() {
            ends.push(Vec::new());
        }
        ends[lane].push((from, to));
        lane
    };
    rows.iter().map(lane).collect()
}

fn extent(axis: &Axis, value: &Value) -> (f64, f64) {
    match value {
        Value::None => (50.0, 50.0),
        Value::Exact(n) => (axis.at(*n), axis.at(*n)),
        Value::About { low, high, .. } | Value::Between(low, high) => (axis.at(*low), axis.at(*high)),
        Value::AtLeast(n) => (axis.at(*n), 100.0),
        Value::AtMost(n) => (0.0, axis.at(*n)),
        Value::Days(span) => {
            let ranges = span.days.ranges();
            let from = ranges.first().map_or(0.0, |range| axis.days(*range).0);
            (from, ranges.last().map_or(100.0, |range| axis.days(*range).1))
        }
    }
}
