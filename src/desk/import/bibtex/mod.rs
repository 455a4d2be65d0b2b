//! BibTeX and biblatex.
//!
//! 1. [`split`], [`entry`]: the file cut into entries and these into fields, each for itself: a fault costs one entry.
//! 2. [`strings`]: `@string`s, wherever they stand in the file. A word that none defines stands for itself, with a warning.
//! 3. [`inherit`]: what an entry takes from those that it names (`crossref`, `xdata`), where it has nothing of its own.
//! 4. [`tex`]: TeX as words.
//! 5. [`fields`]: what the fields are in a source record. Names are taken apart by the crate `biblatex`.

mod entry;
mod fields;
mod inherit;
mod split;
mod strings;
mod tex;

use std::rc::Rc;

use super::item::Item;
use inherit::Inherited;
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics, Report};
use sourcebook_core::base::file::{FileId, Span};
use sourcebook_core::base::guard::caught;
use strings::Strings;

/// An entry with its words written out.
#[derive(Clone, Debug)]
struct Work<'t> {
    /// In lower case.
    kind: String,
    key: &'t str,
    /// Where the key stands.
    span: Span,
    /// Of a repeated field the first.
    values: Vec<Value>,
}

/// What a field says.
#[derive(Clone, Debug)]
struct Value {
    /// In lower case.
    name: Rc<str>,
    /// As it is typed.
    text: Rc<str>,
    span: Span,
}

/// Reads all entries.
pub fn read(file: FileId, text: &str) -> Report<Vec<Item>> {
    let mut diagnostics = Diagnostics::new();
    let entries = split::entries(file, text, &mut diagnostics);
    if !entries.iter().any(|entry| entry.kind != "string") && diagnostics.is_empty() {
        let help = "an entry reads `@article{key, title = {…}, …}`";
        let message = "there is no entry in this file";
        diagnostics.push(Diagnostic::error("bibtex-syntax", Span::new(file, 0..0), message).help(help));
    }
    let mut strings = Strings::new(text.len());
    entries.iter().filter(|entry| entry.kind == "string").for_each(|entry| strings.define(entry));
    let works: Vec<Work<'_>> = entries
        .into_iter()
        .filter(|entry| entry.kind != "string")
        .map(|entry| work(entry, &strings, &mut diagnostics))
        .collect();
    let inherited = Inherited::of(&works, strings.budget());
    let items = (0..works.len()).filter_map(|n| {
        let work = &works[n];
        if work.kind == "xdata" || work.kind == "set" {
            return None;
        }
        let values = inherited.values(n, &mut diagnostics);
        // Names and TeX are taken apart by a library: where it fails, it costs the entry.
        let item = caught(|| {
            let mut odd = Diagnostics::new();
            (fields::item(work, &values, &mut odd), odd)
        });
        match item {
            Some((item, odd)) => {
                diagnostics.extend(odd);
                Some(item)
            }
            None => {
                let message =
                    format!("the library that takes names apart fails at `{}`: the entry is left out", work.key);
                let help = "write its names and title without TeX";
                diagnostics.push(Diagnostic::error("bibtex-syntax", work.span, message).help(help));
                None
            }
        }
    });
    Report::new(items.collect(), diagnostics)
}

fn work<'t>(entry: entry::Entry<'t>, strings: &Strings, diagnostics: &mut Diagnostics) -> Work<'t> {
    let mut values: Vec<Value> = Vec::with_capacity(entry.fields.len());
    let mut names = std::collections::BTreeSet::new();
    for field in entry.fields {
        let text = strings.written(&field.pieces, &mut |piece| {
            if field.name != "month" {
                let message = format!("no `@string` says what `{}` is: it stands for itself", piece.text);
                let help = "define it, or write it in braces";
                diagnostics.push(Diagnostic::warning("bibtex-syntax", piece.span, message).help(help));
            }
        });
        if names.insert(field.name.clone()) {
            values.push(Value { name: field.name.into(), text: text.into(), span: field.span });
        } else if values.iter().any(|value| *value.name == *field.name && *value.text != *text) {
            let message = format!("this entry has `{}` twice: the first is taken", field.name);
            let help = "keep one of them";
            diagnostics.push(Diagnostic::warning("bibtex-syntax", field.span, message).help(help));
        }
    }
    Work { kind: entry.kind, key: entry.key, span: entry.span, values }
}
