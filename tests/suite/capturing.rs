//! `sourcebook capture`: a file among the captures of a source that is there.

use crate::program::Dossier;

const SITE: &str = "title = \"T\"\nlanguage = \"en\"\n[captures]\ndir = \"captures\"\n";
const SHEET: &str = "sources:\n  paper:\n    title: Paper\n    url: https://example.org/ # where it is\n\n  other: { title: Other }\n\
                     claims:\n  said: { statement: Ten., on: 2024-06-02, evidence: { source: paper, quote: QUOTE, locator: § 1 } }\n";

fn dossier(quote: &str) -> Dossier {
    Dossier::new(&[
        ("site.toml", SITE),
        ("content/index.md", "---\ntitle: Home\n---\nSaid [@said].\n"),
        ("content/sheet.yaml", &SHEET.replace("QUOTE", quote)),
        ("saved page.html", "<meta charset=windows-1251><main><h1>T</h1><p>There were ten of them.</main>"),
        ("film.mp4", "\0\0\0\x18ftypmp42"),
    ])
}

#[test]
fn a_capture_is_kept_and_its_quotes_looked_up() {
    let dossier = dossier("ten of them");
    let said = dossier.expect(&["capture", "paper", "saved page.html", "--on", "2024-06-04"], 0);
    assert!(said.contains("1 quotes in 1 captures: captures.lock written"), "{said}");
    let sheet = dossier.read("content/sheet.yaml");
    let field = sheet.lines().find(|line| line.contains("capture:")).unwrap();
    assert!(field.starts_with("    capture: { file: \"paper.html\", sha256: "), "{sheet}");
    assert!(field.ends_with("on: \"2024-06-04\", method: \"saved page\" }"), "{sheet}");
    let without: String = sheet.split_inclusive('\n').filter(|line| !line.contains("capture:")).collect();
    assert_eq!(without, SHEET.replace("QUOTE", "ten of them"), "nothing else changes");
    assert!(dossier.read("captures/.gitignore").ends_with("*\n"));
    assert!(dossier.read("captures.lock").contains("state = \"verbatim\", at = [{ place = \"§ 1\", block = 2"));
    assert!(dossier.expect(&["capture", "paper", "saved page.html"], 2).contains("has a capture already"));
    dossier.expect(&["build"], 0);
}

#[test]
fn another_copy_takes_its_place_once_it_was_compared() {
    let dossier = dossier("ten of them");
    dossier.write("page two.html", "<main><h1>T</h1><p>News.<p>There were ten of them, or eleven.</main>");
    dossier.expect(&["capture", "paper", "saved page.html"], 0);
    let before = dossier.read("content/sheet.yaml");
    let said = dossier.expect(&["capture", "paper", "page two.html"], 2);
    assert!(said.contains("moved    § 1 → § 2, `said` (content/sheet.yaml:9): ten of them"), "{said}");
    assert!(said.contains("{+, or eleven+}") && said.contains("`--replace` puts this one in its place"), "{said}");
    assert_eq!(dossier.read("content/sheet.yaml"), before, "nothing is written unasked");
    let said = dossier.expect(&["capture", "paper", "page two.html", "--replace", "--on", "2024-07-01"], 1);
    assert!(said.contains("wrong-locator") && said.contains("write `locator: § 2`"), "{said}");
    let after = dossier.read("content/sheet.yaml");
    let rest = |sheet: &str| sheet.lines().filter(|line| !line.contains("capture:")).collect::<Vec<_>>().join("\n");
    assert_eq!(rest(&after), rest(&before));
    assert!(
        after.contains("capture: { file: \"paper-2.html\", sha256: ") && after.contains("on: \"2024-07-01\""),
        "{after}"
    );
    assert!(dossier.path("captures/paper.html").exists(), "the older copy stays");
}

#[test]
fn a_quote_that_is_not_there_is_told_and_the_capture_kept() {
    let dossier = dossier("nine of them");
    let said = dossier.expect(&["capture", "paper", "saved page.html"], 1);
    assert!(said.contains("quote-absent") && said.contains("{+ten+}"), "{said}");
    assert!(dossier.path("captures/paper.html").exists());
    assert!(dossier.read("content/sheet.yaml").contains("capture:"));
}

#[test]
fn what_cannot_be_a_capture_changes_nothing() {
    let dossier = dossier("ten of them");
    for (arguments, why) in [
        (["capture", "nothing", "saved page.html"], "there is no source `nothing`"),
        (["capture", "said", "saved page.html"], "not a source"),
        (["capture", "paper", "nowhere.html"], "nowhere.html"),
    ] {
        assert!(dossier.expect(&arguments, 2).contains(why), "{why}");
    }
    assert_eq!(dossier.read("content/sheet.yaml"), SHEET.replace("QUOTE", "ten of them"));
    assert!(!dossier.path("captures").exists());
}

/// What an import brought, and its page saved later.
#[test]
fn a_saved_page_finds_its_source() {
    let dossier = Dossier::new(&[
        ("site.toml", SITE),
        (
            "zotero.json",
            r#"[{ "id": "k", "type": "article-newspaper", "title": "Bridge closed", "URL": "http://example.org/a/bridge/" }]"#,
        ),
        (
            "page.html",
            "<title>Bridge closed - The Courier</title><link rel=canonical href='https://example.org/a/bridge'><main><p>Closed.",
        ),
        ("mute.html", "<title>Bridge closed</title><main><p>Closed."),
        ("other.html", "<title>Other</title><link rel=canonical href='https://example.org/b'><main><p>Closed."),
    ]);
    dossier.expect(&["import", "zotero.json"], 0);
    let said = dossier.expect(&["capture", "mute.html"], 2);
    assert!(said.contains("does not say its address (it is titled like `"), "{said}");
    let said = dossier.expect(&["capture", "other.html"], 2);
    assert!(said.contains("no source has the address https://example.org/b: name the source"), "{said}");
    assert!(dossier.expect(&["capture", "absent.html"], 2).contains("absent.html"));
    let said = dossier.expect(&["capture", "page.html"], 0);
    assert!(said.contains("capture of `"), "{said}");
    assert!(dossier.expect(&["capture", "page.html"], 2).contains("has a capture already"));
}
