//! How a claim is held: the stance of its speaker, and whether it still stands.

#[cfg(test)]
mod tests;

use std::fmt;

use serde::Deserialize;

/// What a speaker does with a statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Modality {
    /// Says that it is so.
    #[default]
    Asserts,
    /// Says that it is so as far as can be judged.
    Estimates,
    /// Says that it will be so.
    Forecasts,
    /// Says that it is so, as others said before.
    Confirms,
    /// Says that it is not so.
    Denies,
    /// Was asked, and says neither.
    DeclinesToConfirm,
}

impl Modality {
    /// Every modality, in the order of the format.
    pub const ALL: [Self; 6] =
        [Self::Asserts, Self::Estimates, Self::Forecasts, Self::Confirms, Self::Denies, Self::DeclinesToConfirm];

    /// As it is written in a sheet.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asserts => "asserts",
            Self::Estimates => "estimates",
            Self::Forecasts => "forecasts",
            Self::Confirms => "confirms",
            Self::Denies => "denies",
            Self::DeclinesToConfirm => "declines-to-confirm",
        }
    }

    /// Whether the speaker holds the statement to be true, now or in future.
    pub fn holds(self) -> bool {
        !matches!(self, Self::Denies | Self::DeclinesToConfirm)
    }
}

/// Whether a claim still stands; nothing is ever deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It stands.
    #[default]
    Current,
    /// Whoever made it has corrected it.
    Corrected,
    /// Whoever made it has withdrawn it.
    Withdrawn,
}

impl Standing {
    /// Every standing, in the order of the format.
    pub const ALL: [Self; 3] = [Self::Current, Self::Corrected, Self::Withdrawn];

    /// As it is written in a sheet.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Corrected => "corrected",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl fmt::Display for Modality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
