//! What cannot all be true: the parts one after the other on one scale, against the most that the whole can be, and the gap.

use std::fmt::Write;

use super::answers::sentence;
use super::bands::{grid, scale_line, small};
use super::scale::{Axis, Reach, Wording};
use super::svg::{escape, figure, fluid, linked, percent};

/// The figure of a set of answers that cannot all be true.
#[derive(Clone, Copy)]
pub struct ImpossibleFigure<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// How to read it; may be empty.
    pub caption: &'a str,
    /// The parts, each with the least that it can be.
    pub parts: &'a [Step],
    /// The whole, with the most that it can be.
    pub whole: &'a Step,
    /// What the gap is called.
    pub gap: &'a str,
    /// By how much the parts exceed the whole, in words.
    pub gap_label: &'a str,
    /// How ticks are worded.
    pub tick: Wording<'a>,
}

/// An answer of the set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// What it is about.
    pub scope: String,
    /// Who says so.
    pub speaker: String,
    /// Where the speaker's name leads.
    pub href: Option<String>,
    /// The value in words.
    pub value_label: String,
    /// The least of a part, the most of a whole.
    pub amount: f64,
}

/// Draws the parts against the whole. Each part begins where the one before it ends.
pub fn impossible(input: &ImpossibleFigure) -> String {
    let limit = input.whole.amount;
    let sum: f64 = input.parts.iter().map(|part| part.amount).sum();
    let mut reach = Reach::default();
    [0.0, limit, sum].into_iter().for_each(|n| reach.add(n));
    let axis = Axis::number(reach, input.tick);
    let mut body = String::from("<div class=\"fig-bands\"><ol class=\"fig-rows\">");
    let mut from = 0.0;
    for part in input.parts {
        let to = from + part.amount;
        body += &row(&axis, part, limit, &bar(&axis, from, to.min(limit).max(from), "fig-bar"), |out| {
            out.push_str(&bar(&axis, from.max(limit), to, "fig-bar fig-beyond"));
        });
        from = to;
    }
    body += &row(&axis, input.whole, limit, &bar(&axis, 0.0, limit, "fig-bar fig-whole"), |_| {});
    body += &gap(&axis, input, (limit, sum));
    body.push_str("</ol>");
    body += &scale_line(&axis);
    body.push_str("</div>");
    figure("impossible", input.id, "", &body, &sentence(input.caption))
}

fn row(axis: &Axis, step: &Step, limit: f64, bar: &str, beyond: impl Fn(&mut String)) -> String {
    let mut strip = grid(axis) + bar;
    beyond(&mut strip);
    strip += &ceiling(axis, limit);
    format!(
        "<li class=\"fig-row\"><p class=\"fig-who\">{}{}</p><p class=\"fig-value\">{}</p>\
         <div class=\"fig-box\">{}</div></li>",
        escape(&step.scope),
        who(step),
        escape(&step.value_label),
        fluid("fig-strip", &strip)
    )
}

fn who(step: &Step) -> String {
    format!(" <small class=\"fig-sub\">{}</small>", linked(&step.speaker, step.href.as_deref()))
}

fn gap(axis: &Axis, input: &ImpossibleFigure, (limit, sum): (f64, f64)) -> String {
    let strip = grid(axis) + &bar(axis, limit, sum, "fig-bar fig-beyond") + &ceiling(axis, limit);
    let mut out = String::from("<li class=\"fig-row fig-gap\">");
    let _ = write!(
        out,
        "<p class=\"fig-who\">{}</p><p class=\"fig-value\">{}</p><div class=\"fig-box\">{}</div></li>",
        escape(input.gap),
        small("fig-differs", input.gap_label),
        fluid("fig-strip", &strip)
    );
    out
}

/// A bar in the middle of the height; nothing where it has no width.
fn bar(axis: &Axis, from: f64, to: f64, class: &str) -> String {
    if to <= from {
        return String::new();
    }
    let (x, width) = (axis.at(from), axis.at(to) - axis.at(from));
    format!("<rect class=\"{class}\" x=\"{}\" width=\"{}\" y=\"32%\" height=\"36%\"/>", percent(x), percent(width))
}

fn ceiling(axis: &Axis, limit: f64) -> String {
    let x = percent(axis.at(limit));
    format!("<line class=\"fig-ceiling\" x1=\"{x}\" y1=\"0\" x2=\"{x}\" y2=\"100%\"/>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::Tick;

    fn drawn(parts: &[f64], limit: f64) -> String {
        let step =
            |amount: f64| Step { scope: format!("<{amount}>"), speaker: "A & B".into(), amount, ..Step::default() };
        let parts: Vec<_> = parts.iter().map(|n| step(*n)).collect();
        let tick = |tick| if let Tick::Number { value, .. } = tick { format!("{value}") } else { String::new() };
        impossible(&ImpossibleFigure {
            id: "i",
            caption: "",
            parts: &parts,
            whole: &step(limit),
            gap: "gap",
            gap_label: "2",
            tick: &tick,
        })
    }

    #[test]
    fn parts_stand_behind_one_another_and_what_exceeds_is_drawn_apart() {
        let html = drawn(&[8.0, 4.0], 10.0);
        // 8 within; 2 within and 2 beyond; the whole; the gap: five bars and four ceilings.
        assert_eq!((html.matches("<rect").count(), html.matches("fig-ceiling").count()), (5, 4));
        assert_eq!(html.matches("fig-beyond").count(), 2);
        assert!(html.contains("&lt;8&gt;") && html.contains("A &amp; B"));
    }

    #[test]
    fn a_gap_of_nought_draws_none() {
        assert_eq!(drawn(&[10.0], 10.0).matches("fig-beyond").count(), 0);
    }
}
