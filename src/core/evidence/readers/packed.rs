//! A page saved with its parts in a ZIP: SingleFile's packed form, alone (`.zip`) or within a page that unpacks itself
//! (`.html`: the archive stands in a comment, and more HTML follows it).

use super::zipped::{self, Zipped};
use super::{Bounds, Head, Input, Reader, Text, Why};

/// See the module.
pub const READER: Reader = Reader { name: "a saved page (packed)", endings: &["zip"], is, read };

/// The page itself.
const PAGE: &str = "index.html";

fn is(head: &Head<'_>) -> bool {
    (head.starts(b"PK\x03\x04") || head.begins(&["<!doctype html", "<html"])) && zipped::holds(head.bytes, PAGE)
}

fn read(input: &Input<'_>, bounds: &Bounds) -> Result<Text, Why> {
    let mut zip = Zipped::open(READER.name, zipped::without_tail(input.bytes), bounds)?;
    let Some(page) = zip.get(PAGE)? else {
        return Err(Why::Refused {
            what: "an archive (ZIP)",
            hint: "unpack it, and use the file within as the capture",
        });
    };
    super::read(&input.inner("page.html", &page, None), bounds)
}
