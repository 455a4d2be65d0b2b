//! `[search]`: what readers can search besides titles and names.

use crate::base::diagnostic::Diagnostic;
use crate::base::tree::decode::{Context, Fields};

/// Reads the table: whether the texts are indexed.
pub(super) fn full_text(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> bool {
    let Some(wanted) = f.optional::<bool>("full_text", cx) else { return false };
    if wanted.value && !cfg!(feature = "search") {
        let message = "this sourcebook was built without full-text search";
        let help = "leave `full_text` out, or build the program with its feature `search`";
        cx.diagnostics.push(Diagnostic::error("bad-value", wanted.span, message).help(help));
        return false;
    }
    wanted.value
}
