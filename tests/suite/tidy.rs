//! The shape of the code: who may know whom, and how long a file may be.

use std::path::Path;
use std::process::Command;

use crate::driver::files_below;

fn sources() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = files_below(&src).into_iter().filter(|path| path.extension().is_some_and(|e| e == "rs"));
    files
        .map(|path| {
            (path.strip_prefix(&src).unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&path).unwrap())
        })
        .filter(|(name, _)| !name.ends_with("tests.rs") && !name.contains("/tests/"))
        .map(|(name, code)| (name, code.split("#[cfg(test)]").next().unwrap_or_default().to_owned()))
        .collect()
}

/// The rooms of each package from the ground up: a room knows those before it. What packages may know of each other, Cargo
/// says.
const ROOMS: &[(&str, &[&str])] = &[("core", &["base", "model", "dossier", "words", "evidence", "check"])];

#[test]
fn rooms_know_only_those_before_them() {
    let mut found = Vec::new();
    for (package, rooms) in ROOMS {
        for (place, room) in rooms.iter().enumerate() {
            for (name, code) in sources().iter().filter(|(name, _)| name.starts_with(&format!("{package}/{room}"))) {
                for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
                    let above = rooms[place + 1..].iter().filter(|other| line.contains(&format!("crate::{other}::")));
                    found.extend(above.map(|other| format!("{name} knows {other}: {}", line.trim())));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
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
