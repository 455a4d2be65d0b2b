//! Hostile ground: links, pipes, names that are swapped, kills, full disks and words that a terminal obeys, against the
//! program itself.
//!
//! - [`scratch`]: a dossier with everything in it that a command touches, and beside it what none may touch.
//! - [`walk`]: each name that a command touches, one after the other, is a link out, a folder, a pipe, a file without rights.
//! - [`swap`]: the name is swapped while the command runs.
//! - [`kills`]: `SIGKILL` before each change on the disk, and the next run sets all right.
//! - [`full`]: a disk without room.
//! - [`terminal`]: nothing of an input reaches the terminal that it obeys.
#![cfg(unix)]
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests touch files and may panic"
)]

mod full;
mod kills;
mod scratch;
mod swap;
mod terminal;
mod walk;
