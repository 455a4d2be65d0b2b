//! Configuration and sheets as trees, every node with its place; and trees as Rust types.
//!
//! 1. [`yaml`] and [`toml`] read text to a [`Node`], leaving out (and reporting) what cannot be read.
//! 2. [`decode`] makes a type of it: a bad field is reported and left out, and its neighbours are still read.
//!
//! [`emit`] is the way back: values as YAML.
//!
//! serde's derived code stops at the first fault of a file and loses places in every field that may take two forms, and
//! a writer is owed all faults, each at its place. So the tree is read with `granit-parser` (the one under
//! serde-saphyr) and turned into types by [`decode::Decode`].

pub mod decode;
pub mod emit;
pub mod free;
pub mod record;
pub mod toml;
pub mod yaml;

use std::borrow::Cow;
use std::ops::Range;

use crate::base::diagnostic::Diagnostic;
use crate::base::file::Span;

/// A value as it was written, with its place.
#[derive(Clone, Debug)]
pub struct Node<'t> {
    /// From the first to the last character of the value.
    pub span: Span,
    /// What it is.
    pub data: Data<'t>,
}

impl Node<'_> {
    /// Where it begins: a mapping's first key, else the whole.
    pub fn start(&self) -> Span {
        match &self.data {
            Data::Map(entries) => entries.first().map_or(self.span, |entry| entry.key_span),
            _ => self.span,
        }
    }
}

/// What a [`Node`] is.
#[derive(Clone, Debug)]
pub enum Data<'t> {
    /// Nothing: an empty value, `~` or `null`.
    Null,
    /// What could not be read, which was reported: whoever asks for it gets nothing and says nothing.
    Unread,
    /// Text, a number, a date, a truth value: whoever asks decides. `plain` is false where quotes say it is text.
    Scalar {
        /// The value, read.
        text: Cow<'t, str>,
        /// Whether it stands without quotation marks.
        plain: bool,
    },
    /// A list.
    List(Vec<Node<'t>>),
    /// A mapping, in the order written, without repeated keys.
    Map(Vec<Entry<'t>>),
}

/// A key with its value.
#[derive(Clone, Debug)]
pub struct Entry<'t> {
    /// The key, read.
    pub key: Cow<'t, str>,
    /// Where the key stands.
    pub key_span: Span,
    /// Whether it stands between braces without a colon, as the rest of a text does that a comma cut: `{ by: A, B }`.
    pub bare: bool,
    /// The value.
    pub value: Node<'t>,
}

impl Entry<'_> {
    /// From the key to the end of the value.
    pub fn span(&self) -> Span {
        Span { end: self.value.span.end.max(self.key_span.end), ..self.key_span }
    }
}

impl Data<'_> {
    /// What a message calls it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null | Self::Unread => "nothing",
            Self::Scalar { .. } => "text",
            Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
        }
    }
}

/// A file read as a tree.
#[derive(Clone, Debug)]
pub struct Tree<'t> {
    /// The outermost value.
    pub root: Node<'t>,
    /// Where comments stand, without their line ends.
    pub comments: Vec<Range<usize>>,
    /// Whether a part could not be read, so that what seems to be missing may only be unread.
    pub broken: bool,
}

/// Whether no page can show a character.
fn is_unshown(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}')
}

/// What is wrong with a text that holds a control character, as an escape may write it: no page can show it, nor is HTML with it sound.
fn control(text: &str, span: Span, code: &'static str) -> Option<Diagnostic> {
    let found = text.chars().find(|c| is_unshown(*c))?;
    let message = format!("this text holds the control character U+{:04X}, which no page can show", u32::from(found));
    Some(Diagnostic::error(code, span, message).help("take it out"))
}
