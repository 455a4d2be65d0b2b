//! `sourcebook verify`: looks every quote up in its capture and writes what it found to `captures.lock`.

use std::process::ExitCode;

use clap::Args;

use super::global::{FAULTS, Format, Global};
use super::{against, dossier, out};
use sourcebook_core::base::diagnostic::{self, Diagnostics, Report, has_errors};
use sourcebook_core::base::world::World;
use sourcebook_core::dossier::load::{self, LOCK, Parsed};
use sourcebook_core::dossier::resolve;
use sourcebook_core::evidence::lock::{self, Lock};
use sourcebook_core::evidence::verify;
use sourcebook_core::model::Dossier;
use sourcebook_machine::disk::Disk;
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
    /// Look every quote up in the public copy of its source too (`archive: { url }`), which asks the network
    #[cfg(feature = "links")]
    #[arg(long)]
    archives: bool,
    /// Ask for public copies again that were looked into in the last week
    #[cfg(feature = "links")]
    #[arg(long, requires = "archives")]
    refresh: bool,
}

impl Options {
    /// Those of a run that follows a command which told what became of quotes, or did not.
    pub fn after(told: bool) -> Self {
        Self { told, ..Self::default() }
    }

    /// What is found in the captures and, where they are asked for, in the public copies: these need no captures.
    fn lock(&self, dossier: &Dossier, parsed: &Parsed, disk: &Disk) -> Report<Lock> {
        #[cfg(feature = "links")]
        if self.archives {
            let made = match disk.capture("") {
                None => verify::locked(dossier, parsed),
                Some(_) => verify::lock_of(dossier, parsed, disk, parsed.lock()),
            };
            if has_errors(&made.diagnostics) {
                return made;
            }
            let mut asked = super::archive::ask(dossier, parsed, disk, made.value, self.refresh);
            asked.diagnostics.extend(made.diagnostics);
            return asked;
        }
        verify::lock_of(dossier, parsed, disk, parsed.lock())
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
    let made = options.lock(&resolved, &parsed, &disk).take(&mut diagnostics);
    // What is wrong with a timestamp keeps nobody from writing what was found.
    let stops = has_errors(&diagnostics);
    #[cfg(feature = "stamp")]
    diagnostics.extend(super::stamp::look(&parsed, &disk, &lock::write(&made)));
    diagnostic::sort(&mut diagnostics, &parsed.files);
    out::diagnostics(&diagnostics, &parsed.files, global);
    // A source that rewrote itself is news, whether its quotes still stand or not.
    let changed = if global.format == Format::Human && !options.told { held.changed() } else { Vec::new() };
    changed.iter().for_each(|changed| out::say(changed.human(false).trim_end()));
    if stops {
        out::say(&summary(&diagnostics));
        return ExitCode::from(FAULTS);
    }
    let quotes: usize = made.sources.values().map(|source| source.quotes.len()).sum();
    let found = format!("{quotes} quotes in {} captures", made.sources.len());
    if options.dry_run {
        out::result(&lock::write(&made));
        out::say(&found);
        return ended(&diagnostics);
    }
    match disk.folder().replace(LOCK, lock::write(&made).as_bytes()) {
        Ok(true) => out::say(&format!("{found}: {LOCK} written")),
        Ok(false) => out::say(&format!("{found}: {LOCK} holds all of it already")),
        Err(error) => return out::trouble(format!("{LOCK}: {error}")),
    }
    ended(&diagnostics)
}

fn ended(diagnostics: &Diagnostics) -> ExitCode {
    if has_errors(diagnostics) { ExitCode::from(FAULTS) } else { ExitCode::SUCCESS }
}
