mod growth;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::fixture::read;
use super::*;
use crate::dossier::load::load;
use crate::dossier::resolve::{Options, resolve};
use crate::evidence::verify;

/// Codes and severities of what the rules and settings say of a fixture.
fn all(fixture: &str) -> Vec<String> {
    let (world, _) = read(fixture);
    let parsed = load(&world);
    assert_eq!(parsed.diagnostics, [], "load");
    let dossier = resolve(&parsed.value, Options::default()).value;
    let verified = verify::verify(&dossier, &parsed.value, &world, None).value;
    let found = run(&dossier, &parsed.value, &verified, &world);
    let show = |d: &Diagnostic| {
        let at = d.span.map_or("", |span| parsed.value.files.text(span));
        format!("{:?} {} `{at}`", d.severity, d.code)
    };
    found.iter().map(show).collect()
}

const IDLE: &str = "== content/a.yaml\nsources:\n  idle: { title: I }\n  other: { title: O }\n";

#[test]
fn levels_are_set_in_the_configuration() {
    let idle = |severity: &str| ["idle", "other"].map(|id| format!("{severity} unused-source `{id}`"));
    let with = |level: &str| all(&format!("== site.toml\ntitle = 'T'\n[rules]\nunused-source = '{level}'\n{IDLE}"));
    assert_eq!(all(IDLE), idle("Warning"));
    assert_eq!(with("deny"), idle("Error"));
    assert_eq!(with("hint"), idle("Hint"));
    assert_eq!(with("off"), [""; 0]);
}

#[test]
fn exceptions_let_single_records_pass() {
    let with = |more: &str| {
        let exception = format!("[[exceptions]]\nrule = 'unused-source'\nid = 'idle'\nbecause = 'b'\n{more}");
        all(&format!("== site.toml\ntitle = 'T'\n{exception}\n{IDLE}"))
    };
    assert_eq!(with(""), ["Warning unused-source `other`"]);
    assert_eq!(with("until = '2026-01-01'"), ["Warning unused-source `other`"]);
    assert_eq!(
        with("until = '2025-12-31'"),
        ["Warning expired-exception `'2025-12-31'`", "Warning unused-source `idle`", "Warning unused-source `other`"]
    );
}

#[test]
fn settings_of_what_there_is_not_are_faults() {
    let site = "== site.toml\ntitle = 'T'\n[rules]\nunused-sauce = 'off'\nunknown-id = 'off'\n[[exceptions]]\nrule = 'x'\nid = 'idel'\nbecause = 'b'\n";
    let found = all(&format!("{site}{IDLE}"));
    let faults = [
        "Error unknown-rule `'x'`",
        "Error unknown-id `'idel'`",
        "Error unknown-rule `unused-sauce`",
        "Error unknown-rule `unknown-id`",
    ];
    assert_eq!(found[..4], faults);
}

#[test]
fn what_could_not_be_read_is_not_unused() {
    let (world, _) = read(&format!("{IDLE}== content/b.yaml\nclaims: [\n"));
    let parsed = load(&world).value;
    let dossier = resolve(&parsed, Options::default()).value;
    assert_eq!(run(&dossier, &parsed, &Verified::default(), &world), []);
}

#[test]
fn codes_are_in_order_and_each_is_one() {
    let rules: Vec<_> = RULES.iter().map(|rule| rule.code).collect();
    let others: Vec<_> = codes::codes().iter().map(|code| code.code).collect();
    assert!(rules.is_sorted() && others.is_sorted());
    let all: BTreeSet<_> = explain::all().collect();
    assert_eq!(all.len(), rules.len() + others.len());
    for code in all {
        let text = explain(code).unwrap();
        assert!(text.starts_with(&format!("# {code}\n")) && text.contains("```"), "{text}");
    }
    assert!(explain("rules").unwrap().contains("warn  unused-claim\n"));
    assert_eq!(explain("no-such-code"), None);
}

#[test]
fn every_code_of_a_diagnostic_is_explained() {
    let mut used = BTreeSet::new();
    for file in rust_files(&root().join("src")) {
        let text = file_text(&file);
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        if !file.ends_with("tests.rs") && file.parent().is_none_or(|folder| !folder.ends_with("tests")) {
            used.extend(codes_in(text));
        }
    }
    assert!(used.len() > 40 && used.contains("not-text") && used.contains("bad-window"), "{used:?}");
    let known: BTreeSet<String> = explain::all().map(str::to_owned).collect();
    let missing: Vec<_> = used.difference(&known).collect();
    assert!(missing.is_empty(), "codes without an explanation in src/core/check/codes/: {missing:?}");
}

/// The first text after the ways in which a diagnostic is made, and texts that have the form of codes made elsewhere.
fn codes_in(text: &str) -> Vec<String> {
    const MAKERS: [&str; 4] = ["Diagnostic::error(", "Diagnostic::warning(", "Diagnostic::placeless(", "code: "];
    const HABITS: [&str; 6] = ["\"bad-", "\"unknown-", "\"missing-", "\"unreadable-", "\"not-text", "\"file-too-"];
    let literal = |from: &str| {
        let inside = from.trim_start().strip_prefix('"')?;
        let code = &inside[..inside.find('"')?];
        let is_code = code.contains('-') && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        is_code.then(|| code.to_owned())
    };
    let made = MAKERS.iter().flat_map(|m| text.match_indices(m).map(|(at, m)| at + m.len()));
    let habitual = HABITS.iter().flat_map(|h| text.match_indices(h).map(|(at, _)| at));
    made.chain(habitual).filter_map(|at| literal(&text[at..])).chain(leak(text)).collect()
}

/// `cycle` and `leak` have no hyphen.
fn leak(text: &str) -> impl Iterator<Item = String> {
    ["leak", "cycle"].into_iter().filter(|code| text.contains(&format!("(\"{code}\", "))).map(str::to_owned)
}

/// The repository, above this package.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let all = walkdir::WalkDir::new(folder).sort_by_file_name();
    let files = all.into_iter().filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    files.filter(|path| path.extension().is_some_and(|e| e == "rs")).collect()
}

#[expect(clippy::disallowed_methods, reason = "the test reads the program's own files")]
fn file_text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// `UPDATE=1 cargo test` writes it anew.
#[test]
#[expect(clippy::disallowed_methods, reason = "the test reads and writes the program's own documentation")]
fn the_documentation_is_up_to_date() {
    let wanted = explain::documentation();
    if std::env::var("UPDATE").is_ok() {
        std::fs::write(root().join("docs/rules.md"), &wanted).unwrap();
    }
    let message = "docs/rules.md is out of date: run UPDATE=1 cargo test -p sourcebook-core check";
    assert!(std::fs::read_to_string(root().join("docs/rules.md")).unwrap_or_default() == wanted, "{message}");
}
