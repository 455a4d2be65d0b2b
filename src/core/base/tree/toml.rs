//! TOML (`site.toml`) to a [`Tree`], with every syntax error of the file.

use std::borrow::Cow;

use toml::de::{DeTable, DeValue};

use super::{Data, Entry, Node, Tree, control};
use crate::base::diagnostic::{Diagnostic, Diagnostics, Report};
use crate::base::file::{FileId, Span};

/// Reads a TOML document.
pub fn parse(file: FileId, text: &str) -> Report<Tree<'_>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let span = Span::new(file, table.span());
    let mut diagnostics: Vec<_> = errors
        .iter()
        .map(|error| {
            let at = Span::new(file, error.span().unwrap_or(0..0));
            let diagnostic = Diagnostic::error("toml-syntax", at, format!("this is not TOML: {}", error.message()));
            match help(error.message()) {
                Some(help) => diagnostic.help(help),
                None => diagnostic,
            }
        })
        .collect();
    let broken = !diagnostics.is_empty();
    let root = Node { span, data: Data::Map(entries(file, table.into_inner(), &mut diagnostics)) };
    Report::new(Tree { root, comments: Vec::new(), broken }, diagnostics)
}

fn help(message: &str) -> Option<&'static str> {
    let has = |word| message.contains(word);
    match () {
        () if has("duplicate key") => Some("keep one of the two"),
        () if has("invalid boolean") || has("literal") => Some("text needs quotation marks: `language = \"fr\"`"),
        () if has("string") => Some("close the quotation mark on its line"),
        () if has("unclosed") => Some("close the bracket on its line"),
        () => None,
    }
}

fn entries<'t>(file: FileId, table: DeTable<'t>, diagnostics: &mut Diagnostics) -> Vec<Entry<'t>> {
    let mut entries: Vec<_> = table
        .into_iter()
        .map(|(key, value)| Entry {
            key_span: Span::new(file, key.span()),
            key: key.into_inner(),
            bare: false,
            value: node(file, value, diagnostics),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    entries
}

fn node<'t>(file: FileId, value: toml::Spanned<DeValue<'t>>, diagnostics: &mut Diagnostics) -> Node<'t> {
    let span = Span::new(file, value.span());
    let plain = |text: Cow<'static, str>| Data::Scalar { text, plain: true };
    let data = match value.into_inner() {
        DeValue::String(text) => {
            diagnostics.extend(control(&text, span, "toml-syntax"));
            Data::Scalar { text, plain: false }
        }
        DeValue::Integer(number) => plain(number.to_string().into()),
        DeValue::Float(number) => plain(number.to_string().into()),
        DeValue::Boolean(truth) => plain(truth.to_string().into()),
        DeValue::Datetime(date) => plain(date.to_string().into()),
        DeValue::Array(items) => Data::List(items.into_iter().map(|item| node(file, item, diagnostics)).collect()),
        DeValue::Table(table) => Data::Map(entries(file, table, diagnostics)),
    };
    Node { span, data }
}
