use std::collections::BTreeMap;

use proptest::prelude::*;

use super::item::Item;
use super::*;
use sourcebook_core::base::memory::MemoryWorld;
use sourcebook_core::base::timings::Timings;
use sourcebook_core::base::tree::emit::{Pair, Value, map};
use sourcebook_core::model::kinds::CSL_TYPES;
use sourcebook_site::export;

/// What becomes of a source on its way out and in again.
type Fields = BTreeMap<&'static str, String>;

fn exported(sources: &[Vec<Pair>], format: &str) -> String {
    let mut sheet = "sources:\n".to_owned();
    for (n, source) in sources.iter().enumerate() {
        sheet += &format!("  source-{n:03}:\n");
        map(source).lines().for_each(|line| sheet += &format!("    {line}\n"));
    }
    let world = MemoryWorld::new().with("site.toml", "title = \"T\"\n").with("content/a.yaml", sheet.clone());
    let prepared = sourcebook_site::prepare::prepare(
        &world,
        sourcebook_site::prepare::Options::default(),
        &mut Timings::default(),
    );
    assert!(
        !sourcebook_core::base::diagnostic::has_errors(&prepared.diagnostics),
        "{:#?}\n{sheet}",
        prepared.diagnostics
    );
    let mut out = String::new();
    let format = export::ALL.iter().find(|f| f.name == format).unwrap();
    (format.write)(&prepared.export(), &mut out);
    out
}

fn fields_of(item: &Item) -> Fields {
    let list = item.authors.join(" & ");
    let one = |value: &Option<String>| value.clone().unwrap_or_default();
    [
        ("id", item.key.clone()),
        ("title", one(&item.title)),
        ("type", item.kind.to_owned()),
        ("author", list),
        ("publisher", one(&item.publisher)),
        ("published", one(&item.published)),
        ("accessed", one(&item.accessed)),
        ("url", one(&item.url)),
        ("archive", one(&item.archive)),
        ("language", one(&item.language)),
        ("extra", item.extra.keys().cloned().collect::<Vec<_>>().join(" ")),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .collect()
}

/// Sources as they are written, and what is expected of them.
fn written(n: usize, source: &Fields) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for key in ["title", "type", "author", "publisher", "published", "accessed", "url", "archive", "language"] {
        let Some(text) = source.get(key) else { continue };
        let name = |name: &str| Value::Map(vec![Pair::new("name", Value::Text(name.to_owned()))]);
        let value = match key {
            "author" => Value::List(text.split(" & ").map(name).collect()),
            "publisher" => name(text),
            "archive" => Value::Map(vec![Pair::new("url", Value::Text(text.clone()))]),
            _ => Value::Text(text.clone()),
        };
        pairs.push(Pair::new(key, value));
    }
    assert!(source["id"] == format!("source-{n:03}"));
    pairs
}

fn round(sources: &[Fields], name: &str, format: Format) {
    let pairs: Vec<_> = sources.iter().enumerate().map(|(n, source)| written(n, source)).collect();
    let text = exported(&pairs, name);
    let report = format.read(FileId(0), &text);
    assert!(report.diagnostics.is_empty(), "{:#?}\n{text}", report.diagnostics);
    let found: Vec<_> = report.value.iter().map(fields_of).collect();
    assert_eq!(found, sources, "{text}");
}

fn source(n: usize, fields: &[(&'static str, &str)]) -> Fields {
    let id = [("id", format!("source-{n:03}"))];
    id.into_iter().chain(fields.iter().map(|(key, value)| (*key, (*value).to_owned()))).collect()
}

#[test]
fn every_type_comes_back() {
    for (name, format) in [("bibtex", Format::Bibtex), ("csl", Format::Csl), ("ris", Format::Ris)] {
        let of = |(n, kind): (usize, &&str)| source(n, &[("title", "T"), ("type", kind), ("publisher", "P")]);
        round(&CSL_TYPES.iter().enumerate().map(of).collect::<Vec<_>>(), name, format);
        let of = |(n, kind): (usize, &&str)| source(n, &[("title", "T"), ("type", kind), ("url", "https://e.org/")]);
        round(&CSL_TYPES.iter().enumerate().map(of).collect::<Vec<_>>(), name, format);
    }
}

#[test]
fn hyphens_of_an_address_come_back() {
    round(
        &[source(0, &[("title", "T"), ("type", "webpage"), ("url", "https://e.org/a--b---c")])],
        "bibtex",
        Format::Bibtex,
    );
}

#[test]
fn every_date_of_csl_comes_back() {
    let dates = [
        "2024",
        "2024-06",
        "2024-06-19",
        "2024-06~",
        "2024-06/2024-08",
        "2024-21",
        "[2023,2024-06]",
        "2024/..",
        "201X",
        "19XX",
        "0000",
        "-0044",
        "-0044-03-15",
        "-0044/-0042",
        "2023/2024-06",
        "2024-06-01/2024-08",
        "../2024",
        "2024-21~",
        "2024-06~/2024-08",
        "2024~/2025~",
    ];
    let of = |(n, date): (usize, &&str)| source(n, &[("title", "T"), ("type", "book"), ("published", date)]);
    round(&dates.iter().enumerate().map(of).collect::<Vec<_>>(), "csl", Format::Csl);
}

/// A text as a title may be, on one line.
fn title() -> impl Strategy<Value = String> {
    // Without the space that does not break, which BibTeX has a sign for and `biblatex` does not.
    let any = "[ -~àéœ—–«»’“”…]{1,40}";
    prop_oneof![any.boxed(), "[-${}%&#_~^\\\\\"'a@=,;<>/ ]{1,12}".boxed(), "[A-Za-zé ]{1,20}".boxed()]
        .prop_map(|text| text::line(&text))
        // Tags are rich text to CSL, and a bare `<i>` is not meant by anybody.
        .prop_filter("empty, or rich text", |text| !text.is_empty() && text::unmarked(text) == *text)
}

fn name() -> impl Strategy<Value = String> {
    "[A-ZÉ][a-zé'’.-]{1,8}( (von|de|bin|[A-Z][a-z-]{1,8})){0,3}"
        .prop_filter("a word of BibTeX", |name| !name.split(' ').any(|word| word == "others" || word == "and"))
}

fn any_source() -> impl Strategy<Value = Fields> {
    let date = prop_oneof!["20[0-9]{2}", "20[0-9]{2}-0[1-9]", "20[0-9]{2}-1[0-2]-[12][0-9]"];
    let url = "https://[a-z]{1,6}\\.org/[a-zA-Z0-9%&=?_~#.,;:()/+-]{0,20}";
    let maybe = |strategy: BoxedStrategy<String>| proptest::option::of(strategy);
    let fields = (
        title(),
        proptest::sample::select(CSL_TYPES),
        proptest::collection::vec(name(), 0..3),
        maybe(title().boxed()),
        maybe(date.clone().boxed()),
        maybe(date.boxed()),
        maybe(url.boxed()),
        maybe(url.boxed()),
        maybe("fr|en|pt-BR|zh-Hant".boxed()),
    );
    fields.prop_map(|(title, kind, authors, publisher, published, accessed, url, archive, language)| {
        let authors = Some(authors.join(" & ")).filter(|authors| !authors.is_empty());
        let known = [
            ("id", Some("source-000".to_owned())),
            ("title", Some(title)),
            ("type", Some(kind.to_owned())),
            ("author", authors),
            ("publisher", publisher),
            ("published", published),
            ("accessed", accessed),
            ("url", url),
            ("archive", archive),
            ("language", language),
        ];
        known.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
    })
}

/// Near what each format is made of, so that more than the first line is read.
fn near() -> impl Strategy<Value = String> {
    let bibtex = "(@(article|misc|string|comment)?|\\{|\\}|[a-z]{1,4}|=|,|\"|#|\\\\[a-z'\"`^]|\\$|%|\n| |author|title|date|and|[0-9]{1,4}|é|-|\\\\url){0,40}";
    let ris = "((TY|AU|TI|PY|UR|ER|N1|LA|DO)?( {0,3}-)? ?[A-Za-z0-9/,. é-]{0,12}\r?\n?){0,12}";
    let json = "(\\[|\\]|\\{|\\}|\"(id|type|title|author|issued|date-parts|family|literal|season)\"|:|,|[0-9]{1,5}|-|\"[a-zé\\\\/]{0,4}\"|null|true| ){0,40}";
    prop_oneof![bibtex.boxed(), ris.boxed(), json.boxed(), ".{0,80}".boxed()]
}

proptest! {
    // Each of these is a dossier of its own, three times.
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn sources_come_back(source in any_source()) {
        let round = |name, format| round(std::slice::from_ref(&source), name, format);
        round("bibtex", Format::Bibtex);
        round("csl", Format::Csl);
        round("ris", Format::Ris);
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in near()) {
        for format in [Format::Bibtex, Format::Csl, Format::Ris] {
            let report = format.read(FileId(0), &text);
            for diagnostic in &report.diagnostics {
                let span = diagnostic.span.unwrap();
                prop_assert!(span.range().end <= text.len() && span.start <= span.end, "{diagnostic:?}");
                prop_assert!(text.get(span.range()).is_some(), "{diagnostic:?} {text:?}");
            }
        }
    }

    #[test]
    fn any_entry_is_read(field in "[a-z]{1,8}", value in "[^@]{0,60}|([{}\\\\$'\"`a-z=,# ~-]|and|é){0,30}") {
        let whole = format!("@misc{{k, author = {{{value}}}, {field} = {{{value}}}, title = \"{value}\"}}\n@string{{a = b # a}} @misc{{l, title = a # a}}");
        let report = bibtex::read(FileId(0), &whole);
        for diagnostic in &report.diagnostics {
            prop_assert!(whole.get(diagnostic.span.unwrap().range()).is_some(), "{diagnostic:?} {whole:?}");
        }
    }
}

/// What would make a reader call itself without end, or write without end.
#[test]
fn files_made_to_hurt() {
    let read = |text: &str| bibtex::read(FileId(0), text);
    let laughs: String = (1..60).map(|n| format!("@string{{a{n} = a{} # a{}}}\n", n - 1, n - 1)).collect();
    assert!(read(&format!("@string{{a0 = \"ha\"}}\n{laughs}@misc{{k, title = a59}}")).value.len() == 1);
    assert_eq!(read("@string{a = a}@misc{k, title = a}").value.len(), 1);
    assert_eq!(
        read("@misc{a, crossref={b}, title={A}}@misc{b, crossref={a}, title={B}}@misc{c, xdata={c}, title={C}}")
            .value
            .len(),
        3
    );
    let deep = format!("@misc{{k, title = {{{}x{}}}}}", "\\emph{".repeat(5_000), "}".repeat(5_000));
    assert_eq!(read(&deep).diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), ["bibtex-syntax"]);
    assert_eq!(read(&"@misc{".repeat(5_000)).value.len(), 0);
    let deep = format!("[{{\"id\":\"a\",\"title\":\"A\",\"x\":{}1{}}}]", "[".repeat(100), "]".repeat(100));
    assert_eq!(csl::read(FileId(0), &deep).value.len(), 1);
    let deep = "[".repeat(100_000);
    assert_eq!(csl::read(FileId(0), &deep).diagnostics.len(), 1);
    let long = format!("TY  - GEN\nTI  - {}\n{}ER  - \n", "x".repeat(1 << 20), "more\n".repeat(10_000));
    assert_eq!(ris::read(FileId(0), &long).value.len(), 1);
}

#[test]
fn formats() {
    for (path, text, expect) in [
        ("a.bib", "", Some(Format::Bibtex)),
        ("A.JSON", "", Some(Format::Csl)),
        ("a.ris", "", Some(Format::Ris)),
        ("a.txt", "\n [ ]", Some(Format::Csl)),
        ("a", "x\nTY  - JOUR\n", Some(Format::Ris)),
        ("a.txt", "% x\n @misc{", Some(Format::Bibtex)),
        ("a.txt", "words", None),
    ] {
        assert_eq!(Format::of(path, text), expect, "{path}");
    }
}
