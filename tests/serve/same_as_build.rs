//! Every answer is what a build writes, but for one script.

use std::path::Path;

use sourcebook_core::base::timings::Timings;
use sourcebook_machine::disk::Disk;
use sourcebook_machine::held::Folder;
use sourcebook_machine::site;
use sourcebook_site::prepare::Options;

use crate::client::Client;
use crate::scratch::{Scratch, serve};

/// Builds into a folder, asks for every file of it, and compares.
fn check(scratch: &Scratch, base: &str) -> usize {
    let mut timings = Timings::default();
    let disk = scratch.disk();
    let prepared = sourcebook_site::prepare::prepare(&disk, Options::default(), &mut timings);
    assert!(!sourcebook_core::base::diagnostic::has_errors(&prepared.diagnostics), "{:?}", prepared.diagnostics);
    let output = Scratch::new("built");
    site::write(&prepared, &disk, &Folder::make(output.path()).unwrap(), &mut timings).unwrap();
    let client = serve(&scratch.preview());
    let written = Disk::open(output.path()).unwrap();
    let files = sourcebook_core::base::world::World::list(&written, "");
    for file in &files {
        let bytes = std::fs::read(output.path().join(&*file.path)).unwrap();
        let folder = file.path.strip_suffix("index.html").filter(|f| f.is_empty() || f.ends_with('/'));
        for path in [Some(&*file.path), folder].into_iter().flatten() {
            compare(&client, &format!("{base}{}", encode(path)), &bytes);
        }
    }
    files.len()
}

fn compare(client: &Client, path: &str, bytes: &[u8]) {
    let answer = client.get(path);
    assert_eq!(answer.status, 200, "{path}");
    assert!(answer.without_script() == bytes, "{path} differs from the build");
    assert_eq!(answer.header("content-length"), answer.body.len().to_string());
}

fn encode(path: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._/".contains(&b);
    path.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02x}") }).collect()
}

#[test]
fn small() {
    assert!(check(&Scratch::small("same"), "/") > 20);
}

#[test]
fn under_a_sub_path() {
    let scratch = Scratch::small("base");
    scratch.edit("site.toml", "title", "base_url = \"https://example.org/some/where/\"\ntitle");
    check(&scratch, "/some/where/");
    let client = serve(&scratch.preview());
    assert_eq!(client.get("/").status, 307);
    assert_eq!(client.get("/").header("location"), "/some/where/");
    assert_eq!(client.get("/some/where").header("location"), "/some/where/");
    assert_eq!(client.get("/some/where/claims?a=b").header("location"), "/some/where/claims/?a=b");
    let elsewhere = client.get("/claims/");
    assert_eq!(elsewhere.status, 404);
    assert!(elsewhere.text().contains("href=\"/some/where/index.html\""), "{}", elsewhere.text());
}

/// The dossier of this repository.
#[test]
fn the_dossier() {
    let scratch = Scratch::new("dossier");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in sourcebook_core::base::world::World::list(&Disk::open(root).unwrap(), "content") {
        scratch.put(&file.path, &std::fs::read_to_string(root.join(&*file.path)).unwrap());
    }
    for name in ["site.toml", "captures.lock"] {
        if let Ok(text) = std::fs::read_to_string(root.join(name)) {
            scratch.put(name, &text);
        }
    }
    assert!(check(&scratch, "/") > 100);
}
