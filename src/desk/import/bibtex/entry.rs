//! One entry as it is written: its key, and its fields with the pieces of their values.
//!
//! Read as it is met: no key, a key with spaces, commas in a row, a comma that is missing, `%` before the end of a line
//! between two fields. A value in quotation marks ends only outside all braces, as it does for BibTeX.

use std::ops::Range;

use crate::import::step;
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics};
use sourcebook_core::base::file::{FileId, Span};

/// Braces in one another beyond this are refused: what reads them calls itself for each.
const DEEPEST: usize = 40;

/// An entry or a `@string`.
#[derive(Clone, Debug)]
pub(super) struct Entry<'t> {
    /// The word after `@`, in lower case.
    pub kind: String,
    /// What it is cited by; may be empty.
    pub key: &'t str,
    /// Where the key stands, or would.
    pub span: Span,
    /// In their order.
    pub fields: Vec<Field<'t>>,
    /// One past what closes it.
    pub end: usize,
    /// What was read although it is not as it should be.
    pub remarks: Diagnostics,
}

/// A field.
#[derive(Clone, Debug)]
pub(super) struct Field<'t> {
    /// In lower case.
    pub name: String,
    /// What `#` joins.
    pub pieces: Vec<Piece<'t>>,
    /// Where the value stands.
    pub span: Span,
}

/// A part of a value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'t> {
    /// What stands within the braces or quotation marks, or the word.
    pub text: &'t str,
    /// A word, which a `@string` may define.
    pub is_word: bool,
    /// Where it stands.
    pub span: Span,
}

/// What counts as a brace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Braces {
    /// Every one, as for BibTeX.
    Plain,
    /// None with a backslash before it.
    Escaped,
}

/// Why an entry cannot be read.
#[derive(Debug)]
pub(super) struct Broken {
    /// Where; without, the whole entry is meant.
    pub at: Option<Range<usize>>,
    /// What is wrong.
    pub why: String,
    /// What to do, if there is more to say than what an entry looks like.
    pub help: &'static str,
    /// Where to go on.
    pub resume: usize,
}

/// Reads the entry of that kind which is opened at `open`.
///
/// # Errors
/// It cannot be read.
pub(super) fn read<'t>(
    file: FileId,
    text: &'t str,
    kind: &str,
    open: usize,
    braces: Braces,
) -> Result<Entry<'t>, Broken> {
    let closer = if text[open..].starts_with('(') { ')' } else { '}' };
    let mut scan = Scan { file, text, at: open + 1, closer, braces, deepest: 0, remarks: Vec::new() };
    let (key, at) = if kind == "string" { ("", open + 1) } else { scan.key() };
    let span = Span::new(file, at..at + key.len());
    match scan.fields() {
        Ok(_) if scan.deepest > DEEPEST => Err(Broken {
            at: None,
            why: format!("it has more than {DEEPEST} braces in one another"),
            help: "",
            resume: scan.at,
        }),
        Ok(fields) => Ok(Entry { kind: kind.to_owned(), key, span, fields, end: scan.at, remarks: scan.remarks }),
        Err(mut broken) => {
            if broken.resume < text.len() && broken.at.is_some() {
                broken.resume = scan.end_from(broken.resume);
            }
            Err(broken)
        }
    }
}

/// One past what closes what is opened at `open`.
///
/// # Errors
/// Nothing does.
pub(super) fn close(text: &str, open: usize, braces: Braces) -> Result<usize, Broken> {
    let closer = if text[open..].starts_with('(') { ')' } else { '}' };
    let mut scan = Scan { file: FileId(0), text, at: open + 1, closer, braces, deepest: 0, remarks: Vec::new() };
    scan.until(closer).map(|_| scan.at)
}

struct Scan<'t> {
    file: FileId,
    text: &'t str,
    at: usize,
    closer: char,
    braces: Braces,
    deepest: usize,
    remarks: Diagnostics,
}

/// What a name or word is made of.
fn is_word(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, ',' | '=' | '{' | '}' | '(' | ')' | '#' | '"' | '%' | '@' | '\\')
}

impl<'t> Scan<'t> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += if found { wanted.len_utf8() } else { 0 };
        found
    }

    fn while_(&mut self, test: impl Fn(char) -> bool) -> &'t str {
        let rest = &self.text[self.at..];
        let found = &rest[..rest.find(|c| !test(c)).unwrap_or(rest.len())];
        step(found.len() + 1);
        self.at += found.len();
        found
    }

    /// White space, and remarks after `%`.
    fn space(&mut self) {
        loop {
            self.while_(char::is_whitespace);
            if self.peek() != Some('%') {
                return;
            }
            self.while_(|c| c != '\n' && c != '\r');
        }
    }

    /// The key, and where it stands; none where a field comes first. Stays before the comma.
    fn key(&mut self) -> (&'t str, usize) {
        self.while_(char::is_whitespace);
        let start = self.at;
        let closer = self.closer;
        let key = self.while_(|c| !matches!(c, ',' | '=' | '{' | '}' | '"' | '\n' | '\r') && c != closer).trim_end();
        self.while_(char::is_whitespace);
        if self.peek() == Some('=') {
            // The last word is a field's; the comma after the key is missing, or the key is.
            let last = key.rfind(char::is_whitespace).map_or(0, |at| at + 1);
            self.at = start + last;
            return (key[..last].trim_end(), start);
        }
        (key, start)
    }

    fn fields(&mut self) -> Result<Vec<Field<'t>>, Broken> {
        let mut fields = Vec::new();
        let mut comma = true;
        self.space();
        loop {
            while self.take(',') {
                comma = true;
                self.space();
            }
            match self.peek() {
                None => return Err(self.unclosed(self.at)),
                Some('}') => {
                    self.at += 1;
                    return Ok(fields);
                }
                Some(c) if c == self.closer => {
                    self.at += c.len_utf8();
                    return Ok(fields);
                }
                Some('@') if self.opens_entry() => return Err(self.unclosed(self.at)),
                Some(_) => {}
            }
            let start = self.at;
            let name = self.while_(is_word);
            self.space();
            if !comma && (name.is_empty() || self.peek() != Some('=')) {
                return Err(self.expected(start, "a comma"));
            }
            if name.is_empty() {
                return Err(self.expected(start, "the name of a field"));
            }
            if !self.take('=') {
                return Err(self.expected(self.at, "`=`"));
            }
            if !comma && !fields.is_empty() {
                let message = "a comma is missing before this field: it is read as if there were one";
                let span = Span::new(self.file, start..start + name.len());
                self.remarks.push(Diagnostic::warning("bibtex-syntax", span, message).help("write the comma"));
            }
            self.space();
            let (pieces, span) = self.value()?;
            fields.push(Field { name: name.to_ascii_lowercase(), pieces, span });
            comma = false;
            self.space();
        }
    }

    /// A value; its span is that of what stands within its braces where there is one piece.
    fn value(&mut self) -> Result<(Vec<Piece<'t>>, Span), Broken> {
        let start = self.at;
        let mut pieces: Vec<Piece<'t>> = Vec::new();
        loop {
            pieces.push(self.piece()?);
            let end = self.at;
            self.space();
            if !self.take('#') {
                let whole = Span::new(self.file, start..end);
                self.at = end;
                return Ok(match pieces.as_slice() {
                    [one] => (vec![*one], one.span),
                    _ => (pieces, whole),
                });
            }
            self.space();
        }
    }

    fn piece(&mut self) -> Result<Piece<'t>, Broken> {
        let (range, is_word) = match self.peek() {
            Some('{') => {
                self.at += 1;
                (self.until('}')?, false)
            }
            Some('"') => {
                self.at += 1;
                (self.until('"')?, false)
            }
            _ => {
                let start = self.at;
                let word = self.while_(is_word);
                if word.is_empty() {
                    return Err(self.expected(start, "a value"));
                }
                (start..self.at, !word.starts_with(|c: char| c.is_ascii_digit()))
            }
        };
        Ok(Piece { text: &self.text[range.clone()], is_word, span: Span::new(self.file, range) })
    }

    /// What stands before a closing sign that is within no braces. An entry that begins on a line of its own was not
    /// meant to be within: something is not closed.
    fn until(&mut self, closer: char) -> Result<Range<usize>, Broken> {
        let start = self.at;
        let (mut depth, mut escaped, mut line_start) = (0usize, false, false);
        for (at, c) in self.text[start..].char_indices().map(|(i, c)| (start + i, c)) {
            step(1);
            if line_start && c == '@' {
                self.at = at;
                if self.opens_entry() {
                    return Err(self.unclosed(at));
                }
            }
            line_start = c == '\n' || c == '\r';
            match c {
                _ if escaped => escaped = false,
                '\\' if self.braces == Braces::Escaped => escaped = true,
                c if c == closer && depth == 0 => {
                    self.at = at + c.len_utf8();
                    return Ok(start..at);
                }
                '{' => {
                    depth += 1;
                    self.deepest = self.deepest.max(depth);
                }
                '}' if depth > 0 => depth -= 1,
                '}' => {
                    self.at = at;
                    return Err(self.expected(at, if closer == '"' { "a closing quotation mark" } else { "`)`" }));
                }
                _ => {}
            }
        }
        self.at = self.text.len();
        Err(self.unclosed(self.text.len()))
    }

    fn opens_entry(&self) -> bool {
        head(self.text, self.at).is_some_and(|(kind, _)| kind.len() > 2)
    }

    /// Where an entry at fault ends, from a place within no value of it.
    fn end_from(&mut self, from: usize) -> usize {
        self.at = from;
        match self.until(self.closer) {
            Ok(_) => self.at,
            Err(broken) => broken.resume.max(from),
        }
    }

    fn unclosed(&self, resume: usize) -> Broken {
        let why = "what opens it, or a brace or quotation mark in it, is never closed".to_owned();
        Broken { at: None, why, help: "", resume }
    }

    fn expected(&self, at: usize, what: &str) -> Broken {
        let length = self.text[at..].chars().next().map_or(0, char::len_utf8);
        let why = format!("expected {what} here");
        let help = match what {
            "a comma" => {
                "fields read `name = {value}`, with a comma between two; look for a brace too many before this"
            }
            "`=`" | "the name of a field" | "a value" => "fields read `name = {value}`, with a comma between two",
            _ => "look for a quotation mark or a brace that is not closed",
        };
        Broken { at: Some(at..at + length), why, help, resume: at }
    }
}

/// The word after an `@`, in lower case, and where its brace stands.
pub(super) fn head(text: &str, start: usize) -> Option<(String, usize)> {
    let rest = &text[start + 1..];
    let rest = rest.trim_start_matches([' ', '\t']);
    let begin = text.len() - rest.len();
    let word = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-').len();
    let gap = rest[word..].len() - rest[word..].trim_start().len();
    let open = begin + word + gap;
    let sound = word > 0 && text[open..].starts_with(['{', '(']);
    sound.then(|| (rest[..word].to_ascii_lowercase(), open))
}
