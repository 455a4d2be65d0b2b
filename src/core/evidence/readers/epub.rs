//! EPUB 2 and 3: the chapters of a book, in the order of its spine.
//!
//! 1. `META-INF/container.xml` names the package document, which lists the files and the order in which they are read.
//! 2. The table of contents (EPUB 3's `nav`, EPUB 2's NCX) says where chapters begin. A chapter is called by the number in
//!    its title (`Chapter 3`, `III. The river`, `3 — …`), else by its title.
//! 3. Each file is a page, read as one.

use std::collections::BTreeMap;

use super::joined::Joined;
use super::xml::{self, Node};
use super::zipped::{self, Zipped};
use super::{Bounds, Head, Input, Part, Reader, Spot, Text, Why};
use crate::base::url::unpercent;

/// See the module.
pub(super) const READER: Reader = Reader { name: "an EPUB book", endings: &["epub"], is, read };

fn is(head: &Head<'_>) -> bool {
    zipped::says(head.bytes, "application/epub+zip")
        || (head.starts(b"PK\x03\x04") && zipped::holds(head.bytes, "META-INF/container.xml"))
}

fn read(input: &Input<'_>, bounds: &Bounds) -> Result<Text, Why> {
    let mut zip = Zipped::open(READER.name, input.bytes, bounds)?;
    let root = root(&zip.must("META-INF/container.xml")?, bounds)?;
    let book = Book::read(&zip.must(&root)?, &root, bounds)?;
    let locked = locked(&mut zip, bounds)?;
    if book.spine.len() > bounds.pages {
        return Err(Why::Bound { what: READER.name, bound: "chapters" });
    }
    let chapters = chapters(&mut zip, &book, bounds)?;
    let mut joined = Joined::default();
    for path in &book.spine {
        if locked.contains(path) {
            return Err(Why::NoText { what: READER.name, hint: LOCKED });
        }
        // A file that is listed and not there is a damaged book of which the rest can be read.
        let Some(bytes) = zip.get(path)? else { continue };
        if let Some(name) = chapters.get(path) {
            joined.mark(Spot::Chapter(name.as_str().into()));
        }
        joined.add(&super::read(&input.inner("chapter.xhtml", &bytes, None), bounds)?, Part::Paragraph);
    }
    Ok(joined.finish())
}

const LOCKED: &str =
    "the book is locked (DRM): ask its publisher for a copy that is not, or type what you quote into a .txt file";

/// The path of the package document.
fn root(xml: &[u8], bounds: &Bounds) -> Result<String, Why> {
    let mut found = None;
    xml::walk(READER.name, &xml::decode(xml), bounds, |node| {
        if let Node::Start(tag) = node
            && tag.name == "rootfile"
            && found.is_none()
        {
            found = tag.get("full-path");
        }
        Ok(())
    })?;
    found.ok_or_else(|| Why::Broken { what: READER.name, reason: "its container names no package".into() })
}

/// Files that are encrypted. Fonts often are, which locks no words.
fn locked(zip: &mut Zipped<'_>, bounds: &Bounds) -> Result<Vec<String>, Why> {
    let mut found = Vec::new();
    if let Some(xml) = zip.get("META-INF/encryption.xml")? {
        xml::walk(READER.name, &xml::decode(&xml), bounds, |node| {
            if let Node::Start(tag) = node
                && tag.name == "CipherReference"
            {
                found.extend(tag.get("URI").map(|uri| resolve("", &uri)));
            }
            Ok(())
        })?;
    }
    Ok(found)
}

/// A package document.
struct Book {
    /// Paths of the files, in the order in which they are read.
    spine: Vec<String>,
    /// The table of contents, and whether it is EPUB 3's.
    contents: Option<(String, bool)>,
}

impl Book {
    fn read(xml: &[u8], at: &str, bounds: &Bounds) -> Result<Self, Why> {
        let (mut files, mut spine) = (BTreeMap::new(), Vec::new());
        let (mut nav, mut ncx) = (None, None);
        xml::walk(READER.name, &xml::decode(xml), bounds, |node| {
            let Node::Start(tag) = node else { return Ok(()) };
            match tag.name {
                "item" => {
                    let (Some(id), Some(href)) = (tag.get("id"), tag.get("href")) else { return Ok(()) };
                    let path = resolve(at, &href);
                    if tag.get("properties").is_some_and(|p| p.split_whitespace().any(|p| p == "nav")) {
                        nav = Some(path.clone());
                    }
                    if tag.get("media-type").is_some_and(|t| t == "application/x-dtbncx+xml") {
                        ncx = Some(path.clone());
                    }
                    files.insert(id, path);
                }
                "itemref" => spine.extend(tag.get("idref")),
                _ => {}
            }
            Ok(())
        })?;
        let spine = spine.iter().filter_map(|id| files.get(id).cloned()).collect();
        let contents = nav.map(|path| (path, true)).or(ncx.map(|path| (path, false)));
        Ok(Self { spine, contents })
    }
}

/// The chapters' names by the files in which they begin.
fn chapters(zip: &mut Zipped<'_>, book: &Book, bounds: &Bounds) -> Result<BTreeMap<String, String>, Why> {
    let Some((path, is_nav)) = &book.contents else { return Ok(BTreeMap::new()) };
    let Some(bytes) = zip.get(path)? else { return Ok(BTreeMap::new()) };
    let mut found = BTreeMap::new();
    let (mut title, mut target, mut within) = (String::new(), None, false);
    let walked = xml::walk(READER.name, &xml::decode(&bytes), bounds, |node| {
        match node {
            // EPUB 3 may also list pages and landmarks.
            Node::Start(tag) if *is_nav && tag.name == "nav" => within = tag.get("type").is_none_or(|t| t == "toc"),
            Node::Start(tag) if *is_nav && tag.name == "a" => (title, target) = (String::new(), tag.get("href")),
            Node::Start(tag) if !*is_nav && tag.name == "text" => title.clear(),
            Node::Start(tag) if !*is_nav && tag.name == "content" => {
                name(&mut found, path, tag.get("src").as_deref(), &title);
            }
            Node::End("nav") => within = false,
            Node::End("a") if *is_nav && within => name(&mut found, path, target.take().as_deref(), &title),
            Node::Text(text) => title.push_str(text),
            _ => {}
        }
        Ok(())
    });
    // A table of contents that is damaged takes the chapters' names away, not their words.
    Ok(if walked.is_ok() { found } else { BTreeMap::new() })
}

fn name(found: &mut BTreeMap<String, String>, at: &str, target: Option<&str>, title: &str) {
    let Some(target) = target else { return };
    let file = target.split('#').next().unwrap_or_default();
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if !title.is_empty() {
        // A chapter's own entry stands before those of its sections.
        found.entry(resolve(at, file)).or_insert_with(|| number(&title).unwrap_or(title));
    }
}

/// The number in a chapter's title.
fn number(title: &str) -> Option<String> {
    const WORDS: [&str; 6] = ["chapter", "chapitre", "kapitel", "capítulo", "capitolo", "chap."];
    let lower = title.to_lowercase();
    let rest = WORDS.iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower).trim_start();
    let said = rest.len() < lower.len();
    let word = rest.split(|c: char| !c.is_alphanumeric()).next().filter(|word| !word.is_empty())?;
    let after = rest[word.len()..].trim_start().chars().next();
    let roman = word.chars().all(|c| "ivxlc".contains(c));
    let digits = word.bytes().all(|b| b.is_ascii_digit());
    // `III. The river`, but neither `I saw him` nor the year in `1914 in Verdun`.
    let marked = said || after.is_none() || matches!(after, Some('.' | ':' | ')' | '—' | '–'));
    (marked && (digits || roman)).then(|| if roman { word.to_uppercase() } else { word.to_owned() })
}

/// A path within the book, from the file that names it.
fn resolve(at: &str, href: &str) -> String {
    let mut path: Vec<&str> = at.split('/').collect();
    path.pop();
    let plain = unpercent(href);
    for part in plain.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(path.pop()),
            part => path.push(part),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests;
