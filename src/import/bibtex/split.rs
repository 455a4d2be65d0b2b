//! A BibTeX file cut into its entries, so that a fault in one does not hide the next.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::file::{FileId, Span};

/// Braces in one another beyond this are refused: what reads them calls itself for each.
const DEEPEST: usize = 40;

/// A part of the file that begins with `@`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The word after `@`, in lower case.
    pub kind: String,
    /// From `@` to the closing brace.
    pub range: Range<usize>,
}

/// Every entry and `@string`; comments, preambles and what stands between entries are left out.
pub fn blocks(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Vec<Block> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = next_at(text, at) {
        let Some((kind, open)) = head(text, start) else {
            at = start + 1;
            continue;
        };
        let end = match close(text, open) {
            Ok(end) => end,
            Err(fault) => {
                let (message, resume) = match fault {
                    Unclosed::Parenthesis => ("entries in parentheses are not read".to_owned(), open + 1),
                    Unclosed::Deep(at) => (format!("this entry has more than {DEEPEST} braces in one another"), at),
                    Unclosed::Brace(at) => ("the brace that opens this entry is never closed".to_owned(), at),
                };
                if kind != "comment" {
                    let help = "an entry reads `@article{key, title = {…}, …}`";
                    diagnostics
                        .push(Diagnostic::error("bibtex-syntax", Span::new(file, start..open + 1), message).help(help));
                }
                at = resume;
                continue;
            }
        };
        if kind != "comment" && kind != "preamble" {
            found.push(Block { kind, range: start..end });
        }
        at = end;
    }
    found
}

/// The next `@` that no `%` on its line hides.
fn next_at(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let start = at + text[at..].find('@')?;
        let line = text[..start].rfind('\n').map_or(0, |n| n + 1).max(from);
        if !text[line..start].trim_start().starts_with('%') {
            return Some(start);
        }
        at = start + 1;
    }
}

/// The word after an `@`, and where its brace stands.
fn head(text: &str, start: usize) -> Option<(String, usize)> {
    let rest = &text[start + 1..];
    let word = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-').len();
    let gap = rest[word..].len() - rest[word..].trim_start().len();
    let open = start + 1 + word + gap;
    let sound = word > 0 && text[open..].starts_with(['{', '(']);
    sound.then(|| (rest[..word].to_ascii_lowercase(), open))
}

enum Unclosed {
    Parenthesis,
    /// Where to go on.
    Deep(usize),
    Brace(usize),
}

/// One past the brace that closes the one at `open`.
fn close(text: &str, open: usize) -> Result<usize, Unclosed> {
    if text[open..].starts_with('(') {
        return Err(Unclosed::Parenthesis);
    }
    let (mut depth, mut deepest, mut escaped) = (0usize, 0usize, false);
    let mut line_start = false;
    for (at, c) in text[open..].char_indices().map(|(i, c)| (open + i, c)) {
        // An entry that begins on a line of its own within another: that one was not closed.
        if line_start && c == '@' && head(text, at).is_some_and(|(kind, _)| kind.len() > 2) {
            return Err(Unclosed::Brace(at));
        }
        line_start = c == '\n' || c == '\r';
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            '}' => {
                depth -= 1;
                if depth == 0 {
                    let end = at + 1;
                    return if deepest > DEEPEST { Err(Unclosed::Deep(end)) } else { Ok(end) };
                }
            }
            _ => {}
        }
    }
    Err(Unclosed::Brace(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_in_parts() {
        let check = |text: &str, expect: &[&str], faults: usize| {
            let mut diagnostics = Vec::new();
            let found = blocks(FileId(0), text, &mut diagnostics);
            assert_eq!(found.iter().map(|b| &text[b.range.clone()]).collect::<Vec<_>>(), expect, "{text}");
            assert_eq!(diagnostics.len(), faults, "{diagnostics:#?}");
        };
        check("words\n@misc{a, title={x}}\n@Book {b,}", &["@misc{a, title={x}}", "@Book {b,}"], 0);
        check("@comment{ @misc{a,} }@preamble{\"{\"}}@misc{b,}", &["@misc{b,}"], 0);
        check("me@example.org\n%@misc{b,}\n", &[], 0);
        check("@misc{a, title={x}\n@misc{b,}", &["@misc{b,}"], 1);
        check("@misc(a, title={x})", &[], 1);
        check("@misc{a, title={\\{}}", &["@misc{a, title={\\{}}"], 0);
        check("@misc{a", &[], 1);
        check(&format!("@misc{{a,t={}{}}}@misc{{b,}}", "{".repeat(50), "}".repeat(50)), &["@misc{b,}"], 1);
    }
}
