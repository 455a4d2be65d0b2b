//! A newer copy of a source held against the older one, for people and for programs. `docs/checking.md` describes both.

use std::fmt::Write as _;

use serde::Serialize;
use sourcebook_core::evidence::against::{Fate, OfQuote, Passage};
use sourcebook_core::evidence::nearest::{Kind, Segment};
use sourcebook_core::evidence::quotation::Quoted;
use sourcebook_core::evidence::readers::Spot;

use super::{clean, plural};

/// Passages that people are shown; programs get all.
const SHOWN: usize = 40;
/// Characters of a quote by which people know it.
const LABEL: usize = 70;

/// What was compared, and what was found.
#[derive(Debug)]
pub struct Compared {
    /// The id of the source.
    pub source: String,
    /// What the older side is: `capture`, `text`, `lock` or `nothing`.
    pub older: &'static str,
    /// The hash of the older copy.
    pub older_sha256: Option<String>,
    /// When it was made, as the sheet says.
    pub older_on: Option<String>,
    /// The newer file, as it was named.
    pub newer: String,
    /// Its hash.
    pub newer_sha256: String,
    /// Each quote.
    pub quotes: Vec<Quote>,
    /// The passages of the story that differ; `None` where there is no older copy, or they could not be aligned.
    pub passages: Option<Vec<Passage>>,
    /// What is to be said besides.
    pub notes: Vec<String>,
}

/// A quote, and where it is written.
#[derive(Debug)]
pub struct Quote {
    /// The id of the claim.
    pub claim: String,
    /// The sheet, and the line of the quote.
    pub place: (String, usize),
    /// What became of it.
    pub of: OfQuote,
}

impl Compared {
    /// Whether every quote stands as it stood.
    pub fn all_stand(&self) -> bool {
        self.quotes.iter().all(|quote| matches!(quote.of.fate, Fate::Stands { quoted: None, .. }))
    }

    /// One line with the counts: `5 quotes: 3 stand, 1 changed, 1 gone; 4 passages changed`.
    pub fn summary(&self) -> String {
        let names = [
            ("stands", "stand"),
            ("moved", "moved"),
            ("changed", "changed"),
            ("gone", "gone"),
            ("appeared", "new"),
            ("never", "in neither copy"),
        ];
        let count = |name: &str| self.quotes.iter().filter(|quote| quote.of.fate.as_str() == name).count();
        let parts: Vec<_> = names.iter().map(|(name, said)| (count(name), said)).filter(|(n, _)| *n > 0).collect();
        let parts: Vec<_> = parts.iter().map(|(n, said)| format!("{n} {said}")).collect();
        let quotes = match self.quotes.len() {
            0 => "no quotes".to_owned(),
            n => format!("{}: {}", plural(n, "quote"), parts.join(", ")),
        };
        match &self.passages {
            Some(passages) if passages.is_empty() => format!("{quotes}; the story is the same"),
            Some(passages) => format!("{quotes}; {} of the story changed", plural(passages.len(), "passage")),
            None => quotes,
        }
    }

    /// For people: a line a quote with what stands in its place, then the passages that changed.
    pub fn human(&self, colour: bool) -> String {
        let on = self.older_on.as_ref().map(|on| format!(" of {}", clean(on))).unwrap_or_default();
        let older = match self.older {
            "capture" => format!("the capture{on}"),
            "text" => "the text that it publishes".to_owned(),
            "lock" => format!("what `captures.lock` says of the capture{on}"),
            _ => "no older copy".to_owned(),
        };
        let mut out = format!("`{}`: {} against {older}\n", self.source, clean(&self.newer));
        self.notes.iter().for_each(|note| out.push_str(&format!("  note: {}\n", clean(note))));
        self.quotes.iter().for_each(|quote| quote.human(&mut out, colour));
        if let Some(passages) = self.passages.as_ref().filter(|passages| !passages.is_empty()) {
            let _ = writeln!(out, "  what changed in the story:");
            for passage in passages.iter().take(SHOWN) {
                let _ = writeln!(out, "  {:<16} {}", place(passage), marked(&passage.diff, colour));
            }
            if let Some(more) = passages.len().checked_sub(SHOWN).filter(|more| *more > 0) {
                let _ = writeln!(out, "  … and {}: `--format json` has all", plural(more, "more passage"));
            }
        }
        out
    }

    /// For editors: a line a quote.
    pub fn short(&self) -> String {
        let line = |quote: &Quote| {
            let (path, line) = &quote.place;
            format!(
                "{}:{line}: {}[{}]: `{}`{}\n",
                clean(path),
                quote.of.fate.as_str(),
                self.source,
                quote.claim,
                quote.spots()
            )
        };
        self.quotes.iter().map(line).collect()
    }
}

impl Quote {
    fn human(&self, out: &mut String, colour: bool) {
        let (path, line) = &self.place;
        let mut label: String = self.of.quote.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some((end, _)) = label.char_indices().nth(LABEL) {
            label.truncate(end);
            label.push('…');
        }
        let fate = self.of.fate.as_str();
        let _ =
            writeln!(out, "  {fate:<8}{} `{}` ({}:{line}): {}", self.spots(), self.claim, clean(path), clean(&label));
        if let Fate::Changed { diff, .. } = &self.of.fate {
            let _ = writeln!(out, "           {}", marked(diff, colour));
        }
        if let Some((was, is)) = quoted(&self.of.fate) {
            let _ = writeln!(out, "           between quotation marks: {} before, {} now", amount(was), amount(is));
        }
    }

    /// ` § 3`, ` § 3 → § 5`.
    fn spots(&self) -> String {
        let name = |spot: &Spot| spot.locator().unwrap_or_else(|| spot.said());
        let (before, after) = (self.of.before.as_ref().map(name), self.of.fate.at().map(name));
        match (before, after) {
            (Some(before), Some(after)) if before == after => format!(" {after},"),
            (Some(before), Some(after)) => format!(" {before} → {after},"),
            (Some(before), None) => format!(" was {before},", before = before),
            (None, Some(after)) => format!(" {after},"),
            (None, None) => String::new(),
        }
    }
}

fn quoted(fate: &Fate) -> Option<(Quoted, Quoted)> {
    match fate {
        Fate::Stands { quoted, .. } | Fate::Moved { quoted, .. } => *quoted,
        _ => None,
    }
}

fn amount(quoted: Quoted) -> &'static str {
    match quoted {
        Quoted::All => "all",
        Quoted::Part => "some",
        Quoted::Nothing => "none",
    }
}

fn place(passage: &Passage) -> String {
    let name = |spot: &Spot| spot.locator().unwrap_or_else(|| spot.said());
    match (&passage.before, &passage.after) {
        (None, Some(after)) => format!("{} (new)", name(after)),
        (Some(before), None) => format!("{} (gone)", name(before)),
        (_, Some(after)) => name(after),
        (None, None) => String::new(),
    }
}

/// `[-…-]` around what is gone and `{+…+}` around what is new, as `git diff --word-diff` has them, with colours or without.
fn marked(segments: &[Segment], colour: bool) -> String {
    let (red, green, end) = if colour { ("\x1b[31m", "\x1b[32m", "\x1b[0m") } else { ("", "", "") };
    let one = |segment: &Segment| {
        let words = segment.text.trim_end();
        let space = &segment.text[words.len()..];
        let words = clean(words);
        match segment.kind {
            Kind::Same => format!("{words}{space}"),
            Kind::Missing => format!("{red}[-{words}-]{end}{space}"),
            Kind::Added => format!("{green}{{+{words}+}}{end}{space}"),
        }
    };
    segments.iter().map(one).collect::<String>().trim_end().to_owned()
}

/// All comparisons as one JSON document.
pub fn json(all: &[Compared]) -> String {
    let document = Document { version: 1, sources: all.iter().map(OfSource::of).collect() };
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    sources: Vec<OfSource<'a>>,
}

#[derive(Serialize)]
struct OfSource<'a> {
    source: &'a str,
    older: Side<'a>,
    newer: Side<'a>,
    notes: &'a [String],
    quotes: Vec<Told<'a>>,
    passages: Option<Vec<Changed<'a>>>,
}

#[derive(Serialize)]
struct Side<'a> {
    what: &'a str,
    sha256: Option<&'a str>,
    on: Option<&'a str>,
}

#[derive(Serialize)]
struct Told<'a> {
    claim: &'a str,
    evidence: usize,
    path: &'a str,
    line: usize,
    quote: &'a str,
    fate: &'a str,
    before: Option<String>,
    after: Option<String>,
    quoted: Option<[&'static str; 2]>,
    diff: Option<Vec<Words<'a>>>,
}

#[derive(Serialize)]
struct Changed<'a> {
    before: Option<String>,
    after: Option<String>,
    diff: Vec<Words<'a>>,
}

#[derive(Serialize)]
struct Words<'a> {
    is: &'static str,
    text: &'a str,
}

impl<'a> OfSource<'a> {
    fn of(compared: &'a Compared) -> Self {
        let (hash, on) = (compared.older_sha256.as_deref(), compared.older_on.as_deref());
        Self {
            source: &compared.source,
            older: Side { what: compared.older, sha256: hash, on },
            newer: Side { what: &compared.newer, sha256: Some(&compared.newer_sha256), on: None },
            notes: &compared.notes,
            quotes: compared.quotes.iter().map(Told::of).collect(),
            passages: compared.passages.as_ref().map(|passages| passages.iter().map(Changed::of).collect()),
        }
    }
}

impl<'a> Told<'a> {
    fn of(quote: &'a Quote) -> Self {
        let OfQuote { evidence, quote: words, before, fate, .. } = &quote.of;
        let diff =
            if let Fate::Changed { diff, .. } = fate { Some(diff.iter().map(Words::of).collect()) } else { None };
        Self {
            claim: &quote.claim,
            evidence: evidence + 1,
            path: &quote.place.0,
            line: quote.place.1,
            quote: words,
            fate: fate.as_str(),
            before: before.as_ref().map(Spot::to_string),
            after: fate.at().map(Spot::to_string),
            quoted: quoted(fate).map(|(was, is)| [was, is].map(amount)),
            diff,
        }
    }
}

impl<'a> Changed<'a> {
    fn of(passage: &'a Passage) -> Self {
        let spot = |spot: &Option<Spot>| spot.as_ref().map(Spot::to_string);
        Self {
            before: spot(&passage.before),
            after: spot(&passage.after),
            diff: passage.diff.iter().map(Words::of).collect(),
        }
    }
}

impl<'a> Words<'a> {
    fn of(segment: &'a Segment) -> Self {
        let is = match segment.kind {
            Kind::Same => "same",
            Kind::Missing => "gone",
            Kind::Added => "new",
        };
        Self { is, text: &segment.text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_files_reach_no_terminal_as_commands() {
        let segment = |kind, text: &str| Segment { kind, text: text.into() };
        let diff = [segment(Kind::Same, "a\x1b[2J "), segment(Kind::Missing, "b "), segment(Kind::Added, "c\u{202e} ")];
        assert_eq!(marked(&diff, false), "a␛[2J [-b-] {+c\u{fffd}+}");
        assert_eq!(marked(&diff[1..2], true), "\x1b[31m[-b-]\x1b[0m");
    }
}
