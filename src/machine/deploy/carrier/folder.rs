//! A folder of this machine, such as the one that a web server reads.
//!
//! 1. What is there is compared byte for byte with what should be.
//! 2. The manifest says what is coming; then files, each written beside its place and moved there; then removals.
//!
//! No link within the folder is followed: a file would end elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};
use std::path::Path;

use rayon::prelude::*;

use super::{Carrier, Failure, Site, outside, paths_below, read};
use crate::deploy::manifest::{self, Entry};
use crate::deploy::plan::parents;
use crate::deploy::{LocalFile, Manifest, Plan, Remote};
use crate::held::root::Place;
use crate::held::{Folder as Held, Kind, is_linked};
use crate::progress::Progress;
use crate::report::shown as said;
use sourcebook_core::base::path::PRIVATE;

/// What the names of staged files begin with.
const STAGED: &str = "new-";

/// Opens the folder, which need not be there yet.
///
/// # Errors
/// It lies in what is built, or around it; or it is there and cannot be opened.
pub fn open(path: &str, site: Site) -> Result<Folder, Failure> {
    let place = outside(&site, path)?;
    let to = match place.open(site.disk.folder()) {
        Ok(folder) => Some(folder),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(Failure::system("open", &place.path(site.root()), &error)),
    };
    if let Some(to) = &to {
        check_private(to)?;
    }
    Ok(Folder { to, place, site, manifest: Manifest::default() })
}

/// Refuses a private folder that is a link, or has one in the list's place: what is written there must land there.
fn check_private(to: &Held) -> Result<(), Failure> {
    for (path, wanted) in [(PRIVATE.to_owned(), Kind::Folder), (manifest::path(), Kind::File)] {
        match to.meta(&path) {
            Ok(meta) if meta.kind != wanted => {
                let what = if wanted == Kind::Folder { "folder" } else { "file" };
                let shown = to.shown().join(path);
                return Err(Failure(format!("`{}` is no {what}, and is to be one: take it away", said(&shown))));
            }
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(Failure::system("read", &to.shown().join(path), &error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// A folder.
pub struct Folder {
    place: Place,
    /// Once it is there.
    to: Option<Held>,
    site: Site,
    manifest: Manifest,
}

impl Carrier for Folder {
    fn place(&self) -> String {
        said(&self.place.path(self.site.root()))
    }

    fn look(&mut self, files: &[LocalFile]) -> Result<Remote, Failure> {
        let Some(to) = &self.to else { return Ok(Remote::default()) };
        let mut there: BTreeMap<String, bool> = paths_below(to)?.into_iter().map(|path| (path, false)).collect();
        let same: Vec<_> =
            files.par_iter().filter(|file| self.is_there(to, file)).map(|file| file.path.clone()).collect();
        there.extend(same.into_iter().map(|path| (path, true)));
        let text = to.read(manifest::path(), super::MOST).unwrap_or_default();
        self.manifest = Manifest::parse(&String::from_utf8_lossy(&text)).unwrap_or_default();
        Ok(Remote { there, ours: self.manifest.0.keys().cloned().collect() })
    }

    fn carry_out(&mut self, files: &[LocalFile], plan: &Plan, progress: &Progress) -> Result<(), Failure> {
        let to = match &self.to {
            Some(to) => to.clone(),
            None => {
                let made = self.place.make(self.site.disk.folder());
                made.map_err(|error| Failure::system("make", &self.place.path(self.site.root()), &error))?
            }
        };
        let wanted: BTreeSet<&str> = files.iter().map(|file| &*file.path).collect();
        let coming = wanted.iter().copied().chain(plan.removals.iter().flatten().map(String::as_str));
        write_manifest(&to, coming)?;
        let early = plan.obstacles(files);
        for path in &early {
            remove(&to, path)?;
        }
        for stage in &plan.uploads {
            stage.par_iter().try_for_each(|n| {
                progress.tick();
                put(&to, &files[*n].path, &self.site.read(&files[*n])?)
            })?;
        }
        for path in plan.removals.iter().flatten() {
            progress.tick();
            // What went early may have another in its place by now.
            if !early.contains(&**path) {
                remove(&to, path)?;
            }
        }
        sweep(&to);
        write_manifest(&to, wanted.into_iter())
    }
}

impl Folder {
    fn is_there(&self, to: &Held, file: &LocalFile) -> bool {
        let plain = to.meta(&file.path).is_ok_and(|meta| meta.kind == Kind::File && meta.len == file.size);
        plain
            && read(to, &file.path)
                .is_ok_and(|there| read(&self.site.output, &file.path).is_ok_and(|here| here == there))
    }
}

/// Whole or not at all.
fn put(to: &Held, path: &str, bytes: &[u8]) -> Result<(), Failure> {
    make_folder_of(to, path)?;
    let failed = |path: &str, error: &io::Error| Failure::system("write", &to.shown().join(path), error);
    let staged = format!("{PRIVATE}/{STAGED}{}", blake3::hash(path.as_bytes()).to_hex());
    // What a killed deploy left under its name.
    to.remove_file(&staged).and_then(|()| to.create(&staged, bytes)).map_err(|error| failed(&staged, &error))?;
    to.rename(&staged, path).map_err(|error| {
        let _ = to.remove_file(&staged);
        failed(path, &error)
    })
}

fn make_folder_of(to: &Held, path: &str) -> Result<(), Failure> {
    for folder in parents(path) {
        to.make_folder(folder).map_err(|error| {
            let shown = to.shown().join(folder);
            if is_linked(&error) || error.kind() == ErrorKind::AlreadyExists {
                let message = format!("`{}` is no folder, and `{path}` needs one: take it away", said(&shown));
                return Failure(message);
            }
            Failure::system("make", &shown, &error)
        })?;
    }
    Ok(())
}

/// A file, and the folders that are empty without it. What lies behind a link is not ours.
fn remove(to: &Held, path: &str) -> Result<(), Failure> {
    match to.remove_file(path) {
        Err(error) if is_linked(&error) || error.kind() == ErrorKind::NotADirectory => return Ok(()),
        Err(error) => return Err(Failure::system("remove", &to.shown().join(path), &error)),
        Ok(()) => {}
    }
    let mut folders: Vec<_> = parents(path).collect();
    folders.reverse();
    for folder in folders {
        if to.remove_empty(folder).is_err() || to.meta(folder).is_ok() {
            break;
        }
    }
    Ok(())
}

/// What a killed deploy staged and never moved.
fn sweep(to: &Held) {
    for (name, kind) in to.list(PRIVATE).unwrap_or_default() {
        if kind == Kind::File && name.to_string_lossy().starts_with(STAGED) {
            let _ = to.remove_file(Path::new(PRIVATE).join(name));
        }
    }
}

fn write_manifest<'a>(to: &Held, paths: impl Iterator<Item = &'a str>) -> Result<(), Failure> {
    let manifest = Manifest(paths.map(|path| (path.to_owned(), Entry::default())).collect());
    let written = to.make_folder(PRIVATE).and_then(|()| to.replace(manifest::path(), manifest.print().as_bytes()));
    let failed = |error| Failure::system("write", &to.shown().join(manifest::path()), &error);
    written.map(drop).map_err(failed)
}
