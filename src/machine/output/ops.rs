//! Every change to the output folder is one of these, so that a test can end a build before or within any of them.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

#[derive(Debug, Default)]
pub(super) struct Ops {
    #[cfg(test)]
    pub(super) fuse: tests::Fuse,
}

#[expect(clippy::disallowed_methods, reason = "this is where the output folder is changed")]
impl Ops {
    pub(super) fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.alive()?;
        forgive(fs::create_dir(path), ErrorKind::AlreadyExists)
    }

    pub(super) fn make_folders(&self, path: &Path) -> io::Result<()> {
        self.alive()?;
        fs::create_dir_all(path)
    }

    pub(super) fn open_lock(&self, path: &Path) -> io::Result<File> {
        self.alive()?;
        File::options().create(true).truncate(false).write(true).open(path)
    }

    /// Writes a file that is not there yet.
    pub(super) fn create(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.alive()?;
        self.fill(File::create_new(path)?, bytes)
    }

    /// Writes a file, over what a killed build may have left under its name.
    pub(super) fn overwrite(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        forgive(fs::remove_file(path), ErrorKind::NotFound)?;
        self.create(path, bytes)
    }

    pub(super) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.alive()?;
        fs::rename(from, to)
    }

    pub(super) fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.alive()?;
        forgive(fs::remove_file(path), ErrorKind::NotFound)
    }

    /// Removes a folder if nothing is in it.
    pub(super) fn remove_empty(&self, path: &Path) -> io::Result<()> {
        self.alive()?;
        let gone = forgive(fs::remove_dir(path), ErrorKind::NotFound);
        forgive(gone, ErrorKind::DirectoryNotEmpty)
    }

    /// Removes the staging folder. Links in it are removed, not followed.
    pub(super) fn remove_tree(&self, path: &Path) -> io::Result<()> {
        self.alive()?;
        forgive(fs::remove_dir_all(path), ErrorKind::NotFound)
    }

    #[cfg(not(test))]
    fn fill(&self, mut file: File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    #[cfg(test)]
    fn fill(&self, mut file: File, bytes: &[u8]) -> io::Result<()> {
        let (first, second) = bytes.split_at(bytes.len() / 2);
        file.write_all(first)?;
        self.alive()?;
        file.write_all(second)
    }

    /// An error once a test has killed the build.
    #[cfg_attr(not(test), expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "tests say otherwise"))]
    pub(super) fn alive(&self) -> io::Result<()> {
        #[cfg(test)]
        self.fuse.step()?;
        Ok(())
    }
}

fn forgive(result: io::Result<()>, kind: ErrorKind) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == kind => Ok(()),
        other => other,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::io;
    use std::sync::atomic::{AtomicIsize, Ordering};

    /// Lets a number of steps pass, and none after them: what a kill does.
    #[derive(Debug)]
    pub(in super::super) struct Fuse(pub(in super::super) AtomicIsize);

    impl Default for Fuse {
        fn default() -> Self {
            Self(AtomicIsize::new(isize::MAX))
        }
    }

    impl Fuse {
        pub(super) fn step(&self) -> io::Result<()> {
            match self.0.fetch_sub(1, Ordering::SeqCst) {
                left if left > 0 => Ok(()),
                _ => Err(io::Error::other("killed")),
            }
        }
    }
}
