//! `sourcebook lsp`, the program itself, with a client at its standard input and output. Two clients that we did not write
//! are in `tests/editors`.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test reads and writes files, and stops where something is not as it should be"
)]

mod client;
mod completion;
mod places;
mod told;
