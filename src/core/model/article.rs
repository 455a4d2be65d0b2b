//! A Markdown page of the explainer.

use std::sync::Arc;

use super::prose::{Prose, Texts};
use super::{Dated, Mention, Ref, Text};
use crate::base::file::{FileId, Span};

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
    pub template: Option<crate::base::file::Located<Text>>,
    /// The writer's own data.
    pub extra: serde_json::Value,
    /// The text.
    pub body: Prose,
}

computed!(Article: mentions);

impl Texts for Record {
    fn prose(&self) -> Vec<&Prose> {
        vec![&self.body]
    }

    fn prose_mut(&mut self) -> Vec<&mut Prose> {
        vec![&mut self.body]
    }
}

impl Article {
    /// Whether this is the text of the home page.
    pub fn is_home(&self) -> bool {
        self.url.is_empty()
    }
}
