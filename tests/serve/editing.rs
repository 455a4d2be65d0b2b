//! Whatever an editor, a file browser or git does to the folder: what is shown is what a fresh build would make.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use sourcebook_core::base::diagnostic::{Diagnostic, has_errors};
use sourcebook_core::base::timings::Timings;
use sourcebook_machine::serve::change::Change;
use sourcebook_machine::serve::preview::{Preview, Site};
use sourcebook_machine::terminal;
use sourcebook_site::pages::kind_of;
use sourcebook_site::prepare::Options;

use crate::scratch::{SMALL, Scratch, serve};

/// What somebody does to the folder.
#[derive(Clone, Debug)]
enum Act {
    Save { file: usize, text: usize },
    SaveByRename { file: usize, text: usize },
    Append { file: usize, text: usize },
    Delete { file: usize },
    Move { from: usize, to: usize },
    MoveFolder { from: usize, to: usize },
    DeleteFolder { folder: usize },
    Checkout { branch: usize },
    Link { from: usize, to: usize },
}

const FOLDERS: &[&str] = &["content", "content/notes", "content/sheets", "content/new/deep", "themes", "captures"];

const FILES: &[&str] = &[
    "site.toml",
    "content/index.md",
    "content/notes/one.md",
    "content/notes/two.md",
    "content/new/deep/three.md",
    "content/image.svg",
    "content/sheets/people.yaml",
    "content/sheets/claims.yaml",
    "content/new/deep/more.yaml",
    "content/texts/speech.txt",
    "captures/paper.txt",
    "captures.lock",
    "themes/default/templates/footer.html",
    "themes/default/templates/claim.html",
    "themes/default/static/more.css",
    "themes/default/i18n/en.toml",
];

/// Texts, each with the ends of the names of files that it is meant for.
const TEXTS: &[(&str, &str)] = &[
    (".md", "---\ntitle: Other\n---\nOther words, see [[ann]] and [@said].\n"),
    (".md", "---\ntitle: Third\naliases: [old/place]\n---\nThird, by [[ann|Ann herself]].\n"),
    (".md", "\u{feff}---\ntitle: With a mark\n---\nText.\n"),
    (".md", "---\ntitle: Draft\ndraft: true\n---\nText.\n"),
    ("people.yaml", "actors:\n  ann: { name: Ann }\n  bob: { name: Robert, type: person }\n"),
    ("people.yaml", "actors:\n  ann: { name: Anne, summary: \"She said it.[@said]\" }\n"),
    ("more.yaml", "actors:\n  cid: { name: Cid, summary: \"Of [[ann]].\" }\n"),
    ("more.yaml", "events:\n  fair: { title: The fair, date: 2024-04, actors: [ann] }\n"),
    (
        "more.yaml",
        "sources:\n  speech: { title: Speech, type: speech, text: { file: content/texts/speech.txt, rights: public domain } }\n",
    ),
    ("site.toml", "title = \"Another\"\nlanguage = \"en\"\n"),
    (
        "site.toml",
        "title = \"Autre\"\nlanguage = \"fr\"\nbase_url = \"https://example.org/x\"\n[captures]\ndir = \"captures\"\n",
    ),
    (".css", "body { color: red }\n"),
    (".css", "body { color: blue }\n"),
    ("en.toml", "[base]\nskip = \"Go on\"\n"),
    (".html", "{% extends \"base.html\" %}{% block content %}<p>{{ page.title }}</p>{% endblock content %}"),
    (".html", "{% extends \"base.html\" %}{% block content %}{{ nothing.at.all }}{% endblock content %}"),
    ("paper.txt", "Ann said that there were ten of them, and left.\n"),
    (".txt", "Somebody said that there were ten of them. There were ten of them.\n"),
    (".svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><path/></svg>\n"),
    ("", ""),
    ("", "actors: [broken\n"),
];

/// A file, and a text that is mostly meant for it.
fn file_and_text() -> impl Strategy<Value = (usize, usize)> {
    (0..FILES.len(), any::<prop::sample::Index>(), 0..10_u8).prop_map(|(file, choice, luck)| {
        let fits = |(end, _): &(&str, &str)| !end.is_empty() && FILES[file].ends_with(end);
        let fitting: Vec<_> = (0..TEXTS.len()).filter(|i| luck == 0 || fits(&TEXTS[*i])).collect();
        let text = if fitting.is_empty() { choice.index(TEXTS.len()) } else { fitting[choice.index(fitting.len())] };
        (file, text)
    })
}

fn act() -> impl Strategy<Value = Act> {
    let (file, folder) = (0..FILES.len(), 0..FOLDERS.len());
    prop_oneof![
        8 => file_and_text().prop_map(|(file, text)| Act::Save { file, text }),
        4 => file_and_text().prop_map(|(file, text)| Act::SaveByRename { file, text }),
        1 => file_and_text().prop_map(|(file, text)| Act::Append { file, text }),
        2 => file.clone().prop_map(|file| Act::Delete { file }),
        1 => (file.clone(), file.clone()).prop_map(|(from, to)| Act::Move { from, to }),
        1 => (folder.clone(), folder.clone()).prop_map(|(from, to)| Act::MoveFolder { from, to }),
        1 => folder.prop_map(|folder| Act::DeleteFolder { folder }),
        4 => (0..3_usize).prop_map(|branch| Act::Checkout { branch }),
        1 => (file.clone(), file).prop_map(|(from, to)| Act::Link { from, to }),
    ]
}

/// What cannot be done is left out: it is the folder that counts, not the act.
fn perform(root: &Path, act: &Act) {
    let file = |i: usize| root.join(FILES[i]);
    let folder_of = |path: &Path| drop(fs::create_dir_all(path.parent().unwrap()));
    match act {
        Act::Save { file: f, text } => {
            folder_of(&file(*f));
            drop(fs::write(file(*f), TEXTS[*text].1));
        }
        Act::SaveByRename { file: f, text } => {
            folder_of(&file(*f));
            let temporary = file(*f).with_extension("tmp~");
            drop(fs::write(&temporary, TEXTS[*text].1));
            drop(fs::rename(temporary, file(*f)));
        }
        Act::Append { file: f, text } => {
            use std::io::Write;
            if let Ok(mut file) = fs::OpenOptions::new().append(true).open(file(*f)) {
                drop(file.write_all(TEXTS[*text].1.as_bytes()));
            }
        }
        Act::Delete { file: f } => drop(fs::remove_file(file(*f))),
        Act::Move { from, to } => {
            folder_of(&file(*to));
            drop(fs::rename(file(*from), file(*to)));
        }
        Act::MoveFolder { from, to } => {
            let to = root.join(FOLDERS[*to]).join("moved");
            folder_of(&to);
            drop(fs::rename(root.join(FOLDERS[*from]), to));
        }
        Act::DeleteFolder { folder } => drop(fs::remove_dir_all(root.join(FOLDERS[*folder]))),
        Act::Checkout { branch } => checkout(root, *branch),
        Act::Link { from, to } => {
            folder_of(&file(*from));
            #[cfg(unix)]
            drop(std::os::unix::fs::symlink(file(*to), file(*from)));
        }
    }
}

/// As git does: what the branch does not have goes, what is otherwise is written anew.
fn checkout(root: &Path, branch: usize) {
    for name in FILES {
        if SMALL.iter().all(|(path, _)| path != name) {
            drop(fs::remove_file(root.join(name)));
        }
    }
    drop(fs::remove_dir_all(root.join("content/new")));
    for (path, text) in SMALL {
        let path = root.join(path);
        drop(fs::create_dir_all(path.parent().unwrap()));
        drop(fs::remove_file(&path));
        let text = if branch == 1 { text.replace("Ann", "Anna") } else { (*text).to_owned() };
        drop(fs::write(path, text));
    }
    if branch == 2 {
        let path = root.join("content/new/deep/more.yaml");
        drop(fs::create_dir_all(path.parent().unwrap()));
        drop(fs::write(path, TEXTS[6].1));
    }
}

/// How many states of the folder were faulty, and how many sound.
static COUNTS: [AtomicUsize; 2] = [AtomicUsize::new(0), AtomicUsize::new(0)];

/// All pages, or all that is wrong.
type State = Result<BTreeMap<String, Vec<u8>>, String>;

fn fresh(scratch: &Scratch) -> State {
    let disk = scratch.disk();
    let prepared = sourcebook_site::prepare::prepare(&disk, Options::default(), &mut Timings::default());
    if has_errors(&prepared.diagnostics) {
        return Err(terminal::human(&prepared.diagnostics, &prepared.parsed.files, false));
    }
    let renderer = prepared.renderer(&disk);
    let mut pages = BTreeMap::new();
    for route in prepared.routes.all() {
        let mut bytes = Vec::new();
        renderer.render(route, &mut bytes).map_err(rendering)?;
        pages.insert(route.path.to_string(), bytes);
    }
    Ok(pages)
}

/// What only rendering finds is found when a page is asked for.
const RENDERING: &str = "in rendering: ";

fn rendering(fault: Diagnostic) -> String {
    format!("{RENDERING}{}", fault.message)
}

fn shown(preview: &Preview) -> State {
    let current = preview.current();
    if !current.faults.is_empty() {
        let texts: Vec<_> = current.faults.iter().chain(&current.warnings).map(|fault| fault.text.clone()).collect();
        return Err(texts.join("\n\n"));
    }
    let Some(site) = &current.site else { return Err("nothing yet".into()) };
    pages(site).map_err(rendering)
}

fn pages(site: &Site) -> Result<BTreeMap<String, Vec<u8>>, Diagnostic> {
    let routes = site.prepared.routes.all().iter();
    routes.map(|route| Ok((route.path.to_string(), site.render(route)?))).collect()
}

/// Hashes of the pages that are made of what was read, not copied as it stands there.
fn written(site: &Site) -> Vec<(String, Result<blake3::Hash, String>)> {
    let routes = site.prepared.routes.all().iter().filter(|route| kind_of(route).name != "assets");
    let hash = |route| site.render(route).map(|bytes| blake3::hash(&bytes)).map_err(|fault| fault.message);
    routes.map(|route| (route.path.to_string(), hash(route))).collect()
}

/// Whether both show the same; faults only in rendering are told of one page or another, so their words count alone.
fn is_same(one: &State, other: &State) -> bool {
    match (one, other) {
        (Ok(one), Ok(other)) => one == other,
        (Err(one), Err(other)) => {
            let (one, other) = (one.trim_start_matches(RENDERING), other.trim_start_matches(RENDERING));
            sorted(one) == sorted(other) || one.contains(other.trim()) || other.contains(one.trim())
        }
        _ => false,
    }
}

fn sorted(text: &str) -> Vec<&str> {
    let mut parts: Vec<_> = text.trim().split("\n\n").collect();
    parts.sort_unstable();
    parts
}

fn summary(state: &State) -> String {
    match state {
        Ok(pages) => format!("{} pages: {:?}", pages.len(), pages.keys()),
        Err(text) => text.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 40, ..ProptestConfig::default() })]

    /// Looked at after each act: what is not parsed again is as if it had been.
    #[test]
    fn step_by_step(acts in prop::collection::vec(act(), 1..10)) {
        let scratch = Scratch::small("steps");
        let preview = scratch.preview();
        let mut good = written(&preview.current().site.clone().unwrap());
        for act in &acts {
            perform(scratch.path(), act);
            let is_other = preview.snapshot().reopen(scratch.disk());
            let look = preview.snapshot().refresh(&Change { anything: true, paths: Vec::new() });
            if look.changed || is_other {
                preview.reload(|_| ());
            }
            let (ours, theirs) = (shown(&preview), fresh(&scratch));
            COUNTS[usize::from(theirs.is_ok())].fetch_add(1, Ordering::Relaxed);
            if theirs.is_ok() {
                good = written(&preview.current().site.clone().unwrap());
            } else if theirs.as_ref().is_err_and(|text| !text.starts_with(RENDERING)) {
                let site = preview.current().site.clone().unwrap();
                prop_assert_eq!(written(&site), good.clone(), "the last good pages stay");
            }
            prop_assert!(is_same(&ours, &theirs), "after {act:?}\n--- shown:\n{}\n--- fresh:\n{}", summary(&ours), summary(&theirs));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 0, ..ProptestConfig::default() })]

    /// In bursts, with the server listening as it does: after a while, what is shown is right.
    #[test]
    fn in_bursts(bursts in prop::collection::vec(prop::collection::vec(act(), 1..8), 1..4)) {
        let scratch = Scratch::small("bursts");
        let preview = scratch.followed();
        for burst in &bursts {
            for act in burst {
                perform(scratch.path(), act);
            }
            let expect = fresh(&scratch);
            let end = Instant::now() + Duration::from_secs(20);
            while !is_same(&shown(&preview), &expect) && Instant::now() < end {
                std::thread::sleep(Duration::from_millis(20));
            }
            let ours = shown(&preview);
            prop_assert!(is_same(&ours, &expect), "after {burst:?}\n--- shown:\n{}\n--- fresh:\n{}", summary(&ours), summary(&expect));
        }
    }
}

#[test]
fn only_what_changed_is_parsed_again() {
    let scratch = Scratch::small("parse");
    let preview = scratch.preview();
    let sheets = || preview.current().site.as_ref().unwrap().prepared.parsed.content.sheets.clone();
    let before = sheets();
    scratch.edit("content/sheets/people.yaml", "name: Ann", "name: Anna");
    preview.snapshot().refresh(&Change { anything: true, paths: Vec::new() });
    preview.reload(|_| ());
    let after = sheets();
    let same: Vec<_> = before.iter().zip(&after).map(|(a, b)| std::sync::Arc::ptr_eq(a, b)).collect();
    assert_eq!(same, [true, false], "claims.yaml, people.yaml");
}

#[test]
fn only_what_changed_is_bound_again() {
    let scratch = Scratch::small("bind");
    let preview = scratch.preview();
    let site = || preview.current().site.clone().unwrap();
    let before = site();
    scratch.edit("content/sheets/people.yaml", "name: Ann", "name: Anna");
    preview.snapshot().refresh(&Change { anything: true, paths: Vec::new() });
    preview.reload(|_| ());
    let after = site();
    let (before, after) = (&before.prepared.dossier, &after.prepared.dossier);
    let same = |a: &sourcebook_core::model::Claim, b: &sourcebook_core::model::Claim| {
        std::sync::Arc::ptr_eq(&a.record, &b.record)
    };
    assert!(!before.claims.is_empty() && before.claims.iter().zip(&after.claims).all(|(a, b)| same(a, b)));
    let actors = before.actors.iter().zip(&after.actors);
    assert!(actors.clone().all(|(a, b)| !std::sync::Arc::ptr_eq(&a.record, &b.record)), "their sheet changed");
    assert!(actors.clone().any(|(a, b)| a.name != b.name));
}

#[test]
fn faults_keep_the_last_good_pages() {
    let scratch = Scratch::small("faults");
    let client = serve(&scratch.followed());
    let good = client.get("/actors/ann/").body;
    scratch.edit("content/sheets/people.yaml", "type: person", "type: persn");
    let event = client.event("/actors/ann/", |event| event["fault_count"] != 0);
    assert_eq!(event["faults"][0]["place"], "content/sheets/people.yaml:2:27");
    let href = event["faults"][0]["href"].as_str().unwrap();
    assert!(href.starts_with("vscode://file/") && href.ends_with("people.yaml:2:27"), "{href}");
    assert!(event["faults"][0]["text"].as_str().unwrap().contains("did you mean `person`?"), "{event}");
    assert_eq!(client.get("/actors/ann/").body, good);
    scratch.edit("content/sheets/people.yaml", "type: persn", "type: person");
    let event = client.event("/actors/ann/", |event| event["fault_count"] == 0);
    assert_eq!(event["faults"], serde_json::json!([]));
}

#[test]
fn a_fault_of_a_template_keeps_the_last_good_pages() {
    let scratch = Scratch::small("template");
    let client = serve(&scratch.followed());
    let good = client.get("/claims/said/").body;
    let template = "themes/default/templates/claim.html";
    scratch.put(template, "{% extends \"base.html\" %}{% block content %}{{ nothing.at.all }}{% endblock content %}");
    let event = client.event("/claims/said/", |event| event["fault_count"] != 0);
    assert_eq!(event["faults"][0]["place"], format!("{template}:1:48"), "{event}");
    assert_eq!(client.get("/claims/said/").body, good);
    fs::remove_file(scratch.path().join(template)).unwrap();
    client.event("/claims/said/", |event| event["fault_count"] == 0);
}

#[test]
fn a_stylesheet_is_swapped_and_a_page_is_not_another() {
    let scratch = Scratch::small("css");
    let client = serve(&scratch.followed());
    let before = client.event("/", |_| true);
    scratch.put("themes/default/static/more.css", "body { color: red }");
    let after = client.event("/", |event| event["css"] != before["css"]);
    assert_eq!(after["page"], before["page"]);
    assert_eq!(client.get(&format!("/{}", after["css"].as_str().unwrap())).status, 200);
}

/// A file of the content that comes between the theme's is not taken for one of them.
#[test]
fn a_new_article_is_shown_as_it_is_after_the_theme_was_read_again() {
    let scratch = Scratch::small("between");
    let preview = scratch.preview();
    let save = |file, text| perform(scratch.path(), &Act::Save { file, text });
    let article = 4;
    for (file, text) in [(article, 0), (0, 10), (article, 1), (article, 2)] {
        save(file, text);
        preview.snapshot().refresh(&Change { anything: true, paths: Vec::new() });
        preview.reload(|_| ());
        let (ours, theirs) = (shown(&preview), fresh(&scratch));
        assert!(is_same(&ours, &theirs), "--- shown:\n{}\n--- fresh:\n{}", summary(&ours), summary(&theirs));
    }
}
