//! The site to where it is read.
//!
//! 1. [`files`] reads the output folder: what is to be there.
//! 2. A target is opened ([`open`]) and looked at ([`Carrier::look`]): what is there.
//! 3. [`crate::deploy::plan`] says what to do, and [`Carrier::carry_out`] does it.
//!
//! Each kind of target keeps the same promises: what was put there by other hands is left alone; a file is either old or
//! new, never half; a page is never up without its parts; and a deploy that was killed is mended by the next.
//!
//! - [`store`]: object stores. [`folder`]: a folder. [`rsync`], [`git`]: by these programs.

pub mod folder;
pub mod git;
mod program;
pub mod rsync;
mod scratch;
pub mod store;

use std::collections::HashSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::deploy::file::Names;
use crate::deploy::redact::Redactor;
use crate::deploy::{LocalFile, Plan, Remote};
use crate::progress::Progress;
use sourcebook_core::base::path::PRIVATE;
use sourcebook_core::dossier::config::{Place, Target};

/// Why a deploy cannot begin or go on: a sentence for the person at the terminal.
#[derive(Debug)]
pub struct Failure(pub String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Failure {
    fn system(doing: &str, path: &Path, error: &std::io::Error) -> Self {
        Self(format!("cannot {doing} `{}`: {error}", path.display()))
    }
}

/// What a deploy is about.
#[derive(Clone, Debug)]
pub struct Site {
    /// The dossier's folder.
    pub root: PathBuf,
    /// The folder that was built.
    pub output: PathBuf,
    /// What to do although it may hurt: pass the brake, overwrite what another deploy put there meanwhile.
    pub force: bool,
}

impl Site {
    /// The bytes of a file, which must still be those that were planned for.
    fn read(&self, file: &LocalFile) -> Result<Vec<u8>, Failure> {
        let bytes = read(&self.output.join(&file.path))?;
        let now = LocalFile::of(&file.path, &bytes, &Names::default());
        if (now.size, now.md5) != (file.size, file.md5.clone()) {
            let message =
                format!("`{}` has changed since it was built: another build is at work; try again", file.path);
            return Err(Failure(message));
        }
        Ok(bytes)
    }
}

/// Brings files to one place.
pub trait Carrier {
    /// The place, as a person would name it.
    fn place(&self) -> String;

    /// What is there.
    ///
    /// # Errors
    /// It cannot be reached, or may not be read.
    fn look(&mut self, files: &[LocalFile]) -> Result<Remote, Failure>;

    /// Does what the plan says. Another try after a failure ends right.
    ///
    /// # Errors
    /// What could not be done; what was done until then stays done.
    fn carry_out(&mut self, files: &[LocalFile], plan: &Plan, progress: &Progress) -> Result<(), Failure>;
}

/// Opens a target. What it learns that must not be printed goes to the redactor.
///
/// # Errors
/// The target cannot be what its configuration says.
pub fn open(target: &Target, site: Site, secrets: &mut Redactor) -> Result<Box<dyn Carrier>, Failure> {
    Ok(match &target.place {
        Place::Store(at) => Box::new(store::open(at, site, secrets)?),
        Place::Git { remote, branch, message } => Box::new(git::open(remote, branch, message, site)?),
        Place::Rsync { destination } => Box::new(rsync::open(destination, site)?),
        Place::Folder { path } => Box::new(folder::open(path, site)?),
    })
}

/// Knows the secrets of the environment.
pub fn secrets() -> Redactor {
    let text = |value: std::ffi::OsString| value.to_string_lossy().into_owned();
    Redactor::of(std::env::vars_os().map(|(name, value)| (text(name), text(value))))
}

/// Every file of the output folder, by path; `hashed` are named by their content.
///
/// # Errors
/// A file cannot be read.
pub fn files(output: &Path, hashed: HashSet<String>) -> Result<Vec<LocalFile>, Failure> {
    let paths = paths_below(output)?;
    let names = Names { all: paths.iter().cloned().collect(), hashed };
    paths.par_iter().map(|path| Ok(LocalFile::of(path, &read(&output.join(path))?, &names))).collect()
}

/// Paths of files, with `/`, sorted; what is ours and no part of the site is left out.
fn paths_below(folder: &Path) -> Result<Vec<String>, Failure> {
    let mut paths = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| Failure(format!("cannot read `{}`: {error}", folder.display())))?;
        let within = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        if !entry.file_type().is_file() || within.starts_with(PRIVATE) {
            continue;
        }
        let parts: Vec<_> = within.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        paths.push(parts.join("/"));
    }
    paths.sort_unstable();
    Ok(paths)
}

#[expect(clippy::disallowed_methods, reason = "the output is no part of the dossier's World")]
fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure::system("read", path, &error))
}

/// Where a path of `site.toml` leads, from the dossier's root.
///
/// # Errors
/// It leads into the dossier's output, or around the dossier: a deploy would mix with what it is made of.
fn outside(site: &Site, path: &str) -> Result<PathBuf, Failure> {
    let target = site.root.join(path);
    // What is not there yet has a parent that is.
    let real = |path: &Path| {
        let there = path.ancestors().find_map(|folder| {
            let real = folder.canonicalize().ok()?;
            Some(real.join(path.strip_prefix(folder).unwrap_or(Path::new(""))))
        });
        there.unwrap_or_else(|| path.to_owned())
    };
    let (there, output, root) = (real(&target), real(&site.output), real(&site.root));
    if there.starts_with(&output) || output.starts_with(&there) || root.starts_with(&there) {
        let message = format!("`{path}` lies in or around what is built: choose a folder outside the dossier");
        return Err(Failure(message));
    }
    Ok(target)
}
