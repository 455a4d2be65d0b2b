//! The values that claims give for questions: quantities ([`Quantity`]), dates ([`Edtf`]) and choices, and the
//! terms on which a question compares them: [`Tolerance`] and [`Window`].

mod decimal;
mod quantity;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use super::date::calendar::{Day, add_months};
use super::date::{Edtf, Reach};
use super::fault::{Piece, ValueError};
pub use decimal::Decimal;
pub use quantity::{End, NumberRange, Quantity};

/// A claim's value for a question. Displayed as its canonical text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A number, or a range of numbers.
    Quantity(Quantity),
    /// A date.
    Date(Edtf),
    /// A key of the question's options.
    Choice(Arc<str>),
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quantity(quantity) => quantity.fmt(f),
            Self::Date(date) => date.fmt(f),
            Self::Choice(key) => f.write_str(key),
        }
    }
}

/// How far `~` reaches on either side of a value. By default 10 % of a quantity, and of a date one step of its own
/// precision ([`super::date::When::step`]); a tolerance of the wrong kind for its question leaves the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
            return percent(whole, number.trim());
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

fn percent(whole: Piece, number: Piece) -> Result<Tolerance, ValueError> {
    let value = Decimal::parse_piece(number)?;
    let thousandths = value.thousandths().and_then(|n| u32::try_from(n).ok()).filter(|n| *n <= 100_000);
    let fault = || whole.error("a percentage lies between 0 and 100, with at most three decimals");
    thousandths.map(Tolerance::Percent).ok_or_else(fault)
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
