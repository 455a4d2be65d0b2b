use super::*;
use crate::base::memory::MemoryWorld;
use crate::dossier::load::load;
use crate::dossier::resolve::{Options, resolve};

const SHEET: &str = "
sources:
  s: { title: S, url: 'https://site.example/a', archive: { url: 'https://archive.example/a' } }
claims:
  c: { statement: S., evidence: { source: s, quote: closed on Monday, locator: § 1 } }
  d: { statement: S., evidence: { source: s, quote: we wait, locator: § 2 } }
  e: { statement: S., evidence: { source: s } }
";

fn dossier(sheet: &str) -> Dossier {
    let world = MemoryWorld::new().with("site.toml", "title = \"T\"").with("content/a.yaml", sheet);
    resolve(&load(&world).value, Options::default()).value
}

#[track_caller]
fn check(kind: &str, bytes: &[u8], standing: Standing, words: &[Words]) {
    let dossier = dossier(SHEET);
    let source = &dossier.sources[0];
    let fetched =
        Fetched { read: "https://archive.example/1id_/a", on: "2024-11-04", kind: Some(kind), coding: None, bytes };
    let looked = look(&dossier, source, &fetched, "2026-01-01");
    let locators = ["§ 1", "§ 2"];
    let quotes = ["closed on Monday", "we wait"];
    let found = quotes.iter().zip(locators).filter_map(|(q, l)| looked.public.quotes.get(&QuoteKey::new(q, Some(l))));
    let found: Vec<Words> = found.copied().collect();
    assert_eq!((looked.public.standing, &*found), (standing, words), "{}", String::from_utf8_lossy(bytes));
    assert_eq!(looked.differs.len(), words.iter().filter(|w| **w == Words::Absent).count());
}

#[test]
fn quotes_are_looked_up_in_the_copy() {
    use Words::{Absent, Ambiguous, Elsewhere, Verbatim};
    let html = "text/html; charset=utf-8";
    check(html, b"<p>It was closed on Monday.</p><p>\"we wait\", said all.</p>", Standing::Copy, &[Verbatim, Verbatim]);
    check(html, b"<p>we wait</p><p>It was closed on Monday.</p>", Standing::Copy, &[Elsewhere, Elsewhere]);
    check(html, b"<p>closed on Monday</p><p>we wait, we wait</p>", Standing::Copy, &[Verbatim, Ambiguous]);
    check(html, b"<p>It was closed on Tuesday.</p><p>Off.</p>", Standing::Copy, &[Absent, Absent]);
    check(html, b"<h1>404</h1><p>This page is not here any more.</p>", Standing::Unlike, &[]);
    check(html, b"", Standing::Unlike, &[]);
    check("image/png", b"\x89PNG\r\n\x1a\n....", Standing::Unreadable, &[]);
    check("application/octet-stream", &[0, 1, 2, 3, 0xff], Standing::Unreadable, &[]);
}

#[test]
fn a_body_is_unpacked_and_read_by_its_charset() {
    use std::io::Write as _;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all("<p>It was closed on Monday.</p>".as_bytes()).unwrap();
    let bytes = packed.finish().unwrap();
    let dossier = dossier(SHEET);
    let fetched = Fetched { read: "x", on: "2024-11-04", kind: Some("text/html"), coding: Some("gzip"), bytes: &bytes };
    let looked = look(&dossier, &dossier.sources[0], &fetched, "2026-01-01");
    assert_eq!(looked.public.standing, Standing::Copy);
    assert_eq!(looked.public.copy.unwrap().sha256, Sha256::of(&bytes));
    assert_eq!(content_type("Text/HTML; Charset=\"x-sjis\""), ("text/html".to_owned(), Some("x-sjis".to_owned())));
}

#[test]
fn what_is_known_of_a_quote_holds_for_that_quote_and_that_address() {
    let asked = dossier(SHEET);
    let bytes = b"<p>It was closed on Monday.</p><p>They do not wait</p>";
    let fetched = Fetched { read: "x", on: "2024-11-04", kind: Some("text/html"), coding: None, bytes };
    let public = look(&asked, &asked.sources[0], &fetched, "2026-01-01").public;
    let known = |sheet: &str, quote: Option<&str>, locator: Option<&str>| {
        let dossier = dossier(sheet);
        match in_public(Some(&public), &dossier.sources[0], quote, locator) {
            InPublic::Nothing => "nothing",
            InPublic::NotAsked => "not asked",
            InPublic::Found(copy) => &*copy.on.clone().leak(),
            InPublic::Differs(_) => "differs",
            InPublic::Without(_) => "without",
        }
    };
    assert_eq!(known(SHEET, Some("closed on  Monday"), Some("§ 1")), "2024-11-04");
    assert_eq!(known(SHEET, Some("we wait"), Some("§ 2")), "differs");
    assert_eq!(known(SHEET, Some("closed on Tuesday"), Some("§ 1")), "not asked");
    assert_eq!(known(SHEET, None, None), "nothing");
    let moved = SHEET.replace("archive.example/a", "archive.example/b");
    assert_eq!(known(&moved, Some("closed on Monday"), Some("§ 1")), "not asked");
    let none = SHEET.replace(", archive: { url: 'https://archive.example/a' }", "");
    assert_eq!(known(&none, Some("closed on Monday"), Some("§ 1")), "nothing");
}
