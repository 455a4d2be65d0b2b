//! The `sourcebook` program: see [`sourcebook::cli`].

use std::process::ExitCode;

/// A build makes and drops millions of small values on all threads: with the system's allocator (glibc 2.36) it takes a
/// sixth longer, and as much memory.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    sourcebook::cli::run()
}
