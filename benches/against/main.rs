//! This program against an earlier one, in one run: `cargo bench --bench against -- REV [N …] [OPTION …]`.
//!
//! 1. REV is checked out into a worktree of its own, `target/against/REV`, and both programs are built as they are
//!    shipped (profile `dist`, and `release` where there was no such profile yet).
//! 2. For each shape of corpus, size and folder, each row of the table is measured five times, the two programs in turn,
//!    so that what else the machine does is shared by both; the medians are told. CPU time is what a busy machine blurs least.
//! 3. The dossier of REV, which both can read, is built by both, and its pages are weighed.
//!
//! Options: `--in FOLDER` (several) for the folders to work in, one for each file system; `--shape popular|even|few` (several);
//! `--rounds N`; `--only ROW` (several; the rows' short names: full, again, claim, copy, check, serve, text, dossier,
//! program);
//! `--ours PROGRAM` and `--theirs PROGRAM` for programs that are built already. The corpora have no key that the first release
//! did not know. Rows that a program cannot do are left out with a line that says so.
//!
//! Folders are left behind in the work folder, to be deleted later: making files just after many were deleted is slow.

#![expect(clippy::print_stdout, clippy::disallowed_methods, clippy::unwrap_used, reason = "a tool, not the program")]
#![allow(clippy::print_stderr, reason = "a tool, not the program")]

#[path = "../corpus/mod.rs"]
#[allow(missing_docs, dead_code, reason = "a tool, not the program")]
mod corpus;
mod dossier;
#[path = "../measure/mod.rs"]
#[allow(dead_code, reason = "shared by several")]
mod measure;
mod preview;
mod programs;
mod rows;

use std::path::PathBuf;

use corpus::Shape;
use programs::Programs;

fn main() {
    let arguments = Arguments::read();
    let programs = Programs::make(&arguments);
    println!("{programs}\n");
    println!("| shape | N | folder | what | | ours | theirs | ratio |");
    println!("|---|---|---|---|---|---|---|---|");
    for shape in &arguments.shapes {
        for size in &arguments.sizes {
            for folder in &arguments.folders {
                rows::measure(&programs, &arguments, *shape, *size, folder);
            }
        }
    }
    dossier::measure(&programs, &arguments);
}

/// What is asked for.
struct Arguments {
    revision: String,
    sizes: Vec<usize>,
    folders: Vec<PathBuf>,
    shapes: Vec<Shape>,
    rounds: usize,
    only: Vec<String>,
    ours: Option<PathBuf>,
    theirs: Option<PathBuf>,
}

impl Arguments {
    fn read() -> Self {
        let mut read = Self {
            revision: String::new(),
            sizes: Vec::new(),
            folders: Vec::new(),
            shapes: Vec::new(),
            rounds: 5,
            only: Vec::new(),
            ours: None,
            theirs: None,
        };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let mut next = || words.next().unwrap();
            match word.as_str() {
                "--bench" => {}
                "--in" => read.folders.push(next().into()),
                "--rounds" => read.rounds = next().parse().unwrap(),
                "--only" => read.only.push(next()),
                "--ours" => read.ours = Some(next().into()),
                "--theirs" => read.theirs = Some(next().into()),
                "--shape" => {
                    let name = next();
                    read.shapes.push(*Shape::ALL.iter().find(|shape| shape.name() == name).unwrap());
                }
                // A revision may look like a number; sizes come after it.
                word if read.revision.is_empty() => read.revision = word.to_owned(),
                word => read.sizes.push(word.parse().unwrap()),
            }
        }
        assert!(!read.revision.is_empty(), "against which revision? `cargo bench --bench against -- REV`");
        read.or_usual()
    }

    fn or_usual(mut self) -> Self {
        if self.sizes.is_empty() {
            self.sizes.push(2000);
        }
        if self.folders.is_empty() {
            self.folders.push(std::env::temp_dir());
        }
        if self.shapes.is_empty() {
            self.shapes.extend(Shape::ALL);
        }
        self
    }

    /// Whether a row is asked for.
    fn wants(&self, row: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == row)
    }
}
