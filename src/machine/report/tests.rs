use proptest::prelude::*;

use super::*;

/// Two files and one diagnostic of each kind: what the formats' tests print.
pub(crate) fn sample() -> (Files, Vec<Diagnostic>) {
    let mut files = Files::default();
    let sheet =
        files.add("content/sheet.yaml", "actors:\n  kcna: { name: Agence « KCNA » }\nclaims:\n  a: { by: kcma }\n");
    let other = files.add("content/a b,é%.yaml", "actors:\n  kcna: {}\n");
    let diagnostics = vec![
        Diagnostic::error("duplicate-id", Span::new(sheet, 10..14), "`kcna` is defined twice")
            .label(Span::new(other, 10..14), "first defined here"),
        Diagnostic::error("unknown-id", Span::new(sheet, 63..67), "`kcma` is not defined").suggest(Some("kcna")),
        Diagnostic::warning("unused-actor", Span::new(other, 10..14), "50% of 1,\nor: none"),
        Diagnostic::placeless("no-content", "there is no `content` folder").help("run `sourcebook new .`"),
    ];
    (files, diagnostics)
}

fn check_place(text: &str, range: Range<usize>, expect: &str) {
    let mut files = Files::default();
    let file = files.add("f", text);
    let place = Places::new(&files).place(Span::new(file, range));
    assert_eq!(format!("{}-{}", place.start, place.end), expect, "{text:?}");
}

#[test]
fn places_are_lines_and_characters() {
    check_place("né\nà côté", 7..13, "2:3-2:7");
    check_place("a\r\nb", 3..4, "2:1-2:2");
    check_place("a\n", 2..2, "2:1-2:1");
    check_place("", 0..0, "1:1-1:1");
    check_place("é", 1..1, "1:1-1:2");
    check_place("ab", 99..200, "1:3-1:3");
    check_place("ab", Range { start: 2, end: 1 }, "1:3-1:3");
}

proptest! {
    #[test]
    fn places_are_those_of_the_file(text in "[aé\n\r𝄞]{0,30}", spans in prop::collection::vec((0..40_usize, 0..40_usize), 1..8)) {
        let mut files = Files::default();
        let file = files.add("f", text);
        let places = Places::new(&files);
        for (start, length) in spans {
            prop_assert_eq!(places.place(Span::new(file, start..start + length)).start, files.get(file).position(start));
        }
    }

    #[test]
    fn nothing_unsafe_is_left(text in any::<String>()) {
        prop_assert!(!clean(&text).contains(is_unsafe));
        prop_assert_eq!(clean(&text).chars().count(), text.chars().count());
    }
}

#[test]
fn clean_text_shows_what_it_replaced() {
    assert_eq!(clean("\x1b[31mred\x07\x7f"), "␛[31mred␇␡");
    assert_eq!(clean("a\u{9b}31m \u{202e}b\u{2066}"), "a\u{fffd}31m \u{fffd}b\u{fffd}");
    assert_eq!(clean("11\u{202f}000 côté 👩\u{200d}🚀"), "11\u{202f}000 côté 👩\u{200d}🚀");
}

#[test]
fn counts_by_severity() {
    let (_, diagnostics) = sample();
    assert_eq!(summary(&diagnostics), "3 faults, 1 warning in 2 files");
    assert_eq!(summary(&diagnostics[..1]), "1 fault in 1 file");
    assert_eq!(summary(&diagnostics[3..]), "1 fault");
    assert_eq!(summary(&[]), "no faults");
}

#[test]
fn many_faults_in_one_long_line_are_placed_at_once() {
    let mut files = Files::default();
    let file = files.add("f", "é".repeat(2_000_000));
    let places = Places::new(&files);
    let start = std::time::Instant::now();
    let last = (0..20_000).map(|i| places.place(Span::new(file, i * 200..i * 200 + 2)).start.column).last();
    assert_eq!(last, Some(1_999_901));
    assert!(start.elapsed().as_secs() < 5);
}
