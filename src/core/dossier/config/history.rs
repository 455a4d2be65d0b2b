//! `[history]`: pages that say what records said before.

use super::is_day;
use crate::base::diagnostic::Diagnostic;
use crate::base::file::Span;
use crate::base::tree::decode::LText;
use crate::base::tree::decode::{Context, Fields, Many};
use crate::model::Text;
use crate::model::date::Edtf;

/// What readers are told of what records said before.
#[derive(Clone, Debug)]
pub struct History {
    /// Changes before that day are not told: what is published has no history before it was.
    pub since: Option<Edtf>,
    /// Whether the authors of commits are named.
    pub authors: bool,
    /// Records of which nothing is told.
    pub except: Vec<LText>,
    /// The table.
    pub span: Span,
}

/// Reads the table, if it is there.
pub(super) fn decode(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Option<History> {
    f.table("history", "History", cx, |f, cx| History {
        since: since(f, cx),
        authors: f.optional::<bool>("authors", cx).is_none_or(|on| on.value),
        except: f.or_default::<Many<Text>>("except", cx).0,
        span: f.span(),
    })
}

fn since(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Option<Edtf> {
    let text: LText = f.optional("since", cx)?;
    match Edtf::parse(&text.value) {
        Ok(day) if is_day(&day) => Some(day),
        _ => {
            let message = format!("`{}` is not a day", text.value);
            cx.diagnostics.push(Diagnostic::error("bad-date", text.span, message).help("write YYYY-MM-DD"));
            None
        }
    }
}
