//! `sourcebook deploy`, by the program itself: to an S3 server, with faults on the way, to a git repository, by rsync and
//! to a folder.
//!
//! The server is moto, of PyPI, in an environment that the first test makes (`servers`).

mod azure;
mod folder;
mod git;
mod program;
mod proxy;
mod rsync;
mod s3;
mod secrets;
mod servers;
mod site;
mod watch;
