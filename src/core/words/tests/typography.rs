use super::{visible, words};
use crate::model::language::Language;
use crate::words::messages::Messages;
use crate::words::spaces::{bound, rules_of};
use crate::words::typography::{after, apply, english, french, inside_quotes};
use crate::words::{spaces, typography};
use proptest::prelude::*;
use std::borrow::Cow;

/// Words in the quotation marks of a language, as pages write them.
fn quoted(text: &str, words: &Messages) -> String {
    words.fill("note.quoted", &[("quote", &inside_quotes(text, words.language()))])
}

#[track_caller]
fn check_french(text: &str, expected: &str) {
    assert_eq!(visible(&french(text)), expected);
}

#[track_caller]
fn check_english(text: &str, expected: &str) {
    assert_eq!(visible(&english(text)), expected);
}

#[test]
fn french_spaces() {
    check_french("Vraiment ? Oui ; non ! Ainsi :", "Vraiment_? Oui_; non_! Ainsi~:");
    check_french("Vraiment? Oui; non! Ainsi: rien", "Vraiment_? Oui_; non_! Ainsi~: rien");
    check_french("Quoi ?! (Non !)", "Quoi_?! (Non_!)");
    check_french("« mot » et «mot»", "«_mot_» et «_mot_»");
    check_french("fin \u{a0}!", "fin_!");
    check_french(" : suite", "~: suite");
    check_french("fin de ligne\n: suite", "fin de ligne~: suite");
}

#[test]
fn french_numbers_and_units() {
    check_french("10 000 hommes, 1 234 567", "10_000~hommes, 1_234_567");
    check_french("5 sources, 2024 sources, 28 et 29 avril", "5~sources, 2024 sources, 28 et 29~avril");
    check_french("en 2024 la ligne, 3 qui, 3 États, 2 d’entre eux", "en 2024 la ligne, 3 qui, 3 États, 2 d’entre eux");
    check_french("le 1er novembre, p. 4, n° 5, (p. 6)", "le 1er~novembre, p.~4, n°~5, (p.~6)");
    check_french("en 2024 100 hommes", "en 2024 100~hommes");
    check_french("12 % de 5 km", "12~% de 5~km");
    check_french("le 3 novembre, 2 millions, § 4", "le 3~novembre, 2~millions, §~4");
    check_french("10:30, 3:1 et 12:00:00", "10:30, 3:1 et 12:00:00");
}

#[test]
fn french_apostrophes_quotes_and_dashes() {
    check_french("l'Ukraine, aujourd'hui, qu'", "l’Ukraine, aujourd’hui, qu’");
    check_french("dire \"oui\" ou «\"non\"»", "dire «_oui_» ou «_“non”_»");
    check_french("un \"seul", "un \"seul");
    check_french("5' 30\"", "5' 30\"");
    check_french("du 3 -- au 5 --- 2023--2024", "du 3 – au 5 — 2023–2024");
    check_french("l'option --root, ---", "l’option --root, —");
    check_french("etc... et [...], ../a, ....", "etc… et […], ../a, ....");
}

#[test]
fn addresses_are_left_alone() {
    for text in [
        "https://example.org/a?b=c;d:e!",
        "http://l'x.org/?a=b--c...",
        "www.example.org/a'b",
        "mailto:a'b@example.org",
        "a'b@example.org",
        ":root",
        "!important",
    ] {
        assert!(matches!(french(text), Cow::Borrowed(same) if same == text), "{text}");
        assert!(matches!(english(text), Cow::Borrowed(same) if same == text), "{text}");
    }
    check_french("voir https://example.org/?a ; puis", "voir https://example.org/?a_; puis");
}

#[test]
fn english_marks() {
    check_english("it's \"so\" -- and \"it's done\"...", "it’s “so” – and “it’s done”…");
    check_english("Why? Because: so; there!", "Why? Because: so; there!");
    check_english("5 km, 12 May, 2 million", "5~km, 12~May, 2~million");
    check_english("10 000", "10 000");
}

#[test]
fn typography_looks_back_over_a_note_or_a_link() {
    let check = |prior: char, text: &str, expected: &str| {
        assert_eq!(visible(&after(Some(prior), Language::French, text)), expected);
    };
    check('k', "; puis", "_; puis");
    check('k', " ; puis", "_; puis");
    check('t', "?", "_?");
    check('t', "»", "_»");
    check('t', "'s", "’s");
    assert_eq!(visible(&after(None, Language::French, "; puis")), "; puis");
}

#[test]
fn exact_words_change_spaces_alone() {
    let check = |text: &str, in_french: &str, in_english: &str| {
        assert_eq!(visible(&bound(text, Language::French)), in_french);
        assert_eq!(visible(&bound(text, Language::English)), in_english);
    };
    check("8 000 sont \"là\" -- oui!", "8_000 sont \"là\" -- oui!", "8 000 sont \"là\" -- oui!");
    check("Titre : l'ONU", "Titre~: l'ONU", "Titre : l'ONU");
    check("§ 5, 3 km", "§~5, 3~km", "§~5, 3~km");
    check("  ", "  ", "  ");
    assert_eq!(rules_of(Some("fr-CA"), Language::English), Language::French);
    assert_eq!(rules_of(Some("ko"), Language::French), Language::English);
    assert_eq!(rules_of(None, Language::French), Language::French);
}

#[test]
fn quotes_keep_their_words() {
    let check = |text: &str, in_french: &str, in_english: &str| {
        assert_eq!(visible(&quoted(text, &words(Language::French))), in_french);
        assert_eq!(visible(&quoted(text, &words(Language::English))), in_english);
    };
    check("onze mille", "«_onze mille_»", "“onze mille”");
    check("l'un: \"x\" -- ...", "«_l'un: \"x\" -- ..._»", "“l'un: \"x\" -- ...”");
    check("jusqu’à la « victoire »", "«_jusqu’à la “victoire”_»", "“jusqu’à la « victoire »”");
    check("to “win”", "«_to “win”_»", "“to ‘win’”");
    check("une « moitié", "«_une « moitié_»", "“une « moitié”");
}

/// What may not change: everything but spaces, apostrophes, quotation marks, dashes and ellipses.
fn bones(text: &str) -> String {
    text.replace('…', "...")
        .replace('–', "--")
        .replace('—', "---")
        .replace(['«', '»', '„', '“', '”', '‚', '‘', '’', '"'], "'")
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect()
}

fn tricky() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just(" "),
        Just("\u{a0}"),
        Just("\u{202f}"),
        Just("\n"),
        Just("a"),
        Just("l"),
        Just("é"),
        Just("mot"),
        Just("1"),
        Just("000"),
        Just("km"),
        Just("'"),
        Just("’"),
        Just("\""),
        Just("«"),
        Just("»"),
        Just("“"),
        Just("”"),
        Just("?"),
        Just("!"),
        Just(";"),
        Just(":"),
        Just("%"),
        Just("-"),
        Just("--"),
        Just("–"),
        Just("."),
        Just("..."),
        Just("…"),
        Just("("),
        Just(")"),
        Just("/"),
        Just("://"),
        Just("@"),
        Just("www."),
        Just("§"),
        Just(","),
    ];
    proptest::collection::vec(part, 0..14).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn twice_is_once(text in prop_oneof![tricky(), any::<String>()]) {
        for language in Language::ALL {
            let once = apply(*language, &text).into_owned();
            prop_assert_eq!(apply(*language, &once), once.as_str(), "{:?}", text);
        }
    }

    #[test]
    fn what_is_spared_the_walk_would_stay_as_it_is(text in prop_oneof![tricky(), "[a-zà . -]{0,12}", any::<String>()]) {
        for language in Language::ALL {
            prop_assert_eq!(apply(*language, &text), typography::walked(&text, *language));
            prop_assert_eq!(bound(&text, *language), spaces::walked(&text, *language));
        }
    }

    #[test]
    fn words_never_change(text in prop_oneof![tricky(), any::<String>()]) {
        for language in Language::ALL {
            prop_assert_eq!(bones(&apply(*language, &text)), bones(&text));
            prop_assert_eq!(bones(&inside_quotes(&text, *language)), bones(&text));
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&bound(&text, *language)), letters(&text));
            let once = bound(&text, *language).into_owned();
            prop_assert_eq!(bound(&once, *language), once.as_str());
        }
    }
}
