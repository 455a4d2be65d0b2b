//! Tokens of timestamp authorities (RFC 3161): what is asked, and what an answer proves.

use der::{AnyRef, Decode, Encode, Tag, Tagged};
use jiff::Timestamp;
use ring::digest::digest;

pub use super::cms::Wrong;
use super::cms::{Signed, digest_of, fields};
use crate::evidence::sha256::Sha256;

/// `id-ct-TSTInfo`.
const TST_INFO: &str = "1.2.840.113549.1.9.16.1.4";

/// What a token proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// When the authority saw the bytes (ISO, universal time, whole seconds).
    pub at: String,
    /// The last day of the certificate that signed (ISO date).
    pub until: String,
    /// The number that was asked with, if it was.
    pub nonce: Option<Vec<u8>>,
}

/// A `TimeStampReq` over the SHA-256 of some bytes, which asks for the certificates too. `nonce` keeps an answer from being
/// an old one; its first bit is not used.
///
/// ```
/// # use sourcebook_core::evidence::{sha256::Sha256, signing::token::request};
/// let request = request(Sha256::of(b"lock"), [0x7f; 8]);
/// assert_eq!((request.len(), request[0]), (69, 0x30));
/// ```
pub fn request(hash: Sha256, nonce: [u8; 8]) -> Vec<u8> {
    // DER of fixed lengths: SEQUENCE { 1, { { sha256, NULL }, hash }, nonce, certReq TRUE }.
    const HEAD: [u8; 24] = [
        0x30, 0x43, 0x02, 0x01, 0x01, 0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04,
        0x02, 0x01, 0x05, 0x00, 0x04, 0x20,
    ];
    let mut out = HEAD.to_vec();
    out.extend(hash.0);
    out.extend([0x02, 0x08]);
    out.extend(nonce_of(nonce));
    out.extend([0x01, 0x01, 0xff]);
    out
}

/// The bytes of a nonce as an INTEGER of exactly eight.
pub fn nonce_of(mut nonce: [u8; 8]) -> [u8; 8] {
    nonce[0] = (nonce[0] & 0x7f) | 0x40;
    nonce
}

/// Checks an authority's answer (`TimeStampResp`) about some bytes: that it was granted, that it is about these bytes, its
/// signature, and that the certificate led to one of `trusted` (PEM) at the token's own time.
///
/// # Errors
/// Something of that is not so.
pub fn check(answer: &[u8], bytes: &[u8], trusted: &[u8]) -> Result<Checked, Wrong> {
    let envelope = granted(answer)?;
    let signed = Signed::read(&envelope)?;
    if signed.kind != TST_INFO {
        return Err(Wrong::Form("it is no timestamp"));
    }
    let info = Info::read(signed.content).ok_or(Wrong::Form("what the timestamp says"))?;
    if digest(digest_of(info.algorithm)?, bytes).as_ref() != info.hash {
        return Err(Wrong::Other);
    }
    let seconds = u64::try_from(info.at.as_second()).map_err(|_| Wrong::Form("its time"))?;
    let certificate = signed.check(seconds, trusted)?;
    let until = last_moment(&certificate.until).ok_or(Wrong::Form("its certificate"))?;
    let day = until.to_string().get(..10).unwrap_or_default().to_owned();
    let at = Timestamp::from_second(info.at.as_second()).map_err(|_| Wrong::Form("its time"))?;
    Ok(Checked { at: at.to_string(), until: day, nonce: info.nonce })
}

/// The token of an answer that was granted.
fn granted(answer: &[u8]) -> Result<Vec<u8>, Wrong> {
    let broken = || Wrong::Form("it is no answer of a timestamp authority");
    let parts = AnyRef::from_der(answer).ok().and_then(fields).ok_or_else(broken)?;
    let status = parts.first().copied().and_then(fields).ok_or_else(broken)?;
    let number = status.first().filter(|n| n.tag() == Tag::Integer).map(|n| n.value()).ok_or_else(broken)?;
    match (number, parts.get(1)) {
        ([0 | 1], Some(token)) => token.to_der().map_err(|_| broken()),
        (number, _) => {
            let words = status.get(1).and_then(|texts| fields(*texts));
            let words = words.iter().flatten().map(|text| String::from_utf8_lossy(text.value()).into_owned());
            let words: Vec<String> = words.map(|text| text.escape_debug().to_string()).collect();
            let number = number.first().copied().unwrap_or_default();
            Err(Wrong::Refused(format!(
                "status {number}{}",
                words.iter().map(|w| format!(": {w}")).collect::<String>()
            )))
        }
    }
}

/// A `TSTInfo`, as far as it matters here.
struct Info<'a> {
    algorithm: AnyRef<'a>,
    hash: &'a [u8],
    at: Timestamp,
    nonce: Option<Vec<u8>>,
}

impl<'a> Info<'a> {
    fn read(content: &'a [u8]) -> Option<Self> {
        let parts = fields(AnyRef::from_der(content).ok()?)?;
        let [version, _policy, imprint, _serial, at, rest @ ..] = parts.as_slice() else { return None };
        if version.value() != [1] {
            return None;
        }
        let imprint = fields(*imprint)?;
        let [algorithm, hash] = imprint.as_slice() else { return None };
        let nonce = rest.iter().find(|field| field.tag() == Tag::Integer).map(|nonce| nonce.value().to_vec());
        Some(Self { algorithm: *algorithm, hash: hash.value(), at: time(*at)?, nonce })
    }
}

/// A `GeneralizedTime` as RFC 3161 wants it: `20261127160001Z`, also with fractions of a second, which are dropped.
fn time(any: AnyRef<'_>) -> Option<Timestamp> {
    let text = std::str::from_utf8(any.value()).ok().filter(|_| any.tag() == Tag::GeneralizedTime)?;
    let whole = text.strip_suffix('Z')?;
    let (whole, part) = whole.split_once('.').unwrap_or((whole, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if whole.len() != 14 || !digits(whole) || !digits(part) {
        return None;
    }
    let (d, t) = whole.split_at(8);
    format!("{}-{}-{}T{}:{}:{}Z", &d[..4], &d[4..6], &d[6..], &t[..2], &t[2..4], &t[4..]).parse().ok()
}

/// The end of a certificate's time: a `UTCTime` (`300101000000Z`, of this century before 50) or a `GeneralizedTime`.
fn last_moment((tag, text): &(Tag, Vec<u8>)) -> Option<Timestamp> {
    let text = std::str::from_utf8(text).ok()?;
    let whole = match tag {
        Tag::UtcTime => format!("{}{text}", if text.get(..2)? < "50" { "20" } else { "19" }),
        _ => text.to_owned(),
    };
    time(AnyRef::new(Tag::GeneralizedTime, whole.as_bytes()).ok()?)
}
