//! A record added to a sheet, of which every byte stays.
//!
//! 1. Where: under the last record of its kind, with what is indented below it; else under a new key at the end.
//! 2. How: with that record's indentation, line ends and blank lines.
//! 3. Then the sheet is read again: it must hold what it held, and the new record. Where it does not, or where the records
//!    of a kind stand in braces, nothing is written and the place is shown.

use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics};
use sourcebook_core::base::file::{FileId, Span};
use sourcebook_core::base::tree::{Data, Entry, Node, yaml};
use sourcebook_core::dossier::load::sheet::KINDS;
use sourcebook_core::model::kinds::Kind;

/// A record to add.
#[derive(Clone, Debug)]
pub struct Addition {
    /// What kind of record.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// Its fields, from the first column; lines of comments may stand between.
    pub fields: String,
}

/// The sheet with all records added, in the order given.
///
/// # Errors
/// The sheet cannot be read, or leaves no room.
pub fn append(file: FileId, text: &str, additions: &[Addition]) -> Result<String, Diagnostics> {
    let mut out = text.to_owned();
    for kind in Kind::ALL {
        let these: Vec<_> = additions.iter().filter(|a| a.kind == *kind).collect();
        if !these.is_empty() {
            out = append_kind(file, &out, *kind, &these)?;
        }
    }
    Ok(out)
}

fn append_kind(file: FileId, text: &str, kind: Kind, these: &[&Addition]) -> Result<String, Diagnostics> {
    let report = yaml::parse_with(file, text, 0..text.len(), KINDS);
    if report.value.broken || !report.diagnostics.is_empty() {
        return Err(report.diagnostics);
    }
    let root = &report.value.root;
    let rooms = match &root.data {
        Data::Null => vec![Room { at: text.len(), indent: 2, key: true, spaced: true }],
        Data::Map(_) if text[root.span.range()].starts_with('{') => return Err(closed(root)),
        Data::Map(entries) => find(text, entries, kind)?,
        _ => return Err(closed(root)),
    };
    let fits = |added: &String| {
        let again = yaml::parse_with(file, added, 0..added.len(), KINDS);
        !again.value.broken && again.diagnostics.is_empty() && holds(&again.value.root, root, kind, these)
    };
    rooms.iter().map(|room| room.fill(text, kind, these)).find(fits).ok_or_else(|| closed(root))
}

/// Where records go.
struct Room {
    /// The byte before which they stand: the start of a line, or the end.
    at: usize,
    /// Columns before an id.
    indent: usize,
    /// Whether the key of their kind is to be written.
    key: bool,
    /// Whether a blank line stands between two.
    spaced: bool,
}

/// The places to try, in this order.
fn find(text: &str, entries: &[Entry<'_>], kind: Kind) -> Result<Vec<Room>, Diagnostics> {
    let Some(entry) = entries.iter().find(|entry| entry.key == kind.plural()) else {
        return Ok(vec![Room { at: text.len(), indent: 2, key: true, spaced: true }]);
    };
    match &entry.value.data {
        Data::Null if entry.value.span.range().is_empty() => {
            let at = line_end(text, entry.key_span.range().end);
            Ok(vec![Room { at, indent: 2, key: false, spaced: false }])
        }
        Data::Map(records) if !text[entry.value.span.range()].starts_with('{') => {
            let Some(last) = records.last() else { return Err(closed(&entry.value)) };
            let start = last.key_span.range().start;
            let indent = start - text[..start].rfind('\n').map_or(0, |n| n + 1);
            let spaced = is_spaced(text, records);
            let end = last.span().range().end;
            let seen = below(text, text[..end].trim_end_matches(['\n', '\r', ' ']).len(), indent);
            // Blank lines that end a text may be of it (`|+`): then the record goes below them.
            let counted = below(text, end, indent);
            Ok([seen, counted].map(|at| Room { at, indent, key: false, spaced }).into())
        }
        _ => Err(closed(&entry.value)),
    }
}

/// Where what belongs to a record ends: after its value, and after comments and blank lines indented below it.
pub(super) fn below(text: &str, end: usize, indent: usize) -> usize {
    let mut at = if text[..end].ends_with('\n') { end } else { line_end(text, end) };
    let mut seen = at;
    for line in text[at..].split_inclusive('\n') {
        let inner = line.trim_start_matches(' ');
        seen += line.len();
        match inner.trim_end() {
            "" => {}
            words if words.starts_with('#') && line.len() - inner.len() > indent => at = seen,
            _ => break,
        }
    }
    at
}

/// One past the line that holds a byte.
fn line_end(text: &str, byte: usize) -> usize {
    text[byte..].find('\n').map_or(text.len(), |n| byte + n + 1)
}

/// Whether a blank line stands between the last two records; where there is but one, it shall.
fn is_spaced(text: &str, records: &[Entry<'_>]) -> bool {
    let [.., first, second] = records else { return true };
    let between = &text[first.span().range().end.min(second.key_span.range().start)..second.key_span.range().start];
    between.replace('\r', "").contains("\n\n") || between.starts_with('\n') && first.value.span.range().end == 0
}

impl Room {
    fn fill(&self, text: &str, kind: Kind, these: &[&Addition]) -> String {
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let (before, after) = text.split_at(self.at);
        let mut added = String::new();
        if !before.is_empty() && !before.ends_with('\n') {
            added.push_str(end);
        }
        if self.key {
            let gap = if before.trim().is_empty() && before.is_empty() { "" } else { end };
            added += &format!("{gap}{}:{end}", kind.plural());
        }
        for (n, addition) in these.iter().enumerate() {
            if self.spaced && !(self.key && n == 0) {
                added.push_str(end);
            }
            added += &format!("{:1$}{2}:{end}", "", self.indent, addition.id);
            for line in addition.fields.lines() {
                let indent = if line.is_empty() { 0 } else { self.indent + 2 };
                added += &format!("{:indent$}{line}{end}", "");
            }
        }
        format!("{before}{added}{after}")
    }
}

/// Whether a sheet holds all that the old one held, and the new records.
fn holds(new: &Node<'_>, old: &Node<'_>, kind: Kind, these: &[&Addition]) -> bool {
    let (new, old) = (Held::of(new, kind), Held::of(old, kind));
    let ids = new.records.iter().skip(old.records.len()).map(|(id, _)| &**id);
    new.rest == old.rest && new.records.starts_with(&old.records) && ids.eq(these.iter().map(|addition| &*addition.id))
}

/// What a sheet says, as texts: the records of one kind, and all the rest.
struct Held {
    records: Vec<(String, String)>,
    rest: Vec<(String, String)>,
}

impl Held {
    fn of(root: &Node<'_>, kind: Kind) -> Self {
        let (mut records, mut rest) = (Vec::new(), Vec::new());
        let Data::Map(entries) = &root.data else { return Self { records, rest } };
        for Entry { key, value, .. } in entries {
            match &value.data {
                Data::Map(inner) if key == kind.plural() => {
                    records.extend(inner.iter().map(|record| (record.key.to_string(), said(&record.value))));
                }
                Data::Null if key == kind.plural() => {}
                _ => rest.push((key.to_string(), said(value))),
            }
        }
        Self { records, rest }
    }
}

/// All that a node says, as one text.
pub(super) fn said(node: &Node<'_>) -> String {
    match &node.data {
        Data::Null => "null".to_owned(),
        Data::Unread => "unread".to_owned(),
        Data::Scalar { text, plain } => format!("{plain}{text:?}"),
        Data::List(items) => format!("[{}]", items.iter().map(said).collect::<Vec<_>>().join(",")),
        Data::Map(entries) => {
            let each = entries.iter().map(|entry| format!("{:?}:{}", entry.key, said(&entry.value)));
            format!("{{{}}}", each.collect::<Vec<_>>().join(","))
        }
    }
}

fn closed(node: &Node<'_>) -> Diagnostics {
    let span = node.start();
    let start = Span { end: span.start.saturating_add(1).min(span.end.max(span.start)), ..span };
    let message = "no record can be added here without changing what is there";
    let help =
        "write the records of a kind under its key, each id on a line of its own, or name another sheet by `--to`";
    vec![Diagnostic::error("closed-sheet", start, message).help(help)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(text: &str, kind: Kind, id: &str) -> Result<String, Diagnostics> {
        append(FileId(0), text, &[Addition { kind, id: id.into(), fields: "name: X\n".into() }])
    }

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let found = add(text, Kind::Actor, "x").unwrap_or_else(|d| panic!("{d:#?}"));
        assert_eq!(found, expect);
    }

    #[test]
    fn where_records_go() {
        check("", "actors:\n  x:\n    name: X\n");
        check("# mine\n", "# mine\n\nactors:\n  x:\n    name: X\n");
        check("places: {}\n", "places: {}\n\nactors:\n  x:\n    name: X\n");
        check("actors:\n", "actors:\n  x:\n    name: X\n");
        check("actors: # all\nplaces: {}", "actors: # all\n  x:\n    name: X\nplaces: {}");
        check("actors:\n  a: { name: A }", "actors:\n  a: { name: A }\n\n  x:\n    name: X\n");
        check(
            "actors:\n  a: { name: A }\n  b: { name: B } # b\nplaces: {}\n",
            "actors:\n  a: { name: A }\n  b: { name: B } # b\n  x:\n    name: X\nplaces: {}\n",
        );
        check(
            "actors:\n    a:\n        name: A\n        # more of a\n\n# places\nplaces: {}\n",
            "actors:\n    a:\n        name: A\n        # more of a\n\n    x:\n      name: X\n\n# places\nplaces: {}\n",
        );
        check("actors:\r\n  a: { name: A }\r\n", "actors:\r\n  a: { name: A }\r\n\r\n  x:\r\n    name: X\r\n");
        check(
            "actors:\n  a:\n    summary: |\n      one\n\n      two\n\nplaces: {}\n",
            "actors:\n  a:\n    summary: |\n      one\n\n      two\n\n  x:\n    name: X\n\nplaces: {}\n",
        );
    }

    #[test]
    fn where_none_can_go() {
        for text in [
            "{ actors: {} }",
            "actors: { a: { name: A } }\n",
            "actors: {}\n",
            "actors: [a]\n",
            "- a\n",
            "words",
            "actors:\n  a: {\n",
        ] {
            assert!(add(text, Kind::Actor, "x").is_err(), "{text}");
        }
        // A second document, an id that is there.
        assert!(add("actors:\n  a: { name: A }\n...\n", Kind::Place, "x").is_err());
    }

    fn sheet() -> impl proptest::strategy::Strategy<Value = String> {
        use proptest::prelude::*;
        let record = prop_oneof![
            Just("  ID: { name: A }\n".to_owned()),
            Just("  ID:\n    name: A\n    # remark\n".to_owned()),
            Just("  ID:\n    name: A # é\n    summary: |\n      text\n\n      more\n".to_owned()),
            Just("  ID:\n    summary: >-\n      text\n      more\n\n".to_owned()),
            Just("  ID:\n    name: \"A\n      B\"\n\n  # about the next\n".to_owned()),
            Just("  ID:\n    extra: |+\n      kept\n\n\n".to_owned()),
        ];
        let kind = proptest::sample::subsequence(vec!["actors", "places", "claims", "extra"], 0..4);
        (kind, prop::collection::vec(record, 1..4), any::<bool>(), any::<bool>()).prop_map(
            |(kinds, records, crlf, cut)| {
                let mut text = "# top\n".to_owned();
                for kind in kinds {
                    text += &format!("{kind}:\n");
                    for (n, record) in records.iter().enumerate() {
                        text += &record.replace("ID", &format!("{kind}-{n}"));
                    }
                }
                let text = if crlf { text.replace('\n', "\r\n") } else { text };
                if cut { text.trim_end().to_owned() } else { text }
            },
        )
    }

    proptest::proptest! {
        #[test]
        fn what_was_there_stays(text in sheet()) {
            match add(&text, Kind::Actor, "x") {
                Ok(found) => {
                    // The old text is the new one without one stretch of it.
                    let same = text.bytes().zip(found.bytes()).take_while(|(a, b)| a == b).count();
                    let rest = text.len() - same;
                    assert!(found.as_bytes().ends_with(&text.as_bytes()[text.len() - rest..]), "{text:?}\n{found:?}");
                    assert!(found.len() > text.len());
                }
                // Only where a text counts its last blank lines.
                Err(_) => assert!(text.contains("|+") || text.contains("|\r") || text.contains("|\n"), "{text:?}"),
            }
        }

        #[test]
        fn any_text_is_added_to_or_refused(text in ".{0,60}|[a-z:{}\\[\\]#|>\n -]{0,60}") {
            let _ = add(&text, Kind::Actor, "x");
        }
    }
}
