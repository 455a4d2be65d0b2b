//! Files of `content/` that are neither articles nor sheets, copied as they are.

use super::PageKind;
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::dossier::load::CONTENT;

/// `/images/a.png`
pub static KIND: PageKind = PageKind { name: "assets", plan, render };

fn plan(planner: &mut Planner<'_>) {
    let assets: Vec<_> = planner.parsed.assets.iter().cloned().enumerate().collect();
    for (i, path) in assets {
        planner.add(&KIND, i, path, None);
    }
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let path = format!("{CONTENT}/{}", renderer.parsed.assets[route.subject as usize]);
    match renderer.world.read(&path) {
        Ok(bytes) => {
            out.extend_from_slice(&bytes);
            Ok(())
        }
        Err(error) => Err(Diagnostic::placeless("unreadable-file", format!("`{path}`: {error}"))),
    }
}
