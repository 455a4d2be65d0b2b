//! Input files and places in them.
//!
//! A [`File`] is a text the writer wrote: a sheet, an article, `site.toml`, a template. (A cited work is a
//! *source*; the word never names a file here.) A [`Span`] is a range of bytes in one of them, small enough
//! to stand beside every value.

use std::collections::HashMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// The number of a file within one [`Files`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A half-open range of bytes in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// Where a value stands is no part of what it says: what is hashed is the same wherever it is written, so that a line more
/// at the top of a sheet makes no record another.
impl Hash for Span {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl Span {
    /// The span of `range` in `file`.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        Self { file, start: clamp(range.start), end: clamp(range.end) }
    }

    /// The range of bytes.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// A part of this span, by a range relative to its start.
    pub fn part(self, range: Range<usize>) -> Self {
        Self::new(self.file, self.start as usize + range.start..self.start as usize + range.end)
    }
}

/// A file larger than this is refused before it is read ([`crate::dossier::load`]), so the clamp never bites.
fn clamp(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Located<T> {
    /// A value and its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A line and a column, both from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// One input file.
#[derive(Clone, Debug)]
pub struct File {
    /// Path from the dossier's root, with `/`; a file of the built-in theme starts with `<default>/`.
    pub path: Arc<str>,
    /// The whole text.
    pub text: Arc<str>,
    /// Where its lines begin, once somebody asks: a file may have as many faults as lines.
    starts: OnceLock<Arc<[u32]>>,
}

impl File {
    /// The line and column of a byte. A byte past the end is the end; one inside a character is its start.
    pub fn position(&self, byte: usize) -> Position {
        let byte = self.text.floor_char_boundary(byte);
        let starts = self.starts.get_or_init(|| {
            let ends = self.text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
            std::iter::once(0).chain(ends.map(|(i, _)| clamp(i + 1))).collect()
        });
        let line = starts.partition_point(|start| *start as usize <= byte);
        let start = starts.get(line.saturating_sub(1)).map_or(0, |start| *start as usize);
        Position { line, column: self.text[start..byte].chars().count() + 1 }
    }

    /// A file.
    fn new(path: Arc<str>, text: Arc<str>) -> Self {
        Self { path, text, starts: OnceLock::new() }
    }
}

/// All input files of a run, each path once.
#[derive(Clone, Debug, Default)]
pub struct Files {
    all: Vec<File>,
    numbers: HashMap<Arc<str>, FileId>,
}

impl Files {
    /// No files; but a path that this run had keeps its number there, so that what was parsed keeps its spans.
    pub fn renewed(&self) -> Self {
        let gone = File::new("".into(), "".into());
        Self { all: vec![gone; self.all.len()], numbers: self.numbers.clone() }
    }

    /// Adds a file and returns its number; one of the same path is replaced.
    pub fn add(&mut self, path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> FileId {
        let file = File::new(path.into(), text.into());
        if let Some(&id) = self.numbers.get(&file.path) {
            self.all[id.0 as usize] = file;
            return id;
        }
        let id = FileId(clamp(self.all.len()));
        self.numbers.insert(file.path.clone(), id);
        self.all.push(file);
        id
    }

    /// The file of that number.
    pub fn get(&self, id: FileId) -> &File {
        &self.all[id.0 as usize]
    }

    /// The text of a span.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file).text.get(span.range()).unwrap_or_default()
    }

    /// Every file of this run.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &File)> {
        let all = self.all.iter().enumerate().map(|(i, file)| (FileId(clamp(i)), file));
        all.filter(|(_, file)| !file.path.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let file = File::new("a".into(), "né\nà côté".into());
        assert_eq!(file.position(0).to_string(), "1:1");
        assert_eq!(file.position(3).to_string(), "1:3");
        assert_eq!(file.position(7).to_string(), "2:3");
        assert_eq!(file.position(999).to_string(), "2:7");
    }

    #[test]
    fn a_path_keeps_its_number() {
        let mut first = Files::default();
        let (a, b) = (first.add("a", "one"), first.add("b", "two"));
        assert_eq!(first.add("a", "three"), a);
        let mut second = first.renewed();
        assert_eq!(&*second.get(b).text, "");
        assert_eq!((second.add("c", "new").0, second.add("b", "four")), (2, b));
        assert_eq!(&*second.get(b).text, "four");
    }
}
