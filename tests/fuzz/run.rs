//! Runs the targets: `sourcebook-fuzz [TARGET …] [--runs N] [--seconds S] [--seed N] [--keep FOLDER]` (`README.md`).
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test: it reads and writes files, and tells what it found"
)]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use sourcebook_fuzz::hunt::{Found, Until, hunt, listen, watch};
use sourcebook_fuzz::{TARGETS, Target, seeds, signature};

struct Options {
    names: Vec<String>,
    runs: u64,
    seconds: u64,
    seed: u64,
    keep: PathBuf,
    corpus: Option<PathBuf>,
}

fn options() -> Result<Options, String> {
    let keep = std::env::temp_dir();
    let mut options = Options { names: Vec::new(), runs: 200_000, seconds: 3, seed: 1, keep, corpus: None };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        match &*argument {
            "--runs" => options.runs = value()?.parse().map_err(|_| "--runs takes a number")?,
            "--seconds" => options.seconds = value()?.parse().map_err(|_| "--seconds takes a number")?,
            "--seed" => options.seed = value()?.parse().map_err(|_| "--seed takes a number")?,
            "--keep" => options.keep = value()?.into(),
            "--corpus" => options.corpus = Some(value()?.into()),
            name if TARGETS.iter().any(|target| target.name == name) => options.names.push(argument),
            name => {
                let known: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
                return Err(format!("no target `{name}`; there are {}", known.join(", ")));
            }
        }
    }
    Ok(options)
}

fn main() -> ExitCode {
    let options = match options() {
        Ok(options) => options,
        Err(why) => {
            println!("{why}");
            return ExitCode::from(2);
        }
    };
    listen();
    watch(Duration::from_secs(60), &options.keep);
    let chosen =
        TARGETS.iter().filter(|target| options.names.is_empty() || options.names.iter().any(|n| n == target.name));
    let (mut passed, mut failed, mut executions) = (0, 0, 0);
    for target in chosen {
        let until = Until { executions: options.runs * target.weight, time: Duration::from_secs(options.seconds) };
        let mut begin = seeds::of(target);
        begin.extend(options.corpus.iter().flat_map(|folder| seeds::kept(&folder.join(target.name))));
        let start = std::time::Instant::now();
        let found = hunt(target, begin, options.seed, until);
        executions += found.executions;
        tell(target, &found, start.elapsed(), &options);
        if found.failures.is_empty() { passed += 1 } else { failed += 1 }
    }
    println!("{executions} executions\n{passed} passed, {failed} failed");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn tell(target: &Target, found: &Found, took: Duration, options: &Options) {
    println!(
        "{}: {} executions in {:.1} s, {} inputs, the slowest in {:.0} ms",
        target.name,
        found.executions,
        took.as_secs_f64(),
        found.kept.len(),
        found.slowest.0.as_secs_f64() * 1000.0
    );
    for (place, count) in &found.caught {
        println!("  caught {count} times, in a library: {place}");
    }
    for (place, input) in &found.failures {
        let path = options.keep.join(format!("{}-{:016x}", target.name, signature(input)));
        let _ = std::fs::write(&path, input);
        println!("  FAILED at {place}\n  by {}", path.display());
    }
    if found.slowest.0 > Duration::from_secs(1) {
        let path = options.keep.join(format!("{}-slow", target.name));
        let _ = std::fs::write(&path, &found.slowest.1);
        println!("  the slowest is {}", path.display());
    }
    if let Some(folder) = &options.corpus {
        let folder = folder.join(target.name);
        let _ = std::fs::create_dir_all(&folder);
        for input in &found.kept {
            let _ = std::fs::write(folder.join(format!("{:016x}", signature(input))), input);
        }
    }
}
