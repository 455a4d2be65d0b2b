//! A cited work.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::kinds::{ReliabilityGrade, SourceStanding};
use super::prose::{Prose, Texts};
use super::{ActorIx, ClaimIx, Dated, Head, Mention, SourceIx, Text};
use crate::base::file::{Located, Span};

/// A cited work (a CSL item).
#[derive(Debug, Hash)]
pub struct Source {
    /// What is written of it.
    pub record: Arc<Record>,
    /// Claims found here, each with the number of the evidence within the claim, in the order of the text.
    pub claims: Vec<(ClaimIx, usize)>,
    /// Sources that declare this as an origin.
    pub origin_of: Vec<SourceIx>,
    /// Where its own words come from, followed to the end: empty if it declares nothing.
    pub origins: Vec<Origin>,
    /// Pages that cite it or link here.
    pub mentions: Vec<Mention>,
}

impl Source {
    /// The claims found here, each once, where it is first read: with the number of that evidence within the claim.
    pub fn distinct_claims(&self) -> Vec<(ClaimIx, usize)> {
        let mut seen = BTreeSet::new();
        self.claims.iter().copied().filter(|(claim, _)| seen.insert(*claim)).collect()
    }
}

/// What is written of a source, ids bound.
#[derive(Debug, Hash)]
pub struct Record {
    /// Id, place, curation, `extra`.
    pub head: Head,
    /// Its own title.
    pub title: Text,
    /// A CSL type.
    pub kind: Text,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// Who published it.
    pub publisher: Option<Author>,
    /// When it was published.
    pub published: Option<Dated>,
    /// When the curators read it.
    pub accessed: Option<Dated>,
    /// Where it is: http, https or mailto.
    pub url: Option<Text>,
    /// An archived copy.
    pub archive: Option<Archive>,
    /// A BCP 47 tag.
    pub language: Option<Text>,
    /// Declared origins.
    pub based_on: Vec<Origin>,
    /// Admiralty grade, and why.
    pub reliability: Option<(ReliabilityGrade, Option<Text>)>,
    /// The private copy of its text.
    pub capture: Option<Capture>,
    /// The whole text, published.
    pub text: Option<FullText>,
    /// Whether whoever published it still stands by it.
    pub status: Option<Box<Status>>,
    /// Passages of which no claim is made, and why: whoever writes them has read the whole.
    pub set_aside: Box<[SetAside]>,
    /// In a few sentences.
    pub summary: Option<Prose>,
}

computed!(Source: claims, origin_of, origins, mentions);

impl Texts for Record {
    fn prose(&self) -> Vec<&Prose> {
        self.status.iter().filter_map(|s| s.because.as_ref()).chain(&self.summary).collect()
    }

    fn prose_mut(&mut self) -> Vec<&mut Prose> {
        self.status.iter_mut().filter_map(|s| s.because.as_mut()).chain(&mut self.summary).collect()
    }
}

/// Whether whoever published a text still stands by it.
#[derive(Clone, Debug, Hash)]
pub struct Status {
    /// Current, corrected or retracted.
    pub is: SourceStanding,
    /// Since when.
    pub on: Option<Dated>,
    /// Why.
    pub because: Option<Prose>,
}

/// A passage of which no claim is made.
#[derive(Clone, Debug, Hash)]
pub struct SetAside {
    /// Where it stands: `§ 3`.
    pub locator: Located<Text>,
    /// Its first words; without them, all that the locator names is meant.
    pub begins: Option<Located<Text>>,
    /// Why no claim is made of it.
    pub because: Text,
}

/// An author or publisher.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Author {
    /// An actor of the dossier.
    Actor(ActorIx),
    /// A name.
    Name(Text),
}

/// Where words come from: somebody who spoke, or a work beyond which nothing is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A speaker, or an agency or body named as origin.
    Actor(ActorIx),
    /// A work.
    Source(SourceIx),
}

/// An archived copy.
#[derive(Clone, Debug, Hash)]
pub struct Archive {
    /// Where it is.
    pub url: Text,
    /// When it was made.
    pub on: Option<Dated>,
}

/// The private copy of a source's text. Its file's name never reaches the output.
#[derive(Clone, Debug, Hash)]
pub struct Capture {
    /// Name within the captures folder.
    pub file: Located<Text>,
    /// Expected SHA-256 of the file, in hexadecimal.
    pub sha256: Option<Located<Text>>,
    /// When it was made.
    pub on: Option<Dated>,
    /// How it was made.
    pub method: Option<Text>,
    /// The first words of the story in a plain text: paragraphs are counted from there.
    pub begins: Option<Located<Text>>,
    /// Which page of a web archive, where that is not the source's own address.
    pub url: Option<Text>,
    /// Which of several copies in a web archive: as many digits of its time as tell it (`2024-11-03T10`).
    pub at: Option<Text>,
    /// Where the field stands in its sheet: cut from the YAML that the page shows.
    pub span: Span,
}

/// A source's whole text, published with it.
#[derive(Clone, Debug, Hash)]
pub struct FullText {
    /// Path within `content/`.
    pub file: Located<Text>,
    /// Why it may be published.
    pub rights: Text,
}
