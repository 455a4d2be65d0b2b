//! What git keeps of a folder's files: commits, the files of each, and their bytes; without knowing how it is asked.

use std::sync::Arc;

/// A commit that touched the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its name: the hash in hexadecimal digits.
    pub id: String,
    /// Those of the commits that it follows; of a merge, several.
    pub parents: Vec<String>,
    /// Its author, by name.
    pub by: String,
    /// When it was written (ISO 8601, with the author's offset).
    pub on: String,
    /// The first line of its message.
    pub why: String,
}

/// The files of a commit: paths from the dossier's root with the names of what they hold, in the order of the paths.
pub type Committed = Arc<[(String, String)]>;

/// What git keeps of `content/`. What fails is told in a sentence for the person at the terminal.
pub trait Past {
    /// The commit that is checked out: what is there of the past follows from it.
    fn head(&self) -> &str;

    /// Whether the clone lacks earlier commits.
    fn is_shallow(&self) -> bool;

    /// The commits, each after those that it follows.
    ///
    /// # Errors
    /// As the trait says.
    fn commits(&mut self) -> Result<Vec<Commit>, String>;

    /// The files of a commit.
    ///
    /// # Errors
    /// As the trait says.
    fn files(&mut self, commit: &str) -> Result<Committed, String>;

    /// The bytes of what a file holds, by its name.
    ///
    /// # Errors
    /// As the trait says.
    fn read(&mut self, object: &str) -> Result<Vec<u8>, String>;
}
