//! A field as the text of a cell, and back.
//!
//! A list is written with semicolons between, a mapping as `key: value` likewise. What is deeper, or holds a semicolon
//! itself, stands as YAML on one line, in its brackets or braces.

use sourcebook_core::base::tree::emit::{self, Pair, Value};
use sourcebook_core::base::tree::{Data, Node};

/// How a field is read from a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Words,
    Word,
    List,
    Map,
}

fn shape(key: &str) -> Shape {
    match key {
        "by" | "about" | "order" | "based_on" | "coordinates" => Shape::List,
        "aliases" | "author" => Shape::List,
        "answers" | "contradicts" | "supports" | "supersedes" | "actors" | "options" => Shape::Map,
        "on" | "as_of" | "date" | "published" | "accessed" | "modality" | "type" | "kind" | "precision" | "part_of"
        | "speaks_for" | "place" | "group" | "source" | "speech" | "wikidata" | "disjoint_parts" | "one_voice"
        | "changes" | "grows" | "adds_up" | "several" | "position" => Shape::Word,
        _ => Shape::Words,
    }
}

/// What stands in a cell for a field.
pub(super) fn of_node(node: &Node<'_>) -> String {
    match &node.data {
        Data::Null | Data::Unread => String::new(),
        Data::Scalar { text, .. } => text.trim().to_owned(),
        Data::List(items) => match items.iter().map(plain).collect::<Option<Vec<_>>>() {
            Some(items) => items.join("; "),
            None => emit::line(&value(node)),
        },
        Data::Map(entries) => {
            let pair = |entry: &sourcebook_core::base::tree::Entry<'_>| {
                Some(format!("{}: {}", entry.key, plain(&entry.value)?))
            };
            match entries.iter().map(pair).collect::<Option<Vec<_>>>() {
                Some(pairs) if !pairs.is_empty() => pairs.join("; "),
                _ => emit::line(&value(node)),
            }
        }
    }
}

/// A scalar that may stand between semicolons.
fn plain(node: &Node<'_>) -> Option<String> {
    match &node.data {
        Data::Scalar { text, .. } if !text.contains([';', '\n']) && !text.starts_with(['{', '[']) => {
            Some(text.trim().to_owned())
        }
        _ => None,
    }
}

/// A node as a value to write.
pub(super) fn value(node: &Node<'_>) -> Value {
    match &node.data {
        Data::Null | Data::Unread => Value::Word("null".to_owned()),
        Data::Scalar { text, plain: true } => Value::Word(text.to_string()),
        Data::Scalar { text, .. } => Value::Text(text.to_string()),
        Data::List(items) => Value::List(items.iter().map(value).collect()),
        Data::Map(entries) => Value::Map(entries.iter().map(|e| Pair::new(&*e.key, value(&e.value))).collect()),
    }
}

/// What a cell says, as the YAML of a field on one line.
pub(super) fn yaml(key: &str, cell: &str) -> String {
    let cell = cell.trim();
    let is_yaml = cell.starts_with('{') && cell.ends_with('}') || cell.starts_with('[') && cell.ends_with(']');
    if is_yaml && (is_deep(key) || shape(key) != Shape::Words) {
        return cell.to_owned();
    }
    emit::line(&read(key, cell))
}

/// Fields whose text is never words alone.
fn is_deep(key: &str) -> bool {
    matches!(
        key,
        "evidence"
            | "status"
            | "curation"
            | "extra"
            | "capture"
            | "archive"
            | "reliability"
            | "text"
            | "set_aside"
            | "assessment"
    )
}

/// What a cell says, as a value to write.
fn read(key: &str, cell: &str) -> Value {
    let parts = || cell.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty());
    let is_named = matches!(key, "aliases" | "author");
    let item = |part: &str| if is_named { Value::Text(part.to_owned()) } else { Value::Word(part.to_owned()) };
    match shape(key) {
        Shape::Words => Value::Text(cell.to_owned()),
        Shape::Word => Value::Word(cell.to_owned()),
        Shape::List => match parts().collect::<Vec<_>>().as_slice() {
            [one] if key != "coordinates" => item(one),
            // Latitude and longitude may stand with a comma between.
            [one] => Value::List(one.split(", ").map(|n| Value::Word(n.trim().replace(',', "."))).collect()),
            many if key == "coordinates" => {
                Value::List(many.iter().map(|n| Value::Word(n.replace(',', "."))).collect())
            }
            many => Value::List(many.iter().map(|part| item(part)).collect()),
        },
        Shape::Map => {
            let pairs: Vec<_> = parts().map(|part| part.split_once(": ").unwrap_or((part, ""))).collect();
            match pairs.iter().all(|(_, value)| value.is_empty()) {
                // Claims that are named without a reason.
                true => match pairs.as_slice() {
                    [(one, _)] => Value::Word((*one).to_owned()),
                    many => Value::List(many.iter().map(|(one, _)| Value::Word((*one).to_owned())).collect()),
                },
                false => Value::Map(
                    pairs.iter().map(|(key, value)| Pair::new(*key, Value::Word((*value).to_owned()))).collect(),
                ),
            }
        }
    }
}
