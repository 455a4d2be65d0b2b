//! Faults planted in the repository's own dossier, one at a time: each must be found, by its own code, at its own
//! line, and hardly anything else may be said.
//!
//! 1. [`site`]: the dossier as it stands, with captures made of its quotes, and the lock that goes with them.
//! 2. [`kinds`]: for each kind of fault every place where it can be planted; a fixed seed chooses among them.
//! 3. Each planted fault goes through load, resolve, verify and check; errors are counted.
//!
//! Kinds that only the plan of routes can find (dead links, anchors, paths claimed twice) belong into
//! [`kinds::of_routes`], which has none yet.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

#[path = "injected/kinds.rs"]
mod kinds;
#[path = "injected/site.rs"]
mod site;
#[path = "injected/yaml.rs"]
mod yaml;

use std::collections::BTreeMap;

use kinds::Plant;
use rayon::prelude::*;
use site::{Seen, Site};

/// So many places of each kind, if it has them.
const PER_KIND: usize = 46;
/// So many faults of each kind are shown of which something else was said than should be.
const MISSES: usize = 4;
/// Found, at the right line, messages for each fault.
const LIMITS: (f64, f64, f64) = (1.0, 0.98, 1.2);

#[derive(Default)]
struct Score {
    planted: usize,
    found: usize,
    at_line: usize,
    messages: usize,
    misses: Vec<String>,
}

#[test]
fn planted_faults_are_found() {
    let site = Site::read();
    assert_eq!(site.look(None, false), [], "the dossier itself has faults, with captures");
    assert_eq!(site.look(None, true), [], "the dossier itself has faults, with the lock");
    let plants = choose(kinds::all(&site), 0x5eed_0f50_0ce5);
    let judged: Vec<(Plant, Vec<Seen>)> = plants
        .into_par_iter()
        .map(|plant| {
            let seen = site.look(Some((&plant.file, &plant.text)), plant.locked);
            (plant, seen)
        })
        .collect();
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    for (plant, seen) in &judged {
        scores.entry(plant.kind).or_default().count(plant, seen);
    }
    report(&scores);
}

impl Score {
    fn count(&mut self, plant: &Plant, seen: &[Seen]) {
        let by_code = |s: &&Seen| plant.codes.contains(&s.code);
        let at_line = |s: &Seen| s.file == plant.file && plant.lines.contains(&s.line);
        let found = seen.iter().any(|s| by_code(&s));
        let placed = seen.iter().filter(by_code).any(at_line);
        self.planted += 1;
        self.found += usize::from(found);
        self.at_line += usize::from(placed);
        self.messages += seen.len();
        if !placed || seen.len() > 1 {
            self.misses.push(format!("{}:{:?} «{}» → {seen:?}", plant.file, plant.lines, plant.what));
        }
    }
}

fn report(scores: &BTreeMap<&str, Score>) {
    let mut all = Score::default();
    println!("{:28} {:>7} {:>7} {:>7} {:>8}", "kind", "planted", "found", "at line", "messages");
    for (kind, score) in scores {
        let Score { planted, found, at_line, messages, .. } = score;
        println!("{kind:28} {planted:7} {found:7} {at_line:7} {:8.2}", *messages as f64 / *planted as f64);
        for miss in score.misses.iter().take(MISSES) {
            println!("    {miss}");
        }
        all.planted += planted;
        all.found += found;
        all.at_line += at_line;
        all.messages += messages;
    }
    let share = |n: usize| n as f64 / all.planted as f64;
    let figures = (share(all.found), share(all.at_line), share(all.messages));
    println!(
        "{} kinds, {} faults: {:.2} % found, {:.2} % at the right line, {:.3} messages for each",
        scores.len(),
        all.planted,
        figures.0 * 100.0,
        figures.1 * 100.0,
        figures.2
    );
    assert!(scores.len() >= 20 && all.planted >= 2_000, "too few faults to say anything");
    assert!(figures.0 >= LIMITS.0, "some faults are not found; see above");
    assert!(figures.1 >= LIMITS.1, "too many faults are reported elsewhere; see above");
    assert!(figures.2 <= LIMITS.2, "too much is said of one fault; see above");
}

/// The same places on every run.
fn choose(mut plants: Vec<Plant>, seed: u64) -> Vec<Plant> {
    let mut random = Random(seed);
    let mut chosen = Vec::new();
    plants.sort_by_key(|plant| plant.kind);
    for group in plants.chunk_by(|a, b| a.kind == b.kind) {
        let mut group = group.to_vec();
        for i in 0..group.len().min(PER_KIND) {
            let j = i + random.below(group.len() - i);
            group.swap(i, j);
        }
        group.truncate(PER_KIND);
        chosen.extend(group);
    }
    chosen
}

/// SplitMix64.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap()
    }
}
