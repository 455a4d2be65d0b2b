//! What tells two states of a file apart without reading it.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::{Disk, read_error};
use sourcebook_core::base::world::{Entry, ReadError, Refused};

/// Times are no finer than the kernel's tick: a file that was just written may be written again within the same.
const TICK: Duration = Duration::from_millis(100);

/// Size, times and number of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    #[cfg(unix)]
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
    /// The stamp of a file's metadata.
    pub fn of(data: &Metadata) -> Self {
        #[cfg(unix)]
        let changed = {
            use std::os::unix::fs::MetadataExt;
            (data.ino(), data.ctime(), data.ctime_nsec())
        };
        Self {
            size: data.len(),
            modified: data.modified().ok(),
            #[cfg(unix)]
            changed,
        }
    }

    /// Whether the file was written so lately that another write might leave the same stamp.
    #[expect(clippy::disallowed_methods, reason = "the file's times are compared with the system's")]
    pub fn is_fresh(&self) -> bool {
        let age = |time: SystemTime| SystemTime::now().duration_since(time).unwrap_or_default();
        self.modified.is_none_or(|time| age(time) < TICK) || self.is_changed_of_late(age)
    }

    #[cfg(unix)]
    fn is_changed_of_late(&self, age: impl Fn(SystemTime) -> Duration) -> bool {
        let (_, seconds, nanos) = self.changed;
        let since = Duration::new(u64::try_from(seconds).unwrap_or(0), u32::try_from(nanos).unwrap_or(0));
        age(SystemTime::UNIX_EPOCH + since) < TICK
    }

    #[cfg(not(unix))]
    fn is_changed_of_late(&self, _age: impl Fn(SystemTime) -> Duration) -> bool {
        false
    }
}

impl Disk {
    /// What [`World::list`](sourcebook_core::base::world::World::list) and [`World::refused`](sourcebook_core::base::world::World::refused) tell, in one
    /// walk, with stamps.
    pub fn survey(&self, folder: &str) -> Survey {
        let mut survey = Survey::default();
        self.walk(folder, |found| match found {
            Err(refused) => survey.refused.push(refused),
            Ok(entry) => {
                survey.links.extend(entry.path_is_symlink().then(|| entry.path().canonicalize().ok()).flatten());
                if let Some(data) = entry.metadata().ok().filter(Metadata::is_file) {
                    let path = self.path_of(entry.path());
                    survey.files.push((Entry { path, size: data.len() }, Stamp::of(&data)));
                }
            }
        });
        survey.files.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        survey.refused.sort_unstable();
        survey
    }

    /// The stamp of a file of the dossier, or why it has none.
    pub fn stamp(&self, path: &str) -> Result<Stamp, ReadError> {
        stamp(&self.resolve(path)?)
    }

    /// The stamp of a capture, or why it has none.
    pub fn capture_stamp(&self, name: &str) -> Result<Stamp, ReadError> {
        self.captures.as_ref().map_or(Err(ReadError::Missing), |captures| stamp(&captures.join(name)))
    }

    /// Whether both have the same root, captures and output.
    pub fn is_same_folder(&self, other: &Self) -> bool {
        (&self.root, &self.captures, &self.aside) == (&other.root, &other.captures, &other.aside)
    }

    /// The captures folder, if there is one.
    pub fn captures(&self) -> Option<&Path> {
        self.captures.as_deref()
    }
}

fn stamp(path: &Path) -> Result<Stamp, ReadError> {
    let data = path.metadata().map_err(read_error)?;
    if data.is_file() { Ok(Stamp::of(&data)) } else { Err(ReadError::Other("it is not a file".into())) }
}
