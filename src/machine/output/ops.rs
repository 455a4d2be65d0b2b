//! Every change to the output folder is one of these, so that a test can end a build before or within any of them, and
//! know what a loss of power would leave.

use std::fs::File;
use std::io;

use crate::held::Folder;

#[derive(Debug, Default)]
pub(super) struct Ops {
    #[cfg(test)]
    pub(super) fuse: tests::Fuse,
    #[cfg(test)]
    pub(super) log: std::sync::Arc<std::sync::Mutex<Vec<tests::Did>>>,
}

impl Ops {
    pub(super) fn make_folder(&self, root: &Folder, path: &str) -> io::Result<()> {
        self.alive()?;
        root.make_folder(path).inspect(|()| self.note(|| Did::MakeFolder(path.into())))
    }

    pub(super) fn open_lock(&self, root: &Folder, path: &str) -> io::Result<File> {
        self.alive()?;
        root.lock(path)
    }

    /// Writes a file that is not there yet.
    pub(super) fn create(&self, root: &Folder, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.alive()?;
        self.fill(root, path, bytes)?;
        self.note(|| Did::Create(path.into(), bytes.into()));
        Ok(())
    }

    /// Has a file's bytes with the disk before anything is said of it.
    pub(super) fn sync(&self, root: &Folder, path: &str) -> io::Result<()> {
        self.alive()?;
        root.sync_file(path).inspect(|()| self.note(|| Did::Sync(path.into())))
    }

    pub(super) fn rename(&self, root: &Folder, from: &str, to: &str) -> io::Result<()> {
        self.alive()?;
        root.rename(from, to).inspect(|()| self.note(|| Did::Rename(from.into(), to.into())))
    }

    pub(super) fn remove_file(&self, root: &Folder, path: &str) -> io::Result<()> {
        self.alive()?;
        root.remove_file(path).inspect(|()| self.note(|| Did::Remove(path.into())))
    }

    /// Removes a folder if nothing is in it.
    pub(super) fn remove_empty(&self, root: &Folder, path: &str) -> io::Result<()> {
        self.alive()?;
        root.remove_empty(path).inspect(|()| self.note(|| Did::Remove(path.into())))
    }

    /// Removes the staging folder. Links in it are removed, not followed.
    pub(super) fn remove_tree(&self, root: &Folder, path: &str) -> io::Result<()> {
        self.alive()?;
        root.remove_tree(path).inspect(|()| self.note(|| Did::RemoveTree(path.into())))
    }

    #[cfg(not(test))]
    #[expect(clippy::unused_self, reason = "tests say otherwise")]
    fn fill(&self, root: &Folder, path: &str, bytes: &[u8]) -> io::Result<()> {
        root.create(path, bytes)
    }

    /// A killed build does not take back what it had begun.
    #[cfg(test)]
    fn fill(&self, root: &Folder, path: &str, bytes: &[u8]) -> io::Result<()> {
        if self.alive().is_err() {
            let _ = root.create(path, &bytes[..bytes.len() / 2]);
            return Err(io::Error::other("killed"));
        }
        root.create(path, bytes)
    }

    /// An error once a test has killed the build.
    #[cfg_attr(not(test), expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "tests say otherwise"))]
    pub(super) fn alive(&self) -> io::Result<()> {
        #[cfg(test)]
        self.fuse.step()?;
        Ok(())
    }

    #[cfg(not(test))]
    #[expect(clippy::unused_self, reason = "tests say otherwise")]
    fn note(&self, _: impl FnOnce() -> Did) {}

    #[cfg(test)]
    fn note(&self, did: impl FnOnce() -> Did) {
        self.log.lock().unwrap().push(did());
    }
}

/// A change, as a test replays it.
#[cfg_attr(not(test), expect(dead_code, reason = "tests read them"))]
#[derive(Clone, Debug)]
pub(super) enum Did {
    MakeFolder(Box<str>),
    Create(Box<str>, Box<[u8]>),
    Sync(Box<str>),
    Rename(Box<str>, Box<str>),
    Remove(Box<str>),
    RemoveTree(Box<str>),
}

#[cfg(test)]
pub(super) mod tests {
    pub(in super::super) use super::Did;

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
