//! A Markdown page of the explainer.

use std::sync::Arc;

use super::prose::{Prose, Texts};
use super::{Dated, Mention, Ref, Text};
use crate::base::file::{FileId, Located, Span};

/// An article (`schema:Article`).
#[derive(Debug, Hash)]
pub struct Article {
    /// What is written of it.
    pub record: Arc<Record>,
    /// Pages that link here.
    pub mentions: Vec<Mention>,
}

/// What is written of an article, ids bound.
#[derive(Debug, Hash)]
pub struct Record {
    /// Its id in the dossier.
    pub slug: Text,
    /// Its URL from the site's root, without slashes at the ends: `a/b`; empty for the home page.
    pub url: Text,
    /// The file.
    pub file: FileId,
    /// Its path from `content/`, for links between files.
    pub path: Text,
    /// Title.
    pub title: Text,
    /// Where the title is written; the start of the file if it is not.
    pub title_span: Span,
    /// In a sentence.
    pub description: Option<Text>,
    /// First published.
    pub date: Option<Dated>,
    /// Last changed.
    pub updated: Option<Dated>,
    /// Who wrote it.
    pub authors: Vec<Text>,
    /// Place among the articles; those without come last, by date and title.
    pub order: Option<i64>,
    /// Left out unless drafts are asked for.
    pub draft: bool,
    /// Old URLs that redirect here, from the site's root without slashes at the ends, with their places.
    pub aliases: Vec<(Text, Span)>,
    /// What it is about.
    pub about: Vec<Ref>,
    /// Another template than `article.html`.
    pub template: Option<Located<Text>>,
    /// The picture above it.
    pub lead: Option<Lead>,
    /// The writer's own data.
    pub extra: serde_json::Value,
    /// The text.
    pub body: Prose,
}

/// The picture above an article, which stands for it where the article is shared (`schema:image`).
#[derive(Debug, Hash)]
pub struct Lead {
    /// Its file as it is written: a path from the article's file, or from the site's root where it begins with `/`.
    pub file: Located<Text>,
    /// What it shows, for those who do not see it.
    pub alt: Option<Text>,
    /// What stands below it.
    pub caption: Option<Prose>,
    /// Whose picture it is.
    pub credit: Option<Prose>,
}

computed!(Article: mentions);

impl Texts for Record {
    fn prose(&self) -> Vec<&Prose> {
        let lead = self.lead.iter().flat_map(|lead| lead.caption.iter().chain(&lead.credit));
        lead.chain([&self.body]).collect()
    }

    fn prose_mut(&mut self) -> Vec<&mut Prose> {
        let lead = self.lead.iter_mut().flat_map(|lead| lead.caption.iter_mut().chain(&mut lead.credit));
        lead.chain([&mut self.body]).collect()
    }
}

impl Record {
    /// The texts that speak of the matter: the caption of the picture above, and the body.
    pub fn words(&self) -> impl Iterator<Item = &Prose> {
        self.lead.iter().filter_map(|lead| lead.caption.as_ref()).chain([&self.body])
    }

    /// The folder below `content/` that its paths are taken from.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

impl Article {
    /// Whether this is the text of the home page.
    pub fn is_home(&self) -> bool {
        self.url.is_empty()
    }
}
