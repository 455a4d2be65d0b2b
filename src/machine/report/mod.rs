//! Diagnostics for programs: one format a file, each a function of the diagnostics and the files.
//!
//! What people read is in [`terminal`](super::terminal). What the formats share is here: places counted once a file,
//! and text that is safe to print. `docs/diagnostics.md` describes the formats.

pub mod against;
pub mod github;
pub mod json;
pub mod sarif;
pub mod short;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::rc::Rc;

use sourcebook_core::base::diagnostic::{Diagnostic, Severity};
use sourcebook_core::base::file::{FileId, Files, Position, Span};

/// One line with the counts: `3 faults, 2 warnings in 2 files`; `no faults` where there is nothing.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let counts = [(Severity::Error, "fault"), (Severity::Warning, "warning"), (Severity::Hint, "hint")]
        .map(|(severity, noun)| (diagnostics.iter().filter(|d| d.severity == severity).count(), noun));
    let parts: Vec<_> = counts.into_iter().filter(|(n, _)| *n > 0).map(|(n, noun)| plural(n, noun)).collect();
    match (parts.is_empty(), files_named(diagnostics)) {
        (true, _) => "no faults".into(),
        (false, 0) => parts.join(", "),
        (false, files) => format!("{} in {}", parts.join(", "), plural(files, "file")),
    }
}

fn plural(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// In how many files the diagnostics stand.
fn files_named(diagnostics: &[Diagnostic]) -> usize {
    let mut files: Vec<FileId> = diagnostics.iter().filter_map(|d| d.span).map(|span| span.file).collect();
    files.sort_unstable();
    files.dedup();
    files.len()
}

/// How programs call a severity.
fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    }
}

/// Where a span stands, for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place<'a> {
    pub(super) path: &'a str,
    pub(super) start: Position,
    pub(super) end: Position,
}

/// Finds places. Each file's lines are counted once, and columns are counted on from the place asked for last, so that
/// a hundred thousand faults in one long line cost no more than reading it.
pub(super) struct Places<'a> {
    files: &'a Files,
    lines: RefCell<HashMap<FileId, Rc<Vec<u32>>>>,
    last: RefCell<Option<Column>>,
}

/// The column of a byte.
#[derive(Clone, Copy)]
struct Column {
    file: FileId,
    line: usize,
    byte: usize,
    column: usize,
}

impl<'a> Places<'a> {
    pub(super) fn new(files: &'a Files) -> Self {
        Self { files, lines: RefCell::default(), last: RefCell::default() }
    }

    pub(super) fn text(&self, file: FileId) -> &'a str {
        &self.files.get(file).text
    }

    pub(super) fn path(&self, file: FileId) -> &'a str {
        &self.files.get(file).path
    }

    pub(super) fn place(&self, span: Span) -> Place<'a> {
        let range = clamp(self.text(span.file), span.range());
        let start = self.position(span.file, range.start);
        Place { path: &self.files.get(span.file).path, start, end: self.position(span.file, range.end) }
    }

    /// The line of a byte, from 0.
    pub(super) fn line_of(&self, file: FileId, byte: usize) -> usize {
        self.lines(file).partition_point(|start| *start as usize <= byte).saturating_sub(1)
    }

    /// The bytes of a line (from 0), without its end.
    pub(super) fn line(&self, file: FileId, line: usize) -> Range<usize> {
        let (lines, text) = (self.lines(file), self.text(file));
        let start = lines.get(line).map_or(text.len(), |start| *start as usize);
        let end = lines.get(line + 1).map_or(text.len(), |next| *next as usize - 1);
        if text[start..end].ends_with('\r') { start..end - 1 } else { start..end }
    }

    fn position(&self, file: FileId, byte: usize) -> Position {
        let line = self.line_of(file, byte);
        let line_start = self.lines(file).get(line).map_or(0, |start| *start as usize);
        let before = self.last.borrow().filter(|last| last.file == file && last.line == line && last.byte <= byte);
        let from = before.unwrap_or(Column { file, line, byte: line_start, column: 1 });
        let column = from.column + self.text(file)[from.byte..byte].chars().count();
        self.last.replace(Some(Column { file, line, byte, column }));
        Position { line: line + 1, column }
    }

    /// Where each line starts.
    fn lines(&self, file: FileId) -> Rc<Vec<u32>> {
        let find = || {
            let ends = (1_u32..).zip(self.text(file).bytes()).filter(|(_, byte)| *byte == b'\n');
            Rc::new(std::iter::once(0).chain(ends.map(|(after, _)| after)).collect())
        };
        self.lines.borrow_mut().entry(file).or_insert_with(find).clone()
    }
}

/// A range within the text, at borders of characters, that does not end before it starts.
fn clamp(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start);
    start..text.ceil_char_boundary(range.end).max(start)
}

/// A path for people, on one line, without anything that a terminal obeys.
pub fn shown(path: &Path) -> String {
    clean(&path.to_string_lossy()).into_owned()
}

/// Text of several lines without anything that a terminal obeys; tabs stay.
pub fn printable(text: &str) -> Cow<'_, str> {
    let obeyed = |c: char| is_unsafe(c) && !matches!(c, '\n' | '\t');
    match text.contains(obeyed) {
        true => Cow::Owned(text.chars().map(|c| if obeyed(c) { picture(c) } else { c }).collect()),
        false => Cow::Borrowed(text),
    }
}

/// One line of text without anything that a terminal obeys or that turns the direction of writing: escape sequences in
/// a dossier must not reach the reader's terminal.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_unsafe(c) { picture(c) } else { c }).collect())
}

/// Controls, the marks of direction (Trojan Source, CVE-2021-42574), separators of lines, and what has no look at all;
/// with noncharacters, so that the caller may use one to mark a place.
fn is_unsafe(c: char) -> bool {
    let invisible = '\u{200b}'..='\u{200f}';
    let separators_and_direction = '\u{2028}'..='\u{202e}';
    let direction = '\u{2060}'..='\u{206f}';
    c.is_control()
        || invisible.contains(&c) && c != '\u{200d}'
        || separators_and_direction.contains(&c)
        || direction.contains(&c)
        || matches!(c, '\u{61c}' | '\u{fdd0}'..='\u{fdef}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Unicode's pictures of controls, or the replacement character.
fn picture(c: char) -> char {
    match c {
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\x7f' => '\u{2421}',
        _ => '\u{fffd}',
    }
}

#[cfg(test)]
pub(super) mod tests;
