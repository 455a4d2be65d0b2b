//! A quote looked up in a text.
//!
//! 1. [`Prepared::new`] levels a text's typography, once for all quotes.
//! 2. [`find`] looks up the parts of a quote ([`super::parts`], [`super::hits`]), and lets the locator tell several hits apart.
//! 3. For a quote that is absent, [`super::nearest`] shows what stands there instead: a help, never a match.
//! 4. What is not there as it is written may be there without what its editor put into it ([`super::brackets`]).
//!
//! A quotation begins and ends at the edge of a word, a compound and a number: `1 000` is not in `11 000`.

use super::brackets;
use super::hits::{self, Hit};
use super::locator::Locator;
use super::nearest::{Nearest, Why, differs_in_case, nearest};
use super::parts::{Part, parts, places};
pub use super::prepared::Prepared;
use super::readers::{Place, Spot};

/// Looks up a quote. `locator` is the evidence's, free text.
///
/// ```
/// # use sourcebook_core::evidence::{readers::Text, find::{find, Finding, Prepared}};
/// let text = Prepared::new(Text::new("Il n’a pas dit : « jamais »…".into()));
/// assert!(matches!(find("n'a pas […] \"jamais\"", &text, None), Finding::Verbatim { .. }));
/// assert!(matches!(find("a dit", &text, None), Finding::Absent { .. }));
/// ```
pub fn find(quote: &str, text: &Prepared, locator: Option<&str>) -> Finding {
    let found = find_written(quote, text, locator);
    if !is_absent(&found) {
        return found;
    }
    let read = brackets::readings(quote);
    if let Some(found) = read.iter().map(|quote| find_written(quote, text, locator)).find(|found| !is_absent(found)) {
        return found;
    }
    // What differs is told of the source's own words.
    let plain = (!read.is_empty()).then(|| brackets::plain(quote));
    let found = plain.as_ref().map_or(found, |plain| find_written(plain, text, locator));
    match elided(quote, text, locator) {
        Some(nearest) => Finding::Absent { nearest: Some(nearest) },
        None => found,
    }
}

/// Whether a quote stands in a text with its brackets, if it has any.
pub fn is_as_written(quote: &str, text: &Prepared) -> bool {
    !is_absent(&find_written(quote, text, None))
}

fn is_absent(finding: &Finding) -> bool {
    matches!(finding, Finding::Absent { .. })
}

/// The quote as it should be written, where dots in it leave words out.
fn elided(quote: &str, text: &Prepared, locator: Option<&str>) -> Option<Nearest> {
    brackets::elisions(quote).into_iter().find_map(|written| {
        let read = brackets::readings(&written);
        let each = std::iter::once(&written).chain(&read).map(|quote| find_written(quote, text, locator));
        let hit = each.into_iter().find_map(|found| match found {
            Finding::Verbatim { hit, .. } => Some(hit),
            Finding::Ambiguous { hits } => hits.into_iter().next(),
            Finding::Absent { .. } => None,
        })?;
        Some(Nearest::elided(written, &hit))
    })
}

/// The quote as it is written, or with words joined that a hyphen breaks at a line's end.
fn find_written(quote: &str, text: &Prepared, locator: Option<&str>) -> Finding {
    let found = find_in(quote, text, locator);
    match (&found, text.joined()) {
        (Finding::Absent { .. }, Some(joined)) => match find_in(quote, joined, locator) {
            Finding::Absent { .. } => found,
            other => other,
        },
        _ => found,
    }
}

fn find_in(quote: &str, text: &Prepared, locator: Option<&str>) -> Finding {
    let parts = parts(quote);
    let places: Vec<_> =
        parts.iter().map(|part| places(part.level.text(), text.text().as_str(), text.level())).collect();
    if let Some(missing) = places.iter().position(Vec::is_empty) {
        return Finding::Absent { nearest: missing_part(&parts, missing, text) };
    }
    let second = places.get(1).and_then(|p| p.first()).cloned();
    let hits = hits::chains(places, text);
    if hits.is_empty() {
        return Finding::Absent { nearest: second.map(|range| Nearest::apart(&parts, range, text)) };
    }
    settle(hits, &locator.map(Locator::parse).unwrap_or_default(), text)
}

/// What became of a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It stands there, word for word, once; or once where the locator says.
    Verbatim {
        /// Where.
        hit: Hit,
        /// Where it stands if the locator names another place: the words are right, the locator is wrong.
        elsewhere: Option<Place>,
    },
    /// It does not stand there.
    Absent {
        /// The most similar passage, if any is similar.
        nearest: Option<Nearest>,
    },
    /// It stands there several times, and the locator does not tell which is meant.
    Ambiguous {
        /// Where, in order: those where the locator says, or all; at most [`MOST_HITS`].
        hits: Vec<Hit>,
    },
}

/// As many hits as an ambiguous finding shows.
pub const MOST_HITS: usize = 20;

fn missing_part(parts: &[Part<'_>], index: usize, text: &Prepared) -> Option<Nearest> {
    let part = parts.get(index)?;
    if let Some(found) = differs_in_case(part, index, text) {
        return Some(found);
    }
    let mut found = nearest(part, text)?;
    found.part = index;
    if text.level().text().contains(part.level.text()) {
        found.why = Why::Cut;
    }
    Some(found)
}

fn settle(mut hits: Vec<Hit>, locator: &Locator, text: &Prepared) -> Finding {
    let single = hits.len() == 1;
    if hits.iter().any(|h| locator.allows(&h.first, &h.last)) {
        hits.retain(|h| locator.allows(&h.first, &h.last));
    } else if single {
        let elsewhere = Some(hits[0].first.clone());
        return Finding::Verbatim { hit: hits.remove(0), elsewhere };
    }
    if locator.names_heading() && hits.iter().any(is_beside) {
        hits.retain(is_beside);
    }
    if hits.len() == 1 || is_one_title(&hits, text) {
        return Finding::Verbatim { hit: hits.remove(0), elsewhere: None };
    }
    hits.truncate(MOST_HITS);
    Finding::Ambiguous { hits }
}

/// Whether a hit stands in no paragraph of the story.
fn is_beside(hit: &Hit) -> bool {
    matches!(hit.first.spot, Spot::Heading | Spot::Caption | Spot::Outside)
}

/// Whether all hits stand in the same words outside the story: a title that the page repeats.
fn is_one_title(hits: &[Hit], text: &Prepared) -> bool {
    let words = |hit: &Hit| {
        let range = text.text().paragraphs().get(hit.first.block.checked_sub(1)?)?;
        (hit.first.block == hit.last.block).then(|| text.text().as_str()[range.clone()].trim())
    };
    let Some(first) = hits.first().and_then(words) else { return false };
    hits.iter().all(|hit| is_beside(hit) && words(hit) == Some(first))
        && hits.windows(2).all(|pair| pair[0].first.block != pair[1].first.block)
}

#[cfg(test)]
mod tests;
