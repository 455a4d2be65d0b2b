//! Markdown as HTML: what [`sourcebook_core::model::markdown`] reads, written for one page.
//!
//! 1. Tokens become events of pulldown-cmark's writer, or pieces of HTML of ours: notes' marks, links by id, cards.
//! 2. Words get the typography of their language, code is coloured, tables may scroll by themselves.
//! 3. The writer escapes the rest.

mod blocks;
mod images;
mod links;
mod marks;

use images::Image;
pub use marks::letter;

use std::collections::HashMap;
use std::sync::Arc;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::footnotes::footnote_uses;
use super::sentence_ids::sentence_ids;
use super::{Page, highlight};
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::base::html::{escape, heading};
use sourcebook_core::check::cited;
use sourcebook_core::dossier::config::HtmlPolicy;
use sourcebook_core::model::Text;
use sourcebook_core::model::markdown::{Citation, FigurePart, Token, is_plain, outline, tokens};
use sourcebook_core::model::prose::{Heading, NoteUse, Prose};
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

    /// A Markdown text as a part of a sentence or a caption: without the tags around its only paragraph.
    pub fn line(&self, prose: &Prose) -> Result<String, Diagnostic> {
        let html = self.blocks(prose)?;
        let inner = html.trim().strip_prefix("<p>").and_then(|h| h.strip_suffix("</p>"));
        Ok(inner.filter(|h| !h.contains("<p>")).map_or_else(|| html.clone(), str::to_owned))
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
                words::text::words_of(self.renderer.dossier, written, self.renderer.words())
            }
            false => self.typeset(&heading.text).into_owned(),
        };
        headings.iter().map(words).collect()
    }
}

/// A noncharacter before words that are no block of their own.
const GUARD: char = '\u{fdd4}';

struct Writer<'w, 'p, 'r, 'a> {
    page: &'w Page<'r, 'a>,
    prose: &'p Prose,
    events: Vec<Event<'p>>,
    notes: std::slice::Iter<'p, NoteUse>,
    /// Of each citation that is still to come, the address of its sentence, if it is the first in it.
    sentences: std::vec::IntoIter<Option<String>>,
    /// Of each citation that is still to come, its sentence.
    cited: std::vec::IntoIter<Arc<cited::Sentence>>,
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
    /// The part of the figure that is being written.
    figure_part: Option<FigurePart>,
    /// Whether it is one of data.
    of_data: bool,
    /// How many blocks of data stand in the text so far.
    set: usize,
}

impl<'p> Writer<'_, 'p, '_, '_> {
    fn token(&mut self, token: &Token<'p>) -> Result<(), Diagnostic> {
        match token {
            Token::Markdown(event) => self.event(event)?,
            Token::Citation(citation) => self.citation(citation)?,
            Token::LinkStart { id, worded } => self.link_start(id, *worded),
            Token::LinkEnd => self.close_link(),
            Token::Card(id, _) => {
                let html = self.card(id)?;
                self.html(html);
            }
            Token::Figure(part) => self.figure(*part),
            Token::Block(block) => self.block(block)?,
            Token::Pull(begins) => self.pull(*begins),
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
            let voice = words::text::voice(self.page.renderer.dossier, voice, words).unwrap_or_default();
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

    /// The ids in a card that stands in the text a second time are others.
    fn card(&mut self, id: &str) -> Result<String, Diagnostic> {
        let html = self.page.card(id)?;
        let turn = self.cards.entry(id.into()).or_insert(0);
        *turn += 1;
        if *turn == 1 {
            return Ok(html);
        }
        // No id of a record has two hyphens in a row.
        let again = |html: String, sign: char| {
            let figure = format!("{sign}figure-{id}");
            html.replace(&figure, &format!("{figure}--{turn}"))
        };
        Ok(['"', '#'].into_iter().fold(html, again))
    }

    fn html(&mut self, html: String) {
        self.events.push(Event::InlineHtml(html.into()));
    }

    fn event(&mut self, event: &Event<'p>) -> Result<(), Diagnostic> {
        if self.code_block(event)? || self.in_image(event) || self.table(event) {
            return Ok(());
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
            Event::Start(Tag::Image { dest_url, title, .. }) => self.open_image(dest_url, title),
            Event::Start(Tag::BlockQuote(Some(kind))) => self.open_box(*kind),
            Event::End(TagEnd::BlockQuote(Some(_))) => self.html("</div>\n".into()),
            Event::TaskListMarker(done) => self.task(*done),
            Event::FootnoteReference(label) => {
                let mark = self.footnote_mark(label);
                self.mark(mark);
            }
            Event::Start(Tag::FootnoteDefinition(label)) => self.footnote_start(label),
            Event::End(TagEnd::FootnoteDefinition) => self.html("</aside>\n".into()),
            Event::Html(html) | Event::InlineHtml(html) => self.raw(html),
            other => self.events.push(other.clone()),
        }
        Ok(())
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

    fn table(&mut self, event: &Event<'p>) -> bool {
        match event {
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
            _ => return false,
        }
        self.last = None;
        true
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

    fn code_block(&mut self, event: &Event<'p>) -> Result<bool, Diagnostic> {
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
                    let html = self.page.theme_block(&language, &code)?;
                    self.html(html.unwrap_or_else(|| highlight::block(&code, &language)));
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
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
            figure_part: None,
            of_data: false,
            set: 0,
        }
    }
}
