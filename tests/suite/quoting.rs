//! `sourcebook quote`: words looked up in files, without a dossier.

use std::io::Write as _;
use std::process::Stdio;

use crate::program::Dossier;

const PAGE: &str = "<h1>The bridge</h1><p>It was closed on Monday.</p><p>The mayor said: “We wait.”</p>";

#[track_caller]
fn check(arguments: &[&str], status: i32, expect: &str) {
    let folder = Dossier::new(&[("a b.html", PAGE), ("none.bin", "\0\u{1}\u{2}")]);
    let output = folder.run(&[&["quote"], arguments].concat());
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!((output.status.code(), &*said), (Some(status), expect));
}

#[test]
fn one_quote() {
    check(&["a b.html", "closed on Monday"], 0, "verbatim, in § 1\n");
    check(&["a b.html", "closed on Monday", "--locator", "§ 2"], 1, "wrong-locator: it stands in § 1\n");
    let near = "absent (differs)\nnearest passage, § 1: closed on [-Friday-]{+Monday+}\n";
    check(&["a b.html", "closed on Friday"], 1, near);
    check(&["a b.html", "nobody knows"], 1, "absent, and nothing is near\n");
    check(&["a b.html", " "], 2, "error: `a b.html`: the quote holds no words\n");
    let at = r#""at":[{"place":"§ 2","block":3,"bytes":[[57,65]]}],"in_quotation_marks":"all""#;
    let expect = format!("{{\"file\":\"a b.html\",\"quote\":\"We wait.\",\"verdict\":\"verbatim\",{at}}}\n");
    check(&["a b.html", "We wait.", "--json"], 0, &expect);
}

#[test]
fn what_cannot_be_read_is_no_verdict() {
    let folder = Dossier::new(&[("none.bin", "\0\u{1}\u{2}")]);
    for file in ["gone.html", "none.bin", "."] {
        let output = folder.run(&["quote", file, "words"]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{file}");
        let json = folder.run(&["quote", file, "words", "--json"]);
        assert_eq!(json.status.code(), Some(2));
        let line: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
        assert_eq!(line["verdict"], "unread");
    }
}

#[test]
fn many_quotes_are_answered_in_their_order() {
    let folder = Dossier::new(&[("a.html", PAGE), ("b.txt", "Nothing but this.")]);
    let mut child = folder.command(&["quote", "--stdin"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let lines = [
        r#"{"file":"b.txt","quote":"but this"}"#,
        r#"{"file":"a.html","quote":"closed on Monday","locator":"§ 1"}"#,
        r#"{"file":"b.txt","quote":"but that"}"#,
        "",
        r#"{"file":"gone.txt","quote":"x"}"#,
        r#"{"file":"a.html"}"#,
        r#"{"file":"a.html","quote":"[…]"}"#,
    ];
    child.stdin.take().unwrap().write_all(lines.join("\n").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let verdicts: Vec<_> = answers.iter().map(|a| a["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["verbatim", "verbatim", "absent", "unread", "unread", "unread"]);
    assert_eq!(answers[2]["nearest"]["marked"], "but [-that-]{+this+}");
    assert!(answers[4]["error"].as_str().unwrap().starts_with("line 6: missing field `quote`"));
    assert_eq!(output.status.code(), Some(2));
}
