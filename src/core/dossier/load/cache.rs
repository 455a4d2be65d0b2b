//! What an earlier run read and parsed, file by file, for the run after it.
//!
//! 1. A file whose [`World::version`] is the same is not even read; one whose text is the same is not parsed.
//! 2. Files keep their numbers ([`Files::renewed`]), so that what was parsed keeps its spans.
//! 3. What the later run did not ask for is forgotten.
//!
//! An empty cache gives a run like any other: a cache never changes what is loaded (tested).

use std::collections::HashMap;
use std::sync::Arc;

use super::{Item, TextFault, read_text};
use crate::base::diagnostic::Diagnostics;
use crate::base::file::Files;
use crate::base::world::{Entry, World};

/// What an earlier run read and parsed.
#[derive(Default)]
pub struct Cache {
    files: Files,
    known: HashMap<Arc<str>, Known>,
}

/// A file as it was read and parsed.
#[derive(Clone)]
struct Known {
    version: Option<u64>,
    text: Arc<str>,
    item: Item,
    diagnostics: Diagnostics,
}

/// A file as this run reads it.
pub(super) struct Read {
    version: Option<u64>,
    pub(super) text: Result<Arc<str>, TextFault>,
}

impl Cache {
    /// The list to which this run adds its files.
    pub(super) fn files(&self) -> Files {
        self.files.renewed()
    }

    /// The text of a file, read only if it may have changed.
    pub(super) fn read(&self, world: &dyn World, entry: &Entry) -> Read {
        // Asked for before reading: a file that changes meanwhile has another version next time.
        let version = world.version(&entry.path);
        let known = self.known.get(&entry.path);
        if let Some(known) = known.filter(|known| version.is_some() && known.version == version) {
            return Read { version, text: Ok(known.text.clone()) };
        }
        let text = read_text(world, &entry.path, entry.size);
        let same = known.filter(|known| text.as_ref().is_ok_and(|text| *text == known.text));
        Read { version, text: same.map_or(text, |known| Ok(known.text.clone())) }
    }

    /// What was parsed of the same text.
    pub(super) fn parsed(&self, path: &str, read: &Read) -> Option<(Item, Diagnostics)> {
        let text = read.text.as_ref().ok()?;
        let known = self.known.get(path).filter(|known| Arc::ptr_eq(&known.text, text))?;
        Some((known.item.clone(), known.diagnostics.clone()))
    }

    /// Remembers what this run read and parsed, and nothing else.
    pub(super) fn renew(&mut self, run: impl Iterator<Item = (Arc<str>, Read, (Item, Diagnostics))>) {
        let known = |(path, read, (item, diagnostics)): (_, Read, _)| {
            let Read { version, text } = read;
            Some((path, Known { version, text: text.ok()?, item, diagnostics }))
        };
        self.known = run.filter_map(known).collect();
    }

    /// Remembers the numbers of this run's files.
    pub fn number(&mut self, files: &Files) {
        self.files = files.renewed();
    }
}
