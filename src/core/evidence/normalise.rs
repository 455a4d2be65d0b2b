//! Typography levelled, words untouched.
//!
//! A quote and a text are compared after this, and after nothing else. Step by step:
//!
//! 1. Characters without width are dropped: soft hyphen, zero-width space and joiners, word joiner, byte order mark,
//!    marks of direction.
//! 2. White space (Unicode `White_Space`, with U+00A0, U+202F, thin spaces and line ends): a run is one space; none at
//!    either end of the text.
//! 3. Shapes: « » “ ” „ ‟ ‹ › are `"`; ‘ ’ ‚ ‛ ʼ are `'`; ‐ ‑ ‒ – — ― − are `-`; … is `...`.
//! 4. Spaces that are typography are dropped: on both sides of a `"`, so that `« mot »`, `“mot”` and `" mot "` are
//!    one; and before `;` `:` `!` `?`, where French sets a space and English none.
//! 5. Ligatures of Latin letters are these letters (`ﬁ` is `fi`).
//! 6. A word broken at a line's end is one word: after a soft hyphen (or U+FFFE, by which PDF readers mark one) the line end
//!    is dropped; after a hyphen before a small letter too, and the hyphen stays ([`normalise`]) or goes ([`joined`]).
//! 7. The rest is brought to NFC (Unicode Standard Annex 15).
//!
//! Case, accents, digits and words are never folded: no step but the third, fifth and last writes a character that was not
//! there, and those keep what a reader sees. All is linear in the text.

use std::ops::Range;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Levels the typography of `text`. What lies beyond 4 GiB is left out.
pub fn normalise(text: &str) -> Normalised {
    level(text, false).made
}

/// The other reading of a text in which words are broken by hyphens at the ends of lines: without these hyphens. Nothing
/// where there are none.
pub fn joined(text: &str) -> Option<Normalised> {
    let level = level(text, true);
    level.broken.then_some(level.made)
}

fn level(text: &str, joins: bool) -> Writer<'_> {
    let text = &text[..text.floor_char_boundary(u32::MAX as usize)];
    let made = Normalised::with_capacity(text.len());
    let mut out = Writer { text, made, space: None, glued: true, joins, broken: false };
    let mut at = 0;
    while at < text.len() {
        let run = plain_run(&text.as_bytes()[at..]);
        at = if run > 0 { out.copy_run(at..at + run) } else { out.cluster(at) };
    }
    out
}

/// A text with its typography levelled, and where each of its characters stood in the original.
#[derive(Clone, Debug, Default)]
pub struct Normalised {
    text: String,
    pieces: Vec<Piece>,
}

/// A stretch of the normalised text, up to the next one's `at`, and its bytes in the original.
#[derive(Clone, Copy, Debug)]
struct Piece {
    at: u32,
    from: u32,
    /// End in the original of a stretch that was written anew as a whole; `from` for one copied byte by byte.
    to: u32,
}

impl Normalised {
    fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), pieces: Vec::new() }
    }

    /// The normalised text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the original from which a range of the normalised text was made; empty for an empty one.
    ///
    /// What was dropped at the range's ends is outside, what was dropped within is inside.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        if range.is_empty() || range.end > self.text.len() {
            return 0..0;
        }
        let (first, last) = (self.piece(range.start), self.piece(range.end - 1));
        let copied = |piece: Piece, offset: usize| piece.from as usize + (offset - piece.at as usize);
        let start = if first.to == first.from { copied(first, range.start) } else { first.from as usize };
        let end = if last.to == last.from { copied(last, range.end) } else { last.to as usize };
        start..end
    }

    /// The place in the normalised text of the first character made from the original's byte `offset` or later.
    pub fn place(&self, offset: usize) -> usize {
        let next = self.pieces.partition_point(|p| (p.from as usize) <= offset);
        let Some(piece) = next.checked_sub(1).and_then(|i| self.pieces.get(i)) else { return 0 };
        let end = self.pieces.get(next).map_or(self.text.len(), |p| p.at as usize);
        let at = piece.at as usize;
        match piece.to == piece.from {
            true => (at + (offset - piece.from as usize)).min(end),
            false if offset == piece.from as usize => at,
            false => end,
        }
    }

    fn piece(&self, at: usize) -> Piece {
        let next = self.pieces.partition_point(|p| (p.at as usize) <= at);
        self.pieces.get(next.wrapping_sub(1)).copied().unwrap_or(Piece { at: 0, from: 0, to: 0 })
    }

    fn copy(&mut self, from: usize, text: &str) {
        let goes_on = self
            .pieces
            .last()
            .is_some_and(|p| p.to == p.from && p.from as usize + (self.text.len() - p.at as usize) == from);
        if !goes_on {
            self.begin(from, from);
        }
        self.text.push_str(text);
    }

    fn rewrite(&mut self, original: Range<usize>, text: &str) {
        self.begin(original.start, original.end);
        self.text.push_str(text);
    }

    fn begin(&mut self, from: usize, to: usize) {
        self.pieces.push(Piece { at: self.text.len() as u32, from: from as u32, to: to as u32 });
    }
}

/// What a character is to the steps above.
enum Kind {
    Dropped,
    Space,
    Shape(&'static str),
    Letter,
}

fn kind(c: char) -> Kind {
    match c {
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => Kind::Dropped,
        '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' => Kind::Dropped,
        '«' | '»' | '“' | '”' | '„' | '‟' | '‹' | '›' | '"' => Kind::Shape("\""),
        '‘' | '’' | '‚' | '‛' | 'ʼ' | '\'' => Kind::Shape("'"),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '-' => Kind::Shape("-"),
        '…' => Kind::Shape("..."),
        ';' | '\u{37e}' => Kind::Shape(";"),
        ':' => Kind::Shape(":"),
        '!' => Kind::Shape("!"),
        '?' => Kind::Shape("?"),
        c if c.is_whitespace() => Kind::Space,
        _ => Kind::Letter,
    }
}

struct Writer<'a> {
    text: &'a str,
    made: Normalised,
    /// A run of white space not yet written, as its bytes in the original.
    space: Option<Range<usize>>,
    /// No space may follow: at the start, and after a quotation mark.
    glued: bool,
    /// Hyphens at the ends of lines go.
    joins: bool,
    /// There was one.
    broken: bool,
}

impl Writer<'_> {
    fn copy_run(&mut self, run: Range<usize>) -> usize {
        self.write_space();
        self.made.copy(run.start, &self.text[run.clone()]);
        self.glued = false;
        run.end
    }

    /// Writes what begins at `at`, which is not plain, and returns where it ends.
    fn cluster(&mut self, at: usize) -> usize {
        let Some(c) = self.text[at..].chars().next() else { return self.text.len() };
        let end = at + c.len_utf8();
        match kind(c) {
            Kind::Dropped if matches!(c, '\u{ad}' | '\u{fffe}') => {
                end + line_end(&self.text[end..], char::is_alphabetic)
            }
            Kind::Dropped => end,
            Kind::Space => {
                let start = self.space.as_ref().map_or(at, |s| s.start);
                self.space = Some(start..end);
                end
            }
            Kind::Shape(shape) => {
                let after_letter = || self.text[..at].chars().next_back().is_some_and(char::is_alphabetic);
                let next_line = match c {
                    '-' | '\u{2010}' if after_letter() => line_end(&self.text[end..], char::is_lowercase),
                    _ => 0,
                };
                self.broken |= next_line > 0;
                if next_line == 0 || !self.joins {
                    self.shape(at..end, shape);
                }
                end + next_line
            }
            Kind::Letter => self.letter(at, c),
        }
    }

    fn shape(&mut self, original: Range<usize>, shape: &str) {
        if matches!(shape, "\"" | ";" | ":" | "!" | "?") {
            self.space = None;
        }
        self.write_space();
        if &self.text[original.clone()] == shape {
            self.made.copy(original.start, shape);
        } else {
            self.made.rewrite(original, shape);
        }
        self.glued = shape == "\"";
    }

    /// Writes a letter with the marks that follow it, in NFC.
    fn letter(&mut self, at: usize, first: char) -> usize {
        let text = self.text;
        self.write_space();
        self.glued = false;
        let end = at + first.len_utf8() + marks(&text[at + first.len_utf8()..]);
        let original = &text[at..end];
        let settled = original.len() == first.len_utf8() && is_settled(first) && ligature(first).is_none();
        if settled {
            self.made.copy(at, original);
            return end;
        }
        let letters = ligature(first).unwrap_or_default().chars();
        let rest = original.chars().skip(usize::from(ligature(first).is_some()));
        let nfc: String = letters.chain(rest.filter(|&c| !matches!(kind(c), Kind::Dropped))).nfc().collect();
        if nfc == original {
            self.made.copy(at, original);
        } else {
            self.made.rewrite(at..end, &nfc);
        }
        end
    }

    fn write_space(&mut self) {
        let Some(space) = self.space.take() else { return };
        if self.glued {
            return;
        }
        if &self.text[space.clone()] == " " {
            self.made.copy(space.start, " ");
        } else {
            self.made.rewrite(space, " ");
        }
    }
}

/// The letters of a ligature.
fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
}

/// The bytes of one line end, with the spaces around it, before a character of the next line that `is` one; else 0.
fn line_end(text: &str, is: impl Fn(char) -> bool) -> usize {
    let blank = |c: char| matches!(c, ' ' | '\t' | '\u{a0}');
    let rest = text.trim_start_matches(blank);
    let Some(rest) = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\n', '\r'])) else { return 0 };
    let rest = rest.trim_start_matches(blank);
    if rest.starts_with(is) { text.len() - rest.len() } else { 0 }
}

/// Whether NFC leaves the character alone wherever no mark follows it.
fn is_settled(c: char) -> bool {
    c < '\u{300}' || is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes
}

/// The bytes at the start of `text` that NFC may join to the character before; what is dropped among them counts.
fn marks(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if joins(c) {
            end = at + c.len_utf8();
        } else if !matches!(kind(c), Kind::Dropped) {
            break;
        }
    }
    end
}

fn joins(c: char) -> bool {
    // The three of Tibetan are no marks themselves but decompose into marks.
    c >= '\u{300}'
        && (canonical_combining_class(c) != 0
            || matches!(c, '\u{f73}' | '\u{f75}' | '\u{f81}')
            || is_nfc_quick(std::iter::once(c)) == IsNormalized::Maybe)
}

/// How many bytes can be copied as they are: ASCII letters, digits and signs without a shape, and single spaces
/// between letters. The last one before a character beyond ASCII stays behind, since a mark may follow it.
fn plain_run(bytes: &[u8]) -> usize {
    let plain = |b: u8| PLAIN[b as usize];
    let mut run = 0;
    while run < bytes.len() {
        let next = bytes.get(run + 1).copied();
        let ok = match bytes[run] {
            b' ' => run > 0 && bytes[run - 1] != b' ' && next.is_some_and(plain),
            b'-' => next.is_some_and(plain),
            b => plain(b) && next.is_none_or(|n| n.is_ascii()),
        };
        if !ok {
            break;
        }
        run += 1;
    }
    run
}

const PLAIN: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = 0x21;
    while b < 0x7f {
        table[b] = !matches!(b as u8, b'"' | b';' | b':' | b'!' | b'?');
        b += 1;
    }
    table
};

#[cfg(test)]
pub(crate) mod tests;
