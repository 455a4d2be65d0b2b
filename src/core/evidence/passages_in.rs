//! Declared passages, found in a text all at once (Aho and Corasick, 1975, over words).
//!
//! A tree of the passages' words; for each node, the node of its longest end that also begins a passage. Ends are worked out when a
//! text is looked at, so that passages may be added at any time. One step a word, and one back for each step ahead: however many
//! passages begin alike, and however they overlap, time is that of their words and the text's.

use std::collections::{BinaryHeap, HashMap};
use std::sync::OnceLock;

use crate::base::steps::step;

/// Passages as runs of words.
#[derive(Clone, Debug, Default)]
pub(super) struct Passages {
    /// The first is the root.
    nodes: Vec<Node>,
    steps: HashMap<(u32, u32), u32>,
    ends: OnceLock<Vec<End>>,
}

#[derive(Clone, Debug, Default)]
struct Node {
    above: u32,
    word: u32,
    depth: u32,
    /// Whether a passage ends here.
    is_end: bool,
}

/// Where a node leads when a word does not go on from it.
#[derive(Clone, Debug, Default)]
struct End {
    /// The node of its longest end that begins a passage; the root, if none does.
    back: u32,
    /// Words of the longest passage that ends here.
    longest: u32,
}

impl Passages {
    /// Adds a passage; one of no words is none.
    pub(super) fn add(&mut self, words: &[u32]) {
        if words.is_empty() {
            return;
        }
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let mut at = 0;
        for (&word, depth) in words.iter().zip(1..) {
            let next = self.nodes.len() as u32;
            let known = *self.steps.entry((at, word)).or_insert(next);
            if known == next {
                self.nodes.push(Node { above: at, word, depth, is_end: false });
            }
            at = known;
        }
        self.nodes[at as usize].is_end = true;
        self.ends.take();
    }

    /// For each word of a text, how many words the longest passage has that covers it.
    pub(super) fn longest_in(&self, words: &[u32]) -> Vec<u32> {
        if self.nodes.is_empty() {
            return vec![0; words.len()];
        }
        let ends = self.ends.get_or_init(|| self.ends());
        let mut found: Vec<Vec<(u32, usize)>> = vec![Vec::new(); words.len()];
        let mut at = 0;
        for (i, &word) in words.iter().enumerate() {
            at = self.step(at, word, ends);
            let longest = ends[at as usize].longest;
            if longest > 0 {
                found[i + 1 - longest as usize].push((longest, i + 1));
            }
        }
        cover(&found)
    }

    fn step(&self, mut at: u32, word: u32, ends: &[End]) -> u32 {
        loop {
            step(1);
            match self.steps.get(&(at, word)) {
                Some(next) => return *next,
                None if at == 0 => return 0,
                None => at = ends[at as usize].back,
            }
        }
    }

    /// From the root down.
    fn ends(&self) -> Vec<End> {
        let mut order: Vec<u32> = (1..self.nodes.len() as u32).collect();
        order.sort_by_key(|node| self.nodes[*node as usize].depth);
        let mut ends = vec![End::default(); self.nodes.len()];
        for node in order {
            let Node { above, word, depth, is_end } = self.nodes[node as usize];
            let back = if depth == 1 { 0 } else { self.step(ends[above as usize].back, word, &ends) };
            let longest = if is_end { depth } else { ends[back as usize].longest };
            ends[node as usize] = End { back, longest };
        }
        ends
    }
}

/// For each place, the longest of what covers it, given the length and the end of what begins at each.
fn cover(found: &[Vec<(u32, usize)>]) -> Vec<u32> {
    let mut open: BinaryHeap<(u32, usize)> = BinaryHeap::new();
    let mut longest = Vec::with_capacity(found.len());
    for (i, begun) in found.iter().enumerate() {
        open.extend(begun);
        while open.peek().is_some_and(|(_, end)| *end <= i) {
            open.pop();
        }
        longest.push(open.peek().map_or(0, |(length, _)| *length));
    }
    longest
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn as_if_each_passage_were_looked_for_by_itself(
            passages in vec(vec(0u32..4, 0..5), 0..6),
            text in vec(0u32..5, 0..40),
        ) {
            let mut all = Passages::default();
            passages.iter().for_each(|passage| all.add(passage));
            let mut expected = vec![0u32; text.len()];
            for passage in passages.iter().filter(|p| !p.is_empty()) {
                for at in 0..text.len() {
                    if text[at..].starts_with(passage) {
                        let length = passage.len() as u32;
                        expected[at..at + passage.len()].iter_mut().for_each(|l| *l = (*l).max(length));
                    }
                }
            }
            prop_assert_eq!(all.longest_in(&text), expected);
        }
    }
}
