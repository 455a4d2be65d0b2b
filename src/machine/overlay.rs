//! A dossier as it would be with one file more, or another text in one: looked at before anything is written.

use jiff::civil::Date;

use sourcebook_core::base::world::{Entry, ReadError, Refused, World};

/// A world in which one file holds other bytes, or is there at all.
pub struct Overlay<'a> {
    world: &'a dyn World,
    path: &'a str,
    bytes: &'a [u8],
    capture: Option<(&'a str, &'a [u8])>,
}

impl<'a> Overlay<'a> {
    /// A file by its path from the root.
    pub fn new(world: &'a dyn World, path: &'a str, text: &'a str) -> Self {
        Self { world, path, bytes: text.as_bytes(), capture: None }
    }

    /// With a capture more.
    #[must_use]
    pub fn with_capture(mut self, name: &'a str, bytes: &'a [u8]) -> Self {
        self.capture = Some((name, bytes));
        self
    }
}

impl World for Overlay<'_> {
    fn list(&self, folder: &str) -> Vec<Entry> {
        let mut entries = self.world.list(folder);
        let inside = self.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        if inside {
            entries.retain(|entry| &*entry.path != self.path);
            entries.push(Entry { path: self.path.into(), size: self.bytes.len() as u64 });
            entries.sort();
        }
        entries
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        if path == self.path { Ok(self.bytes.to_vec()) } else { self.world.read(path) }
    }

    fn version(&self, path: &str) -> Option<u64> {
        if path == self.path { None } else { self.world.version(path) }
    }

    fn capture(&self, name: &str) -> Option<Result<Vec<u8>, ReadError>> {
        match self.capture {
            Some((new, bytes)) if new == name => Some(Ok(bytes.to_vec())),
            _ => self.world.capture(name),
        }
    }

    fn tracked_captures(&self) -> std::collections::BTreeSet<String> {
        self.world.tracked_captures()
    }

    fn refused(&self, folder: &str) -> Vec<Refused> {
        self.world.refused(folder)
    }

    fn today(&self) -> Date {
        self.world.today()
    }
}
