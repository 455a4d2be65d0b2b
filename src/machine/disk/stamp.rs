//! What tells two states of a file apart without reading it.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::walk::Found;
use super::{Disk, read_error};
use crate::held::{Folder, Kind, Meta};
use sourcebook_core::base::world::{Entry, ReadError, Refused};

/// Times are no finer than the kernel's tick: a file that was just written may be written again within the same.
const TICK: Duration = Duration::from_millis(100);

/// Size, times and number of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    size: u64,
    modified: SystemTime,
    changed: (u64, i64, i64),
}

/// All that stands below a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// Files by path, each with its stamp.
    pub files: Vec<(Entry, Stamp)>,
    /// What is passed over, by path.
    pub refused: Vec<Refused>,
    /// Where links lead.
    pub links: Vec<PathBuf>,
}

impl Stamp {
    /// The stamp of what the system says of a file.
    pub fn of(meta: &Meta) -> Self {
        Self { size: meta.len, modified: meta.modified, changed: meta.changed }
    }

    /// Whether the file was written so lately that another write might leave the same stamp.
    #[expect(clippy::disallowed_methods, reason = "the file's times are compared with the system's")]
    pub fn is_fresh(&self) -> bool {
        let age = |time: SystemTime| SystemTime::now().duration_since(time).unwrap_or_default();
        let (_, seconds, nanos) = self.changed;
        let since = Duration::new(u64::try_from(seconds).unwrap_or(0), u32::try_from(nanos).unwrap_or(0));
        age(self.modified) < TICK || age(SystemTime::UNIX_EPOCH + since) < TICK
    }
}

impl Disk {
    /// What [`World::list`](sourcebook_core::base::world::World::list) and [`World::refused`](sourcebook_core::base::world::World::refused) tell, in one
    /// walk, with stamps.
    pub fn survey(&self, folder: &str) -> Survey {
        let mut survey = Survey::default();
        self.walk(folder, &mut |found| match found {
            Err(refused) => survey.refused.push(refused),
            Ok(Found { path, meta, .. }) => {
                survey.files.push((Entry { path, size: meta.len }, Stamp::of(&meta)));
            }
        });
        survey.links = self.links_below(folder);
        survey.files.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        survey.refused.sort_unstable();
        survey
    }

    /// The stamp of a file of the dossier, or why it has none.
    pub fn stamp(&self, path: &str) -> Result<Stamp, ReadError> {
        stamp(&self.folder, &self.resolve(path)?)
    }

    /// The stamp of a capture, or why it has none.
    pub fn capture_stamp(&self, name: &str) -> Result<Stamp, ReadError> {
        let (folder, path) = self.capture_at(name).unwrap_or(Err(ReadError::Missing))?;
        stamp(folder, &path)
    }

    /// Whether both have the same root, captures and output.
    pub fn is_same_folder(&self, other: &Self) -> bool {
        (self.root(), self.captures(), &self.aside) == (other.root(), other.captures(), &other.aside)
    }

    /// The captures folder, if there is one.
    pub fn captures(&self) -> Option<&Path> {
        self.captures.as_ref().map(Folder::shown)
    }
}

fn stamp(folder: &Folder, path: &Path) -> Result<Stamp, ReadError> {
    let meta = folder.meta(path).map_err(read_error)?;
    match meta.kind {
        Kind::File => Ok(Stamp::of(&meta)),
        _ => Err(ReadError::Other("it is not a file".into())),
    }
}
