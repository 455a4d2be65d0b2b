//! How two answers to one question compare: exactly one [`Verdict`], with its reason as data.
//!
//! A pure function, [`compare`], that tries in this order, as the format has it:
//!
//! 1. **superseded**: the claim of one or both no longer stands ([`State::lapse`]).
//! 2. **not comparable**: different places or groups; one is a forecast and the other is not; a quantity or date that its
//!    speaker denies or declines to confirm; as-of dates too far apart for a question that changes; units that nothing
//!    converts; answers in words.
//! 3. **agrees**: the same set of values.
//! 4. **compatible**: some values are shared; how is said ([`Compatibility`]).
//! 5. **differs**: none is.
//!
//! A sixth, **impossible**, is no matter of two values: [`contest`] gives it to pairs that the arithmetic of the whole
//! question ([`super::reason`]) keeps from both being true.
//!
//! The tool shows; it never ranks, and never decides who is right. Where the format leaves room, the reading that
//! accuses nobody is taken, because a false contradiction misleads a hurried reader more than a missed one, and what
//! could not be compared is shown apart with its reason. Settled here:
//!
//! - **A place on one side only** is not comparable ([`Reason::OnePlaceUnstated`]). An answer names a place because its
//!   scope is not the question's own: 8,000 "in Kursk" and 10,000 with no place may both be true of different ground.
//!   Two answers without a place share the question's, which it may name. Groups likewise.
//! - **A place within another** is a different place. Where the question says that its quantities add up, a part that leaves
//!   room is compatible with its whole ([`part`]); that it exceeds the whole is for the arithmetic to find.
//! - **`~`** reaches as far as the question's [`Tolerance`](super::value::Tolerance). The same figure with and without `~` agrees
//!   ([`Agreement::ButForApproximation`]): who says "11,000" neither contradicts nor merely overlaps "about 11,000".
//!   `?` changes nothing: a doubted date is still that date.
//! - **What is written less exactly** was rounded: 2.5 and 2.53 are the same but for that, and "647 miles" is no number of
//!   metres. Whole numbers in the question's own unit are exact; whoever means "about" writes `~`.
//! - **A bound** leaves room and says no more: "up to 2 million" is compatible with 400, and neither agrees nor differs.
//! - **Touching ranges** (`>10000` and `10000`) share no value and so differ, by a [`Gap`] of nought, which a page
//!   can word more gently.
//! - **Dates** are sets of days, whatever their form: `2024-06/2024-07` and `[2024-06, 2024-07]` agree. A time of day makes
//!   them instants; a day or time without a zone may be that of any zone, where the other has one.
//! - **Imprecise as-of dates** are as far apart as their nearest ends; `~` does not widen them.
//! - **A missing as-of date** on a question that changes leaves nothing to say ([`Reason::AsOfUnknown`]). A question
//!   that changes and names no window has [`DEFAULT_WINDOW`]; the window of one that does not change has no effect.
//! - **A total that only grows** may be less earlier and more later, and needs no window: see [`times`].
//! - **Denials and silence**: what is not held is not compared ([`State`]). Two who deny the same figure do not agree on
//!   any; who denies answers a choice with its negative, and holds that.
//! - **Two forecasts** are comparable with each other.
//! - **Both lapsed**, each for its own reason, is said of both. An answer that no longer stands is compared with none, for
//!   whatever reason: what was said then is what was said, not what is still said.
//! - **Answers of different kinds** are a fault elsewhere; here they are not comparable, so that the function is total.

pub mod contest;
#[cfg(test)]
mod tests;
mod values;
mod verdict;

use super::date::{Day, DaySet, Edtf};
use super::reason::{Ground, Scope};
use super::state::State;
pub use super::terms::{DEFAULT_WINDOW, Terms};
use super::value::Answer;
use values::{Sets, Values};
pub use verdict::{Agreement, Clash, Compatibility, Gap, Lapse, Reason, Sides, Verdict, VerdictKind};

/// An answer with what decides whether it can be compared.
#[derive(Clone, Copy, Debug, Hash)]
pub struct Given<'a> {
    /// The value.
    pub value: &'a Answer,
    /// The place it holds for, by any number that is the same for the same place; else the question's.
    pub place: Option<u32>,
    /// The group that it counts, by any number that is the same for the same group; else the question's.
    pub group: Option<u32>,
    /// When it held: the answer's, else the claim's `as_of`, else its `on`, else the source's `published`.
    pub as_of: Option<&'a Edtf>,
    /// What it is: held, foretold, denied … or no longer standing.
    pub state: State,
}

/// What authors say of the claims of answers towards each other, by pairs of indexes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Replaces {
    /// Which replace which, directly or through a chain: the one that replaces first.
    pairs: Vec<(usize, usize)>,
    /// How they are said to stand, of answers in words.
    stated: Vec<((usize, usize), Stated)>,
}

impl Replaces {
    /// From pairs in any order.
    pub fn new(mut pairs: Vec<(usize, usize)>, mut stated: Vec<((usize, usize), Stated)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        stated.sort_unstable();
        stated.dedup();
        Self { pairs, stated }
    }

    /// Which of two supersedes the other, and how they are said to stand.
    pub fn between(&self, first: usize, second: usize) -> Supersession {
        let replaces = |one, other| !self.pairs.is_empty() && self.pairs.binary_search(&(one, other)).is_ok();
        let said = |one, other| {
            let at = self.stated.partition_point(|(pair, _)| *pair < (one, other));
            self.stated.get(at).filter(|(pair, _)| *pair == (one, other)).map(|(_, stated)| *stated)
        };
        let stated = if self.stated.is_empty() { None } else { said(first, second).or_else(|| said(second, first)) };
        Supersession { by_first: replaces(first, second), by_second: replaces(second, first), stated }
    }
}

/// What authors say of two claims towards each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Supersession {
    /// The first supersedes the second.
    pub by_first: bool,
    /// The second supersedes the first.
    pub by_second: bool,
    /// How they are said to stand: it decides between answers in words.
    pub stated: Option<Stated>,
}

/// How authors say that two claims stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stated {
    /// `contradicts`
    Contradicts,
    /// `supports`
    Supports,
}

/// How two answers to one question compare. Symmetric: turned about, the verdict is [`Verdict::mirrored`].
pub fn compare(first: &Given, second: &Given, between: Supersession, terms: &Terms, ground: &Ground) -> Verdict {
    judge(&Prepared::new(first, terms), &Prepared::new(second, terms), between, terms, ground)
}

/// An answer with its sets of values worked out, so that many pairs are judged quickly.
#[derive(Clone, Debug, Hash)]
struct Prepared {
    values: Values,
    /// The values without the reach of `~`, where there is one.
    plain: Option<Values>,
    place: Option<u32>,
    group: Option<u32>,
    as_of: Option<DaySet>,
    /// The furthest that the as-of date may reach, with `~`: for what must be certain.
    surely: Option<(Option<Day>, Option<Day>)>,
    state: State,
}

impl Prepared {
    fn new(given: &Given, terms: &Terms) -> Self {
        let as_of = given.as_of.filter(|_| terms.changes || terms.grows).map(Edtf::days);
        let about = given.as_of.filter(|_| as_of.is_some()).map(|date| date.days_about(None));
        let surely = about.map(|days| (days.first(), days.last()));
        let Given { place, group, state, .. } = *given;
        let (values, plain) = (Values::of(given.value, terms, true), values::plain(given, terms));
        Self { values, plain, place, group, as_of, surely, state }
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
fn judge(a: &Prepared, b: &Prepared, between: Supersession, terms: &Terms, ground: &Ground) -> Verdict {
    let lapsed = Sides::of(a.lapse(between.by_second), b.lapse(between.by_first));
    let sets = Sets { with_reach: (&a.values, &b.values), plain: (a.plain(), b.plain()) };
    lapsed
        .map(Verdict::Superseded)
        .or_else(|| part(a, b, terms, ground).map(Verdict::Compatible))
        .or_else(|| incomparable(a, b, terms).map(Verdict::NotComparable))
        .unwrap_or_else(|| values::compare(&sets, between.stated, terms.several, ground))
}

fn incomparable(a: &Prepared, b: &Prepared, terms: &Terms) -> Option<Reason> {
    let is_number = |p: &Prepared| matches!(p.values, Values::Numbers(..) | Values::Foreign(..));
    let same_kind = std::mem::discriminant(&a.values) == std::mem::discriminant(&b.values);
    let comparable = same_kind || (is_number(a) && is_number(b));
    (!comparable)
        .then_some(Reason::DifferentKind)
        .or_else(|| scopes((a.place, b.place), Reason::DifferentPlace, Reason::OnePlaceUnstated))
        .or_else(|| scopes((a.group, b.group), Reason::DifferentGroup, Reason::OneGroupUnstated))
        .or_else(|| forecasts(a.state, b.state))
        .or_else(|| Sides::of(a.not_held(), b.not_held()).map(Reason::NotHeld))
        .or_else(|| times(a, b, terms))
}

/// Of two counts that add up, one may be of a part of what the other counts: both may be true as long as the part surely
/// need not exceed the whole. That it does is for the arithmetic to find.
fn part(a: &Prepared, b: &Prepared, terms: &Terms, ground: &Ground) -> Option<Compatibility> {
    let scope = |p: &Prepared| Scope { place: p.place, group: p.group };
    let held = |p: &Prepared| p.not_held().is_none();
    let (one, other) = (scope(a), scope(b));
    if !terms.adds_up || one == other || !held(a) || !held(b) || forecasts(a.state, b.state).is_some() {
        return None;
    }
    let (part, whole, how) = match (one.within(other, ground), other.within(one, ground)) {
        (true, _) => (a, b, Compatibility::FirstPart),
        (_, true) => (b, a, Compatibility::SecondPart),
        _ => return None,
    };
    let (Values::Numbers(..), Values::Numbers(..)) = (&part.values, &whole.values) else { return None };
    (!values::falls(&part.values, &whole.values) && times(a, b, &Terms { grows: false, ..*terms }).is_none())
        .then_some(how)
}

fn scopes(sides: (Option<u32>, Option<u32>), different: Reason, unstated: fn(Sides<()>) -> Reason) -> Option<Reason> {
    match sides {
        (Some(a), Some(b)) => (a != b).then_some(different),
        (None, Some(_)) => Some(unstated(Sides::First(()))),
        (Some(_), None) => Some(unstated(Sides::Second(()))),
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

/// What time keeps from being compared. Of a total that only grows, less may have held before and more after; it is
/// compared where both held on the very same day, and where it would have fallen.
fn times(a: &Prepared, b: &Prepared, terms: &Terms) -> Option<Reason> {
    if !terms.changes && !terms.grows {
        return None;
    }
    let (Some(first), Some(second)) = (&a.as_of, &b.as_of) else {
        let missing = |p: &Prepared| p.as_of.is_none().then_some(());
        return Sides::of(missing(a), missing(b)).map(Reason::AsOfUnknown);
    };
    if terms.grows {
        let in_order = |x: &DaySet, y: &DaySet| x.last().zip(y.first()).is_some_and(|(last, first)| last <= first);
        let fell = (in_order(first, second) && values::falls(&a.values, &b.values))
            || (in_order(second, first) && values::falls(&b.values, &a.values));
        let same_day = in_order(first, second) && in_order(second, first);
        let shared = !(values::falls(&a.values, &b.values) || values::falls(&b.values, &a.values));
        return (!fell && !same_day && !shared).then_some(Reason::MayHaveGrown);
    }
    let window = terms.window.unwrap_or(DEFAULT_WINDOW);
    let (earlier, later) = first.nearest(second)?;
    let days = later.saturating_sub(earlier);
    (window.after(earlier) < later).then_some(Reason::TooFarApart { days, window })
}
