//! Whether a style can be run: its tags match, and its macros end.
//!
//! 1. Tags, in order, each with its place; comments and declarations are passed over.
//! 2. Which macro calls which, how deep within itself, and how many elements it has.
//! 3. How deep and how many all together, from the layouts. A circle has no depth, and macros that call each other twice
//!    over soon have more elements than there is time.

use std::collections::HashMap;
use std::ops::Range;

use super::Unusable;

/// Elements within elements, macros unfolded. The deepest of the 2,800 published styles has 73.
const DEPTH: usize = 120;
/// Macros that call macros: 12 in published styles.
const CHAIN: usize = 60;
/// Elements, macros unfolded: 2.5 million in the largest published style, of which conditions leave a few hundred.
const SIZE: u64 = 25_000_000;

/// Attributes of one element, in bytes: the longest of a published style has under 1,500. Reading grows with the square of
/// their number (RUSTSEC-2026-0194).
const ATTRIBUTES: usize = 16 << 10;

/// Looks at a style.
///
/// # Errors
/// What keeps it from being run, with its place.
pub fn check(xml: &str) -> Result<(), Unusable> {
    long_tag(xml)?;
    let macros = macros(xml)?;
    let mut walk = Walk { macros: &macros, known: HashMap::new(), path: Vec::new() };
    let whole = macros.iter().filter(|one| one.name.is_empty());
    for layout in whole {
        walk.measure(layout)?;
    }
    Ok(())
}

fn long_tag(xml: &str) -> Result<(), Unusable> {
    let mut rest = Tags { xml, at: 0 };
    let long = std::iter::from_fn(|| rest.next_tag().ok().flatten()).find(|tag| tag.attributes.len() > ATTRIBUTES);
    long.map_or(Ok(()), |tag| Err(Unusable::new(tag.at, "this element has more attributes than any style needs")))
}

/// The first element of a name: its attributes and its place.
pub fn find<'x>(xml: &'x str, name: &str) -> Option<(&'x str, Range<usize>)> {
    let mut rest = Tags { xml, at: 0 };
    std::iter::from_fn(|| rest.next_tag().ok().flatten())
        .find(|tag| tag.name == name)
        .map(|tag| (tag.attributes, tag.at))
}

/// The link of an element `link` to the style that a dependent style stands for: address and place.
pub fn parent(xml: &str) -> Option<(String, Range<usize>)> {
    let mut rest = Tags { xml, at: 0 };
    let link = std::iter::from_fn(|| rest.next_tag().ok().flatten())
        .find(|tag| tag.name == "link" && attribute(tag.attributes, "rel") == Some("independent-parent"))?;
    Some((attribute(link.attributes, "href").unwrap_or_default().to_owned(), link.at))
}

/// A part of a style: a macro, or, without a name, all that is outside of macros.
struct Part<'x> {
    name: &'x str,
    at: Range<usize>,
    depth: usize,
    size: u64,
    calls: Vec<(&'x str, usize, Range<usize>)>,
}

impl<'x> Part<'x> {
    fn new(name: &'x str, at: Range<usize>) -> Self {
        Self { name, at, depth: 0, size: 0, calls: Vec::new() }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Open,
    Close,
    Empty,
}

struct Tag<'x> {
    name: &'x str,
    attributes: &'x str,
    kind: Kind,
    at: Range<usize>,
}

struct Tags<'x> {
    xml: &'x str,
    at: usize,
}

impl<'x> Tags<'x> {
    fn next_tag(&mut self) -> Result<Option<Tag<'x>>, Unusable> {
        while let Some(start) = self.xml[self.at..].find('<').map(|n| self.at + n) {
            let rest = &self.xml[start..];
            let skipped = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")];
            if let Some((_, end)) = skipped.iter().find(|(begin, _)| rest.starts_with(begin)) {
                let length = rest.find(end).ok_or_else(|| unclosed(start, rest))?;
                self.at = start + length + end.len();
                continue;
            }
            let end = start + close(rest).ok_or_else(|| unclosed(start, rest))?;
            self.at = end + 1;
            return Ok(Some(tag(self.xml, start, end)));
        }
        Ok(None)
    }
}

/// The `>` that ends a tag, which may stand within quotation marks before.
fn close(tag: &str) -> Option<usize> {
    let mut quoted = None;
    tag.bytes().position(|b| {
        match (quoted, b) {
            (None, b'"' | b'\'') => quoted = Some(b),
            (Some(mark), b) if mark == b => quoted = None,
            _ => {}
        }
        quoted.is_none() && b == b'>'
    })
}

fn tag(xml: &str, start: usize, end: usize) -> Tag<'_> {
    let inside = &xml[start + 1..end];
    let (kind, inside) = match (inside.strip_prefix('/'), inside.strip_suffix('/')) {
        (Some(name), _) => (Kind::Close, name),
        (None, Some(inside)) => (Kind::Empty, inside),
        (None, None) => (Kind::Open, inside),
    };
    let (name, attributes) = inside.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((inside, ""));
    let name = name.rsplit_once(':').map_or(name, |(_, local)| local);
    Tag { name, attributes, kind, at: start..end + 1 }
}

fn unclosed(start: usize, rest: &str) -> Unusable {
    let line = rest.find('\n').unwrap_or(rest.len());
    Unusable::new(start..start + line, "what begins here does not end")
}

/// The value of an attribute.
fn attribute<'x>(attributes: &'x str, name: &str) -> Option<&'x str> {
    let mut rest = attributes;
    while let Some((key, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let mark = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, next) = after[1..].split_once(mark)?;
        if key.trim() == name {
            return Some(value);
        }
        rest = next;
    }
    None
}

/// The parts of a style.
fn macros(xml: &str) -> Result<Vec<Part<'_>>, Unusable> {
    let mut parts = vec![Part::new("", 0..0)];
    let mut open: Vec<Tag<'_>> = Vec::new();
    let mut tags = Tags { xml, at: 0 };
    let mut inside: Option<usize> = None;
    while let Some(tag) = tags.next_tag()? {
        if tag.kind == Kind::Close {
            match open.pop() {
                Some(opened) if opened.name == tag.name => {}
                Some(opened) => return Err(crossed(&tag, &opened)),
                None => return Err(Unusable::new(tag.at, format!("`</{}>` ends what was never begun", tag.name))),
            }
            inside = inside.filter(|depth| open.len() > *depth);
            continue;
        }
        if inside.is_none() && tag.name == "macro" && tag.kind == Kind::Open {
            inside = Some(open.len());
            parts.push(Part::new(attribute(tag.attributes, "name").unwrap_or_default(), tag.at.clone()));
        }
        let part = if inside.is_some() { parts.len() - 1 } else { 0 };
        note(&mut parts[part], &tag, open.len() - inside.unwrap_or(0))?;
        if tag.kind == Kind::Open {
            open.push(tag);
        }
    }
    match open.pop() {
        Some(left) => Err(Unusable::new(left.at, format!("`<{}>` does not end", left.name))),
        None if find(xml, "style").is_none() => Err(Unusable::new(0..0, "there is no element `style` in this file")),
        None => Ok(parts),
    }
}

fn crossed(tag: &Tag<'_>, opened: &Tag<'_>) -> Unusable {
    Unusable::new(tag.at.clone(), format!("`</{}>` stands where `<{}>` must end first", tag.name, opened.name))
}

/// Counts an element of a part.
fn note<'x>(part: &mut Part<'x>, tag: &Tag<'x>, depth: usize) -> Result<(), Unusable> {
    if depth > DEPTH {
        return Err(too_deep(tag.at.clone()));
    }
    part.depth = part.depth.max(depth + 1);
    part.size += 1;
    let sorted = ["text", "key"].contains(&tag.name);
    if let Some(called) = attribute(tag.attributes, "macro").filter(|_| sorted) {
        part.calls.push((called, depth + 1, tag.at.clone()));
    }
    Ok(())
}

fn too_deep(at: Range<usize>) -> Unusable {
    Unusable::new(at, "elements are nested deeper than any style needs")
}

struct Walk<'p, 'x> {
    macros: &'p [Part<'x>],
    known: HashMap<&'x str, (usize, u64)>,
    path: Vec<&'x str>,
}

impl<'x> Walk<'_, 'x> {
    /// Depth and size of a part with all that it calls.
    fn measure(&mut self, part: &Part<'x>) -> Result<(usize, u64), Unusable> {
        if let Some(known) = self.known.get(part.name) {
            return Ok(*known);
        }
        self.path.push(part.name);
        let (mut depth, mut size) = (part.depth, part.size);
        for (name, at_depth, at) in &part.calls {
            let (inner_depth, inner_size) = self.call(name, at)?;
            depth = depth.max(at_depth + inner_depth);
            size = size.saturating_add(inner_size);
        }
        self.path.pop();
        if depth > DEPTH || size > SIZE {
            // What stands outside of macros is nowhere in particular: the call that is too many is a better place.
            let at = part.calls.last().filter(|_| part.name.is_empty()).map_or(&part.at, |(_, _, at)| at);
            return Err(too_deep(at.clone()));
        }
        self.known.insert(part.name, (depth, size));
        Ok((depth, size))
    }

    fn call(&mut self, name: &'x str, at: &Range<usize>) -> Result<(usize, u64), Unusable> {
        if self.path.contains(&name) {
            return Err(Unusable::new(at.clone(), format!("the macro `{name}` calls itself and never ends")));
        }
        if self.path.len() > CHAIN {
            return Err(too_deep(at.clone()));
        }
        let macros = self.macros;
        match macros.iter().find(|part| part.name == name && !name.is_empty()) {
            Some(part) => self.measure(part),
            None => Err(Unusable::new(at.clone(), format!("there is no macro `{name}` in this style"))),
        }
    }
}
