//! A BibTeX file cut into its entries, so that a fault in one does not hide the next.

use std::borrow::Cow;
use std::ops::Range;

use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics};
use sourcebook_core::base::file::{FileId, Span};

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

/// Every entry and `@string`; comments, preambles and what stands between entries are left out. With them the text in the
/// one form that `biblatex` reads, every byte in its place.
pub fn blocks<'t>(file: FileId, text: &'t str, diagnostics: &mut Diagnostics) -> (Vec<Block>, Cow<'t, str>) {
    let mut found = Vec::new();
    let mut patch = Vec::new();
    let mut at = 0;
    while let Some(start) = next_at(text, at) {
        let Some((kind, open)) = head(text, start) else {
            at = start + 1;
            continue;
        };
        let mut here = Vec::new();
        let end = match close(text, open, &mut here) {
            Ok(end) => end,
            Err(fault) => {
                let (message, resume) = match fault {
                    Unclosed::Deep(at) => (format!("this entry has more than {DEEPEST} braces in one another"), at),
                    Unclosed::Brace(at) => ("what opens this entry is never closed".to_owned(), at),
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
            patch.append(&mut here);
        }
        at = end;
    }
    (found, patched(text, patch))
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
    /// Where to go on.
    Deep(usize),
    Brace(usize),
}

/// One past what closes the entry that is opened at `open`: a brace, or a parenthesis within no brace. What has another
/// form than `biblatex` reads is told to `patch`, byte by byte: parentheses round an entry, quotation marks round a value,
/// which end only outside all braces.
fn close(text: &str, open: usize, patch: &mut Vec<(usize, char)>) -> Result<usize, Unclosed> {
    let closer = if text[open..].starts_with('(') { ')' } else { '}' };
    let (mut depth, mut deepest, mut escaped, mut line_start) = (0usize, 0usize, false, false);
    let mut quote: Option<usize> = None;
    for (at, c) in text[open + 1..].char_indices().map(|(i, c)| (open + 1 + i, c)) {
        // An entry that begins on a line of its own within another: that one was not closed.
        if line_start && c == '@' && head(text, at).is_some_and(|(kind, _)| kind.len() > 2) {
            return Err(Unclosed::Brace(at));
        }
        line_start = c == '\n' || c == '\r';
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' if depth == 0 => match quote.take() {
                None => quote = Some(at),
                Some(start) => patch.extend([(start, '{'), (at, '}')]),
            },
            '{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            '}' if depth > 0 => depth -= 1,
            c if c == closer && depth == 0 && (quote.is_none() || c == '}') => {
                if closer == ')' {
                    patch.extend([(open, '{'), (at, '}')]);
                }
                return if deepest > DEEPEST { Err(Unclosed::Deep(at + 1)) } else { Ok(at + 1) };
            }
            _ => {}
        }
    }
    Err(Unclosed::Brace(text.len()))
}

/// The text with bytes in place of others.
fn patched(text: &str, mut patch: Vec<(usize, char)>) -> Cow<'_, str> {
    if patch.is_empty() {
        return Cow::Borrowed(text);
    }
    patch.sort_unstable();
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (at, c) in patch {
        out.push_str(&text[from..at]);
        out.push(c);
        from = at + 1;
    }
    Cow::Owned(out + &text[from..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_in_parts() {
        let check = |text: &str, expect: &[&str], faults: usize| {
            let mut diagnostics = Vec::new();
            let (found, text) = blocks(FileId(0), text, &mut diagnostics);
            assert_eq!(found.iter().map(|b| &text[b.range.clone()]).collect::<Vec<_>>(), expect, "{text}");
            assert_eq!(diagnostics.len(), faults, "{diagnostics:#?}");
        };
        check("words\n@misc{a, title={x}}\n@Book {b,}", &["@misc{a, title={x}}", "@Book {b,}"], 0);
        check("@comment{ @misc{a,} }@preamble{\"{\"}}@misc{b,}", &["@misc{b,}"], 0);
        check("me@example.org\n%@misc{b,}\n", &[], 0);
        check("@misc{a, title={x}\n@misc{b,}", &["@misc{b,}"], 1);
        check("@misc(a, title={x)}, note=\"y)\")", &["@misc{a, title={x)}, note={y)}}"], 0);
        check("@misc{a, title=\"{\"}x\", note={\"}}", &["@misc{a, title={{\"}x}, note={\"}}"], 0);
        check("@misc{a, title={\\{}}", &["@misc{a, title={\\{}}"], 0);
        check("@misc{a", &[], 1);
        check(&format!("@misc{{a,t={}{}}}@misc{{b,}}", "{".repeat(50), "}".repeat(50)), &["@misc{b,}"], 1);
    }
}
