//! `sourcebook new`: a small example dossier to learn from and to replace.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::out;
use crate::config;
use crate::scaffold;
use crate::system::fresh::{self, Refusal};

/// Options of `new`.
#[derive(Debug, Args)]
pub struct Options {
    /// The folder to make; it must be empty or not there yet
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The language of the example and of the site's interface
    #[arg(long, short, value_name = "LANGUAGE", default_value = "en")]
    language: Language,
}

/// A language that there is an example in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Language {
    /// French
    Fr,
    /// English
    En,
}

/// Writes the example dossier.
pub fn run(options: &Options) -> ExitCode {
    let language = match options.language {
        Language::Fr => config::Language::French,
        Language::En => config::Language::English,
    };
    let folder = options.folder.display();
    match fresh::write(&options.folder, &scaffold::files(language)) {
        Ok(count) => {
            out::say(&format!(
                "{count} files written: {folder}\n\nNext:\n  cd {folder}\n  sourcebook verify\n  sourcebook build --open"
            ));
            ExitCode::SUCCESS
        }
        Err(Refusal::NotEmpty) => out::trouble(format!("`{folder}` is not empty: name a folder that is not there yet")),
        Err(Refusal::NotAFolder) => out::trouble(format!("`{folder}` is a file: name a folder that is not there yet")),
        Err(Refusal::Io { path, error }) => out::trouble(format!("`{}` cannot be written: {error}", path.display())),
    }
}
