//! Who says what came before what, and what of it cannot all be true.
//!
//! Each claim gives an order of events. From event to event one goes by what claims say, and has gone wrong when one is back
//! where one began, or when the first event of the way surely began only after the last one had surely ended.
//!
//! Settled here: events of one day may have come in any order, for a date is no time of day; a date without an end on a
//! side proves nothing there; of all ways from one event to another the shortest is told, with the fewest claims.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::model::date::Day;

/// What a claim says came first, and what then. Events and claims go by numbers of the caller's.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Order {
    /// The claim.
    pub claim: u32,
    /// Events, from the first.
    pub events: Vec<u32>,
}

/// Claims about the order of events that cannot all be true.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Knot {
    /// The events on the way, in the order that is claimed; the last is the first again where the claims go in a circle.
    pub events: Vec<u32>,
    /// The claim for each step.
    pub claims: Vec<u32>,
}

impl Knot {
    /// Whether the claims alone are impossible, whatever the dates.
    pub fn is_circle(&self) -> bool {
        self.events.first() == self.events.last()
    }
}

/// No more events are looked at as starts.
const MOST_STARTS: usize = 2_000;

/// The shortest ways that cannot be, each set of claims once. `days` are the first and last day that an event may lie on.
pub fn knots(orders: &[Order], days: impl Fn(u32) -> (Option<Day>, Option<Day>)) -> Vec<Knot> {
    let mut steps: BTreeMap<u32, BTreeMap<u32, u32>> = BTreeMap::new();
    for Order { claim, events } in orders {
        for (i, earlier) in events.iter().enumerate() {
            for later in &events[i + 1..] {
                steps.entry(*earlier).or_default().entry(*later).or_insert(*claim);
            }
        }
    }
    let starts: Vec<u32> = steps.keys().copied().take(MOST_STARTS).collect();
    let mut found: Vec<Knot> = Vec::new();
    let mut known = BTreeSet::new();
    for start in starts {
        for knot in from(start, &steps, &days) {
            let claims: BTreeSet<u32> = knot.claims.iter().copied().collect();
            if known.insert(claims) {
                found.push(knot);
            }
        }
    }
    minimal(found)
}

/// The shortest impossible ways from an event.
fn from(
    start: u32,
    steps: &BTreeMap<u32, BTreeMap<u32, u32>>,
    days: &impl Fn(u32) -> (Option<Day>, Option<Day>),
) -> Vec<Knot> {
    let mut came: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    let (mut queue, mut ends) = (VecDeque::from([start]), Vec::new());
    while let Some(at) = queue.pop_front() {
        for (next, claim) in steps.get(&at).into_iter().flatten() {
            if came.contains_key(next) {
                continue;
            }
            came.insert(*next, (at, *claim));
            let too_late = days(start).0.zip(days(*next).1).is_some_and(|(first, last)| first > last);
            if *next == start || too_late {
                ends.push(*next);
            }
            if *next != start {
                queue.push_back(*next);
            }
        }
    }
    ends.into_iter().map(|end| way(start, end, &came)).collect()
}

fn way(start: u32, end: u32, came: &BTreeMap<u32, (u32, u32)>) -> Knot {
    let (mut events, mut claims, mut at) = (vec![end], Vec::new(), end);
    while let Some((before, claim)) = came.get(&at) {
        events.push(*before);
        claims.push(*claim);
        at = *before;
        if at == start {
            break;
        }
    }
    events.reverse();
    claims.reverse();
    Knot { events, claims }
}

/// Those of which no part is impossible by itself, the smallest first.
fn minimal(mut found: Vec<Knot>) -> Vec<Knot> {
    found.sort_by_key(|knot| (knot.claims.len(), knot.clone()));
    let set = |knot: &Knot| knot.claims.iter().copied().collect::<BTreeSet<u32>>();
    let mut kept: Vec<Knot> = Vec::new();
    for knot in found {
        let claims = set(&knot);
        if !kept.iter().any(|smaller| set(smaller).is_subset(&claims)) {
            kept.push(knot);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Orders as `A: a b c`, dates as `a 3` or `a 3-5`; events and claims by their letters.
    fn check(orders: &[&str], dates: &[&str], expect: &[&str]) {
        let number = |name: &str| u32::from(name.as_bytes()[0]);
        let orders: Vec<_> = orders
            .iter()
            .map(|line| {
                let (claim, events) = line.split_once(": ").unwrap();
                Order { claim: number(claim), events: events.split(' ').map(number).collect() }
            })
            .collect();
        let days: BTreeMap<u32, (Option<Day>, Option<Day>)> = (dates.iter())
            .map(|line| {
                let (event, days) = line.split_once(' ').unwrap();
                let (first, last) = days.split_once('-').unwrap_or((days, days));
                (number(event), (first.parse().ok(), last.parse().ok()))
            })
            .collect();
        let letter = |n: &u32| char::from_u32(*n).unwrap();
        let told = |knot: &Knot| {
            let (events, claims): (String, String) =
                (knot.events.iter().map(letter).collect(), knot.claims.iter().map(letter).collect());
            format!("{events} by {claims}")
        };
        let found: Vec<_> =
            knots(&orders, |event| days.get(&event).copied().unwrap_or((None, None))).iter().map(told).collect();
        assert_eq!(found, expect, "{orders:?} {dates:?}");
    }

    #[test]
    fn what_came_before_what() {
        // Nothing against it.
        check(&["A: a b c"], &["a 1", "b 2", "c 3"], &[]);
        check(&["A: a b"], &["a 1", "b 1"], &[]);
        check(&["A: a b", "B: b c"], &[], &[]);
        // The dates are against it: by itself, or through another.
        check(&["A: a b"], &["a 5", "b 3"], &["ab by A"]);
        check(&["A: a b", "B: b c"], &["a 5", "c 3"], &["abc by AB"]);
        // Only what is certain counts: the event may have begun before, or ended after.
        check(&["A: a b"], &["a 2-5", "b 3"], &[]);
        check(&["A: a b"], &["a 5", "b 3-9"], &[]);
        check(&["A: a b"], &["a 5", "b 3-x"], &[]);
        // Claims go in a circle, whatever the dates.
        check(&["A: a b", "B: b a"], &[], &["aba by AB"]);
        check(&["A: a b", "B: b c", "C: c a"], &[], &["abca by ABC"]);
        check(&["A: a b c", "B: c a"], &[], &["aca by AB"]);
        // The smallest alone.
        check(&["A: a b", "B: b c", "C: b a"], &["b 5", "c 3"], &["bc by B", "aba by AC"]);
    }
}
