//! Dates in words, for every form of EDTF, without any precision that is not there.
//!
//! 1. [`label`]: by itself, in a table or beside a name: "du 2 au 6 novembre 2024".
//! 2. [`phrase`]: within a sentence: "entre le 2 et le 6 novembre 2024".
//! 3. [`moment`], [`moment_phrase`]: the same of what came to pass at one time, of which an interval only gives the bounds:
//!    "entre le 2 et le 6 novembre 2024". [`lasting`]: of what holds all the while: "la période du 2 au 6 novembre 2024".
//! 4. [`iso`]: for machines, where HTML can say it.
//!
//! Each class of date (`date.day`, `date.month`, `date.summer` …) has its own forms in the messages, because French
//! says « en juin », « au printemps », « le 3 ».

use super::messages::Messages;
use super::{list, number};
use crate::model::Dated;
use crate::model::date::{Bound, Edtf, Form, Member, Point, Season, When};
use crate::model::language::Language;

/// A date by itself: "3 novembre 2024", "vers juin 2024", "2023 ou juin 2024".
pub fn label(date: &Edtf, messages: &Messages) -> String {
    match date.form() {
        Form::Single(point) => timed(point_label(*point, messages), date, "date.time.label", messages),
        Form::Interval { start, end } => interval_label(*start, *end, messages),
        Form::OneOf(members) => one_of(members, point_label, messages),
    }
}

/// A day or month beside others of the same year: "3 novembre", "juin". Anything else as [`label`] has it.
pub fn without_year(date: &Edtf, messages: &Messages) -> String {
    match date.form() {
        Form::Single(Point { when, uncertain: false, approximate: false }) if date.clock().is_none() => match *when {
            When::Day { month, day, .. } => day_without_year(month, day, messages),
            When::Month { month, .. } => month_name(month, messages).to_owned(),
            _ => label(date, messages),
        },
        _ => label(date, messages),
    }
}

/// A date within a sentence: "le 3 novembre 2024", "peut-être en juillet 2025", "au plus tard en 2024".
pub fn phrase(date: &Edtf, messages: &Messages) -> String {
    match date.form() {
        Form::Single(point) => timed(point_phrase(*point, messages), date, "date.time.phrase", messages),
        Form::Interval { start, end } => interval_phrase(*start, *end, messages),
        Form::OneOf(members) => one_of(members, point_phrase, messages),
    }
}

/// From one date to another: "du 3 au 9 juin 2024".
pub fn period(date: &Edtf, messages: &Messages) -> String {
    match date.form() {
        Form::Interval { start, end } => interval(*start, *end, "until", messages),
        Form::Single(_) | Form::OneOf(_) => label(date, messages),
    }
}

/// A date with its time of day, if it has one: "3 novembre 2024 à 10 h 30 (UTC+2)".
fn timed(words: String, date: &Edtf, key: &str, messages: &Messages) -> String {
    let Some(clock) = date.clock() else { return words };
    let (hour, minute) = match messages.language() {
        Language::French => (clock.hour.to_string(), format!("{:02}", clock.minute)),
        _ => (format!("{:02}", clock.hour), format!("{:02}", clock.minute)),
    };
    let second = clock.second.filter(|second| *second > 0).map(|second| format!("{second:02}"));
    let time = match &second {
        None => messages.fill("date.time.clock", &[("hour", &hour), ("minute", &minute)]),
        Some(second) => {
            messages.fill("date.time.clock_seconds", &[("hour", &hour), ("minute", &minute), ("second", second)])
        }
    };
    let time = match clock.offset {
        None => time,
        Some(offset) => messages.fill("date.time.zone", &[("time", &time), ("zone", &zone(offset))]),
    };
    messages.fill(key, &[("date", &words), ("time", &time)])
}

/// UTC, UTC+2, UTC−3:30.
fn zone(minutes: i16) -> String {
    let (hours, rest) = (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
    let sign = if minutes < 0 { "−" } else { "+" };
    match (minutes, rest) {
        (0, _) => "UTC".to_owned(),
        (_, 0) => format!("UTC{sign}{hours}"),
        _ => format!("UTC{sign}{hours}:{rest:02}"),
    }
}

/// A date by itself of what came to pass at one time, such as a speech: an interval gives its bounds.
pub fn moment(date: &Edtf, messages: &Messages) -> String {
    match date.form() {
        Form::Interval { start, end } => bounds(*start, *end, "date.interval.none", messages),
        Form::Single(_) | Form::OneOf(_) => label(date, messages),
    }
}

/// The same within a sentence.
pub fn moment_phrase(date: &Edtf, messages: &Messages) -> String {
    match date.form() {
        Form::Interval { start, end } => bounds(*start, *end, "date.interval.never", messages),
        Form::Single(_) | Form::OneOf(_) => phrase(date, messages),
    }
}

/// For when an answer holds, by itself: the moment at which it was said, unless another date is given for it. An interval
/// that a text gives is a period; one that was inferred gives bounds.
pub fn held(said: Option<&Dated>, as_of: &Dated, messages: &Messages) -> String {
    if is_moment(said, as_of) { moment(&as_of.date, messages) } else { label(&as_of.date, messages) }
}

/// Whether the date of an answer is that of one moment: of what was said, or one that somebody inferred.
pub fn is_moment(said: Option<&Dated>, as_of: &Dated) -> bool {
    as_of.inferred.is_some() || said.is_some_and(|said| said.date == as_of.date)
}

/// The date of an event by itself. An interval that a text gives is its duration; one that was inferred gives bounds, for
/// whoever inferred it knew no more.
pub fn event(dated: &Dated, messages: &Messages) -> String {
    if dated.inferred.is_some() { moment(&dated.date, messages) } else { label(&dated.date, messages) }
}

/// A date in words, with the mark of one that a writer inferred.
pub fn with_inference(label: String, dated: &Dated, messages: &Messages) -> String {
    if dated.inferred.is_some() { format!("{label} ({})", messages.text("ui.inferred")) } else { label }
}

/// Until when at the latest, for a list of what had been by then: "au plus tard le 16 mai 2024".
pub fn by(date: &Edtf, messages: &Messages) -> String {
    match date.form() {
        Form::Single(point) => qualified(*point, "by", messages),
        Form::Interval { end: Bound::At(last), .. } => qualified(*last, "by", messages),
        Form::Interval { .. } | Form::OneOf(_) => moment_phrase(date, messages),
    }
}

/// What a value holds for, after "for": "novembre 2024", "la période du 2 au 6 novembre 2024".
pub fn lasting(date: &Edtf, messages: &Messages) -> String {
    match date.form() {
        Form::Single(Point { when, approximate: false, uncertain: false }) => {
            let named = Named::of(*when, messages);
            with_remarks(named.form("noun", messages), &[named.unknown], messages)
        }
        Form::Single(_) | Form::OneOf(_) => label(date, messages),
        Form::Interval { start: Bound::Open | Bound::Unknown, end: Bound::Open | Bound::Unknown } => {
            messages.text("date.interval.none").to_owned()
        }
        Form::Interval { start, end } => {
            let span = interval(*start, *end, "until", messages);
            messages.fill("date.interval.period", &[("span", &span)])
        }
    }
}

/// What a value holds for that is of one moment, after "for": an interval gives its bounds, "un moment entre le 2 et le 6 novembre
/// 2024".
pub fn lasting_moment(date: &Edtf, messages: &Messages) -> String {
    let known = |bound: &Bound| matches!(bound, Bound::At(_));
    match date.form() {
        Form::Interval { start, end } if known(start) || known(end) => {
            messages.fill("date.interval.moment", &[("span", &moment_phrase(date, messages))])
        }
        _ => lasting(date, messages),
    }
}

fn bounds(start: Bound, end: Bound, none: &str, messages: &Messages) -> String {
    match (start, end) {
        (Bound::At(_), Bound::At(_)) => interval_phrase(start, end, messages),
        (_, Bound::At(last)) => qualified(last, "by", messages),
        (Bound::At(first), _) => {
            let start = qualified(first, "start", messages);
            messages.fill("date.interval.not_before", &[("start", &start)])
        }
        _ => messages.text(none).to_owned(),
    }
}

/// A year, month, day or time as HTML's `<time datetime>` has it. `None` for anything that a machine would take for more
/// certain or more precise than it is: doubted or approximate dates, intervals, seasons, decades.
pub fn iso(date: &Edtf) -> Option<String> {
    let Form::Single(Point { when, uncertain: false, approximate: false }) = date.form() else { return None };
    let (year, rest) = match *when {
        When::Day { year, month, day } => (year, format!("-{month:02}-{day:02}")),
        When::Month { year, month } | When::SomeDayOfMonth { year, month } => (year, format!("-{month:02}")),
        When::Year { year } | When::SomeMonthOfYear { year } | When::SomeDayOfYear { year } => (year, String::new()),
        When::Season { .. } | When::Decade { .. } | When::Century { .. } => return None,
    };
    let time = date.time().map(|time| format!("T{}", valid_time(time))).unwrap_or_default();
    (1..=9999).contains(&year).then(|| format!("{year:04}{rest}{time}"))
}

/// HTML and schema.org want minutes in a zone: `+02` is `+02:00`.
fn valid_time(time: &str) -> String {
    let bare = time.rfind(['+', '-']).is_some_and(|at| time.len() - at == 3);
    if bare { format!("{time}:00") } else { time.to_owned() }
}

/// A date in words, with the class that decides which prepositions it takes, and what is not known of it.
struct Named {
    class: &'static str,
    date: String,
    unknown: Option<&'static str>,
}

impl Named {
    fn of(when: When, messages: &Messages) -> Self {
        let (class, date, unknown) = match when {
            When::Day { year, month, day } => ("day", day_of(year, month, day, messages), None),
            When::Month { year, month } => ("month", month_of(year, month, messages), None),
            When::SomeDayOfMonth { year, month } => ("month", month_of(year, month, messages), Some("date.no_day")),
            When::Season { year, season } => season_of(year, season, messages),
            When::Year { year } => ("year", year_of(year, messages), None),
            When::SomeMonthOfYear { year } => ("year", year_of(year, messages), Some("date.no_month")),
            When::SomeDayOfYear { year } => ("year", year_of(year, messages), Some("date.no_day")),
            When::Decade { first, .. } if first > 0 => {
                ("decade", messages.fill("date.decade.name", &[("year", &first.to_string())]), None)
            }
            When::Century { first, .. } if first >= 0 => {
                let ordinal = number::ordinal(first / 100 + 1, messages.language());
                ("century", messages.fill("date.century.name", &[("ordinal", &ordinal)]), None)
            }
            When::Decade { first, last } | When::Century { first, last } => {
                let ends = (year_of(first, messages), year_of(last, messages));
                ("year", messages.fill("date.years", &[("first", &ends.0), ("last", &ends.1)]), None)
            }
        };
        Self { class, date, unknown }
    }

    /// The date with the words of a use: `noun`, `between`, `at`, `from`, `to`, `until`, `by`.
    fn form(&self, form: &str, messages: &Messages) -> String {
        let filled = messages.fill(&format!("date.{}.{form}", self.class), &[("date", &self.date)]);
        (messages.language().rules().elide)(filled)
    }
}

fn point_label(point: Point, messages: &Messages) -> String {
    let named = Named::of(point.when, messages);
    let is_articled = point.uncertain && named.class == "day" && messages.language().rules().articled_days;
    let date = match point.approximate {
        true => about(&named, messages),
        false if is_articled => named.form("noun", messages),
        false => named.date.clone(),
    };
    let date = if point.uncertain { messages.fill("date.perhaps", &[("date", &date)]) } else { date };
    with_remarks(date, &[named.unknown], messages)
}

fn point_phrase(point: Point, messages: &Messages) -> String {
    let named = Named::of(point.when, messages);
    let date = if point.approximate { about(&named, messages) } else { named.form("at", messages) };
    let date = if point.uncertain { messages.fill("date.perhaps", &[("date", &date)]) } else { date };
    with_remarks(date, &[named.unknown], messages)
}

fn about(named: &Named, messages: &Messages) -> String {
    messages.fill("date.about", &[("date", &named.form("noun", messages))])
}

/// A date with the words of a use, and everything that qualifies it in brackets.
fn qualified(point: Point, form: &str, messages: &Messages) -> String {
    let named = Named::of(point.when, messages);
    let (about, doubt) = (point.approximate.then_some("date.approximate"), point.uncertain.then_some("date.uncertain"));
    with_remarks(named.form(form, messages), &[named.unknown, about, doubt], messages)
}

fn with_remarks(date: String, remarks: &[Option<&str>], messages: &Messages) -> String {
    let remarks: Vec<_> = remarks.iter().flatten().map(|key| messages.text(key)).collect();
    if remarks.is_empty() {
        return date;
    }
    let remarks = remarks.join(messages.text("list.comma"));
    messages.fill("date.remarks", &[("date", &date), ("remarks", &remarks)])
}

/// What is open towards the past ended then, or came to pass by then: whoever reads the date does not know which.
fn interval_label(start: Bound, end: Bound, messages: &Messages) -> String {
    interval(start, end, "by", messages)
}

fn interval(start: Bound, end: Bound, end_form: &str, messages: &Messages) -> String {
    match (start, end) {
        (Bound::At(first), Bound::At(last)) => {
            let ends = [start_of(first, last, "from", messages), qualified(last, "to", messages)];
            messages.fill("date.interval.label", &[("start", &ends[0]), ("end", &ends[1])])
        }
        (start, Bound::At(last)) => {
            half_open(start, "date.interval.no_start", qualified(last, end_form, messages), messages)
        }
        (Bound::At(first), end) => half_open(end, "date.interval.no_end", since(first, end, messages), messages),
        _ => messages.text("date.interval.none").to_owned(),
    }
}

fn interval_phrase(start: Bound, end: Bound, messages: &Messages) -> String {
    match (start, end) {
        (Bound::At(first), Bound::At(last)) => {
            let ends = [start_of(first, last, "between", messages), qualified(last, "between", messages)];
            messages.fill("date.interval.phrase", &[("start", &ends[0]), ("end", &ends[1])])
        }
        (start, Bound::At(last)) => {
            half_open(start, "date.interval.no_start", qualified(last, "by", messages), messages)
        }
        (Bound::At(first), end) => half_open(end, "date.interval.no_end", since(first, end, messages), messages),
        _ => messages.text("date.interval.never").to_owned(),
    }
}

/// An open end goes on; one that is not known is not said to.
fn since(first: Point, end: Bound, messages: &Messages) -> String {
    match end {
        Bound::Unknown => {
            let start = qualified(first, "from", messages);
            messages.fill("date.interval.starting", &[("start", &start)])
        }
        _ => messages.fill("date.interval.since", &[("start", &qualified(first, "between", messages))]),
    }
}

fn half_open(other: Bound, remark: &str, date: String, messages: &Messages) -> String {
    let unknown = matches!(other, Bound::Unknown).then_some(remark);
    with_remarks(date, &[unknown], messages)
}

/// The start of an interval, without the month or year that its end says anyway, nor what is said there of both.
fn start_of(first: Point, last: Point, form: &str, messages: &Messages) -> String {
    let is_alike = (first.uncertain, first.approximate) == (last.uncertain, last.approximate);
    let short = match (first.when, last.when) {
        (When::Day { year, month, day }, When::Day { year: y, month: m, .. }) if (year, month) == (y, m) => {
            Some(("day", day_number(day, messages)))
        }
        (When::Day { year, month, day }, When::Day { year: y, .. }) if year == y => {
            Some(("day", day_without_year(month, day, messages)))
        }
        (When::Month { year, month }, When::Month { year: y, .. }) if year == y => {
            Some(("month", month_name(month, messages).to_owned()))
        }
        _ => None,
    };
    match short.filter(|_| is_alike) {
        Some((class, date)) => Named { class, date, unknown: None }.form(form, messages),
        None => qualified(first, form, messages),
    }
}

fn one_of(members: &[Member], word: fn(Point, &Messages) -> String, messages: &Messages) -> String {
    let parts: Vec<_> = members.iter().map(|m| member(*m, word, messages)).collect();
    let open = members.iter().any(|m| matches!(m, Member::UpTo(_) | Member::From(_)));
    if open { list::join_or_apart(&parts, messages) } else { list::join_or(&parts, messages) }
}

fn member(member: Member, word: fn(Point, &Messages) -> String, messages: &Messages) -> String {
    match member {
        Member::At(point) => word(point, messages),
        Member::Between(first, last) => interval_phrase(Bound::At(first), Bound::At(last), messages),
        Member::UpTo(point) => messages.fill("date.or_before", &[("date", &word(point, messages))]),
        Member::From(point) => messages.fill("date.or_after", &[("date", &word(point, messages))]),
    }
}

fn day_of(year: i64, month: u8, day: u8, messages: &Messages) -> String {
    let (day, year) = (day_number(day, messages), year_of(year, messages));
    messages.fill("date.day.name", &[("day", &day), ("month", month_name(month, messages)), ("year", &year)])
}

fn day_without_year(month: u8, day: u8, messages: &Messages) -> String {
    let (day, month) = (day_number(day, messages), month_name(month, messages));
    messages.fill("date.day.without_year", &[("day", &day), ("month", month)])
}

/// « 1er novembre », but « 2 novembre ».
fn day_number(day: u8, messages: &Messages) -> String {
    let day = if day == 1 { messages.text("date.first").to_owned() } else { day.to_string() };
    messages.fill("date.day.number", &[("day", &day)])
}

fn month_of(year: i64, month: u8, messages: &Messages) -> String {
    let year = year_of(year, messages);
    messages.fill("date.month.name", &[("month", month_name(month, messages)), ("year", &year)])
}

/// The name of a month, 1 to 12.
pub fn month_name(month: u8, messages: &Messages) -> &str {
    messages.find(&format!("date.months.m{month:02}")).unwrap_or("?")
}

/// Winter begins in December and is called by both of its years.
fn season_of(year: i64, season: Season, messages: &Messages) -> (&'static str, String, Option<&'static str>) {
    let class = match season {
        Season::Spring => "spring",
        Season::Summer => "summer",
        Season::Autumn => "autumn",
        Season::Winter => "winter",
    };
    let ends = (year_of(year, messages), year_of(year + 1, messages));
    let date = messages.fill(&format!("date.{class}.name"), &[("year", &ends.0), ("next", &ends.1)]);
    (class, date, None)
}

/// Years before our era are counted from 1; years beyond 9999 are grouped.
fn year_of(year: i64, messages: &Messages) -> String {
    match year {
        ..=0 => messages.fill("date.before_era", &[("year", &long_year(1 - year, messages))]),
        _ => long_year(year, messages),
    }
}

fn long_year(year: i64, messages: &Messages) -> String {
    if year > 9999 { number::integer(year, messages.language()) } else { year.to_string() }
}
