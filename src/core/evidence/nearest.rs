//! The passage most like a quote that is absent: a help for the reader of a message, never a match.
//!
//! 1. Slide a window of the quote's length over the words of the text; the one that shares most letters of whole
//!    words with it wins. Linear in the text.
//! 2. Align quote and window word by word (longest common subsequence, at most [`LONGEST`] words).
//! 3. Cut the passage where the quote begins and ends.
//!
//! A [`Nearest`] holds words of a capture: it goes to the terminal and nowhere else.

use std::collections::HashMap;
use std::ops::Range;

use super::hits::Hit;
use super::parts::Part;
use super::prepared::Prepared;
use super::readers::Place;
use super::words::{is_edge, is_word, tokens};

/// As many words and signs of a quote as are compared.
pub const LONGEST: usize = 400;

/// The passage most like an absent quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// Which part of the quote is absent, from 0; parts are joined by `[…]`.
    pub part: usize,
    /// Why the quote does not count as found.
    pub why: Why,
    /// The passage, in bytes of the text.
    pub range: Range<usize>,
    /// Where it begins.
    pub place: Place,
    /// The passage and the quote, word by word. `Same` and `Added` together are the passage, `Same` and `Missing`
    /// together the quote. Each keeps the space that follows it, as one space.
    pub segments: Vec<Segment>,
}

impl Nearest {
    /// Passage and quote in one, with their differences marked: `[-…-]` is only in the quote, `{+…+}` only in the source.
    pub fn marked(&self) -> String {
        let parts = self.segments.iter().map(|segment| {
            let words = segment.text.trim_end();
            let space = &segment.text[words.len()..];
            match segment.kind {
                Kind::Same => segment.text.clone(),
                Kind::Missing => format!("[-{words}-]{space}"),
                Kind::Added => format!("{{+{words}+}}{space}"),
            }
        });
        parts.collect::<String>().trim_end().to_owned()
    }
}

/// Why a quote does not count as found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Words differ.
    Differs,
    /// The characters stand there, but they begin or end inside a word, a compound or a number.
    Cut,
    /// Every part stands there, but not in this order, or too far apart.
    Apart,
    /// Only capitals and small letters differ.
    Case,
    /// Dots of the quote leave words out: the segment is the quote with `[…]` in their place, which is found.
    Dots,
}

/// Words of the quote, of the passage, or of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Whose words.
    pub kind: Kind,
    /// The words.
    pub text: String,
}

/// Whose words a segment holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// In both.
    Same,
    /// In the quote only.
    Missing,
    /// In the passage only.
    Added,
}

impl Nearest {
    /// A quote that is found once `[…]` stands for its dots.
    pub(super) fn elided(quote: String, hit: &Hit) -> Self {
        let range = hit.ranges.first().cloned().unwrap_or_default();
        let segments = vec![Segment { kind: Kind::Same, text: quote }];
        Self { part: 0, why: Why::Dots, range, place: hit.first.clone(), segments }
    }

    /// All parts stand there but not as one quotation: shows where the second one is.
    pub(super) fn apart(parts: &[Part<'_>], range: Range<usize>, text: &Prepared) -> Self {
        let segments = parts.get(1).map(|p| Segment { kind: Kind::Same, text: p.original.trim().to_owned() });
        let place = text.place(range.start);
        let range = text.level().original(range);
        Self { part: 1, why: Why::Apart, range, place, segments: segments.into_iter().collect() }
    }
}

/// The passage most like a part of a quote; `None` if no passage shares two fifths of it.
pub fn nearest(part: &Part<'_>, text: &Prepared) -> Option<Nearest> {
    let quote: Vec<_> = tokens(part.level.text()).take(LONGEST).collect();
    let words: Vec<_> = quote.iter().map(|r| &part.level.text()[r.clone()]).collect();
    let passage = window(&words, text.level().text())?;
    let there: Vec<_> = passage.iter().map(|r| &text.level().text()[r.clone()]).collect();
    let steps = with_elision(trim(align(&words, &there))?, &passage, &there);
    if shared(&words, &steps) * 5 < weight(&words) * 2 {
        return None;
    }
    let cut = |i: usize| passage.get(i).map_or(text.level().text().len(), |r| r.start);
    let (first, last) = ends(&steps)?;
    let range = text.level().original(passage[first].start..passage[last].end);
    let sides = Sides { quote: &quote, part, passage: &passage, text };
    let place = text.place(cut(first));
    Some(Nearest { part: 0, why: Why::Differs, range, place, segments: sides.segments(&steps) })
}

/// Where a part stands but for capitals and small letters, at the edges of words.
pub(super) fn differs_in_case(part: &Part<'_>, index: usize, text: &Prepared) -> Option<Nearest> {
    let level = text.level().text();
    let (lower, wanted) = (small(level), small(part.level.text()));
    let at = memchr::memmem::find_iter(lower.as_bytes(), wanted.as_bytes()).find(|at| {
        let (start, end) = (*at, at + wanted.len());
        lower.is_char_boundary(start) && is_edge(&lower, start, |_| false) && is_edge(&lower, end, |_| false)
    })?;
    let place = |byte: usize| {
        let count = lower[..byte].chars().count();
        level.char_indices().nth(count).map_or(level.len(), |(at, _)| at)
    };
    let range = place(at)..place(at + wanted.len());
    let place = text.place(range.start);
    let range = text.level().original(range);
    let words = text.text().as_str()[range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
    let segments = vec![Segment { kind: Kind::Same, text: words }];
    Some(Nearest { part: index, why: Why::Case, range, place, segments })
}

/// In small letters, a character for each.
fn small(text: &str) -> String {
    text.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect()
}

/// The tokens of the stretch of `text` that shares most with `quote`.
fn window(quote: &[&str], text: &str) -> Option<Vec<Range<usize>>> {
    let mut wanted: HashMap<String, (usize, i64)> = HashMap::new();
    for word in quote.iter().filter(|w| is_word(w)) {
        let ids = wanted.len();
        wanted.entry(word.to_lowercase()).or_insert((ids, 0)).1 += 1;
    }
    let all: Vec<_> = tokens(text).collect();
    let id = |r: &Range<usize>| wanted.get(text[r.clone()].to_lowercase().as_str());
    let width = quote.len() + quote.len() / 4 + 2;
    let mut seen = vec![0i64; wanted.len()];
    let (mut score, mut best) = (0, (0, 0));
    for (i, range) in all.iter().enumerate() {
        if let Some(&(id, most)) = id(range) {
            seen[id] += 1;
            score += if seen[id] <= most { range.len() } else { 0 };
        }
        if let Some((out, &(id, most))) = i.checked_sub(width).and_then(|o| Some((&all[o], id(&all[o])?))) {
            score -= if seen[id] <= most { out.len() } else { 0 };
            seen[id] -= 1;
        }
        if score > best.0 {
            best = (score, i + 1);
        }
    }
    // Room on the right, for words of the quote that are not there.
    let end = (best.1 + width / 2).min(all.len());
    (best.0 > 0).then(|| all[best.1.saturating_sub(width)..end].to_vec())
}

/// One step of an alignment, with the index of the token on the side or sides that it takes from.
#[derive(Clone, Copy)]
enum Step {
    Same(usize, usize),
    Missing(usize),
    Added(usize),
}

/// A longest common subsequence; what is missing stands before what is added in its place.
fn align(quote: &[&str], there: &[&str]) -> Vec<Step> {
    let width = there.len() + 1;
    let mut longest = vec![0u32; (quote.len() + 1) * width];
    for q in (0..quote.len()).rev() {
        for t in (0..there.len()).rev() {
            longest[q * width + t] = if quote[q] == there[t] {
                longest[(q + 1) * width + t + 1] + 1
            } else {
                longest[(q + 1) * width + t].max(longest[q * width + t + 1])
            };
        }
    }
    let (mut q, mut t, mut steps) = (0, 0, Vec::new());
    while q < quote.len() || t < there.len() {
        let (both, skip_quote) = (q < quote.len() && t < there.len(), (q + 1) * width + t);
        if both && quote[q] == there[t] {
            steps.push(Step::Same(q, t));
            (q, t) = (q + 1, t + 1);
        } else if t == there.len() || (both && longest[skip_quote] >= longest[q * width + t + 1]) {
            steps.push(Step::Missing(q));
            q += 1;
        } else {
            steps.push(Step::Added(t));
            t += 1;
        }
    }
    steps
}

/// Leaves at either end as many added tokens as are missing there.
fn trim(mut steps: Vec<Step>) -> Option<Vec<Step>> {
    let is_same = |s: &Step| matches!(s, Step::Same(..));
    let missing = |s: &[Step]| s.iter().filter(|s| matches!(s, Step::Missing(_))).count();
    let last = steps.iter().rposition(is_same)?;
    let mut room = missing(&steps[last..]);
    let tail = steps.split_off(last + 1);
    steps.extend(tail.into_iter().filter(|s| keep(s, &mut room)));
    let first = steps.iter().position(is_same)?;
    let mut room = missing(&steps[..first]);
    let rest = steps.split_off(first);
    let mut head: Vec<_> = steps.into_iter().rev().filter(|s| keep(s, &mut room)).collect();
    head.reverse();
    head.extend(rest);
    Some(head)
}

/// Puts back the `n'` or `l'` of the passage's first word: it may be all the difference.
fn with_elision(mut steps: Vec<Step>, passage: &[Range<usize>], there: &[&str]) -> Vec<Step> {
    let Some((first, _)) = ends(&steps) else { return steps };
    let glued = |i: usize| passage[i].end == passage[i + 1].start;
    if first >= 2 && there[first - 1] == "'" && glued(first - 1) && glued(first - 2) {
        let at = steps.iter().position(|s| !matches!(s, Step::Missing(_))).unwrap_or(0);
        steps.splice(at..at, [Step::Added(first - 2), Step::Added(first - 1)]);
    }
    steps
}

fn keep(step: &Step, room: &mut usize) -> bool {
    if !matches!(step, Step::Added(_)) {
        return true;
    }
    let kept = *room > 0;
    *room = room.saturating_sub(1);
    kept
}

fn weight(words: &[&str]) -> usize {
    words.iter().filter(|w| is_word(w)).map(|w| w.len()).sum()
}

fn shared(words: &[&str], steps: &[Step]) -> usize {
    let same = steps.iter().filter_map(|s| if let Step::Same(q, _) = s { Some(words[*q]) } else { None });
    same.filter(|w| is_word(w)).map(str::len).sum()
}

/// The first and the last token of the passage.
fn ends(steps: &[Step]) -> Option<(usize, usize)> {
    let mut there = steps.iter().filter_map(|s| match s {
        Step::Same(_, t) | Step::Added(t) => Some(*t),
        Step::Missing(_) => None,
    });
    let first = there.next()?;
    Some((first, there.next_back().unwrap_or(first)))
}

struct Sides<'a> {
    quote: &'a [Range<usize>],
    part: &'a Part<'a>,
    passage: &'a [Range<usize>],
    text: &'a Prepared,
}

impl Sides<'_> {
    fn segments(&self, steps: &[Step]) -> Vec<Segment> {
        let mut segments: Vec<Segment> = Vec::new();
        for step in steps {
            let (kind, text) = match step {
                Step::Same(_, t) => (Kind::Same, self.there(*t)),
                Step::Added(t) => (Kind::Added, self.there(*t)),
                Step::Missing(q) => (Kind::Missing, self.quoted(*q)),
            };
            match segments.last_mut() {
                Some(last) if last.kind == kind => last.text.push_str(&text),
                _ => segments.push(Segment { kind, text }),
            }
        }
        if let Some(last) = segments.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
        segments
    }

    fn quoted(&self, index: usize) -> String {
        let range = self.part.level.original(self.quote[index].clone());
        with_space(self.part.original, range)
    }

    fn there(&self, index: usize) -> String {
        let range = self.text.level().original(self.passage[index].clone());
        with_space(self.text.text().as_str(), range)
    }
}

/// The text of a range, and one space if white space follows.
fn with_space(text: &str, range: Range<usize>) -> String {
    let mut word = text[range.clone()].to_owned();
    if text[range.end..].starts_with(char::is_whitespace) {
        word.push(' ');
    }
    word
}

#[cfg(test)]
mod tests;
