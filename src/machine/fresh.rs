//! A new folder with files in it; a folder that holds anything is left alone.

use std::io;
use std::path::{Path, PathBuf};

use crate::held::Folder;

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
pub fn write(folder: &Path, files: &[(String, String)]) -> Result<usize, Refusal> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| Refusal::Io { path, error }
    };
    let root = Folder::make(folder).map_err(|error| match error.kind() {
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => Refusal::NotAFolder,
        _ => failed(folder)(error),
    })?;
    if !root.list("").map_err(failed(folder))?.is_empty() {
        return Err(Refusal::NotEmpty);
    }
    for (path, text) in files {
        let made = Path::new(path).parent().map_or(Ok(()), |parent| root.make_folders(parent).map(drop));
        made.and_then(|()| root.create(path, text.as_bytes())).map_err(failed(&folder.join(path)))?;
    }
    Ok(files.len())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "a test looks at what was written")]

    use std::fs;

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
