//! Why a capture has no readable text.

use std::fmt;

/// Why a capture cannot be read. `Display` gives a sentence without its full stop, [`Why::help`] what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is of a kind that no reader reads.
    Refused {
        /// With its article: `a picture (PNG)`.
        what: &'static str,
        /// What to do.
        hint: &'static str,
    },
    /// It is of a kind that is read, and damaged.
    Broken {
        /// A [`Reader`](super::Reader)'s name.
        what: &'static str,
        /// What is wrong, as the reader says.
        reason: String,
    },
    /// It asks for more than the [`Bounds`](super::Bounds) allow.
    Bound {
        /// A [`Reader`](super::Reader)'s name.
        what: &'static str,
        /// What of: `elements in one another`.
        bound: &'static str,
    },
    /// It is of a kind that is read, and has no text.
    NoText {
        /// A [`Reader`](super::Reader)'s name.
        what: &'static str,
        /// What to do.
        hint: &'static str,
    },
    /// A container does not hold what was asked for.
    NoRecord {
        /// The address asked for.
        url: String,
        /// Addresses that it holds, at most a few.
        near: Vec<String>,
    },
    /// A container holds several copies of what was asked for, and they differ.
    Copies {
        /// The address asked for.
        url: String,
        /// When they were made, at most a few.
        at: Vec<String>,
    },
    /// The reader failed in a way that it must not.
    Failed {
        /// A [`Reader`](super::Reader)'s name.
        what: &'static str,
    },
}

impl Why {
    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Self::Refused { hint, .. } | Self::NoText { hint, .. } => (*hint).to_owned(),
            Self::Broken { .. } => "save or download it again, and compare the sizes".to_owned(),
            Self::Bound { .. } => "if you trust the file, save its text as .txt and use that as the capture".to_owned(),
            Self::NoRecord { near, .. } if near.is_empty() => "say which page by `url:` of the capture".to_owned(),
            Self::NoRecord { near, .. } => format!("it holds {}", near.join(", ")),
            Self::Copies { at, .. } => format!("say which by `at:` of the capture: {}", at.join(", ")),
            Self::Failed { .. } => {
                "save its text as .txt and use that as the capture; and please report the kind of file".to_owned()
            }
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { what, .. } => write!(f, "this is {what}, which has no text to look into"),
            Self::Broken { what, reason } => write!(f, "this is {what}, and damaged: {}", reason.escape_debug()),
            Self::Bound { what, bound } => write!(f, "this is {what} with more {bound} than are read"),
            Self::NoText { what, .. } => write!(f, "this is {what} without any text"),
            Self::NoRecord { url, .. } => write!(f, "it holds no copy of {}", url.escape_debug()),
            Self::Copies { url, .. } => write!(f, "it holds copies of {} that differ", url.escape_debug()),
            Self::Failed { what } => write!(f, "this is {what} on which its reader failed"),
        }
    }
}
