//! Diagnostics as one types, and what mends them.

use serde_json::{Value, json};

use crate::client::Editor;

const CLAIMS: &str = "content/sheets/claims.yaml";

fn codes(told: &[Value]) -> Vec<&str> {
    told.iter().map(|d| d["code"].as_str().unwrap()).collect()
}

/// The example's claims with one change, open; waits until what is wrong is told.
fn changed(editor: &mut Editor, from: &str, to: &str, code: &str) -> (String, Value) {
    let text = editor.read(CLAIMS);
    assert!(text.contains(from));
    let text = text.replacen(from, to, 1);
    editor.open(CLAIMS, &text);
    let uri = editor.uri(CLAIMS);
    editor.wait(|told| told.get(&uri).is_some_and(|told| codes(told).contains(&code)));
    let found = editor.told[&uri].iter().find(|d| d["code"] == code).unwrap().clone();
    (text, found)
}

#[test]
fn faults_are_told_and_taken_back() {
    let mut editor = Editor::new();
    let (_, found) = changed(&mut editor, "by: thomas-brack", "by: thomas-brak", "unknown-id");
    assert_eq!((found["severity"].as_u64(), found["source"].as_str()), (Some(1), Some("sourcebook")));
    let uri = editor.uri(CLAIMS);
    let plain = editor.read(CLAIMS);
    let change = json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": [{ "text": plain }] });
    editor.tell("textDocument/didChange", change);
    editor.wait(|told| told.get(&uri).is_some_and(Vec::is_empty));
}

#[test]
fn changes_within_a_text() {
    let mut editor = Editor::new();
    let text = editor.read(CLAIMS);
    editor.open(CLAIMS, &text);
    let uri = editor.uri(CLAIMS);
    let at = text.find("by: thomas-brack").unwrap() + 4;
    let (start, end) = (editor.position(&text, at), editor.position(&text, at + 12));
    let first = json!({ "range": { "start": start, "end": end }, "text": "é" });
    let after = editor.position(&text, at);
    let second = json!({ "range": { "start": after, "end": { "line": after["line"], "character": after["character"].as_u64().unwrap() + 1 } }, "text": "nobody-at-all" });
    let change = json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": [first, second] });
    editor.tell("textDocument/didChange", change);
    editor.wait(|told| {
        told.get(&uri).is_some_and(|t| t.iter().any(|d| d["message"].as_str().unwrap().contains("`nobody-at-all`")))
    });
}

/// The texts of the files once an action is done, by the beginning of its title.
fn act(editor: &mut Editor, found: &Value, title: &str) -> Value {
    let params = json!({ "textDocument": { "uri": editor.uri(CLAIMS) }, "range": found["range"], "context": { "diagnostics": [found] } });
    let actions = editor.ask("textDocument/codeAction", params);
    let action = actions.as_array().unwrap().iter().find(|a| a["title"].as_str().unwrap().starts_with(title));
    action.unwrap_or_else(|| panic!("no {title} in {actions}"))["edit"].clone()
}

#[test]
fn did_you_mean() {
    let mut editor = Editor::new();
    let (text, found) = changed(&mut editor, "by: thomas-brack", "by: thomas-brak", "unknown-id");
    let edit = act(&mut editor, &found, "Write `thomas-brack`");
    assert!(editor.apply(CLAIMS, &text, &edit).contains("by: thomas-brack\n"));
}

#[test]
fn a_missing_actor() {
    let mut editor = Editor::new();
    let (_, found) = changed(&mut editor, "by: thomas-brack", "by: zoe-the-driver", "unknown-id");
    let edit = act(&mut editor, &found, "Add the actor `zoe-the-driver`");
    let actors = "content/sheets/actors.yaml";
    let changed = editor.apply(actors, &editor.read(actors), &edit);
    assert!(changed.contains("  zoe-the-driver:\n    name: TO DO\n"), "{changed}");
    assert!(changed.starts_with(&editor.read(actors)[..400]));
}

#[test]
fn an_exception_with_a_reason() {
    let mut editor = Editor::new();
    let long = "quote: 22 people were injured\n      # TO DO: look again";
    let (_, found) = changed(&mut editor, "quote: 22 people were injured", long, "to-do");
    let edit = act(&mut editor, &found, "Let `to-do` pass for `council-22-injured`");
    let site = editor.apply("site.toml", &editor.read("site.toml"), &edit);
    assert!(
        site.ends_with("[[exceptions]]\nrule = \"to-do\"\nid = \"council-22-injured\"\nbecause = \"TO DO\"\n"),
        "{site}"
    );
}

#[test]
fn what_changes_on_the_disk() {
    let mut editor = Editor::new();
    let actors = "content/sheets/actors.yaml";
    std::fs::write(editor.folder.join(actors), editor.read(actors).replace("  thomas-brack:", "  tom-brack:")).unwrap();
    let uri = editor.uri(actors);
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri, "type": 2 }] }));
    let claims = editor.uri(CLAIMS);
    editor.wait(|told| told.get(&claims).is_some_and(|told| codes(told).contains(&"unknown-id")));
}

#[test]
fn no_dossier_is_no_trouble() {
    let mut editor = Editor::with(json!({}), |folder| std::fs::remove_file(folder.join("site.toml")).unwrap());
    let at = editor.open(CLAIMS, "claims:\n  x: ¦");
    // There is one above the folder where the tests of this repository run.
    let found = editor.ask("textDocument/completion", at);
    assert!(found == Value::Null || found["items"].as_array().is_some_and(Vec::is_empty), "{found}");
    let answer = editor.answer("textDocument/nothingOfThat", json!({}));
    assert!(answer.get("error").is_some() || answer["result"].is_null());
}

#[test]
fn the_words_of_the_capture_and_their_place() {
    let mut editor = Editor::new();
    let quote = "quote: more than 20 people were injured";
    let (text, found) = changed(&mut editor, quote, "quote: more than 20 men were hurt", "quote-absent");
    let edit = act(&mut editor, &found, "Write `\"more than 20 people were");
    assert!(editor.apply(CLAIMS, &text, &edit).contains("quote: \"more than 20 people were"), "{edit}");
    let mut editor = Editor::new();
    let (text, found) = changed(
        &mut editor,
        "more than 20 people were injured\n      locator: § 1",
        "more than 20 people were injured\n      locator: § 3",
        "wrong-locator",
    );
    let edit = act(&mut editor, &found, "Write `§ 1`");
    assert!(
        editor.apply(CLAIMS, &text, &edit).contains("more than 20 people were injured\n      locator: § 1"),
        "{edit}"
    );
}
