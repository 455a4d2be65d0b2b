//! What writers write: YAML, TOML, Markdown, values, the lock.

use sourcebook_core::base::diagnostic::{Diagnostic, Severity};
use sourcebook_core::base::file::FileId;
use sourcebook_core::base::tree::{Data, Node, toml, yaml};
use sourcebook_core::dossier::config::Config;
use sourcebook_core::dossier::load::article;
use sourcebook_core::evidence::{locator::Locator, lock, lock_read};
use sourcebook_core::model::date::Edtf;
use sourcebook_core::model::markdown::{comments, one_line, outline, tokens};
use sourcebook_core::model::value::{Quantity, Tolerance, Window};
use yaml_serde::Value;

use crate::{Target, about, signature};

/// YAML, beside `yaml_serde`.
pub const YAML: Target = Target {
    name: "yaml",
    run: read_yaml,
    endings: &[".yaml"],
    words: &[
        "- ",
        ": ",
        "? ",
        "&a ",
        "*a",
        "!!str ",
        "!x ",
        "|\n  ",
        ">-\n  ",
        "{ ",
        " }",
        "[ ",
        " ]",
        "---\n",
        "...\n",
        "# ",
        "\n  ",
        "'",
        "\"",
        "null",
        "~",
        "%YAML 1.2\n",
        "<<: ",
        "claims:\n",
        "  a: { name: A }\n",
    ],
    weight: 4,
};

/// TOML, and `site.toml`.
pub const TOML: Target = Target {
    name: "toml",
    run: read_toml,
    endings: &["site.toml"],
    words: &[
        "[a]\n",
        "[[a]]\n",
        "a = ",
        "\"\"\"",
        "'''",
        "{ a = 1 }",
        "[1, 2]",
        "true",
        "1979-05-27",
        "\\u00e9",
        "[rules]\n",
        "[deploy.x]\n",
        "[[milestones]]\n",
        "[markdown]\nhtml = \"allow\"\n",
    ],
    weight: 3,
};

/// Markdown with our syntax.
pub const MARKDOWN: Target =
    Target { name: "markdown", run: read_markdown, endings: &[".md"], words: MARKS, weight: 3 };

/// HTML comments among HTML.
pub const COMMENTS: Target = Target {
    name: "comments",
    run: |bytes| {
        let html = String::from_utf8_lossy(bytes);
        let parts = comments::parts(&html);
        let mut end = 0;
        for part in &parts {
            let range = match part {
                comments::Part::Comment { whole, says, .. } => {
                    assert!(whole.start <= says.start && says.end <= whole.end && html.is_char_boundary(says.start));
                    whole
                }
                comments::Part::Html(range) => range,
            };
            assert_eq!(range.start, end, "parts follow one another");
            assert!(html.get(range.clone()).is_some());
            end = range.end;
        }
        assert_eq!(end, html.len(), "nothing is lost");
        signature(parts.len().min(8))
    },
    endings: &[],
    words: &["<!--", "-->", "--!>", "<!-->", "<!--->", "<a title=\"", "\">", "--", "<div>", "</div>"],
    weight: 8,
};

/// A whole article.
pub const ARTICLE: Target = Target {
    name: "article",
    run: |bytes| {
        let text = String::from_utf8_lossy(bytes);
        let mut told = Vec::new();
        let _ = article::parse(FileId(0), "a.md", &text, &mut told);
        sound(&told, &text);
        signature(codes(&told))
    },
    endings: &[".md"],
    words: &["---\n", "title: ", "date: ", "draft: true\n", "slug: ", "about: [a]\n", "\r\n", "\u{feff}"],
    weight: 3,
};

/// Numbers and their kin.
pub const VALUES: Target = Target {
    name: "values",
    run: |bytes| {
        let text = String::from_utf8_lossy(bytes);
        let quantity = Quantity::parse(&text);
        if let Ok(quantity) = &quantity {
            let shown = quantity.to_string();
            assert_eq!(Quantity::parse(&shown).ok().as_ref(), Some(quantity), "{text} is shown as {shown}");
        }
        let (tolerance, window) = (Tolerance::parse(&text), Window::parse(&text));
        signature((quantity.is_ok(), tolerance.is_ok(), window.is_ok(), text.len().min(20), form(&text)))
    },
    endings: &[],
    words: &["1000", "..", ">=", "<=", "~", "%", "10_000", "1.5", "d", "m", "y", " (", ")", "mi", "1e6", "-"],
    weight: 40,
};

/// Dates (EDTF); the crate `edtf` is asked beside ours in the tests of `core`.
pub const DATES: Target = Target {
    name: "dates",
    run: read_date,
    endings: &[],
    words: &[
        "2024",
        "-06",
        "-03",
        "T10:30",
        "Z",
        "+02:00",
        "?",
        "~",
        "%",
        "X",
        "XX",
        "/",
        "..",
        "[",
        "]",
        "{",
        "}",
        ",",
        "-0044",
        "Y17000",
        "E3",
        "S2",
        "-21",
        "2024-06-03",
        "1985-04-12T23:20:30",
        " (",
        ")",
    ],
    weight: 40,
};

/// Locators, which are free text.
pub const LOCATORS: Target = Target {
    name: "locators",
    run: |bytes| {
        let text = String::from_utf8_lossy(bytes);
        signature(format!("{:?}", Locator::parse(&text)).len().min(200))
    },
    endings: &[],
    words: &["§ ", "§§ ", "p. ", "pp. ", "xii", "00:12:31", "ch. ", "-", ", ", " et ", "par. ", "xywh=", "–"],
    weight: 40,
};

/// The lock.
pub const LOCK: Target = Target {
    name: "lock",
    run: |bytes| {
        let text = String::from_utf8_lossy(bytes);
        match lock_read::parse(&text) {
            Ok(read) => {
                let written = lock::write(&read);
                assert_eq!(lock_read::parse(&written).ok().as_ref(), Some(&read), "{written}");
                signature((true, read.sources.len().min(8), about(written.len())))
            }
            Err(faults) => signature((false, faults.len().min(8), faults.first().map(|f| f.message.clone()))),
        }
    },
    endings: &[],
    words: &[
        "version = 2\n",
        "[source.a]\n",
        "sha256 = \"",
        "quotes = [\n",
        "{ sha256 = \"",
        "state = \"verbatim\"",
        "at = [{ place = \"§ 1\"",
        "bytes = \"0..4\"",
        "quoted = []",
        "found = \"2026-01-01\"",
        "elsewhere = true",
        "says = [\"whole\"]",
        " },\n",
        "]\n",
    ],
    weight: 6,
};

const MARKS: &[&str] = &[
    "[@a]",
    "[@a; @b]",
    "[see @a, § 3]",
    "@a ",
    "[[a]]",
    "[[a|",
    "![[a]]",
    "[^1]",
    "[^1]: ",
    "<!-- ",
    " -->",
    "<!-- uncited: x -->",
    "**",
    "_",
    "~~",
    "`",
    "```\n",
    "\n\n",
    "# ",
    "## H {#h}",
    "- ",
    "1. ",
    "> ",
    "| a | b |\n| - | - |\n",
    "![a](b.png)",
    "[a](https://e.org)",
    "[a]: https://e.org\n",
    "<a@e.org>",
    "<b>",
    "</b>",
    "\\",
    "\n: ",
    "***\n",
    "<div>\n",
    "&amp;",
    "[@a[^1]]",
    "](",
    "][",
    "[",
    "]",
];

fn read_yaml(bytes: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(bytes);
    let report = yaml::parse(FileId(0), &text, 0..text.len());
    sound(&report.diagnostics, &text);
    within(&report.value.root, text.len());
    let is_sound = !report.value.broken && report.diagnostics.iter().all(|d| d.severity != Severity::Error);
    // Aliases, tags and keys that are no text are told or read otherwise by choice; and what both read, they read alike, but for
    // line ends of YAML 1.1.
    if is_sound
        && !text.contains(['*', '&', '!', '\u{feff}', '\0', '\u{85}', '\u{2028}', '\u{2029}'])
        && let Ok(theirs) = yaml_serde::from_str::<Value>(&text)
    {
        assert!(alike(&report.value.root, &theirs), "{text:?}\nours: {:?}\ntheirs: {theirs:?}", report.value.root);
    }
    signature((codes(&report.diagnostics), shape(&report.value.root, 0)))
}

/// Every span lies in the text.
fn within(node: &Node<'_>, length: usize) {
    assert!(node.span.range().start <= node.span.range().end && node.span.range().end <= length, "{node:?}");
    match &node.data {
        Data::List(items) => items.iter().for_each(|item| within(item, length)),
        Data::Map(entries) => entries.iter().for_each(|entry| within(&entry.value, length)),
        _ => {}
    }
}

/// Whether a node says what a value says: a plain scalar is what it is read as.
fn alike(node: &Node<'_>, value: &Value) -> bool {
    match (&node.data, value) {
        (Data::Null, Value::Null) | (Data::Unread, _) => true,
        // A block at the very end of a file, whose last line is not ended, is given the end of a line (granit-parser 2.1.0).
        (Data::Scalar { text, .. }, Value::String(other)) => {
            text == other || text.strip_suffix('\n').is_some_and(|text| text == other)
        }
        (Data::Scalar { plain: true, .. }, Value::Bool(_) | Value::Number(_)) => true,
        (Data::List(items), Value::Sequence(others)) => {
            items.len() == others.len() && items.iter().zip(others).all(|(a, b)| alike(a, b))
        }
        (Data::Map(entries), Value::Mapping(others)) => {
            entries.len() == others.len() && entries.iter().zip(others).all(|(a, (_, value))| alike(&a.value, value))
        }
        _ => false,
    }
}

/// What a tree looks like from afar.
fn shape(node: &Node<'_>, depth: usize) -> u64 {
    let part = |node: &Node<'_>| if depth < 4 { shape(node, depth + 1) } else { 0 };
    match &node.data {
        Data::Null => 1,
        Data::Unread => 2,
        Data::Scalar { plain, .. } => 3 + u64::from(*plain),
        Data::List(items) => signature((5, about(items.len()), items.first().map(part))),
        Data::Map(entries) => signature((6, about(entries.len()), entries.first().map(|entry| part(&entry.value)))),
    }
}

fn read_toml(bytes: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(bytes);
    let report = toml::parse(FileId(0), &text);
    sound(&report.diagnostics, &text);
    within(&report.value.root, text.len());
    let config = Config::parse(FileId(0), &text);
    sound(&config.diagnostics, &text);
    signature((codes(&config.diagnostics), shape(&report.value.root, 0)))
}

fn read_markdown(bytes: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(bytes);
    let (tokens, _) = tokens(&text);
    for (_, range) in &tokens {
        assert!(text.get(range.clone()).is_some(), "{range:?}");
    }
    let found = outline(&text);
    for fault in &found.faults {
        assert!(text.get(fault.range.clone()).is_some(), "{fault:?}");
    }
    for range in found.citations.iter().map(|c| &c.range).chain(found.links.iter().map(|l| &l.range)) {
        assert!(text.get(range.clone()).is_some(), "{range:?}");
    }
    let _ = one_line(&text);
    let kinds: std::collections::BTreeSet<String> = found
        .faults
        .iter()
        .map(|f| format!("{:?}", f.kind).split(['(', '{']).next().unwrap_or_default().to_owned())
        .collect();
    let counts = [
        found.citations.len(),
        found.links.len(),
        found.cards.len(),
        found.headings.len(),
        found.footnotes.len(),
        found.urls.len(),
    ];
    signature((kinds, counts.map(about), about(tokens.len())))
}

fn read_date(bytes: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(bytes);
    let Ok(date) = Edtf::parse(&text) else { return signature((false, form(&text))) };
    let (first, last) = (date.earliest(), date.latest());
    if let (Some(first), Some(last)) = (first, last) {
        assert!(first <= last, "{text}: {first:?} to {last:?}");
    }
    let again = Edtf::parse(date.text());
    assert_eq!(again.as_ref().ok().map(Edtf::form), Some(date.form()), "{text}");
    signature((true, form(&text), date.is_uncertain(), date.is_approximate()))
}

/// A text with its digits and letters alike: what form it has.
fn form(text: &str) -> String {
    let one = |c: char| match c {
        '0'..='9' => '0',
        c if c.is_alphabetic() => 'a',
        c if c.is_ascii() => c,
        _ => '\u{fffd}',
    };
    let mut out: Vec<char> = text.chars().take(24).map(one).collect();
    out.dedup();
    out.into_iter().collect()
}

/// Every place of what is told lies in the text, on characters.
pub fn sound(told: &[Diagnostic], text: &str) {
    for diagnostic in told {
        for span in diagnostic.span.iter().chain(diagnostic.labels.iter().map(|label| &label.span)) {
            assert!(text.get(span.range()).is_some(), "{span:?} is no part of the text: {diagnostic:?}");
        }
    }
}

/// The codes of what is told, each once.
pub fn codes(told: &[Diagnostic]) -> std::collections::BTreeSet<&'static str> {
    told.iter().map(|diagnostic| diagnostic.code).collect()
}
