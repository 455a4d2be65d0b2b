//! What a capture says besides its text.

/// One thing that a reader of captures learnt from the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The encoding of its characters.
    Charset {
        /// As the WHATWG Encoding Standard names it.
        name: &'static str,
        /// Whether nothing in the file or around it says so.
        assumed: bool,
    },
    /// Some of the file could not be read as the encoding says, and stands in the text as U+FFFD.
    Damaged,
    /// The words with which the story is said to begin do not stand in it.
    NoBeginning,
}
