//! Which files below a folder git keeps: read from its index, without running git, for a stranger's repository may name
//! programs to run.
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::held::named;

/// An index beyond this is not looked at: some two million files.
const MOST: u64 = 256 << 20;

/// Other files of git's are far smaller.
const SMALL: u64 = 1 << 20;

/// The files below a folder that the repository around it keeps, as paths from the folder, with `/`.
pub(super) fn tracked(folder: &Path) -> BTreeSet<String> {
    below(folder).unwrap_or_default()
}

fn below(folder: &Path) -> Option<BTreeSet<String>> {
    let top = folder.ancestors().find(|above| named::is_there(&above.join(".git")))?;
    let git = git_folder(top)?;
    let prefix: String =
        folder.strip_prefix(top).ok()?.iter().map(|part| format!("{}/", part.to_string_lossy())).collect();
    let index = git.join("index");
    let config = text(&git.join("config")).unwrap_or_default().to_lowercase();
    let hash = if config.replace(' ', "").contains("objectformat=sha256") { 32 } else { 20 };
    let mut found = BTreeSet::new();
    names(&named::read_regular(&index, MOST).ok()?, hash, |name| {
        found.extend(name.strip_prefix(prefix.as_bytes()).map(|name| String::from_utf8_lossy(name).into_owned()));
    })?;
    Some(found)
}

/// `.git`, or where the file of that name in a worktree or submodule says.
fn git_folder(top: &Path) -> Option<PathBuf> {
    let git = top.join(".git");
    if named::is_folder(&git) {
        return Some(git);
    }
    let text = text(&git)?;
    Some(top.join(text.strip_prefix("gitdir:")?.trim()))
}

fn text(path: &Path) -> Option<String> {
    Some(String::from_utf8_lossy(&named::read_regular(path, SMALL).ok()?).into_owned())
}

/// The names in an index of version 2, 3 or 4 (gitformat-index), in its order.
fn names(index: &[u8], hash: usize, mut each: impl FnMut(&[u8])) -> Option<()> {
    let word = |at: usize| Some(u32::from_be_bytes(index.get(at..at + 4)?.try_into().ok()?));
    let (version, count) = (word(4)?, word(8)?);
    if !index.starts_with(b"DIRC") || !(2..=4).contains(&version) {
        return None;
    }
    let (mut at, mut name) = (12, Vec::new());
    for _ in 0..count {
        let flags = at + 40 + hash;
        let is_extended = index.get(flags)? & 0x40 != 0;
        let mut from = flags + if is_extended { 4 } else { 2 };
        if version == 4 {
            let kept = name.len().checked_sub(number(index, &mut from)?)?;
            name.truncate(kept);
        } else {
            name.clear();
        }
        let length = index.get(from..)?.iter().position(|b| *b == 0)?;
        name.extend_from_slice(&index[from..from + length]);
        each(&name);
        let end = from + length;
        // Entries of older versions end in one to eight zero bytes, up to a multiple of eight.
        at = if version == 4 { end + 1 } else { at + (end - at) / 8 * 8 + 8 };
    }
    Some(())
}

/// A number as in offsets of pack files.
fn number(index: &[u8], at: &mut usize) -> Option<usize> {
    let mut value = 0usize;
    loop {
        let byte = *index.get(*at)?;
        *at += 1;
        value = value.checked_add(usize::from(byte & 0x7f))?;
        if byte & 0x80 == 0 {
            return Some(value);
        }
        value = value.checked_add(1)?.checked_mul(128)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An index with some names, each with what it has in common with the one before.
    fn index(version: u32, names: &[&str]) -> Vec<u8> {
        let mut bytes = b"DIRC".to_vec();
        bytes.extend(version.to_be_bytes());
        bytes.extend((names.len() as u32).to_be_bytes());
        let mut before = "";
        for name in names {
            let start = bytes.len();
            bytes.extend([7; 60]);
            bytes.extend([0, name.len() as u8]);
            if version == 4 {
                let same = before.bytes().zip(name.bytes()).take_while(|(a, b)| a == b).count();
                bytes.push((before.len() - same) as u8);
                bytes.extend(&name.as_bytes()[same..]);
                bytes.push(0);
                before = name;
            } else {
                bytes.extend(name.as_bytes());
                let zeros = 8 - (bytes.len() - start) % 8;
                bytes.extend(vec![0; zeros]);
            }
        }
        bytes
    }

    #[test]
    fn every_version_is_read_and_no_bytes_panic() {
        let expect = ["a.md", "captures/1.txt", "captures/deep/22.html", "captures/deep/é.pdf", "z"];
        for version in [2, 3, 4] {
            let bytes = index(version, &expect);
            let mut found = Vec::new();
            names(&bytes, 20, |name| found.push(String::from_utf8_lossy(name).into_owned())).unwrap();
            assert_eq!(found, expect, "version {version}");
            for cut in 0..bytes.len() {
                let _ = names(&bytes[..cut], 20, |_| {});
                let mut odd = bytes.clone();
                odd[cut] ^= 0xff;
                let _ = names(&odd, 20, |_| {});
            }
        }
        assert_eq!(names(b"DIRC\0\0\0\x09\0\0\0\0", 20, |_| {}), None);
    }
}
