//! YAML in colour, by one look at each byte.
//!
//! Every record's page shows its lines of the sheet. A grammar of syntect takes a thousand times as long for them, and
//! its grammars longer to load than a small site to build.
//!
//! Keys, quoted text, numbers and dates, comments and block texts are marked; punctuation and plain text are left as they are.
//! Keys, of which there are most by far, are `<b>`, and comments `<i>`: each page has these lines, and a class for each key was
//! longer than the key. What is not YAML is coloured somehow, and always escaped whole.

use sourcebook_core::base::html::push_content;

/// The code with its parts marked.
pub(super) fn spans(code: &str) -> String {
    let mut scanner = Scanner { code, at: 0, flow: 0, out: String::with_capacity(code.len() * 2) };
    while scanner.at < code.len() {
        scanner.line();
    }
    scanner.out
}

struct Scanner<'c> {
    code: &'c str,
    at: usize,
    /// How many brackets are open.
    flow: usize,
    out: String,
}

impl<'c> Scanner<'c> {
    fn rest(&self) -> &'c str {
        &self.code[self.at..]
    }

    fn line(&mut self) {
        let indent = blanks(self.rest());
        self.plain(indent);
        while !matches!(self.rest().bytes().next(), None | Some(b'\n')) {
            self.token(indent);
            let blanks = blanks(self.rest());
            self.plain(blanks);
        }
        self.plain(usize::from(self.at < self.code.len()));
    }

    fn token(&mut self, indent: usize) {
        let rest = self.rest();
        match rest.as_bytes()[0] {
            b'#' => self.mark("comment", line_length(rest)),
            quote @ (b'"' | b'\'') => {
                let length = quoted_length(rest, quote);
                let class = if ends_key(&rest[length..], self.flow) { "tag" } else { "string" };
                self.mark(class, length);
            }
            bracket @ (b'[' | b'{' | b']' | b'}') => {
                let opens = matches!(bracket, b'[' | b'{');
                self.flow = if opens { self.flow + 1 } else { self.flow.saturating_sub(1) };
                self.mark("punctuation", 1);
            }
            b',' if self.flow > 0 => self.mark("punctuation", 1),
            b':' | b'-' | b'?' if matches!(rest.as_bytes().get(1), None | Some(b' ' | b'\n')) => {
                self.mark("punctuation", 1);
            }
            b'|' | b'>' if self.flow == 0 && is_block_header(rest) => {
                self.mark("punctuation", line_length(rest));
                self.block(indent);
            }
            b'&' | b'*' | b'!' => {
                let length = rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}'));
                self.mark("keyword", length.unwrap_or(rest.len()));
            }
            _ => self.scalar(rest),
        }
    }

    fn scalar(&mut self, rest: &str) {
        let length = plain_length(rest, self.flow > 0).max(first_length(rest));
        if ends_key(&rest[length..], self.flow) {
            self.mark("tag", length);
        } else if is_constant(&rest[..length]) {
            self.mark("constant", length);
        } else {
            self.plain(length);
        }
    }

    /// The lines of a block text: those deeper than the line that announces it, and blank ones between.
    fn block(&mut self, indent: usize) {
        let start = self.at + 1;
        let mut end = self.at;
        let mut next = start;
        for line in self.code.get(start..).unwrap_or_default().split_inclusive('\n') {
            next += line.len();
            if line.trim().is_empty() {
                continue;
            }
            if blanks(line) <= indent {
                break;
            }
            end = next - usize::from(line.ends_with('\n'));
        }
        self.mark("string", end - self.at);
    }

    fn mark(&mut self, class: &str, length: usize) {
        if length == 0 {
            return;
        }
        let (open, close) = match class {
            "tag" => ("<b>", "</b>"),
            "comment" => ("<i>", "</i>"),
            "string" => ("<span class=\"hl-string\">", "</span>"),
            "constant" => ("<span class=\"hl-constant\">", "</span>"),
            "keyword" => ("<span class=\"hl-keyword\">", "</span>"),
            _ => ("", ""),
        };
        self.out.push_str(open);
        self.plain(length);
        self.out.push_str(close);
    }

    fn plain(&mut self, length: usize) {
        push_content(&mut self.out, &self.code[self.at..self.at + length]);
        self.at += length;
    }
}

fn blanks(text: &str) -> usize {
    text.bytes().take_while(|b| matches!(b, b' ' | b'\t' | b'\r')).count()
}

fn line_length(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

fn first_length(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// Up to and with the closing quotation mark, which may stand lines below.
fn quoted_length(text: &str, quote: u8) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 2,
            byte if byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 2,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

/// A scalar without quotation marks, up to what ends it on its line, without the blanks before that.
fn plain_length(text: &str, in_flow: bool) -> usize {
    let bytes = text.as_bytes();
    let ends = |i: usize| match bytes[i] {
        b'\n' => true,
        b':' => matches!(bytes.get(i + 1), None | Some(b' ' | b'\n' | b'\r')),
        b'#' => i > 0 && matches!(bytes[i - 1], b' ' | b'\t'),
        b',' | b'[' | b']' | b'{' | b'}' => in_flow,
        _ => false,
    };
    let end = (0..bytes.len()).find(|i| ends(*i)).unwrap_or(bytes.len());
    text[..end].trim_end().len()
}

/// Whether what precedes this is a key.
fn ends_key(after: &str, flow: usize) -> bool {
    let after = after.trim_start_matches([' ', '\t']);
    let next = after.strip_prefix(':').map(|rest| rest.bytes().next());
    next.is_some_and(|byte| matches!(byte, None | Some(b' ' | b'\n' | b'\r')) || flow > 0)
}

/// `|`, `>-`, `|2` …, and nothing else on the line but a comment.
fn is_block_header(text: &str) -> bool {
    let header = text[1..line_length(text)].trim_start_matches(['+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    header.trim().is_empty() || header.trim_start().starts_with('#')
}

/// Numbers, dates and the like, in the forms that the format knows; and YAML's own words.
fn is_constant(text: &str) -> bool {
    let number = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '~' | '<' | '>' | '+'))
        && text.bytes().all(|b| b.is_ascii_digit() || b"-+~<>=._/%XT:".contains(&b));
    number || matches!(text, "true" | "false" | "null")
}

#[cfg(test)]
mod tests {
    use super::spans;

    /// Marks are shown as `‹class text›`.
    fn check(code: &str, expect: &str) {
        let html = spans(code);
        let shown = html.replace("<span class=\"hl-", "‹").replace("\">", " ").replace("</span>", "›");
        let shown = shown.replace("<b>", "‹tag ").replace("</b>", "›").replace("<i>", "‹comment ").replace("</i>", "›");
        assert_eq!(shown, expect, "{code}");
    }

    #[test]
    fn parts() {
        check("a-b: c d", "‹tag a-b›: c d");
        check("on: 2024-11-05\n", "‹tag on›: ‹constant 2024-11-05›\n");
        check("n: ~11000..15000", "‹tag n›: ‹constant ~11000..15000›");
        check("t: it's 10:30 # why", "‹tag t›: it's 10:30 ‹comment # why›");
        check("url: https://a.b/#c", "‹tag url›: https://a.b/#c");
        check("- source: x", "- ‹tag source›: x");
        check("by: [a, b-c]", "‹tag by›: [a, b-c]");
        check("{ is: 1, \"k\": 'it''s' }", "{ ‹tag is›: ‹constant 1›, ‹tag \"k\"›: ‹string 'it''s'› }");
        check("a: &x 1\nb: *x", "‹tag a›: ‹keyword &amp;x› ‹constant 1›\n‹tag b›: ‹keyword *x›");
    }

    #[test]
    fn texts_over_lines() {
        check("a: |\n  one: 1\n\n  two\nb: 2", "‹tag a›: |‹string \n  one: 1\n\n  two›\n‹tag b›: ‹constant 2›");
        check("a: \"x: 1\n  y\"\nb:", "‹tag a›: ‹string \"x: 1\n  y\"›\n‹tag b›:");
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost(code in "[ a:\\-\"'#\\[\\]{},|>&*!é\\\\\n]{0,40}") {
            assert_eq!(sourcebook_core::base::html::words(&spans(&code)), code);
        }
    }
}
