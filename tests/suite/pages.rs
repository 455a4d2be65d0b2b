//! What each kind of page gets, by a small dossier in French (`fixtures/pages/in`): one file of values for each page.
//!
//! No theme is compared but the values behind it: templates dump their context, which [`Writer`] writes in lines.
//! Nothing, `false` and empty lists are left out; so is what all pages get (`t`, `assets`, `frame`), but on the home page.
//! A record or article within a page is its kind and id, with what that page says of it alone.

use std::fmt::Write;

use sourcebook_site::pages::kind_of;
use sourcebook_site::prepare::Options;
use sourcebook_site::render::rooted::ROOT;

use crate::driver::{Memory, files_below, golden, run, suite};

/// One of each kind, and the special cases of a kind.
const SHOWN: &[&str] = &[
    "index.html",
    "404.html",
    "ancien/index.html",
    "recit/index.html",
    "articles/index.html",
    "actors/roux/index.html",
    "events/fermeture/index.html",
    "places/pont/index.html",
    "sources/discours/index.html",
    "sources/article/index.html",
    "questions/vehicules/index.html",
    "questions/date-fin/index.html",
    "questions/ferme-q/index.html",
    "claims/ferme/index.html",
    "claims/retire/index.html",
    "claims/index.html",
    "actors/index.html",
    "events/index.html",
    "places/index.html",
    "questions/index.html",
    "sources/index.html",
    "timeline/index.html",
    "timeline/actors/index.html",
    "timeline/questions/index.html",
    "disagreements/index.html",
    "as-of/2024-05-31/index.html",
];

const TEMPLATES: &[&str] = &[
    "home",
    "404",
    "redirect",
    "article",
    "articles",
    "actor",
    "event",
    "place",
    "source",
    "question",
    "claim",
    "index",
    "timeline",
    "disagreements",
    "as-of",
    "compare",
];

const CARDS: &[&str] = &["actor", "event", "place", "source", "question", "claim"];

fn dossier() -> Memory {
    let folder = suite().join("fixtures/pages/in");
    let written = files_below(&folder).into_iter().fold(Memory::default(), |memory, path| {
        let name = path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/");
        memory.with(&name, std::fs::read(&path).unwrap())
    });
    let template = |name: &str| format!("themes/plain/templates/{name}.html");
    let dumping =
        TEMPLATES.iter().fold(written, |memory, name| memory.with(&template(name), "{{ __tera_context | safe }}"));
    CARDS.iter().fold(dumping, |memory, kind| {
        memory.with(&template(&format!("cards/{kind}")), format!("[{kind} {{{{ {kind}.id }}}}]"))
    })
}

#[test]
fn what_each_page_gets() {
    let memory = dossier();
    let (prepared, diagnostics) = run(&memory, Options::default());
    // A theme that dumps its values is none for readers.
    let faults = diagnostics.iter().filter(|d| d.code != "theme-omits");
    let faults: Vec<_> = faults.map(|d| (&d.message, &d.help)).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    let expected = suite().join("fixtures/pages/expected");
    let renderer = prepared.renderer(&memory);
    let (mut differences, mut routes) = (Vec::new(), String::new());
    for route in prepared.routes.all() {
        // The names of files of the program's own theme change with every change of theirs.
        if kind_of(route).name != "theme files" {
            writeln!(routes, "{}: {}", kind_of(route).name, route.path).unwrap();
        }
        if SHOWN.contains(&&*route.path) {
            let mut bytes = Vec::new();
            renderer.render(route, &mut bytes).unwrap();
            let dump = String::from_utf8(bytes).unwrap();
            let name = route.path.trim_end_matches(".html").trim_end_matches("/index").replace('/', "-");
            let found = Writer::page(&Reader { rest: &dump }.value()).replace(ROOT, "ROOT/");
            differences.extend(golden(&expected.join(format!("{name}.txt")), &found).err());
        }
    }
    differences.extend(golden(&expected.join("routes.txt"), &routes).err());
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    let all: Vec<_> = prepared.routes.all().iter().map(|route| &*route.path).collect();
    assert!(SHOWN.iter().all(|path| all.contains(path)), "a page in the list is none of the site");
}

/// What a source's page and an article with its notes get in a citation style.
#[cfg(feature = "csl")]
#[test]
fn pages_in_a_citation_style() {
    let memory = dossier();
    let site = String::from_utf8(memory.0["site.toml"].clone()).unwrap();
    let memory = memory.with("site.toml", format!("{site}\n[citations]\nstyle = \"chicago-notes\"\n"));
    let (prepared, diagnostics) = run(&memory, Options::default());
    assert!(diagnostics.iter().all(|d| d.code == "theme-omits"), "{diagnostics:?}");
    let renderer = prepared.renderer(&memory);
    let mut differences = Vec::new();
    for (path, name) in [("sources/article/index.html", "sources-article"), ("recit/index.html", "recit")] {
        let mut bytes = Vec::new();
        renderer.render(prepared.routes.find(path).unwrap(), &mut bytes).unwrap();
        let found = Writer::page(&Reader { rest: &String::from_utf8(bytes).unwrap() }.value()).replace(ROOT, "ROOT/");
        let expected = suite().join(format!("fixtures/pages/styled/{name}.txt"));
        differences.extend(golden(&expected, &found).err());
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn assets_are_copied() {
    let memory = dossier();
    let (prepared, _) = run(&memory, Options::default());
    let mut bytes = Vec::new();
    prepared.renderer(&memory).render(prepared.routes.find("plan.txt").unwrap(), &mut bytes).unwrap();
    assert_eq!(bytes, memory.0["content/plan.txt"]);
}

/// Marks of which only the program knows stand in no page, encoded or not, wherever an address comes from.
#[test]
fn every_address_leads_from_where_its_page_stands() {
    let texts = "![A drawing](drawing.svg) and [one](drawing.svg), [[a]] [@c]\n\n![[a]]\n\n> ![again](drawing.svg)";
    let sheet = "actors: { a: { name: A, summary: '![d](drawing.svg)' } }\nsources: { s: { title: S, type: webpage } }\n\
        claims: { c: { statement: C, by: [a], evidence: [{ source: s }] } }\n";
    let memory = Memory::default()
        .with("site.toml", "title = \"T\"\nlanguage = \"en\"\n")
        .with("content/drawing.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .with("content/sheet.yaml", sheet)
        .with("content/notes/one.md", format!("---\ntitle: One\n---\n{}", texts.replace("(drawing", "(../drawing")));
    let (prepared, diagnostics) = run(&memory, Options::default());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let renderer = prepared.renderer(&memory);
    let page = |route| {
        let mut bytes = Vec::new();
        renderer.render(route, &mut bytes).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    for route in prepared.routes.all() {
        let html = page(route);
        assert!(!html.contains(['\u{fdd0}', '\u{fdd1}', '\u{fdd2}']) && !html.contains("%EF%B7%9"), "{}", route.path);
    }
    let article = page(prepared.routes.find("notes/one/index.html").unwrap());
    assert_eq!(article.matches("src=\"../../drawing.svg\"").count(), 2, "{article}");
    assert_eq!(article.matches("href=\"../../drawing.svg\"").count(), 1, "{article}");
}

/// A value of a template.
enum Value {
    Word(String),
    Text(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

/// Reads the template engine's dump: JSON, but for strings as Rust writes them, and nothing for no value.
struct Reader<'t> {
    rest: &'t str,
}

impl Reader<'_> {
    fn value(&mut self) -> Value {
        match self.rest.chars().next() {
            Some('{') => Value::Map(self.items('}', |reader| {
                let key = reader.text();
                reader.rest = reader.rest.strip_prefix(": ").unwrap();
                (key, reader.value())
            })),
            Some('[') => Value::List(self.items(']', Self::value)),
            Some('"') => Value::Text(self.text()),
            _ => {
                let (word, rest) = self.rest.split_at(self.rest.find([',', '}', ']']).unwrap());
                self.rest = rest;
                Value::Word(word.to_owned())
            }
        }
    }

    fn items<T>(&mut self, end: char, mut one: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let mut items = Vec::new();
        self.rest = &self.rest[1..];
        while !self.rest.starts_with(end) {
            items.push(one(self));
            self.rest = self.rest.strip_prefix(", ").unwrap_or(self.rest);
        }
        self.rest = &self.rest[1..];
        items
    }

    fn text(&mut self) -> String {
        let mut out = String::new();
        let mut chars = self.rest[1..].chars();
        loop {
            match chars.next().unwrap() {
                '"' => break,
                '\\' => match chars.next().unwrap() {
                    'n' => out.push('\n'),
                    't' => out.push('\t'),
                    'u' => {
                        let code: String = chars.by_ref().skip(1).take_while(|c| *c != '}').collect();
                        out.push(char::from_u32(u32::from_str_radix(&code, 16).unwrap()).unwrap());
                    }
                    c => out.push(c),
                },
                c => out.push(c),
            }
        }
        self.rest = chars.as_str();
        out
    }
}

impl Value {
    fn get(&self, key: &str) -> Option<&str> {
        let Self::Map(fields) = self else { return None };
        match fields.iter().find(|(name, _)| name == key)? {
            (_, Self::Text(text) | Self::Word(text)) => Some(text),
            _ => None,
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Word(word) => word.is_empty() || word == "false",
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Map(fields) => fields.iter().all(|(_, value)| value.is_empty()),
        }
    }
}

/// What every brief value of a record or article says, and its own page shows in full.
const BRIEF: &[&str] = &[
    "kind",
    "id",
    "url",
    "label",
    "link_html",
    "name",
    "type",
    "type_label",
    "role",
    "title",
    "date",
    "precision",
    "precision_label",
    "outlet",
    "outlet_url",
    "published",
    "language",
    "claims_count",
    "text",
    "text_html",
    "answers_count",
    "differs_count",
    "contested",
    "status",
    "status_label",
    "description",
    "updated",
    "statement_html",
    "speakers",
    "speaker_label",
    "voice_label",
    "said",
    "as_of",
    "modality",
    "modality_label",
    "evidence",
    "comparison_url",
    "contested_label",
    "origins_count",
    "origins_label",
    "card_html",
];

struct Writer {
    out: String,
}

impl Writer {
    fn page(value: &Value) -> String {
        let Value::Map(fields) = value else { panic!("a page's values are a map") };
        let home = fields.iter().any(|(key, page)| key == "page" && page.get("kind") == Some("home"));
        let mut writer = Self { out: String::new() };
        for (key, value) in fields {
            let shared = ["t", "assets", "frame", "lang", "yaml_html"].contains(&&**key);
            let once = ["site", "nav"].contains(&&**key);
            if !shared && (home || !once) {
                writer.field(key, value, 0);
            }
        }
        writer.out
    }

    fn field(&mut self, key: &str, value: &Value, depth: usize) {
        if value.is_empty() {
            return;
        }
        let indent = "  ".repeat(depth);
        write!(self.out, "{indent}{key}:").unwrap();
        let fields = match value {
            // The page's own record stands in full.
            Value::Map(fields) if depth == 0 && value.get("url").is_some() => fields,
            _ => return self.value(value, depth + 1),
        };
        self.out.push('\n');
        fields.iter().for_each(|(key, value)| self.field(key, value, depth + 1));
    }

    /// Writes a value after its key or hyphen, to the end of its line or lines.
    fn value(&mut self, value: &Value, depth: usize) {
        let indent = "  ".repeat(depth);
        match value {
            Value::Word(word) => writeln!(self.out, " {word}").unwrap(),
            Value::Text(text) if text.contains("<svg") => {
                writeln!(self.out, " figure: {}", without_tags(text)).unwrap();
            }
            Value::Text(text) if text.trim().contains('\n') => {
                self.out.push_str(" |\n");
                text.trim().lines().for_each(|line| writeln!(self.out, "{indent}{line}").unwrap());
            }
            Value::Text(text) => writeln!(self.out, " {}", text.trim()).unwrap(),
            Value::List(items) => {
                self.out.push('\n');
                for item in items {
                    write!(self.out, "{indent}-").unwrap();
                    self.value(item, depth + 1);
                }
            }
            Value::Map(fields) => self.map(value, fields, depth),
        }
    }

    fn map(&mut self, value: &Value, fields: &[(String, Value)], depth: usize) {
        let is_brief = value.get("url").is_some() && value.get("id").is_some();
        let told = match (is_brief, value.get("edtf")) {
            (true, _) => format!(" {} {}", value.get("kind").unwrap(), value.get("id").unwrap()),
            (_, Some(edtf)) => format!(" {edtf}, {}", value.get("phrase").unwrap()),
            _ => String::new(),
        };
        let dated = ["edtf", "phrase", "label", "html", "iso", "precision"];
        self.out.push_str(&told);
        self.out.push('\n');
        for (key, value) in fields {
            let known = is_brief && BRIEF.contains(&&**key) || !is_brief && !told.is_empty() && dated.contains(&&**key);
            if !known {
                self.field(key, value, depth);
            }
        }
    }
}

/// The words of a figure.
fn without_tags(html: &str) -> String {
    let words: Vec<_> = html.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text.trim()).collect();
    words.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" | ")
}
