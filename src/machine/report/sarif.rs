//! SARIF 2.1.0 (OASIS), the format that code scanning reads.

use std::fmt::Write;

use serde_json::{Value, json};

use super::{Places, clean};
use sourcebook_core::base::diagnostic::{Diagnostic, Severity};
use sourcebook_core::base::file::{Files, Span};
use sourcebook_core::base::url::percent;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// One log with one run. Paths are relative to the dossier, and columns count Unicode code points.
pub fn sarif(diagnostics: &[Diagnostic], files: &Files) -> String {
    let places = Places::new(files);
    let mut codes: Vec<_> = diagnostics.iter().map(|d| d.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let results: Vec<_> = diagnostics.iter().map(|d| result(d, &codes, &places)).collect();
    let rules: Vec<_> = codes.iter().map(|code| json!({ "id": code })).collect();
    let driver = json!({ "name": "sourcebook", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules });
    let run = json!({
        "tool": { "driver": driver },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": { "DOSSIER": { "description": { "text": "the dossier's folder" } } },
        "results": results,
    });
    let log = json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] });
    format!("{log:#}\n")
}

fn result(diagnostic: &Diagnostic, codes: &[&str], places: &Places) -> Value {
    let related = diagnostic.labels.iter().enumerate().map(|(id, label)| {
        json!({ "id": id, "message": message([label.text.clone()]), "physicalLocation": location(label.span, places) })
    });
    json!({
        "ruleId": diagnostic.code,
        "ruleIndex": codes.binary_search(&diagnostic.code).ok(),
        "level": level(diagnostic.severity),
        "message": message(std::iter::once(diagnostic.message.clone()).chain(diagnostic.advice())),
        "locations": diagnostic.span.iter().map(|s| json!({ "physicalLocation": location(*s, places) })).collect::<Vec<_>>(),
        "relatedLocations": related.collect::<Vec<_>>(),
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

/// A plain text message. In one, SARIF reads `[text](n)` as a link and `{0}` as a place to fill, so that both are
/// escaped (3.11.5, 3.11.6).
fn message(lines: impl IntoIterator<Item = String>) -> Value {
    let mut text = String::new();
    for line in lines {
        let _ = write!(text, "{}{}", if text.is_empty() { "" } else { "\n" }, clean(&line));
    }
    let text = text.replace('\\', r"\\").replace('[', r"\[").replace(']', r"\]");
    json!({ "text": text.replace('{', "{{").replace('}', "}}") })
}

fn location(span: Span, places: &Places) -> Value {
    let place = places.place(span);
    json!({
        "artifactLocation": { "uri": percent(place.path), "uriBaseId": "DOSSIER" },
        "region": {
            "startLine": place.start.line,
            "startColumn": place.start.column,
            "endLine": place.end.line,
            "endColumn": place.end.column,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Value {
        let (files, diagnostics) = super::super::tests::sample();
        serde_json::from_str(&sarif(&diagnostics, &files)).unwrap()
    }

    #[test]
    fn a_result_with_its_places() {
        let expect = json!({
            "ruleId": "duplicate-id",
            "ruleIndex": 0,
            "level": "error",
            "message": { "text": "`kcna` is defined twice" },
            "locations": [{ "physicalLocation": {
                "artifactLocation": { "uri": "content/sheet.yaml", "uriBaseId": "DOSSIER" },
                "region": { "startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 7 },
            } }],
            "relatedLocations": [{
                "id": 0,
                "message": { "text": "first defined here" },
                "physicalLocation": {
                    "artifactLocation": { "uri": "content/a%20b%2C%C3%A9%25.yaml", "uriBaseId": "DOSSIER" },
                    "region": { "startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 7 },
                },
            }],
        });
        assert_eq!(sample()["runs"][0]["results"][0], expect);
    }

    /// The rules of the schema that we could break: required keys, enums, lower bounds, unique rules, valid indexes.
    #[test]
    fn the_shape_is_that_of_the_standard() {
        let log = sample();
        assert_eq!(log["version"], "2.1.0");
        assert_eq!(log["$schema"], SCHEMA);
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        let ids: Vec<_> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
        assert_eq!(ids, ["duplicate-id", "no-content", "unknown-id", "unused-actor"]);
        for result in run["results"].as_array().unwrap() {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(ids[index], result["ruleId"]);
            assert!(["none", "note", "warning", "error"].contains(&result["level"].as_str().unwrap()));
            assert!(!result["message"]["text"].as_str().unwrap().is_empty());
            for location in result["locations"].as_array().unwrap() {
                let region = &location["physicalLocation"]["region"];
                assert!(region.as_object().unwrap().values().all(|n| n.as_u64().unwrap() >= 1));
            }
        }
        assert_eq!(run["results"][3]["locations"], json!([]));
    }

    #[test]
    fn messages_are_plain_text() {
        let text = message([r"[a](1) {0} \ x".to_string(), "did you mean `b`?".to_string()]);
        assert_eq!(text["text"], "\\[a\\](1) {{0}} \\\\ x\ndid you mean `b`?");
    }
}
