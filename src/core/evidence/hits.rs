//! Where the parts of a quote stand in a text, in order and near one another.
//!
//! The parts ([`super::parts`]) are chained in order, each in the paragraph where the one before ends or in one of the next
//! [`REACH`]; of chains that contain one another the shortest counts.

use std::ops::Range;

use super::prepared::Prepared;
use super::readers::Place;

/// How many paragraphs a `[…]` may leave out, less one. What is joined from farther apart is no quotation but a
/// collage.
pub const REACH: usize = 5;

/// One place where a quote stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hit {
    /// Bytes of the text, one range for each part of the quote.
    pub ranges: Vec<Range<usize>>,
    /// Where it begins.
    pub first: Place,
    /// Where it ends.
    pub last: Place,
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
