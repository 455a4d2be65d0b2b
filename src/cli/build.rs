//! `sourcebook build`: the dossier to a site.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::{FAULTS, Global, dossier, out};
use crate::diagnostic::has_errors;
use crate::system::clock::Timings;
use crate::system::open;
use crate::system::site;

/// Options of `build`.
#[derive(Debug, Args)]
pub struct Options {
    /// The output folder, in place of the one in site.toml
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Build drafts too
    #[arg(long)]
    drafts: bool,
    /// Show the home page in a browser afterwards
    #[arg(long)]
    open: bool,
    /// Print how long each phase, each kind of page and the slowest pages took
    #[arg(long)]
    timings: bool,
}

/// Builds the site.
pub fn run(global: &Global, options: &Options) -> ExitCode {
    let disk = match dossier::open(global, options.output.as_deref()) {
        Ok(disk) => disk,
        Err(message) => return out::trouble(message),
    };
    let mut timings = Timings::default();
    let prepared = crate::prepare(&disk, crate::Options { drafts: options.drafts }, &mut timings);
    out::diagnostics(&prepared.diagnostics, &prepared.parsed.files, global);
    if has_errors(&prepared.diagnostics) {
        out::say(&crate::system::report::summary(&prepared.diagnostics));
        return ExitCode::from(FAULTS);
    }
    let folder = options.output.clone().unwrap_or_else(|| disk.root().join(&*prepared.parsed.config.output));
    match site::write(&prepared, &disk, &folder, &mut timings) {
        Ok(summary) => {
            out::say(&summary.to_string());
            if options.timings {
                out::say(&timings.to_string());
            }
            if options.open {
                show(&folder);
            }
            ExitCode::SUCCESS
        }
        Err(site::Failure::Pages(diagnostics)) => {
            out::diagnostics(&diagnostics, &prepared.parsed.files, global);
            out::say(&crate::system::report::summary(&diagnostics));
            ExitCode::from(FAULTS)
        }
        Err(site::Failure::Output(error)) => out::trouble(error),
        Err(site::Failure::Search(message)) => out::trouble(format!("cannot index the texts: {message}")),
    }
}

/// Opens the home page; where there is no browser to open it with, says where it is.
fn show(folder: &Path) {
    let home = folder.join("index.html");
    if open::browser(&home.display().to_string()).is_err() {
        out::say(&format!("open it in a browser: {}", home.display()));
    }
}
