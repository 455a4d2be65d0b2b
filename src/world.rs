//! The only door to the writer's files and to today's date.

use std::fmt;
use std::sync::Arc;

/// What stands at a path of the dossier.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Path from the dossier's root, with `/` and without `.` or `..`.
    pub path: Arc<str>,
    /// Bytes.
    pub size: u64,
}

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// There is no such file.
    Missing,
    /// A link, or a path, that leads out of the dossier.
    Outside,
    /// Anything else the system says.
    Other(String),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => write!(f, "there is no such file"),
            Self::Outside => write!(f, "the path leads out of the dossier"),
            Self::Other(message) => write!(f, "{message}"),
        }
    }
}

/// A dossier's files, as the phases see them: a disk, a test's map, an editor's buffers.
pub trait World: Sync {
    /// All files below a folder (`content`, `themes/default`), sorted by path; links that lead out of the
    /// dossier are listed by [`World::refused`] instead. A folder that is not there holds nothing.
    fn list(&self, folder: &str) -> Vec<Entry>;

    /// The bytes of a file.
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError>;

    /// The bytes of a capture, by its name in the captures folder; `None` where there is no such folder at all.
    fn capture(&self, name: &str) -> Option<Result<Vec<u8>, ReadError>>;

    /// Links below a folder that lead out of the dossier.
    fn refused(&self, folder: &str) -> Vec<Arc<str>>;

    /// Today, as an ISO date; from `SOURCE_DATE_EPOCH` where that is set. Only checks use it, never the output.
    fn today(&self) -> jiff::civil::Date;
}
