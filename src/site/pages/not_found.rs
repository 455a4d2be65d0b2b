//! `404.html`, which a host shows at any depth.

use super::{PageKind, Role};
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use sourcebook_core::base::diagnostic::Diagnostic;

/// `/404.html`
pub(super) static KIND: PageKind = PageKind { name: "404", role: Role::File, plan, render };

fn plan(planner: &mut Planner<'_>) {
    planner.add(0, "404.html", None);
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let mut page = renderer.page(route, None);
    // A host shows this page in place of any other, so that relative links would lead astray: with a `base_url` its links
    // are taken from the site's own root.
    if let Some(base) = &renderer.config().base_url {
        let path = base.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
        page.root = if path.is_empty() { "/".to_owned() } else { format!("/{path}/") };
    }
    // It is no page of the site's, whatever address it is shown at.
    page.canonical = None;
    page.set("notes", Vec::<tera::Value>::new());
    page.head("not-found", "", renderer.words().text("kind.not-found"), None);
    page.finish("404.html", out)
}
