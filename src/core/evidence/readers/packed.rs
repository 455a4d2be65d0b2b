//! A page saved with its parts in a ZIP: SingleFile's packed form, alone (`.zip`) or within a page that unpacks itself
//! (`.html`: the archive stands in a comment, and more HTML follows it).

use super::zipped::{self, Zipped};
use super::{Bounds, Head, Input, Reader, Text, Why};

/// See the module.
pub(super) const READER: Reader = Reader { name: "a saved page (packed)", endings: &["zip"], is, read };

/// The page itself.
const PAGE: &str = "index.html";

fn is(head: &Head<'_>) -> bool {
    (head.starts(b"PK\x03\x04") || head.begins(&["<!doctype html", "<html"])) && zipped::holds(head.bytes, PAGE)
}

fn read(input: &Input<'_>, bounds: &Bounds) -> Result<Text, Why> {
    let mut zip = Zipped::open(READER.name, zipped::without_tail(input.bytes), bounds)?;
    let Some(page) = zip.get(PAGE)? else {
        return Err(Why::Refused {
            what: "an archive (ZIP)",
            hint: "unpack it, and use the file within as the capture",
        });
    };
    super::read(&input.inner("page.html", &page, None), bounds)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn packed(page: &[u8]) -> Vec<u8> {
        let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        out.start_file(PAGE, options).unwrap();
        out.write_all(page).unwrap();
        out.finish().unwrap().into_inner()
    }

    #[test]
    fn bombs_end_within_bounds() {
        let read = |file: &[u8], bounds: &Bounds| super::super::read(&Input::new("a.zip", file), bounds);
        assert_eq!(read(&packed(b"<p>Le pont</p>"), &Bounds::default()).unwrap().as_str(), "Le pont");
        let small = Bounds { unpacked: 1 << 16, ..Bounds::default() };
        let why = read(&packed(&vec![b' '; 4 << 20]), &small).unwrap_err().to_string();
        assert_eq!(why, "this is a saved page (packed) with more bytes once unpacked than are read");
        // Pages within pages that unpack themselves.
        let within = |inner: Vec<u8>| packed(&[b"<html><!--".as_slice(), &inner, b"-->"].concat());
        let nest = (0..20).fold(packed(b"<p>Le pont</p>"), |inner, _| within(inner));
        assert!(read(&nest, &Bounds::default()).unwrap_err().to_string().contains("containers around it"));
    }
}
