//! `sourcebook schema`: what editors complete and check a dossier's files with.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::out;
use sourcebook_desk::schema::{self, Subject};

/// Options of `schema`.
#[derive(Debug, Args)]
pub struct Options {
    /// Which files it is for
    #[arg(value_name = "FILES", default_value = "sheet")]
    of: Of,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Of {
    /// Sheets: content/**/*.yaml
    Sheet,
    /// The front matter of articles: content/**/*.md
    Article,
    /// site.toml
    Site,
}

/// Prints the schema.
pub fn run(options: &Options) -> ExitCode {
    let subject = match options.of {
        Of::Sheet => Subject::Sheet,
        Of::Article => Subject::Article,
        Of::Site => Subject::Site,
    };
    out::result(&schema::text(subject));
    ExitCode::SUCCESS
}
