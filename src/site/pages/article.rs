//! An article of the explainer.

use std::collections::BTreeSet;

use super::{PageKind, Role};
use crate::plan::{Planner, Route};
use crate::render::object::{Html, Object};
use crate::render::{Page, Renderer};
use sourcebook_core::base::diagnostic::{Diagnostic, nearest};
use sourcebook_core::check::cited;
use sourcebook_core::dossier::address::page_file;
use sourcebook_core::model::claim::Claim;
use sourcebook_core::model::prose::{Prose, Texts};
use sourcebook_core::model::{Article, ArticleIx, Dossier, Ref, SourceIx};

/// `/a/b/`
pub(super) static KIND: PageKind =
    PageKind { name: "articles", role: Role::Record(|i| ArticleIx(i).into()), plan, render };

fn plan(planner: &mut Planner<'_>) {
    let articles: Vec<_> = (planner.dossier.articles.iter().enumerate())
        .filter(|(_, article)| !article.is_home())
        .map(|(i, article)| (i, page_file(&article.url), article.title_span))
        .collect();
    for (i, path, span) in articles {
        planner.add(i, path, Some(span));
    }
    let wanted = planner.dossier.articles.iter().filter_map(|article| article.template.as_ref());
    let unknown: Vec<_> = wanted.filter(|t| !planner.theme.templates.contains_key(&*t.value)).collect();
    let faults: Vec<_> = unknown
        .into_iter()
        .map(|template| {
            let message = format!("the theme has no template `{}`", template.value);
            let known = planner.theme.templates.keys().map(String::as_str);
            Diagnostic::error("unknown-template", template.span, message).suggest(nearest(&template.value, known))
        })
        .collect();
    planner.diagnostics.extend(faults);
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let ix = ArticleIx(route.subject);
    let article = &renderer.dossier[ix];
    let mut page = renderer.page(route, Some(ix.into()));
    let value = value(&page, ix)?;
    let texts = article.prose();
    let (notes, behind) = (page.notes(&texts), page.behind_notes(&texts));
    let mentions = page.mentions(&article.mentions);
    let order = renderer.reading_order();
    let place = renderer.place_in_order(ix);
    let neighbour = |step: isize| {
        let at = place?.checked_add_signed(step)?;
        order.get(at).map(|other| renderer.brief((*other).into()))
    };
    page.set("article", value)
        .set("notes", notes)
        .set("behind", behind)
        .set("mentions", mentions)
        .set("previous", neighbour(-1))
        .set("next", neighbour(1))
        .set("changes", super::changes::of_article(renderer, ix))
        .set("extra", &article.extra);
    page.feedback(ix.into());
    let title = renderer.typeset(&article.title);
    let description = article.description.as_ref().map(|d| renderer.typeset(d));
    page.head("article", "articles", &title, description.as_deref());
    let template = article.template.as_ref().map_or("article.html", |t| &t.value);
    page.finish(template, out)
}

/// The value of an article, with its text.
pub(super) fn value(page: &Page<'_, '_>, ix: ArticleIx) -> Result<Object, Diagnostic> {
    let renderer = page.renderer;
    let article = &renderer.dossier[ix];
    let headings = article.body.outline.headings.iter().zip(page.heading_words(&article.body));
    let toc: Vec<_> = headings
        .filter(|(heading, _)| heading.level <= 3)
        .map(|(heading, words)| {
            Object::new().set("level", u32::from(heading.level)).set("id", &heading.id).set("text", words)
        })
        .collect();
    Ok(Object::from(&renderer.brief(ix.into()))
        .set("authors", article.authors.clone())
        .set("about", article.about.iter().map(|of| renderer.brief(*of)).collect::<Vec<_>>())
        .set("extra", &article.extra)
        .set("draft", article.draft)
        .set("image", page.lead(ix)?)
        .set("html", Html(page.blocks(&article.body)?))
        .set("toc", toc)
        .set("stats", stats(renderer.dossier, article)))
}

/// How well an article is sourced.
fn stats(dossier: &Dossier, article: &Article) -> Object {
    let all = || article.prose().into_iter().flat_map(|prose| &prose.notes);
    let cited: BTreeSet<Ref> = all().filter_map(|n| n.target).collect();
    let notes = all().map(|n| n.number).max().unwrap_or(0);
    let claims: Vec<&Claim> =
        cited.iter().filter_map(|of| if let Ref::Claim(ix) = of { Some(&dossier[*ix]) } else { None }).collect();
    let mut sources: BTreeSet<SourceIx> = claims.iter().flat_map(|c| c.evidence.iter().map(|e| e.source)).collect();
    sources.extend(cited.iter().filter_map(|of| if let Ref::Source(ix) = of { Some(*ix) } else { None }));
    let origins: BTreeSet<_> = claims.iter().flat_map(|c| c.origins.iter().copied()).collect();
    let contested = contested(dossier, article);
    let paragraphs = || article.words().flat_map(|prose| &prose.outline.paragraphs);
    let owed: Vec<_> = paragraphs().filter(|p| p.uncited.is_none()).collect();
    let covered = owed.iter().filter(|p| p.citations > 0).count();
    Object::with_room(14)
        .set("notes", notes)
        .set("sources", sources.len())
        .set("origins", origins.len())
        .set("claims", claims.len())
        .set("contested", contested)
        .set("paragraphs", owed.len())
        .set("cited_paragraphs", covered)
        .set("owing_nothing", paragraphs().count() - owed.len())
        .set("coverage", (covered * 100).checked_div(owed.len()))
}

/// How many claims are contested in what some sentence cites of them.
fn contested(dossier: &Dossier, article: &Article) -> usize {
    let of_text = |text: &Prose| {
        let sentences = cited::sentences(dossier, text);
        let items = text.outline.citations.iter().zip(&sentences);
        let items = items.flat_map(|(citation, sentence)| citation.items.iter().map(move |_| sentence));
        let claims = items.zip(&text.notes).filter_map(|(sentence, note)| match note.target {
            Some(Ref::Claim(ix)) if sentence.cites_contested(dossier, ix) => Some(ix),
            _ => None,
        });
        claims.collect::<Vec<_>>()
    };
    article.prose().into_iter().flat_map(of_text).collect::<BTreeSet<_>>().len()
}
