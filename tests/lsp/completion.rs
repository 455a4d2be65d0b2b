//! What is offered at a caret.

use serde_json::{Value, json};

use crate::client::Editor;

const CLAIMS: &str = "content/sheets/claims.yaml";
const QUESTIONS: &str = "content/sheets/questions.yaml";
const ARTICLE: &str = "content/articles/footbridge.md";

/// The text once the first item is taken, with the labels of the first `n` items.
fn take(editor: &mut Editor, path: &str, text: &str, n: usize) -> (String, Vec<String>) {
    let at = editor.open(path, text);
    let list = editor.ask("textDocument/completion", at);
    let items: Vec<Value> = list["items"].as_array().cloned().unwrap_or_default();
    // One start for all, and no filter of their own: see `complete`.
    let starts: Vec<_> = items.iter().map(|item| item["textEdit"]["range"]["start"].to_string()).collect();
    assert!(starts.windows(2).all(|pair| pair[0] == pair[1]), "{items:?}");
    assert!(items.iter().all(|item| item.get("filterText").is_none()));
    let labels = items.iter().take(n).map(|item| item["label"].as_str().unwrap().to_owned()).collect();
    let plain = text.replace('¦', "");
    let taken = items.first().map_or(plain.clone(), |first| editor.edited(&plain, &[first["textEdit"].clone()]));
    (taken, labels)
}

#[track_caller]
fn check(path: &str, text: &str, expect: &str) {
    let mut editor = Editor::new();
    let (found, labels) = take(&mut editor, path, text, 9);
    assert_eq!(found, expect, "{labels:?}");
}

#[track_caller]
fn offers(path: &str, text: &str, n: usize, expect: &[&str]) {
    let mut editor = Editor::new();
    let (_, labels) = take(&mut editor, path, text, n);
    assert_eq!(labels, expect);
}

#[test]
fn ids_by_their_parts_and_by_names() {
    check(CLAIMS, "claims:\n  x:\n    by: brack¦\n", "claims:\n  x:\n    by: thomas-brack\n");
    check(
        CLAIMS,
        "claims:\n  x:\n    by: [edith-marlow, firef¦]\n",
        "claims:\n  x:\n    by: [edith-marlow, firefighter]\n",
    );
    check(CLAIMS, "claims:\n  x:\n    by: thomas-b¦\n", "claims:\n  x:\n    by: thomas-brack\n");
    // Other names, with capitals and accents.
    offers(CLAIMS, "claims:\n  x:\n    by: Coürier¦\n", 1, &["aldermoor-courier"]);
    offers(CLAIMS, "claims:\n  x:\n    evidence: { source: herald¦ }\n", 1, &["herald-1987-05-17"]);
}

#[test]
fn ids_by_the_words_of_a_claim_and_its_speaker() {
    let mut editor = Editor::new();
    let text = "claims:\n  x:\n    contradicts: [brack¦]\n";
    let (_, labels) = take(&mut editor, CLAIMS, text, 9);
    assert!(labels.iter().any(|l| l == "engineer-not-since-1979 · Thomas Brack"), "{labels:?}");
    let (_, labels) = take(&mut editor, CLAIMS, "claims:\n  x:\n    supersedes: hospital¦\n", 9);
    assert!(labels.iter().any(|l| l.starts_with("herald-12-in-norbury · 12 of the injured")), "{labels:?}");
}

#[test]
fn keys_that_are_not_there_yet() {
    check(
        CLAIMS,
        "claims:\n  x:\n    state¦\n    by: thomas-brack\n",
        "claims:\n  x:\n    statement: \n    by: thomas-brack\n",
    );
    check(
        CLAIMS,
        "claims:\n  x:\n    evidence:\n      - source: a\n        quo¦\n",
        "claims:\n  x:\n    evidence:\n      - source: a\n        quote: \n",
    );
    offers(QUESTIONS, "questions:\n  q: { text: a, kind: date, k¦ }\n", 0, &[]);
    let mut editor = Editor::new();
    let (_, labels) = take(&mut editor, CLAIMS, "claims:\n  x:\n    by: a\n    b¦\n", 99);
    assert!(!labels.contains(&"by".to_owned()), "{labels:?}");
    check("site.toml", "title = \"A\"\nlang¦\n", "title = \"A\"\nlanguage = \n");
    check("site.toml", "title = \"A\"\n[rules]\nlong-q¦\n", "title = \"A\"\n[rules]\nlong-quote = \n");
}

#[test]
fn words_of_lists() {
    check(CLAIMS, "claims:\n  x:\n    modality: den¦\n", "claims:\n  x:\n    modality: denies\n");
    check(
        CLAIMS,
        "claims:\n  x:\n    answers:\n      council-warned: n¦\n",
        "claims:\n  x:\n    answers:\n      council-warned: no\n",
    );
    check(
        CLAIMS,
        "claims:\n  x:\n    answers: { council-warned: { value: y¦ } }\n",
        "claims:\n  x:\n    answers: { council-warned: { value: yes } }\n",
    );
    check(
        CLAIMS,
        "claims:\n  x:\n    answers:\n      last-i¦\n",
        "claims:\n  x:\n    answers:\n      last-inspection: \n",
    );
    check(QUESTIONS, "questions:\n  q:\n    changes: t¦\n", "questions:\n  q:\n    changes: true\n");
    check("site.toml", "title = \"A\"\nlanguage = e¦\n", "title = \"A\"\nlanguage = \"en\"\n");
    check("site.toml", "title = \"A\"\nlanguage = \"e¦\"\n", "title = \"A\"\nlanguage = \"en\"\n");
}

#[test]
fn files_in_the_captures_folder() {
    check(
        "content/sheets/sources.yaml",
        "sources:\n  s:\n    capture: her¦\n",
        "sources:\n  s:\n    capture: herald.txt\n",
    );
    check(
        "content/sheets/sources.yaml",
        "sources:\n  s:\n    capture: { file: cour¦ }\n",
        "sources:\n  s:\n    capture: { file: courier.txt }\n",
    );
}

#[test]
fn citations_and_links() {
    check(ARTICLE, "---\ntitle: A\n---\n\nSo [@council-22¦]\n", "---\ntitle: A\n---\n\nSo [@council-22-injured]\n");
    check(ARTICLE, "---\ntitle: A\n---\n\nSo [[marlow¦]]\n", "---\ntitle: A\n---\n\nSo [[edith-marlow]]\n");
    check(ARTICLE, "---\ntitle: A\nabout: [footb¦]\n---\n", "---\ntitle: A\nabout: [footbridge-collapse]\n---\n");
    check(
        CLAIMS,
        "claims:\n  x:\n    note: |\n      As [[marl¦\n",
        "claims:\n  x:\n    note: |\n      As [[edith-marlow\n",
    );
    // Only claims and sources are cited.
    offers(ARTICLE, "---\ntitle: A\n---\n\nSo [@aldermoor-counc¦]\n", 3, &[]);
}

#[test]
fn nothing_where_nothing_is_known() {
    offers(ARTICLE, "---\ntitle: A\n---\n\nmail me@herald¦\n", 3, &[]);
    offers(CLAIMS, "claims:\n  x:\n    by: a # her¦\n", 3, &[]);
    offers(CLAIMS, "claims:\n  her¦\n", 3, &[]);
    offers("README.md", "[@her¦]", 3, &[]);
}

#[test]
fn names_outlive_a_line_that_is_half_typed() {
    let mut editor = Editor::new();
    let text = editor.read(CLAIMS);
    let broken = text.replacen("    by: firefighter", "    by: [firefighter\n   :: : '\n¦", 1);
    editor.open(CLAIMS, &broken);
    let at = editor.open(ARTICLE, "---\ntitle: A\n---\n\nSo [@engineer-w¦]\n");
    // Whatever was read since, the claim below the broken line is still offered.
    editor.ask("workspace/symbol", json!({ "query": "" }));
    let list = editor.ask("textDocument/completion", at);
    assert_eq!(list["items"][0]["label"], "engineer-warned-council");
    let resolved = editor.ask("completionItem/resolve", list["items"][0].clone());
    assert_eq!(resolved["label"], "engineer-warned-council");
}

#[test]
fn both_kinds_of_columns() {
    for units in ["utf-8", "utf-16"] {
        let mut editor = Editor::with(json!({ "general": { "positionEncodings": [units] } }), |_| ());
        let text = "claims:\n  x:\n    answers: { council-warned: y }  \n    statement: 𝄞 é [[marlow¦]]\n";
        let (found, _) = take(&mut editor, CLAIMS, text, 1);
        assert!(found.contains("𝄞 é [[edith-marlow]]"), "{units}: {found}");
    }
}
