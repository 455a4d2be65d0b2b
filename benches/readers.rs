//! Reading 20 MB of each kind of capture: `cargo bench --bench readers [-- KIND …]`.
//!
//! 1. A file of each kind is made, of paragraphs of invented words: 20 MB of it, unpacked where it is packed.
//! 2. A process of its own reads it three times: MB of what is unpacked a second, of the quickest; and the largest resident
//!    set in MiB, less that of holding the file.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::panic,
    reason = "a tool, not the program"
)]

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};

use sourcebook_core::evidence::readers::{Bounds, Input, Want, read};

/// Bytes of each file, unpacked.
const SIZE: usize = 20_000_000;
const URL: &str = "https://example.org/page";

/// As the program's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Make = fn() -> Vec<u8>;

const KINDS: &[(&str, Make)] = &[
    ("a.txt", text),
    ("a.md", text),
    ("a.html", page),
    ("a.mhtml", mhtml),
    ("a.zip", || zip(&[("index.html", &page())])),
    ("a.warc", || response(&page())),
    ("a.warc.gz", || gzip(&response(&page()))),
    ("a.wacz", wacz),
    ("a.pdf", pdf),
    ("a.docx", docx),
    ("a.odt", odt),
    ("a.epub", epub),
    ("a.eml", mail),
    ("a.vtt", vtt),
    ("a.srt", srt),
    ("a.ttml", ttml),
    ("a.json", json),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [option, name] = arguments.as_slice()
        && option == "--one"
    {
        return one(name);
    }
    println!("| kind | file, MB | MB/s | MiB |\n|---|---|---|---|");
    let itself = std::env::current_exe().unwrap();
    for (name, _) in
        KINDS.iter().filter(|(name, _)| arguments.is_empty() || arguments.iter().any(|a| name.ends_with(a.as_str())))
    {
        let out = Command::new(&itself).args(["--one", name]).output().unwrap();
        print!("{}", String::from_utf8_lossy(&out.stdout));
    }
}

fn one(name: &str) {
    let (_, make) = KINDS.iter().find(|(kind, _)| *kind == name).unwrap();
    let bytes = make();
    let before = peak();
    let mut best = Duration::MAX;
    for _ in 0..3 {
        let start = Instant::now();
        let want = Want { url: Some(URL), ..Want::default() };
        match read(&Input { want, ..Input::new(name, &bytes) }, &Bounds::default()) {
            Ok(text) => assert!(text.as_str().contains("bridge 7 was"), "{name}"),
            Err(why) => return println!("| {name} | {why} | | |"),
        }
        best = best.min(start.elapsed());
    }
    let speed = SIZE as f64 / 1e6 / best.as_secs_f64();
    println!(
        "| {} | {:.1} | {speed:.0} | {} |",
        &name[2..],
        bytes.len() as f64 / 1e6,
        peak().saturating_sub(before) >> 20
    );
}

/// The largest resident set so far, as the kernel keeps it (`VmHWM`); nothing beyond Linux.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches("kB").trim().parse::<u64>().unwrap_or(0) << 10
}

/// Paragraphs, each as `each` writes it, until there are enough bytes.
fn paragraphs(mut each: impl FnMut(&mut String, usize, &str)) -> String {
    let mut out = String::with_capacity(SIZE + 1024);
    let mut number = 0;
    while out.len() < SIZE {
        number += 1;
        let words = format!(
            "The bridge {number} was never safe, said the mayor\u{2019}s office on the {number}th day; \u{201c}nobody walked over it\u{201d}, \
             the council\u{a0}wrote, and the caf\u{e9} beside the river closed early."
        );
        each(&mut out, number, &words);
    }
    out
}

fn text() -> Vec<u8> {
    paragraphs(|out, _, words| {
        let _ = write!(out, "{words}\n\n");
    })
    .into_bytes()
}

fn page() -> Vec<u8> {
    let body = paragraphs(|out, n, words| {
        let _ = writeln!(out, "<p class=\"t{n}\">{words} <a href=\"/{n}\">more</a></p>");
    });
    format!("<!doctype html><meta charset=utf-8><title>T</title><main>{body}</main>").into_bytes()
}

fn mhtml() -> Vec<u8> {
    let head = "From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\n\
                Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\nContent-Location: https://example.org/page\r\n\r\n";
    [head.as_bytes(), &page(), b"\r\n--b--\r\n"].concat()
}

fn response(body: &[u8]) -> Vec<u8> {
    let http =
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n", body.len());
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\nWARC-Date: 2024-11-03T10:00:00Z\r\n\
         WARC-Target-URI: {URL}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        http.len() + body.len()
    );
    [head.as_bytes(), http.as_bytes(), body, b"\r\n\r\n"].concat()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let method = if *name == "mimetype" || name.ends_with(".gz") {
            zip::CompressionMethod::Stored
        } else {
            zip::CompressionMethod::Deflated
        };
        out.start_file(*name, zip::write::SimpleFileOptions::default().compression_method(method)).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn wacz() -> Vec<u8> {
    let package = format!("{{\"profile\":\"data-package\",\"mainPageUrl\":\"{URL}\",\"resources\":[]}}");
    zip(&[("datapackage.json", package.as_bytes()), ("archive/data.warc.gz", &gzip(&response(&page())))])
}

/// Forty lines a page, one after the other, in a font that every reader has.
fn pdf() -> Vec<u8> {
    let lines = paragraphs(|out, _, words| {
        let plain: String = words.chars().map(|c| if c.is_ascii() { c } else { ' ' }).collect();
        let _ = writeln!(out, "{plain}");
    });
    let lines: Vec<&str> = lines.lines().collect();
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    let mut object = |out: &mut Vec<u8>, body: String| {
        places.push(out.len());
        let _ = write!(out, "{} 0 obj\n{body}\nendobj\n", places.len());
    };
    let pages = lines.chunks(40).count();
    let kids: Vec<String> = (0..pages).map(|n| format!("{} 0 R", 4 + 2 * n)).collect();
    object(&mut out, "<< /Type /Catalog /Pages 2 0 R >>".into());
    object(&mut out, format!("<< /Type /Pages /Count {pages} /Kids [{}] >>", kids.join(" ")));
    object(&mut out, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".into());
    for (n, chunk) in lines.chunks(40).enumerate() {
        let shown: String =
            chunk.iter().enumerate().map(|(i, line)| format!("1 0 0 1 20 {} Tm ({line}) Tj\n", 820 - 20 * i)).collect();
        let stream = format!("BT /F 5 Tf\n{shown}ET");
        object(
            &mut out,
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 800 842] /Resources << /Font << /F 3 0 R >> >> /Contents {} 0 R >>",
                5 + 2 * n
            ),
        );
        object(&mut out, format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()));
    }
    let start = out.len();
    let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
    for place in &places {
        let _ = writeln!(out, "{place:010} 00000 n ");
    }
    let _ = write!(out, "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", places.len() + 1);
    out
}

fn docx() -> Vec<u8> {
    let body = paragraphs(|out, _, words| {
        let _ = write!(out, "<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    });
    let document = format!(
        "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>{body}</w:body></w:document>"
    );
    zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())])
}

fn odt() -> Vec<u8> {
    let body = paragraphs(|out, _, words| {
        let _ = write!(out, "<text:p>{words}</text:p>");
    });
    let content = format!(
        "<office:document-content><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())])
}

fn epub() -> Vec<u8> {
    let body = paragraphs(|out, _, words| {
        let _ = write!(out, "<p>{words}</p>");
    });
    let chapter = format!("<html xmlns='http://www.w3.org/1999/xhtml'><body>{body}</body></html>");
    zip(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", b"<container><rootfiles><rootfile full-path='book.opf'/></rootfiles></container>"),
        (
            "book.opf",
            b"<package><manifest><item id='a' href='a.xhtml'/></manifest><spine><itemref idref='a'/></spine></package>",
        ),
        ("a.xhtml", chapter.as_bytes()),
    ])
}

fn mail() -> Vec<u8> {
    let head = "From: Ann <ann@example.org>\r\nTo: bob@example.org\r\nSubject: The bridge\r\nDate: Sun, 03 Nov 2024 10:00:00 +0000\r\n\
                MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
    [head.as_bytes(), &text()].concat()
}

/// Hours, minutes, seconds and thousandths of the nth caption.
fn clock(n: usize, point: char) -> String {
    format!("{:02}:{:02}:{:02}{point}000", n / 3600, n / 60 % 60, n % 60)
}

fn vtt() -> Vec<u8> {
    let cues = paragraphs(|out, n, words| {
        let _ = write!(out, "{} --> {}\n{words}\n\n", clock(n, '.'), clock(n + 1, '.'));
    });
    format!("WEBVTT\n\n{cues}").into_bytes()
}

fn srt() -> Vec<u8> {
    paragraphs(|out, n, words| {
        let _ = write!(out, "{n}\n{} --> {}\n{words}\n\n", clock(n, ','), clock(n + 1, ','));
    })
    .into_bytes()
}

fn ttml() -> Vec<u8> {
    let cues = paragraphs(|out, n, words| {
        let _ = write!(out, "<p begin=\"{}\" end=\"{}\">{words}</p>", clock(n, '.'), clock(n + 1, '.'));
    });
    format!("<tt xmlns=\"http://www.w3.org/ns/ttml\"><body><div>{cues}</div></body></tt>").into_bytes()
}

fn json() -> Vec<u8> {
    let segments = paragraphs(|out, n, words| {
        let comma = if n == 1 { "" } else { "," };
        let _ = write!(out, "{comma}{{\"start\":{n},\"end\":{},\"text\":\"{words}\"}}", n + 1);
    });
    format!("{{\"text\":\"\",\"segments\":[{segments}],\"language\":\"en\"}}").into_bytes()
}
