//! Sentences with links, italics and quotes, as a list of pieces: the renderer escapes them and knows the URLs.

use super::messages::{Messages, Segment, segments};
use crate::model::{ActorIx, Dossier, Ref, Text};

/// A part of a sentence. No text in it is HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// As it is.
    Text(String),
    /// The title of a work or an outlet.
    Italic(String),
    /// A link.
    Link {
        /// Where to.
        target: Target,
        /// The words.
        text: String,
        /// Whether they are the title of a work or an outlet.
        italic: bool,
    },
    /// As a citation style marks it, perhaps as a link.
    Marked {
        /// The words.
        text: String,
        /// How they are set.
        marks: Marks,
        /// Where to.
        target: Option<Target>,
    },
    /// The exact words of a source. Quotation marks stand in the texts around it.
    Quote {
        /// The words.
        text: String,
        /// A BCP 47 tag.
        lang: Option<String>,
    },
}

/// How a citation style has words set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// In italics.
    pub italic: bool,
    /// In bold.
    pub bold: bool,
    /// In small capitals.
    pub small_caps: bool,
    /// Underlined.
    pub underline: bool,
    /// Off the line.
    pub raised: Option<Raised>,
}

/// Off the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Raised {
    /// As an exponent.
    Above,
    /// As an index.
    Below,
}

impl Piece {
    /// The words alone.
    pub fn words(&self) -> &str {
        words(self)
    }
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The page of a record or article.
    Record(Ref),
    /// An address: http, https or mailto.
    Url(String),
}

/// A text as a sentence.
pub fn text(words: impl Into<String>) -> Vec<Piece> {
    vec![Piece::Text(words.into())]
}

/// A link to a record.
pub fn link(target: impl Into<Ref>, words: impl Into<String>) -> Vec<Piece> {
    vec![Piece::Link { target: Target::Record(target.into()), text: words.into(), italic: false }]
}

/// A link to an address.
pub fn url(target: &Text, words: impl Into<String>) -> Vec<Piece> {
    vec![Piece::Link { target: Target::Url(target.to_string()), text: words.into(), italic: false }]
}

/// A link to an actor, by name.
pub fn actor(dossier: &Dossier, ix: ActorIx) -> Vec<Piece> {
    link(ix, &*dossier[ix].name)
}

/// A message whose placeholders are replaced by sentences; one without a value stays as it is.
pub fn fill(messages: &Messages, key: &str, values: &[(&str, &[Piece])]) -> Vec<Piece> {
    let mut out = Vec::new();
    for segment in segments(messages.text(key)) {
        match segment {
            Segment::Text(words) => push(&mut out, Piece::Text(words.to_owned())),
            Segment::Placeholder(name) => match values.iter().find(|(known, _)| *known == name) {
                Some((_, pieces)) => append(&mut out, pieces),
                None => push(&mut out, Piece::Text(format!("{{{name}}}"))),
            },
        }
    }
    out
}

/// Joins sentences with a text between them.
pub fn join(parts: &[Vec<Piece>], between: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            push(&mut out, Piece::Text(between.to_owned()));
        }
        append(&mut out, part);
    }
    out
}

/// Joins sentences as a list: "A, B et C".
pub fn list(parts: &[Vec<Piece>], messages: &Messages) -> Vec<Piece> {
    match parts {
        [] => Vec::new(),
        [one] => one.clone(),
        [rest @ .., end] => {
            let start = join(rest, messages.text("list.comma"));
            fill(messages, "list.and", &[("start", &start), ("end", end)])
        }
    }
}

/// The same without links, italics and marks: what a screen reader would say.
pub fn plain(pieces: &[Piece]) -> String {
    pieces.iter().map(words).collect()
}

/// Closes a sentence with a full stop, unless its last sign closes it.
pub(super) fn close(mut pieces: Vec<Piece>) -> Vec<Piece> {
    let closed = pieces.last().is_some_and(|last| words(last).ends_with(['.', '…', '!', '?']));
    if !closed && !pieces.is_empty() {
        push(&mut pieces, Piece::Text(".".to_owned()));
    }
    pieces
}

/// Takes away the full stop at the end of a sentence that is to go on.
pub(super) fn open(mut pieces: Vec<Piece>) -> Vec<Piece> {
    if let Some(Piece::Text(text) | Piece::Marked { text, target: None, .. }) = pieces.last_mut() {
        let kept = text.strip_suffix('.').map_or(text.len(), str::len);
        text.truncate(kept);
    }
    pieces.retain(|piece| !words(piece).is_empty());
    pieces
}

fn words(piece: &Piece) -> &str {
    match piece {
        Piece::Text(text)
        | Piece::Italic(text)
        | Piece::Link { text, .. }
        | Piece::Marked { text, .. }
        | Piece::Quote { text, .. } => text,
    }
}

fn append(out: &mut Vec<Piece>, pieces: &[Piece]) {
    for piece in pieces {
        push(out, piece.clone());
    }
}

/// Adds a piece; neighbouring texts become one.
fn push(out: &mut Vec<Piece>, piece: Piece) {
    match (out.last_mut(), piece) {
        (Some(Piece::Text(before)), Piece::Text(text)) => before.push_str(&text),
        (_, piece) => out.push(piece),
    }
}
