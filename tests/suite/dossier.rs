//! This repository's own dossier: nothing is found in it, and its table of assertions is held to its sheets.
//!
//! `CAPTURES=DIR` names the captures; without it they are looked for where `site.toml` says. Without captures, the quotes
//! are those of `captures.lock`, and what only captures show is not looked for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

fn run(arguments: &[&str]) -> (bool, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sourcebook"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    if let Some(captures) = std::env::var_os("CAPTURES") {
        command.arg("--captures").arg(captures);
    }
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.success(), text(output.stdout), text(output.stderr))
}

/// No fault, no warning, no hint: also no sentence of a text without a claim or a reason, no `[…]` over an attribution, no
/// words of a journalist after somebody's name.
#[test]
fn the_dossier_checks_clean() {
    let (sound, out, err) = run(&["check", "--deny", "warnings", "--format", "short"]);
    assert!(sound, "{out}{err}");
    let found = out.lines().chain(err.lines()).filter(|l| l.contains("warning[") || l.contains("hint["));
    // The captures are private: most who clone this have none.
    let found: Vec<_> = found.filter(|line| !line.contains("hint[captures-absent]")).collect();
    assert!(found.is_empty(), "{found:#?}");
}

/// A row of the table: source, locator, what carries it.
fn rows(table: &str) -> Vec<(String, String, String)> {
    let mut source = String::new();
    let mut rows = Vec::new();
    for line in table.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            source = heading.split('`').nth(1).unwrap().to_owned();
        }
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        if let [_, _, locator, _, carried, _, _] = cells[..]
            && !source.is_empty()
            && !locator.is_empty()
            && !matches!(locator, "where" | "---")
        {
            rows.push((source.clone(), locator.to_owned(), carried.to_owned()));
        }
    }
    rows
}

#[test]
fn the_dossier_has_every_claim_in_its_table() {
    let table = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/dossier.md")).unwrap();
    let (_, json, err) = run(&["export", "json"]);
    let export: Value = serde_json::from_str(&json).unwrap_or_else(|e| panic!("{e}: {err}"));
    let records = |key: &str| export[key].as_array().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    // Each claim, with the places where it is found.
    let mut claims: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
    for claim in records("claims") {
        let places = claim["evidence"].as_array().unwrap().iter();
        let places = places.map(|e| (text(&e["source"]), text(&e["locator"])));
        claims.insert(text(&claim["id"]), places.collect());
    }
    let mut aside: BTreeSet<(String, String)> = BTreeSet::new();
    for source in records("sources") {
        let passages = source["set_aside"].as_array().cloned().unwrap_or_default();
        aside.extend(passages.iter().map(|p| (text(&source["id"]), text(&p["locator"]))));
    }
    for (source, locator, carried) in rows(&table) {
        let place = (source, locator);
        match carried.strip_prefix('`').and_then(|c| c.strip_suffix('`')) {
            Some(id) => {
                let found = claims.get(id).unwrap_or_else(|| panic!("no claim {id}"));
                assert!(found.contains(&place), "{id} is not found at {place:?}, but at {found:?}");
            }
            None => {
                assert!(carried.starts_with("set aside: "), "{carried}");
                assert!(aside.contains(&place), "{place:?} is not set aside");
            }
        }
    }
    let told: BTreeSet<_> =
        rows(&table).into_iter().map(|(.., carried)| carried.trim_matches('`').to_owned()).collect();
    let missing: Vec<_> = claims.keys().filter(|id| !told.contains(*id)).collect();
    assert!(missing.is_empty(), "no row for {missing:?}");
}
