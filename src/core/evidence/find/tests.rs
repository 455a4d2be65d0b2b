use super::super::normalise::normalise;
use super::super::parts::is_apart;
use super::super::readers::Text;
use proptest::prelude::*;

use super::super::readers::Part;
use super::super::words::words;
use super::*;

const TEXT: &str = "\
L’arrivée des troupes\n\
\n\
Selon l’agence, « près de 11\u{202f}000 soldats » nord-coréens sont là. Le ministre n’a pas confirmé.\n\
\n\
La guerre, dit-il, n’est pas finie\u{a0}: elle commence… The war—at last—ended.\n\
\n\
Le ministre n’a pas confirmé. La guerre continue.\n";

/// `verbatim § 2: words | words`, `verbatim § 2 elsewhere`, `absent`, `ambiguous § 2, § 4`.
fn show(text: &str, quote: &str, locator: Option<&str>) -> String {
    let text = Prepared::new(Text::new(text.into()));
    let paragraphs = |h: &Hit| {
        if h.first == h.last { h.first.spot.to_string() } else { format!("{}-{}", h.first.spot, h.last.block) }
    };
    match find(quote, &text, locator) {
        Finding::Absent { .. } => "absent".into(),
        Finding::Ambiguous { hits } => {
            format!("ambiguous {}", hits.iter().map(paragraphs).collect::<Vec<_>>().join(", "))
        }
        Finding::Verbatim { hit, elsewhere } => {
            let words: Vec<_> = hit.ranges.iter().map(|r| &text.text().as_str()[r.clone()]).collect();
            let place = if elsewhere.is_some() { " elsewhere" } else { "" };
            format!("verbatim {}{place}: {}", paragraphs(&hit), words.join(" | "))
        }
    }
}

fn check(quote: &str, expect: &str) {
    assert_eq!(show(TEXT, quote, None), expect, "{quote}");
}

fn check_at(quote: &str, locator: &str, expect: &str) {
    assert_eq!(show(TEXT, quote, Some(locator)), expect, "{quote}, {locator}");
}

#[test]
fn typography_does_not_matter() {
    check("près de 11 000 soldats", "verbatim § 2: près de 11\u{202f}000 soldats");
    check("\"près de 11 000 soldats\"", "verbatim § 2: « près de 11\u{202f}000 soldats »");
    check("“près de 11 000 soldats” nord‑coréens", "verbatim § 2: « près de 11\u{202f}000 soldats » nord-coréens");
    check("n'est pas finie: elle commence...", "verbatim § 3: n’est pas finie\u{a0}: elle commence…");
    check("  L'arrivée\ndes troupes ", "verbatim § 1: L’arrivée des troupes");
}

#[test]
fn no_number_goes_on_in_the_next_paragraph() {
    for (text, quote, expect) in [
        ("It was 11\n\n000 came after.", "It was 11", "verbatim § 1: It was 11"),
        ("It was 11\n \r\n000 came after.", "000 came after", "verbatim § 2: 000 came after"),
        ("It was 11\n000 men.", "It was 11", "absent"),
        ("It was 11 \n 000 men.", "000 men", "absent"),
        ("It was 11\u{a0}000 men.", "It was 11", "absent"),
    ] {
        assert_eq!(show(text, quote, None), expect, "{quote} in {text:?}");
    }
}

#[test]
fn words_case_accents_and_digits_do() {
    for quote in [
        "près de 11 000 hommes",
        "pres de 11 000 soldats",
        "Près de 11 000 soldats",
        "près de 12 000 soldats",
        "près de 11000 soldats",
        "est finie",
        "Le ministre a confirmé",
        "soldats nord-coréens",
    ] {
        check(quote, "absent");
    }
}

#[test]
fn a_quotation_begins_and_ends_between_words() {
    check("000 soldats", "absent");
    check("1 000 soldats", "absent");
    check("près de 11", "absent");
    check("coréens sont là", "absent");
    check("arrivée des troupes", "verbatim § 1: arrivée des troupes");
    check("la. Le", "absent");
    check("The war", "verbatim § 3: The war");
    check("at last", "verbatim § 3: at last");
    check("dit", "absent");
}

#[test]
fn parts_stand_in_order_and_near() {
    check("Selon l'agence […] sont là", "verbatim § 2: Selon l’agence | sont là");
    check("Selon l'agence [...] sont là", "verbatim § 2: Selon l’agence | sont là");
    check("Selon l'agence [ . . . ] sont là", "verbatim § 2: Selon l’agence | sont là");
    check("[…] Selon l'agence […]", "verbatim § 2: Selon l’agence");
    check("sont là […] Selon l'agence", "absent");
    check("sont là […] elle commence […] continue", "verbatim § 2-4: sont là | elle commence | continue");
    check("[…]", "absent");
    check("[sic]", "absent");
}

#[test]
fn what_an_editor_put_there_is_understood() {
    check("[S]elon l'agence", "verbatim § 2: Selon l’agence");
    check("[s]elon l'agence", "verbatim § 2: Selon l’agence");
    check("[L]a [très longue] guerre continue", "verbatim § 4: La guerre continue");
    check("l[E] [grand] ministre [sic] n'a pas", "absent");
    check(
        "Le [grand] ministre [sic] n'a pas confirmé. La guerre continue",
        "verbatim § 4: Le ministre n’a pas confirmé. La guerre continue",
    );
    check("[L]'agence […] [S]ont là", "verbatim § 2: l’agence | sont là");
    check("Le ministre [a] n'a [jamais] confirmé", "absent");
    check("la guerre n'est [pas] finie", "absent");
    check("près de 11 [000] soldats", "verbatim § 2: près de 11\u{202f}000 soldats");
    assert_eq!(show("He wrote [sic] and [T]he end", "[sic] and [T]he", None), "verbatim § 1: [sic] and [T]he");
    assert_eq!(show("the bridge, he said", "the bridge [over the river], he", None), "verbatim § 1: the bridge, he");
}

#[test]
fn dots_that_leave_words_out_lead_to_their_sign() {
    let why = |text: &str, quote| match find(quote, &Prepared::new(Text::new(text.into())), None) {
        Finding::Absent { nearest: Some(nearest) } => format!("{:?}: {}", nearest.why, nearest.segments[0].text),
        other => format!("{other:?}"),
    };
    let text = "The old bridge was safe, he said, and so it was.";
    assert_eq!(why(text, "The old bridge ... he said"), "Dots: The old bridge […] he said");
    assert_eq!(why(text, "The old bridge (...) he said… it was"), "Dots: The old bridge […] he said […] it was");
    assert_eq!(why(text, "[t]he old bridge … he [the mayor] said"), "Dots: [t]he old bridge […] he [the mayor] said");
    assert_eq!(show("Well... yes, he said.", "Well… yes", None), "verbatim § 1: Well... yes");
    assert!(why(text, "The old bridge ... she said").starts_with("Differs"));
}

#[test]
fn the_shortest_way_from_part_to_part_counts() {
    check("La guerre […] continue", "verbatim § 4: La guerre | continue");
    check("Le ministre […] La guerre", "ambiguous § 2-3, § 4");
    assert_eq!(show("a x a y b z b", "a […] b", None), "verbatim § 1: a | b");
    let far = format!("un{}deux", "\n\npar".repeat(hits::REACH) + "\n\n");
    assert_eq!(show(&far, "un […] deux", None), "absent");
    let near = format!("un{}deux", "\n\npar".repeat(hits::REACH - 1) + "\n\n");
    assert_eq!(show(&near, "un […] deux", None), "verbatim § 1-6: un | deux");
}

#[test]
fn a_hyphen_at_a_line_end_is_read_either_way() {
    let text = "Des soldats nord-\ncoréens en mis-\nsion.";
    assert_eq!(show(text, "soldats nord-coréens", None), "verbatim § 1: soldats nord-\ncoréens");
    assert_eq!(show(text, "en mission", None), "verbatim § 1: en mis-\nsion");
    assert_eq!(show(text, "soldats nordcoréens", None), "verbatim § 1: soldats nord-\ncoréens");
    assert_eq!(show(text, "nord coréens", None), "absent");
}

#[test]
fn scripts_without_spaces_are_found() {
    assert_eq!(show("大統領は昨日、橋は安全だと述べた。", "橋は安全だ", None), "verbatim § 1: 橋は安全だ");
    assert_eq!(show("ประธานาธิบดีกล่าวว่าสะพานปลอดภัยแล้ว", "สะพานปลอดภัย", None), "verbatim § 1: สะพานปลอดภัย");
    assert_eq!(show("总统昨天说桥是安全的。", "桥是安全的", None), "verbatim § 1: 桥是安全的");
}

#[test]
fn a_quote_that_differs_in_capitals_is_helped_with_them() {
    let why = |text: &str, quote| match find(quote, &Prepared::new(Text::new(text.into())), None) {
        Finding::Absent { nearest: Some(nearest) } => format!("{:?}: {}", nearest.why, nearest.segments[0].text),
        other => format!("{other:?}"),
    };
    assert_eq!(why("LE PONT EST SÛR, dit-on.", "le pont est sûr"), "Case: LE PONT EST SÛR");
    assert_eq!(why("Hier, Le Pont était sûr.", "le pont était"), "Case: Le Pont était");
    assert_eq!(why("İstanbul et LE PONT", "le pont"), "Case: LE PONT");
}

#[test]
fn a_title_that_is_repeated_is_one() {
    let show = |quote, locator| {
        let text = Text::new("Le pont ferme\n\nLe pont ferme\n\nHier, Le pont ferme tôt.\n\nFin".into());
        let text = text.with_story(|at| if at < 28 { Part::Outside } else { Part::Paragraph });
        match find(quote, &Prepared::new(text), locator) {
            Finding::Verbatim { hit, .. } => format!("{} {}", hit.first.block, hit.first.spot),
            Finding::Ambiguous { hits } => format!("ambiguous {}", hits.len()),
            Finding::Absent { .. } => "absent".into(),
        }
    };
    assert_eq!(show("Le pont ferme", None), "ambiguous 3");
    assert_eq!(show("Le pont ferme", Some("titre")), "1 outside");
    assert_eq!(show("Le pont ferme", Some("§ 1")), "3 § 1");
    assert_eq!(show("tôt", Some("titre")), "3 § 1");
}

#[test]
fn the_locator_tells_hits_apart() {
    let quote = "Le ministre n’a pas confirmé.";
    check(quote, "ambiguous § 2, § 4");
    check_at(quote, "§ 4", "verbatim § 4: Le ministre n’a pas confirmé.");
    check_at(quote, "§ 2-4", "ambiguous § 2, § 4");
    check_at(quote, "p. 4", "ambiguous § 2, § 4");
    check_at(quote, "§ 1", "ambiguous § 2, § 4");
}

#[test]
fn a_wrong_locator_is_told_from_a_wrong_quote() {
    check_at("elle commence", "§ 3", "verbatim § 3: elle commence");
    check_at("elle commence", "§ 1", "verbatim § 3 elsewhere: elle commence");
    check_at("elle commence", "§ 999", "verbatim § 3 elsewhere: elle commence");
    check_at("elle commence", "p. 1", "verbatim § 3: elle commence");
    check_at("la. Le ministre", "§ 2", "absent");
}

#[test]
fn a_quote_may_run_over_a_paragraph() {
    check("continue.", "verbatim § 4: continue.");
    check("des troupes Selon l'agence", "verbatim § 1-2: des troupes\n\nSelon l’agence");
    check_at("des troupes Selon l'agence", "§ 2", "verbatim § 1-2: des troupes\n\nSelon l’agence");
}

/// A text of at least eight words, and a quotation of it as a range of words, at least three.
fn passage() -> impl Strategy<Value = (Vec<String>, usize, usize)> {
    let word = prop::sample::select(vec![
        "la",
        "le",
        "Corée",
        "du",
        "Nord",
        "n’a",
        "pas",
        "11\u{202f}000",
        "soldats",
        "été",
        "«\u{a0}oui\u{a0}»",
        "fin.",
        "l’ONU",
        "nord-coréens",
        "3,5",
        "%",
        "—",
        "dit\u{a0}:",
        "(sic)",
        "1er",
        "2024",
    ]);
    prop::collection::vec(word, 8..60).prop_flat_map(|words| {
        let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
        let count = words.len();
        (Just(words), 0..count - 3, 3..count).prop_map(move |(w, from, length)| (w, from, (from + length).min(count)))
    })
}

/// The ranges of the first hit, whatever the number of hits.
fn hits_of(quote: &str, text: &Prepared) -> Vec<Hit> {
    match find(quote, text, None) {
        Finding::Verbatim { hit, .. } => vec![hit],
        Finding::Ambiguous { hits } => hits,
        Finding::Absent { .. } => Vec::new(),
    }
}

proptest! {
    #[test]
    fn a_passage_is_found_where_it_was_cut((words, from, to) in passage(), line in 2..9usize) {
        let before: String = words[..from].iter().map(|w| format!("{w} ")).collect();
        let breaks = |i: usize| if i.is_multiple_of(line) { "\n\n" } else { " " };
        let body: String = words[from..to].iter().enumerate().map(|(i, w)| format!("{w}{}", breaks(i + 1))).collect();
        let text = format!("{before}{body}{}", words[to..].join(" "));
        let quote = words[from..to].join(" ");
        let expect = before.len()..before.len() + body.trim_end().len();
        let prepared = Prepared::new(Text::new(text.clone()));
        // Two random neighbours may make one number, in which nothing may be cut.
        let level = prepared.level();
        let ends = [level.place(expect.start), level.place(expect.end)];
        prop_assume!(ends.iter().all(|&at| super::super::words::is_edge(level.text(), at, |_| true)));
        let hits = hits_of(&quote, &prepared);
        prop_assert!(hits.len() >= MOST_HITS || hits.iter().any(|h| h.ranges == [expect.clone()]), "{text:?} {hits:?} {expect:?}");
    }

    #[test]
    fn a_changed_word_digit_or_negation_is_never_found((words, from, to) in passage(), at in any::<prop::sample::Index>(), how in 0..4) {
        let text = Prepared::new(Text::new(words.join(" ")));
        let mut quote = words[from..to].to_vec();
        let at = at.index(quote.len());
        match how {
            0 => quote[at] = "volcan".into(),
            1 => quote[at] = "11\u{202f}001".into(),
            2 => { quote.insert(at + 1, "jamais".into()); quote.insert(at, "ne".into()); }
            _ => quote[at] = quote[at].to_uppercase() + "S",
        }
        let found = find(&quote.join(" "), &text, None);
        prop_assert!(matches!(found, Finding::Absent { .. }), "{found:?}");
    }

    #[test]
    fn what_is_found_says_the_same((words, from, to) in passage(), gap in 1..3usize) {
        let text = Prepared::new(Text::new(words.join(" ")));
        let (left, right) = words[from..to].split_at(gap);
        let quote = format!("{} […] {}", left.join(" "), right.join(" "));
        for hit in hits_of(&quote, &text) {
            prop_assert_eq!(hit.ranges.len(), 2);
            let said: Vec<_> = hit.ranges.iter().map(|r| normalise(&text.text().as_str()[r.clone()]).text().to_owned()).collect();
            let meant = [left, right].map(|w| normalise(&w.join(" ")).text().to_owned());
            prop_assert_eq!(said, meant);
        }
    }

    #[test]
    fn no_quote_and_no_text_panics(text in super::super::normalise::tests::text(), quote in super::super::normalise::tests::text()) {
        let prepared = Prepared::new(Text::new(text));
        for hit in hits_of(&quote, &prepared) {
            for range in hit.ranges {
                prop_assert!(prepared.text().as_str().get(range).is_some());
            }
        }
    }

    #[test]
    fn every_single_word_is_found(text in super::super::normalise::tests::text()) {
        let prepared = Prepared::new(Text::new(text));
        let level = prepared.level().text();
        for word in words(level).filter(|w| [w.start, w.end].iter().all(|&at| super::super::words::is_edge(level, at, |i| is_apart(prepared.text().as_str(), prepared.level(), i)))) {
            let part = prepared.text().as_str()[prepared.level().original(word)].to_owned();
            prop_assert!(!hits_of(&part, &prepared).is_empty(), "{part:?}");
        }
    }
}

#[test]
fn a_text_that_repeats_itself_does_not_take_for_ever() {
    let text = Prepared::new(Text::new("a b ".repeat(200_000)));
    let quote = "a b ".repeat(500);
    assert!(matches!(find(&quote, &text, None), Finding::Ambiguous { .. }));
    let dashes = Prepared::new(Text::new("-".repeat(200_000)));
    assert!(matches!(find(&"-".repeat(500), &dashes, None), Finding::Ambiguous { .. }));
}
