//! What a record said before: versions of it, by its id, wherever it stood.
//!
//! 1. [`version`]: the record of an id in a sheet's text.
//! 2. [`changes`]: the fields in which two versions differ. Layout, comments and the order of fields are no change.

use crate::base::file::FileId;
use crate::base::tree::{Data, Entry, Node, yaml};
use crate::dossier::load::sheet::KINDS;

/// A record as a sheet had it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The key under which it stood: `claims`.
    pub kind: String,
    /// Its fields, in the order written.
    pub fields: Vec<Field>,
}

/// A field of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its key.
    pub key: String,
    /// Its value, as YAML, as it was written.
    pub yaml: String,
    /// The same whatever its layout.
    meaning: String,
}

/// A field that two versions have in another way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its key.
    pub key: String,
    /// Its value before, as YAML; `None` where there was none.
    pub before: Option<String>,
    /// Its value after; `None` where there is none.
    pub after: Option<String>,
}

/// The record of an id in a sheet's text. A sheet that is not sound YAML is read as far as it goes.
pub fn version(text: &str, id: &str) -> Option<Version> {
    let tree = yaml::parse_with(FileId(0), text, 0..text.len(), KINDS).value;
    let Data::Map(kinds) = &tree.root.data else { return None };
    for kind in kinds.iter().filter(|kind| KINDS.contains(&&*kind.key)) {
        let Data::Map(records) = &kind.value.data else { continue };
        if let Some(record) = records.iter().find(|record| record.key == id) {
            let fields = match &record.value.data {
                Data::Map(fields) => fields.iter().map(|entry| field(text, entry)).collect(),
                _ => Vec::new(),
            };
            return Some(Version { kind: kind.key.to_string(), fields });
        }
    }
    None
}

fn field(text: &str, entry: &Entry<'_>) -> Field {
    let range = entry.value.span.range();
    let before = text.get(..range.start).unwrap_or_default();
    let before = &before[before.rfind('\n').map_or(0, |n| n + 1)..];
    let written = text.get(range).unwrap_or_default().trim_end();
    // A value that begins its line stands as far in as that says, and else as its own lines do.
    let column = before.trim().is_empty().then_some(before.len());
    Field { key: entry.key.to_string(), yaml: dedented(written, column), meaning: meaning(&entry.value) }
}

/// Without the indentation of its first line, or that its lines after the first have in common.
fn dedented(text: &str, column: Option<usize>) -> String {
    let rest = text.lines().skip(1).filter(|line| !line.trim().is_empty());
    let common = rest.map(|line| line.len() - line.trim_start_matches(' ').len()).min().unwrap_or(0);
    let common = column.map_or(common, |column| column.min(common));
    let cut = |(n, line): (usize, &str)| {
        if n == 0 { line.to_owned() } else { line.get(common..).unwrap_or_default().to_owned() }
    };
    text.lines().enumerate().map(cut).collect::<Vec<_>>().join("\n")
}

/// What a value says, the same whatever its layout, comments and order of keys: JSON, whose strings are what was read.
///
/// Hashes of it are kept in `captures.lock`: its form is never to change.
pub fn meaning(node: &Node<'_>) -> String {
    match &node.data {
        Data::Null | Data::Unread => "null".to_owned(),
        Data::Scalar { text, .. } => json(text),
        Data::List(items) => format!("[{}]", items.iter().map(meaning).collect::<Vec<_>>().join(",")),
        Data::Map(entries) => meaning_of(entries.iter()),
    }
}

/// The same of some fields.
pub fn meaning_of<'n, 't: 'n>(fields: impl Iterator<Item = &'n Entry<'t>>) -> String {
    let mut pairs: Vec<_> = fields.map(|field| format!("{}:{}", json(&field.key), meaning(&field.value))).collect();
    pairs.sort();
    format!("{{{}}}", pairs.join(","))
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// In what two versions differ: nothing where they say the same.
pub fn changes(before: Option<&Version>, after: Option<&Version>) -> Vec<Change> {
    let fields = |version: Option<&Version>| version.map(|version| version.fields.clone()).unwrap_or_default();
    let (old, new) = (fields(before), fields(after));
    let find = |fields: &[Field], key: &str| fields.iter().find(|field| field.key == key).cloned();
    let mut found = Vec::new();
    for field in &new {
        let was = find(&old, &field.key);
        if was.as_ref().is_none_or(|was| was.meaning != field.meaning) {
            found.push(Change {
                key: field.key.clone(),
                before: was.map(|was| was.yaml),
                after: Some(field.yaml.clone()),
            });
        }
    }
    for field in old.iter().filter(|field| find(&new, &field.key).is_none()) {
        found.push(Change { key: field.key.clone(), before: Some(field.yaml.clone()), after: None });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "
claims:
  other: { statement: 'a: b' }
  x:
    statement: The bridge was closed.   # they say
    by: [mayor, engineer]
    evidence:
      - source: paper
        quote: closed
";

    #[track_caller]
    fn check(new: &str, expect: &[(&str, Option<&str>, Option<&str>)]) {
        let (before, after) = (version(OLD, "x"), version(new, "x"));
        let found = changes(before.as_ref(), after.as_ref());
        let found: Vec<_> = found.iter().map(|c| (&*c.key, c.before.as_deref(), c.after.as_deref())).collect();
        assert_eq!(found, expect, "{new}");
    }

    #[test]
    fn only_what_it_says_is_a_change() {
        check(OLD, &[]);
        check(
            "claims:\n  x: { by: [mayor, engineer], evidence: [{ quote: closed, source: paper }], statement: 'The bridge was closed.' }\n",
            &[],
        );
        check(
            &OLD.replace("closed.", "open.").replace("    by: [mayor, engineer]\n", "    on: 2024-11-03\n"),
            &[
                ("statement", Some("The bridge was closed."), Some("The bridge was open.")),
                ("on", None, Some("2024-11-03")),
                ("by", Some("[mayor, engineer]"), None),
            ],
        );
        check(
            &OLD.replace("quote: closed", "quote: open"),
            &[("evidence", Some("- source: paper\n  quote: closed"), Some("- source: paper\n  quote: open"))],
        );
        assert_eq!(version(OLD, "y"), None);
        assert_eq!(version("claims: [", "x"), None);
        assert_eq!(version(OLD, "x").unwrap().kind, "claims");
    }
}
