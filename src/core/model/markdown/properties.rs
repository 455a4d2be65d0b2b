//! Conservation, drawn at random: each word that is written for readers is there once and in its order, and no word of a
//! comment is; whatever stands in whatever. The words are known to the generator, not read.

use proptest::prelude::*;

use super::plain::{Names, words};
use super::{outline, tokens};

/// A piece of a text: its Markdown and the words that readers get, in order.
#[derive(Clone, Debug)]
struct Written {
    text: String,
    words: Vec<String>,
}

impl Written {
    fn word(word: &str) -> Self {
        Self { text: word.to_owned(), words: vec![word.to_owned()] }
    }

    fn silent(text: &str) -> Self {
        Self { text: text.to_owned(), words: Vec::new() }
    }

    fn around(self, before: &str, after: &str) -> Self {
        Self { text: format!("{before}{}{after}", self.text), words: self.words }
    }

    fn then(self, joint: &str, other: Self) -> Self {
        Self { text: format!("{}{joint}{}", self.text, other.text), words: [self.words, other.words].concat() }
    }
}

fn word() -> impl Strategy<Value = Written> {
    "[a-zé]{2,7}".prop_map(|w| Written::word(&w))
}

/// What makes a note, a mark, or nothing.
fn silent() -> impl Strategy<Value = Written> {
    prop::sample::select(vec![
        "[@a]",
        "[see @a, § 2]",
        "[@a; *cf.* @b, p. [3]]",
        "[@a][@b]",
        "[^1]",
        "[^1][@a]",
        "<!-- hidden -->",
        "![@a]",
        "[@a, see [hidden](https://e.org) <!-- hidden -->]",
    ])
    .prop_map(Written::silent)
}

fn run() -> impl Strategy<Value = Written> {
    let leaf = prop_oneof![
        6 => word(),
        2 => silent(),
        1 => word().prop_map(|w| w.around("`", "`")),
        1 => Just(Written { text: "@a".into(), words: vec!["voice".into()] }),
        1 => Just(Written { text: "[[c]]".into(), words: vec!["label".into()] }),
        1 => Just(Written { text: "\\[@a\\]".into(), words: vec!["[@a]".into()] }),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let several = prop::collection::vec(inner, 1..4)
            .prop_map(|parts| parts.into_iter().reduce(|a, b| a.then(" ", b)).unwrap_or_else(|| Written::silent("")));
        (several, 0..6_usize).prop_map(|(run, kind)| {
            let run = Written::word("aa").then(" ", run).then(" ", Written::word("zz"));
            match kind {
                0 => run.around("*", "*"),
                1 => run.around("**", "**"),
                2 => run.around("~~", "~~"),
                3 if is_for_links(&run) => run.around("[", "](https://e.org)"),
                4 if is_for_links(&run) => run.around("![", "](a.png)"),
                _ => run,
            }
        })
    })
}

/// Links do not stand within links; nor, to pulldown-cmark, do footnotes, which is a fault.
fn is_for_links(run: &Written) -> bool {
    ["](", "[[", "[^1]"].iter().all(|not| !run.text.contains(not))
}

fn block() -> impl Strategy<Value = Written> {
    (run(), run(), 0..8_usize).prop_map(|(a, b, kind)| {
        let (a, b) = (Written::word("xx").then(" ", a), Written::word("yy").then(" ", b));
        match kind {
            0 => a.around("## ", "\n").then("\n", b),
            1 => a.around("- ", "\n").then("", b.around("- ", "\n")),
            2 => a.around("> ", "\n").then("> ", b.around("", "\n")),
            3 => a
                .around("| ", " |")
                .then(" ", b.around("", " |\n|---|---|\n| c | d |\n"))
                .then("", Written { text: String::new(), words: vec!["c".into(), "d".into()] }),
            4 => a.then("\n: ", b),
            5 => a.then("\n", b).around("", "\n===\n"),
            6 => a.around("", "\n\n<!-- hidden\nhidden -->\n").then("\n", b),
            _ => a.then("\n", b),
        }
    })
}

proptest! {
    #[test]
    fn words_are_kept_in_order_and_once(blocks in prop::collection::vec(block(), 1..4)) {
        let mut all = blocks.into_iter().reduce(|a, b| a.then("\n\n", b)).unwrap_or_else(|| Written::silent(""));
        if all.text.contains("[^1]") {
            all = all.then("\n\n[^1]: ", Written::word("footnote"));
        }
        let label = |id: &str| (id == "c").then(|| "label".to_owned());
        let voice = |id: &str| (id == "a").then(|| "voice".to_owned());
        let found = words(&all.text, &Names { label: &label, voice: &voice });
        let found: Vec<_> = found.split_whitespace().map(|w| w.trim_matches('!')).filter(|w| !w.is_empty()).collect();
        prop_assert_eq!(found.join(" "), all.words.join(" "), "{}", all.text);
        prop_assert!(outline(&all.text).faults.is_empty(), "{:?} in {}", outline(&all.text).faults, all.text);
    }

    #[test]
    fn nothing_that_is_typed_panics(text in "[\\[\\]@!^|*_`<>:;,{}#\\-\\\\ \na1é]{0,60}") {
        let (tokens, faults) = tokens(&text);
        for range in tokens.iter().map(|(_, range)| range).chain(faults.iter().map(|fault| &fault.range)) {
            prop_assert!(text.get(range.clone()).is_some(), "{range:?} of {text:?}");
        }
        outline(&text);
    }
}
