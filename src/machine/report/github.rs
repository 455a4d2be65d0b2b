//! GitHub's workflow commands, which mark the lines of a pull request: `::error file=…,line=…::message`.

use std::fmt::Write;

use super::{Places, clean};
use sourcebook_core::base::diagnostic::{Diagnostic, Severity};
use sourcebook_core::base::file::Files;

/// A command a diagnostic. GitHub shows ten of each kind a step.
pub fn github(diagnostics: &[Diagnostic], files: &Files) -> String {
    let places = Places::new(files);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let _ = writeln!(
            out,
            "::{} {}::{}",
            command(diagnostic.severity),
            properties(diagnostic, &places),
            data(diagnostic)
        );
    }
    out
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "notice",
    }
}

/// Columns are given only within one line: GitHub refuses them otherwise.
fn properties(diagnostic: &Diagnostic, places: &Places) -> String {
    let mut out = String::new();
    if let Some(place) = diagnostic.span.map(|span| places.place(span)) {
        let (start, end) = (place.start, place.end);
        let _ = write!(out, "file={},line={},endLine={},", escape_property(place.path), start.line, end.line);
        if start.line == end.line {
            let _ = write!(out, "col={},endColumn={},", start.column, end.column);
        }
    }
    out + "title=" + &escape_property(diagnostic.code)
}

fn data(diagnostic: &Diagnostic) -> String {
    let lines = std::iter::once(diagnostic.message.clone()).chain(diagnostic.advice());
    lines.map(|line| escape(&line)).collect::<Vec<_>>().join("%0A")
}

/// As the runner unescapes it; what else a log's reader obeys is replaced.
fn escape(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    clean(&text).into_owned()
}

fn escape_property(text: &str) -> String {
    escape(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_each() {
        let (files, diagnostics) = super::super::tests::sample();
        let expect = "\
::error file=content/sheet.yaml,line=2,endLine=2,col=3,endColumn=7,title=duplicate-id::`kcna` is defined twice
::error file=content/sheet.yaml,line=4,endLine=4,col=12,endColumn=16,title=unknown-id::`kcma` is not defined%0Adid you mean `kcna`?
::warning file=content/a b%2Cé%25.yaml,line=2,endLine=2,col=3,endColumn=7,title=unused-actor::50%25 of 1,%0Aor: none
::error title=no-content::there is no `content` folder%0Arun `sourcebook new .`
";
        assert_eq!(github(&diagnostics, &files), expect);
    }

    #[test]
    fn a_value_cannot_start_a_command() {
        let diagnostic = Diagnostic::placeless("bad", "x\r\n::add-mask::secret\x1b[0m%0A");
        let expect = "::error title=bad::x%0D%0A::add-mask::secret␛[0m%250A\n";
        assert_eq!(github(&[diagnostic], &Files::default()), expect);
    }

    #[test]
    fn several_lines_have_no_columns() {
        let mut files = Files::default();
        let file = files.add("a", "one\ntwo");
        let diagnostic = Diagnostic::error("bad", sourcebook_core::base::file::Span::new(file, 1..5), "m");
        assert_eq!(github(&[diagnostic], &files), "::error file=a,line=1,endLine=2,title=bad::m\n");
    }
}
