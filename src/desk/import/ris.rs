//! RIS: two letters, two spaces, a hyphen, a space, a value; one field a line, from `TY` to `ER`.
//!
//! Read as it is met, not only as it is defined: fewer or more spaces, lines that go on without a tag, `ER` left out,
//! lines before the first `TY`. Names of tags that nobody agrees on (`T2`, `JO`, `JF`, `BT`) are all the larger work.

use super::item::{DateOf, Draft, Item};
use super::names;
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics, Report};
use sourcebook_core::base::file::{FileId, Span};
use sourcebook_core::model::work_kinds;

/// Reads all records.
pub fn read(file: FileId, text: &str) -> Report<Vec<Item>> {
    let mut diagnostics = Diagnostics::new();
    let mut items = Vec::new();
    for record in records(file, text, &mut diagnostics) {
        items.push(item(&record, &mut diagnostics));
    }
    Report::new(items, diagnostics)
}

struct Field<'t> {
    tag: &'t str,
    value: String,
    span: Span,
}

fn records<'t>(file: FileId, text: &'t str, diagnostics: &mut Diagnostics) -> Vec<Vec<Field<'t>>> {
    let mut records: Vec<Vec<Field<'t>>> = Vec::new();
    let (mut open, mut at) = (false, 0);
    let mut stray: Option<Span> = None;
    for whole in text.split_inclusive(['\n', '\r']) {
        let start = at;
        at += whole.len();
        let line = whole.trim_end();
        let field = field(line).map(|(tag, from)| Field {
            tag,
            value: line[from..].trim().to_owned(),
            span: Span::new(file, start + from..start + line.len().max(from)),
        });
        match (field, records.last_mut()) {
            (Some(field), _) if field.tag == "TY" => {
                records.push(vec![field]);
                open = true;
            }
            (Some(field), _) if field.tag == "ER" => open = false,
            (Some(field), Some(record)) if open => record.push(field),
            // What goes on from the line above.
            (None, Some(record)) if open => {
                if let Some(last) = record.last_mut().filter(|_| !line.trim().is_empty()) {
                    last.value = format!("{}\n{}", last.value, line.trim());
                }
            }
            (Some(field), _) => {
                stray.get_or_insert(Span::new(file, start..field.span.range().end));
            }
            (None, _) => {}
        }
    }
    if let Some(span) = stray {
        let message = "this field stands before any `TY`, in no record";
        let help = "a record begins with `TY  - ` and ends with `ER  - `";
        diagnostics.push(Diagnostic::error("ris-syntax", span, message).help(help));
    } else if records.is_empty() {
        let message = "there is no record in this file";
        let help = "a record begins with `TY  - ` and ends with `ER  - `";
        diagnostics.push(Diagnostic::error("ris-syntax", Span::new(file, 0..0), message).help(help));
    }
    records
}

/// The tag of a line, and where its value begins.
fn field(line: &str) -> Option<(&str, usize)> {
    let (tag, rest) = line.split_at_checked(2)?;
    let is_tag =
        tag.as_bytes()[0].is_ascii_uppercase() && tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let dash = rest.trim_start_matches(' ');
    let value = dash.strip_prefix('-').filter(|_| is_tag && dash.len() < rest.len())?;
    // `AB -1 degree` is a line that goes on; `ER  -` is not.
    let from = line.len() - value.trim_start().len();
    (value.is_empty() || value.starts_with(' ') || rest.starts_with("  -")).then_some((tag, from))
}

fn item(record: &[Field<'_>], diagnostics: &mut Diagnostics) -> Item {
    let nowhere = Span::new(FileId(0), 0..0);
    let mut draft = Draft { item: Item::new(record.first().map_or(nowhere, |field| field.span)), diagnostics };
    let kind = |tag| record.iter().find(|field| field.tag == tag);
    if let Some(found) = kind("TY") {
        match work_kinds::of_ris(&found.value.to_uppercase()) {
            Some(kind) => draft.item.kind = kind,
            None => draft.unknown_type("TY", &found.value, found.span),
        }
    }
    // The larger work first: where there is one, `PB` is the publisher of that.
    for larger in [true, false] {
        record.iter().filter(|field| is_larger_work(field.tag) == larger).for_each(|field| take(&mut draft, field));
    }
    draft.finish()
}

fn is_larger_work(tag: &str) -> bool {
    matches!(tag, "T2" | "JO" | "JF" | "BT" | "JA")
}

fn take(draft: &mut Draft<'_>, field: &Field<'_>) {
    let Field { tag, value, span } = field;
    match *tag {
        "TY" => {}
        "ID" => draft.item.key.clone_from(value),
        "TI" | "T1" if draft.item.title.is_none() => draft.title(value),
        "AU" | "A1" => draft.author(&names::turned(value)),
        "T2" | "JO" | "JF" | "BT" | "JA" | "PB" => draft.publisher(tag, value),
        "PY" | "Y1" | "DA" => draft.date(DateOf::Published, tag, value, *span),
        "Y2" => draft.date(DateOf::Accessed, tag, value, *span),
        "UR" => draft.url(tag, value, *span),
        "N1" => draft.note(tag, value),
        "DO" => draft.doi(tag, value),
        "LA" => draft.language(tag, value, *span),
        // Our own exports say here what `TY` has no word for.
        "M3" if draft.csl_type(value) => {}
        "L1" | "L2" | "L3" | "L4" if !sourcebook_core::base::url::is_safe_url(value) => {
            draft.item.left_out.push((*tag).to_owned())
        }
        _ => draft.keep(tag, super::text::lines(value)),
    }
}
