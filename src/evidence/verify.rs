//! What is known of each quote of the dossier.

use crate::diagnostic::Report;
use crate::load::Parsed;
use crate::model::{ClaimIx, Dossier};
use crate::world::World;

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
#[derive(Debug, Default)]
pub struct Verified {
    states: Vec<Vec<QuoteState>>,
}

impl Verified {
    /// The state of a claim's nth evidence.
    pub fn state(&self, claim: ClaimIx, n: usize) -> QuoteState {
        self.states.get(claim.position()).and_then(|s| s.get(n)).copied().unwrap_or(QuoteState::NoCapture)
    }

    /// The SHA-256 of a source's capture, in hexadecimal.
    pub fn capture(&self, _: crate::model::SourceIx) -> Option<&str> {
        None
    }

    /// The state of a claim: the best of its evidence.
    pub fn of_claim(&self, claim: ClaimIx) -> QuoteState {
        self.states.get(claim.position()).and_then(|s| s.iter().min()).copied().unwrap_or(QuoteState::NoCapture)
    }
}

/// Looks up every quote.
pub fn verify(_: &Dossier, _: &Parsed, _: &dyn World) -> Report<Verified> {
    Report::new(Verified::default(), Vec::new())
}
