//! What a server answered (RFC 9112), as a record holds it.

use super::super::Why;
use super::super::unpack::Budget;

/// An answer.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    /// As sent, but for the chunks of the transfer.
    pub body: Vec<u8>,
}

impl Answer {
    /// Reads a record's block.
    pub(super) fn read(block: &[u8]) -> Option<Self> {
        let mut answer = Self::default();
        let mut rest = block;
        let mut first = true;
        loop {
            let end = memchr::memchr(b'\n', rest)?;
            let line = rest[..end].trim_ascii_end();
            rest = &rest[end + 1..];
            let text = String::from_utf8_lossy(line).into_owned();
            if first {
                answer.status = text.strip_prefix("HTTP/")?.split_whitespace().nth(1)?.parse().ok()?;
                first = false;
            } else if line.is_empty() {
                break;
            } else if let Some((name, value)) = text.split_once(':') {
                answer.headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        let chunked = answer.all("transfer-encoding").any(|coding| coding.eq_ignore_ascii_case("chunked"));
        // Many archives keep the header of a body that they have put together.
        answer.body = if chunked { unchunked(rest).unwrap_or_else(|| rest.to_vec()) } else { rest.to_vec() };
        Some(answer)
    }

    /// A header's first value.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| &**value)
    }

    /// A header's values, split at commas.
    fn all<'s>(&'s self, name: &'s str) -> impl DoubleEndedIterator<Item = &'s str> {
        let named = self.headers.iter().filter(move |(n, _)| n == name);
        named.flat_map(|(_, value)| value.split(',')).map(str::trim)
    }

    /// The body as it was before the server packed it: codings are undone from the last to the first.
    pub(super) fn unpacked(&self, budget: &mut Budget) -> Result<Vec<u8>, Why> {
        self.all("content-encoding").rev().try_fold(self.body.clone(), |body, coding| budget.content(coding, body))
    }

    /// The media type and charset.
    pub(super) fn media_type(&self) -> (String, Option<String>) {
        media_type(self.get("content-type").unwrap_or_default())
    }
}

/// `text/html; charset=utf-8`, split.
pub(super) fn media_type(text: &str) -> (String, Option<String>) {
    let mut parts = text.split(';');
    let kind = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    (kind, charset.filter(|label| !label.is_empty()))
}

/// A body put together from its chunks; nothing where it is not in chunks. One that was cut off is read as far as it goes.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let (mut rest, mut out) = (body, Vec::with_capacity(body.len()));
    loop {
        let end = memchr::memchr(b'\n', rest);
        let Some(end) = end else { return (!out.is_empty()).then_some(out) };
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(&rest[..size.min(rest.len())]);
        rest = rest.get(size..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}
