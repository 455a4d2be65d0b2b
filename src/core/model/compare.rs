//! How two answers to one question compare: exactly one [`Verdict`], with its reason as data.
//!
//! A pure function, [`compare`], that tries in this order, as the format has it:
//!
//! 1. **superseded**: the claim of one or both no longer stands ([`State::lapse`]).
//! 2. **not comparable**: different places; one is a forecast and the other is not; a quantity or date that its speaker
//!    denies or declines to confirm; as-of dates too far apart for a question that changes.
//! 3. **agrees**: the same set of values.
//! 4. **overlaps**: some values are shared.
//! 5. **differs**: none is.
//!
//! The tool shows; it never ranks, and never decides who is right. Where the format leaves room, the reading that
//! accuses nobody is taken, because a false contradiction misleads a hurried reader more than a missed one, and what
//! could not be compared is shown apart with its reason. Settled here:
//!
//! - **A place on one side only** is not comparable ([`Reason::OnePlaceUnstated`]). An answer names a place because its
//!   scope is not the question's own: 8,000 "in Kursk" and 10,000 with no place may both be true of different ground.
//!   Two answers without a place share the question's.
//! - **A place within another** is a different place. A part exceeds its whole only if someone is wrong, but whether
//!   12,000 in Kursk contradict 10,000 in Russia also hangs on who counts as being there: left to the reader.
//! - **`~`** reaches as far as the question's [`Tolerance`]. The same figure with and without `~` agrees
//!   ([`Agreement::ButForApproximation`]): who says "11,000" neither contradicts nor merely overlaps "about 11,000".
//!   `?` changes nothing: a doubted date is still that date.
//! - **Touching ranges** (`>10000` and `10000`) share no value and so differ, by a [`Gap`] of nought, which a page
//!   can word more gently.
//! - **Dates** are sets of days, whatever their form: `2024-06/2024-07` and `[2024-06, 2024-07]` agree.
//! - **Imprecise as-of dates** are as far apart as their nearest ends; `~` does not widen them.
//! - **A missing as-of date** on a question that changes leaves nothing to say ([`Reason::AsOfUnknown`]). A question
//!   that changes and names no window has [`DEFAULT_WINDOW`]; the window of one that does not change has no effect.
//! - **Denials and silence**: what is not held is not compared ([`State`]). Two who deny the same figure do not agree on
//!   any; who denies answers a choice with its negative, and holds that.
//! - **Two forecasts** are comparable with each other.
//! - **Both lapsed**, each for its own reason, is said of both. An answer that no longer stands is compared with none, for
//!   whatever reason: what was said then is what was said, not what is still said.
//! - **Answers of different kinds** are a fault elsewhere; here they are not comparable, so that the function is total.

pub mod contest;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::date::{DaySet, Edtf};
use super::state::{self, State};
use super::value::{Answer, Decimal, NumberRange, Tolerance, Window, WindowUnit};

/// How far apart the as-of dates of a changing question may lie if it does not say: `31d`.
pub const DEFAULT_WINDOW: Window = Window { count: 31, unit: WindowUnit::Days };

/// An answer with what decides whether it can be compared.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The value.
    pub value: &'a Answer,
    /// The place it holds for, by any number that is the same for the same place.
    pub place: Option<u32>,
    /// When it held: the answer's, else the claim's `as_of`, else its `on`, else the source's `published`.
    pub as_of: Option<&'a Edtf>,
    /// What it is: held, foretold, denied … or no longer standing.
    pub state: State,
}

/// What a question says of comparing its answers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Terms {
    /// Whether the true answer moves with time.
    pub changes: bool,
    /// How far apart as-of dates may lie, if it moves.
    pub window: Option<Window>,
    /// What `~` means.
    pub tolerance: Tolerance,
}

/// Which answers' claims replace which, directly or through a chain: pairs of indexes, the one that replaces first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replaces(Vec<(usize, usize)>);

impl Replaces {
    /// From pairs in any order.
    pub fn new(mut pairs: Vec<(usize, usize)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        Self(pairs)
    }

    /// Which of two supersedes the other.
    pub fn between(&self, first: usize, second: usize) -> Supersession {
        let replaces = |one, other| !self.0.is_empty() && self.0.binary_search(&(one, other)).is_ok();
        Supersession { by_first: replaces(first, second), by_second: replaces(second, first) }
    }
}

/// Which of two claims supersedes the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Supersession {
    /// The first supersedes the second.
    pub by_first: bool,
    /// The second supersedes the first.
    pub by_second: bool,
}

/// How two answers compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Of one or both, the claim no longer stands.
    Superseded(Sides<Lapse>),
    /// Nothing can be said.
    NotComparable(Reason),
    /// The same set of values.
    Agrees(Agreement),
    /// Some values are shared, and not all.
    Overlaps(Overlap),
    /// No value is shared.
    Differs(Gap),
}

/// Something that holds of the first answer, of the second, or of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sides<T> {
    /// Of the first.
    First(T),
    /// Of the second.
    Second(T),
    /// Of both.
    Both(T, T),
}

/// Why one of two claims no longer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// The other of the two supersedes it, directly or through a chain.
    ByOther,
    /// For a reason that has nothing to do with the other.
    Itself(state::Lapse),
}

/// Why two answers cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// One is a quantity and the other a date, or the like.
    DifferentKind,
    /// They are about different places.
    DifferentPlace,
    /// One names a place; this one does not.
    OnePlaceUnstated(Sides<()>),
    /// This one says what will be, the other what is.
    Forecast(Sides<()>),
    /// What its speaker denies, or declines to confirm: [`State::Denial`], [`State::Silence`].
    NotHeld(Sides<State>),
    /// The answer changes with time, and when this one held is not known.
    AsOfUnknown(Sides<()>),
    /// The answer changes with time, and they held at times too far apart.
    TooFarApart {
        /// Days between the nearest ends of their as-of dates.
        days: i64,
        /// What the question allows.
        window: Window,
    },
}

/// How two answers are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// The same set of values.
    Same,
    /// The same figure or date as written, of which one is approximate where the other is not.
    ButForApproximation,
}

/// How two answers share some values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// The first is the more precise: it lies within the second.
    FirstWithin,
    /// The second lies within the first.
    SecondWithin,
    /// Each allows what the other does not.
    Partly,
}

/// How far two answers that differ are apart, between their nearest ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// In the question's unit; nought for ranges that touch (`>10000`, `10000`).
    Quantity(Decimal),
    /// Days; 1 from one day to the next.
    Days(i64),
    /// Choices have no distance.
    Choice,
}

/// A verdict without its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VerdictKind {
    /// See [`Verdict::Superseded`].
    Superseded,
    /// See [`Verdict::NotComparable`].
    NotComparable,
    /// See [`Verdict::Agrees`].
    Agrees,
    /// See [`Verdict::Overlaps`].
    Overlaps,
    /// See [`Verdict::Differs`].
    Differs,
}

/// How two answers to one question compare. Symmetric: turned about, the verdict is [`Verdict::mirrored`].
pub fn compare(first: &Given, second: &Given, supersession: Supersession, terms: &Terms) -> Verdict {
    judge(&Prepared::new(first, terms), &Prepared::new(second, terms), supersession, terms)
}

/// An answer with its sets of values worked out, so that many pairs are judged quickly.
#[derive(Clone, Debug)]
struct Prepared {
    values: Values,
    /// The values without the reach of `~`, where there is one.
    plain: Option<Values>,
    place: Option<u32>,
    as_of: Option<DaySet>,
    state: State,
}

/// A set of values.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Values {
    Numbers(NumberRange),
    Days(DaySet),
    Choice(Arc<str>),
}

impl Prepared {
    fn new(given: &Given, terms: &Terms) -> Self {
        let (values, plain) = match given.value {
            Answer::Quantity(quantity) => {
                let plain = quantity.is_approximate().then(|| Values::Numbers(quantity.range(None)));
                (Values::Numbers(quantity.range(Some(terms.tolerance))), plain)
            }
            Answer::Date(date) if date.is_approximate() => {
                (Values::Days(date.days_about(terms.tolerance.reach())), Some(Values::Days(date.days())))
            }
            Answer::Date(date) => (Values::Days(date.days()), None),
            Answer::Choice(key) => (Values::Choice(key.clone()), None),
        };
        let as_of = given.as_of.filter(|_| terms.changes).map(Edtf::days);
        let Given { place, state, .. } = *given;
        Self { values, plain, place, as_of, state }
    }

    /// The values as written, without the reach of `~`.
    fn plain(&self) -> &Values {
        self.plain.as_ref().unwrap_or(&self.values)
    }

    /// The state, where it keeps the value from being the speaker's own.
    fn not_held(&self) -> Option<State> {
        Some(self.state).filter(|state| matches!(state, State::Denial | State::Silence))
    }

    fn lapse(&self, by_other: bool) -> Option<Lapse> {
        if by_other { Some(Lapse::ByOther) } else { self.state.lapse().map(Lapse::Itself) }
    }
}

/// The checks in the order of the format; the first that finds something decides.
fn judge(a: &Prepared, b: &Prepared, supersession: Supersession, terms: &Terms) -> Verdict {
    let lapsed = Sides::of(a.lapse(supersession.by_second), b.lapse(supersession.by_first));
    lapsed
        .map(Verdict::Superseded)
        .or_else(|| incomparable(a, b, terms).map(Verdict::NotComparable))
        .unwrap_or_else(|| compare_values(a, b))
}

fn incomparable(a: &Prepared, b: &Prepared, terms: &Terms) -> Option<Reason> {
    let different_kind = std::mem::discriminant(&a.values) != std::mem::discriminant(&b.values);
    different_kind
        .then_some(Reason::DifferentKind)
        .or_else(|| places(a.place, b.place))
        .or_else(|| forecasts(a.state, b.state))
        .or_else(|| Sides::of(a.not_held(), b.not_held()).map(Reason::NotHeld))
        .or_else(|| terms.changes.then(|| times(a, b, terms.window.unwrap_or(DEFAULT_WINDOW))).flatten())
}

fn places(a: Option<u32>, b: Option<u32>) -> Option<Reason> {
    match (a, b) {
        (Some(a), Some(b)) => (a != b).then_some(Reason::DifferentPlace),
        (None, Some(_)) => Some(Reason::OnePlaceUnstated(Sides::First(()))),
        (Some(_), None) => Some(Reason::OnePlaceUnstated(Sides::Second(()))),
        (None, None) => None,
    }
}

fn forecasts(a: State, b: State) -> Option<Reason> {
    match (a == State::Forecast, b == State::Forecast) {
        (true, false) => Some(Reason::Forecast(Sides::First(()))),
        (false, true) => Some(Reason::Forecast(Sides::Second(()))),
        _ => None,
    }
}

fn times(a: &Prepared, b: &Prepared, window: Window) -> Option<Reason> {
    let (Some(first), Some(second)) = (&a.as_of, &b.as_of) else {
        let missing = |p: &Prepared| p.as_of.is_none().then_some(());
        return Sides::of(missing(a), missing(b)).map(Reason::AsOfUnknown);
    };
    let (earlier, later) = first.nearest(second)?;
    let days = later.saturating_sub(earlier);
    (window.after(earlier) < later).then_some(Reason::TooFarApart { days, window })
}

fn compare_values(a: &Prepared, b: &Prepared) -> Verdict {
    if a.values == b.values {
        return Verdict::Agrees(Agreement::Same);
    }
    if a.plain() == b.plain() {
        return Verdict::Agrees(Agreement::ButForApproximation);
    }
    match gap(&a.values, &b.values) {
        Some(gap) => Verdict::Differs(gap),
        None => Verdict::Overlaps(overlap(&a.values, &b.values)),
    }
}

/// How far two sets that share no value are apart; `None` where they share one.
fn gap(a: &Values, b: &Values) -> Option<Gap> {
    match (a, b) {
        (Values::Numbers(a), Values::Numbers(b)) => a.gap(*b).map(Gap::Quantity),
        (Values::Days(a), Values::Days(b)) => (!a.intersects(b)).then(|| Gap::Days(a.gap(b))),
        _ => Some(Gap::Choice),
    }
}

fn overlap(a: &Values, b: &Values) -> Overlap {
    let (first_within, second_within) = match (a, b) {
        (Values::Numbers(a), Values::Numbers(b)) => (a.is_subset(*b), b.is_subset(*a)),
        (Values::Days(a), Values::Days(b)) => (a.is_subset(b), b.is_subset(a)),
        _ => (false, false),
    };
    match (first_within, second_within) {
        (true, _) => Overlap::FirstWithin,
        (_, true) => Overlap::SecondWithin,
        _ => Overlap::Partly,
    }
}

impl Verdict {
    /// The verdict without its reason.
    pub fn kind(self) -> VerdictKind {
        match self {
            Self::Superseded(_) => VerdictKind::Superseded,
            Self::NotComparable(_) => VerdictKind::NotComparable,
            Self::Agrees(_) => VerdictKind::Agrees,
            Self::Overlaps(_) => VerdictKind::Overlaps,
            Self::Differs(_) => VerdictKind::Differs,
        }
    }

    /// The verdict on the same two answers in the other order.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Superseded(sides) => Self::Superseded(sides.mirrored()),
            Self::NotComparable(reason) => Self::NotComparable(reason.mirrored()),
            Self::Overlaps(Overlap::FirstWithin) => Self::Overlaps(Overlap::SecondWithin),
            Self::Overlaps(Overlap::SecondWithin) => Self::Overlaps(Overlap::FirstWithin),
            Self::Overlaps(Overlap::Partly) | Self::Agrees(_) | Self::Differs(_) => self,
        }
    }
}

impl VerdictKind {
    /// Every kind, in the order of the format.
    pub const ALL: [Self; 5] = [Self::Superseded, Self::NotComparable, Self::Agrees, Self::Overlaps, Self::Differs];

    /// As it is written in the format: `not-comparable`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Superseded => "superseded",
            Self::NotComparable => "not-comparable",
            Self::Agrees => "agrees",
            Self::Overlaps => "overlaps",
            Self::Differs => "differs",
        }
    }
}

impl Reason {
    /// A stable name, for classes and translations.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DifferentKind => "different-kind",
            Self::DifferentPlace => "different-place",
            Self::OnePlaceUnstated(_) => "one-place-unstated",
            Self::Forecast(_) => "forecast",
            Self::NotHeld(_) => "not-held",
            Self::AsOfUnknown(_) => "as-of-unknown",
            Self::TooFarApart { .. } => "too-far-apart",
        }
    }

    fn mirrored(self) -> Self {
        match self {
            Self::OnePlaceUnstated(sides) => Self::OnePlaceUnstated(sides.mirrored()),
            Self::Forecast(sides) => Self::Forecast(sides.mirrored()),
            Self::NotHeld(sides) => Self::NotHeld(sides.mirrored()),
            Self::AsOfUnknown(sides) => Self::AsOfUnknown(sides.mirrored()),
            Self::DifferentKind | Self::DifferentPlace | Self::TooFarApart { .. } => self,
        }
    }
}

impl Lapse {
    /// A stable name, for classes and translations.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ByOther => "by-other",
            Self::Itself(lapse) => lapse.as_str(),
        }
    }
}

impl<T> Sides<T> {
    /// What holds of either, if of any.
    pub fn of(first: Option<T>, second: Option<T>) -> Option<Self> {
        match (first, second) {
            (Some(first), Some(second)) => Some(Self::Both(first, second)),
            (Some(first), None) => Some(Self::First(first)),
            (None, Some(second)) => Some(Self::Second(second)),
            (None, None) => None,
        }
    }

    /// What holds of the first.
    pub fn first(self) -> Option<T> {
        match self {
            Self::First(first) | Self::Both(first, _) => Some(first),
            Self::Second(_) => None,
        }
    }

    /// What holds of the second.
    pub fn second(self) -> Option<T> {
        self.mirrored().first()
    }

    /// The same, turned about.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::First(it) => Self::Second(it),
            Self::Second(it) => Self::First(it),
            Self::Both(first, second) => Self::Both(second, first),
        }
    }
}
