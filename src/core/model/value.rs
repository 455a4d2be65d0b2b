//! The values that claims give for questions ([`Answer`]), and the terms on which a question compares them:
//! [`Tolerance`] and [`Window`].

mod decimal;
mod quantity;
#[cfg(test)]
mod tests;
pub mod unit;

use std::fmt;
use std::sync::Arc;

use super::PlaceIx;
use super::date::calendar::{Day, add_months};
use super::date::{Edtf, Reach};
use super::fault::{self, Piece, ValueError};
pub use decimal::Decimal;
pub use quantity::{End, Margin, NumberRange, Quantity};
use unit::Unit;

/// A claim's value for a question. Displayed as its canonical text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// A number, or a range of numbers.
    Quantity(Quantity),
    /// A quantity of which it matters how it is written: in another unit than the question's, or with noughts at its end.
    Measured(Box<Measured>),
    /// A date.
    Date(Edtf),
    /// From one date to another, each of which can be contradicted by itself.
    Period(Edtf),
    /// A key of the question's options.
    Choice(Arc<str>),
    /// Several keys of the question's options, in their order.
    Choices(Arc<[Arc<str>]>),
    /// A place.
    Place(PlaceIx, Arc<str>),
    /// In words: compared by the editors alone.
    Words(Arc<str>),
}

/// A quantity as it is written, and what that is in the question's unit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Measured {
    /// As written, in its own unit.
    pub written: Quantity,
    /// Its unit, where that is not the question's.
    pub unit: Option<Arc<str>>,
    /// In the question's unit; `None` where nothing converts the one into the other, as between currencies.
    pub value: Option<Quantity>,
    /// The step of its last digit, in the question's unit (where nothing converts it, in its own): half of it may be rounding.
    pub step: Decimal,
}

impl Answer {
    /// The quantity, in the question's unit.
    pub fn quantity(&self) -> Option<Quantity> {
        match self {
            Self::Quantity(quantity) => Some(*quantity),
            Self::Measured(measured) => measured.value,
            Self::Date(_) | Self::Period(_) | Self::Choice(_) | Self::Choices(_) => None,
            Self::Place(..) | Self::Words(_) => None,
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quantity(quantity) => quantity.fmt(f),
            Self::Measured(measured) => measured.fmt(f),
            Self::Date(date) | Self::Period(date) => date.fmt(f),
            Self::Choice(key) | Self::Place(_, key) | Self::Words(key) => f.write_str(key),
            Self::Choices(keys) => f.write_str(&keys.join(", ")),
        }
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.written.fmt(f)?;
        self.unit.as_ref().map_or(Ok(()), |unit| write!(f, " {unit}"))
    }
}

impl Measured {
    /// Reads a quantity in the unit of its question, or in one that stands behind the number. `None` where nothing but the
    /// plain quantity is written.
    ///
    /// A unit that measures something else than the question's is a fault; a currency is kept as it is.
    pub fn parse(text: &str, asked: Option<&str>) -> Option<Result<Self, ValueError>> {
        let Some((number, given)) = unit::split(text) else { return Self::rounded(text) };
        let asked = asked.unwrap_or_default();
        let (from, to) = (Unit::find(given), Unit::find(asked));
        let is_money = unit::is_currency(given) && unit::is_currency(asked);
        // A unit where none is asked for, or one that is not known, is told as no part of a number.
        if asked.is_empty() || (from.is_none() && !is_money && given != asked) {
            return None;
        }
        let quantity = match Quantity::parse(number) {
            Ok(quantity) => quantity,
            Err(error) => return Some(Err(error)),
        };
        let written_alone = |unit, value| Self { written: quantity, unit, value, step: Decimal::ZERO };
        match (from, to) {
            _ if given == asked => Some(Ok(written_alone(None, Some(quantity)))),
            (Some(from), Some(to)) => Some(from_unit(text, quantity, from, to)),
            _ if is_money => {
                let step = money_step(quantity, number);
                Some(Ok(Self { step, ..written_alone(Some(given.into()), None) }))
            }
            _ => {
                let at = text.len() - given.len();
                let message = format!("`{given}` is not a unit of what is asked for: that is counted in `{asked}`");
                Some(Err(ValueError::new(at..text.len(), message).help("give the number in the question's unit")))
            }
        }
    }

    /// What nothing converted yet, at a rate: what one of its unit is in the question's. `None` where that is out of reach.
    #[must_use]
    pub fn at_rate(self, rate: Decimal) -> Option<Self> {
        let times = |n: Decimal| n.times(rate);
        self.written.figures().iter().copied().chain([self.step]).map(times).collect::<Option<Vec<_>>>()?;
        let at = |n| times(n).unwrap_or_default();
        Some(Self { value: Some(self.written.map(at, at)), step: at(self.step), ..self })
    }

    /// The same before any rate of exchange is known; `None` where no rate converted it.
    #[must_use]
    pub fn without_rate(&self) -> Option<Self> {
        let is_money = self.unit.as_deref().is_some_and(unit::is_currency);
        let plain = || Self { value: None, step: Decimal::ZERO, ..self.clone() };
        (is_money && self.value.is_some()).then(plain)
    }

    /// A plain number whose last digits after the point are noughts, which say how exactly it is meant.
    fn rounded(text: &str) -> Option<Result<Self, ValueError>> {
        let (_, decimals) = text.split_once('.').filter(|(_, d)| d.ends_with('0') && fault::is_digits(d))?;
        let written @ Quantity::Exactly(_) = Quantity::parse(text).ok()? else { return None };
        Some(Ok(Self { written, unit: None, value: Some(written), step: Decimal::of_decimals(decimals.len()) }))
    }
}

/// How many digits are written after the first point.
fn decimals(text: &str) -> usize {
    text.split_once('.').map_or(0, |(_, d)| d.bytes().take_while(u8::is_ascii_digit).count())
}

/// The step of the last digit that is written of a sum of money.
fn money_step(quantity: Quantity, number: &str) -> Decimal {
    match (quantity, decimals(number)) {
        (Quantity::Exactly(n), 0) => n.last_digit(),
        (Quantity::Exactly(_), decimals) => Decimal::of_decimals(decimals),
        _ => Decimal::ZERO,
    }
}

/// A quantity of one unit in another.
fn from_unit(text: &str, written: Quantity, from: &Unit, to: &Unit) -> Result<Measured, ValueError> {
    let fault = |message: &str| ValueError::new(0..text.len(), message);
    if from.dimension != to.dimension {
        let message =
            format!("`{}` is not a unit of what is asked for: that is counted in `{}`", from.symbol, to.symbol);
        return Err(fault(&message).help("give the number in the question's unit"));
    }
    let numbers = written.figures();
    let reachable = numbers.iter().all(|n| from.convert(*n, to).is_some());
    if !reachable {
        return Err(fault("this number is too large to be converted"));
    }
    let decimals = decimals(text);
    let step = match written {
        Quantity::Exactly(n) => from.convert_distance(from.step(n, decimals), to).unwrap_or_default(),
        _ => Decimal::ZERO,
    };
    let at = |n| from.convert(n, to).unwrap_or_default();
    let value = written.map(at, |n| from.convert_distance(n, to).unwrap_or_default());
    let unit = (from != to).then(|| from.symbol.into());
    Ok(Measured { written, unit, value: Some(value), step })
}

/// How far `~` reaches on either side of a value. By default 10 % of a quantity, and of a date one step of its own
/// precision ([`super::date::When::step`]); a tolerance of the wrong kind for its question leaves the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tolerance {
    /// A share of the value: `10%`. In thousandths of a per cent, at most 100 %.
    Percent(u32),
    /// So much, in the question's unit: `500`.
    Absolute(Decimal),
    /// For dates: `7d`, `1m`, `1y`.
    Time(Window),
}

impl Default for Tolerance {
    fn default() -> Self {
        Self::Percent(10_000)
    }
}

impl Tolerance {
    /// Reads `10%`, `2.5%`, `500` or `7d`.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let whole = Piece::whole(text);
        if let Some(number) = whole.strip_suffix("%") {
            return percent(whole, number.trim()).map(Self::Percent);
        }
        if whole.text.ends_with(['d', 'm', 'y']) {
            return Window::parse(text).map(Self::Time);
        }
        let value = Decimal::parse_piece(whole)?;
        if value < Decimal::ZERO {
            return Err(whole.error("a tolerance is not negative").help("leave the sign out"));
        }
        Ok(Self::Absolute(value))
    }

    /// How far it reaches about a number.
    pub fn about(self, value: Decimal) -> Decimal {
        match self {
            Self::Percent(share) => value.share(share),
            Self::Absolute(reach) => reach,
            Self::Time(_) => Self::default().about(value),
        }
    }

    /// How far it reaches about a date; `None` for one step of the date's own precision.
    pub fn reach(self) -> Option<Reach> {
        match self {
            Self::Time(Window { count, unit: WindowUnit::Days }) => Some(Reach { months: 0, days: i64::from(count) }),
            Self::Time(window) => Some(Reach { months: window.months(), days: 0 }),
            Self::Percent(_) | Self::Absolute(_) => None,
        }
    }
}

/// A percentage from 0 to 100, in thousandths.
fn percent(whole: Piece, number: Piece) -> Result<u32, ValueError> {
    let value = Decimal::parse_piece(number)?;
    let thousandths = value.thousandths().and_then(|n| u32::try_from(n).ok()).filter(|n| *n <= 100_000);
    let fault = || whole.error("a percentage lies between 0 and 100, with at most three decimals");
    thousandths.ok_or_else(fault)
}

impl fmt::Display for Tolerance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(share) => write!(f, "{}%", Decimal::from_thousandths(*share)),
            Self::Absolute(value) => value.fmt(f),
            Self::Time(window) => window.fmt(f),
        }
    }
}

/// A stretch of the calendar: `31d`, `6m`, `1y`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: WindowUnit,
}

/// What a [`Window`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WindowUnit {
    /// `d`
    Days,
    /// `m`
    Months,
    /// `y`
    Years,
}

impl Window {
    /// Reads `31d`, `6m` or `1y`.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let whole = Piece::whole(text);
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, unit) = (whole.part(0..digits), whole.from(digits));
        let example = "write a number and `d`, `m` or `y`: 31d, 6m, 1y";
        let unit = match unit.text {
            "d" => WindowUnit::Days,
            "m" => WindowUnit::Months,
            "y" => WindowUnit::Years,
            "w" | "s" => {
                let help = number
                    .text
                    .parse::<u32>()
                    .map_or(example.into(), |weeks| format!("write {}d", u64::from(weeks) * 7));
                return Err(unit.error("a length of time is counted in days, months or years").help(help));
            }
            "" => return Err(whole.error("a length of time needs a unit").help(example)),
            _ => return Err(whole.error("this is no length of time").help(example)),
        };
        match number.text.parse() {
            Ok(count) if count <= 1_000_000 => Ok(Self { count, unit }),
            Ok(_) => Err(number.error("this is too long a time")),
            Err(_) if number.text.is_empty() => Err(whole.error("a length of time needs a number").help(example)),
            Err(_) => Err(number.error("this is too long a time")),
        }
    }

    /// The last day that lies no further from `day` than this; months as the calendar has them.
    pub fn after(self, day: Day) -> Day {
        match self.unit {
            WindowUnit::Days => day.saturating_add(i64::from(self.count)),
            WindowUnit::Months | WindowUnit::Years => add_months(day, self.months()),
        }
    }

    fn months(self) -> i64 {
        match self.unit {
            WindowUnit::Days => 0,
            WindowUnit::Months => i64::from(self.count),
            WindowUnit::Years => i64::from(self.count) * 12,
        }
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            WindowUnit::Days => 'd',
            WindowUnit::Months => 'm',
            WindowUnit::Years => 'y',
        };
        write!(f, "{}{unit}", self.count)
    }
}
