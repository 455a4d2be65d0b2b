//! The only door to the writer's files and to today's date.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use super::past::Past;

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
    /// A path into the captures folder, which only [`World::capture`] reads.
    Private,
    /// Anything else the system says.
    Other(String),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => write!(f, "there is no such file"),
            Self::Outside => write!(f, "the path leads out of the dossier"),
            Self::Private => write!(f, "the path leads into the captures folder, which is private"),
            Self::Other(message) => write!(f, "{message}"),
        }
    }
}

/// What stands below a folder and is passed over.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refused {
    /// Path from the dossier's root, with `/`; what is not UTF-8 in it is replaced.
    pub path: Arc<str>,
    /// Why.
    pub why: Refusal,
}

/// Why a file or folder is passed over.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// A link that leads out of the dossier.
    Outside,
    /// A link that leads into the captures folder, which is private.
    Private,
    /// A link that leads nowhere.
    Broken,
    /// A link to a folder that it lies in, or one reached through too many links.
    Loop,
    /// The name is not UTF-8.
    Name,
    /// It cannot be read, or it is neither a file nor a folder.
    Unreadable(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outside => write!(f, "the link leads out of the dossier"),
            Self::Private => write!(f, "the link leads into the captures folder, which is private"),
            Self::Broken => write!(f, "the link leads nowhere"),
            Self::Loop => write!(f, "the link leads in a circle, or through too many other links"),
            Self::Name => write!(f, "the name is not UTF-8"),
            Self::Unreadable(message) => write!(f, "{message}"),
        }
    }
}

/// A dossier's files, as the phases see them: a disk, a test's map, an editor's buffers.
pub trait World: Sync {
    /// All files below a folder (`content`, `themes/default`), sorted by path, but hidden ones, those of
    /// editors, and the captures and output folders. What cannot be listed is told by [`World::refused`] instead. A
    /// folder that is not there holds nothing.
    fn list(&self, folder: &str) -> Vec<Entry>;

    /// The bytes of a file.
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError>;

    /// A number that stays the same only while a file's bytes do; `None` where that is not known, and the file must be
    /// read to know.
    fn version(&self, _path: &str) -> Option<u64> {
        None
    }

    /// The bytes of a capture, by its name in the captures folder; `None` where there is no such folder at all.
    fn capture(&self, name: &str) -> Option<Result<Vec<u8>, ReadError>>;

    /// The captures that a repository of git keeps, by their names in the captures folder.
    fn tracked_captures(&self) -> BTreeSet<String> {
        BTreeSet::new()
    }

    /// What git keeps of `content/`, or why nothing of it can be known; `None` for a world that has no past to ask.
    fn past(&self) -> Option<Result<Box<dyn Past>, String>> {
        None
    }

    /// What is passed over below a folder, sorted by path: links that lead out of the dossier, unreadable names.
    fn refused(&self, folder: &str) -> Vec<Refused>;

    /// Today, as an ISO date; from `SOURCE_DATE_EPOCH` where that is set. Only checks use it, never the output.
    fn today(&self) -> jiff::civil::Date;
}
