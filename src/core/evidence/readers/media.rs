//! Pictures, sounds and films: what they show, no reader of texts can find.
//!
//! Their bytes are held to their hash like those of any capture; of what stands in them nothing is looked up. The evidence
//! says in the writer's words what they show (`shows:`), and where: a time, or a region (`xywh=160,120,320,240`, Media
//! Fragments URI 1.0).

use super::{Bounds, Fact, Head, Input, Reader, Text, Why};

/// See the module.
pub(super) const READER: Reader = Reader {
    name: "a picture, a sound or a film",
    endings: &[
        "png", "jpg", "jpeg", "gif", "webp", "avif", "heic", "tif", "tiff", "mp4", "mov", "webm", "mkv", "mp3", "m4a",
        "wav", "ogg", "flac",
    ],
    is,
    read,
};

/// Where signatures stand, and what they are.
const SIGNATURES: &[(usize, &[u8])] = &[
    (0, b"\x89PNG\r\n"),
    (0, b"\xff\xd8\xff"),
    (0, b"GIF87a"),
    (0, b"GIF89a"),
    (0, b"II*\0"),
    (0, b"MM\0*"),
    (8, b"WEBP"),
    (8, b"WAVE"),
    (8, b"AVI "),
    // MP4, QuickTime, HEIC, AVIF, M4A: one family.
    (4, b"ftyp"),
    (0, b"\x1a\x45\xdf\xa3"),
    (0, b"ID3"),
    (0, b"\xff\xfb"),
    (0, b"\xff\xf3"),
    (0, b"OggS"),
    (0, b"fLaC"),
];

fn is(head: &Head<'_>) -> bool {
    SIGNATURES.iter().any(|(at, magic)| head.bytes.get(*at..).is_some_and(|rest| rest.starts_with(magic)))
}

fn read(_: &Input<'_>, _: &Bounds) -> Result<Text, Why> {
    Ok(Text::default().with_facts(vec![Fact::Shows]))
}
