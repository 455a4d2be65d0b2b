//! The quick search: an index of words, made with the site and read by the theme's script.
//!
//! 1. [`fold`]: a text becomes words that are the same however they are typed: no accents, no elision, no plural.
//! 2. [`Index::new`]: every word with the entries that hold it, entries numbered in the order in which they are shown.
//! 3. [`encode`]: plain scripts that each hand their part to one global function, because a page that is opened from
//!    `file://` may load a script but may not fetch its neighbours.
//!
//! A reader loads the head, then the words that a query may fall among (one file for every [`WORDS_FILE`] entries),
//! then the labels of what is shown ([`LABELS_FILE`] to a file). Nothing stands here that no page shows.

pub mod encode;
pub mod fold;

use std::collections::BTreeMap;

use encode::Posting;

/// The head of the index, from the site's root.
pub const HEAD: &str = "assets/search/index.js";
/// Where the index of every page's words stands, from the site's root.
pub const FULL_TEXT_FOLDER: &str = "pagefind/";
/// What a page loads to search it.
pub const FULL_TEXT: &str = "pagefind/pagefind.js";

/// So many entries share a file of words; beyond, the words are cut into ranges.
pub const WORDS_FILE: usize = 10_000;
/// So many labels share a file.
pub const LABELS_FILE: usize = 128;

/// A kind of entry: results are grouped by it.
#[derive(Clone, Debug)]
pub struct Kind {
    /// What stands over its results: "Questions".
    pub label: String,
    /// What all its paths start with: `questions/`.
    pub folder: String,
    /// In the order in which equally good matches are shown.
    pub entries: Vec<Entry>,
}

/// Something that can be found.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// Its folder within that of its kind, without a slash at the end.
    pub path: String,
    /// What a reader calls it.
    pub label: String,
    /// What stands beside the label: a speaker, a role, a date. Empty for nothing.
    pub beside: String,
    /// Other texts by which it is found, such as aliases and the first sentence of a summary.
    pub also: Vec<String>,
}

/// The files of an index, each the text of a script.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// What kinds there are, and how the words are cut.
    pub head: String,
    /// Words and where they stand; as many files as [`words_files`] says.
    pub words: Vec<String>,
    /// Labels and paths; as many files as [`labels_files`] says.
    pub labels: Vec<String>,
}

/// How many files of words so many entries have.
pub fn words_files(entries: usize) -> usize {
    entries.div_ceil(WORDS_FILE).max(1)
}

/// How many files of labels so many entries have.
pub fn labels_files(entries: usize) -> usize {
    entries.div_ceil(LABELS_FILE)
}

impl Index {
    /// The index of these entries. The same entries give the same bytes.
    pub fn new(kinds: &[Kind]) -> Self {
        let entries: Vec<_> = kinds.iter().flat_map(|kind| &kind.entries).collect();
        let words = postings(&entries);
        let (firsts, words) = encode::words(&words, words_files(entries.len()));
        let labels: Vec<_> = entries.chunks(LABELS_FILE).enumerate().map(|(n, part)| encode::labels(n, part)).collect();
        let head = encode::head(kinds, &firsts, &version(words.iter().chain(&labels)));
        Self { head, words, labels }
    }
}

/// Every word, in order, with the entries that hold it.
fn postings(entries: &[&Entry]) -> BTreeMap<String, Vec<Posting>> {
    let mut all: BTreeMap<String, Vec<Posting>> = BTreeMap::new();
    let mut add = |word: String, entry: u32, in_label: bool| {
        let list = all.entry(word).or_default();
        // A word of the label comes before the same word elsewhere, and is the better match.
        if list.last().is_none_or(|last| last.entry != entry) {
            list.push(Posting { entry, in_label });
        }
    };
    for (entry, n) in entries.iter().zip(0..) {
        fold::words(&entry.label).for_each(|word| add(word, n, true));
        entry.also.iter().for_each(|text| fold::words(text).for_each(|word| add(word, n, false)));
    }
    all
}

/// Parts of two builds must not be mixed by a cache: the head names the others with this.
fn version<'a>(files: impl Iterator<Item = &'a String>) -> String {
    let mut hasher = blake3::Hasher::new();
    for file in files {
        hasher.update(file.as_bytes());
    }
    hasher.finalize().to_hex()[..10].to_owned()
}

#[cfg(test)]
mod tests;
