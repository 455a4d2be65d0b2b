//! YAML 1.2 to a [`Tree`].
//!
//! Steps: events of the parser → nodes on a stack → the outermost node. Anchors and aliases work within one file and
//! within [`ALIAS_BUDGET`]; tags other than the core ones, several documents, and keys that are not scalars are faults.

mod explain;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, ScanError};

use super::{Data, Entry, Node, Tree, control};
use crate::base::diagnostic::{Diagnostic, Diagnostics, Report};
use crate::base::file::{FileId, Span};

/// How many nodes the aliases of one file may add together: far above any honest use, far below a "YAML bomb".
const ALIAS_BUDGET: usize = 10_000;

/// How many nodes all that is anchored in one file may hold together, within one another counted again: each is kept a second
/// time for its aliases.
const ANCHOR_BUDGET: usize = 100_000;

/// Reads one YAML document: the part `range` of a file's text.
pub fn parse(file: FileId, text: &str, range: Range<usize>) -> Report<Tree<'_>> {
    parse_with(file, text, range, &[])
}

/// As [`parse`], but the mappings that stand under `records` in the outermost one keep their repeated keys: who knows
/// what these name says what is wrong with it.
pub fn parse_with<'t>(
    file: FileId,
    text: &'t str,
    range: Range<usize>,
    records: &'static [&'static str],
) -> Report<Tree<'t>> {
    let base = range.start;
    let part = &text[range];
    let mut builder = Builder::new(file, text, records);
    let options = granit_parser::options! { emit_unresolved_aliases: true };
    for event in Parser::new_from_str_with_options(part, options) {
        match event {
            Ok((event, span)) => {
                let at = span.byte_range().unwrap_or_default();
                builder.event(event, base + at.start..base + at.end);
                if builder.full {
                    builder.drop_open();
                    break;
                }
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
    Map { start: usize, entries: Entries<'t>, key: Option<Key<'t>> },
}

/// A key that waits for its value; `None` where it is no text, so that its value is left out.
type Key<'t> = Option<(Cow<'t, str>, Span)>;

/// The entries of a mapping, and where each key was first written once there are many.
#[derive(Default)]
struct Entries<'t> {
    all: Vec<Entry<'t>>,
    index: HashMap<Cow<'t, str>, Span>,
}

struct Builder<'t> {
    file: FileId,
    text: &'t str,
    records: &'static [&'static str],
    stack: Vec<(Open<'t>, usize)>,
    root: Option<Node<'t>>,
    /// What is anchored, and of how many nodes it is.
    anchors: HashMap<usize, (Node<'t>, usize)>,
    anchor_nodes: usize,
    /// The anchors of texts without quotation marks to which no alias has led yet.
    idle_anchors: BTreeMap<usize, Range<usize>>,
    alias_nodes: usize,
    comments: Vec<Range<usize>>,
    diagnostics: Diagnostics,
    broken: bool,
    /// Whether a budget is used up: nothing more is read.
    full: bool,
    /// End of the last scalar or flow collection: where an enclosing block really ends.
    last_end: usize,
    /// The last plain text, with the key that it is the value of.
    last_text: Option<(Range<usize>, Cow<'t, str>)>,
}

/// Keys of running text, which seldom has a comment beside it.
const PROSE: &[&str] = &["because", "description", "note", "quote", "reason", "statement", "summary", "text", "title"];

/// Keys of names, in which a number may follow a `#`: « Shop #9 ».
const NAMES: &[&str] = &["aliases", "author", "locator", "name", "publisher", "role", "shows"];

impl<'t> Builder<'t> {
    fn new(file: FileId, text: &'t str, records: &'static [&'static str]) -> Self {
        Self {
            file,
            text,
            records,
            stack: Vec::new(),
            root: None,
            anchors: HashMap::new(),
            anchor_nodes: 0,
            idle_anchors: BTreeMap::new(),
            alias_nodes: 0,
            comments: Vec::new(),
            diagnostics: Vec::new(),
            broken: false,
            full: false,
            last_end: 0,
            last_text: None,
        }
    }

    fn event(&mut self, event: Event<'t>, at: Range<usize>) {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let span = Span::new(self.file, at.clone());
                let core = tag.as_deref().map(|t| self.core_tag(t, at.start));
                let plain = style == ScalarStyle::Plain && core != Some(Some("str"));
                self.last_end = self.last_end.max(at.end);
                self.diagnostics.extend(control(&text, span, "yaml-syntax"));
                let data = match &*text {
                    "" if plain && core == Some(None) => Data::Unread,
                    "" | "~" | "null" | "Null" | "NULL" if plain => Data::Null,
                    _ => Data::Scalar { text, plain },
                };
                self.anchored_text(anchor, plain, at.start);
                self.push(Node { span, data }, anchor);
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.check_tag(tag.as_deref(), at.start);
                self.stack.push((Open::List { start: at.start, items: Vec::new() }, anchor));
            }
            Event::MappingStart(_, anchor, tag) => {
                self.check_tag(tag.as_deref(), at.start);
                self.stack.push((Open::Map { start: at.start, entries: Entries::default(), key: None }, anchor));
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(at.start, at.end),
            Event::Alias(id) => self.alias(id, at),
            Event::UnresolvedAlias(name) => {
                let span = Span::new(self.file, at);
                self.diagnostics.push(
                    Diagnostic::error("yaml-syntax", span, format!("no anchor `&{name}` stands above this alias"))
                        .help("text that begins with `*` needs quotation marks"),
                );
                self.push(Node { span, data: Data::Unread }, 0);
            }
            Event::Comment(..) => {
                self.cut(&at);
                self.comments.push(at);
            }
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

    /// In a text without quotation marks, ` #` begins a comment: what comes after vanishes, which is seldom meant.
    fn cut(&mut self, comment: &Range<usize>) {
        let Some((text, key)) = self.last_text.take() else { return };
        let between = self.text.get(text.end..comment.start).unwrap_or("\n");
        let is_beside = between.bytes().all(|b| b == b' ') && !between.is_empty();
        let said = self.text.get(comment.start + 1..comment.end).unwrap_or_default();
        let joined = !said.starts_with([' ', '#', '!']) && !said.is_empty();
        let is_prose = PROSE.contains(&&*key) || (joined && NAMES.contains(&&*key));
        // « Motion #4 » may be cut after its first word, where that is one and no date or number.
        let text = self.text[text].trim();
        let several = text.contains(' ') || (is_prose && joined && text.contains(char::is_alphabetic));
        if is_beside && several && (joined || (between.len() == 1 && is_prose)) {
            let span = Span::new(self.file, comment.clone());
            let message = "the text before this ` #` ends here: the rest is a comment to YAML";
            self.diagnostics.push(
                Diagnostic::warning("cut-by-comment", span, message)
                    .help("put the text between quotation marks; a comment that is meant stands on a line of its own"),
            );
        }
    }

    /// In « &Other Stories » the first word is an anchor to YAML, and no part of the text.
    fn anchored_text(&mut self, anchor: usize, plain: bool, before: usize) {
        if anchor == 0 || !plain {
            return;
        }
        // The parser counts the anchor to the text.
        let start = if self.text[before..].starts_with('&') { Some(before) } else { self.text[..before].rfind('&') };
        if let Some(start) = start {
            let length = self.text[start..].find([' ', '\n', '\r', '\t']).unwrap_or(0);
            self.idle_anchors.insert(anchor, start..start + length);
        }
    }

    /// Only `!!str` and its kin mean anything here. A tag stands before its value, which begins at `before`.
    fn core_tag<'a>(&mut self, tag: &'a granit_parser::Tag, before: usize) -> Option<&'a str> {
        let core = tag.core_suffix();
        if core.is_none() {
            let start = self.text[..before].rfind('!').unwrap_or(before);
            let end = self.text[start..].find(char::is_whitespace).map_or(before, |length| start + length);
            let span = Span::new(self.file, start..end);
            self.diagnostics.push(
                Diagnostic::error("yaml-syntax", span, "tags are not used in a dossier")
                    .help("text that begins with `!` needs quotation marks"),
            );
        }
        core
    }

    fn check_tag(&mut self, tag: Option<&granit_parser::Tag>, before: usize) {
        if let Some(tag) = tag {
            self.core_tag(tag, before);
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
                Node { span: Span::new(self.file, start..self.last_end.max(start)), data: Data::Map(entries.all) }
            }
        };
        self.push(node, anchor);
    }

    fn alias(&mut self, id: usize, at: Range<usize>) {
        let span = Span::new(self.file, at.clone());
        self.last_end = self.last_end.max(at.end);
        let Some((target, nodes)) = self.anchors.get(&id) else {
            self.diagnostics.push(Diagnostic::error(
                "yaml-syntax",
                span,
                "an alias cannot stand inside its own anchor",
            ));
            return self.push(Node { span, data: Data::Unread }, 0);
        };
        self.idle_anchors.remove(&id);
        self.alias_nodes += nodes;
        if self.alias_nodes > ALIAS_BUDGET {
            let message = format!("the aliases of this file repeat more than {ALIAS_BUDGET} values");
            self.limit(span, message, "write the values out");
            return self.push(Node { span, data: Data::Unread }, 0);
        }
        let node = Node { span, ..target.clone() };
        self.push(node, 0);
    }

    /// A budget is used up.
    fn limit(&mut self, span: Span, message: String, help: &str) {
        if !self.broken {
            self.diagnostics.push(Diagnostic::error("yaml-limit", span, message).help(help));
        }
        (self.broken, self.full) = (true, true);
    }

    /// Keeps what is anchored for its aliases.
    fn anchor(&mut self, node: &Node<'t>, anchor: usize) {
        let nodes = count(node);
        self.anchor_nodes += nodes;
        if self.anchor_nodes > ANCHOR_BUDGET {
            let message = format!("the anchors of this file hold more than {ANCHOR_BUDGET} values");
            self.limit(node.span, message, "anchor less: what stands within several anchors counts for each");
            return;
        }
        self.anchors.insert(anchor, (node.clone(), nodes));
    }

    fn push(&mut self, node: Node<'t>, anchor: usize) {
        if anchor != 0 {
            self.anchor(&node, anchor);
        }
        let keeps_repeats = self.is_of_records();
        let text = matches!(node.data, Data::Scalar { plain: true, .. }).then(|| node.span.range());
        self.last_text = match (text, self.stack.last()) {
            (Some(text), Some((Open::Map { key: Some(Some((key, _))), .. }, _))) => Some((text, key.clone())),
            (Some(text), Some((Open::List { .. }, _))) => Some((text, Cow::Borrowed(""))),
            _ => None,
        };
        match self.stack.last_mut() {
            None if self.root.is_none() => self.root = Some(node),
            None => {}
            Some((Open::List { items, .. }, _)) => items.push(node),
            Some((Open::Map { entries, key, .. }, _)) => match key.take() {
                None => *key = Some(read_key(node, self.text, &mut self.diagnostics)),
                Some(None) => {}
                Some(Some((key, key_span))) => {
                    let after = self.text.get(key_span.range().end..).unwrap_or_default().trim_start();
                    let bare =
                        matches!(node.data, Data::Null) && !after.starts_with(':') && after.starts_with([',', '}']);
                    let entry = Entry { key, key_span, bare, value: node };
                    if keeps_repeats {
                        entries.all.push(entry);
                    } else {
                        entries.add(entry, &mut self.diagnostics);
                    }
                }
            },
        }
    }

    /// Whether the innermost open mapping is one of records by id.
    fn is_of_records(&self) -> bool {
        match self.stack.as_slice() {
            [(Open::Map { key: Some(Some((key, _))), .. }, _), (Open::Map { .. }, _)] => self.records.contains(&&**key),
            _ => false,
        }
    }

    /// The text cannot be read further: what is complete is kept, what is open is dropped.
    fn stop(&mut self, error: &ScanError, offset: usize) {
        // Where a comment cut what goes on after it, that is the one cause.
        let cut = self.diagnostics.last().filter(|last| last.code == "cut-by-comment").and_then(|last| last.span);
        match cut.filter(|cut| explain::is_of_comment(self.text, cut.range().start, error)) {
            Some(cut) => {
                self.diagnostics.pop();
                self.diagnostics.push(explain::comment(cut));
            }
            None => self.diagnostics.push(explain::explain(self.file, self.text, self.last_end, offset, error)),
        }
        self.broken = true;
        self.drop_open();
    }

    fn drop_open(&mut self) {
        self.stack.truncate(2);
        while !self.stack.is_empty() {
            self.close(0, 0);
        }
    }

    fn finish(mut self) -> Report<Tree<'t>> {
        let idle = std::mem::take(&mut self.idle_anchors).into_values().filter(|_| !self.broken);
        self.diagnostics.extend(idle.map(|at| {
            let message = format!(
                "`{}` names this text for an alias that there is not, and is no part of it",
                &self.text[at.clone()]
            );
            Diagnostic::warning("idle-anchor", Span::new(self.file, at), message)
                .help("put the text between quotation marks if the `&` belongs to it, or take the anchor away")
        }));
        let empty = Node { span: Span::new(self.file, 0..0), data: Data::Null };
        let tree = Tree { root: self.root.unwrap_or(empty), comments: self.comments, broken: self.broken };
        Report::new(tree, self.diagnostics)
    }
}

fn read_key<'t>(node: Node<'t>, text: &'t str, diagnostics: &mut Diagnostics) -> Key<'t> {
    match node.data {
        Data::Scalar { text, .. } => Some((text, node.span)),
        Data::Null => Some((Cow::Borrowed(text.get(node.span.range()).unwrap_or_default()), node.span)),
        Data::Unread => None,
        Data::List(_) | Data::Map(_) => {
            diagnostics.push(
                Diagnostic::error("yaml-syntax", node.span, format!("a key must be text, not {}", node.data.kind()))
                    .help("text that begins with `[` or `{` needs quotation marks"),
            );
            None
        }
    }
}

/// Beyond this many entries a repeated key is looked for through an index.
const SMALL: usize = 32;

impl<'t> Entries<'t> {
    fn add(&mut self, entry: Entry<'t>, diagnostics: &mut Diagnostics) {
        match self.first(&entry.key) {
            Some(first) => diagnostics.push(
                Diagnostic::error("duplicate-key", entry.key_span, format!("`{}` stands here twice", entry.key))
                    .label(first, "first written here")
                    .help("keep one of the two"),
            ),
            None => self.all.push(entry),
        }
    }

    fn first(&mut self, key: &str) -> Option<Span> {
        if self.all.len() <= SMALL {
            return self.all.iter().find(|e| e.key == key).map(|e| e.key_span);
        }
        for entry in &self.all[self.index.len()..] {
            self.index.insert(entry.key.clone(), entry.key_span);
        }
        self.index.get(key).copied()
    }
}

fn count(node: &Node<'_>) -> usize {
    1 + match &node.data {
        Data::Null | Data::Unread | Data::Scalar { .. } => 0,
        Data::List(items) => items.iter().map(count).sum(),
        Data::Map(entries) => entries.iter().map(|e| count(&e.value)).sum(),
    }
}
