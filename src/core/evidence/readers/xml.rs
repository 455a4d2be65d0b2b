//! XML within bounds: the events of a document, for readers of TTML, office documents and books.
//!
//! A stream, no tree: depth costs nothing but is bounded, since what reads the events may keep a stack. Entities that a
//! document declares itself are never expanded (a "billion laughs" is a few words here); the five of XML and numeric
//! references are.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Bounds, Why};

/// As many elements as may stand in one another.
const NESTING: usize = 4_000;

/// What a document says, in order.
pub(super) enum Node<'n> {
    /// An element begins.
    Start(Tag<'n>),
    /// It ends: its local name.
    End(&'n str),
    /// Text, references resolved.
    Text(&'n str),
}

/// A start tag.
pub(super) struct Tag<'t> {
    /// Local name, without prefix.
    pub name: &'t str,
    start: &'t BytesStart<'t>,
}

impl Tag<'_> {
    /// An attribute by its local name, references resolved.
    pub(super) fn get(&self, local: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let mut found = attributes.with_checks(false).filter_map(Result::ok);
        let attribute = found.find(|a| a.key.local_name().as_ref() == local)?;
        let raw = &*attribute.value;
        Some(quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), |text| text.into_owned()))
    }
}

/// Tells `each` of every node. Stops at the first fault, of the document or of `each`.
pub(super) fn walk(
    what: &'static str,
    xml: &str,
    bounds: &Bounds,
    mut each: impl FnMut(Node<'_>) -> Result<(), Why>,
) -> Result<(), Why> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let broken = |reason: String| Why::Broken { what, reason };
    let (mut depth, mut steps) = (0usize, 0u64);
    loop {
        steps += 1;
        if steps > bounds.steps {
            return Err(Why::Bound { what, bound: "elements" });
        }
        match reader.read_event().map_err(|error| broken(error.to_string()))? {
            Event::Start(start) => {
                depth += 1;
                if depth > NESTING {
                    return Err(Why::Bound { what, bound: "elements in one another" });
                }
                let name = start.local_name();
                each(Node::Start(Tag { name: name.as_ref(), start: &start }))?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                each(Node::End(end.local_name().as_ref()))?;
            }
            Event::Text(text) => each(Node::Text(&text))?,
            Event::CData(text) => each(Node::Text(&text))?,
            Event::GeneralRef(reference) => {
                if let Ok(Some(c)) = reference.resolve_char_ref() {
                    each(Node::Text(c.encode_utf8(&mut [0; 4])))?;
                } else if let Some(text) = quick_xml::escape::resolve_predefined_entity(&reference) {
                    each(Node::Text(text))?;
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The characters of an XML document (XML 1.0, appendix F): by byte order mark, by declaration, else UTF-8.
pub(super) fn decode(bytes: &[u8]) -> String {
    let declared = || {
        let head = &bytes[..bytes.len().min(200)];
        let text = String::from_utf8_lossy(head);
        let (_, rest) = text.split_once("encoding=")?;
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let label = rest[1..].split(quote).next()?;
        encoding_rs::Encoding::for_label(label.as_bytes())
    };
    let encoding = declared().unwrap_or(encoding_rs::UTF_8);
    // A byte order mark decides.
    encoding.decode(bytes).0.into_owned()
}
