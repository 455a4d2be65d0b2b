//! Two texts compared, word by word, with their typography levelled.
//!
//! Paragraphs are aligned first, those of the story alone; then the words of what differs. Both by `similar`.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::super::find::Prepared;
use super::super::nearest::{Kind, Segment};
use super::super::normalise::normalise;
use super::super::readers::Spot;
use super::super::words::{is_word, tokens};

/// Words around what differs that are shown with it.
const CONTEXT: usize = 8;

/// More paragraphs that differ than these are not aligned, nor more words compared one by one.
const MOST: usize = 10_000;

/// A passage in which two copies differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where it stood; nothing for one that is new.
    pub before: Option<Spot>,
    /// Where it stands; nothing for one that is gone.
    pub after: Option<Spot>,
    /// Its words: what is the same is shortened to some words beside what differs.
    pub diff: Vec<Segment>,
}

/// Bytes of a text, each range a paragraph.
struct Paragraphs<'a> {
    text: &'a Prepared,
    ranges: Vec<Range<usize>>,
    words: Vec<&'a str>,
}

impl<'a> Paragraphs<'a> {
    /// The paragraphs of the story, with its headings and captions.
    fn of(text: &'a Prepared) -> Self {
        let own = |range: &&Range<usize>| text.text().place(range.start).spot != Spot::Outside;
        let ranges: Vec<_> = text.text().paragraphs().iter().filter(own).cloned().collect();
        let words = ranges.iter().map(|range| levelled(text, range)).collect();
        Self { text, ranges, words }
    }

    fn span(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let (first, last) = (self.ranges.get(range.start)?, self.ranges.get(range.end.checked_sub(1)?)?);
        (!range.is_empty()).then_some(first.start..last.end)
    }
}

/// The passages of the story in which two copies differ, in the order of the newer one; `None` where they differ in too
/// much to be aligned.
pub fn passages(older: &Prepared, newer: &Prepared) -> Option<Vec<Passage>> {
    let (old, new) = (Paragraphs::of(older), Paragraphs::of(newer));
    let mut found = Vec::new();
    for (before, after) in hunks(&old.words, &new.words)? {
        let spot =
            |side: &Paragraphs<'_>, range: &Range<usize>| Some(side.text.text().place(side.span(range)?.start).spot);
        let (was, is) = (old.span(&before), new.span(&after));
        let diff = words((older, was.unwrap_or(0..0)), (newer, is.unwrap_or(0..0)));
        found.push(Passage { before: spot(&old, &before), after: spot(&new, &after), diff: clipped(diff) });
    }
    Some(found)
}

/// What stands in the newer copy where a range of the older one stood, if other paragraphs do.
pub(super) fn instead(older: &Prepared, range: &Range<usize>, newer: &Prepared) -> Option<Range<usize>> {
    let (old, new) = (Paragraphs::of(older), Paragraphs::of(newer));
    let at = old.ranges.iter().position(|p| p.contains(&range.start))?;
    let hunk = hunks(&old.words, &new.words)?.into_iter().find(|(before, _)| before.contains(&at))?;
    new.span(&hunk.1)
}

/// Whether words stand in a text outside of a range of it.
pub(super) fn stood_beside(text: &Prepared, range: Option<&Range<usize>>, words: &str) -> bool {
    let level = normalise(words);
    if level.text().is_empty() {
        return false;
    }
    let apart = |at: usize| {
        let there = text.level().original(at..at + level.text().len());
        range.is_none_or(|range| there.end <= range.start || range.end <= there.start)
    };
    memchr::memmem::find_iter(text.level().text().as_bytes(), level.text().as_bytes()).any(apart)
}

/// Where two lists differ, as ranges of each.
fn hunks(old: &[&str], new: &[&str]) -> Option<Vec<(Range<usize>, Range<usize>)>> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    if old.len().max(new.len()) > MOST {
        return None;
    }
    let ops = capture_diff_slices(Algorithm::Patience, old, new);
    let differ = ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    let moved = |range: Range<usize>| range.start + head..range.end + head;
    Some(differ.map(|op| (moved(op.old_range()), moved(op.new_range()))).collect())
}

/// Two passages word by word: what is missing stands before what is added in its place. Of each passage the words are
/// its own, with its typography; what only typography tells apart is the same, and shown as in the newer one.
pub(super) fn words(older: (&Prepared, Range<usize>), newer: (&Prepared, Range<usize>)) -> Vec<Segment> {
    let (old, new) = (Tokens::of(older.0, &older.1), Tokens::of(newer.0, &newer.1));
    let mut segments: Vec<Segment> = Vec::new();
    let mut push = |kind, text: String| match segments.last_mut() {
        _ if text.is_empty() => {}
        Some(Segment { kind: last, text: known }) if *last == kind => known.push_str(&text),
        _ => segments.push(Segment { kind, text }),
    };
    let ops = if old.words.len().max(new.words.len()) > MOST {
        vec![DiffOp::Replace { old_index: 0, old_len: old.words.len(), new_index: 0, new_len: new.words.len() }]
    } else {
        capture_diff_slices(Algorithm::Myers, &old.words, &new.words)
    };
    for op in ops {
        if matches!(op, DiffOp::Equal { .. }) {
            push(Kind::Same, new.shown(op.new_range()));
        } else {
            push(Kind::Missing, old.shown(op.old_range()));
            push(Kind::Added, new.shown(op.new_range()));
        }
    }
    if let Some(last) = segments.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
    segments
}

/// The words of a part of a text.
struct Tokens<'a> {
    text: &'a Prepared,
    words: Vec<&'a str>,
    places: Vec<Range<usize>>,
}

impl<'a> Tokens<'a> {
    fn of(text: &'a Prepared, range: &Range<usize>) -> Self {
        let level = levels(text, range);
        let places: Vec<_> =
            tokens(&text.level().text()[level.clone()]).map(|t| t.start + level.start..t.end + level.start).collect();
        let words = places.iter().map(|place| &text.level().text()[place.clone()]).collect();
        Self { text, words, places }
    }

    /// Some of them as the text has them, with one space for any white space that follows, and `¶` between paragraphs.
    fn shown(&self, range: Range<usize>) -> String {
        let whole = self.text.text().as_str();
        let original = |place: &Range<usize>| self.text.level().original(place.clone());
        let mut out = String::new();
        for (n, place) in self.places[range.clone()].iter().enumerate() {
            let place = original(place);
            let paragraph = |byte| self.text.text().paragraph_at(byte);
            let next = self.places.get(range.start + n + 1).map(original);
            out.extend(whole[place.clone()].split_whitespace());
            if next.is_some_and(|next| paragraph(next.start) != paragraph(place.start)) {
                out.push_str(" ¶ ");
            } else if whole[place.end..].starts_with(char::is_whitespace) {
                out.push(' ');
            }
        }
        out
    }
}

/// A range of a text with some words before and after it, within its paragraphs.
pub(super) fn widened(text: &Prepared, range: &Range<usize>) -> Range<usize> {
    let paragraphs = text.text().paragraphs();
    let of = |byte: usize| text.text().paragraph_at(byte).and_then(|n| paragraphs.get(n - 1));
    let start = of(range.start).map_or(range.start, |p| p.start.min(range.start));
    let end = of(range.end.saturating_sub(1)).map_or(range.end, |p| p.end.max(range.end));
    let before = Tokens::of(text, &(start..range.start));
    let after = Tokens::of(text, &(range.end..end));
    let from = before.places.iter().rev().take(CONTEXT).next_back();
    let to = after.places.iter().take(CONTEXT).next_back();
    let original = |place: &Range<usize>| text.level().original(place.clone());
    from.map_or(range.start, |place| original(place).start)..to.map_or(range.end, |place| original(place).end)
}

/// The same with long stretches of equal words cut to what stands beside a difference.
pub fn clipped(segments: Vec<Segment>) -> Vec<Segment> {
    let last = segments.len().saturating_sub(1);
    let cut = |(n, segment): (usize, Segment)| {
        if segment.kind != Kind::Same {
            return segment;
        }
        let (head, tail) = (if n == 0 { 0 } else { CONTEXT }, if n == last { 0 } else { CONTEXT });
        Segment { text: shortened(&segment.text, head, tail), ..segment }
    };
    segments.into_iter().enumerate().map(cut).collect()
}

/// The first and the last words of a text, with `…` for the rest.
fn shortened(text: &str, head: usize, tail: usize) -> String {
    let words: Vec<(usize, &str)> = text
        .split_inclusive(' ')
        .scan(0, |at, word| {
            *at += word.len();
            Some((*at - word.len(), word))
        })
        .collect();
    if words.iter().filter(|(_, word)| is_word(word.trim_start_matches(|c: char| !c.is_alphanumeric()))).count()
        <= head + tail + 2
    {
        return text.to_owned();
    }
    let end = words.get(head).map_or(text.len(), |(at, _)| *at);
    let start = words.len().checked_sub(tail).and_then(|n| words.get(n)).map_or(text.len(), |(at, _)| *at);
    match (head, tail) {
        (0, _) => format!("… {}", &text[start..]),
        (_, 0) => format!("{} …", text[..end].trim_end()),
        _ => format!("{} … {}", text[..end].trim_end(), &text[start..]),
    }
}

fn levels(text: &Prepared, range: &Range<usize>) -> Range<usize> {
    let (start, end) = (text.level().place(range.start), text.level().place(range.end));
    start..end.max(start)
}

fn levelled<'a>(text: &'a Prepared, range: &Range<usize>) -> &'a str {
    text.level().text()[levels(text, range)].trim()
}
