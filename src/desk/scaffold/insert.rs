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
    put(text, kind, id, name, &format!(" {value}"))
}

/// As [`field`], with all that follows the colon.
fn put(text: &str, kind: Kind, id: &str, name: &str, value: &str) -> Option<String> {
    let report = yaml::parse_with(FileId(0), text, 0..text.len(), KINDS);
    let record = record(&report.value.root, kind, id)?;
    let Data::Map(fields) = &record.value.data else { return None };
    let span = record.value.span.range();
    let whole = if text[span.clone()].starts_with('{') {
        let inside = text[..span.end].strip_suffix('}')?.trim_end().len();
        format!("{}, {name}:{value}{}", &text[..inside], &text[inside..])
    } else {
        let first = fields.first()?.key_span.range().start;
        let indent = first - text[..first].rfind('\n').map_or(0, |n| n + 1);
        let above = record.key_span.range().start;
        let outer = above - text[..above].rfind('\n').map_or(0, |n| n + 1);
        let end = text[..record.span().range().end].trim_end_matches(['\n', '\r', ' ']).len();
        let at = below(text, end, outer);
        let line = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let gap = if text[..at].ends_with('\n') { "" } else { line };
        format!("{}{gap}{:indent$}{name}:{value}{line}{}", &text[..at], "", &text[at..])
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

/// The sheet with one item more in a list of a record; `item` is YAML on one line. A mapping that stands there alone becomes
/// the first of two; where there is nothing, a list begins. Nothing where that cannot be done.
pub fn item(text: &str, kind: Kind, id: &str, name: &str, item: &str) -> Option<String> {
    let report = yaml::parse_with(FileId(0), text, 0..text.len(), KINDS);
    let record = record(&report.value.root, kind, id)?;
    let Data::Map(fields) = &record.value.data else { return None };
    let Some(field) = fields.iter().find(|field| field.key == name) else {
        if text[record.value.span.range()].starts_with('{') {
            return put(text, kind, id, name, &format!(" [{item}]"));
        }
        let first = fields.first()?.key_span.range().start;
        let indent = column(text, first) + 2;
        let line = if text.contains("\r\n") { "\r\n" } else { "\n" };
        return put(text, kind, id, name, &format!("{line}{:indent$}- {item}", ""));
    };
    let whole = grown(text, field, item)?;
    let again = yaml::parse_with(FileId(0), &whole, 0..whole.len(), KINDS);
    let rest = |root: &Node<'_>| {
        let Data::Map(fields) = &self::record(root, kind, id)?.value.data else { return None };
        let kept = fields.iter().filter(|field| field.key != name);
        let kept: Vec<_> = kept.map(|field| format!("{}:{}", field.key, said(&field.value))).collect();
        let there = &fields.iter().find(|field| field.key == name)?.value;
        let items: Vec<_> = match &there.data {
            Data::List(items) => items.iter().map(said).collect(),
            _ => vec![said(there)],
        };
        Some((kept, items, others(root, kind, id)))
    };
    let (before, after) = (rest(&report.value.root)?, rest(&again.value.root)?);
    let well = again.diagnostics.is_empty() && !again.value.broken;
    let one_more = after.1.starts_with(&before.1) && after.1.len() == before.1.len() + 1;
    (well && one_more && (before.0, before.2) == (after.0, after.2)).then_some(whole)
}

/// A step to a value within a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the value of a key.
    Key(String),
    /// To an item of a list; a mapping that stands alone is the first.
    Item(usize),
}

/// The sheet with a value deep in a record set: one that is there replaced, one that is not added to its mapping. `value` is
/// YAML on one line. Nothing where that cannot be done, or a comment of the writer's would go with the old value.
pub fn set(text: &str, kind: Kind, id: &str, path: &[Step], value: &str) -> Option<String> {
    let report = yaml::parse_with(FileId(0), text, 0..text.len(), KINDS);
    let record = record(&report.value.root, kind, id)?;
    let (Step::Key(last), way) = path.split_last()? else { return None };
    let parent = way.iter().try_fold(&record.value, |node, step| within(node, step))?;
    let Data::Map(fields) = &parent.data else { return None };
    let whole = match fields.iter().find(|field| field.key == *last) {
        Some(field) => {
            let (start, end) = (field.key_span.range().end, field.span().range().end);
            // A block ends with its line, which the next key begins after.
            let end = text[..end].trim_end_matches(['\n', '\r', ' ']).len().max(start);
            if report.value.comments.iter().any(|comment| comment.start < end && start < comment.end) {
                return None;
            }
            format!("{}: {value}{}", &text[..start], &text[end..])
        }
        None if way.is_empty() => return self::field(text, kind, id, last, value),
        None if text[parent.span.range()].starts_with('{') => {
            let inside = text[..parent.span.range().end].strip_suffix('}')?.trim_end().len();
            let comma = if fields.is_empty() { " " } else { ", " };
            format!("{}{comma}{last}: {value}{}", &text[..inside], &text[inside..])
        }
        None => {
            let indent = column(text, fields.first()?.key_span.range().start);
            let end = text[..parent.span.range().end].trim_end_matches(['\n', '\r', ' ']).len();
            let at = below(text, end, indent.saturating_sub(1));
            let line = if text.contains("\r\n") { "\r\n" } else { "\n" };
            let gap = if text[..at].ends_with('\n') { "" } else { line };
            format!("{}{gap}{:indent$}{last}: {value}{line}{}", &text[..at], "", &text[at..])
        }
    };
    let again = yaml::parse_with(FileId(0), &whole, 0..whole.len(), KINDS);
    let rest = |root: &Node<'_>| Some((but(&self::record(root, kind, id)?.value, path), others(root, kind, id)));
    let well = again.diagnostics.is_empty() && !again.value.broken;
    (well && rest(&report.value.root)? == rest(&again.value.root)?).then_some(whole)
}

fn within<'n, 's>(node: &'n Node<'s>, step: &Step) -> Option<&'n Node<'s>> {
    match (&node.data, step) {
        (Data::Map(fields), Step::Key(key)) => fields.iter().find(|field| field.key == *key).map(|field| &field.value),
        (Data::List(items), Step::Item(n)) => items.get(*n),
        (Data::Map(_), Step::Item(0)) => Some(node),
        _ => None,
    }
}

/// All that a node says but what stands at the end of a path.
fn but(node: &Node<'_>, path: &[Step]) -> String {
    let Some((step, rest)) = path.split_first() else { return String::new() };
    match (&node.data, step) {
        (Data::Map(_), Step::Item(_)) => but(node, rest),
        (Data::Map(fields), Step::Key(key)) => {
            let each = fields.iter().map(|field| match field.key == *key {
                true => format!("{:?}:{}", field.key, but(&field.value, rest)),
                false => format!("{:?}:{}", field.key, said(&field.value)),
            });
            let mut each: Vec<_> = each.collect();
            // A key that is not there yet says as little as one that is passed over.
            each.retain(|field| *field != format!("{key:?}:"));
            each.join(",")
        }
        (Data::List(items), Step::Item(n)) => {
            let each = items.iter().enumerate().map(|(i, item)| if i == *n { but(item, rest) } else { said(item) });
            each.collect::<Vec<_>>().join(";")
        }
        _ => said(node),
    }
}

/// The text with a field's list longer by an item.
fn grown(text: &str, field: &Entry<'_>, item: &str) -> Option<String> {
    let span = field.value.span.range();
    let line = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let below_all = |indent: usize| {
        let end = text[..field.span().range().end].trim_end_matches(['\n', '\r', ' ']).len();
        let at = below(text, end, indent);
        let gap = if text[..at].ends_with('\n') { "" } else { line };
        (at, format!("{gap}{:indent$}- {item}{line}", ""))
    };
    match &field.value.data {
        Data::List(items) if text[span.clone()].starts_with('[') => {
            let inside = text[..span.end].strip_suffix(']')?.trim_end_matches([' ', '\n', '\r', ',']).len();
            let comma = if items.is_empty() { "" } else { ", " };
            Some(format!("{}{comma}{item}{}", &text[..inside], &text[inside..]))
        }
        Data::Map(_) if text[span.clone()].starts_with('{') => {
            Some(format!("{}[{}, {item}]{}", &text[..span.start], &text[span.clone()], &text[span.end..]))
        }
        Data::List(items) => {
            let first = items.first()?.span.range().start;
            let begins = text[..first].rfind('\n').map_or(0, |n| n + 1);
            let dash = text[begins..first].find('-').filter(|n| text[begins..begins + n].trim().is_empty())?;
            let (at, added) = below_all(dash);
            Some(format!("{}{added}{}", &text[..at], &text[at..]))
        }
        Data::Map(fields) => {
            // Two of the spaces before the first key make room for its dash: all other lines stay where they are.
            let first = fields.first()?.key_span.range().start;
            let indent = column(text, first).checked_sub(2)?;
            let own_line = text[..first].trim_end_matches(' ').ends_with('\n');
            if !own_line || indent < column(text, field.key_span.range().start) {
                return None;
            }
            let (at, added) = below_all(indent);
            Some(format!("{}- {}{added}{}", &text[..first - 2], &text[first..at], &text[at..]))
        }
        Data::Null | Data::Unread | Data::Scalar { .. } => None,
    }
}

/// The column of a byte, from 0.
fn column(text: &str, at: usize) -> usize {
    at - text[..at].rfind('\n').map_or(0, |n| n + 1)
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
    fn a_value_is_set_wherever_it_stands() {
        let check = |sheet: &str, path: &[Step], expect: Option<&str>| {
            assert_eq!(set(sheet, Kind::Source, "a", path, "x").as_deref(), expect, "{sheet}");
        };
        let key = |key: &str| Step::Key(key.to_owned());
        let deep = [key("of"), Step::Item(0), key("b")];
        check("sources:\n  a:\n    of: { b: 1 } # why\n", &deep, Some("sources:\n  a:\n    of: { b: x } # why\n"));
        check("sources:\n  a:\n    of: { c: 1 }\n", &deep, Some("sources:\n  a:\n    of: { c: 1, b: x }\n"));
        check(
            "sources:\n  a:\n    of:\n      - c: 1\n      - b: 2\n",
            &deep,
            Some("sources:\n  a:\n    of:\n      - c: 1\n        b: x\n      - b: 2\n"),
        );
        check(
            "sources:\n  a:\n    of:\n      c: 1 # one\n    title: A\n",
            &deep,
            Some("sources:\n  a:\n    of:\n      c: 1 # one\n      b: x\n    title: A\n"),
        );
        check(
            "sources:\n  a:\n    of:\n      b: >\n        long\n        text\n",
            &deep,
            Some("sources:\n  a:\n    of:\n      b: x\n"),
        );
        check("sources:\n  a: { title: A }\n", &[key("of")], Some("sources:\n  a: { title: A, of: x }\n"));
        check("sources:\n  a: { title: A }\n", &deep, None);
    }

    #[test]
    fn a_list_grows_by_an_item() {
        let check = |sheet: &str, expect: Option<&str>| {
            assert_eq!(item(sheet, Kind::Source, "a", "of", "{ b: 2 }").as_deref(), expect, "{sheet}");
        };
        check("sources:\n  a:\n    title: A\n", Some("sources:\n  a:\n    title: A\n    of:\n      - { b: 2 }\n"));
        check("sources:\n  a: { title: A }\n", Some("sources:\n  a: { title: A, of: [{ b: 2 }] }\n"));
        check(
            "sources:\n  a:\n    of:\n      - { b: 1 } # one\n\n    title: A\n",
            Some("sources:\n  a:\n    of:\n      - { b: 1 } # one\n      - { b: 2 }\n\n    title: A\n"),
        );
        check(
            "sources:\n  a:\n    of:\n    - b: 1\n      c: x\n",
            Some("sources:\n  a:\n    of:\n    - b: 1\n      c: x\n    - { b: 2 }\n"),
        );
        check(
            "sources:\n  a:\n    of:\n      b: 1\n      c: x # why\n    title: A\n",
            Some("sources:\n  a:\n    of:\n    - b: 1\n      c: x # why\n    - { b: 2 }\n    title: A\n"),
        );
        check(
            "sources:\n  a:\n    of: { b: 1 }\n  b: { title: B }\n",
            Some("sources:\n  a:\n    of: [{ b: 1 }, { b: 2 }]\n  b: { title: B }\n"),
        );
        check("sources:\n  a: { of: [{ b: 1 }] }\n", Some("sources:\n  a: { of: [{ b: 1 }, { b: 2 }] }\n"));
        check("sources:\n  a: { of: [] }\n", Some("sources:\n  a: { of: [{ b: 2 }] }\n"));
        check("sources:\n  a:\n    of: word\n", None);
        check("sources:\n  b: { title: B }\n", None);
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
