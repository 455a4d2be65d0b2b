//! A new folder with files in it; a folder that holds anything is left alone.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Why nothing (or not everything) was written.
#[derive(Debug)]
pub enum Refusal {
    /// The folder holds something.
    NotEmpty,
    /// What has that name is no folder.
    NotAFolder,
    /// The system refused.
    Io {
        /// What.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

/// Writes files, by path from the folder, and says how many.
///
/// # Errors
/// See [`Refusal`]. No file that was there is ever changed.
#[expect(clippy::disallowed_methods, reason = "a new folder is no output of a build")]
pub fn write(folder: &Path, files: &[(String, String)]) -> Result<usize, Refusal> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| Refusal::Io { path, error }
    };
    match fs::read_dir(folder) {
        Ok(entries) => {
            if entries.count() > 0 {
                return Err(Refusal::NotEmpty);
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Err(Refusal::NotAFolder),
        Err(error) => return Err(failed(folder)(error)),
    }
    for (path, text) in files {
        let path = folder.join(path);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(failed(parent))?;
        fs::write(&path, text).map_err(failed(&path))?;
    }
    Ok(files.len())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test looks at what was written")]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_holds_anything_is_left_alone() {
        let folder = std::env::temp_dir().join(format!("sourcebook-fresh-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let files = [("a/b.txt".to_owned(), "b".to_owned())];
        assert_eq!(write(&folder, &files).unwrap(), 1);
        assert_eq!(fs::read_to_string(folder.join("a/b.txt")).unwrap(), "b");
        let changed = [("a/b.txt".to_owned(), "c".to_owned())];
        assert!(matches!(write(&folder, &changed), Err(Refusal::NotEmpty)));
        assert!(matches!(write(&folder.join("a/b.txt"), &changed), Err(Refusal::NotAFolder)));
        assert_eq!(fs::read_to_string(folder.join("a/b.txt")).unwrap(), "b");
        fs::remove_dir_all(&folder).unwrap();
    }
}
