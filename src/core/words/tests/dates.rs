use super::{visible, words};
use crate::model::date::{Edtf, Precision};
use crate::model::language::Language;
use crate::words::date::{by, iso, label, lasting, lasting_moment, moment, moment_phrase, phrase, without_year};
use proptest::prelude::*;

#[track_caller]
fn check(language: Language, edtf: &str, expected_label: &str, expected_phrase: &str) {
    let (date, words) = (Edtf::parse(edtf).unwrap(), words(language));
    assert_eq!(visible(&label(&date, &words)), expected_label, "{edtf}");
    assert_eq!(visible(&phrase(&date, &words)), expected_phrase, "{edtf}");
}

#[test]
fn french() {
    let check = |edtf, label, phrase| check(Language::French, edtf, label, phrase);
    check("2024-11-03", "3 novembre 2024", "le 3 novembre 2024");
    check("2024-11-01", "1er novembre 2024", "le 1er novembre 2024");
    check("2024-11-03T10:30:00Z", "3 novembre 2024 à 10~h~30 (UTC)", "le 3 novembre 2024 à 10~h~30 (UTC)");
    check("2024-11-03T06:05+02", "3 novembre 2024 à 6~h~05 (UTC+2)", "le 3 novembre 2024 à 6~h~05 (UTC+2)");
    check("2024-11-03T06:05:07", "3 novembre 2024 à 6~h~05~min~07~s", "le 3 novembre 2024 à 6~h~05~min~07~s");
    check("2024-11", "novembre 2024", "en novembre 2024");
    check("2023", "2023", "en 2023");
    check("2024-21", "printemps 2024", "au printemps 2024");
    check("2024-22", "été 2024", "à l’été 2024");
    check("2024-24", "hiver 2024-2025", "à l’hiver 2024-2025");
    check("202X", "années 2020", "dans les années 2020");
    check("18XX", "XIXe siècle", "au XIXe siècle");
    check("00XX", "Ier siècle", "au Ier siècle");
    check("-0043", "44 av. J.-C.", "en 44 av. J.-C.");
    check("0000", "1 av. J.-C.", "en 1 av. J.-C.");
    check("Y170000002", "170_000_002", "en 170_000_002");
    check("2024-06-XX", "juin 2024 (jour inconnu)", "en juin 2024 (jour inconnu)");
    check("2024-XX", "2024 (mois inconnu)", "en 2024 (mois inconnu)");
    check("2024-XX-XX", "2024 (jour inconnu)", "en 2024 (jour inconnu)");
}

#[test]
fn french_doubts() {
    let check = |edtf, label, phrase| check(Language::French, edtf, label, phrase);
    check("2024-06~", "vers juin 2024", "vers juin 2024");
    check("2024-11-03~", "vers le 3 novembre 2024", "vers le 3 novembre 2024");
    check("2024-22~", "vers l’été 2024", "vers l’été 2024");
    check("18XX~", "vers le XIXe siècle", "vers le XIXe siècle");
    check("2025-07?", "peut-être juillet 2025", "peut-être en juillet 2025");
    check("2025-07-04?", "peut-être le 4 juillet 2025", "peut-être le 4 juillet 2025");
    check("[..2025-07-04?]", "peut-être le 4 juillet 2025 ou avant", "peut-être le 4 juillet 2025 ou avant");
    check("2025-07%", "peut-être vers juillet 2025", "peut-être vers juillet 2025");
}

#[test]
fn french_intervals() {
    let check = |edtf, label, phrase| check(Language::French, edtf, label, phrase);
    check("2024-11-02/2024-11-06", "du 2 au 6 novembre 2024", "entre le 2 et le 6 novembre 2024");
    check("2024-11-01/2024-11-06", "du 1er au 6 novembre 2024", "entre le 1er et le 6 novembre 2024");
    check("2024-10-28/2024-11-06", "du 28 octobre au 6 novembre 2024", "entre le 28 octobre et le 6 novembre 2024");
    check(
        "2023-12-28/2024-01-02",
        "du 28 décembre 2023 au 2 janvier 2024",
        "entre le 28 décembre 2023 et le 2 janvier 2024",
    );
    check("2024-04/2024-08", "d’avril à août 2024", "entre avril et août 2024");
    check("2024-06/2024-08", "de juin à août 2024", "entre juin et août 2024");
    check("2023/2024-06", "de 2023 à juin 2024", "entre 2023 et juin 2024");
    check("201X/202X", "des années 2010 aux années 2020", "entre les années 2010 et les années 2020");
    check(
        "2024-11-02~/2024-11-06?",
        "du 2 novembre 2024 (environ) au 6 novembre 2024 (peut-être)",
        "entre le 2 novembre 2024 (environ) et le 6 novembre 2024 (peut-être)",
    );
    check("../2024-11-06", "au plus tard le 6 novembre 2024", "au plus tard le 6 novembre 2024");
    check("../2024-06", "au plus tard en juin 2024", "au plus tard en juin 2024");
    check("/2024", "au plus tard en 2024 (début inconnu)", "au plus tard en 2024 (début inconnu)");
    check("2023/..", "depuis 2023", "depuis 2023");
    check("2024-08-05/..", "depuis le 5 août 2024", "depuis le 5 août 2024");
    check("2024-08/", "à partir d’août 2024 (fin inconnue)", "à partir d’août 2024 (fin inconnue)");
}

#[test]
fn french_one_of() {
    let check = |edtf, label, phrase| check(Language::French, edtf, label, phrase);
    check("[2023, 2024-06]", "2023 ou juin 2024", "en 2023 ou en juin 2024");
    check("[2021, 2022, 2023?]", "2021, 2022 ou peut-être 2023", "en 2021, en 2022 ou peut-être en 2023");
    check("[2023..2024-06]", "entre 2023 et juin 2024", "entre 2023 et juin 2024");
    check("[..2023, 2025..]", "2023 ou avant, ou 2025 ou après", "en 2023 ou avant, ou en 2025 ou après");
}

#[test]
fn english() {
    let check = |edtf, label, phrase| check(Language::English, edtf, label, phrase);
    check("2024-11-01", "1 November 2024", "on 1 November 2024");
    check("2024-11", "November 2024", "in November 2024");
    check("2024-24", "winter 2024–2025", "in winter 2024–2025");
    check("202X", "2020s", "in the 2020s");
    check("18XX", "19th century", "in the 19th century");
    check("2025-07%", "perhaps around July 2025", "perhaps around July 2025");
    check("2024-11-02/2024-11-06", "2 to 6 November 2024", "between 2 and 6 November 2024");
    check("201X/202X", "the 2010s to the 2020s", "between the 2010s and the 2020s");
    check("../2024-11-06", "by 6 November 2024", "by 6 November 2024");
    check("2023/..", "since 2023", "since 2023");
    check("2024-08/", "from August 2024 on (end unknown)", "from August 2024 on (end unknown)");
    check("[2023, 2024-06]", "2023 or June 2024", "in 2023 or in June 2024");
}

/// A speech has a moment, of which an interval gives the bounds; a value holds for a period.
#[test]
fn moments_and_periods() {
    #[track_caller]
    fn check(language: Language, edtf: &str, expected: [&str; 3]) {
        let (date, words) = (Edtf::parse(edtf).unwrap(), words(language));
        let said = [moment(&date, &words), moment_phrase(&date, &words), lasting(&date, &words)];
        assert_eq!(said.map(|text| visible(&text)), expected, "{edtf}");
    }
    let french = |edtf, expected| check(Language::French, edtf, expected);
    french("2024-11-03", ["3 novembre 2024", "le 3 novembre 2024", "le 3 novembre 2024"]);
    french("2024-11", ["novembre 2024", "en novembre 2024", "novembre 2024"]);
    let between = "entre le 2 et le 6 novembre 2024";
    french("2024-11-02/2024-11-06", [between, between, "la période du 2 au 6 novembre 2024"]);
    let by = "au plus tard le 6 novembre 2024";
    french("../2024-11-06", [by, by, "la période jusqu’au 6 novembre 2024"]);
    french("/2024-11-06", [by, by, "la période jusqu’au 6 novembre 2024 (début inconnu)"]);
    let from = "au plus tôt en juin 2024";
    french("2024-06/..", [from, from, "la période depuis juin 2024"]);
    let english = |edtf, expected| check(Language::English, edtf, expected);
    let between = "between 2 and 6 November 2024";
    english("2024-11-02/2024-11-06", [between, between, "the period 2 to 6 November 2024"]);
    english("../2024-05-10", ["by 10 May 2024", "by 10 May 2024", "the period until 10 May 2024"]);
    let from = "not before 3 May 2024";
    english("2024-05-03/..", [from, from, "the period since 3 May 2024"]);
    let one = |language, edtf| visible(&lasting_moment(&Edtf::parse(edtf).unwrap(), &words(language)));
    assert_eq!(one(Language::French, "2024-11-02/2024-11-06"), "un moment entre le 2 et le 6 novembre 2024");
    assert_eq!(one(Language::French, "../2024-11-06"), "un moment au plus tard le 6 novembre 2024");
    assert_eq!(one(Language::English, "2024-11-02/2024-11-06"), "a point in time between 2 and 6 November 2024");
    assert_eq!(one(Language::German, "2024-05-03/.."), "einen Zeitpunkt frühestens am 3. Mai 2024");
    assert_eq!(one(Language::French, "2024-11-03"), "le 3 novembre 2024");
    assert_eq!(by_of("2024-05-16"), "by 16 May 2024");
    assert_eq!(by_of("../2024-05"), "by May 2024");
}

fn by_of(edtf: &str) -> String {
    by(&Edtf::parse(edtf).unwrap(), &words(Language::English))
}

#[test]
fn beside_others_of_the_same_year() {
    let check = |edtf: &str, expected: &str| {
        assert_eq!(without_year(&Edtf::parse(edtf).unwrap(), &words(Language::French)), expected);
    };
    check("2024-11-01", "1er novembre");
    check("2024-11", "novembre");
    check("2024", "2024");
    check("2024-11~", "vers novembre 2024");
}

#[test]
fn for_machines_only_what_is_certain() {
    let check = |edtf: &str, expected: Option<&str>| {
        assert_eq!(iso(&Edtf::parse(edtf).unwrap()).as_deref(), expected, "{edtf}");
    };
    check("2024-11-03", Some("2024-11-03"));
    check("2024-11-03T10:30:00Z", Some("2024-11-03T10:30:00Z"));
    check("2024-11-03T10:30+02", Some("2024-11-03T10:30+02:00"));
    check("2024-11", Some("2024-11"));
    check("0800", Some("0800"));
    check("2024-06-XX", Some("2024-06"));
    check("2024-XX", Some("2024"));
    for nothing in ["2024~", "2024-06?", "0000", "-0043", "Y20240", "2024-21", "202X", "2023/2024", "[2023, 2024]"] {
        check(nothing, None);
    }
}

/// Any point that the grammar has.
fn point() -> impl Strategy<Value = String> {
    let bare = prop_oneof![
        (1900..2100_i32).prop_map(|y| y.to_string()),
        (1900..2100_i32, 1..13_u32).prop_map(|(y, m)| format!("{y}-{m:02}")),
        (1900..2100_i32, 1..13_u32, 1..29_u32).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}")),
        (1900..2100_i32, 21..25_u32).prop_map(|(y, s)| format!("{y}-{s}")),
        (190..210_i32).prop_map(|d| format!("{d}X")),
        (0..21_i32).prop_map(|c| format!("{c:02}XX")),
    ];
    (bare, prop_oneof![Just(""), Just("~"), Just("?"), Just("%")]).prop_map(|(bare, mark)| format!("{bare}{mark}"))
}

fn any_date() -> impl Strategy<Value = String> {
    prop_oneof![
        point(),
        (point(), point()).prop_map(|(a, b)| format!("{a}/{b}")),
        point().prop_map(|p| format!("../{p}")),
        point().prop_map(|p| format!("{p}/..")),
        proptest::collection::vec(point(), 1..4).prop_map(|all| format!("[{}]", all.join(", "))),
    ]
}

proptest! {
    /// What is doubted or approximate is said to be, nothing finer than a month names a day, and no message is missing.
    #[test]
    fn never_more_certain_than_the_date(text in any_date()) {
        let Ok(date) = Edtf::parse(&text) else { return Ok(()) };
        let words = words(Language::French);
        for said in [label, phrase, moment, moment_phrase, lasting, lasting_moment].map(|word| word(&date, &words)) {
            prop_assert!(!said.contains("date.") && !said.contains('{'), "{text}: {said}");
            if date.is_uncertain() {
                prop_assert!(said.contains("peut-être"), "{text}: {said}");
            }
            if date.is_approximate() {
                prop_assert!(said.contains("vers ") || said.contains("environ"), "{text}: {said}");
            }
            if date.precision() > Precision::Day && !text.contains(['/', '[']) {
                prop_assert!(!said.contains("le 1er") && !said.starts_with("1 "), "{text}: {said}");
            }
        }
        prop_assert_eq!(iso(&date).is_some_and(|_| date.is_uncertain() || date.is_approximate()), false);
    }
}

#[test]
fn german() {
    let check = |edtf, label, phrase| check(Language::German, edtf, label, phrase);
    check("2024-11-03", "3. November 2024", "am 3. November 2024");
    check("2024-11-01", "1. November 2024", "am 1. November 2024");
    check("2024-11", "November 2024", "im November 2024");
    check("2023", "2023", "2023");
    check("2024-21", "Frühjahr 2024", "im Frühjahr 2024");
    check("2024-24", "Winter 2024/2025", "im Winter 2024/2025");
    check("202X", "2020er-Jahre", "in den 2020er-Jahren");
    check("18XX", "19. Jahrhundert", "im 19. Jahrhundert");
    check("-0043", "44~v.~Chr.", "44~v.~Chr.");
    check("2024-06~", "um Juni 2024", "um Juni 2024");
    check("2024-06?", "vielleicht Juni 2024", "vielleicht im Juni 2024");
    check("2024-06-XX", "Juni 2024 (Tag unbekannt)", "im Juni 2024 (Tag unbekannt)");
    check("2024-11-02/2024-11-06", "2. bis 6. November 2024", "zwischen dem 2. und dem 6. November 2024");
    check(
        "2024-11-02/2025-01-06",
        "2. November 2024 bis 6. Januar 2025",
        "zwischen dem 2. November 2024 und dem 6. Januar 2025",
    );
    check("2024-06/2024-08", "Juni bis August 2024", "zwischen Juni und August 2024");
    check("2024-06-03~", "um den 3. Juni 2024", "um den 3. Juni 2024");
    check("2024-06-03/..", "seit dem 3. Juni 2024", "seit dem 3. Juni 2024");
    check("2024-21/2024-22", "Frühjahr 2024 bis Sommer 2024", "zwischen dem Frühjahr 2024 und dem Sommer 2024");
}
