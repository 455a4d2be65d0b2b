//! A form: the fields of a record to be made, each filled in as far as it can be.

use std::collections::BTreeMap;

use serde::Serialize;
use sourcebook_core::base::id::is_id;
use sourcebook_core::model::Dossier;

use crate::import::merge::slug;

/// What a writer fills in.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Form {
    /// What it makes: `claim`, `aside`, `actor`, `cite` …
    pub makes: &'static str,
    /// Its fields, in the order in which they are filled in.
    pub fields: Vec<Field>,
}

/// A field of a form.
#[derive(Clone, Debug, Serialize)]
pub struct Field {
    /// The key of the record that it becomes, or what else it says.
    pub key: &'static str,
    /// How it is filled in.
    pub shape: Shape,
    /// What stands in it.
    pub value: String,
    /// What may be chosen, or is offered; a list of words that is closed only for [`Shape::Choice`].
    pub options: Vec<Choice>,
}

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// Words on one line.
    Line,
    /// Words on several.
    Text,
    /// One of its options.
    Choice,
    /// The id of a record of these kinds, by its name.
    Actor,
    /// Several, with commas between.
    Actors,
    /// Of actors, events, places or claims, with commas between.
    Anything,
    /// A place.
    Place,
    /// A question.
    Question,
    /// A claim.
    Claim,
    /// A word for people, which cannot be changed.
    Told,
    /// What is kept for the edit, and not shown.
    Kept,
}

/// Something that may stand in a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// As it is written.
    pub value: String,
    /// As it is shown.
    pub label: String,
}

impl Form {
    /// A form without fields.
    pub fn new(makes: &'static str) -> Self {
        Self { makes, fields: Vec::new() }
    }

    /// With a field.
    #[must_use]
    pub fn with(self, key: &'static str, shape: Shape, value: impl Into<String>) -> Self {
        self.offering(key, shape, value, Vec::new())
    }

    /// With a field that offers something.
    #[must_use]
    pub fn offering(mut self, key: &'static str, shape: Shape, value: impl Into<String>, options: Vec<Choice>) -> Self {
        self.fields.push(Field { key, shape, value: value.into(), options });
        self
    }

    /// What stands in a field.
    pub fn value(&self, key: &str) -> &str {
        self.fields.iter().find(|field| field.key == key).map_or("", |field| &field.value)
    }

    /// What stands in all fields, as a filled-in form says it.
    pub fn values(&self) -> Values {
        Values(self.fields.iter().map(|field| (field.key.to_owned(), field.value.clone())).collect())
    }
}

impl Choice {
    /// A value that is shown as it is written.
    pub fn plain(value: &str) -> Self {
        Self { value: value.to_owned(), label: value.to_owned() }
    }
}

/// What a writer filled in.
#[derive(Clone, Debug, Default)]
pub struct Values(pub BTreeMap<String, String>);

impl Values {
    /// What stands in a field, without spaces around it; nothing where that is empty.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// The parts of a field between commas.
    pub fn list(&self, key: &str) -> impl Iterator<Item = &str> {
        self.get(key).into_iter().flat_map(|value| value.split(',')).map(str::trim).filter(|part| !part.is_empty())
    }
}

/// What is wrong with what a writer filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The field.
    pub field: String,
    /// A message of the interface, below `desk.fault`.
    pub why: &'static str,
    /// The word at fault.
    pub word: String,
}

impl Fault {
    /// Of a field.
    pub fn of(field: &str, why: &'static str, word: &str) -> Self {
        Self { field: field.to_owned(), why, word: word.to_owned() }
    }
}

/// An id that nothing has: of some words, with a number where need be.
pub fn free_id(dossier: &Dossier, words: &str, otherwise: &str) -> String {
    let wanted = slug(words);
    let wanted = if is_id(&wanted) { wanted } else { otherwise.to_owned() };
    let numbered = (2..).map(|n| format!("{wanted}-{n}"));
    let is_free = |id: &String| dossier.get(id).is_none() && !dossier.unread.names.contains(&**id);
    std::iter::once(wanted.clone()).chain(numbered).find(is_free).unwrap_or_default()
}
