//! What a text refers to: citations, links, cards, headings, paragraphs, and what is wrong with it by itself.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::foreign;
use super::ids::anchor;
use super::tags::Tags;
use super::{FigurePart, LONGEST_CODE_LINE, Placed, Token, is_plain, tokens};
use crate::base::steps::step;
use crate::model::Text;
use crate::model::block::{Fence, Fenced};
use crate::model::foreign::Foreign;
use crate::model::prose::{Card, Citation, Fault, FaultKind, Heading, Located, Outline, Paragraph, Url};

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
        heading_text: String::new(),
        anchors: BTreeSet::new(),
        numbers: HashMap::new(),
        used: BTreeSet::new(),
        opened: BTreeSet::new(),
        defined: BTreeMap::new(),
        in_code: false,
        fence: None,
        lines: String::new(),
        coloured: false,
        noted: None,
        tags: Tags::default(),
        begins: false,
        captioned: false,
        in_pull: false,
        percents: Vec::new(),
    };
    walk.tokens(&tokens);
    walk.footnotes_end();
    let comments = foreign::percents(text, &walk.percents).into_iter();
    walk.out.faults.extend(comments.map(|range| Fault { range, kind: FaultKind::Foreign(Foreign::Comment) }));
    // Where a comment has no end, what follows is read otherwise than it was meant.
    if !walk.out.faults.iter().any(|fault| fault.kind == FaultKind::OpenComment) {
        walk.out.faults.extend(std::mem::take(&mut walk.tags).finish());
    }
    walk.out.faults.sort_by_key(|fault| fault.range.start);
    walk.out.citations.shrink_to_fit();
    walk.out.paragraphs.shrink_to_fit();
    walk.out
}

/// What is longer is no label (CommonMark, 6.3), so that nothing is looked for beyond.
const LONGEST_LABEL: usize = 1_000;

struct Walk<'t> {
    text: &'t str,
    out: Outline,
    heading: Option<(Heading, Option<Text>)>,
    paragraph: Option<Paragraph>,
    /// The words of the open heading.
    heading_text: String,
    anchors: BTreeSet<Text>,
    /// The number after each anchor that was the last to be free.
    numbers: HashMap<String, usize>,
    /// The footnotes that are referred to.
    used: BTreeSet<Text>,
    /// The tags that begin what is told as raw HTML.
    opened: BTreeSet<Text>,
    /// Where each footnote has its text.
    defined: BTreeMap<Text, Range<usize>>,
    in_code: bool,
    /// The fenced block that is open, if it names a language, still without its lines.
    fence: Option<Fence>,
    /// These, as far as they were read.
    lines: String,
    /// Whether the open block of code is coloured by a grammar.
    coloured: bool,
    /// Where the last footnote or link by id of this run of words stands: it keeps what is around it from being a link.
    noted: Option<usize>,
    tags: Tags,
    /// Whether the next words are the first of their block.
    begins: bool,
    /// Whether the caption of the open figure has begun.
    captioned: bool,
    /// Whether a pull quote is open: what it says is said elsewhere, and owes no citation.
    in_pull: bool,
    /// Where a `%%` stands among words, with which Obsidian begins and ends a comment.
    percents: Vec<usize>,
}

fn fence(kind: &CodeBlockKind<'_>, range: &Range<usize>) -> Option<Fence> {
    let CodeBlockKind::Fenced(info) = kind else { return None };
    let name = info.split_whitespace().next()?;
    let data = Fenced { lines: Text::default(), range: range.start..range.start };
    Some(Fence { name: name.into(), data })
}

impl Walk<'_> {
    fn tokens(&mut self, tokens: &[Placed<'_>]) {
        for (token, range) in tokens {
            self.token(token, range);
        }
    }

    fn token(&mut self, token: &Token<'_>, range: &Range<usize>) {
        match token {
            Token::Markdown(event) => self.event(event, range),
            Token::Citation(citation) => self.citation(citation, range),
            Token::LinkStart { id, worded } => {
                let located = self.located(id, range);
                self.out.links.push(located);
                self.noted = Some(range.end);
                if !worded {
                    self.heading_id(id.split('#').next().unwrap_or_default());
                }
            }
            Token::Card(id, alone) => {
                let id = self.located(id, range);
                self.out.cards.push(Card { id, alone: *alone });
            }
            Token::Uncited(reason) => {
                self.out.comments.push(range.clone());
                let open = self.paragraph.as_mut();
                if let Some(paragraph) = open.or(self.out.paragraphs.last_mut()) {
                    paragraph.uncited = Some((&**reason).into());
                }
            }
            Token::Comment => self.out.comments.push(range.clone()),
            Token::Figure(part) => self.figure(*part, range),
            Token::Block(block) => {
                self.out.blocks.push((**block).clone());
                self.figure(FigurePart::Open(0), range);
            }
            Token::Pull(begins) => {
                self.in_pull = *begins;
                self.out.pulls.extend(begins.then(|| range.clone()));
            }
            Token::LinkEnd => {}
        }
    }

    fn event(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                let (level, range) = (*level as u8, range.clone());
                let heading =
                    Heading { level, id: "".into(), named: id.is_some(), text: "".into(), has_ids: false, range };
                self.heading = Some((heading, id.as_deref().map(Into::into)));
                self.heading_text.clear();
            }
            Event::End(TagEnd::Heading(_)) => self.end_heading(),
            Event::Start(Tag::Paragraph) => {
                self.noted = None;
                self.begins = true;
                self.paragraph = Some(Paragraph { range: range.clone(), citations: 0, uncited: None });
            }
            Event::End(TagEnd::Paragraph) => {
                let owed = self.paragraph.take().filter(|_| !self.in_pull);
                self.out.paragraphs.extend(owed);
            }
            Event::Start(Tag::Link { dest_url, .. }) => self.url(dest_url, range, false),
            Event::Start(Tag::Image { dest_url, .. }) => self.url(dest_url, range, true),
            Event::Start(Tag::CodeBlock(kind)) => {
                self.in_code = true;
                // YAML is coloured by ourselves, in one look.
                let by_grammar = |info: &str| !matches!(info.split_whitespace().next(), None | Some("yaml" | "yml"));
                self.coloured = matches!(kind, CodeBlockKind::Fenced(info) if by_grammar(info));
                self.fence = fence(kind, range);
            }
            Event::End(TagEnd::CodeBlock) => {
                self.in_code = false;
                let lines = Text::from(std::mem::take(&mut self.lines));
                let whole = |fence: Fence| Fence { data: Fenced { lines, ..fence.data }, ..fence };
                self.out.fences.extend(self.fence.take().map(whole));
            }
            Event::Text(code) if self.in_code => self.code(code, range),
            Event::Text(words) => self.words(words, range),
            Event::Code(words) => self.heading_words(words),
            Event::SoftBreak | Event::HardBreak => self.heading_words(" "),
            Event::Html(html) | Event::InlineHtml(html) => {
                self.tags.read(html, range);
                self.html(html, range);
            }
            Event::Start(Tag::FootnoteDefinition(label)) => self.footnote(label, range),
            // After a paragraph a container of another program would be read as the definition of its words.
            Event::Start(Tag::DefinitionListDefinition) if self.text[range.clone()].trim_start().starts_with(":::") => {
                self.begins = true;
                self.foreign(range);
            }
            Event::FootnoteReference(label) => {
                self.noted = Some(range.end);
                let label = Text::from(&**label);
                if self.used.insert(label.clone()) {
                    self.out.footnotes.push(label);
                }
            }
            _ => {}
        }
    }

    fn footnote(&mut self, label: &str, range: &Range<usize>) {
        if self.defined.contains_key(label) {
            let kind = FaultKind::SecondFootnote(label.into());
            self.out.faults.push(Fault { range: self.label(range), kind });
        } else {
            self.defined.insert(label.into(), range.clone());
        }
        let written = &self.text[range.clone()];
        if written.split_once("]:").is_some_and(|(_, words)| words.trim().is_empty()) {
            self.out.faults.push(Fault { range: self.label(range), kind: FaultKind::EmptyFootnote(label.into()) });
        }
    }

    /// What nothing refers to stands on the page without a mark that leads to it: it is told.
    fn footnotes_end(&mut self) {
        for (label, range) in std::mem::take(&mut self.defined) {
            if !self.used.contains(&label) {
                let kind = FaultKind::UnusedFootnote(label.clone());
                self.out.faults.push(Fault { range: self.label(&range), kind });
                self.out.footnotes.push(label);
            }
        }
    }

    /// The `[^label]` at the start of a footnote.
    fn label(&self, range: &Range<usize>) -> Range<usize> {
        let end = self.text[range.clone()].find("]:").map_or(range.end, |i| range.start + i + 1);
        range.start..end
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
        let name_of = |tag: &str| -> Text {
            let end = tag.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(tag.len());
            tag[..end].into()
        };
        match html.strip_prefix("</") {
            Some(tag) if self.opened.contains(&name_of(tag)) => return,
            Some(_) => {}
            None => drop(self.opened.insert(name_of(html.strip_prefix('<').unwrap_or_default()))),
        }
        self.out.faults.push(Fault { range: range.clone(), kind: FaultKind::Html });
    }

    /// A caption owes a citation as any paragraph does; an image without one owes none.
    fn figure(&mut self, part: FigurePart, range: &Range<usize>) {
        match part {
            FigurePart::Open(_) => {
                self.paragraph = Some(Paragraph { range: range.clone(), citations: 0, uncited: None });
                self.captioned = false;
            }
            FigurePart::Caption => {
                self.captioned = true;
                if let Some(caption) = &mut self.paragraph {
                    caption.range = range.clone();
                }
            }
            FigurePart::Credit => {}
            FigurePart::Close => {
                let caption = self.paragraph.take().filter(|_| self.captioned);
                self.out.paragraphs.extend(caption);
            }
        }
    }

    /// What is written for another program would be printed as it is.
    fn foreign(&mut self, range: &Range<usize>) {
        let begins = std::mem::take(&mut self.begins);
        let written = &self.text[range.clone()];
        // A sign that is escaped is the first of its run, and its backslash before it.
        let escaped = self.text[..range.start].ends_with('\\');
        let meant = foreign::find(written, begins).into_iter().filter(|(at, _)| !(escaped && at.start == 0));
        let found = meant.map(|(at, what)| Fault {
            range: range.start + at.start..range.start + at.end,
            kind: FaultKind::Foreign(what),
        });
        self.out.faults.extend(found);
        let signs = written.match_indices("%%").map(|(at, _)| range.start + at);
        self.percents.extend(signs.filter(|at| !self.text[..*at].ends_with('\\')));
    }

    fn words(&mut self, words: &str, range: &Range<usize>) {
        self.heading_words(words);
        self.foreign(range);
        if let Some(i) = words.find("](").filter(|_| self.noted.take().is_some() && words.contains(')')) {
            let at = range.start + i.min(range.len());
            self.out.faults.push(Fault { range: at..(at + 2).min(range.end), kind: FaultKind::FootnoteInLink });
        }
        if words.contains("[^") || words.contains("^[") {
            self.footnotes(range);
        }
    }

    /// The first line of a block that is too long to be coloured.
    fn code(&mut self, code: &str, range: &Range<usize>) {
        if let Some(open) = &mut self.fence {
            let start = if self.lines.is_empty() { range.start } else { open.data.range.start };
            open.data.range = start..range.end;
            self.lines.push_str(code);
        }
        let long = |line: &str| line.len() > LONGEST_CODE_LINE;
        if std::mem::take(&mut self.coloured) && code.lines().any(long) {
            let written = &self.text[range.clone()];
            let mut start = range.start;
            for line in written.split_inclusive('\n') {
                if long(line.trim_end()) {
                    let range = start..start + line.trim_end().len();
                    self.out.faults.push(Fault { range, kind: FaultKind::LongCode });
                    break;
                }
                start += line.len();
            }
        }
    }

    /// The id of what a heading links to stands for its label, which is not known yet.
    fn heading_id(&mut self, id: &str) {
        self.heading_words(id);
        if let Some((heading, _)) = &mut self.heading {
            heading.has_ids = true;
        }
    }

    fn heading_words(&mut self, words: &str) {
        if self.heading.is_some() {
            self.heading_text.push_str(words);
        }
    }

    /// What still looks like a footnote in running text has no definition (or it would not be text).
    fn footnotes(&mut self, range: &Range<usize>) {
        let text = &self.text[range.clone()];
        let last = text.rfind(']').unwrap_or(0);
        for (i, _) in text.match_indices("^[") {
            let before = self.text[..range.start + i].chars().next_back();
            if !matches!(before, Some('[' | '\\' | '^')) && last > i {
                self.out
                    .faults
                    .push(Fault { range: range.start + i..range.start + i + 2, kind: FaultKind::InlineFootnote });
            }
        }
        for (i, _) in text.match_indices("[^") {
            let escaped = text[..i].ends_with('\\') || self.text[..range.start + i].ends_with('\\');
            let rest = &text[i + 2..text.floor_char_boundary((i + 2 + LONGEST_LABEL).min(text.len()))];
            let label = rest.split_once(']').map(|(label, _)| label);
            if let Some(label) = label.filter(|l| !l.is_empty() && !escaped && !l.contains(char::is_whitespace)) {
                let at = range.start + i..range.start + i + label.len() + 3;
                self.out.faults.push(Fault { range: at, kind: FaultKind::UndefinedFootnote(label.into()) });
            }
        }
    }

    fn citation(&mut self, citation: &super::Citation<'_>, range: &Range<usize>) {
        if citation.in_text {
            let id = citation.items.first().map(|item| item.id.value.clone());
            self.heading_id(id.as_deref().unwrap_or_default());
        }
        // Pandoc's footnote within the text, of which the brackets happen to be a citation.
        let before = &self.text[..range.start];
        if before.ends_with('^') && !before.ends_with("\\^") && !citation.in_text {
            self.out.faults.push(Fault { range: range.start - 1..range.start + 1, kind: FaultKind::InlineFootnote });
        }
        // What it links to is looked up as any link.
        let is_sound = !citation.items.is_empty();
        let links = citation.written.iter().filter(|(token, _)| match token {
            Token::LinkStart { .. } | Token::Markdown(Event::Start(Tag::Link { .. })) => is_sound,
            Token::Comment | Token::Uncited(_) | Token::Markdown(Event::FootnoteReference(_)) => true,
            _ => false,
        });
        let heading = self.heading.take();
        for (token, range) in links {
            self.token(token, range);
        }
        self.heading = heading;
        if citation.items.is_empty() {
            return;
        }
        let items = citation.items.clone();
        self.out.citations.push(Citation { range: range.clone(), in_text: citation.in_text, items });
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.citations += 1;
        }
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
        heading.text = self.heading_text.trim().into();
        heading.id = match explicit {
            Some(id) => {
                if self.anchors.contains(&id) {
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

    /// The anchor, or with the first number after it that makes it free: no number is tried twice.
    fn free_anchor(&mut self, wanted: &str) -> Text {
        if !self.anchors.contains(wanted) {
            return wanted.into();
        }
        let number = self.numbers.entry(wanted.to_owned()).or_insert(0);
        loop {
            *number += 1;
            step(1);
            let name = format!("{wanted}-{number}");
            if !self.anchors.contains(name.as_str()) {
                return name.into();
            }
        }
    }
}
