//! The shape of the code: who may know whom, and how long a file may be.

use std::path::Path;
use std::process::Command;

use sourcebook_core::model::language::Language;
use sourcebook_core::words::messages::Messages;

use crate::driver::files_below;

/// Every source file with its path below `src`, without what is compiled for tests alone.
fn sources() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = files_below(&src).into_iter().filter(|path| path.extension().is_some_and(|e| e == "rs"));
    files
        .map(|path| {
            (path.strip_prefix(&src).unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&path).unwrap())
        })
        .filter(|(name, _)| !name.ends_with("tests.rs") && !name.contains("/tests/") && !name.ends_with("fixture.rs"))
        .map(|(name, code)| (name, without_tests(&code)))
        .collect()
}

/// A file to its end, but for modules that only tests have.
fn without_tests(code: &str) -> String {
    let (mut out, mut rest) = (String::new(), code);
    while let Some(at) = rest.find("#[cfg(test)]\nmod tests {") {
        out.push_str(&rest[..at]);
        // By the formatter, a module at the margin ends at the next brace at the margin.
        rest = rest[at..].find("\n}").map_or("", |end| &rest[at + end + 2..]);
    }
    out + rest
}

/// The rooms of each package from the ground up: a room knows those before it. What packages may know of each other, Cargo
/// says.
const ROOMS: &[(&str, &[&str])] = &[
    ("core", &["base", "model", "dossier", "words", "evidence", "check"]),
    ("desk", &["schema", "scaffold"]),
    ("site", &["figures", "styles", "search"]),
];

/// Where a file's code knows a room above its own.
fn upwards(name: &str, code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (package, rooms) in ROOMS {
        let place = rooms.iter().position(|room| {
            name.strip_prefix(&format!("{package}/{room}")).is_some_and(|rest| rest.starts_with(['/', '.']))
        });
        let Some(place) = place else { continue };
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let knows = |other: &&&str| {
                let after = line.split(&format!("crate::{other}")).nth(1);
                after.is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
            };
            found.extend(rooms[place + 1..].iter().filter(knows).map(|other| format!("{name} knows {other}: {line}")));
        }
    }
    found
}

#[test]
fn rooms_know_only_those_before_them() {
    let found: Vec<_> = sources().iter().flat_map(|(name, code)| upwards(name, code)).collect();
    assert!(found.is_empty(), "{found:#?}");
    // A planted import is found, also behind a module of tests.
    let planted = "fn a() {}\n\n#[cfg(test)]\nmod tests {\n    use crate::check::run;\n}\n\nuse crate::words::date;\n";
    assert_eq!(upwards("core/model/date.rs", &without_tests(planted)).len(), 1);
    assert!(upwards("core/check/mod.rs", planted).is_empty());
}

#[test]
fn files_are_short() {
    let long: Vec<_> =
        sources().into_iter().map(|(name, code)| (name, code.lines().count())).filter(|(_, n)| *n > 600).collect();
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn only_the_machine_package_touches_the_machine() {
    let touches = ["std::fs::", "use std::fs;", "SystemTime::now", "Instant::now", "std::env::var"];
    let clock = "core/base/timings.rs";
    let pure = |name: &str| {
        !name.starts_with("machine")
            && !name.starts_with("cli")
            && name != "main.rs"
            && name != clock
            && !name.ends_with("build.rs")
    };
    let found: Vec<_> = (sources().into_iter().filter(|(name, _)| pure(name)))
        .filter(|(_, code)| {
            code.lines().any(|l| !l.trim_start().starts_with("//") && touches.iter().any(|t| l.contains(t)))
        })
        .map(|(name, _)| name)
        .collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn nothing_of_one_machine_is_tracked() {
    let root = env!("CARGO_MANIFEST_DIR");
    let Ok(listed) = Command::new("git").args(["ls-files", "-z"]).current_dir(root).output() else { return };
    let names = String::from_utf8_lossy(&listed.stdout).into_owned();
    let home = ["/ro", "ot/"].concat();
    let words = [root.to_owned() + "/", home];
    let found: Vec<_> = (names.split('\0').filter(|name| !name.is_empty()))
        .filter(|name| {
            std::fs::read_to_string(Path::new(root).join(name)).is_ok_and(|text| words.iter().any(|w| text.contains(w)))
        })
        .collect();
    assert!(found.is_empty(), "{found:?}");
}

/// Words in quotation marks that look like the key of a message of one of some tables.
fn keys<'a>(code: &'a str, tables: &[String]) -> Vec<&'a str> {
    let is_key = |word: &&str| {
        let known = word.split_once('.').is_some_and(|(table, _)| tables.iter().any(|t| t == table));
        let plain = word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b));
        let is_file = [".html", ".json", ".xml", ".css", ".js", ".yaml", ".toml", ".rs", ".csv"]
            .iter()
            .any(|e| word.ends_with(e));
        known && plain && !is_file && !word.ends_with('.')
    };
    code.split('"').skip(1).step_by(2).filter(is_key).collect()
}

#[test]
fn every_message_that_the_code_names_is_there() {
    let i18n = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/i18n");
    let named =
        |path: &Path| path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with("en."));
    let files = files_below(&i18n).into_iter().filter(|path| named(path));
    let files: Vec<_> = files.map(|path| ("en", std::fs::read_to_string(path).unwrap())).collect();
    let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let messages = Messages::parse(Language::English, &files).unwrap().nested();
    let tables: Vec<String> = messages.as_object().unwrap().keys().cloned().collect();
    let is_there = |key: &str| messages.pointer(&format!("/{}", key.replace('.', "/"))).is_some();
    let missing = |code: &str| -> Vec<String> {
        keys(code, &tables).into_iter().filter(|key| !is_there(key)).map(str::to_owned).collect()
    };
    let found: Vec<_> = sources().iter().map(|(name, code)| (name.clone(), missing(code))).collect();
    let found: Vec<_> = found.into_iter().filter(|(_, keys)| !keys.is_empty()).collect();
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(missing("words.text(\"home.none_differ\") + words.text(\"home.nowhere\")"), ["home.nowhere"]);
}
