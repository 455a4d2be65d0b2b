//! A table from a CSV file (RFC 4180): a header, and rows of as many cells.

use super::Reader;
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics};
use sourcebook_core::base::tree::decode::{self, LText, Many};
use sourcebook_core::dossier::load::CONTENT;
use sourcebook_core::model::prose::Prose;
use sourcebook_core::record;

/// More rows are no table to read, but data to be downloaded.
const ROWS: usize = 2_000;
/// Likewise columns.
const COLUMNS: usize = 40;

/// What is written.
pub(super) struct Written {
    file: Option<LText>,
    columns: Many<decode::Text>,
}

record!(Written as "Table", "a mapping of `file`, `columns`", { file: required "file", columns: or_default "columns" });

/// A table, as many cells in each row as in the head.
#[derive(Debug, PartialEq, Eq)]
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
    let file = written.file.as_ref()?;
    let path = reader.file(file, &[".csv", ".tsv"], prose, diagnostics)?;
    let span = file.span;
    let mut refuse =
        |message: String, help: &str| diagnostics.push(Diagnostic::error("bad-table", span, message).help(help));
    let bytes = match reader.world.read(&format!("{CONTENT}/{path}")) {
        Ok(bytes) => bytes,
        Err(error) => {
            refuse(format!("`{path}` cannot be read: {error}"), "give a file of text");
            return None;
        }
    };
    let all = match rows(&bytes) {
        Ok(all) => all,
        Err((message, help)) => {
            refuse(format!("`{path}`: {message}"), help);
            return None;
        }
    };
    let (head, rows) = all.split_first()?;
    let mut shown: Vec<usize> = Vec::new();
    for column in &written.columns.0 {
        match head.iter().position(|name| **name == *column.value) {
            Some(at) => shown.push(at),
            None => {
                let near = sourcebook_core::base::diagnostic::nearest(&column.value, head.iter().map(String::as_str));
                let message = format!("`{path}` has no column `{}`", column.value);
                diagnostics.push(Diagnostic::error("bad-table", column.span, message).suggest(near));
            }
        }
    }
    if shown.len() < written.columns.0.len() {
        return None;
    }
    if shown.is_empty() {
        shown = (0..head.len()).collect();
    }
    if shown.len() > COLUMNS {
        let message = format!("`{path}` has more than {COLUMNS} columns");
        let help = "name those to show: `columns: [a, b]`";
        diagnostics.push(Diagnostic::error("bad-table", span, message).help(help));
        return None;
    }
    Some(made(path, head, rows, &shown))
}

fn made(path: String, head: &[String], rows: &[Vec<String>], shown: &[usize]) -> Table {
    let is_number = |column: usize| {
        let cells = || rows.iter().map(move |row| &row[column]).filter(|cell| !cell.trim().is_empty());
        cells().next().is_some() && cells().all(|cell| number(cell).is_some())
    };
    let numeric: Vec<bool> = (0..head.len()).map(is_number).collect();
    let cell = |row: &[String], column: usize, is_head: bool| Cell {
        text: row[column].trim().to_owned(),
        numeric: numeric[column],
        value: if is_head || !numeric[column] { None } else { number(&row[column]) },
    };
    let of = |row: &[String], is_head: bool| shown.iter().map(|column| cell(row, *column, is_head)).collect::<Vec<_>>();
    Table { path, head: of(head, true), rows: rows.iter().map(|row| of(row, false)).collect() }
}

type Fault = (String, &'static str);

/// The rows of a file, each as long as the first.
fn rows(bytes: &[u8]) -> Result<Vec<Vec<String>>, Fault> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Err(("this is not UTF-8".into(), "save it as “CSV UTF-8”"));
    };
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: char| first.matches(mark).count();
    let delimiter = [b'\t', b';', b','].into_iter().max_by_key(|mark| count(char::from(*mark))).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(text.as_bytes());
    let mut all = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => all.push(record.iter().map(str::to_owned).collect::<Vec<_>>()),
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                let message = format!("line {line} has another number of cells than the first");
                return Err((
                    message,
                    "give every row as many cells as the head; put a cell that holds a separator in quotation marks",
                ));
            }
        }
        if all.len() > ROWS + 1 {
            return Err((format!("more than {ROWS} rows"), "show a part of it, and link to the whole file"));
        }
    }
    if all.len() < 2 {
        return Err(("it has no row below its head".into(), "the first row names the columns"));
    }
    Ok(all)
}

/// A number as people write it (`11 000`, `1,5`, `−3 %`), as machines do; where it could be two, none.
fn number(cell: &str) -> Option<String> {
    let mut plain: String = cell.trim().trim_end_matches('%').trim().to_owned();
    plain.retain(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’' | '_'));
    let plain = plain.replace('−', "-");
    let digits = plain.strip_prefix(['-', '+']).unwrap_or(&plain);
    let is_sound = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',');
    if !is_sound || digits.len() > 30 {
        return None;
    }
    let sign = if plain.starts_with('-') { "-" } else { "" };
    let last = digits.rfind(['.', ',']);
    let whole: String = digits[..last.unwrap_or(digits.len())].chars().filter(char::is_ascii_digit).collect();
    let Some(at) = last else { return Some(format!("{sign}{whole}")) };
    let (mark, after) = (digits.as_bytes()[at], &digits[at + 1..]);
    let repeated = digits.bytes().filter(|byte| *byte == mark).count() > 1;
    // Marks that part thousands come again, or stand before three digits; whether one comma does, the page need not know: it sorts alike.
    let parts_thousands = repeated || (after.len() == 3 && whole != "0" && mark == b',');
    Some(if parts_thousands { format!("{sign}{whole}{after}") } else { format!("{sign}{whole}.{after}") })
}

#[cfg(test)]
mod tests {
    use super::{made, number, rows};

    #[test]
    fn numbers() {
        let check = |cell: &str, expect: Option<&str>| assert_eq!(number(cell).as_deref(), expect, "{cell}");
        check("11 000", Some("11000"));
        check("11\u{202f}000", Some("11000"));
        check("11,000", Some("11000"));
        check("1,5", Some("1.5"));
        check("−3 %", Some("-3"));
        check("1.234.567", Some("1234567"));
        check("about 5", None);
        check("2024-05", None);
        check("", None);
        check("+", None);
    }

    #[test]
    fn files() {
        let check = |text: &str, expect: &str| {
            let table = rows(text.as_bytes()).map(|all| {
                let (head, rest) = all.split_first().unwrap();
                let table = made("a.csv".into(), head, rest, &(0..head.len()).collect::<Vec<_>>());
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
        check("a,b\n1\n", "line 2 has another number of cells than the first");
        check("a,b\n", "it has no row below its head");
        check("", "it has no row below its head");
        check("a,b\n\"1,2\n3,4", "line 2 has another number of cells than the first");
    }
}
