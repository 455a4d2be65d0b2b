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
use std::path::Path;

use rayon::prelude::*;

use crate::deploy::file::Names;
use crate::deploy::redact::Redactor;
use crate::deploy::{LocalFile, Plan, Remote};
use crate::disk::Disk;
use crate::held::root::Place as Where;
use crate::held::{Folder, Kind};
use crate::progress::Progress;
use crate::report::shown;
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
        Self(format!("cannot {doing} `{}`: {error}", shown(path)))
    }
}

/// What a deploy is about.
#[derive(Clone, Debug)]
pub struct Site {
    /// The dossier.
    pub disk: Disk,
    /// The folder that was built.
    pub output: Folder,
    /// What to do although it may hurt: pass the brake, overwrite what another deploy put there meanwhile.
    pub force: bool,
}

impl Site {
    /// The dossier's folder.
    fn root(&self) -> &Path {
        self.disk.root()
    }

    /// The bytes of a file, which must still be those that were planned for.
    fn read(&self, file: &LocalFile) -> Result<Vec<u8>, Failure> {
        let bytes = read(&self.output, &file.path)?;
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
pub fn files(output: &Folder, hashed: HashSet<String>) -> Result<Vec<LocalFile>, Failure> {
    let paths = paths_below(output)?;
    let names = Names { all: paths.iter().cloned().collect(), hashed };
    paths.par_iter().map(|path| Ok(LocalFile::of(path, &read(output, path)?, &names))).collect()
}

/// Paths of files, with `/`, sorted; what is ours and no part of the site is left out, and so is what is no file, and what
/// has a name that no site of ours can have.
fn paths_below(folder: &Folder) -> Result<Vec<String>, Failure> {
    let mut paths = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(inner) = folders.pop() {
        let found = folder.list(&inner);
        for (name, kind) in found.map_err(|error| Failure::system("read", &folder.shown().join(&inner), &error))? {
            let Some(name) = name.to_str().filter(|name| !inner.is_empty() || *name != PRIVATE) else { continue };
            let path = if inner.is_empty() { name.to_owned() } else { format!("{inner}/{name}") };
            match kind {
                Kind::Folder => folders.push(path),
                Kind::File => paths.push(path),
                Kind::Link | Kind::Other => {}
            }
        }
    }
    paths.sort_unstable();
    Ok(paths)
}

/// A file of the site beyond this is none.
const MOST: u64 = 8 << 30;

fn read(folder: &Folder, path: &str) -> Result<Vec<u8>, Failure> {
    folder.read(path, MOST).map_err(|error| Failure::system("read", &folder.shown().join(path), &error))
}

/// Where a path of `site.toml` leads, from the dossier's root.
///
/// # Errors
/// It leads into what the site is made of, or around it, by whatever way; or out of the dossier by a link.
fn outside(site: &Site, path: &str) -> Result<Where, Failure> {
    let place = site.disk.place(path).map_err(|error| Failure(error.to_string()))?;
    let (there, root) = (place.path(site.root()), site.root());
    let output = crate::held::named::whole(site.output.shown());
    let inside = |folder: &Path| there.starts_with(folder) || folder.starts_with(&there);
    let made_of = ["content", "themes"].iter().any(|name| inside(&root.join(name)));
    let why = match site.disk.is_taken(&place) {
        Some(why) => why,
        None if inside(&output) => "the site is built there",
        None if made_of => "the dossier is written there",
        None => return Ok(place),
    };
    Err(Failure(format!("`{path}` lies in or around what is built ({why}): choose a folder outside the dossier")))
}
