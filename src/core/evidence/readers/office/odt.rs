//! ODT: OpenDocument text (ISO/IEC 26300), packed (`.odt`) or as one file (`.fodt`), as LibreOffice and Google Docs
//! write it.

use std::collections::BTreeSet;

use super::super::joined::Joined;
use super::super::xml::{self, Node, Tag};
use super::super::zipped::{self, Zipped};
use super::super::{Bounds, Head, Input, Part, Reader, Text, Why};

/// See the module.
pub(crate) const READER: Reader = Reader { name: "an OpenDocument text", endings: &["odt", "fodt"], is, read };

const MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.text";

fn is(head: &Head<'_>) -> bool {
    let flat = head.begins(&["<?xml", "<office:document"])
        && memchr::memmem::find(&head.bytes[..head.bytes.len().min(4096)], MEDIA_TYPE.as_bytes()).is_some();
    flat || zipped::says(head.bytes, MEDIA_TYPE) || (head.ends(&["odt"]) && zipped::holds(head.bytes, "content.xml"))
}

fn read(input: &Input<'_>, bounds: &Bounds) -> Result<Text, Why> {
    let mut story = Story::default();
    if input.bytes.starts_with(b"PK") {
        let mut zip = Zipped::open(READER.name, input.bytes, bounds)?;
        // Headers and footers, and what named styles hide, stand in `styles.xml`.
        let styles = zip.get("styles.xml")?;
        let content = zip.must("content.xml")?;
        if let Some(styles) = &styles {
            story.read(styles, bounds)?;
        }
        story.read(&content, bounds)?;
    } else {
        story.read(input.bytes, bounds)?;
    }
    let Story { mut joined, after, .. } = story;
    after.iter().for_each(|words| joined.block(words, Part::Outside));
    Ok(joined.finish())
}

#[derive(Default)]
struct Story {
    joined: Joined,
    /// Notes, headers and footers.
    after: Vec<String>,
    /// Styles that hide or strike through.
    unseen: BTreeSet<String>,
    /// The style that is being read.
    style: Option<String>,
    open: Vec<Open>,
    /// How many elements are open whose content is not read.
    skipped: usize,
    /// How many notes, headers or footers are open.
    asides: usize,
}

/// An open paragraph, heading or span.
#[derive(Default)]
struct Open {
    name: &'static str,
    words: String,
    unseen: bool,
}

impl Story {
    fn read(&mut self, xml: &[u8], bounds: &Bounds) -> Result<(), Why> {
        xml::walk(READER.name, &xml::decode(xml), bounds, |node| {
            match node {
                Node::Start(tag) if self.skipped > 0 || is_skipped(&tag) => self.skipped += 1,
                Node::Start(tag) => self.start(&tag),
                Node::End(_) if self.skipped > 0 => self.skipped -= 1,
                Node::End(name) => self.end(name),
                Node::Text(text) if self.skipped == 0 => self.text(text),
                Node::Text(_) => {}
            }
            Ok(())
        })
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "style" => self.style = tag.get("name"),
            "text-properties" => {
                let says = |name: &str, but: &str| tag.get(name).is_some_and(|value| value != but);
                let hides = tag.get("display").is_some_and(|d| d == "none");
                if hides || says("text-line-through-style", "none") || says("text-line-through-type", "none") {
                    self.unseen.extend(self.style.clone());
                }
            }
            "note-body" | "header" | "footer" | "header-first" | "footer-first" | "header-left" | "footer-left" => {
                self.asides += 1;
            }
            "p" => self.push("p", tag),
            "h" => self.push("h", tag),
            "span" => self.push("span", tag),
            "s" => {
                let count = tag.get("c").and_then(|c| c.parse().ok()).unwrap_or(1usize).min(1000);
                self.words(&" ".repeat(count));
            }
            "tab" => self.words("\t"),
            "line-break" => self.words("\n"),
            _ => {}
        }
    }

    fn push(&mut self, name: &'static str, tag: &Tag<'_>) {
        let styled = tag.get("style-name").is_some_and(|style| self.unseen.contains(&style));
        let within = name == "span" && self.open.last().is_some_and(|open| open.unseen);
        self.open.push(Open { name, words: String::new(), unseen: styled || within });
    }

    fn end(&mut self, name: &str) {
        match name {
            "note-body" | "header" | "footer" | "header-first" | "footer-first" | "header-left" | "footer-left" => {
                self.asides = self.asides.saturating_sub(1);
            }
            "span" if self.open.last().is_some_and(|open| open.name == "span") => {
                if let (Some(span), Some(around)) = (self.open.pop(), self.open.last_mut()) {
                    around.words.push_str(&span.words);
                }
            }
            "p" | "h" if self.open.last().is_some_and(|open| open.name == name) => {
                let Some(Open { words, name, .. }) = self.open.pop() else { return };
                if self.asides > 0 {
                    self.after.push(words);
                } else {
                    self.joined.block(&words, if name == "h" { Part::Heading } else { Part::Paragraph });
                }
            }
            _ => {}
        }
    }

    /// Text outside of paragraphs is white space; within, a run of it is one space.
    fn text(&mut self, text: &str) {
        let Some(open) = self.open.last_mut().filter(|open| !open.unseen) else { return };
        for c in text.chars() {
            match c {
                c if !c.is_ascii_whitespace() => open.words.push(c),
                _ if open.words.ends_with(' ') => {}
                _ => open.words.push(' '),
            }
        }
    }

    fn words(&mut self, words: &str) {
        if let Some(open) = self.open.last_mut().filter(|open| !open.unseen) {
            open.words.push_str(words);
        }
    }
}

/// Elements of which nothing is printed.
fn is_skipped(tag: &Tag<'_>) -> bool {
    match tag.name {
        "tracked-changes" | "annotation" | "annotation-end" | "ruby-text" | "note-citation" | "desc" | "title"
        | "meta" | "scripts" | "forms" | "hidden-text" | "sequence-decls" | "variable-decls" | "user-field-decls" => {
            true
        }
        "section" => tag.get("display").is_some_and(|display| display != "true"),
        _ => false,
    }
}
