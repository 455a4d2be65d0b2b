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
    /// The address at which the file says its page was saved.
    Address(Box<str>),
    /// The name of something that a mail brings along. It is not read.
    Attachment(Box<str>),
    /// When the copy was made, as its archive says (ISO 8601).
    MadeAt(Box<str>),
    /// With what it was made, as its archive says.
    MadeBy(Box<str>),
    /// A web archive holds all that it says it holds, as it says it.
    Whole,
    /// A file of a web archive is not there.
    Lacks(Box<str>),
    /// A file of a web archive does not match what the archive states of it.
    Unlike(Box<str>),
    /// The copy of the page was cut off, and why, as the archive says.
    Truncated(Box<str>),
    /// The status with which a server answered, where it was no success.
    Status(u16),
    /// A picture, a sound or a film: it shows something, and holds no words to look up.
    Shows,
}
