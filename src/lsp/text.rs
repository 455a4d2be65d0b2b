//! Places in a text, as the protocol counts them and as we do.
//!
//! The protocol has lines that end in `\n`, `\r\n` or `\r`, and columns in UTF-16 code units unless both sides agree on
//! bytes (LSP 3.17, `PositionEncodingKind`). Here a place is a byte.

use std::ops::Range;

use lsp_types::Position;

/// What a column counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Units {
    /// Bytes of UTF-8.
    Utf8,
    /// Code units of UTF-16, which every client knows.
    #[default]
    Utf16,
}

/// A text, and where its lines begin.
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    units: Units,
}

impl<'t> Lines<'t> {
    /// Finds the lines of a text.
    pub fn new(text: &'t str, units: Units) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            if *byte == b'\n' || *byte == b'\r' && bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at + 1);
            }
        }
        Self { text, starts, units }
    }

    /// The byte of a place. One behind the end of its line is that end; one within a character is its start.
    pub fn byte(&self, place: Position) -> usize {
        let line = place.line as usize;
        let Some(&start) = self.starts.get(line) else { return self.text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let content = self.text[start..end].trim_end_matches(['\n', '\r']);
        let wanted = place.character as usize;
        if self.units == Units::Utf8 {
            return start + content.floor_char_boundary(wanted);
        }
        let mut seen = 0;
        for (at, character) in content.char_indices() {
            seen += character.len_utf16();
            if seen > wanted {
                return start + at;
            }
        }
        start + content.len()
    }

    /// The place of a byte.
    pub fn position(&self, byte: usize) -> Position {
        let byte = self.text.floor_char_boundary(byte);
        let line = self.starts.partition_point(|start| *start <= byte).saturating_sub(1);
        let before = &self.text[self.starts[line]..byte];
        let column = match self.units {
            Units::Utf8 => before.len(),
            Units::Utf16 => before.chars().map(char::len_utf16).sum(),
        };
        Position { line: number(line), character: number(column) }
    }

    /// The stretch of these bytes.
    pub fn range(&self, bytes: Range<usize>) -> lsp_types::Range {
        lsp_types::Range { start: self.position(bytes.start), end: self.position(bytes.end) }
    }

    /// The bytes of a stretch.
    pub fn bytes(&self, range: lsp_types::Range) -> Range<usize> {
        let (start, end) = (self.byte(range.start), self.byte(range.end));
        start..end.max(start)
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, units: Units, byte: usize, line: u32, character: u32) {
        let lines = Lines::new(text, units);
        let place = Position { line, character };
        assert_eq!((lines.position(byte), lines.byte(place)), (place, byte), "{text:?}");
    }

    #[test]
    fn columns_of_both_kinds() {
        check("né\nà 𝄞 côté", Units::Utf16, 12, 1, 5);
        check("né\nà 𝄞 côté", Units::Utf8, 12, 1, 8);
        check("a\r\nb\rc\n", Units::Utf16, 3, 1, 0);
        check("a\r\nb\rc\n", Units::Utf16, 5, 2, 0);
        check("a\r\nb\rc\n", Units::Utf16, 7, 3, 0);
    }

    #[test]
    fn what_is_too_far_is_the_end() {
        let lines = Lines::new("ab\ncd", Units::Utf16);
        assert_eq!(lines.byte(Position { line: 0, character: 99 }), 2);
        assert_eq!(lines.byte(Position { line: 9, character: 0 }), 5);
        assert_eq!(Lines::new("𝄞", Units::Utf16).byte(Position { line: 0, character: 1 }), 0, "half of a pair");
    }
}
