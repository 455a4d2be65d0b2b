#![expect(clippy::disallowed_methods, reason = "the tests look at what was written")]

use std::fs;
use std::io::Read;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::held::Folder;
use crate::output::Summary;
use crate::site;
use sourcebook_core::base::memory::MemoryWorld;
use sourcebook_core::base::timings::Timings;

const BOTH: &str = "[publish]\nprecompress = [\"brotli\", \"gzip\"]\n";

/// A folder of the test's own, gone with it.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        Self(std::env::temp_dir().join(format!("sourcebook-twins-{}-{number}", std::process::id())))
    }

    fn build(&self, world: &MemoryWorld) -> Summary {
        let prepared = sourcebook_site::prepare::prepare(
            world,
            sourcebook_site::prepare::Options::default(),
            &mut Timings::default(),
        );
        site::write(&prepared, world, &Folder::make(&self.0).unwrap(), &mut Timings::default()).unwrap().summary
    }

    fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.0.join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    fn has(&self, path: &str) -> bool {
        self.0.join(path).exists()
    }

    fn put(&self, path: &str, text: &str) {
        fs::write(self.0.join(path), text).unwrap();
    }

    /// Every file, without what is private.
    fn files(&self) -> Vec<String> {
        let entries = walkdir::WalkDir::new(&self.0).sort_by_file_name().into_iter().map(Result::unwrap);
        let files = entries.filter(|entry| entry.file_type().is_file());
        let paths = files.map(|entry| entry.path().strip_prefix(&self.0).unwrap().to_str().unwrap().to_owned());
        paths.filter(|path| !path.starts_with(".sourcebook")).collect()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn world(publish: &str) -> MemoryWorld {
    MemoryWorld::new()
        .with("site.toml", format!("title = \"T\"\nlanguage = \"en\"\n{publish}"))
        .with("content/essay.md", "---\ntitle: Essay\ndate: 2025-01-01\n---\nText.\n")
        .with("content/other.md", "---\ntitle: Other\ndate: 2025-01-01\n---\nText.\n")
        .with("content/short.txt", "short")
        .with("content/picture.png", "not text. ".repeat(1000))
}

fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut out).unwrap();
    out
}

fn unbrotli(mut bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    brotli::BrotliDecompress(&mut bytes, &mut out).unwrap();
    out
}

#[test]
fn twins_say_what_their_files_say() {
    let site = Scratch::new();
    site.build(&world(BOTH));
    let files = site.files();
    let twins =
        |suffix: &str| files.iter().filter_map(|f| f.strip_suffix(suffix)).map(str::to_owned).collect::<Vec<_>>();
    let (gzip, brotli) = (twins(".gz"), twins(".br"));
    assert_eq!(gzip, brotli);
    for file in ["index.html", "404.html", "essay/index.html", "data/dossier.schema.json"] {
        assert!(gzip.iter().any(|f| f == file), "{file}: {gzip:?}");
    }
    assert!(!site.has("short.txt.gz") && !site.has("picture.png.gz") && !site.has(".nojekyll.gz"));
    for file in gzip {
        let bytes = site.read(&file);
        assert!(gunzip(&site.read(&format!("{file}.gz"))) == bytes, "{file}");
        assert!(unbrotli(&site.read(&format!("{file}.br"))) == bytes, "{file}");
    }
}

#[test]
fn twins_hold_no_time_and_are_the_same_twice() {
    let (one, two) = (Scratch::new(), Scratch::new());
    one.build(&world(BOTH));
    two.build(&world(BOTH));
    assert_eq!(one.files(), two.files());
    for file in one.files() {
        assert!(one.read(&file) == two.read(&file), "{file}");
    }
    // MTIME of RFC 1952: none.
    assert_eq!(one.read("index.html.gz")[4..8], [0; 4]);
}

#[test]
fn nothing_is_compressed_again_without_need() {
    let site = Scratch::new();
    let first = site.build(&world(BOTH));
    let total = first.written;
    let twin = site.0.join("essay/index.html.gz");
    let mut bytes = site.read("essay/index.html.gz");
    let made = fs::metadata(&twin).unwrap().modified().unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&twin, &bytes).unwrap();
    fs::File::options().append(true).open(&twin).unwrap().set_modified(made).unwrap();
    assert_eq!(site.build(&world(BOTH)), Summary { written: 0, unchanged: total, removed: 0 });
    assert_eq!(site.read("essay/index.html.gz"), bytes, "not made again");
    // What shows that another hand, or a loss of power, was there is made again.
    site.put("essay/index.html.gz", "cut short");
    assert_eq!(site.build(&world(BOTH)).written, 1);
    assert!(gunzip(&site.read("essay/index.html.gz")) == site.read("essay/index.html"));

    let changed = world(BOTH).with("content/essay.md", "---\ntitle: Essay\ndate: 2025-01-01\n---\nChanged.\n");
    site.build(&changed);
    assert!(gunzip(&site.read("essay/index.html.gz")) == site.read("essay/index.html"));

    fs::remove_file(site.0.join("essay/index.html.br")).unwrap();
    assert_eq!(site.build(&changed).written, 1);
    assert!(unbrotli(&site.read("essay/index.html.br")) == site.read("essay/index.html"));
}

#[test]
fn twins_go_with_their_files_and_their_setting() {
    let site = Scratch::new();
    site.build(&world(BOTH));
    site.build(&world(BOTH).without("content/other.md"));
    assert!(site.has("essay/index.html.gz") && !site.has("other/index.html.gz") && !site.has("other"));
    site.build(&world("[publish]\nprecompress = \"gzip\"\n"));
    assert!(site.has("other/index.html.gz") && !site.files().iter().any(|f| f.ends_with(".br")));
    site.build(&world(""));
    assert!(!site.files().iter().any(|f| f.ends_with(".gz")));
}

#[test]
fn twins_made_otherwise_are_made_again() {
    let site = Scratch::new();
    site.build(&world(BOTH));
    for recipe in ["", "sourcebook 0.0.1\ngzip 1\nbrotli 1\n"] {
        site.put(".sourcebook/recipe", recipe);
        site.put("index.html.gz", "otherwise");
        site.build(&world(BOTH));
        assert!(gunzip(&site.read("index.html.gz")) == site.read("index.html"));
    }
}

#[test]
fn the_writers_own_twin_is_theirs() {
    let site = Scratch::new();
    let long = "long ".repeat(1000);
    let own = world(BOTH).with("content/a.txt", long.as_str()).with("content/a.txt.gz", "mine");
    for _ in 0..2 {
        site.build(&own);
        assert_eq!(site.read("a.txt.gz"), b"mine");
        assert!(unbrotli(&site.read("a.txt.br")) == long.as_bytes());
    }
}
