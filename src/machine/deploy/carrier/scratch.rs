//! A folder for the time of a deploy, readable by nobody else.

use std::path::{Path, PathBuf};

use super::Failure;
use crate::held::{Folder, named};

/// A folder that goes with the value.
#[derive(Debug)]
pub(super) struct Scratch(Folder);

impl Scratch {
    /// A new one, among the system's temporary files.
    pub(super) fn new() -> Result<Self, Failure> {
        let made = named::temporary_folder("sourcebook-deploy");
        made.map(Self).map_err(|error| Failure(format!("cannot make a temporary folder: {error}")))
    }

    pub(super) fn path(&self) -> &Path {
        self.0.shown()
    }

    /// Writes a file in it.
    pub(super) fn put(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
        let path = self.path().join(name);
        let made = Path::new(name).parent().map_or(Ok(()), |folder| self.0.make_folders(folder).map(drop));
        let written = made.and_then(|()| self.0.replace(name, bytes));
        written.map_err(|error| Failure::system("write", &path, &error))?;
        Ok(path)
    }

    /// The bytes of a file in it.
    pub(super) fn read(&self, name: &str) -> Result<Vec<u8>, Failure> {
        self.0.read(name, super::MOST).map_err(|error| Failure::system("read", &self.path().join(name), &error))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        named::remove_temporary(&self.0);
    }
}
