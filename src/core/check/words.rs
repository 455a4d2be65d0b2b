//! What rules look for in words of any language: numbers and months, by the vocabulary of each ([`crate::words::rules`]).

use crate::evidence::normalise::normalise;
use crate::evidence::words::is_letter;
use crate::model::language::Language;

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
    let core = phrase.trim_matches('*');
    folded.match_indices(core).any(|(at, _)| {
        let before = folded[..at].chars().next_back();
        let after = folded[at + core.len()..].chars().next();
        (phrase.starts_with('*') || !before.is_some_and(is_letter))
            && (phrase.ends_with('*') || !after.is_some_and(is_letter))
    })
}

/// The month of a name, 1 to 12, in full.
pub fn month(word: &str) -> Option<u8> {
    let index = Language::all_rules().find_map(|rules| rules.months.iter().position(|names| names.contains(&word)))?;
    u8::try_from(index + 1).ok()
}

/// Every number that a text can be read to hold, in figures with any separators or in simple words.
pub fn numbers(text: &str) -> Vec<f64> {
    let folded = fold(text);
    let mut found = Vec::new();
    in_figures(&folded, &mut found);
    in_words(&folded, &mut found);
    found
}

/// `11 000`, `11.000`, `11,5`, `11 millions`: every reading of each run of figures.
fn in_figures(folded: &str, found: &mut Vec<f64>) {
    let mut at = 0;
    while let Some(start) = folded[at..].find(|c: char| c.is_ascii_digit()).map(|i| at + i) {
        let (digits, end) = run(&folded[start..]);
        let readings = [digits.grouped, digits.decimal].into_iter().flatten();
        let scale = scale_after(&folded[start + end..]);
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

fn scale(word: &str) -> Option<f64> {
    Language::all_rules().find_map(|rules| (rules.vocabulary.scale)(word))
}

fn unit(word: &str) -> Option<f64> {
    Language::all_rules().find_map(|rules| (rules.vocabulary.number)(word))
}

/// `onze mille`, `quatre-vingt-dix`, `two hundred thousand`.
fn in_words(folded: &str, found: &mut Vec<f64>) {
    let (mut total, mut current, mut open) = (0.0, 0.0, false);
    for word in folded.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).chain([""]) {
        match (unit(word), scale(word).filter(|_| word.len() > 1)) {
            (Some(20.0), _) if current == 4.0 => current = 80.0,
            (Some(n), _) => {
                current += n;
                open = true;
            }
            (None, Some(100.0)) => {
                current = f64::max(current, 1.0) * 100.0;
                open = true;
            }
            (None, Some(scale)) => {
                total += f64::max(current, 1.0) * scale;
                current = 0.0;
                open = true;
            }
            _ if open && Language::all_rules().any(|rules| rules.vocabulary.joints.contains(&word)) => {}
            _ => {
                if open {
                    found.push(total + current);
                }
                (total, current, open) = (0.0, 0.0, false);
            }
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
    fn numbers_in_words() {
        holds("onze mille hommes", &[11_000.0]);
        holds("quatre-vingt-dix-neuf", &[99.0]);
        holds("deux cent mille", &[200_000.0]);
        holds("about two hundred and fifty thousand men", &[250_000.0]);
        holds("une centaine de soldats", &[100.0]);
        holds("des milliers", &[1_000.0]);
        assert_eq!(numbers("personne"), [0.0; 0]);
    }

    #[test]
    fn phrases_are_whole_words() {
        assert_eq!(find_any(&fold("Il n’a pas confirmé."), &["dément", "n'a pas confirmé"]), Some("n'a pas confirmé"));
        assert_eq!(find_any("démentir", &["dément"]), None);
        assert_eq!(find_any("démentir", &["dément*"]), Some("dément*"));
        assert_eq!(find_any("ils seraient là", &["*raient"]), Some("*raient"));
    }
}
