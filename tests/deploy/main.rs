//! `sourcebook deploy`, by the program itself: to an S3 server, with faults on the way, to a git repository, by rsync and
//! to a folder.
//!
//! The servers are moto, of PyPI, in an environment that the first test makes, and Azurite, of npm (`servers`).
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test reads and writes files, and stops where something is not as it should be"
)]

mod azure;
mod folder;
mod gcs;
mod git;
mod program;
mod proxy;
mod rsync;
mod s3;
mod secrets;
mod servers;
mod site;
mod watch;
