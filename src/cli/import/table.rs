//! `sourcebook import TABLE`: rows of a spreadsheet as records, and what somebody changed in them.
//!
//! 1. The table is read, its columns named, what is odd told.
//! 2. Rows are held against the sheets: what is otherwise is shown, field by field.
//! 3. New records are added; changes are written only on `--apply`, and nothing is ever taken away.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use super::Options;
use crate::cli::adding::{self, Sheet, Target};
use crate::cli::global::Global;
use crate::cli::out;
use sourcebook_core::base::file::FileId;
use sourcebook_core::evidence::readers::encoding;
use sourcebook_core::model::kinds::Kind;
use sourcebook_desk::scaffold::append::append;
pub(super) use sourcebook_desk::table::cells::Format;
use sourcebook_desk::table::cells::{self, Table, Told};
use sourcebook_desk::table::columns::{Names, kind_of};
use sourcebook_desk::table::compare::{Change, Outcome, compare};
use sourcebook_desk::table::office;
use sourcebook_machine::held::named;
use sourcebook_machine::report::{printable, shown};

/// As many oddities are told unasked.
const TOLD: usize = 20;

/// Imports a table.
pub(super) fn run(global: &Global, options: &Options, format: Format) -> Result<ExitCode, ExitCode> {
    let target = adding::open(global)?;
    let file = shown(&options.file);
    let trouble = |error: String| out::trouble(format!("`{file}`: {error}"));
    let bytes = named::read(&options.file).map_err(|error| trouble(error.to_string()))?;
    let mapped = target.parsed.config.import_columns.iter();
    let names = Names::new(mapped.map(|(name, key)| (name.to_string(), key.to_string())));
    let table = match format {
        Format::Csv => cells::of_text(&encoding::of_text(&bytes, None).text, &names),
        _ => office::read(&bytes, format, options.page.as_deref()),
    };
    let table = table.map_err(trouble)?;
    let kind = kind(&table, &names, options).map_err(trouble)?;
    let sheets = target.sheets();
    let taken: BTreeSet<String> = target.dossier.ids.keys().map(ToString::to_string).collect();
    let outcome = compare(&table, kind, &names, &sheets, &taken);
    tell(&outcome.told, options, &file);
    write(&target, kind, &outcome, &sheets, options, global)
}

fn kind(table: &Table, names: &Names, options: &Options) -> Result<Kind, String> {
    let named = options.records.as_ref().and_then(|records| Kind::ALL.iter().find(|kind| kind.plural() == records));
    let keys: Vec<_> = table.header.iter().map(|name| names.key(name)).collect();
    named.copied().or_else(|| kind_of(&keys)).ok_or_else(|| {
        let columns = table.header.join("`, `");
        format!(
            "no column says what its records are called (`statement`, `name`, `title`, `text`). It has `{columns}`: map them in \
             site.toml ([import.columns] \"{}\" = \"statement\"), or say `--records`",
            table.header.first().map_or("…", |name| name)
        )
    })
}

fn tell(told: &[Told], options: &Options, file: &str) {
    let most = if options.all { usize::MAX } else { TOLD };
    for Told { row, column, what } in told.iter().take(most) {
        let column = if column.is_empty() { String::new() } else { format!(", `{column}`") };
        out::say(&printable(&format!("{file}: row {row}{column}: {what}")));
    }
    if told.len() > most {
        out::say(&format!("and {} more: `--all` tells them", told.len() - most));
    }
}

fn write(
    target: &Target,
    kind: Kind,
    outcome: &Outcome,
    sheets: &[(String, String)],
    options: &Options,
    global: &Global,
) -> Result<ExitCode, ExitCode> {
    show(&outcome.changed);
    let (changed, new) = (outcome.changed.len(), outcome.new.len());
    if changed + new == 0 {
        out::say("nothing to add, nothing changed");
        return Ok(ExitCode::SUCCESS);
    }
    if changed > 0 && !options.apply {
        out::say(&format!(
            "{changed} fields changed, {new} {} new: nothing is written; `--apply` writes it",
            kind.plural()
        ));
        return Ok(ExitCode::SUCCESS);
    }
    let whole = edited(target, kind, outcome, sheets, options)?;
    target.looked_at_all(&whole, global)?;
    if options.dry_run {
        whole.iter().for_each(|(_, text)| out::result(text));
        return Ok(ExitCode::SUCCESS);
    }
    for (sheet, text) in &whole {
        sheet.write(text).map_err(out::trouble)?;
    }
    let paths: Vec<_> = whole.iter().map(|(sheet, _)| &*sheet.path).collect();
    out::say(&format!("{changed} fields changed, {new} {} added: {}", kind.plural(), paths.join(", ")));
    Ok(ExitCode::SUCCESS)
}

/// Each field that is otherwise, with what stands there and what shall.
fn show(changed: &[Change]) {
    let mut last = "";
    for Change { path, id, field, was, is, .. } in changed {
        if last != id {
            out::say(&printable(&format!("{path}: `{id}`")));
            last = id;
        }
        if !was.is_empty() {
            out::say(&printable(&format!("  - {field}: {was}")));
        }
        out::say(&printable(&format!("  + {field}: {is}")));
    }
}

/// The new texts of all sheets that change.
fn edited(
    target: &Target,
    kind: Kind,
    outcome: &Outcome,
    sheets: &[(String, String)],
    options: &Options,
) -> Result<Vec<(Sheet, String)>, ExitCode> {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let old =
        |path: &str| sheets.iter().find(|(name, _)| name == path).map(|(_, text)| text.clone()).unwrap_or_default();
    for change in &outcome.changed {
        let text = texts.entry(change.path.clone()).or_insert_with(|| old(&change.path));
        *text = change.apply(text).ok_or_else(|| {
            let Change { path, id, field, .. } = change;
            out::trouble(format!(
                "`{path}` leaves no room for `{field}` of `{id}`, or a comment stands in it: write it by hand"
            ))
        })?;
    }
    if !outcome.new.is_empty() {
        let sheet = target.sheet(options.to.as_deref(), &target.usual_sheet(kind)).map_err(out::trouble)?;
        let text = texts.entry(sheet.path.clone()).or_insert_with(|| sheet.text().to_owned());
        let added = append(FileId(0), text, &outcome.new);
        *text = added.map_err(|_| {
            out::trouble(format!("`{}` leaves no room for new records: name another sheet by --to", sheet.path))
        })?;
    }
    let placed = texts.into_iter().map(|(path, text)| Ok((target.sheet(None, &path).map_err(out::trouble)?, text)));
    placed.collect()
}
