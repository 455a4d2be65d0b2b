//! A folder as a handle of the system, and names resolved from it (POSIX.1-2008 `openat` and its like).
#![expect(clippy::disallowed_methods, reason = "the room that opens paths")]

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, ErrorKind};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStringExt;
use std::path::Path;
use std::time::{Duration, SystemTime};

use rustix::fs::{self, AtFlags, Dir, FileType, Mode, OFlags, Stat};
use rustix::io::Errno;

use super::{Kind, Meta, Open, linked};

/// A folder's handle.
pub(super) struct Held(OwnedFd);

/// A folder on the way: ours, or one that was opened for the purpose.
enum Way<'a> {
    Here(BorrowedFd<'a>),
    There(OwnedFd),
}

impl AsFd for Way<'_> {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match self {
            Self::Here(fd) => *fd,
            Self::There(fd) => fd.as_fd(),
        }
    }
}

const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);

impl Held {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        Ok(Self(fs::open(path, FOLDER, Mode::empty())?))
    }

    pub(super) fn folder(&self, path: &Path) -> io::Result<Self> {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        Ok(Self(resolve(self.0.as_fd(), path, FOLDER, Mode::empty())?))
    }

    /// Nobody is kept waiting: a pipe opens at once, and is then seen to be none of ours.
    pub(super) fn file(&self, path: &Path, how: Open) -> io::Result<File> {
        let how = match how {
            Open::Read => OFlags::RDONLY,
            Open::New => OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL,
            // Some network file systems lock for writers alone; nothing is ever written.
            Open::Lock => OFlags::RDWR | OFlags::CREATE,
        };
        let flags = how | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
        let fd = resolve(self.0.as_fd(), path, flags, Mode::from_raw_mode(0o666)).map_err(|error| {
            // A socket, or a device that is not there.
            if error.raw_os_error() == Some(Errno::NXIO.raw_os_error()) { Kind::Other.no_file() } else { error }
        })?;
        match kind(&fs::fstat(&fd)?) {
            Kind::File => Ok(File::from(fd)),
            other => Err(other.no_file()),
        }
    }

    pub(super) fn meta(&self, path: &Path) -> io::Result<Meta> {
        let (way, name) = self.way(path)?;
        Ok(meta(&fs::statat(way, name, AtFlags::SYMLINK_NOFOLLOW)?))
    }

    pub(super) fn glance(&self, path: &Path) -> io::Result<Meta> {
        Ok(meta(&fs::statat(&self.0, path, AtFlags::SYMLINK_NOFOLLOW)?))
    }

    pub(super) fn list(&self) -> io::Result<Vec<(OsString, Kind)>> {
        let mut found = Vec::new();
        for entry in Dir::read_from(&self.0)? {
            let entry = entry?;
            let name = entry.file_name().to_bytes();
            if matches!(name, b"." | b"..") {
                continue;
            }
            let name = OsString::from_vec(name.to_vec());
            let kind = match kind_of(entry.file_type()) {
                Some(kind) => kind,
                // Not every file system says so in its listing.
                None => match fs::statat(&self.0, &name, AtFlags::SYMLINK_NOFOLLOW) {
                    Ok(stat) => kind(&stat),
                    Err(Errno::NOENT) => continue,
                    Err(error) => return Err(error.into()),
                },
            };
            found.push((name, kind));
        }
        Ok(found)
    }

    pub(super) fn make_folder(&self, path: &Path) -> io::Result<()> {
        let (way, name) = self.way(path)?;
        Ok(fs::mkdirat(way, name, Mode::from_raw_mode(0o777))?)
    }

    pub(super) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let ((from_way, from), (to_way, to)) = (self.way(from)?, self.way(to)?);
        Ok(fs::renameat(from_way, from, to_way, to)?)
    }

    pub(super) fn unlink(&self, path: &Path) -> io::Result<()> {
        let (way, name) = self.way(path)?;
        Ok(fs::unlinkat(way, name, AtFlags::empty())?)
    }

    pub(super) fn remove_folder(&self, path: &Path) -> io::Result<()> {
        let (way, name) = self.way(path)?;
        match fs::unlinkat(way, name, AtFlags::REMOVEDIR) {
            // POSIX leaves systems the choice between the two.
            Err(Errno::EXIST) => Err(ErrorKind::DirectoryNotEmpty.into()),
            other => Ok(other?),
        }
    }

    pub(super) fn sync(&self) -> io::Result<()> {
        Ok(fs::fsync(&self.0)?)
    }

    /// The folder that a path lies in, and its name there.
    fn way<'a>(&'a self, path: &'a Path) -> io::Result<(Way<'a>, &'a OsStr)> {
        let Some(name) = path.file_name() else {
            return Ok((Way::Here(self.0.as_fd()), OsStr::new(".")));
        };
        let way = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => {
                Way::There(resolve(self.0.as_fd(), parent, passing(), Mode::empty())?)
            }
            _ => Way::Here(self.0.as_fd()),
        };
        Ok((way, name))
    }
}

/// How a folder is opened that is only gone through.
#[cfg(target_os = "linux")]
const fn passing() -> OFlags {
    OFlags::PATH.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC)
}

#[cfg(not(target_os = "linux"))]
const fn passing() -> OFlags {
    FOLDER
}

/// Opens a path of names, from a folder, without following any link. On Linux in one step.
#[cfg(target_os = "linux")]
fn resolve(from: BorrowedFd<'_>, path: &Path, flags: OFlags, mode: Mode) -> io::Result<OwnedFd> {
    use rustix::fs::ResolveFlags;
    use std::sync::atomic::{AtomicBool, Ordering};

    /// Kernels before 5.6, and cages that know no newer calls, refuse `openat2` whatever it is asked.
    static MISSING: AtomicBool = AtomicBool::new(false);

    let how = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
    // A mode is refused where nothing can be made.
    let made = if flags.contains(OFlags::CREATE) { mode } else { Mode::empty() };
    while !MISSING.load(Ordering::Relaxed) {
        match fs::openat2(from, path, flags, made, how) {
            Ok(fd) => return Ok(fd),
            Err(Errno::LOOP) => return Err(linked()),
            Err(Errno::NOSYS) => MISSING.store(true, Ordering::Relaxed),
            // A cage says "not permitted" of the call; the system says it of a file too, and says it again.
            Err(Errno::PERM) => return step_by_step(from, path, flags, mode),
            Err(Errno::AGAIN | Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    step_by_step(from, path, flags, mode)
}

#[cfg(not(target_os = "linux"))]
use step_by_step as resolve;

/// As [`resolve`], a folder at a time.
fn step_by_step(from: BorrowedFd<'_>, path: &Path, flags: OFlags, mode: Mode) -> io::Result<OwnedFd> {
    let mut way = Way::Here(from);
    let mut names = path.iter().peekable();
    while let Some(name) = names.next() {
        let last = names.peek().is_none();
        let flags = if last { flags } else { passing() };
        let opened = fs::openat(&way, name, flags | OFlags::NOFOLLOW, mode).map_err(|error| {
            let is_link = || fs::statat(&way, name, AtFlags::SYMLINK_NOFOLLOW).is_ok_and(|s| kind(&s) == Kind::Link);
            match error {
                Errno::LOOP => linked(),
                Errno::NOTDIR | Errno::MLINK if is_link() => linked(),
                error => error.into(),
            }
        })?;
        if last {
            // A mere handle of a link is given where one is asked for: that is no folder to go through.
            return if flags.contains(OFlags::DIRECTORY) || kind(&fs::fstat(&opened)?) != Kind::Link {
                Ok(opened)
            } else {
                Err(linked())
            };
        }
        way = Way::There(opened);
    }
    Err(ErrorKind::NotFound.into())
}

fn kind_of(kind: FileType) -> Option<Kind> {
    match kind {
        FileType::RegularFile => Some(Kind::File),
        FileType::Directory => Some(Kind::Folder),
        FileType::Symlink => Some(Kind::Link),
        FileType::Unknown => None,
        _ => Some(Kind::Other),
    }
}

fn kind(stat: &Stat) -> Kind {
    kind_of(FileType::from_raw_mode(stat.st_mode)).unwrap_or(Kind::Other)
}

/// Systems differ in the types of these numbers.
#[allow(clippy::unnecessary_cast, clippy::cast_lossless, reason = "systems differ in the types of these numbers")]
fn meta(stat: &Stat) -> Meta {
    let (seconds, nanos) = (stat.st_mtime as i64, stat.st_mtime_nsec as u32);
    let modified = match u64::try_from(seconds) {
        Ok(seconds) => SystemTime::UNIX_EPOCH + Duration::new(seconds, nanos),
        Err(_) => SystemTime::UNIX_EPOCH,
    };
    Meta {
        kind: kind(stat),
        len: stat.st_size as u64,
        modified,
        changed: (stat.st_ino as u64, stat.st_ctime as i64, stat.st_ctime_nsec as i64),
        mode: stat.st_mode as u32 & 0o777,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_openat2_it_is_the_same() {
        let folder = std::env::temp_dir().join(format!("sourcebook-held-step-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("a/b")).unwrap();
        std::fs::write(folder.join("a/b/c"), "c").unwrap();
        std::os::unix::fs::symlink("a", folder.join("link")).unwrap();
        std::os::unix::fs::symlink("c", folder.join("a/b/last")).unwrap();
        let held = Held::open(&folder).unwrap();
        let open = |path: &str, flags| step_by_step(held.0.as_fd(), Path::new(path), flags, Mode::empty());
        for flags in [OFlags::RDONLY, OFlags::RDONLY | OFlags::NONBLOCK] {
            assert!(open("a/b/c", flags).is_ok());
            assert!(super::super::is_linked(&open("link/b/c", flags).unwrap_err()));
            assert!(super::super::is_linked(&open("a/b/last", flags).unwrap_err()));
            assert_eq!(open("a/x/c", flags).unwrap_err().kind(), ErrorKind::NotFound);
        }
        for flags in [FOLDER, passing()] {
            assert!(open("a/b", flags).is_ok());
            assert!(super::super::is_linked(&open("link", flags).unwrap_err()));
            assert!(super::super::is_linked(&open("link/b", flags).unwrap_err()));
        }
        std::fs::remove_dir_all(folder).unwrap();
    }
}
