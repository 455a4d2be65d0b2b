//! The rows of a real dossier: REV's own, which both programs read.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Arguments;
use super::measure::{run, run_to};
use super::programs::{Programs, SIDES, Side};
use super::rows::middle;

/// Builds it by both, weighs its pages, and weighs the programs.
pub(crate) fn measure(programs: &Programs, arguments: &Arguments) {
    if arguments.wants("program") {
        let bytes = |side: Side| stripped(programs.of(side), &std::env::temp_dir());
        row("the program, stripped", "MB", bytes(Side::Ours) / 1e6, bytes(Side::Theirs) / 1e6);
    }
    if !arguments.wants("dossier") {
        return;
    }
    let folder = arguments.folders[0].join(format!("sourcebook-against-dossier-{}", std::process::id()));
    let dossier = folder.join("dossier");
    copy_without_themes(&programs.tree, &dossier);
    let output = |side: Side, round: usize| folder.join(format!("{side:?}-{round}"));
    let mut runs: [Vec<_>; 2] = Default::default();
    for round in 0..arguments.rounds * 3 {
        for (side, runs) in SIDES.into_iter().zip(&mut runs) {
            let mut build = Command::new(programs.of(side));
            build.arg("build").arg("--root").arg(&dossier).arg("--output").arg(output(side, round));
            runs.push(run(build));
        }
    }
    let [ours, theirs] = runs.map(|runs| middle(&runs));
    let ms = |time: std::time::Duration| time.as_secs_f64() * 1000.0;
    row("the dossier, start to exit", "wall, ms", ms(ours.wall), ms(theirs.wall));
    row("the dossier, start to exit", "CPU, ms", ms(ours.cpu), ms(theirs.cpu));
    let pages = SIDES.map(|side| pages(&output(side, 0)));
    for (what, weigh) in [("plain", (|bytes| bytes.len()) as fn(&[u8]) -> usize), ("gzip -9", packed)] {
        let [ours, theirs] = pages.each_ref().map(|pages| {
            // Pages that both have.
            let mut sizes: Vec<usize> = pages.values().map(|page| weigh(page)).collect();
            sizes.sort_unstable();
            sizes[sizes.len() / 2] as f64 / 1000.0
        });
        row("median page of the dossier, HTML", &format!("KB, {what}"), ours, theirs);
    }
}

/// The dossier alone: in the tree of REV stands that day's copy of the built-in theme too, which was an earlier program's and is not
/// what is measured (a later one refuses its words).
fn copy_without_themes(tree: &Path, folder: &Path) {
    let parts = ["site.toml", "captures.lock", "content"].map(|name| tree.join(name));
    for entry in parts.iter().flat_map(walkdir::WalkDir::new).flatten().filter(|entry| entry.file_type().is_file()) {
        let to = folder.join(entry.path().strip_prefix(tree).unwrap());
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(entry.path(), to).unwrap();
    }
}

fn row(what: &str, kind: &str, ours: f64, theirs: f64) {
    println!("| | | | {what} | {kind} | {ours:.1} | {theirs:.1} | {:.2} |", ours / theirs);
}

/// How many bytes a program has without its symbols.
fn stripped(program: &Path, folder: &Path) -> f64 {
    let copy = folder.join(format!("sourcebook-stripped-{}", std::process::id()));
    let mut strip = Command::new("strip");
    strip.arg("-o").arg(&copy).arg(program);
    run_to(strip, true);
    let bytes = std::fs::metadata(&copy).unwrap().len();
    let _ = std::fs::remove_file(copy);
    bytes as f64
}

fn pages(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten();
    let html = files.filter(|entry| entry.path().extension().is_some_and(|end| end == "html"));
    html.map(|entry| (entry.path().strip_prefix(folder).unwrap().into(), std::fs::read(entry.path()).unwrap()))
        .collect()
}

fn packed(bytes: &[u8]) -> usize {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap().len()
}
