//! Atom feeds, where the site has an address.

use super::{PageKind, Role};
use crate::export::atom;
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use sourcebook_core::base::diagnostic::Diagnostic;

/// `/feed.xml`, `/changes.xml`
pub(super) static KIND: PageKind = PageKind { name: "feeds", role: Role::File, plan, render };

fn plan(planner: &mut Planner<'_>) {
    if planner.parsed.config.base_url.is_some() {
        for (n, file) in atom::FILES.into_iter().enumerate() {
            planner.add_unless_own(n, file);
        }
    }
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let base = renderer.config().base_url.as_deref().unwrap_or_default();
    let input = renderer.export();
    let text = if route.subject == 0 { atom::articles(&input, base) } else { atom::changes(&input, base) };
    out.extend_from_slice(text.as_bytes());
    Ok(())
}
