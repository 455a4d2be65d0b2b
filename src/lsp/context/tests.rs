use super::*;

/// The context at the mark `¦`, as one line.
fn said(text: &str, read: fn(&str, usize) -> Context) -> String {
    let at = text.find('¦').unwrap_or_else(|| panic!("no caret in {text:?}"));
    let text = text.replace('¦', "");
    match read(&text, at) {
        Context::Word { path, typed, beside } => {
            let beside = if beside.is_empty() { String::new() } else { format!(" beside {}", beside.join(" ")) };
            format!("word {:?} in {}{beside}", &text[typed], path.join("/"))
        }
        Context::Value { path, typed } => format!("value {:?} of {}", &text[typed], path.join("/")),
        Context::Link { cites: true, typed } => format!("cites {:?}", &text[typed]),
        Context::Link { cites: false, typed } => format!("links {:?}", &text[typed]),
        Context::Nothing => "nothing".to_owned(),
    }
}

#[track_caller]
fn check(text: &str, expect: &str) {
    assert_eq!(said(text, in_yaml), expect, "{text}");
}

#[test]
fn keys() {
    check("¦", "word \"\" in ");
    check("cla¦", "word \"cla\" in ");
    check("claims:\n  x:\n    sta¦", "word \"sta\" in claims/x");
    check("claims:\n  x:\n    by: a\n    o¦\n    on: 2024\n", "word \"o\" in claims/x beside by on");
    check("claims:\n  x: { by: a, ¦ }", "word \"\" in claims/x beside by");
    check(
        "claims:\n  y: { by: a }\n  x:\n    evidence:\n      - source: s\n        ¦",
        "word \"\" in claims/x/evidence beside source",
    );
    check("claims:\n  x:\n    evidence:\n    - source: s\n      q¦", "word \"q\" in claims/x/evidence beside source");
    check("claims:\n  x:\n    evidence:\n      - source: s\n      - ¦", "word \"\" in claims/x/evidence");
    check("claims:\r\n  x:\r\n    st¦", "word \"st\" in claims/x");
}

#[test]
fn values() {
    check("claims:\n  x:\n    by: zel¦", "value \"zel\" of claims/x/by");
    check("claims:\n  x:\n    by: [a, zel¦]", "value \"zel\" of claims/x/by");
    check("claims:\n  x:\n    by: [a,\n      zel¦", "value \"zel\" of claims/x/by");
    check("claims:\n  x:\n    by:\n      - a\n      - zel¦", "word \"zel\" in claims/x/by");
    check("claims:\n  x:\n    by:\n    - zel¦", "word \"zel\" in claims/x/by");
    check("claims:\n  x:\n    answers: { q: { value: 3, place: k¦ } }", "value \"k\" of claims/x/answers/q/place");
    check("claims:\n  x:\n    answers:\n      q: y¦", "value \"y\" of claims/x/answers/q");
    check("claims:\n  x:\n    evidence: { source: le-¦", "value \"le-\" of claims/x/evidence/source");
    check("claims:\n  x:\n    evidence:\n      - source: ¦", "value \"\" of claims/x/evidence/source");
    check("claims:\n  x:\n    by: \"zel¦\"", "value \"zel\" of claims/x/by");
    check("claims:\n  x:\n    by: a # who ¦", "nothing");
    check("---\ntitle: A\nabout: [footb¦", "value \"footb\" of about");
    check("# claims: ¦", "nothing");
    check("a:\n  b: 1\nclaims:\n  x:\n\n    # remark\n    on: 20¦", "value \"20\" of claims/x/on");
}

#[test]
fn texts() {
    check("claims:\n  x:\n    note: |\n      As [@he¦", "cites \"he\"");
    check("claims:\n  x:\n    note: >-\n      by: [[zel¦", "links \"zel\"");
    check("claims:\n  x:\n    note: as [[ze¦]] said", "links \"ze\"");
    check("claims:\n  x:\n    statement: he, she {or [they¦", "value \"they\" of claims/x/statement");
    check("claims:\n  x:\n    note: \"as @ze¦\"", "cites \"ze\"");
    check("claims:\n  x:\n    note: |\n      key: val¦", "nothing");
}

#[test]
fn markdown() {
    let check = |text: &str, expect: &str| assert_eq!(said(text, in_markdown), expect, "{text}");
    check("He said so [@zel¦", "cites \"zel\"");
    check("He said so [see @zel-8¦, § 3]", "cites \"zel-8\"");
    check("@¦", "cites \"\"");
    check("mail a@b¦", "nothing");
    check("\\@b¦", "nothing");
    check("[[¦", "links \"\"");
    check("![[Zél¦", "links \"Zél\"");
    check("[zel¦", "nothing");
}

#[test]
fn toml() {
    let check = |text: &str, expect: &str| assert_eq!(said(text, in_toml), expect, "{text}");
    check("ti¦", "word \"ti\" in ");
    check("language = \"f¦\"", "value \"f\" of language");
    check("[publish]\ncname = \"a\"\ni¦", "word \"i\" in publish beside cname");
    check("[[exceptions]]\nrule = \"¦\"", "value \"\" of exceptions/rule");
    check("[rules]\n¦", "word \"\" in rules");
    check("[pub¦", "word \"pub\" in ");
    check("[deploy.s¦", "word \"s\" in deploy");
}
