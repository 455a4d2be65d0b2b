//! The key to the shapes: only those that occur are explained.

use std::collections::BTreeSet;

use super::svg::escape;

/// What each shape means, in words. An empty text leaves its entry out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Legend {
    /// Filled point: a number, a day.
    pub exact: String,
    /// Hollow point: an approximate number.
    pub about: String,
    /// Line with an arrow to the right (or up): at least.
    pub at_least: String,
    /// Line with an arrow to the left (or down): at most.
    pub at_most: String,
    /// Bar: a range of numbers, or the whole period that a date names.
    pub range: String,
    /// Dashed bar, hollow point: a date that is uncertain or inferred.
    pub unsure: String,
    /// Two bars joined by a thin line: one of several dates.
    pub one_of: String,
    /// Diamond: contested.
    pub contested: String,
}

/// A shape with a meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    Exact,
    About,
    AtLeast,
    AtMost,
    Range,
    Unsure,
    UnsureDay,
    OneOf,
    Contested,
}

/// The shapes of a figure.
pub(super) type Shapes = BTreeSet<Shape>;

/// The list of the shapes that occur, or nothing, where values run from left to right.
pub(super) fn legend(words: &Legend, shapes: &Shapes) -> String {
    list(words, shapes, key)
}

/// The same where values run upwards, and time from left to right.
pub(super) fn upright(words: &Legend, shapes: &Shapes) -> String {
    list(words, shapes, upright_key)
}

fn list(words: &Legend, shapes: &Shapes, key: fn(Shape) -> &'static str) -> String {
    let both = shapes.contains(&Shape::Unsure) && shapes.contains(&Shape::UnsureDay);
    let entries = shapes.iter().filter(|shape| !(both && **shape == Shape::UnsureDay));
    let entries = entries.map(|shape| (shape, meaning(words, *shape))).filter(|(_, words)| !words.is_empty());
    let items: String = entries
        .map(|(shape, words)| {
            format!(
                "<li><svg class=\"fig-key\" viewBox=\"0 0 32 14\" width=\"32\" height=\"14\" aria-hidden=\"true\">{}</svg>{}</li>",
                if both && *shape == Shape::Unsure { UNSURE_BOTH } else { key(*shape) },
                escape(words)
            )
        })
        .collect();
    if items.is_empty() { items } else { format!("<ul class=\"fig-legend\">{items}</ul>") }
}

fn meaning(words: &Legend, shape: Shape) -> &str {
    match shape {
        Shape::Exact => &words.exact,
        Shape::About => &words.about,
        Shape::AtLeast => &words.at_least,
        Shape::AtMost => &words.at_most,
        Shape::Range => &words.range,
        Shape::Unsure | Shape::UnsureDay => &words.unsure,
        Shape::OneOf => &words.one_of,
        Shape::Contested => &words.contested,
    }
}

fn upright_key(shape: Shape) -> &'static str {
    match shape {
        Shape::AtLeast => {
            "<path class=\"fig-ray\" d=\"M16 13V2\"/><path class=\"fig-cap\" d=\"M9 12.5H23\"/>\
             <path class=\"fig-head\" d=\"M12 6L16 0L20 6Z\"/>"
        }
        Shape::AtMost => {
            "<path class=\"fig-ray\" d=\"M16 1V12\"/><path class=\"fig-cap\" d=\"M9 1.5H23\"/>\
             <path class=\"fig-head\" d=\"M12 8L16 14L20 8Z\"/>"
        }
        Shape::Range => "<path class=\"fig-thick\" d=\"M16 0V14\"/>",
        Shape::Unsure | Shape::UnsureDay => "<path class=\"fig-when fig-unsure\" d=\"M3 7H29\"/>",
        other => key(other),
    }
}

const UNSURE_BOTH: &str = "<circle class=\"fig-ring\" cx=\"6\" cy=\"7\" r=\"4.5\"/>\
     <rect class=\"fig-bar fig-unsure\" x=\"14\" y=\"3.5\" width=\"17\" height=\"7\"/>";

fn key(shape: Shape) -> &'static str {
    match shape {
        Shape::Exact => "<circle class=\"fig-dot\" cx=\"16\" cy=\"7\" r=\"5\"/>",
        Shape::About => "<circle class=\"fig-ring\" cx=\"16\" cy=\"7\" r=\"4.5\"/>",
        Shape::AtLeast => {
            "<path class=\"fig-ray\" d=\"M4 7H28\"/><path class=\"fig-cap\" d=\"M4 1V13\"/>\
             <path class=\"fig-head\" d=\"M24 3L31 7L24 11Z\"/>"
        }
        Shape::AtMost => {
            "<path class=\"fig-ray\" d=\"M4 7H28\"/><path class=\"fig-cap\" d=\"M28 1V13\"/>\
             <path class=\"fig-head\" d=\"M8 3L1 7L8 11Z\"/>"
        }
        Shape::Range => "<rect class=\"fig-bar\" x=\"2\" y=\"3.5\" width=\"28\" height=\"7\"/>",
        Shape::Unsure => "<rect class=\"fig-bar fig-unsure\" x=\"2\" y=\"3.5\" width=\"28\" height=\"7\"/>",
        Shape::UnsureDay => "<circle class=\"fig-ring\" cx=\"16\" cy=\"7\" r=\"4.5\"/>",
        Shape::OneOf => {
            "<path class=\"fig-join\" d=\"M10 7H22\"/><rect class=\"fig-bar\" x=\"1\" y=\"3.5\" width=\"10\" \
             height=\"7\"/><rect class=\"fig-bar\" x=\"21\" y=\"3.5\" width=\"10\" height=\"7\"/>"
        }
        Shape::Contested => "<path class=\"fig-diamond\" d=\"M16 0.5L22.5 7L16 13.5L9.5 7Z\"/>",
    }
}
