//! The dialect of Markdown that articles and fields marked **md** are written in (`docs/citing.md`).
//!
//! CommonMark with tables, footnotes, strikethrough, definition lists and heading attributes, by pulldown-cmark; and
//! our own tokens for what it does not know. [`tokens`] is the one reading of the syntax: [`outline`] finds out what a
//! text refers to, and the renderer writes it.

pub mod citation;
mod outline;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset};

pub use outline::{anchor, outline};

use crate::model::prose::{Fault, FaultKind};

/// What a text consists of.
#[derive(Clone, Debug)]
pub enum Token<'t> {
    /// Plain Markdown.
    Markdown(Event<'t>),
    /// What stands between the brackets of a citation: `@id, § 3; @other`.
    Citation(CowStr<'t>),
    /// `[[id]]` or the start of `[[id|`.
    LinkStart {
        /// The id.
        id: CowStr<'t>,
        /// Whether the writer gives the words; else the label of what is linked stands for them.
        worded: bool,
    },
    /// The end of a link by id.
    LinkEnd,
    /// `![[id]]`, with whether it stands alone in its paragraph.
    Card(CowStr<'t>, bool),
    /// `<!-- uncited: reason -->`.
    Uncited(CowStr<'t>),
    /// Any other HTML comment: never written to a page.
    Comment,
}

/// Tokens with their bytes, and what is wrong with the text by itself.
pub type Tokens<'t> = (Vec<(Token<'t>, Range<usize>)>, Vec<Fault>);

/// Marks, in a link's destination, what the callback below took for a citation.
const CITATION: &str = "\u{0}@";

/// Deeper nesting of blocks and spans than this is a fault: it would cost time and stack, and serves nobody.
const DEPTH: usize = 100;

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS
}

/// Whether a text has no character that means anything in Markdown, so that it is its own reading.
pub fn is_plain(text: &str) -> bool {
    let block_start = |c: char| matches!(c, '#' | '>' | '-' | '+' | '=' | ':' | '|') || c.is_ascii_digit();
    !text.bytes().any(|b| matches!(b, b'[' | b']' | b'*' | b'_' | b'`' | b'<' | b'&' | b'\\' | b'~' | b'\n' | b'|' | 0))
        && !text.starts_with(|c: char| block_start(c) && (!c.is_ascii_digit() || starts_a_list(text)))
        && !text.starts_with([' ', '\t'])
        && !text.ends_with([' ', '\t'])
}

/// `1. ` and `1) ` start lists; `11 000 soldats` does not.
fn starts_a_list(text: &str) -> bool {
    text.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', ')'])
}

/// Reads a text.
pub fn tokens(text: &str) -> Tokens<'_> {
    let faults = RefCell::new(Vec::new());
    let callback = |link: BrokenLink<'_>| broken_link(&link, &faults);
    let parser = Parser::new_with_broken_link_callback(text, options(), Some(callback));
    let mut reader = Reader { text, out: Vec::new(), depth: 0 };
    let mut events = TextMergeWithOffset::new(parser.into_offset_iter());
    while let Some((event, range)) = events.next() {
        reader.read(event, range, &mut events);
        if reader.depth > DEPTH {
            faults.borrow_mut().push(Fault { range: text.len()..text.len(), kind: FaultKind::TooDeep });
            reader.out.clear();
            break;
        }
    }
    lone_cards(&mut reader.out);
    (reader.out, faults.into_inner())
}

/// Takes `[@id]` for a citation, and records `[text][nowhere]`.
fn broken_link(link: &BrokenLink<'_>, faults: &RefCell<Vec<Fault>>) -> Option<(CowStr<'static>, CowStr<'static>)> {
    if citation::looks_like_one(&link.reference) {
        return Some((format!("{CITATION}{}", link.reference).into(), "".into()));
    }
    if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
        let kind = FaultKind::UndefinedReference((&*link.reference).into());
        faults.borrow_mut().push(Fault { range: link.span.clone(), kind });
    }
    None
}

struct Reader<'t> {
    text: &'t str,
    out: Vec<(Token<'t>, Range<usize>)>,
    depth: usize,
}

impl<'t> Reader<'t> {
    fn read(
        &mut self,
        event: Event<'t>,
        range: Range<usize>,
        events: &mut impl Iterator<Item = (Event<'t>, Range<usize>)>,
    ) {
        let token = match event {
            Event::Start(Tag::Link { ref dest_url, ref id, .. })
                if dest_url.starts_with(CITATION) || citation::looks_like_one(id) =>
            {
                let cited = dest_url.strip_prefix(CITATION).map_or_else(|| id.clone(), |c| c.to_owned().into());
                skip_to(events, TagEnd::Link);
                Token::Citation(cited)
            }
            Event::Start(Tag::Link { link_type: LinkType::WikiLink { has_pothole }, dest_url, .. }) => {
                if !has_pothole {
                    skip_to(events, TagEnd::Link);
                    self.out.push((Token::LinkStart { id: dest_url, worded: false }, range.clone()));
                    Token::LinkEnd
                } else {
                    let inner = take_to(events, TagEnd::Link);
                    self.out.push((Token::LinkStart { id: dest_url, worded: true }, range.clone()));
                    self.out.extend(inner.into_iter().map(|(event, range)| (Token::Markdown(event), range)));
                    Token::LinkEnd
                }
            }
            Event::Start(Tag::Image { link_type: LinkType::WikiLink { .. }, dest_url, .. }) => {
                skip_to(events, TagEnd::Image);
                Token::Card(dest_url, false)
            }
            Event::Html(html) | Event::InlineHtml(html) if html.trim_start().starts_with("<!--") => {
                return self.comment(html, range);
            }
            Event::Start(_) => {
                self.depth += 1;
                Token::Markdown(event)
            }
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                Token::Markdown(event)
            }
            _ => Token::Markdown(event),
        };
        self.out.push((token, range));
    }

    /// A comment says why no citation is owed, or is for the writer alone; what follows it on its line is HTML.
    fn comment(&mut self, html: CowStr<'t>, range: Range<usize>) {
        let body = html.trim().trim_start_matches("<!--");
        let (body, rest) = body.split_once("-->").unwrap_or((body, ""));
        let token = match body.trim().strip_prefix("uncited:") {
            Some(reason) => Token::Uncited(reason.trim().to_owned().into()),
            None => Token::Comment,
        };
        self.out.push((token, range.clone()));
        if !rest.trim().is_empty() {
            let at = self.text[range.clone()].rfind(rest.trim()).map_or(range.start, |i| range.start + i);
            self.out.push((Token::Markdown(Event::Html(rest.to_owned().into())), at..range.end));
        }
    }
}

fn skip_to<'t>(events: &mut impl Iterator<Item = (Event<'t>, Range<usize>)>, end: TagEnd) {
    for (event, _) in events {
        if event == Event::End(end) {
            break;
        }
    }
}

fn take_to<'t>(
    events: &mut impl Iterator<Item = (Event<'t>, Range<usize>)>,
    end: TagEnd,
) -> Vec<(Event<'t>, Range<usize>)> {
    events.take_while(|(event, _)| *event != Event::End(end)).collect()
}

/// Finds cards that are all of their paragraph, and takes the paragraph away around them.
fn lone_cards(out: &mut Vec<(Token<'_>, Range<usize>)>) {
    let is_start = |t: &Token<'_>| matches!(t, Token::Markdown(Event::Start(Tag::Paragraph)));
    let is_end = |t: &Token<'_>| matches!(t, Token::Markdown(Event::End(TagEnd::Paragraph)));
    let mut dropped = Vec::new();
    for i in 1..out.len().saturating_sub(1) {
        if matches!(out[i].0, Token::Card(..)) && is_start(&out[i - 1].0) && is_end(&out[i + 1].0) {
            dropped.extend([i - 1, i + 1]);
            if let Token::Card(_, alone) = &mut out[i].0 {
                *alone = true;
            }
        }
    }
    let mut dropped = dropped.into_iter().peekable();
    let mut index = 0;
    out.retain(|_| {
        let drop = dropped.next_if_eq(&index).is_some();
        index += 1;
        !drop
    });
}
