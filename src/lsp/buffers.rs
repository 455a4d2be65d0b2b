//! The dossier as the editor has it: its folder, with what is open in place of what is saved.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use lsp_types::TextDocumentContentChangeEvent as Change;

use sourcebook_core::base::world::{Entry, ReadError, Refused, World};
use sourcebook_machine::serve::snapshot::Snapshot;

use super::text::{Lines, Units};

/// A text that is open.
#[derive(Clone, Debug)]
pub struct Buffer {
    /// What it holds.
    pub text: Arc<str>,
    /// The editor's number of it.
    pub version: i32,
    /// Never used twice, and so none of the folder's own.
    number: u64,
}

/// A folder, with what is open in it.
#[derive(Clone)]
pub struct Buffers<W> {
    /// The folder.
    pub folder: W,
    open: BTreeMap<Arc<str>, Buffer>,
    numbers: u64,
}

impl<W: World> Buffers<W> {
    /// Nothing is open.
    pub fn new(folder: W) -> Self {
        Self { folder, open: BTreeMap::new(), numbers: 0 }
    }

    /// Takes a text as it is in the editor.
    pub fn set(&mut self, path: &str, text: &str, version: i32) {
        // Numbers of the folder count upwards from one: these never meet them.
        self.numbers += 1;
        let buffer = Buffer { text: text.into(), version, number: u64::MAX - self.numbers };
        self.open.insert(path.into(), buffer);
    }

    /// Changes a text, in the order given, each upon what the one before it left (LSP 3.17, `didChange`).
    pub fn change(&mut self, path: &str, changes: &[Change], version: i32, units: Units) {
        let Some(buffer) = self.open.get(path) else { return };
        let mut text = buffer.text.to_string();
        for change in changes {
            match change.range {
                None => text.clone_from(&change.text),
                Some(range) => {
                    let bytes = Lines::new(&text, units).bytes(range);
                    text.replace_range(bytes, &change.text);
                }
            }
        }
        self.set(path, &text, version);
    }

    /// Forgets a text: what is saved holds again.
    pub fn close(&mut self, path: &str) {
        self.open.remove(path);
    }

    /// A text that is open.
    pub fn buffer(&self, path: &str) -> Option<&Buffer> {
        self.open.get(path)
    }

    /// A text, open or saved.
    pub fn text(&self, path: &str) -> Option<Arc<str>> {
        match self.open.get(path) {
            Some(buffer) => Some(buffer.text.clone()),
            None => String::from_utf8(self.folder.read(path).ok()?).ok().map(Arc::from),
        }
    }
}

impl<W: World> World for Buffers<W> {
    fn list(&self, folder: &str) -> Vec<Entry> {
        let mut entries = self.folder.list(folder);
        for (path, buffer) in &self.open {
            if !path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')) {
                continue;
            }
            let entry = Entry { path: path.clone(), size: buffer.text.len() as u64 };
            match entries.binary_search_by(|known| known.path.cmp(path)) {
                Ok(at) => entries[at] = entry,
                Err(at) => entries.insert(at, entry),
            }
        }
        entries
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        match self.open.get(path) {
            Some(buffer) => Ok(buffer.text.as_bytes().to_vec()),
            None => self.folder.read(path),
        }
    }

    fn version(&self, path: &str) -> Option<u64> {
        match self.open.get(path) {
            Some(buffer) => Some(buffer.number),
            None => self.folder.version(path),
        }
    }

    fn capture(&self, name: &str) -> Option<Result<Vec<u8>, ReadError>> {
        self.folder.capture(name)
    }

    fn tracked_captures(&self) -> BTreeSet<String> {
        self.folder.tracked_captures()
    }

    fn refused(&self, folder: &str) -> Vec<Refused> {
        self.folder.refused(folder)
    }

    fn today(&self) -> Date {
        self.folder.today()
    }
}

/// The dossier's folder, shared with the thread that judges.
#[derive(Clone)]
pub struct Folder(pub Arc<Snapshot>);

impl World for Folder {
    fn list(&self, folder: &str) -> Vec<Entry> {
        self.0.list(folder)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.0.read(path)
    }

    fn version(&self, path: &str) -> Option<u64> {
        self.0.version(path)
    }

    fn capture(&self, name: &str) -> Option<Result<Vec<u8>, ReadError>> {
        self.0.capture(name)
    }

    fn tracked_captures(&self) -> BTreeSet<String> {
        self.0.tracked_captures()
    }

    fn refused(&self, folder: &str) -> Vec<Refused> {
        self.0.refused(folder)
    }

    fn today(&self) -> Date {
        self.0.today()
    }
}
