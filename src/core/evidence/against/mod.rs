//! A newer copy of a source held against the older one: what became of each quote, and which passages changed.
//!
//! 1. Each quote of the source is looked up in both copies ([`super::find`]). Where only `captures.lock` knows the older
//!    one, its places are taken from there.
//! 2. A quote that is not in the newer copy is looked for among what took its passage's place, then in the whole: the
//!    passage nearest to it, unless that one stood in the older copy already, beside the quote. Then the quote is gone.
//! 3. [`diff`]: where paragraphs of the story differ, word by word, with their typography levelled.
//!
//! What is found holds words of captures: it goes to whoever asked, and nowhere else.

use std::ops::Range;

use super::find::{Finding, Prepared, find};
use super::hits::Hit;
use super::lock::{LockedSource, State};
use super::nearest::{self, Segment, Why};
use super::parts::{parts, places};
use super::quotation::{Quotations, Quoted};
use super::quote_key::QuoteKey;
use super::readers::{Spot, Text};
use crate::model::{ClaimIx, Dossier, SourceIx};

pub mod diff;

pub use diff::{Passage, passages};

/// What there is of the older copy.
#[derive(Clone, Copy)]
pub enum Older<'a> {
    /// The copy.
    Copy(&'a Prepared),
    /// What `captures.lock` says of it.
    Locked(&'a LockedSource),
    /// Nothing: quotes are only looked up in the newer copy.
    Nothing,
}

/// What became of a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfQuote {
    /// The claim that quotes it.
    pub claim: ClaimIx,
    /// Which of the claim's evidence.
    pub evidence: usize,
    /// The quote, as the sheet has it.
    pub quote: String,
    /// Where it stands in the older copy, if it stands there once.
    pub before: Option<Spot>,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a quote in the newer copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stands there, word for word, where it stood.
    Stands {
        /// Where.
        at: Spot,
        /// How much of it stood between quotation marks before, and does now, where that is known and differs.
        quoted: Option<(Quoted, Quoted)>,
    },
    /// It stands there word for word, elsewhere.
    Moved {
        /// Where.
        at: Spot,
        /// As for what stands.
        quoted: Option<(Quoted, Quoted)>,
    },
    /// Other words stand in its place.
    Changed {
        /// Where they stand.
        at: Spot,
        /// Why the quote does not count as found.
        why: Why,
        /// The passage before and after, word by word.
        diff: Vec<Segment>,
    },
    /// It is not there, nor anything like it.
    Gone,
    /// It stands there, and did not in the older copy.
    Appeared {
        /// Where.
        at: Spot,
    },
    /// It stands in neither.
    Never,
}

impl Fate {
    /// In one word, as JSON and the terminal say it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Stands { .. } => "stands",
            Self::Moved { .. } => "moved",
            Self::Changed { .. } => "changed",
            Self::Gone => "gone",
            Self::Appeared { .. } => "appeared",
            Self::Never => "never",
        }
    }

    /// Where it, or what took its place, stands in the newer copy.
    pub fn at(&self) -> Option<&Spot> {
        match self {
            Self::Stands { at, .. } | Self::Moved { at, .. } | Self::Changed { at, .. } | Self::Appeared { at } => {
                Some(at)
            }
            Self::Gone | Self::Never => None,
        }
    }
}

/// What became of each quote of a source, in the order of its claims.
pub fn quotes(dossier: &Dossier, source: SourceIx, older: Older<'_>, newer: &Prepared) -> Vec<OfQuote> {
    let sides = Sides::new(older, newer);
    let each = dossier[source].claims.iter().filter_map(|&(claim, evidence)| {
        let written = &dossier[claim].evidence[evidence];
        let quote = written.quote.as_ref()?.value.to_string();
        let locator = written.locator.as_ref().map(|l| &*l.value);
        let (before, fate) = sides.fate(&quote, locator);
        Some(OfQuote { claim, evidence, quote, before: before.map(|hit| hit.first.spot), fate })
    });
    each.collect()
}

struct Sides<'a> {
    older: Older<'a>,
    newer: &'a Prepared,
    /// Of the older and the newer copy.
    quotations: (Option<Quotations>, Quotations),
}

impl<'a> Sides<'a> {
    fn new(older: Older<'a>, newer: &'a Prepared) -> Self {
        let before = if let Older::Copy(text) = older { Some(Quotations::of(text.text())) } else { None };
        Self { older, newer, quotations: (before, Quotations::of(newer.text())) }
    }

    fn fate(&self, quote: &str, locator: Option<&str>) -> (Option<Hit>, Fate) {
        let before = self.before(quote, locator);
        let was = before.as_ref().and_then(|state| match state {
            State::Verbatim { hit, .. } => Some(hit.clone()),
            State::Absent | State::Ambiguous { .. } => None,
        });
        let was_absent = matches!(before, Some(State::Absent));
        let fate = match find(quote, self.newer, locator) {
            Finding::Verbatim { hit, .. } if was_absent => Fate::Appeared { at: hit.first.spot },
            Finding::Ambiguous { hits } if was_absent => Fate::Appeared { at: hits[0].first.spot.clone() },
            Finding::Verbatim { hit, .. } => self.found(quote, locator, was.as_ref(), &hit),
            Finding::Ambiguous { hits } => {
                let same = |hit: &&Hit| was.as_ref().is_none_or(|was| is_same(&was.first.spot, &hit.first.spot));
                self.found(quote, locator, was.as_ref(), hits.iter().find(same).unwrap_or(&hits[0]))
            }
            Finding::Absent { .. } if was_absent => Fate::Never,
            Finding::Absent { .. } => self.lost(quote, was.as_ref()),
        };
        (was, fate)
    }

    /// What is known of a quote in the older copy; nothing where nobody looked.
    fn before(&self, quote: &str, locator: Option<&str>) -> Option<State> {
        match self.older {
            Older::Copy(text) => Some(State::from(&find(quote, text, locator))),
            Older::Locked(locked) => {
                // A locator that was mended since is no other quote.
                let key = QuoteKey::new(quote, locator);
                let same = |(k, _): &(&QuoteKey, _)| k.quote == key.quote;
                let found = locked.quotes.get(&key).or_else(|| locked.quotes.iter().find(same).map(|(_, quote)| quote));
                found.map(|quote| quote.state.clone())
            }
            Older::Nothing => None,
        }
    }

    fn found(&self, quote: &str, locator: Option<&str>, was: Option<&Hit>, hit: &Hit) -> Fate {
        let at = hit.first.spot.clone();
        let now = self.quotations.1.within(self.newer.text(), hit).map(|within| Quoted::of(hit, &within));
        let quoted = was.and_then(|was| self.was_quoted(quote, locator, was)).zip(now).filter(|(was, now)| was != now);
        match was {
            Some(was) if !is_same(&was.first.spot, &at) => Fate::Moved { at, quoted },
            _ => Fate::Stands { at, quoted },
        }
    }

    fn was_quoted(&self, quote: &str, locator: Option<&str>, was: &Hit) -> Option<Quoted> {
        let within = match self.older {
            Older::Copy(text) => self.quotations.0.as_ref()?.within(text.text(), was),
            Older::Locked(locked) => locked.quotes.get(&QuoteKey::new(quote, locator))?.quoted.clone(),
            Older::Nothing => None,
        };
        Some(Quoted::of(was, &within?))
    }

    /// What took the place of a quote that is not there.
    fn lost(&self, quote: &str, was: Option<&Hit>) -> Fate {
        let copy = if let Older::Copy(text) = self.older { Some(text) } else { None };
        let parts = parts(quote);
        let missing = parts
            .iter()
            .position(|part| places(part.level.text(), self.newer.text().as_str(), self.newer.level()).is_empty());
        let Some(index) = missing else {
            // Each part stands there: not in this order any more, or too far apart.
            return match find(quote, self.newer, None) {
                Finding::Absent { nearest: Some(found) } => {
                    Fate::Changed { at: found.place.spot, why: Why::Apart, diff: found.segments }
                }
                _ => Fate::Gone,
            };
        };
        let part = &parts[index];
        let range = copy.zip(was).and_then(|(_, was)| was.ranges.get(index).cloned());
        let instead = || {
            let (copy, range) = (copy?, range.clone()?);
            let place = diff::instead(copy, &range, self.newer)?;
            let only = Prepared::new(Text::new(self.newer.text().as_str()[place.clone()].to_owned()));
            let found = nearest::differs_in_case(part, index, &only).or_else(|| nearest::nearest(part, &only))?;
            Some((place.start + found.range.start..place.start + found.range.end, found.why))
        };
        let anywhere = || {
            let found =
                nearest::differs_in_case(part, index, self.newer).or_else(|| nearest::nearest(part, self.newer))?;
            Some((found.range, found.why))
        };
        let stood = |found: &Range<usize>| {
            copy.is_some_and(|copy| {
                diff::stood_beside(copy, range.as_ref(), &self.newer.text().as_str()[found.clone()])
            })
        };
        let Some((place, why)) = instead().or_else(|| anywhere().filter(|(place, _)| !stood(place))) else {
            return Fate::Gone;
        };
        let at = self.newer.text().place(place.start).spot;
        let diff = match (copy, range) {
            (Some(copy), Some(range)) => {
                diff::words((copy, diff::widened(copy, &range)), (self.newer, diff::widened(self.newer, &place)))
            }
            _ => {
                let only = Prepared::new(Text::new(part.original.trim().to_owned()));
                let whole = 0..only.text().as_str().len();
                diff::words((&only, whole), (self.newer, place))
            }
        };
        Fate::Changed { at, why, diff }
    }
}

/// Whether two places are one to a reader.
fn is_same(a: &Spot, b: &Spot) -> bool {
    a == b || a.locator().zip(b.locator()).is_some_and(|(a, b)| a == b)
}

#[cfg(test)]
mod tests;
