//! The rows of a CSV file (RFC 4180): a header, and rows of as many cells.

use super::Reader;
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics, nearest};
use sourcebook_core::base::file::Span;
use sourcebook_core::base::tree::decode::LText;
use sourcebook_core::dossier::load::CONTENT;
use sourcebook_core::model::prose::Prose;

/// More rows are no table to read, but data to be downloaded.
const ROWS: usize = 2_000;

/// A file as it is read.
#[derive(Debug)]
pub(super) struct Data {
    /// Its path in `content/`.
    pub(super) path: String,
    /// Where a text names it.
    pub(super) span: Span,
    /// The first row.
    pub(super) head: Vec<String>,
    /// All others, each as long as the first.
    pub(super) rows: Vec<Vec<String>>,
}

/// Reads a file that a text names.
pub(super) fn read(reader: &Reader<'_>, file: &LText, prose: &Prose, diagnostics: &mut Diagnostics) -> Option<Data> {
    let path = reader.file(file, &[".csv", ".tsv"], prose, diagnostics)?;
    let mut refuse = |message: String, help: &str| {
        diagnostics.push(Diagnostic::error("bad-table", file.span, message).help(help));
        None
    };
    let bytes = match reader.world.read(&format!("{CONTENT}/{path}")) {
        Ok(bytes) => bytes,
        Err(error) => return refuse(format!("`{path}` cannot be read: {error}"), "give a file of text"),
    };
    match rows(&bytes) {
        Ok((head, rows)) => Some(Data { path, span: file.span, head, rows }),
        Err((message, help)) => refuse(format!("`{path}`: {message}"), help),
    }
}

impl Data {
    /// The number of a column that a text names.
    pub(super) fn column(&self, name: &LText, diagnostics: &mut Diagnostics) -> Option<usize> {
        let at = self.head.iter().position(|known| **known == *name.value);
        if at.is_none() {
            let near = nearest(&name.value, self.head.iter().map(String::as_str));
            let message = format!("`{}` has no column `{}`", self.path, name.value);
            diagnostics.push(Diagnostic::error("bad-table", name.span, message).suggest(near));
        }
        at
    }

    /// The cells of a column, from above.
    pub(super) fn cells(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().map(move |row| row[column].trim())
    }
}

type Fault = (String, &'static str);
type Rows = (Vec<String>, Vec<Vec<String>>);

/// The head of a file, and its rows, each as long as the head.
pub(super) fn rows(bytes: &[u8]) -> Result<Rows, Fault> {
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
    let head = all.remove(0);
    Ok((head, all))
}
