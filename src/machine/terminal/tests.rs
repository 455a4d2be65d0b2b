use proptest::prelude::*;

use super::super::report::tests::sample;
use super::*;

/// Prints one error at `range` of `text`, without the lines that are always the same.
fn at(text: &str, range: Range<usize>) -> String {
    let mut files = Files::default();
    let file = files.add("f", text);
    let out = human(&[Diagnostic::error("bad", Span::new(file, range), "m")], &files, false);
    out.strip_prefix("error[bad]: m\n").unwrap().trim_end().to_string()
}

fn check(text: &str, range: Range<usize>, expect: &str) {
    assert_eq!(at(text, range), expect.trim_start_matches('\n').trim_end(), "{text:?}");
}

#[test]
fn the_look() {
    let (files, diagnostics) = sample();
    let expect = "\
error[duplicate-id]: `kcna` is defined twice
 --> content/sheet.yaml:2:3
  |
2 |   kcna: { name: Agence « KCNA » }
  |   ^^^^
  |
 ::: content/a b,é%.yaml:2:3
  |
2 |   kcna: {}
  |   ---- first defined here

error[unknown-id]: `kcma` is not defined
 --> content/sheet.yaml:4:12
  |
4 |   a: { by: kcma }
  |            ^^^^
  |
  = help: did you mean `kcna`?

warning[unused-actor]: 50% of 1,␊or: none
 --> content/a b,é%.yaml:2:3
  |
2 |   kcna: {}
  |   ^^^^

error[no-content]: there is no `content` folder
  |
  = help: run `sourcebook new .`

";
    assert_eq!(human(&diagnostics, &files, false).replace("\n |\n = help", "\n  |\n  = help"), expect);
}

#[test]
fn colour_changes_nothing_but_colour() {
    let (files, diagnostics) = sample();
    let coloured = human(&diagnostics, &files, true);
    assert!(coloured.contains("\x1b["));
    let mut plain = String::new();
    for part in coloured.split("\x1b[") {
        let skip = if plain.is_empty() { 0 } else { part.find('m').unwrap() + 1 };
        plain.push_str(&part[skip..]);
        plain.extend(plain.is_empty().then_some('\0'));
    }
    assert_eq!(plain.trim_start_matches('\0'), human(&diagnostics, &files, false));
}

#[test]
fn empty_spans_and_ends() {
    check("", 0..0, "\n --> f:1:1\n  |\n1 |\n  | ^");
    check("a: b", 2..2, "\n --> f:1:3\n  |\n1 | a: b\n  |   ^");
    check("a: b", 4..4, "\n --> f:1:5\n  |\n1 | a: b\n  |     ^");
    check("a: b", 99..120, "\n --> f:1:5\n  |\n1 | a: b\n  |     ^");
    check("a\n", 2..2, "\n --> f:2:1\n  |\n2 |\n  | ^");
    check("a\r\nb", 1..3, "\n --> f:1:2\n  |\n1 | a\n  |  ^");
}

#[test]
fn tabs_and_wide_characters_are_pointed_at() {
    check("\ta:\tb", 4..5, "\n --> f:1:5\n  |\n1 |     a:    b\n  |           ^");
    check("a: 漢字 b", 10..11, "\n --> f:1:7\n  |\n1 | a: 漢字 b\n  |         ^");
}

#[test]
fn several_lines_are_shown_but_not_many() {
    check("a\nb\nc\nd\n", 0..5, "\n --> f:1:1\n  |\n1 | / a\n2 | | b\n3 | | c\n  | |_^");
    check("one\n2\n3\n4\n5\n6\n7\n", 1..14, "\n --> f:1:2\n  |\n1 | one\n  |  ^^");
}

#[test]
fn near_labels_share_an_excerpt_and_far_ones_do_not() {
    let mut files = Files::default();
    let file = files.add("f", "a\nb\nc\nd\ne\nf\ng\nh\n");
    let span = |at: usize| Span::new(file, at..at + 1);
    let diagnostic = Diagnostic::error("bad", span(4), "m").label(span(0), "near").label(span(14), "far");
    let expect = "\
error[bad]: m
 --> f:3:1
  |
1 | a
  | - near
2 | b
3 | c
  | ^
  |
 ::: f:8:1
  |
8 | h
  | - far

";
    assert_eq!(human(&[diagnostic], &files, false), expect);
}

#[test]
fn a_very_long_line_is_cut_to_a_window() {
    let text = "é".repeat(5_000_000) + "bad" + &"x".repeat(10_000_000);
    let expect =
        format!("\n --> f:1:5000001\n  |\n1 | …{}bad{}…\n  | {}^^^", "é".repeat(50), "x".repeat(67), " ".repeat(51));
    check(&text, 10_000_000..10_000_003, &expect);
    assert!(at(&text, 0..text.len()).len() < 1000);
}

#[test]
fn nothing_that_a_terminal_obeys_is_printed() {
    let mut files = Files::default();
    let file = files.add("f\x1b]0;x\x07", "a: \x1b[31mb\u{202e}\n");
    let span = Span::new(file, 3..8);
    let diagnostic = Diagnostic::error("bad", span, "m\x1b[2J").label(span, "l\u{9b}2J\n").help("h\x1b[2J\n\u{fdd0}:1");
    let expect = "\
error[bad]: m␛[2J
 --> f␛]0;x␇:1:4
  |
1 | a: ␛[31mb\u{fffd}
  |    ^^^^^
  |    |
  |    l\u{fffd}2J␊
  |
  = help: h␛[2J
          \u{fffd}:1

";
    assert_eq!(human(&[diagnostic], &files, false), expect);
}

proptest! {
    #[test]
    fn any_spans_of_any_text_are_printed(
        text in "[a-c: é漢\t\r\n\u{1b}\u{301}]{0,600}",
        spans in prop::collection::vec((0..700_usize, 0..700_usize), 1..5),
    ) {
        let mut files = Files::default();
        let file = files.add("f", text);
        let span = |(start, length): &(usize, usize)| Span::new(file, *start..start + length);
        let start = Diagnostic::error("bad", span(&spans[0]), "m");
        let diagnostic = spans[1..].iter().fold(start, |d, s| d.label(span(s), "here"));
        let out = human(&[diagnostic], &files, false);
        let place = files.get(file).position(spans[0].0);
        let header = format!("--> f:{place}\n");
        prop_assert!(out.contains(&header), "{} not in {}", header, out);
        prop_assert!(!out.contains(|c: char| c.is_control() && c != '\n'), "{:?}", out);
    }
}
