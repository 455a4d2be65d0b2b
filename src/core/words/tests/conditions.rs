//! Every sentence has its condition: `themes/default/i18n/conditions.toml` beside the messages, and `docs/sentences.md` made of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use toml::de::{DeTable, DeValue};

use super::messages::theme_files;
use crate::model::language::Language;
use crate::words::messages::Messages;

const TABLE: &str = include_str!("../../../../themes/default/i18n/conditions.toml");

/// What is read by programs: name, values, where, when.
type Hook = [String; 4];

#[derive(Default)]
struct Table {
    hooks: Vec<Hook>,
    /// Messages and their condition.
    sentences: Vec<(Vec<String>, String)>,
    /// Messages that say nothing, and what they are.
    words: Vec<(Vec<String>, String)>,
}

fn table() -> Table {
    let root = DeTable::parse(TABLE).unwrap().into_inner();
    let entries = |name: &str| match root.get(name).map(|value| value.get_ref()) {
        Some(DeValue::Array(entries)) => entries.iter().map(|entry| entry.get_ref()).collect(),
        _ => Vec::new(),
    };
    let text = |entry: &DeValue<'_>, key: &str| match entry.get(key).map(|value| value.get_ref()) {
        Some(DeValue::String(text)) if !text.trim().is_empty() => text.to_string(),
        _ => panic!("an entry of conditions.toml has no `{key}`: {entry:?}"),
    };
    let keys = |entry: &DeValue<'_>| match entry.get("keys").map(|value| value.get_ref()) {
        Some(DeValue::Array(keys)) => keys.iter().filter_map(|key| Some(key.get_ref().as_str()?.to_owned())).collect(),
        _ => Vec::new(),
    };
    Table {
        hooks: entries("hook").into_iter().map(|e| ["name", "values", "at", "when"].map(|key| text(e, key))).collect(),
        sentences: entries("sentence").into_iter().map(|e| (keys(e), text(e, "when"))).collect(),
        words: entries("words").into_iter().map(|e| (keys(e), text(e, "why"))).collect(),
    }
}

impl Table {
    fn keys(&self) -> Vec<String> {
        self.sentences.iter().chain(&self.words).flat_map(|(keys, _)| keys.clone()).collect()
    }
}

/// The messages of the default theme, all files.
fn english() -> Messages {
    let files = theme_files(Language::English);
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Messages::parse(Language::English, &files).unwrap()
}

/// Every message with its text, its forms for numbers as one: "{n} answer / {n} answers".
fn messages(words: &Messages) -> BTreeMap<String, String> {
    fn walk(path: &str, value: &serde_json::Value, into: &mut BTreeMap<String, String>) {
        let text = |key: &str| value.get(key).and_then(|v| v.as_str());
        match (value.as_str(), text("one"), text("other")) {
            (Some(text), ..) => drop(into.insert(path.to_owned(), text.to_owned())),
            (_, Some(one), Some(other)) if value.as_object().is_some_and(|table| table.len() == 2) => {
                into.insert(path.to_owned(), format!("{one} / {other}"));
            }
            _ => value.as_object().unwrap().iter().for_each(|(name, value)| {
                walk(&if path.is_empty() { name.clone() } else { format!("{path}.{name}") }, value, into);
            }),
        }
    }
    let mut found = BTreeMap::new();
    walk("", &words.nested(), &mut found);
    found
}

fn is_of(key: &str, entry: &str) -> bool {
    key.strip_prefix(entry).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The key of the table that decides about a message: the longest that fits.
fn deciding<'t>(key: &str, entries: &'t [String]) -> Option<&'t String> {
    entries.iter().filter(|entry| is_of(key, entry)).max_by_key(|entry| entry.len())
}

#[test]
fn every_message_has_a_condition_or_says_nothing() {
    let table = table();
    let entries = table.keys();
    let once: BTreeSet<_> = entries.iter().collect();
    assert_eq!(once.len(), entries.len(), "a key stands in two entries of conditions.toml");
    let messages = messages(&english());
    let lacking: Vec<_> = messages.keys().filter(|key| deciding(key, &entries).is_none()).collect();
    assert!(
        lacking.is_empty(),
        "no entry of themes/default/i18n/conditions.toml says when these may stand: {lacking:?}\n\
         add them to a [[sentence]] with its condition in terms of the sheets, or to [[words]] if they say nothing of them"
    );
    let used: BTreeSet<_> = messages.keys().filter_map(|key| deciding(key, &entries)).collect();
    let idle: Vec<_> = once.difference(&used).collect();
    assert!(idle.is_empty(), "conditions.toml names messages that there are not: {idle:?}");
}

/// What the documentation says.
fn document() -> String {
    let table = table();
    let entries = table.keys();
    let messages = messages(&english());
    let cell = |text: &str| text.replace('|', "\\|").replace(['\u{a0}', '\u{202f}'], " ");
    let mut out = String::from(INTRODUCTION);
    for [name, values, at, when] in &table.hooks {
        let names = name.split(", ").map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
        writeln!(out, "| {names} | {} | {} | {} |", cell(values), cell(at), cell(when)).unwrap();
    }
    out.push_str(SENTENCES);
    for (keys, when) in &table.sentences {
        writeln!(out, "\n**When** {}:\n", cell(when)).unwrap();
        let is_here = |key: &str| deciding(key, &entries).is_some_and(|entry| keys.contains(entry));
        for (key, text) in messages.iter().filter(|(key, _)| is_here(key)) {
            writeln!(out, "- `{key}`: {}", cell(text)).unwrap();
        }
    }
    out
}

const INTRODUCTION: &str = "\
# When each sentence may stand

What the program says by itself is a claim too. For each message of the interface that is true or false of the sheets, and for
each mark that is computed, this page says when it may stand. It is made of `themes/default/i18n/conditions.toml`, the table beside
the messages (`UPDATE=1 cargo test -p sourcebook-core conditions` writes it); a test asks that no message is without its entry. Headings, buttons and the
words of closed lists are left out. A theme that words a message anew may say less, never more.

## What programs read

Attributes of the pages by which a program finds what was computed.

| attribute | values | where | when |
|---|---|---|---|
";

const SENTENCES: &str = "
## Messages

By their condition. `{…}` is filled in; ` / ` stands between the forms for one and for more.
";

#[test]
#[expect(clippy::disallowed_methods, reason = "the test writes a file of the repository when asked to")]
fn the_documentation_is_that_table() {
    let path = format!("{}/../../docs/sentences.md", env!("CARGO_MANIFEST_DIR"));
    let made = document();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        made == written,
        "docs/sentences.md is not made of conditions.toml: UPDATE=1 cargo test -p sourcebook-core conditions"
    );
}
