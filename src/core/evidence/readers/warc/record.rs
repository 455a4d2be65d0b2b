//! Records of a WARC file: their headers, and where their blocks lie.

use super::super::{Meter, Why};
use super::stream::{At, Stream};

/// What a record is, as far as pages are concerned (`WARC-Type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A server's answer, with its headers.
    Response,
    /// A file without headers: a screenshot, a text, a page that `warcit` packed.
    Resource,
    /// An answer that was the same as one before.
    Revisit,
    /// What the archive says of itself.
    Info,
    /// Requests, metadata and others.
    Other,
}

/// A record's header.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub kind: Kind,
    /// `WARC-Target-URI`.
    pub uri: String,
    /// `WARC-Date`.
    pub date: String,
    /// `WARC-Record-ID`.
    pub id: String,
    /// `WARC-Refers-To`: the id of the record that this one repeats.
    pub refers_to: Option<String>,
    /// `WARC-Payload-Digest`.
    pub digest: Option<String>,
    /// `WARC-Truncated`.
    pub truncated: Option<String>,
    /// `Content-Type` of the block.
    pub media_type: String,
    /// Bytes of the block.
    pub length: u64,
    /// Which file of the archive holds it.
    pub file: usize,
    /// Where its block begins.
    pub block: At,
    /// The file ends within it.
    pub cut: bool,
    /// The first bytes of the block.
    pub head: Vec<u8>,
}

/// As much of a block as tells a page from a picture.
const HEAD: u64 = 2048;

/// The most lines that a header may have.
const LINES: usize = 500;

/// Tells `each` of every record of a file from a place on, until it says to stop. Gives what is left of the meter.
pub(super) fn each(
    bytes: &[u8],
    file: usize,
    from: At,
    meter: Meter,
    mut each: impl FnMut(Record) -> bool,
) -> Result<Meter, Why> {
    let mut stream = Stream::new(bytes, from, meter)?;
    while let Some(mut record) = header(&mut stream)? {
        record.file = file;
        record.block = stream.place();
        record.head = stream.bytes(record.length.min(HEAD))?;
        let whole =
            record.head.len() as u64 == record.length.min(HEAD) && stream.skip(record.length.saturating_sub(HEAD))?;
        record.cut = !whole;
        if !each(record) || !whole {
            break;
        }
    }
    Ok(stream.meter())
}

/// The next header. Anything that is none ends the file.
fn header(stream: &mut Stream<'_>) -> Result<Option<Record>, Why> {
    let mut first = Vec::new();
    while first.is_empty() {
        let Some(line) = stream.line()? else { return Ok(None) };
        first = line;
    }
    if !first.starts_with(b"WARC/") {
        return Ok(None);
    }
    let mut record = Record::default();
    for _ in 0..LINES {
        let Some(line) = stream.line()? else { return Ok(None) };
        if line.is_empty() {
            // The place of the block is that of the next byte, also where it begins a new piece.
            stream.peek()?;
            return Ok(Some(record));
        }
        let line = String::from_utf8_lossy(&line);
        if let Some((name, value)) = line.split_once(':') {
            record.set(&name.to_ascii_lowercase(), value.trim());
        }
    }
    Ok(None)
}

impl Default for Record {
    fn default() -> Self {
        Self {
            kind: Kind::Other,
            uri: String::new(),
            date: String::new(),
            id: String::new(),
            refers_to: None,
            digest: None,
            truncated: None,
            media_type: String::new(),
            length: 0,
            file: 0,
            block: At::default(),
            cut: false,
            head: Vec::new(),
        }
    }
}

impl Record {
    fn set(&mut self, name: &str, value: &str) {
        match name {
            "warc-type" => {
                self.kind = match value {
                    "response" => Kind::Response,
                    "resource" | "conversion" => Kind::Resource,
                    "revisit" => Kind::Revisit,
                    "warcinfo" => Kind::Info,
                    _ => Kind::Other,
                }
            }
            // Some writers of WARC 1.0 set the address between brackets, as the draft's example did.
            "warc-target-uri" => value.trim_matches(['<', '>']).clone_into(&mut self.uri),
            "warc-date" => value.clone_into(&mut self.date),
            "warc-record-id" => value.clone_into(&mut self.id),
            "warc-refers-to" => self.refers_to = Some(value.to_owned()),
            "warc-payload-digest" => self.digest = Some(value.to_ascii_lowercase()),
            "warc-truncated" => self.truncated = Some(value.to_owned()),
            "content-type" => value.clone_into(&mut self.media_type),
            "content-length" => self.length = value.parse().unwrap_or_default(),
            _ => {}
        }
    }

    /// Whether it may be a copy of something that was on the web.
    pub(super) fn is_copy(&self) -> bool {
        matches!(self.kind, Kind::Response | Kind::Resource | Kind::Revisit)
    }
}
