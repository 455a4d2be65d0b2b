//! `[[milestones]]`: days whose state of knowledge has a page.

use super::is_day;
use crate::base::diagnostic::Diagnostic;
use crate::base::file::Located;
use crate::base::tree::decode::LText;
use crate::base::tree::decode::{Context, Fields};
use crate::base::tree::record::record;
use crate::model::Milestone;
use crate::model::date::Edtf;

struct RawMilestone {
    date: Option<LText>,
    title: Option<LText>,
}

record!(RawMilestone as "Milestone", "a table of `date` and `title`", { date: required "date", title: required "title" });

/// Reads the tables, each day once.
pub(super) fn decode(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Vec<Milestone> {
    let raw: Vec<Located<RawMilestone>> = f.or_default("milestones", cx);
    let mut found: Vec<Milestone> = Vec::new();
    for milestone in raw {
        let RawMilestone { date: Some(date), title: Some(title) } = milestone.value else { continue };
        match Edtf::parse(&date.value) {
            Ok(day) if is_day(&day) && found.iter().all(|m| m.date != day) => {
                found.push(Milestone { date: day, title: title.value });
            }
            Ok(day) if is_day(&day) => {
                let message = format!("two milestones stand at {}", date.value);
                cx.diagnostics.push(Diagnostic::error("duplicate-milestone", date.span, message));
            }
            _ => {
                let message = format!("`{}` is not a day", date.value);
                cx.diagnostics.push(Diagnostic::error("bad-date", date.span, message).help("write YYYY-MM-DD"));
            }
        }
    }
    found
}
