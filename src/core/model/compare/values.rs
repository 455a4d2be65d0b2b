//! The sets of values that answers allow, and how two of them stand to each other.

use std::cmp::Ordering;
use std::sync::Arc;

use super::verdict::{Agreement, Compatibility, Gap, Reason, Verdict};
use super::{Given, Stated, Terms};
use crate::model::date::{Bound, Clock, DayRange, DaySet, Edtf, Form, seconds};
use crate::model::reason::Ground;
use crate::model::value::{Answer, Decimal, End, NumberRange, Quantity};

/// What an answer allows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Values {
    /// Numbers, with the step in which they are written; nought where they are exact.
    Numbers(NumberRange, Decimal),
    /// Numbers of another unit, which nothing converts.
    Foreign(Arc<str>, NumberRange),
    /// Days, of which a time of day may be known.
    Dates(DaySet, Option<Clock>),
    /// The days on which it may have begun, and those on which it may have ended.
    Period(DaySet, DaySet),
    Choice(Arc<str>),
    Choices(Arc<[Arc<str>]>),
    Place(u32),
    Words(Arc<str>),
}

impl Values {
    /// The values of an answer; with the reach of `~`, or as they are written.
    pub(super) fn of(answer: &Answer, terms: &Terms, with_reach: bool) -> Self {
        let numbers = |q: Quantity, step| Self::Numbers(q.range(with_reach.then_some(terms.tolerance)), step);
        match answer {
            Answer::Quantity(quantity) => numbers(*quantity, step(*quantity)),
            Answer::Measured(measured) => match (measured.value, &measured.unit) {
                (Some(value), _) => numbers(value, measured.step),
                (None, unit) => {
                    let reach = with_reach.then_some(terms.tolerance);
                    Self::Foreign(unit.clone().unwrap_or_default(), measured.written.range(reach))
                }
            },
            Answer::Date(date) => Self::Dates(days(date, terms, with_reach), date.clock()),
            Answer::Period(period) => {
                let (start, end) = ends(period);
                Self::Period(start, end)
            }
            Answer::Choice(key) => Self::Choice(key.clone()),
            Answer::Choices(keys) => Self::Choices(keys.clone()),
            Answer::Place(place, _) => Self::Place(place.0),
            Answer::Words(words) => Self::Words(words.clone()),
        }
    }

    /// Equal only for the same set.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Numbers(a, _), Self::Numbers(b, _)) => a.order(*b),
            (Self::Dates(a, t), Self::Dates(b, u)) => a.order(b).then(t.cmp(u)),
            (Self::Period(a, x), Self::Period(b, y)) => a.order(b).then_with(|| x.order(y)),
            (Self::Choice(a), Self::Choice(b)) | (Self::Words(a), Self::Words(b)) => a.cmp(b),
            (Self::Foreign(u, a), Self::Foreign(v, b)) => u.cmp(v).then_with(|| a.order(*b)),
            (Self::Choices(a), Self::Choices(b)) => a.cmp(b),
            (Self::Place(a), Self::Place(b)) => a.cmp(b),
            // One after another, not `_`: a new kind must say how two of it stand.
            (
                Self::Numbers(..)
                | Self::Foreign(..)
                | Self::Dates(..)
                | Self::Period(..)
                | Self::Choice(_)
                | Self::Choices(_)
                | Self::Place(_)
                | Self::Words(_),
                _,
            ) => self.rank().cmp(&other.rank()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Numbers(..) => 0,
            Self::Foreign(..) => 1,
            Self::Dates(..) => 2,
            Self::Period(..) => 3,
            Self::Choice(_) => 4,
            Self::Choices(_) => 5,
            Self::Place(_) => 6,
            Self::Words(_) => 7,
        }
    }
}

/// Whole numbers are exact; one with decimals is as exact as it is written.
fn step(quantity: Quantity) -> Decimal {
    match quantity {
        Quantity::Exactly(n) if !n.is_whole() => n.last_digit(),
        _ => Decimal::ZERO,
    }
}

fn days(date: &Edtf, terms: &Terms, with_reach: bool) -> DaySet {
    if with_reach && date.is_approximate() { date.days_about(terms.tolerance.reach()) } else { date.days() }
}

/// The days on which a period may have begun and ended. A single date says of both that they lie within it.
fn ends(period: &Edtf) -> (DaySet, DaySet) {
    let within = |bound: &Bound| bound.point().map_or(always(), |point| Form::Single(point).days());
    match period.form() {
        Form::Interval { start, end } => (within(start), within(end)),
        form => (form.days(), form.days()),
    }
}

fn always() -> DaySet {
    DaySet::new([DayRange { first: None, last: None }])
}

/// How two sets of values stand to each other, and to those without the reach of `~`.
pub(super) struct Sets<'a> {
    pub(super) with_reach: (&'a Values, &'a Values),
    pub(super) plain: (&'a Values, &'a Values),
}

/// The verdict on two answers that can be compared as far as their scope goes.
pub(super) fn compare(sets: &Sets<'_>, stated: Option<Stated>, several: bool, ground: &Ground) -> Verdict {
    let (a, b) = sets.with_reach;
    match (a, b) {
        (Values::Words(_), Values::Words(_)) => words(a == b, stated),
        _ if a == b => Verdict::Agrees(Agreement::Same),
        (Values::Foreign(u, a), Values::Foreign(v, b)) if u == v => foreign(*a, *b),
        (Values::Foreign(..), _) | (_, Values::Foreign(..)) => Verdict::NotComparable(Reason::DifferentUnit),
        _ if sets.plain.0 == sets.plain.1 => Verdict::Agrees(Agreement::ButForApproximation),
        (Values::Numbers(a, step), Values::Numbers(b, other)) => numbers((*a, *step), (*b, *other)),
        (Values::Dates(a, t), Values::Dates(b, u)) => dates((a, *t), (b, *u)),
        (Values::Period(s, e), Values::Period(t, f)) => periods((s, e), (t, f)),
        (Values::Choices(a), Values::Choices(b)) => choices(a, b),
        (Values::Place(a), Values::Place(b)) => places(*a, *b, several, ground),
        (Values::Choice(_), Values::Choice(_)) => Verdict::Differs(Gap::Choice),
        // One after another, not `_`: a new kind must say how two of it compare.
        (
            Values::Numbers(..)
            | Values::Dates(..)
            | Values::Period(..)
            | Values::Choice(_)
            | Values::Choices(_)
            | Values::Place(_)
            | Values::Words(_),
            _,
        ) => Verdict::NotComparable(Reason::DifferentKind),
    }
}

fn words(same: bool, stated: Option<Stated>) -> Verdict {
    match stated {
        Some(Stated::Contradicts) => Verdict::Differs(Gap::Stated),
        Some(Stated::Supports) => Verdict::Agrees(Agreement::Stated),
        None if same => Verdict::Agrees(Agreement::Same),
        None => Verdict::NotComparable(Reason::InWords),
    }
}

/// Two amounts of one foreign unit: a distance between them would be in that unit, which is not the question's.
fn foreign(a: NumberRange, b: NumberRange) -> Verdict {
    match a.gap(b) {
        Some(_) => Verdict::Differs(Gap::Choice),
        None => Verdict::Compatible(overlap(a.is_subset(b), b.is_subset(a), a.is_open() || b.is_open())),
    }
}

fn numbers((a, step_a): (NumberRange, Decimal), (b, step_b): (NumberRange, Decimal)) -> Verdict {
    if a == b {
        return Verdict::Agrees(Agreement::Same);
    }
    let is_measured = step_a > Decimal::ZERO || step_b > Decimal::ZERO;
    // Beside a number with decimals, a whole one was rounded to wholes.
    let of = |range: NumberRange, step: Decimal| {
        let whole = is_measured && step == Decimal::ZERO && range.low == range.high;
        if whole { Decimal::from_integer(1) } else { step }
    };
    let (fine, coarse) = (of(a, step_a).min(of(b, step_b)), of(a, step_a).max(of(b, step_b)));
    if is_measured && a.low == a.high && b.low == b.high {
        return measured(a, b, fine, coarse);
    }
    let widened = |range: NumberRange, step: Decimal| range.widened(step.half());
    let (a, b) = if is_measured { (widened(a, step_a), widened(b, step_b)) } else { (a, b) };
    match a.gap(b) {
        Some(by) => Verdict::Differs(Gap::Quantity { by, rounded: false }),
        None => Verdict::Compatible(overlap(a.is_subset(b), b.is_subset(a), a.is_open() || b.is_open())),
    }
}

/// Two single numbers as they are written: the same when the more exact one is rounded as the other is.
fn measured(a: NumberRange, b: NumberRange, fine: Decimal, coarse: Decimal) -> Verdict {
    let (wide, other) = (a.widened(coarse.half()), b);
    match (a.gap(b), wide.gap(other)) {
        // Each may be off by half its last digit, so that their distance is what it is only by about.
        (Some(by), _) if fine == coarse => Verdict::Differs(Gap::Quantity { by, rounded: true }),
        (_, None) => Verdict::Agrees(Agreement::ButForRounding),
        (by, _) => {
            let by = by.unwrap_or_default();
            Verdict::Differs(Gap::Quantity { by: by.rounded_to(coarse.leading(1)), rounded: true })
        }
    }
}

/// The seconds of a day.
const DAY: i64 = 86_400;
/// From so many seconds on, a time of day and a day are told apart in days.
const LONG: i64 = 2 * DAY;

fn dates((a, t): (&DaySet, Option<Clock>), (b, u): (&DaySet, Option<Clock>)) -> Verdict {
    let open = |days: &DaySet| days.first().is_none() || days.last().is_none();
    let bound = open(a) || open(b);
    if t.is_none() && u.is_none() {
        return match a.intersects(b) {
            true => Verdict::Compatible(overlap(a.is_subset(b), b.is_subset(a), bound)),
            false => Verdict::Differs(Gap::Days(a.gap(b))),
        };
    }
    let zoned = |clock: Option<Clock>| clock.is_some_and(|clock| clock.offset.is_some());
    let as_instants = zoned(t) || zoned(u);
    let (x, y) = (seconds(a, t, as_instants), seconds(b, u, as_instants));
    match x.intersects(&y) {
        true if x == y => Verdict::Agrees(Agreement::Same),
        true => Verdict::Compatible(overlap(x.is_subset(&y), y.is_subset(&x), bound)),
        // Between half past eleven at night and the next day lie minutes, and in another zone fewer or none.
        false if (t.is_some() && u.is_some()) || x.gap(&y) < LONG => Verdict::Differs(Gap::Seconds(x.gap(&y))),
        false => Verdict::Differs(Gap::Days(x.gap(&y) / DAY)),
    }
}

fn periods((s, e): (&DaySet, &DaySet), (t, f): (&DaySet, &DaySet)) -> Verdict {
    let apart = |a: &DaySet, b: &DaySet| (!a.intersects(b)).then(|| a.gap(b));
    match (apart(s, t), apart(e, f)) {
        (None, None) => {
            let open = |days: &DaySet| days.first().is_none() || days.last().is_none();
            let bound = [s, e, t, f].into_iter().any(open);
            let within = s.is_subset(t) && e.is_subset(f);
            Verdict::Compatible(overlap(within, t.is_subset(s) && f.is_subset(e), bound))
        }
        (start, end) => Verdict::Differs(Gap::Period { start, end }),
    }
}

/// Several may be true at once, so that nobody who names one denies another.
fn choices(a: &[Arc<str>], b: &[Arc<str>]) -> Verdict {
    let within = |one: &[Arc<str>], other: &[Arc<str>]| one.iter().all(|key| other.contains(key));
    let shared = a.iter().any(|key| b.contains(key));
    Verdict::Compatible(match (within(a, b), within(b, a)) {
        (true, _) => Compatibility::FirstWithin,
        (_, true) => Compatibility::SecondWithin,
        _ if shared => Compatibility::Overlapping,
        _ => Compatibility::Beside,
    })
}

fn places(a: u32, b: u32, several: bool, ground: &Ground) -> Verdict {
    let places = &ground.places;
    match () {
        () if places.within(a, b) => Verdict::Compatible(Compatibility::FirstWithin),
        () if places.within(b, a) => Verdict::Compatible(Compatibility::SecondWithin),
        () if several => Verdict::Compatible(Compatibility::Beside),
        () if places.disjoint(a, b) => Verdict::Differs(Gap::Choice),
        () => Verdict::NotComparable(Reason::UnrelatedPlaces),
    }
}

fn overlap(first_within: bool, second_within: bool, bound: bool) -> Compatibility {
    match (first_within, second_within) {
        _ if bound => Compatibility::BoundOnly,
        (true, _) => Compatibility::FirstWithin,
        (_, true) => Compatibility::SecondWithin,
        _ => Compatibility::Overlapping,
    }
}

/// Whether two ranges of numbers are the same place on the scale: for totals that only grow.
pub(super) fn falls(earlier: &Values, later: &Values) -> bool {
    let (Values::Numbers(a, _), Values::Numbers(b, _)) = (earlier, later) else { return false };
    match (a.low, b.high) {
        (End::At { value: low, included: x }, End::At { value: high, included: y }) => {
            low > high || (low == high && !(x && y))
        }
        _ => false,
    }
}

/// The values of an answer without the reach of `~`, where that is another set.
pub(super) fn plain(given: &Given<'_>, terms: &Terms) -> Option<Values> {
    let approximate = match given.value {
        Answer::Quantity(quantity) => quantity.is_approximate(),
        Answer::Measured(measured) => measured.written.is_approximate(),
        Answer::Date(date) => date.is_approximate(),
        Answer::Period(_) | Answer::Choice(_) | Answer::Choices(_) | Answer::Place(..) | Answer::Words(_) => false,
    };
    approximate.then(|| Values::of(given.value, terms, false))
}
