//! `sourcebook check`: everything that is wrong with a dossier, without writing anything; `--links` alone asks the
//! network and keeps what it learnt.

use sourcebook_site::prepare::prepare;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::global::{FAULTS, Global};
use super::{dossier, out};
use sourcebook_core::base::diagnostic::{Diagnostics, Severity};
use sourcebook_core::base::timings::Timings;
#[cfg(feature = "links")]
use sourcebook_core::base::world::World;
use sourcebook_machine::report::summary;
use sourcebook_machine::site;
#[cfg(feature = "links")]
use sourcebook_machine::{
    disk::Disk,
    links::{self, cache, cache::Cache, fetch::Manners},
};

/// Options of `check`.
#[derive(Debug, Args)]
pub struct Options {
    /// Let warnings fail the run too
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,
    /// Tell every warning and hint, not one of each rule with their number
    #[arg(long)]
    all: bool,
    /// Check drafts too
    #[arg(long)]
    drafts: bool,
    /// Print how long each phase took
    #[arg(long)]
    timings: bool,
    /// Ask the network whether external links still lead somewhere
    #[cfg(feature = "links")]
    #[arg(long)]
    links: bool,
    /// Ask for links again that were found in the last week
    #[cfg(feature = "links")]
    #[arg(long, requires = "links")]
    refresh: bool,
}

/// What fails a run besides faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings.
    Warnings,
}

/// Checks the dossier: its content, and what its pages would hold ([`site::check`]).
pub fn run(global: &Global, options: &Options) -> ExitCode {
    let disk = match dossier::open(global, None) {
        Ok(disk) => disk,
        Err(message) => return out::trouble(message),
    };
    let mut timings = Timings::default();
    let prepared = prepare(&disk, super::global::options(options.drafts), &mut timings);
    let mut diagnostics = prepared.diagnostics.clone();
    if !sourcebook_core::base::diagnostic::has_errors(&diagnostics) {
        diagnostics.extend(site::check(&prepared, &disk, &mut timings));
    }
    #[cfg(feature = "links")]
    if options.links {
        let found = timings.phase("external", || links(&prepared, &disk, options.refresh));
        diagnostics.extend(found);
        sourcebook_core::base::diagnostic::sort(&mut diagnostics, &prepared.parsed.files);
    }
    let tell = if options.all { out::diagnostics } else { out::first_of_each };
    tell(&diagnostics, &prepared.parsed.files, global);
    out::say(&summary(&diagnostics));
    if options.timings {
        out::say(&timings.to_string());
    }
    if fails(&diagnostics, options.deny) { ExitCode::from(FAULTS) } else { ExitCode::SUCCESS }
}

/// Asks for external links, and keeps the answers in the dossier's folder.
#[cfg(feature = "links")]
fn links(prepared: &sourcebook_site::prepared::Prepared, disk: &Disk, refresh: bool) -> Diagnostics {
    let old = disk.read(cache::FILE).map(|bytes| Cache::read(&bytes)).unwrap_or_default();
    let old = if refresh { Cache::default() } else { old };
    let manners = Manners::of(prepared.parsed.config.base_url.as_deref());
    let checked = links::check(prepared, disk, &old, &manners);
    if let Err(error) = disk.folder().replace(cache::FILE, checked.cache.write().as_bytes()) {
        out::say(&format!("{}: {error}", cache::FILE));
    }
    out::say(&checked.summary);
    checked.diagnostics
}

fn fails(diagnostics: &Diagnostics, deny: Option<Deny>) -> bool {
    let worst = diagnostics.iter().map(|d| d.severity).min();
    worst == Some(Severity::Error) || deny == Some(Deny::Warnings) && worst == Some(Severity::Warning)
}
