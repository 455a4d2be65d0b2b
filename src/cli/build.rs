//! `sourcebook build`: the dossier to a site.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::global::{FAULTS, Global};
use super::{dossier, out};
use sourcebook_core::base::diagnostic::has_errors;
use sourcebook_core::base::timings::Timings;
use sourcebook_core::dossier::load;
use sourcebook_machine::disk::Disk;
use sourcebook_machine::held::{Folder, named};
use sourcebook_machine::open;
use sourcebook_machine::output::Summary;
use sourcebook_machine::report::shown;
use sourcebook_machine::shard::{self, Shard};
use sourcebook_machine::site;
use sourcebook_site::prepare;
use sourcebook_site::prepared::Prepared;

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
    /// Build one part of the site, K of N: into a folder of its own, to be joined
    #[arg(long, value_name = "K/N", conflicts_with = "open")]
    shard: Option<Shard>,
    /// Join the parts that `--shard` built, all N of them, in place of building
    #[arg(long, value_name = "DIR", num_args = 1.., conflicts_with_all = ["shard", "drafts", "timings"])]
    join: Vec<PathBuf>,
    /// Print how long each phase, each kind of page and the slowest pages took
    #[arg(long)]
    timings: bool,
}

/// Builds the site.
pub fn run(global: &Global, options: &Options) -> ExitCode {
    let mut timings = Timings::default();
    let output = options.output.as_deref();
    let made = match options.join.is_empty() {
        false => join(global, output, &options.join),
        true => prepare(global, output, options.drafts, &mut timings)
            .and_then(|(disk, prepared)| write_part(global, &disk, &prepared, (output, options.shard), &mut timings)),
    };
    let folder = match made {
        Ok(folder) => folder.shown().to_owned(),
        Err(status) => return status,
    };
    if options.timings {
        out::say(&timings.to_string());
    }
    if options.open {
        show(&folder);
    }
    ExitCode::SUCCESS
}

/// Everything up to the pages.
///
/// # Errors
/// The exit status: there are faults, or no dossier. They have been told.
pub(super) fn prepare(
    global: &Global,
    output: Option<&Path>,
    drafts: bool,
    timings: &mut Timings,
) -> Result<(Disk, Prepared), ExitCode> {
    let disk = dossier::open(global, output).map_err(out::trouble)?;
    let prepared = prepare::prepare(&disk, super::global::options(drafts), timings);
    out::faults(&prepared.diagnostics, &prepared.parsed.files, global);
    if has_errors(&prepared.diagnostics) {
        out::say(&sourcebook_machine::report::summary(&prepared.diagnostics));
        return Err(ExitCode::from(FAULTS));
    }
    Ok((disk, prepared))
}

/// Writes the pages, and says where.
///
/// # Errors
/// The exit status: pages have faults, or the folder cannot be written. They have been told.
pub(super) fn write(
    global: &Global,
    disk: &Disk,
    prepared: &Prepared,
    output: Option<&Path>,
    timings: &mut Timings,
) -> Result<Folder, ExitCode> {
    write_part(global, disk, prepared, (output, None), timings)
}

fn write_part(
    global: &Global,
    disk: &Disk,
    prepared: &Prepared,
    (output, shard): (Option<&Path>, Option<Shard>),
    timings: &mut Timings,
) -> Result<Folder, ExitCode> {
    let folder = dossier::output(disk, output, &prepared.parsed.config).map_err(out::trouble)?;
    match site::write_part(prepared, disk, &folder, shard, timings) {
        Ok(summary) => out::say(&summary.to_string()),
        Err(site::Failure::Pages(diagnostics)) => {
            out::diagnostics(&diagnostics, &prepared.parsed.files, global);
            out::say(&sourcebook_machine::report::summary(&diagnostics));
            return Err(ExitCode::from(FAULTS));
        }
        Err(site::Failure::Output(error)) => return Err(out::trouble(error)),
        Err(site::Failure::Parts(why)) => return Err(out::trouble(format!("cannot build a part of the site: {why}"))),
        Err(site::Failure::Search(message)) => return Err(out::trouble(format!("cannot index the texts: {message}"))),
    }
    Ok(folder)
}

/// One site of its parts, and where.
fn join(global: &Global, output: Option<&Path>, parts: &[PathBuf]) -> Result<Folder, ExitCode> {
    let disk = dossier::open(global, output).map_err(out::trouble)?;
    let open = |part: &PathBuf| {
        Folder::open(&named::whole(part))
            .map_err(|error| out::trouble(format!("cannot read `{}`: {error}", shown(part))))
    };
    let parts: Vec<Folder> = parts.iter().map(open).collect::<Result<_, _>>()?;
    let folder = dossier::output(&disk, output, &load::config(&disk)).map_err(out::trouble)?;
    let Summary { written, unchanged, removed } = shard::join(parts, folder.clone()).map_err(out::trouble)?;
    let place = shown(folder.shown());
    out::say(&format!("joined: {written} files written, {unchanged} unchanged, {removed} removed: {place}"));
    Ok(folder)
}

/// Opens the home page; where there is no browser to open it with, says where it is.
fn show(folder: &Path) {
    let home = folder.join("index.html");
    if open::browser(&home.display().to_string()).is_err() {
        out::say(&format!("open it in a browser: {}", shown(&home)));
    }
}
