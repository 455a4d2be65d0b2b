//! Where the parts of a quote stand in a text, in order and near one another.
//!
//! 1. The quote is cut at `[…]` (also `[...]`, and with spaces inside the brackets).
//! 2. Every part is looked up whole, at the edges of words ([`super::words::is_edge`]).
//! 3. Parts are chained in order, each in the paragraph where the one before ends or in one of the next
//!    [`REACH`]; of chains that contain one another the shortest counts.

use std::ops::Range;

use memchr::memmem::Finder;

use super::find::Prepared;
use super::normalise::{Normalised, normalise};
use super::readers::Place;
use super::words::{is_edge, is_letter};

/// How many paragraphs a `[…]` may leave out, less one. What is joined from farther apart is no quotation but a
/// collage.
pub const REACH: usize = 5;

/// One place where a quote stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Bytes of the text, one range for each part of the quote.
    pub ranges: Vec<Range<usize>>,
    /// Where it begins.
    pub first: Place,
    /// Where it ends.
    pub last: Place,
}

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
fn gap_length(text: &str) -> Option<usize> {
    let close = text.find(']')?;
    let inside: &str = text[1..close].trim();
    let dots = inside.chars().filter(|c| !c.is_whitespace());
    let gap = inside == "…" || (inside.starts_with('.') && dots.clone().all(|c| c == '.') && dots.count() == 3);
    gap.then_some(close + 1)
}

/// Where a part stands in the normalised text, at the edges of words. Overlapping places count each.
pub fn places(part: &str, text: &Prepared) -> Vec<Range<usize>> {
    let haystack = text.level().text();
    let finder = Finder::new(part);
    // Only a text that repeats itself throughout comes near the limit.
    let mut budget = (1 << 28) / part.len().max(1);
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = finder.find(&haystack.as_bytes()[at..]).map(|i| at + i) {
        let end = start + part.len();
        if is_edge(haystack, start, |i| text.is_dash(i)) && is_edge(haystack, end, |i| text.is_dash(i)) {
            found.push(start..end);
        }
        at = next_start(haystack, start);
        budget -= 1;
        if budget == 0 {
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

/// A part's place and the place of the part before it, by its index there.
struct Link {
    range: Range<usize>,
    back: usize,
    /// The index of the chain's first link in the first part's places.
    root: usize,
}

/// The shortest chains of places in order, given the places of each part.
pub fn chains(places: Vec<Vec<Range<usize>>>, text: &Prepared) -> Vec<Hit> {
    let mut layers: Vec<Vec<Link>> = Vec::with_capacity(places.len());
    for ranges in places {
        let layer = match layers.last() {
            None => ranges.into_iter().enumerate().map(|(i, range)| Link { range, back: i, root: i }).collect(),
            Some(before) => linked(ranges, before, text),
        };
        layers.push(layer);
    }
    let Some(last) = layers.last() else { return Vec::new() };
    let mut hits = Vec::new();
    let mut root = None;
    for (i, link) in last.iter().enumerate() {
        if root != Some(link.root) {
            root = Some(link.root);
            hits.push(hit(&layers, i, text));
        }
    }
    hits
}

/// Links each range to the last place before it that is near enough.
fn linked(ranges: Vec<Range<usize>>, before: &[Link], text: &Prepared) -> Vec<Link> {
    let mut next = 0;
    let mut links = Vec::new();
    for range in ranges {
        next += before[next..].iter().take_while(|b| b.range.end <= range.start).count();
        let Some(back) = next.checked_sub(1) else { continue };
        let (end, start) = (text.paragraph(before[back].range.end - 1), text.paragraph(range.start));
        if start - end <= REACH {
            links.push(Link { range, back, root: before[back].root });
        }
    }
    links
}

fn hit(layers: &[Vec<Link>], last: usize, text: &Prepared) -> Hit {
    let mut at = last;
    let mut ranges: Vec<Range<usize>> = Vec::with_capacity(layers.len());
    for layer in layers.iter().rev() {
        ranges.push(layer[at].range.clone());
        at = layer[at].back;
    }
    ranges.reverse();
    let first = text.place(ranges[0].start);
    let last = ranges.last().map_or_else(|| first.clone(), |r| text.place(r.end - 1));
    Hit { ranges: ranges.into_iter().map(|r| text.level().original(r)).collect(), first, last }
}
