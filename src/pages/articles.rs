//! The index of articles.

use super::PageKind;
use super::article::reading_order;
use super::common::{briefs, plan_section};
use crate::diagnostic::Diagnostic;
use crate::plan::{Planner, Route};
use crate::render::Renderer;

/// `/articles/`
pub static KIND: PageKind = PageKind { name: "index of articles", plan, render };

fn plan(planner: &mut Planner<'_>) {
    // An `index.md` of the writer's own in that folder takes the place of ours.
    let segment = planner.parsed.config.paths.articles.clone();
    let own = planner.dossier.articles.iter().any(|a| a.url == segment);
    if !own {
        plan_section(planner, &KIND, "articles", &segment);
    }
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let mut page = renderer.page(route, None);
    page.set("articles", briefs(renderer, &reading_order(renderer.dossier)));
    page.set("notes", Vec::<tera::Value>::new());
    page.head("articles", "articles", renderer.words().text("nav.articles"), None);
    page.finish("articles.html", out)
}
