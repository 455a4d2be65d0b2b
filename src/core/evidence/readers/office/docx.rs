//! DOCX: Office Open XML for texts (ECMA-376), as Word, LibreOffice, Google Docs and Pages write it.

use std::collections::BTreeSet;

use super::super::joined::Joined;
use super::super::xml::{self, Node, Tag};
use super::super::zipped::{self, Zipped};
use super::super::{Bounds, Head, Input, Part, Reader, Text, Why};

/// See the module.
pub(crate) const READER: Reader = Reader { name: "a Word document", endings: &["docx"], is, read };

fn is(head: &Head<'_>) -> bool {
    head.starts(b"PK\x03\x04") && zipped::holds(head.bytes, "word/document.xml")
}

fn read(input: &Input<'_>, bounds: &Bounds) -> Result<Text, Why> {
    let mut zip = Zipped::open(READER.name, input.bytes, bounds)?;
    let headings = zip.get("word/styles.xml")?.map_or_else(|| Ok(BTreeSet::new()), |xml| headings(&xml, bounds))?;
    let mut story = Story { headings, ..Story::default() };
    let document = zip.must("word/document.xml")?;
    story.read(&document, bounds)?;
    story.aside = true;
    for kind in ["footnotes", "endnotes", "header", "footer"] {
        for name in zip.names() {
            let own = name.strip_prefix("word/").and_then(|n| n.strip_suffix(".xml"));
            if own.is_some_and(|own| own.trim_end_matches(|c: char| c.is_ascii_digit()) == kind) {
                let part = zip.must(&name)?;
                story.read(&part, bounds)?;
            }
        }
    }
    Ok(story.joined.finish())
}

/// The ids of styles that are headings: Word translates ids, never these names.
fn headings(xml: &[u8], bounds: &Bounds) -> Result<BTreeSet<String>, Why> {
    let (mut found, mut id) = (BTreeSet::new(), None);
    xml::walk(READER.name, &xml::decode(xml), bounds, |node| {
        let Node::Start(tag) = node else { return Ok(()) };
        match tag.name {
            "style" => id = tag.get("styleId"),
            "name" => {
                let name = tag.get("val").unwrap_or_default().to_lowercase();
                let heads = name.starts_with("heading ") || name == "title" || name == "subtitle";
                found.extend(id.clone().filter(|_| heads));
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(found)
}

#[derive(Default)]
struct Story {
    joined: Joined,
    headings: BTreeSet<String>,
    /// Notes, headers, footers.
    aside: bool,
    /// Paragraphs that are open: a text box has paragraphs within one.
    open: Vec<Paragraph>,
    /// How many elements are open whose content is not read.
    skipped: usize,
    in_run: bool,
    /// The run is hidden or struck through.
    unseen: bool,
    in_text: bool,
}

#[derive(Default)]
struct Paragraph {
    words: String,
    heading: bool,
}

impl Story {
    fn read(&mut self, xml: &[u8], bounds: &Bounds) -> Result<(), Why> {
        xml::walk(READER.name, &xml::decode(xml), bounds, |node| {
            match node {
                Node::Start(tag) if self.skipped > 0 || is_skipped(tag.name) => self.skipped += 1,
                Node::Start(tag) => self.start(&tag),
                Node::End(_) if self.skipped > 0 => self.skipped -= 1,
                Node::End(name) => self.end(name),
                Node::Text(text) if self.in_text && self.skipped == 0 => self.words(text),
                Node::Text(_) => {}
            }
            Ok(())
        })
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "p" => self.open.push(Paragraph::default()),
            "pStyle" => {
                let heading = tag.get("val").is_some_and(|id| self.headings.contains(&id));
                self.open.iter_mut().last().into_iter().for_each(|p| p.heading = heading);
            }
            "r" => (self.in_run, self.unseen) = (true, false),
            "vanish" | "webHidden" | "strike" | "dstrike" if self.in_run => {
                let off = tag.get("val").is_some_and(|val| matches!(val.as_str(), "0" | "false" | "off"));
                self.unseen |= !off;
            }
            "t" => self.in_text = true,
            "tab" | "ptab" if self.in_run => self.words("\t"),
            "br" | "cr" if self.in_run => self.words("\n"),
            "noBreakHyphen" => self.words("\u{2011}"),
            "softHyphen" => self.words("\u{ad}"),
            "sym" => {
                let code = tag.get("char").and_then(|hex| u32::from_str_radix(&hex, 16).ok());
                let seen = code.and_then(char::from_u32).filter(|c| !('\u{e000}'..'\u{f900}').contains(c));
                self.words(seen.unwrap_or('\u{fffd}').encode_utf8(&mut [0; 4]));
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "r" => self.in_run = false,
            "p" => {
                let Some(paragraph) = self.open.pop() else { return };
                let part = match paragraph.heading {
                    _ if self.aside => Part::Outside,
                    true => Part::Heading,
                    false => Part::Paragraph,
                };
                self.joined.block(&paragraph.words, part);
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if let (false, Some(paragraph)) = (self.unseen, self.open.last_mut()) {
            paragraph.words.push_str(words);
        }
    }
}

/// Elements of which nothing is printed, or nothing that does not stand elsewhere too.
fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "del"
            | "moveFrom"
            | "instrText"
            | "delText"
            | "delInstrText"
            | "rPrChange"
            | "pPrChange"
            | "Fallback"
            | "rt"
            | "separator"
            | "continuationSeparator"
    )
}
