//! All answers to one question together: every pair's verdict, the groups of the same value, who is contested.
//!
//! 1. Each answer's sets of values are worked out once.
//! 2. Answers are grouped: the same value, in the same state, for the same place and group.
//! 3. The sets of current answers that cannot all be true are found ([`crate::model::reason`]), where the question says that
//!    its quantities add up or only grow.
//! 4. Every pair is judged, to count who differs from whom, and who can be compared at all. No verdict is stored: [`Contest::verdict`] works it out
//!    again, in well under a microsecond, so that memory grows with the answers and not with their pairs.
//!
//! The last step takes time with the square of the number of answers; beyond [`MAX_JUDGED`] the count stops and
//! [`Contest::is_complete`] says so. Groups and single verdicts stay exact for any number.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::values::Values;
use super::{Clash, Given, Prepared, Replaces, Supersession, Terms, Verdict, VerdictKind, judge};
use crate::model::reason::{Fact, Found, Ground, Scope, Set, find};
use crate::model::state::State;
use crate::model::value::NumberRange;

/// Up to so many answers, from the first, every pair is judged: two million pairs, at 20 to 35 ns each.
pub const MAX_JUDGED: usize = 2_000;

/// All answers to one question, compared. Answers go by their index in the order given.
#[derive(Default)]
pub struct Contest {
    answers: Vec<Prepared>,
    replaces: Replaces,
    terms: Terms,
    ground: Arc<Ground>,
    groups: Vec<Group>,
    found: Found,
    /// The pairs that are in such a set, each with the first of the smallest.
    clashes: BTreeMap<(usize, usize), Clash>,
    /// Of each answer, whether it is in such a set.
    clashing: Vec<bool>,
    differing: Vec<u32>,
    comparable: Vec<u32>,
    differing_pairs: usize,
}

/// Answers of the same value for the same place, in the same state.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Group {
    /// The place of all of them.
    pub place: Option<u32>,
    /// The group that all of them count.
    pub group: Option<u32>,
    /// What all of them are.
    pub state: State,
    /// Indexes of answers, in the order given; at least one.
    pub members: Vec<usize>,
}

/// All that is in it but the ground, on which all contests of a dossier stand: that is one for all, and known by itself.
impl Hash for Contest {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self {
            answers,
            replaces,
            terms,
            ground: _,
            groups,
            found,
            clashes,
            clashing,
            differing,
            comparable,
            differing_pairs,
        } = self;
        (answers, replaces, terms, groups, found).hash(state);
        (clashes, clashing, differing, comparable, differing_pairs).hash(state);
    }
}

impl Contest {
    /// Compares all answers.
    pub fn new(answers: &[Given], terms: Terms, ground: Arc<Ground>, replaces: Replaces) -> Self {
        let answers: Vec<_> = answers.iter().map(|given| Prepared::new(given, &terms)).collect();
        let groups = group(&answers);
        let found = impossible(&answers, &terms, &ground, |_| true);
        let clashes = clashes(&found.sets);
        let mut clashing = vec![false; answers.len()];
        found.sets.iter().flat_map(|set| set.members()).for_each(|n| clashing[n] = true);
        let mut contest =
            Self { answers, replaces, terms, ground, groups, found, clashes, clashing, ..Self::default() };
        contest.count();
        contest
    }

    fn count(&mut self) {
        let (mut differing, mut comparable) = (vec![0; self.answers.len()], vec![0; self.answers.len()]);
        for second in 0..self.answers.len().min(MAX_JUDGED) {
            for first in 0..second {
                let verdict = self.verdict(first, second);
                if !matches!(verdict.kind(), VerdictKind::Superseded | VerdictKind::NotComparable) {
                    comparable[first] += 1;
                    comparable[second] += 1;
                }
                if verdict.is_conflict() {
                    differing[first] += 1;
                    differing[second] += 1;
                    self.differing_pairs += 1;
                }
            }
        }
        (self.differing, self.comparable) = (differing, comparable);
    }

    /// How two answers compare; an answer agrees with itself, unless it is not one (withdrawn, denied).
    pub fn verdict(&self, first: usize, second: usize) -> Verdict {
        if first > second {
            return self.verdict(second, first).mirrored();
        }
        let supersession = if first == second { Supersession::default() } else { self.replaces.between(first, second) };
        let verdict = judge(&self.answers[first], &self.answers[second], supersession, &self.terms, &self.ground);
        match verdict.kind() {
            VerdictKind::Superseded | VerdictKind::Differs => verdict,
            _ => self.clashes.get(&(first, second)).map_or(verdict, |clash| Verdict::Impossible(*clash)),
        }
    }

    /// Every pair, the first index less than the second, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize, Verdict)> {
        let count = self.answers.len();
        (0..count).flat_map(move |i| (i + 1..count).map(move |j| (i, j, self.verdict(i, j))))
    }
}

impl Contest {
    /// The groups: by place (none first), then state, then value (numbers and dates from the lowest, choices by key).
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// What an answer is.
    pub fn state(&self, answer: usize) -> State {
        self.answers[answer].state
    }

    /// The states of all, in the order given.
    pub fn states(&self) -> impl Iterator<Item = State> {
        self.answers.iter().map(|answer| answer.state)
    }

    /// Which replace which.
    pub fn replaces(&self) -> &Replaces {
        &self.replaces
    }

    /// With how many others an answer can be compared, whatever comes of it.
    pub fn comparable_with(&self, answer: usize) -> usize {
        self.comparable.get(answer).map_or(0, |count| *count as usize)
    }

    /// The smallest sets of current answers that cannot all be true, and how far was looked for them.
    pub fn impossible(&self) -> &Found {
        &self.found
    }

    /// The same, of those answers alone that are named: what was said by a day, or all without one origin's.
    pub fn impossible_among(&self, is_in: impl Fn(usize) -> bool) -> Found {
        impossible(&self.answers, &self.terms, &self.ground, is_in)
    }

    /// The numbers that an answer may mean, as the arithmetic takes it: with the reach of `~` and of rounding.
    pub fn reckoned(&self, answer: usize) -> Option<NumberRange> {
        match self.answers.get(answer)?.values {
            Values::Numbers(range, step) => Some(range.widened(step.half())),
            _ => None,
        }
    }

    /// The trees that it was compared by.
    pub fn ground(&self) -> &Arc<Ground> {
        &self.ground
    }

    /// Whether an answer differs from at least one that it can be compared with, or is one of a set that cannot all be true.
    pub fn is_contested(&self, answer: usize) -> bool {
        self.differs_from(answer) > 0 || self.clashing.get(answer).is_some_and(|is_in| *is_in)
    }

    /// Whether any answer is.
    pub fn is_any_contested(&self) -> bool {
        self.differing_pairs > 0 || !self.found.sets.is_empty()
    }

    /// From how many others an answer differs.
    pub fn differs_from(&self, answer: usize) -> usize {
        self.differing.get(answer).map_or(0, |count| *count as usize)
    }

    /// How many pairs differ: how contested the question is.
    pub fn differing_pairs(&self) -> usize {
        self.differing_pairs
    }

    /// Whether every pair was counted; not so beyond [`MAX_JUDGED`] answers.
    pub fn is_complete(&self) -> bool {
        self.answers.len() <= MAX_JUDGED
    }
}

/// Grouped by the values as written, without the reach of `~`, so that "the same" is never a matter of chains:
/// 11,000, about 11,000 and 9,900 to 12,100 would else all be one.
fn group(answers: &[Prepared]) -> Vec<Group> {
    let mut order: Vec<usize> = (0..answers.len()).collect();
    order.sort_by(|&i, &j| in_order(&answers[i], &answers[j]));
    let same = |i: &usize, j: &usize| in_order(&answers[*i], &answers[*j]) == Ordering::Equal;
    let make = |members: &[usize]| {
        let first = members.first().map(|i| &answers[*i])?;
        let Prepared { place, group, .. } = *first;
        Some(Group { place, group, state: first.state, members: members.to_vec() })
    };
    order.chunk_by(same).filter_map(make).collect()
}

/// Equal for answers of one group. The sort is stable, so members stay in the order given.
fn in_order(a: &Prepared, b: &Prepared) -> Ordering {
    let key = |p: &Prepared| (p.place, p.group, p.state);
    key(a).cmp(&key(b)).then_with(|| a.plain().order(b.plain()))
}

/// What current answers that are held come to together.
fn impossible(answers: &[Prepared], terms: &Terms, ground: &Ground, is_in: impl Fn(usize) -> bool) -> Found {
    if !terms.adds_up && !terms.grows {
        return find(&[], terms, ground, false);
    }
    let fact = |(n, answer): (usize, &Prepared)| {
        let Values::Numbers(range, step) = answer.values else { return None };
        let counts = answer.state == State::Current && is_in(n);
        let when = answer.surely;
        let scope = Scope { place: answer.place, group: answer.group };
        counts.then(|| (n, Fact { scope, range: range.widened(step.half()), when }))
    };
    let (numbers, facts): (Vec<_>, Vec<_>) = answers.iter().enumerate().filter_map(fact).unzip();
    let mut found = find(&facts, terms, ground, false);
    for Set { ceiling, floors, .. } in &mut found.sets {
        *ceiling = numbers[*ceiling];
        floors.iter_mut().for_each(|floor| *floor = numbers[*floor]);
    }
    found
}

/// Every pair of answers of a set, with the first of the smallest sets that hold it.
fn clashes(sets: &[Set]) -> BTreeMap<(usize, usize), Clash> {
    let mut clashes = BTreeMap::new();
    for (number, set) in sets.iter().enumerate() {
        let members = set.members();
        let others = u32::try_from(members.len() - 2).unwrap_or(u32::MAX);
        let clash = Clash { set: u32::try_from(number).unwrap_or(u32::MAX), others };
        for (i, first) in members.iter().enumerate() {
            for second in &members[i + 1..] {
                clashes.entry((*first, *second)).or_insert(clash);
            }
        }
    }
    clashes
}
