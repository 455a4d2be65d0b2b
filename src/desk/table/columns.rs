//! Which column is which field.

use std::collections::BTreeMap;

use sourcebook_core::model::kinds::Kind;

/// The parts of one evidence that have columns of their own; what else it says stands under `evidence`.
pub const EVIDENCE: &[&str] = &["source", "quote", "translation", "locator", "speech"];

/// The columns of a kind of record, in the order in which they are written.
pub fn of(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Actor => ACTOR,
        Kind::Event => EVENT,
        Kind::Place => PLACE,
        Kind::Source => SOURCE,
        Kind::Question => QUESTION,
        Kind::Claim => CLAIM,
    }
}

#[rustfmt::skip]
const ACTOR: &[&str] = &[
    "id", "name", "type", "aliases", "role", "part_of", "disjoint_parts", "one_voice", "speaks_for", "wikidata", "summary", "curation", "extra",
];
#[rustfmt::skip]
const EVENT: &[&str] = &["id", "title", "date", "place", "actors", "part_of", "summary", "curation", "extra"];
#[rustfmt::skip]
const PLACE: &[&str] = &[
    "id", "name", "aliases", "coordinates", "precision", "part_of", "disjoint_parts", "wikidata", "summary", "curation", "extra",
];
#[rustfmt::skip]
const SOURCE: &[&str] = &[
    "id", "title", "type", "author", "publisher", "published", "accessed", "url", "archive", "language", "based_on", "reliability",
    "capture", "text", "status", "set_aside", "summary", "curation", "extra",
];
#[rustfmt::skip]
const QUESTION: &[&str] = &[
    "id", "text", "kind", "unit", "changes", "grows", "adds_up", "several", "position", "place", "group", "window", "tolerance",
    "options", "assessment", "summary", "curation", "extra",
];
#[rustfmt::skip]
const CLAIM: &[&str] = &[
    "id", "statement", "by", "on", "as_of", "modality", "about", "answers", "source", "quote", "translation", "locator", "speech",
    "evidence", "order", "contradicts", "supports", "supersedes", "status", "note", "curation", "extra",
];

/// The names of columns: our keys, and those that `[import.columns]` maps to them.
#[derive(Clone, Debug, Default)]
pub struct Names(BTreeMap<String, String>);

impl Names {
    /// With names mapped to keys.
    pub fn new(mapped: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(mapped.into_iter().map(|(name, key)| (level(&name), key)).collect())
    }

    /// The key that a column's name means, of any kind.
    pub fn key(&self, name: &str) -> Option<String> {
        let name = level(name);
        if let Some(key) = self.0.get(&name) {
            return Some(key.clone());
        }
        let is_key = Kind::ALL.iter().any(|kind| of(*kind).contains(&&*name));
        is_key.then_some(name)
    }
}

fn level(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

/// The kind of record that a table's columns are those of: most of them, and what such a record must have.
pub fn kind_of(keys: &[Option<String>]) -> Option<Kind> {
    let has = |key: &str| keys.iter().flatten().any(|k| k == key);
    let must = |kind: Kind| match kind {
        Kind::Actor | Kind::Place => "name",
        Kind::Event | Kind::Source => "title",
        Kind::Question => "text",
        Kind::Claim => "statement",
    };
    let count = |kind: &Kind| keys.iter().flatten().filter(|key| of(*kind).contains(&&***key)).count();
    let fits = Kind::ALL.iter().copied().filter(|kind| has(must(*kind)));
    fits.max_by_key(|kind| (count(kind), std::cmp::Reverse(Kind::ALL.iter().position(|k| k == kind))))
}
