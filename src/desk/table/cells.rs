//! A file as rows of cells.
//!
//! Settled here:
//! - **A date is a civil day.** Of a cell that the file says is a date, the day is taken as it stands, in either system of
//!   days (1900, 1904), never as a moment in some time zone. Days before March 1900, which programs count differently, are
//!   told and not taken; so is the time of day.
//! - **A truth value is what the file says**, not the word that is shown.
//! - **The separator** of a text is the one by which the first line has most of the columns that we know.

use super::columns;

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What the first row says.
    pub header: Vec<String>,
    /// The others that hold anything.
    pub rows: Vec<Row>,
    /// What is odd.
    pub told: Vec<Told>,
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its number in the file, from 1.
    pub number: usize,
    /// Its cells, as many as the header has.
    pub cells: Vec<Cell>,
}

/// A cell, as the file has it.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words; of a text file everything.
    Text(String),
    /// A number, written without an exponent and without groups.
    Number(String),
    /// A civil day, as an ISO date.
    Day(String),
    /// True or false.
    Truth(bool),
    /// What cannot be taken: told already.
    Lost,
}

/// Something odd, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The row's number in the file, from 1; 0 for the file.
    pub row: usize,
    /// The name of the column, or nothing.
    pub column: String,
    /// What it is.
    pub what: String,
}

impl Told {
    /// Of a cell.
    pub fn new(row: usize, column: &str, what: impl Into<String>) -> Self {
        Self { row, column: column.to_owned(), what: what.into() }
    }
}

/// What a table is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text with separators.
    Csv,
    /// Office Open XML.
    Xlsx,
    /// OpenDocument.
    Ods,
}

impl Format {
    /// By the ending of a file's name.
    pub fn of(name: &str) -> Option<Self> {
        match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "csv" | "tsv" | "tab" => Some(Self::Csv),
            "xlsx" | "xlsm" => Some(Self::Xlsx),
            "ods" => Some(Self::Ods),
            _ => None,
        }
    }
}

/// Reads a text with separators; `known` are the names of columns that are mapped.
///
/// # Errors
/// It is no table: a sentence for the writer.
pub fn of_text(text: &str, known: &columns::Names) -> Result<Table, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let count = |mark: &u8| {
        let header = reader(text, *mark).into_records().next().and_then(Result::ok);
        header.map_or(0, |header| header.iter().filter(|name| known.key(name).is_some()).count())
    };
    let best = b",;\t|".iter().copied().rev().max_by_key(count).unwrap_or(b',');
    let mut records = reader(text, best).into_records();
    let header = match records.next() {
        Some(Ok(header)) => header.iter().map(|name| name.trim().to_owned()).collect::<Vec<_>>(),
        _ => return Err("the table is empty".to_owned()),
    };
    let mut table = Table { header, ..Table::default() };
    for record in records {
        let record = record.map_err(|error| format!("the table cannot be read: {error}"))?;
        let number = record.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(0));
        let cell = |text: &str| if text.trim().is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
        let cells: Vec<Cell> = record.iter().map(cell).collect();
        if cells.len() > table.header.len() {
            let what = format!(
                "{} cells, and the table has {} columns: the last ones are left out",
                cells.len(),
                table.header.len()
            );
            table.told.push(Told::new(number, "", what));
        }
        table.push(number, cells);
    }
    Ok(table)
}

fn reader(text: &str, mark: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(mark).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

impl Table {
    /// Adds a row, if it holds anything.
    pub(super) fn push(&mut self, number: usize, mut cells: Vec<Cell>) {
        cells.resize(self.header.len(), Cell::Empty);
        if cells.iter().any(|cell| *cell != Cell::Empty) {
            self.rows.push(Row { number, cells });
        }
    }
}
