//! A folder of this machine, such as the one that a web server reads.
//!
//! 1. What is there is compared byte for byte with what should be.
//! 2. The manifest says what is coming; then files, each written beside its place and moved there; then removals.
//!
//! No link within the folder is followed: a file would end elsewhere.
#![expect(clippy::disallowed_methods, reason = "the target is no part of the dossier's World")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Carrier, Failure, Site, outside, paths_below};
use crate::deploy::manifest::{self, Entry};
use crate::deploy::plan::parents;
use crate::deploy::{LocalFile, Manifest, Plan, Remote};
use crate::progress::Progress;
use sourcebook_core::base::path::PRIVATE;

/// What the names of staged files begin with.
const STAGED: &str = "new-";

/// Opens the folder, which need not be there yet.
///
/// # Errors
/// It lies in what is built, or around it.
pub fn open(path: &str, site: Site) -> Result<Folder, Failure> {
    Ok(Folder { to: outside(&site, path)?, site, manifest: Manifest::default() })
}

/// A folder.
pub struct Folder {
    to: PathBuf,
    site: Site,
    manifest: Manifest,
}

impl Carrier for Folder {
    fn place(&self) -> String {
        self.to.display().to_string()
    }

    fn look(&mut self, files: &[LocalFile]) -> Result<Remote, Failure> {
        let mut there: BTreeMap<String, bool> = match self.to.is_dir() {
            true => paths_below(&self.to)?.into_iter().map(|path| (path, false)).collect(),
            false => BTreeMap::new(),
        };
        let same: Vec<_> = files.par_iter().filter(|file| self.is_there(file)).map(|file| file.path.clone()).collect();
        there.extend(same.into_iter().map(|path| (path, true)));
        let text = fs::read_to_string(self.to.join(manifest::path())).unwrap_or_default();
        self.manifest = Manifest::parse(&text).unwrap_or_default();
        Ok(Remote { there, ours: self.manifest.0.keys().cloned().collect() })
    }

    fn carry_out(&mut self, files: &[LocalFile], plan: &Plan, progress: &Progress) -> Result<(), Failure> {
        let wanted: BTreeSet<&str> = files.iter().map(|file| &*file.path).collect();
        let coming = wanted.iter().copied().chain(plan.removals.iter().flatten().map(String::as_str));
        self.write_manifest(coming)?;
        let early = plan.obstacles(files);
        for path in &early {
            self.remove(path)?;
        }
        for stage in &plan.uploads {
            stage.par_iter().try_for_each(|n| {
                progress.tick();
                self.put(&files[*n].path, &self.site.read(&files[*n])?)
            })?;
        }
        for path in plan.removals.iter().flatten() {
            progress.tick();
            // What went early may have another in its place by now.
            if !early.contains(&**path) {
                self.remove(path)?;
            }
        }
        self.sweep();
        self.write_manifest(wanted.into_iter())
    }
}

impl Folder {
    fn is_there(&self, file: &LocalFile) -> bool {
        let path = self.to.join(&file.path);
        let plain = fs::symlink_metadata(&path).is_ok_and(|meta| meta.is_file() && meta.len() == file.size);
        plain
            && fs::read(&path)
                .is_ok_and(|there| fs::read(self.site.output.join(&file.path)).is_ok_and(|here| here == there))
    }

    /// Whole or not at all.
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        self.make_folder_of(path)?;
        let to = self.to.join(path);
        let staged = self.to.join(PRIVATE).join(format!("{STAGED}{}", blake3::hash(path.as_bytes()).to_hex()));
        fs::write(&staged, bytes).map_err(|error| Failure::system("write", &staged, &error))?;
        fs::rename(&staged, &to).map_err(|error| {
            let _ = fs::remove_file(&staged);
            Failure::system("write", &to, &error)
        })
    }

    fn make_folder_of(&self, path: &str) -> Result<(), Failure> {
        for folder in parents(path) {
            let folder = self.to.join(folder);
            match fs::symlink_metadata(&folder) {
                Ok(meta) if meta.is_dir() => {}
                Ok(_) => {
                    let message = format!("`{}` is no folder, and `{path}` needs one: take it away", folder.display());
                    return Err(Failure(message));
                }
                Err(_) => match fs::create_dir(&folder) {
                    Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                        return Err(Failure::system("make", &folder, &error));
                    }
                    _ => {}
                },
            }
        }
        Ok(())
    }

    /// A file, and the folders that are empty without it.
    fn remove(&self, path: &str) -> Result<(), Failure> {
        if parents(path).any(|folder| fs::symlink_metadata(self.to.join(folder)).is_ok_and(|meta| meta.is_symlink())) {
            return Ok(());
        }
        let at = self.to.join(path);
        match fs::remove_file(&at) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(Failure::system("remove", &at, &error));
            }
            _ => {}
        }
        let mut folders: Vec<_> = parents(path).collect();
        folders.reverse();
        for folder in folders {
            if fs::remove_dir(self.to.join(folder)).is_err() {
                break;
            }
        }
        Ok(())
    }

    /// What a killed deploy staged and never moved.
    fn sweep(&self) {
        for entry in fs::read_dir(self.to.join(PRIVATE)).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(STAGED) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn write_manifest<'a>(&self, paths: impl Iterator<Item = &'a str>) -> Result<(), Failure> {
        let manifest = Manifest(paths.map(|path| (path.to_owned(), Entry::default())).collect());
        let path = self.to.join(manifest::path());
        let text = manifest.print();
        if fs::read(&path).is_ok_and(|old| old == text.as_bytes()) {
            return Ok(());
        }
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(|error| Failure::system("make", folder, &error))?;
        crate::replace::replace(&path, text.as_bytes())
            .map(drop)
            .map_err(|error| Failure::system("write", &path, &error))
    }
}
