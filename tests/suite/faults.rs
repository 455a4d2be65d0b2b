//! Every fault, once: `faults/NAME.txt` are dossiers of a few lines, with what is said of each line beneath it.
//!
//! What stands there is all that is said: one cause, one diagnostic.

use std::collections::BTreeSet;
use std::path::Path;

use sourcebook_site::prepare::Options;

use crate::driver::{Memory, annotate, files_below, golden, join, run, split, strip, suite};

#[test]
fn each_fault_is_told_once_at_its_place() {
    let mut differences = Vec::new();
    // While one is written: `ONLY=foreign UPDATE=1 cargo test --test suite each_fault`.
    let only = std::env::var("ONLY").unwrap_or_default();
    for path in files_below(&suite().join("faults")).into_iter().filter(|path| path.to_string_lossy().contains(&only)) {
        let written = strip(&std::fs::read_to_string(&path).unwrap());
        let (intro, mut files) = split(&written);
        let (prepared, diagnostics) = run(&Memory::of(&files), Options::default());
        annotate(&mut files, &diagnostics, &prepared.parsed.files);
        differences.extend(golden(&path, &join(&intro, &files)).err());
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// What is tested where a fixture cannot stand for it: in [`crate::growth`], [`crate::history`], [`crate::hostile`] and
/// [`crate::program`].
const ELSEWHERE: &[&str] =
    &["file-too-large", "no-history", "too-deep", "uncoloured-code", "unreadable-file", "yaml-limit"];

#[test]
fn every_code_has_a_fixture() {
    let mut shown = String::new();
    for path in files_below(&suite().join("faults")).into_iter().chain(files_below(&suite().join("imports"))) {
        shown += &std::fs::read_to_string(path).unwrap();
    }
    let missing: Vec<_> = codes().into_iter().filter(|code| !shown.contains(&format!("[{code}]"))).collect();
    assert_eq!(missing, ELSEWHERE);
}

/// The codes of every fault of the phases, as they stand in the code.
pub(crate) fn codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for path in files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let rules = ["/src/core/check/", "/src/core/evidence/", "/src/machine/", "tests.rs"]
            .iter()
            .any(|part| path.to_string_lossy().contains(part));
        let code = std::fs::read_to_string(&path).unwrap_or_default();
        let code = code.split("#[cfg(test)]").next().unwrap_or_default();
        if !rules && path.extension().is_some_and(|e| e == "rs") {
            codes.extend(code.split("Diagnostic::").skip(1).filter_map(code_of));
            codes.extend(code.split("b.value(").skip(1).filter_map(code_of));
            codes.extend(code.split("self.value(").skip(1).filter_map(code_of));
            codes.extend(["not-text", "file-too-large", "unreadable-file"].map(String::from));
        }
    }
    codes
}

/// The first string of a call.
fn code_of(call: &str) -> Option<String> {
    let inside = call.split(';').next()?;
    let word = inside.split('"').nth(1)?;
    let kebab = word.contains('-') && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    kebab.then(|| word.to_owned())
}
