//! The readable text of a capture: from bytes and a file name to paragraphs.
//!
//! 1. What is no text at all (PDF, an archive, an image) is refused.
//! 2. Bytes to characters: by byte order mark, else UTF-8, else windows-1252 (of which Latin-1 is a part).
//! 3. `.txt` is taken as it is; of `.md` the front matter is left out and the rest read as the page that it makes, so
//!    that a quote may run over a link or an emphasis; `.html` is read as [`super::html`] says.
//! 4. Paragraphs: blocks between blank lines.

use std::fmt;
use std::ops::Range;

use super::html;

/// Reads a capture. `name` is its file name, of which only the ending counts.
///
/// ```
/// # use sourcebook::evidence::capture::read;
/// let text = read("page.html", b"<p>Deux</p><p>paragraphes</p>").unwrap();
/// assert_eq!(text.as_str(), "Deux\n\nparagraphes");
/// assert_eq!(text.paragraph_at(6), Some(2));
/// ```
pub fn read(name: &str, bytes: &[u8]) -> Result<Text, Unreadable> {
    if BINARY.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(Unreadable::Binary);
    }
    let text = decode(bytes).ok_or(Unreadable::Binary)?;
    Ok(Text::new(match form(name, &text) {
        Form::Plain => text,
        Form::Markdown => html::readable(&markdown_page(&text)),
        Form::Html => html::readable(&text),
    }))
}

/// A readable text and its paragraphs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    text: String,
    paragraphs: Vec<Range<usize>>,
}

impl Text {
    /// A text and its paragraphs.
    pub fn new(text: String) -> Self {
        let paragraphs = paragraphs(&text);
        Self { text, paragraphs }
    }

    /// The whole text. All offsets in this module's neighbours are bytes of it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The bytes of each paragraph, without the line end after it. « § N » is the Nth, from 1.
    pub fn paragraphs(&self) -> &[Range<usize>] {
        &self.paragraphs
    }

    /// The number, from 1, of the paragraph that holds a byte; of the one before it for a byte between two.
    pub fn paragraph_at(&self, byte: usize) -> Option<usize> {
        match self.paragraphs.partition_point(|p| p.start <= byte) {
            0 => None,
            number => Some(number),
        }
    }
}

/// Why a capture has no readable text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is a PDF, an archive, an image or the like.
    Binary,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Binary => write!(f, "this is no text; save the page as .txt, .md or .html"),
        }
    }
}

/// How files that are no text begin, where a zero byte does not give them away at once.
const BINARY: [&[u8]; 6] = [b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8"];

enum Form {
    Plain,
    Markdown,
    Html,
}

fn form(name: &str, text: &str) -> Form {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some("html" | "htm" | "xhtml") => Form::Html,
        Some("md" | "markdown") => Form::Markdown,
        Some("txt" | "text") => Form::Plain,
        _ if is_html(text) => Form::Html,
        _ => Form::Plain,
    }
}

fn is_html(text: &str) -> bool {
    let start = text.trim_start().as_bytes();
    let begins = |tag: &[u8]| start.get(..tag.len()).is_some_and(|s| s.eq_ignore_ascii_case(tag));
    begins(b"<!doctype html") || begins(b"<html")
}

/// Bytes to characters: by byte order mark, else UTF-8, else windows-1252; nothing where they are no text.
pub fn decode(bytes: &[u8]) -> Option<String> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => Some(String::from_utf8_lossy(rest).into_owned()),
        [0xff, 0xfe, rest @ ..] => Some(utf16(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Some(utf16(rest, u16::from_be_bytes)),
        _ if bytes.contains(&0) => None,
        _ => Some(std::str::from_utf8(bytes).map_or_else(|_| eight_bit(bytes), str::to_owned)),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, _) = bytes.as_chunks::<2>();
    char::decode_utf16(pairs.iter().map(|&pair| unit(pair))).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Text that is not quite UTF-8: windows-1252, unless it is UTF-8 with a few damaged places.
fn eight_bit(bytes: &[u8]) -> String {
    let (mut whole, mut damaged) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    if damaged <= whole {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    bytes.iter().map(|&b| if (0x80..0xa0).contains(&b) { WINDOWS_1252[b as usize - 0x80] } else { b as char }).collect()
}

/// Bytes 0x80 to 0x9f of windows-1252, as the WHATWG Encoding Standard has them.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn markdown_page(text: &str) -> String {
    use pulldown_cmark::{Options, Parser, html};
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_DEFINITION_LIST;
    let mut page = String::with_capacity(text.len() * 5 / 4);
    html::push_html(&mut page, Parser::new_ext(without_front_matter(text), options));
    page
}

fn without_front_matter(text: &str) -> &str {
    let Some(rest) = text.strip_prefix("---").and_then(after_line_end) else { return text };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        at += line.len();
        if line.trim_end() == "---" {
            return &rest[at..];
        }
    }
    text
}

fn after_line_end(text: &str) -> Option<&str> {
    text.strip_prefix("\r\n").or_else(|| text.strip_prefix('\n'))
}

/// Blocks of lines with something on them. A line ends at LF, CR LF or CR.
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut at, mut open) = (0, false);
    for line in text.split_inclusive(['\n', '\r']) {
        let end = at + line.trim_end_matches(['\n', '\r']).len();
        // The second half of CR LF is no line of its own.
        let half = line == "\n" && at > 0 && text.as_bytes()[at - 1] == b'\r';
        match (line.trim().is_empty(), open, found.last_mut()) {
            (true, ..) if half => {}
            (true, ..) => open = false,
            (false, true, Some(last)) => last.end = end,
            (false, ..) => {
                found.push(at..end);
                open = true;
            }
        }
        at += line.len();
    }
    found
}

#[cfg(test)]
mod tests;
