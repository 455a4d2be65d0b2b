//! The index of articles.

use super::common::{A_PART, briefs, part};
use super::{PageKind, Role};
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use sourcebook_core::base::diagnostic::Diagnostic;

/// `/articles/`
pub(super) static KIND: PageKind = PageKind { name: "index of articles", role: Role::List, plan, render };

fn plan(planner: &mut Planner<'_>) {
    // An `index.md` of the writer's own in that folder takes the place of ours.
    let segment = planner.parsed.config.paths.articles.clone();
    let own = planner.dossier.articles.iter().any(|a| a.url == segment);
    if !own {
        let listed = planner.dossier.articles.iter().filter(|article| !article.is_home()).count();
        planner.add_parts(0, &segment, listed.div_ceil(A_PART), planner.parsed.config.paths.origin("articles"));
    }
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let mut page = renderer.page(route, None);
    let all = renderer.reading_order();
    let parts = page.parts(&renderer.urls.paths().articles, all.len().div_ceil(A_PART), route.part as usize);
    page.set("articles", briefs(renderer, part(all, route.part))).set("parts", parts);
    page.set("notes", Vec::<tera::Value>::new());
    page.head("articles", "articles", renderer.words().text("nav.articles"), None);
    page.finish("articles.html", out)
}
