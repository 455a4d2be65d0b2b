//! Files and folders that the person at the terminal names: theirs to choose, links and all.
//!
//! What a dossier names goes another way ([`root`](super::root)): it may come from a stranger.
#![expect(clippy::disallowed_methods, reason = "the room that opens paths")]

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

use sourcebook_core::dossier::load::MAX_FILE;

use super::{Folder, Kind, Meta, read_all, step, temporary};

/// The bytes of a file; a pipe is read to its end, as `<(zotero …)` makes one.
///
/// # Errors
/// What the system says, or that the file is far too large.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    read_all(fs::File::open(path)?, MAX_FILE)
}

/// The bytes of a file that nobody named, in a folder that may lie anywhere: no link, no pipe, at most so many bytes.
///
/// # Errors
/// What the system says, or that it is no such file.
pub fn read_regular(path: &Path, at_most: u64) -> io::Result<Vec<u8>> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(ErrorKind::InvalidInput.into());
    };
    Folder::open(folder)?.read(name, at_most)
}

/// Writes a file, whole or not at all; into what is no file, such as a pipe or `/dev/null`, as it comes.
///
/// # Errors
/// What the system says.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = whole(path);
    if fs::metadata(&path).is_ok_and(|data| Kind::from(data.file_type()) == Kind::Other) {
        step::step("make")?;
        return fs::OpenOptions::new().write(true).open(path)?.write_all(bytes);
    }
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(ErrorKind::IsADirectory.into());
    };
    Folder::open(folder)?.replace(name, bytes).map(drop)
}

/// Makes a folder, with those on its way; one that is there is none the worse.
///
/// # Errors
/// What the system says.
pub fn make_folders(path: &Path) -> io::Result<()> {
    step::step("make")?;
    fs::create_dir_all(path)
}

/// A new folder among the system's temporary files, readable by nobody else, with a name that nobody can foresee.
///
/// # Errors
/// What the system says.
pub fn temporary_folder(name: &str) -> io::Result<Folder> {
    let path = temporary(&std::env::temp_dir().join(name));
    let path = path.with_file_name(path.file_name().unwrap_or_default().to_string_lossy().trim_start_matches('.'));
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&path)?;
    Folder::open(&path)
}

/// Removes a folder that [`temporary_folder`] made.
pub fn remove_temporary(folder: &Folder) {
    let _ = fs::remove_dir_all(folder.shown());
}

/// Whether a folder is there, or a link that leads to one.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether a file is there, or a link that leads to one.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Whether anything is there.
pub fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// What is there, itself and not what it leads to.
pub fn meta(path: &Path) -> Option<Meta> {
    fs::symlink_metadata(path).ok().map(|data| Meta::from(&data))
}

/// What is there, or what a link there leads to.
pub fn meta_through(path: &Path) -> Option<Meta> {
    fs::metadata(path).ok().map(|data| Meta::from(&data))
}

/// Where a path leads, without links.
///
/// # Errors
/// It leads nowhere; what the system says.
pub fn real(path: &Path) -> io::Result<PathBuf> {
    path.canonicalize()
}

/// Where a path leads, from here: without links and `..`, as far as it exists.
pub fn whole(path: &Path) -> PathBuf {
    let mut rest = Vec::new();
    let mut known = without_dots(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
    loop {
        if let Ok(found) = known.canonicalize() {
            return rest.iter().rev().fold(found, |path: PathBuf, name| path.join(name));
        }
        let (Some(name), Some(parent)) =
            (known.file_name().map(ToOwned::to_owned), known.parent().map(ToOwned::to_owned))
        else {
            return path.to_owned();
        };
        rest.push(name);
        known = parent;
    }
}

/// A path without `..` beyond what is there: `missing/../x` is `x`, while `link/../x` is what the system takes it for.
fn without_dots(path: &Path) -> PathBuf {
    let mut made = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                made = made.canonicalize().unwrap_or(made);
                made.pop();
            }
            part => made.push(part),
        }
    }
    made
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    #[test]
    fn whole_paths() {
        let folder = std::env::temp_dir().join(format!("sourcebook-named-{}", std::process::id()));
        fs::create_dir_all(folder.join("a/b")).unwrap();
        std::os::unix::fs::symlink("a/b", folder.join("link")).unwrap();
        let real = folder.canonicalize().unwrap();
        let check = |path: &str, expect: &str| assert_eq!(whole(&folder.join(path)), real.join(expect), "{path}");
        check("a/../a/new/c.txt", "a/new/c.txt");
        check("missing/../a", "a");
        check("missing/deep/../../a/b", "a/b");
        check("link/x", "a/b/x");
        check("link/../x", "a/x");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_is_no_file_is_written_to_and_stays() {
        write(Path::new("/dev/null"), b"gone").unwrap();
        assert_eq!(meta(Path::new("/dev/null")).unwrap().kind, Kind::Other);
        assert!(write(Path::new("/dev/full"), b"no room").is_err());
    }
}
