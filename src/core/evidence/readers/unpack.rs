//! Packed bytes, unpacked within bounds.
//!
//! All unpackers read from memory and write into a vector that cannot grow beyond what is left of one budget, so that
//! a bomb costs its budget and no more, however often it is packed.

use std::io::{self, Read};

use super::{Bounds, Why};

/// What may still be unpacked of one capture.
pub(super) struct Budget {
    left: u64,
    what: &'static str,
}

impl Budget {
    /// All that the bounds allow. `what` is the reader's name, for messages.
    pub(super) fn new(what: &'static str, bounds: &Bounds) -> Self {
        Self { left: bounds.unpacked, what }
    }

    /// Everything that a reader gives.
    pub(super) fn all(&mut self, reader: impl Read) -> Result<Vec<u8>, Why> {
        let (bytes, end) = self.as_far_as_it_goes(reader)?;
        end.map(|()| bytes).map_err(|error| self.broken(error.to_string()))
    }

    /// What a reader gives before it ends or fails, and how it ended.
    pub(super) fn as_far_as_it_goes(&mut self, reader: impl Read) -> Result<(Vec<u8>, io::Result<()>), Why> {
        let mut bytes = Vec::new();
        let end = reader.take(self.left.saturating_add(1)).read_to_end(&mut bytes);
        self.spend(bytes.len() as u64)?;
        Ok((bytes, end.map(drop)))
    }

    /// Counts bytes that were unpacked elsewhere.
    pub(super) fn spend(&mut self, bytes: u64) -> Result<(), Why> {
        match self.left.checked_sub(bytes) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(Why::Bound { what: self.what, bound: "bytes once unpacked" }),
        }
    }

    /// The fault of a file that does not hold to its format.
    pub(super) fn broken(&self, reason: impl Into<String>) -> Why {
        Why::Broken { what: self.what, reason: reason.into() }
    }

    /// Undoes one `Content-Encoding` (RFC 9110, section 8.4.1). Bytes that are not packed in the way that is stated come
    /// back as they are: archives often keep the header of a body that they have unpacked.
    pub(super) fn content(&mut self, coding: &str, bytes: Vec<u8>) -> Result<Vec<u8>, Why> {
        let as_it_is = |bytes| Ok(bytes);
        match coding.trim().to_ascii_lowercase().as_str() {
            "" | "identity" => as_it_is(bytes),
            "gzip" | "x-gzip" if bytes.starts_with(&[0x1f, 0x8b]) => {
                self.most(flate2::read::MultiGzDecoder::new(&*bytes))
            }
            "deflate" if flate2::read::ZlibDecoder::new(&*bytes).read(&mut [0]).is_ok_and(|n| n > 0) => {
                self.most(flate2::read::ZlibDecoder::new(&*bytes))
            }
            "deflate" if flate2::read::DeflateDecoder::new(&*bytes).read(&mut [0]).is_ok_and(|n| n > 0) => {
                self.most(flate2::read::DeflateDecoder::new(&*bytes))
            }
            "zstd" if is_zstd(&bytes) => self.zstd(&bytes),
            "br" => {
                let (out, end) = self.as_far_as_it_goes(brotli_decompressor::Decompressor::new(&*bytes, 1 << 14))?;
                // Brotli has no signature: what it cannot read was no Brotli.
                Ok(if end.is_ok() && !out.is_empty() { out } else { bytes })
            }
            "gzip" | "x-gzip" | "deflate" | "zstd" => as_it_is(bytes),
            _ => Err(self.broken(format!("a body is packed with `{}`", coding.trim()))),
        }
    }

    /// A body that was cut off is read as far as it goes; one of which nothing can be read is at fault.
    fn most(&mut self, reader: impl Read) -> Result<Vec<u8>, Why> {
        match self.as_far_as_it_goes(reader)? {
            (bytes, Err(error)) if bytes.is_empty() => Err(self.broken(error.to_string())),
            (bytes, _) => Ok(bytes),
        }
    }

    /// Frames of Zstandard (RFC 8878), one after another.
    pub(super) fn zstd(&mut self, packed: &[u8]) -> Result<Vec<u8>, Why> {
        let (mut rest, mut out) = (packed, Vec::new());
        while is_zstd(rest) {
            let frame = ruzstd::decoding::StreamingDecoder::new(&mut rest).map_err(|e| self.broken(e.to_string()))?;
            out.append(&mut self.all(frame)?);
        }
        Ok(out)
    }
}

/// Whether bytes begin with a frame of Zstandard.
pub(super) fn is_zstd(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd])
}
