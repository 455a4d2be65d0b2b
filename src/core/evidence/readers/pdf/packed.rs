//! How much a PDF unpacks to, found out before anybody unpacks it.
//!
//! The library that reads PDFs unpacks a stream whole, however large it becomes. So every stream of the file is unpacked
//! here first, into nothing, and what comes out is counted: Flate, LZW and what stands around them (ASCII85, hexadecimal),
//! also within one another. Streams that are encrypted cannot be looked into: such a file may be large only if little of it
//! is not pictures, which is not known, so its size itself is bounded ([`ENCRYPTED`]).

use std::io::Read;

use flate2::bufread::ZlibDecoder;

use super::super::{Meter, Why};

/// As large as an encrypted PDF may be, in bytes.
const ENCRYPTED: usize = 32 << 20;
/// As deep as streams are packed in one another.
const DEPTH: usize = 4;

/// Counts what comes out of all streams.
pub(super) fn measure(what: &'static str, bytes: &[u8], most: u64) -> Result<(), Why> {
    let mut meter = Meter::new(what, "bytes once unpacked", most);
    let encrypted = memchr::memmem::rfind(bytes, b"/Encrypt").is_some();
    if encrypted && bytes.len() > ENCRYPTED {
        return Err(Why::Bound { what, bound: "encrypted bytes" });
    }
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        if bytes[..at].ends_with(b"end") {
            continue;
        }
        let rest = &bytes[at + 6..];
        let rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        let dict = &bytes[at.saturating_sub(400)..at];
        let has = |name: &[u8]| memchr::memmem::find(dict, name).is_some();
        let of_length = || {
            let end = memchr::memmem::find(rest, b"endstream").unwrap_or(rest.len());
            &rest[..end]
        };
        if has(b"ASCII85") || has(b"/A85") {
            let raw = ascii85(of_length());
            packed(&raw, DEPTH, has(b"LZW"), &mut meter)?;
        } else if has(b"ASCIIHex") || has(b"/AHx") {
            let raw = hex(of_length());
            packed(&raw, DEPTH, has(b"LZW"), &mut meter)?;
        } else if has(b"LZW") {
            packed(of_length(), DEPTH, true, &mut meter)?;
        } else {
            packed(rest, DEPTH, false, &mut meter)?;
        }
    }
    Ok(())
}

/// Counts what one stream unpacks to. What is not packed costs nothing.
fn packed(bytes: &[u8], depth: usize, is_lzw: bool, meter: &mut Meter) -> Result<(), Why> {
    if depth == 0 {
        return Ok(());
    }
    if is_lzw {
        return lzw(bytes, meter);
    }
    if !is_zlib(bytes) {
        return Ok(());
    }
    let mut decoder = ZlibDecoder::new(bytes);
    let mut piece = vec![0; 1 << 16];
    let mut first = Vec::new();
    while let Ok(count @ 1..) = decoder.read(&mut piece) {
        meter.take(count as u64)?;
        // Packed twice: the inner one is unpacked as well.
        if (first.is_empty() && is_zlib(&piece[..count])) || (!first.is_empty() && first.len() < 1 << 24) {
            first.extend_from_slice(&piece[..count]);
        }
    }
    packed(&first, depth - 1, false, meter)
}

fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [a, b, ..] if a & 0x0f == 8 && (u16::from(*a) << 8 | u16::from(*b)).is_multiple_of(31))
}

/// The length of what an LZW stream (ISO 32000-2, section 7.4.4) unpacks to: only the lengths of its words are kept.
fn lzw(bytes: &[u8], meter: &mut Meter) -> Result<(), Why> {
    let mut lengths: Vec<u64> = vec![1; 258];
    let (mut width, mut bits, mut held, mut before) = (9u32, 0u32, 0u32, 0u64);
    for &byte in bytes {
        bits = bits << 8 | u32::from(byte);
        held += 8;
        if held < width {
            continue;
        }
        let code = (bits >> (held - width)) & ((1 << width) - 1);
        held -= width;
        bits &= (1 << held) - 1;
        match code {
            256 => {
                lengths.truncate(258);
                (width, before) = (9, 0);
                continue;
            }
            257 => return Ok(()),
            _ => {}
        }
        let length = lengths.get(code as usize).copied().unwrap_or(before + 1);
        meter.take(length)?;
        if before > 0 && lengths.len() < 4096 {
            lengths.push(before + 1);
        }
        before = length;
        width = match lengths.len() + 1 {
            0..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
    }
    Ok(())
}

fn ascii85(text: &[u8]) -> Vec<u8> {
    let (mut out, mut group, mut count) = (Vec::with_capacity(text.len() / 5 * 4), 0u32, 0);
    for &byte in text {
        match byte {
            b'z' if count == 0 => out.extend([0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                count += 1;
                if count == 5 {
                    out.extend(group.to_be_bytes());
                    (group, count) = (0, 0);
                }
            }
            b'~' => break,
            _ => {}
        }
    }
    if count > 1 {
        let padded = (count..5).fold(group, |group, _| group.wrapping_mul(85).wrapping_add(84));
        out.extend(&padded.to_be_bytes()[..count - 1]);
    }
    out
}

fn hex(text: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> =
        text.iter().take_while(|b| **b != b'>').filter_map(|b| (*b as char).to_digit(16)).map(|d| d as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or_default()).collect()
}
