//! What is known of the quotes, captures, public copies and checks of a dossier; [`super::verify`] finds it.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use super::checks::{CheckState, is_same_person};
use super::hits::Hit;
use super::public::{self, InPublic, PublicCopy};
use super::quotation::Quoted;
use super::readers::{Fact, Place, Text};
use super::sha256::Sha256;
use crate::base::reads::note;
use crate::model::speech::Speech;
use crate::model::{ClaimIx, Dossier, Head, Ref, SourceIx};

/// What is known of a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteState {
    /// Found word for word in the capture or the published text.
    Verbatim,
    /// Found several times, and no locator tells which is meant.
    Ambiguous,
    /// Not found: a fault.
    Absent,
    /// There is no capture to look into.
    NoCapture,
    /// The evidence has no quote.
    Unquoted,
}

impl QuoteState {
    /// Every state.
    pub const ALL: &[Self] = &[Self::Verbatim, Self::Ambiguous, Self::Absent, Self::NoCapture, Self::Unquoted];

    /// As FORMAT.md and CSS classes write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Ambiguous => "ambiguous",
            Self::Absent => "absent",
            Self::NoCapture => "no-capture",
            Self::Unquoted => "unquoted",
        }
    }
}

/// What is known of all quotes.
#[derive(Debug, Default, PartialEq)]
pub struct Verified {
    pub(super) quotes: Vec<Vec<Quote>>,
    pub(super) sources: Vec<Words>,
    /// What was found in public copies, by source, as the lock says.
    pub(super) public: Vec<Option<PublicCopy>>,
    /// What is known of the checks of records, by their ids.
    pub(super) checks: BTreeMap<String, Vec<CheckState>>,
}

/// What is known of one evidence's quote.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Quote {
    /// Whether it was found.
    pub state: QuoteState,
    /// Whether it was looked up in a capture: only then does the capture's date and hash say anything of it.
    pub in_capture: bool,
    /// Where it begins: in the capture, else in the published text.
    pub place: Option<Place>,
    /// How much of it stands between quotation marks there; `None` where it was not looked up, or that cannot be told.
    pub quoted: Option<Quoted>,
    /// Whether what stands in brackets in it is its editor's, and not the source's ([`super::brackets`]).
    pub edited: bool,
    /// Where it stands in the published text ([`Verified::text`]), if there is one and it stands there once.
    pub passage: Option<Hit>,
}

/// A capture as a page may name it: without its file's name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KnownCapture {
    /// Of its bytes; the page may show a part, the whole must be there to be compared.
    pub sha256: Sha256,
    /// When it was made, as the sheet says (EDTF).
    pub on: Option<crate::model::Text>,
    /// How it was made, as the sheet says.
    pub method: Option<crate::model::Text>,
    /// What the file says of itself, as far as it matters to a reader ([`Fact::is_kept`]).
    pub facts: Vec<Fact>,
}

/// A quote's place in a published text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Passage {
    /// The claim that quotes it.
    pub claim: ClaimIx,
    /// Which of the claim's evidence.
    pub evidence: usize,
    /// Bytes of [`Verified::text`], one range for each part of the quote: what [`super::passages::cut`] takes.
    pub hit: Hit,
}

/// What is known of one source.
#[derive(Debug, Default, PartialEq, Hash)]
pub(super) struct Words {
    pub(super) capture: Option<KnownCapture>,
    pub(super) text: Option<Text>,
    pub(super) passages: Vec<Passage>,
}

impl Verified {
    /// The state of a claim's nth evidence.
    pub fn state(&self, claim: ClaimIx, n: usize) -> QuoteState {
        self.quote(claim, n).map_or(QuoteState::NoCapture, |quote| quote.state)
    }

    /// The state of a claim: the best of its evidence.
    pub fn of_claim(&self, claim: ClaimIx) -> QuoteState {
        let quotes = self.of(claim).iter();
        quotes.map(|quote| quote.state).min().unwrap_or(QuoteState::NoCapture)
    }

    /// Whose words a claim's nth evidence quotes: as the sheets tell, else as the quotation marks do. `None` where the claim
    /// names nobody who speaks, and where it is not known.
    ///
    /// A transcript needs no marks: of words outside of any, it does not tell whose they are.
    pub fn speech(&self, dossier: &Dossier, claim: ClaimIx, n: usize) -> Option<Speech> {
        let told = dossier[claim].evidence.get(n)?.speech;
        told.or_else(|| self.speech_by_marks(dossier, claim, n).filter(|_| !dossier[claim].by.is_empty()))
    }

    /// The same as one word for pages: `own` where the claim names nobody who speaks, `unknown` where it is not known.
    pub fn speech_word(&self, dossier: &Dossier, claim: ClaimIx, n: usize) -> &'static str {
        match self.speech(dossier, claim, n) {
            Some(speech) => speech.as_str(),
            None if dossier[claim].by.is_empty() => "own",
            None => "unknown",
        }
    }

    /// Whose words, by the quotation marks around them alone.
    pub fn speech_by_marks(&self, dossier: &Dossier, claim: ClaimIx, n: usize) -> Option<Speech> {
        let source = &dossier[dossier[claim].evidence.get(n)?.source];
        match self.quote(claim, n)?.quoted? {
            Quoted::All => Some(Speech::Direct),
            Quoted::Part => Some(Speech::Mixed),
            Quoted::Nothing => (!TRANSCRIPTS.contains(&&*source.kind)).then_some(Speech::Indirect),
        }
    }

    /// All that is known of a claim's nth evidence.
    pub fn quote(&self, claim: ClaimIx, n: usize) -> Option<&Quote> {
        self.of(claim).get(n)
    }

    /// What is known of each of a claim's evidence. That it was read is noted as of the claim.
    fn of(&self, claim: ClaimIx) -> &[Quote] {
        note(Ref::Claim(claim).node());
        self.quotes.get(claim.position()).map_or(&[], |quotes| quotes)
    }

    /// What is known of a source's capture and text; noted as of the source.
    fn known(&self, source: SourceIx) -> Option<&Words> {
        note(Ref::Source(source).node());
        self.sources.get(source.position())
    }

    /// Hashes what is known of all captures.
    pub fn hash_captures(&self, state: &mut impl Hasher) {
        self.sources.iter().for_each(|words| words.capture.hash(state));
    }

    /// Hashes all that is known of a record: of its checks, of a claim's quotes, of a source's capture, text and public copy.
    pub fn hash_of(&self, of: Ref, id: &str, state: &mut impl Hasher) {
        let Self { quotes, sources, public, checks } = self;
        checks.get(id).hash(state);
        match of {
            Ref::Claim(ix) => quotes.get(ix.position()).hash(state),
            Ref::Source(ix) => (sources.get(ix.position()), public.get(ix.position())).hash(state),
            Ref::Actor(_) | Ref::Event(_) | Ref::Place(_) | Ref::Question(_) | Ref::Article(_) => {}
        }
    }

    /// The capture in which a source's quotes were looked up, now or when the lock was written.
    pub fn capture(&self, source: SourceIx) -> Option<&KnownCapture> {
        self.known(source)?.capture.as_ref()
    }

    /// What is known of a source's public copy, as `captures.lock` says: whatever the sheet names today.
    pub fn public(&self, source: SourceIx) -> Option<&PublicCopy> {
        note(Ref::Source(source).node());
        self.public.get(source.position())?.as_ref()
    }

    /// What is known of a claim's nth evidence and the public copy of its source.
    pub fn in_public(&self, dossier: &Dossier, claim: ClaimIx, n: usize) -> InPublic<'_> {
        let Some(evidence) = dossier[claim].evidence.get(n) else { return InPublic::Nothing };
        let (quote, locator) = (evidence.quote.as_ref(), evidence.locator.as_ref());
        let public = self.public(evidence.source);
        public::in_public(public, &dossier[evidence.source], quote.map(|q| &*q.value), locator.map(|l| &*l.value))
    }

    /// What is known of the checks of a record, in the order of its `curation`. (Whoever has its head has read the record.)
    pub fn checks(&self, head: &Head) -> &[CheckState] {
        self.checks.get(&*head.id.value).map_or(&[], Vec::as_slice)
    }

    /// Whether somebody else than who wrote a record has checked it as it is.
    pub fn is_checked(&self, head: &Head) -> bool {
        let Some(curation) = &head.curation else { return false };
        let is_own = |by: &str| curation.by.as_ref().is_some_and(|writer| is_same_person(writer, by));
        let mut checks = curation.checked.iter().zip(self.checks(head));
        checks.any(|(check, state)| *state != CheckState::Stale && !is_own(&check.by))
    }

    /// The readable text that a source publishes; [`Passage`]s are bytes of it.
    pub fn text(&self, source: SourceIx) -> Option<&Text> {
        self.known(source)?.text.as_ref()
    }

    /// The quoted passages of a source's published text, in the order of the text.
    pub fn passages(&self, source: SourceIx) -> &[Passage] {
        self.known(source).map_or(&[], |words| &words.passages)
    }
}

/// CSL types of works that are themselves somebody's words, or hold them without quotation marks.
const TRANSCRIPTS: &[&str] =
    &["broadcast", "hearing", "interview", "motion_picture", "performance", "personal_communication", "song", "speech"];
