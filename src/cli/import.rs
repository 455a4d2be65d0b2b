//! `sourcebook import`: works that another program knows, as source records in a sheet.

mod annotations;
mod table;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use super::adding::{self, Target};
use super::global::{FAULTS, Global};
use super::out;
use sourcebook_core::base::diagnostic::{Diagnostics, Severity, first_of_each_kind, has_errors};
use sourcebook_core::base::tree::emit;
use sourcebook_core::model::kinds::Kind;
use sourcebook_desk::import::annotation::{self, Annotation};
use sourcebook_desk::import::item::Item;
use sourcebook_desk::import::merge::{self, Merged};
use sourcebook_desk::import::{Format, record, text};
use sourcebook_desk::scaffold::append::Addition;
use sourcebook_machine::held::named;
use sourcebook_machine::report::summary;

/// Options of `import`.
#[derive(Debug, Args)]
pub struct Options {
    /// What Zotero, JabRef, EndNote or a publisher's page exported (BibTeX, CSL-JSON, RIS), a table of records (CSV, xlsx, ods), or annotations (Hypothesis, Web Annotation, Zotero)
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// The sheet to add to, or to make [default: a new one in content/, named after the file]
    #[arg(long, value_name = "SHEET")]
    pub(super) to: Option<PathBuf>,
    /// What the file is written in [default: as its ending says, or else its first lines]
    #[arg(long, value_name = "FORMAT")]
    from: Option<From>,
    /// Print the sheet as it would be, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Tell everything that is odd, and not only the first of each kind
    #[arg(long)]
    pub(super) all: bool,
    /// Of a table: write what it changes in records that are there
    #[arg(long)]
    pub(super) apply: bool,
    /// Of a table: which records its rows are [default: as its columns say]
    #[arg(long, value_name = "RECORDS", value_parser = PossibleValuesParser::new(Kind::ALL.iter().map(|kind| kind.plural())))]
    pub(super) records: Option<String>,
    /// Of a spreadsheet: which sheet of it [default: the first]
    #[arg(long, value_name = "NAME")]
    pub(super) page: Option<String>,
}

/// What a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum From {
    /// BibTeX or biblatex
    Bibtex,
    /// CSL-JSON
    Csl,
    /// RIS
    Ris,
}

/// Imports a file.
pub fn run(global: &Global, options: &Options) -> ExitCode {
    try_run(global, options).unwrap_or_else(|code| code)
}

fn try_run(global: &Global, options: &Options) -> Result<ExitCode, ExitCode> {
    let name = options.file.display().to_string();
    if let Some(format) = table::Format::of(&name).filter(|_| options.from.is_none()) {
        return table::run(global, options, format);
    }
    if let Some(all) = annotated(options) {
        return annotations::run(global, options, all);
    }
    let mut target = adding::open(global)?;
    let (items, diagnostics) = read(&mut target, options, global)?;
    let Merged { new, known, renamed } = merge::merge(items, &target.dossier);
    tell(&diagnostics, &target, options, global);
    let code = if has_errors(&diagnostics) { ExitCode::from(FAULTS) } else { ExitCode::SUCCESS };
    let notes = notes(&new, &known, &renamed, &target);
    if new.is_empty() {
        out::say(&format!("nothing to add, {} there already\n{notes}", known.len()));
        return Ok(code);
    }
    let usual = || {
        let name =
            options.file.file_stem().map(|stem| merge::slug(&stem.to_string_lossy())).filter(|name| !name.is_empty());
        target.new_sheet(name.as_deref().unwrap_or("imported"))
    };
    let sheet = target.sheet(options.to.as_deref(), &usual()).map_err(out::trouble)?;
    let people = record::People::of(&target.dossier);
    let addition = |(id, item): &(String, Item)| Addition {
        kind: Kind::Source,
        id: id.clone(),
        fields: emit::map(&record::fields(item, &people, &BTreeMap::new())),
    };
    let additions: Vec<_> = new.iter().map(addition).collect();
    let whole = target.with(&sheet, &additions, None, global)?;
    if options.dry_run {
        out::result(&whole);
    } else {
        sheet.write(&whole).map_err(out::trouble)?;
    }
    if !diagnostics.is_empty() {
        out::say(&summary(&diagnostics));
    }
    let verb = if options.dry_run { "would be added" } else { "added" };
    let count = if new.len() == 1 { "1 source".to_owned() } else { format!("{} sources", new.len()) };
    out::say(&format!("{count} {verb} to {}, {} there already\n{notes}", sheet.path, known.len()));
    let broken = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    if broken > 0 {
        out::say(&format!("  not everything of the file could be read: {broken} left out, as told above"));
    }
    Ok(code)
}

/// What people marked elsewhere, if the file holds that.
fn annotated(options: &Options) -> Option<Vec<Annotation>> {
    let name = options.file.extension()?.to_str()?.to_ascii_lowercase();
    let is_json = options.from.is_none() && (name == "json" || name == "jsonld");
    let bytes = is_json.then(|| named::read(&options.file).ok()).flatten()?;
    annotation::read(std::str::from_utf8(&bytes).ok()?)
}

/// What is odd about the works: for people the first of each kind with a count, for programs all.
fn tell(diagnostics: &Diagnostics, target: &Target, options: &Options, global: &Global) {
    let files = &target.parsed.files;
    match global.format {
        crate::cli::global::Format::Human if !options.all => {
            out::diagnostics(&first_of_each_kind(diagnostics, "`--all` shows them"), files, global);
        }
        _ => out::diagnostics(diagnostics, files, global),
    }
}

/// The works of the file, and what is wrong with it. What cannot be read costs itself; a file of which nothing can is refused.
fn read(target: &mut Target, options: &Options, global: &Global) -> Result<(Vec<Item>, Diagnostics), ExitCode> {
    let path = options.file.display().to_string();
    let bytes = named::read(&options.file).map_err(|error| out::trouble(format!("`{path}`: {error}")))?;
    let mut diagnostics = Diagnostics::new();
    let files = &mut target.parsed.files;
    let Some(id) = text::add(files, &path, &bytes).take(&mut diagnostics) else {
        return Err(adding::refuse(&diagnostics, files, global));
    };
    let text = files.get(id).text.clone();
    let format = match options.from {
        Some(From::Bibtex) => Some(Format::Bibtex),
        Some(From::Csl) => Some(Format::Csl),
        Some(From::Ris) => Some(Format::Ris),
        None => Format::of(&path, &text),
    };
    let Some(format) = format else {
        return Err(out::trouble(format!("`{path}` is neither BibTeX nor CSL-JSON nor RIS; say which by --from")));
    };
    let items = format.read(id, &text).take(&mut diagnostics);
    sourcebook_core::base::diagnostic::sort(&mut diagnostics, files);
    match items.is_empty() && has_errors(&diagnostics) {
        true => Err(adding::refuse(&diagnostics, files, global)),
        false => Ok((items, diagnostics)),
    }
}

/// For how many works that are there already it is said where.
const PLACED: usize = 50;

/// What the person at the terminal should know: a line each.
fn notes(new: &[(String, Item)], known: &[merge::Known], renamed: &[(String, String)], target: &Target) -> String {
    let mut lines = Vec::new();
    for (n, known) in known.iter().enumerate() {
        // To count lines takes its time in a large sheet.
        let place = if n < PLACED { target.place(&known.id) } else { "…".to_owned() };
        let place = if place.is_empty() { "above in the file".to_owned() } else { place };
        lines
            .push(format!("  `{}` is there already: `{}` ({place}) has the same {}", known.name, known.id, known.same));
    }
    for (wanted, id) in renamed {
        let place = target.place(wanted);
        lines.push(format!("  `{wanted}` is something else ({place}): the new source is `{id}`"));
    }
    let mut left_out: BTreeMap<&str, usize> = BTreeMap::new();
    new.iter().flat_map(|(_, item)| &item.left_out).for_each(|field| *left_out.entry(field).or_default() += 1);
    for (field, count) in left_out {
        lines.push(format!(
            "  `{field}` is left out ({count} times): it means something in one program or on one machine only"
        ));
    }
    let private = ["abstract", "annote", "annotation", "note", "AB", "N1", "N2", "RN"];
    let kept = private.iter().filter(|key| new.iter().any(|(_, item)| item.extra.contains_key(**key)));
    let kept: Vec<_> = kept.map(|key| format!("`{key}`")).collect();
    if !kept.is_empty() {
        lines.push(format!(
            "  kept under `extra`, which is published with the record: {}; remove what should not be",
            kept.join(", ")
        ));
    }
    lines.join("\n")
}
