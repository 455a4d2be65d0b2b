use std::collections::BTreeSet;

use serde_json::Value;

use super::*;
use sourcebook_core::base::memory::MemoryWorld;
use sourcebook_core::base::timings::Timings;

const SHEET: &str = r#"
curation: { by: Editors, on: 2024-12-01 }
actors:
  paper: { name: "The & <Paper> {Ltd}", type: media, aliases: [P] }
  kim: { name: Kim Jong-un, type: person, role: "=HYPERLINK(1)", part_of: north, wikidata: Q56226, summary: "See [[paper]]." }
  north: { name: Corée du Nord, type: state }
places:
  koursk: { name: Koursk, coordinates: [51.7, 36.2], precision: region, part_of: north }
  nowhere: { name: Nowhere }
events:
  battle: { title: "Battle <b>", date: 2024-06-19, place: koursk, actors: { kim: chief }, summary: "It *began*." }
  war: { title: War, date: 2022-02/2024-06, actors: [kim] }
  past: { title: Past, date: ../2021, part_of: war }
  winter: { title: Winter, date: 2023-24 }
sources:
  s1: { title: "100 % {true} & $5_#~^\\", type: article-newspaper, author: [kim, { name: "Ann O'Nym" }], publisher: paper,
        published: 2024-11-03, accessed: 2026-11-20, url: "https://example.org/a?b=1&c=%7B2%7D", language: en,
        archive: { url: "https://archive.example/x", on: 2024-11-04 }, based_on: [north], reliability: { grade: C, because: secret-grade },
        capture: { file: private-004.txt, on: 2024-11-05, method: print } }
  s2: { title: Speech, type: speech, published: 2024-21, text: { file: content/speech.md, rights: own } }
  s3: { title: Page, published: "[2023, 2024-06]", url: "https://example.org/p" }
questions:
  how-many: { text: How many?, kind: quantity, unit: soldiers, assessment: { answer: 11000, status: disputed, on: 2026-11-20, because: "Since." } }
  yes-no: { text: Is it so?, kind: choice, options: { yes: it is, no: it is not } }
claims:
  c1: { statement: "=1+1 *soldiers* [@s3]", by: kim, on: 2024-11-05, as_of: { date: 2024-11, inferred: guess }, modality: estimates, about: [koursk],
        answers: { how-many: ~11000, yes-no: yes }, contradicts: { c2: why },
        evidence: [ { source: s1, quote: "some, \"quoted\" […] words", language: en, translation: { text: des mots, by: me }, locator: § 1, via: [paper] },
                    { source: s2, quote: what was said } ] }
  c2: { statement: "Two", answers: { how-many: 3000 }, evidence: { source: s3 }, status: { is: withdrawn, on: 2025-01-02, because: "Wrong." }, note: Hm. , extra: { a: 1 } }
"#;
const CAPTURE: &str = "There were some, \"quoted\" and other words.\n\nNothing else.";

fn world() -> MemoryWorld {
    MemoryWorld::new()
        .with("site.toml", "title = \"T & <T>\"\nlanguage = \"en\"\nauthors = [\"Editors\"]\n")
        .with("content/a.yaml", SHEET)
        .with("content/speech.md", "Before that, this is what was said and after it.\n")
        .with("content/essay.md", "---\ntitle: Essay\ndate: 2025-01-01\n---\nText [@c1].\n")
        .with_capture("private-004.txt", CAPTURE)
}

fn export(world: &MemoryWorld, name: &str) -> String {
    let prepared = crate::prepare::prepare(world, crate::prepare::Options::default(), &mut Timings::default());
    let errors: Vec<_> = prepared
        .diagnostics
        .iter()
        .filter(|d| d.severity == sourcebook_core::base::diagnostic::Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let mut out = String::new();
    let format = ALL.iter().find(|f| f.name == name).unwrap();
    (format.write)(&prepared.export(), &mut out);
    out
}

fn json(name: &str) -> Value {
    serde_json::from_str(&export(&world(), name)).unwrap()
}

#[test]
fn the_dossier_is_what_its_schema_says() {
    let schema = json("schema");
    assert!(jsonschema::meta::is_valid(&schema));
    let validator = jsonschema::validator_for(&schema).unwrap();
    let dossier = json("json");
    let errors: Vec<_> = validator.iter_errors(&dossier).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert_eq!(dossier["claims"][0]["evidence"][0]["quote"], "some, \"quoted\" […] words");
    assert_eq!(dossier["claims"][0]["url"], "../claims/c1/index.html");
    assert!(!validator.is_valid(&serde_json::json!({ "version": "1.0" })));
}

#[test]
fn every_key_of_the_schema_is_written() {
    let world = world().with("site.toml", "title = \"T\"\ndescription = \"D\"\nlanguage = \"en\"\nbase_url = \"https://example.org/d\"\nauthors = [\"E\"]\n");
    let written = export(&world, "json");
    let mut missing = BTreeSet::new();
    collect_keys(&json("schema"), &mut missing);
    missing.retain(|key| !written.contains(&format!("\"{key}\":")));
    // Not in this dossier: each has its test or its switch.
    let known = [
        "archivedAt",
        "at",
        "authority",
        "checked",
        "existed_by",
        "token",
        "adds_up",
        "because",
        "converted",
        "description",
        "disjoint_parts",
        "extra",
        "grade",
        "group",
        "grows",
        "impossible",
        "impossible_searched",
        "inferred",
        "limit",
        "limit_excluded",
        "note",
        "one_voice",
        "order",
        "parts",
        "rate",
        "rates",
        "reliability",
        "sentence",
        "several",
        "speaks_for",
        "shows",
        "sum",
        "sum_exceeded",
        "tolerance",
        "updated",
        "whole",
        "window",
        "supports",
        "supersedes",
        "authors",
        "begins",
        "set_aside",
    ];
    let unexpected: Vec<_> = missing.iter().filter(|key| !known.contains(&key.as_str())).collect();
    assert!(unexpected.is_empty(), "{unexpected:?}");
}

fn collect_keys(schema: &Value, keys: &mut BTreeSet<String>) {
    match schema {
        Value::Object(map) => {
            if let Some(Value::Object(properties)) = map.get("properties") {
                keys.extend(properties.keys().cloned());
            }
            map.values().for_each(|value| collect_keys(value, keys));
        }
        Value::Array(items) => items.iter().for_each(|item| collect_keys(item, keys)),
        _ => {}
    }
}

#[test]
fn tables_are_read_by_another_reader() {
    let claims = export(&world(), "claims");
    let body = claims.strip_prefix('\u{feff}').unwrap();
    let mut reader = ::csv::Reader::from_reader(body.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 3);
    let cell = |row: usize, name: &str| &rows[row][headers.iter().position(|h| h == name).unwrap()];
    assert_eq!(cell(0, "statement"), "'=1+1 soldiers");
    assert_eq!(cell(0, "quote"), "some, \"quoted\" […] words");
    assert_eq!(cell(0, "answers"), "how-many=~11000; yes-no=yes");
    assert_eq!((cell(1, "evidence"), cell(1, "verification")), ("2", "verbatim"));
    assert_eq!(cell(2, "status"), "withdrawn");

    let answers = export(&world(), "answers");
    let mut reader = ::csv::Reader::from_reader(answers.trim_start_matches('\u{feff}').as_bytes());
    assert_eq!(reader.records().map(Result::unwrap).count(), 3);
}

#[test]
fn bibtex_is_read_by_another_reader() {
    let text = export(&world(), "bibtex");
    let entries = biblatex::Bibliography::parse(&text).unwrap();
    let keys: Vec<_> = entries.iter().map(|e| e.key.as_str()).collect();
    assert_eq!(keys, ["s1", "s2", "s3"]);
    let s1 = entries.get("s1").unwrap();
    let words = |chunks: &[biblatex::Spanned<biblatex::Chunk>]| -> String {
        chunks.iter().map(|c| c.v.get().to_owned()).collect()
    };
    assert_eq!(words(s1.title().unwrap()).split_whitespace().next(), Some("100"));
    let authors = s1.author().unwrap();
    assert_eq!(authors.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["Kim Jong-un", "Ann O'Nym"]);
    assert!(authors.iter().all(|p| p.given_name.is_empty()));
    assert_eq!(s1.url().unwrap(), "https://example.org/a?b=1&c=%7B2%7D");
    assert!(s1.date().is_ok());
}

#[test]
fn bibtex_keeps_what_is_doubtful_of_a_date() {
    let check = |published: &str, expect: Option<(bool, bool)>| {
        let sheet = format!("sources:\n  a: {{ title: A, published: \"{published}\" }}\n");
        let text =
            export(&MemoryWorld::new().with("site.toml", "title = \"T\"\n").with("content/a.yaml", sheet), "bibtex");
        let entries = biblatex::Bibliography::parse(&text).unwrap();
        let date = match entries.get("a").unwrap().date() {
            Ok(biblatex::PermissiveType::Typed(date)) => Some((date.uncertain, date.approximate)),
            _ => None,
        };
        assert_eq!(date, expect, "{text}");
    };
    check("2025-07-01", Some((false, false)));
    check("2025-07?", Some((true, false)));
    check("2025~", Some((false, true)));
    check("2025-07-02%", Some((true, true)));
    check("[2024, 2025]", None);
}

#[test]
fn csl_json_is_read_by_another_reader() {
    let items: Vec<citationberg::json::Item> = serde_json::from_str(&export(&world(), "csl")).unwrap();
    assert_eq!(items.len(), 3);
    assert_eq!(items[0].id().unwrap(), "s1");
    let raw = json("csl");
    assert_eq!(raw[0]["issued"], serde_json::json!({ "date-parts": [[2024, 11, 3]] }));
    assert_eq!(raw[1]["issued"], serde_json::json!({ "date-parts": [[2024]], "season": 1 }));
    assert_eq!(raw[2]["issued"], serde_json::json!({ "date-parts": [], "literal": "[2023, 2024-06]" }));
}

#[test]
fn ris_has_one_field_a_line() {
    let text = export(&world(), "ris");
    for line in text.split_terminator("\r\n").filter(|l| !l.is_empty()) {
        let (tag, rest) = line.split_at(2);
        assert!(
            tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) && rest.starts_with("  - "),
            "{line}"
        );
    }
    assert_eq!((text.matches("TY  - ").count(), text.matches("ER  - ").count()), (3, 3));
    assert!(text.starts_with("TY  - NEWS\r\nID  - s1\r\n"));
    assert!(text.contains("\r\nDA  - 2024/11/03/\r\n"));
}

#[test]
fn geojson_is_read_by_another_reader() {
    let read: ::geojson::FeatureCollection =
        export(&world(), "geojson").parse::<::geojson::GeoJson>().unwrap().try_into().unwrap();
    assert_eq!(read.features.len(), 2);
    let raw = json("geojson");
    assert_eq!(raw["features"][0]["geometry"]["coordinates"], serde_json::json!([36.2, 51.7]));
    assert!(read.features[1].geometry.is_none());
}

#[test]
fn quotes_are_selectors_with_context_only_where_it_is_published() {
    let raw = json("annotations");
    assert_eq!(raw["total"], 2);
    let items = raw["first"]["items"].as_array().unwrap();
    let selector = |item: usize, target: usize| &items[item]["target"][target]["selector"];
    assert_eq!(items[0]["target"].as_array().unwrap().len(), 2);
    assert_eq!(selector(0, 1), &serde_json::json!({ "type": "TextQuoteSelector", "exact": "words" }));
    assert_eq!(
        selector(1, 0),
        &serde_json::json!({ "type": "TextQuoteSelector", "exact": "what was said", "prefix": "Before that, this is ", "suffix": "[1] and after it.\n" })
    );
    assert_eq!(items[1]["target"][0]["source"], "../sources/s2/index.html");
}

#[test]
fn the_chronology_is_escaped_and_dated() {
    let raw = json("timeline");
    let events = raw["events"].as_array().unwrap();
    let of = |id: &str| events.iter().find(|e| e["unique_id"] == id).unwrap();
    assert_eq!(of("battle")["text"]["headline"], "Battle &lt;b&gt;");
    assert_eq!(of("battle")["start_date"], serde_json::json!({ "year": 2024, "month": 6, "day": 19 }));
    assert_eq!(of("battle")["end_date"], Value::Null);
    assert_eq!(of("war")["end_date"], serde_json::json!({ "year": 2024, "month": 6, "day": 30 }));
    assert_eq!(of("past")["start_date"]["year"], 2021);
}

#[test]
fn nothing_private_is_exported_and_the_guard_reads_every_file() {
    let world = world();
    let prepared = crate::prepare::prepare(&world, crate::prepare::Options::default(), &mut Timings::default());
    let guard = sourcebook_core::evidence::leak::Guard::new(&prepared.dossier, &prepared.parsed, &world).unwrap();
    for format in ALL {
        let text = export(&world, format.name);
        for private in ["private-004", "Nothing else", "secret-grade", "There were"] {
            assert!(!text.contains(private), "{}: {private}", format.name);
        }
        let path = format!("{FOLDER}/{}", format.file);
        assert_eq!(guard.scan(&path, text.as_bytes()), None, "{path}");
        assert!(guard.scan(&path, format!("{text}private-004.txt").as_bytes()).is_some(), "{path}");
    }
}

#[test]
fn exports_are_the_same_twice_and_lead_to_the_address() {
    let site = "title = \"T\"\nlanguage = \"en\"\nbase_url = \"https://example.org/d/\"\n";
    let world = world().with("site.toml", site);
    for format in ALL {
        assert_eq!(export(&world, format.name), export(&world, format.name));
    }
    assert!(export(&world, "json").contains("\"url\":\"https://example.org/d/claims/c1/\""));
}

/// Who checked a record, and whether it still says what it said then.
#[test]
fn checks_are_exported_with_what_became_of_them() {
    let sheet = |name: &str| {
        format!(
            "actors:\n  a: {{ name: {name}, curation: {{ by: W, checked: [{{ by: Ada, on: 2024-12-02 }}, {{ by: Ben, on: 2024-12-03, note: names }}] }} }}\n  \
             b: {{ name: B, curation: {{ by: W, checked: {{ by: Ada }} }} }}\n  c: {{ name: C }}\n"
        )
    };
    let site = "title = \"T\"\nlanguage = \"en\"\n";
    let world = MemoryWorld::new().with("site.toml", site).with("content/a.yaml", sheet("A"));
    let options = crate::prepare::Options::default();
    let prepared = crate::prepare::prepare(&world, options, &mut Timings::default());
    let mut lock = sourcebook_core::evidence::lock::Lock::default();
    lock.checked = sourcebook_core::evidence::checks::keep(&prepared.dossier, &prepared.parsed.files, &lock);
    lock.checked.remove("b");
    let locked = world.with("captures.lock", sourcebook_core::evidence::lock::write(&lock));
    let checked = |world: &MemoryWorld| -> Vec<String> {
        let found: Value = serde_json::from_str(&export(world, "json")).unwrap();
        let errors = jsonschema::validator_for(&json("schema")).unwrap();
        assert!(errors.is_valid(&found), "{found}");
        let of = |actor: &Value| {
            let checks = actor["curation"]["checked"].as_array().cloned().unwrap_or_default();
            checks.iter().map(|c| format!("{} {} {}", actor["id"], c["by"], c["state"]).replace('"', "")).collect()
        };
        found["actors"].as_array().unwrap().iter().flat_map(|actor| -> Vec<String> { of(actor) }).collect()
    };
    assert_eq!(checked(&locked), ["a Ada holds", "a Ben holds", "b Ada unkept"]);
    let changed = locked.with("content/a.yaml", sheet("Another"));
    assert_eq!(checked(&changed), ["a Ada stale", "a Ben stale", "b Ada unkept"]);
}
