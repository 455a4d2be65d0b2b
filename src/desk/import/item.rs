//! A work as it was read from another program's file: what a source record may say, and all the rest.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{date, names, text};
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics};
use sourcebook_core::base::file::Span;
use sourcebook_core::base::url::is_safe_url;
use sourcebook_core::model::kinds::CSL_TYPES;

/// A cited work.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What the file calls it; empty where it calls it nothing.
    pub key: String,
    /// Where its key stands, or where it begins.
    pub span: Span,
    /// Title.
    pub title: Option<String>,
    /// A CSL type.
    pub kind: &'static str,
    /// Names, in the order in which they are said.
    pub authors: Vec<String>,
    /// Outlet, site or publisher.
    pub publisher: Option<String>,
    /// EDTF.
    pub published: Option<String>,
    /// How the date of publication was inferred: as the file has it, in square brackets.
    pub inferred: Option<String>,
    /// EDTF.
    pub accessed: Option<String>,
    /// An address that a page may link to.
    pub url: Option<String>,
    /// The address of a copy.
    pub archive: Option<String>,
    /// A BCP 47 tag.
    pub language: Option<String>,
    /// Without `https://doi.org/`.
    pub doi: Option<String>,
    /// The address of a preprint, for a work that has no other.
    pub eprint: Option<String>,
    /// The title stands in for one that is not there.
    pub untitled: bool,
    /// What a source has no field for.
    pub extra: BTreeMap<String, Value>,
    /// Fields left out because they mean something on one machine only.
    pub left_out: Vec<String>,
}

impl Item {
    /// A work of which nothing is known yet.
    pub fn new(span: Span) -> Self {
        Self {
            key: String::new(),
            span,
            title: None,
            kind: "document",
            authors: Vec::new(),
            publisher: None,
            published: None,
            inferred: None,
            accessed: None,
            url: None,
            archive: None,
            language: None,
            doi: None,
            eprint: None,
            untitled: false,
            extra: BTreeMap::new(),
            left_out: Vec::new(),
        }
    }
}

/// A work while it is read: what has no place is kept, and what is wrong told.
pub struct Draft<'d> {
    /// So far.
    pub item: Item,
    /// What is wrong with it.
    pub diagnostics: &'d mut Diagnostics,
}

/// One of the dates of a work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOf {
    /// When it was published.
    Published,
    /// When it was read.
    Accessed,
}

impl Draft<'_> {
    /// The title, unless it has one.
    pub fn title(&mut self, title: &str) {
        let title = text::unmarked(title);
        if self.item.title.is_none() && !title.is_empty() {
            self.item.title = Some(title);
        }
    }

    /// An author, of whom nothing is known but the name.
    pub fn author(&mut self, name: &str) {
        let name = text::line(name);
        if !name.is_empty() {
            self.item.authors.push(name);
        }
    }

    /// Where it appeared; a second one (the publisher of a journal) is kept under `key`.
    pub fn publisher(&mut self, key: &str, name: &str) {
        let name = text::unmarked(name);
        if name.is_empty() {
            return;
        }
        match &self.item.publisher {
            None => self.item.publisher = Some(name),
            Some(first) if *first == name => {}
            Some(_) => self.keep(key, name),
        }
    }

    /// A date; one that cannot be told is kept under `key`.
    pub fn date(&mut self, of: DateOf, key: &str, written: &str, span: Span) {
        let written = text::line(written);
        match date::edtf(&written) {
            Ok(None) => {}
            Ok(Some(date)) => {
                let slot = match of {
                    DateOf::Published => &mut self.item.published,
                    DateOf::Accessed => &mut self.item.accessed,
                };
                if slot.is_none() && of == DateOf::Published && date::is_supplied(&written) {
                    self.item.inferred = Some(written.clone());
                }
                match slot {
                    // A year and a full date: what is more exact is meant by both.
                    Some(first) if date.len() > first.len() && date.starts_with(&**first) => *slot = Some(date),
                    Some(first) if first.starts_with(&date) => {}
                    Some(_) => self.keep(key, written),
                    None => *slot = Some(date),
                }
            }
            Err(date::Untold) => {
                let message = format!("`{written}` is not a date that can be told: it is kept under `extra.{key}`");
                self.warn("bad-date", span, message, "write the date as `2024-10-23`, `2024-10` or `2024`");
                self.keep(key, written);
            }
        }
    }

    /// The address; one that no page may link to is kept under `key`.
    pub fn url(&mut self, key: &str, url: &str, span: Span) {
        let url = url.trim();
        if url.is_empty() || self.item.url.as_deref() == Some(url) {
            return;
        }
        if !is_safe_url(url) {
            let message = format!(
                "`{}` is not an address that a page may link to: it is kept under `extra.{key}`",
                text::line(url)
            );
            self.warn(
                "unsafe-url",
                span,
                message,
                "addresses begin with `https://`, `http://` or `mailto:`, and hold no spaces",
            );
            return self.keep(key, text::line(url));
        }
        match &self.item.url {
            None => self.item.url = Some(url.to_owned()),
            Some(_) => self.keep(key, url.to_owned()),
        }
    }

    /// A note; our own exports say in one where a copy is.
    pub fn note(&mut self, key: &str, note: &str) {
        match note.trim().strip_prefix("Archive: ").filter(|url| is_safe_url(url.trim())) {
            Some(url) => self.archive(key, url),
            None => self.keep(key, text::lines(note)),
        }
    }

    /// Where a copy is; what is no address is kept under `key`.
    pub fn archive(&mut self, key: &str, place: &str) {
        let place = text::line(place);
        match self.item.archive {
            None if is_safe_url(&place) => self.item.archive = Some(place),
            _ => self.keep(key, place),
        }
    }

    /// The language; one that has no tag is kept under `key`.
    pub fn language(&mut self, key: &str, language: &str, span: Span) {
        let language = text::line(language);
        match names::language(&language) {
            _ if language.is_empty() => {}
            Some(tag) if self.item.language.as_ref().is_none_or(|first| *first == tag) => {
                self.item.language = Some(tag)
            }
            Some(_) => self.keep(key, language),
            None => {
                let message = format!("`{language}` has no language tag that we know: it is kept under `extra.{key}`");
                self.warn("bad-value", span, message, "write a tag such as `fr` or `pt-BR`");
                self.keep(key, language);
            }
        }
    }

    /// The DOI, without the address of the resolver.
    pub fn doi(&mut self, key: &str, doi: &str) {
        let doi = text::line(doi);
        let bare = bare_doi(&doi);
        match bare {
            Some(bare) if self.item.doi.is_none() => self.item.doi = Some(bare.to_owned()),
            _ => self.keep(key, doi),
        }
    }

    /// A preprint's number, in an archive whose addresses are known. It stays under `extra`.
    pub fn eprint(&mut self, archive: &str, id: &str) {
        self.item.eprint = eprint(archive, id);
    }

    /// A CSL type by its name, or nothing.
    pub fn csl_type(&mut self, name: &str) -> bool {
        let found = CSL_TYPES.iter().find(|kind| **kind == name);
        if let Some(kind) = found {
            self.item.kind = kind;
        }
        found.is_some()
    }

    /// A type that no CSL type stands for.
    pub fn unknown_type(&mut self, key: &str, name: &str, span: Span) {
        let message = format!("`{name}` is no type that we know: the work becomes a `{}`", self.item.kind);
        self.warn("unknown-value", span, message, "set `type` in the sheet, to a CSL type such as `report`");
        self.keep(key, name.to_owned());
    }

    /// Keeps what a source has no field for; values of one key become a list.
    pub fn keep(&mut self, key: &str, value: impl Into<Value>) {
        let value = value.into();
        if matches!(&value, Value::Null) || value.as_str().is_some_and(str::is_empty) {
            return;
        }
        let key: String = text::line(key).chars().take(100).collect();
        match self.item.extra.get_mut(&key) {
            None => {
                self.item.extra.insert(key, value);
            }
            Some(first) if *first == value => {}
            Some(Value::Array(list)) => list.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }

    /// Something that is read otherwise than it was written.
    pub fn warn(&mut self, code: &'static str, span: Span, message: String, help: &str) {
        self.diagnostics.push(Diagnostic::warning(code, span, message).help(help));
    }

    /// The work as it was read: with an address where it has a DOI, and with a title.
    pub fn finish(mut self) -> Item {
        if let (None, Some(doi)) = (&self.item.url, &self.item.doi) {
            let url = format!("https://doi.org/{}", doi.replace('<', "%3C").replace('>', "%3E"));
            self.item.url = Some(url).filter(|url| is_safe_url(url));
        }
        if self.item.url.is_none() {
            self.item.url.clone_from(&self.item.eprint);
        }
        if let Some(doi) = self.item.doi.clone() {
            self.keep("doi", doi);
        }
        if self.item.title.is_none() {
            let known = [self.item.publisher.as_deref(), self.item.url.as_deref(), Some(&*self.item.key)];
            let stand_in = known.into_iter().flatten().find(|text| !text.is_empty()).unwrap_or("?").to_owned();
            let message = format!("this work has no title: `{stand_in}` stands in for it");
            self.warn("missing-field", self.item.span, message, "give it a `title` in the sheet");
            self.item.title = Some(stand_in);
            self.item.untitled = true;
        }
        self.item
    }
}

/// A DOI without what often stands before it: `https://doi.org/`, `doi:`, `Doi `, one behind the other.
pub fn bare_doi(text: &str) -> Option<&str> {
    const BEFORE: [&str; 8] = ["https://", "http://", "www.", "dx.", "doi.org/", "doi:", "doi", "="];
    let mut doi = text.trim();
    while let Some(start) =
        BEFORE.iter().find(|start| doi.get(..start.len()).is_some_and(|is| is.eq_ignore_ascii_case(start)))
    {
        doi = doi[start.len()..].trim_start();
    }
    let (prefix, suffix) = doi.strip_prefix("10.")?.split_once('/')?;
    let sound = !prefix.is_empty()
        && prefix.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && !suffix.is_empty()
        && !doi.contains(char::is_whitespace);
    sound.then_some(doi)
}

/// The address of a preprint or a copy, by its archive and its number there.
fn eprint(archive: &str, id: &str) -> Option<String> {
    let id = text::line(id);
    let (archive, id) = match id.split_once(':') {
        Some((start, rest)) if archive.is_empty() || start.eq_ignore_ascii_case(archive) => {
            (start.to_owned(), rest.trim().to_owned())
        }
        _ => (archive.to_owned(), id),
    };
    let plain = |more: &str| !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c));
    let url = match archive.to_ascii_lowercase().as_str() {
        "arxiv" if plain("./-") && id.bytes().any(|b| b.is_ascii_digit()) => format!("https://arxiv.org/abs/{id}"),
        "jstor" if plain("./") => format!("https://www.jstor.org/stable/{id}"),
        "pubmed" | "pmid" if id.bytes().all(|b| b.is_ascii_digit()) && plain("") => {
            format!("https://pubmed.ncbi.nlm.nih.gov/{id}/")
        }
        "hdl" if plain("./-") && id.contains('/') => format!("https://hdl.handle.net/{id}"),
        _ => return None,
    };
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dois() {
        for (text, expect) in [
            ("10.1000/182", Some("10.1000/182")),
            ("https://doi.org/10.1000/182", Some("10.1000/182")),
            ("doi: 10.1000/1(2)<3", Some("10.1000/1(2)<3")),
            ("11.1000/182", None),
            ("10.1000/", None),
            ("10.1000/1 82", None),
            ("Doi 10.1000/182", Some("10.1000/182")),
            ("DOI: https://doi.org/10.1000/182", Some("10.1000/182")),
            ("http://www.doi.org/10.1000/182", Some("10.1000/182")),
            ("doi", None),
        ] {
            assert_eq!(bare_doi(text), expect, "{text}");
        }
    }

    #[test]
    fn eprints() {
        for (archive, id, expect) in [
            ("arXiv", "1503.00993v2", Some("https://arxiv.org/abs/1503.00993v2")),
            ("arxiv", "arXiv:hep-th/9901001", Some("https://arxiv.org/abs/hep-th/9901001")),
            ("", "arXiv:1503.00993", Some("https://arxiv.org/abs/1503.00993")),
            ("jstor", "2506884", Some("https://www.jstor.org/stable/2506884")),
            ("JSTOR", "10.2307/2506884", Some("https://www.jstor.org/stable/10.2307/2506884")),
            ("pubmed", "12345", Some("https://pubmed.ncbi.nlm.nih.gov/12345/")),
            ("", "1503.00993", None),
            ("arxiv", "javascript:alert(1)", None),
            ("arxiv", "a b", None),
            ("jstor", "../x y", None),
        ] {
            assert_eq!(eprint(archive, id).as_deref(), expect, "{archive} {id}");
        }
    }
}
