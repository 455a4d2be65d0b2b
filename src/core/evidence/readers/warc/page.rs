//! The copy of a page in a web archive.

use super::super::unpack::Budget;
use super::super::{Bounds, Fact, Input, Meter, Text, Why};
use super::http::{self, Answer};
use super::record::{self, Kind, Record};
use super::stream::{At, Stream};
use crate::base::url::unpercent;

/// As many copies of one page as are compared.
const COPIES: usize = 50;
/// As many redirects as are followed.
const REDIRECTS: usize = 5;
/// As many addresses as a message names.
const NEAR: usize = 5;
/// How many times more bytes may be passed over than kept.
const PASSED: u64 = 16;

/// The WARC files of an archive.
pub(super) struct Archive<'a> {
    what: &'static str,
    files: &'a [(String, &'a [u8])],
    bounds: &'a Bounds,
}

/// Where an index says that copies of the page lie.
pub(super) type Index = Vec<(usize, At)>;

impl<'a> Archive<'a> {
    pub(super) fn new(what: &'static str, files: &'a [(String, &'a [u8])], bounds: &'a Bounds) -> Self {
        Self { what, files, bounds }
    }

    /// Reads the page that is wanted. An index helps to find it; the records decide.
    pub(super) fn read(&self, input: &Input<'_>, index: Option<Index>, budget: &mut Budget) -> Result<Text, Why> {
        let found = match input.want.url {
            Some(url) => self.copies(url, index)?,
            None => self.only_page()?,
        };
        let url = input.want.url.map_or_else(|| found[0].uri.clone(), str::to_owned);
        let found = at(found, input.want.at, input.want.on, &url)?;
        let mut read: Vec<(String, Text)> = Vec::new();
        let mut fault = None;
        for copy in found.iter().take(COPIES) {
            match self.copy(copy, input, budget) {
                Ok(text) if read.iter().any(|(_, known)| known.as_str() == text.as_str()) => {}
                Ok(text) => read.push((copy.date.clone(), text)),
                Err(bound @ Why::Bound { .. }) => return Err(bound),
                Err(why) => fault = fault.or(Some(why)),
            }
        }
        // What a server said instead of the page counts only where there is no page.
        let is_page = |text: &Text| !text.facts().iter().any(|fact| matches!(fact, Fact::Status(_)));
        if read.iter().any(|(_, text)| is_page(text)) {
            read.retain(|(_, text)| is_page(text));
        }
        match (read.len(), fault) {
            (1, _) => Ok(read.remove(0).1.with_facts(self.maker()?.into_iter().collect())),
            (0, Some(why)) => Err(why),
            (0, None) => Err(Why::NoRecord { url, near: Vec::new() }),
            _ => Err(Why::Copies { url, at: read.into_iter().map(|(date, _)| date).take(NEAR).collect() }),
        }
    }

    fn meter(&self) -> Meter {
        Meter::new(self.what, "bytes once unpacked", self.bounds.unpacked.saturating_mul(PASSED))
    }

    /// Every record that is wanted, in the order of the files.
    fn find(&self, mut wanted: impl FnMut(&Record) -> bool) -> Result<Vec<Record>, Why> {
        let (mut found, mut meter) = (Vec::new(), self.meter());
        for (n, (_, bytes)) in self.files.iter().enumerate() {
            meter = record::each(bytes, n, At::default(), meter, |record| {
                if wanted(&record) {
                    // Thousands of beginnings would be much memory.
                    found.push(Record { head: Vec::new(), ..record });
                }
                found.len() <= self.bounds.entries
            })?;
        }
        Ok(found)
    }

    /// The copies of a page: those under exactly its address, else under one that differs in form alone.
    fn copies(&self, url: &str, index: Option<Index>) -> Result<Vec<Record>, Why> {
        let plain = form(url);
        let indexed = self.indexed(&plain, index.unwrap_or_default())?;
        let exact = |found: &[Record]| found.iter().filter(|record| record.uri == url).cloned().collect::<Vec<_>>();
        if !exact(&indexed).is_empty() {
            return Ok(exact(&indexed));
        }
        let found = self.find(|record| record.is_copy() && form(&record.uri) == plain)?;
        if found.is_empty() {
            return Err(Why::NoRecord { url: url.to_owned(), near: self.near(url)? });
        }
        Ok(if exact(&found).is_empty() { found } else { exact(&found) })
    }

    /// The copies that an index leads to. One that leads elsewhere is no help: then all records are asked.
    fn indexed(&self, plain: &str, index: Index) -> Result<Vec<Record>, Why> {
        let mut found = Vec::new();
        for (file, place) in index.into_iter().take(COPIES) {
            let Some((_, bytes)) = self.files.get(file) else { continue };
            record::each(bytes, file, place, self.meter(), |record| {
                if record.is_copy() && form(&record.uri) == plain {
                    found.push(record);
                }
                false
            })?;
        }
        Ok(found)
    }

    /// Pages of the same host, else any.
    fn near(&self, url: &str) -> Result<Vec<String>, Why> {
        let host = host(&form(url)).to_owned();
        let mut pages: Vec<String> = self.find(is_page)?.into_iter().map(|record| record.uri).collect();
        pages.sort();
        pages.dedup();
        pages.sort_by_key(|page| self::host(&form(page)) != host);
        pages.truncate(NEAR);
        Ok(pages)
    }

    /// The page of an archive that holds a single one.
    fn only_page(&self) -> Result<Vec<Record>, Why> {
        let pages = self.find(is_page)?;
        let mut addresses: Vec<String> = pages.iter().map(|record| form(&record.uri)).collect();
        addresses.sort();
        addresses.dedup();
        match addresses.len() {
            1 => Ok(pages),
            _ => {
                let mut near: Vec<String> = pages.into_iter().map(|record| record.uri).collect();
                near.dedup();
                near.truncate(NEAR);
                Err(Why::NoRecord { url: "a page that is not named".into(), near })
            }
        }
    }

    /// One copy, as text.
    fn copy(&self, copy: &Record, input: &Input<'_>, budget: &mut Budget) -> Result<Text, Why> {
        let mut record = copy.clone();
        for _ in 0..=REDIRECTS {
            let original = if record.kind == Kind::Revisit { self.original(&record)? } else { record.clone() };
            let block = self.block(&original, budget)?;
            let mut facts = vec![Fact::Address(copy.uri.as_str().into()), Fact::MadeAt(copy.date.as_str().into())];
            if original.kind == Kind::Resource {
                return Ok(self.text(&original, input, &original.media_type, &block)?.with_facts(facts));
            }
            let Some(answer) = Answer::read(&block) else {
                return Err(
                    budget.broken(format!("the copy of {} does not begin as an answer of a server", record.uri))
                );
            };
            if let Some(target) = answer.get("location").filter(|_| (300..400).contains(&answer.status)) {
                let target = resolve(&record.uri, target);
                let mut next = self.find(|r| r.is_copy() && r.uri == target)?;
                // The copy that was made in the same visit is the first one not before the redirect.
                next.sort_by(|a, b| a.date.cmp(&b.date));
                let position = next.iter().position(|r| r.date >= record.date).unwrap_or(next.len().saturating_sub(1));
                match next.into_iter().nth(position) {
                    Some(next) => record = next,
                    None => return Err(Why::NoRecord { url: target, near: Vec::new() }),
                }
                continue;
            }
            let body = answer.unpacked(budget)?;
            facts.extend((answer.status >= 400).then_some(Fact::Status(answer.status)));
            facts.extend(truncated(&original, &answer));
            let media_type = answer.get("content-type").unwrap_or_default();
            return Ok(self.text(&original, input, media_type, &body)?.with_facts(facts));
        }
        Err(budget.broken("its redirects lead round in a circle"))
    }

    /// A body as text. `media_type` is that of the record or of the server's answer.
    fn text(&self, original: &Record, input: &Input<'_>, media_type: &str, body: &[u8]) -> Result<Text, Why> {
        let (kind, charset) = http::media_type(media_type);
        let name = format!("copy.{}", ending(&kind, &original.uri));
        let text = super::super::read(&input.inner(&name, body, charset.as_deref()), self.bounds)?;
        let cut = original.cut && original.truncated.is_none();
        Ok(text.with_facts(cut.then(|| Fact::Truncated("the file ends".into())).into_iter().collect()))
    }

    /// The record that a revisit repeats: by its id, else by the digest of its payload.
    fn original(&self, revisit: &Record) -> Result<Record, Why> {
        let named = |record: &Record| record.kind != Kind::Revisit && revisit.refers_to.as_ref() == Some(&record.id);
        let by_id = revisit.refers_to.as_ref().map_or(Ok(Vec::new()), |_| self.find(named))?;
        // An id whose record has another payload is a mistake of the archive.
        let fits =
            |record: &Record| revisit.digest.is_none() || record.digest.is_none() || revisit.digest == record.digest;
        if let Some(record) = by_id.into_iter().find(fits) {
            return Ok(record);
        }
        let same = |record: &Record| record.kind == Kind::Response && record.digest == revisit.digest;
        let by_digest = revisit.digest.as_ref().map_or(Ok(Vec::new()), |_| self.find(same))?;
        by_digest.into_iter().next().ok_or_else(|| Why::Broken {
            what: self.what,
            reason: format!(
                "the copy of {} only says that it is the same as an earlier one, which is not there",
                revisit.uri
            ),
        })
    }

    fn block(&self, record: &Record, budget: &mut Budget) -> Result<Vec<u8>, Why> {
        let Some((_, bytes)) = self.files.get(record.file) else { return Ok(Vec::new()) };
        budget.spend(record.length.min(bytes.len() as u64))?;
        Stream::new(bytes, record.block, self.meter())?.bytes(record.length)
    }

    /// What the archive says of the program that made it.
    fn maker(&self) -> Result<Option<Fact>, Why> {
        let Some((_, bytes)) = self.files.first() else { return Ok(None) };
        let mut software = None;
        record::each(bytes, 0, At::default(), self.meter(), |record| {
            if record.kind == Kind::Info {
                let text = String::from_utf8_lossy(&record.head).into_owned();
                let line = text.lines().find_map(|line| line.strip_prefix("software:").map(|s| s.trim().to_owned()));
                software = line;
            }
            false
        })?;
        Ok(software.map(|software| Fact::MadeBy(software.into())))
    }
}

/// The copies made when the sheet says: as many digits of a time as it gives.
/// The day that the sheet gives for the capture tells them apart only where it is that of one.
fn at(found: Vec<Record>, at: Option<&str>, on: Option<&str>, url: &str) -> Result<Vec<Record>, Why> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let fits = |wanted: &str| -> Vec<Record> {
        found.iter().filter(|record| digits(&record.date).starts_with(wanted)).cloned().collect()
    };
    let Some(wanted) = at.map(digits).filter(|wanted| !wanted.is_empty()) else {
        let of_day = on.map(|on| fits(&digits(on))).unwrap_or_default();
        return Ok(if of_day.is_empty() { found } else { of_day });
    };
    let fits = fits(&wanted);
    if fits.is_empty() {
        let near = found.into_iter().map(|record| format!("one of {}", record.date)).take(NEAR).collect();
        return Err(Why::NoRecord { url: format!("{url} of {}", at.unwrap_or_default()), near });
    }
    Ok(fits)
}

/// Whether the copy was cut off: where the archive says so, and the server had announced more.
fn truncated(record: &Record, answer: &Answer) -> Option<Fact> {
    let reason = record.truncated.as_deref()?;
    let announced: Option<usize> = answer.get("content-length").and_then(|length| length.parse().ok());
    (announced != Some(answer.body.len())).then(|| Fact::Truncated(reason.into()))
}

/// Whether a record holds a page: something that a reader reads as text.
fn is_page(record: &Record) -> bool {
    let html = |kind: &str| matches!(kind, "text/html" | "application/xhtml+xml");
    match record.kind {
        Kind::Resource => html(&http::media_type(&record.media_type).0) && !record.uri.starts_with("urn:"),
        Kind::Response => Answer::read(&record.head)
            .is_some_and(|answer| (200..300).contains(&answer.status) && html(&answer.media_type().0)),
        _ => false,
    }
}

/// The ending under which a body is read; where the server gave no useful type, that of the address.
fn ending(kind: &str, uri: &str) -> String {
    let known = match kind {
        "text/html" | "application/xhtml+xml" => "html",
        "application/pdf" => "pdf",
        "text/plain" => "txt",
        "text/markdown" => "md",
        "text/vtt" => "vtt",
        "application/json" => "json",
        "application/ttml+xml" => "ttml",
        _ => "",
    };
    let path = uri.split(['?', '#']).next().unwrap_or_default();
    let own = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, ending)| ending);
    if known.is_empty() { own.to_ascii_lowercase() } else { known.to_owned() }
}

/// An address without what is form alone: case of scheme and host, `http` or `https`, a default port, escapes of letters,
/// a fragment. Paths and queries keep their case, as servers may tell them apart.
fn form(url: &str) -> String {
    let url = url.split('#').next().unwrap_or_default();
    let Some((_, rest)) = url.split_once("://") else { return url.to_owned() };
    let split = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(split);
    let host = host.to_lowercase();
    let host = host.strip_suffix(":80").or_else(|| host.strip_suffix(":443")).unwrap_or(&host);
    let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
    format!("{host}{}", unpercent(&path))
}

fn host(form: &str) -> &str {
    form.split('/').next().unwrap_or_default()
}

/// The target of a redirect (RFC 3986, section 5, as far as servers use it).
fn resolve(base: &str, target: &str) -> String {
    let target = target.split('#').next().unwrap_or_default();
    if target.contains("://") {
        return target.to_owned();
    }
    let (scheme, rest) = base.split_once("://").unwrap_or(("https", base));
    let host_end = rest.find(['/', '?']).unwrap_or(rest.len());
    if let Some(rest) = target.strip_prefix("//") {
        return format!("{scheme}://{rest}");
    }
    if target.starts_with('/') {
        return format!("{scheme}://{}{target}", &rest[..host_end]);
    }
    let path = rest[host_end..].split('?').next().unwrap_or_default();
    let folder = path.rfind('/').map_or("/", |end| &path[..=end]);
    format!("{scheme}://{}{folder}{target}", &rest[..host_end])
}
