//! What people write instead of EDTF, and what they should write.
//!
//! Only looked at once the strict reading has failed: nothing here makes a text a date, it only makes the fault useful.

use super::DateError;
use super::parse::form;
use crate::model::fault::is_digits;

/// The same fault, or a better one where the text is a known other way to write a date.
pub(super) fn improve(text: &str, error: DateError) -> DateError {
    let guesses = [space, slashes, compact, words, approximate, range, decade];
    let Some((message, help)) = guesses.iter().find_map(|guess| guess(text)) else { return error };
    DateError { range: 0..text.len(), message, help: Some(help) }
}

type Guess = Option<(String, String)>;

/// A suggestion, if it can itself be read.
fn write(message: &str, suggestion: String) -> Guess {
    form(&suggestion).ok()?;
    Some((format!("this is not how a date is written here: {message}"), format!("write {suggestion}")))
}

fn space(text: &str) -> Guess {
    let trimmed = text.trim();
    if trimmed == text {
        return None;
    }
    form(trimmed).ok()?;
    Some(("there is a space around the date".into(), format!("write {trimmed}")))
}

/// `3/11/2024`, `03.11.2024`, `2024/11/3`, `2024-6-1`: day first, as most of the world writes, unless that is no day.
fn slashes(text: &str) -> Guess {
    let separator = ['/', '.', '-', ' '].into_iter().find(|s| text.contains(*s))?;
    let parts: Vec<&str> = text.split(separator).collect();
    if !parts.iter().all(|part| is_digits(part) && part.len() <= 4) {
        return None;
    }
    let two = |part: &str| format!("{part:0>2}");
    match parts[..] {
        [year, month, day] if year.len() == 4 => {
            write("year, month and day, two digits each", format!("{year}-{}-{}", two(month), two(day)))
        }
        [day, month, year] if year.len() == 4 => {
            write("the year comes first", format!("{year}-{}-{}", two(month), two(day)))
                .map(|(message, help)| (message, format!("{help} (day {day}, month {month})")))
                .or_else(|| write("the year comes first", format!("{year}-{}-{}", two(day), two(month))))
        }
        [month, year] if year.len() == 4 && month.len() <= 2 => {
            write("the year comes first", format!("{year}-{}", two(month)))
        }
        [year, month] if year.len() == 4 && month.len() <= 2 => {
            write("a month has two digits", format!("{year}-{}", two(month)))
        }
        _ => None,
    }
}

/// `20240619`, the basic format of ISO 8601, and `202406`.
fn compact(text: &str) -> Guess {
    if !is_digits(text) {
        return None;
    }
    let (year, rest) = text.split_at_checked(4)?;
    let date = match rest.len() {
        2 => format!("{year}-{rest}"),
        4 => format!("{year}-{}-{}", &rest[..2], &rest[2..]),
        _ => return None,
    };
    write("year, month and day are kept apart", date)
}

/// `juin 2024`, `3 novembre 2024`, `November 3, 2024`.
fn words(text: &str) -> Guess {
    let lower = text.to_lowercase();
    let mut words: Vec<&str> = lower.split([' ', ',', '\u{a0}', '\u{202f}']).filter(|w| !w.is_empty()).collect();
    let at = words.iter().position(|word| month(word).is_some())?;
    let month = month(words.remove(at))?;
    let ordinal = |word: &str| word.trim_end_matches(['s', 't', 'h', 'n', 'd', 'r', 'e']).to_owned();
    match words[..] {
        [year] => write("in numbers", format!("{year}-{month:02}")),
        [day, year] => write("in numbers", format!("{year}-{month:02}-{:0>2}", ordinal(day))),
        _ => None,
    }
}

/// The number of a month by its French or English name, whole or cut to three letters or more.
fn month(word: &str) -> Option<usize> {
    const FRENCH: [&str; 12] = [
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
    const ENGLISH: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches('.');
    let cut = |name: &&str| word.chars().count() >= 3 && name.starts_with(word);
    let exact = |name: &&str| *name == word;
    let find = |test: &dyn Fn(&&str) -> bool| {
        FRENCH.iter().position(test).or_else(|| ENGLISH.iter().position(test)).map(|index| index + 1)
    };
    find(&exact).or_else(|| find(&cut))
}

/// `vers 2024`, `c. 2024`, `~2024`.
fn approximate(text: &str) -> Guess {
    const WORDS: [&str; 12] =
        ["~", "≈", "vers ", "circa ", "ca. ", "ca ", "c. ", "environ ", "about ", "around ", "approx. ", "autour de "];
    let lower = text.to_lowercase();
    let date = WORDS.iter().find_map(|word| lower.strip_prefix(word))?;
    write("`~` stands at the end", format!("{}~", date.trim()))
}

/// `2023..2024`, `2023–2024`, `2023 - 2024`.
fn range(text: &str) -> Guess {
    let (start, end) =
        ["..", " - ", "–", "—", " à ", " to "].iter().find_map(|separator| text.split_once(separator))?;
    let end = if end.is_empty() { ".." } else { end.trim() };
    let start = if start.is_empty() { ".." } else { start.trim() };
    write("an interval has a `/`", format!("{start}/{end}"))
}

/// `1990s`.
fn decade(text: &str) -> Guess {
    let digits = text.strip_suffix('s')?.trim_end_matches('\'');
    let known = digits.strip_suffix('0')?;
    write("digits that are not known are `X`", format!("{known}X"))
}
