//! What each target begins with: files of the repository, by their endings, and those kept for it.

use std::path::{Path, PathBuf};

use crate::Target;

/// Longer seeds are cut.
const LONGEST_SEED: usize = 64 << 10;

/// The seeds of a target, in the order of their paths; none longer than what is ever tried.
pub fn of(target: &Target) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut all = kept(&root.join("tests/fuzz/corpus").join(target.name));
    for folder in ["tests/suite/faults", "tests/suite/imports"] {
        for path in below(&root.join(folder)) {
            let text = std::fs::read_to_string(path).unwrap_or_default();
            all.extend(parts(&text).filter(|(name, _)| is_of(target, name)).map(|(_, text)| text.into_bytes()));
        }
    }
    for folder in ["content", "src/desk/scaffold", "tests/suite/fixtures/pages/in"] {
        let files = below(&root.join(folder)).into_iter().filter(|path| is_of(target, &path.to_string_lossy()));
        all.extend(files.filter_map(|path| std::fs::read(path).ok()));
    }
    all.iter_mut().for_each(|seed| seed.truncate(LONGEST_SEED));
    all.sort();
    all.dedup();
    all
}

/// The files of a folder of inputs, in the order of their names.
pub fn kept(folder: &Path) -> Vec<Vec<u8>> {
    below(folder).into_iter().filter_map(|path| std::fs::read(path).ok()).collect()
}

fn is_of(target: &Target, path: &str) -> bool {
    target.endings.iter().any(|ending| path.ends_with(ending))
}

/// The files of a fixture, without the notes beneath its lines.
fn parts(fixture: &str) -> impl Iterator<Item = (String, String)> {
    let parts = fixture.split("=== ").skip(1).filter_map(|part| part.split_once('\n'));
    parts.map(|(name, text)| {
        let lines = text.split_inclusive('\n').filter(|line| !line.trim_start().starts_with('^'));
        (name.trim().to_owned(), lines.collect())
    })
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = std::fs::read_dir(folder) else { continue };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() { open.push(path) } else { all.push(path) }
        }
    }
    all.sort();
    all
}
