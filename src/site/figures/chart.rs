//! Charts of figures from a file, which no claim gives: bars whose every value is text beside them; lines over days or numbers.
//!
//! Both begin at nought, so that what looks twice as much is. A line ends where a value is missing, and goes on at the next.

use super::bands::{grid, scale_line};
use super::plane::{framed, height};
use super::scale::{Axis, Reach, Wording};
use super::svg::{anchored, escape, figure, fluid, percent};
use sourcebook_core::model::date::DaySet;

/// A chart.
#[derive(Clone, Copy)]
pub struct ChartFigure<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// What it shows.
    pub title: &'a str,
    /// Of each row, its words.
    pub labels: &'a [String],
    /// The columns of values.
    pub lines: &'a [ChartLine<'a>],
    /// Where the rows stand, for lines; else there are bars.
    pub along: Option<ChartAlong<'a>>,
    /// What stands where a value is missing.
    pub missing: &'a str,
    /// How the ticks of an axis of numbers and days are worded.
    pub tick: Wording<'a>,
    /// How those of an axis of the values are.
    pub value_tick: Wording<'a>,
}

/// A column of values.
#[derive(Clone, Debug)]
pub struct ChartLine<'a> {
    /// Its name.
    pub name: &'a str,
    /// Row by row: as it is written, and as a number.
    pub values: &'a [Option<(String, f64)>],
}

/// Where rows stand.
#[derive(Clone, Copy, Debug)]
pub enum ChartAlong<'a> {
    /// On days, in the middle of those that are meant.
    Days(&'a [DaySet]),
    /// On numbers.
    Numbers(&'a [f64]),
}

/// Marks of more points would hide the line.
const MARKED: usize = 40;

/// Draws a chart.
pub fn chart(input: &ChartFigure<'_>) -> String {
    let (kind, body) = match input.along {
        Some(along) => ("lines", lines(input, along)),
        None => ("bars", bars(input)),
    };
    figure(kind, input.id, input.title, &body, "")
}

/// From nought to the values.
fn reach(input: &ChartFigure<'_>) -> Reach {
    let mut reach = Reach::default();
    reach.add(0.0);
    for value in input.lines.iter().flat_map(|line| line.values).flatten() {
        reach.add(value.1);
    }
    reach
}

/// Each value as a row: of one column the rows stand under one another, of several together for each label.
fn bars(input: &ChartFigure<'_>) -> String {
    let axis = Axis::number(reach(input), input.value_tick);
    let row = |who: &str, value: Option<&(String, f64)>| {
        let bar = value.map_or_else(String::new, |(_, number)| bar(&axis, *number));
        format!(
            "<li class=\"fig-row\"><p class=\"fig-who\">{}</p><p class=\"fig-value\">{}</p><div class=\"fig-box\">{}</div></li>",
            escape(who),
            escape(value.map_or(input.missing, |(words, _)| words)),
            fluid("fig-strip", &(grid(&axis) + &bar))
        )
    };
    let value = |line: &ChartLine<'_>, n: usize| line.values.get(n).cloned().flatten();
    let band = |rows: String, heading: &str| {
        let heading = if heading.is_empty() {
            String::new()
        } else {
            format!("<p class=\"fig-heading\">{}</p>", escape(heading))
        };
        format!("<div class=\"fig-band\">{heading}<ul class=\"fig-rows\">{rows}</ul></div>")
    };
    let all = match input.lines {
        [only] => {
            let rows = input.labels.iter().enumerate().map(|(n, label)| row(label, value(only, n).as_ref()));
            band(rows.collect(), only.name)
        }
        several => {
            let of_label = |(n, label): (usize, &String)| {
                band(several.iter().map(|line| row(line.name, value(line, n).as_ref())).collect(), label)
            };
            input.labels.iter().enumerate().map(of_label).collect()
        }
    };
    format!("<div class=\"fig-bands\">{all}{}</div>", scale_line(&axis))
}

fn bar(axis: &Axis, number: f64) -> String {
    let (nought, at) = (axis.at(0.0), axis.at(number));
    let (from, to) = (nought.min(at), nought.max(at));
    let x = percent(nought);
    format!(
        "<rect class=\"fig-bar\" x=\"{}\" y=\"22%\" width=\"{}\" height=\"56%\"/>\
         <line class=\"fig-nought\" x1=\"{x}\" y1=\"0\" x2=\"{x}\" y2=\"100%\"/>",
        percent(from),
        percent(to - from)
    )
}

/// The places of rows across the width, from the left: the row's number and its place.
fn across(along: ChartAlong<'_>, labels: &[String], wording: Wording<'_>) -> (Axis, Vec<(usize, f64)>) {
    let mut reach = Reach::default();
    let (mut axis, mut places): (Axis, Vec<(usize, f64)>) = match along {
        ChartAlong::Days(days) => {
            days.iter().for_each(|days| reach.add_days(days));
            let middle = |days: &DaySet| {
                let (first, last) = (days.first().unwrap_or(0), days.last().unwrap_or(0));
                (first as f64 + last as f64 + 1.0) / 2.0
            };
            (Axis::date(reach, wording), days.iter().map(middle).enumerate().collect())
        }
        ChartAlong::Numbers(numbers) => {
            numbers.iter().for_each(|number| reach.add(*number));
            (Axis::number(reach, wording), numbers.iter().copied().enumerate().collect())
        }
    };
    places.sort_by(|a, b| a.1.total_cmp(&b.1));
    // One tick makes no scale: then the first and the last row do, in their own words.
    if let (true, [first, .., last]) = (axis.ticks.len() < 2, places.as_slice()) {
        let tick = |(row, place): &(usize, f64)| (*place, labels.get(*row).cloned().unwrap_or_default());
        axis.ticks = vec![tick(first), tick(last)];
    }
    places.iter_mut().for_each(|(_, place)| *place = axis.at(*place));
    (axis, places)
}

fn lines(input: &ChartFigure<'_>, along: ChartAlong<'_>) -> String {
    let (axis, places) = across(along, input.labels, input.tick);
    let upward = Axis::upright(reach(input), input.value_tick);
    let is_marked = places.len() <= MARKED;
    let drawing: String =
        input.lines.iter().enumerate().map(|(n, line)| self::line(n, line, &places, &upward, is_marked)).collect();
    let nought = percent(height(&upward, 0.0));
    let nought = format!("<line class=\"fig-nought\" x1=\"0\" y1=\"{nought}\" x2=\"100%\" y2=\"{nought}\"/>");
    let keys = input.lines.iter().enumerate().map(|(n, line)| {
        format!(
            "<li><svg class=\"fig-key\" viewBox=\"0 0 32 14\" width=\"32\" height=\"14\" aria-hidden=\"true\">\
             <path class=\"fig-line fig-line-{0}\" d=\"M0 7H32\"/><g transform=\"translate(16 7)\">{1}</g></svg>{2}</li>",
            n + 1,
            mark(n),
            escape(line.name)
        )
    });
    format!(
        "<ul class=\"fig-legend fig-above\">{}</ul>{}",
        keys.collect::<String>(),
        framed(&axis, &upward, &(nought + &drawing))
    )
}

fn line(n: usize, line: &ChartLine<'_>, places: &[(usize, f64)], upward: &Axis, is_marked: bool) -> String {
    let point = |(row, x): &(usize, f64)| {
        let (_, number) = line.values.get(*row)?.as_ref()?;
        Some((*x, height(upward, *number)))
    };
    let points: Vec<Option<(f64, f64)>> = places.iter().map(point).collect();
    let joined = points.windows(2).filter_map(|pair| Some((pair[0]?, pair[1]?)));
    let strokes: String = joined
        .map(|((x1, y1), (x2, y2))| {
            let [x1, y1, x2, y2] = [x1, y1, x2, y2].map(percent);
            format!("<line class=\"fig-line fig-line-{}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>", n + 1)
        })
        .collect();
    // Between two gaps no line is drawn: the point is all there is.
    let is_alone = |i: usize| {
        let gap = |i: Option<usize>| i.and_then(|i| points.get(i)).is_none_or(Option::is_none);
        gap(i.checked_sub(1)) && gap(Some(i + 1))
    };
    let marks = points.iter().enumerate().filter(|(i, _)| is_marked || is_alone(*i));
    let marks: String = marks.filter_map(|(_, at)| at.map(|(x, y)| anchored(x, y, mark(n)))).collect();
    strokes + &marks
}

/// Each line has a shape of its own.
fn mark(n: usize) -> &'static str {
    match n {
        0 => "<circle class=\"fig-dot\" r=\"4.5\"/>",
        1 => "<circle class=\"fig-ring\" r=\"4\"/>",
        2 => "<path class=\"fig-dot\" d=\"M-4.5 -4.5H4.5V4.5H-4.5Z\"/>",
        _ => "<path class=\"fig-ring\" d=\"M0 -5.5L5 4H-5Z\"/>",
    }
}
