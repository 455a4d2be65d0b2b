//! BibTeX and biblatex: `biblatex` reads the entries, we say what their fields are here.
//!
//! 1. [`split`]: the file cut into entries, each of which is read on its own, so that all faults are told at once.
//! 2. `@string`s in their order: one may use those above it. A word that none defines stands for itself, with a warning:
//!    the journals of `\apj` and its like.
//! 3. Each entry's fields; those of the entry it refers to (`crossref`, `xdata`) are filled in by `biblatex`.

mod fields;
mod split;

use std::borrow::Cow;
use std::collections::BTreeMap;

use biblatex::{Bibliography, Entry, Pair, ParseError, ParseErrorKind, RawBibliography, RawChunk, RawEntry, Spanned};

use super::item::Item;
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics, Report};
use sourcebook_core::base::file::{FileId, Span};
use split::Block;

/// What all `@string`s of an entry together may come to.
const LONGEST: usize = 1 << 20;

/// Reads all entries.
pub fn read(file: FileId, text: &str) -> Report<Vec<Item>> {
    let mut diagnostics = Diagnostics::new();
    let mut entries = Vec::new();
    let mut strings = Strings::default();
    let (blocks, text) = split::blocks(file, text, &mut diagnostics);
    let text = &*untie(&text, &blocks);
    for block in blocks {
        let start = block.range.start;
        match RawBibliography::parse(&text[block.range.clone()]) {
            Ok(raw)
                if raw.entries.iter().any(|entry| !text[start + entry.span.end..block.range.end].trim().eq("}")) =>
            {
                let span = Span::new(file, start..start + raw.entries.first().map_or(1, |entry| entry.v.key.span.end));
                let message = "this entry cannot be read to its end";
                let help = "look for a quotation mark or a brace that is not closed";
                diagnostics.push(Diagnostic::error("bibtex-syntax", span, message).help(help));
            }
            Ok(raw) => {
                strings.add(raw.abbreviations);
                entries.extend(raw.entries.into_iter().map(|entry| (start, entry.v)));
            }
            Err(error) => diagnostics.push(fault(file, &block, &error)),
        }
    }
    if entries.is_empty() && diagnostics.is_empty() {
        let help = "an entry reads `@article{key, title = {…}, …}`";
        let message = "there is no entry in this file";
        diagnostics.push(Diagnostic::error("bibtex-syntax", Span::new(file, 0..0), message).help(help));
    }
    let entries = Entries { file, all: &entries, strings: &strings };
    let items = (0..entries.all.len()).filter_map(|n| entries.item(n, &mut diagnostics)).collect();
    Report::new(items, diagnostics)
}

/// Fields whose values are no running text.
const ADDRESSES: [&str; 5] = ["url", "doi", "file", "eprint", "howpublished"];

/// The text with TeX's ties as spaces, every byte in its place: `biblatex` leaves them as they are. In addresses and dates
/// `~` means something else, and after a backslash too.
fn untie<'t>(text: &'t str, blocks: &[Block]) -> Cow<'t, str> {
    let is_kept = |field: &str| ADDRESSES.contains(&field) || ["date", "urldate", "year"].contains(&field);
    let mut ties = Vec::new();
    for block in blocks.iter().filter(|block| text[block.range.clone()].contains('~')) {
        let Ok(raw) = RawBibliography::parse(&text[block.range.clone()]) else { continue };
        let fields = raw.entries.iter().flat_map(|entry| &entry.v.fields);
        for field in fields.filter(|field| !is_kept(&field.key.v.to_ascii_lowercase())) {
            let range = block.range.start + field.value.span.start..block.range.start + field.value.span.end;
            let found = text[range.clone()].match_indices('~').map(|(at, _)| range.start + at);
            ties.extend(found.filter(|at| !text[..*at].ends_with('\\')));
        }
    }
    if ties.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for at in ties {
        out.push_str(&text[from..at]);
        out.push(' ');
        from = at + 1;
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// Where an entry cannot be read; offsets are those of its block.
fn fault(file: FileId, block: &Block, error: &ParseError) -> Diagnostic {
    let length = block.range.len();
    let at = |offset: usize| block.range.start + offset.min(length);
    let span = Span::new(file, at(error.span.start)..at(error.span.end));
    let message = format!("this entry cannot be read: {}", error.kind);
    let help = match &error.kind {
        ParseErrorKind::Expected(_) => "fields read `name = {value}`, with a comma between two",
        ParseErrorKind::UnexpectedEof => "look for a quotation mark, a `$` or a brace that is not closed",
        _ => "mend the entry, or leave it out",
    };
    Diagnostic::error("bibtex-syntax", span, message).help(help)
}

/// What `@string` defines, written out.
#[derive(Default)]
struct Strings<'t> {
    known: BTreeMap<&'t str, Vec<&'t str>>,
}

impl<'t> Strings<'t> {
    fn add(&mut self, pairs: Vec<Pair<'t>>) {
        for pair in pairs {
            let written = self.written(&pair.value.v, &mut |_| {});
            self.known.insert(pair.key.v, written);
        }
    }

    /// The texts of a value; `unknown` is told of words that nothing defines.
    fn written(
        &self,
        chunks: &[Spanned<RawChunk<'t>>],
        unknown: &mut dyn FnMut(&Spanned<RawChunk<'t>>),
    ) -> Vec<&'t str> {
        let mut out: Vec<&str> = Vec::new();
        for chunk in chunks {
            match chunk.v {
                RawChunk::Normal(text) => out.push(text),
                RawChunk::Abbreviation(name) => match self.known.get(name) {
                    Some(texts) if out.len() + texts.len() < 1000 && length(&out) + length(texts) < LONGEST => {
                        out.extend(texts);
                    }
                    Some(_) => {}
                    None => {
                        unknown(chunk);
                        out.push(name);
                    }
                },
            }
        }
        out
    }
}

fn length(texts: &[&str]) -> usize {
    texts.iter().map(|text| text.len()).sum()
}

struct Entries<'a, 't> {
    file: FileId,
    /// Each with the offset of its block.
    all: &'a [(usize, RawEntry<'t>)],
    strings: &'a Strings<'t>,
}

impl<'t> Entries<'_, 't> {
    fn item(&self, n: usize, diagnostics: &mut Diagnostics) -> Option<Item> {
        let (start, raw) = &self.all[n];
        let kind = raw.kind.v.to_ascii_lowercase();
        if kind == "xdata" || kind == "set" {
            return None;
        }
        let block = Block { kind, range: *start..start + self.end_of(raw) };
        let key = Span::new(self.file, start + raw.key.span.start..start + raw.key.span.end);
        let mut own = self.plain(raw, &mut |chunk, field| {
            if let (RawChunk::Abbreviation(name), false) = (&chunk.v, field == "month") {
                let message = format!("no `@string` says what `{name}` is: it stands for itself");
                let span = Span::new(self.file, start + chunk.span.start..start + chunk.span.end);
                diagnostics
                    .push(Diagnostic::warning("bibtex-syntax", span, message).help("define it, or write it in braces"));
            }
        });
        let parents = self.parents(raw, n);
        // An entry that refers to itself would be looked up without end.
        own.v.fields.retain(|pair| !(refers(pair) && self.names(pair).contains(&raw.key.v)));
        let entries: Vec<_> = std::iter::once(own).chain(parents).collect();
        let entry = match Bibliography::from_raw(RawBibliography {
            preamble: String::new(),
            entries,
            abbreviations: Vec::new(),
        }) {
            Ok(read) => read.into_vec().into_iter().next()?,
            Err(error) => {
                diagnostics.push(fault(self.file, &block, &error));
                return None;
            }
        };
        Some(fields::item(&Place { file: self.file, start: *start, key, raw }, &entry, &block.kind, diagnostics))
    }

    fn end_of(&self, raw: &RawEntry<'_>) -> usize {
        raw.fields.iter().map(|field| field.value.span.end).chain([raw.key.span.end]).max().unwrap_or(0)
    }

    /// The entry with its words written out, and of a repeated field the first.
    fn plain(
        &self,
        raw: &RawEntry<'t>,
        unknown: &mut dyn FnMut(&Spanned<RawChunk<'t>>, &str),
    ) -> Spanned<RawEntry<'t>> {
        let mut seen = Vec::new();
        let mut fields = Vec::new();
        for pair in &raw.fields {
            let name = pair.key.v.to_ascii_lowercase();
            let texts = self.strings.written(&pair.value.v, &mut |chunk| unknown(chunk, &name));
            if seen.contains(&name) {
                continue;
            }
            seen.push(name);
            let span = pair.value.v.first().map_or(pair.value.span.clone(), |first| first.span.clone());
            let chunks = texts.into_iter().map(|text| Spanned::new(RawChunk::Normal(text), span.clone())).collect();
            fields.push(Pair::new(pair.key.clone(), Spanned::new(chunks, pair.value.span.clone())));
        }
        let entry = RawEntry { key: raw.key.clone(), kind: raw.kind.clone(), fields };
        Spanned::new(entry, 0..self.end_of(raw))
    }

    /// The entries that this one takes fields from, which themselves take none: no chain, no circle.
    fn parents(&self, raw: &RawEntry<'t>, n: usize) -> Vec<Spanned<RawEntry<'t>>> {
        let names = raw.fields.iter().filter(|pair| refers(pair)).flat_map(|pair| self.names(pair));
        let mut found: Vec<usize> = names
            .filter_map(|name| self.all.iter().position(|(_, entry)| entry.key.v == name))
            .filter(|m| *m != n && self.all[*m].1.key.v != raw.key.v)
            .collect();
        found.sort_unstable();
        found.dedup_by_key(|m| self.all[*m].1.key.v);
        let mut parents: Vec<_> = found.into_iter().map(|m| self.plain(&self.all[m].1, &mut |_, _| {})).collect();
        for parent in &mut parents {
            parent.v.fields.retain(|pair| !refers(pair));
        }
        parents
    }

    /// The keys that a field lists.
    fn names(&self, pair: &Pair<'t>) -> Vec<&'t str> {
        let texts = self.strings.written(&pair.value.v, &mut |_| {});
        texts.into_iter().flat_map(|list| list.split(',')).map(str::trim).collect()
    }
}

/// Whether a field names entries that others are taken from.
fn refers(pair: &Pair<'_>) -> bool {
    ["crossref", "xdata"].contains(&&*pair.key.v.to_ascii_lowercase())
}

/// Where an entry stands.
struct Place<'a, 't> {
    file: FileId,
    start: usize,
    key: Span,
    raw: &'a RawEntry<'t>,
}

impl Place<'_, '_> {
    /// The text of a field, its commands read and its braces gone. A field that is nothing but a command that nobody
    /// knows (`\apj`) is the name of it.
    fn text(&self, entry: &Entry, field: &str) -> Option<String> {
        use biblatex::ChunksExt;
        let read = entry.get(field)?.format_verbatim();
        let raw = self.raw.fields.iter().find(|pair| pair.key.v.eq_ignore_ascii_case(field));
        if !read.trim().is_empty() {
            let has_dashes =
                |chunk: &Spanned<RawChunk<'_>>| matches!(chunk.v, RawChunk::Normal(text) if text.contains(['–', '—']));
            let of_address = ADDRESSES.contains(&field) && raw.is_some_and(|raw| !raw.value.v.iter().any(has_dashes));
            // `biblatex` reads hyphens in a row as a dash, in addresses too.
            return Some(if of_address { read.replace('–', "--").replace('—', "---") } else { read });
        }
        let raw = raw?;
        let [Spanned { v: RawChunk::Normal(raw), .. }] = raw.value.v.as_slice() else { return Some(read) };
        Some(raw.replace(['{', '}', '\\'], ""))
    }

    /// Where a field's value stands, or else the key.
    fn of(&self, field: &str) -> Span {
        let found = self.raw.fields.iter().find(|pair| pair.key.v.eq_ignore_ascii_case(field));
        match found {
            Some(pair) => Span::new(self.file, self.start + pair.value.span.start..self.start + pair.value.span.end),
            None => self.key,
        }
    }
}
