//! A table of cases that reads like documentation; [`properties`] then holds for any two answers.
//!
//! An answer is written `value @place | as-of | modality | standing`, in any order after the value; `supersedes` says
//! that its claim supersedes the other.

mod cases;
mod contests;
mod properties;

use super::*;
use crate::model::date::Reach;
use crate::model::modality::{Modality, Standing};
use crate::model::state;
use crate::model::value::{Decimal, Quantity, Tolerance, Window};

/// An answer that owns its parts.
#[derive(Clone, Debug)]
struct Case {
    value: Answer,
    place: Option<u32>,
    group: Option<u32>,
    as_of: Option<Edtf>,
    modality: Modality,
    standing: Standing,
    supersedes: bool,
    stated: Option<Stated>,
}

impl Case {
    fn read(kind: fn(&str) -> Answer, text: &str) -> Self {
        let mut parts = text.split(" | ");
        let (value, place) = parts.next().unwrap().split_once(" @").map_or((text, None), |(v, p)| (v, Some(p)));
        let value = kind(value.split(" | ").next().unwrap());
        let place = place.map(|p| p.bytes().fold(0u32, |sum, b| sum.wrapping_mul(31).wrapping_add(u32::from(b))));
        let mut case = Self {
            value,
            place,
            group: None,
            as_of: None,
            modality: Modality::default(),
            standing: Standing::default(),
            supersedes: false,
            stated: None,
        };
        for part in parts {
            let modality = Modality::ALL.into_iter().find(|m| m.as_str() == part);
            let standing = Standing::ALL.into_iter().find(|s| s.as_str() == part);
            match (modality, standing) {
                (Some(modality), _) => case.modality = modality,
                (_, Some(standing)) => case.standing = standing,
                _ if part == "supersedes" => case.supersedes = true,
                _ if part == "supports" => case.stated = Some(Stated::Supports),
                _ if part == "contradicts" => case.stated = Some(Stated::Contradicts),
                _ => case.as_of = Some(Edtf::parse(part).unwrap()),
            }
        }
        case
    }

    fn state(&self) -> State {
        let lapse = match self.standing {
            Standing::Current => None,
            Standing::Corrected => Some(state::Lapse::Corrected),
            Standing::Withdrawn => Some(state::Lapse::Withdrawn),
        };
        State::of(lapse, self.modality, &self.value)
    }

    fn given(&self) -> Given<'_> {
        let Self { value, place, group, as_of, .. } = self;
        Given { value, place: *place, group: *group, as_of: as_of.as_ref(), state: self.state() }
    }
}

fn verdict(first: &Case, second: &Case, terms: &Terms) -> Verdict {
    let supersession = Supersession { by_first: first.supersedes, by_second: second.supersedes, stated: first.stated };
    compare(&first.given(), &second.given(), supersession, terms, &Ground::default())
}

fn quantity(text: &str) -> Answer {
    Answer::Quantity(Quantity::parse(text).unwrap())
}

fn date(text: &str) -> Answer {
    Answer::Date(Edtf::parse(text).unwrap())
}

fn choice(text: &str) -> Answer {
    Answer::Choice(text.into())
}

/// A verdict in words.
fn say(verdict: Verdict) -> String {
    match verdict {
        Verdict::Superseded(sides) => {
            format!("superseded: {}", sides_of(sides, |lapse| format!(" {}", lapse.as_str())))
        }
        Verdict::NotComparable(reason) => format!("not comparable: {}", say_reason(reason)),
        Verdict::Agrees(Agreement::Same) => "agrees".into(),
        Verdict::Agrees(Agreement::ButForApproximation) => "agrees, but for ~".into(),
        Verdict::Agrees(Agreement::ButForRounding) => "agrees, but for rounding".into(),
        Verdict::Agrees(Agreement::Stated) => "agrees, as stated".into(),
        Verdict::Compatible(how) => format!("compatible: {}", how.as_str()),
        Verdict::Impossible(clash) => format!("impossible, with {} others", clash.others),
        Verdict::Differs(Gap::Quantity { by, rounded: false }) => format!("differs by {by}"),
        Verdict::Differs(Gap::Quantity { by, rounded: true }) => format!("differs by about {by}"),
        Verdict::Differs(Gap::Seconds(seconds)) => format!("differs by {seconds} s"),
        Verdict::Differs(Gap::Period { start, end }) => {
            let told = |what: &str, days: Option<i64>| days.map(|days| format!("{what} {days}"));
            let both: Vec<_> = [told("starts", start), told("ends", end)].into_iter().flatten().collect();
            format!("differs: {}", both.join(", "))
        }
        Verdict::Differs(Gap::Stated) => "differs, as stated".into(),
        Verdict::Differs(Gap::Days(days)) => format!("differs by {days} days"),
        Verdict::Differs(Gap::Choice) => "differs".into(),
    }
}

fn say_reason(reason: Reason) -> String {
    match reason {
        Reason::DifferentKind => "different kinds".into(),
        Reason::DifferentPlace => "different places".into(),
        Reason::DifferentGroup => "different groups".into(),
        Reason::OneGroupUnstated(sides) => format!("no group, {}", sides_of(sides, |()| String::new())),
        Reason::DifferentUnit => "different units".into(),
        Reason::InWords => "in words".into(),
        Reason::UnrelatedPlaces => "unrelated places".into(),
        Reason::MayHaveGrown => "may have grown".into(),
        Reason::OnePlaceUnstated(sides) => format!("no place, {}", sides_of(sides, |()| String::new())),
        Reason::Forecast(sides) => format!("forecast, {}", sides_of(sides, |()| String::new())),
        Reason::NotHeld(sides) => format!("not held, {}", sides_of(sides, |state| format!(" {}", state.as_str()))),
        Reason::AsOfUnknown(sides) => format!("no as-of, {}", sides_of(sides, |()| String::new())),
        Reason::TooFarApart { days, window } => format!("{days} days apart, more than {window}"),
    }
}

fn sides_of<T: Copy>(sides: Sides<T>, say: impl Fn(T) -> String) -> String {
    let named = |name: &str, it: Option<T>| it.map(|it| format!("{name}{}", say(it)));
    let parts = [named("first", sides.first()), named("second", sides.second())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn check(kind: fn(&str) -> Answer, terms: &Terms, table: &[(&str, &str, &str)]) {
    for (first, second, expect) in table {
        let (a, b) = (Case::read(kind, first), Case::read(kind, second));
        let found = verdict(&a, &b, terms);
        assert_eq!(say(found), *expect, "{first}  ↔  {second}");
        assert_eq!(verdict(&b, &a, terms), found.mirrored(), "{second}  ↔  {first}");
    }
}

fn steady(tolerance: &str) -> Terms {
    Terms { tolerance: Tolerance::parse(tolerance).unwrap(), ..Terms::default() }
}

fn changing(window: &str) -> Terms {
    Terms { changes: true, window: Some(Window::parse(window).unwrap()), ..Terms::default() }
}

#[test]
fn quantities() {
    #[rustfmt::skip]
    check(quantity, &steady("10%"), &[
        // The same set of values, however it is written.
        ("10000", "10_000", "agrees"),
        ("11000..15000", "11_000 .. 15_000", "agrees"),
        (">10000", ">10000", "agrees"),
        ("~11000", "~11000", "agrees"),
        ("~11000", "9900..12100", "agrees"),
        ("10000 | estimates", "10000 | confirms", "agrees"),
        // "About" the same figure is no other figure.
        ("~11000", "11000", "agrees, but for ~"),
        // One is more precise than the other, or each leaves open what the other does not.
        ("11000", "11000..15000", "compatible: first-within"),
        ("11000..15000", "12000..13000", "compatible: second-within"),
        ("11000", ">10000", "compatible: bound-only"),
        (">10000", ">=10000", "compatible: bound-only"),
        ("10000", ">=10000", "compatible: bound-only"),
        ("10000", "<=10000", "compatible: bound-only"),
        ("~11000", "12000", "compatible: second-within"),
        ("~11000", "~12000", "compatible: overlapping"),
        ("11000..15000", "10000..12000", "compatible: overlapping"),
        (">=10000", "<=10000", "compatible: bound-only"),
        (">10000", "<12000", "compatible: bound-only"),
        (">10000", "<10001", "compatible: bound-only"),
        ("10000..11000", "11000..12000", "compatible: overlapping"),
        // No value is shared.
        ("8000", "10000", "differs by 2000"),
        ("~11000", "12101", "differs by 1"),
        ("~10000", "~15000", "differs by 2500"),
        ("11000..15000", "10000", "differs by 1000"),
        ("10000", ">10000", "differs by 0"),
        (">10000", "<=10000", "differs by 0"),
        ("<5000", ">10000", "differs by 5000"),
        ("-3", "3", "differs by 6"),
        ("0.1", "0.3", "differs by about 0.2"),
    ]);
    check(quantity, &steady("0%"), &[("~11000", "11000", "agrees"), ("~11000", "11001", "differs by 1")]);
    check(quantity, &steady("500"), &[("~11000", "11500", "compatible: second-within")]);
}

#[test]
fn dates() {
    #[rustfmt::skip]
    check(date, &steady("10%"), &[
        // "Signed in June 2024" and "signed in 2023" contradict each other.
        ("2024-06", "2023", "differs by 153 days"),
        // "Signed in 2024" and "in June 2024" do not.
        ("2024", "2024-06", "compatible: second-within"),
        ("2024-06-19", "2024-06", "compatible: first-within"),
        ("2024-06-19", "2024-06-18", "differs by 1 days"),
        ("2024-06-19", "2024-06-19T10:30:00", "compatible: second-within"),
        // A doubted date is still that date.
        ("2024-06?", "2024-06", "agrees"),
        // About: one step of the precision, on either side.
        ("2024-06~", "2024-06", "agrees, but for ~"),
        ("2024-06~", "2024-07-10", "compatible: second-within"),
        ("2024-06~", "2024-08", "differs by 1 days"),
        ("2024~", "2023", "compatible: second-within"),
        ("2024-06-19~", "2024-06-27", "differs by 1 days"),
        // Digits that are not known.
        ("202X", "2024-06", "compatible: second-within"),
        ("2024-06-XX", "2024-06", "agrees"),
        ("2024-06-XX", "2024-06-19", "compatible: second-within"),
        ("2024-XX-XX", "2023-12-31", "differs by 1 days"),
        // Seasons are wide enough for either usage.
        ("2024-22", "2024-06-19", "compatible: second-within"),
        ("2024-21", "2024-06-19", "compatible: second-within"),
        ("2024-21", "2024-22", "compatible: overlapping"),
        ("2024-24", "2025-02", "compatible: second-within"),
        ("2024-24", "2024-02", "differs by 276 days"),
        // One of several.
        ("[2023, 2024-06]", "2024-06", "compatible: second-within"),
        ("[2023, 2024-06]", "2024", "compatible: overlapping"),
        ("[2023, 2024-06]", "2022", "differs by 1 days"),
        ("[2023, 2024-06]", "2024-01/2024-05", "differs by 1 days"),
        ("[2024-06, 2023]", "[2023, 2024-06]", "agrees"),
        ("[2024-06, 2024-07]", "2024-06/2024-07", "agrees"),
        // Open and unknown ends leave room.
        ("2024-06/..", "2025", "compatible: bound-only"),
        ("2024-06/", "2024-05", "differs by 1 days"),
        ("../2024", "2024-06/..", "compatible: bound-only"),
        ("[..2024-05]", "2024-06", "differs by 1 days"),
        ("2024-06/..", "2024-06/", "agrees"),
    ]);
    check(date, &steady("1m"), &[("2024-06-19~", "2024-07-10", "compatible: second-within")]);
}

#[test]
fn choices() {
    #[rustfmt::skip]
    check(choice, &steady("10%"), &[
        ("yes", "yes", "agrees"),
        ("yes", "no", "differs"),
        ("yes", "Yes", "differs"),
        // Who denies answers with the negative, and holds it.
        ("yes | confirms", "no | denies", "differs"),
        ("no | denies", "no | denies", "agrees"),
        // Silence holds nothing, and so agrees with nobody.
        ("no | denies", "no | declines-to-confirm", "not comparable: not held, second silence"),
        ("no | declines-to-confirm", "yes", "not comparable: not held, first silence"),
        ("yes | forecasts", "no | denies", "not comparable: forecast, first"),
        ("yes @koursk", "no @russie", "not comparable: different places"),
    ]);
    let moved = "not comparable: 175 days apart, more than 31d";
    check(choice, &changing("31d"), &[("no | denies | 2024-11-05", "yes | confirms | 2025-04-29", moved)]);
}

#[test]
fn places_come_before_figures() {
    #[rustfmt::skip]
    check(quantity, &steady("10%"), &[
        ("8000 @koursk", "10000 @russie", "not comparable: different places"),
        ("8000 @koursk", "8000 @russie", "not comparable: different places"),
        ("8000 @koursk", "10000 @koursk", "differs by 2000"),
        ("10000 @koursk", "10000 @koursk", "agrees"),
        ("8000", "10000 @russie", "not comparable: no place, first"),
        ("8000 @koursk", "10000", "not comparable: no place, second"),
        ("8000 @koursk | forecasts", "10000 @russie | denies", "not comparable: different places"),
    ]);
}

#[test]
fn what_is_not_held_is_not_compared() {
    #[rustfmt::skip]
    check(quantity, &steady("10%"), &[
        ("10000 | forecasts", "10000", "not comparable: forecast, first"),
        ("10000", "12000 | forecasts", "not comparable: forecast, second"),
        ("10000 | forecasts", "12000 | forecasts", "differs by 2000"),
        ("10000 | forecasts", "10000 | forecasts", "agrees"),
        ("10000 | denies", "10000", "not comparable: not held, first denial"),
        ("8000", "10000 | declines-to-confirm", "not comparable: not held, second silence"),
        ("10000 | denies", "10000 | declines-to-confirm", "not comparable: not held, first denial, second silence"),
        ("10000 | forecasts", "12000 | denies", "not comparable: forecast, first"),
    ]);
    let denied = "not comparable: not held, second denial";
    check(date, &steady("10%"), &[("2024-06", "2024-06 | denies", denied)]);
}

#[test]
fn time_passes_only_for_questions_that_change() {
    #[rustfmt::skip]
    check(quantity, &changing("31d"), &[
        ("8000 | 2024-11-01", "10000 | 2024-12-02", "differs by 2000"),
        ("8000 | 2024-11-01", "10000 | 2024-12-03", "not comparable: 32 days apart, more than 31d"),
        ("8000 | 2024-12-03", "8000 | 2024-11-01", "not comparable: 32 days apart, more than 31d"),
        // Nearest ends: November is as near to January as its last day.
        ("8000 | 2024-11", "10000 | 2024-12-31", "differs by 2000"),
        ("8000 | 2024-11", "10000 | 2025-01-01", "not comparable: 32 days apart, more than 31d"),
        ("8000 | 2024", "10000 | 2024-06-19", "differs by 2000"),
        ("8000 | 2024-10/..", "10000 | 2026", "differs by 2000"),
        ("8000 | [2024-01, 2024-11]", "10000 | 2024-12", "differs by 2000"),
        // When it held is not known.
        ("8000", "8000 | 2024-11", "not comparable: no as-of, first"),
        ("8000 | 2024-11", "10000", "not comparable: no as-of, second"),
        ("8000", "8000", "not comparable: no as-of, first, second"),
        ("8000 | denies", "8000", "not comparable: not held, first denial"),
    ]);
    #[rustfmt::skip]
    check(quantity, &changing("1m"), &[
        ("8000 | 2024-01-31", "10000 | 2024-02-29", "differs by 2000"),
        ("8000 | 2024-01-31", "10000 | 2024-03-01", "not comparable: 30 days apart, more than 1m"),
        ("8000 | 2024-07-31", "10000 | 2024-08-31", "differs by 2000"),
    ]);
    let apart = "not comparable: 366 days apart, more than 1y";
    check(
        quantity,
        &changing("1y"),
        &[("8 | 2024-11-01", "9 | 2025-11-01", "differs by 1"), ("8 | 2024-11-01", "9 | 2025-11-02", apart)],
    );
    check(quantity, &changing("0d"), &[("8 | 2024-11", "9 | 2024-11-30", "differs by 1")]);
    check(quantity, &steady("10%"), &[("8 | 2020", "9 | 2024", "differs by 1"), ("8", "9 | 2024", "differs by 1")]);
    let unsaid = Terms { window: None, ..changing("1y") };
    let apart = "not comparable: 32 days apart, more than 31d";
    check(quantity, &unsaid, &[("8 | 2024-11-01", "9 | 2024-12-03", apart)]);
    let unmoved = Terms { changes: false, ..changing("0d") };
    check(quantity, &unmoved, &[("8 | 2020", "9 | 2024", "differs by 1")]);
}

#[test]
fn what_no_longer_stands_comes_first_of_all() {
    #[rustfmt::skip]
    check(quantity, &steady("10%"), &[
        ("8000 | supersedes", "10000", "superseded: second by-other"),
        ("8000", "10000 | supersedes", "superseded: first by-other"),
        ("8000 | withdrawn", "10000", "superseded: first withdrawn"),
        ("8000", "10000 | corrected", "superseded: second corrected"),
        ("8000 | withdrawn", "10000 | corrected", "superseded: first withdrawn, second corrected"),
        ("8000 | supersedes", "10000 | withdrawn", "superseded: second by-other"),
        ("8000 | supersedes | withdrawn", "10000", "superseded: first withdrawn, second by-other"),
        ("8000 | supersedes", "10000 | supersedes", "superseded: first by-other, second by-other"),
        ("8000 | withdrawn", "8000", "superseded: first withdrawn"),
        ("8000 @koursk | withdrawn", "10000 @russie | denies", "superseded: first withdrawn"),
    ]);
}

#[test]
fn kinds_do_not_mix() {
    let (number, word) = (Case::read(quantity, "8000 @koursk"), Case::read(choice, "yes @russie"));
    assert_eq!(say(verdict(&number, &word, &Terms::default())), "not comparable: different kinds");
}

#[test]
fn names_are_those_of_the_format() {
    assert_eq!(
        VerdictKind::ALL.map(VerdictKind::as_str),
        ["superseded", "not-comparable", "agrees", "compatible", "differs", "impossible"]
    );
    assert_eq!(Reason::OnePlaceUnstated(Sides::First(())).as_str(), "one-place-unstated");
    assert_eq!(Lapse::Itself(state::Lapse::Superseded).as_str(), "superseded");
}

#[test]
fn a_tolerance_in_time_is_a_reach_for_dates_only() {
    assert_eq!(Tolerance::parse("3d").unwrap().reach(), Some(Reach { months: 0, days: 3 }));
    assert_eq!(Tolerance::parse("1y").unwrap().reach(), Some(Reach { months: 12, days: 0 }));
    assert_eq!(Tolerance::parse("10%").unwrap().reach(), None);
}
