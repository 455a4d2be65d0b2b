//! Whole dossiers of records and articles that bytes choose, rendered with the program's own theme: no template fails, and pages hold
//! no HTML but what is allowed.
//!
//! Values are mostly sound, so that most dossiers have pages; texts are made of pieces of Markdown, of our syntax, and of what
//! tries to get through.

use std::collections::BTreeMap;
use std::fmt::Write;

use sourcebook_core::base::diagnostic::{Severity, has_errors};
use sourcebook_core::base::timings::Timings;
use sourcebook_core::base::world::{Entry, ReadError, Refused, World};
use sourcebook_site::prepare::{Options, prepare};

use crate::texts::codes;
use crate::{Bits, Target, about, allowed, signature};

/// Dossiers.
pub const DOSSIER: Target = Target { name: "dossier", run: built, endings: &[], words: &[], weight: 1 };

/// A dossier's files by path.
#[derive(Clone, Debug, Default)]
pub struct Memory(pub BTreeMap<String, Vec<u8>>);

impl World for Memory {
    fn list(&self, folder: &str) -> Vec<Entry> {
        let below = |path: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let files = self.0.iter().filter(|(path, _)| below(path));
        files.map(|(path, bytes)| Entry { path: path.as_str().into(), size: bytes.len() as u64 }).collect()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.0.get(path).cloned().ok_or(ReadError::Missing)
    }

    fn capture(&self, name: &str) -> Option<Result<Vec<u8>, ReadError>> {
        Some(self.read(&format!("captures/{name}")))
    }

    fn refused(&self, _: &str) -> Vec<Refused> {
        Vec::new()
    }

    fn today(&self) -> jiff::civil::Date {
        jiff::civil::date(2026, 1, 1)
    }
}

fn built(bytes: &[u8]) -> u64 {
    let (world, allows) = written(bytes);
    let prepared = prepare(&world, Options::default(), &mut Timings::default());
    let told = codes(&prepared.diagnostics);
    if has_errors(&prepared.diagnostics) {
        return signature((false, told));
    }
    let renderer = prepared.renderer(&world);
    let mut sizes = 0;
    for route in prepared.routes.all() {
        let mut out = Vec::new();
        if let Err(fault) = renderer.render(route, &mut out) {
            panic!("{}: {} {:?}\n{}", route.path, fault.message, fault.help, shown(&world));
        }
        sizes += out.len();
        if route.path.ends_with(".html") {
            let html = String::from_utf8(out).expect("pages are UTF-8");
            let faults = if allows { Vec::new() } else { allowed::faults(&html) };
            assert!(faults.is_empty(), "{}: {faults:#?}\n{}", route.path, shown(&world));
        }
    }
    let warned = prepared.diagnostics.iter().filter(|d| d.severity != Severity::Error).count();
    signature((true, told, about(warned), about(prepared.routes.all().len()), about(sizes)))
}

fn shown(world: &Memory) -> String {
    world.0.iter().map(|(path, bytes)| format!("== {path}\n{}\n", String::from_utf8_lossy(bytes))).collect()
}

/// The dossier that some bytes choose, and whether it lets raw HTML through.
pub fn written(bytes: &[u8]) -> (Memory, bool) {
    let mut bits = Bits::new(bytes);
    let html = bits.one(&["refuse", "escape", "allow", "refuse", "escape"]);
    let language = bits.one(&["en", "fr", "de"]);
    let mut site = format!("title = \"A <b>title</b> & more\"\nlanguage = \"{language}\"\n");
    if bits.below(3) == 0 {
        site += "base_url = \"https://example.org/d\"\n";
    }
    let _ = write!(site, "[markdown]\nhtml = \"{html}\"\n");
    if bits.below(4) == 0 {
        site += "[citations]\nstyle = \"chicago-notes\"\n";
    }
    if bits.below(3) == 0 {
        site += "[[milestones]]\ndate = \"2024-06-30\"\ntitle = \"Half <i>a</i> year\"\n";
    }
    let mut world = Memory::default();
    world.0.insert("site.toml".into(), site.into_bytes());
    let sheet = Writer { bits: &mut bits, html: html != "refuse" }.sheet();
    world.0.insert("content/a.yaml".into(), sheet.into_bytes());
    for n in 0..1 + bits.below(2) {
        let article = Writer { bits: &mut bits, html: html != "refuse" }.article(n);
        world.0.insert(format!("content/art-{n}.md"), article.into_bytes());
    }
    world.0.insert("captures/0.txt".into(), b"The bridge was closed at noon, she said. Nobody was hurt.".to_vec());
    (world, html == "allow")
}

/// What stands in texts. The last, from the first `<` on, only where raw HTML is no fault.
const PIECES: &[&str] = &[
    "word",
    "a word and more",
    "[@c0]",
    "[@c1; @s0]",
    "[see @c0, § 3]",
    "@c0",
    "[[a0]]",
    "[[p0|the *place*]]",
    "[[e0]]",
    "[[q0]]",
    "[[art-0]]",
    "*em*",
    "**strong**",
    "~~gone~~",
    "`code <b>`",
    "[link](https://example.org/?a=b&c=\"d\")",
    "[mail](mailto:a@example.org)",
    "![pic \"q\" [@c0]](https://example.org/x.png)",
    "\"quoted\" -- dash...",
    "&lt;script&gt;",
    "\\<b\\>",
    "a < b > c & d",
    "11 000",
    "é 𝕏 \u{202e}x",
    "[x](https://e.org \"ti\\\"tle' onclick=x\")",
    "<https://example.org/a>",
    "{{ x }} {% y %}",
    "]]>",
    "-->",
    "'\"><b>'",
];

/// Blocks of an article.
const BLOCKS: &[&str] = &[
    "## Heading {#h}\n",
    "## Notes\n",
    "### [[a0]] speaks\n",
    "Setext\n===\n",
    "- one\n- two [@c0]\n  - three\n",
    "3. a\n4. b\n",
    "> quoted [@c1]\n>\n> > deeper\n",
    "```yaml\na: \"<b>\"\n```\n",
    "```js\" onclick=\"x\nlet a = '</script>';\n```\n",
    "    indented <b>\n",
    "| a | b [@c0] |\n| :-: | --: |\n| [[a0]] | `x\\|y` |\n",
    "![[c0]]\n",
    "![[q0]]\n",
    "![[a0]]\n\n![[a0]]\n",
    "![[p0]]\n",
    "![[s0]]\n",
    "![[e0]]\n",
    "Text[^1] and[^1].\n\n[^1]: A note with [@c0] and *em*.\n",
    "***\n",
    "term\n: meaning [@c1]\n",
    "<!-- uncited: a reason -->\n",
    "<!-- hidden -->\n",
    "## A <heading> & \"more\" {.class}\n",
    "[ref]: https://example.org 'title'\n\n[ref] and [words][ref]\n",
];

/// Raw HTML.
const HTML: &[&str] = &[
    "<b onclick=\"x\">b</b>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- c -->",
    "<div hidden>\n\n*x*\n\n</div>",
    "<a href=\"javascript:x\">y</a>",
    "<style>*{}</style>",
    "<svg><title>x</title><script>y</script></svg>",
    "<details open>",
    "</p></article>",
    "<iframe src=\"https://e.org\">",
];

const NAMES: &[&str] = &[
    "Ann",
    "Le Journal",
    "O’Neil & <Sons>",
    "\"Quoted\" 'name'",
    "<script>alert(1)</script>",
    "Ü",
    "\u{202e}reversed",
    "a\u{a0}b",
    "{{ name }}",
    "]]> -->",
    "Very long name of a body that does a great many things in a great many places",
    "2024",
    "x onmouseover=alert(1)",
    "javascript:alert(1)",
];

const DATES: &[&str] = &[
    "2024-11-05",
    "2024-06",
    "2024",
    "2024-11-05?",
    "~2024-11",
    "2024-11-05/2024-11-07",
    "2024-11-05T10:30Z",
    "-0044",
    "1985/..",
    "[2024-06, 2024-07]",
];

struct Writer<'w, 'b> {
    bits: &'w mut Bits<'b>,
    html: bool,
}

impl Writer<'_, '_> {
    fn name(&mut self) -> String {
        quoted(self.bits.one(NAMES))
    }

    fn date(&mut self) -> String {
        quoted(self.bits.one(DATES).trim_start_matches('~'))
    }

    /// A line of Markdown.
    fn line(&mut self) -> String {
        let mut out = String::from("Say");
        for _ in 0..self.bits.below(4) {
            out.push(' ');
            let raw = self.html && self.bits.below(6) == 0;
            let inline = HTML.iter().copied().filter(|html| !html.contains('\n')).collect::<Vec<_>>();
            out += if raw { self.bits.one(&inline) } else { self.bits.one(PIECES) };
        }
        out + "."
    }

    fn text(&mut self) -> String {
        quoted(&self.line())
    }

    fn article(&mut self, n: usize) -> String {
        let mut out = format!("---\ntitle: {}\n", self.name());
        if self.bits.below(2) == 0 {
            let _ =
                writeln!(out, "date: {}\ndescription: {}\nabout: [a0, q0]", self.bits.one(&DATES[..3]), self.name());
        }
        let _ = writeln!(out, "slug: art-{n}\n---\n");
        for _ in 0..1 + self.bits.below(6) {
            match self.bits.below(5) {
                0 => out += &format!("{}\n\n", self.line()),
                1 if self.html => out += &format!("{}\n\n", self.bits.one(HTML)),
                _ => out += &format!("{}\n", self.bits.one(BLOCKS)),
            }
        }
        out
    }

    fn sheet(&mut self) -> String {
        let mut out = String::from("curation: { by: me, on: 2025-01-01 }\nactors:\n");
        for n in 0..3 {
            let kind = self.bits.one(&["person", "organization", "state", "media", "unnamed"]);
            let _ = write!(out, "  a{n}:\n    name: {}\n    type: {kind}\n    role: {}\n", self.name(), self.name());
            if n > 0 {
                let _ = write!(
                    out,
                    "    aliases: [{}]\n    {}: a{}\n",
                    self.name(),
                    self.bits.one(&["part_of", "speaks_for"]),
                    n - 1
                );
            }
            self.summary(&mut out);
        }
        out += "places:\n";
        for n in 0..2 {
            let precision = self.bits.one(&["point", "city", "region", "country", "area"]);
            let (lat, lon) = (self.bits.below(180) as i32 - 90, self.bits.below(250) as i32 - 125);
            let _ = write!(
                out,
                "  p{n}:\n    name: {}\n    coordinates: [{lat}, {lon}]\n    precision: {precision}\n",
                self.name()
            );
            self.summary(&mut out);
        }
        out += "events:\n";
        for n in 0..2 {
            let _ = write!(
                out,
                "  e{n}:\n    title: {}\n    date: {}\n    place: p0\n    actors: {{ a0: {} }}\n",
                self.name(),
                self.date(),
                self.name()
            );
            self.summary(&mut out);
        }
        self.sources(&mut out);
        self.questions(&mut out);
        self.claims(&mut out);
        out
    }

    fn summary(&mut self, out: &mut String) {
        if self.bits.below(2) == 0 {
            let _ = writeln!(out, "    summary: {}", self.text());
        }
        if self.bits.below(5) == 0 {
            let _ = writeln!(out, "    extra: {{ key: {}, \"<b>\": [1, {}] }}", self.name(), self.name());
        }
    }

    fn sources(&mut self, out: &mut String) {
        *out += "sources:\n";
        for n in 0..2 {
            let kind = self.bits.one(&["article-newspaper", "webpage", "report", "speech", "book"]);
            let _ = write!(
                out,
                "  s{n}:\n    title: {}\n    type: {kind}\n    url: \"https://example.org/{n}?a=b&c='d\"\n",
                self.name()
            );
            match self.bits.below(4) {
                0 => *out += "    publisher: a0\n",
                1 => {
                    let _ =
                        write!(out, "    author: [{{ name: {} }}, a1]\n    published: {}\n", self.name(), self.date());
                }
                2 => *out += "    capture: 0.txt\n    based_on: a2\n",
                _ => *out += "    status: { is: retracted, on: 2025-01-01 }\n    language: fr\n",
            }
            self.summary(out);
        }
    }

    fn questions(&mut self, out: &mut String) {
        *out += "questions:\n";
        let kinds = [
            ("quantity", "    unit: people\n    adds_up: true\n"),
            ("date", ""),
            ("choice", "    options: { \"yes\": \"Y <b>\", \"no\": N }\n"),
            ("text", ""),
            ("place", ""),
            ("period", ""),
        ];
        for (n, (kind, more)) in kinds.iter().enumerate() {
            let _ = write!(out, "  q{n}:\n    text: {}\n    kind: {kind}\n{more}", self.text());
            if self.bits.below(3) == 0 {
                let _ = write!(
                    out,
                    "    changes: true\n    assessment: {{ status: disputed, because: {} }}\n",
                    self.text()
                );
            }
            self.summary(out);
        }
    }

    fn claims(&mut self, out: &mut String) {
        *out += "claims:\n";
        for n in 0..4 {
            let _ = write!(out, "  c{n}:\n    statement: {}\n    on: {}\n", self.text(), self.date());
            if self.bits.below(2) == 0 {
                let _ = write!(
                    out,
                    "    by: [a0{}]\n    about: [a1, p0, e0]\n",
                    if self.bits.below(2) == 0 { ", a2" } else { "" }
                );
            }
            let modality = self.bits.one(&["asserts", "estimates", "forecasts", "confirms", "denies"]);
            let _ = writeln!(out, "    modality: {modality}\n    answers:");
            let value = self.bits.one(&[
                "1000",
                "~11000",
                "10000..12000",
                "\">=5\"",
                "{ value: 7, place: p1, group: a1 }",
                "{ value: 12, as_of: 2024-12 }",
            ]);
            let _ = write!(out, "      q0: {value}\n      q2: \"{}\"\n", self.bits.one(&["yes", "no"]));
            match self.bits.below(4) {
                0 => {
                    let _ = writeln!(out, "      q1: {}", quoted(self.bits.one(&DATES[..3])));
                }
                1 => {
                    let _ = writeln!(out, "      q3: {}", self.name());
                }
                2 => *out += "      q4: p0\n",
                _ => *out += "      q5: 2024-01/2024-06\n",
            }
            if n > 0 {
                match self.bits.below(5) {
                    0 => {
                        let _ = writeln!(out, "    contradicts: {{ c0: {} }}", self.text());
                    }
                    1 => {
                        let _ = writeln!(out, "    supersedes: {{ c{}: {} }}", n - 1, self.text());
                    }
                    2 => *out += "    supports: [c0]\n",
                    3 => {
                        let _ =
                            writeln!(out, "    status: {{ is: corrected, on: 2025-02-03, because: {} }}", self.text());
                    }
                    _ => {}
                }
            }
            let quote = if self.bits.below(2) == 0 { ", quote: \"closed at noon\"" } else { "" };
            let _ = write!(
                out,
                "    evidence:\n      - {{ source: s{}, locator: {}{quote} }}\n",
                self.bits.below(2),
                quoted(self.bits.one(&["§ 1", "p. <3>", "00:01:02"]))
            );
            if self.bits.below(3) == 0 {
                let _ = writeln!(out, "    note: {}", self.text());
            }
        }
    }
}

/// A text of YAML between quotation marks: JSON's are YAML's.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
