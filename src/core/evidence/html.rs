//! The readable text of a saved page: what a reader sees, as paragraphs between blank lines.
//!
//! One pass over html5gum's tokens, without a tree, so that no depth of nesting costs anything. html5gum, since it is
//! the WHATWG tokenizer (entities, raw text, broken markup) without a dependency and compiles in under a second;
//! `scraper` brings 54 crates and fourteen seconds of compiling, for a tree that nobody asks for here.
//!
//! - Dropped whole: scripts, styles, `noscript`, `template`, `title` (all that `head` can show), frames, drawings.
//! - A block element begins and ends a paragraph; `br` ends a line, two of them a paragraph; table cells are set apart
//!   by a tab. Navigation stays: it is on the page.
//! - White space is one space, but in `pre` lines stay lines.

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// Every text in an HTML page, seen or not: its readable text with scripts, styles and titles, and after it the
/// values of all attributes and all comments, each a paragraph. For guarding what is published.
pub fn everything(html: &str) -> String {
    let mut page = Page { aside: Some(String::new()), ..Page::default() };
    let text = page.read(html);
    text + page.aside.as_deref().unwrap_or_default()
}

#[derive(Default)]
struct Page {
    text: String,
    gap: Gap,
    /// The dropped element that is open, and how many of its name stand in one another.
    dropped: Option<(Vec<u8>, usize)>,
    /// How many `pre` are open.
    pre: usize,
    /// The name of the start tag whose attributes are being read.
    tag: Vec<u8>,
    /// Where texts that nobody reads are kept, if they are.
    aside: Option<String>,
}

/// What goes between the text so far and the next character.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Cell,
    Line,
    Paragraph,
}

impl Page {
    fn read(&mut self, html: &str) -> String {
        let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
            self.event(&event);
            None
        });
        emitter.naively_switch_states(true);
        let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
        std::mem::take(&mut self.text)
    }

    fn event(&mut self, event: &CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag.clear();
                self.tag.extend_from_slice(name);
            }
            CallbackEvent::CloseStartTag { self_closing } => self.start(*self_closing),
            CallbackEvent::EndTag { name } => self.end(name),
            CallbackEvent::AttributeValue { value } | CallbackEvent::Comment { value } => self.keep(value),
            CallbackEvent::String { value } if self.dropped.is_none() => self.string(value),
            _ => {}
        }
    }

    fn start(&mut self, self_closing: bool) {
        if let Some((name, depth)) = &mut self.dropped {
            *depth += usize::from(*name == self.tag && !self_closing);
            return;
        }
        if is_dropped(&self.tag) {
            // Only a drawing may close itself: `<script/>` does not.
            if self.aside.is_some() {
                self.widen(Gap::Paragraph);
            } else if !(self_closing && matches!(self.tag.as_slice(), b"svg" | b"math")) {
                self.dropped = Some((self.tag.clone(), 1));
            }
            return;
        }
        match self.tag.as_slice() {
            b"br" => self.line(),
            b"td" | b"th" => self.widen(Gap::Cell),
            b"option" => self.widen(Gap::Line),
            b"pre" => {
                self.pre += 1;
                self.widen(Gap::Paragraph);
            }
            name if is_block(name) => self.widen(Gap::Paragraph),
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        if let Some((dropped, depth)) = &mut self.dropped {
            if dropped.as_slice() == name {
                *depth -= 1;
                if *depth == 0 {
                    self.dropped = None;
                }
            }
            return;
        }
        if name == b"pre" {
            self.pre = self.pre.saturating_sub(1);
        }
        if is_block(name) || (self.aside.is_some() && is_dropped(name)) {
            self.widen(Gap::Paragraph);
        }
    }

    fn keep(&mut self, value: &[u8]) {
        if let Some(aside) = &mut self.aside {
            aside.push_str("\n\n");
            aside.push_str(&String::from_utf8_lossy(value));
        }
    }

    fn string(&mut self, value: &[u8]) {
        for chunk in value.utf8_chunks() {
            chunk.valid().chars().for_each(|c| self.character(c));
            if !chunk.invalid().is_empty() {
                self.character(char::REPLACEMENT_CHARACTER);
            }
        }
    }

    fn character(&mut self, c: char) {
        match c {
            '\n' if self.pre > 0 => self.line(),
            c if c.is_ascii_whitespace() && self.pre == 0 => self.widen(Gap::Space),
            c => {
                self.close_gap();
                self.text.push(c);
            }
        }
    }

    fn line(&mut self) {
        self.gap = if self.gap >= Gap::Line { Gap::Paragraph } else { Gap::Line };
    }

    fn widen(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn close_gap(&mut self) {
        let between = match std::mem::take(&mut self.gap) {
            Gap::None => "",
            Gap::Space => " ",
            Gap::Cell => "\t",
            Gap::Line => "\n",
            Gap::Paragraph => "\n\n",
        };
        if !self.text.is_empty() {
            self.text.push_str(between);
        }
    }
}

fn is_dropped(name: &[u8]) -> bool {
    matches!(
        name,
        b"script"
            | b"style"
            | b"noscript"
            | b"template"
            | b"title"
            | b"iframe"
            | b"noframes"
            | b"noembed"
            | b"object"
            | b"svg"
            | b"math"
            | b"canvas"
            | b"audio"
            | b"video"
    )
}

#[rustfmt::skip]
fn is_block(name: &[u8]) -> bool {
    matches!(
        name,
        b"address" | b"article" | b"aside" | b"blockquote" | b"body" | b"caption" | b"center" | b"dd" | b"details"
            | b"dialog" | b"dir" | b"div" | b"dl" | b"dt" | b"fieldset" | b"figcaption" | b"figure" | b"footer"
            | b"form" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"header" | b"hgroup" | b"hr" | b"html"
            | b"legend" | b"li" | b"main" | b"menu" | b"nav" | b"ol" | b"p" | b"pre" | b"search" | b"section"
            | b"select" | b"summary" | b"table" | b"tbody" | b"textarea" | b"tfoot" | b"thead" | b"tr" | b"ul"
    )
}
