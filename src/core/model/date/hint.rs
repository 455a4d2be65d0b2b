//! What people write instead of EDTF, and what they should write.
//!
//! Only looked at once the strict reading has failed: nothing here makes a text a date, it only makes the fault useful.

use super::DateError;
use super::parse::form;
use crate::model::fault::is_digits;
use crate::model::language::month_cut;

/// The same fault, or a better one where the text is a known other way to write a date.
pub(super) fn improve(text: &str, error: DateError) -> DateError {
    const GUESSES: [fn(&str) -> Guess; 9] =
        [spaces, dashes, slashes, compact, words, approximate, short_end, range, either];
    // A quarter and a decade are not written in their own digits.
    const RULES: [fn(&str) -> Guess; 2] = [seasons, decade];
    let sound = |guess: &fn(&str) -> Guess| guess(text).filter(|(_, help)| keeps_all(text, help));
    let guess = RULES.iter().find_map(|rule| rule(text)).or_else(|| GUESSES.iter().find_map(sound));
    match guess {
        Some((message, help)) => DateError::new(0..text.len(), message).help(help),
        None => DateError { help: error.help.filter(|help| keeps_all(text, help)), ..error },
    }
}

/// Whether help proposes nothing, or dates that can be read and leave out nothing of what was written: no digit, no sign,
/// no doubt.
fn keeps_all(text: &str, help: &str) -> bool {
    let Some(suggested) = help.strip_prefix("write ") else { return true };
    let dates = suggested.split(" or ").map(|date| date.split(" (").next().unwrap_or_default());
    let mut dates = dates.map(|date| date.split(" for ").next().unwrap_or_default());
    dates.all(|date| {
        let is_kept = |c: char| text.matches(c).count() <= date.matches(c).count();
        form(date).is_ok()
            && ('0'..='9').chain(['?', '~', '%', 'X']).all(is_kept)
            && before_era(text) == before_era(date)
    })
}

/// How many years before our era are named.
fn before_era(text: &str) -> usize {
    let begins =
        |at: usize| text[..at].chars().next_back().is_none_or(|c| matches!(c, '/' | '[' | ' ' | ',' | '.' | 'Y'));
    let signs = text.match_indices('-').map(|(at, _)| at);
    signs.filter(|at| begins(*at) && text[at + 1..].starts_with(|c: char| c.is_ascii_digit())).count()
}

/// What is wrong and what to write.
type Guess = Option<(String, String)>;

/// A suggestion, if it can itself be read.
fn write(message: &str, suggestion: String) -> Guess {
    form(&suggestion).ok()?;
    Some((format!("this is not how a date is written here: {message}"), format!("write {suggestion}")))
}

/// Two suggestions, each with what it means, of which only the writer knows which it is.
fn write_either(message: &str, [(one, means), (other, otherwise)]: [(String, &str); 2]) -> Guess {
    match (form(&one), form(&other)) {
        (Ok(_), Ok(_)) => {
            write(message, one).map(|(message, help)| (message, format!("{help} ({means}) or {other} ({otherwise})")))
        }
        (Ok(_), Err(_)) => write(message, one),
        (Err(_), _) => write(message, other),
    }
}

/// ` 2024`, `2024-06-19 ?`, `2024 / 2025`. A space between two digits, or beside a hyphen, may stand for more than nothing.
fn spaces(text: &str) -> Guess {
    let words: Vec<_> = text.split_whitespace().collect();
    let parts = |pair: &[&str]| {
        let (before, after) = (pair[0].chars().next_back(), pair[1].chars().next());
        let hyphen = before == Some('-') || after == Some('-');
        hyphen || (before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit()))
    };
    if words.windows(2).any(parts) {
        return None;
    }
    let without: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if without == text { None } else { write("there is a space in it", without) }
}

/// `2024–06` with the dashes of a word processor. Before everything a dash may be a minus, or stand for a beginning left
/// out.
fn dashes(text: &str) -> Guess {
    if let Some(guess) = text.split_once('–').and_then(|(year, last)| short_years(year, last, "it takes plain hyphens"))
    {
        return Some(guess);
    }
    if text.starts_with('–') {
        return None;
    }
    const DASHES: [char; 5] = ['\u{2010}', '\u{2011}', '\u{2012}', '–', '\u{2212}'];
    let with_hyphens = text.replace(DASHES, "-");
    if with_hyphens == text { None } else { write("it takes plain hyphens", with_hyphens) }
}

/// `3/11/2024`, `03.11.2024`, `2024/11/3`, `2024-6-1`: day first, as most of the world writes, unless that is no day.
fn slashes(text: &str) -> Guess {
    let separator = ['/', '.', '-', ' '].into_iter().find(|s| text.contains(*s))?;
    let parts: Vec<&str> = text.split(separator).collect();
    if !parts.iter().all(|part| is_digits(part) && part.len() <= 4) {
        return None;
    }
    match parts[..] {
        [year, month, day] if year.len() == 4 => {
            write("year, month and day, two digits each", format!("{year}-{}-{}", two_digits(month), two_digits(day)))
        }
        [day, month, year] if year.len() == 4 => day_first(day, month, year),
        [month, year] if year.len() == 4 && month.len() <= 2 => {
            write("the year comes first", format!("{year}-{}", two_digits(month)))
        }
        [year, month] if year.len() == 4 && month.len() <= 2 => {
            let message = "a month has two digits";
            let two_years = (separator == '/').then(|| short_years(year, month, message)).flatten();
            two_years.or_else(|| write(message, format!("{year}-{}", two_digits(month))))
        }
        _ => None,
    }
}

/// `2011/12`, `2011–12`: a month, or two years of which the second leaves out what the first says.
fn short_years(year: &str, last: &str, message: &str) -> Guess {
    if !is_digits(year) || !is_digits(last) || year.len() != 4 || last.len() != 2 || last <= &year[2..] {
        return None;
    }
    let years = format!("{year}/{}{last}", &year[..2]);
    write_either(message, [(format!("{year}-{last}"), "the month"), (years, "the years")])
}

fn day_first(day: &str, month: &str, year: &str) -> Guess {
    let message = "the year comes first";
    let [first, second] = [day, month].map(two_digits);
    let european = write(message, format!("{year}-{second}-{first}"));
    let american = write(message, format!("{year}-{first}-{second}"));
    Some(match (european, american) {
        (Some(european), _) if first == second => european,
        // Which of the two is the day is not ours to say.
        (Some((message, one)), Some((_, other))) => {
            let other = other.trim_start_matches("write ");
            (message, format!("{one} (day {day}, month {month}) or {other} (day {month}, month {day})"))
        }
        (Some((message, help)), None) => (message, format!("{help} (day {day}, month {month})")),
        (None, Some(american)) => american,
        (None, None) => ("there is no such day".into(), "the year comes first, then month and day".into()),
    })
}

fn two_digits(part: &str) -> String {
    format!("{part:0>2}")
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

/// `juin 2024`, `le 3 novembre 2024`, `November 3, 2024`, `les 28 et 29 avril 2025`.
fn words(text: &str) -> Guess {
    let lower = text.to_lowercase();
    let mut words = split_words(&lower);
    words.retain(|word| !["le", "les", "du", "en", "the", "in", "on", "of", "am", "der"].contains(word));
    let at = words.iter().position(|word| month_cut(word).is_some())?;
    let month = month_cut(words.remove(at))?;
    let day = |year: &str, day: &str| format!("{year}-{month:02}-{:0>2}", cardinal(day));
    let suggestion = match words[..] {
        [year] => format!("{year}-{month:02}"),
        [days, year] => match days.split_once(['-', '–', '/']) {
            Some((first, last)) => format!("{}/{}", day(year, first), day(year, last)),
            None => day(year, days),
        },
        [first, "et" | "and" | "und" | "au" | "to" | "bis" | "-" | "–", last, year] => {
            format!("{}/{}", day(year, first), day(year, last))
        }
        [first, "ou" | "or" | "oder", last, year] => format!("[{}, {}]", day(year, first), day(year, last)),
        _ => return None,
    };
    write("in numbers", suggestion)
}

fn split_words(text: &str) -> Vec<&str> {
    text.split([' ', ',', '\u{a0}', '\u{202f}']).filter(|word| !word.is_empty()).collect()
}

/// `1er`, `3rd` as `1`, `3`.
fn cardinal(word: &str) -> &str {
    word.trim_end_matches(|c: char| c.is_alphabetic() || c == '.')
}

/// `été 2024`, `T2 2024`, `Q4 2024`.
fn seasons(text: &str) -> Guess {
    let lower = text.to_lowercase();
    let [name, year] = split_words(&lower)[..] else { return None };
    let season = match name {
        "printemps" | "spring" | "frühling" | "frühjahr" => "21",
        "été" | "summer" | "sommer" => "22",
        "automne" | "autumn" | "fall" | "herbst" => "23",
        "hiver" | "winter" => "24",
        "t1" | "q1" => return write("a quarter is an interval of months", format!("{year}-01/{year}-03")),
        "t2" | "q2" => return write("a quarter is an interval of months", format!("{year}-04/{year}-06")),
        "t3" | "q3" => return write("a quarter is an interval of months", format!("{year}-07/{year}-09")),
        "t4" | "q4" => return write("a quarter is an interval of months", format!("{year}-10/{year}-12")),
        _ => return None,
    };
    write("seasons have the numbers 21 (spring) to 24 (winter)", format!("{year}-{season}"))
}

/// `vers 2024`, `c. 2024`, `~2024`.
fn approximate(text: &str) -> Guess {
    const WORDS: [&str; 15] = [
        "~",
        "≈",
        "vers ",
        "circa ",
        "ca. ",
        "ca ",
        "c. ",
        "environ ",
        "about ",
        "around ",
        "approx. ",
        "autour de ",
        "etwa ",
        "um ",
        "gegen ",
    ];
    let lower = text.to_lowercase();
    let date = WORDS.iter().find_map(|word| lower.strip_prefix(word))?;
    write("`~` stands at the end", format!("{}~", date.trim()))
}

/// `2023..2024`, `2023–2024`, `2023 - 2024`. What `..` joins in a set is one date of them, and a range of dates elsewhere.
fn range(text: &str) -> Guess {
    let joint = ["..", " - ", "–", "—", " à ", " to ", " bis "].into_iter().find(|joint| text.contains(joint))?;
    let (start, end) = text.split_once(joint)?;
    let (start, end) = (start.trim(), end.trim());
    let message = "an interval has a `/`, and one of several dates stands between `[` and `]`";
    let set = format!("[{start}..{end}]");
    match (joint, start, end) {
        ("..", "", _) => {
            write_either(message, [(set, "one date, by then"), (format!("../{end}"), "all the time until then")])
        }
        ("..", _, "") => write_either(
            message,
            [(set, "one date, not before that"), (format!("{start}/.."), "from then on, with no end")],
        ),
        ("..", _, _) => write_either(
            message,
            [(set, "one date between the two"), (format!("{start}/{end}"), "from the one to the other")],
        ),
        // Who leaves out an end says no more than that it is open, or not known, or that the dash is a minus.
        (_, "", _) | (_, _, "") => None,
        _ => write("an interval has a `/`", format!("{start}/{end}")),
    }
}

/// `2024-06-18/19`, `2024-06/08`: what the end leaves out is the start's.
fn short_end(text: &str) -> Guess {
    let (start, end) = text.split_once('/')?;
    let kept = start.len().checked_sub(end.len())?;
    if !is_digits(end) || end.len() != 2 {
        return None;
    }
    let message = "each end of an interval is a whole date";
    let interval = format!("{start}/{}{end}", start.get(..kept)?);
    form(&interval).ok()?;
    match start.len() {
        7 => write_either(message, [(interval, "two months"), (format!("{start}-{end}"), "a day")]),
        _ => write(message, interval),
    }
}

/// `2023 ou 2024-06`.
fn either(text: &str) -> Guess {
    let (one, other) = [" ou ", " or ", " oder "].iter().find_map(|separator| text.split_once(separator))?;
    write("one of several dates is a set", format!("[{}, {}]", one.trim(), other.trim()))
}

/// `1990s`, `années 1990`. « 1900s » is a decade to some and a century to others.
fn decade(text: &str) -> Guess {
    let lower = text.to_lowercase();
    let message = "digits that are not known are `X`";
    let digits = |text: &str| text.trim_end_matches(['\'', '’']).strip_suffix('0').map(str::to_owned);
    if let Some(known) = lower.strip_prefix("années ").and_then(digits) {
        return write(message, format!("{known}X"));
    }
    let known = lower.strip_suffix('s').and_then(digits)?;
    match known.strip_suffix('0') {
        Some(century) => {
            write_either(message, [(format!("{known}X"), "the decade"), (format!("{century}XX"), "the century")])
        }
        None => write(message, format!("{known}X")),
    }
}
