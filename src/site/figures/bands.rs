//! Rows of answers under one another, in bands, with one axis below: a list whose every item has its words as text and,
//! beside or below them, a strip on which the value stands.

use std::fmt::Write;

use super::legend::Shapes;
use super::scale::{Axis, Reach, Scale, Wording, anchor};
use super::svg::{escape, fluid, linked, percent};
use super::{Row, Value, marks};

/// Rows that belong together.
pub(super) struct Band<'a> {
    /// What they have in common; empty for none.
    pub(super) heading: &'a str,
    /// Not comparable with the others: drawn quietly, with the reason.
    pub(super) apart: bool,
    /// Each row with the value that is drawn.
    pub(super) rows: Vec<(&'a Row, Value)>,
}

/// All bands, the axis, and the shapes that occur.
pub(super) fn bands(bands: &[Band], scale: Scale, wording: Wording) -> (String, Shapes) {
    let (mut reach, mut shapes) = (Reach::default(), Shapes::new());
    let mut any = false;
    for (row, value) in bands.iter().flat_map(|band| &band.rows) {
        marks::reach(value, &mut reach);
        marks::shapes(value, row.contested.is_some(), &mut shapes);
        any |= marks::drawn(value);
    }
    let axis = Axis::new(scale, reach, wording);
    let mut out = String::from("<div class=\"fig-bands\">");
    for band in bands.iter().filter(|band| !band.rows.is_empty() || !band.heading.is_empty()) {
        out += &self::band(&axis, band);
    }
    if any {
        out += &scale_line(&axis);
    }
    out.push_str("</div>");
    (out, shapes)
}

fn band(axis: &Axis, band: &Band) -> String {
    let class = if band.apart { "fig-band fig-apart" } else { "fig-band" };
    let mut out = format!("<div class=\"{class}\">");
    if !band.heading.is_empty() {
        let _ = write!(out, "<p class=\"fig-heading\">{}</p>", escape(band.heading));
    }
    if !band.rows.is_empty() {
        out.push_str("<ol class=\"fig-rows\">");
        for (row, value) in &band.rows {
            out += &self::row(axis, row, value);
        }
        out.push_str("</ol>");
    }
    out.push_str("</div>");
    out
}

fn row(axis: &Axis, row: &Row, value: &Value) -> String {
    let class = if row.contested.is_some() { "fig-row fig-contested" } else { "fig-row" };
    let strip = grid(axis) + &marks::mark(axis, value, row.contested.is_some(), 50.0, marks::Fit::Row);
    format!(
        "<li class=\"{class}\"><p class=\"fig-who\">{}{}</p><p class=\"fig-value\">{}{}{}</p>\
         <div class=\"fig-box\">{}</div></li>",
        linked(&row.speaker, row.href.as_deref()),
        small("fig-sub", &row.sub),
        escape(&row.value_label),
        contested(row),
        small("fig-why", row.apart.as_deref().unwrap_or_default()),
        fluid("fig-strip", &strip)
    )
}

/// How a row is contested, behind the diamond.
pub(super) fn contested(row: &Row) -> String {
    row.contested.as_deref().map_or_else(String::new, |words| {
        format!(" <small class=\"fig-differs\"><span aria-hidden=\"true\">◆</span> {}</small>", escape(words))
    })
}

/// A line of small words, or nothing. The blank keeps it apart where no stylesheet does.
pub(super) fn small(class: &str, words: &str) -> String {
    if words.is_empty() { String::new() } else { format!(" <small class=\"{class}\">{}</small>", escape(words)) }
}

/// Hairlines at the ticks.
pub(super) fn grid(axis: &Axis) -> String {
    let lines = axis.ticks.iter().map(|(value, _)| {
        let x = percent(axis.at(*value));
        format!("<line class=\"fig-grid\" x1=\"{x}\" y1=\"0\" x2=\"{x}\" y2=\"100%\"/>")
    });
    lines.collect()
}

/// The words of the ticks.
pub(super) fn scale_line(axis: &Axis) -> String {
    let words = axis.ticks.iter().map(|(value, words)| {
        let x = axis.at(*value);
        format!(
            "<text class=\"fig-tick\" x=\"{}\" y=\"70%\" text-anchor=\"{}\">{}</text>",
            percent(x),
            anchor(x, words),
            escape(words)
        )
    });
    format!("<div class=\"fig-scale\">{}</div>", fluid("fig-axis", &words.collect::<String>()))
}
