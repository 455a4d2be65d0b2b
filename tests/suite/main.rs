//! What the program promises, in one binary.
//!
//! - [`adding`]: records that the program adds to sheets; completions and manual pages.
//! - [`against`]: a newer copy of a source held against the older one.
//! - [`growth`]: what grows does so in step with its input, or stops at a bound.
//! - [`html`], [`allowed`]: the HTML that pages may hold, and no other.
//! - [`faults`]: every fault, by dossiers of a few lines with what is said of them written beneath.
//! - [`hostile`]: input made to hurt: too deep, too long, too much, or no text at all.
//! - [`yaml`]: our reading of YAML against another, and what must hold for any bytes.
//! - [`corpus`]: a large dossier made by a program, its site held to a hash.
//! - [`program`]: the binary: exit statuses, what it writes and what it leaves alone.
//! - [`pages`]: what each kind of page gets.
//! - [`fields`]: every field of the format reaches a page.
//! - [`foreign`]: what the rules say of dossiers that they were not written on.
//! - [`fresh`]: pages that stand since the last build are as they would be made.
//! - [`embedding`]: cards that others set into their pages.
//! - [`history`], [`quoting`]: what a record said before, from git; words looked up without a dossier.
//! - [`imports`]: files of other programs, and the records that they become.
//! - [`shards`]: a site built in parts and joined.
//! - [`tables`]: records in spreadsheets, and words that people marked.
//! - [`dossier`]: this repository's own dossier.
//! - [`tidy`]: the shape of the code.
//!
//! `UPDATE=1` writes what is expected anew; look at the difference before you commit it.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests touch files and may panic"
)]

mod adding;
mod against;
mod allowed;
mod capturing;
mod corpus;
mod dossier;
mod driver;
mod embedding;
mod faults;
mod fields;
mod foreign;
mod fresh;
mod growth;
mod history;
mod hostile;
mod html;
mod imports;
mod pages;
mod program;
mod quoting;
mod roots;
mod shards;
#[cfg(feature = "stamp")]
mod stamping;
mod tables;
mod theming;
mod tidy;
mod yaml;
