//! Each article made of its front matter and body.

use rayon::prelude::*;

use super::again::Last;
use super::bind::{Binder, plain};
use super::made::Made;
use super::names::{NamedArticle, Names};
use super::records::{made, settle};
use crate::base::diagnostic::{Diagnostic, Diagnostics};
use crate::base::file::Span;
use crate::base::tree::decode::LText;
use crate::dossier::load::Parsed;
use crate::dossier::load::article::{Image, RawArticle};
use crate::model::markdown::ids::PageOf;
use crate::model::{Text, article};

/// Makes every article that is not as it was in an earlier run.
pub(super) fn bind(
    parsed: &Parsed,
    names: &Names,
    last: Option<&Last>,
    diagnostics: &mut Diagnostics,
) -> Vec<Made<article::Record>> {
    let bound: Vec<_> = (names.articles.par_iter().enumerate())
        .map(|(i, named)| {
            let raw = &parsed.content.articles[named.at];
            let known = last.filter(|last| last.has_article(named.at, raw)).map(|last| &last.bound.records.articles[i]);
            if let Some(known) = known.filter(|made| made.sound) {
                return (Made { new: false, ..known.clone() }, Diagnostics::new());
            }
            let mut binder = Binder::new(names, parsed);
            let article = article(named, raw, &mut binder);
            made(article, PageOf::Article, binder)
        })
        .collect();
    settle(bound, diagnostics)
}

fn article(named: &NamedArticle, raw: &RawArticle, b: &mut Binder<'_>) -> article::Record {
    let front = &raw.front;
    let title = front.title.as_ref().map(|t| t.span);
    let slug = front.slug.as_ref().map(|t| t.span);
    article::Record {
        slug: named.slug.clone(),
        url: named.url.clone(),
        file: raw.file,
        path: raw.path.clone(),
        title: plain(&front.title).unwrap_or_else(|| named.slug.clone()),
        title_span: title.or(slug).unwrap_or(Span::new(raw.file, 0..0)),
        description: plain(&front.description),
        date: b.dated(&front.date),
        updated: b.dated(&front.updated),
        authors: front.authors.0.iter().map(|a| a.value.clone()).collect(),
        order: front.order.as_ref().map(|o| o.value),
        draft: front.draft.as_ref().is_some_and(|d| d.value),
        aliases: front.aliases.0.iter().filter_map(|alias| redirect(alias, b)).collect(),
        about: front.about.0.iter().filter_map(|id| b.any(id)).collect(),
        template: front.template.clone(),
        lead: front.image.as_ref().map(|image| lead(&image.value, b)),
        extra: front.extra.0.clone(),
        body: raw.prose(b.files()),
    }
}

fn lead(raw: &Image, b: &mut Binder<'_>) -> article::Lead {
    let alt = plain(&raw.alt).filter(|alt| !alt.trim().is_empty());
    article::Lead { file: raw.file.clone(), alt, caption: b.prose(&raw.caption), credit: b.prose(&raw.credit) }
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
