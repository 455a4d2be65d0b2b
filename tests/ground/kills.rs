//! `SIGKILL` before each change on the disk, and at any time; then the next run sets all right.
//!
//! A program with debug assertions ends itself before its Nth change (`SOURCEBOOK_KILL_AT`, `src/machine/held/step.rs`). In
//! `tests/run` each command is killed at places of a small dossier. By hand, at every place and as often as is asked for:
//!
//! ```text
//! KILLS=2000 PAGES=2000 cargo test --test ground -- --ignored --nocapture kills_of_builds
//! KILLS=500 cargo test --test ground -- --ignored --nocapture kills_of_writing
//! ```

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use crate::scratch::{Scratch, Seen, finish, said};

/// The commands that write, and what each may change.
const WRITING: &[(&[&str], &[&str])] = &[
    (&["verify"], &["d/captures.lock"]),
    (&["new", "actor", "ada"], &["d/content"]),
    (&["new", "source", "../elsewhere/page.html", "--id", "saved"], &["d/content", "d/captures"]),
    (&["capture", "other", "../elsewhere/text.txt"], &["d/content", "d/captures", "d/captures.lock"]),
    (&["import", "../elsewhere/works.bib"], &["d/content"]),
    (&["deploy"], &["d/public", "deployed"]),
    (&["build"], &["d/public"]),
];

fn number(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// With something to do for each of the commands.
fn prepared() -> Scratch {
    let scratch = Scratch::used();
    std::fs::remove_file(scratch.path("d/captures.lock")).unwrap();
    scratch.write("d/content/more.md", "---\ntitle: More\n---\nMore of [@said].\n");
    scratch.write("d/content/index.md", "---\ntitle: Another home\n---\nSaid [@said]. ![Logo](img/logo.png)\n");
    scratch
}

/// What a person would call the same: our own files, and times, aside.
fn state(scratch: &Scratch, paths: &[&str]) -> BTreeMap<PathBuf, (String, Vec<u8>)> {
    let all = paths.iter().flat_map(|path| {
        let root = PathBuf::from(path);
        scratch.seen(path).into_iter().map(move |(name, seen)| (root.join(name), seen))
    });
    let private = |path: &PathBuf| path.iter().any(|part| part == ".sourcebook");
    all.filter(|(path, _)| !private(path)).map(|(path, (kind, _, bytes))| (path, (kind, bytes))).collect()
}

/// That each file is old or new, whole, but for temporary files that the next run sweeps.
fn check_old_or_new(scratch: &Scratch, paths: &[&str], old: &Files, new: &Files, what: &str) {
    for (path, seen) in state(scratch, paths) {
        let is_temporary = path.to_string_lossy().ends_with(".new~");
        let known = old.get(&path) == Some(&seen) || new.get(&path) == Some(&seen);
        assert!(known || is_temporary, "{what}: {} is neither old nor new", path.display());
    }
    for path in old.keys().filter(|path| new.contains_key(*path)) {
        assert!(scratch.path(&path.to_string_lossy()).exists(), "{what}: {} is missing", path.display());
    }
}

type Files = BTreeMap<PathBuf, (String, Vec<u8>)>;

/// Kills a command before its Nth change, runs it again, and compares with a run that nobody disturbed. `false` once the
/// command ends before.
fn kill_at(arguments: &[&str], paths: &[&str], n: usize, old: &Files, new: &Files) -> bool {
    let scratch = prepared();
    let mut command = scratch.command(arguments);
    command.env("SOURCEBOOK_KILL_AT", format!("any:{n}"));
    let output = finish(&mut command, arguments);
    let what = format!("{arguments:?} killed before change {n}");
    if output.status.code().is_some() {
        assert_eq!(output.status.code(), Some(0), "{what}: {}", said(&output));
        return false;
    }
    check_old_or_new(&scratch, paths, old, new, &what);
    let mut output = scratch.run(arguments);
    if output.status.code() == Some(2) && arguments[0] == "capture" {
        // The record has its capture already, and that is told: what is left to do is to look its quotes up.
        output = scratch.run(&["verify"]);
    }
    // A record that was added before the kill is there already, and that is told.
    let is_there = state(&scratch, paths).iter().all(|(path, seen)| new.get(path) == Some(seen) || is_swept(path));
    assert!(output.status.code() == Some(0) || is_there, "{what}, again: {}", said(&output));
    let without_temporary: Files = state(&scratch, paths).into_iter().filter(|(path, _)| !is_swept(path)).collect();
    assert_eq!(without_temporary.keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>(), "{what}, again");
    assert!(without_temporary == *new, "{what}, again: other bytes");
    true
}

fn is_swept(path: &std::path::Path) -> bool {
    path.to_string_lossy().ends_with(".new~")
}

fn kills(arguments: &[&str], paths: &[&str], at_least: usize, stride: usize) -> usize {
    let undisturbed = prepared();
    let old = state(&undisturbed, paths);
    let output = undisturbed.run(arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
    let new = state(&undisturbed, paths);
    let mut kills = 0;
    while kills < at_least {
        let before = kills;
        kills += (1..).step_by(stride).take_while(|n| kill_at(arguments, paths, *n, &old, &new)).count();
        assert!(kills > before, "{arguments:?} changes nothing");
    }
    kills
}

/// Commands that change much are killed before every so manieth change; by hand before all.
fn stride(arguments: &[&str]) -> usize {
    match arguments[0] {
        "deploy" => 7,
        "build" => 5,
        _ => 1,
    }
}

#[test]
fn killed_before_a_change_each_command_is_done_by_the_next_run() {
    if !cfg!(debug_assertions) {
        return;
    }
    let done: Vec<_> = std::thread::scope(|scope| {
        let (some, others) = WRITING.split_at(5);
        let run = |these: &[(&[&str], &[&str])]| {
            these.iter().map(|(a, p)| (a[0].to_owned(), kills(a, p, 1, stride(a)))).collect::<Vec<_>>()
        };
        let (one, two) = (scope.spawn(move || run(some)), scope.spawn(move || run(others)));
        one.join().unwrap().into_iter().chain(two.join().unwrap()).collect()
    });
    for (name, kills) in done {
        println!("{name}: {kills} kills");
    }
}

#[test]
#[ignore = "by hand, with numbers: it takes its time"]
fn kills_of_writing() {
    let at_least = number("KILLS", 500);
    for (arguments, paths) in WRITING.iter().filter(|(arguments, _)| arguments[0] != "build") {
        println!(
            "{}: {} kills, each done by the next run",
            arguments[..arguments.len().min(2)].join(" "),
            kills(arguments, paths, at_least, 1)
        );
    }
}

/// A site of so many articles, in one of two states: every page of one is another in the other.
fn many(scratch: &Scratch, pages: usize, round: usize) {
    for n in 0..pages {
        let text = format!("---\ntitle: Page {n}\n---\nRound {} of this page.\n", round % 2);
        scratch.write(&format!("d/content/pages/p{n}.md"), text);
    }
}

#[test]
#[ignore = "by hand, with numbers: it takes its time"]
fn kills_of_builds() {
    let (kills, pages) = (number("KILLS", 2_000), number("PAGES", 2_000));
    let scratch = Scratch::new();
    let plain = std::fs::read_to_string(scratch.path("d/site.toml")).unwrap().replace("[\"gzip\"]", "[]");
    scratch.write("d/site.toml", plain);
    let sites: Vec<Seen> = (0..2)
        .map(|round| {
            many(&scratch, pages, round);
            let output = scratch.run(&["build"]);
            assert_eq!(output.status.code(), Some(0), "{}", said(&output));
            scratch.seen("d/public")
        })
        .collect();
    let file = |seen: &Seen, path: &PathBuf| seen.get(path).map(|(_, _, bytes)| bytes.clone());
    let mut phases: BTreeMap<&str, usize> = BTreeMap::new();
    let mut dice = 1_u64;
    for round in 0..kills {
        many(&scratch, pages, round);
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let at = (dice >> 33) as usize;
        let mut command = scratch.command(&["build"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        // Three in four while files move; of the others half before any is staged or while they are, half at any time at all.
        let phase = match round % 8 {
            0..6 => {
                command.env("SOURCEBOOK_KILL_AT", format!("move:{}", 1 + at % pages));
                "between two moves"
            }
            6 => {
                command.env("SOURCEBOOK_KILL_AT", format!("make:{}", 1 + at % pages));
                "while files are staged"
            }
            _ => "by a signal from outside, at any time",
        };
        let mut child = command.spawn().unwrap();
        if round % 8 == 7 {
            std::thread::sleep(Duration::from_millis((at % 6_000) as u64));
            let _ = child.kill();
        }
        let ended = child.wait().unwrap();
        let phase = if ended.code().is_some() { "not at all: it was done" } else { phase };
        *phases.entry(phase).or_default() += 1;
        for (path, (kind, _, bytes)) in scratch.seen("d/public") {
            let ours = path.starts_with(".sourcebook") || !kind.contains("is_file: true");
            let known = sites.iter().any(|site| site.get(&path).is_some_and(|(_, _, old)| *old == bytes));
            assert!(ours || known, "round {round}, {phase}: {} is half", path.display());
        }
        for path in sites[0].keys().filter(|path| !path.starts_with(".sourcebook")) {
            assert!(scratch.path("d/public").join(path).exists(), "round {round}, {phase}: {} is gone", path.display());
        }
        if round % 25 == 24 {
            let output = scratch.run(&["build"]);
            assert_eq!(output.status.code(), Some(0), "round {round}: {}", said(&output));
            let seen = scratch.seen("d/public");
            for path in sites[round % 2].keys().filter(|path| !path.starts_with(".sourcebook")) {
                assert_eq!(file(&seen, path), file(&sites[round % 2], path), "round {round}: {}", path.display());
            }
        }
        if round % 100 == 99 {
            println!("{} kills: {phases:?}", round + 1);
        }
    }
    println!("{kills} kills of builds of {pages} pages: {phases:?}");
}
