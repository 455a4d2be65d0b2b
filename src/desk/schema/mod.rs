//! The JSON Schema (2020-12) of what a writer writes: sheets, front matter, `site.toml`.
//!
//! 1. The code that reads a file says which keys it asks for and of what type ([`Decode::shape`](sourcebook_core::base::tree::decode::Decode)).
//! 2. [`words`] says what each key means and which form its text has; a test demands a word for every key, and no other.
//! 3. What depends on several keys at once is added by hand: it is little.
//!
//! A schema refuses nothing that the program takes, but takes much that the program refuses: an id that nothing has, a value
//! that its question does not allow. It helps while typing; `sourcebook check` judges.

pub mod words;

use serde_json::{Map, Value, json};

use sourcebook_core::base::tree::decode::Decode;
use sourcebook_core::dossier::config;
use sourcebook_core::dossier::load::article::FrontMatter;
use sourcebook_core::dossier::load::sheet::Sheet;
use sourcebook_core::model::kinds::{CSL_TYPES, QuestionKind};
use words::{Form, RECORDS};

/// What a schema is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A sheet.
    Sheet,
    /// The front matter of an article.
    Article,
    /// `site.toml`.
    Site,
}

impl Subject {
    /// Every subject.
    pub const ALL: &[Self] = &[Self::Sheet, Self::Article, Self::Site];

    /// The word on the command line, and the schema's file without `.json`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sheet => "sheet",
            Self::Article => "article",
            Self::Site => "site",
        }
    }
}

/// The schema as it is written to a file: indented, with a line end.
pub fn text(of: Subject) -> String {
    format!("{:#}\n", schema(of))
}

/// The schema.
pub fn schema(of: Subject) -> Value {
    let (mut schema, title) = match of {
        Subject::Sheet => (Sheet::shape(), "A claim sheet of sourcebook"),
        Subject::Article => (FrontMatter::shape(), "The front matter of an article of sourcebook"),
        Subject::Site => (config::shape(), "site.toml of sourcebook"),
    };
    describe(&mut schema);
    if let Value::Object(root) = &mut schema {
        root.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
        root.insert("title".into(), title.into());
        // A sheet in which everything is commented out is an empty one.
        if of == Subject::Sheet {
            root.insert("type".into(), json!(["object", "null"]));
        }
    }
    schema
}

/// Adds the meaning of keys and the forms of texts to every record within.
fn describe(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            record(map);
            map.values_mut().for_each(describe);
        }
        Value::Array(items) => items.iter_mut().for_each(describe),
        _ => {}
    }
}

fn record(map: &mut Map<String, Value>) {
    let Some((name, keys)) = RECORDS.iter().find(|(name, _)| map.get("title").is_some_and(|t| t == name)) else {
        return;
    };
    let Some(Value::Object(properties)) = map.get_mut("properties") else { return };
    for (key, form, meaning) in *keys {
        if let Some(property) = properties.get_mut(*key) {
            constrain(property, *form);
            if let Value::Object(property) = property {
                property.insert("description".into(), (*meaning).into());
            }
        }
    }
    if *name == "Question" {
        let choices: Vec<_> = QuestionKind::ALL.iter().filter(|kind| kind.has_options()).map(|k| k.as_str()).collect();
        let choice = json!({ "properties": { "kind": { "enum": choices } }, "required": ["kind"] });
        map.insert("if".into(), choice);
        map.insert("then".into(), json!({ "required": ["options"] }));
    }
}

/// Narrows the texts of a shape to a form; records within have their own.
fn constrain(shape: &mut Value, form: Form) {
    let Value::Object(map) = shape else { return };
    if map.contains_key("properties") {
        return;
    }
    if let Some(Value::Array(branches)) = map.get_mut("anyOf") {
        branches.iter_mut().for_each(|branch| constrain(branch, form));
    } else if let Some(items) = map.get_mut("items") {
        // The members of a set of dates have a grammar of their own.
        if form != Form::Date {
            constrain(items, form);
        }
    } else if map.contains_key("additionalProperties") {
        if let Some(pattern) = pattern(form) {
            map.insert("propertyNames".into(), json!({ "pattern": pattern }));
        }
    } else if form == Form::CslType {
        *map = Map::from_iter([("enum".to_owned(), json!(CSL_TYPES))]);
    } else if let Some(pattern) = pattern(form) {
        map.insert("pattern".into(), pattern.into());
    }
}

/// A regular expression (ECMA-262) that every text of a form matches.
fn pattern(form: Form) -> Option<&'static str> {
    Some(match form {
        Form::Any | Form::CslType => return None,
        Form::Id => "^[a-z0-9]+(-[a-z0-9]+)*$",
        // Loose: which months and days there are is the program's to say.
        Form::Date => {
            "^(\\[.+\\]|(-?[0-9X]{4}(-[0-9X]{2}){0,2}(T[0-9:Z+-]+)?[?~%]?|Y-?[0-9]{5,}[?~%]?|\\.\\.)?/(-?[0-9X]{4}(-[0-9X]{2}){0,2}[?~%]?|Y-?[0-9]{5,}[?~%]?|\\.\\.)?|-?[0-9X]{4}(-[0-9X]{2}){0,2}(T[0-9:Z+-]+)?[?~%]?|Y-?[0-9]{5,}[?~%]?)$"
        }
        Form::Day => "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        Form::Url => {
            "^([Hh][Tt][Tt][Pp][Ss]?://[^\\s\"<>\\\\`]+|[Mm][Aa][Ii][Ll][Tt][Oo]:[^\\s\"<>\\\\`]+@[^\\s\"<>\\\\`]*)$"
        }
        Form::WebUrl => "^https?://[^\\s\"<>#?]*$",
        Form::Language => "^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$",
        Form::Wikidata => "^Q[1-9][0-9]*$",
        Form::Window => "^[0-9]+[dmy]$",
        Form::Tolerance => "^([0-9][0-9_.]*\\s*%|[0-9]+[dmy]|\\+?[0-9][0-9_.]*)$",
        Form::Sha256 => "^[0-9A-Fa-f]{64}$",
        Form::Inside => "^(?!/)(?!.*\\.\\.)[^\\\\]+$",
    })
}

#[cfg(test)]
mod tests;
