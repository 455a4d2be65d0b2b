//! The bibliographic form of a source, close to ISO 690 as French editors print it, and to Chicago's notes in English.
//!
//! Author, title, what it is, outlet, date, where it can be read, when it was read; what is missing is left out. The
//! title of a part (an article, a page, a speech) stands in quotation marks, that of a whole work in italics.

use super::messages::Messages;
use super::piece::{self, Piece, Target};
use super::{date, kinds, typography};
use crate::model::source::Author;
use crate::model::{ClaimIx, Dated, Dossier, Source, SourceIx};

/// CSL types whose title is the title of a whole work.
const WHOLE_WORKS: &[&str] = &[
    "bill",
    "book",
    "classic",
    "collection",
    "dataset",
    "document",
    "hearing",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "patent",
    "performance",
    "periodical",
    "regulation",
    "report",
    "software",
    "standard",
    "thesis",
    "treaty",
];

/// CSL types that a reader would not guess from title and outlet.
const NAMED_TYPES: &[&str] = &[
    "bill",
    "broadcast",
    "dataset",
    "hearing",
    "interview",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "personal_communication",
    "post",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
];

/// A title longer than this is cut in a short reference.
const SHORT_TITLE: usize = 60;

/// A source as a citation style writes it. Its title leads to its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Styled {
    /// In a note.
    pub note: Vec<Piece>,
    /// By itself.
    pub full: Vec<Piece>,
}

/// Sources in the dossier's citation style, if it has one; else they are written as this module does.
pub trait InStyle {
    /// A source in the style.
    fn styled(&self, source: SourceIx) -> Option<&Styled>;

    /// Whose words an evidence of a claim quotes, in one word for pages; as far as the sheets tell, where nobody looked into
    /// a capture.
    fn speech(&self, dossier: &Dossier, claim: ClaimIx, evidence: usize) -> &'static str {
        let told = dossier[claim].evidence.get(evidence).and_then(|evidence| evidence.speech);
        told.map_or(if dossier[claim].by.is_empty() { "own" } else { "unknown" }, |speech| speech.as_str())
    }
}

/// No style.
impl InStyle for () {
    fn styled(&self, _: SourceIx) -> Option<&Styled> {
        None
    }
}

/// The full form, with links to the source's page, its author and outlet, its address and its archived copy.
pub fn source(dossier: &Dossier, ix: SourceIx, style: &dyn InStyle, messages: &Messages) -> Vec<Piece> {
    if let Some(styled) = style.styled(ix) {
        return styled.full.clone();
    }
    piece::close(full(dossier, ix, messages))
}

/// The full form without the full stop at its end.
pub(super) fn full(dossier: &Dossier, ix: SourceIx, messages: &Messages) -> Vec<Piece> {
    let source = &dossier[ix];
    let mut parts = Vec::new();
    parts.extend(authors(dossier, source, messages));
    parts.push(title(ix, source, &source.title, messages));
    if NAMED_TYPES.contains(&&*source.kind) {
        parts.push(piece::text(kinds::csl(&source.kind, messages)));
    }
    parts.extend(outlet(dossier, source));
    parts.extend(source.published.as_ref().map(|d| piece::text(published(d, messages))));
    parts.extend(source.url.as_ref().map(|url| {
        let words = piece::url(url, messages.text("reference.online"));
        piece::fill(messages, "reference.bracketed", &[("words", &words)])
    }));
    parts.extend(archived(source, messages));
    parts.extend(accessed(source, messages));
    piece::join(&parts, messages.text("list.comma"))
}

/// The title alone, for a note that names the outlet anyway.
pub fn shortest(dossier: &Dossier, ix: SourceIx, messages: &Messages) -> Vec<Piece> {
    let source = &dossier[ix];
    title(ix, source, &cut(&source.title), messages)
}

/// Title and outlet, for a note. The title is cut where it is long.
pub fn short(dossier: &Dossier, ix: SourceIx, messages: &Messages) -> Vec<Piece> {
    let source = &dossier[ix];
    let mut parts = vec![title(ix, source, &cut(&source.title), messages)];
    parts.extend(outlet(dossier, source));
    piece::join(&parts, messages.text("list.comma"))
}

/// The outlet, else the authors, else the title: what a margin has room for.
pub fn outlet_or_title(dossier: &Dossier, ix: SourceIx, messages: &Messages) -> Vec<Piece> {
    let source = &dossier[ix];
    outlet(dossier, source)
        .or_else(|| authors(dossier, source, messages))
        .unwrap_or_else(|| title(ix, source, &cut(&source.title), messages))
}

/// The authors, joined as a list.
pub(super) fn authors(dossier: &Dossier, source: &Source, messages: &Messages) -> Option<Vec<Piece>> {
    let names: Vec<_> = source.authors.iter().map(|a| author(dossier, a)).collect();
    (!names.is_empty()).then(|| piece::list(&names, messages))
}

/// The outlet or publisher; an outlet's name is a title. Not said again where it is the only author.
pub(super) fn outlet(dossier: &Dossier, source: &Source) -> Option<Vec<Piece>> {
    let publisher = source.publisher.as_ref()?;
    if source.authors.as_slice() == std::slice::from_ref(publisher) {
        return None;
    }
    let italic = !WHOLE_WORKS.contains(&&*source.kind);
    Some(match publisher {
        Author::Actor(ix) => {
            let actor = &dossier[*ix];
            let italic = italic && actor.kind == crate::model::kinds::ActorKind::Media;
            let target = Target::Record((*ix).into());
            vec![Piece::Link { target, text: actor.name.to_string(), italic }]
        }
        Author::Name(name) if italic => vec![Piece::Italic(name.to_string())],
        Author::Name(name) => piece::text(&**name),
    })
}

/// The title with its marks, as a link to the source's page.
pub(super) fn title(ix: SourceIx, source: &Source, words: &str, messages: &Messages) -> Vec<Piece> {
    let target = Target::Record(ix.into());
    if WHOLE_WORKS.contains(&&*source.kind) {
        return vec![Piece::Link { target, text: words.to_owned(), italic: true }];
    }
    let inside = typography::inside_quotes(words, messages.language()).into_owned();
    let link = vec![Piece::Link { target, text: inside, italic: false }];
    piece::fill(messages, "note.quoted", &[("quote", &link)])
}

/// The date of publication by itself, and whether it was inferred.
pub(super) fn published(published: &Dated, messages: &Messages) -> String {
    inferred(date::moment(&published.date, messages), published, "reference.inferred", messages)
}

/// A date in words, with the remark that it was inferred, if it was.
pub(super) fn inferred(words: String, dated: &Dated, key: &str, messages: &Messages) -> String {
    if dated.inferred.is_some() { messages.fill(key, &[("date", &words)]) } else { words }
}

fn author(dossier: &Dossier, author: &Author) -> Vec<Piece> {
    match author {
        Author::Actor(ix) => piece::actor(dossier, *ix),
        Author::Name(name) => piece::text(&**name),
    }
}

fn archived(source: &Source, messages: &Messages) -> Option<Vec<Piece>> {
    let archive = source.archive.as_ref()?;
    let words = piece::url(&archive.url, messages.text("reference.archived"));
    Some(match &archive.on {
        Some(on) => {
            let date = piece::text(date::moment_phrase(&on.date, messages));
            piece::fill(messages, "reference.archived_on", &[("words", &words), ("date", &date)])
        }
        None => words,
    })
}

fn accessed(source: &Source, messages: &Messages) -> Option<Vec<Piece>> {
    let date = date::moment_phrase(&source.accessed.as_ref()?.date, messages);
    Some(piece::text(messages.fill("reference.accessed", &[("date", &date)])))
}

/// A long title without its subtitle, or its first words, with an ellipsis.
fn cut(title: &str) -> String {
    if title.chars().count() <= SHORT_TITLE {
        return title.to_owned();
    }
    let end = title.char_indices().nth(SHORT_TITLE - 8).map_or(title.len(), |(i, _)| i);
    let start = &title[..end];
    let subtitle = [" : ", "\u{a0}: ", ": ", " – ", " — ", ". "].iter().find_map(|sign| start.rfind(sign));
    let words = match subtitle {
        Some(at) if at * 2 > end => &start[..at],
        _ => start.rsplit_once(char::is_whitespace).map_or(start, |(words, _)| words),
    };
    format!("{}…", words.trim_end_matches(|c: char| !c.is_alphanumeric()))
}
