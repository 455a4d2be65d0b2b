//! The preview: against a build, against random editing, against clients of every sort.

mod client;
mod command;
mod editing;
mod same_as_build;
mod scratch;
mod unfriendly;
