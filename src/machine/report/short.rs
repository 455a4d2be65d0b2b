//! One line a diagnostic, as compilers print and editors read: `path:line:column: error[code]: message`.

use std::fmt::Write;

use super::{Places, clean, severity_name};
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::base::file::Files;

/// Prints each diagnostic on a line; without labels and help.
pub fn short(diagnostics: &[Diagnostic], files: &Files) -> String {
    let places = Places::new(files);
    let mut out = String::new();
    for diagnostic in diagnostics {
        if let Some(place) = diagnostic.span.map(|span| places.place(span)) {
            let _ = write!(out, "{}:{}: ", clean(place.path), place.start);
        }
        let (severity, message) = (severity_name(diagnostic.severity), clean(&diagnostic.message));
        let _ = writeln!(out, "{severity}[{}]: {message}", diagnostic.code);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_each() {
        let (files, diagnostics) = super::super::tests::sample();
        let expect = "\
content/sheet.yaml:2:3: error[duplicate-id]: `kcna` is defined twice
content/sheet.yaml:4:12: error[unknown-id]: `kcma` is not defined
content/a b,é%.yaml:2:3: warning[unused-actor]: 50% of 1,␊or: none
error[no-content]: there is no `content` folder
";
        assert_eq!(short(&diagnostics, &files), expect);
    }
}
