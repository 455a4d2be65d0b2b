//! A tree to Rust types, with every fault of the tree and not only the first.
//!
//! A type says how it is made of a [`Node`] by [`Decode`]. A record asks for its keys through [`Fields`], which
//! reports what is missing, what is of the wrong kind, and, at the end, every key nobody asked for, with
//! "did you mean". A value that cannot be read is reported once and becomes `None`.
//!
//! The same code says what a file may hold ([`sourcebook_desk::schema`]): [`Decode::shape`] of a record asks for its keys through
//! [`Fields::describing`], which has no values and takes down what it is asked. So reading and schema cannot drift.

use std::sync::Arc;

use serde_json::json;

use super::{Data, Entry, Node};
use crate::base::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::base::file::{Located, Span};

/// Text with its place.
pub type LText = Located<Arc<str>>;

/// Text of a sheet, shared from here to the page.
pub type Text = Arc<str>;

/// A type that can be made of a node.
pub trait Decode: Sized {
    /// What a message says was expected: "text", "a list".
    const EXPECTED: &'static str;

    /// Makes the value, or reports why not.
    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self>;

    /// Which nodes [`Self::decode`] takes, as JSON Schema 2020-12.
    fn shape() -> serde_json::Value;
}

/// The shape of a record: what `read` asks for. Its `title` is `name`, by which [`sourcebook_desk::schema`] knows what keys mean.
pub fn record_shape<T>(
    name: &'static str,
    read: impl FnOnce(&mut Fields<'_, '_>, &mut Context<'_>) -> T,
) -> serde_json::Value {
    let mut diagnostics = Diagnostics::new();
    let mut cx = Context { diagnostics: &mut diagnostics, owner: NOWHERE };
    let mut f = Fields::describing();
    read(&mut f, &mut cx);
    let asked = f.asked.unwrap_or_default();
    let required: Vec<_> = asked.iter().filter(|a| a.required).map(|a| a.key).collect();
    let properties: serde_json::Map<_, _> = asked.into_iter().map(|a| (a.key.to_owned(), a.shape)).collect();
    json!({
        "type": "object", "title": name, "properties": properties, "required": required, "additionalProperties": false,
    })
}

/// Of what stands in no file.
const NOWHERE: Span = Span { file: crate::base::file::FileId(0), start: 0, end: 0 };

/// A key that a record asks for, whether it must be there, and what its value may be.
struct Asked {
    key: &'static str,
    required: bool,
    shape: serde_json::Value,
}

/// Where faults go, and whose value is being read.
pub struct Context<'d> {
    /// Faults so far.
    pub diagnostics: &'d mut Diagnostics,
    /// The id of the record, which a missing field is reported at.
    pub owner: Span,
}

impl Context<'_> {
    /// Reports that a node is not what it should be.
    pub fn wrong_type(&mut self, node: &Node<'_>, expected: &str) {
        let found = match &node.data {
            Data::Unread => return,
            Data::Scalar { text, .. } => format!("`{}`", excerpt(text)),
            other => other.kind().to_owned(),
        };
        let diagnostic = Diagnostic::error("wrong-type", node.span, format!("expected {expected}, found {found}"));
        self.diagnostics.push(match node.data {
            Data::Null => diagnostic.help("give a value, or remove the key"),
            _ => diagnostic,
        });
    }
}

/// The first words of a text, for a message.
fn excerpt(text: &str) -> &str {
    let end = text.char_indices().nth(40).map_or(text.len(), |(i, _)| i);
    text[..end].lines().next().unwrap_or_default()
}

/// The keys of a mapping, asked for one by one.
pub struct Fields<'n, 't> {
    entries: &'n [Entry<'t>],
    known: Vec<&'static str>,
    span: Span,
    asked: Option<Vec<Asked>>,
}

impl<'n, 't> Fields<'n, 't> {
    /// The fields of a mapping; anything else is the fault `wrong-type`.
    pub fn of(node: &'n Node<'t>, expected: &str, cx: &mut Context<'_>) -> Option<Self> {
        match &node.data {
            Data::Map(entries) => Some(Self { entries, known: Vec::with_capacity(24), span: node.span, asked: None }),
            _ => {
                cx.wrong_type(node, expected);
                None
            }
        }
    }

    /// Fields that have no values and take down what is asked of them.
    fn describing() -> Self {
        Self { entries: &[], known: Vec::new(), span: NOWHERE, asked: Some(Vec::new()) }
    }

    /// Takes a key down, if that is what these fields are for.
    fn describes(&mut self, key: &'static str, required: bool, shape: impl FnOnce() -> serde_json::Value) -> bool {
        let Some(asked) = &mut self.asked else { return false };
        match asked.iter_mut().find(|a| a.key == key) {
            Some(known) => known.required |= required,
            None => asked.push(Asked { key, required, shape: shape() }),
        }
        true
    }

    /// A record within this one, whose unknown keys are faults too.
    pub fn table<T>(
        &mut self,
        key: &'static str,
        name: &'static str,
        cx: &mut Context<'_>,
        read: impl FnOnce(&mut Fields<'_, '_>, &mut Context<'_>) -> T,
    ) -> Option<T> {
        if self.asked.is_some() {
            let shape = record_shape(name, read);
            self.describes(key, false, || shape);
            return None;
        }
        let entry = self.entry(key)?;
        let mut inner = Fields::of(&entry.value, "a table", cx)?;
        let value = read(&mut inner, cx);
        inner.finish(cx);
        Some(value)
    }

    /// The entry of a key.
    fn entry(&mut self, key: &'static str) -> Option<&'n Entry<'t>> {
        self.known.push(key);
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The value of a key that need not be there.
    pub fn optional<T: Decode>(&mut self, key: &'static str, cx: &mut Context<'_>) -> Option<Located<T>> {
        if self.describes(key, false, T::shape) {
            return None;
        }
        self.entry(key).and_then(|entry| decode_entry(entry, cx))
    }

    /// The value of a key that must be there, and not be empty.
    pub fn required<T: Decode>(&mut self, key: &'static str, cx: &mut Context<'_>) -> Option<Located<T>> {
        if self.describes(key, true, T::shape) {
            return None;
        }
        let found = self.entry(key);
        let is_empty = |node: &Node<'_>| matches!(&node.data, Data::Scalar { text, .. } if text.trim().is_empty());
        match found {
            None if self.misspelt(key) => None,
            None => {
                let message = format!("`{key}` is missing");
                cx.diagnostics.push(Diagnostic::error("missing-field", cx.owner, message));
                None
            }
            Some(entry) if is_empty(&entry.value) => {
                let message = format!("`{key}` is empty");
                cx.diagnostics.push(Diagnostic::error("missing-field", entry.value.span, message));
                None
            }
            Some(entry) => decode_entry(entry, cx),
        }
    }

    /// The value of a key, or the default of its type.
    pub fn or_default<T: Decode + Default>(&mut self, key: &'static str, cx: &mut Context<'_>) -> T {
        self.optional(key, cx).map(|located| located.value).unwrap_or_default()
    }

    /// Whether a key is there, rightly or wrongly filled, or misspelt. Its value is asked for beside this.
    pub fn present(&mut self, key: &'static str, _: &mut Context<'_>) -> bool {
        self.entries.iter().any(|entry| entry.key == key) || self.misspelt(key)
    }

    /// Whether a key stands here that is only a slip of the pen from this one: [`Self::finish`] reports that.
    fn misspelt(&self, key: &'static str) -> bool {
        self.entries.iter().any(|entry| !self.known.contains(&&*entry.key) && nearest(&entry.key, [key]).is_some())
    }

    /// Whether a key is there, rightly or wrongly filled or misspelt, but with more than an empty list. Its value is asked
    /// for beside this, and it is a fault without it.
    pub fn given(&mut self, key: &'static str, _: &mut Context<'_>) -> bool {
        self.describes(key, true, || json!({}));
        let is_empty = |node: &Node<'_>| matches!(&node.data, Data::List(items) if items.is_empty());
        self.entries.iter().any(|entry| entry.key == key && !is_empty(&entry.value)) || self.misspelt(key)
    }

    /// The keys asked for.
    pub fn known(&self) -> &[&'static str] {
        &self.known
    }

    /// The place of the mapping.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Reports every key that nobody asked for.
    pub fn finish(self, cx: &mut Context<'_>) {
        for entry in self.entries.iter().filter(|entry| !self.known.contains(&&*entry.key)) {
            cx.diagnostics.push(unknown_key(entry, &self.known));
        }
    }
}

/// The value of an entry; what is missing in it is reported at its key.
fn decode_entry<T: Decode>(entry: &Entry<'_>, cx: &mut Context<'_>) -> Option<Located<T>> {
    let outer = std::mem::replace(&mut cx.owner, entry.key_span);
    let value = T::decode(&entry.value, cx).map(|value| Located::new(value, entry.value.span));
    cx.owner = outer;
    value
}

/// The fault `unknown-key`, with the nearest known key or all of them.
fn unknown_key(entry: &Entry<'_>, known: &[&'static str]) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("unknown-key", entry.key_span, format!("`{}` is not a key known here", entry.key));
    // `{ statement: 400,000 came }` reads as two entries.
    if entry.bare {
        return diagnostic.help(CUT_BY_COMMA);
    }
    match nearest(&entry.key, known.iter().copied()) {
        Some(name) => diagnostic.mean(name, &entry.key),
        None => diagnostic.help(format!("known here: {}", known.join(", "))),
    }
}

/// What to do with [`Entry::bare`].
const CUT_BY_COMMA: &str = "a text that holds `,` needs quotation marks here, a list brackets";

/// A value that is one of a few words.
pub fn decode_word<T: Copy>(node: &Node<'_>, cx: &mut Context<'_>, words: &[(&'static str, T)]) -> Option<T> {
    let Data::Scalar { text, .. } = &node.data else {
        cx.wrong_type(node, "a word");
        return None;
    };
    if let Some((_, value)) = words.iter().find(|(word, _)| word == text) {
        return Some(*value);
    }
    let message = format!("`{}` is not one of the values allowed here", excerpt(text));
    let diagnostic = Diagnostic::error("unknown-value", node.span, message);
    let names: Vec<_> = words.iter().map(|(word, _)| *word).collect();
    cx.diagnostics.push(match nearest(text, names.iter().copied()) {
        Some(name) => diagnostic.mean(name, text),
        None => diagnostic.help(format!("one of: {}", names.join(", "))),
    });
    None
}

/// Implements [`Decode`] for an enum of words that has `ALL` and `as_str`. Whoever uses it has `serde_json`.
#[macro_export]
macro_rules! decode_words {
    ($($type:ty),+ $(,)?) => {$(
        impl $crate::base::tree::decode::Decode for $type {
            const EXPECTED: &'static str = "a word";

            fn decode(
                node: &$crate::base::tree::Node<'_>,
                cx: &mut $crate::base::tree::decode::Context<'_>,
            ) -> Option<Self> {
                let words: Vec<_> = Self::ALL.iter().map(|value| (value.as_str(), *value)).collect();
                $crate::base::tree::decode::decode_word(node, cx, &words)
            }

            fn shape() -> serde_json::Value {
                let words: Vec<_> = Self::ALL.iter().map(|value| value.as_str()).collect();
                serde_json::json!({ "enum": words })
            }
        }
    )+};
}
pub use decode_words;

impl Decode for Text {
    const EXPECTED: &'static str = "text";

    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        match &node.data {
            Data::Scalar { text, .. } => Some((&**text).into()),
            _ => {
                cx.wrong_type(node, Self::EXPECTED);
                None
            }
        }
    }

    /// A sheet's `1984` and `true` are text here, and numbers and truths to other readers of YAML.
    fn shape() -> serde_json::Value {
        json!({ "type": ["string", "number", "boolean"] })
    }
}

impl Decode for bool {
    const EXPECTED: &'static str = "`true` or `false`";

    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        match &node.data {
            Data::Scalar { text, plain: true } if text == "true" => Some(true),
            Data::Scalar { text, plain: true } if text == "false" => Some(false),
            Data::Scalar { text, plain: false } if matches!(&**text, "true" | "false") => {
                let message = format!("expected `true` or `false`, found the text \"{text}\"");
                let help = format!("write {text} without quotation marks");
                cx.diagnostics.push(Diagnostic::error("wrong-type", node.span, message).help(help));
                None
            }
            _ => {
                cx.wrong_type(node, Self::EXPECTED);
                None
            }
        }
    }

    fn shape() -> serde_json::Value {
        json!({ "type": "boolean" })
    }
}

/// Numbers, with `_` between digits allowed.
macro_rules! decode_numbers {
    ($($type:ty: $expected:literal $shape:tt),+) => {$(
        impl Decode for $type {
            const EXPECTED: &'static str = $expected;

            fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
                let parsed = match &node.data {
                    Data::Scalar { text, plain: true } => text.replace('_', "").parse().ok(),
                    _ => None,
                };
                if parsed.is_none() {
                    cx.wrong_type(node, Self::EXPECTED);
                }
                parsed
            }

            fn shape() -> serde_json::Value {
                json!($shape)
            }
        }
    )+};
}
decode_numbers!(
    i64: "a whole number" { "type": "integer" },
    u16: "a whole number up to 65535" { "type": "integer", "minimum": 0, "maximum": 65535 },
    usize: "a whole number" { "type": "integer", "minimum": 0 },
    f64: "a number" { "type": "number" }
);

impl<T: Decode> Decode for Vec<Located<T>> {
    const EXPECTED: &'static str = "a list";

    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let Data::List(items) = &node.data else {
            cx.wrong_type(node, Self::EXPECTED);
            return None;
        };
        let outer = cx.owner;
        let mut decode = |item: &Node<'_>| {
            cx.owner = item.start();
            T::decode(item, cx).map(|value| Located::new(value, item.span))
        };
        let mut values: Vec<_> = items.iter().filter_map(&mut decode).collect();
        values.shrink_to_fit();
        cx.owner = outer;
        Some(values)
    }

    fn shape() -> serde_json::Value {
        json!({ "type": "array", "items": T::shape() })
    }
}

/// One value, or a list of them.
#[derive(Clone, Debug)]
pub struct Many<T>(pub Vec<Located<T>>);

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Decode> Decode for Many<T> {
    const EXPECTED: &'static str = "one value or a list";

    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        match &node.data {
            Data::List(_) => Vec::decode(node, cx).map(Self),
            _ => T::decode(node, cx).map(|value| Self(vec![Located::new(value, node.span)])),
        }
    }

    fn shape() -> serde_json::Value {
        json!({ "anyOf": [{ "type": "array", "items": T::shape() }, T::shape()] })
    }
}

/// Values by name, in the order written.
#[derive(Clone, Debug)]
pub struct Named<T>(pub Vec<NamedEntry<T>>);

/// One name with its value.
#[derive(Clone, Debug)]
pub struct NamedEntry<T> {
    /// The key.
    pub name: Located<Text>,
    /// The value; `None` where it could not be read, which was reported.
    pub value: Option<T>,
    /// From the key to the end of the value.
    pub span: Span,
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Decode> Decode for Named<T> {
    const EXPECTED: &'static str = "a mapping of names to values";

    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let Data::Map(entries) = &node.data else {
            cx.wrong_type(node, Self::EXPECTED);
            return None;
        };
        cx.diagnostics.extend(entries.iter().filter(|entry| entry.bare).map(cut_by_comma));
        Some(Self(entries.iter().filter(|entry| !entry.bare).map(|entry| named_entry(entry, cx)).collect()))
    }

    fn shape() -> serde_json::Value {
        json!({ "type": "object", "additionalProperties": T::shape() })
    }
}

fn cut_by_comma(entry: &Entry<'_>) -> Diagnostic {
    let message = format!("`{}` has no value: the `,` before it ends the text there", excerpt(&entry.key));
    Diagnostic::error("wrong-type", entry.key_span, message).help(CUT_BY_COMMA)
}

fn named_entry<T: Decode>(entry: &Entry<'_>, cx: &mut Context<'_>) -> NamedEntry<T> {
    let name = Located::new(Text::from(&*entry.key), entry.key_span);
    let mut inner = Context { diagnostics: &mut *cx.diagnostics, owner: entry.key_span };
    let value = if matches!(entry.value.data, Data::Null) {
        let empty = Node { span: entry.key_span, data: Data::Null };
        T::decode(&empty, &mut inner)
    } else {
        T::decode(&entry.value, &mut inner)
    };
    NamedEntry { name, value, span: entry.span() }
}

/// Ids, each with a word about it or not: `[a, b]`, `{ a: why, b: why }`, or one id alone.
#[derive(Clone, Debug, Default)]
pub struct Links(pub Vec<Link>);

/// One id of [`Links`].
#[derive(Clone, Debug)]
pub struct Link {
    /// The id.
    pub id: Located<Text>,
    /// A role, or a reason.
    pub word: Option<Located<Text>>,
}

impl Decode for Links {
    const EXPECTED: &'static str = "an id, a list of ids, or ids each with a word about it";

    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        match &node.data {
            Data::Map(entries) => Some(Self(entries.iter().map(|entry| link(entry, cx)).collect())),
            Data::Null | Data::Unread => {
                cx.wrong_type(node, Self::EXPECTED);
                None
            }
            _ => {
                Many::decode(node, cx).map(|many| Self(many.0.into_iter().map(|id| Link { id, word: None }).collect()))
            }
        }
    }

    fn shape() -> serde_json::Value {
        let word = json!({ "type": ["string", "number", "boolean", "null"] });
        json!({ "anyOf": [{ "type": "object", "additionalProperties": word }, Many::<Text>::shape()] })
    }
}

fn link(entry: &Entry<'_>, cx: &mut Context<'_>) -> Link {
    let id = Located::new(Text::from(&*entry.key), entry.key_span);
    let word = match &entry.value.data {
        Data::Null | Data::Unread => None,
        _ => Text::decode(&entry.value, cx).map(|text| Located::new(text, entry.value.span)),
    };
    Link { id, word }
}
