//! The dialect of Markdown that articles and fields marked **md** are written in (`docs/citing.md`).
//!
//! CommonMark with tables, footnotes, strikethrough, definition lists, task lists, boxes and heading attributes, by pulldown-cmark; and
//! our own tokens for what it does not know. [`tokens`] is the one reading of the syntax: [`outline`] finds out what a
//! text refers to, the renderer writes it, and [`plain`] takes its words.
//!
//! 1. Events of pulldown-cmark become tokens: links by id, cards, comments.
//! 2. Citations are found in what is left as text ([`cites`]), so that no link, footnote or word beside one is lost.
//! 3. Texts that belong together are joined.

mod blocks;
pub mod citation;
mod cites;
pub mod comments;
pub mod foreign;
pub mod ids;
mod outline;
pub mod plain;
#[cfg(test)]
mod properties;
mod tags;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

pub use blocks::Part as FigurePart;
pub use ids::anchor;
pub use outline::outline;

use crate::model::block::Block;
use crate::model::prose::{Cited, Fault, FaultKind};
use comments::Part;

/// What a text consists of.
#[derive(Clone, Debug)]
pub enum Token<'t> {
    /// Plain Markdown.
    Markdown(Event<'t>),
    /// `[@id, § 3; @other]`, or `@id` in the text.
    Citation(Box<Citation<'t>>),
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
    /// A part of a figure: images on lines of their own, with their caption.
    Figure(blocks::Part),
    /// A block that is made of data, as the beginning of its figure.
    Block(Box<Block>),
    /// The start or the end of a pull quote, `> [!QUOTE]`.
    Pull(bool),
    /// `<!-- uncited: reason -->`.
    Uncited(CowStr<'t>),
    /// Any other HTML comment: never written to a page.
    Comment,
}

/// A citation.
#[derive(Clone, Debug)]
pub struct Citation<'t> {
    /// What is cited; none where it cannot be read, which is a fault.
    pub items: Vec<Cited>,
    /// Whether the name of who speaks or wrote stands in the text: `@id says`.
    pub in_text: bool,
    /// What was written: it stands as it is where an `@` in the text turns out to name nothing.
    pub written: Vec<(Token<'t>, Range<usize>)>,
}

/// A token with its bytes.
pub type Placed<'t> = (Token<'t>, Range<usize>);

/// Tokens with their bytes, and what is wrong with the text by itself.
pub type Tokens<'t> = (Vec<Placed<'t>>, Vec<Fault>);

/// Deeper nesting of blocks and spans than this is a fault: it would cost time and stack, and serves nobody.
const DEPTH: usize = 100;

/// A longer line of code stands without colours: grammars take time with the square of a line's length.
pub const LONGEST_CODE_LINE: usize = 2_000;

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS
        | Options::ENABLE_GFM
        | Options::ENABLE_TASKLISTS
}

/// Whether a text has no character that means anything in Markdown, so that it is its own reading.
pub fn is_plain(text: &str) -> bool {
    let block_start = |c: char| matches!(c, '#' | '>' | '-' | '+' | '=' | ':' | '|') || c.is_ascii_digit();
    let means = |b: u8| {
        matches!(
            b,
            b'[' | b']'
                | b'*'
                | b'_'
                | b'`'
                | b'<'
                | b'&'
                | b'\\'
                | b'~'
                | b'^'
                | b'\n'
                | b'|'
                | b'@'
                | b'{'
                | b'$'
                | 0
        )
    };
    !text.bytes().any(means)
        && !text.contains("%%")
        && !text.contains("++")
        && !text.starts_with(|c: char| block_start(c) && (!c.is_ascii_digit() || starts_a_list(text)))
        && !text.starts_with([' ', '\t'])
        && !text.ends_with([' ', '\t'])
}

/// `1. ` and `1) ` start lists; `11 000 soldats` does not.
fn starts_a_list(text: &str) -> bool {
    text.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', ')'])
}

/// A text of one sentence, such as a statement, on one line; what would begin a list or another block at its start is
/// taken for the words that it is: `11. Mai`, `# 4`.
pub fn one_line(text: &str) -> Cow<'_, str> {
    let line = match text.contains('\n') || text.starts_with([' ', '\t']) {
        true => Cow::Owned(text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")),
        false => Cow::Borrowed(text),
    };
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    let after_mark = |mark: &str| rest.strip_prefix(mark).is_some_and(|r| r.is_empty() || r.starts_with([' ', '\t']));
    let is_list =
        if digits > 0 { after_mark(".") || after_mark(")") } else { ["-", "+", "*"].into_iter().any(after_mark) };
    let hashes = line.trim_start_matches('#');
    let is_heading = hashes.len() < line.len() && (hashes.is_empty() || hashes.starts_with([' ', '\t']));
    let of_one =
        |mark: char| line.chars().filter(|c| *c == mark).count() > 2 && line.chars().all(|c| c == mark || c == ' ');
    let is_rule = ['*', '-', '_'].into_iter().any(of_one);
    let is_fence = ["```", "~~~"].into_iter().any(|f| line.strip_prefix(f).is_some_and(|rest| !rest.contains(f)));
    let is_definition = line.starts_with('[') && line.contains("]:");
    if is_list || is_heading || is_rule || is_fence || is_definition || line.starts_with('>') {
        return Cow::Owned(format!("{}\\{}", &line[..digits], &line[digits..]));
    }
    line
}

/// Reads a text.
pub fn tokens(text: &str) -> Tokens<'_> {
    let (mut out, mut faults) = read(text, 0);
    if text.contains('@') {
        out = cites::find(text, out, &mut faults);
    }
    let mut out = blocks::raised(text, joined(out));
    lone_cards(&mut out);
    blocks::pull_quotes(&mut out);
    let out = blocks::figures(text, out);
    faults.sort_by_key(|fault| fault.range.start);
    (out, faults)
}

/// Reads what stands from `base` on, before citations are looked for. Ranges are of the whole text.
fn read(text: &str, base: usize) -> Tokens<'_> {
    let faults = RefCell::new(Vec::new());
    let callback = |link: BrokenLink<'_>| broken_link(&link, base, &faults);
    let parser = Parser::new_with_broken_link_callback(&text[base..], options(), Some(callback));
    let mut reader =
        Reader { text, base, out: Vec::new(), faults: Vec::new(), depth: 0, cell_end: None, last_pipe: None };
    let mut events = parser.into_offset_iter().map(|(event, range)| (event, range.start + base..range.end + base));
    while let Some((event, range)) = events.next() {
        reader.read(event, range, &mut events);
        if reader.depth > DEPTH {
            reader.fault(FaultKind::TooDeep, text.len()..text.len());
            reader.out.clear();
            break;
        }
    }
    drop(events);
    let Reader { mut out, faults: mut found, .. } = reader;
    footnotes_before_brackets(text, &mut out);
    found.extend(faults.into_inner());
    (out, found)
}

/// Records `[text][nowhere]`. What only may be a citation is left as text, where [`cites`] finds it.
fn broken_link(
    link: &BrokenLink<'_>,
    base: usize,
    faults: &RefCell<Vec<Fault>>,
) -> Option<(CowStr<'static>, CowStr<'static>)> {
    let is_reference = matches!(link.link_type, LinkType::Reference | LinkType::Collapsed);
    if is_reference && !citation::looks_like_one(&link.reference) {
        let kind = FaultKind::UndefinedReference((&*link.reference).into());
        faults.borrow_mut().push(Fault { range: link.span.start + base..link.span.end + base, kind });
    }
    None
}

struct Reader<'t> {
    text: &'t str,
    base: usize,
    out: Vec<Placed<'t>>,
    faults: Vec<Fault>,
    depth: usize,
    /// Where the last cell of the open row of a table ends.
    cell_end: Option<usize>,
    /// Where the last link by id that ends its cell begins.
    last_pipe: Option<usize>,
}

impl<'t> Reader<'t> {
    fn read(
        &mut self,
        event: Event<'t>,
        range: Range<usize>,
        events: &mut impl Iterator<Item = (Event<'t>, Range<usize>)>,
    ) {
        let token = match event {
            Event::Start(Tag::Link { link_type: LinkType::WikiLink { has_pothole }, dest_url, .. }) => {
                return self.link_by_id(dest_url, has_pothole, range, events);
            }
            Event::Start(Tag::Image { link_type: LinkType::WikiLink { .. }, dest_url, .. }) => {
                skip_to(events, TagEnd::Image);
                Token::Card(without_escape(dest_url), false)
            }
            Event::Start(Tag::Link { link_type: LinkType::Email, dest_url, title, id }) => {
                self.depth += 1;
                let dest_url = format!("mailto:{dest_url}").into();
                Token::Markdown(Event::Start(Tag::Link { link_type: LinkType::Email, dest_url, title, id }))
            }
            // A definition `[@a]: …` makes no link of a citation.
            Event::Start(Tag::Link { ref id, .. }) if citation::looks_like_one(id) => {
                return self.brackets(range, events);
            }
            Event::Start(Tag::HtmlBlock) => return self.html_block(range, events),
            Event::InlineHtml(html) if html.starts_with("<!--") => {
                return self.html(&html, &[(0, range)]);
            }
            Event::Start(Tag::FootnoteDefinition(label)) => {
                self.depth += 1;
                Token::Markdown(Event::Start(Tag::FootnoteDefinition(folded_label(&label))))
            }
            Event::FootnoteReference(label) => Token::Markdown(Event::FootnoteReference(folded_label(&label))),
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                self.depth += 1;
                self.heading_attributes(&attrs, &range);
                Token::Markdown(Event::Start(Tag::Heading { level, id, classes, attrs: Vec::new() }))
            }
            Event::Start(_) => {
                self.depth += 1;
                Token::Markdown(event)
            }
            Event::End(end) => {
                self.depth = self.depth.saturating_sub(1);
                self.cells(end, &range);
                Token::Markdown(event)
            }
            _ => Token::Markdown(event),
        };
        self.out.push((token, range));
    }

    fn fault(&mut self, kind: FaultKind, range: Range<usize>) {
        self.faults.push(Fault { range, kind });
    }

    fn link_by_id(
        &mut self,
        id: CowStr<'t>,
        worded: bool,
        range: Range<usize>,
        events: &mut impl Iterator<Item = (Event<'t>, Range<usize>)>,
    ) {
        // `[[id|]]` gives no words.
        let blank = self.text[range.clone()].trim_end_matches(']').ends_with('|');
        let is_worded = worded && !blank;
        self.out.push((Token::LinkStart { id: without_escape(id), worded: is_worded }, range.clone()));
        if is_worded {
            while let Some((event, inner)) = events.next() {
                if event == Event::End(TagEnd::Link) && inner == range {
                    break;
                }
                self.read(event, inner, events);
            }
        } else {
            skip_to(events, TagEnd::Link);
        }
        self.out.push((Token::LinkEnd, range));
    }

    /// What stands in brackets, and those, as text.
    fn brackets(&mut self, range: Range<usize>, events: &mut impl Iterator<Item = (Event<'t>, Range<usize>)>) {
        let text = self.text;
        let word = |at: Range<usize>| (Token::Markdown(Event::Text(text[at.clone()].into())), at);
        let mut last = range.start + 1;
        self.out.push(word(range.start..last));
        while let Some((event, inner)) = events.next() {
            if event == Event::End(TagEnd::Link) && inner == range {
                break;
            }
            last = last.max(inner.end);
            self.read(event, inner, events);
        }
        self.out.push(word(last..range.end));
    }

    /// A block of HTML comes line by line: comments may run over its lines.
    fn html_block(&mut self, range: Range<usize>, events: &mut impl Iterator<Item = (Event<'t>, Range<usize>)>) {
        let mut html = String::new();
        let mut lines = Vec::new();
        for (event, at) in events {
            match event {
                Event::End(TagEnd::HtmlBlock) => break,
                Event::Html(line) | Event::Text(line) => {
                    lines.push((html.len(), at));
                    html.push_str(&line);
                }
                _ => {}
            }
        }
        if lines.is_empty() {
            lines.push((0, range));
        }
        self.html(&html, &lines);
    }

    /// Raw HTML without its comments. `lines` says where in the text the parts of it stand.
    fn html(&mut self, html: &str, lines: &[(usize, Range<usize>)]) {
        let parts = comments::parts(html);
        let has_comment = parts.iter().any(|part| matches!(part, Part::Comment { .. }));
        let is_words = has_comment
            && parts.iter().all(|part| match part {
                Part::Html(range) => !html[range.clone()].contains('<'),
                Part::Comment { .. } => true,
            });
        for part in parts {
            match part {
                Part::Comment { whole, says, ends } => {
                    let at = placed(lines, whole.start).start..placed(lines, whole.end.max(1) - 1).end;
                    if !ends {
                        self.fault(FaultKind::OpenComment, at.start..at.start + 4);
                    }
                    let token = match html[says].trim().strip_prefix("uncited:") {
                        Some(reason) => Token::Uncited(reason.trim().to_owned().into()),
                        None => Token::Comment,
                    };
                    self.out.push((token, at));
                }
                // What follows a comment on its line is HTML to CommonMark, and words to whoever wrote it.
                Part::Html(range) if is_words => self.words_beside(html, range, lines),
                Part::Html(range) => {
                    let at = placed(lines, range.start).start..placed(lines, range.end - 1).end;
                    let event = Event::Html(html[range].to_owned().into());
                    self.out.push((Token::Markdown(event), at));
                }
            }
        }
    }

    fn words_beside(&mut self, html: &str, range: Range<usize>, lines: &[(usize, Range<usize>)]) {
        if html[range.clone()].trim().is_empty() {
            return;
        }
        let at = placed(lines, range.start).start..placed(lines, range.end - 1).end;
        let (tokens, faults) = read(&self.text[..at.end], at.start.max(self.base));
        self.out.extend(tokens);
        self.faults.extend(faults);
    }

    /// Of the attributes of a heading, an id and classes reach the page: any other could run a script or hide it.
    fn heading_attributes(&mut self, attrs: &[(CowStr<'t>, Option<CowStr<'t>>)], range: &Range<usize>) {
        let written = &self.text[range.clone()];
        let mut from = written.rfind('{').unwrap_or(0);
        for (name, _) in attrs {
            let at = match written[from..].find(&**name) {
                Some(i) => {
                    let start = from + i;
                    from = start + name.len();
                    range.start + start..range.start + from
                }
                None => range.clone(),
            };
            self.fault(FaultKind::HeadingAttribute((&**name).into()), at);
        }
    }

    /// Cells beyond the header are no part of a table (GFM), so that their words would vanish; and a `|` within a link by id
    /// ends its cell.
    fn cells(&mut self, end: TagEnd, range: &Range<usize>) {
        match end {
            TagEnd::TableCell => {
                self.cell_end = Some(range.end);
                let cell = &self.text[range.clone()];
                let opened = cell.rfind("[[").filter(|i| !cell[*i..].contains("]]") && !cell[..*i].ends_with('\\'));
                let link = opened.filter(|_| self.text[range.end..].starts_with('|'));
                if let Some(at) = link.map(|i| range.start + i) {
                    let line = self.text[at..].lines().next().unwrap_or_default();
                    if let Some(end) = line.find("]]") {
                        self.last_pipe = Some(at);
                        self.fault(FaultKind::PipeInCell, at..at + end + 2);
                    }
                }
            }
            TagEnd::TableRow => {
                let Some(end) = self.cell_end.take() else { return };
                let beyond = self.text.get(end..range.end).unwrap_or_default();
                let words = beyond.trim_matches(|c: char| c == '|' || c.is_whitespace());
                let told = self.last_pipe.is_some_and(|pipe| pipe >= range.start);
                if !words.is_empty() && !told {
                    let at = end + beyond.find(words).unwrap_or(0);
                    self.fault(FaultKind::BeyondHeader, at..at + words.len());
                }
            }
            _ => {}
        }
    }
}

/// Where in the text an offset of HTML that stands in lines is: from there to the end of its line.
fn placed(lines: &[(usize, Range<usize>)], offset: usize) -> Range<usize> {
    let after = lines.partition_point(|(from, _)| *from <= offset);
    let line = lines.get(after.saturating_sub(1));
    line.map_or(0..0, |(from, at)| {
        let here = at.start + (offset - from);
        here..here + 1
    })
}

/// Footnotes are the same whatever the case of their labels.
fn folded_label<'a>(label: &str) -> CowStr<'a> {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase().into()
}

/// In a table, the `|` of a link by id is written `\|`.
fn without_escape(id: CowStr<'_>) -> CowStr<'_> {
    match id.strip_suffix('\\') {
        Some(id) => id.to_owned().into(),
        None => id,
    }
}

/// pulldown-cmark takes the `[^1]` of `[^1][@a]` for the words of a link, and leaves it as text where that leads nowhere.
fn footnotes_before_brackets<'t>(text: &'t str, out: &mut Vec<Placed<'t>>) {
    let label = |(token, _): &Placed<'t>| match token {
        Token::Markdown(Event::Start(Tag::FootnoteDefinition(label))) => Some(label.to_string()),
        _ => None,
    };
    let defined: BTreeSet<String> = out.iter().filter_map(label).collect();
    if defined.is_empty() {
        return;
    }
    let mut found = BTreeMap::new();
    let mut i = 0;
    while i + 3 < out.len() {
        let one = match &out[i..] {
            [
                (Token::Markdown(Event::Text(open)), from),
                (Token::Markdown(Event::Text(inner)), at),
                (Token::Markdown(Event::Text(close)), end),
                (Token::Markdown(Event::Text(next)), _),
                ..,
            ] if (&**open, &**close) == ("[", "]")
                && next.starts_with('[')
                && at.start == from.end
                && !text[..from.start].ends_with('\\') =>
            {
                let label = inner.strip_prefix('^').map(folded_label);
                label.filter(|label| defined.contains(&**label)).map(|label| (label, from.start..end.end))
            }
            _ => None,
        };
        match one {
            Some(one) => {
                found.insert(i, one);
                i += 3;
            }
            None => i += 1,
        }
    }
    if found.is_empty() {
        return;
    }
    let mut past = 0;
    let tokens = std::mem::take(out).into_iter().enumerate();
    out.extend(tokens.filter_map(|(i, token)| match found.remove(&i) {
        Some((label, range)) => {
            past = i + 3;
            Some((Token::Markdown(Event::FootnoteReference(label)), range))
        }
        None => (i >= past).then_some(token),
    }));
}

fn skip_to<'t>(events: &mut impl Iterator<Item = (Event<'t>, Range<usize>)>, end: TagEnd) {
    for (event, _) in events {
        if event == Event::End(end) {
            break;
        }
    }
}

/// Texts that follow one another as one: typography looks at whole sentences.
fn joined<'t>(tokens: Vec<Placed<'t>>) -> Vec<Placed<'t>> {
    let mut out: Vec<Placed<'t>> = Vec::with_capacity(tokens.len());
    // The words of the last of `out`, once they are of several: written anew for each they would be copied each time.
    let mut run: Option<String> = None;
    let settle = |out: &mut Vec<Placed<'t>>, run: Option<String>| {
        if let (Some((Token::Markdown(Event::Text(text)), _)), Some(run)) = (out.last_mut(), run) {
            *text = run.into();
        }
    };
    for (token, range) in tokens {
        match (out.last_mut(), &token) {
            (Some((Token::Markdown(Event::Text(before)), at)), Token::Markdown(Event::Text(text))) => {
                run.get_or_insert_with(|| before.to_string()).push_str(text);
                at.end = range.end;
            }
            _ => {
                settle(&mut out, run.take());
                out.push((token, range));
            }
        }
    }
    settle(&mut out, run);
    out
}

/// Finds cards that are all of their paragraph, and takes the paragraph away around them.
fn lone_cards(out: &mut Vec<Placed<'_>>) {
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
