use proptest::prelude::*;

use super::super::find::{Prepared, find};
use super::super::lock_read::parse;
use super::super::quote_key::quote_hash;
use super::super::readers::{Place, Spot, Text};
use super::*;

fn capture(bytes: &[u8]) -> Capture {
    Capture {
        sha256: Sha256::of(bytes),
        on: Some("2024-11-04".into()),
        method: Some("page \"saved\"".into()),
        facts: vec![super::Fact::Whole],
    }
}

/// Adds a source, without quotes yet.
fn added<'l>(lock: &'l mut Lock, id: &str, capture: Capture) -> &'l mut LockedSource {
    lock.sources.entry(id.to_owned()).or_insert(LockedSource { capture, quotes: BTreeMap::new() })
}

const TEXT: &str = "Le port est fermé.\n\nLe port est calme, et la mer aussi.";

/// A lock of four quotes: verbatim, verbatim elsewhere, ambiguous, absent.
fn example() -> Lock {
    let text = Prepared::new(Text::new(TEXT.into()));
    let mut lock = Lock::default();
    let source = added(&mut lock, "le-port", capture(TEXT.as_bytes()));
    for (quote, locator) in
        [("est calme […] la mer", Some("§ 2")), ("est fermé", Some("§ 2")), ("Le port", None), ("la terre", None)]
    {
        source.record(quote, locator, &find(quote, &text, locator), "2026-11-21");
    }
    lock
}

#[test]
fn a_lock_reads_as_one_line_per_quote() {
    let hash = |quote| quote_hash(quote).to_string();
    let mut lines = [
        format!(
            "  {{ sha256 = \"{}\", locator = \"§ 2\", state = \"verbatim\", at = [{{ place = \"§ 2\", block = 2, bytes = \"29..38, 43..49\" }}], found = \"2026-11-21\" }},",
            hash("est calme […] la mer")
        ),
        format!(
            "  {{ sha256 = \"{}\", locator = \"§ 2\", state = \"verbatim\", at = [{{ place = \"§ 1\", block = 1, bytes = \"8..18\" }}], elsewhere = true, found = \"2026-11-21\" }},",
            hash("est fermé")
        ),
        format!(
            "  {{ sha256 = \"{}\", state = \"ambiguous\", at = [{{ place = \"§ 1\", block = 1, bytes = \"0..7\" }}, {{ place = \"§ 2\", block = 2, bytes = \"21..28\" }}], found = \"2026-11-21\" }},",
            hash("Le port")
        ),
        format!("  {{ sha256 = \"{}\", state = \"absent\", found = \"2026-11-21\" }},", hash("la terre")),
    ];
    lines.sort();
    let expect = format!(
        "# What `sourcebook verify` found in the captures. Written by it, not by hand.\nversion = 3\n\n[source.le-port]\n\
         sha256 = \"{}\"\non = \"2024-11-04\"\nmethod = \"page \\\"saved\\\"\"\nsays = [\"whole\"]\nquotes = [\n{}\n]\n",
        Sha256::of(TEXT.as_bytes()),
        lines.join("\n"),
    );
    assert_eq!(write(&example()), expect);
}

#[test]
fn a_lock_says_which_words_stand_between_quotation_marks() {
    let mut lock = example();
    let quotes = &mut lock.sources.get_mut("le-port").unwrap().quotes;
    let key = QuoteKey::new("est calme […] la mer", Some("§ 2"));
    let line = |lock: &Lock| {
        let text = write(lock);
        assert_eq!(parse(&text).as_ref(), Ok(lock));
        text.lines().find(|line| line.contains("29..38")).unwrap().to_owned()
    };
    quotes.get_mut(&key).unwrap().quoted = Some(std::iter::once(29..38).collect());
    assert!(line(&lock).contains("bytes = \"29..38, 43..49\" }], quoted = [\"29..38\"], found"), "{}", line(&lock));
    lock.sources.get_mut("le-port").unwrap().quotes.get_mut(&key).unwrap().quoted = Some(vec![]);
    assert!(line(&lock).contains("quoted = [], found"), "{}", line(&lock));
    // A lock of the first version knew nothing of it.
    let old = write(&example()).replace("version = 3", "version = 1");
    assert_eq!(parse(&old), Ok(example()));
}

#[test]
fn the_lock_knows_what_it_was_told_and_nothing_else() {
    let lock = example();
    let state = |quote, locator| match lock.look_up("le-port", quote, locator) {
        Known::Quote(_, quote) => format!("{:?}", quote.state).split([' ', '{']).next().unwrap_or_default().to_owned(),
        other => format!("{other:?}"),
    };
    assert_eq!(state("est calme [...]\nla\u{a0}mer", Some("§ 2")), "Verbatim");
    assert_eq!(state("Le port", None), "Ambiguous");
    assert_eq!(state("la terre", None), "Absent");
    assert_eq!(state("le port", None), "NotQuote");
    assert_eq!(state("Le port", Some("§ 1")), "NotQuote");
    assert_eq!(lock.look_up("autre", "Le port", None), Known::NotSource);
}

#[test]
fn a_date_stays_while_the_capture_and_the_finding_stay() {
    let dated = |day: &str, bytes: &[u8]| {
        let mut lock = Lock::default();
        let source = added(&mut lock, "a", capture(bytes));
        source.record("x", None, &Finding::Absent { nearest: None }, day);
        lock
    };
    let day = |mut new: Lock, old: &Lock| {
        new.keep_dates(old);
        new.sources["a"].quotes.values().next().unwrap().found.clone()
    };
    let old = dated("2025-01-01", b"x y");
    assert_eq!(day(dated("2026-01-01", b"x y"), &old), "2025-01-01");
    assert_eq!(day(dated("2026-01-01", b"x z"), &old), "2026-01-01");
    let hit = Hit { ranges: std::iter::once(0..1).collect(), first: Place::paragraph(1), last: Place::paragraph(1) };
    let mut other = dated("2025-01-01", b"x y");
    let found = Finding::Verbatim { hit, elsewhere: None };
    added(&mut other, "a", capture(b"x y")).record("x", None, &found, "2025-01-01");
    assert_eq!(day(dated("2026-01-01", b"x y"), &other), "2026-01-01");
    assert_eq!(day(dated("2026-01-01", b"x y"), &Lock::default()), "2026-01-01");
}

#[test]
fn a_quote_is_hashed_as_it_is_compared() {
    assert_eq!(quote_hash("« l’ONU » […] fin"), quote_hash("\"l'ONU\" [...]  fin"));
    assert_ne!(quote_hash("a […] b"), quote_hash("a b"));
    assert_ne!(quote_hash("a"), quote_hash("A"));
    assert_eq!(Sha256::of(b"abc").to_string(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/// The faulty text and message of each fault, in order.
fn check(text: &str, expect: &[(&str, &str)]) {
    let faults = parse(text).expect_err(text);
    let found: Vec<_> = faults.iter().map(|f| (&text[f.range.clone()], f.message.as_str())).collect();
    assert_eq!(found, expect, "{text}");
}

#[test]
fn faults_are_shown_in_place() {
    let hash = "0".repeat(64);
    let quote = |rest: &str| format!("version = 1\n[source.a]\nsha256 = \"{hash}\"\nquotes = [{{ {rest} }}]\n");
    check("", &[("", "the version is missing")]);
    check("version = 4", &[("4", "only versions up to 3 can be read; run `sourcebook verify` again")]);
    check("version = 0", &[("0", "only versions up to 3 can be read; run `sourcebook verify` again")]);
    check("version = 1\nsources = 3", &[("sources", "unknown key `sources`")]);
    check("version = 1\nsource = 3", &[("3", "this must be a table")]);
    check("version = 1\n[source.a]\non = 3", &[("a", "`sha256` is missing"), ("3", "`on` must be a text")]);
    check("version = 1\n[source.a]\nsha256 = \"0\"", &[("\"0\"", "a sha256 has 64 hexadecimal digits")]);
    let written = "a place is written `{ place = \"§ 3\", block = 5, bytes = \"310..341\" }`";
    for place in ["§ 1: 5..5", "§ 0: 1..2", "§ 4-3: 1..2", "§ 1: 5..9, 1..2", "1: 1..2", "§ 1: 1-2", ""] {
        let bad = format!("sha256 = \"{hash}\", state = \"verbatim\", at = [\"{place}\"], found = \"x\"");
        check(&quote(&bad), &[(&format!("\"{place}\""), written)]);
    }
    for place in
        ["§ 0\", block = 1, bytes = \"1..2", "§ 1\", block = 0, bytes = \"1..2", "§ 1\", block = 1, bytes = \"", "§ 1"]
    {
        let table = format!("{{ place = \"{place}\" }}");
        let bad = format!("sha256 = \"{hash}\", state = \"verbatim\", at = [{table}], found = \"x\"");
        check(&quote(&bad), &[(&table, written)]);
    }
    let text = quote(&format!("sha256 = \"{hash}\", state = \"absent\", quoted = [\"5\"], found = \"x\""));
    assert_eq!(parse(&text).unwrap_err()[0].message, "a part is written `310..341`");
    let text = quote(&format!("sha256 = \"{hash}\", state = \"verbatim\", found = \"x\""));
    assert_eq!(
        parse(&text).unwrap_err()[0].message,
        "the places do not fit the state: verbatim has one, absent none, ambiguous several"
    );
    let text = quote(&format!("sha256 = \"{hash}\", state = \"found\", found = \"x\""));
    assert_eq!(parse(&text).unwrap_err()[0].message, "`found` is no state: verbatim, absent or ambiguous");
    let twice = format!("sha256 = \"{hash}\", state = \"absent\", found = \"x\"");
    let text = quote(&format!("{twice} }}, {{ {twice}"));
    assert_eq!(parse(&text).unwrap_err()[0].message, "this quote is listed twice");
}

#[test]
fn the_places_of_version_1_are_read() {
    let hash = "0".repeat(64);
    let text = format!(
        "version = 1\n[source.a]\nsha256 = \"{hash}\"\nquotes = [{{ sha256 = \"{hash}\", state = \"verbatim\", \
         at = [\"§ 3-4: 310..341, 350..360\"], found = \"x\" }}]\n"
    );
    let lock = parse(&text).unwrap();
    let hit = Hit { ranges: vec![310..341, 350..360], first: Place::paragraph(3), last: Place::paragraph(4) };
    assert_eq!(lock.sources["a"].quotes.values().next().unwrap().state, State::Verbatim { hit, elsewhere: false });
    assert!(
        write(&lock).contains(
            "at = [{ place = \"§ 3\", block = 3, to = \"§ 4\", to_block = 4, bytes = \"310..341, 350..360\" }]"
        )
    );
}

#[test]
fn a_merge_conflict_is_a_fault_on_its_line() {
    let text = "version = 1\n<<<<<<< HEAD\n";
    let faults = parse(text).unwrap_err();
    assert!(faults[0].range.start >= 12, "{faults:?}");
}

fn hit() -> impl Strategy<Value = Hit> {
    let step = (1..9usize, 1..99usize);
    let spots = (spot(), prop::option::of(spot()));
    (1..50usize, 0..3usize, spots, prop::collection::vec(step, 1..4)).prop_map(|(block, more, (spot, to), steps)| {
        let mut at = 0;
        let ranges = steps.iter().map(|(skip, length)| {
            let start = at + skip;
            at = start + length;
            start..at
        });
        let last = Place { block: block + more, spot: to.unwrap_or_else(|| spot.clone()) };
        Hit { ranges: ranges.collect(), first: Place { block, spot }, last }
    })
}

fn spot() -> impl Strategy<Value = Spot> {
    prop_oneof![
        (1..99usize).prop_map(Spot::Paragraph),
        prop::sample::select(vec![Spot::Heading, Spot::Caption, Spot::Outside]),
        (1..99usize, any::<String>()).prop_map(|(sheet, label)| Spot::Page { sheet, label: label.into() }),
        (0..9_999_999u64, 0..9999u64).prop_map(|(start, more)| Spot::Time { start, end: start + more }),
        any::<String>().prop_map(|name| Spot::Chapter(name.into())),
    ]
}

fn state() -> impl Strategy<Value = State> {
    prop_oneof![
        (hit(), any::<bool>()).prop_map(|(hit, elsewhere)| State::Verbatim { hit, elsewhere }),
        Just(State::Absent),
        prop::collection::vec(hit(), 2..4).prop_map(|hits| State::Ambiguous { hits }),
    ]
}

fn parts() -> impl Strategy<Value = Option<Vec<std::ops::Range<usize>>>> {
    prop::option::of(prop::collection::vec((0..99usize, 1..9usize).prop_map(|(at, length)| at..at + length), 0..3))
}

fn lock() -> impl Strategy<Value = Lock> {
    let text = || prop::option::of(any::<String>());
    let key = (any::<[u8; 32]>(), text()).prop_map(|(hash, locator)| QuoteKey { quote: Sha256(hash), locator });
    let quote = (state(), parts(), any::<bool>(), any::<String>())
        .prop_map(|(state, quoted, edited, found)| LockedQuote { state, quoted, edited, found });
    let quotes = prop::collection::btree_map(key, quote, 0..4);
    let source = (any::<[u8; 32]>(), text(), text(), quotes).prop_map(|(hash, on, method, quotes)| LockedSource {
        capture: Capture { sha256: Sha256(hash), on, method, facts: Vec::new() },
        quotes,
    });
    let id = prop_oneof!["[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}", any::<String>()];
    prop::collection::btree_map(id, source, 0..4).prop_map(|sources| Lock { sources, ..Lock::default() })
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(lock in lock()) {
        let text = write(&lock);
        prop_assert_eq!(parse(&text), Ok(lock), "{}", text);
    }

    #[test]
    fn no_file_panics(text in any::<String>(), cut in any::<prop::sample::Index>(), lock in lock()) {
        let _ = parse(&text);
        let whole = write(&lock);
        let at = whole.floor_char_boundary(cut.index(whole.len()));
        let _ = parse(&(whole[..at].to_owned() + &text + &whole[at..]));
    }

    #[test]
    fn faults_are_within_the_file(text in "[\\[\\]a-z0-9=\"{}., \n]{0,40}") {
        for fault in parse(&text).err().unwrap_or_default() {
            prop_assert!(text.get(fault.range.clone()).is_some(), "{fault:?}");
        }
    }
}
