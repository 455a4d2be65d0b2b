//! What rules look for in words of any language: numbers and months, by the vocabulary of each ([`crate::words::rules`]).

use std::ops::Range;

use crate::evidence::normalise::normalise;
use crate::evidence::words::is_letter;
use crate::model::language::Language;
use crate::words::rules::{Rules, Vocabulary};

/// A text with its typography levelled, in lower case.
pub fn fold(text: &str) -> String {
    normalise(text).text().to_lowercase()
}

/// The first of some words or phrases that stands in a folded text; `*` at the end of one stands for any ending, at
/// its start for any beginning.
pub fn find_any<'a>(folded: &str, phrases: &[&'a str]) -> Option<&'a str> {
    phrases.iter().copied().find(|phrase| contains(folded, phrase))
}

fn contains(folded: &str, phrase: &str) -> bool {
    places(folded, phrase).next().is_some()
}

/// Where a word or phrase stands in a folded text, with `*` as in [`find_any`]: the byte at which each begins.
pub fn places<'t>(folded: &'t str, phrase: &'t str) -> impl Iterator<Item = usize> + 't {
    let core = phrase.trim_matches('*');
    let found = (!core.is_empty()).then(|| folded.match_indices(core)).into_iter().flatten();
    let whole = move |at: &usize| {
        let before = folded[..*at].chars().next_back();
        let after = folded[at + core.len()..].chars().next();
        (phrase.starts_with('*') || !before.is_some_and(is_letter))
            && (phrase.ends_with('*') || !after.is_some_and(is_letter))
    };
    found.map(|(at, _)| at).filter(whole)
}

/// The numbers that a text gives in figures, each in its likeliest reading, with the bytes that it takes in the folded text:
/// `11 000`, `1,5 million`. What is joined to letters (`T-72`, `2e`) is none.
pub fn amounts(folded: &str) -> Vec<(f64, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = folded[at..].find(|c: char| c.is_ascii_digit()).map(|i| at + i) {
        let (digits, length) = run(&folded[start..]);
        let end = start + length;
        let rest = &folded[end..];
        let glued = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric());
        // `T-72` is a name.
        let before = &folded[..start];
        let is_named = before.strip_suffix('-').is_some_and(|name| name.ends_with(char::is_alphabetic));
        let stands_alone = !is_named && !glued(before.chars().next_back()) && !glued(rest.chars().next());
        let (scale, word) = match scale_after(rest) {
            Some(scale) => (scale, rest.len() - rest.trim_start().len() + word_after(rest).len()),
            None => (1.0, 0),
        };
        if let Some(number) = digits.decimal.or(digits.grouped).filter(|_| stands_alone) {
            found.push((number * scale, start..end + word));
        }
        at = end;
    }
    found
}

fn word_after(rest: &str) -> &str {
    let rest = rest.trim_start();
    &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())]
}

/// Every number that a text can be read to hold, in figures with any separators or in simple words.
pub fn numbers(text: &str) -> Vec<f64> {
    let folded = in_letters(&fold(text));
    let mut found = Vec::new();
    in_figures(&folded, &mut found);
    in_words(&folded, &mut found);
    found
}

/// Halves and quarters that are one character, as decimals: `2½` is `2.5`, `½` is `0.5`.
fn in_letters(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    for character in folded.chars() {
        let decimals = match character {
            '½' => ".5",
            '¼' => ".25",
            '¾' => ".75",
            _ => {
                out.push(character);
                continue;
            }
        };
        if !out.ends_with(|c: char| c.is_ascii_digit()) {
            out.push('0');
        }
        out.push_str(decimals);
    }
    out
}

/// `11 000`, `11.000`, `11,5`, `11 millions`: every reading of each run of figures.
fn in_figures(folded: &str, found: &mut Vec<f64>) {
    let mut at = 0;
    while let Some(start) = folded[at..].find(|c: char| c.is_ascii_digit()).map(|i| at + i) {
        let (digits, end) = run(&folded[start..]);
        let readings = [digits.grouped, digits.decimal].into_iter().flatten();
        let rest = &folded[start + end..];
        let scale = scale_after(rest).or_else(|| shared_scale(rest));
        for reading in readings.chain(digits.first) {
            found.push(reading);
            found.extend(scale.map(|scale| reading * scale));
        }
        at = start + digits.step;
    }
}

struct Digits {
    /// All groups of three joined.
    grouped: Option<f64>,
    /// The last mark read as a decimal one.
    decimal: Option<f64>,
    /// The first run of digits alone.
    first: Option<f64>,
    /// Bytes of the first run of digits.
    step: usize,
}

/// Reads a run of figures and the bytes that it takes.
fn run(text: &str) -> (Digits, usize) {
    let digits = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(text);
    let (mut joined, mut end) = (text[..first].to_owned(), first);
    while let Some(mark) = text[end..].chars().next().filter(|c| matches!(c, ' ' | '.' | ',' | '\'' | '_')) {
        let next = end + mark.len_utf8();
        if joined.len() > 15 || first > 3 || digits(&text[next..]) != 3 {
            break;
        }
        joined.push_str(&text[next..next + 3]);
        end = next + 3;
    }
    let fraction = text[end..].strip_prefix(['.', ',']).map(digits).filter(|n| *n > 0);
    let decimal = fraction.and_then(|n| format!("{joined}.{}", &text[end + 1..end + 1 + n]).parse().ok());
    let end_of_all = end + fraction.map_or(0, |n| n + 1);
    let simple = (end > first).then(|| text[..first].parse().ok()).flatten();
    (Digits { grouped: joined.parse().ok(), decimal, first: simple, step: first }, end_of_all)
}

fn scale_after(rest: &str) -> Option<f64> {
    let word: String = rest.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
    scale(&word)
}

/// The scale of a number that stands behind, where one word or a dash joins the two: « 1,2 bis 1,8 Millionen ».
fn shared_scale(rest: &str) -> Option<f64> {
    let rest = rest.trim_start();
    let dash = rest.strip_prefix(['-', '–', '—']);
    let word = || Some(&rest[word_after(rest).len()..]).filter(|_| is_listed(word_after(rest), |v| v.ranges));
    let next = dash.or_else(word)?.trim_start_matches(|c: char| !c.is_alphanumeric());
    let has_figures = next.starts_with(|c: char| c.is_ascii_digit());
    has_figures.then(|| scale_after(&next[run(next).1..])).flatten()
}

fn scale(word: &str) -> Option<f64> {
    Language::all_rules().find_map(|rules| (rules.vocabulary.scale)(word))
}

fn unit(word: &str) -> Option<f64> {
    Language::all_rules().find_map(|rules| (rules.vocabulary.number)(word))
}

fn part(word: &str) -> Option<f64> {
    Language::all_rules().find_map(|rules| (rules.vocabulary.part)(word))
}

/// Whether any language's list of its vocabulary holds a word.
fn is_listed(word: &str, list: fn(&Vocabulary) -> &'static [&'static str]) -> bool {
    Language::all_rules().any(|rules| list(&rules.vocabulary).contains(&word))
}

/// The weekday of a name, 1 for Monday to 7 (ISO 8601).
pub fn weekday(word: &str) -> Option<i8> {
    let at = |rules: &Rules| rules.vocabulary.weekdays.iter().position(|names| names.contains(&word));
    i8::try_from(Language::all_rules().find_map(at)? + 1).ok()
}

/// A number in words, as far as it was read.
#[derive(Default)]
struct Reading {
    total: f64,
    current: f64,
    /// The last scale that was read, for « two million and a half ».
    scale: f64,
    open: bool,
    /// Whether the word before was a joint.
    joined: bool,
    /// Whether a joint and a word for one were the last: of « and a half » the article, of « vingt et un » a number.
    one: bool,
}

impl Reading {
    /// Takes a word that belongs to a number; whether it does.
    fn take(&mut self, word: &str) -> bool {
        let joined = std::mem::take(&mut self.joined);
        let one = std::mem::take(&mut self.one);
        match (unit(word), scale(word).filter(|_| word.len() > 1)) {
            (Some(20.0), _) if self.current == 4.0 => self.current = 80.0,
            // « half a million »: the article counts nothing.
            (Some(1.0), _) if self.current == 0.5 => {}
            (Some(n), _) => {
                self.current += n;
                self.one = joined && n == 1.0;
            }
            (None, Some(100.0)) => self.current = one_or(self.current) * 100.0,
            (None, Some(scale)) => {
                self.total += one_or(self.current) * scale;
                (self.current, self.scale) = (0.0, scale);
            }
            (None, None) => match part(word) {
                Some(part) if one => {
                    self.current -= 1.0;
                    self.add(part);
                }
                Some(part) if joined => self.add(part),
                Some(part) => self.current = one_or(self.current) * part,
                None if self.open && is_listed(word, |v| v.joints) => self.joined = true,
                None => return false,
            },
        }
        self.open = true;
        true
    }

    /// Adds a part of what was read last: of its scale, or of one.
    fn add(&mut self, part: f64) {
        match self.current == 0.0 {
            true => self.total += part * self.scale,
            false => self.current += part,
        }
    }

    /// What was read; of a part also the per cent that it is, either way rounded.
    fn numbers(&self) -> Vec<f64> {
        let number = self.total + self.current;
        match number > 0.0 && number < 1.0 {
            true => vec![number, (number * 100.0).floor(), (number * 100.0).round()],
            false => vec![number],
        }
    }
}

fn one_or(current: f64) -> f64 {
    if current == 0.0 { 1.0 } else { current }
}

/// `onze mille`, `quatre-vingt-dix`, `two hundred thousand`, `half a million`, `zweieinhalb Millionen`, `no one`.
fn in_words(folded: &str, found: &mut Vec<f64>) {
    let mut reading = Reading::default();
    // A number without a scale, and the words since: « four to six million ».
    let mut before: Option<(f64, usize)> = None;
    for word in folded.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).chain([""]) {
        if reading.take(word) {
            continue;
        }
        if reading.open {
            found.extend(reading.numbers());
            let shared = before.filter(|(_, words)| *words == 1 && reading.scale > 1.0);
            found.extend(shared.map(|(number, _)| number * reading.scale));
            before = (reading.scale == 0.0).then_some((reading.current, 0));
        }
        reading = Reading::default();
        before = match before {
            Some((number, words)) if is_listed(word, |v| v.ranges) => Some((number, words + 1)),
            _ => None,
        };
        if is_listed(word, |v| v.none) {
            found.push(0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(text: &str, numbers_in_it: &[f64]) {
        for number in numbers_in_it {
            assert!(numbers(text).contains(number), "{number} in {text}: {:?}", numbers(text));
        }
    }

    #[test]
    fn numbers_in_figures() {
        for text in ["11 000 hommes", "11\u{202f}000", "11.000", "11,000", "11’000", "11000", "11 mille", "11k"] {
            holds(text, &[11_000.0]);
        }
        holds("entre 11 000 et 15 000", &[11_000.0, 15_000.0]);
        holds("1,5 million", &[1.5, 1_500_000.0]);
        holds("le 3 novembre 2024 300 soldats", &[3.0, 2024.0, 300.0]);
        assert!(!numbers("11 000").contains(&12_000.0));
        assert!(!numbers("111 000").contains(&11_000.0));
    }

    #[test]
    fn amounts_in_figures() {
        let check = |text: &str, expect: &[f64]| {
            let found: Vec<_> = amounts(&fold(text)).into_iter().map(|(number, _)| number).collect();
            assert_eq!(found, expect, "{text}");
        };
        check("entre 11 000 et 15 000 hommes", &[11_000.0, 15_000.0]);
        check("1,5 million de T-72", &[1_500_000.0]);
        check("le 2e jour, 4.000 Mann", &[4_000.0]);
        check("personne", &[]);
    }

    #[test]
    fn numbers_in_words() {
        holds("onze mille hommes", &[11_000.0]);
        holds("quatre-vingt-dix-neuf", &[99.0]);
        holds("deux cent mille", &[200_000.0]);
        holds("about two hundred and fifty thousand men", &[250_000.0]);
        holds("une centaine de soldats", &[100.0]);
        holds("des milliers", &[1_000.0]);
        assert_eq!(numbers("les soldats"), [0.0; 0]);
        holds("personne n’est venu", &[0.0]);
        holds("no one came", &[0.0]);
        holds("niemand kam", &[0.0]);
    }

    #[test]
    fn halves_and_parts_in_words() {
        for text in ["half a million", "un demi-million", "eine halbe Million", "½ million"] {
            holds(text, &[500_000.0]);
        }
        for text in ["one and a half million", "a million and a half", "un million et demi", "anderthalb Millionen"] {
            holds(text, &[1_500_000.0]);
        }
        for text in ["two million and a half", "deux millions et demi", "zweieinhalb Millionen", "2½ million"] {
            holds(text, &[2_500_000.0]);
        }
        holds("4,5 milliards", &[4_500_000_000.0]);
        for text in ["two-thirds of them", "les deux tiers", "zwei Drittel"] {
            holds(text, &[66.0, 67.0]);
        }
        holds("three quarters", &[0.75, 75.0]);
        holds("two dozen people", &[24.0]);
        holds("vingt et un hommes", &[21.0]);
        holds("one hundred and one", &[101.0]);
        holds("half of them", &[0.5, 50.0]);
    }

    #[test]
    fn phrases_are_whole_words() {
        assert_eq!(find_any(&fold("Il n’a pas confirmé."), &["dément", "n'a pas confirmé"]), Some("n'a pas confirmé"));
        assert_eq!(find_any("démentir", &["dément"]), None);
        assert_eq!(find_any("démentir", &["dément*"]), Some("dément*"));
        assert_eq!(find_any("ils seraient là", &["*raient"]), Some("*raient"));
    }
}
