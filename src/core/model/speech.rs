//! Whose words a quotation is: the speaker's, or those of the text that speaks about them.

use std::fmt;

use serde::Deserialize;

/// How a source gives what somebody said, in the terms of grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Speech {
    /// In the speaker's own words.
    Direct,
    /// Partly in them.
    Mixed,
    /// In the source's words about what was said.
    Indirect,
    /// Not at all: the source says that nothing was said, answered or confirmed.
    Silence,
}

impl Speech {
    /// Every kind, in the order of the format.
    pub const ALL: [Self; 4] = [Self::Direct, Self::Mixed, Self::Indirect, Self::Silence];

    /// As it is written in a sheet.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
            Self::Silence => "silence",
        }
    }

    /// Whether words of the speaker are among those quoted.
    pub fn has_own_words(self) -> bool {
        matches!(self, Self::Direct | Self::Mixed)
    }
}

impl fmt::Display for Speech {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
