//! A dossier in memory, for tests and for buffers that are not on a disk.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::base::world::{Entry, ReadError, Refused, World};

/// A map from paths to bytes.
///
/// ```
/// use sourcebook_core::base::memory::MemoryWorld;
/// use sourcebook_core::base::world::World;
///
/// let world = MemoryWorld::new().with("content/index.md", "# Home").with_capture("004.txt", "the text");
/// assert_eq!(&*world.list("content")[0].path, "content/index.md");
/// ```
#[derive(Clone, Debug)]
pub struct MemoryWorld {
    files: BTreeMap<Arc<str>, Vec<u8>>,
    captures: Option<BTreeMap<String, Vec<u8>>>,
    today: Date,
}

impl MemoryWorld {
    /// Without a file or a captures folder, on 1 January 2026.
    pub fn new() -> Self {
        Self { files: BTreeMap::new(), captures: None, today: Date::constant(2026, 1, 1) }
    }

    /// Adds or replaces a file.
    #[must_use]
    pub fn with(mut self, path: impl Into<Arc<str>>, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.into(), bytes.into());
        self
    }

    /// Takes a file away.
    #[must_use]
    pub fn without(mut self, path: &str) -> Self {
        self.files.remove(path);
        self
    }

    /// Adds a capture, and with it the captures folder.
    #[must_use]
    pub fn with_capture(mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.captures.get_or_insert_default().insert(name.into(), bytes.into());
        self
    }

    /// Sets today's date.
    #[must_use]
    pub fn on(mut self, today: Date) -> Self {
        self.today = today;
        self
    }
}

impl Default for MemoryWorld {
    fn default() -> Self {
        Self::new()
    }
}

impl World for MemoryWorld {
    fn list(&self, folder: &str) -> Vec<Entry> {
        let inside =
            |path: &str| path.strip_prefix(folder).is_some_and(|rest| folder.is_empty() || rest.starts_with('/'));
        let entry = |(path, bytes): (&Arc<str>, &Vec<u8>)| Entry { path: path.clone(), size: bytes.len() as u64 };
        self.files.iter().filter(|(path, _)| inside(path)).map(entry).collect()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.files.get(path).cloned().ok_or(ReadError::Missing)
    }

    fn capture(&self, name: &str) -> Option<Result<Vec<u8>, ReadError>> {
        let captures = self.captures.as_ref()?;
        Some(captures.get(name).cloned().ok_or(ReadError::Missing))
    }

    /// Those whose names begin with `tracked`.
    fn tracked_captures(&self) -> BTreeSet<String> {
        let names = self.captures.iter().flat_map(BTreeMap::keys);
        names.filter(|name| name.starts_with("tracked")).cloned().collect()
    }

    fn refused(&self, _folder: &str) -> Vec<Refused> {
        Vec::new()
    }

    fn today(&self) -> Date {
        self.today
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_whole_names() {
        let world = MemoryWorld::new().with("content/b.md", "b").with("content/a.md", "").with("contents.md", "");
        let paths: Vec<_> = world.list("content").into_iter().map(|e| e.path.to_string()).collect();
        assert_eq!(paths, ["content/a.md", "content/b.md"]);
        assert_eq!(world.list("").len(), 3);
    }

    #[test]
    fn captures_are_a_place_apart() {
        let world = MemoryWorld::new().with("content/a.md", "");
        assert_eq!(world.capture("a"), None);
        let world = world.with_capture("a", "x");
        assert_eq!(world.capture("a"), Some(Ok(b"x".to_vec())));
        assert_eq!(world.capture("b"), Some(Err(ReadError::Missing)));
        assert_eq!(world.read("a"), Err(ReadError::Missing));
    }
}
