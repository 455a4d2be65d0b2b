//! A chart from a CSV file: bars or lines.
//!
//! 1. The column that things stand along: words for bars; days or numbers for lines, since only between those something lies.
//! 2. The columns of values: numbers alone, of which it is sure what a comma is. An empty cell is no value, and never nought.

use std::collections::BTreeSet;

use super::Reader;
use super::data::{self, Data};
use super::number::{self, Mark, Number};
use super::table::{self, Table};
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics};
use sourcebook_core::base::file::{Located, Span};
use sourcebook_core::base::tree::decode::{self, LText, Many};
use sourcebook_core::model::date::{DaySet, Edtf};
use sourcebook_core::model::prose::Prose;
use sourcebook_core::{decode_words, record, words};

/// More bars cannot be told apart.
const BARS: usize = 60;
/// Likewise points of a line.
const POINTS: usize = 1_000;
/// Likewise columns of values.
const SERIES: usize = 4;

words! {
    /// How values are drawn.
    Drawn {
        Bars = "bars",
        Lines = "lines",
    }
}

decode_words!(Drawn);

/// What is written.
pub(super) struct Written {
    file: Option<LText>,
    title: Option<LText>,
    kind: Option<Located<Drawn>>,
    along: Option<LText>,
    values: Many<decode::Text>,
    decimal: Option<Located<Mark>>,
}

record!(Written as "Chart", "a mapping of `file`, `title`, `kind`, `along`, `values`, `decimal`", {
    file: required "file", title: required "title", kind: optional "kind", along: optional "along",
    values: or_default "values", decimal: optional "decimal",
});

/// A chart.
#[derive(Debug)]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// What things stand along, if they do; else there are bars.
    pub along: Option<Along>,
    /// Of each row, its words.
    pub labels: Vec<String>,
    /// The columns of values.
    pub series: Vec<Series>,
    /// The columns shown, as a table.
    pub table: Table,
}

/// Where the points of a line stand, row by row.
#[derive(Clone, Debug, PartialEq)]
pub enum Along {
    /// On days.
    Days(Vec<DaySet>),
    /// On numbers.
    Numbers(Vec<f64>),
}

/// A column of values.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// Whether its values are per cent.
    pub percent: bool,
    /// Row by row: the words of the file, and the number; none where the cell is empty.
    pub values: Vec<Option<(String, f64)>>,
}

/// Reads a block.
pub(super) fn read(
    reader: &Reader<'_>,
    written: &Written,
    prose: &Prose,
    diagnostics: &mut Diagnostics,
) -> Option<Chart> {
    let before = diagnostics.len();
    let decimal = written.decimal.as_ref().map(|mark| mark.value);
    let is_lines = written.kind.as_ref().is_some_and(|kind| kind.value == Drawn::Lines);
    let data = data::read(reader, written.file.as_ref()?, prose, diagnostics)?;
    let mut read = Columns { data: &data, decimal, diagnostics };
    let along = match &written.along {
        Some(name) => data.column(name, read.diagnostics)?,
        None => 0,
    };
    let chosen: Vec<_> =
        written.values.0.iter().filter_map(|name| Some((data.column(name, read.diagnostics)?, name.span))).collect();
    let columns = if written.values.0.is_empty() { read.numeric(along) } else { chosen };
    let series: Vec<_> = columns.iter().filter_map(|(at, span)| read.series(*at, *span)).collect();
    let named = written.along.as_ref().map_or(data.span, |name| name.span);
    let place = if is_lines { read.along(along, named) } else { None };
    read.size(is_lines, columns.len());
    if diagnostics.len() > before || series.is_empty() {
        return None;
    }
    let shown: Vec<_> = std::iter::once(along).chain(columns.iter().map(|(at, _)| *at)).collect();
    Some(Chart {
        title: written.title.as_ref()?.value.to_string(),
        along: place,
        labels: data.cells(along).map(str::to_owned).collect(),
        series,
        table: table::made(&data, &shown, decimal),
    })
}

/// The columns of a file as what they are meant for.
struct Columns<'t> {
    data: &'t Data,
    decimal: Option<Mark>,
    diagnostics: &'t mut Diagnostics,
}

impl Columns<'_> {
    fn refuse(&mut self, span: Span, message: &str, help: &str) {
        let message = format!("`{}`: {message}", self.data.path);
        self.diagnostics.push(Diagnostic::error("bad-table", span, message).help(help));
    }

    /// All columns of numbers but that which things stand along.
    fn numeric(&mut self, along: usize) -> Vec<(usize, Span)> {
        let data = self.data;
        let is_numeric = |at: &usize| {
            let read = number::column(data.cells(*at), self.decimal, None);
            // Of one that is unclear it is asked what a comma is.
            match read {
                Ok(numbers) => numbers.iter().any(Option::is_some),
                Err(fault) => matches!(fault, number::Fault::Unclear(_)),
            }
        };
        let found: Vec<_> = (0..data.head.len()).filter(|at| *at != along).filter(is_numeric).collect();
        if found.is_empty() {
            let help = "name the columns of values: `values: [a, b]`, and leave a cell without a number empty";
            self.refuse(data.span, "no column beside the first holds numbers alone", help);
        }
        found.into_iter().map(|at| (at, data.span)).collect()
    }

    fn series(&mut self, at: usize, span: Span) -> Option<Series> {
        let data = self.data;
        let name = data.head[at].trim();
        let cell = |n: usize| data.rows[n][at].trim();
        let numbers = match number::column(data.cells(at), self.decimal, None) {
            Ok(numbers) => numbers,
            Err(number::Fault::NoNumber(n)) => {
                let message = format!("`{}` in `{name}` is no number", cell(n));
                self.refuse(span, &message, "leave a cell empty where there is no number: nothing is drawn there");
                return None;
            }
            Err(number::Fault::AtOdds(n)) => {
                let message = format!("`{}` in `{name}` has another decimal mark than the others", cell(n));
                self.refuse(span, &message, "write all numbers of a column alike");
                return None;
            }
            Err(number::Fault::Unclear(n)) => {
                let message = format!("`{}` in `{name}` could be two numbers", cell(n));
                self.refuse(
                    span,
                    &message,
                    "say what parts a fraction from the whole: `decimal: comma`, or `decimal: point`",
                );
                return None;
            }
        };
        let percents = numbers.iter().flatten().filter(|number| number.percent).count();
        let all = numbers.iter().flatten().count();
        if percents != 0 && percents != all {
            self.refuse(
                span,
                &format!("some cells of `{name}` are per cent, and others are not"),
                "write all of a column alike",
            );
            return None;
        }
        let value = |(n, number): (usize, &Option<Number>)| {
            let plain: f64 = number.as_ref()?.plain.parse().ok()?;
            Some((cell(n).to_owned(), plain))
        };
        let values = numbers.iter().enumerate().map(value).collect();
        Some(Series { name: name.to_owned(), percent: percents > 0, values })
    }

    /// Where the points of lines stand.
    fn along(&mut self, at: usize, span: Span) -> Option<Along> {
        let data = self.data;
        let name = data.head[at].trim();
        let mut known = BTreeSet::new();
        if let Some(again) = data.cells(at).find(|cell| !known.insert(*cell)) {
            let message = format!("`{again}` stands twice in `{name}`");
            self.refuse(span, &message, "give each of them one row, with a column for each line");
            return None;
        }
        let days: Vec<_> = data.cells(at).map_while(|cell| Edtf::parse(cell).ok()).map(|date| date.days()).collect();
        let is_bounded = |days: &DaySet| days.ranges().len() == 1 && days.first().is_some() && days.last().is_some();
        if days.len() == data.rows.len() && days.iter().all(is_bounded) {
            return Some(Along::Days(days));
        }
        let numbers = number::column(data.cells(at), self.decimal, None).ok();
        let numbers =
            numbers.and_then(|all| all.into_iter().map(|n| n?.plain.parse().ok()).collect::<Option<Vec<f64>>>());
        if numbers.is_none() {
            let message =
                format!("`{name}` holds neither days nor numbers alone, so that nothing lies between two of them");
            self.refuse(span, &message, "draw bars (`kind: bars`), or write dates as 2024, 2024-05 or 2024-05-17");
        }
        numbers.map(Along::Numbers)
    }

    fn size(&mut self, is_lines: bool, columns: usize) {
        let (rows, span) = (self.data.rows.len(), self.data.span);
        if columns > SERIES {
            self.refuse(span, &format!("more than {SERIES} columns of values"), "choose some: `values: [a, b]`");
        }
        if is_lines && rows > POINTS {
            self.refuse(
                span,
                &format!("more than {POINTS} points in a line"),
                "draw a part of it, and link to the whole file",
            );
        } else if !is_lines && rows * columns.max(1) > BARS {
            self.refuse(
                span,
                &format!("more than {BARS} bars"),
                "draw a part of it, or lines (`kind: lines`) over days or numbers",
            );
        }
    }
}
