//! Each article made of its front matter and body.

use std::sync::Arc;

use rayon::prelude::*;

use super::bind::{Binder, plain};
use super::names::{NamedArticle, Names};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::file::Span;
use crate::load::Parsed;
use crate::load::sheet::LText;
use crate::markdown;
use crate::model::prose::{Place, Prose};
use crate::model::{Article, Text};

/// Makes every article.
pub fn bind(parsed: &Parsed, names: &Names<'_>, diagnostics: &mut Diagnostics) -> Vec<Article> {
    let made: Vec<(Article, Diagnostics)> = names
        .articles
        .par_iter()
        .map(|named| {
            let mut binder = Binder::new(names, &parsed.files);
            let article = article(named, parsed, &mut binder);
            (article, binder.diagnostics)
        })
        .collect();
    made.into_iter()
        .map(|(article, mut faults)| {
            diagnostics.append(&mut faults);
            article
        })
        .collect()
}

fn article(named: &NamedArticle<'_>, parsed: &Parsed, b: &mut Binder<'_>) -> Article {
    let raw = named.raw;
    let front = &raw.front;
    let body: Text = parsed.files.get(raw.file).text[raw.body.clone()].into();
    Article {
        slug: named.slug.clone(),
        url: named.url.clone(),
        file: raw.file,
        path: raw.path.clone(),
        title: plain(&front.title).unwrap_or_else(|| named.slug.clone()),
        title_span: front.title.as_ref().map_or(named.span, |t| t.span),
        description: plain(&front.description),
        date: b.dated(&front.date),
        updated: b.dated(&front.updated),
        authors: front.authors.0.iter().map(|a| a.value.clone()).collect(),
        order: front.order.as_ref().map(|o| o.value),
        draft: front.draft.as_ref().is_some_and(|d| d.value),
        aliases: front.aliases.0.iter().filter_map(|alias| redirect(alias, b)).collect(),
        about: front.about.0.iter().filter_map(|id| b.any(id)).collect(),
        template: front.template.clone(),
        extra: front.extra.0.clone(),
        body: Prose {
            outline: Arc::new(markdown::outline(&body)),
            place: Place::Body(Span::new(raw.file, raw.body.clone())),
            text: body,
            notes: Vec::new(),
        },
        mentions: Vec::new(),
    }
}

/// An old URL: segments that can be folders of the output, from the site's root.
fn redirect(raw: &LText, b: &mut Binder<'_>) -> Option<(Text, Span)> {
    let path = raw.value.trim_matches('/');
    let is_segment = |s: &str| {
        !s.is_empty()
            && !s.starts_with('.')
            && s.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '~'))
    };
    if !path.is_empty() && path.split('/').all(is_segment) {
        return Some((path.into(), raw.span));
    }
    let message = format!("`{}` cannot be a path of this site", raw.value);
    let help = "write the old address from the site's root: `/old/path/`";
    b.refuse(Diagnostic::error("bad-path", raw.span, message).help(help))
}
