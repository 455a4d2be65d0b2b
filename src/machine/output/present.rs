//! What is in the output folder before a build: all of it ours, or none of it touched.

use std::collections::HashSet;
use std::io::{self, ErrorKind};

use rayon::prelude::*;

use super::{DERIVED, LOCK, MANIFEST, OutputError, PRIVATE, READS, RECIPE, STAMP, manifest, private, stamp};
use crate::held::{Folder, Kind};

/// A list of ours beyond this is none: some ten million paths.
const LONGEST: u64 = 1 << 30;

/// Files that the systems' own file browsers strew about. They are neither ours nor anyone's, and stay.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// The files and folders of earlier builds, by path from the output folder.
#[derive(Debug, Default)]
pub(super) struct Present {
    pub(super) files: HashSet<Box<str>>,
    folders: HashSet<Box<str>>,
}

/// Reads the folder.
pub(super) fn find(root: &Folder) -> Result<Present, OutputError> {
    let named = root.shown();
    let found = walk(root, "").map_err(|e| OutputError::system("read", named, e))?;
    let text = read_private(root, MANIFEST).map_err(|e| OutputError::system("read", named, e))?;
    let ours = match &text {
        Some(text) => manifest::parse(text).ok_or_else(|| OutputError::Manifest { dir: named.into() })?,
        None => Vec::new(),
    };
    let mut paths = found.others;
    let folders = folders_of(ours.iter().copied());
    paths.extend(found.folders.iter().filter(|path| !folders.contains(&***path)).map(|path| format!("{path}/")));
    let ours: HashSet<&str> = ours.into_iter().collect();
    paths.extend(found.files.iter().filter(|path| !ours.contains(&***path)).map(ToString::to_string));
    if !paths.is_empty() {
        paths.sort_unstable();
        return Err(OutputError::Foreign { dir: named.into(), paths });
    }
    Ok(Present { files: found.files.into_iter().collect(), folders: found.folders.into_iter().collect() })
}

/// Refuses a private folder that is a link, or holds one: what is written there must land there.
pub(super) fn check_private(root: &Folder) -> Result<(), OutputError> {
    let is = |path: &str, kind: Kind| match root.meta(path) {
        Ok(meta) => meta.kind == kind,
        Err(error) => error.kind() == ErrorKind::NotFound,
    };
    let files = [LOCK, MANIFEST, RECIPE, DERIVED, READS, STAMP];
    let plain = is(PRIVATE, Kind::Folder)
        && is(&private("new"), Kind::Folder)
        && files.iter().all(|name| is(&private(name), Kind::File));
    if plain { Ok(()) } else { Err(OutputError::Foreign { dir: root.shown().into(), paths: vec![PRIVATE.into()] }) }
}

/// What the last build says of its files.
#[derive(Debug, Default)]
pub(super) struct Trusted {
    pub(super) recipe: Option<String>,
    pub(super) derived: Option<String>,
    pub(super) reads: Option<Vec<u8>>,
    /// The line of the stamp that says which files there are, if it holds.
    pub(super) files: Option<String>,
}

impl Trusted {
    /// Nothing where that cannot be told, and then none is trusted. Derived files are not compared with what they are made
    /// from, so their lengths must at least be those that were written: a loss of power empties files that look well.
    pub(super) fn read(root: &Folder, present: &Present) -> Self {
        let bytes = |name| read_bytes(root, name).ok().flatten();
        let text = |name| bytes(name).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let stamped = text(STAMP).and_then(|text| text.lines().nth(1).map(str::to_owned));
        match stamped.filter(|files| stamp::of_present(root, &present.files).as_ref() == Some(files)) {
            Some(files) => {
                Self { recipe: text(RECIPE), derived: text(DERIVED), reads: bytes(READS), files: Some(files) }
            }
            None => Self::default(),
        }
    }
}

impl Present {
    /// The files that are not among `owned`, sorted.
    pub(super) fn orphans(&self, owned: &[Box<str>]) -> Vec<&str> {
        let mut orphans: Vec<_> =
            self.files.iter().filter(|path| owned.binary_search(path).is_err()).map(AsRef::as_ref).collect();
        orphans.sort_unstable();
        orphans
    }

    /// The files here and `owned`, sorted.
    pub(super) fn union<'a>(&'a self, owned: &'a [Box<str>]) -> Vec<&'a str> {
        let mut all: Vec<_> = self.files.iter().chain(owned).map(AsRef::as_ref).collect();
        all.par_sort_unstable();
        all.dedup();
        all
    }

    /// The topmost folder of a path that is not here.
    pub(super) fn missing_folder<'a>(&self, path: &'a str) -> Option<&'a str> {
        path.match_indices('/').map(|(i, _)| &path[..i]).find(|folder| !self.folders.contains(*folder))
    }

    /// The folders that hold none of `owned`, the deepest first.
    pub(super) fn folders_without(&self, owned: &[Box<str>]) -> Vec<&str> {
        let kept = folders_of(owned.iter().map(AsRef::as_ref));
        let mut without: Vec<_> = self.folders.iter().map(AsRef::as_ref).filter(|f| !kept.contains(f)).collect();
        without.sort_unstable_by(|a: &&str, b| b.cmp(a));
        without
    }
}

/// Every folder above any of the paths.
fn folders_of<'a>(paths: impl Iterator<Item = &'a str>) -> HashSet<&'a str> {
    let mut folders = HashSet::new();
    for path in paths {
        let above = path.rmatch_indices('/').map(|(i, _)| &path[..i]);
        above.take_while(|folder| folders.insert(*folder)).for_each(drop);
    }
    folders
}

#[derive(Default)]
struct Found {
    files: Vec<Box<str>>,
    folders: Vec<Box<str>>,
    /// Links, devices, names that are not UTF-8: nothing that a build writes.
    others: Vec<String>,
}

impl Found {
    fn join(mut self, mut other: Self) -> Self {
        // The longer takes the shorter, so that the whole costs n log n at worst.
        if self.files.len() + self.folders.len() < other.files.len() + other.folders.len() {
            std::mem::swap(&mut self, &mut other);
        }
        self.files.append(&mut other.files);
        self.folders.append(&mut other.folders);
        self.others.append(&mut other.others);
        self
    }
}

/// Everything below `folder` but what is private; in parallel, as a site of folders is slow to read.
fn walk(root: &Folder, folder: &str) -> io::Result<Found> {
    let (mut found, inner) = read_folder(root, folder)?;
    let below = inner.par_iter().map(|folder| walk(root, folder)).try_reduce(Found::default, |a, b| Ok(a.join(b)))?;
    found.folders.extend(inner);
    Ok(below.join(found))
}

fn read_folder(root: &Folder, folder: &str) -> io::Result<(Found, Vec<Box<str>>)> {
    let (mut found, mut inner) = (Found::default(), Vec::new());
    for (name, kind) in root.list(folder)? {
        let path = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        match (name.to_str(), kind) {
            (Some(PRIVATE), _) if folder.is_empty() => {}
            (Some(name), Kind::File) if LITTER.contains(&name) => {}
            (Some(name), Kind::File) => found.files.push((path + name).into()),
            (Some(name), Kind::Folder) => inner.push((path + name).into()),
            _ => found.others.push(path + &name.to_string_lossy()),
        }
    }
    Ok((found, inner))
}

pub(super) fn read_private(root: &Folder, name: &str) -> io::Result<Option<String>> {
    Ok(read_bytes(root, name)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
}

fn read_bytes(root: &Folder, name: &str) -> io::Result<Option<Vec<u8>>> {
    match root.read(private(name), LONGEST) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
