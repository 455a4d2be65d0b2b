//! Who gives which value: one row an answer, one scale for all, what cannot be compared in a band of its own.

use super::bands::{Band, bands};
use super::legend::{Legend, legend};
use super::scale::{Scale, Wording};
use super::svg::{escape, figure};
use super::{Row, Value, in_order};

/// The figure of a question whose answers are numbers or dates.
#[derive(Clone, Copy)]
pub struct AnswersFigure<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// What the figure shows, as a heading; may be empty.
    pub title: &'a str,
    /// How to read it, beyond the legend; may be empty.
    pub caption: &'a str,
    /// What the scale measures.
    pub scale: Scale,
    /// The answers.
    pub rows: &'a [Row],
    /// Heading of the band of rows that are `apart`.
    pub apart_heading: &'a str,
    /// What the shapes mean.
    pub legend: &'a Legend,
    /// How ticks are worded.
    pub tick: Wording<'a>,
}

/// The figure of a question whose answers are choices: a band an option, each answer at the time when it held.
#[derive(Clone, Copy)]
pub struct ChoicesFigure<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// What the figure shows, as a heading; may be empty.
    pub title: &'a str,
    /// How to read it, beyond the legend; may be empty.
    pub caption: &'a str,
    /// The options, in the question's order.
    pub choices: &'a [Choice],
    /// What the shapes mean.
    pub legend: &'a Legend,
    /// How ticks are worded.
    pub tick: Wording<'a>,
}

/// An option and who chose it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// The option in words.
    pub label: String,
    /// The answers; `value_label` is the date in words (or empty), and `as_of` is drawn.
    pub rows: Vec<Row>,
}

/// Draws the answers to a question on one scale.
pub fn answers(input: &AnswersFigure) -> String {
    let (apart, together): (Vec<_>, Vec<_>) = in_order(input.rows).into_iter().partition(|row| row.apart.is_some());
    let valued = |rows: Vec<_>| rows.into_iter().map(|row: &Row| (row, row.value.clone())).collect();
    let heading = if apart.is_empty() { "" } else { input.apart_heading };
    let both = [
        Band { heading: "", apart: false, rows: valued(together) },
        Band { heading, apart: true, rows: valued(apart) },
    ];
    let (body, shapes) = bands(&both, input.scale, input.tick);
    let caption = legend(input.legend, &shapes) + &sentence(input.caption);
    figure("answers", input.id, input.title, &body, &caption)
}

/// Draws who chose which option, and when.
pub fn choices(input: &ChoicesFigure) -> String {
    let options: Vec<_> = input.choices.iter().map(option).collect();
    let (body, shapes) = bands(&options, Scale::Date, input.tick);
    let caption = legend(input.legend, &shapes) + &sentence(input.caption);
    figure("choices", input.id, input.title, &body, &caption)
}

fn option(choice: &Choice) -> Band<'_> {
    let rows = in_order(&choice.rows).into_iter().map(|row| (row, Value::Days(row.as_of.clone())));
    Band { heading: &choice.label, apart: false, rows: rows.collect() }
}

/// A sentence of the caption, or nothing.
pub(super) fn sentence(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("<p>{}</p>", escape(text)) }
}
