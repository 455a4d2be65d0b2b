//! What of a source's text the dossier uses: what its claims quote, what is set aside, and what neither does.

use std::ops::Range;

use super::sentences;
use crate::evidence::find::{Finding, Prepared, find};
use crate::evidence::locator::Locator;
use crate::evidence::readers::{Place, Spot};
use crate::model::source::SetAside;
use crate::model::{ClaimIx, Dossier, Source};

/// What one evidence of a claim takes from a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The claim.
    pub claim: ClaimIx,
    /// Which of its evidence.
    pub evidence: usize,
    /// Bytes of the text.
    pub ranges: Vec<Range<usize>>,
}

/// What claims quote of a text; of evidence without a quote, all that its locator names.
pub fn uses(dossier: &Dossier, source: &Source, text: &Prepared) -> Vec<Use> {
    let of = |(claim, evidence): &(ClaimIx, usize)| {
        let there = &dossier[*claim].evidence[*evidence];
        let locator = there.locator.as_ref().map(|l| &*l.value);
        let ranges = match &there.quote {
            Some(quote) => found(&quote.value, locator, text),
            None => locator.map(|l| named(l, text)).unwrap_or_default(),
        };
        Use { claim: *claim, evidence: *evidence, ranges }
    };
    source.claims.iter().map(of).collect()
}

/// Where a passage stands that is set aside: its first words, or all that its locator names; nothing where it does not.
pub fn aside(passage: &SetAside, text: &Prepared) -> Vec<Range<usize>> {
    match &passage.begins {
        Some(begins) => found(&begins.value, Some(&passage.locator.value), text),
        None => named(&passage.locator.value, text),
    }
}

/// Whether a range has a byte in common with one of others.
pub fn touches(range: &Range<usize>, others: &[Range<usize>]) -> bool {
    others.iter().any(|other| other.start < range.end && range.start < other.end)
}

/// The sentences of the story that hold a word, without headings, captions and what stands outside of it.
pub fn sentences_of(text: &Prepared) -> Vec<(Place, Range<usize>)> {
    let text = text.text();
    let is_story = |spot: &Spot| !matches!(spot, Spot::Heading | Spot::Caption | Spot::Outside);
    let story = text.paragraphs().iter().filter(|p| is_story(&text.place(p.start).spot));
    let sentences = story.flat_map(|paragraph| sentences::of_text(text.as_str(), paragraph));
    let has_words = |range: &Range<usize>| text.as_str()[range.clone()].chars().any(char::is_alphanumeric);
    sentences.filter(has_words).map(|s| (text.place(s.start), s)).collect()
}

/// Where words stand, once or where the locator says.
fn found(words: &str, locator: Option<&str>, text: &Prepared) -> Vec<Range<usize>> {
    match find(words, text, locator) {
        Finding::Verbatim { hit, elsewhere: None } => hit.ranges,
        Finding::Ambiguous { hits } => hits.into_iter().flat_map(|hit| hit.ranges).collect(),
        Finding::Verbatim { .. } | Finding::Absent { .. } => Vec::new(),
    }
}

/// The paragraphs that a locator names.
fn named(locator: &str, text: &Prepared) -> Vec<Range<usize>> {
    let locator = Locator::parse(locator);
    let text = text.text();
    let is_named = |range: &&Range<usize>| {
        let place = text.place(range.start);
        matches!(place.spot, Spot::Paragraph(_)) && locator.names_paragraphs() && locator.allows(&place, &place)
    };
    text.paragraphs().iter().filter(is_named).cloned().collect()
}
