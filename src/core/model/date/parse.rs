//! Text to structure, strictly by the standard; [`super::hint`] then looks at what people write instead.
//!
//! 1. The form: one-of set, interval, date and time, or one date.
//! 2. Each date: its qualifier, then its parts.
//! 3. Each part: digits, `X`, and whether the calendar has it.

use super::calendar::{MAX_YEAR, month_length};
use super::{Bound, DateError, Form, Member, Point, Reach, Season, When};
use crate::model::fault::{Piece, is_digits};
use crate::model::language::Language;

type Result<T> = std::result::Result<T, DateError>;

/// The structure of a whole text.
pub(super) fn form(text: &str) -> Result<Form> {
    let whole = Piece::whole(text);
    if text.trim().is_empty() {
        return Err(whole.error("a date is missing").help("a date reads 2024, 2024-06 or 2024-06-19"));
    }
    if let Some(inner) = whole.strip_prefix("[") {
        return one_of(inner);
    }
    if whole.text.starts_with('{') {
        let message = "a set of several dates, all of them meant, is not supported";
        return Err(whole.error(message).help("one of several reads `[a, b]`, an interval `a/b`"));
    }
    if let Some((start, end)) = whole.split_once("/") {
        return interval(whole, start, end);
    }
    if let Some((date, time)) = whole.split_once("T") {
        return date_time(date, time);
    }
    point(whole).map(Form::Single)
}

fn one_of(inner: Piece) -> Result<Form> {
    let Some(inner) = inner.strip_suffix("]") else {
        return Err(inner.error("the set is not closed").help("end it with `]`"));
    };
    inner.split(",").into_iter().map(|piece| member(piece.trim())).collect::<Result<_>>().map(Form::OneOf)
}

fn member(piece: Piece) -> Result<Member> {
    if piece.text.is_empty() {
        return Err(piece.error("a date is missing in the set").help("a set reads `[2023, 2024-06]`"));
    }
    if piece.text.contains('/') {
        return Err(piece.error("an interval cannot stand in a set").help("some date between two reads `2023..2024`"));
    }
    let Some((start, end)) = piece.split_once("..") else { return point(piece).map(Member::At) };
    match (start.text.is_empty(), end.text.is_empty()) {
        (true, true) => Err(piece.error("`..` needs a date on one side at least")),
        (true, false) => point(end).map(Member::UpTo),
        (false, true) => point(start).map(Member::From),
        (false, false) => {
            let (first, last) = (point(start)?, point(end)?);
            in_order(piece, first, last)?;
            Ok(Member::Between(first, last))
        }
    }
}

fn interval(whole: Piece, start: Piece, end: Piece) -> Result<Form> {
    let (start, end) = (bound(start)?, bound(end)?);
    match (start.point(), end.point()) {
        (None, None) => return Err(whole.error("an interval needs a date on one side at least")),
        (Some(first), Some(last)) => in_order(whole, first, last)?,
        _ => {}
    }
    Ok(Form::Interval { start, end })
}

fn bound(piece: Piece) -> Result<Bound> {
    match piece.text {
        "" => Ok(Bound::Unknown),
        ".." => Ok(Bound::Open),
        "open" => Err(piece.error("`open` is no date").help("an open end is `..`")),
        "unknown" => Err(piece.error("`unknown` is no date").help("leave the end empty where it is not known")),
        _ => point(piece).map(Bound::At),
    }
}

fn in_order(whole: Piece, first: Point, last: Point) -> Result<()> {
    let starts = |point: Point| point.when.first_day(Reach::default());
    // Seasons overlap by a few days; of two, the first begins first.
    let is_season = |point: Point| matches!(point.when, When::Season { .. });
    let ends = if is_season(first) && is_season(last) { starts(last) } else { last.when.last_day(Reach::default()) };
    if starts(first) <= ends {
        return Ok(());
    }
    Err(whole.error("it ends before it starts").help("put the earlier date first"))
}

fn date_time(date: Piece, time: Piece) -> Result<Form> {
    let parsed = point(date)?;
    if !matches!(parsed.when, When::Day { .. }) || parsed.uncertain || parsed.approximate {
        return Err(date.error("a time needs a whole day before it").help("a time reads 2024-06-19T10:30:00"));
    }
    check_time(time)?;
    Ok(Form::Single(parsed))
}

/// `hh:mm:ss` or `hh:mm` with an optional zone: `Z`, `+hh`, `+hh:mm`.
fn check_time(time: Piece) -> Result<()> {
    let clock_end = time.text.find(['Z', '+', '-']).unwrap_or(time.text.len());
    let (clock, zone) = (time.part(0..clock_end), time.from(clock_end));
    if !has_clock_parts(clock.text, &[23, 59, 59]) && !has_clock_parts(clock.text, &[23, 59]) {
        return Err(clock.error("this is no time of day").help("hours and minutes read 10:30, with seconds 10:30:00"));
    }
    let shift = zone.text.strip_prefix(['+', '-']);
    let zone_holds = match shift {
        Some(shift) => has_clock_parts(shift, &[14]) || has_clock_parts(shift, &[14, 59]),
        None => matches!(zone.text, "" | "Z"),
    };
    if zone_holds {
        Ok(())
    } else {
        Err(zone.error("this is no time zone").help("a zone reads `Z`, `+02` or `+02:00`"))
    }
}

/// Whether a text is so many numbers of two digits, none above its maximum.
fn has_clock_parts(text: &str, maxima: &[u8]) -> bool {
    let parts: Vec<_> = text.split(':').collect();
    let fits =
        |(part, max): (&&str, &u8)| part.len() == 2 && is_digits(part) && part.parse().is_ok_and(|n: u8| n <= *max);
    parts.len() == maxima.len() && parts.iter().zip(maxima).all(fits)
}

fn point(piece: Piece) -> Result<Point> {
    let (date, uncertain, approximate) = qualifier(piece)?;
    if let Some(year) = date.strip_prefix("Y") {
        return Ok(Point { when: long_year(date, year)?, uncertain, approximate });
    }
    let (negative, digits) = match date.strip_prefix("-") {
        Some(digits) => (true, digits),
        None => (false, date),
    };
    let parts = digits.split("-");
    let when = match parts[..] {
        [year] => years(date, year, negative)?,
        [year, month] => year_month(year, signed_year(date, year, negative)?, month)?,
        [year, month, day] => year_month_day(year, signed_year(date, year, negative)?, month, day)?,
        _ => return Err(date.error("a date has at most a year, a month and a day").help("a day reads 2024-06-19")),
    };
    Ok(Point { when, uncertain, approximate })
}

fn qualifier(piece: Piece) -> Result<(Piece, bool, bool)> {
    let text = piece.text;
    let date = piece.part(0..text.trim_end_matches(['?', '~', '%']).len());
    let marks = piece.from(date.text.len());
    if let Some(at) = date.text.find(['?', '~', '%']) {
        let error = date.part(at..at + 1).error("a `?`, `~` or `%` stands at the end and holds for the whole date");
        return Err(error);
    }
    match marks.text {
        "" => Ok((date, false, false)),
        "?" => Ok((date, true, false)),
        "~" => Ok((date, false, true)),
        "%" => Ok((date, true, true)),
        _ => Err(marks
            .error("only one of `?`, `~` and `%` can stand here")
            .help("`%` is both uncertain and approximate")),
    }
}

/// What follows `Y`: a year of more than four digits.
fn long_year(whole: Piece, year: Piece) -> Result<When> {
    let digits = year.text.strip_prefix('-').unwrap_or(year.text);
    if !is_digits(digits) {
        return Err(whole.error("after `Y` stands a year of more than four digits and nothing else"));
    }
    if digits.len() < 5 || digits.starts_with('0') {
        return Err(whole
            .error("`Y` is only for years of more than four digits")
            .help("a year of four digits stands by itself"));
    }
    match year.text.parse() {
        Ok(value) if (-MAX_YEAR..=MAX_YEAR).contains(&value) => Ok(When::Year { year: value }),
        _ => Err(year.error("a year of more than fifteen digits cannot be read")),
    }
}

/// A year alone: four digits, of which the last one or two may be `X`.
fn years(whole: Piece, year: Piece, negative: bool) -> Result<When> {
    let known = year.text.trim_end_matches('X');
    let unknown = year.text.len() - known.len();
    if year.text.len() != 4 || !is_digits(known) || unknown > 2 {
        return signed_year(whole, year, negative).map(|year| When::Year { year });
    }
    let width = [1, 10, 100][unknown];
    let low = number(known) * width;
    let (first, last) = if negative { (-(low + width - 1), -low.max(1)) } else { (low, low + width - 1) };
    match unknown {
        0 => signed_year(whole, year, negative).map(|year| When::Year { year }),
        1 => Ok(When::Decade { first, last }),
        _ => Ok(When::Century { first, last }),
    }
}

/// A year of four digits without `X`.
fn signed_year(whole: Piece, year: Piece, negative: bool) -> Result<i64> {
    let text = year.text;
    if text.contains('X') {
        let message = "in a year only the last one or two digits can be `X`, and only where no month follows";
        return Err(year.error(message).help("a decade reads 201X, a century 20XX, one of several [2013-05, 2014-05]"));
    }
    if !is_digits(text) {
        return Err(whole.error("this is not a date").help("a date reads 2024, 2024-06 or 2024-06-19"));
    }
    match text.len() {
        4 if negative && text == "0000" => Err(whole.error("there is no year -0000").help("the year 1 BC is 0000")),
        4 => Ok(if negative { -number(text) } else { number(text) }),
        0..3 => Err(year
            .error("a year has four digits")
            .help("2024 where 24 is short for it; of the first century, noughts fill it up: 0044 is the year 44")),
        3 => {
            Err(year.error("a year has four digits").help(format!("write {}0{text}", if negative { "-" } else { "" })))
        }
        _ => {
            let sign = if negative { "-" } else { "" };
            Err(year.error("a year has four digits").help(format!("write Y{sign}{text} for a year that has more")))
        }
    }
}

fn year_month(written: Piece, year: i64, month: Piece) -> Result<When> {
    if month.text == "XX" {
        return Ok(When::SomeMonthOfYear { year });
    }
    let season = match month_digits(written, month, "month")? {
        number @ 1..=12 => return Ok(When::Month { year, month: number }),
        21 => Season::Spring,
        22 => Season::Summer,
        23 => Season::Autumn,
        24 => Season::Winter,
        25..=41 => {
            let message = format!("{} is a season or quarter of EDTF level 2, which is not supported", month.text);
            return Err(month.error(message).help("an interval of months reads 2024-01/2024-03"));
        }
        _ => return Err(no_month(month)),
    };
    Ok(When::Season { year, season })
}

fn year_month_day(written: Piece, year: i64, month: Piece, day: Piece) -> Result<When> {
    if month.text == "XX" {
        let message = "where the month is not known, the day is not known either";
        let some_day = || When::SomeDayOfYear { year };
        return (day.text == "XX").then(some_day).ok_or_else(|| day.error(message));
    }
    let number = month_digits(written, month, "month")?;
    if !(1..=12).contains(&number) {
        return Err(no_month(month));
    }
    let month = number;
    if day.text == "XX" {
        return Ok(When::SomeDayOfMonth { year, month });
    }
    let number = month_digits(written, day, "day")?;
    if number == 0 || number > month_length(year, month) {
        return Err(no_day(written, month, day, month_length(year, month)));
    }
    Ok(When::Day { year, month, day: number })
}

fn no_month(month: Piece) -> DateError {
    let error = month.error(format!("month {} does not exist", month.text));
    if month.text == "00" { error.help("leave the month out where it is not known") } else { error }
}

fn no_day(year: Piece, month: u8, day: Piece, length: u8) -> DateError {
    let month = Language::English.months()[usize::from(month.clamp(1, 12)) - 1][0];
    let error = day.error(format!("day {} does not exist: {month} {} has {length} days", day.text, year.text));
    if day.text == "00" { error.help("leave the day out where it is not known") } else { error }
}

fn month_digits(year: Piece, piece: Piece, what: &str) -> Result<u8> {
    let text = piece.text;
    if text.contains('X') {
        let message = format!("`{text}` is neither a {what} nor `XX`");
        return Err(piece.error(message).help("what is not known at all is `XX`"));
    }
    if !is_digits(text) {
        return Err(piece.error(format!("`{text}` is no {what}")).help("a day reads 2024-06-19"));
    }
    match (text.len(), what) {
        (2, _) => Ok(text.parse().unwrap_or(u8::MAX)),
        (1, _) => Err(piece.error(format!("a {what} has two digits")).help(format!("write 0{text}"))),
        (4, "month") => {
            let help = format!("write {}/{text} for an interval", year.text);
            Err(piece.error(format!("`{text}` is no month")).help(help))
        }
        _ => Err(piece.error(format!("a {what} has two digits"))),
    }
}

fn number(digits: &str) -> i64 {
    digits.parse().unwrap_or_default()
}
