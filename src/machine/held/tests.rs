#![expect(clippy::disallowed_methods, reason = "the tests make the folders that they try")]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::*;

/// A folder `in/` to work in, and one beside it that nothing may touch.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let dir = std::env::temp_dir().join(format!("sourcebook-held-{}-{number}", std::process::id()));
        fs::create_dir_all(dir.join("in/a/b")).unwrap();
        fs::create_dir_all(dir.join("out/deep")).unwrap();
        fs::write(dir.join("in/a/b/c"), "c").unwrap();
        fs::write(dir.join("out/precious"), "precious").unwrap();
        symlink("../out", dir.join("in/out")).unwrap();
        symlink("../out/precious", dir.join("in/file")).unwrap();
        symlink("../out/gone", dir.join("in/dangling")).unwrap();
        symlink("a", dir.join("in/inner")).unwrap();
        Self(dir)
    }

    fn folder(&self) -> Folder {
        Folder::open(&self.0.join("in")).unwrap()
    }

    /// That nothing outside is otherwise.
    #[track_caller]
    fn is_safe(&self) {
        let names: Vec<_> = fs::read_dir(self.0.join("out")).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names.len(), 2, "{names:?}");
        assert_eq!(fs::read_to_string(self.0.join("out/precious")).unwrap(), "precious");
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn names(folder: &Folder) -> Vec<String> {
    let mut all: Vec<_> = folder.list("").unwrap().into_iter().map(|(n, _)| n.to_str().unwrap().to_owned()).collect();
    all.sort();
    all
}

#[test]
fn no_link_is_followed_by_anything() {
    let scratch = Scratch::new();
    let folder = scratch.folder();
    let through = [
        "out/precious",
        "out/new",
        "file",
        "dangling",
        "inner/b/c",
        "a/../out/precious",
        "../out/precious",
        "/etc/passwd",
    ];
    for path in through {
        assert!(folder.read(path, 99).is_err(), "{path}");
        assert!(folder.create(path, b"").is_err(), "{path}");
        assert!(folder.replace(path, b"x").is_err(), "{path}");
        assert!(folder.lock(path).is_err(), "{path}");
        assert!(folder.make_folder(path).is_err(), "{path}");
    }
    for path in ["out", "inner", "dangling", "out/deep", "../out"] {
        assert!(folder.below(path).is_err(), "{path}");
        assert!(folder.list(path).is_err(), "{path}");
        assert!(folder.make_folders(path).is_err(), "{path}");
        assert!(folder.remove_tree(path).is_err(), "{path}");
    }
    for path in ["out/precious", "inner/b/c"] {
        assert!(folder.rename(path, "taken").is_err() && folder.rename("a/b/c", path).is_err(), "{path}");
        assert!(folder.remove_file(path).is_err(), "{path}");
    }
    assert!(folder.remove_empty("out/deep").is_err());
    assert!(is_linked(&folder.read("file", 99).unwrap_err()) && is_linked(&folder.below("out").unwrap_err()));
    assert_eq!(folder.read("a/b/c", 99).unwrap(), b"c");
    scratch.is_safe();
    // A link itself can be taken away, and stays behind where its folder is emptied.
    folder.remove_file("file").unwrap();
    symlink("../../../out", scratch.0.join("in/a/b/link")).unwrap();
    folder.remove_tree("a").unwrap();
    assert_eq!(names(&folder), ["dangling", "inner", "out"]);
    scratch.is_safe();
}

#[test]
fn what_is_no_file_keeps_nobody_waiting() {
    let scratch = Scratch::new();
    let folder = scratch.folder();
    let pipe = scratch.0.join("in/pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(scratch.0.join("in/socket")).unwrap();
    for name in ["pipe", "socket"] {
        assert!(folder.read(name, 9).is_err() && folder.lock(name).is_err() && folder.replace(name, b"x").is_err());
        assert_eq!(folder.meta(name).unwrap().kind, Kind::Other);
    }
    assert_eq!(folder.read("a", 9).unwrap_err().kind(), ErrorKind::IsADirectory);
    assert_eq!(folder.replace("a", b"x").unwrap_err().kind(), ErrorKind::IsADirectory);
}

#[test]
fn a_file_is_replaced_whole_and_keeps_its_rights() {
    let scratch = Scratch::new();
    let folder = scratch.folder();
    let at = scratch.0.join("in/a/b/c");
    fs::set_permissions(&at, fs::Permissions::from_mode(0o640)).unwrap();
    assert!(!folder.replace("a/b/c", b"c").unwrap());
    assert!(folder.replace("a/b/c", b"new").unwrap());
    assert!(folder.replace("a/b/d", b"d").unwrap());
    assert_eq!(fs::metadata(&at).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(names(&folder.below("a/b").unwrap()), ["c", "d"]);
    // Hard links: the other name keeps its bytes.
    fs::hard_link(scratch.0.join("out/precious"), scratch.0.join("in/hard")).unwrap();
    folder.replace("hard", b"ours").unwrap();
    scratch.is_safe();
}

#[test]
fn temporary_names_cannot_be_foreseen_and_do_not_stay() {
    let (one, two) = (temporary(Path::new("a/claims.yaml")), temporary(Path::new("a/claims.yaml")));
    assert_ne!(one, two);
    assert_eq!(one.parent(), Some(Path::new("a")));
    assert!(is_temporary(one.file_name().unwrap(), OsStr::new("claims.yaml")));
    assert!(!is_temporary(one.file_name().unwrap(), OsStr::new("claims")));
    assert!(!is_temporary(OsStr::new(".claims.yaml.mine.new~"), OsStr::new("claims.yaml")));
    let long = "x".repeat(255);
    let scratch = Scratch::new();
    let folder = scratch.folder();
    assert!(folder.replace(&long, b"x").unwrap());
    // Where the move fails, nothing is left: the place is a folder by then.
    let left = temporary(Path::new("file.txt"));
    fs::write(scratch.0.join("in").join(&left), "left by a kill").unwrap();
    let old = SystemTime::now() - LEFT * 2;
    File::options().write(true).open(scratch.0.join("in").join(&left)).unwrap().set_modified(old).unwrap();
    let young = temporary(Path::new("file.txt"));
    fs::write(scratch.0.join("in").join(&young), "of a run beside this one").unwrap();
    folder.replace("file.txt", b"x").unwrap();
    assert!(!scratch.0.join("in").join(&left).exists() && scratch.0.join("in").join(&young).exists());
}

#[test]
fn a_full_disk_leaves_the_old_file_and_nothing_else() {
    // A limit on the length of files is met as a full disk is: half way.
    let Ok(full) = Folder::open(Path::new("/dev")) else { return };
    assert!(full.file("full").is_err(), "a device is no file");
    let scratch = Scratch::new();
    let folder = scratch.folder();
    let failed = folder.create_with(Path::new("new"), b"half", |_| Err(ErrorKind::StorageFull.into()));
    assert_eq!(failed.unwrap_err().kind(), ErrorKind::StorageFull);
    assert!(!scratch.0.join("in/new").exists());
}

/// The name is a folder, then a link out, then a folder again, as fast as it goes.
#[test]
fn a_name_that_is_swapped_all_the_time_never_leads_out() {
    let scratch = Scratch::new();
    let folder = scratch.folder();
    let (real, link) = (scratch.0.join("in/real"), scratch.0.join("in/link"));
    let (spare, done) = (scratch.0.join("in/spare"), AtomicBool::new(false));
    fs::create_dir(&real).unwrap();
    symlink("../out", &link).unwrap();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                for (from, to) in [(&real, &spare), (&link, &real), (&real, &link), (&spare, &real)] {
                    let _ = fs::rename(from, to);
                }
            }
        });
        for n in 0..3_000 {
            let path = format!("real/{n}");
            let _ = folder.create(&path, b"x");
            let _ = folder.replace(&path, b"xy");
            let _ = folder.make_folder(format!("real/d{n}"));
            let _ = folder.rename(&path, format!("real/e{n}"));
            let _ = folder.remove_file("real/precious");
            let _ = folder.remove_empty("real/deep");
            let _ = folder.read("real/precious", 99).map(|_| panic!("was read"));
        }
        done.store(true, Ordering::Relaxed);
    });
    scratch.is_safe();
}
