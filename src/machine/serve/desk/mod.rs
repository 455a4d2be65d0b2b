//! The desk: a reading room that may write, on an address of its own beside the preview.
//!
//! 1. [`http`] answers: the room's page, its script and style, and what they ask for. [`guard`] refuses what was not asked by
//!    that page in this run.
//! 2. [`texts`] holds the sources' texts; [`rooms`] shows them, and fills in forms.
//! 3. [`write`] makes an edit in three steps: it is worked out and judged, shown, and only then written, in the folders that
//!    are held open; the last ones can be undone. [`files`] says which files it may touch.
//!
//! It stands on another port than the preview, and so on another origin: no script of a theme can ask it for anything. Every
//! request for data needs the secret of the run, which only the address in the terminal holds; no other user of the machine
//! has it.

mod files;
mod guard;
pub(super) mod http;
mod rooms;
mod texts;
mod waiting;
mod write;

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::preview::{Preview, Site};
use crate::held::root::Place;
use texts::Texts;
use write::Edits;

/// The desk of one run.
pub struct Desk {
    preview: Arc<Preview>,
    /// Where the preview is, with a slash at the end.
    pages: String,
    captures: Option<Place>,
    secret: String,
    options: sourcebook_site::prepare::Options,
    texts: Mutex<Texts>,
    edits: Mutex<Edits>,
}

impl Desk {
    /// A desk over a preview that is at `pages`; dropped files go to `captures`.
    ///
    /// # Errors
    /// The system gives no randomness.
    pub fn new(
        preview: Arc<Preview>,
        pages: String,
        captures: Option<Place>,
        options: sourcebook_site::prepare::Options,
    ) -> std::io::Result<Self> {
        let secret = secret()?;
        let (texts, edits) = (Mutex::default(), Mutex::default());
        Ok(Self { preview, pages, captures, secret, options, texts, edits })
    }

    /// What a browser must know to be heard: the part of the address behind `#`, which it sends to nobody.
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// The dossier as it was last without faults.
    fn site(&self) -> Option<Arc<Site>> {
        self.preview.current().site.clone()
    }

    fn texts(&self) -> MutexGuard<'_, Texts> {
        self.texts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn edits(&self) -> MutexGuard<'_, Edits> {
        self.edits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// 32 hexadecimal digits that nobody can foresee.
fn secret() -> std::io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}
