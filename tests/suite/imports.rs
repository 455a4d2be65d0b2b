//! Files of other programs, as their exports are: `imports/NAME.txt` holds one or more, with what is said of each line
//! beneath it, and the records that they become.

use std::collections::BTreeMap;
use std::fmt::Write;

use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics, sort};
use sourcebook_core::base::file::Files;
use sourcebook_core::base::tree::emit;
use sourcebook_core::model::Dossier;
use sourcebook_core::model::kinds::Kind;
use sourcebook_desk::import::{Format, merge, record, text};
use sourcebook_desk::scaffold::append::{Addition, append};

use crate::driver::{Memory, annotate, files_below, golden, join, run, split, strip, suite, to_bytes};

/// What is written to a sheet that is not in the dossier yet.
const SHEET: &str = "(the sheet)";

#[test]
fn each_program_is_understood() {
    let mut differences = Vec::new();
    for path in files_below(&suite().join("imports")) {
        let written = strip(&std::fs::read_to_string(&path).unwrap());
        let (intro, mut files) = split(&written);
        files.retain(|(name, _)| name != SHEET);
        let (sheet, diagnostics, read) = import(&files);
        annotate(&mut files, &diagnostics, &read);
        if !sheet.is_empty() {
            builds(&sheet);
            files.push((SHEET.to_owned(), sheet));
        }
        differences.extend(golden(&path, &join(&intro, &files)).err());
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn import(files: &[(String, String)]) -> (String, Diagnostics, Files) {
    let (mut read, mut diagnostics, mut sheet) = (Files::default(), Vec::new(), String::new());
    for (path, text) in files {
        let bytes = to_bytes(text);
        if path.ends_with(".yaml") {
            let id = read.add(path.as_str(), text.as_str());
            let addition = Addition { kind: Kind::Source, id: "new".into(), fields: "title: New\n".into() };
            diagnostics.extend(append(id, text, &[addition]).expect_err("nothing can be added"));
            continue;
        }
        let Some(id) = text::add(&mut read, path, &bytes).take(&mut diagnostics) else { continue };
        let text = read.get(id).text.clone();
        let items = Format::of(path, &text).expect("a format that we know").read(id, &text).take(&mut diagnostics);
        let none = Dossier::default();
        let merged = merge::merge(items, &none);
        let people = record::People::of(&none);
        for (id, item) in merged.new {
            let gap = if sheet.is_empty() { "sources:" } else { "" };
            writeln!(sheet, "{gap}\n  {id}:").unwrap();
            for line in emit::map(&record::fields(&item, &people, &BTreeMap::new())).lines() {
                writeln!(sheet, "{}", format!("    {line}").trim_end()).unwrap();
            }
            item.left_out.iter().for_each(|field| writeln!(sheet, "    # left out: {field}").unwrap());
        }
        merged.known.iter().for_each(|known| writeln!(sheet, "  # known: {known:?}").unwrap());
    }
    sort(&mut diagnostics, &read);
    (sheet, diagnostics, read)
}

/// Whatever is read, a dossier with it builds.
fn builds(sheet: &str) {
    let memory = Memory::of(&[]).with("content/imported.yaml", sheet);
    let (_, diagnostics) = run(&memory, sourcebook_site::prepare::Options::default());
    let said: Vec<_> = diagnostics.iter().map(|d: &Diagnostic| (d.code, &d.message)).collect();
    assert!(said.is_empty(), "{said:#?}\n{sheet}");
}
