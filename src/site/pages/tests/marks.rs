//! What no longer stands is marked wherever it appears, and so is what rests on a text that does not.

use super::build;

const SHEET: &str = "\
actors:
  ann: { name: Ann, type: person }
places:
  x: { name: Xtown }
sources:
  s: { title: Sound, published: 2024-05-01 }
  t: { title: Mended, published: 2024-05-01, status: { is: corrected, on: 2024-05-09, because: A name. } }
events:
  e: { title: E, date: 2024-05-01 }
questions:
  q: { text: How many?, kind: quantity }
claims:
  old:
    statement: Old words.
    by: ann
    on: 2024-05-02
    about: [ann, e, x]
    answers: { q: { value: 25, place: x } }
    status: { is: corrected, on: 2024-05-04 }
    evidence: { source: s, quote: old words }
  new: { statement: New words., by: ann, on: 2024-05-03, supersedes: [old], answers: { q: { value: 20, place: x } }, evidence: { source: s } }
  rest: { statement: Resting words., by: ann, on: 2024-05-03, about: [e], evidence: { source: t } }
";
const ARTICLE: &str = "---\ntitle: E\n---\nIt was so [@old]. It rests [@rest]. Read [@t].\n\n![[old]]\n";

#[test]
fn a_corrected_claim_is_marked_wherever_it_appears() {
    let site = "title = \"T\"\nlanguage = \"en\"\nbase_url = \"https://example.org\"\n";
    let (files, _) = build(site, &[("content/a.yaml", SHEET), ("content/essay.md", ARTICLE)]);
    for (page, file) in files.iter().filter(|(page, _)| page.ends_with(".html")) {
        let names = file.matches("Old words").count();
        let is_own = &**page == "claims/old/index.html";
        // A list of changes says it in words, once.
        let is_told = &**page == "index.html" && file.contains("claim corrected");
        if names > 0 && !is_own && !is_told {
            assert!(file.contains("data-lapse=\"corrected\""), "{page} names the claim and does not mark it");
        }
    }
    let page = |path: &str| files[path].replace(['\u{a0}', '\u{202f}'], " ");
    assert!(
        page("claims/old/index.html").contains("data-lapse=\"corrected\"><p><strong>Claim corrected on 4 May 2024: <a")
    );
    let rows = page("claims/index.html");
    let row = rows.split("<tr").find(|row| row.contains("claims/old") || row.contains("old/index.html")).unwrap();
    assert!(row.contains("<span class=\"lapsed-mark\" data-lapse=\"corrected\">corrected</span>"), "{row}");
    let essay = page("essay/index.html");
    assert!(essay.contains("aria-label=\"claim that no longer stands: corrected\">†</span>"), "{essay}");
    assert!(essay.contains("<li id=\"note-1\" value=\"1\" data-lapse=\"corrected\" data-short="));
    assert!(essay.contains("Claim corrected on 4 May 2024: <a"));
    // In the margin, on the chronology, on the pages of its speaker, its question and its place, in the search.
    assert!(essay.contains("(corrected)\">"), "{essay}");
    for path in ["timeline/index.html", "actors/ann/index.html", "places/x/index.html", "questions/q/index.html"] {
        assert!(page(path).contains("data-lapse=\"corrected\""), "{path}");
    }
    let search: String =
        files.iter().filter(|(path, _)| path.contains("search/labels")).map(|(_, text)| &**text).collect();
    assert!(search.contains("2 May 2024, corrected") || search.contains("2\u{a0}May\u{a0}2024, corrected"), "{search}");
    for (path, mark) in [
        ("data/claims.csv", "corrected"),
        ("data/answers.csv", "corrected"),
        ("data/dossier.json", "\"lapse\":{\"how\":\"corrected\",\"by\":[\"new\"]"),
        ("data/annotations.jsonld", "\"purpose\":\"tagging\",\"value\":\"corrected\""),
    ] {
        assert!(files[path].contains(mark), "{path}: {}", files[path]);
    }
    assert!(page("claims/old/index.html").contains("\"creativeWorkStatus\":\"corrected\""));
}

#[test]
fn what_rests_on_a_corrected_text_shows_it() {
    let site = "title = \"T\"\nlanguage = \"en\"\nbase_url = \"https://example.org\"\n";
    let (files, _) = build(site, &[("content/a.yaml", SHEET), ("content/essay.md", ARTICLE)]);
    let page = |path: &str| files[path].replace(['\u{a0}', '\u{202f}'], " ");
    assert!(
        page("sources/t/index.html").contains(
            "data-unsound=\"corrected\"><p><strong>Text corrected on 9 May 2024.</strong></p> <p>A name.</p>"
        ),
        "{}",
        page("sources/t/index.html")
    );
    for path in [
        "sources/index.html",
        "claims/index.html",
        "claims/rest/index.html",
        "events/e/index.html",
        "timeline/index.html",
    ] {
        assert!(page(path).contains("data-unsound=\"corrected\">text corrected</span>"), "{path}");
    }
    assert_eq!(page("essay/index.html").matches("Text corrected on 9 May 2024.").count(), 2);
    assert!(files["data/sources.csl.json"].contains("\"status\":\"corrected\""), "{:?}", files.keys());
    assert!(files["changes.xml"].contains("Text corrected: Mended"));
}

const CONTESTED: &str = "\
places:
  x: { name: Xtown }
sources:
  s: { title: Sound, published: 2024-05-01 }
questions:
  men: { text: How many men?, kind: quantity }
  guns: { text: How many guns?, kind: quantity }
  where: { text: Where?, kind: place }
  when: { text: When?, kind: date }
  kind: { text: What kind?, kind: choice, options: { a: One, b: Two } }
claims:
  one: { statement: One., answers: { men: 8000, where: x, kind: a }, evidence: { source: s } }
  two: { statement: Two., answers: { men: 9000, when: 2024-06 }, evidence: { source: s } }
  three: { statement: Three., answers: { when: 2023 }, evidence: { source: s } }
  four: { statement: Four., answers: { kind: a }, evidence: { source: s } }
  five: { statement: Five., answers: { guns: 100, where: x }, contradicts: { six: One counts more. }, evidence: { source: s } }
  six: { statement: Six., answers: { guns: 120, kind: a }, evidence: { source: s } }
  seven: { statement: Seven., answers: { where: x, kind: a }, contradicts: [eight], evidence: { source: s } }
  eight: { statement: Eight., evidence: { source: s } }
  nine: { statement: Nine., answers: { guns: 130, where: x }, contradicts: [ten], evidence: { source: s } }
  ten: { statement: Ten., status: { is: withdrawn }, evidence: { source: s } }
";

/// In which sentences of an article the mark of contest stands, sentence by sentence.
fn contested_in(text: &str) -> Vec<bool> {
    let article = format!("---\ntitle: E\n---\n{text}\n");
    let site = "title = \"T\"\nlanguage = \"en\"\n";
    let (files, _) = build(site, &[("content/a.yaml", CONTESTED), ("content/essay.md", &article)]);
    let page = &files["essay/index.html"];
    let (_, prose) = page.split_once("data-sidenotes").unwrap();
    let prose = prose.split_once("class=\"after\"").unwrap().0;
    prose
        .split("<sup class=\"note\"")
        .skip(1)
        .map(|mark| mark.split("</sup>").next().unwrap().contains("contested-mark"))
        .collect()
}

#[test]
fn the_mark_of_contest_stands_where_what_is_cited_is_contested() {
    let check = |text: &str, expect: &[bool]| assert_eq!(contested_in(text), expect, "{text}");
    check("They were 8,000 [@one].", &[true]);
    check("They were in [[x]] [@one].", &[false]);
    check("They were 8,000 in [[x]] [@one].", &[true]);
    check("What [[kind]] it was is told [@one].", &[false]);
    check("Of the [[kind]] and of [[men|their number]] it tells [@one].", &[true]);
    // Both its answers are contested; of one that nothing tells apart, all that is known is said.
    check("It was in June [@two].", &[true]);
    check("It tells of them [@one]. It is said again in [[x]] [@one].", &[true, false]);
    check("Nobody contests the kind [@four].", &[false]);
}

/// `contradicts` ties claims: the mark belongs to the answers that differ, to all where none does.
#[test]
fn what_contradicts_ties_is_contested_where_it_differs() {
    let check = |text: &str, expect: &[bool]| assert_eq!(contested_in(text), expect, "{text}");
    check("They were in [[x]] [@five].", &[false]);
    check("They had 100 guns [@five].", &[true]);
    check("They are told of [@five].", &[true]);
    check("Of which [[kind]] is told, too [@six].", &[false]);
    check("They had 120 guns [@six].", &[true]);
    check("They were in [[x]] [@seven].", &[true]);
    check("Eight is said [@eight].", &[true]);
    // What it is set against was withdrawn.
    check("They were in [[x]] [@nine].", &[false]);
    check("Ten was said [@ten].", &[false]);
}

/// A claim that a sound text bears as well does not stand on the retracted one: the mark says which of them that is.
#[test]
fn of_several_texts_the_mark_says_which() {
    let sheet = "\
actors:
  ann: { name: Ann, type: person }
sources:
  s: { title: Sound, published: 2024-05-01 }
  t: { title: Gone, published: 2024-05-01, status: { is: retracted, on: 2024-05-09, because: Made up. } }
  u: { title: Mended, published: 2024-05-01, status: { is: corrected, on: 2024-05-09, because: A name. } }
claims:
  two: { statement: Two texts., by: ann, on: 2024-05-02, about: [ann], evidence: [{ source: s }, { source: t }, { source: u }] }
  off: { statement: Taken back., by: ann, on: 2024-05-02, status: { is: withdrawn, on: 2024-05-10 }, evidence: { source: s } }
";
    let essay = "---\ntitle: E\nabout: [ann]\n---\nIt was so [@two]; see [[two]].\n";
    let home = "---\ntitle: H\n---\nHome.\n";
    for (language, mark, withdrawn) in [
        ("en", "1 of 3 texts retracted: Gone", "claim withdrawn"),
        ("fr", "1 texte sur 3 rétracté : Gone", "affirmation retirée"),
        ("de", "1 von 3 Texten zurückgezogen: Gone", "Aussage zurückgenommen"),
    ] {
        let site = format!("title = \"T\"\nlanguage = \"{language}\"\nbase_url = \"https://example.org\"\n");
        let contents = [("content/a.yaml", sheet), ("content/essay.md", essay), ("content/index.md", home)];
        let (files, _) = build(&site, &contents);
        let page = |path: &str| files[path].replace(['\u{a0}', '\u{202f}'], " ");
        for path in ["actors/ann/index.html", "claims/index.html", "essay/index.html"] {
            assert!(page(path).contains(mark), "{path}: {}", page(path));
        }
        let home = page("index.html");
        let line = home.split("<li>").find(|line| line.contains(withdrawn)).unwrap_or_else(|| panic!("{home}"));
        let line = line.split("</li>").next().unwrap_or_default();
        assert!(line.contains("Ann") && line.contains("Taken back") && !line.contains("lapsed-mark"), "{line}");
    }
}
