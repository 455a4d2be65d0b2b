//! The preview: against a build, against random editing, against clients of every sort.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test reads and writes files, and stops where something is not as it should be"
)]

mod client;
mod command;
mod editing;
mod same_as_build;
mod scratch;
mod unfriendly;
