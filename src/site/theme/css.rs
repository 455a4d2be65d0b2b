//! The addresses that a stylesheet names, in every spelling that CSS has, and what it leaves open (CSS Syntax 3, by cssparser).

use std::ops::Range;

use cssparser::{Parser, ParserInput, Token};

/// What was found in a stylesheet.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// Addresses, in order.
    pub(super) addresses: Vec<Address>,
    /// What must be added so that nothing is left open.
    pub(super) closing: String,
    /// Where the outermost of what is open begins.
    pub(super) open: Option<Range<usize>>,
}

/// An address in a stylesheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// Its bytes: `url(…)` from its first letter, or a string from its mark.
    pub(super) range: Range<usize>,
    /// What it means, without quotation marks and escapes.
    pub(super) url: String,
    /// Whether it stands in `url(…)`, or is a string alone.
    in_function: bool,
    /// Whether it is that of another stylesheet.
    pub(super) is_import: bool,
}

impl Address {
    /// The same with another address.
    pub(super) fn with(&self, url: &str) -> String {
        let quoted = url.replace('\\', "\\\\").replace('"', "\\\"");
        if self.in_function { format!("url(\"{quoted}\")") } else { format!("\"{quoted}\"") }
    }
}

/// Reads a stylesheet. What is deeper than a hundred blocks is not looked into.
pub(super) fn read(text: &str) -> Read {
    let mut found = Read::default();
    let mut input = ParserInput::new(text);
    walk(&mut Parser::new(&mut input), &mut found.addresses, 0, false);
    let (stack, closing) = left_open(text);
    found.open = stack.first().map(|at| *at..*at + 1);
    found.closing = closing;
    found
}

const DEPTH: usize = 100;

/// Walks over tokens; `is_set` within `image-set(…)` and `src(…)`, where a string is an address.
fn walk(parser: &mut Parser<'_, '_>, found: &mut Vec<Address>, depth: usize, is_set: bool) {
    let mut is_import = false;
    loop {
        let start = parser.position().byte_index();
        let Ok(token) = parser.next_including_whitespace_and_comments().cloned() else { return };
        let end = parser.position().byte_index();
        let mut add = |url: &str, range: Range<usize>, in_function| {
            found.push(Address { range, url: url.to_owned(), in_function, is_import });
        };
        match token {
            Token::UnquotedUrl(url) => add(&url, start..end, true),
            Token::QuotedString(url) if is_set || is_import => add(&url, start..end, false),
            Token::AtKeyword(word) => is_import = word.eq_ignore_ascii_case("import"),
            Token::Semicolon => is_import = false,
            Token::Function(name) => {
                let is_url = name.eq_ignore_ascii_case("url");
                let sets = ["image-set", "-webkit-image-set", "src"];
                let is_set = sets.iter().any(|set| name.eq_ignore_ascii_case(set));
                let mut url = None;
                let _: Result<(), cssparser::ParseError<'_, ()>> = parser.parse_nested_block(|inner| {
                    if is_url {
                        url = inner.expect_string().ok().map(|url| url.to_string());
                    } else if depth < DEPTH {
                        walk(inner, found, depth + 1, is_set);
                    }
                    Ok(())
                });
                if let Some(url) = url {
                    let range = start..parser.position().byte_index();
                    found.push(Address { range, url, in_function: true, is_import });
                }
            }
            Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock => {
                let _: Result<(), cssparser::ParseError<'_, ()>> = parser.parse_nested_block(|inner| {
                    if depth < DEPTH {
                        walk(inner, found, depth + 1, false);
                    }
                    Ok(())
                });
            }
            _ => {}
        }
    }
}

/// Where the blocks begin that have no end, the outermost first, and what ends them: a comment and a string too.
fn left_open(text: &str) -> (Vec<usize>, String) {
    let bytes = text.as_bytes();
    let mut open: Vec<(usize, &str)> = Vec::new();
    let mut blocks = 0usize;
    let mut i = 0;
    while i < bytes.len() {
        match bytes[i] {
            b'/' if bytes.get(i + 1) == Some(&b'*') => match text[i + 2..].find("*/") {
                Some(end) => i += 2 + end + 1,
                None => {
                    open.push((i, "*/"));
                    break;
                }
            },
            b'\\' => i += 1,
            quote @ (b'"' | b'\'') => match string_end(bytes, i, quote) {
                Some(end) => i = end,
                None => break,
            },
            b'{' => {
                blocks += 1;
                open.push((i, "}"));
            }
            b'(' => open.push((i, ")")),
            b'[' => open.push((i, "]")),
            // A `}` ends what is open within its block; what does not fit closes nothing.
            b'}' if blocks > 0 => {
                while open.pop().is_some_and(|(_, end)| end != "}") {}
                blocks -= 1;
            }
            close @ (b')' | b']') => {
                open.pop_if(|(_, end)| end.as_bytes() == [close]);
            }
            _ => {}
        }
        i += 1;
    }
    let closing = open.iter().rev().map(|(_, end)| *end).collect();
    (open.into_iter().map(|(at, _)| at).collect(), closing)
}

/// The end of a string, or of its line: a line's end ends a string that has none.
fn string_end(bytes: &[u8], start: usize, quote: u8) -> Option<usize> {
    let mut i = start + 1;
    while i < bytes.len() {
        match bytes[i] {
            b'\\' => i += 1,
            b'\n' => return Some(i),
            byte if byte == quote => return Some(i),
            _ => {}
        }
        i += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::read;

    #[track_caller]
    fn check(css: &str, expect: &[&str], closing: &str) {
        let found = read(css);
        assert_eq!(found.addresses.iter().map(|a| &*a.url).collect::<Vec<_>>(), expect, "{css}");
        assert_eq!(found.closing, closing, "{css}");
        for address in &found.addresses {
            let again = format!("a{{b:{}}}", address.with(&address.url));
            assert_eq!(read(&again).addresses.first().map(|a| &*a.url), address_of(address), "{again}");
        }
    }

    fn address_of(address: &super::Address) -> Option<&str> {
        address.in_function.then_some(&*address.url)
    }

    #[test]
    fn addresses_in_every_spelling() {
        check("a{b:url(x.png)}", &["x.png"], "");
        check("a{b:url( x.png )}", &["x.png"], "");
        check("a{b:url(\"x y.png\")}", &["x y.png"], "");
        check("a{b:URL('./x.png?1#a')}", &["./x.png?1#a"], "");
        check("a{b:url(x\\ y.png)}", &["x y.png"], "");
        check("a{b:image-set('x.png' 1x, url(y.png) 2x)}", &["x.png", "y.png"], "");
        check("@import 'x.css'; a{content:'y.png'}", &["x.css"], "");
        check("@import url(x.css);", &["x.css"], "");
        check("@font-face{src:url(f.woff2)format('woff2')}", &["f.woff2"], "");
        check("/* url(x.png) */a{b:'url(y.png)'}", &[], "");
        check("@media (min-width:1px){a{b:url(x.png)}}", &["x.png"], "");
    }

    #[test]
    fn what_is_open_is_closed() {
        check("a{b:c", &[], "}");
        check("@media x{a{b:(c", &[], ")}}");
        check("a{b:c}/* d", &[], "*/");
        check("a{b:'c\n}", &[], "");
        check("a{b:(c}", &[], "");
        check("a{b:c}}", &[], "");
    }

    #[test]
    fn deep_nesting_is_no_end_of_the_program() {
        let deep = "a{".repeat(100_000);
        assert_eq!(read(&deep).closing.len(), 100_000);
        assert_eq!(read(&format!("{deep}{}", "]".repeat(100_000))).closing.len(), 100_000);
    }
}
