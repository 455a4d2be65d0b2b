//! `sourcebook verify --against FILE`: what became of each quote in a newer copy of its source.
//!
//! 1. Which source the file is a copy of: the one named, else the one whose capture has its name, else the one whose
//!    address the page gives as its own, else the only one that there is.
//! 2. The older side: its capture, else its published text, else what `captures.lock` says.
//! 3. What differs goes to standard output, the counts to standard error. Nothing is written.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::global::{FAULTS, Format, Global};
use super::out;
use sourcebook_core::base::world::World;
use sourcebook_core::dossier::load::MAX_FILE;
use sourcebook_core::dossier::load::Parsed;
use sourcebook_core::evidence::against::{self, Older};
use sourcebook_core::evidence::find::Prepared;
use sourcebook_core::evidence::lock::Lock;
use sourcebook_core::evidence::lock_read;
use sourcebook_core::evidence::readers::{self, Bounds, Fact, Input, Want, encoding};
use sourcebook_core::evidence::sha256::Sha256;
use sourcebook_core::evidence::verify;
use sourcebook_core::model::{Dossier, Ref, Source, SourceIx};
use sourcebook_desk::import::{merge, page};
use sourcebook_machine::held::{Folder, named};
use sourcebook_machine::report::against::{Compared, Quote, json};
use sourcebook_machine::report::shown;

/// Options of `verify` for a newer copy.
#[derive(Clone, Debug, Default, Args)]
pub struct Newer {
    /// A newer copy of a source, or a folder of such with the names of the captures: tell what became of each quote, and
    /// write nothing
    #[arg(long, value_name = "FILE")]
    pub against: Option<PathBuf>,
    /// The source that it is a copy of [default: as its name or its own address says]
    #[arg(long, value_name = "ID", requires = "against")]
    source: Option<String>,
    /// Which of several copies in a newer web archive
    #[arg(long, value_name = "TIME", requires = "against")]
    at: Option<String>,
}

/// A dossier whose sources are compared.
pub struct Held<'a> {
    /// Its files.
    pub disk: &'a dyn World,
    /// As it was written.
    pub parsed: &'a Parsed,
    /// Its records.
    pub dossier: &'a Dossier,
}

/// Compares, and says what it found.
pub fn run(global: &Global, file: &Path, options: &Newer, held: &Held<'_>) -> ExitCode {
    match compared(file, options, held) {
        Ok(all) => say(global, &all),
        Err(message) => out::trouble(message),
    }
}

/// Writes comparisons in the format asked for.
pub fn say(global: &Global, all: &[Compared]) -> ExitCode {
    match global.format {
        Format::Json => out::result(&json(all)),
        Format::Short => all.iter().for_each(|compared| out::result(&compared.short())),
        Format::Human => {
            let colour = std::io::stdout().is_terminal();
            all.iter().for_each(|compared| out::drawn(&compared.human(colour)));
        }
        Format::Sarif | Format::Github => {
            return out::trouble("copies are compared for people, in `--format short`, and in `--format json`");
        }
    }
    all.iter().for_each(|compared| out::say(&format!("`{}`: {}", compared.source, compared.summary())));
    if all.iter().all(Compared::all_stand) { ExitCode::SUCCESS } else { ExitCode::from(FAULTS) }
}

fn compared(file: &Path, options: &Newer, held: &Held<'_>) -> Result<Vec<Compared>, String> {
    if !named::is_folder(file) {
        let bytes = named::read(file).map_err(|error| format!("`{}`: {error}", shown(file)))?;
        let source = held.source(options.source.as_deref(), file, &bytes)?;
        return Ok(vec![held.compare(source, file, &bytes, options.at.as_deref())?]);
    }
    let mut all = Vec::new();
    let folder = Folder::open(file).map_err(|error| format!("`{}`: {error}", shown(file)))?;
    for (source, record) in held.sources() {
        let is_wanted = options.source.as_deref().is_none_or(|id| id == &*record.head.id.value);
        let Some(capture) = record.capture.as_ref().filter(|_| is_wanted) else { continue };
        let newer = file.join(&*capture.file.value);
        match folder.read(&*capture.file.value, MAX_FILE) {
            Ok(bytes) => all.push(held.compare(source, &newer, &bytes, options.at.as_deref())?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(format!("`{}`: {error}", shown(&newer))),
        }
    }
    if all.is_empty() { Err(format!("`{}` holds no file of a capture's name", shown(file))) } else { Ok(all) }
}

impl Held<'_> {
    fn sources(&self) -> impl Iterator<Item = (SourceIx, &Source)> {
        self.dossier.sources.iter().enumerate().map(|(at, source)| (SourceIx::at(at), source))
    }

    fn source(&self, id: Option<&str>, file: &Path, bytes: &[u8]) -> Result<SourceIx, String> {
        let of = |id: &str| match self.dossier.get(id) {
            Some(Ref::Source(source)) => Ok(source),
            Some(other) => Err(format!("`{id}` is {}, not a source", other.with_article())),
            None => Err(format!("there is no source `{id}`")),
        };
        if let Some(id) = id {
            return of(id);
        }
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let has_name = |capture: &str| capture.rsplit('/').next() == Some(name);
        let captured: Vec<_> = self.sources().filter(|(_, source)| source.capture.is_some()).collect();
        let named: Vec<_> =
            captured.iter().filter(|(_, s)| s.capture.as_ref().is_some_and(|c| has_name(&c.file.value))).collect();
        if let [(source, _)] = named.as_slice() {
            return Ok(*source);
        }
        let is_page = readers::reader_of(&Input::new(name, bytes)).is_ok_and(|r| r.name == readers::page::READER.name);
        let own = is_page.then(|| page::read(&encoding::of_page(bytes, None).text, None).item.url).flatten();
        if let Some(id) = own.and_then(|url| merge::saved_before(&url, self.dossier)) {
            return of(&id);
        }
        match captured.as_slice() {
            [(source, _)] => Ok(*source),
            _ => Err(format!("of which source is `{}` a newer copy? Name it by `--source ID`", shown(file))),
        }
    }

    /// Compares a source's copy with a newer one.
    ///
    /// # Errors
    /// The newer one cannot be read: a sentence for the person at the terminal.
    pub fn compare(&self, source: SourceIx, file: &Path, bytes: &[u8], at: Option<&str>) -> Result<Compared, String> {
        let record = &self.dossier[source];
        let said = shown(file);
        let capture = record.capture.as_ref();
        let url = capture.and_then(|c| c.url.as_deref()).or(record.url.as_deref());
        let begins = capture.and_then(|c| c.begins.as_ref()).map(|begins| &*begins.value);
        let input = Input { want: Want { url, at, on: None }, begins, ..Input::new(&said, bytes) };
        let read = readers::read(&input, &Bounds::default());
        let newer = Prepared::new(read.map_err(|why| format!("`{said}`: {why}; {}", why.help()))?);
        let mut notes = Vec::new();
        if newer.text().facts().contains(&Fact::NoBeginning) {
            notes
                .push("the words of `begins` do not stand in it: its paragraphs are counted from its first".to_owned());
        }
        let (older, sha256, on) = self.older(source);
        let lock = self.lock();
        let locked = lock.as_ref().and_then(|lock| lock.sources.get(&*record.head.id.value));
        let (what, side) = match (&older, locked) {
            (Some((what, copy)), _) => (*what, Older::Copy(copy)),
            (None, Some(locked)) => ("lock", Older::Locked(locked)),
            (None, None) => ("nothing", Older::Nothing),
        };
        let newer_sha256 = Sha256::of(bytes);
        if sha256 == Some(newer_sha256) {
            notes.push("the two files are the same, byte for byte".to_owned());
        }
        let sha256 = sha256.or(locked.filter(|_| older.is_none()).map(|locked| locked.capture.sha256));
        let passages = older.as_ref().and_then(|(_, copy)| against::passages(copy, &newer));
        if older.is_some() && passages.is_none() {
            notes.push("they differ in too many paragraphs to show which".to_owned());
        }
        Ok(Compared {
            source: record.head.id.value.to_string(),
            older: what,
            older_sha256: sha256.map(|hash| hash.to_string()),
            older_on: on,
            newer: said,
            newer_sha256: newer_sha256.to_string(),
            quotes: self.quotes(against::quotes(self.dossier, source, side, &newer)),
            passages,
            notes,
        })
    }

    /// The older copy: the capture as it lies in its folder, else the published text.
    fn older(&self, source: SourceIx) -> (Option<(&'static str, Prepared)>, Option<Sha256>, Option<String>) {
        let record = &self.dossier[source];
        let on = record.capture.as_ref().and_then(|capture| Some(capture.on.as_ref()?.date.text().to_owned()));
        let bytes = record.capture.as_ref().and_then(|capture| self.disk.capture(&capture.file.value)?.ok());
        if let Some(bytes) = bytes
            && let Some(Ok(text)) = verify::read(record, &bytes)
        {
            return (Some(("capture", Prepared::new(text))), Some(Sha256::of(&bytes)), on);
        }
        let text = record.text.as_ref().and_then(|text| {
            let (path, file) = self.parsed.content.texts.iter().find(|(path, _)| *path == text.file.value)?;
            let input = Input::new(path, self.parsed.files.get(*file).text.as_bytes());
            readers::read(&input, &Bounds::default()).ok()
        });
        (text.map(|text| ("text", Prepared::new(text))), None, on)
    }

    fn lock(&self) -> Option<Lock> {
        let (_, text) = self.parsed.lock()?;
        lock_read::parse(text).ok()
    }

    /// Each with the place where it is written.
    fn quotes(&self, quotes: Vec<against::OfQuote>) -> Vec<Quote> {
        let placed = |of: against::OfQuote| {
            let evidence = &self.dossier[of.claim].evidence[of.evidence];
            let span = evidence.quote.as_ref().map_or(evidence.span, |quote| quote.span);
            let file = self.parsed.files.get(span.file);
            let place = (file.path.to_string(), file.position(span.range().start).line);
            Quote { claim: self.dossier[of.claim].head.id.value.to_string(), place, of }
        };
        quotes.into_iter().map(placed).collect()
    }

    /// Captures that are no longer those of `captures.lock`, each against what it says: what `verify` tells before it
    /// writes the lock anew.
    pub fn changed(&self) -> Vec<Compared> {
        let Some(lock) = self.lock() else { return Vec::new() };
        let changed = self.sources().filter_map(|(source, record)| {
            let locked = lock.sources.get(&*record.head.id.value)?;
            let bytes = self.disk.capture(&record.capture.as_ref()?.file.value)?.ok()?;
            let sha256 = Sha256::of(&bytes);
            let newer = (sha256 != locked.capture.sha256).then(|| verify::read(record, &bytes)?.ok()).flatten()?;
            let quotes = against::quotes(self.dossier, source, Older::Locked(locked), &Prepared::new(newer));
            Some(Compared {
                source: record.head.id.value.to_string(),
                older: "lock",
                older_sha256: Some(locked.capture.sha256.to_string()),
                older_on: locked.capture.on.clone(),
                newer: "the capture as it is now".to_owned(),
                newer_sha256: sha256.to_string(),
                quotes: self.quotes(quotes),
                passages: None,
                notes: Vec::new(),
            })
        });
        changed.collect()
    }
}
