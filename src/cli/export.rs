//! `sourcebook export`: the dossier for other programs, the same bytes as in the site.

use sourcebook_machine::report::shown;
use sourcebook_site::prepare::prepare;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};

use super::global::{FAULTS, Global};
use super::{adding, dossier, out};
use sourcebook_core::base::diagnostic::{Diagnostic, has_errors};
use sourcebook_core::base::timings::Timings;
use sourcebook_core::evidence::leak::Guard;
use sourcebook_core::model::kinds::Kind;
use sourcebook_desk::table::write::csv;
use sourcebook_machine::held::named;
use sourcebook_machine::report::summary;
use sourcebook_site::export::{ALL, FOLDER, Format};

/// Options of `export`.
#[derive(Debug, Args)]
pub struct Options {
    /// What to export; without it, the formats are listed
    #[arg(value_name = "FORMAT", value_parser = PossibleValuesParser::new(formats()))]
    what: Option<String>,
    /// Of `table`: which records
    #[arg(value_name = "RECORDS", requires = "what", value_parser = PossibleValuesParser::new(Kind::ALL.iter().map(|kind| kind.plural())))]
    records: Option<String>,
    /// Write to a file, not to standard output
    #[arg(long, short, value_name = "FILE", requires = "what")]
    output: Option<PathBuf>,
    /// Export drafts too
    #[arg(long)]
    drafts: bool,
}

/// Records as a table, which `import` reads again.
const TABLE: &str = "table";

fn formats() -> Vec<PossibleValue> {
    let table = PossibleValue::new(TABLE)
        .help("records as they stand in the sheets, for a spreadsheet; `import` reads it again");
    ALL.iter().map(|f| PossibleValue::new(f.name).help(f.about)).chain([table]).collect()
}

/// Exports the dossier.
pub fn run(global: &Global, options: &Options) -> ExitCode {
    match (options.what.as_deref() == Some(TABLE), &options.records) {
        (true, Some(records)) => return table(global, options, records).unwrap_or_else(|code| code),
        (true, None) => return out::trouble("which records? `sourcebook export table claims`"),
        (false, Some(_)) => return out::trouble("only a `table` is of one kind of record"),
        (false, None) => {}
    }
    let Some(format) = options.what.as_ref().and_then(|name| ALL.iter().find(|f| f.name == name)) else {
        let line = |f: &Format| format!("{:<12} {:<22} {}\n", f.name, f.file, f.about);
        out::result(&ALL.iter().map(line).collect::<String>());
        out::say("and `table claims`, or another kind of record: for a spreadsheet, and read again by `import`");
        return ExitCode::SUCCESS;
    };
    let disk = match dossier::open(global, None) {
        Ok(disk) => disk,
        Err(message) => return out::trouble(message),
    };
    let prepared = prepare(&disk, super::global::options(options.drafts), &mut Timings::default());
    let fail = |diagnostics: &Vec<Diagnostic>| {
        // Standard output is for the export alone: a program that reads it must not be given diagnostics.
        out::diagnostics(diagnostics, &prepared.parsed.files, &global.to_terminal());
        out::say(&summary(diagnostics));
        ExitCode::from(FAULTS)
    };
    if has_errors(&prepared.diagnostics) {
        return fail(&prepared.diagnostics);
    }
    let mut text = String::new();
    (format.write)(&prepared.export(), &mut text);
    let path = format!("{FOLDER}/{}", format.file);
    let guard = Guard::new(&prepared.dossier, &prepared.parsed, &disk);
    if let Some(leak) = guard.and_then(|guard| guard.scan(&path, text.as_bytes())) {
        return fail(&vec![leak]);
    }
    written(options, &text)
}

fn written(options: &Options, text: &str) -> ExitCode {
    match &options.output {
        None => out::result(text),
        Some(file) => {
            if let Err(error) = named::write(file, text.as_bytes()) {
                return out::trouble(format!("`{}`: {error}", shown(file)));
            }
        }
    }
    ExitCode::SUCCESS
}

/// Writes the records of a kind as they stand in the sheets: nothing that is published.
fn table(global: &Global, options: &Options, records: &str) -> Result<ExitCode, ExitCode> {
    let target = adding::open(global)?;
    let kind = Kind::ALL.iter().find(|kind| kind.plural() == records);
    let kind = *kind.ok_or_else(|| out::trouble("there are no such records"))?;
    Ok(written(options, &csv(&target.sheets(), kind)))
}
