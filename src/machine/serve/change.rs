//! Where to listen for changes, and what was heard.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// Folders and files to watch: each with whether all below it is meant.
pub type Places = BTreeMap<PathBuf, bool>;

/// What to look at again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Paths on the disk, of files or folders.
    pub paths: Vec<PathBuf>,
    /// Anything may have changed.
    pub anything: bool,
}
