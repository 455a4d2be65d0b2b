//! What comparing two answers comes to, as data.

use crate::model::state::{self, State};
use crate::model::value::{Decimal, Window};

/// How two answers compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Of one or both, the claim no longer stands.
    Superseded(Sides<Lapse>),
    /// Nothing can be said.
    NotComparable(Reason),
    /// The same set of values.
    Agrees(Agreement),
    /// Both can be true, and they are not the same.
    Compatible(Compatibility),
    /// No value is shared.
    Differs(Gap),
    /// Each may be true by itself; not both, by the arithmetic of a set of answers that holds them.
    Impossible(Clash),
}

/// Something that holds of the first answer, of the second, or of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sides<T> {
    /// Of the first.
    First(T),
    /// Of the second.
    Second(T),
    /// Of both.
    Both(T, T),
}

/// Why one of two claims no longer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lapse {
    /// The other of the two supersedes it, directly or through a chain.
    ByOther,
    /// For a reason that has nothing to do with the other.
    Itself(state::Lapse),
}

/// Why two answers cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// One is a quantity and the other a date, or the like.
    DifferentKind,
    /// They are about different places.
    DifferentPlace,
    /// One names a place; this one does not.
    OnePlaceUnstated(Sides<()>),
    /// They are about different groups.
    DifferentGroup,
    /// One is about a group alone; this one is not.
    OneGroupUnstated(Sides<()>),
    /// They are in units that nothing converts, as are currencies.
    DifferentUnit,
    /// Answers in words are compared by the editors alone.
    InWords,
    /// Neither place is known to lie in the other, nor outside of it.
    UnrelatedPlaces,
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
    /// The total only grows, and what was less may have held before.
    MayHaveGrown,
}

/// How two answers are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Agreement {
    /// The same set of values.
    Same,
    /// The same figure or date as written, of which one is approximate where the other is not.
    ButForApproximation,
    /// The same, but for the rounding of the one that is written less exactly.
    ButForRounding,
    /// The editors say so (`supports`), of answers in words.
    Stated,
}

/// How two answers that are not the same can both be true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Compatibility {
    /// The first is the more precise: it lies within the second.
    FirstWithin,
    /// The second lies within the first.
    SecondWithin,
    /// Each allows what the other does not.
    Overlapping,
    /// One or both give no more than a bound ("up to"), which leaves room for the other.
    BoundOnly,
    /// Several values may be true at once, and these exclude nothing.
    Beside,
    /// The first counts a part of what the second counts, and leaves room for the rest.
    FirstPart,
    /// The second counts a part of what the first counts.
    SecondPart,
}

/// How far two answers that differ are apart, between their nearest ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gap {
    /// In the question's unit; nought for ranges that touch (`>10000`, `10000`). No more exact than the less exact answer.
    Quantity {
        /// How far.
        by: Decimal,
        /// Whether it was rounded to what the answers bear.
        rounded: bool,
    },
    /// Days; 1 from one day to the next.
    Days(i64),
    /// Seconds between two times.
    Seconds(i64),
    /// Days between the starts and between the ends of two periods, where those exclude each other.
    Period {
        /// Between the starts.
        start: Option<i64>,
        /// Between the ends.
        end: Option<i64>,
    },
    /// Choices and places have no distance.
    Choice,
    /// The editors say so (`contradicts`), of answers in words.
    Stated,
}

/// Where the arithmetic of an impossible set stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Clash {
    /// Its number among the question's sets.
    pub set: u32,
    /// How many answers beside these two it takes.
    pub others: u32,
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
    /// See [`Verdict::Compatible`].
    Compatible,
    /// See [`Verdict::Differs`].
    Differs,
    /// See [`Verdict::Impossible`].
    Impossible,
}

impl Verdict {
    /// The verdict without its reason.
    pub fn kind(self) -> VerdictKind {
        match self {
            Self::Superseded(_) => VerdictKind::Superseded,
            Self::NotComparable(_) => VerdictKind::NotComparable,
            Self::Agrees(_) => VerdictKind::Agrees,
            Self::Compatible(_) => VerdictKind::Compatible,
            Self::Differs(_) => VerdictKind::Differs,
            Self::Impossible(_) => VerdictKind::Impossible,
        }
    }

    /// Whether the two exclude each other, without a third answer.
    pub fn is_conflict(self) -> bool {
        matches!(self, Self::Differs(_) | Self::Impossible(Clash { others: 0, .. }))
    }

    /// Whether the two bear each other out, as far as counts go: the same, or one within the other. A bound that leaves room,
    /// ranges that meet and values side by side are neither agreement nor difference.
    pub fn is_agreement(self) -> bool {
        match self {
            Self::Agrees(_) => true,
            Self::Compatible(how) => matches!(how, Compatibility::FirstWithin | Compatibility::SecondWithin),
            _ => false,
        }
    }

    /// The verdict on the same two answers in the other order.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Superseded(sides) => Self::Superseded(sides.mirrored()),
            Self::NotComparable(reason) => Self::NotComparable(reason.mirrored()),
            Self::Compatible(Compatibility::FirstWithin) => Self::Compatible(Compatibility::SecondWithin),
            Self::Compatible(Compatibility::SecondWithin) => Self::Compatible(Compatibility::FirstWithin),
            Self::Compatible(Compatibility::FirstPart) => Self::Compatible(Compatibility::SecondPart),
            Self::Compatible(Compatibility::SecondPart) => Self::Compatible(Compatibility::FirstPart),
            Self::Compatible(_) | Self::Agrees(_) | Self::Differs(_) | Self::Impossible(_) => self,
        }
    }
}

impl VerdictKind {
    /// Every kind, in the order of the format.
    pub const ALL: [Self; 6] =
        [Self::Superseded, Self::NotComparable, Self::Agrees, Self::Compatible, Self::Differs, Self::Impossible];

    /// As it is written in the format: `not-comparable`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Superseded => "superseded",
            Self::NotComparable => "not-comparable",
            Self::Agrees => "agrees",
            Self::Compatible => "compatible",
            Self::Differs => "differs",
            Self::Impossible => "impossible",
        }
    }
}

impl Compatibility {
    /// A stable name, for classes and translations.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FirstWithin => "first-within",
            Self::SecondWithin => "second-within",
            Self::Overlapping => "overlapping",
            Self::BoundOnly => "bound-only",
            Self::Beside => "beside",
            Self::FirstPart => "first-part",
            Self::SecondPart => "second-part",
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
            Self::DifferentGroup => "different-group",
            Self::OneGroupUnstated(_) => "one-group-unstated",
            Self::DifferentUnit => "different-unit",
            Self::InWords => "in-words",
            Self::UnrelatedPlaces => "unrelated-places",
            Self::Forecast(_) => "forecast",
            Self::NotHeld(_) => "not-held",
            Self::AsOfUnknown(_) => "as-of-unknown",
            Self::TooFarApart { .. } => "too-far-apart",
            Self::MayHaveGrown => "may-have-grown",
        }
    }

    fn mirrored(self) -> Self {
        match self {
            Self::OnePlaceUnstated(sides) => Self::OnePlaceUnstated(sides.mirrored()),
            Self::OneGroupUnstated(sides) => Self::OneGroupUnstated(sides.mirrored()),
            Self::Forecast(sides) => Self::Forecast(sides.mirrored()),
            Self::NotHeld(sides) => Self::NotHeld(sides.mirrored()),
            Self::AsOfUnknown(sides) => Self::AsOfUnknown(sides.mirrored()),
            other => other,
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
