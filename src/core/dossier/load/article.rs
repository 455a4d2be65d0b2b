//! An article: YAML front matter between lines of `---`, then Markdown.

use std::ops::Range;
use std::sync::Arc;

use super::sheet::{Dated, text_or};
use crate::base::diagnostic::{Diagnostic, Diagnostics};
use crate::base::file::{FileId, Files, Located, Span};
use crate::base::tree::decode::LText;
use crate::base::tree::decode::{Context, Decode, Fields, Many, Text, record_shape};
use crate::base::tree::free::Free;
use crate::base::tree::record::record;
use crate::base::tree::{Data, Node, yaml};
use crate::model::markdown::outline;
use crate::model::prose::{Prose, Written};

/// An article as it was written.
#[derive(Clone, Debug)]
pub struct RawArticle {
    /// The file.
    pub file: FileId,
    /// Its path from `content/`.
    pub path: Text,
    /// What its front matter says.
    pub front: FrontMatter,
    /// The Markdown after it.
    pub body: Range<usize>,
}

impl RawArticle {
    /// Its Markdown, not yet bound.
    pub fn prose(&self, files: &Files) -> Prose {
        let text: Text = files.get(self.file).text[self.body.clone()].into();
        Prose {
            outline: Arc::new(outline(&text)),
            place: Written::Body(Span::new(self.file, self.body.clone())),
            text,
            notes: Vec::new(),
            linked: Vec::new(),
            footnotes_before: 0,
        }
    }
}

/// The front matter of an article.
#[derive(Clone, Debug, Default)]
pub struct FrontMatter {
    /// Required.
    pub title: Option<LText>,
    /// In a sentence.
    pub description: Option<LText>,
    /// First published.
    pub date: Option<Located<Dated>>,
    /// Last changed.
    pub updated: Option<Located<Dated>>,
    /// Who wrote it.
    pub authors: Many<Text>,
    /// Its id, and the last segment of its URL.
    pub slug: Option<LText>,
    /// Place among the articles.
    pub order: Option<Located<i64>>,
    /// Left out unless drafts are asked for.
    pub draft: Option<Located<bool>>,
    /// Old URLs that redirect here.
    pub aliases: Many<Text>,
    /// Ids.
    pub about: Many<Text>,
    /// Another template.
    pub template: Option<LText>,
    /// The picture above it.
    pub image: Option<Located<Image>>,
    /// Free.
    pub extra: Free,
}

/// The picture above an article: a file, or a mapping.
#[derive(Clone, Debug)]
pub struct Image {
    /// Path from the article's file.
    pub file: LText,
    /// What it shows.
    pub alt: Option<LText>,
    /// Markdown.
    pub caption: Option<LText>,
    /// Markdown.
    pub credit: Option<LText>,
}

impl Decode for Image {
    const EXPECTED: &'static str = "a file, or a mapping of `file`, `alt`, `caption`, `credit`";

    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let of_file = |file| Self { file, alt: None, caption: None, credit: None };
        text_or(node, cx, Self::EXPECTED, of_file, Self::read)
    }

    fn shape() -> serde_json::Value {
        serde_json::json!({ "anyOf": [Text::shape(), record_shape("Image", Self::read)] })
    }
}

impl Image {
    fn read(f: &mut Fields<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        let file = f.required("file", cx);
        let (alt, caption, credit) = (f.optional("alt", cx), f.optional("caption", cx), f.optional("credit", cx));
        file.map(|file| Self { file, alt, caption, credit })
    }
}

record!(FrontMatter as "Article", "a mapping of `title`, `date` …", {
    title: required "title", description: optional "description", date: optional "date", updated: optional "updated",
    authors: or_default "authors", slug: optional "slug", order: optional "order", draft: optional "draft",
    aliases: or_default "aliases", about: or_default "about", template: optional "template", image: optional "image",
    extra: or_default "extra",
});

/// Reads an article.
pub fn parse(file: FileId, path: &str, text: &str, diagnostics: &mut Diagnostics) -> RawArticle {
    let (front, body) = match split(text) {
        Ok(Some((range, body))) => (read_front(file, text, range, diagnostics), body),
        Ok(None) => {
            diagnostics.push(
                Diagnostic::error(
                    "bad-front-matter",
                    first_line(file, text),
                    "an article begins with its front matter",
                )
                .help("put `---`, `title: …`, `---` on the first three lines"),
            );
            (FrontMatter::default(), 0..text.len())
        }
        Err(()) => {
            diagnostics.push(
                Diagnostic::error(
                    "bad-front-matter",
                    first_line(file, text),
                    "the front matter that begins here has no end",
                )
                .help("close it with a line `---`"),
            );
            (FrontMatter::default(), text.len()..text.len())
        }
    };
    RawArticle { file, path: path.into(), front, body }
}

fn first_line(file: FileId, text: &str) -> Span {
    Span::new(file, 0..text.lines().next().map_or(0, str::len))
}

fn read_front(file: FileId, text: &str, range: Range<usize>, diagnostics: &mut Diagnostics) -> FrontMatter {
    let opening = Span::new(file, range.start - 4..range.start - 1);
    let tree = yaml::parse(file, text, range).take(diagnostics);
    if tree.broken {
        return FrontMatter::default();
    }
    let empty = Node { span: opening, data: Data::Map(Vec::new()) };
    let root = if matches!(tree.root.data, Data::Null) { &empty } else { &tree.root };
    let mut cx = Context { diagnostics, owner: opening };
    FrontMatter::decode(root, &mut cx).unwrap_or_default()
}

type Parts = (Range<usize>, Range<usize>);

/// The bytes of front matter and body; `None` without front matter that ends.
pub fn parts(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    split(text).ok().flatten()
}

/// Front matter and body; `None` without front matter, an error if it does not end.
fn split(text: &str) -> Result<Option<Parts>, ()> {
    let Some(first) = text.split_inclusive('\n').next().filter(|line| line.trim_end() == "---") else {
        return Ok(None);
    };
    let mut at = first.len();
    for line in text[first.len()..].split_inclusive('\n') {
        let end = at + line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return Ok(Some((first.len()..at, end..text.len())));
        }
        at = end;
    }
    Err(())
}
