//! Static files of the theme.

use super::{PageKind, Role};
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use sourcebook_core::base::diagnostic::Diagnostic;

/// `/assets/style.0123abcd.css`
pub(super) static KIND: PageKind = PageKind { name: "theme files", role: Role::File, plan, render };

fn plan(planner: &mut Planner<'_>) {
    let statics: Vec<_> = planner.theme.statics.iter().map(|s| s.path.clone()).enumerate().collect();
    for (i, path) in statics {
        planner.add(i, path, None);
    }
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    out.extend_from_slice(&renderer.theme.statics[route.subject as usize].bytes);
    Ok(())
}
