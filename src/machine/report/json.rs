//! All that is known, for programs. The schema is in `docs/diagnostics.md`; `version` grows when a key changes its
//! meaning or goes, not when one comes.

use serde::Serialize;

use super::{Places, files_named, severity_name};
use sourcebook_core::base::diagnostic::{Diagnostic, Severity};
use sourcebook_core::base::file::{Files, Span};

/// One JSON document, on several lines.
pub fn json(diagnostics: &[Diagnostic], files: &Files) -> String {
    let places = Places::new(files);
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let document = Document {
        version: 1,
        summary: Summary {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            hints: count(Severity::Hint),
            files: files_named(diagnostics),
        },
        diagnostics: diagnostics.iter().map(|diagnostic| entry(diagnostic, &places)).collect(),
    };
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    summary: Summary,
    diagnostics: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    hints: usize,
    files: usize,
}

#[derive(Serialize)]
struct Entry<'a> {
    code: &'a str,
    severity: &'static str,
    message: &'a str,
    place: Option<JsonPlace<'a>>,
    labels: Vec<Label<'a>>,
    help: Vec<String>,
    fixes: Vec<Fix<'a>>,
}

/// A change that would mend it.
#[derive(Serialize)]
struct Fix<'a> {
    place: JsonPlace<'a>,
    replacement: &'a str,
    safe: bool,
}

#[derive(Serialize)]
struct Label<'a> {
    text: &'a str,
    place: JsonPlace<'a>,
}

#[derive(Serialize)]
struct JsonPlace<'a> {
    path: &'a str,
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: usize,
    column: usize,
    byte: u32,
}

fn entry<'a>(diagnostic: &'a Diagnostic, places: &Places<'a>) -> Entry<'a> {
    let label = |label: &'a sourcebook_core::base::diagnostic::Label| Label {
        text: &label.text,
        place: place(label.span, places),
    };
    let fix = |fix: &'a sourcebook_core::base::diagnostic::Fix| Fix {
        place: place(fix.span, places),
        replacement: &fix.replacement,
        safe: fix.is_safe,
    };
    Entry {
        code: diagnostic.code,
        severity: severity_name(diagnostic.severity),
        message: &diagnostic.message,
        place: diagnostic.span.map(|span| place(span, places)),
        labels: diagnostic.labels.iter().map(label).collect(),
        help: diagnostic.advice().collect(),
        fixes: diagnostic.fixes.iter().map(fix).collect(),
    }
}

fn place<'a>(span: Span, places: &Places<'a>) -> JsonPlace<'a> {
    let found = places.place(span);
    JsonPlace {
        path: found.path,
        start: Point { line: found.start.line, column: found.start.column, byte: span.start },
        end: Point { line: found.end.line, column: found.end.column, byte: span.end },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_known() {
        let (files, diagnostics) = super::super::tests::sample();
        let document: serde_json::Value = serde_json::from_str(&json(&diagnostics, &files)).unwrap();
        assert_eq!(document["version"], 1);
        assert_eq!(document["summary"], serde_json::json!({ "errors": 3, "warnings": 1, "hints": 0, "files": 2 }));
        assert_eq!(
            document["diagnostics"][0],
            serde_json::json!({
                "code": "duplicate-id",
                "severity": "error",
                "message": "`kcna` is defined twice",
                "place": {
                    "path": "content/sheet.yaml",
                    "start": { "line": 2, "column": 3, "byte": 10 },
                    "end": { "line": 2, "column": 7, "byte": 14 },
                },
                "labels": [{
                    "text": "first defined here",
                    "place": {
                        "path": "content/a b,é%.yaml",
                        "start": { "line": 2, "column": 3, "byte": 10 },
                        "end": { "line": 2, "column": 7, "byte": 14 },
                    },
                }],
                "help": [],
                "fixes": [],
            })
        );
        assert_eq!(document["diagnostics"][3]["place"], serde_json::Value::Null);
    }
}
