//! Cards that others set into their pages.

use crate::program::Dossier;

const SHEET: &str = "\
actors:
  ann: { name: Ann }
  paper: { name: The <Paper>, type: media }
sources:
  monday: { title: Monday, publisher: paper, published: 2024-06-03 }
  gone: { title: Gone, publisher: paper, published: 2024-06-03, status: { is: retracted, on: 2024-06-09 } }
questions:
  many: { text: How many came?, kind: quantity }
claims:
  ten: { statement: Ten came., by: ann, on: 2024-06-02, answers: { many: 10 }, evidence: { source: monday, quote: \"ten <came>\" } }
  rival: { statement: Twenty came., by: ann, on: 2024-06-02, answers: { many: 20 }, evidence: { source: monday } }
  back: { statement: Thirty came., by: ann, on: 2024-06-02, answers: { many: 30 }, status: { is: withdrawn, on: 2024-06-08 }, evidence: { source: gone } }
";

fn built(language: &str, embed: bool) -> Dossier {
    let site = format!(
        "title = \"T & Co\"\nbase_url = \"https://example.org/d\"\nlanguage = \"{language}\"\n[publish]\nembed = {embed}\n"
    );
    let dossier = Dossier::new(&[("site.toml", &site), ("content/a.yaml", SHEET)]);
    dossier.expect(&["build"], 0);
    dossier
}

#[test]
fn a_card_says_what_the_page_says() {
    for language in ["en", "fr", "de"] {
        let dossier = built(language, true);
        let path = format!("{}/themes/default/i18n/{language}.toml", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let claim_words = text.split("\n[claim]\n").nth(1).unwrap();
        let contested = claim_words.split("\ncontested = \"").nth(1).unwrap().split('"').next().unwrap();
        let claim = dossier.read("public/embed/ten/index.html");
        for part in
            ["Ann", "Ten came.", "ten &lt;came&gt;", "The &lt;Paper&gt;", "../../claims/ten/index.html", contested]
        {
            assert!(claim.contains(part), "{language} {part}: {claim}");
        }
        let back = dossier.read("public/embed/back/index.html");
        assert!(back.contains("data-lapse=\"withdrawn\""), "{back}");
        let question = dossier.read("public/embed/many/index.html");
        for part in ["How many came", "The &lt;Paper&gt;", "href=\"../../questions/many/index.html\"", contested] {
            assert!(question.contains(part), "{language} {part}: {question}");
        }
        let withdrawn = question.split("data-answer=\"back\"").nth(1).unwrap().split("</li>").next().unwrap();
        assert!(withdrawn.contains("class=\"status\""), "{withdrawn}");
    }
}

#[test]
fn a_card_loads_nothing_and_runs_what_its_policy_names() {
    let dossier = built("en", true);
    for path in ["public/embed/ten/index.html", "public/embed/many/index.html"] {
        let html = dossier.read(path);
        let (_, policy) = html.split_once("http-equiv=\"Content-Security-Policy\" content=\"").unwrap();
        let policy = policy.split('"').next().unwrap();
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
        assert!(
            policy.contains("; script-src 'sha256-") && policy.ends_with("; base-uri 'none'; form-action 'none'"),
            "{policy}"
        );
        assert!(
            !html.contains("style=\"") && !html.contains(" src=\"") && !html.contains("rel=\"stylesheet\""),
            "{html}"
        );
    }
    // A host's header would forbid what the page's own policy allows.
    assert!(!dossier.read("public/_headers").contains("Content-Security-Policy"));
}

#[test]
fn hosts_find_a_card_by_oembed() {
    let dossier = built("en", true);
    let page = dossier.read("public/claims/ten/index.html");
    let link =
        "<link rel=\"alternate\" type=\"application/json+oembed\" href=\"https://example.org/d/embed/ten/oembed.json\"";
    assert!(page.contains(link), "{page}");
    let card: serde_json::Value = serde_json::from_str(&dossier.read("public/embed/ten/oembed.json")).unwrap();
    assert_eq!((&card["version"], &card["type"]), (&"1.0".into(), &"rich".into()));
    assert_eq!(card["title"], "Ann: Ten came.");
    assert_eq!(card["provider_name"], "T & Co");
    let html = card["html"].as_str().unwrap();
    assert!(html.starts_with("<iframe src=\"https://example.org/d/embed/ten/\" title=\"Ann: Ten came.\""), "{html}");
    assert!(html.contains(" sandbox=\"allow-scripts allow-popups ") && card["height"].as_u64().unwrap() > 100);
    assert!(!dossier.read("public/actors/ann/index.html").contains("oembed"), "of actors there is no card");
}

#[test]
fn nobody_who_does_not_ask_gets_cards() {
    let dossier = built("en", false);
    assert!(!dossier.path("public/embed").exists());
    assert!(!dossier.read("public/claims/ten/index.html").contains("embed"));
    assert!(dossier.read("public/_headers").contains("Content-Security-Policy"));
}
