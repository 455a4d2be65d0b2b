//! Every reader of foreign bytes, as a function of bytes that must not panic (`README.md`).
//!
//! 1. [`TARGETS`]: one a reader. A target reads the bytes, holds what it made of them against what must be true of it, and gives a
//!    *signature*: a number that is another where the reader took another way, as far as that shows in what it says.
//! 2. [`seeds`]: what each begins with: the repository's fixtures, and its small corpus.
//! 3. [`mutate`]: bytes made of others. [`hunt`]: one target run so many times; what has a new signature is kept and changed on.
//!
//! `run.rs` runs them on stable Rust; `guided/` gives the same functions to libFuzzer, which sees the branches taken.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test: it touches files and panics where something is not as it must be"
)]

#[path = "../suite/allowed.rs"]
pub mod allowed;
pub mod captures;
pub mod dossier;
pub mod hunt;
pub mod imports;
pub mod mutate;
pub mod requests;
pub mod seeds;
pub mod texts;

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// A reader of foreign bytes.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name, also of its folder of the corpus.
    pub name: &'static str,
    /// Reads bytes; panics where something is not as it must be.
    pub run: fn(&[u8]) -> u64,
    /// Endings of the fixtures that it begins with.
    pub endings: &'static [&'static str],
    /// Words that mean something to it.
    pub words: &'static [&'static str],
    /// The share of all executions that it gets in a run of all: one that is quick gets more.
    pub weight: u64,
}

/// All of them.
pub static TARGETS: &[Target] = &[
    texts::YAML,
    texts::TOML,
    texts::MARKDOWN,
    texts::COMMENTS,
    texts::VALUES,
    texts::DATES,
    texts::LOCATORS,
    texts::LOCK,
    texts::ARTICLE,
    imports::BIBTEX,
    imports::RIS,
    imports::CSL_JSON,
    imports::PAGE,
    imports::STYLE,
    captures::HTML,
    captures::MHTML,
    captures::WARC,
    captures::WACZ,
    captures::PDF,
    captures::DOCX,
    captures::ODT,
    captures::EPUB,
    captures::EML,
    captures::VTT,
    captures::SRT,
    captures::TTML,
    captures::TRANSCRIPT,
    captures::PLAIN,
    captures::ANY,
    captures::QUOTE,
    requests::REQUESTS,
    dossier::DOSSIER,
];

/// A signature of what was said of an input.
pub fn signature(of: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

/// About how many: signatures that told each number from the next would keep everything.
pub fn about(count: usize) -> u32 {
    usize::BITS - count.leading_zeros()
}

/// A number of a choice, taken from the front of some bytes; nought once they are used up.
#[derive(Clone, Debug)]
pub struct Bits<'b> {
    bytes: &'b [u8],
}

impl<'b> Bits<'b> {
    /// Choices made by some bytes.
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { bytes }
    }

    /// A number below another.
    pub fn below(&mut self, most: usize) -> usize {
        let Some((first, rest)) = self.bytes.split_first() else { return 0 };
        self.bytes = rest;
        usize::from(*first) % most.max(1)
    }

    /// One of some.
    pub fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// Whether there are any left.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
}
