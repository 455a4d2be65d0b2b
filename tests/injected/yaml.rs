//! Just enough reading of YAML lines to find places for faults.

use std::ops::Range;

/// A line that begins with a key.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// From 1.
    pub number: usize,
    /// All of it, without its end.
    pub whole: Range<usize>,
    pub indent: usize,
    pub key: Range<usize>,
    /// What stands behind the colon; empty where the value is on the next lines.
    pub value: Range<usize>,
}

/// The lines with keys that stand in no block of text and in no comment.
pub(crate) fn lines(text: &str) -> Vec<Line> {
    let mut found = Vec::new();
    let (mut at, mut block) = (0, None);
    for (number, written) in text.split_inclusive('\n').enumerate() {
        let whole = at..at + written.trim_end_matches('\n').len();
        at += written.len();
        let line = &text[whole.clone()];
        let indent = line.len() - line.trim_start().len();
        if block.is_some_and(|of| line.trim().is_empty() || indent > of) {
            continue;
        }
        block = None;
        let dash = if line.trim_start().starts_with("- ") { 2 } else { 0 };
        let start = whole.start + indent + dash;
        let rest = &text[start..whole.end];
        let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).unwrap_or(rest.len());
        let after = &rest[length..];
        if length == 0 || !(after == ":" || after.starts_with(": ")) {
            continue;
        }
        let value = &text[start + length + 1..whole.end];
        let value_start = whole.end - value.trim_start().len();
        if [">", "|", ">-", "|-"].contains(&value.trim()) {
            block = Some(indent + dash);
        }
        found.push(Line {
            number: number + 1,
            indent: indent + dash,
            key: start..start + length,
            value: value_start..whole.end,
            whole,
        });
    }
    found
}

/// Words of a value that could be ids, with their places.
pub(crate) fn words(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let part = &text[range.clone()];
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in part.char_indices().chain([(part.len(), ' ')]) {
        match (is_word(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push(range.start + from..range.start + at);
                start = None;
            }
            _ => {}
        }
    }
    found
}
