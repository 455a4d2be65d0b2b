//! Can all of this be true at once? The smallest sets of answers to one question that cannot.
//!
//! The theory, all of it:
//!
//! 1. Every answer holds a quantity of a [`Scope`] (a place, a group) within limits: its **floor** and its **ceiling**.
//! 2. Nothing is less than nought.
//! 3. Where a question `adds_up`: a part is no larger than its whole, and parts that share nothing add up. Which scopes lie
//!    in which, and which share nothing, is known from the trees of places and groups ([`Ground`]), and only where it is
//!    said: two parts of a whole may overlap unless the whole says that its parts do not.
//! 4. Time: of a question that does not change, all answers speak of the same time. Where it changes, answers are held
//!    together only if even the furthest ends of their as-of dates lie within the window. Where it `grows`, what held by a
//!    day bounds from below what holds from that day on.
//!
//! From this it follows (the system is monotone: a least solution exists, and it is the sum of floors) that whatever is
//! impossible is so by **one ceiling** and floors of parts that share nothing, whose sum exceeds it. So a set is found as
//! such, is minimal if its least floor is needed, and always has an arithmetic of one line.
//!
//! What is only possible is never called impossible: `~` and margins reach as far as they may, bounds are open, rounded
//! numbers are widened by half a step, an unknown as-of date or an unstated place takes an answer out.
//!
//! The order of events reasons likewise: [`order`].
//!
//! [`find`] looks for sets of two, then of three and so on, up to [`LARGEST`], within a budget of steps; [`Found`] says how
//! far it came.

mod ground;
pub mod order;
mod search;
#[cfg(test)]
mod tests;

use super::date::Day;
use super::terms::{DEFAULT_WINDOW, Terms};
use super::value::{Decimal, End, NumberRange};
pub use ground::{Ground, Tree};

/// What an answer is about: a place and a group, by numbers of the [`Ground`]. Without a place, the question's own, which it
/// does not name; without a group, all that is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    /// The place.
    pub place: Option<u32>,
    /// The group.
    pub group: Option<u32>,
}

/// What an answer holds, for reckoning with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fact {
    /// Of what.
    pub scope: Scope,
    /// Within these limits.
    pub range: NumberRange,
    /// The first and the last day as of which it may hold; `None` where nothing is known of it. An open side is `None`.
    pub when: Option<(Option<Day>, Option<Day>)>,
}

/// Answers that cannot all be true, though all but any one of them can. Answers go by their index in the list given.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Set {
    /// The answer that gives the most of the whole.
    pub ceiling: usize,
    /// Answers that give the least of its parts, from the largest; one at least.
    pub floors: Vec<usize>,
    /// What the parts come to at least.
    pub sum: Decimal,
    /// Whether the sum is exceeded: a floor was "more than".
    pub is_more: bool,
    /// The most that the whole can be.
    pub limit: Decimal,
    /// Whether the whole is less than the limit.
    pub is_less: bool,
}

/// What was found, and how far was looked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Found {
    /// The sets, the smallest first.
    pub sets: Vec<Set>,
    /// All sets of up to so many answers were looked at.
    pub searched: usize,
    /// Whether there can be no others.
    pub is_complete: bool,
}

/// No larger sets are looked for.
pub const LARGEST: usize = 9;
/// No more sets are told of one question.
pub const MOST_SETS: usize = 400;
/// No more answers are reckoned with.
pub const MOST_FACTS: usize = 2_000;

/// The smallest sets of answers that cannot all be true: of two, of three, and so on. Pairs about the very same scope are
/// found as well if asked for; a comparison tells those as answers that differ.
pub fn find(facts: &[Fact], terms: &Terms, ground: &Ground, same_scope: bool) -> Found {
    if !terms.adds_up && !terms.grows {
        return Found { searched: LARGEST, is_complete: true, ..Found::default() };
    }
    search::Search::new(facts, terms, ground, same_scope).run()
}

impl Set {
    /// All of its answers, in the order given.
    pub fn members(&self) -> Vec<usize> {
        let mut members: Vec<_> = self.floors.iter().copied().chain([self.ceiling]).collect();
        members.sort_unstable();
        members
    }

    /// By how much the parts exceed the whole, at least.
    pub fn gap(&self) -> Decimal {
        self.sum - self.limit
    }

    /// How many answers it takes.
    pub fn size(&self) -> usize {
        self.floors.len() + 1
    }
}

impl Scope {
    /// Whether all that this is about lies in what the other is about, as far as is known.
    pub fn within(self, other: Self, ground: &Ground) -> bool {
        let place = match (self.place, other.place) {
            (Some(part), Some(whole)) => ground.places.within(part, whole),
            (None, None) => true,
            _ => false,
        };
        // A group is counted within all that is counted.
        let group = match (self.group, other.group) {
            (Some(part), Some(whole)) => ground.groups.within(part, whole),
            (None, Some(_)) => false,
            (_, None) => true,
        };
        place && group
    }

    /// Whether nothing is in both, as far as is known.
    pub fn disjoint(self, other: Self, ground: &Ground) -> bool {
        let apart = |tree: &Tree, a: Option<u32>, b: Option<u32>| a.zip(b).is_some_and(|(a, b)| tree.disjoint(a, b));
        apart(&ground.places, self.place, other.place) || apart(&ground.groups, self.group, other.group)
    }
}

impl Fact {
    /// Whether what this says of its time bounds from below what the other says of its own.
    fn bounds(&self, other: &Self, terms: &Terms) -> bool {
        if !terms.changes && !terms.grows {
            return true;
        }
        let (Some(first), Some(second)) = (self.when, other.when) else { return false };
        if terms.grows {
            return first.1.zip(second.0).is_some_and(|(last, first)| last <= first);
        }
        let (Some(from), Some(to)) = (first.0.zip(second.0), first.1.zip(second.1)) else { return false };
        let window = terms.window.unwrap_or(DEFAULT_WINDOW);
        window.after(from.0.min(from.1)) >= to.0.max(to.1)
    }

    /// Its floor, if it is above nought, and whether the floor itself is left out.
    fn floor(&self) -> Option<(Decimal, bool)> {
        match self.range.low {
            End::At { value, included } if value > Decimal::ZERO || (value == Decimal::ZERO && !included) => {
                Some((value, !included))
            }
            _ => None,
        }
    }

    /// Its ceiling, and whether that is left out.
    fn ceiling(&self) -> Option<(Decimal, bool)> {
        match self.range.high {
            End::At { value, included } if value >= Decimal::ZERO => Some((value, !included)),
            _ => None,
        }
    }
}
