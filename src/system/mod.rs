//! The disk, the output folder, the terminal and the clock: all that is not pure.
//!
//! - [`disk`]: a dossier's folder as a [`World`](crate::world::World); [`memory`]: a map in its place.
//! - [`output`]: the output folder, written so that a build may be killed at any moment.
//! - [`terminal`]: diagnostics for people; [`report`]: the same for programs.
//! - [`progress`], [`clock`]: how far it is, how long it took.

pub mod clock;
pub mod disk;
pub mod memory;
pub mod output;
pub mod progress;
pub mod replace;
pub mod report;
pub mod site;
pub mod terminal;
