//! JSON (RFC 8259), written as it comes: no tree is built, and keys keep the order in which they are written.

use std::fmt::{Display, Write};

/// A JSON text under construction.
pub struct Json<'o> {
    out: &'o mut String,
    /// Whether a comma is owed before the next value or key.
    owed: bool,
    /// Whether the text is to stand within HTML: `<`, `>` and `&` are escaped.
    html: bool,
}

impl<'o> Json<'o> {
    /// Appends to a text.
    pub fn new(out: &'o mut String) -> Self {
        Self { out, owed: false, html: false }
    }

    /// Appends to a text that may stand in a `<script>` element: nothing in it can end the element or begin a comment.
    pub fn for_html(out: &'o mut String) -> Self {
        Self { html: true, ..Self::new(out) }
    }

    /// An object as a value.
    pub fn object(&mut self, write: impl FnOnce(&mut Self)) -> &mut Self {
        self.within('{', '}', write)
    }

    /// A list as a value.
    pub fn array(&mut self, write: impl FnOnce(&mut Self)) -> &mut Self {
        self.within('[', ']', write)
    }

    fn within(&mut self, open: char, close: char, write: impl FnOnce(&mut Self)) -> &mut Self {
        self.separate();
        self.out.push(open);
        self.owed = false;
        write(self);
        self.out.push(close);
        self.owed = true;
        self
    }

    /// A key; its value must follow.
    pub fn key(&mut self, key: &str) -> &mut Self {
        self.string(key);
        self.out.push(':');
        self.owed = false;
        self
    }

    /// A string as a value.
    pub fn string(&mut self, text: &str) -> &mut Self {
        self.separate();
        self.out.push('"');
        escape(self.out, text, self.html);
        self.out.push('"');
        self.owed = true;
        self
    }

    /// A number, `true`, `false` or `null`, or a text that is JSON already.
    pub fn raw(&mut self, value: impl Display) -> &mut Self {
        self.separate();
        // Writing to a string cannot fail.
        let _ = write!(self.out, "{value}");
        self.owed = true;
        self
    }

    /// Members of an object, written before: `,"a":1`.
    pub fn members(&mut self, written: &str) -> &mut Self {
        self.out.push_str(written);
        self
    }

    /// A line end before the next value, where a person or a comparison of versions may look.
    pub fn line(&mut self) -> &mut Self {
        self.separate();
        self.out.push('\n');
        self.owed = false;
        self
    }

    /// A key with a string.
    pub fn text(&mut self, key: &str, text: &str) -> &mut Self {
        self.key(key).string(text)
    }

    /// A key with a string, where there is one.
    pub fn maybe(&mut self, key: &str, text: Option<impl AsRef<str>>) -> &mut Self {
        match text {
            Some(text) => self.text(key, text.as_ref()),
            None => self,
        }
    }

    /// A key with a number, `true` or `false`.
    pub fn value(&mut self, key: &str, value: impl Display) -> &mut Self {
        self.key(key).raw(value)
    }

    /// A key with an object.
    pub fn table(&mut self, key: &str, write: impl FnOnce(&mut Self)) -> &mut Self {
        self.key(key).object(write)
    }

    /// A key with a list, each item written by a function; left out where the list is empty.
    pub fn list<T>(&mut self, key: &str, items: &[T], mut write: impl FnMut(&mut Self, &T)) -> &mut Self {
        if items.is_empty() {
            return self;
        }
        self.key(key).array(|list| items.iter().for_each(|item| write(list, item)))
    }

    fn separate(&mut self) {
        if self.owed {
            self.out.push(',');
        }
    }
}

fn escape(out: &mut String, text: &str, html: bool) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let (escape, length) = match (LOOK[byte as usize], byte) {
            (Look::Never, _) => continue,
            (Look::InHtml, _) if !html => continue,
            // Line and paragraph separators end a line of a script.
            (_, 0xe2) => match text.as_bytes().get(at + 1..at + 3) {
                Some([0x80, 0xa8]) => ("\\u2028", 3),
                Some([0x80, 0xa9]) => ("\\u2029", 3),
                _ => continue,
            },
            (_, b'"') => ("\\\"", 1),
            (_, b'\\') => ("\\\\", 1),
            (_, b'\n') => ("\\n", 1),
            (_, _) => ("", 1),
        };
        out.push_str(&text[from..at]);
        match escape {
            "" => drop(write!(out, "\\u{byte:04x}")),
            escape => out.push_str(escape),
        }
        from = at + length;
    }
    out.push_str(&text[from..]);
}

/// Whether a byte may have to be escaped.
#[derive(Clone, Copy)]
enum Look {
    Never,
    InHtml,
    Always,
}

const LOOK: [Look; 256] = {
    let mut look = [Look::Never; 256];
    let mut byte = 0;
    while byte < 256 {
        look[byte] = match byte as u8 {
            0..b' ' | b'"' | b'\\' => Look::Always,
            b'<' | b'>' | b'&' | 0xe2 => Look::InHtml,
            _ => Look::Never,
        };
        byte += 1;
    }
    look
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_is_read_back(text: String, html: bool) {
            let mut out = String::new();
            let mut json = Json { html, ..Json::new(&mut out) };
            json.object(|o| { o.text(&text, &text).list("l", &[1, 2], |l, n| { l.raw(n); }); });
            let read: serde_json::Value = serde_json::from_str(&out).unwrap();
            prop_assert_eq!(read[text.as_str()].as_str().unwrap(), &text);
            if html {
                let unsafe_here = out.contains(['<', '>', '&', '\u{2028}', '\u{2029}']);
                prop_assert!(!unsafe_here);
            }
        }
    }

    #[test]
    fn nothing_ends_a_script_element() {
        let mut out = String::new();
        Json::for_html(&mut out).string("</script><!--&\u{2028}");
        assert_eq!(out, r#""\u003c/script\u003e\u003c!--\u0026\u2028""#);
    }

    #[test]
    fn lines_and_commas() {
        let mut out = String::new();
        Json::new(&mut out).array(|a| {
            a.line().raw(1).line().raw(true);
            a.object(|o| {
                o.maybe("no", None::<&str>).list("none", &[0; 0], |_, _| {}).value("a", 2);
            });
        });
        assert_eq!(out, "[\n1,\ntrue,{\"a\":2}]");
    }
}
