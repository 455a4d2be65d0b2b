//! The `sourcebook` program: see [`sourcebook::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    sourcebook::cli::run()
}
