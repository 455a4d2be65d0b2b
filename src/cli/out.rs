//! Standard output and standard error; a closed pipe ends nothing with a panic.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use super::global::{Format, Global, TROUBLE};
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics, Severity, first_of_each_code};
use sourcebook_core::base::file::Files;
use sourcebook_machine::report::printable;
use sourcebook_machine::{report, terminal};

/// Writes a result: to a program as it is, to a terminal without anything that it obeys.
pub fn result(text: &str) {
    match std::io::stdout().is_terminal() {
        true => drawn(&printable(text)),
        false => drawn(text),
    }
}

/// Writes what was made for a terminal, with its colours, of text that was made [`printable`].
pub fn drawn(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Writes a line for the person at the terminal, without anything that it obeys.
pub fn say(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", printable(text));
}

/// Says why nothing could be done.
pub fn trouble(message: impl std::fmt::Display) -> ExitCode {
    say(&format!("error: {message}"));
    ExitCode::from(TROUBLE)
}

/// As [`diagnostics`], but people are told the faults alone, and in one line what else there is to look at: they asked for
/// something else.
pub fn faults(all: &Diagnostics, files: &Files, global: &Global) {
    if global.format != Format::Human {
        return diagnostics(all, files, global);
    }
    let (told, others): (Diagnostics, Diagnostics) = all.iter().cloned().partition(is_told_at_once);
    diagnostics(&told, files, global);
    let has_faults = told.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    if !has_faults && !others.is_empty() {
        say(&format!("{}: `sourcebook check` tells", report::summary(&others)));
    }
}

/// What a build must not keep to itself: faults, and that what guards the private words of captures could not run.
pub fn is_told_at_once(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error
        || matches!(diagnostic.code, "captures-absent" | "capture-tracked" | "no-history")
}

/// As [`diagnostics`], but people are told one warning and one hint of each rule, and how many more there are.
pub fn first_of_each(all: &Diagnostics, files: &Files, global: &Global) {
    match global.format {
        Format::Human => diagnostics(&first_of_each_code(all, "`--all` shows them"), files, global),
        Format::Short | Format::Json | Format::Sarif | Format::Github => diagnostics(all, files, global),
    }
}

/// Writes diagnostics in the format asked for: for people to standard error, for programs to standard output.
pub fn diagnostics(diagnostics: &Diagnostics, files: &Files, global: &Global) {
    match global.format {
        Format::Human => {
            let colour = std::io::stderr().is_terminal();
            let text = terminal::human(diagnostics, files, colour);
            let _ = std::io::stderr().lock().write_all(text.as_bytes());
        }
        Format::Short => {
            let _ = std::io::stderr().lock().write_all(report::short::short(diagnostics, files).as_bytes());
        }
        Format::Json => result(&report::json::json(diagnostics, files)),
        Format::Sarif => result(&report::sarif::sarif(diagnostics, files)),
        Format::Github => result(&report::github::github(diagnostics, files)),
    }
}
