//! What a file holds, as a tree and as folds; and records of the dossier by words.

use std::ops::Range;

use lsp_types::{DocumentSymbol, FoldingRange, FoldingRangeKind, SymbolKind};
use sourcebook_core::model::kinds::Kind;
use sourcebook_core::model::markdown::outline;

use super::dossier::Known;
use super::text::Lines;
use super::walk::{FileKind, Spot, body, front, spots};

/// The kind of symbol that stands for a kind of record.
pub fn symbol_kind(kind: Option<Kind>) -> SymbolKind {
    match kind {
        Some(Kind::Actor) => SymbolKind::CLASS,
        Some(Kind::Event) => SymbolKind::EVENT,
        Some(Kind::Place) => SymbolKind::NAMESPACE,
        Some(Kind::Source) => SymbolKind::FILE,
        Some(Kind::Question) => SymbolKind::INTERFACE,
        Some(Kind::Claim) => SymbolKind::STRING,
        None => SymbolKind::MODULE,
    }
}

/// A part of the outline: its name, what is said beside it, its kind, all of it, and the words to select.
#[allow(deprecated, reason = "the type demands a field that the protocol has given up")]
fn symbol(
    name: &str,
    detail: Option<String>,
    kind: SymbolKind,
    whole: lsp_types::Range,
    words: lsp_types::Range,
) -> DocumentSymbol {
    // The protocol allows no empty name.
    let name = if name.trim().is_empty() { "…".to_owned() } else { name.to_owned() };
    DocumentSymbol {
        name,
        detail,
        kind,
        tags: None,
        deprecated: None,
        range: whole,
        selection_range: words,
        children: None,
    }
}

/// The outline of a file.
pub fn symbols(known: &Known, path: &str, text: &str, lines: &Lines<'_>) -> Vec<DocumentSymbol> {
    match FileKind::of(path) {
        FileKind::Sheet => sheet(known, &spots(FileKind::Sheet, text), lines),
        FileKind::Site => {
            let top = spots(FileKind::Site, text).into_iter().filter(|spot| spot.is_key && spot.path.is_empty());
            top.map(|spot| keyed(&spot, None, SymbolKind::PROPERTY, lines)).collect()
        }
        FileKind::Article => article(text, lines),
        FileKind::Other => Vec::new(),
    }
}

fn keyed(spot: &Spot, detail: Option<String>, kind: SymbolKind, lines: &Lines<'_>) -> DocumentSymbol {
    let end = spot.whole.end.max(spot.range.end);
    symbol(&spot.text, detail, kind, lines.range(spot.whole.start..end), lines.range(spot.range.clone()))
}

fn sheet(known: &Known, spots: &[Spot], lines: &Lines<'_>) -> Vec<DocumentSymbol> {
    let mut top: Vec<DocumentSymbol> = Vec::new();
    for spot in spots.iter().filter(|spot| spot.is_key) {
        match &spot.path[..] {
            [] => top.push(keyed(spot, None, SymbolKind::NAMESPACE, lines)),
            [plural] => {
                let kind = Kind::ALL.iter().copied().find(|kind| kind.plural() == plural);
                let label = known.names.get(&spot.text).map(|name| name.label.to_string());
                let record = keyed(spot, label, symbol_kind(kind), lines);
                if let Some(last) = top.last_mut().filter(|_| kind.is_some()) {
                    last.children.get_or_insert_default().push(record);
                }
            }
            _ => {}
        }
    }
    top
}

/// Headings within headings.
fn article(text: &str, lines: &Lines<'_>) -> Vec<DocumentSymbol> {
    let headings = headings(text);
    let mut open: Vec<(u8, DocumentSymbol)> = Vec::new();
    let mut top = Vec::new();
    let close = |open: &mut Vec<(u8, DocumentSymbol)>, top: &mut Vec<DocumentSymbol>| {
        let Some((_, done)) = open.pop() else { return };
        match open.last_mut() {
            Some((_, above)) => above.children.get_or_insert_default().push(done),
            None => top.push(done),
        }
    };
    for heading in headings {
        while open.last().is_some_and(|(level, _)| *level >= heading.level) {
            close(&mut open, &mut top);
        }
        let (whole, words) = (lines.range(heading.section), lines.range(heading.line));
        open.push((heading.level, symbol(&heading.words, None, SymbolKind::STRING, whole, words)));
    }
    while !open.is_empty() {
        close(&mut open, &mut top);
    }
    top
}

struct Section {
    level: u8,
    words: String,
    line: Range<usize>,
    /// To the next heading of its level or above.
    section: Range<usize>,
}

fn headings(text: &str) -> Vec<Section> {
    let body = body(text);
    let found = outline(&text[body.clone()]);
    let at = |n: usize| body.start + found.headings[n].range.start;
    let end = |n: usize| {
        let level = found.headings[n].level;
        let next = (n + 1..found.headings.len()).find(|next| found.headings[*next].level <= level);
        text[..next.map_or(text.len(), at)].trim_end().len()
    };
    let one = |(n, heading): (usize, &sourcebook_core::model::prose::Heading)| {
        let line = at(n)..body.start + heading.range.end;
        let line = line.start..line.start + text[line.clone()].trim_end().len();
        Section {
            level: heading.level,
            words: heading.text.to_string(),
            section: line.start..end(n).max(line.end),
            line,
        }
    };
    found.headings.iter().enumerate().map(one).collect()
}

/// What can be folded away: records and their larger fields, sections, front matter.
pub fn folds(path: &str, text: &str, lines: &Lines<'_>) -> Vec<FoldingRange> {
    let kind = FileKind::of(path);
    let keys = spots(kind, text).into_iter().filter(|spot| spot.is_key).map(|spot| spot.whole);
    let mut stretches: Vec<Range<usize>> = keys.collect();
    if kind == FileKind::Article {
        stretches.extend(headings(text).into_iter().map(|heading| heading.section));
        stretches.extend(front(text).map(|front| 0..front.end));
    }
    let fold = |bytes: Range<usize>| {
        let end = text[..bytes.end.max(bytes.start)].trim_end().len().max(bytes.start);
        let range = lines.range(bytes.start..end);
        (range.end.line > range.start.line).then(|| FoldingRange {
            start_line: range.start.line,
            end_line: range.end.line,
            kind: Some(FoldingRangeKind::Region),
            ..FoldingRange::default()
        })
    };
    stretches.into_iter().filter_map(fold).collect()
}
