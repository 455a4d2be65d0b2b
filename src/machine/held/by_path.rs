//! A folder as a path, for systems without handles of folders: every name on the way is looked at before it is used.
//!
//! A program that swaps a name between the look and the use is not stopped by this; a link that lies there is.
#![expect(clippy::disallowed_methods, reason = "the room that opens paths")]
#![cfg_attr(unix, allow(dead_code, reason = "compiled here so that tests can try it"))]

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::{Kind, Meta, Open, linked};

/// A folder, by its path without links.
pub(super) struct Held(PathBuf);

impl Held {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let path = fs::canonicalize(if path.as_os_str().is_empty() { Path::new(".") } else { path })?;
        match fs::metadata(&path)?.is_dir() {
            true => Ok(Self(path)),
            false => Err(io::ErrorKind::NotADirectory.into()),
        }
    }

    pub(super) fn folder(&self, path: &Path) -> io::Result<Self> {
        let path = self.checked(path, true)?;
        match fs::metadata(&path)?.is_dir() {
            true => Ok(Self(path)),
            false => Err(io::ErrorKind::NotADirectory.into()),
        }
    }

    pub(super) fn file(&self, path: &Path, how: Open) -> io::Result<File> {
        let path = self.checked(path, true)?;
        if let Ok(data) = fs::symlink_metadata(&path)
            && !data.is_file()
            && how != Open::New
        {
            return Err(Kind::from(data.file_type()).no_file());
        }
        match how {
            Open::Read => File::open(path),
            Open::New => File::create_new(path),
            Open::Lock => File::options().create(true).truncate(false).read(true).write(true).open(path),
        }
    }

    pub(super) fn meta(&self, path: &Path) -> io::Result<Meta> {
        Ok(Meta::from(&fs::symlink_metadata(self.checked(path, false)?)?))
    }

    pub(super) fn glance(&self, path: &Path) -> io::Result<Meta> {
        Ok(Meta::from(&fs::symlink_metadata(self.0.join(path))?))
    }

    pub(super) fn list(&self) -> io::Result<Vec<(OsString, Kind)>> {
        let entry = |entry: io::Result<fs::DirEntry>| {
            let entry = entry?;
            Ok((entry.file_name(), entry.file_type()?.into()))
        };
        fs::read_dir(&self.0)?.map(entry).collect()
    }

    pub(super) fn make_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(self.checked(path, false)?)
    }

    pub(super) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(self.checked(from, false)?, self.checked(to, false)?)
    }

    pub(super) fn unlink(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(self.checked(path, false)?)
    }

    pub(super) fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(self.checked(path, false)?)
    }

    /// Folders are no files here.
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "as the other system has it")]
    pub(super) fn sync(&self) -> io::Result<()> {
        Ok(())
    }

    /// The path, once no name on it is a link; the last one too, if `last`.
    fn checked(&self, path: &Path, last: bool) -> io::Result<PathBuf> {
        let mut whole = self.0.clone();
        let mut names = path.iter().peekable();
        while let Some(name) = names.next() {
            whole.push(name);
            let looked = last || names.peek().is_some();
            if looked && fs::symlink_metadata(&whole).is_ok_and(|data| data.file_type().is_symlink()) {
                return Err(linked());
            }
        }
        Ok(whole)
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    #[test]
    fn links_are_seen() {
        let folder = std::env::temp_dir().join(format!("sourcebook-held-path-{}", std::process::id()));
        fs::create_dir_all(folder.join("a/b")).unwrap();
        fs::write(folder.join("a/b/c"), "c").unwrap();
        std::os::unix::fs::symlink("a", folder.join("link")).unwrap();
        let held = Held::open(&folder).unwrap();
        let path = Path::new;
        assert!(held.file(path("a/b/c"), Open::Read).is_ok());
        assert!(held.file(path("a/b/d"), Open::New).is_ok());
        assert!(held.file(path("a/b"), Open::Read).is_err());
        assert_eq!(held.folder(path("a")).unwrap().list().unwrap().len(), 1);
        for result in [
            held.file(path("link/b/c"), Open::Read).map(drop),
            held.folder(path("link")).map(drop),
            held.make_folder(path("link/x")),
            held.rename(path("a/b/c"), path("link/c")),
            held.unlink(path("link/b/c")),
            held.remove_folder(path("link/b")),
            held.meta(path("link/b")).map(drop),
        ] {
            assert!(super::super::is_linked(&result.unwrap_err()));
        }
        assert_eq!(held.meta(path("link")).unwrap().kind, Kind::Link);
        held.rename(path("a/b/d"), path("a/d")).unwrap();
        held.unlink(path("a/d")).unwrap();
        held.unlink(path("link")).unwrap();
        assert!(held.glance(path("a/b/c")).unwrap().len == 1 && held.sync().is_ok());
        fs::remove_dir_all(folder).unwrap();
    }
}
