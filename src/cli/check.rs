//! `sourcebook check`: everything that is wrong with a dossier, without writing anything.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::{FAULTS, Global, dossier, out};
use crate::diagnostic::{Diagnostics, Severity};
use crate::system::clock::Timings;
use crate::system::report::summary;
use crate::system::site;

/// Options of `check`.
#[derive(Debug, Args)]
pub struct Options {
    /// Let warnings fail the run too
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,
    /// Check drafts too
    #[arg(long)]
    drafts: bool,
    /// Print how long each phase took
    #[arg(long)]
    timings: bool,
}

/// What fails a run besides faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings.
    Warnings,
}

/// Checks the dossier: its content, and every page as it would be written.
pub fn run(global: &Global, options: &Options) -> ExitCode {
    let disk = match dossier::open(global, None) {
        Ok(disk) => disk,
        Err(message) => return out::trouble(message),
    };
    let mut timings = Timings::default();
    let prepared = crate::prepare(&disk, crate::Options { drafts: options.drafts }, &mut timings);
    let mut diagnostics = prepared.diagnostics.clone();
    if !crate::diagnostic::has_errors(&diagnostics) {
        diagnostics.extend(site::check(&prepared, &disk, &mut timings));
    }
    out::diagnostics(&diagnostics, &prepared.parsed.files, global);
    out::say(&summary(&diagnostics));
    if options.timings {
        out::say(&timings.to_string());
    }
    if fails(&diagnostics, options.deny) { ExitCode::from(FAULTS) } else { ExitCode::SUCCESS }
}

fn fails(diagnostics: &Diagnostics, deny: Option<Deny>) -> bool {
    let worst = diagnostics.iter().map(|d| d.severity).min();
    worst == Some(Severity::Error) || deny == Some(Deny::Warnings) && worst == Some(Severity::Warning)
}
