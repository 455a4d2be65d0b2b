//! What the system says of a file without opening it.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::time::SystemTime;

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A link, wherever it leads.
    Link,
    /// A pipe, a socket, a device.
    Other,
}

/// What the system says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meta {
    /// What it is.
    pub kind: Kind,
    /// Bytes.
    pub len: u64,
    /// When its bytes were last changed.
    pub modified: SystemTime,
    /// Its number, and when anything of it was changed, in seconds and nanoseconds; zeros where the system does not say.
    pub changed: (u64, i64, i64),
    /// Who may do what with it; 0 where the system does not say.
    pub mode: u32,
}

impl Kind {
    /// Why it is not read or written as a file.
    pub(super) fn no_file(self) -> io::Error {
        match self {
            Self::File | Self::Other => io::Error::other("it is not a file"),
            Self::Folder => io::Error::new(ErrorKind::IsADirectory, "it is a folder"),
            Self::Link => super::linked(),
        }
    }
}

impl From<std::fs::FileType> for Kind {
    fn from(kind: std::fs::FileType) -> Self {
        match () {
            () if kind.is_symlink() => Self::Link,
            () if kind.is_dir() => Self::Folder,
            () if kind.is_file() => Self::File,
            () => Self::Other,
        }
    }
}

impl From<&std::fs::Metadata> for Meta {
    fn from(data: &std::fs::Metadata) -> Self {
        #[cfg(unix)]
        let (changed, mode) = {
            use std::os::unix::fs::MetadataExt;
            ((data.ino(), data.ctime(), data.ctime_nsec()), data.mode() & 0o777)
        };
        #[cfg(not(unix))]
        let (changed, mode) = ((0, 0, 0), 0);
        let modified = data.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        Self { kind: data.file_type().into(), len: data.len(), modified, changed, mode }
    }
}

/// Gives a new file the rights of the one whose place it takes.
#[cfg(unix)]
pub(super) fn keep_mode(file: &File, old: &Meta) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(old.mode))
}

#[cfg(not(unix))]
pub(super) fn keep_mode(_: &File, _: &Meta) -> io::Result<()> {
    Ok(())
}
