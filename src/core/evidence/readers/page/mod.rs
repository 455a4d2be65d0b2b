//! Saved pages: what a reader of the page sees.
//!
//! 1. Bytes become characters ([`super::encoding`]), characters a tree ([`tree`], by html5ever as browsers build it).
//! 2. [`story`] finds the element that holds the story.
//! 3. [`seen`] walks the tree: what is seen becomes paragraphs, each with what it is to the story.

mod seen;
mod story;
mod style;
mod tree;

use super::refused::is_text;
use super::{Bounds, Head, Reader, Text, Why, encoding};

/// See the module.
pub const READER: Reader = Reader {
    name: "a saved page",
    endings: &["html", "htm", "xhtml"],
    is: |head| is_text(head) && is_page(head),
    read: |input, bounds| {
        let read = encoding::of_page(input.bytes, input.charset);
        let facts = read.facts();
        Ok(of(&read.text, READER.name, bounds)?.with_facts(facts))
    },
};

fn is_page(head: &Head<'_>) -> bool {
    let plain = ["txt", "text", "md", "markdown"];
    head.ends(READER.endings) || (!head.ends(&plain) && head.begins(&["<!doctype html", "<html"]))
}

/// What a reader sees of a page, for a kind of capture that is a page or makes one.
///
/// # Errors
/// The page asks for more than the bounds allow.
pub fn of(page: &str, what: &'static str, bounds: &Bounds) -> Result<Text, Why> {
    let tree = tree::parse(page, what, bounds)?;
    let story = story::of(&tree);
    seen::text(&tree, story, what, bounds)
}

#[cfg(test)]
mod tests;
