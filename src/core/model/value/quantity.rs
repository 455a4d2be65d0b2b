//! Numbers as people give them: exact, about, more than, at most, between.
//!
//! 1. [`Quantity::parse`]: a text to its structure.
//! 2. [`Quantity::range`]: the structure to a range of numbers, for comparing.
//!
//! The numbers of a range are all decimal numbers in it, also where the thing counted is whole: `>10000` and `10000`
//! share none, `>10000` and `<10001` share 10000.5. A count that cannot be negative is not treated apart.

use std::cmp::Ordering;
use std::fmt;

use super::Tolerance;
use super::decimal::Decimal;
use crate::model::fault::{Piece, ValueError};

/// A number or a range of numbers, as the writer means it. Displayed canonically: `10_000` as `10000`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// `10000`
    Exactly(Decimal),
    /// `~11000`: as far as the question's tolerance reaches.
    About(Decimal),
    /// `>10000`
    MoreThan(Decimal),
    /// `>=10000`
    AtLeast(Decimal),
    /// `<10000`
    LessThan(Decimal),
    /// `<=10000`
    AtMost(Decimal),
    /// `11000..15000`, ends included; the first is less than the second.
    Between(Decimal, Decimal),
}

impl Quantity {
    /// Reads a quantity; a fault says what is wrong, where in the text, and what to write instead.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let whole = Piece::whole(text).trim();
        foreign_sign(whole)?;
        if let Some((low, high)) = whole.split_once("..") {
            return between(whole, low.trim(), high.trim());
        }
        type Make = fn(Decimal) -> Quantity;
        const SIGNS: [(&str, Make); 5] = [
            (">=", Quantity::AtLeast),
            ("<=", Quantity::AtMost),
            (">", Quantity::MoreThan),
            ("<", Quantity::LessThan),
            ("~", Quantity::About),
        ];
        for (sign, make) in SIGNS {
            if let Some(number) = whole.strip_prefix(sign) {
                return Decimal::parse_piece(number.trim()).map(make);
            }
        }
        match Decimal::parse_piece(whole) {
            Ok(number) => Ok(Self::Exactly(number)),
            Err(error) => Err(dash(whole).unwrap_or(error)),
        }
    }

    /// The numbers that it may mean; `~` reaches as far as `tolerance` says, or nowhere without one.
    pub fn range(self, tolerance: Option<Tolerance>) -> NumberRange {
        let at = |value| End::At { value, included: true };
        let past = |value| End::At { value, included: false };
        let (low, high) = match self {
            Self::Exactly(n) => (at(n), at(n)),
            Self::About(n) => {
                let reach = tolerance.map_or(Decimal::ZERO, |t| t.about(n));
                (at(n - reach), at(n + reach))
            }
            Self::MoreThan(n) => (past(n), End::Open),
            Self::AtLeast(n) => (at(n), End::Open),
            Self::LessThan(n) => (End::Open, past(n)),
            Self::AtMost(n) => (End::Open, at(n)),
            Self::Between(low, high) => (at(low), at(high)),
        };
        NumberRange { low, high }
    }

    /// Whether it is written with `~`.
    pub fn is_approximate(self) -> bool {
        matches!(self, Self::About(_))
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(n) => n.fmt(f),
            Self::About(n) => write!(f, "~{n}"),
            Self::MoreThan(n) => write!(f, ">{n}"),
            Self::AtLeast(n) => write!(f, ">={n}"),
            Self::LessThan(n) => write!(f, "<{n}"),
            Self::AtMost(n) => write!(f, "<={n}"),
            Self::Between(low, high) => write!(f, "{low}..{high}"),
        }
    }
}

/// A range of numbers that holds at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NumberRange {
    /// Its lower end.
    pub low: End,
    /// Its upper end.
    pub high: End,
}

/// An end of a range of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// Without limit.
    Open,
    /// A limit.
    At {
        /// Where.
        value: Decimal,
        /// Whether the limit itself is in the range.
        included: bool,
    },
}

impl NumberRange {
    /// Whether every number of this range is in the other.
    pub fn is_subset(self, other: Self) -> bool {
        low_key(other.low) <= low_key(self.low) && high_key(self.high) <= high_key(other.high)
    }

    /// The distance of the facing ends of two ranges that share no number; `None` where they share one. It is nought
    /// where they touch: `>10000` and `10000`.
    pub fn gap(self, other: Self) -> Option<Decimal> {
        gap_above(self.high, other.low).or_else(|| gap_above(other.high, self.low))
    }

    /// What it is sorted by: lower end, then upper end.
    pub fn order(self, other: Self) -> Ordering {
        (low_key(self.low), high_key(self.high)).cmp(&(low_key(other.low), high_key(other.high)))
    }
}

/// The gap between an upper end and a lower one above it.
fn gap_above(high: End, low: End) -> Option<Decimal> {
    let (End::At { value: high, included: high_in }, End::At { value: low, included: low_in }) = (high, low) else {
        return None;
    };
    let apart = high < low || (high == low && !(high_in && low_in));
    apart.then(|| low - high)
}

fn low_key(end: End) -> (bool, Decimal, bool) {
    match end {
        End::Open => (false, Decimal::ZERO, false),
        End::At { value, included } => (true, value, !included),
    }
}

fn high_key(end: End) -> (bool, Decimal, bool) {
    match end {
        End::Open => (true, Decimal::ZERO, true),
        End::At { value, included } => (false, value, included),
    }
}

fn between(whole: Piece, low: Piece, high: Piece) -> Result<Quantity, ValueError> {
    if low.text.starts_with(['~', '<', '>']) || high.text.starts_with(['~', '<', '>', '=']) {
        return Err(whole.error("a range has plain numbers at its ends").help("write 11000..15000"));
    }
    match (low.text.is_empty(), high.text.is_empty()) {
        (true, true) => return Err(whole.error("a range needs its two ends").help("write 11000..15000")),
        (false, true) => return Err(whole.error("a range needs its two ends").help(format!("write >={}", low.text))),
        (true, false) => return Err(whole.error("a range needs its two ends").help(format!("write <={}", high.text))),
        (false, false) => {}
    }
    let (first, last) = (Decimal::parse_piece(low)?, Decimal::parse_piece(high)?);
    match first.cmp(&last) {
        Ordering::Less => Ok(Quantity::Between(first, last)),
        Ordering::Equal => {
            Err(whole.error("the range has the same number at both ends").help(format!("write {first}")))
        }
        Ordering::Greater => Err(whole.error("the range ends below its start").help(format!("write {last}..{first}"))),
    }
}

/// Signs and words that have a form of their own here.
const OTHER_SIGNS: [(&str, &str); 21] = [
    ("≥", ">="),
    ("≤", "<="),
    ("=>", ">="),
    ("=<", "<="),
    ("≈", "~"),
    ("±", "~"),
    ("environ ", "~"),
    ("quelque ", "~"),
    ("près de ", "~"),
    ("about ", "~"),
    ("around ", "~"),
    ("plus de ", ">"),
    ("more than ", ">"),
    ("over ", ">"),
    ("moins de ", "<"),
    ("less than ", "<"),
    ("au moins ", ">="),
    ("at least ", ">="),
    ("jusqu'à ", "<="),
    ("jusqu’à ", "<="),
    ("up to ", "<="),
];

fn foreign_sign(whole: Piece) -> Result<(), ValueError> {
    let lower = whole.text.to_lowercase();
    for (written, sign) in OTHER_SIGNS {
        if let Some(rest) = lower.strip_prefix(written) {
            let number = rest.trim().replace(|c: char| c.is_whitespace(), "");
            return Err(whole
                .error(format!("`{}` is written `{sign}`", written.trim()))
                .help(format!("write {sign}{number}")));
        }
    }
    match whole.text.strip_suffix('+') {
        Some(number) => Err(whole.error("`+` is written `>=`").help(format!("write >={}", number.trim()))),
        None => Ok(()),
    }
}

/// `11000-15000`, which is a range everywhere else.
fn dash(whole: Piece) -> Option<ValueError> {
    let (low, high) = ["-", "–", "—", " à ", " to "].iter().find_map(|s| whole.text.split_once(s))?;
    let ends = [low, high].map(|end| Decimal::parse(end.trim()).ok());
    let [Some(low), Some(high)] = ends else { return None };
    Some(whole.error("a range is written with `..`").help(format!("write {low}..{high}")))
}
