//! `captures.lock`: what was found in the captures, for builds that have none.
//!
//! A TOML file, one line per quote, sorted, so that two people's changes merge and a change reads as one:
//!
//! ```toml
//! # What `sourcebook verify` found in the captures. Written by it, not by hand.
//! version = 3
//!
//! [source.some-paper-2024-11-03]
//! sha256 = "5f…"                                  # of the capture's bytes
//! on = "2024-11-04"                               # the day of the capture, as its sheet says
//! method = "saved page"                           # likewise
//! says = ["made-by wget 1.21", "whole"]           # what the file says of itself, if anything
//! quotes = [
//!   { sha256 = "0c…", locator = "§ 1", state = "verbatim", at = [{ place = "§ 1", block = 3, bytes = "310..341" }], quoted = ["310..341"], found = "2026-11-21" },
//! ]
//! ```
//!
//! - A quote's `sha256` is that of its levelled words ([`quote_hash`](super::quote_key::quote_hash)): new quotation marks are no new quote.
//! - `at` holds one table per hit: the `place` as a reader counts it ([`Spot`](super::readers::Spot)), the `block` (the
//!   paragraph of the whole text), and the `bytes` of each part in the capture's readable text. What ends elsewhere than
//!   it begins has `to` and `to_block`.
//! - `elsewhere = true`: verbatim, but not where the locator says.
//! - `quoted` holds the parts of a quote found once that stand between quotation marks there ([`super::quotation`]): all
//!   of it where they are its `bytes`, nothing where the list is empty. Without it, that could not be told.
//! - `edited = true`: what stands in brackets in the quote is not the source's, but was put there by the quote's editor.
//! - `found` is the day on which it was first found so; it stays while the capture and what is found stay.
//!
//! What an archive's copy of a source was found to hold ([`super::public`]) stands in tables of its own:
//!
//! ```toml
//! [public.some-paper-2024-11-03]
//! url = "https://archive.example/2024/…"           # the address of the copy, as the sheet has it
//! state = "copy"                                  # or why there is none: `gone`, `unlike`, `outside` …
//! read = "https://archive.example/20241104103000id_/…"  # where its own bytes were read
//! on = "2024-11-04"                               # the day of the copy, as the archive says of this very one
//! sha256 = "0a…"                                  # of its bytes
//! found = "2026-11-27"                            # the day on which it was first found so
//! quotes = [
//!   { sha256 = "0c…", locator = "§ 1", state = "verbatim" },
//! ]
//! ```
//!
//! What a record said when somebody checked it ([`super::checks`]) stands in others:
//!
//! ```toml
//! [checked.bridge-closed]
//! checks = [
//!   { by = "Ben", on = "2026-11-20", sha256 = "7f…" },
//! ]
//! ```
//!
//! Version 2 had no such tables. Version 1 wrote `at = ["§ 3-4: 310..341"]`, and nothing of quotation marks; it is still read.
//!
//! Neither the name of a capture nor any of its words is in it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use super::find::Finding;
use super::hits::Hit;
use super::kept::Kept;
use super::public_copy::PublicCopy;
use super::quote_key::QuoteKey;
use super::readers::Fact;
use super::sha256::Sha256;

/// The version of the format that this program writes; it reads this one and those before.
pub const VERSION: u32 = 3;

/// All that a lock file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// By source id.
    pub sources: BTreeMap<String, LockedSource>,
    /// What was found in public copies, by source id.
    pub public: BTreeMap<String, PublicCopy>,
    /// What records said when somebody checked them, by their ids.
    pub checked: BTreeMap<String, Kept>,
}

/// A source's capture, and its quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedSource {
    /// The capture.
    pub capture: Capture,
    /// What was found of each quote.
    pub quotes: BTreeMap<QuoteKey, LockedQuote>,
}

/// A capture, without its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// Of its bytes.
    pub sha256: Sha256,
    /// The day on which it was taken.
    pub on: Option<String>,
    /// How it was taken.
    pub method: Option<String>,
    /// What the file said of itself.
    pub facts: Vec<Fact>,
}

/// What was found of a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedQuote {
    /// The state, with its places.
    pub state: State,
    /// The parts of a quote found once that stand between quotation marks, as bytes of the capture's readable text;
    /// `None` where that could not be told, or nobody looked.
    pub quoted: Option<Vec<Range<usize>>>,
    /// Some of its words are an editor's, in brackets ([`super::brackets`]).
    pub edited: bool,
    /// The day on which this was first found.
    pub found: String,
}

/// A [`Finding`] without words of the capture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Word for word; `elsewhere` if not where the locator says.
    Verbatim {
        /// Where.
        hit: Hit,
        /// The locator is wrong.
        elsewhere: bool,
    },
    /// Not there.
    Absent,
    /// At several places.
    Ambiguous {
        /// Two or more.
        hits: Vec<Hit>,
    },
}

impl From<&Finding> for State {
    fn from(finding: &Finding) -> Self {
        match finding {
            Finding::Verbatim { hit, elsewhere } => Self::Verbatim { hit: hit.clone(), elsewhere: elsewhere.is_some() },
            Finding::Absent { .. } => Self::Absent,
            Finding::Ambiguous { hits } => Self::Ambiguous { hits: hits.clone() },
        }
    }
}

/// What a lock knows of a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known<'a> {
    /// This was found.
    Quote(&'a LockedSource, &'a LockedQuote),
    /// The source is known, but not with this quote and locator: one of them was changed or added since.
    NotQuote,
    /// The source is not known.
    NotSource,
}

impl Lock {
    /// What was found of a quote.
    pub fn look_up(&self, source: &str, quote: &str, locator: Option<&str>) -> Known<'_> {
        let Some(source) = self.sources.get(source) else { return Known::NotSource };
        match source.quotes.get(&QuoteKey::new(quote, locator)) {
            Some(quote) => Known::Quote(source, quote),
            None => Known::NotQuote,
        }
    }

    /// Takes over the day of each finding that an earlier lock holds in the same way for the same capture.
    pub fn keep_dates(&mut self, earlier: &Self) {
        for (id, source) in &mut self.sources {
            let Some(before) = earlier.sources.get(id).filter(|b| b.capture.sha256 == source.capture.sha256) else {
                continue;
            };
            for (key, quote) in &mut source.quotes {
                if let Some(same) = before.quotes.get(key).filter(|b| b.state == quote.state) {
                    quote.found.clone_from(&same.found);
                }
            }
        }
        for (id, public) in &mut self.public {
            if let Some(before) = earlier.public.get(id) {
                let same = PublicCopy { found: public.found.clone(), ..before.clone() } == *public;
                public.found = if same { before.found.clone() } else { public.found.clone() };
            }
        }
    }
}

impl LockedSource {
    /// Records what was found of a quote `today`.
    pub fn record(&mut self, quote: &str, locator: Option<&str>, finding: &Finding, today: &str) {
        let locked = LockedQuote { state: finding.into(), quoted: None, edited: false, found: today.to_owned() };
        self.quotes.insert(QuoteKey::new(quote, locator), locked);
    }
}

/// Writes a lock file. The same lock gives the same bytes.
pub fn write(lock: &Lock) -> String {
    let mut out =
        format!("# What `sourcebook verify` found in the captures. Written by it, not by hand.\nversion = {VERSION}\n");
    for (id, source) in &lock.sources {
        write_source(&mut out, id, source);
    }
    for (id, public) in &lock.public {
        write_public(&mut out, id, public);
    }
    for (id, checks) in lock.checked.iter().filter(|(_, checks)| !checks.is_empty()) {
        write_checks(&mut out, id, checks);
    }
    out
}

/// An id as a key of TOML.
fn key(id: &str) -> String {
    let bare = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if bare { id.to_owned() } else { quoted(id) }
}

fn write_public(out: &mut String, id: &str, public: &PublicCopy) {
    let _ = writeln!(out, "\n[public.{}]\nurl = {}", key(id), quoted(&public.url));
    let _ = writeln!(out, "state = \"{}\"", public.standing.as_str());
    if let Some(copy) = &public.copy {
        let (read, on) = (quoted(&copy.read), quoted(&copy.on));
        let _ = writeln!(out, "read = {read}\non = {on}\nsha256 = \"{}\"", copy.sha256);
    }
    let _ = writeln!(out, "found = {}", quoted(&public.found));
    if public.quotes.is_empty() {
        return;
    }
    out.push_str("quotes = [\n");
    for (key, words) in &public.quotes {
        write_key(out, key);
        let _ = writeln!(out, ", state = \"{}\" }},", words.as_str());
    }
    out.push_str("]\n");
}

fn write_key(out: &mut String, key: &QuoteKey) {
    let _ = write!(out, "  {{ sha256 = \"{}\"", key.quote);
    if let Some(locator) = &key.locator {
        let _ = write!(out, ", locator = {}", quoted(locator));
    }
}

fn write_checks(out: &mut String, id: &str, checks: &Kept) {
    let _ = writeln!(out, "\n[checked.{}]\nchecks = [", key(id));
    for (check, sha256) in checks {
        let _ = write!(out, "  {{ by = {}", quoted(&check.by));
        for (name, text) in [("on", &check.on), ("note", &check.note)] {
            if let Some(text) = text {
                let _ = write!(out, ", {name} = {}", quoted(text));
            }
        }
        let _ = writeln!(out, ", sha256 = \"{sha256}\" }},");
    }
    out.push_str("]\n");
}

fn write_source(out: &mut String, id: &str, source: &LockedSource) {
    let _ = writeln!(out, "\n[source.{}]\nsha256 = \"{}\"", key(id), source.capture.sha256);
    for (name, value) in [("on", &source.capture.on), ("method", &source.capture.method)] {
        if let Some(value) = value {
            let _ = writeln!(out, "{name} = {}", quoted(value));
        }
    }
    if !source.capture.facts.is_empty() {
        let facts: Vec<_> = source.capture.facts.iter().map(|fact| quoted(&fact.to_string())).collect();
        let _ = writeln!(out, "says = [{}]", facts.join(", "));
    }
    out.push_str("quotes = [\n");
    for (key, quote) in &source.quotes {
        write_quote(out, key, quote);
    }
    out.push_str("]\n");
}

fn write_quote(out: &mut String, key: &QuoteKey, quote: &LockedQuote) {
    write_key(out, key);
    let (state, hits): (_, &[Hit]) = match &quote.state {
        State::Verbatim { hit, .. } => ("verbatim", std::slice::from_ref(hit)),
        State::Absent => ("absent", &[]),
        State::Ambiguous { hits } => ("ambiguous", hits),
    };
    let _ = write!(out, ", state = \"{state}\"");
    if !hits.is_empty() {
        let places: Vec<_> = hits.iter().map(place).collect();
        let _ = write!(out, ", at = [{}]", places.join(", "));
    }
    if matches!(quote.state, State::Verbatim { elsewhere: true, .. }) {
        out.push_str(", elsewhere = true");
    }
    if let Some(parts) = &quote.quoted {
        let parts: Vec<_> = parts.iter().map(|r| format!("\"{}..{}\"", r.start, r.end)).collect();
        let _ = write!(out, ", quoted = [{}]", parts.join(", "));
    }
    if quote.edited {
        out.push_str(", edited = true");
    }
    let _ = writeln!(out, ", found = {} }},", quoted(&quote.found));
}

/// `{ place = "§ 3", block = 5, to = "§ 4", to_block = 6, bytes = "310..341, 350..360" }`.
fn place(hit: &Hit) -> String {
    let mut out = format!("{{ place = {}, block = {}", quoted(&hit.first.spot.to_string()), hit.first.block);
    if hit.last.spot != hit.first.spot {
        let _ = write!(out, ", to = {}", quoted(&hit.last.spot.to_string()));
    }
    if hit.last.block != hit.first.block {
        let _ = write!(out, ", to_block = {}", hit.last.block);
    }
    let ranges: Vec<_> = hit.ranges.iter().map(|r| format!("{}..{}", r.start, r.end)).collect();
    let _ = write!(out, ", bytes = \"{}\" }}", ranges.join(", "));
    out
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests;
