#![expect(clippy::disallowed_methods, reason = "the tests make the folders that they try")]

use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::sync::atomic::{AtomicUsize, Ordering};

use std::fs;

use super::*;
use sourcebook_core::base::world::Refusal;

/// A dossier of the test's own in `site/`, gone with it.
struct Scratch(PathBuf);

impl Scratch {
    fn new(files: &[&str]) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let dir = std::env::temp_dir().join(format!("sourcebook-disk-{}-{number}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        let scratch = Self(dir);
        scratch.put("site/site.toml");
        files.iter().for_each(|path| scratch.put(path));
        scratch
    }

    fn put(&self, path: &str) {
        let full = self.0.join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, path).unwrap();
    }

    fn link(&self, to: &str, at: &str) {
        let at = self.0.join(at);
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        symlink(to, at).unwrap();
    }

    fn disk(&self) -> Disk {
        Disk::open(&self.0.join("site")).unwrap()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn list(disk: &Disk) -> Vec<String> {
    disk.list("content").into_iter().map(|e| e.path.to_string()).collect()
}

fn refused(disk: &Disk) -> Vec<(String, Refusal)> {
    disk.refused("content").into_iter().map(|r| (r.path.to_string(), r.why)).collect()
}

#[test]
fn files_are_sorted_by_path_and_sized() {
    let scratch = Scratch::new(&["site/content/b.md", "site/content/a/x.md", "site/content/a-b.md", "site/other"]);
    assert_eq!(list(&scratch.disk()), ["content/a-b.md", "content/a/x.md", "content/b.md"]);
    assert_eq!(scratch.disk().list("content")[2].size, 17);
    assert_eq!(scratch.disk().list("").len(), 5);
    assert_eq!(scratch.disk().list("absent"), []);
    assert_eq!(scratch.disk().list("../"), []);
}

#[test]
fn hidden_and_left_over_files_are_passed_over() {
    let left = [".git/config", ".DS_Store", "a.md~", ".#a.md", ".a.md.swp", "a.swp", "#a.md#", "Thumbs.db", "a/.b/c"];
    let left: Vec<_> = left.iter().map(|name| format!("site/content/{name}")).collect();
    let scratch = Scratch::new(&left.iter().map(String::as_str).collect::<Vec<_>>());
    scratch.link("nowhere.12345", "site/content/.#lock.md");
    scratch.put("site/content/a.md");
    assert_eq!(list(&scratch.disk()), ["content/a.md"]);
    assert_eq!(refused(&scratch.disk()), []);
}

#[test]
fn links_are_followed_only_within_the_dossier() {
    let scratch = Scratch::new(&["site/shared/a.md", "outside/secret.md", "site/.git/config", "site/content/b.md"]);
    scratch.link("../shared", "site/content/folder");
    scratch.link("../shared/a.md", "site/content/file.md");
    scratch.link("../../outside", "site/content/out");
    scratch.link("../../outside/secret.md", "site/content/out.md");
    scratch.link("/etc/passwd", "site/content/passwd");
    scratch.link("../.git", "site/content/git");
    scratch.link("gone", "site/content/nowhere");
    let disk = scratch.disk();
    assert_eq!(list(&disk), ["content/b.md", "content/file.md", "content/folder/a.md"]);
    let names = ["git", "nowhere", "out", "out.md", "passwd"].map(|name| format!("content/{name}"));
    let whys = [Refusal::Outside, Refusal::Broken, Refusal::Outside, Refusal::Outside, Refusal::Outside];
    assert_eq!(refused(&disk), names.into_iter().zip(whys).collect::<Vec<_>>());
    assert_eq!(disk.read("content/folder/a.md").unwrap(), b"site/shared/a.md");
    for path in ["content/out/secret.md", "content/out.md", "content/passwd", "content/git/config", ".git/config"] {
        assert_eq!(disk.read(path), Err(ReadError::Outside), "{path}");
    }
}

#[test]
fn circles_of_links_end() {
    let scratch = Scratch::new(&["site/content/a.md"]);
    scratch.link(".", "site/content/self");
    scratch.link("two", "site/content/one");
    scratch.link("one", "site/content/two");
    for a in 0..8 {
        for b in 0..8 {
            scratch.link(&format!("../f{b}"), &format!("site/content/f{a}/to{b}"));
        }
    }
    assert_eq!(list(&scratch.disk()), ["content/a.md"]);
    let refused = refused(&scratch.disk());
    assert!(refused.contains(&("content/self".into(), Refusal::Loop)), "{refused:?}");
    assert!(refused.len() < 8 * 8 * 8 * 8);
}

#[test]
fn reading_never_leaves_the_root() {
    let scratch = Scratch::new(&["site/content/a.md", "outside"]);
    let disk = scratch.disk();
    let absolute = scratch.0.join("site/content/a.md");
    for path in
        ["../outside", "content/../../outside", "/etc/passwd", absolute.to_str().unwrap(), "..\\outside", "a\0b"]
    {
        assert_eq!(disk.read(path), Err(ReadError::Outside), "{path}");
    }
    assert_eq!(disk.read("content/a.md").unwrap(), b"site/content/a.md");
    assert_eq!(disk.read("content/b.md"), Err(ReadError::Missing));
    assert_eq!(disk.read("content/a.md/b"), Err(ReadError::Missing));
    assert_eq!(disk.read("content"), Err(ReadError::Other("it is a folder".into())));
}

#[test]
fn captures_are_read_by_name_and_in_no_other_way() {
    let scratch = Scratch::new(&["site/content/captures/004.txt", "site/content/a.md", "outside"]);
    scratch.link("captures/004.txt", "site/content/link.txt");
    scratch.link("captures", "site/content/links");
    scratch.link("../../../outside", "site/content/captures/out");
    assert_eq!(scratch.disk().capture("004.txt"), None);
    let disk = scratch.disk().with_captures(Path::new("content/captures")).unwrap();
    assert_eq!(disk.capture("004.txt").unwrap().unwrap(), b"site/content/captures/004.txt");
    assert_eq!(disk.capture("005.txt"), Some(Err(ReadError::Missing)));
    for name in ["../a.md", "/etc/passwd", "out"] {
        assert_eq!(disk.capture(name), Some(Err(ReadError::Outside)), "{name}");
    }
    assert_eq!(list(&disk), ["content/a.md"]);
    let private = |path: &str| (path.to_string(), Refusal::Private);
    assert_eq!(refused(&disk), [private("content/link.txt"), private("content/links")]);
    for path in ["content/captures/004.txt", "content/link.txt", "content/links/004.txt"] {
        assert_eq!(disk.read(path), Err(ReadError::Private), "{path}");
    }
    assert_eq!(disk.list("content/captures"), []);
}

#[test]
fn a_captures_folder_may_be_absent_or_elsewhere_but_not_around_the_dossier() {
    let scratch = Scratch::new(&["private/004.txt"]);
    let absent = scratch.disk().with_captures(Path::new("captures")).unwrap();
    assert_eq!(absent.capture("004.txt"), None);
    let elsewhere = scratch.disk().with_captures(Path::new("../private")).unwrap();
    assert!(elsewhere.capture("004.txt").unwrap().is_ok());
    for folder in [".", ".."] {
        assert!(matches!(scratch.disk().with_captures(Path::new(folder)), Err(DiskError::Captures(_))));
    }
}

#[test]
fn the_output_is_no_content() {
    let scratch = Scratch::new(&["site/content/a.md", "site/content/public/index.html"]);
    scratch.link("public", "site/content/again");
    let disk = scratch.disk().with_output(Path::new("content/public"));
    assert_eq!(list(&disk), ["content/a.md"]);
    assert_eq!(refused(&disk), [("content/again".into(), Refusal::Outside)]);
}

#[test]
fn what_is_no_file_is_told() {
    let scratch = Scratch::new(&["site/content/a.md"]);
    let name = OsStr::from_bytes(b"b\xff.md");
    fs::write(scratch.0.join("site/content").join(name), "").unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(scratch.0.join("site/content/socket")).unwrap();
    let disk = scratch.disk();
    assert_eq!(list(&disk), ["content/a.md"]);
    let told = Refusal::Unreadable("it is neither a file nor a folder".into());
    assert_eq!(refused(&disk), [("content/b\u{fffd}.md".into(), Refusal::Name), ("content/socket".into(), told)]);
    assert_eq!(disk.read("content/socket"), Err(ReadError::Other("it is not a file".into())));
}

#[test]
fn the_root_is_the_nearest_folder_with_a_site_toml() {
    let scratch = Scratch::new(&["site/content/a/b.md", "site/themes/inner/site.toml"]);
    let root = |path: &str| find_root(&scratch.0.join(path));
    assert_eq!(root("site/content/a"), Some(scratch.0.join("site").canonicalize().unwrap()));
    assert_eq!(root("site"), root("site/content/a"));
    assert_eq!(root("site/themes/inner"), Some(scratch.0.join("site/themes/inner").canonicalize().unwrap()));
    assert_eq!(root(""), None);
    assert_eq!(root("nowhere"), None);
    assert!(matches!(Disk::open(&scratch.0.join("nowhere")), Err(DiskError::Root(..))));
}

#[test]
fn today_can_be_set() {
    let day = |epoch| today(Some(epoch)).map(|date| date.to_string());
    assert_eq!(day("1762300800").unwrap(), "2025-11-05");
    assert_eq!(day("0").unwrap(), "1970-01-01");
    for epoch in ["", "yesterday", "-1", "99999999999999", "18446744073709551616"] {
        assert!(matches!(day(epoch), Err(DiskError::Epoch(_))), "{epoch}");
    }
    assert!(today(None).unwrap() > Date::constant(2026, 1, 1));
}
