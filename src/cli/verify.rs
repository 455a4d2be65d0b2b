//! `sourcebook verify`: looks every quote up in its capture and writes what it found to `captures.lock`.

use std::process::ExitCode;

use clap::Args;

use super::{FAULTS, Global, dossier, out};
use sourcebook_core::base::diagnostic::{self, Diagnostics, has_errors};
use sourcebook_core::dossier::load::{self, LOCK};
use sourcebook_core::dossier::resolve;
use sourcebook_core::evidence::{lock, verify};
use sourcebook_machine::replace::replace;
use sourcebook_machine::report::summary;

/// Options of `verify`.
#[derive(Debug, Default, Args)]
pub struct Options {
    /// Only say what would be written
    #[arg(long)]
    dry_run: bool,
}

/// Looks up every quote and writes the lock.
pub fn run(global: &Global, options: &Options) -> ExitCode {
    let disk = match dossier::open(global, None) {
        Ok(disk) => disk,
        Err(message) => return out::trouble(message),
    };
    let mut diagnostics = Diagnostics::new();
    let parsed = load::load(&disk).take(&mut diagnostics);
    let resolved = resolve::resolve(&parsed, resolve::Options { drafts: true }).take(&mut diagnostics);
    let made = verify::lock_of(&resolved, &parsed, &disk, parsed.lock()).take(&mut diagnostics);
    diagnostic::sort(&mut diagnostics, &parsed.files);
    out::diagnostics(&diagnostics, &parsed.files, global);
    if has_errors(&diagnostics) {
        out::say(&summary(&diagnostics));
        return ExitCode::from(FAULTS);
    }
    let quotes: usize = made.sources.values().map(|source| source.quotes.len()).sum();
    let found = format!("{quotes} quotes in {} captures", made.sources.len());
    if options.dry_run {
        out::result(&lock::write(&made));
        out::say(&found);
        return ExitCode::SUCCESS;
    }
    match replace(&disk.root().join(LOCK), lock::write(&made).as_bytes()) {
        Ok(true) => out::say(&format!("{found}: {LOCK} written")),
        Ok(false) => out::say(&format!("{found}: {LOCK} holds all of it already")),
        Err(error) => return out::trouble(format!("{LOCK}: {error}")),
    }
    ExitCode::SUCCESS
}
