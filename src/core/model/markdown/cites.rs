//! Citations found among the tokens of a text.
//!
//! 1. The tokens of each run of words (a paragraph, a heading, what stands within emphasis) are its siblings; brackets, `@`
//!    and `;` count where they are plain text of the source, not behind a backslash, in code or in an address.
//! 2. Brackets are paired; a pair that holds an `@` of its own is a citation.
//! 3. An `@` outside of brackets cites in the text; brackets after it hold its locator.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use super::citation::{self, Written};
use super::{Citation, Placed, Token};
use crate::base::steps::step;
use crate::model::prose::{Cited, Fault, FaultKind, Located};

/// The tokens with citations among them.
pub(super) fn find<'t>(text: &'t str, tokens: Vec<Placed<'t>>, faults: &mut Vec<Fault>) -> Vec<Placed<'t>> {
    let ends = ends(&tokens);
    let mut finder = Finder { text, ends, tokens: tokens.into_iter().map(Some).collect(), faults };
    let mut out = Vec::with_capacity(finder.tokens.len());
    finder.run(0..finder.tokens.len(), &mut out);
    out
}

/// For each token that opens something, where that ends.
fn ends(tokens: &[Placed<'_>]) -> HashMap<usize, usize> {
    let (mut ends, mut open) = (HashMap::new(), Vec::new());
    for (i, (token, _)) in tokens.iter().enumerate() {
        match token {
            Token::Markdown(Event::Start(_)) | Token::LinkStart { .. } => open.push(i),
            Token::Markdown(Event::End(_)) | Token::LinkEnd => {
                if let Some(start) = open.pop() {
                    ends.insert(start, i);
                }
            }
            _ => {}
        }
    }
    ends
}

/// One token, or all from the start of something to its end.
struct Sibling {
    tokens: Range<usize>,
    source: Range<usize>,
    /// Whether it is plain text of the source.
    is_text: bool,
}

/// A character that means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Open,
    Close,
    Sign,
    Stop,
}

/// A citation, by the bytes that it takes the place of.
struct Hit {
    source: Range<usize>,
    items: Result<Vec<Cited>, String>,
    in_text: bool,
}

struct Finder<'t, 'f> {
    text: &'t str,
    ends: HashMap<usize, usize>,
    tokens: Vec<Option<Placed<'t>>>,
    faults: &'f mut Vec<Fault>,
}

impl<'t> Finder<'t, '_> {
    fn run(&mut self, within: Range<usize>, out: &mut Vec<Placed<'t>>) {
        let siblings = self.siblings(within);
        let marks = self.marks(&siblings);
        let cites = marks.iter().any(|(_, mark)| *mark == Mark::Sign);
        let mut hits = if cites { self.hits(&siblings, &marks) } else { Vec::new() }.into_iter().peekable();
        for sibling in siblings {
            if !sibling.is_text {
                let inside = hits.peek().filter(|hit| hit.source.start <= sibling.source.start);
                match inside {
                    Some(_) => self.copy(sibling.tokens, out),
                    None => self.whole(sibling.tokens, out),
                }
                self.close_hits(&mut hits, sibling.source.end, out);
                continue;
            }
            let mut from = sibling.source.start;
            while let Some(hit) = hits.peek().filter(|hit| hit.source.start < sibling.source.end) {
                let (start, end) = (hit.source.start, hit.source.end);
                if from < start {
                    self.push_text(from..start, out);
                    from = start;
                }
                let stop = end.min(sibling.source.end);
                self.push_text(from.max(start)..stop, out);
                from = stop;
                if end > sibling.source.end {
                    break;
                }
                self.close_hits(&mut hits, end, out);
            }
            if from < sibling.source.end {
                self.push_text(from..sibling.source.end, out);
            }
        }
    }

    fn push_text(&self, range: Range<usize>, out: &mut Vec<Placed<'t>>) {
        if !range.is_empty() {
            out.push((Token::Markdown(Event::Text(self.text[range.clone()].into())), range));
        }
    }

    /// Takes what was written of each citation that ends by here, and puts the citation in its place.
    fn close_hits(
        &mut self,
        hits: &mut std::iter::Peekable<std::vec::IntoIter<Hit>>,
        end: usize,
        out: &mut Vec<Placed<'t>>,
    ) {
        while let Some(hit) = hits.next_if(|hit| hit.source.end <= end) {
            let start = out.iter().rposition(|(_, at)| at.start < hit.source.start).map_or(0, |i| i + 1);
            let written = out.split_off(start);
            let items = hit.items.unwrap_or_else(|message| {
                self.faults.push(Fault { range: hit.source.clone(), kind: FaultKind::BadCitation(message) });
                Vec::new()
            });
            let citation = Citation { items, in_text: hit.in_text, written };
            out.push((Token::Citation(Box::new(citation)), hit.source));
        }
    }

    fn copy(&mut self, tokens: Range<usize>, out: &mut Vec<Placed<'t>>) {
        out.extend(self.tokens[tokens].iter_mut().filter_map(Option::take));
    }

    /// Something that may have citations in it.
    fn whole(&mut self, tokens: Range<usize>, out: &mut Vec<Placed<'t>>) {
        let opens = tokens.len() > 1 && !self.is_closed_to_citations(tokens.start);
        if !opens {
            return self.copy(tokens, out);
        }
        self.copy(tokens.start..tokens.start + 1, out);
        self.run(tokens.start + 1..tokens.end - 1, out);
        self.copy(tokens.end - 1..tokens.end, out);
    }

    /// Code is shown as it is; an address that is its own words is no place for notes.
    fn is_closed_to_citations(&self, at: usize) -> bool {
        let link = |kind: &LinkType| matches!(kind, LinkType::Autolink | LinkType::Email);
        match &self.tokens[at] {
            Some((Token::Markdown(Event::Start(tag)), _)) => match tag {
                Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => true,
                Tag::Link { link_type, .. } => link(link_type),
                _ => false,
            },
            _ => false,
        }
    }

    fn siblings(&self, within: Range<usize>) -> Vec<Sibling> {
        let mut siblings = Vec::new();
        let mut i = within.start;
        while i < within.end {
            let end = self.ends.get(&i).copied().unwrap_or(i).min(within.end - 1);
            if let Some((token, range)) = &self.tokens[i] {
                let is_text =
                    matches!(token, Token::Markdown(Event::Text(t)) if self.text.get(range.clone()) == Some(&**t));
                siblings.push(Sibling { tokens: i..end + 1, source: range.clone(), is_text });
            }
            i = end + 1;
        }
        siblings
    }

    /// The characters that mean something, in order.
    fn marks(&self, siblings: &[Sibling]) -> Vec<(usize, Mark)> {
        let mut marks = Vec::new();
        let mut before = None;
        for sibling in siblings {
            let start = sibling.source.start;
            let escaped = self.text[..start].ends_with('\\') && before != Some(start);
            before = Some(sibling.source.end);
            let text = if sibling.is_text { &self.text[sibling.source.clone()] } else { "" };
            for (i, byte) in text.bytes().enumerate() {
                let at = start + i;
                let mark = match byte {
                    _ if i == 0 && escaped => continue,
                    b'[' => Mark::Open,
                    b']' => Mark::Close,
                    b';' => Mark::Stop,
                    // The whole of `\[@id]` is meant as it is.
                    b'@' if self.begins_id(at) && !self.text[..at].ends_with("\\[") => Mark::Sign,
                    _ => continue,
                };
                marks.push((at, mark));
            }
        }
        marks
    }

    /// The second of two `@` begins one too, which is a fault.
    fn begins_id(&self, at: usize) -> bool {
        let twice = self.text[..at].strip_suffix('@').is_some_and(|before| !before.ends_with(char::is_alphanumeric));
        citation::begins_id(self.text, at) || (twice && citation::id_in_text(self.text, at).is_some())
    }

    fn hits(&mut self, siblings: &[Sibling], marks: &[(usize, Mark)]) -> Vec<Hit> {
        let closing = pairs(marks);
        let mut hits = Vec::new();
        let mut i = 0;
        while i < marks.len() {
            let (hit, next) = match (marks[i].1, closing.get(&i)) {
                (Mark::Open, Some(close)) => match self.bracketed(siblings, marks, &closing, i..*close) {
                    Some(hit) => (Some(hit), close + 1),
                    None => (None, i + 1),
                },
                (Mark::Sign, _) if self.is_idle(marks[i].0) => (None, i + 1),
                (Mark::Sign, _) => self.in_text(siblings, marks, &closing, i),
                _ => (None, i + 1),
            };
            hits.extend(hit);
            i = next;
        }
        hits
    }

    /// The brackets at a pair of marks as a citation, if there is an `@` in them that is not in others.
    fn bracketed(
        &self,
        siblings: &[Sibling],
        marks: &[(usize, Mark)],
        closing: &HashMap<usize, usize>,
        pair: Range<usize>,
    ) -> Option<Hit> {
        let (open, close) = (marks[pair.start].0, marks[pair.end].0);
        let own = own(marks, closing, pair.clone());
        let signs = at(&own, Mark::Sign);
        if signs.is_empty() {
            return None;
        }
        let nested = marks[pair.clone()].iter().filter(|(_, mark)| *mark == Mark::Sign).count() > signs.len();
        let source = open..close + 1;
        let items = match self.refusal(siblings, &source) {
            Some(message) => Err(message),
            None if nested => Err("a citation stands within another: put `;` between them".into()),
            None => self.written(siblings, open + 1..close, &own).items(),
        };
        Some(Hit { source, items, in_text: false })
    }

    /// An `@` in the text: with its locator, if brackets follow that are no citation of their own.
    fn in_text(
        &self,
        siblings: &[Sibling],
        marks: &[(usize, Mark)],
        closing: &HashMap<usize, usize>,
        i: usize,
    ) -> (Option<Hit>, usize) {
        let at_sign = marks[i].0;
        let Some(id) = citation::id_in_text(self.text, at_sign) else { return (None, i + 1) };
        let end = if self.text[at_sign + 1..].starts_with('{') { id.end + 1 } else { id.end };
        let located = Located { value: self.text[id.clone()].into(), range: id };
        let follows = |open: usize| self.text[end..open].chars().all(char::is_whitespace) && open - end < 4;
        let bracket = marks.get(i + 1).filter(|(open, mark)| *mark == Mark::Open && *open >= end && follows(*open));
        if let Some(close) = bracket.and_then(|_| closing.get(&(i + 1)).copied()) {
            let own = own(marks, closing, i + 1..close);
            let (open, last) = (marks[i + 1].0, marks[close].0);
            let stop = at(&own, Mark::Stop).first().copied().unwrap_or(last);
            let is_locator = at(&own, Mark::Sign).iter().all(|sign| *sign > stop);
            if is_locator && !self.text[open + 1..].starts_with(['^', '[']) {
                let source = at_sign..last + 1;
                let items = match self.refusal(siblings, &source) {
                    Some(message) => Err(message),
                    None => self.written(siblings, open + 1..last, &own).after(located),
                };
                return (Some(Hit { source, items, in_text: true }), close + 1);
            }
        }
        let items = Ok(vec![Cited { prefix: None, id: located, locator: None }]);
        (Some(Hit { source: at_sign..end, items, in_text: true }), i + 1)
    }

    /// An `@` before an id that makes no note, for what stands before it; told where the id turns out to be known.
    fn is_idle(&mut self, at_sign: usize) -> bool {
        let before = self.text[..at_sign].chars().next_back();
        let before = before.filter(|c| matches!(c, '-' | '/' | '\\' | '.' | ':' | '@'));
        if let Some((id, end)) = citation::miswritten_id(self.text, at_sign).filter(|_| before.is_none()) {
            let kind = FaultKind::MiswrittenId { id: id.into(), written: self.text[at_sign + 1..end].into() };
            self.faults.push(Fault { range: at_sign..end, kind });
            return true;
        }
        let (Some(before), Some(id)) = (before, citation::id_in_text(self.text, at_sign)) else { return false };
        let kind = FaultKind::IdleSign { id: self.text[id.clone()].into(), before };
        self.faults.push(Fault { range: at_sign..id.end, kind });
        true
    }

    fn written(&self, siblings: &[Sibling], inside: Range<usize>, own: &[(usize, Mark)]) -> Written<'t> {
        let comments = within(siblings, &inside).filter(|s| self.is_comment(s)).map(|s| s.source.clone());
        Written {
            text: self.text,
            comments: comments.collect(),
            signs: at(own, Mark::Sign),
            stops: at(own, Mark::Stop),
            inside,
        }
    }

    fn is_comment(&self, sibling: &Sibling) -> bool {
        matches!(self.tokens[sibling.tokens.start], Some((Token::Comment | Token::Uncited(_), _)))
    }

    /// Why something that stands in a citation cannot.
    fn refusal(&self, siblings: &[Sibling], source: &Range<usize>) -> Option<String> {
        let tokens = within(siblings, source).flat_map(|s| &self.tokens[s.tokens.clone()]).flatten();
        tokens.into_iter().find_map(|(token, _)| match token {
            Token::Markdown(Event::FootnoteReference(_)) => {
                Some("a footnote cannot stand within a citation: put it after the bracket".to_owned())
            }
            Token::Markdown(Event::Start(Tag::Link { link_type, dest_url, .. })) => match link_type {
                LinkType::Inline | LinkType::Autolink | LinkType::Email if is_whole(dest_url) => None,
                LinkType::Inline => {
                    Some("a link within a citation needs a whole address, `https://…`, or `[[id]]`".to_owned())
                }
                _ => Some("a link within a citation gives its address itself: `[text](https://…)`".to_owned()),
            },
            Token::Markdown(Event::Start(Tag::Image { .. })) | Token::Card(..) => {
                Some("an image or a card cannot stand within a citation".to_owned())
            }
            Token::Markdown(Event::Html(_) | Event::InlineHtml(_)) => {
                Some("HTML cannot stand within a citation".to_owned())
            }
            _ => None,
        })
    }
}

/// Whether an address needs no page to start from.
fn is_whole(url: &str) -> bool {
    url.contains("://") || url.starts_with("mailto:")
}

/// For each mark that opens a bracket, the one that closes it.
fn pairs(marks: &[(usize, Mark)]) -> HashMap<usize, usize> {
    let (mut pairs, mut open) = (HashMap::new(), Vec::new());
    for (i, (_, mark)) in marks.iter().enumerate() {
        match mark {
            Mark::Open => open.push(i),
            Mark::Close => {
                if let Some(start) = open.pop() {
                    pairs.insert(start, i);
                }
            }
            Mark::Sign | Mark::Stop => {}
        }
    }
    pairs
}

/// The marks within a pair of brackets that are not within others.
fn own(marks: &[(usize, Mark)], closing: &HashMap<usize, usize>, pair: Range<usize>) -> Vec<(usize, Mark)> {
    let mut own = Vec::new();
    let mut i = pair.start + 1;
    while i < pair.end {
        match closing.get(&i) {
            Some(close) => i = close + 1,
            None => {
                own.push(marks[i]);
                i += 1;
            }
        }
    }
    own
}

fn at(marks: &[(usize, Mark)], wanted: Mark) -> Vec<usize> {
    marks.iter().filter(|(_, mark)| *mark == wanted).map(|(at, _)| *at).collect()
}

fn within<'s>(siblings: &'s [Sibling], source: &Range<usize>) -> impl Iterator<Item = &'s Sibling> {
    let source = source.clone();
    // They follow one another: a text has as many citations as it likes.
    let first = siblings.partition_point(|s| s.source.start < source.start);
    let near = siblings[first..].iter().take_while(move |s| s.source.start < source.end);
    near.inspect(|_| step(1)).filter(move |s| s.source.end <= source.end && !s.is_text)
}
