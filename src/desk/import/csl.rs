//! CSL-JSON, as Zotero, Better BibTeX, Pandoc and our own export write it: a list of items, one item, or `{ "items": […] }`.
//!
//! Leniently: numbers as text, years as text, `raw` and `literal` dates, and whatever else is there is kept. Each value
//! is read from the piece of the file that holds it, so that what is wrong with it has a place.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::item::{DateOf, Draft, Item};
use super::{names, text};
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics, Report};
use sourcebook_core::base::file::{FileId, Span};

/// Reads all items.
pub fn read(file: FileId, text: &str) -> Report<Vec<Item>> {
    let mut source = Source { file, text, diagnostics: Vec::new() };
    let items = source.items().into_iter().filter_map(|raw| source.item(raw)).collect();
    Report::new(items, source.diagnostics)
}

type Raw<'t> = BTreeMap<Cow<'t, str>, &'t RawValue>;

struct Source<'t> {
    file: FileId,
    text: &'t str,
    diagnostics: Diagnostics,
}

impl<'t> Source<'t> {
    fn items(&mut self) -> Vec<&'t RawValue> {
        let whole = match serde_json::from_str::<&RawValue>(self.text) {
            Ok(whole) => whole,
            Err(error) => {
                self.refuse(&error);
                return Vec::new();
            }
        };
        if let Ok(items) = serde_json::from_str(whole.get()) {
            return items;
        }
        match serde_json::from_str::<Raw<'t>>(whole.get()) {
            Ok(map) => match map.get("items").and_then(|items| serde_json::from_str(items.get()).ok()) {
                Some(items) => items,
                None => vec![whole],
            },
            Err(_) => vec![whole],
        }
    }

    fn refuse(&mut self, error: &serde_json::Error) {
        let at = offset(self.text, error.line(), error.column());
        let said = error.to_string();
        let said = said.split(" at line ").next().unwrap_or_default();
        let message = format!("this is no JSON: {said}");
        let span = Span::new(self.file, at..at);
        self.diagnostics.push(Diagnostic::error("json-syntax", span, message).help("export the file again"));
    }

    fn span(&self, raw: &RawValue) -> Span {
        let start = (raw.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len());
        Span::new(self.file, start..(start + raw.get().len()).min(self.text.len()))
    }

    fn item(&mut self, raw: &'t RawValue) -> Option<Item> {
        let whole = self.span(raw);
        let Ok(fields) = serde_json::from_str::<Raw<'t>>(raw.get()) else {
            let message = "an item of CSL-JSON is an object, with `type` and `title`";
            self.diagnostics.push(Diagnostic::error("json-syntax", first_line(self.text, whole), message));
            return None;
        };
        let start = fields.get("id").map_or(first_line(self.text, whole), |id| self.span(id));
        let spans: Vec<_> = fields.iter().map(|(key, raw)| (&**key, self.span(raw), value(raw))).collect();
        let mut draft = Draft { item: Item::new(start), diagnostics: &mut self.diagnostics };
        // Before the publisher, who may be that of the larger work.
        for larger in [true, false] {
            let these = spans.iter().filter(|(key, ..)| (*key == "container-title") == larger);
            these.for_each(|(key, span, value)| take(&mut draft, key, value, *span));
        }
        Some(draft.finish())
    }
}

/// An item as long as a screen is not shown whole.
fn first_line(text: &str, span: Span) -> Span {
    let line = text[span.range()].split('\n').next().unwrap_or_default().len();
    span.part(0..line)
}

fn value(raw: &RawValue) -> Value {
    // Too deep for a value is kept as the text of it.
    serde_json::from_str(raw.get()).unwrap_or_else(|_| raw.get().into())
}

/// The byte of a line and a column from 1, as serde_json counts: in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    text.floor_char_boundary((before + column.saturating_sub(1)).min(text.len()))
}

fn take(draft: &mut Draft<'_>, key: &str, value: &Value, span: Span) {
    let plain = match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    match (key, plain) {
        ("id", Some(id)) => draft.item.key = id,
        ("type", Some(kind)) => {
            if !draft.csl_type(&kind) && !draft.csl_type(&of_zotero(&kind)) {
                draft.unknown_type(key, &text::line(&kind), span);
            }
        }
        ("title", Some(title)) => draft.title(&title),
        ("container-title" | "publisher", Some(name)) => draft.publisher(key, &name),
        ("URL", Some(url)) => draft.url(key, &url, span),
        ("DOI", Some(doi)) => draft.doi(key, &doi),
        ("language", Some(language)) => draft.language(key, &language, span),
        ("archive_location", Some(place)) => draft.archive(key, &place),
        ("author", _) => authors(draft, key, value),
        ("issued", _) => dates(draft, DateOf::Published, key, value, span),
        ("accessed", _) => dates(draft, DateOf::Accessed, key, value, span),
        (_, Some(_)) => match value {
            Value::String(words) => draft.keep(key, text::lines(words)),
            other => draft.keep(key, other.clone()),
        },
        (_, None) => draft.keep(key, cleaned(value, 0)),
    }
}

/// Item types of Zotero's own that some of its exports let through.
fn of_zotero(kind: &str) -> String {
    match kind {
        "journalArticle" => "article-journal",
        "newspaperArticle" => "article-newspaper",
        "magazineArticle" => "article-magazine",
        "blogPost" => "post-weblog",
        "bookSection" => "chapter",
        "conferencePaper" => "paper-conference",
        "forumPost" => "post",
        "film" | "videoRecording" => "motion_picture",
        "radioBroadcast" | "tvBroadcast" | "podcast" => "broadcast",
        "article-news" => "article-newspaper",
        "encyclopediaArticle" => "entry-encyclopedia",
        "dictionaryEntry" => "entry-dictionary",
        "statute" => "legislation",
        "case" => "legal_case",
        "presentation" => "speech",
        "computerProgram" => "software",
        "letter" | "email" => "personal_communication",
        "preprint" => "article",
        other => other,
    }
    .to_owned()
}

fn authors(draft: &mut Draft<'_>, key: &str, value: &Value) {
    let list = match value {
        Value::Array(list) => list.as_slice(),
        one => std::slice::from_ref(one),
    };
    for name in list {
        match (name, whole_name(name)) {
            (_, Some(name)) if !name.is_empty() => draft.author(&name),
            (other, _) => draft.keep(key, cleaned(other, 0)),
        }
    }
}

fn whole_name(name: &Value) -> Option<String> {
    if let Value::String(name) = name {
        return Some(name.clone());
    }
    let part = |key: &str| name.get(key).and_then(Value::as_str).unwrap_or_default();
    if !part("literal").is_empty() {
        return Some(part("literal").to_owned());
    }
    let particle = format!("{} {}", part("dropping-particle"), part("non-dropping-particle"));
    Some(names::whole(part("given"), &particle, part("family"), part("suffix")))
}

fn dates(draft: &mut Draft<'_>, of: DateOf, key: &str, value: &Value, span: Span) {
    match written(value) {
        Some(date) => draft.date(of, key, &date, span),
        None if value.is_null() => {}
        None => {
            let message = format!("this is not a date that can be told: it is kept under `extra.{key}`");
            draft.warn("bad-date", span, message, "write `{ \"date-parts\": [[2024, 10, 23]] }`");
            draft.keep(key, cleaned(value, 0));
        }
    }
}

/// A date variable of CSL as EDTF, or as the words that it has.
fn written(value: &Value) -> Option<String> {
    let words = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    if let Value::String(date) = value {
        return Some(date.clone());
    }
    let parts: Vec<String> = match value.get("date-parts").and_then(Value::as_array) {
        Some(parts) => parts.iter().map(|p| p.as_array().and_then(|p| date_of(p))).collect::<Option<_>>()?,
        None => Vec::new(),
    };
    // Where there are words as well, these are what was meant.
    let literal = words("literal").filter(|date| sourcebook_core::model::date::Edtf::parse(date).is_ok());
    let circa = value.get("circa").is_some_and(|c| !matches!(c, Value::Bool(false) | Value::Null));
    let about = if circa { "~" } else { "" };
    let season = value.get("season").and_then(|s| s.as_u64().or_else(|| s.as_str()?.parse().ok()));
    match (literal, parts.as_slice()) {
        (Some(literal), _) => Some(literal),
        (None, [year])
            if !year.trim_start_matches('-').contains('-') && season.is_some_and(|s| (1..=4).contains(&s)) =>
        {
            Some(format!("{year}-2{}{about}", season.unwrap_or(1)))
        }
        (None, [date]) => Some(format!("{date}{about}")),
        (None, [start, end]) => Some(format!("{start}{about}/{end}{about}")),
        (None, _) => words("raw").or_else(|| words("literal")).or_else(|| words("edtf")),
    }
}

fn date_of(parts: &[Value]) -> Option<String> {
    let number = |value: &Value| value.as_i64().or_else(|| value.as_str()?.trim().parse().ok());
    let numbers: Vec<i64> = parts.iter().map(number).collect::<Option<_>>()?;
    match numbers[..] {
        [year] => Some(year_of(year)),
        [year, month] => Some(format!("{}-{month:02}", year_of(year))),
        [year, month, day] => Some(format!("{}-{month:02}-{day:02}", year_of(year))),
        _ => None,
    }
}

/// CSL has no year 0: -1 is the year before 1, which is 0000 in EDTF.
fn year_of(year: i64) -> String {
    let year = if year < 0 { year.saturating_add(1) } else { year };
    match year {
        0..=9999 => format!("{year:04}"),
        -9999..0 => format!("-{:04}", -year),
        _ => format!("Y{year}"),
    }
}

/// Any value, its texts cleaned; what lies very deep, as JSON.
fn cleaned(value: &Value, depth: usize) -> Value {
    match value {
        Value::String(words) => text::lines(words).into(),
        Value::Array(_) | Value::Object(_) if depth > 8 => value.to_string().into(),
        Value::Array(list) => list.iter().map(|value| cleaned(value, depth + 1)).collect(),
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| (text::line(key).chars().take(100).collect::<String>(), cleaned(value, depth + 1)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}
