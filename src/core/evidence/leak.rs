//! Words of captures that would be published: the last look at every page, whatever the way they came in.
//!
//! 1. [`Guard::new`] reads the captures, and declares what may be published of them: quotes, titles, names.
//! 2. [`Guard::scan`] reads all texts of a page, seen or not ([`html::everything`], the strings of JSON, the texts in
//!    escapes), and looks for runs of words of a capture ([`overlap`]) and for the names of its files.
//! 3. What is found is the fault `leak`, with the page, the words, and where the writer's files hold them.
//!
//! Texts that a source publishes, with rights, are no secret: neither their own captures nor words of other captures
//! that stand in them count.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::base::diagnostic::Diagnostic;
use crate::base::file::{Files, Span};
use crate::base::world::World;
use crate::dossier::config::Config;
use crate::dossier::load::Parsed;
use crate::evidence::normalise::normalise;
use crate::evidence::overlap::{self, Leak};
use crate::evidence::{brackets, html, parts, verify, words};
use crate::model::source::Author;
use crate::model::{Dossier, Text};

/// Guards what is written against words of captures; may be used from many threads.
pub struct Guard<'a> {
    runs: overlap::Guard,
    /// The sources of the captures, in their order.
    sources: Vec<Text>,
    /// Names that no page may hold.
    names: Vec<Text>,
    /// All of them, to be found at once: there are as many pages as captures.
    finder: Option<AhoCorasick>,
    /// The words of published texts and of parts of quotes ([`worded`]): what stands whole in one of them is no secret.
    published: Vec<String>,
    files: &'a Files,
}

impl<'a> Guard<'a> {
    /// A guard for this dossier; `None` where there are no captures to guard.
    pub fn new(dossier: &'a Dossier, parsed: &'a Parsed, world: &dyn World) -> Option<Self> {
        world.capture("").is_some().then_some(())?;
        let captures = verify::captures(dossier, world);
        let guarded: Vec<_> = (dossier.sources.iter().zip(&captures))
            .filter(|(source, _)| source.text.is_none())
            .filter_map(|(source, capture)| Some((source.head.id.value.clone(), capture.as_ref()?)))
            .collect();
        let run = parsed.config.leak_words + 1;
        let mut runs = overlap::Guard::new(guarded.iter().map(|(_, capture)| capture.level()), run);
        let declared = || declared(dossier).chain(parsed.beside.history.quotes());
        declared().for_each(|passage| runs.declare(passage));
        let texts =
            parsed.content.texts.iter().map(|(_, file)| worded(normalise(&parsed.files.get(*file).text).text()));
        let parts = declared().flat_map(parts::parts).map(|part| worded(part.level.text()));
        let read: Vec<_> = declared().flat_map(brackets::readings).collect();
        let read = read.iter().flat_map(|quote| parts::parts(quote)).map(|part| worded(part.level.text()));
        let published = texts.chain(parts).chain(read).collect();
        let sources = guarded.into_iter().map(|(id, _)| id).collect();
        let names = names(dossier, &parsed.config);
        let finder =
            AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(names.iter().map(|n| &**n)).ok();
        Some(Self { runs, sources, names, finder, published, files: &parsed.files })
    }

    /// What of captures a file of the output holds: the first thing found. `path` is the file's in the output.
    pub fn scan(&self, path: &str, bytes: &[u8]) -> Option<Diagnostic> {
        let written = std::str::from_utf8(bytes).ok()?;
        self.name(path, written).or_else(|| readings(path, written).iter().find_map(|text| self.words(path, text)))
    }

    fn name(&self, path: &str, written: &str) -> Option<Diagnostic> {
        let found = self.finder.as_ref()?.find_overlapping_iter(written).filter(|m| stands_alone(written, m.range()));
        let name = &self.names[found.map(|m| m.pattern().as_usize()).min()?];
        let message = format!("`{path}` would publish the name of a capture: `{name}`");
        let diagnostic = Diagnostic { span: self.place(name), ..Diagnostic::placeless("leak", message) };
        Some(diagnostic.help("the captures folder is private: take the name out of the text"))
    }

    fn words(&self, path: &str, text: &str) -> Option<Diagnostic> {
        let is_public = |leak: &Leak| {
            let words = worded(normalise(&text[leak.range.clone()]).text());
            self.published.iter().any(|published| published.contains(&words))
        };
        let leak = self.runs.leaks(text).into_iter().find(|leak| !is_public(leak))?;
        let words = text[leak.range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        let source = self.sources.get(leak.capture).map_or("", |id| id);
        let message = format!(
            "`{path}` would publish {} words of the capture of `{source}` that no quote declares: « {words} »",
            leak.words
        );
        let diagnostic = Diagnostic { span: self.place(&words), ..Diagnostic::placeless("leak", message) };
        Some(diagnostic.help("say it in your own words, or quote it in the evidence of a claim"))
    }

    /// Where the writer's files hold some words, if they do as they are.
    fn place(&self, words: &str) -> Option<Span> {
        let wanted = normalise(words);
        self.files.iter().find_map(|(id, file)| {
            let level = normalise(&file.text);
            let at = level.text().find(wanted.text())?;
            Some(Span::new(id, level.original(at..at + wanted.text().len())))
        })
    }
}

/// Hashes what a [`Guard`] is made of but the captures themselves: a page of the same bytes passes the same guard.
pub fn hash_of_guarded(dossier: &Dossier, parsed: &Parsed, state: &mut impl Hasher) {
    declared(dossier).chain(parsed.beside.history.quotes()).for_each(|passage| passage.hash(state));
    names(dossier, &parsed.config).hash(state);
    let sources = dossier.sources.iter();
    sources.for_each(|source| (&source.head.id.value, source.text.is_some(), source.capture.is_some()).hash(state));
}

/// What may be published of captures: quotes, titles, and the names that make up a reference.
fn declared(dossier: &Dossier) -> impl Iterator<Item = &str> {
    let evidence = dossier.claims.iter().flat_map(|claim| &claim.evidence);
    let quotes = evidence.filter_map(|e| e.quote.as_ref()).map(|quote| &*quote.value);
    let titles = dossier.sources.iter().map(|source| &*source.title);
    let authors = dossier.sources.iter().flat_map(|source| source.authors.iter().chain(&source.publisher));
    let written = authors.filter_map(|author| if let Author::Name(name) = author { Some(name) } else { None });
    let names = dossier.actors.iter().flat_map(|actor| std::iter::once(&actor.name).chain(&actor.aliases));
    // A page holds its own address, whose words a sheet publishes as any other.
    let addresses = dossier.sources.iter().flat_map(move |source| {
        let archive = source.archive.as_ref().map(|archive| &archive.url);
        source.url.iter().chain(archive).map(|url| &**url)
    });
    quotes.chain(titles).chain(addresses).chain(written.chain(names).map(|name| &**name))
}

/// The names of the captures' files, and their folder where it is more than a word.
fn names(dossier: &Dossier, config: &Config) -> Vec<Text> {
    let files = dossier.sources.iter().filter_map(|source| Some(source.capture.as_ref()?.file.value.clone()));
    let folder = config.captures.iter().filter(|dir| dir.contains('/')).cloned();
    let mut names: Vec<Text> = files.chain(folder).filter(|name| name.len() > 3).collect();
    names.sort();
    names.dedup();
    names
}

/// Whether a name that stands there is no part of a longer one.
fn stands_alone(text: &str, at: Range<usize>) -> bool {
    let edge = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    edge(text[..at.start].chars().next_back()) && edge(text[at.end..].chars().next())
}

/// The words of a levelled text in lower case, each between spaces: signs, which formats escape, are no words.
fn worded(level: &str) -> String {
    let mut out = String::from(" ");
    for word in words::words(level) {
        out.push_str(&level[word].to_lowercase());
        out.push(' ');
    }
    out
}

/// The ways in which a file may be read: as it is, without its markup, with its escapes undone.
fn readings<'t>(path: &str, written: &'t str) -> Vec<Cow<'t, str>> {
    let mut readings = vec![Cow::Borrowed(written)];
    if let Some(json) = (path.ends_with("json") || path.ends_with("jsonld")).then(|| strings(written)).flatten() {
        readings.push(json.into());
    }
    if written.contains('<') {
        let inner = html::everything(written);
        // A feed holds pages within its pages.
        if inner.contains('<') {
            readings.push(html::everything(&inner).into());
        }
        readings.push(inner.into());
    }
    let escaped: Vec<Cow<'t, str>> =
        readings.iter().filter(|text| text.contains('\\')).map(|text| unescape(text).into()).collect();
    readings.extend(escaped);
    readings
}

/// The strings of a JSON document, each a paragraph; those that hold markup without it.
fn strings(written: &str) -> Option<String> {
    let mut out = String::new();
    collect(&serde_json::from_str(written).ok()?, &mut out);
    Some(out)
}

fn collect(value: &serde_json::Value, out: &mut String) {
    use serde_json::Value;
    match value {
        Value::String(text) if text.contains('<') => *out += &(html::everything(text) + "\n\n"),
        Value::String(text) => *out += &(text.clone() + "\n\n"),
        Value::Array(items) => items.iter().for_each(|item| collect(item, out)),
        Value::Object(map) => map.iter().for_each(|(key, value)| {
            *out += &(key.clone() + "\n\n");
            collect(value, out);
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Undoes the escapes of JSON, JavaScript and YAML as far as they hide words.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let digits = match rest.bytes().next() {
            Some(b'u') => 4,
            Some(b'x') => 2,
            _ => 0,
        };
        let code = rest.get(1..1 + digits).filter(|_| digits > 0).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        match (code.and_then(char::from_u32), rest.chars().next()) {
            (Some(c), _) => {
                out.push(c);
                rest = &rest[1 + digits..];
            }
            (None, Some(c)) => {
                out.push(if matches!(c, 'n' | 't' | 'r') { ' ' } else { c });
                rest = &rest[c.len_utf8()..];
            }
            (None, None) => {}
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests;
