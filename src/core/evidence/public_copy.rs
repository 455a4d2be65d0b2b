//! What an archive's copy of a source was found to hold, as `captures.lock` keeps it; [`super::public`] finds it.

use std::collections::BTreeMap;

use super::quote_key::QuoteKey;
use super::sha256::Sha256;

/// What is known of an archive's copy of a source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PublicCopy {
    /// The address of the copy, as the sheet has it.
    pub url: String,
    /// What the archive gave.
    pub standing: Standing,
    /// The copy that was read: present where the standing is [`Standing::Copy`] or [`Standing::Unlike`].
    pub copy: Option<Memento>,
    /// The day on which this was first found.
    pub found: String,
    /// What became of each quote; none but of a [`Standing::Copy`].
    pub quotes: BTreeMap<QuoteKey, Words>,
}

/// The copy itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Memento {
    /// The address at which its own bytes were read.
    pub read: String,
    /// The day on which the archive made it, as the archive says of this very copy (ISO date).
    pub on: String,
    /// Of its bytes as they were read.
    pub sha256: Sha256,
}

/// What an archive gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// A copy of the source.
    Copy,
    /// Something in which nothing resembles what is quoted.
    Unlike,
    /// It answers that it has none.
    Gone,
    /// It leads out of the archive.
    Outside,
    /// What it gives is not said to be a copy, or of two days (RFC 7089: no `Memento-Datetime`, or one that disagrees).
    NoMemento,
    /// It is larger than what is read.
    TooBig,
    /// It is of a kind that is not read, or damaged.
    Unreadable,
    /// It is on the dossier's own site: no copy of somebody else's.
    Own,
}

impl Standing {
    /// Each.
    pub const ALL: &[Self] = &[
        Self::Copy,
        Self::Unlike,
        Self::Gone,
        Self::Outside,
        Self::NoMemento,
        Self::TooBig,
        Self::Unreadable,
        Self::Own,
    ];

    /// As the lock has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Copy => "copy",
            Self::Unlike => "unlike",
            Self::Gone => "gone",
            Self::Outside => "outside",
            Self::NoMemento => "no-memento",
            Self::TooBig => "too-big",
            Self::Unreadable => "unreadable",
            Self::Own => "own",
        }
    }

    /// Reads what [`Standing::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|standing| standing.as_str() == text)
    }
}

/// What became of a quote in a public copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Words {
    /// Word for word, where the locator says if it names a place.
    Verbatim,
    /// Word for word, at another place than the locator names.
    Elsewhere,
    /// Word for word, at several places.
    Ambiguous,
    /// Not there.
    Absent,
}

impl Words {
    /// Each.
    pub const ALL: &[Self] = &[Self::Verbatim, Self::Elsewhere, Self::Ambiguous, Self::Absent];

    /// As the lock has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Elsewhere => "elsewhere",
            Self::Ambiguous => "ambiguous",
            Self::Absent => "absent",
        }
    }

    /// Reads what [`Words::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|words| words.as_str() == text)
    }
}
