//! The list that a deploy leaves where it puts the site: `.sourcebook/deployed`.
//!
//! A line that says what it is, then a line a file, sorted: hash, tag, path, with `-` for what is not known. It names
//! what was published and nothing else: no time, no host.

use std::collections::BTreeMap;
use std::fmt::Write;

use sourcebook_core::base::path::{PRIVATE, check};

const HEAD: &str = "sourcebook deployed 1";

/// Where it lies, from the site's root.
pub fn path() -> String {
    format!("{PRIVATE}/deployed")
}

/// Files that deploys of ours put there, or were about to put there when they ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest(pub BTreeMap<String, Entry>);

/// What is known of a file that is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// As [`super::LocalFile::hash`].
    pub hash: Option<String>,
    /// What the store called these bytes when it took them.
    pub tag: Option<String>,
}

impl Manifest {
    /// As a file.
    pub fn print(&self) -> String {
        let mut text = format!("{HEAD}\n");
        for (path, entry) in &self.0 {
            let or_dash = |value: &Option<String>| match value {
                Some(value) if is_word(value) => value.clone(),
                _ => "-".to_owned(),
            };
            let _ = writeln!(text, "{} {} {path}", or_dash(&entry.hash), or_dash(&entry.tag));
        }
        text
    }

    /// Reads what [`Self::print`] wrote; `None` for anything else. Nothing is removed on the word of a list that names
    /// a path which we would not write.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        if lines.next() != Some(HEAD) {
            return None;
        }
        lines.map(line).collect::<Option<_>>().map(Self)
    }
}

fn line(line: &str) -> Option<(String, Entry)> {
    let mut parts = line.splitn(3, ' ');
    let mut value = || parts.next().filter(|word| is_word(word)).map(|word| (word != "-").then(|| word.to_owned()));
    let (hash, tag) = (value()?, value()?);
    let path = parts.next().filter(|path| check(path).is_ok())?;
    Some((path.to_owned(), Entry { hash, tag }))
}

fn is_word(value: &str) -> bool {
    !value.is_empty() && !value.contains(|c: char| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_a_file() {
        let entry = |hash: &str, tag: Option<&str>| Entry { hash: Some(hash.into()), tag: tag.map(Into::into) };
        let manifest = Manifest(
            [
                ("index.html".to_owned(), entry("aa", Some("\"0x8D\""))),
                ("a b.txt".to_owned(), Entry::default()),
                ("c".to_owned(), entry("bb", Some("two words"))),
            ]
            .into(),
        );
        assert_eq!(manifest.print(), "sourcebook deployed 1\n- - a b.txt\nbb - c\naa \"0x8D\" index.html\n");
    }

    #[test]
    fn what_is_not_ours_is_not_read() {
        for text in [
            "",
            "sourcebook deployed 1",
            "sourcebook deployed 2\n",
            "sourcebook deployed 1\na b\n",
            "sourcebook deployed 1\na b ../x\n",
            "sourcebook deployed 1\na b .sourcebook/deployed\n",
            "sourcebook deployed 1\n\n",
            "<html>\n",
        ] {
            assert_eq!(Manifest::parse(text), None, "{text:?}");
        }
        assert_eq!(Manifest::parse("sourcebook deployed 1\n"), Some(Manifest::default()));
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read(
            files in prop::collection::btree_map(
                "[a-zé]{1,8}(/[a-z é]{0,4}[a-z]){0,2}",
                (prop::option::of("[0-9a-f]{4}"), prop::option::of("[!-~]{1,6}")),
                0..6,
            )
        ) {
            let entry = |(hash, tag): (Option<String>, Option<String>)| Entry { hash, tag: tag.filter(|t| t != "-") };
            let files = files.into_iter().filter(|(path, _)| check(path).is_ok());
            let manifest = Manifest(files.map(|(path, values)| (path, entry(values))).collect());
            prop_assert_eq!(Manifest::parse(&manifest.print()), Some(manifest));
        }

        #[test]
        fn no_text_panics(text in ".{0,200}") {
            let _ = Manifest::parse(&text);
            let _ = Manifest::parse(&format!("{HEAD}\n{text}\n"));
        }
    }
}
