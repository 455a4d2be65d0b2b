//! Works described by other programs, as source records. Pure: text comes in, records and diagnostics go out.
//!
//! 1. [`text`]: bytes to text, whatever their encoding.
//! 2. [`bibtex`], [`csl`], [`ris`]: a file to [`item::Item`]s; [`page`]: a saved web page to one. [`date`], [`names`] and
//!    [`languages`] make their dates, names and languages ours.
//! 3. [`merge`]: which of them the dossier has already, and the ids of the others.
//! 4. [`record`]: an item as a record of a sheet; [`saved`]: a saved page as one.
//! 5. [`annotation`]: words that people marked in works.
//!
//! What a source has no field for is kept under `extra`; what cannot be told is kept there too, with a warning.

pub mod annotation;
pub mod archived;
pub mod bibtex;
pub mod csl;
pub mod date;
pub mod item;
mod languages;
pub mod merge;
pub mod names;
pub mod page;
pub mod record;
pub mod ris;
pub mod saved;
pub mod text;

use item::Item;
use sourcebook_core::base::diagnostic::Report;
use sourcebook_core::base::file::FileId;

/// What a file of references is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// BibTeX or biblatex.
    Bibtex,
    /// CSL-JSON.
    Csl,
    /// RIS.
    Ris,
}

impl Format {
    /// By the file's ending, or else by how it begins.
    pub fn of(path: &str, text: &str) -> Option<Self> {
        let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        match ending.as_deref() {
            Some("bib" | "bibtex" | "biblatex") => return Some(Self::Bibtex),
            Some("json") => return Some(Self::Csl),
            Some("ris") => return Some(Self::Ris),
            _ => {}
        }
        let start = text.trim_start();
        if start.starts_with(['[', '{']) {
            Some(Self::Csl)
        } else if text.lines().any(|line| line.starts_with("TY  -")) {
            Some(Self::Ris)
        } else {
            text.lines().any(|line| line.trim_start().starts_with('@')).then_some(Self::Bibtex)
        }
    }

    /// Reads every work of a file; one that cannot be read is a fault, and left out.
    pub fn read(self, file: FileId, text: &str) -> Report<Vec<Item>> {
        match self {
            Self::Bibtex => bibtex::read(file, text),
            Self::Csl => csl::read(file, text),
            Self::Ris => ris::read(file, text),
        }
    }
}

/// Counts what loops look at, for tests of growth; elsewhere it does nothing.
#[inline]
pub(crate) fn step(_count: usize) {
    #[cfg(test)]
    growth::STEPS.with(|steps| steps.set(steps.get() + _count));
}

#[cfg(test)]
mod growth;
#[cfg(test)]
mod tests;
