//! What a text refers to: citations, links, cards, headings, paragraphs, and what is wrong with it by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Token, citation, is_plain, tokens};
use crate::model::Text;
use crate::model::prose::{Card, Citation, Cited, Fault, FaultKind, Heading, Located, Outline, Paragraph, Url};

/// The outline of a text.
pub fn outline(text: &str) -> Outline {
    if is_plain(text) {
        let whole = Paragraph { range: 0..text.len(), citations: 0, uncited: None };
        return Outline { plain: true, paragraphs: vec![whole], ..Outline::default() };
    }
    let (tokens, faults) = tokens(text);
    let mut walk = Walk {
        text,
        out: Outline { faults, ..Outline::default() },
        heading: None,
        paragraph: None,
        anchors: BTreeSet::new(),
        explicit: BTreeMap::new(),
        in_code: false,
        in_link: false,
    };
    for (token, range) in &tokens {
        walk.token(token, range);
    }
    walk.out.citations.shrink_to_fit();
    walk.out.paragraphs.shrink_to_fit();
    walk.out
}

/// The anchor made of a heading's words: ASCII, lower case, joined by hyphens.
pub fn anchor(words: &str) -> String {
    let ascii = deunicode::deunicode(words).to_lowercase();
    let parts: Vec<_> = ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "section".into() } else { parts.join("-") }
}

struct Walk<'t> {
    text: &'t str,
    out: Outline,
    heading: Option<(Heading, Option<Text>)>,
    paragraph: Option<Paragraph>,
    anchors: BTreeSet<Text>,
    explicit: BTreeMap<Text, Range<usize>>,
    in_code: bool,
    in_link: bool,
}

impl Walk<'_> {
    fn token(&mut self, token: &Token<'_>, range: &Range<usize>) {
        match token {
            Token::Markdown(event) => self.event(event, range),
            Token::Citation(inside) => self.citation(inside, range),
            Token::LinkStart { id, .. } => {
                let id = self.located(id, range);
                self.out.links.push(id);
            }
            Token::Card(id, alone) => {
                let id = self.located(id, range);
                self.out.cards.push(Card { id, alone: *alone });
            }
            Token::Uncited(reason) => {
                let open = self.paragraph.as_mut();
                if let Some(paragraph) = open.or(self.out.paragraphs.last_mut()) {
                    paragraph.uncited = Some((&**reason).into());
                }
            }
            Token::LinkEnd | Token::Comment => {}
        }
    }

    fn event(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                let heading = Heading { level: *level as u8, id: "".into(), text: "".into(), range: range.clone() };
                self.heading = Some((heading, id.as_deref().map(Into::into)));
            }
            Event::End(TagEnd::Heading(_)) => self.end_heading(),
            Event::Start(Tag::Paragraph) => {
                self.paragraph = Some(Paragraph { range: range.clone(), citations: 0, uncited: None });
            }
            Event::End(TagEnd::Paragraph) => self.out.paragraphs.extend(self.paragraph.take()),
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.in_link = true;
                self.url(dest_url, range, false);
            }
            Event::End(TagEnd::Link) => self.in_link = false,
            Event::Start(Tag::Image { dest_url, .. }) => self.url(dest_url, range, true),
            Event::Start(Tag::CodeBlock(_)) => self.in_code = true,
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::Text(words) => self.words(words, range),
            Event::Code(words) => self.heading_words(words),
            Event::Html(html) | Event::InlineHtml(html) => self.html(html, range),
            _ => {}
        }
    }

    /// A block of HTML comes line by line, and a closing tag follows from its opening one: each is one fault.
    fn html(&mut self, html: &str, range: &Range<usize>) {
        if let Some(Fault { range: last, kind: FaultKind::Html }) = self.out.faults.last_mut()
            && last.end == range.start
            && self.text[last.clone()].ends_with('\n')
        {
            last.end = range.end;
            return;
        }
        if !html.starts_with("</") {
            self.out.faults.push(Fault { range: range.clone(), kind: FaultKind::Html });
            return;
        }
        let name = html.trim_start_matches("</").trim_end_matches('>').trim();
        let opens = |fault: &Fault| {
            let written = self.text[fault.range.clone()].strip_prefix('<');
            let rest = written.and_then(|tag| tag.strip_prefix(name));
            fault.kind == FaultKind::Html && rest.is_some_and(|r| !r.starts_with(|c: char| c.is_alphanumeric()))
        };
        if !self.out.faults.iter().any(opens) {
            self.out.faults.push(Fault { range: range.clone(), kind: FaultKind::Html });
        }
    }

    fn words(&mut self, words: &str, range: &Range<usize>) {
        self.heading_words(words);
        if !self.in_code && words.contains("[^") {
            self.footnotes(range);
        }
    }

    fn heading_words(&mut self, words: &str) {
        if let Some((heading, _)) = &mut self.heading {
            heading.text = format!("{}{words}", heading.text).into();
        }
    }

    /// What still looks like a footnote in running text has no definition (or it would not be text).
    fn footnotes(&mut self, range: &Range<usize>) {
        let text = &self.text[range.clone()];
        for (i, _) in text.match_indices("[^") {
            let escaped = text[..i].ends_with('\\') || self.text[..range.start + i].ends_with('\\');
            let label = text[i + 2..].split_once(']').map(|(label, _)| label);
            if let Some(label) = label.filter(|l| !l.is_empty() && !escaped && !l.contains(char::is_whitespace)) {
                let at = range.start + i..range.start + i + label.len() + 3;
                self.out.faults.push(Fault { range: at, kind: FaultKind::UndefinedFootnote(label.into()) });
            }
        }
    }

    fn citation(&mut self, inside: &str, range: &Range<usize>) {
        match citation::parse(inside) {
            Ok(items) => {
                let mut items: Vec<_> = items.into_iter().map(|item| self.place(item, range)).collect();
                items.shrink_to_fit();
                self.out.citations.push(Citation { range: range.clone(), items });
                if let Some(paragraph) = &mut self.paragraph {
                    paragraph.citations += 1;
                }
            }
            Err(message) => {
                self.out.faults.push(Fault { range: range.clone(), kind: FaultKind::BadCitation(message) });
            }
        }
    }

    /// The range of an id within the citation as it is written, which may run over lines and quotation marks.
    fn place(&self, item: Cited, range: &Range<usize>) -> Cited {
        let written = format!("@{}", item.id.value);
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-');
        let source = &self.text[range.clone()];
        let found = source.match_indices(&written).find(|(i, _)| ends(&source[i + written.len()..]));
        let at = match found {
            Some((i, _)) => range.start + i + 1..range.start + i + written.len(),
            None => range.clone(),
        };
        Cited { id: Located { range: at, ..item.id }, ..item }
    }

    fn located(&self, id: &str, range: &Range<usize>) -> Located<Text> {
        let at = self.text[range.clone()].find(id).map_or(range.clone(), |i| {
            let start = range.start + i;
            start..start + id.len()
        });
        Located { value: id.into(), range: at }
    }

    fn url(&mut self, url: &str, range: &Range<usize>, image: bool) {
        self.out.urls.push(Url { url: url.into(), range: range.clone(), image });
    }

    fn end_heading(&mut self) {
        let Some((mut heading, explicit)) = self.heading.take() else { return };
        heading.id = match explicit {
            Some(id) => {
                if self.explicit.insert(id.clone(), heading.range.clone()).is_some() || self.anchors.contains(&id) {
                    let kind = FaultKind::DuplicateAnchor(id.clone());
                    self.out.faults.push(Fault { range: heading.range.clone(), kind });
                }
                id
            }
            None => self.free_anchor(&anchor(&heading.text)),
        };
        self.anchors.insert(heading.id.clone());
        self.out.headings.push(heading);
    }

    fn free_anchor(&self, wanted: &str) -> Text {
        let numbered = (1..).map(|n| format!("{wanted}-{n}"));
        std::iter::once(wanted.to_owned())
            .chain(numbered)
            .find(|name| !self.anchors.contains(name.as_str()))
            .unwrap_or_default()
            .into()
    }
}
