//! Markdown as HTML: what [`sourcebook_core::model::markdown`] reads, written for one page.
//!
//! 1. Tokens become events of pulldown-cmark's writer, or pieces of HTML of ours: notes' marks, links by id, cards.
//! 2. Words get the typography of their language, code is coloured, tables may scroll by themselves.
//! 3. The writer escapes the rest.

use std::collections::HashMap;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::rooted::{self, ROOT};
use super::{Page, highlight};
use crate::links::{self, Destination};
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::base::html::{escape, heading, push};
use sourcebook_core::dossier::config::HtmlPolicy;
use sourcebook_core::model::markdown::{Token, tokens};
use sourcebook_core::model::prose::{Citation, NoteUse, Prose};
use sourcebook_core::model::{Ref, Text};
use sourcebook_core::words::typography;

impl Page<'_, '_> {
    /// A Markdown text of this page as blocks of HTML.
    pub fn blocks(&self, prose: &Prose) -> Result<String, Diagnostic> {
        if prose.outline.plain {
            return Ok(format!("<p>{}</p>\n", escape(&self.typeset(&prose.text))));
        }
        self.write(prose)
    }

    /// A Markdown text of this page as one run of HTML: its only paragraph without the tags around it.
    pub fn run(&self, prose: &Prose) -> Result<String, Diagnostic> {
        if prose.outline.plain {
            return Ok(escape(&self.typeset(&prose.text)).into_owned());
        }
        let html = self.write(prose)?;
        let inner = html.trim().strip_prefix("<p>").and_then(|h| h.strip_suffix("</p>"));
        Ok(inner.filter(|h| !h.contains("<p>")).map_or(html.clone(), str::to_owned))
    }

    fn write(&self, prose: &Prose) -> Result<String, Diagnostic> {
        let (tokens, _) = tokens(&prose.text);
        let mut writer = Writer::new(self, prose);
        for (token, _) in &tokens {
            writer.token(token)?;
        }
        let mut out = String::with_capacity(prose.text.len() * 2);
        pulldown_cmark::html::push_html(&mut out, writer.events.into_iter());
        Ok(rooted::decoded(out))
    }
}

struct Writer<'w, 'p, 'r, 'a> {
    page: &'w Page<'r, 'a>,
    prose: &'p Prose,
    events: Vec<Event<'p>>,
    citations: std::slice::Iter<'p, Citation>,
    notes: std::slice::Iter<'p, NoteUse>,
    headings: usize,
    /// Added to heading levels, so that the page's title is the only first level.
    shift: u8,
    code: Option<(Text, String)>,
    /// Columns of the table that is being written, and the next cell's.
    columns: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    footnotes: HashMap<Text, usize>,
    footnote_uses: HashMap<Text, usize>,
    /// The last sign of the paragraph so far: typography looks back over links, emphasis and notes' marks.
    last: Option<char>,
    in_heading: bool,
}

impl<'p> Writer<'_, 'p, '_, '_> {
    fn token(&mut self, token: &Token<'p>) -> Result<(), Diagnostic> {
        match token {
            Token::Markdown(event) => self.event(event),
            Token::Citation(_) => {
                self.close_up();
                let html = self.marks();
                self.html(html);
            }
            Token::LinkStart { id, worded } => self.link_start(id, *worded),
            Token::LinkEnd => self.html("</a>".into()),
            Token::Card(id, _) => {
                let html = self.page.card(id)?;
                self.html(html);
            }
            Token::Uncited(_) | Token::Comment => {}
        }
        Ok(())
    }

    /// A writer puts a space before a citation; a note's mark stands close to its word.
    fn close_up(&mut self) {
        if let Some(Event::Text(text)) = self.events.last_mut() {
            *text = text.trim_end().to_owned().into();
            self.last = text.chars().next_back();
        }
    }

    fn html(&mut self, html: String) {
        self.events.push(Event::InlineHtml(html.into()));
    }

    fn event(&mut self, event: &Event<'p>) {
        if self.code_block(event) {
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
            Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                let id = self.prose.outline.headings.get(self.headings).map(|h| CowStr::from(h.id.to_string()));
                self.headings += 1;
                let level = self.level(*level);
                self.in_heading = true;
                self.events.push(Event::Start(Tag::Heading {
                    level,
                    id,
                    classes: classes.clone(),
                    attrs: attrs.clone(),
                }));
            }
            Event::End(TagEnd::Heading(level)) => {
                self.in_heading = false;
                self.events.push(Event::End(TagEnd::Heading(self.level(*level))));
            }
            Event::Start(Tag::Link { dest_url, .. }) => self.open_link(dest_url),
            Event::End(TagEnd::Link) => self.html("</a>".into()),
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let dest_url = self.page.destination(dest_url, self.prose).into();
                let (link_type, title, id) = (*link_type, title.clone(), id.clone());
                self.events.push(Event::Start(Tag::Image { link_type, dest_url, title, id }));
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
            Event::FootnoteReference(label) => self.footnote_mark(label),
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

    /// The marks of one citation: `[@a; @b]` has two.
    fn marks(&mut self) -> String {
        let items = self.citations.next().map_or(0, |citation| citation.items.len());
        let uses: Vec<NoteUse> = self.notes.by_ref().take(items).copied().collect();
        let mut out = String::from("<sup class=\"note\">");
        for (i, one) in uses.iter().enumerate() {
            if i > 0 {
                out.push_str("<span class=\"comma\">,</span>");
            }
            let (number, letter) = (one.number, letter(one.turn));
            let describe = self.page.note_description(one);
            out.push_str(&format!(
                "<a id=\"use-{number}-{letter}\" href=\"#note-{number}\" role=\"doc-noteref\" aria-label=\""
            ));
            push(&mut out, &describe);
            out.push_str(&format!("\">{number}</a>"));
            if self.page.is_contested(one.target) {
                self.contested_mark(&mut out);
            }
        }
        out.push_str("</sup>");
        out
    }

    /// Beside the link and not in it: the link is named after its note alone.
    fn contested_mark(&self, out: &mut String) {
        out.push_str("<span class=\"contested-mark\" role=\"img\" aria-label=\"");
        push(out, self.page.renderer.words().text("note.contested_mark"));
        out.push_str("\">◆</span>");
    }

    fn link_start(&mut self, id: &str, worded: bool) {
        let (id, anchor) = id.split_once('#').map_or((id, ""), |(id, anchor)| (id, anchor));
        let Some(of) = self.page.renderer.dossier.get(id) else {
            return self.html("<a>".into());
        };
        let class = of.kind().map_or("article", |kind| kind.as_str());
        let mut href = format!("{ROOT}{}", self.page.renderer.urls.file(of));
        if !anchor.is_empty() {
            href = format!("{href}#{anchor}");
        }
        let contested = if self.page.is_contested(Some(of)) { " contested" } else { "" };
        let mut out = format!("<a class=\"{class}{contested}\" href=\"{}\">", escape(&href));
        if !worded {
            let label = self.page.typeset(self.page.renderer.dossier.label(of));
            self.last = label.chars().next_back();
            push(&mut out, &label);
        }
        self.html(out);
    }

    fn open_link(&mut self, url: &str) {
        let external = crate::links::is_external(url);
        let href = self.page.destination(url, self.prose);
        let class = if external { " class=\"external\" rel=\"noopener\"" } else { "" };
        self.html(format!("<a{class} href=\"{}\">", escape(&href)));
    }

    fn footnote_number(&mut self, label: &str) -> usize {
        let next = self.footnotes.len() + 1;
        *self.footnotes.entry(label.into()).or_insert(next)
    }

    fn footnote_mark(&mut self, label: &str) {
        let n = self.footnote_number(label);
        let uses = self.footnote_uses.entry(label.into()).or_insert(0);
        *uses += 1;
        let id = if *uses == 1 { format!(" id=\"remark-{n}-use\"") } else { String::new() };
        self.html(format!(
            "<sup class=\"remark\"><a{id} href=\"#remark-{n}\" role=\"doc-noteref\">{}</a></sup>",
            roman(n)
        ));
    }

    fn footnote_start(&mut self, label: &str) {
        let n = self.footnote_number(label);
        self.html(format!(
            "<aside class=\"remark\" id=\"remark-{n}\" role=\"doc-footnote\"><a class=\"back\" href=\"#remark-{n}-use\" role=\"doc-backlink\">{}</a>",
            roman(n)
        ));
    }
}

impl<'w, 'p, 'r, 'a> Writer<'w, 'p, 'r, 'a> {
    fn new(page: &'w Page<'r, 'a>, prose: &'p Prose) -> Self {
        Self {
            page,
            prose,
            events: Vec::new(),
            citations: prose.outline.citations.iter(),
            notes: prose.notes.iter(),
            headings: 0,
            shift: u8::from(prose.outline.headings.iter().any(|h| h.level == 1)),
            code: None,
            columns: Vec::new(),
            cell: 0,
            in_head: false,
            footnotes: HashMap::new(),
            footnote_uses: HashMap::new(),
            last: None,
            in_heading: false,
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
    /// Whether a claim is contested.
    pub fn is_contested(&self, of: Option<Ref>) -> bool {
        matches!(of, Some(Ref::Claim(ix)) if self.renderer.dossier[ix].contested)
    }

    /// Where a link written as a URL or path leads, from this page.
    fn destination(&self, url: &str, prose: &Prose) -> String {
        let links = links::Links { urls: &self.renderer.urls, parsed: self.renderer.parsed };
        match links.resolve(url, prose) {
            Some(Destination::File { path, anchor }) => {
                let anchor = anchor.map(|a| format!("#{a}")).unwrap_or_default();
                format!("{ROOT}{path}{anchor}")
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
