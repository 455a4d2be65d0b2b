//! All answers to one question together: every pair's verdict, the groups of the same value, who is contested.
//!
//! 1. Each answer's sets of values are worked out once.
//! 2. Answers are grouped: the same value, in the same state, for the same place.
//! 3. Every pair is judged, to count who differs from whom, and who can be compared at all. No verdict is stored: [`Contest::verdict`] works it out
//!    again, in well under a microsecond, so that memory grows with the answers and not with their pairs.
//!
//! The third step takes time with the square of the number of answers; beyond [`MAX_JUDGED`] the count stops and
//! [`Contest::is_complete`] says so. Groups and single verdicts stay exact for any number.

use std::cmp::Ordering;

use super::{Given, Prepared, Replaces, Supersession, Terms, Values, Verdict, VerdictKind, judge};
use crate::model::state::State;

/// Up to so many answers, from the first, every pair is judged: two million pairs, at 20 to 35 ns each.
pub const MAX_JUDGED: usize = 2_000;

/// All answers to one question, compared. Answers go by their index in the order given.
#[derive(Default)]
pub struct Contest {
    answers: Vec<Prepared>,
    replaces: Replaces,
    terms: Terms,
    groups: Vec<Group>,
    differing: Vec<u32>,
    comparable: Vec<u32>,
    differing_pairs: usize,
}

/// Answers of the same value for the same place, in the same state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The place of all of them.
    pub place: Option<u32>,
    /// What all of them are.
    pub state: State,
    /// Indexes of answers, in the order given; at least one.
    pub members: Vec<usize>,
}

impl Contest {
    /// Compares all answers.
    pub fn new(answers: &[Given], terms: Terms, replaces: Replaces) -> Self {
        let answers: Vec<_> = answers.iter().map(|given| Prepared::new(given, &terms)).collect();
        let groups = group(&answers);
        let mut contest = Self { answers, replaces, terms, groups, ..Self::default() };
        contest.count();
        contest
    }

    fn count(&mut self) {
        let (mut differing, mut comparable) = (vec![0; self.answers.len()], vec![0; self.answers.len()]);
        for second in 0..self.answers.len().min(MAX_JUDGED) {
            for first in 0..second {
                let kind = self.verdict(first, second).kind();
                if !matches!(kind, VerdictKind::Superseded | VerdictKind::NotComparable) {
                    comparable[first] += 1;
                    comparable[second] += 1;
                }
                if kind == VerdictKind::Differs {
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
        judge(&self.answers[first], &self.answers[second], supersession, &self.terms)
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

    /// Whether an answer differs from at least one that it can be compared with.
    pub fn is_contested(&self, answer: usize) -> bool {
        self.differs_from(answer) > 0
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
        Some(Group { place: first.place, state: first.state, members: members.to_vec() })
    };
    order.chunk_by(same).filter_map(make).collect()
}

/// Equal for answers of one group. The sort is stable, so members stay in the order given.
fn in_order(a: &Prepared, b: &Prepared) -> Ordering {
    let key = |p: &Prepared| (p.place, p.state);
    key(a).cmp(&key(b)).then_with(|| a.plain().order(b.plain()))
}

impl Values {
    /// Equal only for the same set.
    fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Numbers(a), Self::Numbers(b)) => a.order(*b),
            (Self::Days(a), Self::Days(b)) => a.order(b),
            (Self::Choice(a), Self::Choice(b)) => a.cmp(b),
            _ => self.rank().cmp(&other.rank()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Numbers(_) => 0,
            Self::Days(_) => 1,
            Self::Choice(_) => 2,
        }
    }
}
