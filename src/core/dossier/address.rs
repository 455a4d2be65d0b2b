//! Where everything stands, from the site's root.

use super::config::{Config, Paths};
use crate::base::url::percent;
use crate::model::{Dossier, Ref};

/// Where records stand.
#[derive(Clone, Copy)]
pub struct Urls<'a> {
    /// Renamed segments.
    pub config: &'a Config,
    /// The dossier.
    pub dossier: &'a Dossier,
}

impl<'a> Urls<'a> {
    /// First path segments.
    pub fn paths(&self) -> &'a Paths {
        &self.config.paths
    }

    /// The folder of anything, without slashes at the ends; empty for the home page.
    pub fn folder(&self, of: Ref) -> String {
        match of {
            Ref::Article(ix) => self.dossier[ix].url.to_string(),
            other => {
                let segment = other.kind().map_or("", |kind| self.paths().of(kind));
                [segment, "/", self.dossier.id(other)].concat()
            }
        }
    }

    /// The file of anything: `actors/kim-jong-un/index.html`.
    pub fn file(&self, of: Ref) -> String {
        page_file(&self.folder(of))
    }

    /// The same as a link writes it.
    pub fn address(&self, of: Ref) -> String {
        percent(&self.file(of))
    }
}

/// The file of a folder's page.
pub fn page_file(folder: &str) -> String {
    if folder.is_empty() { "index.html".to_owned() } else { format!("{folder}/index.html") }
}

/// What leads from a page back to the site's root: `../../` for `actors/kim-jong-un/index.html`.
pub fn root_of(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// The path of one part of a page.
pub fn part_path(folder: &str, part: usize) -> String {
    match part {
        0 => [folder, "/index.html"].concat(),
        n => format!("{folder}/{}/index.html", n + 1),
    }
}

/// The address of a folder's page, or of a file that is none's.
pub fn page_url(base: &str, folder: &str) -> String {
    match percent(folder) {
        folder if folder.is_empty() => format!("{base}/"),
        file if file.ends_with(".html") => format!("{base}/{file}"),
        folder => format!("{base}/{folder}/"),
    }
}
