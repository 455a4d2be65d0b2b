//! The dossier's folder as it was last seen, so that asking again costs nothing for what did not change.
//!
//! 1. Whatever a run lists or reads is remembered with its [`Stamp`], taken before the reading, also what is missing.
//! 2. [`Snapshot::refresh`] looks again, at some paths or at everything, and says whether anything is otherwise.
//! 3. A stamp younger than the clock's tick proves nothing: the bytes themselves are compared, once.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;

use super::change::{Change, Places};
use crate::disk::{Disk, Stamp, Survey};
use crate::held::{Kind, named};
use sourcebook_core::base::past::Past;
use sourcebook_core::base::world::{Entry, ReadError, Refused, World};

/// What a look found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether anything that was listed or read is otherwise now.
    pub changed: bool,
    /// Whether nothing was left out.
    pub at_everything: bool,
}

/// The dossier's folder as it was last seen.
pub struct Snapshot {
    disk: Mutex<Arc<Disk>>,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    folders: BTreeMap<String, Arc<Survey>>,
    files: HashMap<Arc<str>, File>,
    captures: HashMap<Arc<str>, File>,
}

/// A file as it was last seen, or why it could not be.
#[derive(Clone, Debug)]
struct File {
    stamp: Result<Stamp, ReadError>,
    version: u64,
    /// The hash of what was read, where the stamp was too young to tell.
    hash: Option<blake3::Hash>,
}

/// Versions are never used twice, whichever snapshot gave them.
static VERSIONS: AtomicU64 = AtomicU64::new(1);

impl Snapshot {
    /// Nothing seen yet.
    pub fn new(disk: Disk) -> Self {
        Self { disk: Mutex::new(Arc::new(disk)), seen: Mutex::default() }
    }

    /// The folder itself.
    pub fn disk(&self) -> Arc<Disk> {
        self.disk.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes another folder, or the same on another day; whether it is not the same, and so is seen anew.
    pub fn reopen(&self, disk: Disk) -> bool {
        let mut held = self.disk.lock().unwrap_or_else(PoisonError::into_inner);
        let is_other = !held.is_same_folder(&disk) || held.today() != disk.today();
        if is_other {
            *self.seen() = Seen::default();
        }
        *held = Arc::new(disk);
        is_other
    }

    /// Looks again.
    pub fn refresh(&self, change: &Change) -> Look {
        let disk = self.disk();
        let plain: Option<Vec<Arc<str>>> = change.paths.iter().map(|path| self.plain(&disk, path)).collect();
        match plain {
            Some(paths) if !change.anything => Look { changed: self.look_at(&disk, &paths), at_everything: false },
            _ => Look { changed: self.look_at_everything(&disk, &change.paths), at_everything: true },
        }
    }

    /// Where changes would show, as far as it is known before anything was read.
    pub fn first_places(&self) -> Places {
        let disk = self.disk();
        let deep = [disk.root().join(sourcebook_core::dossier::load::CONTENT), disk.root().join("themes")];
        let deep = deep.into_iter().chain(disk.captures().map(Path::to_path_buf)).map(|path| (path, true));
        deep.chain([(disk.root().to_path_buf(), false)]).collect()
    }

    /// Where changes would show: the folders that were listed, with what links in them lead to, and those of files that
    /// were read or missed.
    pub fn places(&self) -> Places {
        let disk = self.disk();
        let seen = self.seen();
        let listed: Vec<_> = seen.folders.keys().map(|folder| disk.root().join(folder)).collect();
        let links = seen.folders.values().flat_map(|survey| survey.links.clone());
        let captures = disk.captures().map(Path::to_path_buf);
        let mut places = Places::from([(disk.root().to_path_buf(), false)]);
        for path in sorted(seen.files.clone()).into_iter().map(|(path, _)| disk.root().join(&*path)) {
            let folder = path.ancestors().skip(1).find(|folder| named::is_folder(folder));
            let is_listed = listed.iter().any(|listed| path.starts_with(listed));
            places.extend(folder.filter(|_| !is_listed).map(|folder| (folder.to_path_buf(), false)));
        }
        for link in links {
            let folder = if named::is_folder(&link) {
                Some((&*link, true))
            } else {
                link.parent().map(|folder| (folder, false))
            };
            places.extend(folder.map(|(folder, deep)| (folder.to_path_buf(), deep)));
        }
        places.extend(listed.into_iter().chain(captures).map(|folder| (folder, true)));
        places
    }

    /// The version of an asset, by its path from `content/`.
    pub fn version_of_asset(&self, path: &str) -> u64 {
        self.version(&format!("{}/{path}", sourcebook_core::dossier::load::CONTENT)).unwrap_or(0)
    }

    /// The path of a file that is known and still a file, which can be looked at alone.
    fn plain(&self, disk: &Disk, path: &Path) -> Option<Arc<str>> {
        let inside = path.strip_prefix(disk.root()).ok()?.to_str()?;
        let known = self.seen().files.get_key_value(inside).map(|(path, _)| path.clone())?;
        named::meta(path).is_some_and(|meta| meta.kind == Kind::File).then_some(known)
    }

    fn look_at(&self, disk: &Disk, paths: &[Arc<str>]) -> bool {
        let mut changed = false;
        for path in paths {
            let Some(file) = self.seen().files.get(path).cloned() else { continue };
            let now = disk.stamp(path);
            let read = || disk.read(path).ok();
            let (file, is_other) = file.again(now, true, read);
            changed |= is_other;
            self.seen().files.insert(path.clone(), file);
        }
        changed
    }

    fn look_at_everything(&self, disk: &Disk, hints: &[PathBuf]) -> bool {
        let (folders, files, captures) = {
            let seen = self.seen();
            (seen.folders.clone(), seen.files.clone(), seen.captures.clone())
        };
        let mut changed = false;
        let mut again = Seen::default();
        let mut stamps: HashMap<Arc<str>, Stamp> = HashMap::new();
        for (folder, before) in &folders {
            let survey = Arc::new(disk.survey(folder));
            changed |= !same_names(before, &survey);
            stamps.extend(survey.files.iter().map(|(entry, stamp)| (entry.path.clone(), *stamp)));
            again.folders.insert(folder.clone(), survey);
        }
        let listed = |path: &str| folders.keys().any(|folder| is_inside(path, folder));
        let hints: Vec<_> = hints.iter().filter_map(|p| p.strip_prefix(disk.root()).ok()?.to_str()).collect();
        for (path, file) in sorted(files) {
            let found = stamps.remove(&path);
            let now = if listed(&path) { found.ok_or(ReadError::Missing) } else { disk.stamp(&path) };
            let (file, is_other) = file.again(now, hints.contains(&&*path), || disk.read(&path).ok());
            changed |= is_other;
            again.files.insert(path, file);
        }
        for (path, stamp) in sorted(stamps) {
            changed = true;
            again.files.insert(path, File::new(Ok(stamp)));
        }
        again.files.retain(|path, file| file.stamp.is_ok() || !listed(path));
        for (name, file) in sorted(captures) {
            let read = || disk.capture(&name)?.ok();
            let (file, is_other) = file.again(disk.capture_stamp(&name), false, read);
            changed |= is_other;
            again.captures.insert(name, file);
        }
        *self.seen() = again;
        changed
    }

    fn survey(&self, folder: &str) -> Arc<Survey> {
        if let Some(survey) = self.seen().folders.get(folder) {
            return survey.clone();
        }
        let survey = Arc::new(self.disk().survey(folder));
        let mut seen = self.seen();
        for (entry, stamp) in &survey.files {
            seen.files.entry(entry.path.clone()).or_insert_with(|| File::new(Ok(*stamp)));
        }
        seen.folders.insert(folder.to_owned(), survey.clone());
        survey
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl World for Snapshot {
    fn list(&self, folder: &str) -> Vec<Entry> {
        self.survey(folder).files.iter().map(|(entry, _)| entry.clone()).collect()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let disk = self.disk();
        let stamp = disk.stamp(path);
        let read = disk.read(path);
        let mut seen = self.seen();
        let file = seen.files.entry(path.into()).or_insert_with(|| File::new(stamp.clone()));
        file.keep(&stamp, read.as_deref().ok());
        read
    }

    fn version(&self, path: &str) -> Option<u64> {
        self.seen().files.get(path).map(|file| file.version)
    }

    fn capture(&self, name: &str) -> Option<Result<Vec<u8>, ReadError>> {
        let disk = self.disk();
        let stamp = disk.capture_stamp(name);
        let read = disk.capture(name);
        let bytes = read.as_ref().and_then(|read| read.as_deref().ok());
        self.seen().captures.entry(name.into()).or_insert_with(|| File::new(stamp.clone())).keep(&stamp, bytes);
        read
    }

    fn past(&self) -> Option<Result<Box<dyn Past>, String>> {
        self.disk().past()
    }

    fn refused(&self, folder: &str) -> Vec<Refused> {
        self.survey(folder).refused.clone()
    }

    fn today(&self) -> Date {
        self.disk().today()
    }
}

impl File {
    fn new(stamp: Result<Stamp, ReadError>) -> Self {
        Self { stamp, version: VERSIONS.fetch_add(1, Ordering::Relaxed), hash: None }
    }

    /// Notes what was read. A stamp that is not the one seen is left for [`Snapshot::refresh`] to find.
    fn keep(&mut self, stamp: &Result<Stamp, ReadError>, bytes: Option<&[u8]>) {
        if self.stamp == *stamp && stamp.as_ref().is_ok_and(Stamp::is_fresh) {
            self.hash = bytes.map(blake3::hash);
        }
    }

    /// The file as it is now, and whether that is otherwise. `doubt` says that somebody saw it change.
    fn again(self, now: Result<Stamp, ReadError>, doubt: bool, read: impl FnOnce() -> Option<Vec<u8>>) -> (Self, bool) {
        if self.stamp != now {
            return (Self::new(now), true);
        }
        let is_fresh = now.as_ref().is_ok_and(Stamp::is_fresh);
        match self.hash {
            Some(hash) if !read().is_some_and(|bytes| blake3::hash(&bytes) == hash) => (Self::new(now), true),
            None if doubt && is_fresh => (Self::new(now), true),
            hash => (Self { hash: hash.filter(|_| is_fresh), ..self }, false),
        }
    }
}

/// Whether the same files and refusals stand there, whatever the files hold.
fn same_names(one: &Survey, other: &Survey) -> bool {
    let paths = |survey: &Survey| survey.files.iter().map(|(entry, _)| entry.path.clone()).collect::<Vec<_>>();
    one.refused == other.refused && paths(one) == paths(other)
}

fn is_inside(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| folder.is_empty() || rest.starts_with('/'))
}

fn sorted<T>(map: HashMap<Arc<str>, T>) -> Vec<(Arc<str>, T)> {
    let mut all: Vec<_> = map.into_iter().collect();
    all.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    all
}
