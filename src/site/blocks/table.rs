//! A table from a CSV file.

use super::Reader;
use super::data::{self, Data};
use super::number::{self, Mark};
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics};
use sourcebook_core::base::file::Located;
use sourcebook_core::base::tree::decode::{self, LText, Many};
use sourcebook_core::model::prose::Prose;
use sourcebook_core::record;

/// More columns are no table to read.
const COLUMNS: usize = 40;

/// What is written.
pub(super) struct Written {
    file: Option<LText>,
    columns: Many<decode::Text>,
    decimal: Option<Located<Mark>>,
}

record!(Written as "Table", "a mapping of `file`, `columns`, `decimal`", {
    file: required "file", columns: or_default "columns", decimal: optional "decimal",
});

impl Written {
    fn decimal(&self) -> Option<Mark> {
        self.decimal.as_ref().map(|mark| mark.value)
    }
}

/// A table, as many cells in each row as in the head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Path of its file in `content/`.
    pub path: String,
    /// The first row of the file.
    pub head: Vec<Cell>,
    /// All others.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its words, as they stand in the file.
    pub text: String,
    /// Whether its column holds numbers alone.
    pub numeric: bool,
    /// Its number, as machines write it.
    pub value: Option<String>,
}

/// Reads the file of a table.
pub(super) fn read(
    reader: &Reader<'_>,
    written: &Written,
    prose: &Prose,
    diagnostics: &mut Diagnostics,
) -> Option<Table> {
    let before = diagnostics.len();
    let data = data::read(reader, written.file.as_ref()?, prose, diagnostics)?;
    let mut shown: Vec<usize> = written.columns.0.iter().filter_map(|name| data.column(name, diagnostics)).collect();
    if diagnostics.len() > before {
        return None;
    }
    if shown.is_empty() {
        shown = (0..data.head.len()).collect();
    }
    if shown.len() > COLUMNS {
        let message = format!("`{}` has more than {COLUMNS} columns", data.path);
        let help = "name those to show: `columns: [a, b]`";
        diagnostics.push(Diagnostic::error("bad-table", data.span, message).help(help));
        return None;
    }
    Some(made(&data, &shown, written.decimal()))
}

/// The table of some columns of a file.
pub(super) fn made(data: &Data, shown: &[usize], decimal: Option<Mark>) -> Table {
    let column = |&at: &usize| {
        // What is `1,234` in a column of which no other cell says what a comma is sorts with the others as thousands do.
        let numbers = number::column(data.cells(at), decimal, Some(Mark::Point));
        numbers.ok().filter(|numbers| numbers.iter().any(Option::is_some))
    };
    let columns: Vec<_> = shown.iter().map(column).collect();
    let head = shown.iter().zip(&columns).map(|(at, numbers)| Cell {
        text: data.head[*at].trim().to_owned(),
        numeric: numbers.is_some(),
        value: None,
    });
    let row = |(n, row): (usize, &Vec<String>)| {
        let cell = |(at, numbers): (&usize, &Option<Vec<Option<number::Number>>>)| Cell {
            text: row[*at].trim().to_owned(),
            numeric: numbers.is_some(),
            value: numbers.as_ref().and_then(|numbers| Some(numbers[n].as_ref()?.plain.clone())),
        };
        shown.iter().zip(&columns).map(cell).collect()
    };
    Table { path: data.path.clone(), head: head.collect(), rows: data.rows.iter().enumerate().map(row).collect() }
}

#[cfg(test)]
mod tests {
    use super::super::data::{Data, rows};
    use super::made;
    use sourcebook_core::base::file::{FileId, Span};

    #[test]
    fn files() {
        let check = |text: &str, expect: &str| {
            let table = rows(text.as_bytes()).map(|(head, rows)| {
                let data = Data { path: "a.csv".into(), span: Span::new(FileId(0), 0..0), head, rows };
                let table = made(&data, &(0..data.head.len()).collect::<Vec<_>>(), None);
                let row = |row: &[super::Cell]| {
                    row.iter()
                        .map(|c| format!("{}{}", c.text, if c.numeric { "#" } else { "" }))
                        .collect::<Vec<_>>()
                        .join("|")
                };
                std::iter::once(row(&table.head))
                    .chain(table.rows.iter().map(|r| row(r)))
                    .collect::<Vec<_>>()
                    .join(" / ")
            });
            assert_eq!(table.unwrap_or_else(|(message, _)| message), expect);
        };
        check("who,how many\nA,11 000\nB,\n", "who|how many# / A|11 000# / B|#");
        check("\u{feff}who;how\n\"A; and B\";1,5\n", "who|how# / A; and B|1,5#");
        check("a\tb\n1\tx\n", "a#|b / 1#|x");
        check("when\n3.5.2024\n", "when / 3.5.2024");
        check("a,b\n1\n", "line 2 has another number of cells than the first");
        check("a,b\n", "it has no row below its head");
        check("", "it has no row below its head");
        check("a,b\n\"1,2\n3,4", "line 2 has another number of cells than the first");
    }
}
