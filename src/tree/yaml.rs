//! YAML 1.2 to a [`Tree`].
//!
//! Steps: events of the parser → nodes on a stack → the outermost node. Anchors and aliases work within one file and
//! within [`ALIAS_BUDGET`]; tags other than the core ones, several documents, and keys that are not scalars are faults.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, ScanError};

use super::{Data, Entry, Node, Tree};
use crate::diagnostic::{Diagnostic, Diagnostics, Report};
use crate::file::{FileId, Span};

/// How many nodes the aliases of one file may add together: far above any honest use, far below a "YAML bomb".
const ALIAS_BUDGET: usize = 10_000;

/// Reads one YAML document: the part `range` of a file's text.
pub fn parse(file: FileId, text: &str, range: Range<usize>) -> Report<Tree<'_>> {
    let base = range.start;
    let part = &text[range];
    let mut builder = Builder::new(file, text);
    let options = granit_parser::options! { emit_unresolved_aliases: true };
    for event in Parser::new_from_str_with_options(part, options) {
        match event {
            Ok((event, span)) => {
                let at = span.byte_range().unwrap_or_default();
                builder.event(event, base + at.start..base + at.end);
            }
            Err(error) => {
                builder.stop(&error, base + error.marker().byte_offset().unwrap_or(part.len()));
                break;
            }
        }
    }
    builder.finish()
}

/// A list or mapping that is still open.
enum Open<'t> {
    List { start: usize, items: Vec<Node<'t>> },
    Map { start: usize, entries: Vec<Entry<'t>>, key: Option<(Cow<'t, str>, Span)> },
}

struct Builder<'t> {
    file: FileId,
    text: &'t str,
    stack: Vec<(Open<'t>, usize)>,
    root: Option<Node<'t>>,
    anchors: HashMap<usize, Node<'t>>,
    alias_nodes: usize,
    comments: Vec<Range<usize>>,
    diagnostics: Diagnostics,
    broken: bool,
    /// End of the last scalar or flow collection: where an enclosing block really ends.
    last_end: usize,
}

impl<'t> Builder<'t> {
    fn new(file: FileId, text: &'t str) -> Self {
        Self {
            file,
            text,
            stack: Vec::new(),
            root: None,
            anchors: HashMap::new(),
            alias_nodes: 0,
            comments: Vec::new(),
            diagnostics: Vec::new(),
            broken: false,
            last_end: 0,
        }
    }

    fn event(&mut self, event: Event<'t>, at: Range<usize>) {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let span = Span::new(self.file, at.clone());
                let forced = tag.as_deref().is_some_and(|t| self.core_tag(t, span) == Some("str"));
                let plain = style == ScalarStyle::Plain && !forced;
                self.last_end = self.last_end.max(at.end);
                let data = match &*text {
                    "" | "~" | "null" | "Null" | "NULL" if plain => Data::Null,
                    _ => Data::Scalar { text, plain },
                };
                self.push(Node { span, data }, anchor);
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.check_tag(tag.as_deref(), &at);
                self.stack.push((Open::List { start: at.start, items: Vec::new() }, anchor));
            }
            Event::MappingStart(_, anchor, tag) => {
                self.check_tag(tag.as_deref(), &at);
                self.stack.push((Open::Map { start: at.start, entries: Vec::new(), key: None }, anchor));
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(at.start, at.end),
            Event::Alias(id) => self.alias(id, at),
            Event::UnresolvedAlias(name) => {
                let span = Span::new(self.file, at);
                self.diagnostics.push(
                    Diagnostic::error("yaml-syntax", span, format!("no anchor `&{name}` stands above this alias"))
                        .help("text that begins with `*` needs quotation marks"),
                );
                self.push(Node { span, data: Data::Null }, 0);
            }
            Event::Comment(..) => self.comments.push(at),
            Event::DocumentStart(..) if self.root.is_some() && !self.broken => {
                self.broken = true;
                let span = Span::new(self.file, at);
                self.diagnostics.push(
                    Diagnostic::error("yaml-syntax", span, "a sheet holds one document; a second one starts here")
                        .help("remove the line `---`, or put the rest into a file of its own"),
                );
            }
            _ => {}
        }
    }

    /// Only `!!str` and its kin mean anything here.
    fn core_tag<'a>(&mut self, tag: &'a granit_parser::Tag, span: Span) -> Option<&'a str> {
        let core = tag.core_suffix();
        if core.is_none() {
            self.diagnostics.push(
                Diagnostic::error("yaml-syntax", span, "tags are not used in a dossier")
                    .help("text that begins with `!` needs quotation marks"),
            );
        }
        core
    }

    fn check_tag(&mut self, tag: Option<&granit_parser::Tag>, at: &Range<usize>) {
        if let Some(tag) = tag {
            let span = Span::new(self.file, at.clone());
            self.core_tag(tag, span);
        }
    }

    fn close(&mut self, start: usize, end: usize) {
        let Some((open, anchor)) = self.stack.pop() else { return };
        // The end of a block is only known at the next line that is not its own; a flow ends with its bracket.
        self.last_end = if end > start { end.max(self.last_end) } else { self.last_end };
        let node = match open {
            Open::List { start, items } => {
                Node { span: Span::new(self.file, start..self.last_end.max(start)), data: Data::List(items) }
            }
            Open::Map { start, entries, .. } => {
                Node { span: Span::new(self.file, start..self.last_end.max(start)), data: Data::Map(entries) }
            }
        };
        self.push(node, anchor);
    }

    fn alias(&mut self, id: usize, at: Range<usize>) {
        let span = Span::new(self.file, at.clone());
        self.last_end = self.last_end.max(at.end);
        let Some(target) = self.anchors.get(&id) else {
            self.diagnostics.push(Diagnostic::error(
                "yaml-syntax",
                span,
                "an alias cannot stand inside its own anchor",
            ));
            return self.push(Node { span, data: Data::Null }, 0);
        };
        self.alias_nodes += count(target);
        if self.alias_nodes > ALIAS_BUDGET {
            if !self.broken {
                let message = format!("the aliases of this file repeat more than {ALIAS_BUDGET} values");
                self.diagnostics.push(Diagnostic::error("yaml-limit", span, message).help("write the values out"));
            }
            self.broken = true;
            return self.push(Node { span, data: Data::Null }, 0);
        }
        let node = Node { span, ..target.clone() };
        self.push(node, 0);
    }

    fn push(&mut self, node: Node<'t>, anchor: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.stack.last_mut() {
            None if self.root.is_none() => self.root = Some(node),
            None => {}
            Some((Open::List { items, .. }, _)) => items.push(node),
            Some((Open::Map { entries, key, .. }, _)) => match key.take() {
                None => *key = Some(read_key(node, &mut self.diagnostics)),
                Some((key, key_span)) => {
                    add_entry(entries, Entry { key, key_span, value: node }, &mut self.diagnostics)
                }
            },
        }
    }

    /// The text cannot be read further: what is complete is kept, what is open is dropped.
    fn stop(&mut self, error: &ScanError, offset: usize) {
        self.diagnostics.push(explain(self.file, self.text, offset, &error.info()));
        self.broken = true;
        self.stack.truncate(2);
        while !self.stack.is_empty() {
            self.close(0, 0);
        }
    }

    fn finish(self) -> Report<Tree<'t>> {
        let empty = Node { span: Span::new(self.file, 0..0), data: Data::Null };
        let tree = Tree { root: self.root.unwrap_or(empty), comments: self.comments, broken: self.broken };
        Report::new(tree, self.diagnostics)
    }
}

fn read_key<'t>(node: Node<'t>, diagnostics: &mut Diagnostics) -> (Cow<'t, str>, Span) {
    match node.data {
        Data::Scalar { text, .. } => (text, node.span),
        Data::Null => (Cow::Borrowed("null"), node.span),
        Data::List(_) | Data::Map(_) => {
            diagnostics.push(
                Diagnostic::error("yaml-syntax", node.span, format!("a key must be text, not {}", node.data.kind()))
                    .help("text that begins with `[` or `{` needs quotation marks"),
            );
            (Cow::Borrowed(""), node.span)
        }
    }
}

/// Beyond this many entries a repeated key is looked for through an index.
const SMALL: usize = 32;

fn add_entry<'t>(entries: &mut Vec<Entry<'t>>, entry: Entry<'t>, diagnostics: &mut Diagnostics) {
    // Long mappings are those of records by id, whose repetitions `resolve` reports as `duplicate-id`.
    let first = if entries.len() <= SMALL { entries.iter().find(|e| e.key == entry.key) } else { None };
    match first {
        Some(_) if entry.key.is_empty() => {}
        Some(first) => diagnostics.push(
            Diagnostic::error("duplicate-key", entry.key_span, format!("`{}` stands here twice", entry.key))
                .label(first.key_span, "first written here")
                .help("keep one of the two"),
        ),
        None => entries.push(entry),
    }
}

fn count(node: &Node<'_>) -> usize {
    1 + match &node.data {
        Data::Null | Data::Scalar { .. } => 0,
        Data::List(items) => items.iter().map(count).sum(),
        Data::Map(entries) => entries.iter().map(|e| count(&e.value)).sum(),
    }
}

/// A syntax error in words that help a writer rather than the parser's author.
fn explain(file: FileId, text: &str, offset: usize, info: &str) -> Diagnostic {
    let offset = text.floor_char_boundary(offset.min(text.len()));
    let line_start = text[..offset].rfind('\n').map_or(0, |i| i + 1);
    let line_end = text[line_start..].find('\n').map_or(text.len(), |i| line_start + i);
    let line = &text[line_start..line_end];
    let width = text[offset..].chars().next().map_or(0, char::len_utf8);
    let at = Span::new(file, offset..(offset + width).min(line_end.max(offset)));
    let diagnostic = Diagnostic::error("yaml-syntax", at, format!("this is not YAML: {info}"));
    if let Some(tab) = tab_near(text, line_start, line_end) {
        let span = Span::new(file, tab..tab + 1);
        return Diagnostic { span: Some(span), ..diagnostic }.help("indent with spaces; a tab is not allowed here");
    }
    if let Some(open) = unclosed(text, offset) {
        let span = Span::new(file, open..open + 1);
        let message = format!("this is not YAML: the `{}` that stands here is not closed", &text[open..open + 1]);
        return Diagnostic::error("yaml-syntax", span, message).label(at, format!("noticed here: {info}"));
    }
    if info.contains("quoted") || info.contains("end of stream") || info.contains("unclosed") {
        return diagnostic.help("a quotation mark or bracket that was opened above is not closed");
    }
    if line.matches(": ").count() > 1 {
        return diagnostic.help("text that holds `: ` needs quotation marks around it");
    }
    diagnostic.help("look at the indentation of this line and of the one above it, two spaces a level")
}

/// A tab in the indentation of a line or of the one after it, whose error is noticed before it.
fn tab_near(text: &str, line_start: usize, line_end: usize) -> Option<usize> {
    [line_start, line_end + 1].into_iter().find_map(|start| {
        let line = text.get(start..)?;
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        line[..indent].find('\t').map(|tab| start + tab)
    })
}

/// As many lines before an error are looked through for what was opened and not closed.
const LOOK_BACK: usize = 60;

/// The quotation mark or bracket that opens a value before `offset` and is not closed as it should be.
fn unclosed(text: &str, offset: usize) -> Option<usize> {
    let end = text[offset..].find('\n').map_or(text.len(), |i| offset + i);
    let mut line_end = end;
    for _ in 0..LOOK_BACK {
        let start = text[..line_end].rfind('\n').map_or(0, |i| i + 1);
        let line = &text[start..line_end];
        if let Some(open) = value_of(line).map(|at| start + at).filter(|open| *open < offset) {
            let is_closed = match text.as_bytes()[open] {
                quote @ (b'"' | b'\'') => quote_ends_well(&text[open + 1..end], quote),
                _ => brackets_match(&text[open..offset]),
            };
            if !is_closed {
                return Some(open);
            }
        }
        line_end = start.checked_sub(1)?;
    }
    None
}

/// Where the value of a line begins, if with a quotation mark or bracket.
fn value_of(line: &str) -> Option<usize> {
    let at = match line.find(": ") {
        Some(colon) => colon + 1,
        None => line.find("- ").filter(|dash| line[..*dash].trim().is_empty())? + 1,
    };
    let value = line[at..].trim_start();
    value.starts_with(['"', '\'', '[', '{']).then(|| line.len() - value.len())
}

/// Whether a quoted text is closed where a line, or a part of a flow, ends.
fn quote_ends_well(text: &str, quote: u8) -> bool {
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        match bytes[i] {
            b'\\' if quote == b'"' => i += 1,
            b if b == quote && quote == b'\'' && bytes.get(i + 1) == Some(&quote) => i += 1,
            b if b == quote => {
                let rest = text[i + 1..].lines().next().unwrap_or_default().trim_start();
                return rest.is_empty() || rest.starts_with(['#', ',', ']', '}', ':']);
            }
            _ => {}
        }
        i += 1;
    }
    false
}

/// Whether the first bracket of a text is closed within it.
fn brackets_match(text: &str) -> bool {
    let mut depth = 0_usize;
    let mut quote = None;
    for c in text.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"') => quote = Some('"'),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') if depth == 1 => return true,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes blamed, between bars.
    #[track_caller]
    fn check(marked: &str) {
        let text = marked.replace('|', "");
        let found = parse(FileId(0), &text, 0..text.len()).diagnostics;
        let span = found[0].span.unwrap().range();
        let shown = format!("{}|{}|{}", &text[..span.start], &text[span.clone()], &text[span.end..]);
        assert_eq!(shown, marked);
    }

    #[test]
    fn what_is_not_closed_is_blamed_where_it_opens() {
        check("a:\n  b: |\"|un\n  c: deux\n  d: \"trois\"\n");
        check("a:\n  b: |[|un, deux\n  c: trois\n");
        check("a:\n  b: |{| c: un, d: deux\n  e: trois\nf: [un]\n");
        check("a: \"un\n  deux\"\nb: trois|:| quatre\n");
    }

    #[test]
    fn tabs_are_blamed_themselves() {
        check("a:\n  b: un\n|\t|c: deux\n");
    }
}
