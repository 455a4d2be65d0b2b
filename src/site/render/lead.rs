//! The picture above an article, which also stands for it where the article is shared.

use super::Page;
use super::object::{Html, Object};
use super::rooted::ROOT;
use crate::links::{Destination, Links, is_picture};
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::base::url::percent;
use sourcebook_core::dossier::config;
use sourcebook_core::model::{Article, ArticleIx};

impl Page<'_, '_> {
    /// The picture above an article: `src`, `alt`, `width?`, `height?`, `caption_html?`, `credit_html?`.
    pub fn lead(&self, ix: ArticleIx) -> Result<Option<Object>, Diagnostic> {
        let article = &self.renderer.dossier[ix];
        let Some((lead, path)) = article.lead.as_ref().zip(self.lead_file(article)) else { return Ok(None) };
        let (width, height) = self.renderer.picture_size(&path).unzip();
        let line = |prose: &Option<_>| prose.as_ref().map(|prose| self.line(prose).map(Html)).transpose();
        let alt = lead.alt.as_ref().map_or_else(String::new, |alt| self.typeset(alt).into_owned());
        Ok(Some(
            Object::new()
                .set("src", Html(format!("{ROOT}{}", percent(&path))))
                .set("alt", alt)
                .set("width", width)
                .set("height", height)
                .set("caption_html", line(&lead.caption)?)
                .set("credit_html", line(&lead.credit)?),
        ))
    }

    /// The absolute address of the picture above an article, and what it shows, where others can show it.
    pub(super) fn shared_lead(&self, ix: ArticleIx) -> Option<(String, Option<String>)> {
        let article = &self.renderer.dossier[ix];
        let base = self.renderer.config().base_url.as_ref()?;
        let path = self.lead_file(article).filter(|path| config::is_shared_picture(path))?;
        let alt = article.lead.as_ref()?.alt.as_ref().map(|alt| self.typeset(alt).into_owned());
        Some((format!("{base}/{}", percent(&path)), alt))
    }

    fn lead_file(&self, article: &Article) -> Option<String> {
        let links = Links { urls: &self.renderer.urls, parsed: self.renderer.parsed };
        match links.resolve_from(article.folder(), &article.lead.as_ref()?.file.value)? {
            Destination::File { path, .. } if is_picture(&path) => Some(path),
            _ => None,
        }
    }
}
