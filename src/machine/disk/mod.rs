//! A dossier's folder on the disk.
//!
//! 1. [`find_root`] finds the folder, [`Disk::open`] settles what lies in it and what does not.
//! 2. A path or link is followed to where it really leads, and only then judged: inside the dossier and outside the
//!    captures, or refused. (This guards against what a dossier holds, not against one that changes meanwhile.)
//! 3. Listing passes over hidden files, those of editors, and the captures and output folders.

mod stamp;
mod tracked;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use walkdir::{DirEntry, WalkDir};

pub use stamp::{Stamp, Survey};

use sourcebook_core::base::world::{Entry, ReadError, Refusal, Refused, World};

/// How many links a listing goes through on its way down. Folders full of links to each other would otherwise be
/// listed once for each of their orders.
const LINKS: usize = 2;

/// The file that makes a folder a dossier.
const CONFIG: &str = "site.toml";

/// This folder or the nearest above it that holds a `site.toml`.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    let start = start.canonicalize().ok()?;
    start.ancestors().find(|folder| folder.join(CONFIG).is_file()).map(Path::to_path_buf)
}

/// The real [`World`].
#[derive(Clone, Debug)]
pub struct Disk {
    root: PathBuf,
    captures: Option<PathBuf>,
    /// Folders in the root that are no part of the dossier: captures and output.
    aside: Vec<PathBuf>,
    today: Date,
}

/// Why a folder cannot be used as a dossier.
#[derive(Debug)]
pub enum DiskError {
    /// It cannot be opened.
    Root(PathBuf, io::Error),
    /// The captures folder holds the dossier, so that everything would be private.
    Captures(PathBuf),
    /// `SOURCE_DATE_EPOCH` is not a number of seconds since 1970 (reproducible-builds.org).
    Epoch(String),
}

impl fmt::Display for DiskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root(path, error) => write!(f, "cannot open the dossier `{}`: {error}", path.display()),
            Self::Captures(path) => {
                write!(f, "the captures folder `{}` holds the dossier; give it a folder of its own", path.display())
            }
            Self::Epoch(text) => {
                write!(f, "SOURCE_DATE_EPOCH must be a number of seconds since 1970, not `{}`", text.escape_debug())
            }
        }
    }
}

impl std::error::Error for DiskError {}

impl Disk {
    /// The dossier at `root`, without captures.
    ///
    /// # Errors
    /// There is no such folder, or `SOURCE_DATE_EPOCH` is no time.
    #[expect(clippy::disallowed_methods, reason = "this is the World that others ask for the date")]
    pub fn open(root: &Path) -> Result<Self, DiskError> {
        let found = root.canonicalize().map_err(|e| DiskError::Root(root.into(), e))?;
        let today = today(std::env::var("SOURCE_DATE_EPOCH").ok().as_deref())?;
        Ok(Self { root: found, captures: None, aside: Vec::new(), today })
    }

    /// Sets the captures folder, from the root unless absolute. It may be absent.
    ///
    /// # Errors
    /// It holds the dossier.
    pub fn with_captures(mut self, folder: &Path) -> Result<Self, DiskError> {
        let Ok(found) = self.root.join(folder).canonicalize() else { return Ok(self) };
        if self.root.starts_with(&found) {
            return Err(DiskError::Captures(folder.into()));
        }
        self.aside.push(found.clone());
        self.captures = found.is_dir().then_some(found);
        Ok(self)
    }

    /// Sets the output folder, from the root unless absolute, which is then never listed.
    #[must_use]
    pub fn with_output(mut self, folder: &Path) -> Self {
        let found = self.root.join(folder).canonicalize().ok();
        self.aside.extend(found.filter(|folder| !self.root.starts_with(folder)));
        self
    }

    /// The dossier's folder, without links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Names of the files in the captures folder, with `/`, sorted.
    pub fn capture_names(&self) -> Vec<String> {
        let Some(folder) = &self.captures else { return Vec::new() };
        let files = WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
        let inside = |entry: DirEntry| Some(entry.path().strip_prefix(folder).ok()?.to_str()?.replace('\\', "/"));
        let is_shown = |name: &String| !name.split('/').any(|part| part.starts_with('.'));
        files.filter(|entry| entry.file_type().is_file()).filter_map(inside).filter(is_shown).collect()
    }

    /// Goes through everything below a folder, telling `each` what is there.
    fn walk(&self, folder: &str, mut each: impl FnMut(Result<DirEntry, Refused>)) {
        let Ok(top) = self.resolve(folder) else { return };
        let top = if folder.is_empty() { top } else { self.root.join(folder) };
        let mut walk = WalkDir::new(&top).follow_links(true).sort_by_file_name().into_iter();
        let mut links = Vec::new();
        while let Some(next) = walk.next() {
            match next {
                Err(error) => self.tell_error(&error, &mut each),
                Ok(entry) => match self.judge(&entry, &mut links) {
                    Verdict::Take => each(Ok(entry)),
                    Verdict::Pass if entry.file_type().is_dir() => walk.skip_current_dir(),
                    Verdict::Pass => {}
                    Verdict::Refuse(why) => {
                        if entry.file_type().is_dir() {
                            walk.skip_current_dir();
                        }
                        each(Err(Refused { path: self.path_of(entry.path()), why }));
                    }
                },
            }
        }
    }

    /// `links` holds the depths of the links that lead to here.
    fn judge(&self, entry: &DirEntry, links: &mut Vec<usize>) -> Verdict {
        while links.last().is_some_and(|depth| *depth >= entry.depth()) {
            links.pop();
        }
        if entry.depth() > 0 && is_passed_over(entry.file_name()) {
            return Verdict::Pass;
        }
        if entry.file_name().to_str().is_none() && entry.depth() > 0 {
            return Verdict::Refuse(Refusal::Name);
        }
        if !entry.path_is_symlink() {
            return if self.is_aside(entry.path()) { Verdict::Pass } else { Verdict::of(entry) };
        }
        links.push(entry.depth());
        match self.locate(entry.path()) {
            Ok(_) if links.len() > LINKS => Verdict::Refuse(Refusal::Loop),
            Ok(_) => Verdict::of(entry),
            Err(ReadError::Private) => Verdict::Refuse(Refusal::Private),
            Err(ReadError::Outside) => Verdict::Refuse(Refusal::Outside),
            Err(ReadError::Missing) => Verdict::Refuse(Refusal::Broken),
            Err(ReadError::Other(message)) => Verdict::Refuse(Refusal::Unreadable(message)),
        }
    }

    fn tell_error(&self, error: &walkdir::Error, each: &mut impl FnMut(Result<DirEntry, Refused>)) {
        let Some(path) = error.path() else { return };
        if path.file_name().is_some_and(is_passed_over) {
            return;
        }
        let why = match error.io_error().map(io::Error::kind) {
            None => Refusal::Loop,
            Some(ErrorKind::NotFound) => Refusal::Broken,
            Some(kind) => Refusal::Unreadable(kind.to_string()),
        };
        each(Err(Refused { path: self.path_of(path), why }));
    }

    /// The path from the root, with `/`.
    fn path_of(&self, path: &Path) -> Arc<str> {
        let path = path.strip_prefix(&self.root).unwrap_or(path);
        path.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/").into()
    }

    fn is_aside(&self, path: &Path) -> bool {
        self.aside.iter().any(|folder| path.starts_with(folder))
    }

    /// Where a path from the root leads.
    fn resolve(&self, path: &str) -> Result<PathBuf, ReadError> {
        if !is_plain(path) {
            return Err(ReadError::Outside);
        }
        self.locate(&self.root.join(path))
    }

    fn locate(&self, path: &Path) -> Result<PathBuf, ReadError> {
        let found = path.canonicalize().map_err(read_error)?;
        if self.captures.as_ref().is_some_and(|captures| found.starts_with(captures)) {
            return Err(ReadError::Private);
        }
        match found.strip_prefix(&self.root) {
            Ok(inside) if !inside.iter().any(is_hidden) && !self.is_aside(&found) => Ok(found),
            _ => Err(ReadError::Outside),
        }
    }
}

impl World for Disk {
    fn list(&self, folder: &str) -> Vec<Entry> {
        let mut entries = Vec::new();
        self.walk(folder, |found| {
            if let Ok(entry) = found
                && entry.file_type().is_file()
            {
                let size = entry.metadata().map_or(0, |data| data.len());
                entries.push(Entry { path: self.path_of(entry.path()), size });
            }
        });
        entries.sort_unstable();
        entries
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        read_file(&self.resolve(path)?)
    }

    fn capture(&self, name: &str) -> Option<Result<Vec<u8>, ReadError>> {
        let captures = self.captures.as_ref()?;
        if !is_plain(name) {
            return Some(Err(ReadError::Outside));
        }
        Some(match captures.join(name).canonicalize() {
            Ok(path) if path.starts_with(captures) => read_file(&path),
            Ok(_) => Err(ReadError::Outside),
            Err(error) => Err(read_error(error)),
        })
    }

    fn tracked_captures(&self) -> BTreeSet<String> {
        self.captures.as_deref().map(tracked::tracked).unwrap_or_default()
    }

    fn refused(&self, folder: &str) -> Vec<Refused> {
        let mut refused = Vec::new();
        self.walk(folder, |found| refused.extend(found.err()));
        refused.sort_unstable();
        refused
    }

    fn today(&self) -> Date {
        self.today
    }
}

/// What to do with an entry of a folder.
enum Verdict {
    Take,
    Pass,
    Refuse(Refusal),
}

impl Verdict {
    /// Devices and pipes are refused: reading one may never end.
    fn of(entry: &DirEntry) -> Self {
        let kind = entry.file_type();
        if kind.is_file() || kind.is_dir() {
            return Self::Take;
        }
        Self::Refuse(Refusal::Unreadable("it is neither a file nor a folder".into()))
    }
}

/// Hidden files (`.git`, `.DS_Store`, `.#lock`) and what editors and file browsers leave behind.
fn is_passed_over(os_name: &OsStr) -> bool {
    let name = os_name.as_encoded_bytes();
    let auto_saved = name.len() > 1 && name.starts_with(b"#") && name.ends_with(b"#");
    let ends = [&b"~"[..], b".swp", b".swo"].iter().any(|end| name.ends_with(end));
    is_hidden(os_name) || auto_saved || ends || name == b"Thumbs.db" || name == b"desktop.ini"
}

/// Hidden files are no part of the dossier: no link may publish `.git` or `.env`.
fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Whether a path has no parts but names. A backslash is none on any system, so that a dossier means the same on each.
fn is_plain(path: &str) -> bool {
    let plain = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    plain && !path.contains(['\\', '\0'])
}

#[expect(clippy::disallowed_methods, reason = "this is the World that others read through")]
fn read_file(path: &Path) -> Result<Vec<u8>, ReadError> {
    match fs::metadata(path) {
        Ok(data) if data.is_file() => fs::read(path).map_err(read_error),
        Ok(data) if data.is_dir() => Err(ReadError::Other("it is a folder".into())),
        Ok(_) => Err(ReadError::Other("it is not a file".into())),
        Err(error) => Err(read_error(error)),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is what map_err gives")]
fn read_error(error: io::Error) -> ReadError {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => ReadError::Missing,
        kind => ReadError::Other(kind.to_string()),
    }
}

/// Today in universal time, so that two editors see the same.
#[expect(clippy::disallowed_methods, reason = "this is the World that others ask for the date")]
fn today(epoch: Option<&str>) -> Result<Date, DiskError> {
    let seconds = match epoch {
        Some(text) => text.trim().parse().map_err(|_| DiskError::Epoch(text.into()))?,
        None => std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs()),
    };
    let time = i64::try_from(seconds).ok().and_then(|s| Timestamp::from_duration(SignedDuration::from_secs(s)).ok());
    let time = time.ok_or_else(|| DiskError::Epoch(seconds.to_string()))?;
    Ok(time.to_zoned(TimeZone::UTC).date())
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
