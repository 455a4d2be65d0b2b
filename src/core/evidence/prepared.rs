//! A text made ready for looking up quotes.

use super::normalise::{Normalised, joined, normalise};
use super::readers::{Place, Text};

/// A text made ready for looking up many quotes.
#[derive(Clone, Debug)]
pub struct Prepared {
    text: Text,
    level: Normalised,
    /// The same with words joined that a hyphen breaks at a line's end, where there are such.
    joined: Option<Box<Self>>,
}

impl Prepared {
    /// Levels the typography of a text.
    pub fn new(text: Text) -> Self {
        let level = normalise(text.as_str());
        let joined = joined(text.as_str()).map(|level| Box::new(Self { text: text.clone(), level, joined: None }));
        Self { text, level, joined }
    }

    /// The text.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// The text with its typography levelled.
    pub fn level(&self) -> &Normalised {
        &self.level
    }

    /// The same with words joined that a hyphen breaks at a line's end, where there are such.
    pub fn joined(&self) -> Option<&Self> {
        self.joined.as_deref()
    }

    /// The paragraph of the whole, from 1, of a byte of the levelled text.
    pub(super) fn paragraph(&self, at: usize) -> usize {
        self.text.paragraph_at(self.level.original(at..at + 1).start).unwrap_or(1)
    }

    /// The place of a byte of the levelled text.
    pub(super) fn place(&self, at: usize) -> Place {
        self.text.place(self.level.original(at..at + 1).start)
    }
}
