//! A folder that one of several builds wrote, read to be joined with the others.

use super::{MANIFEST, OutputError, RECIPE, STAMP, present, stamp};
use crate::held::Folder;

/// A part of a site, all of it as it was written.
#[derive(Debug)]
pub struct Part {
    root: Folder,
    /// What [`super::Output::finish`] was told that it is made from.
    pub made_from: String,
    /// How its derived files were made.
    pub recipe: Option<String>,
    /// Its files, sorted.
    pub files: Vec<String>,
}

impl Part {
    /// Reads what a build left; `None` where files are missing, are of another length, or none of ours ever stood.
    ///
    /// # Errors
    /// The folder holds what no build of ours wrote, or the system refuses.
    pub fn read(root: Folder) -> Result<Option<Self>, OutputError> {
        present::check_private(&root)?;
        present::find(&root)?;
        let text = |name| present::read_private(&root, name).map_err(|e| OutputError::system("read", root.shown(), e));
        let (Some(manifest), Some(stamped)) = (text(MANIFEST)?, text(STAMP)?) else { return Ok(None) };
        let recipe = text(RECIPE)?;
        let files: Vec<String> =
            super::manifest::parse(&manifest).unwrap_or_default().into_iter().map(str::to_owned).collect();
        let paths: Vec<&str> = files.iter().map(String::as_str).collect();
        let mut lines = stamped.lines();
        let (Some(made_from), Some(hash)) = (lines.next(), lines.next()) else { return Ok(None) };
        // By path and length alone: whoever copies files from one machine to another may give them new times.
        let is_whole = stamp::of_files(&root, &paths, None).is_some_and(|found| found == hash);
        Ok(is_whole.then(|| Self { made_from: made_from.to_owned(), recipe, files, root }))
    }

    /// The bytes of one of its files.
    ///
    /// # Errors
    /// The system refuses.
    pub fn bytes(&self, path: &str) -> Result<Vec<u8>, OutputError> {
        self.root.read(path, u64::MAX).map_err(|e| OutputError::system("read", &self.root.shown().join(path), e))
    }
}
