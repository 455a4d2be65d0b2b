//! `sourcebook verify`: looks every quote up in its capture and writes what it found to `captures.lock`.

use std::process::ExitCode;

use clap::Args;

use super::global::{FAULTS, Format, Global};
use super::{against, dossier, out};
use sourcebook_core::base::diagnostic::{self, Diagnostics, has_errors};
use sourcebook_core::dossier::load::{self, LOCK};
use sourcebook_core::dossier::resolve;
use sourcebook_core::evidence::{lock, verify};
use sourcebook_machine::report::summary;

/// Options of `verify`.
#[derive(Debug, Default, Args)]
pub struct Options {
    /// Only say what would be written
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    against: against::Newer,
    /// What became of quotes was told already.
    #[arg(skip)]
    told: bool,
}

impl Options {
    /// Those of a run that follows a command which told what became of quotes, or did not.
    pub fn after(told: bool) -> Self {
        Self { told, ..Self::default() }
    }
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
    let held = against::Held { disk: &disk, parsed: &parsed, dossier: &resolved };
    if let Some(file) = &options.against.against {
        return against::run(global, file, &options.against, &held);
    }
    let made = verify::lock_of(&resolved, &parsed, &disk, parsed.lock()).take(&mut diagnostics);
    diagnostic::sort(&mut diagnostics, &parsed.files);
    out::diagnostics(&diagnostics, &parsed.files, global);
    // A source that rewrote itself is news, whether its quotes still stand or not.
    let changed = if global.format == Format::Human && !options.told { held.changed() } else { Vec::new() };
    changed.iter().for_each(|changed| out::say(changed.human(false).trim_end()));
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
    match disk.folder().replace(LOCK, lock::write(&made).as_bytes()) {
        Ok(true) => out::say(&format!("{found}: {LOCK} written")),
        Ok(false) => out::say(&format!("{found}: {LOCK} holds all of it already")),
        Err(error) => return out::trouble(format!("{LOCK}: {error}")),
    }
    ExitCode::SUCCESS
}
