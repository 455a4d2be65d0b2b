//! ZIP archives (APPNOTE 6.3), held in memory: what DOCX, ODT, EPUB, WACZ and SingleFile's packed pages lie in.

use std::io::Cursor;

use zip::ZipArchive;

use super::unpack::Budget;
use super::{Bounds, Why};

/// An archive and what may still be unpacked of it.
pub(super) struct Zipped<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    bytes: &'a [u8],
    pub budget: Budget,
}

impl<'a> Zipped<'a> {
    /// Opens an archive. `what` is the reader's name.
    pub(super) fn open(what: &'static str, bytes: &'a [u8], bounds: &Bounds) -> Result<Self, Why> {
        // Each entry of the directory costs memory before it is known to be one: count their signatures first.
        if memchr::memmem::find_iter(bytes, b"PK\x01\x02").nth(bounds.entries).is_some() {
            return Err(Why::Bound { what, bound: "entries" });
        }
        let budget = Budget::new(what, bounds);
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| budget.broken(error.to_string()))?;
        Ok(Self { archive, bytes, budget })
    }

    /// The names of its files, in the order of the directory.
    pub(super) fn names(&self) -> Vec<String> {
        let name = |i| Some(self.archive.name_for_index(i)?.ok()?.into_owned());
        (0..self.archive.len()).filter_map(name).collect()
    }

    /// A file, unpacked; nothing where there is none of this name.
    pub(super) fn get(&mut self, name: &str) -> Result<Option<Vec<u8>>, Why> {
        match self.archive.by_name(name) {
            Ok(file) => self.budget.all(file).map(Some),
            Err(zip::result::ZipError::FileNotFound) => Ok(None),
            Err(error) => Err(self.budget.broken(format!("{}: {error}", name.escape_debug()))),
        }
    }

    /// A file that must be there.
    pub(super) fn must(&mut self, name: &str) -> Result<Vec<u8>, Why> {
        self.get(name)?.ok_or_else(|| self.budget.broken(format!("it has no `{}`", name.escape_debug())))
    }

    /// The bytes of a file as they lie in the archive, where they are not packed.
    pub(super) fn stored(&mut self, name: &str) -> Option<&'a [u8]> {
        let file = self.archive.by_name(name).ok()?;
        let start = usize::try_from(file.data_start()?).ok()?;
        let length = usize::try_from(file.size()).ok()?;
        (file.compression() == zip::CompressionMethod::Stored && !file.encrypted())
            .then(|| self.bytes.get(start..start.checked_add(length)?))?
    }
}

/// Whether bytes are a ZIP whose directory names a file.
pub(super) fn holds(bytes: &[u8], name: &str) -> bool {
    directory(bytes).is_some_and(|directory| memchr::memmem::find(directory, name.as_bytes()).is_some())
}

/// Whether an archive says by its first entry that it is of a type (as OpenDocument and EPUB do).
pub(super) fn says(bytes: &[u8], media_type: &str) -> bool {
    bytes.starts_with(b"PK\x03\x04")
        && bytes.get(30..38) == Some(b"mimetype")
        && bytes[38..].starts_with(media_type.as_bytes())
}

/// The central directory, or the end of the file where only ZIP64 knows where it begins.
fn directory(bytes: &[u8]) -> Option<&[u8]> {
    let tail = bytes.len().saturating_sub(1 << 17);
    let end = memchr::memmem::rfind(&bytes[tail..], b"PK\x05\x06")? + tail;
    let number = |at: usize| Some(u32::from_le_bytes(bytes.get(end + at..end + at + 4)?.try_into().ok()?));
    let size = usize::try_from(number(12)?).ok()?;
    let start = if size == u32::MAX as usize { end.saturating_sub(1 << 20) } else { end.saturating_sub(size) };
    bytes.get(start..end)
}

/// An archive without what stands after its end.
pub(super) fn without_tail(bytes: &[u8]) -> &[u8] {
    let Some(end) = memchr::memmem::rfind(bytes, b"PK\x05\x06") else { return bytes };
    let comment = bytes.get(end + 20..end + 22).map_or(0, |b| usize::from(u16::from_le_bytes([b[0], b[1]])));
    bytes.get(..end + 22 + comment).unwrap_or(bytes)
}
