//! The rows of one corpus.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::Arguments;
use super::corpus::{self, Shape};
use super::measure::{Run, run, run_to, weigh, write};
use super::preview;
use super::programs::{Programs, SIDES, Side};

/// One corpus in one folder.
pub(crate) struct Bench<'a> {
    programs: &'a Programs,
    rounds: usize,
    name: String,
    work: PathBuf,
}

/// Measures every row that is asked for.
pub(crate) fn measure(programs: &Programs, arguments: &Arguments, shape: Shape, size: usize, folder: &Path) {
    let work = folder.join(format!("sourcebook-against-{}-{size}-{}", shape.name(), std::process::id()));
    write(&work.join("dossier"), |sink| corpus::dossier::write(size, shape, sink));
    let name = format!("{} | {size} | {}", shape.name(), folder.display());
    let bench = Bench { programs, rounds: arguments.rounds, name, work };
    if ["full", "again", "claim", "copy"].iter().any(|row| arguments.wants(row)) {
        bench.builds(arguments);
    }
    if arguments.wants("text") {
        bench.with_text();
    }
    // From here on every rule finds what it finds.
    write(&bench.root(), |sink| sink("site.toml", corpus::dossier::site_with_rules().to_owned()));
    if arguments.wants("check") {
        bench.both("check, all rules", |side, _| run_to(bench.command(side, &["check"]), false));
    }
    if arguments.wants("serve") {
        bench.previews();
    }
}

impl Bench<'_> {
    fn root(&self) -> PathBuf {
        self.work.join("dossier")
    }

    fn command(&self, side: Side, words: &[&str]) -> Command {
        let mut command = Command::new(self.programs.of(side));
        command.args(words).arg("--root").arg(self.root());
        command
    }

    fn build(&self, side: Side, output: &Path) -> Run {
        let mut command = self.command(side, &["build"]);
        command.arg("--output").arg(output);
        run(command)
    }

    /// Each side in turn, so many times; the rows of the medians.
    fn both(&self, what: &str, each: impl Fn(Side, usize) -> Run) -> [Run; 2] {
        let mut runs: [Vec<Run>; 2] = Default::default();
        for round in 0..self.rounds {
            for (side, runs) in SIDES.into_iter().zip(&mut runs) {
                runs.push(each(side, round));
            }
        }
        let medians = runs.map(|runs| middle(&runs));
        self.rows(what, medians[0], medians[1]);
        medians
    }

    fn rows(&self, what: &str, ours: Run, theirs: Run) {
        let seconds = |what: &str, kind: &str, ours: Duration, theirs: Duration| {
            let (ours, theirs) = (ours.as_secs_f64(), theirs.as_secs_f64());
            println!("| {} | {what} | {kind} | {ours:.2} s | {theirs:.2} s | {:.2} |", self.name, ours / theirs);
        };
        seconds(what, "wall", ours.wall, theirs.wall);
        seconds(what, "CPU", ours.cpu, theirs.cpu);
        let (mine, other) = (ours.memory >> 20, theirs.memory >> 20);
        println!(
            "| {} | {what} | memory | {mine} MiB | {other} MiB | {:.2} |",
            self.name,
            ours.memory as f64 / theirs.memory as f64
        );
    }

    fn output(&self, side: Side, round: usize) -> PathBuf {
        self.work.join(format!("{side:?}-{round}").to_lowercase())
    }

    fn builds(&self, arguments: &Arguments) {
        let full = self.both("full build", |side, round| self.build(side, &self.output(side, round)));
        for side in SIDES {
            let site = weigh(&self.output(side, 0));
            let each = site.bytes as f64 / 1000.0 / site.pages as f64;
            println!("| {} | {side:?}: {} pages | {each:.1} KB a page | | | |", self.name, site.pages);
        }
        if arguments.wants("copy") {
            let copies = self.both("`cp -r` of the side's own output", |side, round| {
                let mut copy = Command::new("cp");
                copy.arg("-r").arg(self.output(side, round)).arg(self.work.join(format!("copy-{side:?}-{round}")));
                run(copy)
            });
            self.of("full build, of `cp -r`", full, copies);
        }
        if arguments.wants("again") {
            let again = self.both("nothing changed", |side, round| self.build(side, &self.output(side, round)));
            self.of("nothing changed, of the full build", again, full);
        }
        if arguments.wants("claim") {
            self.one_claim(full);
        }
    }

    /// The wall and CPU time of one thing as a part of another, for each side.
    fn of(&self, what: &str, part: [Run; 2], whole: [Run; 2]) {
        for (kind, time) in [("wall", (|run| run.wall) as fn(&Run) -> Duration), ("CPU", |run| run.cpu)] {
            let share = |side: usize| time(&part[side]).as_secs_f64() / time(&whole[side]).as_secs_f64();
            println!("| {} | {what} | {kind} | {:.2} | {:.2} | |", self.name, share(0), share(1));
        }
    }

    /// Another claim's words are changed each round; then the output must be that of a build from nothing.
    fn one_claim(&self, full: [Run; 2]) {
        let claims = statements(&self.root());
        let changed: Vec<_> =
            (0..self.rounds).map(|round| claims[(round * 2 + 1) * claims.len() / (self.rounds * 2)].clone()).collect();
        let part = self.both("one claim changed", |side, round| {
            let (path, at) = &changed[round];
            let text = std::fs::read_to_string(path).unwrap();
            // The first side writes the words, the second finds them there.
            if side == Side::Ours {
                let (before, after) = text.split_at(*at);
                std::fs::write(path, format!("{before}Once more {after}")).unwrap();
            }
            self.build(side, &self.output(side, 0))
        });
        self.of("one claim changed, of the full build", part, full);
        for side in SIDES {
            let fresh = self.work.join(format!("fresh-{side:?}"));
            self.build(side, &fresh);
            let same = digests(&fresh) == digests(&self.output(side, 0));
            println!("| {} | {side:?}: after these changes, as built from nothing | {same} | | | |", self.name);
        }
    }

    fn with_text(&self) {
        let site = self.root().join("site.toml");
        let plain = std::fs::read_to_string(&site).unwrap();
        std::fs::write(&site, format!("{plain}\n[search]\nfull_text = true\n")).unwrap();
        self.both("full build with `full_text`", |side, round| {
            self.build(side, &self.work.join(format!("text-{side:?}-{round}")))
        });
        std::fs::write(&site, plain).unwrap();
    }

    fn previews(&self) {
        let claim = statements(&self.root()).swap_remove(0);
        let mut first: [Vec<Run>; 2] = Default::default();
        let mut saves: [Vec<Duration>; 2] = Default::default();
        for round in 0..self.rounds {
            for (n, side) in SIDES.into_iter().enumerate() {
                let seen = preview::watch(self.command(side, &["serve"]), &claim, round);
                first[n].push(seen.first);
                saves[n].extend(seen.saves);
            }
        }
        let [ours, theirs] = first.map(|runs| middle(&runs));
        self.rows("`serve` to its first page, all rules (CPU and memory: until its end)", ours, theirs);
        let [ours, theirs] = saves.map(|mut saves| {
            saves.sort_unstable();
            saves[saves.len() / 2].as_secs_f64() * 1000.0
        });
        println!(
            "| {} | save to new page in `serve`, all rules | wall | {ours:.0} ms | {theirs:.0} ms | {:.2} |",
            self.name,
            ours / theirs
        );
    }
}

/// The median of each measure.
pub(crate) fn middle(runs: &[Run]) -> Run {
    fn median<T: Ord + Copy>(all: impl Iterator<Item = T>) -> T {
        let mut all: Vec<T> = all.collect();
        all.sort_unstable();
        all[all.len() / 2]
    }
    Run {
        wall: median(runs.iter().map(|run| run.wall)),
        cpu: median(runs.iter().map(|run| run.cpu)),
        memory: median(runs.iter().map(|run| run.memory)),
    }
}

/// Where the statements of claims begin, by file and byte.
fn statements(root: &Path) -> Vec<(PathBuf, usize)> {
    let files = walkdir::WalkDir::new(root.join("content")).sort_by_file_name().into_iter().flatten();
    let sheets =
        files.map(walkdir::DirEntry::into_path).filter(|path| path.extension().is_some_and(|end| end == "yaml"));
    let key = "\n    statement: ";
    let all = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let places: Vec<_> = text.match_indices(key).map(|(at, _)| at + key.len()).collect();
        // From the end, so that what is put in moves no place that comes later.
        places.into_iter().rev().map(move |at| (path.clone(), at))
    };
    sheets.flat_map(all).collect()
}

/// The hash of every file of an output but our own notes.
pub(crate) fn digests(folder: &Path) -> BTreeMap<PathBuf, blake3::Hash> {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let of = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).unwrap().to_path_buf();
        (!path.starts_with(".sourcebook")).then(|| (path, blake3::hash(&std::fs::read(entry.path()).unwrap())))
    };
    files.filter_map(of).collect()
}
