//! What a deploy would do, worked out without touching anything; [`carrier`] does it.
//!
//! 1. [`file`]: every file of the output with its hash, its headers and the part it plays.
//! 2. [`manifest`]: what an earlier deploy put there. It says what is ours to remove, and what the bytes were that a
//!    store now knows by a tag of its own. It is only a hint: what is there, the place itself is asked.
//! 3. [`listing`]: what an object store holds against what it should hold.
//! 4. [`plan`]: what is new, changed, unchanged and to be removed, in an order in which a page is never up without its
//!    parts; and the brake on removals.
//!
//! Besides, [`redact`]: messages without what must not be read in them; [`profile`]: the AWS tools' own files.

pub mod carrier;
pub mod file;
pub mod listing;
pub mod manifest;
pub mod plan;
pub mod profile;
pub mod redact;

pub use file::LocalFile;
pub use manifest::Manifest;
pub use plan::{Plan, Remote};
