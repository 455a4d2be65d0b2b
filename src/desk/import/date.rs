//! Dates as other programs write them, as EDTF; what may mean two days is not guessed.

use sourcebook_core::model::date::Edtf;
use sourcebook_core::model::language::month_cut;

/// A text that is no date, or may be two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Untold;

/// A date as EDTF: `Ok(None)` where the text says that there is none, `Err` where it cannot be told.
///
/// Taken: EDTF itself, a date and time (its date), RIS's `2024/10/23/`, `20241023`, and months in words, in English and
/// French. Not taken: `03/11/2024`, which is two days.
pub fn edtf(text: &str) -> Result<Option<String>, Untold> {
    let text = text.trim();
    let lower = text.to_lowercase();
    if ["", "n.d.", "n.d", "nd", "s.d.", "s.d", "sd", "no date", "sans date", "/", "//", "///"].contains(&&*lower) {
        return Ok(None);
    }
    let day = day_of(text);
    let known = [
        circa(&lower),
        Some(day.to_owned()),
        bounds(text),
        slashed(text),
        compact(text),
        words(&lower),
        months(&lower),
    ];
    known.into_iter().flatten().find(|date| Edtf::parse(date).is_ok()).map(Some).ok_or(Untold)
}

/// The year that a text begins with, if it says one.
pub fn year(text: &str) -> Option<&str> {
    let digits = text.trim().split(|c: char| !c.is_ascii_digit()).next()?;
    (digits.len() == 4).then_some(digits)
}

/// Whether a date stands in square brackets: whoever made the entry found it elsewhere than in the work (ISBD). A list of
/// dates in them is a set of EDTF.
pub fn is_supplied(text: &str) -> bool {
    let inside = text.trim().strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    inside.is_some_and(|date| !date.contains([',', '[']) && !date.contains(".."))
}

/// biblatex's open ends, `2024/` and `/2024`, and years that a dash parts: `1999-2001`, `1999/2001`.
fn bounds(text: &str) -> Option<String> {
    let (start, end) = text
        .split_once('/')
        .or_else(|| text.split_once(['–', '—']))
        .or_else(|| text.split_once('-').filter(|(start, end)| start.len() == 4 && end.len() == 4))?;
    let (start, end) = (start.trim(), end.trim());
    let or_open = |date: &str| if date.is_empty() { "..".to_owned() } else { date.to_owned() };
    let is_end = |date: &str| date.is_empty() || Edtf::parse(date).is_ok();
    let sound = is_end(start) && is_end(end) && !(start.is_empty() && end.is_empty());
    sound.then(|| format!("{}/{}", or_open(start), or_open(end)))
}

/// `oct-dec 2015`, `july/august 2015`: from one month to another.
fn months(lower: &str) -> Option<String> {
    let (months, year) = lower.rsplit_once(' ')?;
    let (start, end) = months.split_once(['-', '/', '–', '&'])?;
    let (start, end) = (month_of(start.trim())?, month_of(end.trim())?);
    let sound = start < end && year.len() == 4 && is_digits(year);
    sound.then(|| format!("{year}-{start:02}/{year}-{end:02}"))
}

/// Without the time of day.
fn day_of(text: &str) -> &str {
    let is_time = |at: usize| {
        text[at + 1..].starts_with(|c: char| c.is_ascii_digit()) && text[..at].ends_with(|c: char| c.is_ascii_digit())
    };
    let end = text.find(['T', ' ']).filter(|at| text[..*at].matches('-').count() == 2 && is_time(*at));
    &text[..end.unwrap_or(text.len())]
}

/// RIS: `2024/10/23/after that, words`, any part of which may be empty; also `2024/10`, `2024-1-9`.
fn slashed(text: &str) -> Option<String> {
    let separator = if text.contains('/') { '/' } else { '-' };
    let mut parts = text.splitn(4, separator).map(str::trim);
    let year = parts.next().filter(|y| y.len() == 4 && is_digits(y))?;
    let mut date = year.to_owned();
    for part in parts.take(2) {
        match part {
            "" => break,
            part if part.len() <= 2 && is_digits(part) => date += &format!("-{part:0>2}"),
            _ => return None,
        }
    }
    Some(date)
}

fn compact(text: &str) -> Option<String> {
    let digits = (text.len() == 8 && is_digits(text)).then_some(text)?;
    Some(format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]))
}

/// `23 october 2024`, `oct. 23, 2024`, `2024 oct 23`, `octobre 2024`, `sat nov 02 2024 10:12:33 gmt+0100`, `spring 2024`.
fn words(lower: &str) -> Option<String> {
    let is_between = |c: char| c.is_whitespace() || matches!(c, ',' | '/' | '-');
    let (mut year, mut month, mut day, mut season) = (None, None, None, None);
    for word in lower.split(is_between).filter(|w| !w.is_empty() && !w.contains(':') && !PASSED.contains(w)) {
        let number = word.trim_end_matches(|c: char| c.is_alphabetic() || c == '.');
        let slot = match (month_of(word), season_of(word)) {
            (Some(n), _) => (&mut month, n),
            (_, Some(n)) => (&mut season, n),
            _ if is_digits(number) && number.len() == 4 && number == word => (&mut year, number.parse().ok()?),
            _ if is_digits(number) && number.len() <= 2 => (&mut day, number.parse().ok()?),
            // After the date stand a time and a zone.
            _ if year.is_some() && month.is_some() && day.is_some() => break,
            _ => return None,
        };
        if slot.0.replace(slot.1).is_some() {
            return None;
        }
    }
    match (year?, month, day, season) {
        (year, Some(month), Some(day), None) => Some(format!("{year:04}-{month:02}-{day:02}")),
        (year, Some(month), None, None) => Some(format!("{year:04}-{month:02}")),
        (year, None, None, Some(season)) => Some(format!("{year:04}-{season}")),
        _ => None,
    }
}

const PASSED: [&str; 20] = [
    "le",
    "the",
    "of",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "lundi",
    "mardi",
    "mercredi",
];

/// `c. 1900`, `ca 1900`, `[1900]`, `[ca. 1900?]`, `1900?`.
fn circa(lower: &str) -> Option<String> {
    let inside = lower.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(lower).trim();
    let words = ["circa ", "ca. ", "ca ", "c. ", "vers ", "um ", "about ", "approx. "];
    let date = words.iter().find_map(|word| inside.strip_prefix(word)).map(str::trim);
    let (bare, doubted) = match date.unwrap_or(inside).strip_suffix('?') {
        Some(bare) => (bare, true),
        None => (date.unwrap_or(inside), false),
    };
    let mark = match (date.is_some(), doubted) {
        (true, true) => "%",
        (true, false) => "~",
        (false, true) => "?",
        (false, false) if inside == lower => return None,
        (false, false) => "",
    };
    let date = slashed(bare).or_else(|| Some(bare.to_uppercase()).filter(|date| Edtf::parse(date).is_ok()))?;
    let is_marked = date.ends_with(['~', '?', '%']);
    Some(if is_marked { date } else { format!("{date}{mark}") })
}

/// The number of a month by its name, whole or cut to three letters or more, or by its number.
pub fn month(text: &str) -> Option<u16> {
    let lower = text.trim().to_lowercase();
    month_of(&lower).or_else(|| lower.parse().ok().filter(|n| (1..=12).contains(n)))
}

fn month_of(word: &str) -> Option<u16> {
    month_cut(word).map(u16::from)
}

fn season_of(word: &str) -> Option<u16> {
    Some(match word {
        "spring" | "spr" | "printemps" => 21,
        "summer" | "sum" | "été" => 22,
        "autumn" | "fall" | "fal" | "automne" => 23,
        "winter" | "win" | "hiver" => 24,
        _ => return None,
    })
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        let check = |text: &str, expect: &str| assert_eq!(edtf(text), Ok(Some(expect.to_owned())), "{text}");
        check("2024", "2024");
        check("2024-10-23", "2024-10-23");
        check("2024-06~", "2024-06~");
        check("2024-06/2024-08", "2024-06/2024-08");
        check("2024-10-23T08:00:00+02:00", "2024-10-23");
        check("2024-10-23 08:00:00", "2024-10-23");
        check("2024/10/23/", "2024-10-23");
        check("2024/10/23/Morning edition", "2024-10-23");
        check("2024/10//", "2024-10");
        check("2024///", "2024");
        check("2024/1/9", "2024-01-09");
        check("2024-1-9", "2024-01-09");
        check("20241023", "2024-10-23");
        check("23 October 2024", "2024-10-23");
        check("October 23, 2024", "2024-10-23");
        check("2024 Oct 23", "2024-10-23");
        check("Oct. 2024", "2024-10");
        check("2024/Nov/05", "2024-11-05");
        check("1er mars 2024", "2024-03-01");
        check("23 août 2024", "2024-08-23");
        check("Sat Nov 02 2024 10:12:33 GMT+0100 (Central European Standard Time)", "2024-11-02");
        check("Spring 2024", "2024-21");
        check("ca. 1900", "1900~");
        check("[1900]", "1900");
        check("[1796?]", "1796?");
        check("[ca. 1796?]", "1796%");
        check("[1796-03-01]", "1796-03-01");
        check("1796?", "1796?");
        check("2024/", "2024/");
        check("1999-2001", "1999/2001");
        check("1999–2001", "1999/2001");
        check("Oct-Dec 2015", "2015-10/2015-12");
        check("July/August 2015", "2015-07/2015-08");
    }

    #[test]
    fn dates_that_were_supplied() {
        for (text, expect) in
            [("[1796]", true), ("[ca. 1796?]", true), ("[1796,1797]", false), ("[..1796]", false), ("1796", false)]
        {
            assert_eq!(is_supplied(text), expect, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_told() {
        for text in [
            "03/11/2024",
            "yesterday",
            "2024-13-01",
            "forthcoming",
            "2024/Foo",
            "Oct 23",
            "23 2024",
            "é",
            "2024 2025 May 1",
        ] {
            assert_eq!(edtf(text), Err(Untold), "{text}");
        }
        for text in ["", "n.d.", "s.d.", "///"] {
            assert_eq!(edtf(text), Ok(None), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_date_or_none(text in ".{0,40}") {
            if let Ok(Some(date)) = edtf(&text) {
                assert!(Edtf::parse(&date).is_ok());
            }
        }

        #[test]
        fn near_dates(text in "[0-9a-z/ .,T:-]{0,24}") {
            let _ = edtf(&text);
        }
    }
}
