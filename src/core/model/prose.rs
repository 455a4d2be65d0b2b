//! A Markdown text: an article's body or a field marked **md**, with what it refers to.
//!
//! The outline is found once, by [`crate::model::markdown::outline`]; what a page does with it (notes, links, cards) needs no
//! second look at the syntax.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::block::{Block, Fence};
use super::foreign::Foreign;
use super::{Ref, Text};
use crate::base::file::{Files, Span};

/// A Markdown text and what it refers to.
#[derive(Clone, Debug, Hash)]
pub struct Prose {
    /// The Markdown.
    pub text: Text,
    /// Where it is written.
    pub place: Written,
    /// What is in it; shared, because most texts are plain.
    pub outline: Arc<Outline>,
    /// The notes that its citations make, in order; the numbers continue over the texts of one page.
    pub notes: Vec<NoteUse>,
    /// What its links and cards lead to.
    pub linked: Vec<Ref>,
    /// How many footnotes stand in the texts of the page before this one: numbers go on.
    pub footnotes_before: u32,
}

/// What has Markdown texts, in the order in which their page numbers their notes.
pub trait Texts {
    /// To be read.
    fn prose(&self) -> Vec<&Prose>;

    /// To be bound.
    fn prose_mut(&mut self) -> Vec<&mut Prose>;
}

/// Where a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Written {
    /// From this byte of a file on, as it is.
    Body(Span),
    /// As a YAML scalar, whose escapes and indentation set offsets apart.
    Scalar(Span),
}

/// One item of a citation, bound to the note that it makes or uses again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NoteUse {
    /// What is cited; `None` if the id is unknown, which was reported.
    pub target: Option<Ref>,
    /// The number of its note on the page, from 1.
    pub number: u32,
    /// How many times the note was used before on the page: 0 for a, 1 for b.
    pub turn: u32,
}

/// What a Markdown text holds besides words. All ranges are bytes of the text.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Outline {
    /// Whether the text has no Markdown at all, so that it can be shown without being parsed.
    pub plain: bool,
    /// `[@id, § 3; @other]`, in order.
    pub citations: Vec<Citation>,
    /// `[[id]]`, `[[id|text]]`.
    pub links: Vec<Located<Text>>,
    /// `![[id]]`.
    pub cards: Vec<Card>,
    /// `[text](url)`, `![alt](url)`, `<url>`.
    pub urls: Vec<Url>,
    /// Headings, in order.
    pub headings: Vec<Heading>,
    /// Labels of footnotes, in the order of their first use; those that nothing uses last.
    pub footnotes: Vec<Text>,
    /// Comments, which nobody is to read.
    pub comments: Vec<Range<usize>>,
    /// Paragraphs of running text, in order.
    pub paragraphs: Vec<Paragraph>,
    /// Pull quotes, in order.
    pub pulls: Vec<Range<usize>>,
    /// Tables, videos and the like, in order.
    pub blocks: Vec<Block>,
    /// All other fenced blocks that name a language.
    pub fences: Vec<Fence>,
    /// What is wrong with the text by itself.
    pub faults: Vec<Fault>,
}

/// A part of the text with its range.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Its bytes.
    pub range: Range<usize>,
}

/// A citation: one or more items between brackets, or one in the text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Citation {
    /// From `[` to `]`, or from the `@` on.
    pub range: Range<usize>,
    /// Whether it stands in the text, as `@id`: if that is no id it was no citation.
    pub in_text: bool,
    /// What is cited.
    pub items: Vec<Cited>,
}

/// One item of a citation, in Pandoc's syntax: `prefix @id, locator`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cited {
    /// Words before the id: "voir"; Markdown, in one line.
    pub prefix: Option<Text>,
    /// A claim's or source's id.
    pub id: Located<Text>,
    /// What stands after the id: "§ 3"; Markdown, in one line.
    pub locator: Option<Text>,
}

/// A record's card, set into the text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Card {
    /// The record's id.
    pub id: Located<Text>,
    /// Whether it stands alone in its paragraph, as it must.
    pub alone: bool,
}

/// A link or image by URL or path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Url {
    /// As written, with escapes read.
    pub url: Text,
    /// The whole link.
    pub range: Range<usize>,
    /// Whether it is an image.
    pub image: bool,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its anchor: as given by `{#id}`, else made of its words.
    pub id: Text,
    /// Whether the writer gave it by `{#id}`.
    pub named: bool,
    /// Its words, without markup; ids for the labels of what it links to.
    pub text: Text,
    /// Whether it holds such ids.
    pub has_ids: bool,
    /// Its bytes.
    pub range: Range<usize>,
}

/// A paragraph of running text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Paragraph {
    /// Its bytes.
    pub range: Range<usize>,
    /// How many citations stand in it.
    pub citations: usize,
    /// Why no citation is owed, from `<!-- uncited: … -->`.
    pub uncited: Option<Text>,
}

/// What can be wrong with a Markdown text by itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fault {
    /// Its bytes.
    pub range: Range<usize>,
    /// Which.
    pub kind: FaultKind,
}

/// Which fault of a Markdown text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// `[^x]` without `[^x]: …`.
    UndefinedFootnote(Text),
    /// `[^x]: …` without `[^x]`.
    UnusedFootnote(Text),
    /// `[^x]: …` a second time.
    SecondFootnote(Text),
    /// `[words[^x]](…)`, which Markdown does not take for a link.
    FootnoteInLink,
    /// `^[…]`, Pandoc's footnote within the text.
    InlineFootnote,
    /// `[text][ref]` without `[ref]: …`.
    UndefinedReference(Text),
    /// Brackets with an `@` that are not a citation.
    BadCitation(String),
    /// An `@` that makes no note, for the character before it; a fault if its id is known.
    IdleSign {
        /// The id.
        id: Text,
        /// What stands before the `@`.
        before: char,
    },
    /// An `@` before an id with capitals or `_`; a fault if the id is known that it would be.
    MiswrittenId {
        /// The id.
        id: Text,
        /// What stands after the `@`.
        written: Text,
    },
    /// A footnote without words.
    EmptyFootnote(Text),
    /// Raw HTML.
    Html,
    /// A comment without its `-->`, at least within its block.
    OpenComment,
    /// An element of raw HTML that is not closed.
    OpenTag(Text),
    /// The end of an element of raw HTML that is not open.
    StrayTag(Text),
    /// An attribute of a heading that is neither an id nor a class.
    HeadingAttribute(Text),
    /// Two headings claim one anchor by `{#id}`, or one claims an id of the page itself.
    DuplicateAnchor(Text),
    /// A cell beyond the header of its table.
    BeyondHeader,
    /// A link by id whose `|` ends its cell.
    PipeInCell,
    /// A line of code too long to be coloured.
    LongCode,
    /// The syntax of another program, which would be printed as it is.
    Foreign(Foreign),
    /// Nesting beyond what any text needs.
    TooDeep,
}

impl Prose {
    /// The span of a range of the text: exact in a body; in a scalar that of the same words at the same turn, else the
    /// whole scalar.
    pub fn span(&self, range: &Range<usize>, files: &Files) -> Span {
        let scalar = match self.place {
            Written::Body(span) => return span.part(range.clone()),
            Written::Scalar(span) => span,
        };
        let (Some(words), Some(before)) = (self.text.get(range.clone()), self.text.get(..range.start)) else {
            return scalar;
        };
        let turn = before.matches(words).count();
        match files.text(scalar).match_indices(words).nth(turn) {
            Some((at, _)) if !words.is_empty() => scalar.part(at..at + words.len()),
            _ => scalar,
        }
    }

    /// The text without its comments.
    pub fn public(&self) -> Cow<'_, str> {
        if self.outline.comments.is_empty() {
            return Cow::Borrowed(&self.text);
        }
        let mut out = String::with_capacity(self.text.len());
        let mut from = 0;
        for comment in &self.outline.comments {
            out.push_str(self.text.get(from..comment.start).unwrap_or_default());
            from = comment.end;
        }
        out.push_str(self.text.get(from..).unwrap_or_default());
        Cow::Owned(out)
    }

    /// The span of the whole text.
    pub fn whole(&self) -> Span {
        match self.place {
            Written::Body(span) | Written::Scalar(span) => span,
        }
    }
}
