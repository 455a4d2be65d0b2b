//! Two texts, or two outlets, face to face, and the matrix of questions by texts: what is found where, and nothing more.

use super::states::page;

const SHEET: &str = r#"
actors:
  mayor: { name: Mayor }
  one: { name: The One, type: media }
  two: { name: The Two, type: media }
  three: { name: The Three, type: media }
sources:
  a: { title: A, publisher: one, published: 2024-05-01 }
  b: { title: B, publisher: two, published: 2024-05-02 }
  c: { title: C, publisher: two, published: 2024-05-03 }
  d: { title: D, publisher: three, published: 2024-05-04 }
questions:
  how-many: { text: How many?, kind: quantity }
  when: { text: When?, kind: date }
  who: { text: Who?, kind: text }
  why: { text: Why?, kind: quantity }
claims:
  a-8: { statement: Eight., answers: { how-many: 8 }, evidence: { source: a } }
  b-9: { statement: Nine., answers: { how-many: 9 }, evidence: { source: b } }
  b-9-denied: { statement: Not ten., by: mayor, modality: denies, answers: { how-many: 10 }, evidence: { source: b } }
  mayor-a: { statement: In May., by: mayor, answers: { when: 2024-05 }, evidence: { source: a } }
  mayor-b: { statement: On the first., by: mayor, answers: { when: 2024-05-01 }, evidence: { source: b } }
  a-who: { statement: They., answers: { who: they }, evidence: { source: a } }
  c-who: { statement: We., answers: { who: we }, evidence: { source: c } }
  both: { statement: Twelve., by: mayor, answers: { why: 12 }, evidence: [{ source: a }, { source: c }] }
  d-alone: { statement: Five., by: mayor, answers: { how-many: 5 }, status: { is: withdrawn }, evidence: { source: d } }
"#;

/// Which questions stand in a section of a page of two.
fn section<'p>(page: &'p str, how: &str) -> Vec<&'p str> {
    let Some((_, rest)) = page.split_once(&format!("data-how=\"{how}\"")) else { return Vec::new() };
    let end = [" data-how=\"", " data-alone=\""].iter().filter_map(|next| rest.find(next)).min().unwrap_or(rest.len());
    rest[..end].split("data-question=\"").skip(1).map(|part| part.split_once('"').unwrap().0).collect()
}

fn alone<'p>(page: &'p str, side: &str) -> Vec<&'p str> {
    let Some((_, rest)) = page.split_once(&format!("data-alone=\"{side}\"")) else { return Vec::new() };
    let end = rest.find(" data-alone=\"").unwrap_or(rest.len());
    rest[..end].split("data-question=\"").skip(1).map(|part| part.split_once('"').unwrap().0).collect()
}

#[test]
fn a_question_stands_where_its_answers_compare() {
    let page = page(SHEET, "compare/a/b/index.html");
    assert_eq!(section(&page, "differ"), ["how-many"]);
    assert_eq!(section(&page, "agree"), ["when"]);
    assert!(section(&page, "apart").is_empty());
    assert_eq!(alone(&page, "first"), ["who", "why"]);
    assert!(alone(&page, "second").is_empty());
    assert!(page.contains("2 questions that both speak of."));
    assert!(page.contains("<h1>The One and B (The Two), face to face</h1>"), "an outlet of one text names it");
}

#[test]
fn what_is_not_held_says_so_and_differs_from_nothing() {
    let page = page(SHEET, "compare/a/b/index.html");
    let denied = page.split("data-answer=\"b-9-denied\"").nth(1).unwrap();
    assert!(denied.split_once("</li>").unwrap().0.contains("<small>denied</small>"));
    let pair = page.split("data-pair=\"a-8 b-9-denied\"").nth(1).unwrap();
    assert!(page.contains("data-verdict=\"not-comparable\" data-pair=\"a-8 b-9-denied\""));
    assert!(pair.split_once("</li>").unwrap().0.contains("<small>denied</small>"));
    // What was withdrawn is compared with nothing.
    let with_d = self::page(SHEET, "compare/a/d/index.html");
    assert_eq!(section(&with_d, "apart"), ["how-many"]);
    assert!(with_d.contains("data-verdict=\"superseded\" data-pair=\"a-8 d-alone\""));
    assert!(with_d.contains("data-lapse=\"withdrawn\""));
}

#[test]
fn one_voice_behind_both_is_named() {
    let page = page(SHEET, "compare/a/b/index.html");
    assert!(page.contains("data-voice=\"mayor\" data-counts=\"2 2\""), "two claims of the mayor in each");
    assert!(page.contains(">Behind answers on both sides: Mayor.<"));
    let apart = self::page(SHEET, "compare/b/d/index.html");
    assert!(apart.contains("data-voice=\"mayor\" data-counts=\"2 1\""));
}

#[test]
fn a_text_that_builds_on_the_other_says_so() {
    let sheet = SHEET.replace("d: { title: D, publisher: three,", "d: { title: D, publisher: three, based_on: [one],");
    let sheet =
        format!("{sheet}  d-own: {{ statement: Eight too., answers: {{ how-many: 8 }}, evidence: {{ source: d }} }}\n");
    let page = page(&sheet, "compare/a/d/index.html");
    assert!(page.contains("data-built=\"second\">1 claim found in The Three comes from The One.<"), "{page}");
    assert!(!page.contains("data-says=\"compare.no_voice\""));
}

#[test]
fn a_claim_found_in_both_is_one() {
    let page = page(SHEET, "compare/a/c/index.html");
    assert_eq!(section(&page, "agree"), ["why"]);
    assert!(page.contains("data-same=\"both\"") && !page.contains("data-pair=\"both both\""));
    // Each side shows the words of its own text alone.
    let cards = page.split("data-answer=\"both\"").skip(1).take(2).collect::<Vec<_>>();
    let shown = |card: &str, id: &str| card.split_once("</article>").unwrap().0.contains(&format!("sources/{id}/"));
    assert!(shown(cards[0], "a") && !shown(cards[0], "c") && shown(cards[1], "c") && !shown(cards[1], "a"));
    // In words, nothing is compared but by the editors.
    assert_eq!(section(&page, "apart"), ["who"]);
}

#[test]
fn outlets_face_each_other_where_one_has_several_texts() {
    let page = page(SHEET, "compare/one/two/index.html");
    assert_eq!(section(&page, "differ"), ["how-many"]);
    assert_eq!(section(&page, "agree"), ["when", "why"]);
    assert_eq!(section(&page, "apart"), ["who"]);
    assert!(page.contains("<h1>The One and The Two, face to face</h1>"));
    let actor = self::page(SHEET, "actors/two/index.html");
    assert!(actor.contains("../../compare/one/two/index.html") && actor.contains("4 questions in common"));
    let files = std::panic::catch_unwind(|| self::page(SHEET, "compare/one/three/index.html"));
    assert!(files.is_err(), "of two with one text each, the texts face each other");
}

#[test]
fn the_matrix_says_what_is_found_in_which_text() {
    let page = page(SHEET, "sources/index.html");
    let row = |id: &str| {
        let row = page.split(&format!("<tr data-question=\"{id}\"")).nth(1).unwrap();
        row.split_once("</tr>").unwrap().0.split("<td").skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let [a, b, c, d] = &row("how-many")[..] else { panic!("four texts") };
    assert!(a.contains("is-differing") && a.contains(">8</a>") && a.contains("at odds with one answer"));
    assert!(b.contains("is-differing") && b.contains("<span class=\"status\">denied</span>"));
    assert!(c.contains("data-says=\"matrix.none\""));
    assert!(d.contains("data-lapse=\"withdrawn\"") && !d.contains("is-differing"));
    // The mayor stands behind an answer in each of two texts, and the two agree.
    let when = row("when");
    assert!(when[0].contains("is-common") && when[1].contains("is-common") && !when[0].contains("is-differing"));
    // One claim in two texts.
    let why = row("why");
    assert!(why[0].contains("data-says=\"matrix.shared\"") && why[2].contains("data-says=\"matrix.shared\""));
    // A text in its own name needs no other name; a speaker is named.
    assert!(!row("who")[0].contains("class=\"quiet\"") && when[0].contains("<span class=\"quiet\">Mayor</span>"));
}

#[test]
fn pairs_grow_with_the_texts() {
    let pages = |texts: usize| {
        let mut sheet = String::from("questions:\n  q: { text: How many?, kind: quantity }\nsources:\n");
        (0..texts).for_each(|n| sheet.push_str(&format!("  s{n}: {{ title: S{n} }}\n")));
        sheet.push_str("claims:\n");
        (0..texts).for_each(|n| {
            sheet.push_str(&format!(
                "  c{n}: {{ statement: C., answers: {{ q: {n} }}, evidence: {{ source: s{n} }} }}\n"
            ));
        });
        let (files, _) = super::build(
            "title = \"T\"\nlanguage = \"en\"\n",
            &[("content/a.yaml", &sheet), ("content/essay.md", "---\ntitle: E\n---\nText.\n")],
        );
        let said = files["sources/index.html"].contains("other pairs are not shown");
        (files.keys().filter(|path| path.starts_with("compare/")).count(), said)
    };
    assert_eq!(pages(3), (3, false));
    let (few, many) = (pages(20), pages(40));
    assert!(few.0 <= 20 * 4 && many.0 <= 40 * 4, "{few:?} {many:?}");
    assert!(many.1, "that some are not shown is said");
}
