//! The one room that opens, lists, renames and removes: names are resolved from a folder that is held open.
//!
//! A path that is looked at and then used may be another by then: a link put in its place leads out. So
//!
//! 1. a folder is opened once ([`Folder::open`]), by the name that the person at the terminal or their `site.toml` gives it,
//! 2. what lies below is named from there, by plain names alone, and **no link is followed on the way**: the system itself
//!    refuses ([`handle`]: `openat2` on Linux, one `openat` a name elsewhere),
//! 3. what is opened is a file: a pipe, a socket or a device is refused before it can keep anybody waiting,
//! 4. what is written is a new file with a name that nobody can foresee, moved into place when it is whole, and removed if
//!    anything fails ([`Folder::replace`]).
//!
//! Nothing else in the program can open a path (`clippy.toml` forbids the functions; `tests/suite/tidy.rs` counts the files
//! that may). On systems without such calls ([`by_path`]: Windows) links are looked for before each step, which a program
//! that swaps names at the right moment can outrun; SECURITY.md says so.
//!
//! [`named`]: files that the person at the terminal names, where links are theirs to use. [`root`]: where the paths of
//! `site.toml` lead.

#[cfg(any(not(unix), test))]
mod by_path;
#[cfg(unix)]
mod handle;
mod meta;
pub mod named;
pub mod root;
pub mod step;
#[cfg(test)]
#[cfg(unix)]
mod tests;

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

pub use meta::{Kind, Meta};

#[cfg(not(unix))]
use by_path::Held;
#[cfg(unix)]
use handle::Held;

/// Folders within each other that are removed with what is in them; what lies deeper is nothing of ours.
const DEEPEST: usize = 1_100;

/// A temporary file that old was left by a run that was killed.
const LEFT: Duration = Duration::from_secs(600);

/// How the name of a temporary file ends: editors' own do so too, and no listing takes it for content.
const TEMPORARY: &str = ".new~";

/// How a file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    /// One that is there, to be read.
    Read,
    /// One that is not there yet, to be written.
    New,
    /// To be locked: made where it is not there, and never written.
    Lock,
}

/// A folder, held open.
#[derive(Clone)]
pub struct Folder {
    held: Arc<Held>,
    shown: PathBuf,
}

impl fmt::Debug for Folder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Folder").field(&self.shown).finish()
    }
}

impl Folder {
    /// Opens a folder by its name. Links in the name itself are followed: whoever gives it answers for it.
    ///
    /// # Errors
    /// What the system says.
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { held: Arc::new(Held::open(path)?), shown: path.to_owned() })
    }

    /// As [`Folder::open`], after the folder and those above it were made where they are not there.
    ///
    /// # Errors
    /// What the system says.
    pub fn make(path: &Path) -> io::Result<Self> {
        if let Err(error) = Self::open(path) {
            if error.kind() != ErrorKind::NotFound {
                return Err(error);
            }
            named::make_folders(path)?;
        }
        Self::open(path)
    }

    /// The name that it was opened by, for messages: a file is never opened by it.
    pub fn shown(&self) -> &Path {
        &self.shown
    }

    /// A folder within.
    ///
    /// # Errors
    /// What the system says; a link on the way.
    pub fn below(&self, path: impl AsRef<Path>) -> io::Result<Self> {
        let path = plain(path.as_ref())?;
        Ok(Self { held: Arc::new(self.held.folder(path)?), shown: self.shown.join(path) })
    }

    /// What stands at a path, itself and not what it leads to.
    ///
    /// # Errors
    /// What the system says; a link on the way.
    pub fn meta(&self, path: impl AsRef<Path>) -> io::Result<Meta> {
        self.held.meta(plain(path.as_ref())?)
    }

    /// As [`Folder::meta`], in one step, for lengths and times: it opens nothing, and so may look through a link on the way.
    ///
    /// # Errors
    /// What the system says.
    pub fn glance(&self, path: &str) -> io::Result<Meta> {
        self.held.glance(plain(Path::new(path))?)
    }

    /// What stands in a folder below, in no order.
    ///
    /// # Errors
    /// What the system says; a link on the way.
    pub fn list(&self, path: impl AsRef<Path>) -> io::Result<Vec<(OsString, Kind)>> {
        self.held.folder(plain(path.as_ref())?)?.list()
    }

    /// As [`Folder::list`], sorted, with what each is.
    ///
    /// # Errors
    /// What the system says; a link on the way.
    pub fn look(&self, path: impl AsRef<Path>) -> io::Result<Vec<(OsString, io::Result<Meta>)>> {
        let folder = self.held.folder(plain(path.as_ref())?)?;
        let mut names: Vec<_> = folder.list()?.into_iter().map(|(name, _)| name).collect();
        names.sort_unstable();
        Ok(names
            .into_iter()
            .map(|name| (folder.meta(Path::new(&name)), name))
            .map(|(meta, name)| (name, meta))
            .collect())
    }

    /// A file, to be read.
    ///
    /// # Errors
    /// It is none; what the system says; a link on the way.
    pub fn file(&self, path: impl AsRef<Path>) -> io::Result<File> {
        self.held.file(plain(path.as_ref())?, Open::Read)
    }

    /// The bytes of a file of at most so many.
    ///
    /// # Errors
    /// As [`Folder::file`]; it has more.
    pub fn read(&self, path: impl AsRef<Path>, at_most: u64) -> io::Result<Vec<u8>> {
        read_all(self.file(path)?, at_most)
    }

    /// A file to be locked, made where it is not there.
    ///
    /// # Errors
    /// As [`Folder::file`].
    pub fn lock(&self, path: impl AsRef<Path>) -> io::Result<File> {
        step::step("make")?;
        self.held.file(plain(path.as_ref())?, Open::Lock)
    }

    /// Writes a file that is not there yet; if it cannot be written whole, it is not there after.
    ///
    /// # Errors
    /// Something has that name; what the system says; a link on the way.
    pub fn create(&self, path: impl AsRef<Path>, bytes: &[u8]) -> io::Result<()> {
        self.create_with(path.as_ref(), bytes, |_| Ok(()))
    }

    fn create_with(&self, path: &Path, bytes: &[u8], then: impl FnOnce(&File) -> io::Result<()>) -> io::Result<()> {
        step::step("make")?;
        let path = plain(path)?;
        let mut file = self.held.file(path, Open::New)?;
        let written = file.write_all(bytes).and_then(|()| then(&file));
        written.inspect_err(|_| drop(self.held.unlink(path)))
    }

    /// Writes a file, unless it holds these bytes already; says whether it did. It is old or new at any moment, also if the
    /// power goes: its bytes are with the disk before its name is. What is no file of its own, a link too, stays as it is.
    ///
    /// # Errors
    /// It is no file; what the system says. The old file is then whole, and no other is left.
    pub fn replace(&self, path: impl AsRef<Path>, bytes: &[u8]) -> io::Result<bool> {
        let path = plain(path.as_ref())?;
        let old = match self.meta(path) {
            Ok(meta) if meta.kind == Kind::File => Some(meta),
            Ok(meta) => return Err(meta.kind.no_file()),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        let same_length = old.as_ref().is_some_and(|old| old.len == bytes.len() as u64);
        if same_length && self.read(path, bytes.len() as u64).is_ok_and(|old| old == bytes) {
            return Ok(false);
        }
        self.sweep(path);
        let temporary = temporary(path);
        self.create_with(&temporary, bytes, |file| {
            old.iter().try_for_each(|old| meta::keep_mode(file, old))?;
            step::step("sync")?;
            file.sync_all()
        })?;
        self.rename(&temporary, path).inspect_err(|_| drop(self.held.unlink(&temporary)))?;
        self.sync(path.parent().unwrap_or(Path::new("")));
        Ok(true)
    }

    /// Removes what runs that were killed left beside a file.
    fn sweep(&self, path: &Path) {
        let (folder, name) = (path.parent().unwrap_or(Path::new("")), path.file_name().unwrap_or_default());
        let old = |meta: &Meta| age(meta.modified) > LEFT;
        for (other, kind) in self.list(folder).unwrap_or_default() {
            let at = folder.join(&other);
            if kind == Kind::File && is_temporary(&other, name) && self.meta(&at).is_ok_and(|meta| old(&meta)) {
                let _ = self.held.unlink(&at);
            }
        }
    }

    /// Makes a folder; one that is there is none the worse.
    ///
    /// # Errors
    /// Something else has that name; what the system says; a link on the way.
    pub fn make_folder(&self, path: impl AsRef<Path>) -> io::Result<()> {
        step::step("make")?;
        let path = plain(path.as_ref())?;
        match self.held.make_folder(path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => match self.meta(path)?.kind {
                Kind::Folder => Ok(()),
                Kind::Link => Err(linked()),
                _ => Err(error),
            },
            other => other,
        }
    }

    /// As [`Folder::make_folder`], with those on the way; the folder itself is opened.
    ///
    /// # Errors
    /// As [`Folder::make_folder`].
    pub fn make_folders(&self, path: impl AsRef<Path>) -> io::Result<Self> {
        let path = plain(path.as_ref())?;
        let mut way = PathBuf::new();
        for name in path {
            way.push(name);
            self.make_folder(&way)?;
        }
        self.below(path)
    }

    /// Moves a file or folder, over a file or an empty folder.
    ///
    /// # Errors
    /// What the system says; a link on the way.
    pub fn rename(&self, from: impl AsRef<Path>, to: impl AsRef<Path>) -> io::Result<()> {
        step::step("move")?;
        self.held.rename(plain(from.as_ref())?, plain(to.as_ref())?)
    }

    /// Removes a file or a link; one that is not there is none the worse.
    ///
    /// # Errors
    /// What the system says; a link on the way.
    pub fn remove_file(&self, path: impl AsRef<Path>) -> io::Result<()> {
        step::step("remove")?;
        forgive(self.held.unlink(plain(path.as_ref())?), &[ErrorKind::NotFound])
    }

    /// Removes a folder if nothing is in it.
    ///
    /// # Errors
    /// What the system says; a link on the way.
    pub fn remove_empty(&self, path: impl AsRef<Path>) -> io::Result<()> {
        step::step("remove")?;
        let gone = self.held.remove_folder(plain(path.as_ref())?);
        forgive(gone, &[ErrorKind::NotFound, ErrorKind::DirectoryNotEmpty])
    }

    /// Removes a folder and all in it. Links are removed, and never followed.
    ///
    /// # Errors
    /// What the system says; a link on the way; folders within folders without end.
    pub fn remove_tree(&self, path: impl AsRef<Path>) -> io::Result<()> {
        step::step("remove")?;
        let path = plain(path.as_ref())?;
        match self.held.folder(path) {
            Ok(folder) => empty(&folder, DEEPEST)?,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        }
        forgive(self.held.remove_folder(path), &[ErrorKind::NotFound])
    }

    /// Has the system write down the names in a folder, where it can.
    pub fn sync(&self, path: impl AsRef<Path>) {
        let folder = plain(path.as_ref()).and_then(|path| self.held.folder(path));
        let _ = folder.and_then(|folder| folder.sync());
    }

    /// Has the system write a file's bytes to the disk.
    ///
    /// # Errors
    /// What the system says.
    pub fn sync_file(&self, path: impl AsRef<Path>) -> io::Result<()> {
        step::step("sync")?;
        self.file(path)?.sync_all()
    }
}

/// A reading's bytes, of at most so many.
fn read_all(file: File, at_most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(at_most.saturating_add(1)).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > at_most {
        true => Err(io::Error::new(ErrorKind::FileTooLarge, format!("it has more than {} MiB", at_most >> 20))),
        false => Ok(bytes),
    }
}

fn empty(folder: &Held, deep: usize) -> io::Result<()> {
    if deep == 0 {
        return Err(io::Error::other("its folders lie within each other without end: remove it by hand"));
    }
    for (name, kind) in folder.list()? {
        let path = Path::new(&name);
        match kind {
            Kind::Folder => {
                empty(&folder.folder(path)?, deep - 1)?;
                forgive(folder.remove_folder(path), &[ErrorKind::NotFound])?;
            }
            _ => forgive(folder.unlink(path), &[ErrorKind::NotFound])?,
        }
    }
    Ok(())
}

fn forgive(result: io::Result<()>, kinds: &[ErrorKind]) -> io::Result<()> {
    match result {
        Err(error) if kinds.contains(&error.kind()) => Ok(()),
        other => other,
    }
}

/// A path of names alone; the empty one is the folder itself.
fn plain(path: &Path) -> io::Result<&Path> {
    match path.components().all(|part| matches!(part, Component::Normal(_))) {
        true => Ok(path),
        false => Err(io::Error::new(ErrorKind::InvalidInput, "a path must consist of names, without `..`")),
    }
}

/// A name beside a path that nobody can foresee.
fn temporary(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    // A long name would become one that the system refuses.
    let whole = path.file_name().unwrap_or_default();
    name.push(if whole.len() < 200 { whole } else { OsStr::new("file") });
    name.push(format!(".{:016x}{TEMPORARY}", RandomState::new().hash_one(SystemTime::UNIX_EPOCH)));
    path.with_file_name(name)
}

/// Whether a name is one that [`temporary`] gives beside that one.
fn is_temporary(name: &OsStr, beside: &OsStr) -> bool {
    let rest = name.to_str().and_then(|name| name.strip_prefix('.')?.strip_suffix(TEMPORARY));
    let rest = rest.and_then(|rest| rest.strip_prefix(beside.to_str()?)?.strip_prefix('.'));
    rest.is_some_and(|rest| rest.len() == 16 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[expect(clippy::disallowed_methods, reason = "the age of what a killed run left")]
fn age(time: SystemTime) -> Duration {
    SystemTime::now().duration_since(time).unwrap_or_default()
}

/// A link stands where none is followed.
#[derive(Debug)]
struct Linked;

impl fmt::Display for Linked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a link stands in the way, and none is followed here: put the file or folder itself in its place")
    }
}

impl std::error::Error for Linked {}

fn linked() -> io::Error {
    io::Error::other(Linked)
}

/// Whether something was refused because of a link.
pub fn is_linked(error: &io::Error) -> bool {
    error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Linked>)
}
