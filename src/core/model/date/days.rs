//! Sets of days: what a date says, for comparing it with another.

use std::cmp::Ordering;

use super::calendar::Day;

/// A closed range of days; an end that is `None` is open: without limit, or with one that is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DayRange {
    /// First day.
    pub first: Option<Day>,
    /// Last day.
    pub last: Option<Day>,
}

impl DayRange {
    /// From one day to another, both included.
    pub fn closed(first: Day, last: Day) -> Self {
        Self { first: Some(first), last: Some(last) }
    }

    fn low(self) -> Day {
        self.first.unwrap_or(Day::MIN)
    }

    fn high(self) -> Day {
        self.last.unwrap_or(Day::MAX)
    }
}

/// A union of ranges of days, normalised: in order, without overlap or adjacency, so that two sets of the same days
/// are equal. Never empty when it comes from a date.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct DaySet {
    ranges: Vec<DayRange>,
}

impl DaySet {
    /// The union of some ranges; a range that ends before it starts holds no day.
    pub fn new(ranges: impl IntoIterator<Item = DayRange>) -> Self {
        let mut all: Vec<_> = ranges.into_iter().filter(|r| r.low() <= r.high()).collect();
        all.sort_unstable_by_key(|r| (r.low(), r.high()));
        let mut ranges: Vec<DayRange> = Vec::with_capacity(all.len());
        for range in all {
            match ranges.last_mut() {
                Some(last) if range.low() <= last.high().saturating_add(1) => {
                    if range.high() > last.high() {
                        last.last = range.last;
                    }
                }
                _ => ranges.push(range),
            }
        }
        Self { ranges }
    }

    /// The ranges, in order.
    pub fn ranges(&self) -> &[DayRange] {
        &self.ranges
    }

    /// The first day, unless the set is open towards the past (or empty).
    pub fn first(&self) -> Option<Day> {
        self.ranges.first().and_then(|r| r.first)
    }

    /// The last day, unless the set is open towards the future (or empty).
    pub fn last(&self) -> Option<Day> {
        self.ranges.last().and_then(|r| r.last)
    }

    /// What sets are sorted by: their ranges, each by first day, then last day. Equal only for the same days.
    pub fn order(&self, other: &Self) -> Ordering {
        let key = |r: &DayRange| (r.low(), r.high());
        self.ranges.iter().map(key).cmp(other.ranges.iter().map(key))
    }

    /// Whether a day is in the set.
    pub fn contains(&self, day: Day) -> bool {
        self.ranges.iter().any(|r| r.low() <= day && day <= r.high())
    }

    /// Whether some day is in both sets.
    pub fn intersects(&self, other: &Self) -> bool {
        let (mut a, mut b) = (self.ranges.iter().peekable(), other.ranges.iter().peekable());
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            if x.high() < y.low() {
                a.next();
            } else if y.high() < x.low() {
                b.next();
            } else {
                return true;
            }
        }
        false
    }

    /// Whether every day of this set is in the other.
    pub fn is_subset(&self, other: &Self) -> bool {
        let holds = |r: &DayRange| other.ranges.iter().any(|o| o.low() <= r.low() && r.high() <= o.high());
        self.ranges.iter().all(holds)
    }

    /// The distance in days between the nearest ends of two sets: 0 where they share a day, 1 where one ends on the
    /// eve of the other. 0 as well where either is empty.
    pub fn gap(&self, other: &Self) -> i64 {
        self.nearest(other).map_or(0, |(earlier, later)| later.saturating_sub(earlier))
    }

    /// The nearest ends of two sets that share no day, the earlier one first; `None` where they share one.
    pub fn nearest(&self, other: &Self) -> Option<(Day, Day)> {
        if self.intersects(other) {
            return None;
        }
        let pairs = self.ranges.iter().flat_map(|a| other.ranges.iter().map(move |b| ends(*a, *b)));
        pairs.min_by_key(|(earlier, later)| (later.saturating_sub(*earlier), *earlier))
    }
}

/// The facing ends of two disjoint ranges: neither is open, or the ranges would meet.
fn ends(a: DayRange, b: DayRange) -> (Day, Day) {
    if a.high() < b.low() { (a.high(), b.low()) } else { (b.high(), a.low()) }
}
