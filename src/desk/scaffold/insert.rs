//! A field added to a record that is there, of which every byte stays; or the value of one replaced.
//!
//! 1. Where: on a line of its own below the record's last field, at their indentation; in a record in braces, before the
//!    closing one.
//! 2. Then the sheet is read again: it must hold what it held, and the field. Where it does not, nothing is written.

use sourcebook_core::base::file::FileId;
use sourcebook_core::base::tree::{Data, Entry, Node, yaml};
use sourcebook_core::dossier::load::sheet::KINDS;
use sourcebook_core::model::kinds::Kind;

use super::append::{below, said};

/// The sheet with `name: value` added to a record; `value` is YAML on one line. Nothing where it cannot be done.
pub fn field(text: &str, kind: Kind, id: &str, name: &str, value: &str) -> Option<String> {
    let report = yaml::parse_with(FileId(0), text, 0..text.len(), KINDS);
    let record = record(&report.value.root, kind, id)?;
    let Data::Map(fields) = &record.value.data else { return None };
    let span = record.value.span.range();
    let whole = if text[span.clone()].starts_with('{') {
        let inside = text[..span.end].strip_suffix('}')?.trim_end().len();
        format!("{}, {name}: {value}{}", &text[..inside], &text[inside..])
    } else {
        let first = fields.first()?.key_span.range().start;
        let indent = first - text[..first].rfind('\n').map_or(0, |n| n + 1);
        let above = record.key_span.range().start;
        let outer = above - text[..above].rfind('\n').map_or(0, |n| n + 1);
        let end = text[..record.span().range().end].trim_end_matches(['\n', '\r', ' ']).len();
        let at = below(text, end, outer);
        let line = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let gap = if text[..at].ends_with('\n') { "" } else { line };
        format!("{}{gap}{:indent$}{name}: {value}{line}{}", &text[..at], "", &text[at..])
    };
    let again = yaml::parse_with(FileId(0), &whole, 0..whole.len(), KINDS);
    let (old, new) = (said(&record.value), said(&self::record(&again.value.root, kind, id)?.value));
    let grown = new.starts_with(old.strip_suffix('}')?) && new.contains(&format!("{name:?}:"));
    let others = |root: &Node<'_>| others(root, kind, id);
    let well = again.diagnostics.is_empty() && !again.value.broken && grown;
    (well && others(&report.value.root) == others(&again.value.root)).then_some(whole)
}

/// The sheet with the value of a field of a record in place of the one that it has; `value` is YAML on one line. Nothing
/// where that cannot be done, or a comment of the writer's would go with the old value.
pub fn replaced(text: &str, kind: Kind, id: &str, name: &str, value: &str) -> Option<String> {
    let report = yaml::parse_with(FileId(0), text, 0..text.len(), KINDS);
    let record = record(&report.value.root, kind, id)?;
    let Data::Map(fields) = &record.value.data else { return None };
    let field = fields.iter().find(|field| field.key == name)?;
    let (start, end) = (field.key_span.range().end, field.span().range().end);
    if report.value.comments.iter().any(|comment| comment.start < end && start < comment.end) {
        return None;
    }
    let whole = format!("{}: {value}{}", &text[..start], &text[end..]);
    let again = yaml::parse_with(FileId(0), &whole, 0..whole.len(), KINDS);
    let rest = |root: &Node<'_>| {
        let Data::Map(fields) = &self::record(root, kind, id)?.value.data else { return None };
        let kept = fields.iter().filter(|field| field.key != name);
        let kept: Vec<_> = kept.map(|field| format!("{}:{}", field.key, said(&field.value))).collect();
        Some((kept, fields.len(), others(root, kind, id)))
    };
    let well = again.diagnostics.is_empty() && !again.value.broken;
    (well && rest(&report.value.root) == rest(&again.value.root)).then_some(whole)
}

fn record<'n, 's>(root: &'n Node<'s>, kind: Kind, id: &str) -> Option<&'n Entry<'s>> {
    let Data::Map(entries) = &root.data else { return None };
    let of_kind = entries.iter().find(|entry| entry.key == kind.plural())?;
    let Data::Map(records) = &of_kind.value.data else { return None };
    records.iter().find(|record| record.key == id)
}

/// All that a sheet says but of one record.
fn others(root: &Node<'_>, kind: Kind, id: &str) -> Vec<String> {
    let Data::Map(entries) = &root.data else { return Vec::new() };
    let each = entries.iter().flat_map(|entry| match &entry.value.data {
        Data::Map(records) if entry.key == kind.plural() => {
            let rest = records.iter().filter(|record| record.key != id);
            rest.map(|record| format!("{}:{}", record.key, said(&record.value))).collect::<Vec<_>>()
        }
        _ => vec![format!("{}:{}", entry.key, said(&entry.value))],
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sheet: &str, expect: Option<&str>) {
        assert_eq!(field(sheet, Kind::Source, "a", "capture", "{ file: x }").as_deref(), expect, "{sheet}");
    }

    #[test]
    fn a_field_stands_below_the_others() {
        check("sources:\n  a:\n    title: A\n", Some("sources:\n  a:\n    title: A\n    capture: { file: x }\n"));
        check("sources:\n  a:\n    title: A", Some("sources:\n  a:\n    title: A\n    capture: { file: x }\n"));
        check(
            "sources:\n  a:\n    title: A # why\n    # more\n\n  b: { title: B }\n",
            Some("sources:\n  a:\n    title: A # why\n    # more\n    capture: { file: x }\n\n  b: { title: B }\n"),
        );
        check(
            "sources:\r\n    a:\r\n      title: >\r\n        A\r\n        B\r\n",
            Some("sources:\r\n    a:\r\n      title: >\r\n        A\r\n        B\r\n      capture: { file: x }\r\n"),
        );
    }

    #[test]
    fn a_record_in_braces_stays_in_them() {
        check("sources:\n  a: { title: A }\n", Some("sources:\n  a: { title: A, capture: { file: x } }\n"));
        check(
            "sources: { a: {title: A}, b: {title: B} }",
            Some("sources: { a: {title: A, capture: { file: x }}, b: {title: B} }"),
        );
    }

    #[track_caller]
    fn check_replaced(sheet: &str, expect: Option<&str>) {
        assert_eq!(replaced(sheet, Kind::Source, "a", "capture", "{ file: x }").as_deref(), expect, "{sheet}");
    }

    #[test]
    fn a_value_takes_the_place_of_another() {
        check_replaced(
            "sources:\n  a:\n    capture: b.txt # why\n    title: A\n",
            Some("sources:\n  a:\n    capture: { file: x } # why\n    title: A\n"),
        );
        check_replaced(
            "sources:\n  a:\n    capture:\n      file: b.txt\n      on: 2024-01-01\n    title: A\n",
            Some("sources:\n  a:\n    capture: { file: x }\n    title: A\n"),
        );
        check_replaced(
            "sources:\n  a: { capture: { file: b.txt, on: 2024-01-01 }, title: A }\n",
            Some("sources:\n  a: { capture: { file: x }, title: A }\n"),
        );
        check_replaced("sources:\n  a:\n    capture:\n      file: b.txt # why\n      on: 2024\n", None);
        check_replaced("sources:\n  a:\n    title: A\n", None);
    }

    #[test]
    fn what_cannot_be_done_is_not() {
        for sheet in
            ["", "sources:\n  b: { title: B }\n", "actors:\n  a: { name: A }\n", "sources:\n  a:\n", "sources: []\n"]
        {
            check(sheet, None);
        }
    }
}
