//! Files that no reader reads, by their signatures: what they are, and what to do instead.

use super::{Head, Why};

/// A kind of file that is known and not read.
struct Kind {
    what: &'static str,
    /// Where the signature stands.
    at: usize,
    magic: &'static [u8],
    hint: &'static str,
}

const TEXT: &str = "save the page or its text as .html, .txt or .md";
const PICTURE: &str = "type the words that it shows into a .txt file, and say in `method` who typed them and how";
const SOUND: &str = "use a transcript as the capture: .txt, with who said what";
const UNPACK: &str = "unpack it, and use the file within as the capture";
const EXPORT: &str = "open it, and save it as .html or .txt";

const fn kind(what: &'static str, at: usize, magic: &'static [u8], hint: &'static str) -> Kind {
    Kind { what, at, magic, hint }
}

/// Longer signatures stand before shorter ones that they begin with.
#[rustfmt::skip]
const KINDS: &[Kind] = &[
    kind("a PDF", 0, b"%PDF-", "save its text as .txt, for example with `pdftotext`"),
    kind("a picture (PNG)", 0, b"\x89PNG", PICTURE),
    kind("a picture (JPEG)", 0, b"\xff\xd8\xff", PICTURE),
    kind("a picture (GIF)", 0, b"GIF8", PICTURE),
    kind("a picture (TIFF)", 0, b"II*\0", PICTURE),
    kind("a picture (TIFF)", 0, b"MM\0*", PICTURE),
    kind("a picture (BMP)", 0, b"BM\0", PICTURE),
    kind("a picture (WebP)", 8, b"WEBP", PICTURE),
    kind("a picture (HEIC)", 4, b"ftypheic", PICTURE),
    kind("a picture (AVIF)", 4, b"ftypavif", PICTURE),
    kind("a sound (WAV)", 8, b"WAVE", SOUND),
    kind("a film (AVI)", 8, b"AVI ", SOUND),
    kind("a film or sound (MP4)", 4, b"ftyp", SOUND),
    kind("a film (Matroska, WebM)", 0, b"\x1a\x45\xdf\xa3", SOUND),
    kind("a sound (MP3)", 0, b"ID3", SOUND),
    kind("a sound or film (Ogg)", 0, b"OggS", SOUND),
    kind("a sound (FLAC)", 0, b"fLaC", SOUND),
    kind("a page saved by Safari (webarchive)", 0, b"bplist00", "save the page from Safari as « Page Source », or from another browser"),
    kind("a document of older Word, Excel or Outlook", 0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", EXPORT),
    kind("a document in RTF", 0, b"{\\rtf", EXPORT),
    kind("a document in PostScript", 0, b"%!PS", EXPORT),
    kind("a drawing (DjVu)", 0, b"AT&TFORM", EXPORT),
    kind("a book for Kindle", 60, b"BOOKMOBI", EXPORT),
    kind("a database (SQLite)", 0, b"SQLite format 3\0", "export what you quote as .txt"),
    kind("an archive (7z)", 0, b"7z\xbc\xaf\x27\x1c", UNPACK),
    kind("an archive (RAR)", 0, b"Rar!\x1a\x07", UNPACK),
    kind("an archive (ZIP)", 0, b"PK\x03\x04", UNPACK),
    kind("an archive (ZIP) of nothing", 0, b"PK\x05\x06", UNPACK),
    kind("an archive (xz)", 0, b"\xfd7zXZ\0", UNPACK),
    kind("an archive (bzip2)", 0, b"BZh", UNPACK),
    kind("an archive (Zstandard)", 0, b"\x28\xb5\x2f\xfd", UNPACK),
    kind("an archive (gzip)", 0, b"\x1f\x8b", UNPACK),
    kind("an archive (tar)", 257, b"ustar", UNPACK),
    kind("a font", 0, b"wOF", TEXT),
    kind("a program", 0, b"\x7fELF", TEXT),
    kind("a program", 0, b"MZ\x90", TEXT),
];

/// What a file is that no reader reads.
pub fn name(head: &Head<'_>) -> Why {
    match by_signature(head.bytes) {
        Some(kind) => Why::Refused { what: kind.what, hint: kind.hint },
        None => Why::Refused { what: "a file of bytes, not of characters", hint: TEXT },
    }
}

/// Whether bytes are known for no text.
pub fn is_refused(bytes: &[u8]) -> bool {
    by_signature(bytes).is_some()
}

fn by_signature(bytes: &[u8]) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| bytes.get(kind.at..).is_some_and(|rest| rest.starts_with(kind.magic)))
}

/// Whether bytes are characters at all.
pub(super) fn is_text(head: &Head<'_>) -> bool {
    let utf16 = head.starts(b"\xff\xfe") || head.starts(b"\xfe\xff");
    !is_refused(head.bytes) && (utf16 || !head.bytes.contains(&0))
}
