use std::io::Write as _;

use super::super::{Bounds, Fact, Input, Text, Want, Why, read};

/// A record with these headers and this block.
fn record(kind: &str, headers: &[(&str, &str)], block: &[u8]) -> Vec<u8> {
    let mut out = format!("WARC/1.1\r\nWARC-Type: {kind}\r\nContent-Length: {}\r\n", block.len());
    for (name, value) in headers {
        out += &format!("{name}: {value}\r\n");
    }
    [out.as_bytes(), b"\r\n", block, b"\r\n\r\n"].concat()
}

/// A server's answer as a record.
fn response(url: &str, date: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let block = [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat();
    record("response", &[("WARC-Target-URI", url), ("WARC-Date", date), ("WARC-Record-ID", "<urn:uuid:1>")], &block)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn look(file: &[u8], url: &str, at: Option<&str>) -> Result<Text, Why> {
    let want = Want { url: (!url.is_empty()).then_some(url), at, on: None };
    read(&Input { want, ..Input::new("a.warc", file) }, &Bounds::default())
}

fn check(file: &[u8], url: &str, at: Option<&str>, expect: &str) {
    assert_eq!(look(file, url, at).as_ref().map(Text::as_str), Ok(expect), "{url} {at:?}");
}

const PAGE: &str = "https://example.org/pont";
const DATE: &str = "2024-11-03T10:00:00Z";
const HTML: &str = "200 OK\r\nContent-Type: text/html; charset=utf-8";

#[test]
fn a_page_is_found_by_its_address() {
    let page = response(PAGE, DATE, HTML, "<p>Le pont é</p>".as_bytes());
    let other = response("https://example.org/autre", DATE, HTML, b"<p>Autre</p>");
    let both = [&*other, &page].concat();
    check(&both, PAGE, None, "Le pont é");
    check(&[gzip(&other), gzip(&page)].concat(), PAGE, None, "Le pont é");
    check(&gzip(&both), PAGE, None, "Le pont é");
    check(
        &ruzstd::encoding::compress_to_vec(&*both, ruzstd::encoding::CompressionLevel::Fastest),
        PAGE,
        None,
        "Le pont é",
    );
    // What is form alone in an address does not hide the page; a path's case is no form.
    check(&both, "http://EXAMPLE.org:443/pont#haut", None, "Le pont é");
    assert!(matches!(look(&both, "https://example.org/Pont", None), Err(Why::NoRecord { .. })));
    check(&page, "", None, "Le pont é");
    let Err(Why::NoRecord { near, .. }) = look(&both, "", None) else { panic!() };
    assert_eq!(near, ["https://example.org/autre", PAGE]);
}

#[test]
fn bodies_are_unpacked() {
    let page = "<p>Le pont est coupé</p>".as_bytes();
    let coded =
        |coding: &str, body: &[u8]| response(PAGE, DATE, &format!("{HTML}\r\nContent-Encoding: {coding}"), body);
    let zstd = ruzstd::encoding::compress_to_vec(page, ruzstd::encoding::CompressionLevel::Fastest);
    let expect = "Le pont est coupé";
    check(&coded("gzip", &gzip(page)), PAGE, None, expect);
    check(&coded("gzip, gzip", &gzip(&gzip(page))), PAGE, None, expect);
    check(&coded("zstd", &zstd), PAGE, None, expect);
    check(
        &coded(
            "gzip, zstd",
            &ruzstd::encoding::compress_to_vec(&*gzip(page), ruzstd::encoding::CompressionLevel::Fastest),
        ),
        PAGE,
        None,
        expect,
    );
    // Kept headers of bodies that the archive unpacked.
    check(&coded("gzip", page), PAGE, None, expect);
    check(&coded("br", page), PAGE, None, expect);
    let chunked = |body: &[u8]| response(PAGE, DATE, &format!("{HTML}\r\nTransfer-Encoding: chunked"), body);
    check(&chunked("8\r\n<p>Le po\r\n12;x=y\r\nnt est coupé</p>\r\n0\r\n\r\n".as_bytes()), PAGE, None, expect);
    check(&chunked(page), PAGE, None, expect);
}

#[test]
fn a_revisit_is_what_it_repeats() {
    let original = |id: &str, digest: &str, words: &str| {
        let block = format!("HTTP/1.1 {HTML}\r\n\r\n<p>{words}</p>");
        let headers = [
            ("WARC-Target-URI", "https://example.org/avant"),
            ("WARC-Date", DATE),
            ("WARC-Record-ID", id),
            ("WARC-Payload-Digest", digest),
        ];
        record("response", &headers, block.as_bytes())
    };
    let revisit = |more: &[(&str, &str)]| {
        let headers = [&[("WARC-Target-URI", PAGE), ("WARC-Date", DATE), ("WARC-Truncated", "length")], more].concat();
        record("revisit", &headers, b"HTTP/1.1 200 OK\r\n\r\n")
    };
    let both = [original("<a>", "sha1:A", "Premier"), original("<b>", "sha1:B", "Second")].concat();
    let whole = |more: &[(&str, &str)]| [both.clone(), revisit(more)].concat();
    check(&whole(&[("WARC-Refers-To", "<b>")]), PAGE, None, "Second");
    check(&whole(&[("WARC-Payload-Digest", "sha1:a")]), PAGE, None, "Premier");
    check(&whole(&[("WARC-Refers-To", "<a>"), ("WARC-Payload-Digest", "sha1:B")]), PAGE, None, "Second");
    let Err(Why::Broken { reason, .. }) = look(&whole(&[("WARC-Refers-To", "<c>")]), PAGE, None) else { panic!() };
    assert!(reason.contains("only says that it is the same"));
}

#[test]
fn several_copies_are_told_apart() {
    let copy = |date: &str, words: &str| response(PAGE, date, HTML, format!("<p>{words}</p>").as_bytes());
    let two = [copy(DATE, "Avant"), copy("2024-12-01T08:00:00Z", "Après")].concat();
    let Err(Why::Copies { at, .. }) = look(&two, PAGE, None) else { panic!() };
    assert_eq!(at, [DATE, "2024-12-01T08:00:00Z"]);
    check(&two, PAGE, Some("2024-11-03"), "Avant");
    check(&two, PAGE, Some("20241201080000"), "Après");
    assert!(matches!(look(&two, PAGE, Some("2023")), Err(Why::NoRecord { .. })));
    let of_day = Want { url: Some(PAGE), at: None, on: Some("2024-12-01") };
    assert_eq!(read(&Input { want: of_day, ..Input::new("", &two) }, &Bounds::default()).unwrap().as_str(), "Après");
    // The same words twice are one copy; what a server said instead of the page is none.
    check(&[copy(DATE, "Avant"), copy("2024-12-01T08:00:00Z", "<b>Avant</b>")].concat(), PAGE, None, "Avant");
    let gone = response(PAGE, DATE, "404 Not Found\r\nContent-Type: text/html", b"<p>Rien</p>");
    check(&[gone.clone(), copy(DATE, "Avant")].concat(), PAGE, None, "Avant");
    assert!(look(&gone, PAGE, None).unwrap().facts().contains(&Fact::Status(404)));
}

#[test]
fn redirects_are_followed() {
    let to = |target: &str| response(PAGE, DATE, &format!("301 Moved\r\nLocation: {target}"), b"");
    let page = response("https://example.org/suite", "2024-11-03T10:00:01Z", HTML, b"<p>Suite</p>");
    check(&[to("/suite"), page.clone()].concat(), PAGE, None, "Suite");
    check(&[page, to("suite#x")].concat(), PAGE, None, "Suite");
    let Err(Why::Broken { reason, .. }) = look(&to("/pont"), PAGE, None) else { panic!() };
    assert!(reason.contains("circle"));
}

#[test]
fn a_copy_that_was_cut_off_says_so() {
    let cut = |length: &str| {
        let block = format!("HTTP/1.1 {HTML}\r\nContent-Length: {length}\r\n\r\n<p>Le pont</p>");
        record(
            "response",
            &[("WARC-Target-URI", PAGE), ("WARC-Date", DATE), ("WARC-Truncated", "time")],
            block.as_bytes(),
        )
    };
    let told =
        |file: &[u8]| look(file, PAGE, None).unwrap().facts().iter().any(|fact| matches!(fact, Fact::Truncated(_)));
    assert!(told(&cut("5000")));
    assert!(!told(&cut("14")), "whole, whatever the header says");
    let page = response(PAGE, DATE, HTML, b"<p>Le pont est</p>");
    assert!(told(&page[..page.len() - 12]), "the file ends within the record");
}

#[test]
fn bombs_end_within_bounds() {
    let small = Bounds { unpacked: 1 << 16, ..Bounds::default() };
    let why = |file: &[u8]| {
        let want = Want { url: Some(PAGE), ..Want::default() };
        read(&Input { want, ..Input::new("a.warc.gz", file) }, &small).unwrap_err().to_string()
    };
    let unpacked = "this is a web archive (WARC) with more bytes once unpacked than are read";
    let body = gzip(&vec![b' '; 1 << 20]);
    assert_eq!(why(&response(PAGE, DATE, &format!("{HTML}\r\nContent-Encoding: gzip"), &body)), unpacked);
    let twice = response(PAGE, DATE, &format!("{HTML}\r\nContent-Encoding: gzip, gzip"), &gzip(&body));
    assert_eq!(why(&twice), unpacked);
    assert_eq!(why(&gzip(&response("https://example.org/x", DATE, HTML, &vec![b' '; 4 << 20]))), unpacked);
    // A great many members of nothing, a length that no file has, headers without end.
    let empty: Vec<u8> = gzip(b"").repeat(200_000);
    assert!(read(&Input::new("a.warc.gz", &[gzip(b"WARC/1.0\r\n"), empty].concat()), &small).is_err());
    assert!(
        look(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 18446744073709551615\r\n\r\nx", PAGE, None).is_err()
    );
    assert!(look(&[b"WARC/1.0\r\n".as_slice(), &b"a: b\r\n".repeat(100_000)].concat(), PAGE, None).is_err());
}

#[test]
fn bombs_in_a_wacz_end_within_bounds() {
    let small = Bounds { unpacked: 1 << 16, entries: 100, ..Bounds::default() };
    let why = |file: &[u8]| {
        let want = Want { url: Some(PAGE), ..Want::default() };
        read(&Input { want, ..Input::new("a.wacz", file) }, &small).unwrap_err().to_string()
    };
    let unpacked = "this is a web archive (WACZ) with more bytes once unpacked than are read";
    let deflated = |files: &[(&str, &[u8])]| {
        let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        for (name, bytes) in files {
            out.start_file(*name, options).unwrap();
            out.write_all(bytes).unwrap();
        }
        out.finish().unwrap().into_inner()
    };
    let package = b"{\"profile\":\"data-package\",\"resources\":[]}".as_slice();
    let spaces = vec![b' '; 4 << 20];
    let found = why(&deflated(&[("datapackage.json", &spaces), ("archive/data.warc.gz", b"")]));
    assert_eq!(found, unpacked, "a package without end");
    let archive = response(PAGE, DATE, HTML, &spaces);
    let found = why(&deflated(&[("datapackage.json", package), ("archive/data.warc", &archive)]));
    assert!(found.ends_with("with more bytes once unpacked than are read"), "an archive packed once more: {found}");
    let packed = gzip(&response("https://example.org/x", DATE, HTML, &vec![b' '; 4 << 20]));
    let found = why(&deflated(&[("datapackage.json", package), ("archive/data.warc.gz", &packed)]));
    assert!(found.ends_with("with more bytes once unpacked than are read"), "{found}");
    let names: Vec<String> = (0..200).map(|n| format!("archive/{n}.warc.gz")).collect();
    let mut many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    many.push(("datapackage.json", package));
    assert_eq!(why(&deflated(&many)), "this is a web archive (WACZ) with more entries than are read");
}

/// A ZIP of files as they are.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in files {
        out.start_file(*name, stored).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn a_wacz_is_held_against_what_it_states() {
    use crate::evidence::sha256::Sha256;
    let page = response(PAGE, DATE, HTML, "<p>Le pont é</p>".as_bytes());
    let other = response("https://example.org/autre", DATE, HTML, b"<p>Autre</p>");
    let warc = [gzip(&other), gzip(&page)].concat();
    let index = format!(
        "org,example)/pont 20241103100000 {{\"url\":\"{PAGE}\",\"filename\":\"data.warc.gz\",\"offset\":\"{}\"}}\n",
        gzip(&other).len()
    );
    let wacz = |hash: &str, name: &str| {
        let package = format!(
            "{{\"software\":\"essai 1.0\",\"mainPageUrl\":\"{PAGE}\",\"resources\":[{{\"path\":\"archive/data.warc.gz\",\"hash\":\"sha256:{hash}\",\"bytes\":{}}}]}}",
            warc.len()
        );
        zip(&[(name, &warc), ("indexes/index.cdx", index.as_bytes()), ("datapackage.json", package.as_bytes())])
    };
    let right = Sha256::of(&warc).to_string();
    let text = look(&wacz(&right, "archive/data.warc.gz"), "", None).unwrap();
    assert_eq!(text.as_str(), "Le pont é");
    let kept: Vec<String> = text.facts().iter().filter(|f| f.is_kept()).map(Fact::to_string).collect();
    assert_eq!(
        kept,
        [format!("address {PAGE}").as_str(), "made-at 2024-11-03T10:00:00Z", "made-by essai 1.0", "whole"]
    );
    let facts = |file: &[u8]| look(file, PAGE, None).unwrap().facts().to_vec();
    assert!(
        facts(&wacz(&"0".repeat(64), "archive/data.warc.gz")).contains(&Fact::Unlike("archive/data.warc.gz".into()))
    );
    assert!(facts(&wacz(&right, "archive/else.warc.gz")).contains(&Fact::Lacks("archive/data.warc.gz".into())));
}
