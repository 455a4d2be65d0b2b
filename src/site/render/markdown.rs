//! Markdown as HTML: what [`sourcebook_core::model::markdown`] reads, written for one page.
//!
//! 1. Tokens become events of pulldown-cmark's writer, or pieces of HTML of ours: notes' marks, links by id, cards.
//! 2. Words get the typography of their language, code is coloured, tables may scroll by themselves.
//! 3. The writer escapes the rest.

use std::collections::HashMap;
use std::sync::Arc;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::footnotes::{footnote_uses, use_of_footnote};
use super::rooted::ROOT;
use super::sentence_ids::sentence_ids;
use super::{Page, highlight};
use crate::links::{self, Destination};
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::base::html::{escape, heading, push};
use sourcebook_core::base::url::percent;
use sourcebook_core::check::cited;
use sourcebook_core::dossier::config::HtmlPolicy;
use sourcebook_core::model::kinds::SourceStanding;
use sourcebook_core::model::markdown::{Citation, Token, is_plain, outline, tokens};
use sourcebook_core::model::prose::{Heading, NoteUse, Prose};
use sourcebook_core::model::state::{self, Lapse};
use sourcebook_core::model::{Ref, Text};
use sourcebook_core::words::{self, typography};

impl Page<'_, '_> {
    /// A Markdown text of this page as blocks of HTML.
    pub fn blocks(&self, prose: &Prose) -> Result<String, Diagnostic> {
        if prose.outline.plain {
            return Ok(format!("<p>{}</p>\n", escape(&self.typeset(&prose.text))));
        }
        self.write(prose, false)
    }

    /// A Markdown text of one line as the title of this page: its only paragraph without the tags around it.
    pub fn title(&self, prose: &Prose) -> Result<String, Diagnostic> {
        if prose.outline.plain {
            return Ok(heading(&self.typeset(&prose.text)));
        }
        let html = self.write(prose, true)?;
        let inner = html.trim().strip_prefix("<p>").and_then(|h| h.strip_suffix("</p>"));
        Ok(inner.filter(|h| !h.contains("<p>")).map_or_else(|| self.renderer.unlinked(prose), str::to_owned))
    }

    fn write(&self, prose: &Prose, is_title: bool) -> Result<String, Diagnostic> {
        let (tokens, _) = tokens(&prose.text);
        let mut writer = Writer::new(self, prose, footnote_uses(&tokens));
        writer.in_heading = is_title;
        for (token, _) in &tokens {
            writer.token(token)?;
        }
        let mut out = String::with_capacity(prose.text.len() * 2);
        pulldown_cmark::html::push_html(&mut out, writer.events.into_iter());
        Ok(out)
    }

    /// A part of a citation (one line of Markdown) as HTML.
    pub fn phrase(&self, words: &str, prose: &Prose) -> String {
        if is_plain(words) {
            return escape(&self.typeset(words)).into_owned();
        }
        // What begins with a letter is no list, heading or quote.
        let text: Text = format!("{GUARD}{words}").into();
        let part =
            Prose { outline: Arc::new(outline(&text)), text, place: prose.place, notes: Vec::new(), ..prose.clone() };
        let html = self.write(&part, false).unwrap_or_default();
        let inner = html.trim().strip_prefix("<p>").and_then(|h| h.strip_suffix("</p>")).unwrap_or(&html);
        inner.replacen(GUARD, "", 1)
    }

    /// The words of a heading, with the labels of what it links to.
    pub fn heading_words(&self, prose: &Prose) -> Vec<String> {
        let headings = &prose.outline.headings;
        let words = |heading: &Heading| match heading.has_ids {
            true => {
                let written = prose.text.get(heading.range.clone()).unwrap_or_default();
                words::sentence::words_of(self.renderer.dossier, written, self.renderer.words())
            }
            false => self.typeset(&heading.text).into_owned(),
        };
        headings.iter().map(words).collect()
    }
}

/// A noncharacter before words that are no block of their own.
const GUARD: char = '\u{fdd4}';

/// An image that is being read: its words are an attribute, so that what else stands in it comes after.
struct Image {
    address: String,
    title: String,
    alt: String,
    depth: usize,
}

struct Writer<'w, 'p, 'r, 'a> {
    page: &'w Page<'r, 'a>,
    prose: &'p Prose,
    events: Vec<Event<'p>>,
    notes: std::slice::Iter<'p, NoteUse>,
    /// Of each citation that is still to come, the address of its sentence, if it is the first in it.
    sentences: std::vec::IntoIter<Option<String>>,
    /// Of each citation that is still to come, its sentence.
    cited: std::vec::IntoIter<cited::Sentence>,
    headings: usize,
    /// Added to heading levels, so that the page's title is the only first level.
    shift: u8,
    code: Option<(Text, String)>,
    /// Columns of the table that is being written, and the next cell's.
    columns: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    /// How often each footnote is used, and how often it was so far.
    footnotes: HashMap<Text, usize>,
    /// The place of each among those of its text.
    footnote_numbers: HashMap<&'p str, usize>,
    footnote_uses: HashMap<Text, usize>,
    /// The last sign of the paragraph so far: typography looks back over links, emphasis and notes' marks.
    last: Option<char>,
    in_heading: bool,
    image: Option<Image>,
    /// Links that are open: one within another would be no HTML, and so would a note's mark.
    links: usize,
    /// What became of the record of the outermost link, for after it.
    became: Option<String>,
    /// Marks that wait for the end of the link or image they stand in.
    waiting: String,
    cards: HashMap<Text, usize>,
}

impl<'p> Writer<'_, 'p, '_, '_> {
    fn token(&mut self, token: &Token<'p>) -> Result<(), Diagnostic> {
        match token {
            Token::Markdown(event) => self.event(event),
            Token::Citation(citation) => self.citation(citation)?,
            Token::LinkStart { id, worded } => self.link_start(id, *worded),
            Token::LinkEnd => self.close_link(),
            Token::Card(id, _) => {
                let html = self.card(id)?;
                self.html(html);
            }
            Token::Uncited(_) | Token::Comment => {}
        }
        Ok(())
    }

    fn citation(&mut self, citation: &Citation<'p>) -> Result<(), Diagnostic> {
        let uses: Vec<NoteUse> = self.notes.by_ref().take(citation.items.len()).copied().collect();
        let first = uses.first().and_then(|one| one.target);
        let sentence = self.sentences.next().flatten().filter(|_| !self.in_heading);
        let cited = self.cited.next().unwrap_or_default();
        if citation.in_text && first.is_none() {
            return citation.written.iter().try_for_each(|(token, _)| self.token(token));
        }
        if let Some(voice) = first.filter(|_| citation.in_text) {
            let words = self.page.renderer.words();
            let voice = words::sentence::voice(self.page.renderer.dossier, voice, words).unwrap_or_default();
            self.text(&voice);
        } else {
            self.close_up();
        }
        let marks = self.marks(&uses, sentence.as_deref(), &cited);
        self.mark(marks);
        Ok(())
    }

    /// A writer puts a space before a citation; a note's mark stands close to its word.
    fn close_up(&mut self) {
        if let Some(image) = &mut self.image {
            image.alt.truncate(image.alt.trim_end().len());
            return;
        }
        if matches!(self.events.last(), Some(Event::SoftBreak)) {
            self.events.pop();
        }
        if let Some(Event::Text(text)) = self.events.last_mut() {
            *text = text.trim_end().to_owned().into();
            self.last = text.chars().next_back().or(self.last);
        }
    }

    /// A mark of a note or footnote, after the link or image that it stands in.
    fn mark(&mut self, html: String) {
        if self.image.is_some() || self.links > 0 { self.waiting.push_str(&html) } else { self.html(html) }
    }

    fn marks_that_wait(&mut self) {
        if self.image.is_none() && self.links == 0 && !self.waiting.is_empty() {
            let marks = std::mem::take(&mut self.waiting);
            self.html(marks);
        }
    }

    /// The ids in a card that stands in the text a second time are others.
    fn card(&mut self, id: &str) -> Result<String, Diagnostic> {
        let html = self.page.card(id)?;
        let turn = self.cards.entry(id.into()).or_insert(0);
        *turn += 1;
        let figure = format!("\"figure-{id}-small");
        Ok(if *turn > 1 { html.replace(&figure, &format!("{figure}-{turn}")) } else { html })
    }

    fn html(&mut self, html: String) {
        self.events.push(Event::InlineHtml(html.into()));
    }

    /// What stands in an image: words alone.
    fn in_image(&mut self, event: &Event<'p>) -> bool {
        let Some(image) = &mut self.image else { return false };
        match event {
            Event::Text(text) => {
                let text = typography::after(self.last, self.page.renderer.config().language, text);
                self.last = text.chars().next_back().or(self.last);
                image.alt.push_str(&text);
            }
            Event::Code(code) => image.alt.push_str(code),
            Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
            Event::FootnoteReference(label) => {
                let mark = self.footnote_mark(label);
                self.mark(mark);
            }
            Event::Start(Tag::Image { .. }) => image.depth += 1,
            Event::End(TagEnd::Image) if image.depth > 0 => image.depth -= 1,
            Event::End(TagEnd::Image) => self.close_image(),
            _ => {}
        }
        true
    }

    fn close_image(&mut self) {
        let Some(image) = self.image.take() else { return };
        let mut html = format!("<img src=\"{}\" alt=\"{}\"", escape(&image.address), escape(image.alt.trim()));
        if !image.title.is_empty() {
            html.push_str(&format!(" title=\"{}\"", escape(&image.title)));
        }
        self.html(html + " />");
        self.marks_that_wait();
    }

    fn event(&mut self, event: &Event<'p>) {
        if self.code_block(event) || self.in_image(event) {
            return;
        }
        match event {
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }) => {}
            Event::Start(_) | Event::HardBreak => self.last = None,
            Event::SoftBreak => self.last = Some(' '),
            _ => {}
        }
        match event {
            Event::Text(text) => self.text(text),
            Event::Code(code) => {
                self.last = code.chars().next_back();
                self.events.push(event.clone());
            }
            Event::Start(Tag::Heading { level, classes, .. }) => {
                let id = self.prose.outline.headings.get(self.headings).map(|h| CowStr::from(h.id.to_string()));
                self.headings += 1;
                let level = self.level(*level);
                self.in_heading = true;
                self.events.push(Event::Start(Tag::Heading { level, id, classes: classes.clone(), attrs: Vec::new() }));
            }
            Event::End(TagEnd::Heading(level)) => {
                self.in_heading = false;
                self.events.push(Event::End(TagEnd::Heading(self.level(*level))));
            }
            Event::Start(Tag::Link { dest_url, title, .. }) => self.open_link(dest_url, title),
            Event::End(TagEnd::Link) => self.close_link(),
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                let address = self.page.destination(dest_url, self.prose);
                let title = self.page.typeset(title).into_owned();
                self.image = Some(Image { address, title, alt: String::new(), depth: 0 });
            }
            Event::Start(Tag::Table(columns)) => {
                self.columns.clone_from(columns);
                self.html("<div class=\"table\" tabindex=\"0\" role=\"region\">".into());
                self.events.push(event.clone());
            }
            Event::End(TagEnd::Table) => {
                self.events.push(event.clone());
                self.html("</div>\n".into());
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                self.cell = 0;
                self.in_head = matches!(event, Event::Start(Tag::TableHead));
                self.events.push(event.clone());
            }
            Event::Start(Tag::TableCell) => self.open_cell(),
            Event::FootnoteReference(label) => {
                let mark = self.footnote_mark(label);
                self.mark(mark);
            }
            Event::Start(Tag::FootnoteDefinition(label)) => self.footnote_start(label),
            Event::End(TagEnd::FootnoteDefinition) => self.html("</aside>\n".into()),
            Event::Html(html) | Event::InlineHtml(html) => self.raw(html),
            other => self.events.push(other.clone()),
        }
    }

    fn text(&mut self, text: &str) {
        let language = self.page.renderer.config().language;
        let text = typography::after(self.last, language, text).into_owned();
        self.last = text.chars().next_back().or(self.last);
        if self.in_heading {
            self.html(heading(&text));
        } else {
            self.events.push(Event::Text(text.into()));
        }
    }

    /// By a class: the policy of pages forbids the style that pulldown-cmark would write.
    fn open_cell(&mut self) {
        let class = match self.columns.get(self.cell) {
            Some(Alignment::Center) => "cell-center",
            Some(Alignment::Right) => "cell-right",
            Some(Alignment::Left | Alignment::None) | None => "",
        };
        let name = if self.in_head { "th" } else { "td" };
        self.cell += 1;
        match class {
            "" => self.html(format!("<{name}>")),
            class => self.html(format!("<{name} class=\"{class}\">")),
        }
    }

    fn level(&self, level: HeadingLevel) -> HeadingLevel {
        HeadingLevel::try_from(level as usize + usize::from(self.shift)).unwrap_or(HeadingLevel::H6)
    }

    /// Raw HTML gets here only by the dossier's own leave.
    fn raw(&mut self, html: &CowStr<'p>) {
        match self.page.renderer.config().html {
            HtmlPolicy::Allow => self.events.push(Event::InlineHtml(html.clone())),
            HtmlPolicy::Escape => self.events.push(Event::Text(html.clone())),
            HtmlPolicy::Refuse => {}
        }
    }

    fn code_block(&mut self, event: &Event<'p>) -> bool {
        match (event, &mut self.code) {
            (Event::Start(Tag::CodeBlock(kind)), _) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default().into(),
                    CodeBlockKind::Indented => "".into(),
                };
                self.code = Some((language, String::new()));
            }
            (Event::Text(text), Some((_, code))) => code.push_str(text),
            (Event::End(TagEnd::CodeBlock), Some(_)) => {
                if let Some((language, code)) = self.code.take() {
                    self.html(highlight::block(&code, &language));
                }
            }
            _ => return false,
        }
        true
    }

    /// The marks of one citation: `[@a; @b]` has two. The brackets are text, so that where no stylesheet is (a copy, a
    /// reader mode, a text browser) no mark runs into a figure before it; the style may hide them.
    fn marks(&mut self, uses: &[NoteUse], sentence: Option<&str>, cited: &cited::Sentence) -> String {
        let mut out = match sentence {
            Some(id) => format!("<sup class=\"note\" id=\"{id}\">["),
            None => String::from("<sup class=\"note\">["),
        };
        for (i, one) in uses.iter().enumerate() {
            if i > 0 {
                out.push_str(", ");
            }
            let (number, letter) = (one.number, letter(one.turn));
            let describe = self.page.note_description(one);
            out.push_str(&format!(
                "<a id=\"use-{number}-{letter}\" href=\"#note-{number}\" role=\"doc-noteref\" aria-label=\""
            ));
            push(&mut out, &describe);
            out.push_str(&format!("\">{number}</a>"));
            match self.page.lapse(one.target) {
                Some(lapse) => self.lapsed_mark(lapse, &mut out),
                None if self.page.cites_contested(one.target, cited) => self.contested_mark(&mut out),
                None => {}
            }
        }
        out.push_str("]</sup>");
        out
    }

    /// Beside the link and not in it: the link is named after its note alone.
    fn contested_mark(&self, out: &mut String) {
        out.push_str("<span class=\"contested-mark\" role=\"img\" aria-label=\"");
        push(out, self.page.renderer.words().text("note.contested_mark"));
        out.push_str("\">◆</span>");
    }

    /// Likewise: that the claim no longer stands, before all else that could be said of it.
    fn lapsed_mark(&self, lapse: Lapse, out: &mut String) {
        out.push_str(&format!(
            "<span class=\"lapsed-sign\" data-lapse=\"{}\" role=\"img\" aria-label=\"",
            lapse.as_str()
        ));
        let words = self.page.renderer.words();
        let state = words::kinds::state(lapse.into(), words);
        push(out, &words.fill("note.lapsed_mark", &[("state", state)]));
        out.push_str("\">†</span>");
    }

    fn link_start(&mut self, id: &str, worded: bool) {
        let (id, anchor) = id.split_once('#').map_or((id, ""), |(id, anchor)| (id, anchor));
        self.links += 1;
        let Some(of) = self.page.renderer.dossier.get(id) else {
            return self.open_tag("<a>".into());
        };
        let class = of.kind().map_or("article", |kind| kind.as_str());
        let mut href = format!("{ROOT}{}", self.page.renderer.urls.address(of));
        if !anchor.is_empty() {
            href = format!("{href}#{anchor}");
        }
        let (class, became) = match self.page.lapse(Some(of)) {
            Some(lapse) => (format!("{class} lapsed"), format!(" data-lapse=\"{}\"", lapse.as_str())),
            None if self.page.is_contested(Some(of)) => (format!("{class} contested"), String::new()),
            None => (class.to_owned(), String::new()),
        };
        if self.links == 1 && self.image.is_none() {
            self.became = self.page.became(of);
        }
        self.open_tag(format!("<a class=\"{class}\"{became} href=\"{}\">", escape(&href)));
        if !worded {
            let label = self.page.typeset(self.page.renderer.dossier.label(of)).into_owned();
            self.last = label.chars().next_back();
            match &mut self.image {
                Some(image) => image.alt.push_str(&label),
                None => {
                    let html = match self.page.renderer.dossier.titled(of) {
                        Some(prose) => self.page.renderer.unlinked(prose),
                        None => escape(&label).into_owned(),
                    };
                    self.html(html);
                }
            }
        }
    }

    /// Of links within one another, the outermost is one.
    fn open_tag(&mut self, tag: String) {
        if self.links == 1 && self.image.is_none() {
            self.html(tag);
        }
    }

    fn close_link(&mut self) {
        self.links = self.links.saturating_sub(1);
        if self.links == 0 && self.image.is_none() {
            self.html("</a>".into());
            if let Some(mark) = self.became.take() {
                self.html(mark);
            }
        }
        self.marks_that_wait();
    }

    fn open_link(&mut self, url: &str, title: &str) {
        self.links += 1;
        let external = crate::links::is_external(url);
        let href = self.page.destination(url, self.prose);
        let class = if external { " class=\"external\" rel=\"noopener\"" } else { "" };
        let title = match title {
            "" => String::new(),
            title => format!(" title=\"{}\"", escape(&self.page.typeset(title))),
        };
        self.open_tag(format!("<a{class} href=\"{}\"{title}>", escape(&href)));
    }

    /// Numbers go by the first use, and on over the texts of a page.
    fn footnote_number(&self, label: &str) -> usize {
        let known = self.footnote_numbers.get(label).copied();
        self.prose.footnotes_before as usize + known.unwrap_or(self.prose.outline.footnotes.len()) + 1
    }

    fn footnote_mark(&mut self, label: &str) -> String {
        let n = self.footnote_number(label);
        let uses = self.footnote_uses.entry(label.into()).or_insert(0);
        *uses += 1;
        let id = use_of_footnote(n, *uses);
        format!(
            "<sup class=\"remark\">[<a id=\"{id}\" href=\"#remark-{n}\" role=\"doc-noteref\">{}</a>]</sup>",
            roman(n)
        )
    }

    /// A footnote, with a way back to each of its uses.
    fn footnote_start(&mut self, label: &str) {
        let n = self.footnote_number(label);
        let uses = self.footnotes.get(label).copied().unwrap_or(1);
        let back = |turn: usize| {
            let shown = if turn == 1 { roman(n) } else { letter(u32::try_from(turn - 1).unwrap_or(0)) };
            let id = use_of_footnote(n, turn);
            format!("<a class=\"back\" href=\"#{id}\" role=\"doc-backlink\">{shown}</a>")
        };
        let backs: Vec<_> = (1..=uses).map(back).collect();
        self.html(format!("<aside class=\"remark\" id=\"remark-{n}\" role=\"doc-footnote\">{}", backs.join(" ")));
    }
}

impl<'w, 'p, 'r, 'a> Writer<'w, 'p, 'r, 'a> {
    fn new(page: &'w Page<'r, 'a>, prose: &'p Prose, footnotes: HashMap<Text, usize>) -> Self {
        Self {
            page,
            prose,
            events: Vec::new(),
            notes: prose.notes.iter(),
            sentences: sentence_ids(prose, page.turn_of(prose)).into_iter(),
            cited: page.cited(prose).into_iter(),
            headings: 0,
            shift: u8::from(prose.outline.headings.iter().any(|h| h.level == 1)),
            code: None,
            columns: Vec::new(),
            cell: 0,
            in_head: false,
            footnotes,
            footnote_numbers: prose.outline.footnotes.iter().enumerate().map(|(n, label)| (&**label, n)).collect(),
            footnote_uses: HashMap::new(),
            last: None,
            in_heading: false,
            image: None,
            links: 0,
            became: None,
            waiting: String::new(),
            cards: HashMap::new(),
        }
    }
}

/// a, b … z, aa …: the uses of one note.
pub fn letter(turn: u32) -> String {
    let last = char::from(b'a' + u8::try_from(turn % 26).unwrap_or(0));
    if turn < 26 { last.to_string() } else { format!("{}{last}", letter(turn / 26 - 1)) }
}

/// Remarks of the author are numbered otherwise than notes of sources: i, ii, iii.
fn roman(n: usize) -> String {
    sourcebook_core::words::number::roman(i64::try_from(n).unwrap_or(0)).to_lowercase()
}

impl Page<'_, '_> {
    /// Why a claim no longer stands, if it does not.
    pub fn lapse(&self, of: Option<Ref>) -> Option<Lapse> {
        let Some(Ref::Claim(ix)) = of else { return None };
        state::lapsed(self.renderer.dossier, ix, None).map(|lapsed| lapsed.how)
    }

    /// What became of a claim or a text that is linked to, in words: also where no style sheet marks it.
    fn became(&self, of: Ref) -> Option<String> {
        let (renderer, words) = (self.renderer, self.renderer.words());
        let (hook, label) = match of {
            Ref::Claim(ix) => {
                let hook = match state::lapsed(renderer.dossier, ix, None) {
                    Some(lapsed) => ("lapse", lapsed.how.as_str()),
                    None => ("unsound", state::unsound(renderer.dossier, ix, None)?.is.as_str()),
                };
                (hook, words::sentence::mark(renderer.dossier, ix, words)?)
            }
            Ref::Source(ix) => {
                let is = renderer.dossier[ix].status.as_ref().map(|status| status.is)?;
                (is != SourceStanding::Current)
                    .then(|| (("unsound", is.as_str()), words::kinds::unsound(is, words).to_owned()))?
            }
            _ => return None,
        };
        let ((what, is), label) = (hook, words.fill("note.became", &[("state", &label)]));
        Some(format!(" <span class=\"lapsed-mark\" data-{what}=\"{is}\">{}</span>", escape(&label)))
    }

    /// Where a link written as a URL or path leads, from this page.
    fn destination(&self, url: &str, prose: &Prose) -> String {
        let links = links::Links { urls: &self.renderer.urls, parsed: self.renderer.parsed };
        match links.resolve(url, prose) {
            Some(Destination::File { path, anchor }) => {
                let anchor = anchor.map(|a| format!("#{a}")).unwrap_or_default();
                format!("{ROOT}{}{anchor}", percent(&path))
            }
            Some(Destination::Here(anchor)) => format!("#{anchor}"),
            Some(Destination::Elsewhere) | None => url.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{letter, roman};

    #[test]
    fn numbering() {
        assert_eq!([0, 1, 25, 26, 27, 52].map(letter), ["a", "b", "z", "aa", "ab", "ba"]);
        assert_eq!([1, 4, 9, 14, 49].map(roman), ["i", "iv", "ix", "xiv", "xlix"]);
    }
}
