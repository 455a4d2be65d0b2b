//! `sourcebook verify --against`: what became of each quote in a newer copy.

use crate::program::Dossier;

const SITE: &str = "title = \"T\"\nlanguage = \"en\"\n[captures]\ndir = \"captures\"\n";
const SHEET: &str = "\
sources:
  herald: { title: Herald, url: https://herald.example/bridge, capture: { file: herald.html, on: 2024-06-04 } }
  courier: { title: Courier, capture: courier.txt }
claims:
  safe:
    statement: Safe.
    evidence:
      - { source: herald, quote: the bridge was never safe, locator: § 1 }
      - { source: herald, quote: Nobody had walked over it, locator: § 2 }
  birds:
    statement: Birds.
    evidence: { source: courier, quote: The herons came back }
";
const PAGE: &str = "<title>B</title><link rel=canonical href=https://herald.example/bridge><nav>Menu</nav><main><h1>The bridge</h1>\
                    <p>The mayor said that the bridge was never safe.<p>Nobody had walked over it.</main>";

fn dossier() -> Dossier {
    Dossier::new(&[
        ("site.toml", SITE),
        ("content/index.md", "---\ntitle: Home\n---\nSaid [@safe] [@birds].\n"),
        ("content/sheet.yaml", SHEET),
        ("captures/herald.html", PAGE),
        ("captures/courier.txt", "The herons came back."),
    ])
}

/// What is written to either stream.
#[track_caller]
fn said(dossier: &Dossier, arguments: &[&str], status: i32) -> String {
    let out = dossier.run(arguments);
    let said = [out.stdout, out.stderr].concat();
    let said = String::from_utf8(said).unwrap();
    assert_eq!(out.status.code(), Some(status), "{said}");
    said
}

#[test]
fn each_quote_is_told() {
    let dossier = dossier();
    dossier.write("same.html", &PAGE.replace("Menu", "Another menu"));
    let told = said(&dossier, &["verify", "--against", "same.html"], 0);
    assert!(told.contains("`herald`: same.html against the capture of 2024-06-04"), "{told}");
    assert!(told.contains("2 quotes: 2 stand; the story is the same"), "{told}");
    dossier.write(
        "newer.html",
        &PAGE
            .replace("never safe", "not always safe")
            .replace("<p>Nobody had walked over it.", "<p>News.<p>It rained."),
    );
    let told = said(&dossier, &["verify", "--against", "newer.html"], 1);
    for line in [
        "  changed  § 1, `safe` (content/sheet.yaml:8): the bridge was never safe\n           The mayor said that the bridge was [-never-] {+not always+} safe.\n",
        "  gone     was § 2, `safe` (content/sheet.yaml:9): Nobody had walked over it\n",
        "2 quotes: 1 changed, 1 gone; 1 passage of the story changed",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    assert!(!dossier.path("captures.lock").exists(), "nothing is written");
}

#[test]
fn programs_are_told_the_same() {
    let dossier = dossier();
    dossier.write("newer.html", &PAGE.replace("<p>Nobody", "<p>News.<p>Nobody"));
    let out = dossier.run(&["verify", "--against", "newer.html", "--format", "json"]);
    assert_eq!(out.status.code(), Some(1));
    let json: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let source = &json["sources"][0];
    assert_eq!((source["source"].as_str(), source["older"]["what"].as_str()), (Some("herald"), Some("capture")));
    let quote = &source["quotes"][1];
    assert_eq!(quote["fate"], "moved");
    assert_eq!(
        (quote["before"].as_str(), quote["after"].as_str(), quote["line"].as_u64()),
        (Some("§ 2"), Some("§ 3"), Some(9))
    );
    assert_eq!(source["passages"][0]["diff"][0]["is"], "new");
    let short = dossier.run(&["verify", "--against", "newer.html", "--format", "short"]);
    let short = String::from_utf8(short.stdout).unwrap();
    assert!(short.contains("content/sheet.yaml:9: moved[herald]: `safe` § 2 → § 3,\n"), "{short}");
}

#[test]
fn the_source_is_known_by_name_address_or_option() {
    let dossier = dossier();
    dossier.write("new/courier.txt", "The herons came home.");
    assert!(said(&dossier, &["verify", "--against", "new/courier.txt"], 1).contains("came [-back-]{+home+}"));
    let told = said(&dossier, &["verify", "--against", "new"], 1);
    assert!(told.contains("`courier`") && !told.contains("`herald`"), "{told}");
    dossier.write("other.txt", "The herons came back.");
    assert!(said(&dossier, &["verify", "--against", "other.txt"], 2).contains("Name it by `--source ID`"));
    let told = said(&dossier, &["verify", "--against", "other.txt", "--source", "courier"], 0);
    assert!(told.contains("the same, byte for byte"), "{told}");
    assert!(said(&dossier, &["verify", "--against", "other.txt", "--source", "safe"], 2).contains("not a source"));
    assert!(said(&dossier, &["verify", "--against", "none.txt"], 2).contains("none.txt"));
}

#[test]
fn a_capture_that_changed_is_held_against_the_lock() {
    let dossier = dossier();
    dossier.expect(&["verify"], 0);
    dossier.write("captures/herald.html", &PAGE.replace("<p>Nobody had walked", "<p>Somebody had walked"));
    let told = said(&dossier, &["verify"], 1);
    assert!(
        told.contains(
            "`herald`: the capture as it is now against what `captures.lock` says of the capture of 2024-06-04"
        ),
        "{told}"
    );
    assert!(
        told.contains("  stands   § 1, `safe`") && told.contains("[-Nobody-] {+Somebody+} had walked over it"),
        "{told}"
    );
    // Without the captures the quotes are compared with nothing but the file.
    std::fs::remove_dir_all(dossier.path("captures")).unwrap();
    dossier.write("herald.html", PAGE);
    let told = said(&dossier, &["verify", "--against", "herald.html"], 0);
    assert!(told.contains("2 quotes: 2 stand"), "{told}");
}
