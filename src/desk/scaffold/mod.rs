//! What the program writes for a writer to go on with.
//!
//! - [`files`]: the example dossier of `sourcebook new DIR`.
//! - [`skeleton`]: records to fill in; [`append`]: a record added to a sheet, of which every byte stays.
//!
//! The example is an invented accident in an invented town, in each language. It teaches the format, so it must build without a warning: `tests` hold it to that. Its schemas are not stored but made
//! by [`crate::schema`], so that they are those of this very program.

pub mod append;
pub mod insert;
pub mod skeleton;

use crate::schema::{self, Subject};
use sourcebook_core::model::language::Language;

/// Files of one language, by the path that they get.
macro_rules! files {
    ($language:literal: $($path:literal),+ $(,)?) => {
        &[
            // Under its own name, it would decide what of this folder is kept.
            (".gitignore", include_str!(concat!($language, "/gitignore"))),
            $(($path, include_str!(concat!($language, "/", $path)))),+
        ]
    };
}

const ENGLISH: &[(&str, &str)] = files!("en":
    "README.md",
    "captures/courier.txt",
    "captures/herald.txt",
    "content/articles/footbridge.md",
    "content/index.md",
    "content/sheets/actors.yaml",
    "content/sheets/claims.yaml",
    "content/sheets/events-and-places.yaml",
    "content/sheets/questions.yaml",
    "content/sheets/sources.yaml",
    "site.toml",
    "texts/council-statement.txt",
);

const FRENCH: &[(&str, &str)] = files!("fr":
    "README.md",
    "captures/courrier.txt",
    "captures/echo.txt",
    "content/articles/passerelle.md",
    "content/index.md",
    "content/sheets/acteurs.yaml",
    "content/sheets/affirmations.yaml",
    "content/sheets/evenements-et-lieux.yaml",
    "content/sheets/questions.yaml",
    "content/sheets/sources.yaml",
    "site.toml",
    "texts/declaration-mairie.txt",
);

const GERMAN: &[(&str, &str)] = files!("de":
    "README.md",
    "captures/bote.txt",
    "captures/kurier.txt",
    "content/articles/steg.md",
    "content/index.md",
    "content/sheets/akteure.yaml",
    "content/sheets/aussagen.yaml",
    "content/sheets/ereignisse-und-orte.yaml",
    "content/sheets/fragen.yaml",
    "content/sheets/quellen.yaml",
    "site.toml",
    "texts/erklaerung-stadtrat.txt",
);

/// Every file of the example dossier, by its path from the dossier's root.
pub fn files(language: Language) -> Vec<(String, String)> {
    let written = match language {
        Language::French => FRENCH,
        Language::English => ENGLISH,
        Language::German => GERMAN,
    };
    let schemas = Subject::ALL.iter().map(|s| (format!("schema/{}.json", s.as_str()), schema::text(*s)));
    written.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).chain(schemas).collect()
}

#[cfg(test)]
mod tests;
