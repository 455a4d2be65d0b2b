//! Files that the command line names: read from anywhere, made only where there is none.
#![expect(clippy::disallowed_methods, reason = "what the person at the terminal names is no part of the World")]

use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use sourcebook_core::dossier::load::MAX_FILE;

/// The bytes of a file.
///
/// # Errors
/// What the system says, or that the file is far too large.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(MAX_FILE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it has more than {} MiB", MAX_FILE >> 20)));
    }
    Ok(bytes)
}

/// Makes a file, with the folders on its way.
///
/// # Errors
/// What the system says, or that something of that name is there, which stays as it is.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes).inspect_err(|_| drop(fs::remove_file(path)))
}

/// Has git leave a folder's files alone: a `.gitignore` in it, where there is none. The folder is made, too.
///
/// # Errors
/// What the system says.
pub fn keep_from_git(path: &Path) -> io::Result<()> {
    match create(&path.join(".gitignore"), b"# Copies of other people's texts: private, never published.\n*\n") {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Makes a folder, with those on its way; one that is there is none the worse.
///
/// # Errors
/// What the system says.
pub fn folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

/// Where a path leads, from here: without links and `..`, as far as it exists.
pub fn whole(path: &Path) -> PathBuf {
    let mut rest = Vec::new();
    let mut known = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_overwritten() {
        let folder = std::env::temp_dir().join(format!("sourcebook-named-{}", std::process::id()));
        let file = folder.join("a/b.txt");
        create(&file, b"one").unwrap();
        assert_eq!(create(&file, b"two").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(read(&file).unwrap(), b"one");
        assert_eq!(whole(&folder.join("a/../a/new/c.txt")), folder.canonicalize().unwrap().join("a/new/c.txt"));
        fs::remove_dir_all(&folder).unwrap();
    }
}
