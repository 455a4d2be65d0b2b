//! Which spaces do not break: before ; : ! ? », after «, within 10 000, between a number and
//! what it counts, after § and p.
//!
//! [`bound`] changes white space alone, and only where some stands already, so that it may be shown in place of exact
//! words: nothing that is compared or exported goes through it.

use std::borrow::Cow;

use crate::model::language::Language;

pub(super) const NARROW: char = '\u{202f}';
const FIXED: char = '\u{a0}';

/// A text whose spaces hold together what a line should not part. No other sign changes, and none is added.
pub fn bound(text: &str, language: Language) -> Cow<'_, str> {
    if may_bind(text, language) { walked(text, language) } else { Cow::Borrowed(text) }
}

pub(super) fn walked(text: &str, language: Language) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(start) = text[at..].find(char::is_whitespace).map(|i| at + i) {
        let rest = &text[start..];
        let end = start + rest.len() - rest.trim_start().len();
        at = end;
        let Some(space) = no_break(&text[..start], &text[start..end], &text[end..], language) else { continue };
        out.push_str(&text[copied..start]);
        out.push(space);
        copied = end;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// Whether a text has any sign of which [`no_break`] knows: numbers, and in French marks that stand after a space and « ».
fn may_bind(text: &str, language: Language) -> bool {
    let french = language.rules().stands_off;
    let sign = |byte: u8| french && matches!(byte, b';' | b':' | b'!' | b'?' | 0xc2);
    text.bytes().any(|byte| byte.is_ascii_digit() || sign(byte))
}

/// The language whose rules words in a language follow: its own, or English ones where the program has none.
pub fn rules_of(tag: Option<&str>, interface: Language) -> Language {
    let Some(tag) = tag else { return interface };
    let primary = tag.split('-').next().unwrap_or(tag);
    Language::ALL.iter().copied().find(|language| language.as_str() == primary).unwrap_or(Language::English)
}

/// `rtl` for a language that is written from right to left, by its tag: by its script where that is named, else by what it is
/// usually written in (CLDR).
pub fn direction(tag: Option<&str>) -> Option<&'static str> {
    const LANGUAGES: [&str; 18] = [
        "ar", "arc", "azb", "ckb", "dv", "fa", "glk", "he", "iw", "mzn", "nqo", "ps", "sd", "syr", "ug", "ur", "yi",
        "ji",
    ];
    const SCRIPTS: [&str; 9] = ["adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"];
    let lower = tag?.to_ascii_lowercase();
    let mut parts = lower.split('-');
    let language = parts.next()?;
    let script = parts.find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic()));
    let is_right = script.map_or(LANGUAGES.contains(&language), |script| SCRIPTS.contains(&script));
    is_right.then_some("rtl")
}

/// The space that must stand for a run of white space, if it may not be what it is.
pub(super) fn no_break(before: &str, run: &str, rest: &str, language: Language) -> Option<char> {
    let (last, next) = (before.chars().next_back(), rest.chars().next());
    let french = language.rules().stands_off;
    if french {
        if last == Some('«') || next == Some('»') {
            return Some(NARROW);
        }
        if let Some(sign) = next.filter(|_| closes_clause(rest)) {
            return space_before(sign);
        }
    }
    if last.is_some_and(|c| c.is_ascii_digit()) {
        if french && run.chars().count() == 1 && is_group(before, rest) {
            return Some(NARROW);
        }
        return (is_unit(rest, language) || french && is_counted(before, rest)).then_some(FIXED);
    }
    let first_of_month = french && before.ends_with("1er") && is_unit(rest, language);
    let numbered = next.is_some_and(|c| c.is_ascii_digit()) && precedes_number(before);
    (first_of_month || numbered).then_some(FIXED)
}

/// The space that French sets before a sign, if any.
pub(super) fn space_before(sign: char) -> Option<char> {
    match sign {
        ';' | '!' | '?' => Some(NARROW),
        ':' => Some(FIXED),
        _ => None,
    }
}

/// Whether the signs at the start end a clause: `?!` before a space or the end, and not the colon of `:root`.
pub(super) fn closes_clause(rest: &str) -> bool {
    let run = run_of(rest, CLAUSE_ENDS);
    let ends = |c: char| c.is_whitespace() || matches!(c, ')' | ']' | '»' | '”' | '"' | '…' | ',' | '.');
    run > 0 && rest[run..].chars().next().is_none_or(ends)
}

/// The bytes of a run of some signs, all of them ASCII, at the start of a text.
pub(super) fn run_of(text: &str, signs: &[char]) -> usize {
    text.len() - text.trim_start_matches(signs).len()
}

pub(super) const CLAUSE_ENDS: &[char] = &[';', ':', '!', '?'];

/// `§`, and the short forms of page and number where they are words of their own.
fn precedes_number(before: &str) -> bool {
    let word =
        before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '«' | '“')).next().unwrap_or(before);
    before.ends_with('§') || matches!(word, "p." | "pp." | "n°" | "no." | "No.")
}

/// Whether a unit, a month or a large number stands there.
fn is_unit(rest: &str, language: Language) -> bool {
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let word = &rest[..end];
    rest.starts_with(['%', '‰', '€', '$', '£', '°'])
        || UNITS.contains(&word)
        || language.rules().units.contains(&word)
        || language.months().iter().any(|names| names.first() == Some(&word))
}

/// Whether a number counts the word after it: « 11 000 hommes », not « en 2024 la … ».
fn is_counted(before: &str, rest: &str) -> bool {
    let head = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = before.len() - head.len();
    let year = digits == 4 || head.ends_with(['/', '-', '–', '—', '.', '…']);
    let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let word = &rest[..end];
    let follows = !rest[end..].starts_with(['\'', '’', '-', '–', '—']);
    let noun = word.chars().count() > 2 && word.chars().all(char::is_lowercase) && !SMALL_WORDS.contains(&word);
    !year && digits < 5 && noun && follows
}

/// Whether a space stands between thousands: one to three digits before it (or a group already set), three after.
fn is_group(before: &str, rest: &str) -> bool {
    let is_digit = |c: &char| c.is_ascii_digit();
    let after = rest.chars().take_while(is_digit).count();
    let head = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let mut back = head.chars().rev();
    let (last, second) = (back.next(), back.next());
    let decimal = matches!(last, Some(',' | '.' | '/')) && second.is_some_and(char::is_alphanumeric);
    before.len() - head.len() <= 3 && after == 3 && !decimal && last.is_none_or(|c| !c.is_alphanumeric())
}

const UNITS: &[&str] = &["km", "m", "cm", "mm", "kg", "g", "t", "ha", "h", "min", "s", "kW", "MW", "GW", "kV", "mm2"];
/// Words of three letters and more that are not counted by the number before them.
const SMALL_WORDS: &[&str] = &[
    "alors", "après", "aux", "avait", "avant", "avec", "car", "ces", "comme", "contre", "dans", "depuis", "des",
    "dont", "donc", "elle", "entre", "est", "était", "fait", "furent", "ils", "jusqu", "les", "leur", "lors", "mais",
    "même", "non", "nous", "ont", "pour", "puis", "quand", "que", "qui", "sans", "selon", "ses", "sont", "sous", "sur",
    "une", "vers", "voir",
];
