use std::io::Write as _;

use super::super::{Bounds, Input, Why, read};
use super::{number, resolve};

fn book(nav: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let container = "<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>";
    let package = "<package><manifest><item id='n' href='nav.xhtml' properties='nav'/><item id='a' href='text/a%20b.xhtml'/>\
        <item id='b' href='text/b.xhtml'/></manifest><spine><itemref idref='a'/><itemref idref='b'/></spine></package>";
    let page = |words: &str| format!("<html xmlns='http://www.w3.org/1999/xhtml'><body><p>{words}</p></body></html>");
    let (one, two) = (page("Le pont&#160;!"), page("La rive."));
    let mut files = vec![
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", container),
        ("OEBPS/book.opf", package),
        ("OEBPS/nav.xhtml", nav),
        ("OEBPS/text/a b.xhtml", &one),
        ("OEBPS/text/b.xhtml", &two),
    ];
    files.extend(more);
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        out.start_file(name, stored).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

const NAV: &str = "<html xmlns:epub='e'><nav epub:type='toc'><ol><li><a href='text/a%20b.xhtml#x'>Chapter 1: <i>The bridge</i></a></li>\
    <li><a href='text/b.xhtml'>The bank</a></li></ol></nav><nav epub:type='landmarks'><a href='text/b.xhtml'>Start</a></nav></html>";

#[test]
fn chapters_are_called_by_their_numbers_or_titles() {
    let text = read(&Input::new("a.epub", &book(NAV, &[])), &Bounds::default()).unwrap();
    let shown: Vec<String> = (text.paragraphs().iter())
        .map(|p| format!("{}: {}", text.place(p.start).spot, &text.as_str()[p.clone()]))
        .collect();
    assert_eq!(shown, ["ch. 1: Le pont\u{a0}!", "ch. The bank: La rive."]);
    for (title, expect) in [
        ("Chapitre 12", Some("12")),
        ("III. La rive", Some("III")),
        ("3 — La rive", Some("3")),
        ("3: La rive", Some("3")),
        ("I saw him", None),
        ("1914 in Verdun", None),
        ("Chapter iv", Some("IV")),
    ] {
        assert_eq!(number(title).as_deref(), expect, "{title}");
    }
    assert_eq!(resolve("OEBPS/nav.xhtml", "../a/./b%20c.xhtml"), "a/b c.xhtml");
}

/// A book with this package and this chapter, packed.
fn packed(package: &str, chapter: &[u8]) -> Vec<u8> {
    let container = "<container><rootfiles><rootfile full-path='book.opf'/></rootfiles></container>";
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let deflated = stored.compression_method(zip::CompressionMethod::Deflated);
    out.start_file("mimetype", stored).unwrap();
    out.write_all(b"application/epub+zip").unwrap();
    for (name, bytes) in
        [("META-INF/container.xml", container.as_bytes()), ("book.opf", package.as_bytes()), ("a.xhtml", chapter)]
    {
        out.start_file(name, deflated).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn bombs_end_within_bounds() {
    let why = |file: &[u8], bounds: &Bounds| read(&Input::new("a.epub", file), bounds).unwrap_err().to_string();
    let small = Bounds { unpacked: 1 << 16, ..Bounds::default() };
    let package = |spine: &str| {
        format!("<package><manifest><item id='a' href='a.xhtml'/></manifest><spine>{spine}</spine></package>")
    };
    let one = package("<itemref idref='a'/>");
    let unpacked = "this is an EPUB book with more bytes once unpacked than are read";
    assert_eq!(why(&packed(&one, &vec![b' '; 4 << 20]), &small), unpacked);
    // One chapter of a page, ten thousand times in the order of reading; a package and a page without end.
    let again = package(&"<itemref idref='a'/>".repeat(10_000));
    let page = format!("<html><body><p>{}</p></body></html>", "a ".repeat(1000));
    let bounds = Bounds { unpacked: 2 << 20, text: 1 << 20, ..Bounds::default() };
    assert!(why(&packed(&again, page.as_bytes()), &bounds).contains("than are read"));
    assert_eq!(why(&packed(&package(&" ".repeat(1 << 20)), b""), &small), unpacked);
    assert!(
        read(&Input::new("a.epub", &packed(&one, "<div>".repeat(200_000).as_bytes())), &Bounds::default()).is_err()
    );
}

#[test]
fn a_locked_book_says_so() {
    let encryption = "<encryption><EncryptedData><CipherData><CipherReference URI='OEBPS/text/b.xhtml'/></CipherData></EncryptedData></encryption>";
    let locked = book(NAV, &[("META-INF/encryption.xml", encryption)]);
    let Err(Why::NoText { hint, .. }) = read(&Input::new("a.epub", &locked), &Bounds::default()) else { panic!() };
    assert!(hint.contains("DRM"));
    let broken = read(&Input::new("a.epub", &book(NAV, &[])[..400]), &Bounds::default());
    assert!(broken.is_err());
}
