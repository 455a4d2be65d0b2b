//! The shape of the code: who may know whom, and how long a file may be.

use std::collections::{BTreeMap, BTreeSet};
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
        .filter(|(name, _)| {
            !name.ends_with("tests.rs")
                && !name.contains("/tests/")
                && !name.ends_with("fixture.rs")
                && name != "site/build.rs"
        })
        .map(|(name, code)| (name, without_tests(&code)))
        .collect()
}

/// A file to its end, but for modules that only tests have.
fn without_tests(code: &str) -> String {
    let (mut out, mut rest) = (String::new(), code);
    while let Some(at) = rest.find("#[cfg(test)]\n") {
        out.push_str(&rest[..at]);
        let item = rest[at..].lines().find(|line| !line.starts_with("#[")).unwrap_or_default();
        // By the formatter, a module at the margin ends at the next brace at the margin.
        let end = if item.ends_with('{') { rest[at..].find("\n}").map(|end| end + 2) } else { rest[at..].find(item) };
        rest = end.map_or("", |end| &rest[at + end..]);
    }
    out + rest
}

/// The rooms of each package from the ground up: a room knows those before it, and no other. What packages may know of each
/// other, Cargo says. A room stands for a file or a folder.
const ROOMS: &[(&str, &[&str])] = &[
    ("core", &["base", "model", "dossier", "words", "evidence", "check"]),
    // What all rules know stands below them; their table above.
    (
        "core/check",
        &["words", "dates", "sentences", "cited", "used", "coverage", "rule", "fixture", "rules", "codes", "explain"],
    ),
    ("desk", &["schema", "scaffold", "import", "reading", "table"]),
    (
        "site",
        &[
            "figures", "styles", "search", "theme", "policy", "plan", "links", "export", "lists", "blocks", "prepared",
            "render", "pages", "omits", "fresh", "prepare",
        ],
    ),
    (
        "machine",
        &[
            "held",
            "asked",
            "history",
            "open",
            "fresh",
            "progress",
            "report",
            "terminal",
            "disk",
            "overlay",
            "kept",
            "inputs",
            "output",
            "precompress",
            "full_text",
            "shard",
            "site",
            "links",
            "archives",
            "stamp",
            "deploy",
            "serve",
        ],
    ),
    (
        "cli",
        &[
            "global",
            "out",
            "dossier",
            "adding",
            "build",
            "check",
            "completions",
            "deploy",
            "explain",
            "export",
            "history",
            "quote",
            "import",
            "lsp",
            "man",
            "new",
            "schema",
            "serve",
            "desk",
            "archive",
            "stamp",
            "theme",
            "against",
            "verify",
            "capture",
        ],
    ),
];

/// The rooms of the package at the root, likewise.
const ROOT: &[&str] = &["lsp", "cli"];

/// The module of a file: `core/check/rules/long_quote.rs` is `core`, `check`, `rules`, `long_quote`.
fn module(name: &str) -> Vec<&str> {
    let mut path: Vec<&str> = name.trim_end_matches(".rs").split('/').collect();
    path.pop_if(|last| ["mod", "lib"].contains(last));
    path
}

/// Every path in a module's code that begins at its package or at a module around it, from the package on; groups in braces
/// are taken apart.
fn paths(module: &[&str], code: &str) -> Vec<Vec<String>> {
    let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            if code[..at].ends_with(|c: char| is_name(c) || c == ':') {
                continue;
            }
            let mut from: Vec<String> = module.iter().map(ToString::to_string).collect();
            let mut rest = &code[at..];
            // What is of the package at the root stands in folders beside the other packages.
            if let Some(after) = rest.strip_prefix("crate::") {
                from.truncate(usize::from(module.first().is_some_and(|room| !ROOT.contains(room))));
                rest = after;
            }
            while let Some(after) = rest.strip_prefix("super::") {
                from.pop();
                rest = after;
            }
            taken_apart(&from, rest, &mut found);
        }
    }
    found
}

/// Adds what a path comes to that goes on with `rest`; returns what follows it.
fn taken_apart<'a>(from: &[String], rest: &'a str, found: &mut Vec<Vec<String>>) -> &'a str {
    let rest = rest.trim_start();
    if let Some(mut group) = rest.strip_prefix('{') {
        loop {
            group = group.trim_start().trim_start_matches(',').trim_start();
            match group.strip_prefix('}') {
                Some(after) => return after,
                None if group.is_empty() => return group,
                None => {}
            }
            let before = group.len();
            group = taken_apart(from, group, found);
            // `x as y`
            group = group
                .trim_start()
                .strip_prefix("as ")
                .map_or(group, |name| name.trim_start_matches(|c| c != ',' && c != '}'));
            if group.len() == before {
                return group;
            }
        }
    }
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '*').unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    let mut path = from.to_vec();
    if name != "self" {
        path.push(name.to_owned());
    }
    match after.strip_prefix("::") {
        Some(more) if more.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '{' || c == '*') => {
            taken_apart(&path, more, found)
        }
        _ => {
            found.push(path);
            after
        }
    }
}

/// Where a file's code knows a room above its own, or stands in a room that [`ROOMS`] does not name.
fn upwards(name: &str, code: &str) -> Vec<String> {
    let (module, mut found) = (module(name), Vec::new());
    if let Some(place) = ROOT.iter().position(|room| module.first() == Some(room)) {
        let is_above = |path: &Vec<String>| path.first().is_some_and(|room| ROOT[place + 1..].contains(&room.as_str()));
        found.extend(
            paths(&module, code)
                .iter()
                .filter(|path| is_above(path))
                .map(|path| format!("{name} knows {}", path.join("::"))),
        );
    }
    for (house, rooms) in ROOMS {
        let house: Vec<_> = house.split('/').collect();
        let Some(own) = module.strip_prefix(&*house).and_then(|rest| rest.first()) else { continue };
        let Some(place) = rooms.iter().position(|room| room == own) else {
            found.push(format!("{name} is in no room"));
            continue;
        };
        for path in paths(&module, code) {
            let Some([other, ..]) = path.strip_prefix(&*house.iter().map(ToString::to_string).collect::<Vec<_>>())
            else {
                continue;
            };
            // What is no room stands in the file around them all.
            if rooms.iter().position(|room| room == other).is_none_or(|at| at > place) {
                found.push(format!("{name} knows {}", path.join("::")));
            }
        }
    }
    found
}

/// Files and folders of one folder that know each other in a circle.
fn circles(sources: &[(String, String)]) -> Vec<String> {
    let mut knows: BTreeMap<Vec<String>, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (name, code) in sources {
        let module = module(name);
        for path in paths(&module, code) {
            let common = module.iter().zip(&path).take_while(|(a, b)| *a == b).count();
            let (Some(own), Some(other)) = (module.get(common), path.get(common)) else { continue };
            let folder = path[..common].to_vec();
            knows.entry(folder).or_default().entry((*own).to_owned()).or_default().insert(other.clone());
        }
    }
    let mut found = Vec::new();
    for (folder, knows) in &knows {
        for start in knows.keys() {
            let (mut seen, mut open) = (BTreeSet::new(), vec![start]);
            while let Some(next) = open.pop() {
                open.extend(knows.get(next).into_iter().flatten().filter(|other| seen.insert(*other)));
            }
            if seen.contains(start) {
                let others: Vec<_> = knows[start].iter().map(String::as_str).collect();
                found.push(format!("{}::{start} -> {}", folder.join("::"), others.join(", ")));
            }
        }
    }
    found
}

#[test]
fn rooms_know_only_those_before_them() {
    let found: Vec<_> = sources().iter().flat_map(|(name, code)| upwards(name, code)).collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn nothing_knows_itself_in_a_circle() {
    let found = circles(&sources());
    assert!(found.is_empty(), "{found:#?}");
}

/// A planted import is found, in each package and however it is written; also behind a module of tests.
#[test]
fn planted_imports_are_found() {
    let behind_tests =
        "fn a() {}\n\n#[cfg(test)]\nmod tests {\n    use crate::check::run;\n}\n\nuse crate::words::date;\n";
    let check = |name: &str, code: &str, expect: &[&str]| {
        let expect: Vec<_> = expect.iter().map(|path| format!("{name} knows {path}")).collect();
        assert_eq!(upwards(name, &without_tests(code)), expect, "{code}");
    };
    check("core/model/date.rs", behind_tests, &["core::words::date"]);
    check("core/model/date.rs", "use super::super::check::run;\n", &["core::check::run"]);
    check("core/check/mod.rs", "use crate::words::date;\n", &[]);
    check(
        "core/check/rules/long_quote.rs",
        "use crate::check::rule::Cx;\nuse super::super::Sink;\n",
        &["core::check::Sink"],
    );
    check(
        "desk/schema/mod.rs",
        "use crate::{import::{self, page as a}, schema::words};\n",
        &["desk::import", "desk::import::page"],
    );
    check("site/render/mod.rs", "fn a() { crate::pages::turn(x) }\n", &["site::pages::turn"]);
    check("site/plan.rs", "use super::pages;\n", &["site::pages"]);
    check("machine/disk/mod.rs", "use crate::serve::{Preview};\n", &["machine::serve::Preview"]);
    check("cli/adding.rs", "use super::new::record;\n", &["cli::new::record"]);
    check("cli/man.rs", "use crate::cli::Cli;\n", &["cli::Cli"]);
    check("lsp/server.rs", "use crate::cli::out;\n", &["cli::out"]);
    let plant = |files: [(&str, &str); 2]| circles(&files.map(|(name, code)| (name.to_owned(), code.to_owned())));
    let circle =
        plant([("core/words/a.rs", "use super::b::x;\n"), ("core/words/b/c.rs", "use crate::words::a::{y};\n")]);
    assert_eq!(circle, ["core::words::a -> b", "core::words::b -> a"]);
    assert!(plant([("core/words/a.rs", "use super::b::x;\n"), ("core/words/b.rs", "use super::c;\n")]).is_empty());
}

/// A rule, a reader or a page whose `mod` was forgotten would be no part of the program, and nothing else would say so.
#[test]
fn every_file_is_part_of_the_program() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let forgotten = |path: &std::path::PathBuf| {
        let stem = path.file_stem()?.to_str()?;
        let folder = path.parent()?;
        let (name, around) =
            if stem == "mod" { (folder.file_name()?.to_str()?, folder.parent()?) } else { (stem, folder) };
        let parents = [around.join("mod.rs"), around.join("lib.rs"), around.with_extension("rs")];
        let declared = |parent: &std::path::PathBuf| {
            std::fs::read_to_string(parent).is_ok_and(|code| code.contains(&format!("mod {name};")))
        };
        (!["lib", "main", "build"].contains(&stem) && !parents.iter().any(declared)).then(|| path.clone())
    };
    let files: Vec<_> =
        files_below(&src).into_iter().filter(|path| path.extension().is_some_and(|e| e == "rs")).collect();
    let found: Vec<_> = files.iter().filter_map(forgotten).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn files_are_short() {
    let long: Vec<_> =
        sources().into_iter().map(|(name, code)| (name, code.lines().count())).filter(|(_, n)| *n > 600).collect();
    assert!(long.is_empty(), "{long:?}");
}

/// The functions of a file that are longer than so many lines, signature and braces counted.
fn long_functions(code: &str, limit: usize) -> Vec<String> {
    let lines: Vec<_> = code.lines().collect();
    let is_start = |line: &str| {
        let line = line.trim_start();
        let inner = line.strip_prefix("pub(").and_then(|rest| Some(rest.split_once(") ")?.1));
        let bare = inner.or(line.strip_prefix("pub ")).unwrap_or(line);
        let bare = bare.strip_prefix("const ").or(bare.strip_prefix("async ")).unwrap_or(bare);
        bare.starts_with("fn ") && !line.ends_with(';')
    };
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| is_start(line)) {
        let margin = line.len() - line.trim_start().len();
        // By the formatter, a function ends at the next brace at its own margin.
        let is_end = |line: &&str| line.trim_end() == format!("{}}}", " ".repeat(margin));
        let length = 1 + lines[at..].iter().position(is_end).unwrap_or(0);
        if length > limit {
            found.push(format!("{} ({length})", line.trim()));
        }
    }
    found
}

#[test]
fn functions_are_short() {
    let long = |(name, code): (String, String)| {
        long_functions(&code, 60).into_iter().map(move |function| format!("{name}: {function}"))
    };
    // A table of names is as long as there are names.
    let is_table = |name: &str| name.ends_with("/symbols.rs");
    let found: Vec<_> = sources().into_iter().filter(|(name, _)| !is_table(name)).flat_map(long).collect();
    assert!(found.is_empty(), "{found:#?}");
    let planted =
        format!("impl A {{\n    pub fn a(\n        b: C,\n    ) {{\n{}    }}\n}}\n", "        d();\n".repeat(57));
    assert_eq!(long_functions(&planted, 60), ["pub fn a( (61)"]);
    assert!(long_functions(&planted, 61).is_empty());
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

/// Clippy refuses the functions too; an exception there would be seen here.
#[test]
fn one_room_opens_paths() {
    let opens = [
        "fs::read",
        "fs::write",
        "fs::remove",
        "fs::rename",
        "fs::create",
        "fs::copy",
        "fs::metadata",
        "fs::symlink",
        "fs::hard_link",
        "File::open(",
        "File::create",
        "File::options",
        "OpenOptions",
        "DirBuilder",
        ".canonicalize()",
        ".is_dir()",
        ".is_file()",
        ".exists()",
        ".read_dir()",
        "rustix::fs",
        "WalkDir",
    ];
    let found: Vec<_> = (sources().into_iter())
        .filter(|(name, _)| !name.starts_with("machine/held/") && !name.ends_with("build.rs"))
        .flat_map(|(name, code)| {
            let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            let lines = lines.filter(|line| opens.iter().any(|open| line.contains(open)));
            lines.map(|line| format!("{name}: {line}")).collect::<Vec<_>>()
        })
        .collect();
    assert!(found.is_empty(), "{found:#?}");
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
