#![expect(clippy::disallowed_methods, reason = "the tests make the folders that they try")]

mod power;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicIsize;
use std::time::{Duration, SystemTime};

use super::*;

/// A folder of the test's own, gone with it.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let dir = std::env::temp_dir().join(format!("sourcebook-output-{}-{number}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir(&dir).unwrap();
        Self(dir)
    }

    fn site(&self) -> PathBuf {
        self.0.join("public")
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.site().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

type Site<'a> = &'a [(&'a str, &'a str)];

fn build(dir: &Path, site: Site) -> Result<Summary, OutputError> {
    build_with(dir, site, Ops::default())
}

fn build_with(dir: &Path, site: Site, ops: Ops) -> Result<Summary, OutputError> {
    let output = open_with(dir, ops)?;
    site.par_iter().try_for_each(|(path, text)| output.write(path, text.as_bytes()).map(drop))?;
    output.finish(None, None)
}

fn open_with(dir: &Path, ops: Ops) -> Result<Output, OutputError> {
    Output::open_with(Folder::make(dir).map_err(|e| OutputError::system("make", dir, e))?, ops)
}

/// Every file but what is private, and every folder (with a final `/`).
fn read(dir: &Path) -> BTreeMap<String, String> {
    let entries = walkdir::WalkDir::new(dir).min_depth(1).into_iter().filter_entry(|e| e.file_name() != PRIVATE);
    let mut found = BTreeMap::new();
    if !dir.exists() {
        return found;
    }
    for entry in entries.map(Result::unwrap) {
        let path = entry.path().strip_prefix(dir).unwrap().to_str().unwrap().to_string();
        match entry.file_type().is_dir() {
            true => found.insert(path + "/", String::new()),
            false => found.insert(path, fs::read_to_string(entry.path()).unwrap()),
        };
    }
    found
}

/// What [`read`] finds for a site.
fn expected(site: Site) -> BTreeMap<String, String> {
    let folders = site.iter().flat_map(|(path, _)| path.match_indices('/').map(|(i, _)| path[..=i].to_string()));
    let files = site.iter().map(|(path, text)| (path.to_string(), text.to_string()));
    folders.map(|folder| (folder, String::new())).chain(files).collect()
}

fn foreign(result: Result<Summary, OutputError>) -> Vec<String> {
    match result {
        Err(OutputError::Foreign { paths, .. }) => paths,
        other => panic!("{other:?}"),
    }
}

const OLD: Site = &[
    ("index.html", "old home"),
    ("claims/a/index.html", "old a"),
    ("claims/b/index.html", "same b"),
    ("gone/deep/index.html", "gone"),
    ("swap", "a file that becomes a folder"),
    ("paws/index.html", "a folder that becomes a file"),
    ("Case.html", "old case"),
];

const NEW: Site = &[
    ("index.html", "a new home"),
    ("claims/a/index.html", "new a"),
    ("claims/b/index.html", "same b"),
    ("claims/c/index.html", "new c"),
    ("fresh/deep/index.html", "fresh"),
    ("fresh/index.html", "fresh too"),
    ("swap/index.html", "in a folder"),
    ("paws", "a file"),
    ("case.html", "new case"),
];

#[test]
fn a_build_is_what_was_written() {
    let scratch = Scratch::new();
    assert_eq!(build(&scratch.site(), OLD).unwrap(), Summary { written: 7, unchanged: 0, removed: 0 });
    assert_eq!(read(&scratch.site()), expected(OLD));
    assert_eq!(build(&scratch.site(), NEW).unwrap(), Summary { written: 8, unchanged: 1, removed: 4 });
    assert_eq!(read(&scratch.site()), expected(NEW));
    assert_eq!(build(&scratch.site(), NEW).unwrap(), Summary { written: 0, unchanged: 9, removed: 0 });
    assert_eq!(build(&scratch.site(), &[]).unwrap(), Summary { written: 0, unchanged: 0, removed: 9 });
    assert_eq!(read(&scratch.site()), BTreeMap::new());
}

#[test]
fn two_folders_of_one_site_are_the_same_byte_for_byte() {
    let (one, two) = (Scratch::new(), Scratch::new());
    build(&one.site(), NEW).unwrap();
    build(&two.site(), OLD).unwrap();
    build(&two.site(), NEW).unwrap();
    let private = |s: &Scratch| read(&s.site().join(PRIVATE));
    assert_eq!(private(&one), private(&two));
    assert_eq!(private(&one).keys().collect::<Vec<_>>(), ["lock", "manifest"]);
}

#[test]
fn unchanged_files_keep_their_time() {
    let scratch = Scratch::new();
    build(&scratch.site(), OLD).unwrap();
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let same = scratch.site().join("claims/b/index.html");
    let manifest = scratch.site().join(PRIVATE).join("manifest");
    for path in [&same, &manifest] {
        File::options().write(true).open(path).unwrap().set_modified(long_ago).unwrap();
    }
    build(&scratch.site(), OLD).unwrap();
    assert_eq!(fs::metadata(&manifest).unwrap().modified().unwrap(), long_ago);
    build(&scratch.site(), NEW).unwrap();
    assert_eq!(fs::metadata(&same).unwrap().modified().unwrap(), long_ago);
}

#[test]
fn a_site_stands_until_its_inputs_or_its_files_are_others() {
    let scratch = Scratch::new();
    let stands = |inputs: &str| Output::at(&scratch.site()).unwrap().stands(inputs);
    let built = || {
        let output = Output::at(&scratch.site()).unwrap();
        OLD.iter().for_each(|(path, text)| assert!(output.write(path, text.as_bytes()).is_ok()));
        output.finish(Some("inputs"), None).unwrap();
        assert_eq!(stands("inputs"), Some(Summary { unchanged: OLD.len(), ..Summary::default() }));
    };
    assert_eq!(stands("inputs"), None, "nothing was built");
    built();
    assert_eq!(stands("others"), None);
    let page = scratch.site().join(OLD[0].0);
    let text = fs::read(&page).unwrap();
    std::thread::sleep(Duration::from_millis(20));
    fs::write(&page, &text).unwrap();
    assert_eq!(stands("inputs"), None, "a page of the same length is younger");
    built();
    fs::remove_file(&page).unwrap();
    assert_eq!(stands("inputs"), None, "a page is gone");
    built();
    build(&scratch.site(), NEW).unwrap();
    assert_eq!(stands("inputs"), None, "a build that names no inputs came between");
}

#[test]
fn a_file_of_the_same_length_is_compared_byte_by_byte() {
    let scratch = Scratch::new();
    let (mut long, path) = ("x".repeat(40_000), "index.html");
    build(&scratch.site(), &[(path, &long)]).unwrap();
    long.replace_range(39_999.., "y");
    assert_eq!(build(&scratch.site(), &[(path, &long)]).unwrap().written, 1);
    assert_eq!(read(&scratch.site())[path], long);
}

#[test]
fn a_folder_of_another_hand_is_refused_and_left_alone() {
    let scratch = Scratch::new();
    scratch.put("letters/to-my-mother.txt", "dear");
    assert_eq!(foreign(build(&scratch.site(), NEW)), ["letters/", "letters/to-my-mother.txt"]);
    assert_eq!(read(&scratch.site()), expected(&[("letters/to-my-mother.txt", "dear")]));
    assert!(!scratch.site().join(PRIVATE).exists());
}

#[test]
fn a_foreign_file_in_our_folder_is_refused() {
    let scratch = Scratch::new();
    build(&scratch.site(), OLD).unwrap();
    scratch.put("claims/mine.txt", "");
    scratch.put("claims/c/index.html", "by hand, where a page is to be");
    fs::create_dir(scratch.site().join("empty")).unwrap();
    let before = read(&scratch.site());
    let error = build(&scratch.site(), NEW).unwrap_err().to_string();
    assert!(error.ends_with(
        "/public` holds what no build wrote: `claims/c/`, `claims/c/index.html`, `claims/mine.txt` and 1 more; \
         choose another folder, or move this out of it"
    ));
    assert_eq!(read(&scratch.site()), before);
}

#[test]
fn litter_of_file_browsers_is_neither_refused_nor_removed() {
    let scratch = Scratch::new();
    scratch.put(".DS_Store", "");
    build(&scratch.site(), OLD).unwrap();
    build(&scratch.site(), NEW).unwrap();
    assert!(scratch.site().join(".DS_Store").exists());
}

#[test]
fn links_in_the_output_are_never_followed() {
    let scratch = Scratch::new();
    build(&scratch.site(), &[("index.html", "home")]).unwrap();
    let (outside, inside) = (scratch.0.join("outside"), scratch.site().join("claims"));
    fs::create_dir(&outside).unwrap();
    symlink(&outside, &inside).unwrap();
    assert_eq!(foreign(build(&scratch.site(), NEW)), ["claims"]);
    fs::remove_file(inside).unwrap();
    for name in ["lock", "manifest", "new"] {
        let place = scratch.site().join(PRIVATE).join(name);
        let _ = fs::remove_file(&place);
        symlink(outside.join("made"), &place).unwrap();
        assert_eq!(foreign(build(&scratch.site(), NEW)), [PRIVATE], "{name}");
        fs::remove_file(&place).unwrap();
    }
    assert_eq!(read(&outside), BTreeMap::new());
}

#[test]
fn a_manifest_that_is_not_ours_removes_nothing() {
    let scratch = Scratch::new();
    build(&scratch.site(), OLD).unwrap();
    fs::write(scratch.0.join("precious"), "").unwrap();
    for text in ["sourcebook output 1\n../precious\n", "sourcebook output 2\n", ""] {
        fs::write(scratch.site().join(PRIVATE).join("manifest"), text).unwrap();
        assert!(matches!(build(&scratch.site(), NEW), Err(OutputError::Manifest { .. })), "{text:?}");
    }
    assert!(scratch.0.join("precious").exists());
    assert_eq!(read(&scratch.site()), expected(OLD));
}

#[test]
fn paths_cannot_leave_the_output() {
    let scratch = Scratch::new();
    let output = Output::at(&scratch.site()).unwrap();
    for path in ["../x", "/etc/x", "a/../../x", ".sourcebook/manifest", &"x".repeat(256)] {
        assert!(matches!(output.write(path, b""), Err(OutputError::Path { .. })), "{path}");
    }
    let deep = "d/".repeat(499) + "x";
    output.write(&deep, b"").unwrap();
    output.finish(None, None).unwrap();
    assert!(scratch.site().join(deep).exists());
}

#[test]
fn two_pages_for_one_path_are_an_error_before_anything_moves() {
    let scratch = Scratch::new();
    build(&scratch.site(), OLD).unwrap();
    for path in ["index.html", "fresh/index.html"] {
        let twice = build(&scratch.site(), &[(path, "one"), (path, "two")]);
        assert!(matches!(twice, Err(OutputError::Twice { path: p }) if p == path));
        assert_eq!(read(&scratch.site()), expected(OLD));
    }
}

#[test]
fn an_output_that_is_dropped_leaves_the_old_one_whole() {
    let scratch = Scratch::new();
    build(&scratch.site(), OLD).unwrap();
    let output = Output::at(&scratch.site()).unwrap();
    for (path, text) in NEW {
        output.write(path, text.as_bytes()).unwrap();
    }
    drop(output);
    assert_eq!(read(&scratch.site()), expected(OLD));
    assert!(!scratch.site().join(PRIVATE).join("new").exists());
}

#[test]
fn one_build_at_a_time() {
    let scratch = Scratch::new();
    let output = Output::at(&scratch.site()).unwrap();
    let error = build(&scratch.site(), NEW).unwrap_err();
    assert!(matches!(error, OutputError::Busy { .. }), "{error}");
    drop(output);
    build(&scratch.site(), NEW).unwrap();
}

#[test]
fn a_place_that_cannot_be_written_is_an_error() {
    let scratch = Scratch::new();
    fs::write(scratch.site(), "a file").unwrap();
    assert!(matches!(build(&scratch.site(), NEW), Err(OutputError::System { doing: "make", .. })));
    assert!(matches!(build(&scratch.site().join("public"), NEW), Err(OutputError::System { doing: "make", .. })));
}

#[test]
fn threads_write_many_files() {
    let scratch = Scratch::new();
    let pages: Vec<_> = (0..2000).map(|i| (format!("p/{}/{i}/index.html", i % 7), i.to_string())).collect();
    let site: Vec<_> = pages.iter().map(|(path, text)| (&**path, &**text)).collect();
    assert_eq!(build(&scratch.site(), &site).unwrap().written, 2000);
    assert_eq!(read(&scratch.site()), expected(&site));
    assert_eq!(build(&scratch.site(), &site).unwrap().unchanged, 2000);
}

/// The promise: each file as it was before or as it is after, or absent where it is absent before or after.
fn check_old_or_new(found: &BTreeMap<String, String>, step: isize) {
    let (old, new) = (expected(OLD), expected(NEW));
    for (path, text) in found {
        assert!(old.get(path) == Some(text) || new.get(path) == Some(text), "step {step}: {path} holds {text:?}");
    }
    for path in old.keys().filter(|path| new.contains_key(*path)) {
        assert!(found.contains_key(path), "step {step}: {path} is missing");
    }
}

#[test]
fn killed_at_any_step_every_file_is_old_or_new_and_the_next_build_mends_it() {
    for step in 0.. {
        let scratch = Scratch::new();
        build(&scratch.site(), OLD).unwrap();
        let ops = Ops { fuse: super::ops::tests::Fuse(AtomicIsize::new(step)), ..Ops::default() };
        let done = build_with(&scratch.site(), NEW, ops);
        check_old_or_new(&read(&scratch.site()), step);
        if step % 2 == 0 {
            assert_eq!(build(&scratch.site(), OLD).map(|_| read(&scratch.site())).unwrap(), expected(OLD));
        }
        build(&scratch.site(), NEW).unwrap();
        assert_eq!(read(&scratch.site()), expected(NEW), "step {step}");
        if done.is_ok() {
            assert!(step > 30, "only {step} steps");
            return;
        }
    }
}

/// A build in which each file has a twin, made only where none can be kept.
fn build_twins(dir: &Path, site: Site, ops: Ops) -> Result<Summary, OutputError> {
    let output = open_with(dir, ops)?.with_recipe(Some("doubled".into()));
    for (path, text) in site {
        let twin = format!("{path}.twin");
        if output.write(path, text.as_bytes())? == Written::Changed || !output.keep(&twin) {
            output.write(&twin, text.repeat(2).as_bytes())?;
        }
    }
    output.finish(Some("inputs"), None)
}

#[test]
fn killed_at_any_step_no_stale_twin_is_kept() {
    for step in 0.. {
        let scratch = Scratch::new();
        build_twins(&scratch.site(), OLD, Ops::default()).unwrap();
        let ops = Ops { fuse: super::ops::tests::Fuse(AtomicIsize::new(step)), ..Ops::default() };
        let done = build_twins(&scratch.site(), NEW, ops);
        // Back to the old, which a half-moved site may hold in part, or on to the new.
        let next = if step % 2 == 0 { OLD } else { NEW };
        build_twins(&scratch.site(), next, Ops::default()).unwrap();
        let found = read(&scratch.site());
        for (path, text) in next {
            assert_eq!(found[&format!("{path}.twin")], text.repeat(2), "step {step}: {path}");
        }
        if done.is_ok() {
            assert!(step > 30, "only {step} steps");
            return;
        }
    }
}

#[test]
fn killed_at_any_step_of_a_first_build_the_next_one_mends_it() {
    for step in 0.. {
        let scratch = Scratch::new();
        let ops = Ops { fuse: super::ops::tests::Fuse(AtomicIsize::new(step)), ..Ops::default() };
        let done = build_with(&scratch.site(), NEW, ops);
        for (path, text) in read(&scratch.site()) {
            assert_eq!(expected(NEW).get(&path), Some(&text), "step {step}: {path}");
        }
        build(&scratch.site(), NEW).unwrap();
        assert_eq!(read(&scratch.site()), expected(NEW), "step {step}");
        if done.is_ok() {
            return;
        }
    }
}

/// Not a test of its own: the build that `a_killed_process` kills.
#[test]
fn build_for_ever() {
    let Some(dir) = std::env::var_os("SOURCEBOOK_TEST_BUILD_FOR_EVER") else { return };
    for round in 0.. {
        let output = Output::at(Path::new(&dir)).unwrap();
        (0..200).into_par_iter().for_each(|i| {
            let path = format!("{}/{}/index.html", ["even", "odd"][(i + round) % 2], i);
            output.write(&path, (round % 3).to_string().repeat(20_000).as_bytes()).unwrap();
        });
        output.finish(None, None).unwrap();
    }
}

#[test]
fn a_killed_process_leaves_no_half_file() {
    let scratch = Scratch::new();
    for delay in [15, 40, 60, 75, 90, 110, 130, 150] {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "output::tests::build_for_ever"])
            .env("SOURCEBOOK_TEST_BUILD_FOR_EVER", scratch.site())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(delay));
        child.kill().unwrap();
        child.wait().unwrap();
        for (path, text) in read(&scratch.site()).into_iter().filter(|(path, _)| !path.ends_with('/')) {
            assert_eq!(text, text[..1].repeat(20_000), "{path}");
        }
    }
    build(&scratch.site(), NEW).unwrap();
    assert_eq!(read(&scratch.site()), expected(NEW));
}

fn build_derived(dir: &Path, site: Site, ops: Ops) -> Result<(bool, Summary), OutputError> {
    let output = open_with(dir, ops)?;
    let made_from: String = site.iter().map(|(path, text)| format!("{path}={text};")).collect();
    site.iter().try_for_each(|(path, text)| output.write(path, text.as_bytes()).map(drop))?;
    let kept = output.keep_folder("index/", &made_from);
    if !kept {
        output.write("index/all", made_from.as_bytes())?;
    }
    Ok((kept, output.finish(Some("inputs"), None)?))
}

#[test]
fn a_folder_made_from_the_same_is_kept() {
    let scratch = Scratch::new();
    assert!(!build_derived(&scratch.site(), OLD, Ops::default()).unwrap().0);
    assert!(build_derived(&scratch.site(), OLD, Ops::default()).unwrap().0);
    assert!(!build_derived(&scratch.site(), NEW, Ops::default()).unwrap().0);
    fs::remove_file(scratch.site().join("index/all")).unwrap();
    assert!(!build_derived(&scratch.site(), NEW, Ops::default()).unwrap().0);
    build(&scratch.site(), NEW).unwrap();
    assert!(!scratch.site().join("index").exists());
}

#[test]
fn killed_at_any_step_no_stale_folder_is_kept() {
    for step in 0.. {
        let scratch = Scratch::new();
        build_derived(&scratch.site(), OLD, Ops::default()).unwrap();
        let ops = Ops { fuse: super::ops::tests::Fuse(AtomicIsize::new(step)), ..Ops::default() };
        let done = build_derived(&scratch.site(), NEW, ops);
        let next = if step % 2 == 0 { OLD } else { NEW };
        build_derived(&scratch.site(), next, Ops::default()).unwrap();
        let expect: String = next.iter().map(|(path, text)| format!("{path}={text};")).collect();
        assert_eq!(read(&scratch.site())["index/all"], expect, "step {step}");
        if done.is_ok() {
            assert!(step > 5);
            return;
        }
    }
}
