//! A dossier's folder on the disk.
//!
//! 1. [`find_root`] finds the folder, [`Disk::open`] settles what lies in it and what does not, and holds it open.
//! 2. A path or link is followed to where it really leads, and only then judged: inside the dossier and outside the
//!    captures, or refused. What is inside is then opened from the folder that is held, without any link: one that takes
//!    a name's place meanwhile is refused too.
//! 3. Listing passes over hidden files, those of editors, and the captures and output folders.

mod stamp;
mod tracked;
mod walk;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

pub use stamp::{Stamp, Survey};

use crate::held::root::{LeadsOut, Place};
use crate::held::{Folder, Kind, named};
use crate::history::Repository;
use crate::report::shown;
use sourcebook_core::base::past::Past;
use sourcebook_core::base::world::{Entry, ReadError, Refused, World};
use sourcebook_core::dossier::load::{CONTENT, MAX_FILE};
use walk::Found;

/// The file that makes a folder a dossier.
const CONFIG: &str = "site.toml";

/// A capture beyond this is not read: more than a reader takes, so that the reader says so.
const MAX_CAPTURE: u64 = 1 << 30;

/// This folder or the nearest above it that holds a `site.toml`.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    let start = named::real(start).ok()?;
    start.ancestors().find(|folder| named::is_file(&folder.join(CONFIG))).map(Path::to_path_buf)
}

/// The real [`World`].
#[derive(Clone, Debug)]
pub struct Disk {
    folder: Folder,
    captures: Option<Folder>,
    /// Where captures are, or would be.
    captures_named: Option<PathBuf>,
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
    /// Its captures folder cannot be opened.
    Closed(PathBuf, io::Error),
    /// `SOURCE_DATE_EPOCH` is not a number of seconds since 1970 (reproducible-builds.org).
    Epoch(String),
}

impl fmt::Display for DiskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root(path, error) => write!(f, "cannot open the dossier `{}`: {error}", shown(path)),
            Self::Captures(path) => {
                write!(f, "the captures folder `{}` holds the dossier; give it a folder of its own", shown(path))
            }
            Self::Closed(path, error) => write!(f, "cannot open the captures folder `{}`: {error}", shown(path)),
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
        let failed = |error| DiskError::Root(root.into(), error);
        let folder = named::real(root).and_then(|found| Folder::open(&found)).map_err(failed)?;
        let today = today(std::env::var("SOURCE_DATE_EPOCH").ok().as_deref())?;
        Ok(Self { folder, captures: None, captures_named: None, aside: Vec::new(), today })
    }

    /// Sets the captures folder, from the root unless absolute. It may be absent.
    ///
    /// # Errors
    /// It holds the dossier, or cannot be opened.
    pub fn with_captures(self, folder: &Path) -> Result<Self, DiskError> {
        let place = Place::typed(self.root(), &self.root().join(folder));
        self.with_captures_at(&place)
    }

    /// As [`Disk::with_captures`].
    ///
    /// # Errors
    /// As [`Disk::with_captures`].
    pub fn with_captures_at(mut self, place: &Place) -> Result<Self, DiskError> {
        let path = place.path(self.root());
        self.captures_named = Some(path.clone());
        if self.root().starts_with(&path) {
            return Err(DiskError::Captures(path));
        }
        match place.open(&self.folder) {
            Ok(folder) => self.captures = Some(folder),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
            Err(error) => return Err(DiskError::Closed(path, error)),
        }
        self.aside.push(path);
        Ok(self)
    }

    /// Sets the output folder, from the root unless absolute, which is then never listed.
    #[must_use]
    pub fn with_output(mut self, folder: &Path) -> Self {
        let found = named::real(&self.root().join(folder)).ok();
        let root = self.folder.shown();
        let found = found.filter(|folder| !root.starts_with(folder));
        self.aside.extend(found);
        self
    }

    /// The dossier's folder, without links.
    pub fn root(&self) -> &Path {
        self.folder.shown()
    }

    /// The dossier's folder, held open.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Names of the files in the captures folder, with `/`, sorted.
    pub fn capture_names(&self) -> Vec<String> {
        let Some(captures) = &self.captures else { return Vec::new() };
        let (mut names, mut folders) = (Vec::new(), vec![String::new()]);
        while let Some(folder) = folders.pop() {
            for (name, kind) in captures.list(&folder).unwrap_or_default() {
                let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else { continue };
                let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
                match kind {
                    Kind::File => names.push(path),
                    Kind::Folder => folders.push(path),
                    Kind::Link | Kind::Other => {}
                }
            }
        }
        names.sort_unstable();
        names
    }

    /// Where a path of `site.toml` leads.
    ///
    /// # Errors
    /// A link of the dossier leads out.
    pub fn place(&self, path: &str) -> Result<Place, LeadsOut> {
        Place::written(self.root(), path)
    }

    /// Why a site cannot be written to a place: what it is made from lies there. `None` where it can.
    pub fn is_taken(&self, place: &Place) -> Option<&'static str> {
        let there = place.path(self.root());
        let of_root = |name: &str| self.root().join(name);
        let is_in = |folder: &Path| there.starts_with(folder);
        let is_git = matches!(place, Place::Inside(path) if path.iter().any(|name| name.eq_ignore_ascii_case(".git")));
        let captures = self.captures_named.as_deref();
        match () {
            () if self.root().starts_with(&there) => Some("it holds the dossier"),
            () if captures.is_some_and(|captures| is_in(captures) || captures.starts_with(&there)) => {
                Some("the captures are there, which are private")
            }
            () if there == of_root(CONTENT) || there == of_root("themes") => Some("the dossier is written there"),
            () if is_git => Some("git keeps its own files there"),
            () => None,
        }
    }

    /// Where a path from the root leads: from the root, without links.
    fn resolve(&self, path: &str) -> Result<PathBuf, ReadError> {
        if !is_plain(path) {
            return Err(ReadError::Outside);
        }
        self.locate(&self.root().join(path))
    }

    fn locate(&self, path: &Path) -> Result<PathBuf, ReadError> {
        let found = named::real(path).map_err(read_error)?;
        if self.captures.as_ref().is_some_and(|captures| found.starts_with(captures.shown())) {
            return Err(ReadError::Private);
        }
        match found.strip_prefix(self.root()) {
            Ok(inside) if !inside.iter().any(is_hidden) && !self.is_aside(&found) => Ok(inside.to_owned()),
            _ => Err(ReadError::Outside),
        }
    }

    fn is_aside(&self, path: &Path) -> bool {
        self.aside.iter().any(|folder| path.starts_with(folder))
    }

    /// Where a capture is: from the captures folder, without links.
    fn capture_at(&self, name: &str) -> Option<Result<(&Folder, PathBuf), ReadError>> {
        let captures = self.captures.as_ref()?;
        if !is_plain(name) {
            return Some(Err(ReadError::Outside));
        }
        let found = named::real(&captures.shown().join(name)).map_err(read_error);
        Some(found.and_then(|found| match found.strip_prefix(captures.shown()) {
            Ok(inside) => Ok((captures, inside.to_owned())),
            Err(_) => Err(ReadError::Outside),
        }))
    }
}

impl World for Disk {
    fn list(&self, folder: &str) -> Vec<Entry> {
        let mut entries = Vec::new();
        self.walk(folder, &mut |found| {
            if let Ok(Found { path, meta, .. }) = found {
                entries.push(Entry { path, size: meta.len });
            }
        });
        entries.sort_unstable();
        entries
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        // One byte more than may be: whoever asked says that it is too large.
        self.folder.read(self.resolve(path)?, MAX_FILE + 1).map_err(read_error)
    }

    fn capture(&self, name: &str) -> Option<Result<Vec<u8>, ReadError>> {
        let found = self.capture_at(name)?;
        Some(found.and_then(|(folder, path)| folder.read(path, MAX_CAPTURE).map_err(read_error)))
    }

    fn past(&self) -> Option<Result<Box<dyn Past>, String>> {
        Some(Repository::open(self.root()).map(|repository| Box::new(repository) as Box<dyn Past>))
    }

    fn tracked_captures(&self) -> BTreeSet<String> {
        self.captures.as_ref().map(|captures| tracked::tracked(captures.shown())).unwrap_or_default()
    }

    fn refused(&self, folder: &str) -> Vec<Refused> {
        let mut refused = Vec::new();
        self.walk(folder, &mut |found| refused.extend(found.err()));
        refused.sort_unstable();
        refused
    }

    fn today(&self) -> Date {
        self.today
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

#[expect(clippy::needless_pass_by_value, reason = "it is what map_err gives")]
fn read_error(error: io::Error) -> ReadError {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => ReadError::Missing,
        ErrorKind::IsADirectory => ReadError::Other("it is a folder".into()),
        ErrorKind::Other => ReadError::Other(error.to_string()),
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
    Ok(time.to_zoned_datetime(TimeZone::UTC).date())
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
