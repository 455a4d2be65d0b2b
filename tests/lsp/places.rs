//! Hover, definitions, references, other ids, outlines.

use serde_json::{Value, json};

use crate::client::Editor;

const CLAIMS: &str = "content/sheets/claims.yaml";
const ARTICLE: &str = "content/articles/footbridge.md";

/// A file of the example, with a caret before the words.
fn open_at(editor: &mut Editor, path: &str, words: &str) -> Value {
    let text = editor.read(path);
    assert!(text.contains(words), "{path} has no {words}");
    editor.open(path, &text.replacen(words, &format!("¦{words}"), 1))
}

#[track_caller]
fn hover(path: &str, words: &str, expect: &[&str]) {
    let mut editor = Editor::new();
    let at = open_at(&mut editor, path, words);
    let found = editor.ask("textDocument/hover", at);
    let text = found["contents"]["value"].as_str().unwrap_or_default();
    for part in expect {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

#[test]
fn cards() {
    hover(CLAIMS, "thomas-brack", &["**Thomas Brack**", "engineer", "actor"]);
    hover(ARTICLE, "council-22-injured", &["22 people were injured", "> 22 people were injured", "council-1987-05-18"]);
    hover(CLAIMS, "courier-1987-05-16", &["source"]);
    hover(CLAIMS, "injured: ~30", &["question"]);
    hover(ARTICLE, "injured]]", &["question"]);
}

#[test]
fn values_in_words() {
    hover(CLAIMS, "1987-05-16 # when", &["16 May 1987"]);
    hover(CLAIMS, "~30 }", &["about 30"]);
    hover(CLAIMS, "modality: estimates", &["How it was said"]);
    hover("site.toml", "language", &["language of the interface"]);
}

#[test]
fn from_an_id_to_its_record() {
    let mut editor = Editor::new();
    let at = open_at(&mut editor, ARTICLE, "engineer-warned-council]");
    let found = editor.ask("textDocument/definition", at);
    let uri = editor.uri(CLAIMS);
    assert_eq!(found["uri"], *uri);
    let text = editor.read(CLAIMS);
    let line = text[..text.find("engineer-warned-council:").unwrap()].matches('\n').count();
    assert_eq!(found["range"]["start"], json!({ "line": line, "character": 2 }));
}

#[test]
fn every_place_of_an_id() {
    let mut editor = Editor::new();
    let at = open_at(&mut editor, ARTICLE, "engineer-not-since-1979]");
    let mut asked = at.clone();
    asked["context"] = json!({ "includeDeclaration": true });
    let found = editor.ask("textDocument/references", asked);
    let mut files: Vec<_> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|l| l["uri"].as_str().unwrap().rsplit('/').next().unwrap().to_owned())
        .collect();
    files.dedup();
    assert!(files.contains(&"footbridge.md".to_owned()) && files.contains(&"claims.yaml".to_owned()), "{found}");
    let count = |editor: &Editor| {
        let all = [
            "content/index.md",
            ARTICLE,
            CLAIMS,
            "content/sheets/questions.yaml",
            "content/sheets/sources.yaml",
            "content/sheets/actors.yaml",
            "content/sheets/events-and-places.yaml",
        ];
        all.iter().map(|path| editor.read(path).matches("engineer-not-since-1979").count()).sum::<usize>()
    };
    assert_eq!(found.as_array().unwrap().len(), count(&editor));
}

/// The example with another id in all places is as sound as before.
fn renames(capabilities: Value, path: &str, words: &str, old: &str, new: &str) {
    let mut editor = Editor::with(capabilities, |_| ());
    let at = open_at(&mut editor, path, words);
    let prepared = editor.ask("textDocument/prepareRename", at.clone());
    assert_eq!(prepared["placeholder"], old);
    let mut asked = at;
    asked["newName"] = new.into();
    let edit = editor.ask("textDocument/rename", asked);
    for path in [
        "content/index.md",
        ARTICLE,
        CLAIMS,
        "content/sheets/questions.yaml",
        "content/sheets/sources.yaml",
        "content/sheets/actors.yaml",
        "content/sheets/events-and-places.yaml",
    ] {
        let text = editor.read(path);
        let changed = editor.apply(path, &text, &edit);
        std::fs::write(editor.folder.join(path), changed).unwrap();
    }
    let check = std::process::Command::new(env!("CARGO_BIN_EXE_sourcebook"))
        .args(["check", "--format", "short", "--root"])
        .arg(&editor.folder)
        .output()
        .unwrap();
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
    assert!(!String::from_utf8_lossy(&check.stderr).contains("unknown-id"));
}

#[test]
fn another_id_in_all_places() {
    let versions = json!({ "workspace": { "workspaceEdit": { "documentChanges": true } } });
    renames(json!({}), CLAIMS, "thomas-brack", "thomas-brack", "t-brack");
    renames(versions, ARTICLE, "council-22-injured]", "council-22-injured", "council-count");
    renames(json!({}), ARTICLE, "injured]]\n\n## Whether", "injured", "how-many-hurt");
}

#[test]
fn an_article_keeps_its_address() {
    let mut editor = Editor::new();
    let index = "content/index.md";
    let text = editor.read(index).replacen("\n\n", "\n\nSee [[¦footbridge]].\n\n", 2);
    let text = text.replacen("See [[¦footbridge]].", "", 1);
    let mut asked = editor.open(index, &text);
    asked["newName"] = "mill-bridge".into();
    let edit = editor.ask("textDocument/rename", asked);
    let article = editor.apply(ARTICLE, &editor.read(ARTICLE), &edit);
    assert!(article.contains("slug: mill-bridge\naliases: [/articles/footbridge/]\n---"), "{article}");
}

#[test]
fn ids_that_cannot_be() {
    let mut editor = Editor::new();
    let at = open_at(&mut editor, CLAIMS, "thomas-brack");
    let mut asked = at;
    for (new, expect) in [("Brack T", "cannot be an id"), ("edith-marlow", "is taken")] {
        asked["newName"] = new.into();
        let answer = editor.answer("textDocument/rename", asked.clone());
        assert!(answer["error"]["message"].as_str().unwrap().contains(expect), "{answer}");
    }
}

#[test]
fn outlines_and_folds() {
    let mut editor = Editor::new();
    for path in [CLAIMS, ARTICLE, "site.toml"] {
        let text = editor.read(path);
        let at = editor.open(path, &format!("¦{text}"));
        let symbols = editor.ask("textDocument/documentSymbol", at.clone());
        assert!(!symbols.as_array().unwrap().is_empty(), "{path}");
        for symbol in symbols.as_array().unwrap() {
            inside(symbol);
        }
        let folds = editor.ask("textDocument/foldingRange", at);
        assert!(path == "site.toml" || !folds.as_array().unwrap().is_empty(), "{path}");
    }
    let found = editor.ask("workspace/symbol", json!({ "query": "brack" }));
    assert_eq!(found[0]["name"], "thomas-brack · Thomas Brack");
}

/// The protocol demands that what is selected lies within the whole.
fn inside(symbol: &Value) {
    let key = |place: &Value| (place["line"].as_u64(), place["character"].as_u64());
    let (whole, words) = (&symbol["range"], &symbol["selectionRange"]);
    assert!(key(&whole["start"]) <= key(&words["start"]) && key(&words["end"]) <= key(&whole["end"]), "{symbol}");
    for child in symbol["children"].as_array().into_iter().flatten() {
        assert!(
            key(&whole["start"]) <= key(&child["range"]["start"]) && key(&child["range"]["end"]) <= key(&whole["end"]),
            "{symbol}"
        );
        inside(child);
    }
}
