//! Why an output folder cannot be written, and what to do about it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::PathFault;
use crate::report::shown;

/// Why an output folder cannot be written.
#[derive(Debug)]
pub enum OutputError {
    /// It holds what no build of ours wrote.
    Foreign {
        /// The folder, as it was named.
        dir: PathBuf,
        /// Paths in it, sorted.
        paths: Vec<String>,
    },
    /// Another build is at work in it.
    Busy {
        /// The folder.
        dir: PathBuf,
    },
    /// Its manifest is not one that this version can read.
    Manifest {
        /// The folder.
        dir: PathBuf,
    },
    /// A path that cannot be published.
    Path {
        /// The path.
        path: String,
        /// Why not.
        fault: PathFault,
    },
    /// Two pages for one path.
    Twice {
        /// The path.
        path: String,
    },
    /// What the system says.
    System {
        /// A verb: "write", "remove".
        doing: &'static str,
        /// What it was done to, from the output folder where it lies in it.
        path: PathBuf,
        /// Its words.
        error: io::Error,
    },
}

impl OutputError {
    pub(super) fn system(doing: &'static str, path: &Path, error: io::Error) -> Self {
        Self::System { doing, path: path.into(), error }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign { dir, paths } => write!(
                f,
                "the output folder `{}` holds what no build wrote: {}; choose another folder, or move this out of it",
                shown(dir),
                some_of(paths)
            ),
            Self::Busy { dir } => {
                write!(
                    f,
                    "another build is writing to `{}`; wait until it is done, or choose another folder",
                    shown(dir)
                )
            }
            Self::Manifest { dir } => write!(
                f,
                "the list of written files in `{}` is damaged or of another version; choose another folder, or remove \
                 this one by hand",
                shown(dir)
            ),
            Self::Path { path, fault } => write!(f, "`{}` cannot be published: {fault}", path.escape_debug()),
            Self::Twice { path } => write!(f, "two pages would be written to `{path}`"),
            Self::System { doing, path, error } => write!(f, "cannot {doing} `{}`: {error}", shown(path)),
        }
    }
}

impl std::error::Error for OutputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::System { error, .. } => Some(error),
            _ => None,
        }
    }
}

/// The first three, and how many more.
fn some_of(paths: &[String]) -> String {
    let shown: Vec<_> = paths.iter().take(3).map(|path| format!("`{}`", path.escape_debug())).collect();
    match paths.len().saturating_sub(3) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
