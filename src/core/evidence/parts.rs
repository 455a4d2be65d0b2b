//! The parts of a quote, and where each stands.
//!
//! 1. The quote is cut at `[…]` (also `[...]`, and with spaces inside the brackets).
//! 2. Every part is looked up whole, at the edges of words ([`super::words::is_edge`]).

use std::ops::Range;

use memchr::memmem::Finder;

use crate::base::steps::step;

use super::normalise::{Normalised, normalise};
use super::words::{is_edge, is_letter};

/// A quote has so many parts at most: what is joined from more is no quotation. More are a fault of its sheet (`quote-gaps`), and
/// it is looked up nowhere.
pub const MOST_PARTS: usize = 50;

/// So many places of one part are looked at, from the start of the text: a part that stands there more often tells nothing.
pub const MOST_PLACES: usize = 20_000;

/// A part of a quote, between `[…]`.
pub struct Part<'a> {
    /// As the writer wrote it.
    pub original: &'a str,
    /// With its typography levelled; never empty.
    pub level: Normalised,
}

/// The parts of a quote that hold anything.
pub fn parts(quote: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(open) = quote[at..].find('[').map(|i| at + i) {
        at = open + 1;
        if let Some(length) = gap_length(&quote[open..]) {
            parts.push(&quote[from..open]);
            at = open + length;
            from = at;
        }
    }
    parts.push(&quote[from..]);
    let parts = parts.into_iter().map(|original| Part { original, level: normalise(original) });
    parts.filter(|part| !part.level.text().is_empty()).collect()
}

/// The bytes of `[…]` or `[...]` at the start of `text`.
pub(super) fn gap_length(text: &str) -> Option<usize> {
    let inside = text.get(1..)?;
    // Not beyond what can stand in one, so that no bracket is looked at twice.
    let close = 1 + inside.find(|c: char| !c.is_whitespace() && !matches!(c, '.' | '…'))?;
    step(close);
    if !text[close..].starts_with(']') {
        return None;
    }
    let inside = text[1..close].trim();
    let gap = inside == "…" || (!inside.contains('…') && inside.matches('.').count() == 3);
    gap.then_some(close + 1)
}

/// Where a part stands in a text whose typography is levelled, at the edges of words. Overlapping places count each.
pub fn places(part: &str, text: &str, level: &Normalised) -> Vec<Range<usize>> {
    let haystack = level.text();
    let is_apart = |at| is_apart(text, level, at);
    let finder = Finder::new(part);
    // Only a text that repeats itself throughout comes near the limits.
    let mut budget = (1 << 28) / part.len().max(1);
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = finder.find(&haystack.as_bytes()[at..]).map(|i| at + i) {
        let end = start + part.len();
        if is_edge(haystack, start, is_apart) && is_edge(haystack, end, is_apart) {
            found.push(start..end);
        }
        at = next_start(haystack, start);
        budget -= 1;
        if budget == 0 || found.len() >= MOST_PLACES {
            break;
        }
    }
    found
}

/// The next byte where a part that also begins like the one at `start` can begin.
fn next_start(text: &str, start: usize) -> usize {
    let skip = text[start..].chars().take_while(|&c| is_letter(c)).map(char::len_utf8).sum::<usize>();
    let first = text[start..].chars().next().map_or(1, char::len_utf8);
    start + skip.max(first)
}

/// Whether the sign at a byte of a levelled text sets words apart in the original: a dash and no hyphen, or an empty line.
pub(super) fn is_apart(text: &str, level: &Normalised, at: usize) -> bool {
    let original = &text[level.original(at..at + 1)];
    let ends = |sign| original.matches(sign).count() > 1;
    matches!(original, "\u{2012}" | "–" | "—" | "―") || ends('\n') || ends('\r')
}
