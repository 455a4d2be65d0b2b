//! Old URLs of articles, which lead to where the article stands now.

use super::{PageKind, Role};
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::dossier::address::page_file;
use sourcebook_core::model::ArticleIx;

/// `/old/url/`
pub(super) static KIND: PageKind = PageKind { name: "redirects", role: Role::File, plan, render };

fn plan(planner: &mut Planner<'_>) {
    let aliases: Vec<_> = (planner.dossier.articles.iter().enumerate())
        .flat_map(|(i, article)| article.aliases.iter().map(move |(path, span)| (i, path.clone(), *span)))
        .collect();
    for (i, path, span) in aliases {
        let file = if path.ends_with(".html") { path.to_string() } else { page_file(&path) };
        planner.add(i, file, Some(span));
    }
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let ix = ArticleIx(route.subject);
    let mut page = renderer.page(route, None);
    let target = renderer.urls.address(ix.into());
    page.canonical = Some(renderer.urls.file(ix.into()).into());
    page.set("target", target).set("notes", Vec::<tera::Value>::new());
    page.head("redirect", "", &renderer.typeset(&renderer.dossier[ix].title), None);
    page.finish("redirect.html", out)
}
