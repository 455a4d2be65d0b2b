//! Bytes to characters, as the HTML Standard and the Encoding Standard (WHATWG) say.
//!
//! For a page, the first of these that there is: a byte order mark; the encoding that an outer layer states (HTTP, MIME);
//! `<meta charset>` or an XML declaration within the first 1,024 bytes; UTF-8 if the bytes are valid UTF-8; a
//! `<meta charset>` further down; windows-1252. For a plain text: a byte order mark, the outer layer, UTF-8 if it is that
//! but for a few damaged places, else windows-1252.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

use super::Fact;

/// How far into a page its encoding is looked for.
const PRESCAN: usize = 1024;
/// How far a page that is no valid UTF-8 is searched for a late `<meta charset>`.
const LATE: usize = 1 << 20;

/// Characters, and how they were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The characters.
    pub text: String,
    /// The name of the encoding.
    pub name: &'static str,
    /// Whether nothing said which it is.
    pub assumed: bool,
    /// Whether some bytes were none of the encoding's.
    pub damaged: bool,
}

impl Read {
    /// What is to be said of the encoding.
    pub fn facts(&self) -> Vec<Fact> {
        let mut facts = vec![Fact::Charset { name: self.name, assumed: self.assumed }];
        facts.extend(self.damaged.then_some(Fact::Damaged));
        facts
    }
}

/// The characters of a page.
pub fn of_page(bytes: &[u8], outer: Option<&str>) -> Read {
    let stated = mark(bytes).or_else(|| outer.and_then(label)).or_else(|| prescan(head(bytes, PRESCAN)));
    match stated {
        Some(encoding) => decode(bytes, encoding, false),
        None if std::str::from_utf8(bytes).is_ok() => decode(bytes, UTF_8, true),
        None => match prescan(head(bytes, LATE)) {
            Some(encoding) => decode(bytes, encoding, false),
            None => decode(bytes, eight_bit(bytes), true),
        },
    }
}

/// The characters of a plain text.
pub fn of_text(bytes: &[u8], outer: Option<&str>) -> Read {
    match mark(bytes).or_else(|| outer.and_then(label)) {
        Some(encoding) => decode(bytes, encoding, false),
        None => decode(bytes, eight_bit(bytes), true),
    }
}

/// The encoding of a label, as pages may use them.
fn label(text: &str) -> Option<&'static Encoding> {
    Encoding::for_label(text.trim().as_bytes())
}

fn mark(bytes: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_bom(bytes).map(|(encoding, _)| encoding)
}

fn head(bytes: &[u8], most: usize) -> &[u8] {
    &bytes[..bytes.len().min(most)]
}

fn decode(bytes: &[u8], encoding: &'static Encoding, assumed: bool) -> Read {
    let (text, used, damaged) = encoding.decode(bytes);
    Read { text: text.into_owned(), name: used.name(), assumed, damaged }
}

/// UTF-8, if the bytes are that with fewer damaged places than whole characters beyond ASCII; else windows-1252.
fn eight_bit(bytes: &[u8]) -> &'static Encoding {
    let (mut whole, mut damaged) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    if damaged <= whole { UTF_8 } else { WINDOWS_1252 }
}

/// The encoding that a page says it has ("prescan a byte stream to determine its encoding").
fn prescan(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some(encoding) = xml_declaration(bytes) {
        return Some(encoding);
    }
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        if rest.starts_with(b"<!--") {
            // The comment `<!-->` ends with the dashes that begin it.
            at += 2 + find(&rest[2..], b"-->")? + 3;
        } else if begins(rest, b"<meta") && rest.get(5).is_some_and(|b| b.is_ascii_whitespace() || *b == b'/') {
            let mut tag = Attributes { bytes, at: at + 6 };
            if let Some(encoding) = meta(&mut tag) {
                return Some(encoding);
            }
            at = tag.at;
        } else if is_tag(rest) {
            at += rest.iter().position(|b| b.is_ascii_whitespace() || *b == b'>')?;
            let mut tag = Attributes { bytes, at };
            while tag.next().is_some() {}
            at = tag.at;
        } else if rest[0] == b'<' && rest.get(1).is_some_and(|b| matches!(b, b'!' | b'/' | b'?')) {
            at += rest.iter().position(|b| *b == b'>')?;
        }
        at += 1;
    }
    None
}

fn is_tag(rest: &[u8]) -> bool {
    let letter = |i: usize| rest.get(i).is_some_and(u8::is_ascii_alphabetic);
    rest[0] == b'<' && (letter(1) || (rest.get(1) == Some(&b'/') && letter(2)))
}

fn begins(bytes: &[u8], text: &[u8]) -> bool {
    bytes.get(..text.len()).is_some_and(|b| b.eq_ignore_ascii_case(text))
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, what)
}

fn xml_declaration(bytes: &[u8]) -> Option<&'static Encoding> {
    let rest = bytes.strip_prefix(b"<?xml")?;
    let rest = &rest[..rest.iter().position(|b| *b == b'>')?];
    let value = rest[find(rest, b"encoding")? + 8..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let quote = *value.first().filter(|b| matches!(b, b'"' | b'\''))?;
    let value = value[1..].split(|b| *b == quote).next()?;
    usable(Encoding::for_label(value)?)
}

/// What a page in bytes can be: one that says UTF-16 was read by whoever found that out, so it is UTF-8.
#[expect(clippy::unnecessary_wraps, reason = "it ends chains of options")]
fn usable(encoding: &'static Encoding) -> Option<&'static Encoding> {
    Some(match encoding {
        e if e == UTF_16BE || e == UTF_16LE => UTF_8,
        e if e == X_USER_DEFINED => WINDOWS_1252,
        e => e,
    })
}

fn meta(tag: &mut Attributes<'_>) -> Option<&'static Encoding> {
    let (mut pragma, mut found, mut needs_pragma) = (false, None, None);
    let mut seen: Vec<Vec<u8>> = Vec::new();
    while let Some((name, value)) = tag.next() {
        if seen.contains(&name) {
            continue;
        }
        match name.as_slice() {
            b"http-equiv" => pragma |= value == b"content-type",
            b"content" if found.is_none() => {
                if let Some(encoding) = in_content(&value) {
                    (found, needs_pragma) = (Some(encoding), Some(true));
                }
            }
            b"charset" => (found, needs_pragma) = (Encoding::for_label(&value), Some(false)),
            _ => {}
        }
        seen.push(name);
    }
    match needs_pragma? {
        true if !pragma => None,
        _ => usable(found?),
    }
}

/// "Extracting a character encoding from a meta element": `text/html; charset=koi8-r`.
fn in_content(value: &[u8]) -> Option<&'static Encoding> {
    let mut rest = value;
    loop {
        rest = rest.get(find(rest, b"charset")? + 7..)?.trim_ascii_start();
        if let Some(after) = rest.strip_prefix(b"=") {
            rest = after.trim_ascii_start();
            break;
        }
    }
    let end = match rest.first()? {
        quote @ (b'"' | b'\'') => {
            rest = &rest[1..];
            rest.iter().position(|b| b == quote)?
        }
        _ => rest.iter().position(|b| b.is_ascii_whitespace() || *b == b';').unwrap_or(rest.len()),
    };
    Encoding::for_label(&rest[..end])
}

/// The attributes of a tag, from `at` on ("get an attribute"): names and values in lower case.
struct Attributes<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Attributes<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip(&mut self, what: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&what) {
            self.at += 1;
        }
    }

    fn take(&mut self, until: impl Fn(u8) -> bool) -> Vec<u8> {
        let start = self.at;
        self.skip(|b| !until(b));
        self.bytes[start..self.at].to_ascii_lowercase()
    }

    fn next(&mut self) -> Option<(Vec<u8>, Vec<u8>)> {
        self.skip(|b| b.is_ascii_whitespace() || b == b'/');
        if self.peek()? == b'>' {
            return None;
        }
        let start = self.at;
        let name = self.take(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>') || (b == b'='));
        let name = if self.at == start {
            self.at += 1;
            [b"=".to_vec(), self.take(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'='))].concat()
        } else {
            name
        };
        self.skip(|b| b.is_ascii_whitespace());
        if self.peek() != Some(b'=') {
            return Some((name, Vec::new()));
        }
        self.at += 1;
        self.skip(|b| b.is_ascii_whitespace());
        let value = match self.peek()? {
            quote @ (b'"' | b'\'') => {
                self.at += 1;
                let value = self.take(|b| b == quote);
                self.at += 1;
                value
            }
            _ => self.take(|b| b.is_ascii_whitespace() || b == b'>'),
        };
        Some((name, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], outer: Option<&str>, expect: &str, name: &str) {
        let read = of_page(bytes, outer);
        assert_eq!((&*read.text, read.name), (expect, name), "{}", bytes.escape_ascii());
    }

    #[test]
    fn a_page_says_its_encoding_in_many_ways() {
        check(b"<meta charset=windows-1251>\xcc\xee\xf1\xf2", None, "<meta charset=windows-1251>Мост", "windows-1251");
        check(b"<META CHARSET='KOI8-R'>\xed\xcf\xd3\xd4", None, "<META CHARSET='KOI8-R'>Мост", "KOI8-R");
        let pragma = b"<meta http-equiv=Content-Type content='text/html; charset=euc-kr'>\xb4\xd9\xb8\xae";
        assert!(of_page(pragma, None).text.ends_with("다리"));
        let swapped = b"<meta content=\"text/html;charset=Shift_JIS\" http-equiv=\"content-type\"/>\x8b\xb4";
        assert!(of_page(swapped, None).text.ends_with("橋"));
        assert!(of_page(b"<?xml version='1.0' encoding='iso-8859-2'?><p>\xb3", None).text.ends_with("ł"));
        assert!(of_page(b"<meta charset=gb18030>\xc7\xc5", None).text.ends_with("桥"));
        assert!(of_page(b"<meta charset=iso-8859-15>\xa4", None).text.ends_with("€"));
        assert!(of_page(b"<meta charset=latin1>\x80", None).text.ends_with("€"), "as browsers read Latin-1");
    }

    #[test]
    fn the_first_word_counts() {
        check(b"\xef\xbb\xbf<meta charset=koi8-r>\xc3\xa9", Some("koi8-r"), "<meta charset=koi8-r>é", "UTF-8");
        check(b"<meta charset=koi8-r>\xcc\xee", Some("cp1251"), "<meta charset=koi8-r>Мо", "windows-1251");
        check(b"<meta charset=utf-16>\xc3\xa9", None, "<meta charset=utf-16>é", "UTF-8");
        check(b"<!-- <meta charset=koi8-r> -->\xc3\xa9", None, "<!-- <meta charset=koi8-r> -->é", "UTF-8");
        check(b"<p title='<meta charset=koi8-r>'>\xc3\xa9", None, "<p title='<meta charset=koi8-r>'>é", "UTF-8");
        check(b"<meta content='charset=koi8-r'>\xc3\xa9", None, "<meta content='charset=koi8-r'>é", "UTF-8");
        check(b"\xff\xfe\xe9\0", Some("utf-8"), "é", "UTF-16LE");
        check(b"l\x92\xe9t\xe9", None, "l’été", "windows-1252");
        check(b"\xc3\xa9", Some("no such"), "é", "UTF-8");
    }

    #[test]
    fn a_late_word_counts_where_it_must() {
        let late = |bytes: &[u8]| [" ".repeat(2000).as_bytes(), b"<meta charset=windows-1251>", bytes].concat();
        assert!(of_page(&late(b"\xcc\xee\xf1\xf2"), None).text.ends_with("Мост"));
        assert!(of_page(&late("Мост".as_bytes()), None).text.ends_with("Мост"));
    }

    #[test]
    fn a_text_says_nothing() {
        let read = |bytes: &[u8]| of_text(bytes, None);
        assert_eq!(read(b"\xef\xbb\xbf\xc3\xa9").text, "é");
        assert_eq!(read(b"\xfe\xff\0\xe9").text, "é");
        let damaged = read("été \u{e9}".as_bytes().split_last().unwrap().1);
        assert_eq!((&*damaged.text, damaged.damaged, damaged.assumed), ("été \u{fffd}", true, true));
        assert_eq!(read(b"l\x92\xe9t\xe9 \x80").text, "l’été €");
    }

    #[test]
    fn no_bytes_panic() {
        let words: [&[u8]; 14] = [
            b"<meta", b" ", b"/", b">", b"charset", b"=", b"'", b"\"", b"<!--", b"-->", b"content", b"<?xml", b"\xff",
            b"<",
        ];
        for n in 0..14usize.pow(4) {
            let bytes: Vec<u8> = (0..4).flat_map(|i| words[n / 14usize.pow(i) % 14].to_vec()).collect();
            let _ = of_page(&bytes, None);
        }
    }
}
