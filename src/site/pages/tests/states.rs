//! One state for one answer: what each page says of an answer is what the sheets say of it, never what some pair does.

use super::build;

const SITE: &str = "title = \"T\"\nlanguage = \"en\"\n";
const HEAD: &str = "\
sources:
  s: { title: S, published: 2024-05-01 }
questions:
  q: { text: How many?, kind: quantity, unit: people }
claims:
";

/// The page of the question `q`, for claims as a sheet has them; no space in it is unbreakable.
fn question(claims: &str) -> String {
    page(&format!("{HEAD}{claims}"), "questions/q/index.html")
}

pub(super) fn page(sheet: &str, path: &str) -> String {
    let (mut files, _) = build(SITE, &[("content/a.yaml", sheet), ("content/essay.md", "---\ntitle: E\n---\nText.\n")]);
    let page = files.remove(path).unwrap_or_else(|| panic!("{path} is not one of {:?}", files.keys()));
    page.replace(['\u{a0}', '\u{202f}'], " ")
}

/// What a section of the question's page holds: the claims of its answers, each with its state.
fn section(page: &str, id: &str) -> Vec<String> {
    let Some((_, rest)) = page.split_once(&format!("data-section=\"{id}\"")) else { return Vec::new() };
    // Each value is a section within it.
    let end = rest.find("data-section=\"").unwrap_or(rest.len());
    let section = &rest[..end];
    let answers = section.split("data-answer=\"").skip(1);
    answers
        .map(|answer| {
            let (claim, rest) = answer.split_once('"').unwrap();
            let state = rest.split_once("data-state=\"").unwrap().1.split_once('"').unwrap().0;
            format!("{claim} {state}")
        })
        .collect()
}

fn says(page: &str, key: &str) -> bool {
    page.contains(&format!("data-says=\"{key}\""))
}

/// The verdict of the table of pairs.
fn verdict<'p>(page: &'p str, pair: &str) -> &'p str {
    let row = page.split("<tr data-verdict=\"").skip(1).find(|row| row.contains(&format!("data-pair=\"{pair}\"")));
    row.unwrap_or_else(|| panic!("no pair {pair}")).split_once('"').unwrap().0
}

#[test]
fn what_replaces_another_is_the_answer() {
    let page = question(
        "  old: { statement: 25 people came., on: 2024-05-02, answers: { q: 25 }, evidence: { source: s } }
  new: { statement: 20 people came., on: 2024-05-03, answers: { q: 20 }, supersedes: [old], evidence: { source: s } }
",
    );
    assert_eq!(section(&page, "answers"), ["new current"]);
    assert_eq!(section(&page, "lapsed"), ["old superseded"]);
    assert!(section(&page, "apart").is_empty() && !says(&page, "question.unanswered"));
    assert!(page.contains("data-lapse=\"superseded\">Claim replaced on 3 May 2024: <a"), "{page}");
    assert!(page.contains(">20 people came</a>."));
}

#[test]
fn what_was_corrected_or_foretold_leaves_the_answer_alone() {
    let page = question(
        "  old:
    statement: 25 people came.
    answers: { q: 25 }
    status: { is: corrected, on: 2024-05-04 }
    evidence: { source: s }
  new: { statement: 20 people came., answers: { q: 20 }, evidence: { source: s } }
  then: { statement: 30 will come., modality: forecasts, answers: { q: 30 }, evidence: { source: s } }
",
    );
    assert_eq!(section(&page, "answers"), ["new current"]);
    assert_eq!(section(&page, "lapsed"), ["old corrected"]);
    assert_eq!(section(&page, "forecasts"), ["then forecast"]);
    assert!(section(&page, "apart").is_empty());
    assert!(page.contains("Claim corrected on 4 May 2024."));
}

#[test]
fn each_answer_apart_has_its_own_reason() {
    let page = question(
        "  no: { statement: Not 25., modality: denies, answers: { q: 25 }, evidence: { source: s } }
  then: { statement: 30 will come., modality: forecasts, answers: { q: 30 }, evidence: { source: s } }
  mute: { statement: Not said., modality: declines-to-confirm, answers: { q: 40 }, evidence: { source: s } }
  gone: { statement: 9 came., status: { is: withdrawn }, answers: { q: 9 }, evidence: { source: s } }
",
    );
    assert_eq!(section(&page, "denials"), ["no denial"]);
    assert_eq!(section(&page, "forecasts"), ["then forecast"]);
    assert_eq!(section(&page, "silences"), ["mute silence"]);
    assert_eq!(section(&page, "lapsed"), ["gone withdrawn"]);
    assert!(says(&page, "question.none_stands") && !says(&page, "question.unanswered"));
    // What is said of an answer is not made of the verdict on a pair: the figure says what each is.
    let figure = page.split_once("<figure class=\"answers-figure").unwrap().1.split_once("<figcaption>").unwrap().0;
    assert!(figure.contains("denied") && figure.contains("withdrawn") && !figure.contains("one of these answers"));
}

#[test]
fn a_chain_of_corrections_supersedes_to_its_end() {
    let chain = "  r1: { statement: 1., answers: { q: 1 }, evidence: { source: s } }
  r2: { statement: 2., answers: { ANSWER }, supersedes: [r1], evidence: { source: s } }
  r3: { statement: 3., answers: { q: 3 }, supersedes: [r2], evidence: { source: s } }
";
    let page = question(&chain.replace("ANSWER", "q: 2"));
    assert_eq!(section(&page, "answers"), ["r3 current"]);
    assert_eq!(section(&page, "lapsed"), ["r1 superseded", "r2 superseded"]);
    assert_eq!(verdict(&page, "r1 r3"), "superseded");
    assert!(!page.contains("class=\"contest\""));
    // Also where what stands between them answers nothing.
    let page = question(&chain.replace("ANSWER ", ""));
    assert_eq!((section(&page, "answers"), verdict(&page, "r1 r3")), (vec!["r3 current".to_owned()], "superseded"));
}

#[test]
fn silence_does_not_hold_a_choice() {
    let sheet = "\
sources:
  s: { title: S }
questions:
  q: { text: Who?, kind: choice, options: { ann: Ann, bob: Bob } }
claims:
  a: { statement: It was Ann., answers: { q: ann }, evidence: { source: s } }
  b: { statement: Nothing was said., modality: declines-to-confirm, answers: { q: ann }, evidence: { source: s } }
  c: { statement: It was not Bob., modality: denies, answers: { q: ann }, evidence: { source: s } }
";
    let page = page(sheet, "questions/q/index.html");
    assert_eq!(section(&page, "answers"), ["a current", "c current"]);
    assert_eq!(section(&page, "silences"), ["b silence"]);
    assert_eq!((verdict(&page, "a b"), verdict(&page, "a c")), ("not-comparable", "agrees"));
}

#[test]
fn where_all_are_apart_none_is_set_apart_from_the_others() {
    let sheet = "\
places:
  x: { name: X }
  y: { name: Y }
sources:
  s: { title: S }
questions:
  q: { text: How many?, kind: quantity }
claims:
  a: { statement: A., answers: { q: { value: 1, place: x } }, evidence: { source: s } }
  b: { statement: B., answers: { q: { value: 2, place: y } }, evidence: { source: s } }
";
    let both = page(sheet, "questions/q/index.html");
    assert_eq!(section(&both, "answers"), ["a current", "b current"]);
    assert!(says(&both, "question.none_compare") && section(&both, "apart").is_empty());
    let third = "  c: { statement: C., answers: { q: { value: 1, place: x } }, evidence: { source: s } }\n";
    let three = page(&format!("{sheet}{third}"), "questions/q/index.html");
    assert_eq!(section(&three, "answers"), ["a current", "c current"]);
    assert_eq!(section(&three, "apart"), ["b current"]);
    assert!(!says(&three, "question.none_compare"));
    assert!(three.contains("these answers are about different places: Y and X"), "{three}");
}

#[test]
fn a_claim_goes_with_all_its_texts() {
    let sheet = "\
sources:
  s: { title: S, status: { is: retracted, on: 2024-06-01 } }
  t: { title: T }
questions:
  q: { text: How many?, kind: quantity }
claims:
  a: { statement: A., answers: { q: 1 }, evidence: { source: s } }
  b: { statement: B., answers: { q: 2 }, evidence: [{ source: s }, { source: t }] }
";
    let page = page(sheet, "questions/q/index.html");
    assert_eq!(section(&page, "answers"), ["b current"]);
    assert_eq!(section(&page, "lapsed"), ["a retracted"]);
    assert!(page.contains("Claim found only in a text retracted on 1 June 2024."));
}

#[test]
fn the_editors_reason_stands_beside_what_was_computed() {
    let sheet = "\
sources:
  s: { title: S }
places:
  x: { name: X }
questions:
  q: { text: How many?, kind: quantity }
claims:
  a: { statement: A., answers: { q: 1 }, contradicts: { b: they cannot both be }, evidence: { source: s } }
  b: { statement: B., answers: { q: { value: 2, place: x } }, evidence: { source: s } }
";
    let page = page(sheet, "questions/q/index.html");
    assert!(page.contains("only one of these answers names a place: X"), "{page}");
    assert!(page.contains("The editors:</span> they cannot both be"), "{page}");
}
