//! The search for sets: pairs first, then larger ones by size.
//!
//! Under each ceiling the floors of its parts stand from the largest; floors that share nothing are taken in that order
//! until their sum exceeds the ceiling. Taken in order, a set is minimal when it first exceeds: whatever else is left out
//! is no smaller than what came last.

use std::collections::BTreeMap;

use super::{Fact, Found, Ground, LARGEST, MOST_FACTS, MOST_SETS, Scope, Set, Terms};
use crate::model::value::Decimal;

/// So many steps of the search of one question take a fraction of a second.
const MOST_STEPS: usize = 400_000;

/// A floor under some ceiling.
#[derive(Clone, Copy, Debug, Hash)]
struct Floor {
    fact: usize,
    scope: usize,
    least: Decimal,
    is_more: bool,
}

pub(super) struct Search<'a> {
    facts: &'a [Fact],
    terms: &'a Terms,
    same_scope: bool,
    /// Of each fact, the number of its scope.
    scopes: Vec<usize>,
    relations: Relations,
    found: Found,
    steps: usize,
    /// Whether a larger set might still exceed.
    deeper: bool,
}

/// How the scopes of a question stand to one another, worked out once.
struct Relations {
    count: usize,
    within: Vec<bool>,
    disjoint: Vec<bool>,
}

impl Relations {
    fn new(scopes: &[Scope], ground: &Ground, adds_up: bool) -> Self {
        let pairs = || scopes.iter().flat_map(|a| scopes.iter().map(move |b| (a, b)));
        let within = pairs().map(|(a, b)| a == b || (adds_up && a.within(*b, ground))).collect();
        let disjoint = pairs().map(|(a, b)| adds_up && a.disjoint(*b, ground)).collect();
        Self { count: scopes.len(), within, disjoint }
    }

    fn within(&self, part: usize, whole: usize) -> bool {
        self.within[part * self.count + whole]
    }

    fn disjoint(&self, one: usize, other: usize) -> bool {
        self.disjoint[one * self.count + other]
    }
}

impl<'a> Search<'a> {
    pub(super) fn new(facts: &'a [Fact], terms: &'a Terms, ground: &Ground, same_scope: bool) -> Self {
        let known = &facts[..facts.len().min(MOST_FACTS)];
        let mut numbers: BTreeMap<Scope, usize> = known.iter().map(|fact| (fact.scope, 0)).collect();
        numbers.values_mut().enumerate().for_each(|(i, number)| *number = i);
        let scopes: Vec<_> = numbers.keys().copied().collect();
        let relations = Relations::new(&scopes, ground, terms.adds_up);
        let scopes = known.iter().map(|fact| numbers[&fact.scope]).collect();
        let found = Found { is_complete: known.len() == facts.len(), ..Found::default() };
        Self { facts: known, terms, same_scope, scopes, relations, found, steps: 0, deeper: false }
    }

    pub(super) fn run(mut self) -> Found {
        self.found.searched = 1;
        if self.pairs().is_none() {
            return self.stopped();
        }
        self.found.searched = 2;
        let ceilings: Vec<_> = (0..self.facts.len()).filter(|i| self.facts[*i].ceiling().is_some()).collect();
        let parts: Vec<_> = ceilings.into_iter().map(|i| (i, self.parts(i))).filter(|(_, p)| p.len() > 1).collect();
        self.deeper = !parts.is_empty();
        for size in 3..=LARGEST {
            if !std::mem::take(&mut self.deeper) {
                self.found.searched = LARGEST;
                return self.found;
            }
            for (ceiling, floors) in &parts {
                if self.larger(*ceiling, floors, size - 1).is_none() {
                    return self.stopped();
                }
            }
            self.found.searched = size;
        }
        self.found.is_complete &= !self.deeper;
        self.found
    }

    fn stopped(mut self) -> Found {
        self.found.is_complete = false;
        self.found
    }

    /// Sets of two: a floor above a ceiling.
    fn pairs(&mut self) -> Option<()> {
        for ceiling in 0..self.facts.len() {
            let Some(limit) = self.facts[ceiling].ceiling() else { continue };
            for floor in 0..self.facts.len() {
                let same = self.scopes[floor] == self.scopes[ceiling] && self.is_same_moment(floor, ceiling);
                if floor == ceiling
                    || (same && !self.same_scope)
                    || !self.relations.within(self.scopes[floor], self.scopes[ceiling])
                {
                    continue;
                }
                let Some((least, is_more)) = self.facts[floor].floor() else { continue };
                if exceeds((least, is_more), limit) && self.facts[floor].bounds(&self.facts[ceiling], self.terms) {
                    self.add(ceiling, vec![floor], (least, is_more))?;
                }
            }
        }
        Some(())
    }

    /// The floors of the parts of a ceiling's whole that do not exceed it by themselves, from the largest.
    fn parts(&self, ceiling: usize) -> Vec<Floor> {
        let Some(limit) = self.facts[ceiling].ceiling() else { return Vec::new() };
        let whole = self.scopes[ceiling];
        let mut floors: Vec<Floor> = (0..self.facts.len())
            .filter(|i| self.scopes[*i] != whole && self.relations.within(self.scopes[*i], whole))
            .filter(|i| self.facts[*i].bounds(&self.facts[ceiling], self.terms))
            .filter_map(|fact| {
                let (least, is_more) = self.facts[fact].floor()?;
                let floor = Floor { fact, scope: self.scopes[fact], least, is_more };
                (!exceeds((least, is_more), limit)).then_some(floor)
            })
            .collect();
        floors.sort_by_key(|f| (std::cmp::Reverse(f.least), !f.is_more, f.fact));
        floors
    }

    /// Sets of a ceiling and so many floors; `None` when the budget is spent.
    fn larger(&mut self, ceiling: usize, floors: &[Floor], count: usize) -> Option<()> {
        let limit = self.facts[ceiling].ceiling()?;
        self.extend(ceiling, limit, floors, &mut Vec::new(), (Decimal::ZERO, false), count)
    }

    fn extend(
        &mut self,
        ceiling: usize,
        limit: (Decimal, bool),
        rest: &[Floor],
        taken: &mut Vec<Floor>,
        sum: (Decimal, bool),
        count: usize,
    ) -> Option<()> {
        let left = count - taken.len();
        for (n, floor) in rest.iter().enumerate() {
            self.steps += 1;
            if self.steps > MOST_STEPS {
                return None;
            }
            // All that follow are no larger: if so many of them cannot exceed, a larger set alone might.
            let most = (0..left).fold(sum.0, |sum, _| sum + floor.least);
            if most < limit.0 {
                self.deeper |= rest.len() - n > left;
                break;
            }
            let fits =
                |other: &Floor| self.relations.disjoint(other.scope, floor.scope) && self.meet(other.fact, floor.fact);
            if !taken.iter().all(fits) {
                continue;
            }
            let next = (sum.0 + floor.least, sum.1 || floor.is_more);
            taken.push(*floor);
            match (exceeds(next, limit), left) {
                (true, 1) => self.add(ceiling, taken.iter().map(|f| f.fact).collect(), next)?,
                (true, _) => {}
                (false, 1) => self.deeper |= n + 1 < rest.len(),
                (false, _) => self.extend(ceiling, limit, &rest[n + 1..], taken, next, count)?,
            }
            taken.pop();
        }
        Some(())
    }

    /// Whether two answers speak of the same time: of a total that grows, of the same day.
    fn is_same_moment(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.facts[one], &self.facts[other]);
        !self.terms.grows || (one.bounds(other, self.terms) && other.bounds(one, self.terms))
    }

    /// Whether two parts hold at a time: within the window of one another, where there is one.
    fn meet(&self, one: usize, other: usize) -> bool {
        self.terms.grows || self.facts[one].bounds(&self.facts[other], self.terms)
    }

    fn add(&mut self, ceiling: usize, floors: Vec<usize>, (sum, is_more): (Decimal, bool)) -> Option<()> {
        if self.found.sets.len() >= MOST_SETS {
            return None;
        }
        let (limit, is_less) = self.facts[ceiling].ceiling()?;
        self.found.sets.push(Set { ceiling, floors, sum, is_more, limit, is_less });
        Some(())
    }
}

/// Whether what is at least (or more than) the one cannot be at most (or less than) the other.
fn exceeds((sum, is_more): (Decimal, bool), (limit, is_less): (Decimal, bool)) -> bool {
    sum > limit || (sum == limit && (is_more || is_less))
}
