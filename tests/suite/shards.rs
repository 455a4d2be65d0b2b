//! A site built in parts and joined is the site that one build makes.

use std::collections::BTreeMap;

use crate::driver::files_below;
use crate::program::{Dossier, SOUND};

fn files(dossier: &Dossier, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let root = dossier.path(folder);
    let path = |file: &std::path::PathBuf| file.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
    let all = files_below(&root).into_iter().map(|file| (path(&file), std::fs::read(&file).unwrap()));
    all.filter(|(path, _)| !path.starts_with(".sourcebook")).collect()
}

#[track_caller]
fn says(dossier: &Dossier, arguments: &[&str], status: i32, expect: &str) {
    let output = dossier.run(arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(status), "{arguments:?}: {said}");
    assert!(said.contains(expect), "{arguments:?}: {said}");
}

/// A dossier of which so many parts are built, into `1`, `2` and so on, and the whole into `whole`.
fn parts(of: usize) -> (Dossier, Vec<String>) {
    let dossier = Dossier::new(SOUND);
    says(&dossier, &["build", "-o", "whole"], 0, "files written");
    let names: Vec<_> = (1..=of).map(|part| part.to_string()).collect();
    for name in &names {
        says(&dossier, &["build", "--shard", &format!("{name}/{of}"), "-o", name], 0, &format!("part {name}/{of}"));
    }
    (dossier, names)
}

#[test]
fn parts_joined_are_the_whole() {
    for of in [1, 2, 3, 7] {
        let (dossier, names) = parts(of);
        let mut arguments = vec!["build", "-o", "joined", "--join"];
        // In any order.
        arguments.extend(names.iter().rev().map(String::as_str));
        says(&dossier, &arguments, 0, "joined: ");
        let (whole, joined) = (files(&dossier, "whole"), files(&dossier, "joined"));
        assert_eq!(whole.keys().collect::<Vec<_>>(), joined.keys().collect::<Vec<_>>(), "{of}");
        assert!(whole == joined, "the bytes of {of} parts");
        let written: usize = names.iter().map(|name| files(&dossier, name).len()).sum();
        assert_eq!(written, whole.len(), "no file is made twice");
        // The joined site is as any other: nothing is left to do.
        says(&dossier, &["build", "-o", "joined"], 0, "0 files written");
        says(&dossier, &arguments, 0, "0 files written");
    }
}

#[test]
fn a_part_is_built_again_as_the_dossier_changes() {
    let (dossier, names) = parts(3);
    dossier.write("content/essay.md", "---\ntitle: Essay\n---\nSaid [@said] by [[kim]], again.\n");
    says(&dossier, &["build", "-o", "whole"], 0, "files written");
    for name in &names {
        says(&dossier, &["build", "--shard", &format!("{name}/3"), "-o", name], 0, "part ");
    }
    says(&dossier, &["build", "-o", "joined", "--join", "1", "2", "3"], 0, "joined: ");
    assert!(files(&dossier, "whole") == files(&dossier, "joined"));
}

fn join<'a>(parts: &[&'a str]) -> Vec<&'a str> {
    [&["build", "-o", "joined", "--join"], parts].concat()
}

#[test]
fn parts_that_make_no_site_are_told() {
    let (dossier, _) = parts(3);
    says(&dossier, &join(&["1", "3"]), 2, "missing: part 2/3");
    says(&dossier, &join(&["1", "2", "3", "1"]), 2, "are both part 1/3");
    says(&dossier, &join(&["1", "2", "whole"]), 2, "whole` is no whole part");
    says(&dossier, &join(&["1", "2", "nowhere"]), 2, "cannot read `nowhere`");
    says(&dossier, &join(&["1", "2", "content"]), 2, "holds what no build wrote");
    // Not all of a part came over.
    std::fs::write(dossier.path("2").join(first(&dossier, "2")), "cut").unwrap();
    says(&dossier, &join(&["1", "2", "3"]), 2, "2` is no whole part");
    std::fs::remove_file(dossier.path("2").join(first(&dossier, "2"))).unwrap();
    says(&dossier, &join(&["1", "2", "3"]), 2, "2` is no whole part");
    // Of another dossier.
    dossier.write("content/essay.md", "---\ntitle: Essay\n---\nSaid [@said] by [[kim]], again.\n");
    says(&dossier, &["build", "--shard", "2/3", "-o", "2"], 0, "part 2/3");
    says(&dossier, &join(&["1", "2", "3"]), 2, "were built from different dossiers");
    assert!(files(&dossier, "joined").is_empty(), "nothing was written");
    says(&dossier, &["build", "--shard", "4/3"], 2, "which part of how many");
}

fn first(dossier: &Dossier, part: &str) -> String {
    files(dossier, part).into_keys().next().unwrap()
}

#[test]
fn the_full_text_is_of_the_whole() {
    let dossier = Dossier::new(SOUND);
    let site = dossier.read("site.toml");
    dossier.write("site.toml", &site.replace("[paths]", "[search]\nfull_text = true\n[paths]"));
    says(&dossier, &["build", "--shard", "1/2", "-o", "1"], 2, "`[search] full_text` is made of all pages");
}
