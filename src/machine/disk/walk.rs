//! Everything below a folder of the dossier, each folder listed from the root that is held.

use std::ffi::OsStr;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Disk, is_passed_over};
use crate::held::{Kind, Meta, is_linked, named};
use sourcebook_core::base::world::{ReadError, Refusal, Refused};

/// How many links a listing goes through on its way down. Folders full of links to each other would otherwise be
/// listed once for each of their orders.
const LINKS: usize = 2;

/// A file below the folder.
pub(super) struct Found {
    /// From the root, with `/`, by the names that lead there.
    pub(super) path: Arc<str>,
    pub(super) meta: Meta,
}

/// What is done with each file, and with what is passed over.
pub(super) type Each<'a> = &'a mut dyn FnMut(Result<Found, Refused>);

/// A folder on the way down.
struct Here<'a> {
    /// By the names that lead there.
    shown: &'a Path,
    /// Where that is: from the root, without links.
    real: &'a Path,
    /// The real folders above it on this way.
    above: &'a [PathBuf],
    /// How many links lead here.
    links: usize,
}

impl Disk {
    /// Goes through everything below a folder, telling `each` what is there.
    pub(super) fn walk(&self, folder: &str, each: Each<'_>) {
        let shown = Path::new(folder);
        match self.resolve(folder) {
            Ok(real) => self.walk_in(&Here { shown, real: &real, above: &[], links: 0 }, each),
            // A folder that is not there holds nothing; one that is a link to nowhere is told, as any other.
            Err(ReadError::Missing) if !named::is_there(&self.root().join(folder)) => {}
            Err(_) if folder.starts_with(['.', '/']) => {}
            Err(error) => tell(shown, refusal(error), each),
        }
    }

    /// Where links lead, of those that are followed below a folder.
    pub(super) fn links_below(&self, folder: &str) -> Vec<PathBuf> {
        let mut links = Vec::new();
        let Ok(real) = self.resolve(folder) else { return links };
        let mut seen = vec![real];
        while let Some(folder) = seen.pop() {
            for (name, kind) in self.folder.list(&folder).unwrap_or_default() {
                let at = folder.join(&name);
                match kind {
                    _ if is_passed_over(&name) => {}
                    Kind::Folder if !self.is_aside(&self.root().join(&at)) => seen.push(at),
                    Kind::Link => links.extend(self.locate(&self.root().join(at)).ok().map(|to| self.root().join(to))),
                    _ => {}
                }
            }
        }
        links
    }

    fn walk_in(&self, here: &Here<'_>, each: Each<'_>) {
        let names = match self.folder.look(here.real) {
            Ok(names) => names,
            Err(error) => return tell(here.shown, why(&error), each),
        };
        let mut above = here.above.to_vec();
        above.push(here.real.to_owned());
        for (name, meta) in names.into_iter().filter(|(name, _)| !is_passed_over(name)) {
            let (shown, real) = (here.shown.join(&name), here.real.join(&name));
            let found = match meta {
                _ if name.to_str().is_none() => Err(Refusal::Name),
                Err(error) => Err(why(&error)),
                Ok(meta) if meta.kind == Kind::Link => self.through(here, &real, &above),
                Ok(_) if self.is_aside(&self.root().join(&real)) => continue,
                Ok(meta) => Ok((real, meta, here.links)),
            };
            match found {
                Err(refusal) => tell(&shown, refusal, each),
                Ok((real, meta, links)) => match meta.kind {
                    Kind::File => each(Ok(Found { path: path_of(&shown), meta })),
                    Kind::Folder => self.walk_in(&Here { shown: &shown, real: &real, above: &above, links }, each),
                    // Reading a device or a pipe may never end.
                    Kind::Link | Kind::Other => {
                        tell(&shown, Refusal::Unreadable("it is neither a file nor a folder".into()), each);
                    }
                },
            }
        }
    }

    /// What a link leads to.
    fn through(&self, here: &Here<'_>, link: &Path, above: &[PathBuf]) -> Result<(PathBuf, Meta, usize), Refusal> {
        let real = self.locate(&self.root().join(link)).map_err(refusal)?;
        if here.links >= LINKS || above.contains(&real) {
            return Err(Refusal::Loop);
        }
        let meta = self.folder.meta(&real).map_err(|error| why(&error))?;
        Ok((real, meta, here.links + 1))
    }
}

/// Why a link is not followed.
fn refusal(error: ReadError) -> Refusal {
    match error {
        ReadError::Private => Refusal::Private,
        ReadError::Outside => Refusal::Outside,
        ReadError::Missing => Refusal::Broken,
        ReadError::Other(message) => Refusal::Unreadable(message),
    }
}

fn tell(shown: &Path, why: Refusal, each: Each<'_>) {
    each(Err(Refused { path: path_of(shown), why }));
}

fn why(error: &io::Error) -> Refusal {
    match error.kind() {
        ErrorKind::NotFound => Refusal::Broken,
        _ if is_linked(error) => Refusal::Outside,
        kind => Refusal::Unreadable(kind.to_string()),
    }
}

/// The path from the root, with `/`.
fn path_of(path: &Path) -> Arc<str> {
    path.iter().map(OsStr::to_string_lossy).collect::<Vec<_>>().join("/").into()
}
