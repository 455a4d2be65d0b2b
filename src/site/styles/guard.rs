//! Whether a style can be run: its tags match, and its macros end.
//!
//! 1. Tags, in order, each with its place; comments and declarations are passed over.
//! 2. Which macro calls which, how deep within itself, and how many elements it has.
//! 3. How deep and how many all together, from the layouts: of the branches of a choice only the largest, for one is taken.
//!    A circle has no depth, and macros that call each other twice over soon have more elements than there is time.

use std::collections::HashMap;
use std::ops::Range;

use super::Unusable;

/// Elements within elements, macros unfolded. The deepest of the 2,800 published styles has 73.
const DEPTH: usize = 120;
/// Macros that call macros: 12 in published styles.
const CHAIN: usize = 60;
/// Elements that may be run for one work, macros unfolded, of each choice the largest branch. The largest of the 2,858 published
/// independent styles has 4,955.
const SIZE: u64 = 20_000;

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
    // Of two macros of a name, the first counts.
    let named = macros.iter().enumerate().rev().filter(|(_, one)| !one.name.is_empty());
    let by_name = named.map(|(number, one)| (one.name, number)).collect();
    let mut walk = Walk { macros: &macros, by_name, known: HashMap::new(), path: Vec::new() };
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
    steps: Vec<Step<'x>>,
    calls: Vec<(&'x str, usize, Range<usize>)>,
}

impl<'x> Part<'x> {
    fn new(name: &'x str, at: Range<usize>) -> Self {
        Self { name, at, depth: 0, steps: Vec::new(), calls: Vec::new() }
    }
}

/// An element, with what it calls and what stands in it.
struct Step<'x> {
    /// Whether only one of what stands in it is run.
    chooses: bool,
    calls: Option<&'x str>,
    inner: Vec<Step<'x>>,
}

impl Step<'_> {
    /// How many elements are run at most, given how many each macro runs. Elements are nested [`DEPTH`] deep at most.
    fn size(&self, of: &HashMap<&str, (usize, u64)>) -> u64 {
        let inner = self.inner.iter().map(|step| step.size(of));
        let inner = if self.chooses { inner.max().unwrap_or(0) } else { inner.fold(0, u64::saturating_add) };
        let called = self.calls.and_then(|name| of.get(name)).map_or(0, |(_, size)| *size);
        inner.saturating_add(called).saturating_add(1)
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
    let mut steps: Vec<Step<'_>> = Vec::new();
    let mut tags = Tags { xml, at: 0 };
    let mut inside: Option<usize> = None;
    while let Some(tag) = tags.next_tag()? {
        if tag.kind == Kind::Close {
            match open.pop() {
                Some(opened) if opened.name == tag.name => {}
                Some(opened) => return Err(crossed(&tag, &opened)),
                None => return Err(Unusable::new(tag.at, format!("`</{}>` ends what was never begun", tag.name))),
            }
            let part = if inside.is_some() { parts.len() - 1 } else { 0 };
            inside = inside.filter(|depth| open.len() > *depth);
            if let Some(step) = steps.pop() {
                put(step, steps.last_mut().filter(|_| part == 0 || inside.is_some()), &mut parts[part]);
            }
            continue;
        }
        if inside.is_none() && tag.name == "macro" && tag.kind == Kind::Open {
            inside = Some(open.len());
            parts.push(Part::new(attribute(tag.attributes, "name").unwrap_or_default(), tag.at.clone()));
        }
        let part = if inside.is_some() { parts.len() - 1 } else { 0 };
        let calls = note(&mut parts[part], &tag, open.len() - inside.unwrap_or(0))?;
        let step = Step { chooses: tag.name == "choose", calls, inner: Vec::new() };
        if tag.kind == Kind::Open {
            open.push(tag);
            steps.push(step);
        } else {
            put(step, steps.last_mut(), &mut parts[part]);
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

/// An element stands in another, or is one of the outermost of its part.
fn put<'x>(step: Step<'x>, within: Option<&mut Step<'x>>, part: &mut Part<'x>) {
    within.map_or(&mut part.steps, |outer| &mut outer.inner).push(step);
}

/// Notes an element of a part, and gives the macro that it calls.
fn note<'x>(part: &mut Part<'x>, tag: &Tag<'x>, depth: usize) -> Result<Option<&'x str>, Unusable> {
    if depth > DEPTH {
        return Err(too_deep(tag.at.clone()));
    }
    part.depth = part.depth.max(depth + 1);
    let sorted = ["text", "key"].contains(&tag.name);
    let called = attribute(tag.attributes, "macro").filter(|_| sorted);
    part.calls.extend(called.map(|called| (called, depth + 1, tag.at.clone())));
    Ok(called)
}

fn too_deep(at: Range<usize>) -> Unusable {
    Unusable::new(at, "elements are nested deeper than any style needs")
}

fn too_much(at: Range<usize>) -> Unusable {
    Unusable::new(at, format!("what this calls comes to more than {SIZE} elements for one work"))
}

struct Walk<'p, 'x> {
    macros: &'p [Part<'x>],
    by_name: HashMap<&'x str, usize>,
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
        let mut depth = part.depth;
        for (name, at_depth, at) in &part.calls {
            let (inner_depth, _) = self.call(name, at)?;
            depth = depth.max(at_depth + inner_depth);
        }
        self.path.pop();
        let size = part.steps.iter().map(|step| step.size(&self.known)).fold(0, u64::saturating_add);
        if depth > DEPTH || size > SIZE {
            // What stands outside of macros is nowhere in particular: the call that is too many is a better place.
            let at = part.calls.last().filter(|_| part.name.is_empty()).map_or(&part.at, |(_, _, at)| at);
            return Err(if depth > DEPTH { too_deep(at.clone()) } else { too_much(at.clone()) });
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
        match self.by_name.get(name).map(|number| &macros[*number]) {
            Some(part) => self.measure(part),
            None => Err(Unusable::new(at.clone(), format!("there is no macro `{name}` in this style"))),
        }
    }
}
