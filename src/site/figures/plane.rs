//! Two axes: what lies along the width with its words below, what lies along the height with its words at the left.

use super::bands::{grid, scale_line};
use super::scale::Axis;
use super::svg::{escape, fluid, num, percent};
use super::text;

/// Where a value stands, in per cent from above.
pub(super) fn height(upward: &Axis, value: f64) -> f64 {
    100.0 - upward.at(value)
}

/// A drawing between its axes.
pub(super) fn framed(across: &Axis, upward: &Axis, drawing: &str) -> String {
    let plot = grid(across) + &levels(upward) + drawing;
    format!(
        "<div class=\"fig-plane {}\">{}{}{}</div>",
        margin(upward),
        fluid("fig-y", &heights(upward)),
        fluid("fig-plot", &plot),
        scale_line(across)
    )
}

/// The class of a left margin in which the words of the upright axis have room: 2 to 16 em.
fn margin(upward: &Axis) -> String {
    let widest = upward.ticks.iter().map(|(_, words)| text::width(words, 1.0)).fold(1.0, f64::max);
    format!("fig-margin-{}", num((widest * 0.85 + 0.5).ceil().clamp(2.0, 16.0)))
}

fn levels(upward: &Axis) -> String {
    let lines = upward.ticks.iter().map(|(value, _)| {
        let y = percent(height(upward, *value));
        format!("<line class=\"fig-grid\" x1=\"0\" y1=\"{y}\" x2=\"100%\" y2=\"{y}\"/>")
    });
    lines.collect()
}

fn heights(upward: &Axis) -> String {
    let words = upward.ticks.iter().map(|(value, words)| {
        let y = percent(height(upward, *value));
        format!(
            "<text class=\"fig-tick\" x=\"100%\" y=\"{y}\" dx=\"-0.6em\" dy=\"0.35em\" text-anchor=\"end\">{}</text>",
            escape(words)
        )
    });
    words.collect()
}
