//! Reading `captures.lock`; its format is told in [`super::lock`].

use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::hits::Hit;
use super::kept::{CheckKey, Kept};
use super::lock::{Capture, Lock, LockedQuote, LockedSource, State, VERSION};
use super::public_copy::{Memento, PublicCopy, Standing, Words};
use super::quote_key::QuoteKey;
use super::readers::Fact;
use super::readers::{Place, Spot};
use super::sha256::Sha256;

/// What is wrong with a lock file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Bytes of the file.
    pub range: Range<usize>,
    /// One sentence without a full stop.
    pub message: String,
}

/// Reads a lock file. All faults of a file that is TOML are reported at once; a line that is none stops the reading.
pub fn parse(text: &str) -> Result<Lock, Vec<Fault>> {
    let table = DeTable::parse(text).map_err(|error| {
        vec![Fault { range: error.span().unwrap_or(0..0), message: error.message().trim().to_owned() }]
    })?;
    let mut reader = Reader { faults: Vec::new() };
    let whole = table.span();
    let lock = reader.lock(table.get_ref(), whole);
    match lock {
        Some(lock) if reader.faults.is_empty() => Ok(lock),
        _ => Err(reader.faults),
    }
}

type Value<'a> = Spanned<DeValue<'a>>;

struct Reader {
    faults: Vec<Fault>,
}

impl Reader {
    fn fault<T>(&mut self, range: Range<usize>, message: impl Display) -> Option<T> {
        self.faults.push(Fault { range, message: message.to_string() });
        None
    }

    fn lock(&mut self, table: &DeTable<'_>, whole: Range<usize>) -> Option<Lock> {
        match table.get("version") {
            None => return self.fault(whole.start..whole.start, "the version is missing"),
            Some(version) if !is_version(version.get_ref()) => {
                let message = format!("only versions up to {VERSION} can be read; run `sourcebook verify` again");
                return self.fault(version.span(), message);
            }
            Some(_) => self.only(table, &["version", "source", "public", "checked"]),
        }
        let mut lock = Lock::default();
        if let Some(sources) = table.get("source") {
            for (id, value) in self.table(sources)? {
                if let Some(source) = self.source(value, id.span()) {
                    lock.sources.insert(id.get_ref().to_string(), source);
                }
            }
        }
        if let Some(public) = table.get("public") {
            for (id, value) in self.table(public)? {
                if let Some(public) = self.public(value, id.span()) {
                    lock.public.insert(id.get_ref().to_string(), public);
                }
            }
        }
        if let Some(checked) = table.get("checked") {
            for (id, value) in self.table(checked)? {
                let checks = self.checks(value)?;
                lock.checked.insert(id.get_ref().to_string(), checks);
            }
        }
        Some(lock)
    }

    fn public(&mut self, value: &Value<'_>, name: Range<usize>) -> Option<PublicCopy> {
        let table = self.table(value)?;
        self.only(table, &["url", "state", "read", "on", "sha256", "found", "quotes"]);
        let (Some(url), Some(found)) = (self.text(table, "url"), self.text(table, "found")) else {
            return self.fault(name, "`url` or `found` is missing");
        };
        let Some(standing) = self.text(table, "state").and_then(|state| Standing::parse(&state)) else {
            return self.fault(name, "`state` is missing, or none that is known");
        };
        let copy = match (self.text(table, "read"), self.text(table, "on")) {
            (Some(read), Some(on)) => Some(Memento { read, on, sha256: self.hash(table, name.clone())? }),
            _ => None,
        };
        if (standing == Standing::Copy) != copy.is_some() && standing != Standing::Unlike {
            return self.fault(name, "a copy has `read`, `on` and `sha256`, and what is none has not");
        }
        let mut quotes = BTreeMap::new();
        for value in self.list(table, "quotes") {
            let table = self.table(value)?;
            self.only(table, &["sha256", "locator", "state"]);
            let quote = self.hash(table, value.span())?;
            let locator = self.text(table, "locator");
            let Some(words) = self.text(table, "state").and_then(|state| Words::parse(&state)) else {
                return self.fault(value.span(), "`state` is missing, or none that is known");
            };
            quotes.insert(QuoteKey { quote, locator }, words);
        }
        Some(PublicCopy { url, standing, copy, found, quotes })
    }

    fn checks(&mut self, value: &Value<'_>) -> Option<Kept> {
        let table = self.table(value)?;
        self.only(table, &["checks"]);
        let mut kept = Kept::new();
        for value in self.list(table, "checks") {
            let table = self.table(value)?;
            self.only(table, &["by", "on", "note", "sha256"]);
            let sha256 = self.hash(table, value.span())?;
            let Some(by) = self.text(table, "by") else { return self.fault(value.span(), "`by` is missing") };
            kept.insert(CheckKey { by, on: self.text(table, "on"), note: self.text(table, "note") }, sha256);
        }
        Some(kept)
    }

    fn source(&mut self, value: &Value<'_>, name: Range<usize>) -> Option<LockedSource> {
        let table = self.table(value)?;
        self.only(table, &["sha256", "on", "method", "says", "quotes"]);
        let sha256 = self.hash(table, name.clone());
        let on = self.text(table, "on");
        let method = self.text(table, "method");
        let said = self.list(table, "says");
        let facts = said.iter().filter_map(|value| Fact::parse(value.get_ref().as_str()?)).collect();
        let mut quotes = BTreeMap::new();
        for value in self.list(table, "quotes") {
            let Some((key, quote)) = self.quote(value) else { continue };
            if quotes.insert(key, quote).is_some() {
                self.fault::<()>(value.span(), "this quote is listed twice");
            }
        }
        Some(LockedSource { capture: Capture { sha256: sha256?, on, method, facts }, quotes })
    }

    fn quote(&mut self, value: &Value<'_>) -> Option<(QuoteKey, LockedQuote)> {
        let table = self.table(value)?;
        self.only(table, &["sha256", "locator", "state", "at", "elsewhere", "quoted", "edited", "found"]);
        let quote = self.hash(table, value.span())?;
        let locator = self.text(table, "locator");
        let state = self.state(table, value.span())?;
        let quoted = self.quoted(table);
        let edited = table.get("edited").is_some_and(|v| v.get_ref().as_bool() == Some(true));
        match self.text(table, "found") {
            Some(found) => Some((QuoteKey { quote, locator }, LockedQuote { state, quoted, edited, found })),
            None => self.fault(value.span(), "`found` is missing"),
        }
    }

    fn state(&mut self, table: &DeTable<'_>, whole: Range<usize>) -> Option<State> {
        let name = self.text(table, "state");
        let before = self.faults.len();
        let mut hits: Vec<Hit> = self.list(table, "at").iter().filter_map(|v| self.hit(v)).collect();
        let elsewhere = table.get("elsewhere").is_some_and(|v| v.get_ref().as_bool() == Some(true));
        if self.faults.len() > before {
            return None;
        }
        match (name.as_deref(), hits.len()) {
            (Some("verbatim"), 1) => Some(State::Verbatim { hit: hits.remove(0), elsewhere }),
            (Some("absent"), 0) if !elsewhere => Some(State::Absent),
            (Some("ambiguous"), 2..) if !elsewhere => Some(State::Ambiguous { hits }),
            (Some("verbatim" | "absent" | "ambiguous"), _) => {
                self.fault(whole, "the places do not fit the state: verbatim has one, absent none, ambiguous several")
            }
            (Some(other), _) => self.fault(whole, format!("`{other}` is no state: verbatim, absent or ambiguous")),
            (None, _) => self.fault(whole, "`state` is missing"),
        }
    }

    fn quoted(&mut self, table: &DeTable<'_>) -> Option<Vec<Range<usize>>> {
        table.get("quoted")?;
        let parts =
            self.list(table, "quoted").iter().filter_map(|part| match part.get_ref().as_str().and_then(range) {
                Some(range) => Some(range),
                None => self.fault(part.span(), "a part is written `310..341`"),
            });
        Some(parts.collect())
    }

    fn hit(&mut self, value: &Value<'_>) -> Option<Hit> {
        let found = match value.get_ref() {
            DeValue::Table(table) => {
                self.only(table, &["place", "block", "to", "to_block", "bytes"]);
                hit(table)
            }
            text => text.as_str().and_then(old_hit),
        };
        match found {
            Some(hit) => Some(hit),
            None => {
                self.fault(value.span(), "a place is written `{ place = \"§ 3\", block = 5, bytes = \"310..341\" }`")
            }
        }
    }

    fn table<'a, 'i>(&mut self, value: &'a Value<'i>) -> Option<&'a DeTable<'i>> {
        match value.get_ref().as_table() {
            Some(table) => Some(table),
            None => self.fault(value.span(), "this must be a table"),
        }
    }

    fn list<'a, 'i>(&mut self, table: &'a DeTable<'i>, key: &str) -> &'a [Value<'i>] {
        match table.get(key).map(|value| (value, value.get_ref().as_array())) {
            Some((_, Some(array))) => array,
            Some((value, None)) => {
                self.fault::<()>(value.span(), format!("`{key}` must be a list"));
                &[]
            }
            None => &[],
        }
    }

    fn text(&mut self, table: &DeTable<'_>, key: &str) -> Option<String> {
        let value = table.get(key)?;
        match value.get_ref().as_str() {
            Some(text) => Some(text.to_owned()),
            None => self.fault(value.span(), format!("`{key}` must be a text")),
        }
    }

    fn hash(&mut self, table: &DeTable<'_>, whole: Range<usize>) -> Option<Sha256> {
        let Some(value) = table.get("sha256") else { return self.fault(whole, "`sha256` is missing") };
        match value.get_ref().as_str().and_then(Sha256::parse) {
            Some(hash) => Some(hash),
            None => self.fault(value.span(), "a sha256 has 64 hexadecimal digits"),
        }
    }

    fn only(&mut self, table: &DeTable<'_>, keys: &[&str]) {
        for key in table.keys().filter(|key| !keys.contains(&key.get_ref().as_ref())) {
            self.fault::<()>(key.span(), format!("unknown key `{}`", key.get_ref()));
        }
    }
}

fn is_version(value: &DeValue<'_>) -> bool {
    let version = value.as_integer().and_then(|i| i.as_str().parse::<u32>().ok());
    version.is_some_and(|version| (1..=VERSION).contains(&version))
}

fn hit(table: &DeTable<'_>) -> Option<Hit> {
    let spot = |key: &str| table.get(key).map(|v| v.get_ref().as_str().and_then(Spot::parse));
    let block = |key: &str| {
        table.get(key).map(|v| v.get_ref().as_integer()?.as_str().parse::<usize>().ok().filter(|block| *block > 0))
    };
    let first = Place { block: block("block")??, spot: spot("place")?? };
    let last = Place {
        block: block("to_block").unwrap_or(Some(first.block))?,
        spot: spot("to").unwrap_or_else(|| Some(first.spot.clone()))?,
    };
    let ranges = ranges(table.get("bytes")?.get_ref().as_str()?)?;
    (first.block <= last.block).then_some(Hit { ranges, first, last })
}

/// Reads `§ 3-4: 310..341, 350..360`, as version 1 wrote.
fn old_hit(text: &str) -> Option<Hit> {
    let (paragraphs, bytes) = text.strip_prefix("§ ")?.split_once(": ")?;
    let (first, last): (usize, usize) = match paragraphs.split_once('-') {
        Some((first, last)) => (first.parse().ok()?, last.parse().ok()?),
        None => (paragraphs.parse().ok()?, paragraphs.parse().ok()?),
    };
    let [first, last] = [first, last].map(Place::paragraph);
    let ranges = ranges(bytes)?;
    (1 <= first.block && first.block <= last.block).then_some(Hit { ranges, first, last })
}

/// `310..341, 350..360`, in order.
fn ranges(text: &str) -> Option<Vec<Range<usize>>> {
    let ranges: Vec<Range<usize>> = text.split(", ").map(range).collect::<Option<_>>()?;
    ranges.windows(2).all(|w| w[0].end <= w[1].start).then_some(ranges)
}

fn range(text: &str) -> Option<Range<usize>> {
    let (start, end) = text.split_once("..")?;
    let range: Range<usize> = start.parse().ok()?..end.parse().ok()?;
    (!range.is_empty()).then_some(range)
}
