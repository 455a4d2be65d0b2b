//! Values with something taken out of them: what a template makes of these tells what it shows.
//!
//! A place is the names that lead to a mapping (`claim`, `evidence`); lists on the way are gone through, so that one place is
//! all mappings that it leads to.

use tera::value::{Key, Map};
use tera::{Context, Value};

use crate::render::given::Given;

/// What every template is given, which tells of no record.
const FIXED: &[&str] = &["t", "root", "lang", "assets", "site", "nav", "page", "frame", "jsonld", "cite"];

/// Where a mapping stands: the names of values on the way to it, from the template's own.
pub(super) type Place = Vec<Key<'static>>;

/// What a template is given, as one mapping, apart from what every one is given.
pub(super) struct Values {
    fixed: Context,
    root: Value,
}

impl Values {
    /// The values of one template.
    pub(super) fn new(given: &Given) -> Self {
        let (mut fixed, mut root) = (Context::new(), Map::new());
        for (key, value) in given.values() {
            if FIXED.contains(&key) {
                fixed.insert_value(key, value.clone());
            } else {
                root.insert(Key::Str(key), value.clone());
            }
        }
        Self { fixed, root: Value::from(root) }
    }

    /// All values as one.
    pub(super) fn root(&self) -> &Value {
        &self.root
    }

    /// One of what every template is given.
    pub(super) fn fixed(&self, key: &'static str) -> Option<&Value> {
        self.fixed.get(key)
    }

    /// For the engine, with other values.
    pub(super) fn context(&self, root: &Value) -> Context {
        let mut context = self.fixed.clone();
        for (key, value) in root.as_map().into_iter().flatten() {
            if let Key::Str(key) = key {
                context.insert_value(*key, value.clone());
            }
        }
        context
    }
}

/// Every mapping within a value, with its place.
pub(super) fn walk(value: &Value, place: &mut Place, visit: &mut dyn FnMut(&Place, &Map)) {
    if let Some(map) = value.as_map() {
        visit(place, map);
        for (key, value) in map {
            place.push(key.clone());
            walk(value, place, visit);
            place.pop();
        }
    } else if let Some(list) = value.as_array() {
        for value in list {
            walk(value, place, visit);
        }
    }
}

/// The value with every mapping at a place as `edit` makes it.
pub(super) fn edited(value: &Value, place: &[Key<'static>], edit: &dyn Fn(&Map) -> Map) -> Value {
    if let Some(list) = value.as_array() {
        return Value::from(list.iter().map(|value| edited(value, place, edit)).collect::<Vec<_>>());
    }
    let Some(map) = value.as_map() else { return value.clone() };
    match place.split_first() {
        None => Value::from(edit(map)),
        Some((key, rest)) => {
            let mut map = map.clone();
            if let Some(inner) = map.get(key) {
                let inner = edited(inner, rest, edit);
                map.insert(key.clone(), inner);
            }
            Value::from(map)
        }
    }
}

/// The mapping without what some keys hold: nothing of the same kind stands there.
pub(super) fn without(map: &Map, keys: &[&str]) -> Map {
    let emptied = |(key, value): (&Key<'static>, &Value)| {
        let is_named = key.as_str().is_some_and(|key| keys.contains(&key));
        (key.clone(), if is_named { empty(value) } else { value.clone() })
    };
    map.iter().map(emptied).collect()
}

/// The mapping with a text taken out wherever it stands in a value of its own.
pub(super) fn without_text(map: &Map, text: &str) -> Map {
    let taken = |value: &Value| match value.as_str().filter(|value| !text.is_empty() && value.contains(text)) {
        Some(found) if value.is_safe() => Value::safe_string(&found.replace(text, "")),
        Some(found) => Value::normal_string(&found.replace(text, "")),
        None => value.clone(),
    };
    map.iter().map(|(key, value)| (key.clone(), taken(value))).collect()
}

fn empty(value: &Value) -> Value {
    if value.as_str().is_some() {
        return if value.is_safe() { Value::safe_string("") } else { Value::from("") };
    }
    if value.as_bool().is_some() {
        return Value::from(false);
    }
    if value.is_number() {
        return Value::from(0u64);
    }
    if value.as_array().is_some() {
        return Value::from(Vec::<Value>::new());
    }
    // What is asked of a record that is named is still answered: with nothing.
    let emptied = |map: &Map| map.iter().map(|(key, value)| (key.clone(), empty(value))).collect::<Map>();
    value.as_map().map_or_else(Value::none, |map| Value::from(emptied(map)))
}

/// Whether a key of a mapping holds anything.
pub(super) fn holds(map: &Map, key: &str) -> bool {
    get(map, key).is_some_and(Value::is_truthy)
}

/// What a key of a mapping holds.
pub(super) fn get<'m>(map: &'m Map, key: &str) -> Option<&'m Value> {
    map.iter().find(|(known, _)| known.as_str() == Some(key)).map(|(_, value)| value)
}
