#![expect(clippy::disallowed_methods, reason = "the tests look at what was written")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::full_text::Indexed;
use crate::held::Folder;
use crate::site::{self, Built};
use sourcebook_core::base::diagnostic::has_errors;
use sourcebook_core::base::memory::MemoryWorld;
use sourcebook_core::base::timings::Timings;

/// A folder of the test's own, gone with it.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        Self(std::env::temp_dir().join(format!("sourcebook-texts-{}-{number}", std::process::id())))
    }

    fn build(&self, world: &MemoryWorld) -> Built {
        let prepared = sourcebook_site::prepare::prepare(
            world,
            sourcebook_site::prepare::Options { drafts: true, ..Default::default() },
            &mut Timings::default(),
        );
        assert!(!has_errors(&prepared.diagnostics), "{:?}", prepared.diagnostics);
        site::write(&prepared, world, &Folder::make(&self.0).unwrap(), &mut Timings::default()).unwrap()
    }

    /// The files of the index, by their paths within it.
    fn index(&self) -> BTreeMap<String, Vec<u8>> {
        let folder = self.0.join("pagefind");
        let entries = walkdir::WalkDir::new(&folder).into_iter().filter_map(Result::ok);
        let files = entries.filter(|entry| entry.file_type().is_file());
        let path = |file: &walkdir::DirEntry| file.path().strip_prefix(&folder).unwrap().to_str().unwrap().to_owned();
        files.map(|file| (path(&file), std::fs::read(file.path()).unwrap())).collect()
    }

    /// What can be found, by page.
    fn texts(&self) -> BTreeMap<String, String> {
        let files = self.index().into_iter().filter(|(path, _)| path.starts_with("fragment/"));
        let each = files.map(|(_, bytes)| {
            let mut text = Vec::new();
            std::io::copy(&mut flate2::read::GzDecoder::new(&*bytes), &mut text).unwrap();
            let at = text.iter().position(|byte| *byte == b'{').unwrap();
            let page: serde_json::Value = serde_json::from_slice(&text[at..]).unwrap();
            let text = format!("{} | {}", page["meta"]["kind"].as_str().unwrap(), page["content"].as_str().unwrap());
            (page["url"].as_str().unwrap().to_owned(), text)
        });
        each.collect()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn world(table: &str) -> MemoryWorld {
    MemoryWorld::new()
        .with("site.toml", format!("title = \"T\"\nlanguage = \"en\"\n{table}"))
        .with("content/essay.md", "---\ntitle: Essay\n---\nLamps & <lanterns>, with [[ann]].<!-- uncited: a test -->\n")
        .with("content/draft.md", "---\ntitle: Draft\ndraft: true\n---\nUnripe.<!-- uncited: a test -->\n")
        .with("content/a.yaml", "actors:\n  ann: { name: Ann, summary: She lights them. }\n")
}

const ON: &str = "[search]\nfull_text = true\n[markdown]\nhtml = \"escape\"\n";

#[test]
fn the_main_part_of_articles_and_records_is_indexed() {
    let scratch = Scratch::new();
    assert_eq!(scratch.build(&world(ON)).full_text.unwrap().0, Indexed::Made { pages: 3 });
    let texts = scratch.texts();
    assert_eq!(texts.keys().collect::<Vec<_>>(), ["actors/ann/index.html", "essay/index.html", "index.html"]);
    assert!(texts["essay/index.html"].starts_with("Article | Essay"), "{texts:?}");
    assert!(texts["essay/index.html"].contains("Lamps & <lanterns>, with Ann."), "{texts:?}");
    assert!(texts["actors/ann/index.html"].starts_with("Actor | "), "{texts:?}");
    assert!(texts["actors/ann/index.html"].contains("She lights them."), "{texts:?}");
    // Neither the navigation, nor the record's own lines, nor how to cite it.
    assert!(
        !texts.values().any(|text| ["Skip to", "summary:", "BibTeX"].iter().any(|part| text.contains(part))),
        "{texts:?}"
    );
}

#[test]
fn the_index_is_these_files() {
    let scratch = Scratch::new();
    scratch.build(&world(ON));
    let plain = |path: &String| path.split(['_', '/']).next().unwrap().to_owned();
    let mut names: Vec<_> = scratch.index().keys().map(plain).collect();
    names.dedup();
    let expect =
        "filter fragment index pagefind-entry.json pagefind-worker.js pagefind.en pagefind.js wasm.en.pagefind";
    assert_eq!(names.join(" "), expect);
}

#[test]
fn the_same_texts_give_the_same_bytes() {
    let scratches = [Scratch::new(), Scratch::new()];
    scratches[0].build(&world(ON));
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    one.install(|| scratches[1].build(&world(ON)));
    assert!(!scratches[0].index().is_empty());
    assert_eq!(scratches[0].index(), scratches[1].index());
}

#[test]
fn an_index_of_the_same_texts_is_left_alone() {
    let scratch = Scratch::new();
    let twins = format!("{ON}[publish]\nprecompress = \"gzip\"\n");
    scratch.build(&world(&twins));
    let before = scratch.index();
    assert!(before.contains_key("pagefind.js.gz"));
    // Another file, and the same texts.
    let more = world(&twins).with("content/more.txt", "more");
    assert_eq!(scratch.build(&more).full_text.unwrap().0, Indexed::Kept { pages: 3 });
    assert_eq!(scratch.index(), before);
    let changed = world(&twins).with("content/essay.md", "---\ntitle: Essay\n---\nCandles.<!-- uncited: a test -->\n");
    assert_eq!(scratch.build(&changed).full_text.unwrap().0, Indexed::Made { pages: 3 });
    assert!(scratch.texts()["essay/index.html"].contains("Candles."));
    // A twin that is not wanted any more goes, and so does all of it.
    scratch.build(&world(ON));
    assert!(!scratch.index().is_empty() && !scratch.index().contains_key("pagefind.js.gz"));
    assert_eq!(scratch.build(&world("[markdown]\nhtml = \"escape\"\n")).full_text, None);
    assert!(scratch.index().is_empty() && !scratch.0.join("pagefind").exists());
}

#[test]
fn a_file_that_went_missing_comes_back() {
    let scratch = Scratch::new();
    scratch.build(&world(ON));
    let before = scratch.index();
    std::fs::remove_file(scratch.0.join("pagefind/pagefind.js")).unwrap();
    assert_eq!(scratch.build(&world(ON)).full_text.unwrap().0, Indexed::Made { pages: 3 });
    assert_eq!(scratch.index(), before);
}

#[test]
fn a_page_may_compile_what_it_searches_with() {
    let scratch = Scratch::new();
    let policy = |table: &str| {
        scratch.build(&world(table));
        let page = std::fs::read_to_string(scratch.0.join("index.html")).unwrap();
        (page.contains("script-src 'self' 'wasm-unsafe-eval';"), page.contains("data-full=\"pagefind/pagefind.js\""))
    };
    assert_eq!(policy(ON), (true, true));
    assert_eq!(policy("[markdown]\nhtml = \"escape\"\n"), (false, false));
}
