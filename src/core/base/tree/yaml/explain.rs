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
    if let Some(sign) = sign_before_text(text, offset, error.kind()) {
        return needs_quotes(text, Span::new(file, sign..sign + 1));
    }
    if empty_item(text, offset) {
        let message = "nothing stands between two commas here";
        return Diagnostic::error("yaml-syntax", at, message).help("take one of them away, or write what is missing");
    }
    if let Some(colon) = colon_without_space(text, &line, offset, error.kind()) {
        let span = Span::new(file, colon..colon + 1);
        return Diagnostic::error("yaml-syntax", span, "after the `:` of a key stands a space")
            .label(at, "noticed here")
            .help("put a space after it");
    }
    if let Some(open) = open_bracket(text, offset).filter(|open| !is_told(error.kind(), line.contains(open))) {
        let span = Span::new(file, open..open + 1);
        let message = format!("the `{}` that opens here is not closed", &text[open..open + 1]);
        let help = format!("close it with `{}`", if text[open..].starts_with('{') { '}' } else { ']' });
        return Diagnostic::error("yaml-syntax", span, message).label(at, "noticed here").help(help);
    }
    diagnostic.help(help(error.kind(), written, offset - line.start))
}

/// Whether the parser stumbles over what a comment cut: a text of several lines, or what stands in brackets.
pub(super) fn is_of_comment(text: &str, comment: usize, error: &ScanError) -> bool {
    match error.kind() {
        ErrorKind::CommentInterceptedScalar => true,
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::MismatchedFlowCollectionEnd { .. }
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator => open_bracket(text, comment).is_some(),
        _ => false,
    }
}

/// The fault of a comment that cuts what goes on after it.
pub(super) fn comment(cut: Span) -> Diagnostic {
    let message = "the text before this ` #` ends here: the rest of the line is a comment to YAML";
    Diagnostic::error("yaml-syntax", cut, message).help("put the text between quotation marks, ` #` and all")
}

fn needs_quotes(text: &str, sign: Span) -> Diagnostic {
    let written = &text[sign.range()];
    Diagnostic::error("yaml-syntax", sign, format!("a text that begins with `{written}` needs quotation marks"))
        .help(format!("put it between `\"` and `\"`, `{written}` and all"))
}

/// Where a value begins with a sign that means something to YAML, and goes on as text: `@mayor`, `* a`, `[T]he`.
fn sign_before_text(text: &str, offset: usize, kind: &ErrorKind) -> Option<usize> {
    let is_value = |at: usize| {
        let before = text[..at].trim_end_matches(' ');
        before.ends_with(['[', ',', '{']) || (before.len() < at && before.ends_with([':', '-']))
    };
    let begins = |at: usize, signs: &[char]| text[at..].starts_with(signs) && is_value(at);
    if begins(offset, &['@', '`', '%', '>', '|']) {
        return Some(offset);
    }
    if matches!(
        kind,
        ErrorKind::MissingAnchorOrAliasName | ErrorKind::BlockSequenceEntryNotAllowed | ErrorKind::MappingKeyNotAllowed
    ) {
        let near = offset.saturating_sub(2)..=offset;
        return near.filter(|at| text.is_char_boundary(*at)).find(|at| begins(*at, &['*', '&', '-', '?']));
    }
    // Words after a bracket that closed: the value was meant as a text.
    let before = text[..offset].trim_end_matches(' ');
    let goes_on = text[offset..].starts_with(|c: char| !c.is_whitespace() && !",]}:#".contains(c));
    if !goes_on || !before.ends_with([']', '}']) || before.len() < line_at(text, offset).start {
        return None;
    }
    let open = matching_bracket(text, before.len() - 1, line_at(text, offset).start)?;
    is_value(open).then_some(open)
}

/// The bracket of a line that the one at `close` closes.
fn matching_bracket(text: &str, close: usize, from: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text[from..=close].char_indices().rev() {
        match c {
            ']' | '}' => depth += 1,
            '[' | '{' if depth == 1 => return Some(from + at),
            '[' | '{' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// `[a, , b]`.
fn empty_item(text: &str, offset: usize) -> bool {
    text[offset..].starts_with(',') && text[..offset].trim_end().ends_with([',', '[', '{'])
}

/// `statement:Words` on the line above is one text to YAML, which the key of this line then seems to go on.
fn colon_without_space(text: &str, line: &Range<usize>, offset: usize, kind: &ErrorKind) -> Option<usize> {
    if !matches!(kind, ErrorKind::MappingValueNotAllowed) || !is_at_key(&text[line.clone()], offset - line.start) {
        return None;
    }
    let above = line_at(text, line.start.checked_sub(1)?);
    let written = text[above.clone()].trim_start();
    let key = written.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))?;
    let at = above.end - written.len() + key;
    (key > 0 && text[at..].starts_with(':') && !text[at + 1..].starts_with([' ', '/', '\n', '\r'])).then_some(at)
}

/// Whether an offset of a line is the colon of its key.
fn is_at_key(line: &str, offset: usize) -> bool {
    line.find(": ").or_else(|| line.trim_end().strip_suffix(':').map(str::len)).is_some_and(|colon| colon == offset)
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

const INDENTATION: &str = "look at the indentation of this line and of the one above it, two spaces a level";

fn help(kind: &ErrorKind, line: &str, offset: usize) -> String {
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
        ErrorKind::UnknownQuotedScalarEscape => {
            "between `\"` and `\"` a backslash is written `\\\\`; between `'` and `'` it stands as it is".into()
        }
        ErrorKind::MappingValueNotAllowed if is_at_key(line, offset) => INDENTATION.into(),
        _ if line.matches(": ").count() > 1 => "text that holds `: ` needs quotation marks around it".into(),
        _ => INDENTATION.into(),
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
        check("a:\n  b: |[|T]he bridge\n  c: d\n");
        check("a:\n  b: |{|sic} it was\n");
        check("a: { b: |[|T]he bridge, c: d }\n");
        check("a:\n  b: |*| a\n");
        check("a:\n  b: |&| Sons\n");
        check("a:\n  b: |-| not a list\n");
        check("a: { b: [c, |,| d] }\n");
    }

    #[test]
    fn what_a_comment_cuts_is_told_once() {
        check("a: { title: c |#4 d, e: f }|\n");
        check("a:\n  title: two\n    lines |#4 here|\n    and more\n");
    }

    #[test]
    fn an_anchor_that_nothing_uses_may_be_a_word() {
        check("a: |&Other| Stories\n");
        check("a: { b: |&Other| Stories, c: d }\n");
    }

    #[test]
    fn a_colon_without_its_space_is_blamed_itself() {
        check("a:\n  b|:|words\n  c: d\n");
    }

    #[test]
    fn tabs_are_blamed_themselves() {
        check("a:\n  b: un\n|\t|c: deux\n");
    }
}
