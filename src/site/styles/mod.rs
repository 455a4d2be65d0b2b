//! Citation styles, in the Citation Style Language (CSL 1.0.2).
//!
//! 1. [`guard`]: a style is a small program. One that never ends, or nests deeper than any style needs, is refused
//!    before anything is made of it.
//! 2. [`Style::named`], [`Style::parse`]: a style of the archive in the program, or a file of the dossier.
//! 3. [`Style::reference`]: a work in the style, as pieces of a sentence. Nothing in them is HTML.
//!
//! Without the Cargo feature `csl` there is no style, and to ask for one is a fault.

#[cfg(feature = "csl")]
mod elements;
pub mod guard;
pub mod load;
#[cfg(feature = "csl")]
mod style;
#[cfg(test)]
mod tests;
#[cfg(not(feature = "csl"))]
mod without;

use std::ops::Range;

use sourcebook_core::model::Ref;
#[cfg(feature = "csl")]
pub use style::Style;
#[cfg(not(feature = "csl"))]
pub use without::Style;

/// A work to be written in a style.
#[derive(Clone, Copy, Debug)]
pub struct Work<'a> {
    /// As a CSL-JSON item.
    pub item: &'a str,
    /// What stands for dates that CSL cannot say, by variable: doubted, one of several, inferred.
    pub dates: &'a [(&'static str, String)],
    /// Its title, as it stands in the item.
    pub title: &'a str,
    /// Where the title leads.
    pub page: Ref,
}

/// Why a style cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable {
    /// What is wrong, without a full stop.
    pub message: String,
    /// Where in the file, in bytes.
    pub at: Range<usize>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Unusable {
    fn new(at: Range<usize>, message: impl Into<String>) -> Self {
        Self { message: message.into(), at, help: None }
    }
}

/// Whether a style is a file of the dossier rather than a name.
pub fn is_path(style: &str) -> bool {
    style.contains('/') || style.ends_with(".csl")
}
