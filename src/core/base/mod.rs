//! Text with places, and what everything stands on: knows nothing of dossiers.
//!
//! - [`file`](mod@file), [`diagnostic`]: places in files; faults as data.
//! - [`world`]: the one door to files and to today's date; [`memory`]: a map in its place; [`past`]: what git keeps of files.
//! - [`tree`]: YAML and TOML to one tree with places, and from there to Rust types.
//! - [`html`], [`json`], [`id`], [`url`]: what may stand where, and how it is written there.
//! - [`path`], [`media`]: paths that every system can hold; what kind of file an ending names.
//! - [`guard`]: work that may panic though it must not.
//! - [`reads`]: what is read while a page is made. [`timings`]: how long phases took.

pub mod diagnostic;
pub mod file;
pub mod guard;
pub mod html;
pub mod id;
pub mod json;
pub mod media;
pub mod memory;
pub mod past;
pub mod path;
pub mod reads;
pub(crate) mod steps;
pub mod timings;
pub mod tree;
pub mod url;
pub mod world;
