//! One answer to "who speaks?" on all pages, and whose words they are.

use super::states::page;

const SHEET: &str = "\
actors:
  paper: { name: The Paper, type: media }
  he: { name: He, type: person }
  moscow: { name: Moscow, type: state }
sources:
  s: { title: S, type: article-newspaper, publisher: paper, published: 2010-11-01 }
  empty: { title: Nothing drawn, publisher: paper }
questions:
  q: { text: How many?, kind: quantity, unit: people }
claims:
  own: { statement: It was so., answers: { q: 3 }, evidence: { source: s, quote: it was so } }
  old: { statement: He was there., by: he, answers: { q: 4 }, evidence: { source: s, quote: he was there, speech: indirect } }
  his: { statement: He saw it., by: he, on: 1995, evidence: { source: s, quote: I saw it, speech: direct } }
  none: { statement: Moscow does not confirm., by: moscow, modality: declines-to-confirm, evidence: { source: s, quote: not confirmed } }
";

fn has(path: &str, parts: &[&str]) {
    let page = page(SHEET, path);
    for part in parts {
        assert!(page.contains(part), "{path} lacks {part}\n{page}");
    }
}

fn lacks(path: &str, parts: &[&str]) {
    let page = page(SHEET, path);
    for part in parts {
        assert!(!page.contains(part), "{path} has {part}\n{page}");
    }
}

#[test]
fn an_outlet_says_what_its_texts_say_in_their_own_name() {
    has("actors/paper/index.html", &["<dt>Claims</dt><dd>2 claims</dd>", "data-claim=\"own\"", "data-claim=\"none\""]);
    lacks("actors/paper/index.html", &["data-claim=\"old\"", "No claim of this dossier is given"]);
    has("actors/index.html", &["<td class=\"num\" data-label=\"Claims\">2</td>"]);
    has("timeline/actors/index.html", &["It was so.", "Moscow does not confirm."]);
}

#[test]
fn who_is_silent_says_nothing() {
    lacks("actors/moscow/index.html", &["id=\"said\"", "<dt>Claims</dt>"]);
    has("actors/moscow/index.html", &["id=\"said-about\"", "data-claim=\"none\"", "data-said-by=\"text\""]);
    has(
        "claims/none/index.html",
        &[
            "no confirmation (<a href=\"../../actors/moscow/index.html\">Moscow</a>)",
            "data-speech=\"silence\"",
            "data-origins=\"0\"",
        ],
    );
    lacks("claims/none/index.html", &["class=\"modality"]);
}

#[test]
fn the_origins_of_a_text_are_those_of_its_claims() {
    has(
        "sources/s/index.html",
        &[
            "data-own=\"2\" data-reported=\"2\"",
            "2 claims made in the text’s own name, of an origin not given in this dossier.",
            "2 reported claims, made by:",
            "data-origin=\"he\" data-count=\"2\"",
        ],
    );
    lacks("sources/empty/index.html", &["own name", "made by:", "0 of 0"]);
}

#[test]
fn a_chronology_leaves_nobody_out_and_says_what_a_date_is_of() {
    has(
        "timeline/index.html",
        &[
            "<span class=\"when\" data-date-from=\"reported\">reported on 1 November 2010</span>",
            "data-date-from=\"published\"",
            "date of the text",
            "data-date-from=\"said\"",
            "data-said-by=\"speakers\"",
        ],
    );
    has("claims/old/index.html", &["<dt>Reported</dt>", "When it was said is not given."]);
    has("claims/own/index.html", &["<dt>Published</dt>", "The Paper</a>, in its own name"]);
    has("claims/his/index.html", &["<dt>Said</dt>"]);
}

#[test]
fn a_quote_is_the_words_of_one_of_them() {
    has(
        "claims/his/index.html",
        &["data-speech=\"direct\"", "the speaker’s own words", "\"description\":\"the speaker’s own words\""],
    );
    has("claims/old/index.html", &["data-speech=\"indirect\"", "the text’s words"]);
    has("claims/own/index.html", &["data-speech=\"own\""]);
    // To machines, the author of a quotation is whose words it is.
    let author = |id: &str| {
        let page = page(SHEET, &format!("claims/{id}/index.html"));
        let quotation = page.split_once("\"Quotation\"").map(|(_, rest)| rest.to_owned()).unwrap_or_default();
        let author = quotation.split("\"author\":[{\"@id\":\"").nth(1).and_then(|rest| rest.split('"').next());
        author.unwrap_or_default().trim_start_matches("../").to_owned()
    };
    assert_eq!(author("his"), "actors/he/index.html");
    assert_eq!(author("old"), "actors/paper/index.html");
    assert_eq!(author("own"), "actors/paper/index.html");
    assert_eq!(author("none"), "actors/paper/index.html");
}
