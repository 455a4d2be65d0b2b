//! `sourcebook new`: a small example dossier to learn from and to replace, or a record to fill in.

pub(super) mod page;
mod record;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::global::Global;
use super::out;
use sourcebook_core::model::language::Language;
use sourcebook_desk::scaffold;
use sourcebook_machine::fresh::{self, Refusal};
use sourcebook_machine::report::shown;

/// Options of `new`.
#[derive(Debug, Args)]
#[command(subcommand_negates_reqs = true, disable_help_subcommand = true)]
#[command(override_usage = "sourcebook new [OPTIONS] DIR\n       sourcebook new RECORD …")]
#[command(subcommand_value_name = "RECORD", subcommand_help_heading = "Records")]
pub struct Options {
    /// The folder to make; it must be empty or not there yet (write `./actor` for one of a record's name)
    #[arg(value_name = "DIR", required = true)]
    folder: Option<PathBuf>,
    /// The language of the example and of the site's interface [default: en]
    #[arg(long, short, value_name = "LANGUAGE", value_parser = languages())]
    language: Option<Language>,
    #[command(subcommand)]
    record: Option<record::Record>,
}

/// The languages that there is an example in, by their tags.
fn languages() -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new(Language::ALL.iter().map(|language| language.as_str()))
        .map(|tag| Language::ALL.iter().copied().find(|language| language.as_str() == tag).unwrap_or(Language::English))
}

/// Writes the example dossier, or a record into the dossier that is there.
pub fn run(global: &Global, options: &Options) -> ExitCode {
    match (&options.record, &options.folder, options.language) {
        (Some(record), None, None) => record::run(global, record).unwrap_or_else(|code| code),
        (None, Some(folder), language) => example(folder, language.unwrap_or(Language::English)),
        _ => out::trouble("name a folder to make, or a record, and not both; `--language` is for a folder"),
    }
}

fn example(path: &std::path::Path, language: Language) -> ExitCode {
    let folder = shown(path);
    match fresh::write(path, &scaffold::files(language)) {
        Ok(count) => {
            out::say(&format!(
                "{count} files written: {folder}\n\nNext:\n  cd {folder}\n  sourcebook verify\n  sourcebook build --open"
            ));
            ExitCode::SUCCESS
        }
        Err(Refusal::NotEmpty) => out::trouble(format!("`{folder}` is not empty: name a folder that is not there yet")),
        Err(Refusal::NotAFolder) => out::trouble(format!("`{folder}` is a file: name a folder that is not there yet")),
        Err(Refusal::Io { path, error }) => out::trouble(format!("`{}` cannot be written: {error}", shown(&path))),
    }
}
