//! Saved pages.

use super::plain::is_text;
use super::{Bounds, Head, Reader, Text, Why, encoding};
use crate::evidence::html;

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
pub fn of(page: &str, _what: &'static str, _bounds: &Bounds) -> Result<Text, Why> {
    Ok(Text::new(html::readable(page)))
}
