//! Which words of a text stand between quotation marks, and which of a quote's words therefore do.
//!
//! 1. [`marks`]: every quotation mark of the text, with what its neighbours say of its direction. Apostrophes are none.
//! 2. [`Quotations::of`]: marks paired, in order: each paragraph by itself, unless the next begins with the mark again,
//!    as printers set a quotation over several paragraphs. What stands within one pair is quoted, however deep.
//! 3. [`Quotations::within`]: the parts of a found quote that stand within a pair.
//!
//! What cannot be told is said to be so, and never guessed: a mark that is opened and not closed, or closed and not
//! opened, leaves the words between it and the end (or the beginning) of its paragraph in doubt; so do marks that are
//! closed only paragraphs later, without being repeated.
//!
//! Quotation marks are « » ‹ › “ ” „ ‟ ‘ ’ ‚ " ' 「 」 『 』, in any of the directions in which Europe sets them.

use std::ops::Range;

use crate::base::steps::step;

use super::hits::Hit;
use super::readers::Text;
use marks::{Family, Mark, Role};

mod marks;

/// A mark that is closed only so many paragraphs later, without being repeated, leaves all between in doubt; one that is
/// closed later still has nothing to do with it.
const FAR: usize = 10;

/// Quotations within one another are told apart up to here; no writer goes as deep, and what does is in doubt.
const DEEPEST: usize = 32;

/// Where a text quotes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quotations {
    /// From the outermost opening mark to its closing one, both included; in order, apart.
    inside: Vec<Range<usize>>,
    /// Where it cannot be told; in order, apart.
    unsure: Vec<Range<usize>>,
}

/// How much of a quote stands between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quoted {
    /// Every word.
    All,
    /// Some.
    Part,
    /// None.
    Nothing,
}

impl Quoted {
    /// How much of a hit its ranges within quotation marks are, as [`Quotations::within`] gives them.
    pub fn of(hit: &Hit, within: &[Range<usize>]) -> Self {
        match within {
            [] => Self::Nothing,
            _ if within == hit.ranges => Self::All,
            _ => Self::Part,
        }
    }
}

impl Quotations {
    /// Pairs the quotation marks of a text.
    ///
    /// ```
    /// # use sourcebook_core::evidence::{hits::Hit, quotation::Quotations, readers::{Place, Text}};
    /// let text = Text::new("Il dit « oui » et part.".into());
    /// let oui = Hit { ranges: vec![11..14], first: Place::paragraph(1), last: Place::paragraph(1) };
    /// assert_eq!(Quotations::of(&text).within(&text, &oui), Some(vec![11..14]));
    /// ```
    pub fn of(text: &Text) -> Self {
        let marks = marks::of(text);
        let mut pairing = Pairing { text, marks: &marks, open: Vec::new(), found: Self::default() };
        let mut at = 0;
        for (n, paragraph) in text.paragraphs().iter().enumerate() {
            let end = at + marks[at..].partition_point(|mark| mark.at.start < paragraph.end);
            pairing.paragraph(at..end, paragraph);
            pairing.end_of_paragraph(end, n);
            at = end;
        }
        pairing.found.unsure = joined(pairing.found.unsure);
        pairing.found
    }

    /// The parts of a hit that stand between quotation marks: whole where all its words do, so that all of them together
    /// are the hit where the whole quote does. `None` where it cannot be told of some word.
    pub fn within(&self, text: &Text, hit: &Hit) -> Option<Vec<Range<usize>>> {
        let mut within = Vec::new();
        for range in &hit.ranges {
            let words = |c: &(usize, char)| c.1.is_alphanumeric();
            let letters: Vec<_> = text.as_str()[range.clone()].char_indices().filter(words).collect();
            let letters = letters.iter().map(|(at, c)| range.start + at..range.start + at + c.len_utf8());
            let mut parts: Vec<Range<usize>> = Vec::new();
            let mut all = true;
            for letter in letters {
                if around(&self.unsure, letter.start).is_some() {
                    return None;
                }
                let Some(pair) = self.pair(letter.start) else {
                    all = false;
                    continue;
                };
                match parts.last_mut().filter(|last| pair.contains(&last.start)) {
                    Some(last) => last.end = letter.end,
                    None => parts.push(letter),
                }
            }
            if all && !parts.is_empty() { within.push(range.clone()) } else { within.append(&mut parts) }
        }
        Some(within)
    }

    /// The outermost pair around a byte.
    fn pair(&self, at: usize) -> Option<&Range<usize>> {
        around(&self.inside, at)
    }
}

/// Which of some ranges, in order and apart, holds a byte.
fn around(ranges: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let next = ranges.partition_point(|range| range.start <= at);
    ranges.get(next.checked_sub(1)?).filter(|range| range.contains(&at))
}

/// Ranges in order, those that meet as one.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| range.start);
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

/// A mark that was opened and is not yet closed.
struct Open {
    family: Family,
    mark: char,
    at: usize,
}

struct Pairing<'t> {
    text: &'t Text,
    marks: &'t [Mark],
    open: Vec<Open>,
    found: Quotations,
}

impl Pairing<'_> {
    fn paragraph(&mut self, marks: Range<usize>, paragraph: &Range<usize>) {
        let (mut begins, mut passed, mut settled) = (true, 0, 0);
        for n in marks.clone() {
            let mark = &self.marks[n];
            if mark.at.start < settled {
                continue;
            }
            begins &= self.text.as_str()[paragraph.start.max(passed)..mark.at.start].trim().is_empty();
            passed = mark.at.end;
            // A mark set again at the start of a paragraph, or of a line, opens nothing anew.
            let is_open = self.open.iter().any(|open| open.family == mark.family);
            if is_open && (begins || mark.begins_line) && mark.family.repeats(mark.mark) {
                continue;
            }
            match self.role(mark) {
                Role::Open if mark.family.is_single() => settled = self.single(n, marks.end, paragraph),
                Role::Open if self.open.len() >= DEEPEST => {
                    self.found.unsure.push(self.open[0].at..paragraph.end);
                    self.open.clear();
                    settled = paragraph.end;
                }
                Role::Open => self.open.push(Open { family: mark.family, mark: mark.mark, at: mark.at.start }),
                Role::Close => self.close(mark, paragraph),
                Role::None => {}
            }
        }
    }

    /// What a mark does where it stands.
    fn role(&self, mark: &Mark) -> Role {
        step(1 + self.open.len());
        let last = self.open.iter().rev().find(|open| open.family == mark.family);
        match (mark.family, mark.mark, last) {
            (Family::Curly, '“', Some(open)) if open.mark == '„' && mark.closes => Role::Close,
            (Family::Curly, '“', _) => Role::Open,
            (Family::Curly, '”', None) if mark.opens => Role::Open,
            (Family::Straight, _, None) if mark.after_figure => Role::None,
            (Family::Straight | Family::Alike, _, None) if mark.opens || !mark.closes => Role::Open,
            (Family::Straight | Family::Alike, _, Some(_)) if mark.opens && !mark.closes => Role::Open,
            (Family::Straight | Family::Alike, _, Some(_)) => Role::Close,
            (Family::Single | Family::SingleStraight, ..) if !self.open.is_empty() => match last {
                Some(_) if mark.closes => Role::Close,
                _ => Role::None,
            },
            (Family::Single | Family::SingleStraight, ..) if mark.opens => Role::Open,
            (Family::Single | Family::SingleStraight, ..) => Role::None,
            _ => mark.role,
        }
    }

    fn close(&mut self, mark: &Mark, paragraph: &Range<usize>) {
        match self.open.iter().rposition(|open| open.family == mark.family) {
            Some(n) => {
                self.open.truncate(n + 1);
                let open = self.open.pop();
                if let Some(open) = open.filter(|_| self.open.is_empty()) {
                    self.found.inside.push(open.at..mark.at.end);
                }
            }
            None if self.open.is_empty() => {
                let known = self.found.inside.last().map_or(0, |pair| pair.end);
                self.found.unsure.push(paragraph.start.max(known)..mark.at.end);
            }
            None => {}
        }
    }

    /// A single mark that may open. Its closing mark looks like an apostrophe: the first beside a sign that a quotation
    /// ends with, else the only one; between the first and the last of several it cannot be told. Returns how far that
    /// settles all marks.
    fn single(&mut self, n: usize, end: usize, paragraph: &Range<usize>) -> usize {
        let opening = &self.marks[n];
        let later = self.marks[n + 1..end].iter().filter(|mark| mark.family == opening.family);
        let closing: Vec<&Mark> =
            later.take_while(|mark| !mark.opens || mark.closes).filter(|mark| mark.closes).collect();
        let strong = closing.iter().position(|mark| mark.beside_sign);
        let at = opening.at.start;
        match (strong, closing.as_slice()) {
            (Some(n), closing) => self.settle_single(at, closing[n].at.end, None),
            (None, [one]) => self.settle_single(at, one.at.end, None),
            (None, [first, .., last]) => self.settle_single(at, first.at.end, Some(last.at.end)),
            // Nothing closes it: an apostrophe, unless the next paragraph takes it up.
            (None, []) => {
                if self.is_repeated(end, opening.family, paragraph) {
                    self.open.push(Open { family: opening.family, mark: opening.mark, at });
                }
                at
            }
        }
    }

    fn settle_single(&mut self, from: usize, to: usize, doubtful: Option<usize>) -> usize {
        self.found.inside.push(from..to);
        self.found.unsure.extend(doubtful.map(|end| to..end));
        doubtful.unwrap_or(to)
    }

    /// What is still open at the end of a paragraph: it goes on where the next begins with the mark again.
    fn end_of_paragraph(&mut self, next: usize, n: usize) {
        let Some(first) = self.open.first() else { return };
        let (family, at) = (first.family, first.at);
        let paragraphs = self.text.paragraphs();
        let repeated = self.open.iter().any(|open| self.is_repeated(next, open.family, &paragraphs[n]));
        if repeated {
            return;
        }
        let far = paragraphs.get(n + FAR).map_or(usize::MAX, |p| p.end);
        let closing = self.marks[next..].iter().take_while(|m| m.at.end <= far).find(|mark| mark.family == family);
        let closing = closing.filter(|mark| mark.role == Role::Close && !family.is_alike());
        self.found.unsure.push(at..closing.map_or(paragraphs[n].end, |mark| mark.at.end));
        self.open.clear();
    }

    /// Whether the paragraph after one begins with a mark of a family, which is the next of all marks.
    fn is_repeated(&self, next: usize, family: Family, paragraph: &Range<usize>) -> bool {
        let Some(mark) = self.marks.get(next) else { return false };
        let number = self.text.paragraphs().partition_point(|p| p.start <= paragraph.start);
        let begins = self.text.paragraphs().get(number).is_some_and(|p| {
            p.contains(&mark.at.start) && self.text.as_str()[p.start..mark.at.start].trim().is_empty()
        });
        begins && mark.family == family && family.repeats(mark.mark)
    }
}

#[cfg(test)]
mod tests;
