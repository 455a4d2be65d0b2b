//! Syntax errors in words that help a writer rather than the parser's author.

use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};

use crate::base::diagnostic::Diagnostic;
use crate::base::file::{FileId, Span};

/// What is wrong at `offset`, where the parser gave up; all up to `read` was understood.
pub(super) fn explain(file: FileId, text: &str, read: usize, offset: usize, error: &ScanError) -> Diagnostic {
    let offset = text.floor_char_boundary(offset.min(text.len()));
    let line = line_at(text, offset);
    let width = text[offset..].chars().next().map_or(0, char::len_utf8);
    let at = Span::new(file, offset..(offset + width).min(line.end.max(offset)));
    if let Some(quote) = open_quote(text, read, offset, error.kind()) {
        let span = Span::new(file, quote..line_at(text, quote).end);
        let diagnostic = Diagnostic::error("yaml-syntax", span, "the quotation mark that opens here is not closed");
        let diagnostic =
            if quote == offset { diagnostic } else { diagnostic.label(at, "up to here, this was read as one text") };
        return diagnostic
            .help("close it, and write a quotation mark within such a text as `\\\"` or, between `'`, as `''`");
    }
    let diagnostic = Diagnostic::error("yaml-syntax", at, format!("this is not YAML: {}", error.info()));
    let written = &text[line.clone()];
    if let Some(tab) = tab_near(text, &line) {
        let span = Span::new(file, tab..tab + 1);
        return Diagnostic { span: Some(span), ..diagnostic }.help("indent with spaces; a tab is not allowed here");
    }
    if let Some(sign) = text[offset..].chars().next().filter(|c| matches!(c, '@' | '`' | '%' | '>' | '|')) {
        let value = text[..offset].trim_end_matches(' ').ends_with([':', '[', ',', '{', '-']);
        if value {
            let message = format!("a text that begins with `{sign}` needs quotation marks");
            return Diagnostic::error("yaml-syntax", at, message)
                .help(format!("put it between `\"` and `\"`, `{sign}` and all"));
        }
    }
    if let Some(open) = open_bracket(text, offset).filter(|open| !is_told(error.kind(), line.contains(open))) {
        let span = Span::new(file, open..open + 1);
        let message = format!("the `{}` that opens here is not closed", &text[open..open + 1]);
        let help = format!("close it with `{}`", if text[open..].starts_with('{') { '}' } else { ']' });
        return Diagnostic::error("yaml-syntax", span, message).label(at, "noticed here").help(help);
    }
    diagnostic.help(help(error.kind(), written))
}

/// Whether the parser's own words are the better ones: an open bracket is not the cause, or they point at it already.
fn is_told(kind: &ErrorKind, on_this_line: bool) -> bool {
    match kind {
        ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => on_this_line,
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::MismatchedFlowCollectionEnd { .. }
        | ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar
        | ErrorKind::RecursionLimitExceeded => true,
        _ => false,
    }
}

fn help(kind: &ErrorKind, line: &str) -> String {
    match kind {
        ErrorKind::UnclosedFlowCollection { open } | ErrorKind::MismatchedFlowCollectionEnd { open, .. } => {
            format!("close it with `{}`", if *open == '{' { '}' } else { ']' })
        }
        ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => {
            "put a comma between two values; text that holds `,`, `: `, a bracket or a brace needs quotation marks"
                .into()
        }
        ErrorKind::InvalidTrailingSingleQuotedScalar => "a `'` within such a text is written `''`".into(),
        ErrorKind::InvalidTrailingDoubleQuotedScalar => "a `\"` within such a text is written `\\\"`".into(),
        ErrorKind::RecursionLimitExceeded => "write it less deeply nested".into(),
        _ if line.matches(": ").count() > 1 => "text that holds `: ` needs quotation marks around it".into(),
        _ => "look at the indentation of this line and of the one above it, two spaces a level".into(),
    }
}

fn line_at(text: &str, offset: usize) -> Range<usize> {
    let start = text[..offset].rfind('\n').map_or(0, |i| i + 1);
    let end = text[start..].find('\n').map_or(text.len(), |i| start + i);
    start..end - usize::from(text[start..end].ends_with('\r'))
}

/// The quotation mark whose text runs on to where the parser gave up, or over lines to just before.
fn open_quote(text: &str, read: usize, offset: usize, kind: &ErrorKind) -> Option<usize> {
    let of_quotes = matches!(
        kind,
        ErrorKind::UnclosedQuotedScalar
            | ErrorKind::InvalidQuotedScalarIndent
            | ErrorKind::DocumentIndicatorInQuotedScalar
            | ErrorKind::InvalidTrailingSingleQuotedScalar
            | ErrorKind::InvalidTrailingDoubleQuotedScalar
            | ErrorKind::SimpleKeyExpected
            | ErrorKind::TabInIndentation
    );
    if !of_quotes {
        return None;
    }
    if matches!(kind, ErrorKind::UnclosedQuotedScalar) && text[offset..].starts_with(['"', '\'']) {
        return Some(offset);
    }
    let mut at = text.floor_char_boundary(read.min(offset));
    while let Some(start) = next_quote(text, at).filter(|start| *start < offset) {
        match closing(text, start) {
            Some(end) if end < offset && !text[start..end].contains('\n') => at = end + 1,
            _ => return Some(start),
        }
    }
    None
}

/// Where a quoted text may begin: after a space or what opens or parts values.
fn next_quote(text: &str, from: usize) -> Option<usize> {
    let begins = |at: usize| text[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || "[{,:".contains(c));
    text[from..].match_indices(['"', '\'']).map(|(i, _)| from + i).find(|at| begins(*at))
}

fn closing(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let quote = bytes[start];
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 1,
            b'\'' if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') => at += 1,
            byte if byte == quote => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// A tab in the indentation of a line or of the one after it, whose error is noticed before it.
fn tab_near(text: &str, line: &Range<usize>) -> Option<usize> {
    let next = text[line.end..].find('\n').map(|i| line.end + i + 1);
    [Some(line.start), next].into_iter().flatten().find_map(|start| {
        let line = &text[start..];
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        line[..indent].find('\t').map(|tab| start + tab)
    })
}

/// As many lines before an error are looked through for a bracket that was not closed.
const LOOK_BACK: usize = 60;

/// The bracket that opens a value before `offset` and is not closed before it.
fn open_bracket(text: &str, offset: usize) -> Option<usize> {
    let mut line = line_at(text, offset);
    for _ in 0..LOOK_BACK {
        let open = value_of(&text[line.clone()]).map(|at| line.start + at);
        let open = open.filter(|open| *open < offset && text[*open..].starts_with(['[', '{']));
        if let Some(open) = open.filter(|open| !brackets_match(&text[*open..offset])) {
            return Some(open);
        }
        line = line_at(text, line.start.checked_sub(1)?);
    }
    None
}

/// Where the value of a line begins.
fn value_of(line: &str) -> Option<usize> {
    let at = match line.find(": ") {
        Some(colon) => colon + 1,
        None => line.find("- ").filter(|dash| line[..*dash].trim().is_empty())? + 1,
    };
    Some(line.len() - line[at..].trim_start().len())
}

/// Whether the first bracket of a text is closed within it.
fn brackets_match(text: &str) -> bool {
    let mut depth = 0_usize;
    let mut quote = None;
    for c in text.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"') => quote = Some('"'),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') if depth == 1 => return true,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    /// The bytes blamed, between bars.
    #[track_caller]
    fn check(marked: &str) {
        let text = marked.replace('|', "");
        let found = parse(FileId(0), &text, 0..text.len()).diagnostics;
        let span = found[0].span.unwrap().range();
        let shown = format!("{}|{}|{}", &text[..span.start], &text[span.clone()], &text[span.end..]);
        assert_eq!(shown, marked);
    }

    #[test]
    fn what_is_not_closed_is_blamed_where_it_opens() {
        check("a:\n  b: |[|un, deux\n  c: trois\n");
        check("a:\n  b: |{| c: un, d: deux\n  e: trois\nf: [un]\n");
        check("a: \"un\n  deux\"\nb: trois|:| quatre\n");
    }

    #[test]
    fn signs_that_begin_no_text_are_blamed_themselves() {
        check("a: { q: |>|1000000 }\n");
        check("a: { name: |@|mayor }\n");
    }

    #[test]
    fn tabs_are_blamed_themselves() {
        check("a:\n  b: un\n|\t|c: deux\n");
    }
}
