use std::collections::BTreeMap;

use super::visible;
use crate::model::language::Language;
use crate::words::messages::Messages;

fn french(files: &[(&str, &str)]) -> Messages {
    Messages::parse(Language::French, files).unwrap()
}

#[test]
fn later_files_replace_single_keys() {
    let words = french(&[
        ("theirs", "[nav]\nhome = 'Accueil'\nback = 'Retour'\n[nav.deep]\nkey = 'x'"),
        ("ours", "nav.home = 'La une'"),
    ]);
    assert_eq!(words.text("nav.home"), "La une");
    assert_eq!(words.text("nav.back"), "Retour");
    assert_eq!(words.text("nav.deep.key"), "x");
    assert_eq!(words.nested()["nav"]["home"], "La une");
    assert_eq!(words.nested()["nav"]["deep"]["key"], "x");
}

#[test]
fn a_missing_key_stands_for_itself() {
    let words = french(&[("a", "[a]\nb = 'c'")]);
    assert_eq!(words.text("a.x"), "a.x");
    assert_eq!(words.text("a"), "a");
    assert_eq!(words.fill("a.x", &[("n", "1")]), "a.x");
    assert_eq!(words.count("a.x", 3, &[]), "a.x");
    assert!(words.has("a.b") && !words.has("a") && !words.has("a.x"));
    assert_eq!(Messages::empty(Language::English).text("a.b"), "a.b");
}

#[test]
fn placeholders_are_replaced_once() {
    let words = french(&[("a", "m = '{a}{b} {c} {} {A} {'")]);
    assert_eq!(words.fill("m", &[("a", "{b}"), ("b", "<i>")]), "{b}<i> {c} {} {A} {");
    assert_eq!(words.placeholders("m"), ["a", "b", "c"]);
}

#[test]
fn plurals() {
    const FILE: &str = "m = { one = '{n} source de {name}', other = '{n} sources de {name}' }";
    let count = |language, n| Messages::parse(language, &[("a", FILE)]).unwrap().count("m", n, &[("name", "x")]);
    assert_eq!(count(Language::French, 0), "0 source de x");
    assert_eq!(count(Language::French, 1), "1 source de x");
    assert_eq!(visible(&count(Language::French, 11_000)), "11_000 sources de x");
    assert_eq!(count(Language::English, 0), "0 sources de x");
    assert_eq!(count(Language::English, 1), "1 source de x");
    assert_eq!(count(Language::English, 11_000), "11,000 sources de x");
    let words = french(&[("a", FILE)]);
    assert!(words.has("m"));
    assert_eq!(words.placeholders("m"), ["n", "name"]);
}

#[test]
fn narrow_spaces_need_not_be_typed_but_markup_is_left_alone() {
    let words = french(&[(
        "a",
        r#"m = "l'un : {a} ; « {b} »"
                                  html = "<a href='x'>l'un : oui</a>""#,
    )]);
    assert_eq!(visible(words.text("m")), "l’un~: {a}_; «_{b}_»");
    assert_eq!(words.text("html"), "<a href='x'>l'un : oui</a>");
}

#[test]
fn faults_have_a_place() {
    let check = |files: &[(&str, &str)], at: (usize, &str), message: &str| {
        let error = Messages::parse(Language::French, files).unwrap_err();
        assert_eq!((error.file, &files[error.file].1[error.range.clone()]), at, "{}", error.message);
        assert!(error.message.contains(message), "{}", error.message);
    };
    check(&[("a", "a = 1")], (0, "1"), "`a` must be a text between quotes");
    check(&[("a", "[a]\nb = ['x']")], (0, "['x']"), "`a.b` must be a text");
    check(&[("a", "a.b = 'x'"), ("b", "a = 'y'")], (1, "'y'"), "`a` is a table of messages, not a text");
    check(&[("a", "a = 'x'"), ("b", "a.b = 'y'")], (1, "a"), "`a` is a text, not a table");
    check(
        &[("a", "a = '{date}'"), ("b", "a = 'le {dtae}'")],
        (1, "'le {dtae}'"),
        "given no `{dtae}` (known here: {date})",
    );
    let error = Messages::parse(Language::French, &[("a", "a = 'x'"), ("b", "a = \n")]).unwrap_err();
    assert_eq!(error.file, 1);
    assert!(error.message.starts_with("this is not TOML"), "{}", error.message);
}

/// All keys with their placeholders, sorted, each once.
fn keys(language: Language, text: &str) -> BTreeMap<String, Vec<String>> {
    fn walk(words: &Messages, path: &str, value: &serde_json::Value, into: &mut BTreeMap<String, Vec<String>>) {
        let Some(table) = value.as_object() else {
            let mut names = words.placeholders(path);
            names.sort();
            into.insert(path.to_owned(), names);
            return;
        };
        for (name, value) in table {
            let key = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            walk(words, &key, value, into);
        }
    }
    let words = Messages::parse(language, &[("file", text)]).unwrap();
    let mut found = BTreeMap::new();
    walk(&words, "", &words.nested(), &mut found);
    found
}

/// The files of the default theme that hold words of a language, by what stands in their names after it.
#[expect(clippy::disallowed_methods, reason = "the test looks at files of the repository")]
pub(super) fn theme_files(language: Language) -> BTreeMap<String, String> {
    let folder = format!("{}/../../themes/default/i18n", env!("CARGO_MANIFEST_DIR"));
    let named = |entry: std::fs::DirEntry| {
        let name = entry.file_name().into_string().ok()?;
        let rest = name.strip_prefix(language.as_str())?.strip_suffix("toml")?.to_owned();
        Some((rest, std::fs::read_to_string(entry.path()).ok()?))
    };
    std::fs::read_dir(folder).unwrap().filter_map(|entry| named(entry.unwrap())).collect()
}

#[test]
fn all_languages_say_the_same_things_once() {
    let all = Language::ALL.iter().map(|language| (*language, theme_files(*language)));
    let all: Vec<_> = all.collect();
    let (_, french) = &all[0];
    for (language, files) in &all {
        assert_eq!(french.keys().collect::<Vec<_>>(), files.keys().collect::<Vec<_>>(), "{}", language.as_str());
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for (name, text) in files {
            let here = keys(*language, text);
            assert_eq!(keys(Language::French, &french[name]), here, "{}.{name}toml", language.as_str());
            for key in here.into_keys() {
                let before = seen.insert(key.clone(), name);
                assert_eq!(before, None, "`{key}` stands in two files");
            }
        }
    }
}

#[test]
fn depth_is_refused_and_does_not_overflow() {
    for text in [format!("{}a = 'x'", "a.".repeat(100_000)), format!("[{}a]\nb = 'x'", "a.".repeat(100_000))] {
        let error = Messages::parse(Language::French, &[("a", &text)]).unwrap_err();
        assert!(error.message.starts_with("this is not TOML"), "{}", error.message);
    }
}
