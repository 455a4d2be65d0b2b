//! Captures of each kind, and quotes looked up in them.

use sourcebook_core::evidence::find::{Finding, Prepared, find};
use sourcebook_core::evidence::nearest::nearest;
use sourcebook_core::evidence::overlap::Guard;
use sourcebook_core::evidence::parts::parts;
use sourcebook_core::evidence::quotation::Quotations;
use sourcebook_core::evidence::readers::{Bounds, Input, Text, Want, Why, read};

use crate::{Target, about, signature};

macro_rules! kind {
    ($constant:ident, $name:literal, $file:literal, $weight:literal, $words:expr) => {
        /// Captures of one kind.
        pub const $constant: Target = Target {
            name: $name,
            run: |bytes| looked_into($file, bytes),
            endings: &[],
            words: $words,
            weight: $weight,
        };
    };
}

kind!(
    HTML,
    "html",
    "a.html",
    2,
    &[
        "<p>",
        "<div hidden>",
        "<table><tr><td>",
        "<style>",
        "<script>",
        "<template>",
        "<svg>",
        "<math>",
        "&amp;",
        "<!--",
        "-->",
        "<br>",
        "<pre>",
        "<article>",
        "<nav>",
        "<meta charset=\"",
        "display:none",
        "<h1>",
        "<ul><li>",
        "</p>"
    ]
);
kind!(
    MHTML,
    "mhtml",
    "a.mhtml",
    2,
    &[
        "MIME-Version: 1.0\r\n",
        "Content-Type: multipart/related; boundary=\"b\"\r\n",
        "\r\n--b\r\n",
        "--b--",
        "Content-Transfer-Encoding: quoted-printable\r\n",
        "base64\r\n",
        "Content-Location: https://e.org/\r\n",
        "=3D",
        "=\r\n",
        "<p>"
    ]
);
kind!(
    WARC,
    "warc",
    "a.warc",
    2,
    &[
        "WARC/1.0\r\n",
        "WARC-Type: response\r\n",
        "Content-Length: 10\r\n",
        "\r\n\r\n",
        "HTTP/1.1 200 OK\r\n",
        "Content-Type: text/html\r\n",
        "WARC-Target-URI: https://e.org/\r\n",
        "WARC-Date: 2024-01-02T03:04:05Z\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Content-Encoding: gzip\r\n",
        "WARC-Payload-Digest: sha1:"
    ]
);
kind!(
    WACZ,
    "wacz",
    "a.wacz",
    1,
    &["PK\u{3}\u{4}", "datapackage.json", "archive/data.warc", "pages/pages.jsonl", "PK\u{1}\u{2}", "PK\u{5}\u{6}"]
);
kind!(
    PDF,
    "pdf",
    "a.pdf",
    1,
    &[
        "%PDF-1.7\n",
        "1 0 obj\n",
        "endobj\n",
        "stream\n",
        "endstream\n",
        "<< /Type /Page >>",
        "/Length 10",
        "xref\n",
        "trailer\n",
        "startxref\n",
        "%%EOF",
        "BT /F1 12 Tf (a) Tj ET",
        "/Kids [1 0 R]",
        "/Filter /FlateDecode",
        "/ToUnicode 1 0 R",
        "/Encrypt"
    ]
);
kind!(
    DOCX,
    "docx",
    "a.docx",
    1,
    &[
        "PK\u{3}\u{4}",
        "word/document.xml",
        "[Content_Types].xml",
        "<w:p><w:r><w:t>",
        "</w:t></w:r></w:p>",
        "PK\u{1}\u{2}",
        "PK\u{5}\u{6}"
    ]
);
kind!(
    ODT,
    "odt",
    "a.odt",
    1,
    &["PK\u{3}\u{4}", "content.xml", "mimetypeapplication/vnd.oasis.opendocument.text", "<text:p>", "PK\u{5}\u{6}"]
);
kind!(
    EPUB,
    "epub",
    "a.epub",
    1,
    &[
        "PK\u{3}\u{4}",
        "mimetypeapplication/epub+zip",
        "META-INF/container.xml",
        "<rootfile full-path=\"",
        "<spine>",
        "PK\u{5}\u{6}"
    ]
);
kind!(
    EML,
    "eml",
    "a.eml",
    2,
    &[
        "From: a@e.org\r\n",
        "Subject: =?utf-8?B?w6k=?=\r\n",
        "Content-Type: text/plain; charset=utf-8\r\n",
        "multipart/alternative; boundary=b\r\n",
        "\r\n--b\r\n",
        "--b--\r\n",
        "Content-Transfer-Encoding: base64\r\n",
        "\r\n\r\n",
        "Date: Mon, 1 Jan 2024 00:00:00 +0000\r\n"
    ]
);
kind!(
    VTT,
    "vtt",
    "a.vtt",
    4,
    &[
        "WEBVTT\n\n",
        "00:00:01.000 --> 00:00:02.000\n",
        "<v Ann>",
        "<c>",
        "NOTE x\n",
        "STYLE\n",
        "\n\n",
        "&amp;",
        "<00:00:01.500>"
    ]
);
kind!(SRT, "srt", "a.srt", 4, &["1\n", "00:00:01,000 --> 00:00:02,000\n", "\n\n", "<i>", "{\\an8}", "99:99:99,999"]);
kind!(
    TTML,
    "ttml",
    "a.ttml",
    2,
    &[
        "<tt xmlns=\"http://www.w3.org/ns/ttml\">",
        "<body><div>",
        "<p begin=\"1s\" end=\"2s\">",
        "</p>",
        "<br/>",
        "<span>",
        "<!DOCTYPE a [<!ENTITY b \"c\">]>",
        "&b;",
        "ttm:agent=\"",
        "</tt>",
        "10f",
        "ttp:frameRate=\"25\""
    ]
);
kind!(
    TRANSCRIPT,
    "transcript",
    "a.json",
    4,
    &[
        "{\"segments\":[",
        "{\"start\":1.0,\"end\":2.0,\"text\":\"a\"}",
        "]}",
        "{\"events\":[",
        "{\"tStartMs\":1,\"segs\":[{\"utf8\":\"a\"}]}",
        "\"speaker\":\"A\"",
        ",",
        "null",
        "1e999"
    ]
);
kind!(PLAIN, "plain", "a.txt", 4, &["\n\n", "« ", " »", "“", "”", "'", "‘", "„", "\"", "- ", "\r\n"]);

/// Bytes under no name: the beginning decides.
pub const ANY: Target = Target {
    name: "any",
    run: |bytes| looked_into("a", bytes),
    endings: &[".html", ".txt", ".md"],
    words: &[
        "%PDF-",
        "PK\u{3}\u{4}",
        "WEBVTT",
        "WARC/1.0",
        "<!doctype html>",
        "\u{1f}\u{8b}\u{8}",
        "MIME-Version:",
        "GIF89a",
        "RIFF",
        "BZh",
        "7z",
    ],
    weight: 2,
};

/// A quote looked up in a text: both halves of some bytes.
pub const QUOTE: Target = Target {
    name: "quote",
    run: |bytes| {
        let (quote, text) = bytes.split_at(bytes.len().min(usize::from(bytes.first().copied().unwrap_or(0))));
        let (quote, text) = (String::from_utf8_lossy(quote), String::from_utf8_lossy(text));
        let prepared = Prepared::new(Text::new(text.clone().into_owned()));
        let found = find(&quote, &prepared, None);
        let near = parts(&quote).first().and_then(|part| nearest(part, &prepared));
        let mut guard = Guard::new([prepared.level()], 3);
        guard.declare(&quote);
        let leaks = guard.leaks(&text);
        for leak in &leaks {
            assert!(text.get(leak.range.clone()).is_some(), "{leak:?}");
        }
        let quotations = Quotations::of(prepared.text());
        let within = match &found {
            Finding::Verbatim { hit, .. } => {
                assert!(hit.ranges.iter().all(|range| text.get(range.clone()).is_some()), "{hit:?}");
                quotations.within(prepared.text(), hit).map(|parts| about(parts.len()))
            }
            _ => None,
        };
        signature((std::mem::discriminant(&found), near.map(|n| n.why as u8), about(leaks.len()), within))
    },
    endings: &[".txt", ".md"],
    words: &["[…]", "[...]", "« ", " »", "“", "”", "'", "\u{2019}", "-\n", "\n\n", "\u{ad}", "\u{a0}", "11 000"],
    weight: 6,
};

/// Small enough that a bomb costs little.
const BOUNDS: Bounds = Bounds { text: 1 << 20, unpacked: 4 << 20, entries: 200, depth: 3, pages: 20, steps: 1 << 20 };

fn looked_into(name: &str, bytes: &[u8]) -> u64 {
    let want = Want { url: Some("https://example.org/"), at: None, on: None };
    let input = Input { want, ..Input::new(name, bytes) };
    match read(&input, &BOUNDS) {
        Ok(text) => {
            holds(&text);
            let facts: Vec<_> = text.facts().iter().map(std::mem::discriminant).collect();
            signature((true, about(text.paragraphs().len()), about(text.as_str().len()), format!("{facts:?}").len()))
        }
        Err(Why::Broken { what, reason }) => {
            let reason: String = reason.chars().filter(|c| c.is_alphabetic()).take(40).collect();
            signature((false, what, reason))
        }
        Err(why) => signature((false, format!("{why:?}"))),
    }
}

/// What is true of every text: paragraphs in order, on characters, each at a place; and its words are found in it.
fn holds(text: &Text) {
    let mut end = 0;
    for paragraph in text.paragraphs() {
        assert!(paragraph.start >= end && text.as_str().get(paragraph.clone()).is_some(), "{paragraph:?}");
        end = paragraph.end;
        let _ = text.place(paragraph.start);
    }
    let quotations = Quotations::of(text);
    let prepared = Prepared::new(text.clone());
    let Some(words) = text.paragraphs().first().map(|paragraph| &text.as_str()[paragraph.clone()]) else { return };
    let words = words.trim();
    if words.len() > 200
        || !words.starts_with(char::is_alphanumeric)
        || !words.ends_with(char::is_alphanumeric)
        || words.contains('[')
    {
        return;
    }
    let found = find(words, &prepared, None);
    assert!(!matches!(found, Finding::Absent { .. }), "the first paragraph is not found in its own text: {words:?}");
    if let Finding::Verbatim { hit, .. } = found {
        let _ = quotations.within(text, &hit);
    }
}
