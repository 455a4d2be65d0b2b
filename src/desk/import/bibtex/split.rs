//! A BibTeX file cut into its entries, so that a fault in one costs that one only.
//!
//! 1. [`entries`] goes from `@` to `@`. What stands between entries, comments and preambles are left out.
//! 2. An entry is read by [`entry`] as BibTeX counts braces; where that fails, once more with `\{` and `\}` as no braces.
//! 3. After an entry that cannot be read, reading goes on at its end, or at the next `@word{` on a line of its own.
//!
//! Each byte is looked at a fixed number of times, whatever the file.

use super::entry::{self, Braces, Broken, Entry, head};
use crate::import::step;
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics};
use sourcebook_core::base::file::{FileId, Span};

/// How a whole entry reads.
const FORM: &str = "an entry reads `@article{key, title = {…}, …}`";

/// Every entry and `@string`, in their order, and what is wrong with others.
pub(super) fn entries<'t>(file: FileId, text: &'t str, diagnostics: &mut Diagnostics) -> Vec<Entry<'t>> {
    let mut found = Vec::new();
    let mut walk = Walk { text, at: 0, line: 0 };
    while let Some(start) = walk.next_at() {
        let Some((kind, open)) = head(text, start) else {
            walk.at = start + 1;
            continue;
        };
        walk.at = match kind.as_str() {
            "comment" | "preamble" => entry::close(text, open, Braces::Plain)
                .or_else(|_| entry::close(text, open, Braces::Escaped))
                .unwrap_or_else(|broken| broken.resume),
            _ => match read(file, text, &kind, open) {
                Ok(entry) => {
                    diagnostics.extend(entry.remarks.iter().cloned());
                    diagnostics.extend(after(file, text, entry.end));
                    let end = entry.end;
                    found.push(entry);
                    end
                }
                Err(broken) => {
                    let span = match broken.at {
                        Some(at) => Span::new(file, at.start..at.end),
                        None => Span::new(file, start..open + 1),
                    };
                    let message = format!("this entry cannot be read, and is left out: {}", broken.why);
                    let help = if broken.help.is_empty() { FORM } else { broken.help };
                    diagnostics.push(Diagnostic::error("bibtex-syntax", span, message).help(help));
                    broken.resume
                }
            },
        };
    }
    found
}

/// As BibTeX counts braces, or else as people do.
fn read<'t>(file: FileId, text: &'t str, kind: &str, open: usize) -> Result<Entry<'t>, Broken> {
    let plain = match entry::read(file, text, kind, open, Braces::Plain) {
        Ok(entry) if after(file, text, entry.end).is_none() => return Ok(entry),
        plain => plain,
    };
    match (plain, entry::read(file, text, kind, open, Braces::Escaped)) {
        (_, Ok(entry)) if after(file, text, entry.end).is_none() => Ok(entry),
        (plain, _) => plain,
    }
}

/// What stands on the line behind an entry, and is none: the entry ended before its writer thought.
fn after(file: FileId, text: &str, end: usize) -> Option<Diagnostic> {
    let line = text[end..].split(['\n', '\r']).next().unwrap_or_default();
    let words = line.split(['@', '%']).next().unwrap_or_default().trim_matches([' ', '\t', ',', ';', '.', '\u{feff}']);
    if words.is_empty() || !words.contains(['}', '=']) {
        return None;
    }
    let at = end + line.find(words).unwrap_or(0);
    let message = "the entry ended before this, which is not read: there is a closing brace too many";
    Some(Diagnostic::warning("bibtex-syntax", Span::new(file, at..at + words.len()), message).help(FORM))
}

struct Walk<'t> {
    text: &'t str,
    at: usize,
    /// Where the line of `at` starts, as far as it was looked for.
    line: usize,
}

impl Walk<'_> {
    /// The next `@` that no `%` at the beginning of its line hides.
    fn next_at(&mut self) -> Option<usize> {
        loop {
            let start = self.at + self.text.get(self.at..)?.find('@')?;
            if let Some(n) = self.text[self.at..start].rfind('\n') {
                self.line = self.at + n + 1;
            }
            step(start - self.at + 1 + (start - self.line));
            let is_hidden = self.text[self.line..start].trim_start().starts_with('%');
            if !is_hidden {
                // What comes before this on its line hides nothing any more.
                self.line = start;
                return Some(start);
            }
            // All of this line is hidden.
            self.at = start + self.text[start..].find('\n').unwrap_or(self.text.len() - start);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `kind key name=value name=value`.
    fn shown(entry: &Entry<'_>) -> String {
        let fields = entry.fields.iter().map(|field| {
            let pieces: Vec<_> = field.pieces.iter().map(|piece| piece.text).collect();
            format!(" {}={}", field.name, pieces.join("#"))
        });
        format!("{} {}{}", entry.kind, entry.key, fields.collect::<String>())
    }

    #[track_caller]
    fn check(text: &str, expect: &[&str], told: &[&str]) {
        let mut diagnostics = Vec::new();
        let found: Vec<_> = entries(FileId(0), text, &mut diagnostics).iter().map(shown).collect();
        assert_eq!(found, expect, "{text}");
        let said: Vec<_> = diagnostics.iter().map(|d| d.message.clone()).collect();
        assert_eq!(said.len(), told.len(), "{said:#?}");
        for (said, told) in said.iter().zip(told) {
            assert!(said.contains(told), "{said}");
        }
    }

    #[test]
    fn a_file_in_parts() {
        check("words\n@misc{a, title={x}}\n@Book {b,}", &["misc a title=x", "book b"], &[]);
        check("@comment{ @misc{a,} }@preamble{\"{\"}}@misc{b,}", &["misc b"], &[]);
        check("me@example.org\n%@misc{b,}\n % and @misc{c,} @misc{d,}\n", &[], &[]);
        check("@misc{a, title={x}\n@misc{b,}", &["misc b"], &["never closed"]);
        check("@misc(a, title={x)}, note=\"y)\")", &["misc a title=x) note=y)"], &[]);
        check("@misc{a, title=\"{\"}x\", note={\"}}", &["misc a title={\"}x note=\""], &[]);
        check("@string{lj = {Le Journal}} @string(b = lj # 1)", &["string  lj=Le Journal", "string  b=lj#1"], &[]);
        check("@misc{a", &[], &["never closed"]);
    }

    #[test]
    fn what_is_read_all_the_same() {
        check("@misc{title={x}, year=2020}", &["misc  title=x year=2020"], &[]);
        check("@misc{, title={x}}", &["misc  title=x"], &[]);
        check("@misc{smith et al 2020, title={x}}", &["misc smith et al 2020 title=x"], &[]);
        check("@misc{a,, title={x},,year=1,,}", &["misc a title=x year=1"], &[]);
        check("@misc{a, title={x} year={1}}", &["misc a title=x year=1"], &["a comma is missing"]);
        check("@misc{a, % remark, with = signs\n title={x} % more\n}", &["misc a title=x"], &[]);
        check("@misc{a, month = 10 # \"~\" # oct}", &["misc a month=10#~#oct"], &[]);
        check("@misc{a title={x}}", &["misc a title=x"], &[]);
        check("@ misc {a}", &["misc a"], &[]);
    }

    #[test]
    fn braces() {
        check("@misc{a, t={\\{\\vphantom{\\}}}}", &["misc a t=\\{\\vphantom{\\}}"], &[]);
        // As BibTeX counts these, what the entry opens is not closed; as people do, it is.
        check("@misc{a, t={x \\{ y}}\n@misc{b,}", &["misc a t=x \\{ y", "misc b"], &[]);
        check("@misc{a, t={x \\} y}, u={z}}", &["misc a t=x \\} y u=z"], &[]);
        check("@misc{a, file={C:\\dir\\}, u={z}}", &["misc a file=C:\\dir\\ u=z"], &[]);
        check("@misc{a, t={x } y}, u={z}}\n@misc{b,}", &["misc b"], &["expected a comma"]);
        check("@misc{a, t={x }} y}, u={z}}\n@misc{b,}", &["misc a t=x ", "misc b"], &["closing brace too many"]);
        check(&format!("@misc{{a,t={}{}}}@misc{{b,}}", "{".repeat(50), "}".repeat(50)), &["misc b"], &["more than 40"]);
    }

    #[test]
    fn a_fault_costs_its_entry() {
        check("@misc{a, title={x}, = {y}}@misc{b,}", &["misc b"], &["expected the name of a field"]);
        check("@misc{a, title}@misc{b,}", &["misc b"], &["expected `=`"]);
        check("@misc{a, title = Some words}@misc{b,}", &["misc b"], &["expected a comma"]);
        check("@misc{a, title = \"x, year = 1}\n\n@misc{b,}", &["misc b"], &["a closing quotation mark"]);
        check("@misc{a, title = {x, year = 1}\n\n@misc{b,}", &["misc b"], &["never closed"]);
    }
}
