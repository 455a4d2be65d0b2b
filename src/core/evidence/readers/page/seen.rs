//! What is seen of a page, as paragraphs, each with what it is to the story.
//!
//! - A block element begins and ends a paragraph; `br` ends a line, two of them a paragraph; table cells are set apart
//!   by a tab. White space is one space, but in `pre` lines stay lines.
//! - An element with a declarative shadow root (also as Chrome's MHTML writes it) shows that, with its own children where
//!   the `slot`s are.
//! - A frame shows the page in its `srcdoc`.
//! - Within the story, headings and captions are told from its paragraphs; menus, asides, footers and forms are none of
//!   it, nor is what calls itself sharing, related or comments.

use std::collections::HashSet;

use super::story::{Story, role};
use super::style::{Show, show, visibility};
use super::tree::{DOCUMENT, Id, Tree, parse};
use super::{Bounds, Text, Why, story};
use crate::evidence::readers::{Meter, Part};

/// Pages in the frames of one another that are read.
const FRAMES: usize = 4;

/// The text of a page.
pub(super) fn text(tree: &Tree, story: Story, what: &'static str, bounds: &Bounds) -> Result<Text, Why> {
    let mut writer = Writer::default();
    let mut page = Page { what, bounds, frames: 0, meter: Meter::new(what, "elements in one another", bounds.steps) };
    page.walk(tree, &story, Part::Paragraph, &mut writer)?;
    let Writer { text, parts, .. } = writer;
    if text.len() > bounds.text {
        return Err(Why::Bound { what, bound: "text" });
    }
    let part = |at: usize| parts.partition_point(|(start, _)| *start <= at).checked_sub(1).map(|i| parts[i].1);
    Ok(Text::new(text).with_story(|at| part(at).unwrap_or_default()))
}

struct Page<'a> {
    what: &'static str,
    bounds: &'a Bounds,
    frames: usize,
    meter: Meter,
}

/// What holds for all that stands in an element.
#[derive(Clone, Copy)]
struct Context {
    part: Part,
    in_story: bool,
    is_hidden: bool,
    in_pre: bool,
    in_header: bool,
    /// The element whose shadow this is, by its place among the hosts.
    host: Option<usize>,
}

/// An element with a shadow root.
struct Host {
    id: Id,
    context: Context,
    /// Names of slots that were filled: the first of a name is.
    filled: HashSet<String>,
}

enum Step {
    Enter(Id, Context),
    Leave(Show),
}

impl Page<'_> {
    fn walk(&mut self, tree: &Tree, story: &Story, part: Part, writer: &mut Writer) -> Result<(), Why> {
        let in_story = story.root == DOCUMENT;
        let context = Context { part, in_story, is_hidden: false, in_pre: false, in_header: false, host: None };
        let mut hosts: Vec<Host> = Vec::new();
        let mut steps = vec![Step::Enter(DOCUMENT, context)];
        while let Some(step) = steps.pop() {
            let (id, outer) = match step {
                Step::Leave(show) => {
                    writer.boundary(show);
                    continue;
                }
                Step::Enter(id, context) => (id, context),
            };
            self.meter.take(1)?;
            if let Some(text) = tree.text(id) {
                writer.string(text, outer);
                continue;
            }
            let show = show(tree, id);
            let mut context = within(tree, id, story, outer);
            match tree.name(id) {
                _ if show == Show::Never => continue,
                Some(("br", true)) => writer.line(),
                Some(("iframe", true)) => {
                    if let Some(page) = tree.attribute(id, "srcdoc") {
                        writer.boundary(show);
                        self.frame(page, context, writer)?;
                        writer.boundary(show);
                    }
                    continue;
                }
                Some(("slot", true)) if outer.host.is_some() => {
                    if let Some(filling) = self.filling(tree, id, context, &mut hosts)? {
                        steps.extend(filling);
                        continue;
                    }
                }
                _ => {}
            }
            writer.boundary(show);
            steps.push(Step::Leave(show));
            let shadow = shadow(tree, id);
            if shadow.is_some() {
                hosts.push(Host { id, context, filled: HashSet::new() });
                context.host = Some(hosts.len() - 1);
            }
            steps.extend(tree.children_backwards(shadow.unwrap_or(id)).map(|child| Step::Enter(child, context)));
        }
        Ok(())
    }

    /// What of an element's own children a slot of its shadow shows, last first; nothing for what stands in for them.
    fn filling(
        &mut self,
        tree: &Tree,
        slot: Id,
        around: Context,
        hosts: &mut [Host],
    ) -> Result<Option<Vec<Step>>, Why> {
        let Some(host) = around.host.and_then(|host| hosts.get_mut(host)) else { return Ok(None) };
        let context = Context { host: host.context.host, ..around };
        let name = tree.attribute(slot, "name").unwrap_or_default();
        if !host.filled.insert(name.to_owned()) {
            return Ok(None);
        }
        let mut steps = Vec::new();
        for child in tree.children_backwards(host.id) {
            self.meter.take(1)?;
            let is_text = tree.text(child).is_some_and(|text| !text.trim().is_empty());
            let wanted = tree.attribute(child, "slot").unwrap_or_default();
            if wanted == name && (is_text || tree.name(child).is_some_and(|(name, _)| name != "template")) {
                steps.push(Step::Enter(child, context));
            }
        }
        Ok((!steps.is_empty()).then_some(steps))
    }

    fn frame(&mut self, page: &str, context: Context, writer: &mut Writer) -> Result<(), Why> {
        if context.is_hidden || self.frames == FRAMES {
            return Ok(());
        }
        let left = Bounds { steps: self.meter.left(), ..*self.bounds };
        let tree = parse(page, self.what, &left)?;
        self.meter.take(tree.len() as u64 * 64)?;
        let whole = Story { root: DOCUMENT, ..story::of(&tree) };
        self.frames += 1;
        self.walk(&tree, &whole, context.part, writer)?;
        self.frames -= 1;
        Ok(())
    }
}

/// What a `template` among an element's children holds, if it is the element's shadow.
fn shadow(tree: &Tree, id: Id) -> Option<Id> {
    let is_shadow = |child: &Id| {
        tree.name(*child).is_some_and(|(name, is_html)| is_html && name == "template")
            && ["shadowrootmode", "shadowmode", "shadowroot"].iter().any(|name| tree.attribute(*child, name).is_some())
    };
    tree.name(id)?;
    tree.contents(tree.children(id).find(is_shadow)?)
}

/// What holds within an element.
fn within(tree: &Tree, id: Id, story: &Story, outer: Context) -> Context {
    let mut context = outer;
    let Some((name, _)) = tree.name(id) else { return context };
    context.is_hidden = visibility(tree, id).unwrap_or(outer.is_hidden);
    context.in_pre |= matches!(name, "pre" | "listing" | "xmp" | "plaintext");
    if id == story.root {
        (context.in_story, context.part) = (true, Part::Paragraph);
        return context;
    }
    let role = role(tree, id);
    let is_heading = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") || role == Some("heading");
    let is_beside = matches!(name, "nav" | "aside" | "footer" | "form" | "button" | "search")
        || role.is_some_and(|role| BESIDE.contains(&role))
        || (context.in_story && calls_itself_beside(tree, id) && story.weight(id) < story.weight(story.root) / 4);
    context.in_header |= name == "header" && story.root != DOCUMENT && context.in_story;
    context.part = match outer.part {
        Part::Outside if outer.in_story => Part::Outside,
        _ if is_beside => Part::Outside,
        _ if is_heading && (context.in_story || name == "h1") => Part::Heading,
        part if !context.in_story => {
            if part == Part::Heading {
                part
            } else {
                Part::Outside
            }
        }
        _ if matches!(name, "figcaption" | "caption") || is_table_of_data(tree, id, name) => Part::Caption,
        Part::Paragraph if context.in_header && name != "p" => Part::Outside,
        Part::Paragraph if name == "header" => Part::Outside,
        part => part,
    };
    context
}

/// Roles of what stands beside a story.
const BESIDE: [&str; 10] =
    ["navigation", "complementary", "contentinfo", "search", "banner", "toolbar", "menu", "menubar", "alert", "dialog"];

/// Words in the class or id of what stands beside a story, though it stands in its element.
const WORDS: [&str; 22] = [
    "share",
    "sharing",
    "social",
    "related",
    "newsletter",
    "comments",
    "byline",
    "breadcrumb",
    "breadcrumbs",
    "tags",
    "promo",
    "advert",
    "advertisement",
    "sponsor",
    "sponsored",
    "subscribe",
    "paywall",
    "toc",
    "recommended",
    "teaser",
    "dateline",
    "timestamp",
];

fn calls_itself_beside(tree: &Tree, id: Id) -> bool {
    let words = ["class", "id"].iter().filter_map(|name| tree.attribute(id, name));
    words
        .flat_map(|value| value.split(|c: char| !c.is_ascii_alphabetic()))
        .any(|word| WORDS.iter().any(|beside| word.eq_ignore_ascii_case(beside)))
}

/// A table with headings of rows or columns; others serve the layout.
fn is_table_of_data(tree: &Tree, id: Id, name: &str) -> bool {
    name == "table" && tree.children(id).any(|child| matches!(tree.name(child), Some(("thead" | "caption", true))))
}

#[derive(Default)]
struct Writer {
    text: String,
    gap: Gap,
    /// Where paragraphs begin, and what they are.
    parts: Vec<(usize, Part)>,
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

impl Writer {
    fn boundary(&mut self, show: Show) {
        match show {
            Show::Block => self.widen(Gap::Paragraph),
            Show::Cell => self.widen(Gap::Cell),
            Show::Inline | Show::Never => {}
        }
    }

    fn string(&mut self, text: &str, context: Context) {
        if context.is_hidden {
            return;
        }
        for c in text.chars() {
            match c {
                '\n' if context.in_pre => self.line(),
                c if c.is_ascii_whitespace() && !context.in_pre => self.widen(Gap::Space),
                c => {
                    self.close_gap(context.part);
                    self.text.push(c);
                }
            }
        }
    }

    fn line(&mut self) {
        self.gap = if self.gap >= Gap::Line { Gap::Paragraph } else { Gap::Line };
    }

    fn widen(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn close_gap(&mut self, part: Part) {
        let gap = std::mem::take(&mut self.gap);
        if self.text.is_empty() || gap == Gap::Paragraph {
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            self.parts.push((self.text.len(), part));
            return;
        }
        self.text.push_str(match gap {
            Gap::None | Gap::Paragraph => "",
            Gap::Space => " ",
            Gap::Cell => "\t",
            Gap::Line => "\n",
        });
    }
}
