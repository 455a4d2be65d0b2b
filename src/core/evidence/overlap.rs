//! Words of captures that stand elsewhere: in a page (a leak), or in another capture (a possible copy).
//!
//! 1. Texts are levelled and cut into words; case is folded, signs are left out: who copies a sentence and drops a
//!    comma has copied it.
//! 2. Every run of N words of a capture is indexed by a rolling hash, and compared word by word on a hit, so that no
//!    accident of hashing accuses anyone.
//! 3. [`Guard::leaks`]: the runs of a page that stand in a capture, less what is declared.
//! 4. [`shared`], [`candidates`]: the runs that two captures have in common.
//!
//! All is linear in the texts.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::brackets;
use super::normalise::{Normalised, normalise};
use super::parts::parts;
use super::passages_in::Passages;
use super::words::words;

/// Guards pages against words of captures.
#[derive(Clone, Debug)]
pub struct Guard {
    vocabulary: Vocabulary,
    index: Index,
    /// Where each capture begins in the index.
    starts: Vec<u32>,
    declared: Passages,
}

/// A run of words of a page that stands in a capture and is not declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak {
    /// Bytes of the page's text.
    pub range: Range<usize>,
    /// How many of its words are not declared.
    pub words: usize,
    /// In which capture it stands, by its place among those given.
    pub capture: usize,
}

impl Guard {
    /// Indexes captures. A run has `run` words; none is ever shorter than two.
    pub fn new<'a>(captures: impl IntoIterator<Item = &'a Normalised>, run: usize) -> Self {
        let mut vocabulary = Vocabulary::default();
        let mut index = Index::new(run.max(2));
        let mut starts = Vec::new();
        for capture in captures {
            starts.push(index.words.len() as u32);
            let ids: Vec<u32> = words(capture.text()).map(|r| vocabulary.add(&capture.text()[r])).collect();
            index.add(&ids);
        }
        Self { vocabulary, index, starts, declared: Passages::default() }
    }

    /// Declares a passage: a quote (its parts, where `[…]` joins them) or a title. Its words may stand in pages.
    pub fn declare(&mut self, passage: &str) {
        // As it is written, and as a source may have it where an editor put something in.
        let read = brackets::readings(passage);
        for part in std::iter::once(passage).chain(read.iter().map(String::as_str)).flat_map(parts) {
            let text = part.level.text();
            let ids: Vec<u32> = words(text).map(|r| self.vocabulary.add(&text[r])).collect();
            self.declared.add(&ids);
        }
    }

    /// The runs of a page's readable text that stand in a capture and are not declared, in order.
    ///
    /// A declared passage of a run's length divides what is beside it; a shorter one does not (else the title
    /// "Ukraine" would hide every run with that word), but its words do not count.
    pub fn leaks(&self, page: &str) -> Vec<Leak> {
        let level = normalise(page);
        let text = level.text();
        let places: Vec<_> = words(text).collect();
        let ids: Vec<u32> = places.iter().map(|r| self.vocabulary.id(&text[r.clone()])).collect();
        let runs = self.index.runs(&ids);
        if runs.is_empty() {
            return Vec::new();
        }
        let declared = self.declared.longest_in(&ids);
        let stretches = runs.into_iter().flat_map(|(run, at)| {
            self.undeclared(run, &declared).into_iter().map(move |(stretch, words)| (stretch, words, at))
        });
        stretches
            .map(|(stretch, words, at)| Leak {
                range: level.original(places[stretch.start].start..places[stretch.end - 1].end),
                words,
                capture: self.starts.partition_point(|&s| s <= at).saturating_sub(1),
            })
            .collect()
    }

    /// The stretches of a run between long declared passages that have a run's number of undeclared words.
    fn undeclared(&self, run: Range<usize>, declared: &[u32]) -> Vec<(Range<usize>, usize)> {
        let mut found: Vec<(Range<usize>, usize)> = Vec::new();
        let mut open: Option<(Range<usize>, usize)> = None;
        for at in run {
            match declared[at] as usize {
                0 => {
                    let stretch = open.get_or_insert((at..at, 0));
                    stretch.0.end = at + 1;
                    stretch.1 += 1;
                }
                long if long >= self.index.run => found.extend(open.take()),
                _ => {}
            }
        }
        found.extend(open);
        found.retain(|(_, words)| *words >= self.index.run);
        found
    }
}

/// What two texts have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// Words of the longest run.
    pub longest: usize,
    /// Words of all runs, as the second text has them.
    pub total: usize,
    /// All words of the first and the second text.
    pub words: (usize, usize),
    /// Each run, in bytes of the first and of the second text, in the second's order.
    pub runs: Vec<(Range<usize>, Range<usize>)>,
}

/// The runs of at least `run` words that two texts share.
pub fn shared(a: &Normalised, b: &Normalised, run: usize) -> Shared {
    let mut vocabulary = Vocabulary::default();
    let mut index = Index::new(run.max(2));
    let in_a: Vec<_> = words(a.text()).collect();
    let in_b: Vec<_> = words(b.text()).collect();
    let ids: Vec<u32> = in_a.iter().map(|r| vocabulary.add(&a.text()[r.clone()])).collect();
    index.add(&ids);
    let ids: Vec<u32> = in_b.iter().map(|r| vocabulary.id(&b.text()[r.clone()])).collect();
    let mut found = Shared { words: (in_a.len(), in_b.len()), ..Shared::default() };
    let original = |text: &Normalised, r: &[Range<usize>]| text.original(r[0].start..r[r.len() - 1].end);
    for (range, at) in index.copies(&ids) {
        let there = &in_a[at..at + range.len()];
        found.runs.push((original(a, there), original(b, &in_b[range.clone()])));
        found.longest = found.longest.max(range.len());
        found.total += range.len();
    }
    found
}

/// Pairs of captures, by their places among those given, that share a run, with the number of shared runs of exactly
/// `run` words: worth a look with [`shared`]. A run that more than four captures have is boilerplate and left out.
pub fn candidates<'a>(captures: impl IntoIterator<Item = &'a Normalised>, run: usize) -> Vec<(usize, usize, usize)> {
    let guard = Guard::new(captures, run);
    let mut holders: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for capture in 0..guard.starts.len() {
        let words = guard.capture(capture);
        for (at, hash) in grams(words, guard.index.run) {
            let Some(first) = guard.index.place(hash, &words[at..at + guard.index.run]) else { continue };
            let known = holders.entry(first).or_default();
            if known.last() != Some(&capture) && known.len() <= 4 {
                known.push(capture);
            }
        }
    }
    let mut pairs: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for known in holders.values().filter(|k| (2..=4).contains(&k.len())) {
        for (i, &a) in known.iter().enumerate() {
            known[i + 1..].iter().for_each(|&b| *pairs.entry((a, b)).or_default() += 1);
        }
    }
    pairs.into_iter().map(|((a, b), runs)| (a, b, runs)).collect()
}

impl Guard {
    /// The words of a capture.
    fn capture(&self, number: usize) -> &[u32] {
        let end = self.starts.get(number + 1).map_or(self.index.words.len(), |&s| s as usize);
        &self.index.words[self.starts[number] as usize..end]
    }
}

/// The number of a word that no capture has.
const NO_WORD: u32 = u32::MAX;

#[derive(Clone, Debug, Default)]
struct Vocabulary {
    ids: HashMap<String, u32>,
}

impl Vocabulary {
    fn add(&mut self, word: &str) -> u32 {
        let next = self.ids.len() as u32;
        *self.ids.entry(word.to_lowercase()).or_insert(next)
    }

    fn id(&self, word: &str) -> u32 {
        self.ids.get(&word.to_lowercase()).copied().unwrap_or(NO_WORD)
    }
}

/// Runs of words and where each stands first.
#[derive(Clone, Debug)]
struct Index {
    run: usize,
    words: Vec<u32>,
    /// By hash; different runs of one hash stand at the next free numbers.
    places: HashMap<u64, u32>,
}

impl Index {
    fn new(run: usize) -> Self {
        Self { run, words: Vec::new(), places: HashMap::new() }
    }

    fn add(&mut self, ids: &[u32]) {
        let base = self.words.len();
        self.words.extend_from_slice(ids);
        for (at, hash) in grams(ids, self.run) {
            let (mut key, words) = (hash, &ids[at..at + self.run]);
            while let Some(&place) = self.places.get(&key) {
                if self.is_at(words, place) {
                    break;
                }
                key = key.wrapping_add(1);
            }
            self.places.entry(key).or_insert((base + at) as u32);
        }
    }

    fn place(&self, hash: u64, words: &[u32]) -> Option<u32> {
        let mut key = hash;
        loop {
            let place = *self.places.get(&key)?;
            if self.is_at(words, place) {
                return Some(place);
            }
            key = key.wrapping_add(1);
        }
    }

    fn is_at(&self, words: &[u32], place: u32) -> bool {
        self.words[place as usize..].starts_with(words)
    }

    /// The stretches of `ids` covered by runs of the index that overlap, and where the first run stands there.
    fn runs(&self, ids: &[u32]) -> Vec<(Range<usize>, u32)> {
        let mut found: Vec<(Range<usize>, u32)> = Vec::new();
        for (at, hash) in grams(ids, self.run) {
            let Some(place) = self.place(hash, &ids[at..at + self.run]) else { continue };
            match found.last_mut() {
                Some((last, _)) if at < last.end => last.end = at + self.run,
                _ => found.push((at..at + self.run, place)),
            }
        }
        found
    }

    /// Stretches of `ids` that stand in the index as they are, one after the other, each as long as it goes.
    fn copies(&self, ids: &[u32]) -> Vec<(Range<usize>, usize)> {
        let mut found: Vec<(Range<usize>, usize)> = Vec::new();
        let mut free = 0;
        for (at, hash) in grams(ids, self.run) {
            if at < free {
                continue;
            }
            let Some(place) = self.place(hash, &ids[at..at + self.run]) else { continue };
            let there = &self.words[place as usize..];
            let length = ids[at..].iter().zip(there).take_while(|(a, b)| a == b).count();
            free = at + length;
            found.push((at..free, place as usize));
        }
        found
    }
}

/// The start and the hash of every run of `run` words.
fn grams(ids: &[u32], run: usize) -> impl Iterator<Item = (usize, u64)> {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    let out = (1..run).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let mut hash = 0u64;
    ids.iter().enumerate().filter_map(move |(i, &id)| {
        if let Some(gone) = i.checked_sub(run) {
            hash = hash.wrapping_sub(value(ids[gone]).wrapping_mul(out));
        }
        hash = hash.wrapping_mul(BASE).wrapping_add(value(id));
        (i + 1 >= run).then(|| (i + 1 - run, hash))
    })
}

fn value(id: u32) -> u64 {
    u64::from(id) + 1
}

#[cfg(test)]
mod tests;
