//! Fenced blocks of a text that are not shown as they are written: data of what is set in their place.

use std::ops::Range;

use super::Text;
use super::kinds::words;

words! {
    /// What a block is made into: the language of its fence.
    BlockKind {
        Audio = "audio",
        Chart = "chart",
        Compare = "compare",
        Table = "table",
        Timeline = "timeline",
        Video = "video",
    }
}

impl BlockKind {
    /// The kind of a fence with this language.
    pub fn of(language: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == language)
    }

    /// The keys under which it names records.
    pub fn id_keys(self) -> &'static [&'static str] {
        match self {
            Self::Compare => &["question", "sources"],
            Self::Timeline => &["records", "of"],
            Self::Audio | Self::Chart | Self::Table | Self::Video => &[],
        }
    }

    /// Whether it states figures that are no record's, so that its source is owed.
    pub fn owes_source(self) -> bool {
        matches!(self, Self::Chart | Self::Table)
    }
}

/// The lines between two fences.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fenced {
    /// Without what stands before each of them, where the block is within a quotation or a list.
    pub lines: Text,
    /// Their bytes in the text, from the first to the last.
    pub range: Range<usize>,
}

/// What is set into a text and made of data.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Block {
    /// What it is made into.
    pub kind: BlockKind,
    /// Its YAML.
    pub data: Fenced,
    /// Whether its caption cites something, or names a source.
    pub sourced: bool,
}

/// A fenced block of any other language: code, unless the theme has a template of that name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fence {
    /// The language.
    pub name: Text,
    /// The code, or the YAML of a block of the theme's own.
    pub data: Fenced,
}
