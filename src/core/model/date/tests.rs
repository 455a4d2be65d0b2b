//! The standard's own examples, what people write instead, and properties that hold for any text.

use super::calendar::{add_months, day_number};
use super::*;
use proptest::prelude::*;

/// The days of a date as `first..last`, an open end being empty, ranges joined by commas.
fn days(text: &str) -> String {
    let date = Edtf::parse(text).unwrap_or_else(|e| panic!("{text}: {e:?}"));
    show(&date.days())
}

fn show(set: &DaySet) -> String {
    let name = |day: Option<Day>| {
        day.map_or(String::new(), |day| {
            let Civil { year, month, day } = Civil::from_day(day);
            format!("{year:04}-{month:02}-{day:02}")
        })
    };
    let ranges = set.ranges().iter().map(|r| match (name(r.first), name(r.last)) {
        (first, last) if first == last => first,
        (first, last) => format!("{first}..{last}"),
    });
    ranges.collect::<Vec<_>>().join(", ")
}

#[test]
fn every_form_means_its_days() {
    let table = [
        // Level 0.
        ("1985-04-12", "1985-04-12"),
        ("1985-04", "1985-04-01..1985-04-30"),
        ("1985", "1985-01-01..1985-12-31"),
        ("0000", "0000-01-01..0000-12-31"),
        ("2024-02", "2024-02-01..2024-02-29"),
        ("1985-04-12T23:20:30", "1985-04-12"),
        ("1985-04-12T23:20:30Z", "1985-04-12"),
        ("1985-04-12T23:20:30-04", "1985-04-12"),
        ("1985-04-12T23:20:30+04:30", "1985-04-12"),
        ("1964/2008", "1964-01-01..2008-12-31"),
        ("2004-06/2006-08", "2004-06-01..2006-08-31"),
        ("2004-02-01/2005-02-08", "2004-02-01..2005-02-08"),
        ("2004-02-01/2005-02", "2004-02-01..2005-02-28"),
        ("2005/2006-02", "2005-01-01..2006-02-28"),
        ("2005-03-01/2005-03-01", "2005-03-01"),
        // Level 1.
        ("Y170000002", "170000002-01-01..170000002-12-31"),
        ("Y-170000002", "-170000002-01-01..-170000002-12-31"),
        ("2001-21", "2001-03-01..2001-06-21"),
        ("2001-22", "2001-06-01..2001-09-23"),
        ("2001-23", "2001-09-01..2001-12-22"),
        ("2001-24", "2001-12-01..2002-03-21"),
        ("1984?", "1984-01-01..1984-12-31"),
        ("2004-06~", "2004-06-01..2004-06-30"),
        ("2004-06-11%", "2004-06-11"),
        ("201X", "2010-01-01..2019-12-31"),
        ("20XX", "2000-01-01..2099-12-31"),
        ("-201X", "-2019-01-01..-2010-12-31"),
        ("-00XX", "-099-01-01..-001-12-31"),
        ("2004-XX", "2004-01-01..2004-12-31"),
        ("1985-04-XX", "1985-04-01..1985-04-30"),
        ("1985-XX-XX", "1985-01-01..1985-12-31"),
        ("1985-04-12/..", "1985-04-12.."),
        ("1985-04/..", "1985-04-01.."),
        ("../1985", "..1985-12-31"),
        ("1985-04-12/", "1985-04-12.."),
        ("/1985-04", "..1985-04-30"),
        ("1984~/2004-06%", "1984-01-01..2004-06-30"),
        ("-1985", "-1985-01-01..-1985-12-31"),
        // Level 2, one of a set.
        ("[1667,1668, 1670..1672]", "1667-01-01..1668-12-31, 1670-01-01..1672-12-31"),
        ("[..1760-12-03]", "..1760-12-03"),
        ("[1760-12..]", "1760-12-01.."),
        ("[1760-01, 1760-02, 1760-12..]", "1760-01-01..1760-02-29, 1760-12-01.."),
        ("[1667, 1760-12]", "1667-01-01..1667-12-31, 1760-12-01..1760-12-31"),
        ("[2023, 2024-06]", "2023-01-01..2023-12-31, 2024-06-01..2024-06-30"),
        ("[2024, 2024-06]", "2024-01-01..2024-12-31"),
        ("[2024-06.., 2024-07, ..2023]", "..2023-12-31, 2024-06-01.."),
        ("[2024-06-19?, 2024-06-18~]", "2024-06-18..2024-06-19"),
    ];
    for (text, expect) in table {
        assert_eq!(days(text), expect, "{text}");
    }
}

/// The text, the bytes at fault marked under it, and what is said of them.
fn fault(text: &str) -> String {
    let error = Edtf::parse(text).map_or_else(|e| e, |date| panic!("{text} is read as {date:?}"));
    let marked = &text[error.range.clone()];
    format!("«{marked}» {}. {}", error.message, error.help.unwrap_or_default())
}

#[test]
fn faults_say_what_is_wrong_and_what_to_write() {
    let other = |help: &str| help.to_owned();
    let table = [
        ("2024-13", other("«13» month 13 does not exist. ")),
        ("2024-00", other("«00» month 00 does not exist. leave the month out where it is not known")),
        ("2024-02-30", other("«30» day 30 does not exist: February 2024 has 29 days. ")),
        ("2023-02-29", other("«29» day 29 does not exist: February 2023 has 28 days. ")),
        (
            "2024-06-00",
            other("«00» day 00 does not exist: June 2024 has 30 days. leave the day out where it is not known"),
        ),
        ("", other("«» a date is missing. a date reads 2024, 2024-06 or 2024-06-19")),
        ("hier", other("«hier» this is not a date. a date reads 2024, 2024-06 or 2024-06-19")),
        (
            "24",
            other(
                "«24» a year has four digits. 2024 where 24 is short for it; of the first century, noughts fill it up: 0044 is the year 44",
            ),
        ),
        (
            "Y2024",
            other("«Y2024» `Y` is only for years of more than four digits. a year of four digits stands by itself"),
        ),
        ("-0000", other("«-0000» there is no year -0000. the year 1 BC is 0000")),
        ("2024~-06", other("«~» a `?`, `~` or `%` stands at the end and holds for the whole date. ")),
        ("2024?~", other("«?~» only one of `?`, `~` and `%` can stand here. `%` is both uncertain and approximate")),
        ("2024-06/2023", other("«2024-06/2023» it ends before it starts. put the earlier date first")),
        ("[2024..2023]", other("«2024..2023» it ends before it starts. put the earlier date first")),
        ("2024/unknown", other("«unknown» `unknown` is no date. leave the end empty where it is not known")),
        ("2024-1X", other("«1X» `1X` is neither a month nor `XX`. what is not known at all is `XX`")),
        ("-0044-XX-15", other("«15» where the month is not known, the day is not known either. ")),
        ("-753", other("«753» a year has four digits. write -0753")),
        ("2024-23/2024-22", other("«2024-23/2024-22» it ends before it starts. put the earlier date first")),
        ("2024-XX-12", other("«12» where the month is not known, the day is not known either. ")),
        ("[2023, 2024-13]", other("«13» month 13 does not exist. ")),
        ("[2023, 2024", other("«2023, 2024» the set is not closed. end it with `]`")),
        (
            "2024-06-19T25:00:00",
            other("«25:00:00» this is no time of day. hours and minutes read 10:30, with seconds 10:30:00"),
        ),
        ("2024-2025", other("«2025» `2025` is no month. write 2024/2025 for an interval")),
        (
            "2024-33",
            other(
                "«33» 33 is a season or quarter of EDTF level 2, which is not supported. an interval of months reads 2024-01/2024-03",
            ),
        ),
    ];
    for (text, expect) in table {
        assert_eq!(fault(text), expect, "{text}");
    }
}

#[test]
fn what_people_write_instead_is_answered_with_what_to_write() {
    let table = [
        ("3/11/2024", "write 2024-11-03 (day 3, month 11) or 2024-03-11 (day 11, month 3)"),
        ("03.11.2024", "write 2024-11-03 (day 03, month 11) or 2024-03-11 (day 11, month 03)"),
        ("3/3/2024", "write 2024-03-03"),
        ("3-11-2024", "write 2024-11-03 (day 3, month 11) or 2024-03-11 (day 11, month 3)"),
        ("11/23/2024", "write 2024-11-23"),
        ("31/02/2024", "the year comes first, then month and day"),
        ("2024/11/3", "write 2024-11-03"),
        ("2024-6", "write 2024-06"),
        ("2024-6-1", "write 2024-06-01"),
        ("11/2024", "write 2024-11"),
        ("20241103", "write 2024-11-03"),
        ("202411", "write 2024-11"),
        ("juin 2024", "write 2024-06"),
        ("Juil. 2024", "write 2024-07"),
        ("3 novembre 2024", "write 2024-11-03"),
        ("1er août 2024", "write 2024-08-01"),
        ("3. Juni 2024", "write 2024-06-03"),
        ("28. und 29. April 2025", "write 2025-04-28/2025-04-29"),
        ("um 1900", "write 1900~"),
        ("Herbst 2024", "write 2024-23"),
        ("November 3, 2024", "write 2024-11-03"),
        ("vers 2024", "write 2024~"),
        ("c. 2024-06", "write 2024-06~"),
        ("~2024", "write 2024~"),
        ("2023..2024", "write [2023..2024] (one date between the two) or 2023/2024 (from the one to the other)"),
        ("2023..", "write [2023..] (one date, not before that) or 2023/.. (from then on, with no end)"),
        ("..2030-10-31", "write [..2030-10-31] (one date, by then) or ../2030-10-31 (all the time until then)"),
        (" ..2030~", "write [..2030~] (one date, by then) or ../2030~ (all the time until then)"),
        ("2011–12", "write 2011-12 (the month) or 2011/2012 (the years)"),
        ("2011/12", "write 2011-12 (the month) or 2011/2012 (the years)"),
        ("1914–18", "write 1914/1918"),
        ("2024/11", "write 2024-11"),
        ("1900s", "write 190X (the decade) or 19XX (the century)"),
        ("2023–2024", "write 2023/2024"),
        ("1990s", "write 199X"),
        (" 2024", "write 2024"),
        ("2024-06-19 ?", "write 2024-06-19?"),
        ("2024 / 2025", "write 2024/2025"),
        ("2024–06", "write 2024-06"),
        ("2024\u{2011}06\u{2011}19", "write 2024-06-19"),
        ("2024-06-18/19", "write 2024-06-18/2024-06-19"),
        ("2024-06/08", "write 2024-06/2024-08 (two months) or 2024-06-08 (a day)"),
        (
            "2024-06-18..2024-06-19",
            "write [2024-06-18..2024-06-19] (one date between the two) or 2024-06-18/2024-06-19 (from the one to the other)",
        ),
        ("2023 ou 2024-06", "write [2023, 2024-06]"),
        ("le 19 juin 2024", "write 2024-06-19"),
        ("18-19 juin 2024", "write 2024-06-18/2024-06-19"),
        ("les 28 et 29 avril 2025", "write 2025-04-28/2025-04-29"),
        ("28 ou 29 avril 2025", "write [2025-04-28, 2025-04-29]"),
        ("été 2024", "write 2024-22"),
        ("Winter 2024", "write 2024-24"),
        ("années 1990", "write 199X"),
        ("T2 2024", "write 2024-04/2024-06"),
        ("Q4 2024", "write 2024-10/2024-12"),
    ];
    for (text, expect) in table {
        let error = Edtf::parse(text).map_or_else(|e| e, |date| panic!("{text} is read as {date:?}"));
        assert_eq!(error.help.as_deref(), Some(expect), "{text}");
    }
}

#[test]
fn where_the_writer_may_mean_more_than_one_thing_nothing_is_proposed() {
    // A minus, or a beginning left out; an open end, or one that nobody knows; a day, or a month after a month.
    for text in ["–2024", "–0044", "1950–", "1950 - ", "2024-06 - 08", "2024-1 1", "2024 06 1 9"] {
        let error = Edtf::parse(text).map_or_else(|e| e, |date| panic!("{text} is read as {date:?}"));
        assert!(!error.help.as_deref().unwrap_or_default().starts_with("write "), "{text}: {:?}", error.help);
    }
}

#[test]
fn structure_is_kept_for_wording() {
    let parse = |text: &str| Edtf::parse(text).unwrap();
    let point = |when, uncertain, approximate| Point { when, uncertain, approximate };
    let year = |year| When::Year { year };
    assert_eq!(parse("2024%").form(), &Form::Single(point(year(2024), true, true)));
    let interval = Form::Interval { start: Bound::At(point(year(2024), false, true)), end: Bound::Unknown };
    assert_eq!(parse("2024~/").form(), &interval);
    assert!(parse("2024~/2025").is_approximate() && !parse("2024~/2025").is_uncertain());
    assert_eq!(parse("2024-06-19T10:30:00Z").time(), Some("10:30:00Z"));
    assert_eq!(parse("2024-06-19/2025").precision(), Precision::Year);
    assert_eq!(parse("2024-XX").precision(), Precision::Year);
    assert_eq!(parse("2024-06-XX").precision(), Precision::Month);
}

#[test]
fn about_reaches_one_step_of_the_precision() {
    let table = [
        ("2024-06-19~", "2024-06-12..2024-06-26"),
        ("2024-06~", "2024-05-01..2024-07-31"),
        ("2024-02~", "2024-01-01..2024-03-31"),
        ("2024~", "2023-01-01..2025-12-31"),
        ("201X~", "2000-01-01..2029-12-31"),
        ("2024-06", "2024-06-01..2024-06-30"),
        ("2024-06~/2024-08", "2024-05-01..2024-08-31"),
    ];
    for (text, expect) in table {
        assert_eq!(show(&Edtf::parse(text).unwrap().days_about(None)), expect, "{text}");
    }
    let three = Reach { months: 0, days: 3 };
    assert_eq!(show(&Edtf::parse("2024-06-19~").unwrap().days_about(Some(three))), "2024-06-16..2024-06-22");
}

#[test]
fn order_is_first_day_then_last_day_then_text() {
    let mut dates: Vec<_> = ["2024-06~", "2024", "2024-06", "../2024", "2024-01/..", "2024-01-01", "-0044", "Y-10000"]
        .map(|t| Edtf::parse(t).unwrap())
        .to_vec();
    dates.sort();
    let texts: Vec<_> = dates.iter().map(Edtf::text).collect();
    // `../2024` stands where it ends.
    assert_eq!(texts, ["Y-10000", "-0044", "2024-01-01", "2024", "2024-01/..", "2024-06", "2024-06~", "../2024"]);
}

#[test]
fn the_calendar_agrees_with_jiff() {
    let epoch = jiff::civil::date(1970, 1, 1);
    let mut date = jiff::civil::date(-9999, 1, 1);
    while let Ok(next) = date.checked_add(jiff::Span::new().days(97)) {
        let (year, month, day) = (date.year(), date.month().unsigned_abs(), date.day().unsigned_abs());
        let number = day_number(i64::from(year), month, day);
        assert_eq!(number, i64::from(epoch.until(date).unwrap().get_days()), "{date}");
        assert_eq!(Civil::from_day(number), Civil { year: i64::from(year), month, day });
        date = next;
    }
}

#[test]
fn months_are_added_to_the_end_of_short_ones() {
    let day = |text: &str| Edtf::parse(text).unwrap().earliest().unwrap();
    assert_eq!(add_months(day("2024-01-31"), 1), day("2024-02-29"));
    assert_eq!(add_months(day("2024-03-31"), -13), day("2023-02-28"));
    assert_eq!(add_months(day("2024-12-15"), 1), day("2025-01-15"));
}

#[test]
fn sets_of_days() {
    let set = |text: &str| Edtf::parse(text).unwrap().days();
    assert_eq!(set("[2024-06, 2024-07]"), set("2024-06/2024-07"));
    assert_eq!(set("2024-06").gap(&set("2024-07")), 1);
    assert_eq!(set("2024-11-30").gap(&set("2024-11-01")), 29);
    assert_eq!(set("[2020, 2024-06]").gap(&set("[2024-08-01, 2010]")), 32);
    assert_eq!(set("2024/..").gap(&set("2030")), 0);
    assert!(set("2024-06").is_subset(&set("2024")) && !set("2024").is_subset(&set("2024-06")));
    assert!(set("2030").is_subset(&set("2024/..")) && !set("2024/..").is_subset(&set("2024/2030")));
    assert!(set("[2023, 2025]").gap(&set("2024")) == 1 && !set("[2023, 2025]").intersects(&set("2024")));
}

const WORDS: [&str; 33] = [
    "juin", "févr.", "été", "T", "Q1", "2024", "2023", "19", "3", "06", "-", "–", "/", "..", ".", " ", " ", "vers ",
    "les ", " et ", " ou ", "~", "?", "[", "]", ",", "X", "XX", "s", "années ", "\u{a0}", "é", "1er",
];

/// Whether the crate's reading of a date is ours.
fn means_alike(theirs: edtf::level_1::Precision, ours: When) -> bool {
    use edtf::level_1::Precision as P;
    let same = |y: i32, year: i64| i64::from(y) == year;
    match (theirs, ours) {
        // Before the year 0 it names a decade by either end.
        (P::Century(y), When::Century { first, last }) => same(y, first) || same(y, last) || y == 0,
        (P::Decade(y), When::Decade { first, last }) => same(y, first) || same(y, last) || y == 0,
        (P::Year(y), When::Year { year }) => same(y, year),
        (P::MonthOfYear(y), When::SomeMonthOfYear { year }) => same(y, year),
        (P::DayOfYear(y), When::SomeDayOfYear { year }) => same(y, year),
        (P::Season(y, s), When::Season { year, season }) => same(y, year) && s as u32 == season as u32 + 21,
        (P::Month(y, m), When::Month { year, month }) => same(y, year) && m == u32::from(month),
        (P::DayOfMonth(y, m), When::SomeDayOfMonth { year, month }) => same(y, year) && m == u32::from(month),
        (P::Day(y, m, d), When::Day { year, month, day }) => {
            same(y, year) && (m, d) == (u32::from(month), u32::from(day))
        }
        _ => false,
    }
}

/// Dates as a writer may type them, right or nearly so.
fn datelike() -> impl Strategy<Value = String> {
    let year = prop_oneof!["[0-9]{4}", "-[0-9]{4}", "[12][0-9]{2}X", "[12][0-9]XX", "Y-?[1-9][0-9]{4,16}"];
    let date = (year, "(-(0[0-9]|1[0-3]|2[0-5]|XX)(-([012][0-9]|3[0-2]|XX))?)?[?~%]?").prop_map(|(y, rest)| y + &rest);
    let pair = (date.clone(), date.clone());
    prop_oneof![
        date.clone(),
        pair.clone().prop_map(|(a, b)| format!("{a}/{b}")),
        date.clone().prop_map(|a| format!("{a}/..")),
        date.clone().prop_map(|a| format!("/{a}")),
        pair.prop_map(|(a, b)| format!("[{a}, {b}..]")),
        "[-0-9XYT/.:?~%, \\[\\]]{0,24}",
    ]
}

#[test]
fn a_union_holds_what_its_ranges_hold() {
    let set = |ranges: &[(i64, i64)]| DaySet::new(ranges.iter().map(|(a, b)| DayRange::closed(*a, *b)));
    assert_eq!(set(&[(1, 9), (3, 4)]), set(&[(1, 9)]));
    assert_eq!(set(&[(5, 9), (1, 4)]), set(&[(1, 9)]));
    assert_eq!(set(&[(6, 9), (1, 4)]).ranges().len(), 2);
    assert_eq!(set(&[(9, 1)]), DaySet::default());
    assert_eq!(set(&[(9, 1)]).gap(&set(&[(1, 1)])), 0);
}

fn some_set() -> impl Strategy<Value = DaySet> {
    let end = || prop_oneof![1 => Just(None), 9 => (-40i64..40).prop_map(Some)];
    prop::collection::vec((end(), end()), 1..5)
        .prop_map(|ends| DaySet::new(ends.into_iter().map(|(first, last)| DayRange { first, last })))
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>()) {
        if let Err(error) = Edtf::parse(&text) {
            prop_assert!(text.get(error.range).is_some());
        }
    }

    #[test]
    fn no_words_panic(words in prop::collection::vec(prop::sample::select(WORDS.to_vec()), 0..6)) {
        let text = words.concat();
        if let Err(error) = Edtf::parse(&text) {
            prop_assert!(text.get(error.range).is_some());
            // What is suggested can be read.
            let suggested = error.help.as_deref().filter(|_| error.message.starts_with("this is not how"));
            if let Some(date) = suggested.and_then(|help| help.strip_prefix("write ")) {
                for date in date.split(" or ") {
                    let date = date.split(" (").next().unwrap();
                    prop_assert!(Edtf::parse(date).is_ok(), "{} for {}", date, text);
                }
            }
        }
    }

    #[test]
    fn what_is_suggested_for_a_date_keeps_its_sign_and_digits(text in datelike()) {
        let Err(error) = Edtf::parse(&text) else { return Ok(()) };
        let Some(help) = error.help.as_deref().and_then(|help| help.strip_prefix("write ")) else { return Ok(()) };
        for one in help.split(" or ").map(|one| one.split(" (").next().unwrap().split(" for ").next().unwrap()) {
            prop_assert!(Edtf::parse(one).is_ok(), "{one} for {text}");
            let count = |text: &str, c: char| text.matches(c).count();
            for c in ('0'..='9').chain(['?', '~', '%', 'X']) {
                prop_assert!(count(&text, c) <= count(one, c), "{one} for {text}");
            }
            let bare = one.trim_start_matches('[');
            prop_assert_eq!(text.starts_with('-'), bare.starts_with('-') || bare.starts_with("Y-"), "{} for {}", one, text);
        }
    }

    #[test]
    fn a_date_prints_as_typed_and_ends_after_it_starts(text in datelike()) {
        match Edtf::parse(&text) {
            Err(error) => prop_assert!(text.get(error.range).is_some()),
            Ok(date) => {
                prop_assert_eq!(date.to_string(), text);
                prop_assert!(!date.days().ranges().is_empty());
                prop_assert!(date.days().is_subset(&date.days_about(None)));
                let (first, last, _) = date.sort_key();
                prop_assert!(first <= last);
                prop_assert_eq!(date.earliest(), date.days().first());
            }
        }
    }

    #[test]
    fn what_the_edtf_crate_reads_we_read_alike(text in datelike()) {
        use edtf::level_1::Edtf as Other;
        // It takes 21 to 24 for months where a day follows; the standard does not.
        let parts: Vec<_> = text.trim_start_matches('-').split('-').collect();
        let day_in_season = parts.len() == 3 && ["21", "22", "23", "24"].contains(&parts[1]);
        let plain = text.contains('-') && !text.contains(['Y', 'T', '/', '[']) && !text.starts_with('-');
        if plain && Edtf::parse(&text).is_ok() {
            prop_assert!(Other::parse(&text).is_ok(), "{} is read by us alone", text);
        }
        if let (Ok(Other::Date(other)), false) = (Other::parse(&text), day_in_season) {
            let ours = Edtf::parse(&text);
            prop_assert!(ours.is_ok(), "{} {:?}", text, ours);
            let Form::Single(point) = ours.unwrap().form().clone() else { return Err(TestCaseError::fail("form")) };
            let alike = means_alike(other.precision(), point.when);
            prop_assert!(alike, "{} {:?} {:?}", text, other, point);
        }
    }

    #[test]
    fn day_numbers_and_names_are_inverse(day in -365_000_000_000_000_000i64..365_000_000_000_000_000) {
        prop_assert_eq!(Civil::from_day(day).day(), day);
        prop_assert_eq!(Civil::from_day(day + 1) > Civil::from_day(day), true);
    }

    #[test]
    fn sets_behave_as_sets(a in some_set(), b in some_set()) {
        let inside = |set: &DaySet, day| set.contains(day);
        let shared = (-60..60).any(|day| inside(&a, day) && inside(&b, day));
        prop_assert_eq!(a.intersects(&b), shared);
        prop_assert_eq!(b.intersects(&a), shared);
        prop_assert_eq!(a.is_subset(&b), (-60..60).all(|day| !inside(&a, day) || inside(&b, day)));
        prop_assert_eq!(a == b, a.is_subset(&b) && b.is_subset(&a));
        prop_assert_eq!(a.gap(&b), b.gap(&a));
        let distances = |x: i64| (-60..60).filter(|d| inside(&b, *d)).map(move |y| (x - y).abs()).min();
        let nearest = (-60..60).filter(|d| inside(&a, *d)).filter_map(distances).min();
        prop_assert_eq!(a.gap(&b), nearest.unwrap_or(0));
    }
}
