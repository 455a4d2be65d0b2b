//! What is wrong with a value that a writer typed.

use std::ops::Range;

/// Why a text is not a value of its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueError {
    /// The bytes of the parsed text that are to blame.
    pub range: Range<usize>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to write instead, where that can be guessed.
    pub help: Option<String>,
}

impl ValueError {
    /// A fault in a part of the parsed text.
    pub fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self { range, message: brief(message.into()), help: None }
    }

    /// Adds what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(brief(help.into()));
        self
    }
}

/// A part of a parsed text that knows where it stands in the whole.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'a> {
    pub text: &'a str,
    pub start: usize,
}

impl<'a> Piece<'a> {
    pub(super) fn whole(text: &'a str) -> Self {
        Self { text, start: 0 }
    }

    pub(super) fn range(self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    pub(super) fn error(self, message: impl Into<String>) -> ValueError {
        ValueError::new(self.range(), message)
    }

    /// The part from `from` to `to`; both must be character boundaries, or nothing is left.
    pub(super) fn part(self, range: Range<usize>) -> Self {
        let text = self.text.get(range.clone()).unwrap_or_default();
        Self { text, start: self.start + range.start }
    }

    pub(super) fn from(self, from: usize) -> Self {
        self.part(from..self.text.len())
    }

    pub(super) fn strip_prefix(self, prefix: &str) -> Option<Self> {
        self.text.starts_with(prefix).then(|| self.from(prefix.len()))
    }

    pub(super) fn strip_suffix(self, suffix: &str) -> Option<Self> {
        self.text.strip_suffix(suffix).map(|text| Self { text, ..self })
    }

    pub(super) fn split_once(self, separator: &str) -> Option<(Self, Self)> {
        let at = self.text.find(separator)?;
        Some((self.part(0..at), self.from(at + separator.len())))
    }

    pub(super) fn split(self, separator: &str) -> Vec<Self> {
        let mut pieces = Vec::new();
        let mut rest = self;
        while let Some((piece, next)) = rest.split_once(separator) {
            pieces.push(piece);
            rest = next;
        }
        pieces.push(rest);
        pieces
    }

    pub(super) fn trim(self) -> Self {
        let start = self.text.len() - self.text.trim_start().len();
        Self { text: self.text.trim(), start: self.start + start }
    }
}

/// Whether a text is one or more ASCII digits and nothing else.
pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Messages quote what was typed, and what was typed may be a whole book.
fn brief(mut message: String) -> String {
    const LIMIT: usize = 240;
    if message.len() > LIMIT {
        message.truncate(message.floor_char_boundary(LIMIT));
        message.push('…');
    }
    message
}
