//! The dossier for other programs: one file a format, each a pure function from the dossier to bytes.
//!
//! 1. [`Input`] says what there is, and where pages stand: with a `base_url` by their address, without one by a path from
//!    the folder of exports, so that a downloaded site still leads from data to pages.
//! 2. Each format of [`ALL`] appends its file, in the order of the dossier's tables: the same dossier, the same bytes.
//!
//! Nothing private is exported: of a capture only its date, method and hash, as on its source's page; never its file.

pub mod annotations;
pub mod atom;
pub mod bibtex;
pub mod changes;
pub mod csl;
pub mod csv;
pub mod dossier;
pub mod geojson;
pub mod item;
mod proof;
pub mod ris;
#[cfg(test)]
mod tests;
pub mod timeline;

use sourcebook_core::dossier::address::Urls;
use sourcebook_core::dossier::address::page_url;
use sourcebook_core::dossier::config::Config;
use sourcebook_core::dossier::versions::History;
use sourcebook_core::evidence::stamps::Proven;
use sourcebook_core::evidence::verify::Verified;
use sourcebook_core::model::prose::Prose;
use sourcebook_core::model::source::Author;
use sourcebook_core::model::{ClaimIx, Dossier, Ref};
use sourcebook_core::words::messages::Messages;
use sourcebook_core::words::text;

/// The folder of exports in the output.
pub const FOLDER: &str = "data";

/// A format of export.
pub struct Format {
    /// What `sourcebook export` calls it.
    pub name: &'static str,
    /// Its file in [`FOLDER`].
    pub file: &'static str,
    /// What is in it, in a few words.
    pub about: &'static str,
    /// Appends the file.
    pub write: fn(&Input<'_>, &mut String),
}

/// Every format, in the order of the documentation.
pub static ALL: &[Format] = &[
    Format { name: "json", file: "dossier.json", about: "the whole dossier", write: dossier::write },
    Format { name: "schema", file: "dossier.schema.json", about: "the JSON Schema of json", write: dossier::schema },
    Format { name: "claims", file: "claims.csv", about: "a row for each claim and evidence", write: csv::claims },
    Format { name: "answers", file: "answers.csv", about: "a row for each answer to a question", write: csv::answers },
    Format { name: "bibtex", file: "sources.bib", about: "sources as BibTeX", write: bibtex::write },
    Format { name: "csl", file: "sources.csl.json", about: "sources as CSL-JSON", write: csl::write },
    Format { name: "ris", file: "sources.ris", about: "sources as RIS", write: ris::write },
    Format {
        name: "annotations",
        file: "annotations.jsonld",
        about: "quotes as W3C Web Annotations",
        write: annotations::write,
    },
    Format { name: "timeline", file: "timeline.json", about: "events as TimelineJS JSON", write: timeline::write },
    Format { name: "geojson", file: "places.geojson", about: "places as GeoJSON", write: geojson::write },
];

/// What exports are made from.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// What is known of the quotes.
    pub verified: &'a Verified,
    /// Timestamps that hold.
    pub proven: &'a Proven,
    /// What readers are told of what records said before.
    pub history: &'a History,
    /// `site.toml`.
    pub config: &'a Config,
    /// The words of the interface.
    pub messages: &'a Messages,
}

impl<'a> Input<'a> {
    /// The page of anything: its address, or its path from the folder of exports.
    pub fn url(&self, of: Ref) -> String {
        let urls = Urls { config: self.config, dossier: self.dossier };
        match &self.config.base_url {
            Some(base) => page_url(base, &urls.folder(of)),
            None => format!("../{}", urls.address(of)),
        }
    }

    /// The id of anything.
    pub fn id(&self, of: impl Into<Ref>) -> &'a str {
        self.dossier.id(of.into())
    }

    /// The name of an author or publisher.
    pub fn author(&self, author: &'a Author) -> &'a str {
        match author {
            Author::Actor(ix) => &self.dossier[*ix].name,
            Author::Name(name) => name,
        }
    }

    /// A text without markup and citations.
    pub fn plain(&self, prose: &Prose) -> String {
        text::plain(self.dossier, prose, self.messages)
    }

    /// Every claim, in the order of ids.
    pub fn claims(&self) -> impl Iterator<Item = ClaimIx> + use<'a> {
        (0..self.dossier.claims.len()).map(ClaimIx::at)
    }
}
