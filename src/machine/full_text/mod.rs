//! The full-text index, `[search] full_text = true`: files under `/pagefind/`, from the pages that a build wrote.
//!
//! 1. [`Texts::note`], from any thread: the hash of what is to be found of a page, as it is written.
//! 2. [`Texts::index`]: if no text changed since the index was made, it is left alone; else all of it is made anew. Pages are
//!    rendered once more for it, one at a time, so that the pages never stand in memory together (the index does).
//!
//! Pagefind keeps no state between runs and gives none away: one changed text costs as much as all (see docs/search.md for
//! how much). What did not change in the result keeps its file and its time.

#[cfg(feature = "search")]
mod pagefind;
#[cfg(test)]
#[cfg(feature = "search")]
#[cfg(unix)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use blake3::{Hash, Hasher};

use super::output::{Output, OutputError, Written};
use sourcebook_site::pages::full_text::{document, kind};
use sourcebook_site::plan::Route;
use sourcebook_site::prepared::Prepared;
use sourcebook_site::render::Renderer;
use sourcebook_site::search::FULL_TEXT_FOLDER as FOLDER;

/// The texts of one build.
#[derive(Debug, Default)]
pub struct Texts<'a> {
    program: &'static str,
    hashes: Mutex<BTreeMap<&'a str, Hash>>,
}

/// What became of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Indexed {
    /// No text had changed.
    Kept {
        /// Pages in it.
        pages: usize,
    },
    /// It was made.
    Made {
        /// Pages in it.
        pages: usize,
    },
}

impl fmt::Display for Indexed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kept { pages } => write!(f, "full text: {pages} pages, none changed"),
            Self::Made { pages } => write!(f, "full text: {pages} pages indexed"),
        }
    }
}

/// Why there is no index.
#[derive(Debug)]
pub enum Failure {
    /// Pagefind gave up, and says why.
    Pagefind(String),
    /// The output folder cannot be used.
    Output(OutputError),
}

impl<'a> Texts<'a> {
    /// For the build of a dossier; `None` if no index is wanted.
    pub fn wanted(prepared: &Prepared) -> Option<Self> {
        let wanted = prepared.parsed.config.full_text;
        wanted.then(|| Self { program: prepared.program, hashes: Mutex::default() })
    }

    /// Takes note of a page.
    pub fn note(&self, renderer: &Renderer<'_>, route: &'a Route, page: &[u8]) {
        let text = kind(renderer.dossier, route).and_then(|kind| document(renderer, kind, page));
        if let Some(text) = text {
            let hash = blake3::hash(text.as_bytes());
            self.hashes.lock().unwrap_or_else(PoisonError::into_inner).insert(&route.path, hash);
        }
    }

    /// Writes the index, or leaves it alone. `twins` is told of every file written.
    ///
    /// # Errors
    /// See [`Failure`].
    pub fn index(
        self,
        renderer: &Renderer<'_>,
        output: &Output,
        recipe: Option<&str>,
        twins: impl Fn(&str, &[u8], Written) -> Result<(), OutputError>,
    ) -> Result<Indexed, Failure> {
        let hashes = self.hashes.into_inner().unwrap_or_else(PoisonError::into_inner);
        let pages = hashes.len();
        if output.keep_folder(FOLDER, &made_from(self.program, &hashes, recipe)) {
            return Ok(Indexed::Kept { pages });
        }
        for (name, bytes) in files(renderer, &hashes).map_err(Failure::Pagefind)? {
            let path = format!("{FOLDER}{name}");
            let written = output.write(&path, &bytes).map_err(Failure::Output)?;
            twins(&path, &bytes, written).map_err(Failure::Output)?;
        }
        Ok(Indexed::Made { pages })
    }
}

#[cfg(feature = "search")]
use pagefind::files;

#[cfg(not(feature = "search"))]
fn files(_: &Renderer<'_>, _: &BTreeMap<&str, Hash>) -> Result<Vec<(String, Vec<u8>)>, String> {
    Err("this sourcebook was built without full-text search".to_owned())
}

/// The texts, the program that reads them, and how twins of the files are made.
fn made_from(program: &str, hashes: &BTreeMap<&str, Hash>, recipe: Option<&str>) -> String {
    let mut all = Hasher::new();
    for part in [program, recipe.unwrap_or_default()] {
        all.update(part.as_bytes()).update(b"\0");
    }
    for (path, hash) in hashes {
        all.update(path.as_bytes()).update(b"\0").update(hash.as_bytes());
    }
    all.finalize().to_hex().to_string()
}
