//! Messages: nested tables of TOML files to texts by dotted key.
//!
//! 1. [`Messages::parse`]: every file read; later files replace single keys of earlier ones.
//! 2. Every text is set in the typography of the language ([`super::typography`]), so that a theme's author need not
//!    type narrow spaces.
//! 3. [`Messages::fill`] and [`Messages::count`]: `{name}` replaced, plain text in, plain text out.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{number, typography};
use crate::model::language::Language;

/// The words of an interface in one language. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Messages {
    language: Language,
    inner: Arc<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    /// By dotted key; only texts.
    texts: HashMap<String, String>,
    /// By the key of the table that holds them: the forms for one and for other numbers.
    forms: HashMap<String, [Option<String>; 2]>,
    /// The same, nested.
    tree: Value,
}

/// What the forms of a message are called.
const FORMS: [&str; 2] = ["one", "other"];

/// What is wrong with a file of messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageError {
    /// Which of the files given.
    pub file: usize,
    /// Bytes of that file.
    pub range: Range<usize>,
    /// In one sentence, without a full stop.
    pub message: String,
}

impl Messages {
    /// Reads files, each with its name and text; later ones replace single keys of earlier ones. The error is the first
    /// that is found: syntax, a value that is neither a text nor a table, a text where others have a table, or a
    /// placeholder that the replaced text did not have and that nothing would fill.
    pub fn parse(language: Language, files: &[(&str, &str)]) -> Result<Self, MessageError> {
        let mut inner = Inner::default();
        let mut tree = Map::new();
        for (file, (_, text)) in files.iter().enumerate() {
            let table = DeTable::parse(text).map_err(|error| MessageError {
                file,
                range: error.span().unwrap_or(0..0),
                message: format!("this is not TOML: {}", error.message()),
            })?;
            let mut reader = Reader { language, file, inner: &mut inner };
            reader.table(&mut tree, "", table.get_ref())?;
        }
        Ok(Self { language, inner: Arc::new(Inner { tree: Value::Object(tree), ..inner }) })
    }

    /// No messages at all: every key stands for itself.
    pub fn empty(language: Language) -> Self {
        Self { language, inner: Arc::new(Inner { tree: Value::Object(Map::new()), ..Inner::default() }) }
    }

    /// The language whose grammar applies.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The text of a dotted key; a key that is missing, or names a table, is given back.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).unwrap_or(key)
    }

    /// Whether a key has a text, or forms of one for numbers.
    pub fn has(&self, key: &str) -> bool {
        self.find(key).is_some() || self.form(key, 2).is_some()
    }

    /// The text of a key with `{name}` replaced; a placeholder without a value stays as it is.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        replace(self.text(key), values)
    }

    /// The form of a key for a number (`{ one, other }`), with `{n}` and the other placeholders replaced.
    pub fn count(&self, key: &str, n: usize, values: &[(&str, &str)]) -> String {
        let number = number::integer(i64::try_from(n).unwrap_or(i64::MAX), self.language);
        let number = ("n", number.as_str());
        let text = self.form(key, n).unwrap_or_else(|| self.text(key));
        if values.is_empty() { replace(text, &[number]) } else { replace(text, &[&[number], values].concat()) }
    }

    /// The names of the placeholders of a key, in order, each once; of all forms where it has several.
    pub fn placeholders(&self, key: &str) -> Vec<String> {
        let mut names = Vec::new();
        for text in [self.find(key), self.form(key, 1), self.form(key, 2)].into_iter().flatten() {
            for name in segments(text).filter_map(Segment::name) {
                if !names.iter().any(|known| known == name) {
                    names.push(name.to_owned());
                }
            }
        }
        names
    }

    /// All texts as nested objects, for templates.
    pub fn nested(&self) -> Value {
        self.inner.tree.clone()
    }

    /// The text of a key, if it has one.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.inner.texts.get(key).map(String::as_str)
    }

    /// The form for a number: `one` or `other`.
    fn form(&self, key: &str, n: usize) -> Option<&str> {
        let one = (self.language.rules().is_one)(n);
        self.inner.forms.get(key)?[usize::from(!one)].as_deref()
    }
}

/// A part of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Segment<'t> {
    /// As it is.
    Text(&'t str),
    /// `{name}`.
    Placeholder(&'t str),
}

impl<'t> Segment<'t> {
    fn name(self) -> Option<&'t str> {
        match self {
            Self::Placeholder(name) => Some(name),
            Self::Text(_) => None,
        }
    }
}

/// The parts of a message, in order. A brace that opens no name is text.
pub(super) fn segments(text: &str) -> impl Iterator<Item = Segment<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(name) = placeholder(rest) {
            rest = &rest[name.len() + 2..];
            return Some(Segment::Placeholder(name));
        }
        let later = rest.match_indices('{').find(|(i, _)| *i > 0 && placeholder(&rest[*i..]).is_some());
        let (text, after) = rest.split_at(later.map_or(rest.len(), |(i, _)| i));
        rest = after;
        Some(Segment::Text(text))
    })
}

/// The name of the placeholder that a text starts with.
fn placeholder(text: &str) -> Option<&str> {
    let (name, _) = text.strip_prefix('{')?.split_once('}')?;
    let sound = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    sound.then_some(name)
}

fn replace(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    for segment in segments(text) {
        match segment {
            Segment::Text(text) => out.push_str(text),
            Segment::Placeholder(name) => match values.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => out.push_str(value),
                None => out.extend(["{", name, "}"]),
            },
        }
    }
    out
}

/// Reads one file over what the files before it gave.
struct Reader<'m> {
    language: Language,
    file: usize,
    inner: &'m mut Inner,
}

impl Reader<'_> {
    fn table(&mut self, into: &mut Map<String, Value>, path: &str, table: &DeTable<'_>) -> Result<(), MessageError> {
        for (name, value) in table {
            let name = name.get_ref().as_ref();
            let key = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            self.value(into, name, &key, value)?;
        }
        Ok(())
    }

    fn value(
        &mut self,
        into: &mut Map<String, Value>,
        name: &str,
        key: &str,
        value: &Spanned<DeValue<'_>>,
    ) -> Result<(), MessageError> {
        match value.get_ref() {
            DeValue::String(text) => {
                if into.get(name).is_some_and(Value::is_object) {
                    return Err(self.error(value, format!("`{key}` is a table of messages, not a text")));
                }
                let text = self.typeset(text);
                self.check_placeholders(key, &text, value)?;
                into.insert(name.to_owned(), text.clone().into());
                if let Some(form) = FORMS.iter().position(|form| *form == name) {
                    let stem = key.strip_suffix(name).map_or(key, |stem| stem.trim_end_matches('.'));
                    self.inner.forms.entry(stem.to_owned()).or_default()[form] = Some(text.clone());
                }
                self.inner.texts.insert(key.to_owned(), text);
                Ok(())
            }
            DeValue::Table(table) => match into.entry(name).or_insert_with(|| Value::Object(Map::new())) {
                Value::Object(inner) => self.table(inner, key, table),
                _ => Err(self.error(value, format!("`{key}` is a text, not a table of messages"))),
            },
            _ => Err(self.error(value, format!("`{key}` must be a text between quotes"))),
        }
    }

    /// A message with markup is left alone: its quotation marks may be an attribute's.
    fn typeset(&self, text: &str) -> String {
        if text.contains('<') { text.to_owned() } else { typography::apply(self.language, text).into_owned() }
    }

    /// A slip in a placeholder would put braces before the reader's eyes.
    fn check_placeholders(&self, key: &str, text: &str, at: &Spanned<DeValue<'_>>) -> Result<(), MessageError> {
        let Some(before) = self.inner.texts.get(key) else { return Ok(()) };
        let known: Vec<_> = segments(before).filter_map(Segment::name).collect();
        let unknown = segments(text).filter_map(Segment::name).find(|name| *name != "n" && !known.contains(name));
        let Some(name) = unknown else { return Ok(()) };
        let list: Vec<_> = known.iter().map(|name| format!("{{{name}}}")).collect();
        let known = if list.is_empty() { "it has none".to_owned() } else { format!("known here: {}", list.join(", ")) };
        Err(self.error(at, format!("`{key}` is given no `{{{name}}}` ({known})")))
    }

    fn error(&self, at: &Spanned<DeValue<'_>>, message: String) -> MessageError {
        MessageError { file: self.file, range: at.span(), message }
    }
}
