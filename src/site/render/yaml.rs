//! A record's own YAML, as it stands in its sheet, for the foot of its page.
//!
//! What is private stays out: comments (a writer's remarks to other writers) and the field `capture` (a path).

use std::ops::Range;

use super::highlight;
use sourcebook_core::base::file::{FileId, Files, Span};
use sourcebook_core::base::tree::{Data, Node, yaml};
use sourcebook_core::model::prose::Prose;

/// The record's YAML as HTML. `texts` are its Markdown texts, whose comments stay out too.
pub fn folded(files: &Files, entry: Span, texts: &[&Prose]) -> String {
    highlight::block(&public(files, entry, texts), "yaml")
}

/// The record's YAML without what is private.
pub fn public(files: &Files, entry: Span, texts: &[&Prose]) -> String {
    let file = files.get(entry.file);
    let start = file.text[..entry.start as usize].rfind('\n').map_or(0, |i| i + 1);
    let indent = entry.start as usize - start;
    let is_block = file.text[start..entry.start as usize].bytes().all(|b| b == b' ');
    let text = if is_block { &file.text[start..entry.end as usize] } else { &file.text[entry.range()] };
    let indent = if is_block { indent } else { 0 };
    let from = if is_block { start } else { entry.start as usize };
    let written = texts.iter().flat_map(|prose| comments(files, prose));
    let inside = written.filter_map(|range| Some(range.start.checked_sub(from)?..range.end.checked_sub(from)?));
    let mut all: Vec<_> = inside.filter(|range| range.end <= text.len()).collect();
    if all.is_empty() && !may_be_private(text) {
        return dedent(text, indent);
    }
    all.extend(cuts(text));
    all.sort_by_key(|cut| cut.start);
    dedent(&cut(text, &all), indent)
}

/// Where in its file the comments of a Markdown text stand: each is found by its turn, since YAML's escapes and indentation
/// set offsets apart.
fn comments(files: &Files, prose: &Prose) -> Vec<Range<usize>> {
    let whole = prose.whole();
    let source = files.text(whole);
    let starts: Vec<_> = source.match_indices("<!--").map(|(at, _)| at).collect();
    let found = prose.outline.comments.iter().filter_map(|comment| {
        let turn = prose.text.get(..comment.start)?.matches("<!--").count();
        let start = *starts.get(turn)?;
        let end = source[start..].find("-->").map_or(source.len(), |i| start + i + 3);
        Some(whole.start as usize + start..whole.start as usize + end)
    });
    found.collect()
}

/// Whether there may be anything to leave out. Most records are spared a second reading by this; `\\` and `*` are ways
/// to write a key without its letters.
fn may_be_private(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, b'#' | b'\\' | b'*')) || text.contains("capture")
}

fn cuts(text: &str) -> Vec<Range<usize>> {
    let tree = yaml::parse(FileId(0), text, 0..text.len()).value;
    let mut cuts: Vec<Range<usize>> = tree.comments.clone();
    if let Data::Map(records) = &tree.root.data {
        cuts.extend(records.iter().filter_map(|record| private(&record.value)));
    }
    cuts.sort_by_key(|cut| cut.start);
    cuts
}

fn private(record: &Node<'_>) -> Option<Range<usize>> {
    let Data::Map(fields) = &record.data else { return None };
    fields.iter().find(|field| field.key == "capture").map(|field| field.span().range())
}

/// The text without some ranges; lines of which nothing is left go too.
fn cut(text: &str, cuts: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (start, end) = (at, at + line.len());
        at = end;
        let touching: Vec<_> = cuts.iter().filter(|c| c.start < end && c.end > start).collect();
        if touching.is_empty() {
            out.push_str(line);
            continue;
        }
        let mut kept = String::new();
        let mut from = start;
        for cut in touching {
            kept.push_str(&text[from..cut.start.clamp(from, end)]);
            from = cut.end.clamp(from, end);
        }
        kept.push_str(&text[from..end]);
        let trimmed = kept.trim_end();
        if !trimmed.trim().trim_matches(',').is_empty() {
            out.push_str(trimmed);
            out.push('\n');
        }
    }
    out
}

fn dedent(text: &str, indent: usize) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let blank = line.bytes().take(indent).take_while(|b| *b == b' ').count();
        out.push_str(line[blank..].trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use sourcebook_core::base::file::Span;

    #[test]
    fn comments_and_captures_stay_out() {
        let text = "sources:\n  a: # why\n    title: T # \"x\n    # secret\n    capture: { file: 1.txt }\n    note: '# kept'\n  b: {}\n";
        let mut files = Files::default();
        let id = files.add("s.yaml", text);
        let start = text.find("a: #").unwrap();
        let end = text.find("\n  b").unwrap();
        let public = public(&files, Span::new(id, start..end), &[]);
        assert_eq!(public, "a:\n  title: T\n  note: '# kept'\n");
    }
}
