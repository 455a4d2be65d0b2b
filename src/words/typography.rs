//! What a compositor does to the dossier's own words, in French and in English. Never to be applied to quotes.
//!
//! 1. Words that are addresses are passed over whole.
//! 2. Spaces: narrow no-break before ; ! ? », no-break before :, within « », between a number and its unit, in 10 000.
//! 3. Apostrophes, straight quotation marks in pairs, `--`, `---`, `...`.
//!
//! Applied twice, it changes nothing the second time. Only white space, apostrophes, quotation marks, dashes and
//! ellipses change.

use std::borrow::Cow;

use super::messages::Messages;
use crate::config::Language;

const NARROW: char = '\u{202f}';
const FIXED: char = '\u{a0}';

/// The typography of a language.
pub fn apply(language: Language, text: &str) -> Cow<'_, str> {
    match language {
        Language::French => french(text),
        Language::English => english(text),
    }
}

/// French, as the Imprimerie nationale sets it.
pub fn french(text: &str) -> Cow<'_, str> {
    set(text, Language::French)
}

/// English.
pub fn english(text: &str) -> Cow<'_, str> {
    set(text, Language::English)
}

/// Words in quotation marks of the interface's language. Inside, marks of the same shape become those of the second
/// level, as printers do; words and all other signs stay exactly as they are.
pub fn quoted(text: &str, messages: &Messages) -> String {
    messages.fill("note.quoted", &[("quote", &inside_quotes(text, messages.language()))])
}

/// The inside of a quote that will stand in the marks of a language: inner pairs of the same marks become “ ” in French
/// and ‘ ’ in English. Marks that are not in pairs stay.
pub fn inside_quotes(text: &str, language: Language) -> Cow<'_, str> {
    let (open, close, inner) = match language {
        Language::French => ('«', '»', ['“', '”']),
        Language::English => ('“', '”', ['‘', '’']),
    };
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

fn set(text: &str, language: Language) -> Cow<'_, str> {
    let text_chars: Vec<char> = text.chars().collect();
    let paired = are_paired(&text_chars);
    let out = String::with_capacity(text.len() + 16);
    let mut setter = Setter { chars: &text_chars, at: 0, out, language, paired, closing: None };
    while setter.at < setter.chars.len() {
        setter.step();
    }
    if setter.out == text { Cow::Borrowed(text) } else { Cow::Owned(setter.out) }
}

/// Whether all straight double marks stand in pairs that hold words tightly; else none is touched.
fn are_paired(chars: &[char]) -> bool {
    let marks: Vec<usize> = (0..chars.len()).filter(|&i| chars[i] == '"').collect();
    let opens = |i: usize| {
        i.checked_sub(1)
            .map(|i| chars[i])
            .is_none_or(|c| c.is_whitespace() || OPENING.contains(&c) || matches!(c, '\'' | '’' | '-' | '—' | '–'))
    };
    let tight = |i: usize| !chars[i].is_whitespace() && chars[i] != '"';
    let closes = |i: usize| chars.get(i + 1).is_none_or(|c| !c.is_alphanumeric() && *c != '"');
    let quote = |pair: &[usize]| match *pair {
        [start, end] => {
            let inside = &chars[start + 1..end];
            let plain = !inside.iter().any(|c| matches!(c, '«' | '»'));
            plain && opens(start) && tight(start + 1) && tight(end - 1) && closes(end)
        }
        _ => false,
    };
    marks.chunks(2).all(quote)
}

/// Walks over a text once.
struct Setter<'c> {
    chars: &'c [char],
    at: usize,
    out: String,
    language: Language,
    /// Whether straight double marks stand in pairs.
    paired: bool,
    /// What closes the quote that a straight mark opened.
    closing: Option<&'static str>,
}

impl Setter<'_> {
    fn step(&mut self) {
        let c = self.chars[self.at];
        if self.starts_word() {
            let end = self.word();
            if is_address(&self.chars[self.at..end]) {
                self.take(end - self.at);
                return;
            }
        }
        match c {
            _ if c.is_whitespace() => self.space(),
            '\'' => self.apostrophe(),
            '"' => self.straight_quote(),
            '-' => self.dashes(),
            '.' => self.dots(),
            _ if self.french() => self.french_sign(c),
            _ => self.take(1),
        }
    }

    fn french(&self) -> bool {
        self.language == Language::French
    }

    /// A run of white space, which the signs around it may turn into one no-break space.
    fn space(&mut self) {
        let start = self.at;
        let end = (start..self.chars.len()).find(|&i| !self.chars[i].is_whitespace()).unwrap_or(self.chars.len());
        match self.fixed_space(start, end) {
            Some(space) => {
                self.out.push(space);
                self.at = end;
            }
            None => self.take(end - start),
        }
    }

    fn fixed_space(&self, start: usize, end: usize) -> Option<char> {
        let before = start.checked_sub(1).map(|i| self.chars[i]);
        let after = self.chars.get(end).copied();
        if self.french() {
            if before == Some('«') || after == Some('»') {
                return Some(NARROW);
            }
            if let Some(sign) = after.filter(|_| self.closes_clause(end)) {
                return space_before(sign);
            }
        }
        if before.is_some_and(|c| c.is_ascii_digit()) {
            if self.french() && self.is_group(start, end) {
                return Some(NARROW);
            }
            return self.is_unit(end).then_some(FIXED);
        }
        (before == Some('§') && after.is_some_and(|c| c.is_ascii_digit())).then_some(FIXED)
    }

    /// Whether the signs from here on end a clause: `?!` before a space or the end, and not the colon of `:root`.
    fn closes_clause(&self, at: usize) -> bool {
        let run = self.chars[at..].iter().take_while(|c| matches!(c, ';' | ':' | '!' | '?')).count();
        let next = self.chars.get(at + run);
        run > 0 && next.is_none_or(|c| c.is_whitespace() || matches!(c, ')' | ']' | '»' | '”' | '"' | '…' | ',' | '.'))
    }

    /// Whether a space stands between thousands: up to three digits before it (or a group already set), three after.
    fn is_group(&self, start: usize, end: usize) -> bool {
        let before = self.chars[..start].iter().rev().take_while(|c| c.is_ascii_digit()).count();
        let after = self.chars[end..].iter().take_while(|c| c.is_ascii_digit()).count();
        let at = |back: usize| start.checked_sub(before + back).map(|i| self.chars[i]);
        let decimal = matches!(at(1), Some(',' | '.' | '/')) && at(2).is_some_and(char::is_alphanumeric);
        let whole = !decimal && at(1).is_none_or(|c| !c.is_alphanumeric());
        before <= 3 && after == 3 && whole && end == start + 1
    }

    /// Whether a unit, a month or a large number stands here.
    fn is_unit(&self, at: usize) -> bool {
        if self.chars.get(at).is_some_and(|c| matches!(c, '%' | '‰' | '€' | '$' | '£' | '°')) {
            return true;
        }
        let word: String = self.chars[at..].iter().take_while(|c| c.is_alphanumeric()).collect();
        let words = if self.french() { FRENCH_UNITS } else { ENGLISH_UNITS };
        UNITS.contains(&word.as_str()) || words.contains(&word.as_str())
    }

    /// After a letter an apostrophe; one that might open or close a quote stays.
    fn apostrophe(&mut self) {
        let after_letter = self.before().is_some_and(char::is_alphabetic);
        let quote_is_open = self.opened_single();
        self.out.push(if after_letter && !quote_is_open { '’' } else { '\'' });
        self.at += 1;
    }

    /// Whether a straight single mark opened a quote that this one might close.
    fn opened_single(&self) -> bool {
        let ends_word = self.chars.get(self.at + 1).is_none_or(|c| !c.is_alphanumeric());
        let opens = |i: usize| {
            self.chars[i] == '\''
                && i.checked_sub(1).is_none_or(|b| !self.chars[b].is_alphanumeric())
                && self.chars.get(i + 1).is_some_and(|c| c.is_alphanumeric())
        };
        ends_word && (0..self.at).any(opens)
    }

    /// A pair of straight marks becomes a pair of the language's marks; the second level within « ».
    fn straight_quote(&mut self) {
        if !self.paired {
            return self.take(1);
        }
        let nested = self.out.matches('«').count() > self.out.matches('»').count();
        let mark = match self.closing.take() {
            Some(close) => close,
            None if self.french() && !nested => {
                self.closing = Some("\u{202f}»");
                "«\u{202f}"
            }
            None => {
                self.closing = Some("”");
                "“"
            }
        };
        self.out.push_str(mark);
        self.at += 1;
    }

    /// `--` and `---` between words or numbers; an option such as `--root` stays.
    fn dashes(&mut self) {
        let run = self.chars[self.at..].iter().take_while(|c| **c == '-').count();
        let after = self.chars.get(self.at + run);
        let spaced = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || matches!(c, '«' | '»' | '“' | '”' | '"'));
        let between = spaced(self.before()) == spaced(after.copied());
        match run {
            2 if between => self.replace(2, '–'),
            3 if between => self.replace(3, '—'),
            _ => self.take(run),
        }
    }

    fn dots(&mut self) {
        let run = self.chars[self.at..].iter().take_while(|c| **c == '.').count();
        let path = self.chars.get(self.at + run) == Some(&'/');
        if run == 3 && !path { self.replace(3, '…') } else { self.take(run) }
    }

    /// Adds the space that the writer left out.
    fn french_sign(&mut self, c: char) {
        let after_word = self.before().is_some_and(|b| b.is_alphanumeric() || matches!(b, ')' | ']' | '%' | '”' | '…'));
        match c {
            '«' => {
                self.take(1);
                if self.chars.get(self.at).is_some_and(|next| !next.is_whitespace()) {
                    self.out.push(NARROW);
                }
            }
            '»' => {
                if self.before().is_some_and(|b| !b.is_whitespace() && b != '«') {
                    self.out.push(NARROW);
                }
                self.take(1);
            }
            ';' | '!' | '?' | ':' if after_word && self.closes_clause(self.at) => {
                self.out.extend(space_before(c));
                let run = self.chars[self.at..].iter().take_while(|c| matches!(c, ';' | ':' | '!' | '?')).count();
                self.take(run);
            }
            _ => self.take(1),
        }
    }

    fn before(&self) -> Option<char> {
        self.out.chars().next_back()
    }

    fn starts_word(&self) -> bool {
        !self.chars[self.at].is_whitespace()
            && self.before().is_none_or(|before| before.is_whitespace() || OPENING.contains(&before))
    }

    /// The end of the word that starts here; a mark of quotation is none of it.
    fn word(&self) -> usize {
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '«' | '»' | '<' | '>');
        (self.at..self.chars.len()).find(|&i| ends(self.chars[i])).unwrap_or(self.chars.len())
    }

    fn take(&mut self, count: usize) {
        self.out.extend(&self.chars[self.at..self.at + count]);
        self.at += count;
    }

    fn replace(&mut self, count: usize, with: char) {
        self.out.push(with);
        self.at += count;
    }
}

/// What may stand before the first word of a quote or a bracket.
const OPENING: &[char] = &['(', '[', '<', '«', '“', '"'];

const UNITS: &[&str] = &["km", "m", "cm", "mm", "kg", "g", "t", "ha", "h", "min", "s", "kW", "MW", "GW", "kV", "mm2"];
const FRENCH_UNITS: &[&str] = &[
    "mille",
    "million",
    "millions",
    "milliard",
    "milliards",
    "euros",
    "dollars",
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const ENGLISH_UNITS: &[&str] = &[
    "thousand",
    "million",
    "billion",
    "euros",
    "dollars",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn space_before(sign: char) -> Option<char> {
    match sign {
        ';' | '!' | '?' => Some(NARROW),
        ':' => Some(FIXED),
        _ => None,
    }
}

/// URLs, e-mail addresses and paths: nothing in them is punctuation.
fn is_address(word: &[char]) -> bool {
    let word: String = word.iter().collect();
    let trimmed = word.trim_start_matches(OPENING);
    let mail = trimmed.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
    word.contains("://") || trimmed.starts_with("www.") || trimmed.starts_with("mailto:") || mail
}
