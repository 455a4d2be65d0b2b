//! `sourcebook explain CODE`: what a code means, why it matters, and an example.

use std::process::ExitCode;

use clap::Args;

use super::out;
use sourcebook_core::base::diagnostic::nearest;
use sourcebook_core::check;

/// Options of `explain`.
#[derive(Debug, Args)]
pub struct Options {
    /// The code, as diagnostics show it in brackets
    code: String,
}

/// Explains a code.
pub fn run(options: &Options) -> ExitCode {
    match check::explain(&options.code) {
        Some(text) => {
            out::result(&text);
            ExitCode::SUCCESS
        }
        None => {
            let known = check::explain::all();
            let hint = nearest(&options.code, known).map(|c| format!("; did you mean `{c}`?")).unwrap_or_default();
            out::trouble(format!("no code `{}` is known{hint}", options.code))
        }
    }
}
