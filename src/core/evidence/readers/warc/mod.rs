//! Web archives: WARC (ISO 28500; `.warc`, `.warc.gz`, `.warc.zst`) and [`wacz`] around it.
//!
//! 1. [`stream`] unpacks a file piece by piece and knows where each record begins; [`record`] reads records' headers.
//! 2. [`page`] finds the copies of the page that the sheet names by `url`, and, where several differ, by `at`; follows
//!    redirects within the archive, and a revisit to the record that it repeats.
//! 3. [`http`] undoes what the server did to the body; what it holds is read as the file that it is.
//!
//! An archive may be larger than memory should be: bytes that are passed over are counted, not kept.

mod http;
mod page;
mod record;
mod stream;
pub(super) mod wacz;

use super::unpack::Budget;
use super::{Bounds, Head, Input, Reader, Text, Why};

/// See the module.
pub(super) const READER: Reader = Reader { name: "a web archive (WARC)", endings: &["warc"], is, read };

fn is(head: &Head<'_>) -> bool {
    let begins = |bytes: &[u8]| bytes.starts_with(b"WARC/");
    begins(head.bytes)
        || (head.starts(&[0x1f, 0x8b]) && stream::begins(head.bytes).is_some_and(|first| begins(&first)))
        || (super::unpack::is_zstd(head.bytes) && stream::begins(head.bytes).is_some_and(|first| begins(&first)))
}

fn read(input: &Input<'_>, bounds: &Bounds) -> Result<Text, Why> {
    let files = [(String::new(), input.bytes)];
    let archive = page::Archive::new(READER.name, &files, bounds);
    archive.read(input, None, &mut Budget::new(READER.name, bounds))
}

#[cfg(test)]
mod tests;
