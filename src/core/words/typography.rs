//! What a compositor does to the dossier's own words, in the language of the interface. Never to be applied to quotes.
//!
//! 1. Words that are addresses are passed over whole.
//! 2. Spaces: narrow no-break before ; ! ? », no-break before :, within « », between a number and its unit, in 10 000.
//! 3. Apostrophes, straight quotation marks in pairs, `--`, `---`, `...`.
//!
//! Applied twice, it changes nothing the second time. Only white space, apostrophes, quotation marks, dashes and
//! ellipses change.

use std::borrow::Cow;

use super::rules::Quotes;
use super::spaces::{CLAUSE_ENDS, NARROW, closes_clause, no_break, run_of, space_before};
use crate::model::language::Language;

/// The typography of a language.
pub fn apply(language: Language, text: &str) -> Cow<'_, str> {
    set(text, language)
}

/// French, as the Imprimerie nationale sets it.
pub fn french(text: &str) -> Cow<'_, str> {
    set(text, Language::French)
}

/// English.
pub fn english(text: &str) -> Cow<'_, str> {
    set(text, Language::English)
}

/// The inside of a quote that will stand in the marks of a language: inner pairs of the same marks become those of
/// the second level. Marks that are not in pairs stay.
pub fn inside_quotes(text: &str, language: Language) -> Cow<'_, str> {
    let Quotes { outer: [open, close], inner, .. } = &language.rules().quotes;
    let (open, close) = (*open, *close);
    if !text.contains(open) || !is_paired(text, open, close) {
        return Cow::Borrowed(text);
    }
    let space = |c: char| c.is_whitespace();
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find([open, close]) {
        let (before, mark) = rest.split_at(at);
        if mark.starts_with(open) {
            out.push_str(before);
            out.push(inner[0]);
            rest = mark[open.len_utf8()..].trim_start_matches(space);
        } else {
            out.push_str(before.trim_end_matches(space));
            out.push(inner[1]);
            rest = &mark[close.len_utf8()..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn is_paired(text: &str, open: char, close: char) -> bool {
    let mut depth = 0_usize;
    for c in text.chars() {
        if c == open {
            depth += 1;
        } else if c == close {
            let Some(less) = depth.checked_sub(1) else { return false };
            depth = less;
        }
    }
    depth == 0
}

/// The same for words that go on after a sign in a piece of its own: emphasis, a link, a note's mark.
pub fn after(prior: Option<char>, language: Language, text: &str) -> Cow<'_, str> {
    run(Setter { prior, ..Setter::new(text, language) })
}

fn set(text: &str, language: Language) -> Cow<'_, str> {
    if is_untouched(text, language) { Cow::Borrowed(text) } else { walked(text, language) }
}

pub(super) fn walked(text: &str, language: Language) -> Cow<'_, str> {
    run(Setter::new(text, language))
}

fn run(mut setter: Setter<'_>) -> Cow<'_, str> {
    let text = setter.text;
    while setter.at < text.len() {
        setter.step();
    }
    if setter.out == text { Cow::Borrowed(text) } else { Cow::Owned(setter.out) }
}

/// Walks over a text once, in time proportional to its length.
struct Setter<'t> {
    text: &'t str,
    /// The next byte to read.
    at: usize,
    out: String,
    language: Language,
    /// Whether any word might be an address.
    addresses: bool,
    /// The word last asked about.
    word: Option<Word>,
    /// Whether straight double marks stand in pairs.
    paired: bool,
    /// What closes the quote that a straight double mark opened.
    closing: Option<&'static str>,
    /// How many more « than » were written.
    depth: i64,
    /// Whether a straight single mark opened a quote.
    single: bool,
    /// What stands before the text, in a piece of its own.
    prior: Option<char>,
}

impl<'t> Setter<'t> {
    fn new(text: &'t str, language: Language) -> Self {
        let addresses = ["://", "www.", "@", "mailto:"].iter().any(|sign| text.contains(sign));
        let out = String::with_capacity(text.len() + 16);
        let paired = are_paired(text);
        Self {
            text,
            at: 0,
            out,
            language,
            addresses,
            word: None,
            paired,
            closing: None,
            depth: 0,
            single: false,
            prior: None,
        }
    }

    fn step(&mut self) {
        if self.addresses {
            if self.take_address() {
                return;
            }
        } else {
            self.take(self.plain_run());
        }
        let Some(c) = self.rest().chars().next() else { return };
        match c {
            _ if c.is_whitespace() => self.space(),
            '\'' => self.apostrophe(),
            '"' => self.straight_quote(),
            '-' => self.dashes(),
            '.' => self.dots(),
            _ if self.french() => self.french_sign(c),
            _ => self.take(c.len_utf8()),
        }
    }

    fn french(&self) -> bool {
        self.language.rules().stands_off
    }

    /// The length of what can be copied without looking: letters, and spaces between words.
    fn plain_run(&self) -> usize {
        let bytes = &self.text.as_bytes()[self.at..];
        let mut end = 0;
        while let Some(&byte) = bytes.get(end) {
            let between_words = || {
                let next = bytes.get(end + 1).is_some_and(|b| b.is_ascii_alphabetic() || *b == 0xc3);
                let last = end.checked_sub(1).is_some_and(|i| bytes[i].is_ascii_alphabetic() || bytes[i] == b',');
                next && last && !bytes[..end].ends_with(b"1er")
            };
            let plain = PLAIN[byte as usize] || byte == b' ' && between_words();
            if !plain {
                break;
            }
            end += 1;
        }
        end
    }

    /// Copies the address that starts here, if one does.
    fn take_address(&mut self) -> bool {
        let starts = self.before().is_none_or(|before| before.is_whitespace() || OPENING.contains(&before));
        if !starts {
            return false;
        }
        let word = match self.word.take().filter(|word| self.at < word.end) {
            Some(word) => word.moved(self.text, self.at),
            None => Word::new(self.text, self.at),
        };
        let found = word.is_address(self.text, self.at);
        if found {
            self.take(word.end - self.at);
        }
        self.word = Some(word);
        found
    }

    /// A run of white space, which the signs around it may turn into one no-break space.
    fn space(&mut self) {
        let rest = self.rest();
        let length = rest.len() - rest.trim_start().len();
        match self.fixed_space(length) {
            Some(space) => {
                self.out.push(space);
                self.at += length;
            }
            None => self.take(length),
        }
    }

    fn fixed_space(&self, length: usize) -> Option<char> {
        let (run, rest) = self.rest().split_at(length);
        no_break(&self.text[..self.at], run, rest, self.language)
    }

    /// After a letter an apostrophe; one that might open or close a quote stays.
    fn apostrophe(&mut self) {
        let before = self.text[..self.at].chars().next_back().or(self.prior);
        let after = self.rest()[1..].chars().next();
        let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        self.single |= !in_word(before) && in_word(after);
        let may_close = self.single && !in_word(after);
        let apostrophe = before.is_some_and(char::is_alphabetic) && !may_close;
        self.replace(1, if apostrophe { "’" } else { "'" });
    }

    /// A pair of straight marks becomes a pair of the language's marks; the second level within « ».
    fn straight_quote(&mut self) {
        if !self.paired {
            return self.take(1);
        }
        let mark = match self.closing.take() {
            Some(close) => close,
            None => {
                let [open, close] = self.straight_pair();
                self.closing = Some(close);
                open
            }
        };
        self.replace(1, mark);
    }

    /// What a straight pair becomes here: within « » that the writer typed, the second level.
    fn straight_pair(&self) -> [&'static str; 2] {
        if self.depth > 0 { ["“", "”"] } else { self.language.rules().quotes.straight }
    }

    /// `--` and `---` between words or numbers; an option such as `--root` stays.
    fn dashes(&mut self) {
        let run = run_of(self.rest(), &['-']);
        let after = self.rest()[run..].chars().next();
        let spaced =
            |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || matches!(c, '«' | '»' | '„' | '“' | '”' | '"'));
        let between = spaced(self.before()) == spaced(after);
        match run {
            2 if between => self.replace(2, "–"),
            3 if between => self.replace(3, "—"),
            _ => self.take(run),
        }
    }

    fn dots(&mut self) {
        let run = run_of(self.rest(), &['.']);
        let path = self.rest()[run..].starts_with('/');
        if run == 3 && !path { self.replace(3, "…") } else { self.take(run) }
    }

    /// Adds the space that the writer left out.
    fn french_sign(&mut self, c: char) {
        let before = self.before();
        let after_word = before.is_some_and(|b| b.is_alphanumeric() || matches!(b, ')' | ']' | '%' | '”' | '…'));
        match c {
            '«' => {
                self.take(c.len_utf8());
                self.depth += 1;
                if self.rest().chars().next().is_some_and(|next| !next.is_whitespace()) {
                    self.out.push(NARROW);
                }
            }
            '»' => {
                if before.is_some_and(|b| !b.is_whitespace() && b != '«') {
                    self.out.push(NARROW);
                }
                self.take(c.len_utf8());
                self.depth -= 1;
            }
            ';' | '!' | '?' | ':' if after_word && closes_clause(self.rest()) => {
                self.out.extend(space_before(c));
                self.take(run_of(self.rest(), CLAUSE_ENDS));
            }
            _ => self.take(c.len_utf8()),
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn before(&self) -> Option<char> {
        self.out.chars().next_back().or(self.prior)
    }

    fn take(&mut self, bytes: usize) {
        self.out.push_str(&self.rest()[..bytes]);
        self.at += bytes;
    }

    fn replace(&mut self, bytes: usize, with: &str) {
        self.out.push_str(with);
        self.at += bytes;
    }
}

/// Whether all straight double marks stand in pairs that hold words tightly; else none is touched.
fn are_paired(text: &str) -> bool {
    let mut opened = None;
    for (i, _) in text.match_indices('"') {
        let (before, after) = (text[..i].chars().next_back(), text[i + 1..].chars().next());
        let tight = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && c != '"');
        let sound = match opened.take() {
            None => {
                opened = Some(i + 1);
                tight(after) && before.is_none_or(may_precede_quote)
            }
            Some(start) => {
                let inside: &str = &text[start..i];
                let outside = after.is_none_or(|c| !c.is_alphanumeric() && c != '"');
                tight(before) && outside && !inside.contains(['«', '»'])
            }
        };
        if !sound {
            return false;
        }
    }
    opened.is_none()
}

fn may_precede_quote(c: char) -> bool {
    c.is_whitespace() || OPENING.contains(&c) || matches!(c, '\'' | '’' | '-' | '—' | '–')
}

/// Whether a text has no sign that any rule could change or set a space beside: most have not, and are spared the walk.
fn is_untouched(text: &str, language: Language) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().all(|(i, byte)| match byte {
        b'\'' | b'"' | b'0'..=b'9' => false,
        b'-' | b'.' => bytes.get(i + 1) != Some(byte),
        b';' | b':' | b'!' | b'?' | 0xc2 | 0xe2 => !language.rules().stands_off,
        _ => true,
    })
}

/// Bytes that no rule looks at: ASCII letters and digits, and those of accented letters of two bytes (from 0xC3 on, and
/// what follows). Other signs of several bytes begin with a byte that is not in it.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        plain[byte] = b.is_ascii_alphanumeric() || matches!(b, b',' | b'(' | b')' | 0x80..=0xbf | 0xc3..=0xc9);
        byte += 1;
    }
    plain
};

/// What may stand before the first word of a quote or a bracket.
const OPENING: &[char] = &['(', '[', '<', '«', '„', '“', '"'];

/// What tells an address, found once for a word however many brackets stand in it.
struct Word {
    end: usize,
    /// Where the brackets end that stand at the place asked about.
    inner: usize,
    /// The last `://`.
    scheme: Option<usize>,
    /// The last `@` with a full stop after it.
    mail: Option<usize>,
}

impl Word {
    fn new(text: &str, at: usize) -> Self {
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '„' | '“' | '”' | '«' | '»' | '<' | '>');
        let rest = &text[at..];
        let word = &rest[..rest.find(ends).unwrap_or(rest.len())];
        let mail = word.rfind('.').and_then(|dot| word[..dot].rfind('@')).map(|i| at + i);
        let scheme = word.rfind("://").map(|i| at + i);
        Self { end: at + word.len(), inner: at, scheme, mail }.moved(text, at)
    }

    /// The same word from a later place in it.
    fn moved(self, text: &str, at: usize) -> Self {
        let brackets = |at: usize| text[at..self.end].trim_start_matches(OPENING).len();
        let inner = if at < self.inner { self.inner } else { self.end - brackets(at) };
        Self { inner, ..self }
    }

    /// URLs, e-mail addresses and paths: nothing in them is punctuation.
    fn is_address(&self, text: &str, at: usize) -> bool {
        let inner = &text[self.inner..self.end];
        let mail = !inner.starts_with('@') && self.mail.is_some_and(|sign| sign >= self.inner);
        mail || self.scheme.is_some_and(|sign| sign >= at) || inner.starts_with("www.") || inner.starts_with("mailto:")
    }
}
