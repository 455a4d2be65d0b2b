//! A work as a source record: its fields in the order of the documentation, each with a remark where it has one.

use std::collections::BTreeMap;

use super::item::Item;
use sourcebook_core::base::id::is_id;
use sourcebook_core::base::tree::emit::{Pair, Value};
use sourcebook_core::model::Dossier;
use sourcebook_core::model::kinds::ActorKind;

/// Actors by the names that only they have: a name that is exactly an actor's is that actor.
pub struct People<'a>(BTreeMap<&'a str, Option<&'a str>>);

impl<'a> People<'a> {
    /// The actors of a dossier, but those that stand for whom nobody names.
    pub fn of(dossier: &'a Dossier) -> Self {
        let mut names = BTreeMap::new();
        for actor in dossier.actors.iter().filter(|actor| actor.kind != ActorKind::Unnamed) {
            let id = &*actor.head.id.value;
            for name in std::iter::once(&actor.name).chain(&actor.aliases) {
                let known = names.entry(&**name).or_insert(Some(id));
                if *known != Some(id) {
                    *known = None;
                }
            }
        }
        Self(names)
    }

    fn find(&self, name: &str) -> Option<&'a str> {
        self.0.get(name).copied().flatten()
    }

    /// An author or publisher, and the name where an id stands for it.
    fn value(&self, name: &str) -> (Value, Option<String>) {
        match self.find(name) {
            Some(id) => (Value::Word(id.to_owned()), Some(name.to_owned())),
            // What looks like an id would be taken for one.
            None if is_id(name) => (Value::Map(vec![Pair::new("name", Value::Text(name.to_owned()))]), None),
            None => (Value::Text(name.to_owned()), None),
        }
    }
}

/// The fields of a source. `remarks` say of a field where it comes from.
pub fn fields(item: &Item, people: &People<'_>, remarks: &BTreeMap<&'static str, String>) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut add = |key: &'static str, value: Option<(Value, Option<String>)>| {
        if let Some((value, name)) = value {
            let remark = [name, remarks.get(key).cloned()].into_iter().flatten().collect::<Vec<_>>().join("; ");
            pairs.push(Pair::new(key, value).with(Some(remark).filter(|remark| !remark.is_empty())));
        }
    };
    let text = |text: &Option<String>| text.clone().map(|text| (Value::Text(text), None));
    let word = |text: &Option<String>| text.clone().map(|text| (Value::Word(text), None));
    add("title", text(&item.title));
    add("type", Some((Value::Word(item.kind.to_owned()), None)));
    add("author", authors(item, people));
    add("publisher", item.publisher.as_deref().map(|name| people.value(name)));
    add("published", published(item));
    add("accessed", word(&item.accessed));
    add("url", text(&item.url));
    let archive = item.archive.clone().map(|url| Value::Map(vec![Pair::new("url", Value::Text(url))]));
    add("archive", archive.map(|archive| (archive, None)));
    add("language", text(&item.language));
    let extra: Vec<_> = item.extra.iter().map(|(key, value)| Pair::new(key, Value::from_json(value))).collect();
    add("extra", (!extra.is_empty()).then_some((Value::Map(extra), None)));
    pairs
}

/// The date, and how it was inferred where it was: as the file has it.
fn published(item: &Item) -> Option<(Value, Option<String>)> {
    let date = Value::Word(item.published.clone()?);
    let inferred =
        item.inferred.clone().map(|how| vec![Pair::new("date", date.clone()), Pair::new("inferred", Value::Text(how))]);
    Some((inferred.map_or(date, Value::Map), None))
}

fn authors(item: &Item, people: &People<'_>) -> Option<(Value, Option<String>)> {
    let (values, names): (Vec<_>, Vec<_>) = item.authors.iter().map(|name| people.value(name)).unzip();
    let names: Vec<_> = names.into_iter().flatten().collect();
    let names = (!names.is_empty()).then(|| names.join(", "));
    (!values.is_empty()).then_some((Value::List(values), names))
}
