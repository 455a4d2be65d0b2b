//! Dates of unequal precision: EDTF (ISO 8601-2:2019, in the profile of the Library of Congress), levels 0 and 1
//! complete, and of level 2 the one-of set `[a, b, c..d]`.
//!
//! 1. [`Edtf::parse`]: a text to its structure ([`Form`]), or a fault in words (`parse`, `hint`).
//! 2. [`Edtf::days`]: the structure to the days it may mean, a [`DaySet`], for comparing.
//! 3. Order: by first day, then last day, then text, so that lists are the same on every run.
//!
//! What the standard leaves open is settled here:
//! - A season is the northern one, from the earlier of its meteorological and astronomical starts to the later of its
//!   ends (spring: 1 March to 21 June), so that no two usages differ; winter begins in December of the year written.
//! - An open end (`..`) and an unknown one (nothing) both leave the set of days without limit on that side.
//! - A date and time is sorted by its date as written, whatever the zone; [`seconds`] compares instants.
//! - `~` changes no day here; [`Edtf::days_about`] widens it for comparisons. `?` never does: a doubt is no range.

pub mod calendar;
mod clock;
mod days;
mod hint;
mod parse;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use calendar::{add_months, day_number, month_length};

pub use super::fault::ValueError as DateError;
pub use calendar::{Civil, Day};
pub use clock::{Clock, seconds};
pub use days::{DayRange, DaySet};

/// A date as the writer typed it, its structure, and its place in time. Equal when the texts are; for equality of
/// meaning compare [`Edtf::days`].
///
/// Shared: records, their answers and comparisons hold the same few dates many times.
#[derive(Clone, Debug)]
pub struct Edtf(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    text: Box<str>,
    form: Form,
    earliest: Option<Day>,
    latest: Option<Day>,
}

/// The shape of a date.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// One date: `2024-06`.
    Single(Point),
    /// From one date to another: `2024-06/2024-08`, `2024-06/..`.
    Interval {
        /// Where it starts.
        start: Bound,
        /// Where it ends.
        end: Bound,
    },
    /// One of several dates, which one is not known: `[2023, 2024-06]`. At least one member.
    OneOf(Vec<Member>),
}

/// An end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// A date.
    At(Point),
    /// Open: `..`.
    Open,
    /// Not known: nothing is written.
    Unknown,
}

/// A member of a one-of set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Member {
    /// A date.
    At(Point),
    /// Some date between these two, ends included: `2023..2024`.
    Between(Point, Point),
    /// That date or one before it: `..2024`.
    UpTo(Point),
    /// That date or one after it: `2024..`.
    From(Point),
}

/// One date with its qualification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Point {
    /// The date, as precise as it is written.
    pub when: When,
    /// `?` or `%`: the source or the writer doubts it.
    pub uncertain: bool,
    /// `~` or `%`: about then.
    pub approximate: bool,
}

/// A date, as precise as it is written. Years are astronomical: 0 is 1 BC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// `2024-06-19`.
    Day {
        /// Year.
        year: i64,
        /// 1 to 12.
        month: u8,
        /// 1 to 31.
        day: u8,
    },
    /// `2024-06`.
    Month {
        /// Year.
        year: i64,
        /// 1 to 12.
        month: u8,
    },
    /// `2024-22`.
    Season {
        /// Year in which the season begins.
        year: i64,
        /// Season.
        season: Season,
    },
    /// `2024`, `Y170000002`.
    Year {
        /// Year.
        year: i64,
    },
    /// Some year of ten: `201X`.
    Decade {
        /// Its first year, 2010.
        first: i64,
        /// Its last year, 2019.
        last: i64,
    },
    /// Some year of a hundred: `20XX`.
    Century {
        /// Its first year, 2000.
        first: i64,
        /// Its last year, 2099.
        last: i64,
    },
    /// One day of a month, not known which: `2024-06-XX`.
    SomeDayOfMonth {
        /// Year.
        year: i64,
        /// 1 to 12.
        month: u8,
    },
    /// One month of a year, not known which: `2024-XX`.
    SomeMonthOfYear {
        /// Year.
        year: i64,
    },
    /// One day of a year, not known which: `2024-XX-XX`.
    SomeDayOfYear {
        /// Year.
        year: i64,
    },
}

/// A season, without regard to the hemisphere (EDTF 21 to 24).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Season {
    /// 21
    Spring,
    /// 22
    Summer,
    /// 23
    Autumn,
    /// 24
    Winter,
}

/// How precisely a date is known, from the finest to the coarsest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// A day.
    Day,
    /// A month.
    Month,
    /// A season.
    Season,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

impl Default for Edtf {
    /// A date of which nothing is known: it stands where a required date is at fault.
    fn default() -> Self {
        let form = Form::Interval { start: Bound::Unknown, end: Bound::Unknown };
        Self::of("/", form)
    }
}

impl Precision {
    /// The word for templates and CSS classes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Season => "season",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Century => "century",
        }
    }
}

impl Edtf {
    /// Reads a date; a fault says what is wrong, where in the text, and what to write instead.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let form = parse::form(text).map_err(|error| hint::improve(text, error))?;
        Ok(Self::of(text, form))
    }

    fn of(text: &str, form: Form) -> Self {
        let days = form.days();
        Self(Arc::new(Parts { text: text.into(), form, earliest: days.first(), latest: days.last() }))
    }

    /// The date as it was typed.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// Its structure, for wording it.
    pub fn form(&self) -> &Form {
        &self.0.form
    }

    /// The time of day of a date and time, as typed: `10:30:00Z`.
    pub fn time(&self) -> Option<&str> {
        let (_, time) = self.0.text.split_once('T')?;
        Some(time)
    }

    /// The first day that it may mean; `None` when open towards the past.
    pub fn earliest(&self) -> Option<Day> {
        self.0.earliest
    }

    /// The last day that it may mean; `None` when open towards the future.
    pub fn latest(&self) -> Option<Day> {
        self.0.latest
    }

    /// The days that it may mean.
    pub fn days(&self) -> DaySet {
        self.0.form.days()
    }

    /// The days that it may mean when `~` reaches so far on either side; by default one [`When::step`].
    pub fn days_about(&self, reach: Option<Reach>) -> DaySet {
        let about = |point: Point| reach.unwrap_or_else(|| point.when.step());
        self.0.form.days_with(&|point| if point.approximate { about(point) } else { Reach::default() })
    }

    /// Whether any part of it is doubted (`?`, `%`).
    pub fn is_uncertain(&self) -> bool {
        self.0.form.points().iter().any(|p| p.uncertain)
    }

    /// Whether any part of it is approximate (`~`, `%`).
    pub fn is_approximate(&self) -> bool {
        self.0.form.points().iter().any(|p| p.approximate)
    }

    /// The precision of its coarsest part.
    pub fn precision(&self) -> Precision {
        self.0.form.points().iter().map(|p| p.when.precision()).max().unwrap_or(Precision::Day)
    }

    /// What it is sorted by: first day, last day (open ones last), text. A date with an open start ("by 6 November")
    /// stands where it ends, for that is all that is known of it.
    pub fn sort_key(&self) -> (Day, Day, &str) {
        let start = self.0.earliest.or(self.0.latest).unwrap_or(Day::MIN);
        (start, self.0.latest.unwrap_or(Day::MAX), &self.0.text)
    }
}

/// How far a date reaches beyond what is written, on either side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Reach {
    /// Whole months.
    pub months: i64,
    /// And days.
    pub days: i64,
}

impl Form {
    /// Every date in it, in the order written.
    pub fn points(&self) -> Vec<Point> {
        match self {
            Self::Single(point) => vec![*point],
            Self::Interval { start, end } => [start, end].into_iter().filter_map(|b| b.point()).collect(),
            Self::OneOf(members) => members.iter().flat_map(|m| m.points()).collect(),
        }
    }

    /// The days that it may mean.
    pub fn days(&self) -> DaySet {
        self.days_with(&|_| Reach::default())
    }

    fn days_with(&self, reach: &dyn Fn(Point) -> Reach) -> DaySet {
        let first = |p: Point| Some(p.when.first_day(reach(p)));
        let last = |p: Point| Some(p.when.last_day(reach(p)));
        let range = |first, last| DayRange { first, last };
        match self {
            Self::Single(p) => DaySet::new([range(first(*p), last(*p))]),
            Self::Interval { start, end } => {
                DaySet::new([range(start.point().and_then(first), end.point().and_then(last))])
            }
            Self::OneOf(members) => DaySet::new(members.iter().map(|member| match *member {
                Member::At(p) => range(first(p), last(p)),
                Member::Between(a, b) => range(first(a), last(b)),
                Member::UpTo(p) => range(None, last(p)),
                Member::From(p) => range(first(p), None),
            })),
        }
    }
}

impl Bound {
    /// The date, where there is one.
    pub fn point(&self) -> Option<Point> {
        match self {
            Self::At(point) => Some(*point),
            Self::Open | Self::Unknown => None,
        }
    }
}

impl Member {
    /// The one or two dates that it is written with.
    pub fn points(&self) -> impl Iterator<Item = Point> {
        let (first, second) = match *self {
            Self::At(p) | Self::UpTo(p) | Self::From(p) => (p, None),
            Self::Between(a, b) => (a, Some(b)),
        };
        std::iter::once(first).chain(second)
    }
}

impl When {
    /// How precise it is; what is not known within a year is no finer than the year.
    pub fn precision(self) -> Precision {
        match self {
            Self::Day { .. } => Precision::Day,
            Self::Month { .. } | Self::SomeDayOfMonth { .. } => Precision::Month,
            Self::Season { .. } => Precision::Season,
            Self::Year { .. } | Self::SomeMonthOfYear { .. } | Self::SomeDayOfYear { .. } => Precision::Year,
            Self::Decade { .. } => Precision::Decade,
            Self::Century { .. } => Precision::Century,
        }
    }

    /// One step of its own precision, which is what `~` means where nothing else is said: a month about a month or
    /// season, a year about a year, and so on. About a day is about a week: nobody writes "around the 19th" of one day.
    pub fn step(self) -> Reach {
        match self.precision() {
            Precision::Day => Reach { months: 0, days: 7 },
            Precision::Month | Precision::Season => Reach { months: 1, days: 0 },
            Precision::Year => Reach { months: 12, days: 0 },
            Precision::Decade => Reach { months: 120, days: 0 },
            Precision::Century => Reach { months: 1200, days: 0 },
        }
    }

    fn first_day(self, reach: Reach) -> Day {
        let day = match self {
            Self::Day { year, month, day } => day_number(year, month, day),
            Self::Month { year, month } | Self::SomeDayOfMonth { year, month } => day_number(year, month, 1),
            Self::Season { year, season } => day_number(year, season.first_month(), 1),
            Self::Year { year } | Self::SomeMonthOfYear { year } | Self::SomeDayOfYear { year } => {
                day_number(year, 1, 1)
            }
            Self::Decade { first, .. } | Self::Century { first, .. } => day_number(first, 1, 1),
        };
        if reach == Reach::default() { day } else { add_months(day, -reach.months) - reach.days }
    }

    fn last_day(self, reach: Reach) -> Day {
        let day = match self {
            Self::Day { year, month, day } => day_number(year, month, day),
            Self::Month { year, month } | Self::SomeDayOfMonth { year, month } => {
                day_number(year, month, month_length(year, month))
            }
            Self::Season { year, season } => season.last_day(year),
            Self::Year { year } | Self::SomeMonthOfYear { year } | Self::SomeDayOfYear { year } => {
                day_number(year, 12, 31)
            }
            Self::Decade { last, .. } | Self::Century { last, .. } => day_number(last, 12, 31),
        };
        // From the day after, so that the end of a month stays the end of a month.
        if reach == Reach::default() { day } else { add_months(day + 1, reach.months) - 1 + reach.days }
    }
}

impl Season {
    fn first_month(self) -> u8 {
        match self {
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Autumn => 9,
            Self::Winter => 12,
        }
    }

    fn last_day(self, year: i64) -> Day {
        match self {
            Self::Spring => day_number(year, 6, 21),
            Self::Summer => day_number(year, 9, 23),
            Self::Autumn => day_number(year, 12, 22),
            Self::Winter => day_number(year + 1, 3, 21),
        }
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.text)
    }
}

impl PartialEq for Edtf {
    fn eq(&self, other: &Self) -> bool {
        self.0.text == other.0.text
    }
}

impl Eq for Edtf {}

impl Hash for Edtf {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.text.hash(state);
    }
}

impl Ord for Edtf {
    fn cmp(&self, other: &Self) -> Ordering {
        self.sort_key().cmp(&other.sort_key())
    }
}

impl PartialOrd for Edtf {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
