use std::collections::BTreeSet;

use super::*;

/// Every record of a schema, by name, with its keys.
fn records(schema: &Value, found: &mut BTreeSet<(String, String)>) {
    match schema {
        Value::Object(map) => {
            if let (Some(Value::String(name)), Some(Value::Object(keys))) = (map.get("title"), map.get("properties")) {
                found.extend(keys.keys().map(|key| (name.clone(), key.clone())));
            }
            map.values().for_each(|v| records(v, found));
        }
        Value::Array(items) => items.iter().for_each(|v| records(v, found)),
        _ => {}
    }
}

#[test]
fn every_key_that_is_read_has_a_meaning_and_no_other() {
    let mut read = BTreeSet::new();
    for shape in [Sheet::shape(), FrontMatter::shape(), config::shape()] {
        records(&shape, &mut read);
    }
    let told: BTreeSet<_> = RECORDS
        .iter()
        .flat_map(|(name, keys)| keys.iter().map(|(key, ..)| ((*name).to_owned(), (*key).to_owned())))
        .collect();
    assert_eq!(read.difference(&told).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "without a meaning");
    assert_eq!(told.difference(&read).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "never read");
}

fn validator(of: Subject) -> jsonschema::Validator {
    jsonschema::draft202012::new(&schema(of)).unwrap()
}

fn yaml(text: &str) -> Value {
    yaml_serde::from_str(text).unwrap()
}

/// The first thing that a schema has against a text; nothing if it takes it.
fn against(validator: &jsonschema::Validator, instance: &Value) -> String {
    let error = validator.iter_errors(instance).next();
    error.map_or(String::new(), |e| format!("{}: {e}", e.instance_path()))
}

#[test]
fn schemas_are_schemas() {
    for of in Subject::ALL {
        assert!(jsonschema::meta::is_valid(&schema(*of)), "{}", of.as_str());
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads the repository's own dossier")]
fn the_dossier_and_the_examples_are_accepted() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (sheet, article, site) = (validator(Subject::Sheet), validator(Subject::Article), validator(Subject::Site));
    let folders = ["content", "src/desk/scaffold"].map(|folder| root.join(folder));
    let entries = folders.iter().flat_map(walkdir::WalkDir::new).filter_map(Result::ok).map(|e| e.into_path());
    let mut counts = [0; 3];
    for path in entries.chain([root.join("site.toml")]) {
        let kind = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        if path.ends_with("README.md") || !matches!(kind, "yaml" | "md" | "toml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let (n, said) = match kind {
            "yaml" => (0, against(&sheet, &yaml(&text))),
            "md" => (1, against(&article, &yaml(text.split("---\n").nth(1).unwrap()))),
            _ => (2, against(&site, &toml_to_json(&text))),
        };
        counts[n] += 1;
        assert_eq!(said, "", "{}", path.display());
    }
    assert!(counts.iter().all(|n| *n >= 3), "{counts:?}");
}

fn toml_to_json(text: &str) -> Value {
    use sourcebook_core::base::tree::decode::Context;
    use sourcebook_core::base::tree::free::Free;
    let mut diagnostics = Vec::new();
    let file = sourcebook_core::base::file::FileId(0);
    let tree = sourcebook_core::base::tree::toml::parse(file, text).take(&mut diagnostics);
    let mut cx = Context { diagnostics: &mut diagnostics, owner: tree.root.span };
    Free::decode(&tree.root, &mut cx).unwrap().0
}

#[track_caller]
fn check(of: Subject, text: &str, expect: &str) {
    let instance = if of == Subject::Site { toml_to_json(text) } else { yaml(text) };
    let said = against(&validator(of), &instance);
    match expect {
        "" => assert_eq!(said, "", "{text}"),
        _ => assert!(said.contains(expect), "{text}\n{said}"),
    }
}

#[test]
fn sheets() {
    let claim = |rest: &str| format!("claims: {{ a: {{ statement: A, evidence: {{ source: s }}, {rest} }} }}");
    let source = |rest: &str| format!("sources: {{ a: {{ title: A, {rest} }} }}");
    let question = |rest: &str| format!("questions: {{ a: {{ text: A, {rest} }} }}");
    let sheet = |text: &str, expect: &str| check(Subject::Sheet, text, expect);

    sheet("# nothing yet", "");
    sheet("actors: { a: { name: A } }", "");
    sheet("actors: { a: { name: 1984, aliases: x, extra: { any: [1] } } }", "");
    sheet("actor: { a: { name: A } }", "'actor' was unexpected");
    sheet("actors: { a: { nam: A } }", "/actors/a");
    sheet("actors: { a: {} }", "\"name\" is a required property");
    sheet("actors: { A b: { name: A } }", "A b");
    sheet("actors: { a: { name: A, type: human } }", "/actors/a/type");
    sheet("actors: { a: { name: A, part_of: Some State } }", "/actors/a/part_of");
    sheet("actors: { a: { name: A, wikidata: 42 } }", "");
    sheet("actors: { a: { name: A, wikidata: q42 } }", "/actors/a/wikidata");
    sheet("actors: [a]", "/actors");
    sheet("actors: { a: { name: [A] } }", "/actors/a/name");

    for date in [
        "2024",
        "2024-06",
        "2024-06-19",
        "2024-06~",
        "2024?",
        "2024-06/2024-08",
        "2024/..",
        "../2024",
        "199X",
        "2024-22",
        "[2023, 2024-06]",
        "\"[2023..2024]\"",
        "Y170000002",
        "2024-06-19T10:30:00Z",
        "{ date: 2024, inferred: so }",
    ] {
        sheet(&format!("events: {{ a: {{ title: A, date: {date} }} }}"), "");
    }
    for date in ["hier", "19/06/2024", "2024-6", "June 2024", "{ date: 2024 }", "{ date: hier, inferred: so }", "", "/"]
    {
        let said = if date == "/" { "" } else { "/events/a/date" };
        sheet(&format!("events: {{ a: {{ title: A, date: {date} }} }}"), said);
    }
    sheet("events: { a: { title: A, date: 2024, actors: { b: signs, c: } } }", "");
    sheet("events: { a: { title: A, date: 2024, actors: { B C: signs } } }", "/events/a/actors");

    sheet(&source("type: article-newspaper, author: [J. Pell, { name: cnn }], url: 'https://example.org/a?b=c'"), "");
    sheet(&source("type: newspaper"), "/sources/a/type");
    sheet(&source("url: example.org"), "/sources/a/url");
    sheet(&source("url: 'javascript:alert(1)'"), "/sources/a/url");
    sheet(&source("language: français"), "/sources/a/language");
    sheet(&source("text: { file: a.txt }"), "/sources/a/text");
    sheet(&source("capture: ../a.txt"), "/sources/a/capture");
    sheet(&source("capture: { file: a.txt, sha256: abc }"), "/sources/a/capture");
    sheet(&source("reliability: { grade: G }"), "/sources/a/reliability/grade");

    sheet(&question("kind: choice, options: { yes: Y, no: N }"), "");
    sheet(&question("kind: choice"), "\"options\" is a required property");
    sheet(&question("changes: often"), "/questions/a/changes");
    sheet(&question("window: 2w"), "/questions/a/window");
    sheet(&question("tolerance: 2.5%"), "");
    sheet(&question("tolerance: some"), "/questions/a/tolerance");

    sheet("claims: { a: { statement: A } }", "\"evidence\" is a required property");
    sheet("claims: { a: { statement: A, evidence: [{ quote: B }] } }", "/claims/a/evidence");
    sheet(&claim("modality: maybe"), "/claims/a/modality");
    sheet(&claim("contradicts: { b: why }, supports: c, supersedes: [d, e]"), "");
    sheet(&claim("contradicts: { b: { why: so } }"), "/claims/a/contradicts");
    sheet(&claim("answers: { q: 10_000, r: '>5', s: { value: 3, place: p }, t: [2023, 2024-06] }"), "");
    sheet(&claim("answers: { q: { valeu: 3 } }"), "/claims/a/answers/q");
    sheet(&claim("status: { is: gone }"), "/claims/a/status/is");
}

#[test]
fn articles() {
    check(Subject::Article, "{ title: A, date: 2024-06, draft: true, order: 2, about: [a], extra: 1 }", "");
    check(Subject::Article, "{ date: 2024-06 }", "\"title\" is a required property");
    check(Subject::Article, "{ title: A, draft: maybe }", "/draft");
    check(Subject::Article, "{ title: A, slug: Some Slug }", "/slug");
    check(Subject::Article, "{ title: A, tags: [a] }", "'tags' was unexpected");
}

#[test]
fn sites() {
    check(Subject::Site, "title = 'A'\n[rules]\nsingle-origin = 'deny'\n[paths]\nactors = 'acteurs'", "");
    check(Subject::Site, "titel = 'A'", "'titel' was unexpected");
    check(Subject::Site, "title = 'A'\nbase_url = 'example.org'", "/base_url");
    check(Subject::Site, "title = 'A'\nlanguage = 'it'", "/language");
    check(Subject::Site, "title = 'A'\n[rules]\nsingle-origin = 'forbid'", "/rules/single-origin");
    check(Subject::Site, "title = 'A'\n[[milestones]]\ndate = '2024-06'\ntitle = 'B'", "/milestones/0/date");
}

/// An editor shows these; one without a meaning helps nobody.
#[test]
fn the_description_of_a_key_is_there_for_completion() {
    let sheet = schema(Subject::Sheet);
    let by = &sheet["properties"]["claims"]["additionalProperties"]["properties"]["by"];
    assert!(by["description"].as_str().is_some_and(|d| d.starts_with("The speaker")), "{by}");
}
