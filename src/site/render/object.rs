//! Values for templates, built by hand: serialising them would cost half of a page.

use tera::value::Key;
use tera::{Map, Value};

use sourcebook_core::model::Text;

/// A mapping under construction.
#[derive(Clone)]
pub struct Object(Map);

/// Room for most: a table of eight is filled no further, and takes half a kilobyte.
const ROOM: usize = 7;

impl Default for Object {
    fn default() -> Self {
        Self::new()
    }
}

impl Object {
    /// An empty mapping.
    pub fn new() -> Self {
        Self(Map::with_capacity(ROOM))
    }

    /// An empty mapping for so many keys, where they are more than most have; tables are filled to 14 and 28.
    pub fn with_room(keys: usize) -> Self {
        Self(Map::with_capacity(keys))
    }

    /// A copy of a mapping, to be added to.
    pub fn from(value: &Value) -> Self {
        Self(value.as_map().cloned().unwrap_or_default())
    }

    /// A copy of a mapping, with room for so many keys in all.
    pub fn over(value: &Value, keys: usize) -> Self {
        let mut map = Map::with_capacity(keys);
        map.extend(value.as_map().into_iter().flatten().map(|(key, value)| (key.clone(), value.clone())));
        Self(map)
    }

    /// Sets a key.
    #[must_use]
    pub fn set(mut self, key: &'static str, value: impl ToValue) -> Self {
        self.0.insert(Key::Str(key), value.to_value());
        self
    }

    /// The mapping as a value.
    pub fn build(self) -> Value {
        Value::from(self.0)
    }
}

/// HTML that autoescaping leaves alone.
pub struct Html<T>(pub T);

/// What can stand in a template's values.
pub trait ToValue {
    /// The value.
    fn to_value(self) -> Value;
}

impl ToValue for Value {
    fn to_value(self) -> Value {
        self
    }
}

impl ToValue for &Value {
    fn to_value(self) -> Value {
        self.clone()
    }
}

impl ToValue for &str {
    fn to_value(self) -> Value {
        Value::from(self)
    }
}

impl ToValue for String {
    fn to_value(self) -> Value {
        Value::from(self)
    }
}

impl ToValue for &Text {
    fn to_value(self) -> Value {
        Value::from(&**self)
    }
}

impl ToValue for Text {
    fn to_value(self) -> Value {
        Value::from(&*self)
    }
}

impl ToValue for bool {
    fn to_value(self) -> Value {
        Value::from(self)
    }
}

impl ToValue for usize {
    fn to_value(self) -> Value {
        Value::from(self as u64)
    }
}

impl ToValue for u32 {
    fn to_value(self) -> Value {
        Value::from(self)
    }
}

impl ToValue for i64 {
    fn to_value(self) -> Value {
        Value::from(self)
    }
}

impl ToValue for f64 {
    fn to_value(self) -> Value {
        Value::from(self)
    }
}

impl<T: AsRef<str>> ToValue for Html<T> {
    fn to_value(self) -> Value {
        Value::safe_string(self.0.as_ref())
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(self) -> Value {
        self.map_or_else(Value::none, T::to_value)
    }
}

impl<T: ToValue> ToValue for Vec<T> {
    fn to_value(self) -> Value {
        Value::from(self.into_iter().map(T::to_value).collect::<Vec<_>>())
    }
}

impl ToValue for Object {
    fn to_value(self) -> Value {
        self.build()
    }
}

impl ToValue for &serde_json::Value {
    fn to_value(self) -> Value {
        Value::from_serializable(self)
    }
}
