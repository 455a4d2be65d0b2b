//! The files of an index: scripts that call [`CALL`] with strings dense enough that a host's compression does the rest.
//!
//! - Words: each begins with a capital that says how many letters it shares with the word before (`A` none, `B` one, at
//!   most 25), then the others. Folded words hold no capital, so that nothing need stand between them.
//! - Postings, in the order of the words, a space after each word's: how many entries after the one before (from 0),
//!   twice, and one more if the word does not stand in the label; a number in base 45, highest digit first, the last
//!   digit from the first half of [`DIGITS`], the others from the second.

use std::collections::BTreeMap;

use serde_json::json;

use super::{Entry, Kind, LABELS_FILE, fold};

/// The global function that takes the parts.
pub const CALL: &str = "sourcebookSearch";

/// Printable ASCII without what JSON or HTML would escape.
pub(super) const DIGITS: &[u8; 90] =
    b"!#$%'()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";
const BASE: usize = DIGITS.len() / 2;
/// The most letters that a word takes over from the one before.
const SHARED: usize = 25;

/// An entry that holds a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Its number.
    pub entry: u32,
    /// Whether the word stands in its label.
    pub in_label: bool,
}

/// The head: kinds with how many entries each has, the first word of each file of words, the words that are dropped.
pub fn head(kinds: &[Kind], firsts: &[String], version: &str) -> String {
    let kinds: Vec<_> = kinds.iter().map(|k| json!([k.label, k.folder, k.entries.len()])).collect();
    let stop = fold::STOP.split_whitespace().collect::<Vec<_>>().join(" ");
    let head = json!({ "kinds": kinds, "labels": LABELS_FILE, "stop": stop, "version": version, "words": firsts });
    format!("{CALL}(\"head\",0,{head});\n")
}

/// The words in files of about the same size, and the first word of each.
pub fn words(words: &BTreeMap<String, Vec<Posting>>, files: usize) -> (Vec<String>, Vec<String>) {
    let sizes = words.iter().map(|(word, list)| word.len() + list.len());
    let share = sizes.sum::<usize>().div_ceil(files).max(1);
    let mut parts = vec![Part::default(); files];
    let mut done = 0;
    for (word, list) in words {
        parts[(done / share).min(files - 1)].add(word, list);
        done += word.len() + list.len();
    }
    let script = |(n, part): (usize, &Part)| format!("{CALL}(\"words\",{n},{});\n", json!([part.words, part.lists]));
    let firsts = parts.iter().map(|part| part.first.clone()).collect();
    (firsts, parts.iter().enumerate().map(script).collect())
}

/// One file of labels: path, label and what stands beside it, entry after entry.
pub fn labels(number: usize, entries: &[&Entry]) -> String {
    let flat: Vec<_> = entries.iter().flat_map(|e| [&e.path, &e.label, &e.beside]).collect();
    format!("{CALL}(\"labels\",{number},{});\n", json!(flat))
}

#[derive(Clone, Default)]
struct Part {
    first: String,
    last: String,
    words: String,
    lists: String,
}

impl Part {
    fn add(&mut self, word: &str, list: &[Posting]) {
        if self.words.is_empty() {
            self.first = word.to_owned();
        }
        let shared = self.last.chars().zip(word.chars()).take_while(|(a, b)| a == b).count().min(SHARED);
        self.words.push(char::from(b'A' + u8::try_from(shared).unwrap_or(0)));
        self.words.extend(word.chars().skip(shared));
        self.last = word.to_owned();
        let mut next = 0;
        for posting in list {
            number(&mut self.lists, (posting.entry - next) as usize * 2 + usize::from(!posting.in_label));
            next = posting.entry + 1;
        }
        self.lists.push(' ');
    }
}

fn number(out: &mut String, value: usize) {
    let (high, low) = (value / BASE, value % BASE);
    if high > 0 {
        higher(out, high);
    }
    out.push(char::from(DIGITS[low]));
}

fn higher(out: &mut String, value: usize) {
    if value >= BASE {
        higher(out, value / BASE);
    }
    out.push(char::from(DIGITS[BASE + value % BASE]));
}
