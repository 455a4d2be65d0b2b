use proptest::prelude::*;

use super::*;

fn check(text: &str, expect: &str) {
    assert_eq!(normalise(text).text(), expect, "{text:?}");
}

#[test]
fn white_space_is_one_space() {
    check("11\u{202f}000\u{a0}hommes", "11 000 hommes");
    check("un\r\n\r\n  deux\ttrois\u{2009}\u{200b} quatre", "un deux trois quatre");
    check("  aux bords \n", "aux bords");
    check(" \n ", "");
}

#[test]
fn characters_without_width_are_dropped() {
    check("co\u{ad}opé\u{ad}ration", "coopération");
    check("\u{feff}mot\u{200d}", "mot");
    check("\u{200e}a\u{202c}b", "ab");
}

#[test]
fn quotation_marks_apostrophes_and_dashes_have_one_shape() {
    check("«\u{a0}mot\u{a0}»", "\"mot\"");
    check("„mot“ ‹mot› “mot”", "\"mot\"\"mot\"\"mot\"");
    check("il dit « mot », puis", "il dit\"mot\", puis");
    check("il dit \"mot\", puis", "il dit\"mot\", puis");
    check("l’ONU l'ONU lʼONU ‘x’", "l'ONU l'ONU l'ONU 'x'");
    check("nord‑coréen – 3−2 — fin", "nord-coréen - 3-2 - fin");
    check("fin…", "fin...");
}

#[test]
fn french_and_english_spacing_are_one() {
    check("Le port : une tempête !", "Le port: une tempête!");
    check("Le port: une tempête!", "Le port: une tempête!");
    check("vrai\u{202f}? oui ; non", "vrai? oui; non");
}

#[test]
fn letters_are_composed() {
    check("de\u{301}ja\u{300}", "déjà");
    check("e\u{ad}\u{301}", "é");
    check("la ﬁn du conﬂit eﬃcace", "la fin du conflit efficace");
    check("ﬁ\u{301}n", "fín");
    check("\u{1112}\u{1161}\u{11ab}", "한");
    check("a\u{37e}", "a;");
}

#[test]
fn a_word_broken_at_a_line_end_is_one() {
    check("la mis\u{ad}\nsion et la mis\u{fffe}\r\nsion", "la mission et la mission");
    check("la mis\u{ad}\n\nsion", "la mis sion");
    check("nord-\ncoréens", "nord-coréens");
    check("nord\u{2010} \r\n coréens", "nord-coréens");
    check("un -\nmot", "un - mot");
    check("Jean-\nPaul", "Jean- Paul");
    check("nord-", "nord-");
    let other = |text| joined(text).map(|level| level.text().to_owned());
    assert_eq!(other("la mis-\nsion"), Some("la mission".into()));
    assert_eq!(other("la mis\u{ad}\nsion nord-coréenne"), None);
    let made = joined("la mis-\nsion").unwrap();
    assert_eq!(made.original(3..10), 3..12);
}

#[test]
fn case_accents_digits_and_words_stay() {
    for text in ["État ETAT état", "côté cote", "11 000 1 000 11000", "n'a pas", "œuf oeuf", "10 % 10%", "a.b a. b"]
    {
        check(text, text);
    }
}

#[test]
fn offsets_lead_back() {
    let text = "Il dit\u{a0}: «\u{a0}de\u{301}jà\u{a0}»…";
    let made = normalise(text);
    assert_eq!(made.text(), "Il dit:\"déjà\"...");
    let back = |part: &str| {
        let at = made.text().find(part).unwrap();
        &text[made.original(at..at + part.len())]
    };
    assert_eq!(back("déjà"), "de\u{301}jà");
    assert_eq!(back("\"déjà\""), "«\u{a0}de\u{301}jà\u{a0}»");
    assert_eq!(back("dit:"), "dit\u{a0}:");
    assert_eq!(back("Il dit"), "Il dit");
    assert_eq!(back("."), "…");
    assert_eq!(made.original(0..0), 0..0);
    assert_eq!(made.place(0), 0);
    assert_eq!(made.place(text.find("jà").unwrap()), made.text().find("jà").unwrap());
    assert_eq!(made.place(text.len()), made.text().len());
}

/// Letters, typography, spaces and marks, thickly mixed.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let glyphs = vec![
        "a", "b", "Z", "7", "0", " ", " ", "\u{a0}", "\u{202f}", "\n", "\u{ad}", "\u{200b}", "«", "»", "“", "\"", "’",
        "'", "–", "-", "…", ":", ";", "?", "é", "e", "\u{301}", "\u{331}", "\u{1112}", "\u{1161}", "\u{f71}",
        "\u{f73}", ",", ".", "ﬁ", "\u{fffe}", "漢", "\u{37e}", "\u{212a}", "😀",
    ];
    prop::collection::vec(prop::sample::select(glyphs), 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn normalising_twice_changes_nothing(text in text()) {
        let once = normalise(&text);
        let twice = normalise(once.text());
        prop_assert_eq!(twice.text(), once.text());
    }

    #[test]
    fn any_string_is_normalised_to_nfc(text in any::<String>()) {
        let made = normalise(&text);
        prop_assert_eq!(made.text().nfc().collect::<String>(), made.text());
        let twice = normalise(made.text());
        prop_assert_eq!(twice.text(), made.text());
    }

    #[test]
    fn what_has_no_typography_is_only_composed(text in "[a-zA-Z0-9éèà\u{300}\u{301}\u{331},.()%]*") {
        let made = normalise(&text);
        prop_assert_eq!(made.text(), text.nfc().collect::<String>());
    }

    #[test]
    fn every_piece_of_the_original_normalises_to_its_piece(text in text()) {
        let made = normalise(&text);
        for (at, c) in made.text().char_indices() {
            let range = made.original(at..at + c.len_utf8());
            let original = text.get(range.clone());
            prop_assert!(original.is_some_and(|o| !o.is_empty()), "{range:?} of {text:?}");
            let again = normalise(original.unwrap());
            prop_assert!(c == ' ' || again.text().contains(c), "{c:?} from {original:?}");
        }
    }

    #[test]
    fn ranges_are_in_order(text in text()) {
        let made = normalise(&text);
        let starts: Vec<_> = made.text().char_indices().map(|(at, c)| made.original(at..at + c.len_utf8())).collect();
        prop_assert!(starts.windows(2).all(|w| w[0] == w[1] || w[0].end <= w[1].start || w[0].start == w[1].start));
    }

    #[test]
    fn shapes_and_spaces_never_matter(words in prop::collection::vec("[a-z]{1,6}", 1..8)) {
        let french = format!("«\u{a0}{}\u{202f}»", words.join("\u{a0}"));
        let english = format!("“{}”", words.join("\r\n "));
        let (a, b) = (normalise(&french), normalise(&english));
        prop_assert_eq!(a.text(), b.text());
    }
}
