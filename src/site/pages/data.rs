//! The dossier for other programs: a file for each format of [`crate::export`].

use super::{PageKind, Role};
use crate::export::{ALL, FOLDER};
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use sourcebook_core::base::diagnostic::Diagnostic;

/// How many times as long as the dossier's texts an export is at most, or little more.
const AT_MOST: usize = 2;

/// `/data/dossier.json` and its like
pub(super) static KIND: PageKind = PageKind { name: "exports", role: Role::File, plan, render };

fn plan(planner: &mut Planner<'_>) {
    if !planner.parsed.config.publish.data {
        return;
    }
    for (n, format) in ALL.iter().enumerate() {
        planner.add(n, format!("{FOLDER}/{}", format.file), None);
    }
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let input = renderer.export();
    // The largest files of a site: written where they are to be, not copied there.
    let mut text = String::from_utf8(std::mem::take(out)).unwrap_or_default();
    // Room that is not used costs nothing; a text that grows beyond its room is copied, and stands twice meanwhile.
    text.reserve(AT_MOST * renderer.parsed.files.iter().map(|(_, file)| file.text.len()).sum::<usize>());
    (ALL[route.subject as usize].write)(&input, &mut text);
    *out = text.into_bytes();
    Ok(())
}
