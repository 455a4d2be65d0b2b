//! `sourcebook archive`: the addresses that should be saved by an archive, one a line, as `wget -i`, ArchiveBox, Browsertrix
//! and the tools of the Wayback Machine take them; and what they answer, taken up into the sheets.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::global::{FAULTS, Global};
use super::{adding, out};
#[cfg(feature = "links")]
use sourcebook_core::base::diagnostic::{Diagnostics, Report};
#[cfg(feature = "links")]
use sourcebook_core::base::world::World;
#[cfg(feature = "links")]
use sourcebook_core::dossier::load::Parsed;
#[cfg(feature = "links")]
use sourcebook_core::evidence::lock::Lock;
#[cfg(feature = "links")]
use sourcebook_core::model::Dossier;
use sourcebook_core::model::Source;
use sourcebook_core::model::kinds::Kind;
use sourcebook_desk::import::archived::{self, Archived};
use sourcebook_desk::scaffold::insert;
#[cfg(feature = "links")]
use sourcebook_machine::{archives, disk::Disk, links::cache::Cache};
use sourcebook_machine::{asked, held::named};

/// Options of `archive`.
#[derive(Debug, Args)]
pub struct Options {
    /// Take up what archives answered: addresses of copies, a line each, alone or beside the address that was saved, or the
    /// archives' JSON; `-` is standard input
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
}

/// Prints what to save, or takes up what was.
pub fn run(global: &Global, options: &Options) -> ExitCode {
    let done = match &options.from {
        None => print(global),
        Some(file) => take_up(global, file),
    };
    done.unwrap_or_else(|code| code)
}

fn print(global: &Global) -> Result<ExitCode, ExitCode> {
    let target = adding::open(global)?;
    let mut urls: Vec<&str> = Vec::new();
    for source in target.dossier.sources.iter().filter(|source| source.archive.is_none()) {
        let url = source.url.as_deref().filter(|url| url.starts_with("http"));
        let url = url.map(|url| url.split('#').next().unwrap_or(url));
        urls.extend(url.filter(|url| !urls.contains(url)));
    }
    out::result(&urls.iter().map(|url| format!("{url}\n")).collect::<String>());
    let held = target.dossier.sources.iter().filter(|source| source.archive.is_some()).count();
    out::say(&format!("{} addresses to save; {held} sources name an archived copy", urls.len()));
    Ok(ExitCode::SUCCESS)
}

fn take_up(global: &Global, file: &Path) -> Result<ExitCode, ExitCode> {
    let said = file.display();
    let text = match file == Path::new("-") {
        true => asked::standard_input(),
        false => named::read(file).and_then(|bytes| String::from_utf8(bytes).map_err(std::io::Error::other)),
    };
    let text = text.map_err(|error| out::trouble(format!("`{said}`: {error}")))?;
    let target = adding::open(global)?;
    let open: Vec<&Source> = target.dossier.sources.iter().filter(|source| source.archive.is_none()).collect();
    let urls: Vec<&str> = open.iter().filter_map(|source| source.url.as_deref()).collect();
    let read = archived::read(&text, &urls);
    let mut taken = 0_usize;
    for source in open {
        let copy = source.url.as_deref().and_then(|url| read.copies.get(url));
        if let Some(copy) = copy {
            write(global, &source.head.id.value, copy)?;
            taken += 1;
        }
    }
    for line in &read.failed {
        out::say(&format!("`{said}`, line {line}: says that it was not saved"));
    }
    for line in &read.unknown {
        out::say(&format!("`{said}`, line {line}: no copy of a source that is without one"));
    }
    out::say(&format!("{taken} archived copies taken up; `sourcebook verify --archives` looks the quotes up in them"));
    Ok(if read.failed.is_empty() && read.unknown.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FAULTS) })
}

/// Writes the field into the record, of which every other byte stays. The dossier is read anew: the sheet has changed.
fn write(global: &Global, id: &str, copy: &Archived) -> Result<(), ExitCode> {
    let target = adding::open(global)?;
    let place = target.place(id);
    let path = place.rsplit_once(':').map_or("", |(path, _)| path);
    let sheet = target.sheet(None, path).map_err(out::trouble)?;
    let value = copy.field();
    let whole = insert::field(sheet.text(), Kind::Source, id, "archive", &value).ok_or_else(|| {
        out::trouble(format!(
            "`{path}` leaves no room for the field: write\n  archive: {value}\ninto the record of `{id}`"
        ))
    })?;
    let whole = target.looked_at(&sheet, whole, None, &[], global)?;
    sheet.write(&whole).map_err(out::trouble)
}

/// Asks archives for the copies of sources, and puts what they answered into the lock.
#[cfg(feature = "links")]
pub fn ask(dossier: &Dossier, parsed: &Parsed, disk: &Disk, mut lock: Lock, refresh: bool) -> Report<Lock> {
    let known = disk.read(archives::FILE).map(|bytes| Cache::read(&bytes)).unwrap_or_default();
    let cache = if refresh { Cache::default() } else { known };
    let site = parsed.config.base_url.as_deref();
    let asking = archives::Asking { dossier, files: &parsed.files, site, today: disk.today() };
    let asked = archives::ask(&asking, &mut lock, &cache, &archives::manners(site));
    if let Err(error) = disk.folder().replace(archives::FILE, asked.cache.write().as_bytes()) {
        out::say(&format!("{}: {error}", archives::FILE));
    }
    out::say(&asked.summary);
    let told: Diagnostics = asked.diagnostics;
    Report::new(lock, told)
}
