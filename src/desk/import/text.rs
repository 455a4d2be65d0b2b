//! Bytes to text, and text to what a field may hold.

use std::convert::Infallible;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use sourcebook_core::base::diagnostic::{Diagnostic, Report};
use sourcebook_core::base::file::{FileId, Files, Span};
use sourcebook_core::evidence::readers::encoding;

/// Adds a file to read, of whatever encoding; one that is no text at all is a fault, one that is not UTF-8 a warning.
pub fn add(files: &mut Files, path: &str, bytes: &[u8]) -> Report<Option<FileId>> {
    let is_marked = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let Some(text) = (is_marked || !bytes.contains(&0)).then(|| encoding::of_text(bytes, None).text) else {
        let id = files.add(path, "");
        let message = "this is no text: export the references as text, as BibTeX, CSL-JSON or RIS";
        return Report::new(None, vec![Diagnostic::error("not-text", Span::new(id, 0..0), message)]);
    };
    let sound = is_marked || std::str::from_utf8(bytes).is_ok();
    let id = files.add(path, text);
    let text = &files.get(id).text;
    let mut diagnostics = Vec::new();
    if !sound {
        let suspect = |c: char| if text.contains('\u{fffd}') { c == '\u{fffd}' } else { !c.is_ascii() };
        let at = text.find(suspect).unwrap_or(0);
        let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
        let message = match text[at..].starts_with('\u{fffd}') {
            true => "this is not UTF-8: what could not be read stands here as `\u{fffd}`",
            false => "this file is not UTF-8: it is read as windows-1252, from here on",
        };
        let help = "compare the accents of what is written, or export the file again as UTF-8";
        diagnostics.push(Diagnostic::warning("other-encoding", Span::new(id, at..end), message).help(help));
    }
    Report::new(Some(id), diagnostics)
}

/// One line of text: runs of white space are one space, and what cannot be seen is left out.
pub fn line(text: &str) -> String {
    let seen: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !is_unseen(*c)).collect();
    seen.split([' ', '\u{2028}', '\u{2029}']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Text of several lines, each without white space at its end.
pub fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines = text.split('\n').map(|line| {
        let seen: String =
            line.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !is_unseen(*c)).collect();
        seen.trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n").trim_matches('\n').trim().to_owned()
}

/// Marks of order and of bytes, noncharacters: nothing that a title is made of.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{fff9}'..='\u{fffb}')
        || (c as u32) & 0xfffe == 0xfffe
        || ('\u{fdd0}'..='\u{fdef}').contains(&c)
}

/// Rich text of CSL-JSON without its few tags (`<i>`, `<b>`, `<sup>`, `<sub>`, `<sc>`, `<span …>`); other `<` stay.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match rest.find('>').filter(|end| is_tag(&rest[1..*end])) {
            Some(end) => rest = &rest[end + 1..],
            None => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

/// A text with what stands for a sign in HTML (`&agrave;`, `&#8217;`) as that sign.
pub(super) fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: html5gum::Span<()>| -> Option<Infallible> {
        if let CallbackEvent::String { value } = event {
            out.push_str(&String::from_utf8_lossy(value));
        }
        None
    });
    let Ok(()) = Tokenizer::new_with_emitter(&text.replace('<', "&lt;"), emitter).finish();
    out
}

/// One line of words of a title or a name, as publishers' data have it: `<i>` and its kin are gone, `&amp;` is `&`.
pub fn unmarked(text: &str) -> String {
    let is_marked = text.contains('&') && text.contains(';');
    let words = if is_marked { decoded(text) } else { text.to_owned() };
    line(&without_tags(&words))
}

fn is_tag(inside: &str) -> bool {
    let name = inside.trim_start_matches('/').split(' ').next().unwrap_or_default();
    ["i", "b", "em", "strong", "sup", "sub", "sc", "span"].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        for (given, expect) in [("a\r\n  b\u{a0}c", "a b\u{a0}c"), ("\u{feff}x\0y ", "x y"), ("", "")] {
            assert_eq!(line(given), expect, "{given:?}");
        }
        assert_eq!(lines("\r\na  \r\n\r\n b\r\n"), "a\n\n b");
        for (given, expect) in [("<i>E. coli</i> & a<b", "E. coli & a<b"), ("<span class=\"nocase\">X</span><", "X<")] {
            assert_eq!(without_tags(given), expect);
        }
        for (given, expect) in
            [("R&amp;D of <i>E. coli</i>", "R&D of E. coli"), ("a &lt; b &#233;", "a < b é"), ("A & B; C", "A & B; C")]
        {
            assert_eq!(unmarked(given), expect);
        }
    }

    #[test]
    fn encodings() {
        let check = |bytes: &[u8], text: &str, said: &[(&str, usize)]| {
            let mut files = Files::default();
            let report = add(&mut files, "x.bib", bytes);
            let found: Vec<_> =
                report.diagnostics.iter().map(|d| (d.code, d.span.map_or(0, |s| s.start as usize))).collect();
            assert_eq!(found, said);
            assert_eq!(report.value.map(|id| files.get(id).text.to_string()).as_deref().unwrap_or(""), text);
        };
        check("\u{feff}é".as_bytes(), "é", &[]);
        check(b"Se\xf1or \x96 x", "Señor – x", &[("other-encoding", 2)]);
        check(b"\xff\xfea\0", "a", &[]);
        check(b"PK\0\x01", "", &[("not-text", 0)]);
    }
}
