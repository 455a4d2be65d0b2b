//! Numbers as people give them: exact, about, more than, at most, between, with a margin, with a best value.
//!
//! 1. [`Quantity::parse`]: a text to its structure.
//! 2. [`Quantity::range`]: the structure to a range of numbers, for comparing.
//!
//! The numbers of a range are all decimal numbers in it, also where the thing counted is whole: `>10000` and `10000`
//! share none, `>10000` and `<10001` share 10000.5. A count that cannot be negative is not treated apart.

use std::cmp::Ordering;
use std::fmt;

use super::Tolerance;
use super::decimal::{Decimal, Meant, meant};
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
    /// `837214 ± 20%`: a centre, and how far it may be off on either side.
    Margin(Decimal, Margin),
    /// `400000..1100000 (837214)`: a range, ends included, and the value in it that is held to be best.
    Best {
        /// The lower end.
        low: Decimal,
        /// Between the ends, or one of them.
        best: Decimal,
        /// The upper end.
        high: Decimal,
    },
}

/// How far a value may be off by its own account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Margin {
    /// A share of the value, in thousandths of a per cent, at most 100 %.
    Percent(u32),
    /// So much, in the value's unit.
    Absolute(Decimal),
}

impl Quantity {
    /// Reads a quantity; a fault says what is wrong, where in the text, and what to write instead.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let is_read = |help: &String| help.strip_prefix("write ").is_none_or(|text| Self::read(text).is_ok());
        Self::read(text).map_err(|error| ValueError { help: suggested(text).or(error.help.filter(is_read)), ..error })
    }

    fn read(text: &str) -> Result<Self, ValueError> {
        let whole = Piece::whole(text).trim();
        foreign_sign(whole)?;
        if let Some((centre, margin)) = whole.split_once("±") {
            return with_margin(centre.trim(), margin.trim());
        }
        if let Some((low, high)) = whole.split_once("..") {
            return range_of(whole, low.trim(), high.trim());
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
            Self::Between(low, high) | Self::Best { low, high, .. } => (at(low), at(high)),
            Self::Margin(n, margin) => (at(n - margin.about(n)), at(n + margin.about(n))),
        };
        NumberRange { low, high }
    }

    /// Every number that it is written with, each through a function: a conversion. A margin in per cent stays as it is.
    #[must_use]
    pub fn map(self, at: impl Fn(Decimal) -> Decimal, apart: impl Fn(Decimal) -> Decimal) -> Self {
        match self {
            Self::Exactly(n) => Self::Exactly(at(n)),
            Self::About(n) => Self::About(at(n)),
            Self::MoreThan(n) => Self::MoreThan(at(n)),
            Self::AtLeast(n) => Self::AtLeast(at(n)),
            Self::LessThan(n) => Self::LessThan(at(n)),
            Self::AtMost(n) => Self::AtMost(at(n)),
            Self::Between(low, high) => Self::Between(at(low), at(high)),
            Self::Margin(n, Margin::Absolute(reach)) => Self::Margin(at(n), Margin::Absolute(apart(reach))),
            Self::Margin(n, Margin::Percent(share)) => Self::Margin(at(n), Margin::Absolute(apart(n.share(share)))),
            Self::Best { low, best, high } => Self::Best { low: at(low), best: at(best), high: at(high) },
        }
    }

    /// The numbers that it is written with, without its margin.
    pub fn figures(self) -> Vec<Decimal> {
        match self {
            Self::Between(low, high) => vec![low, high],
            Self::Best { low, best, high } => vec![low, best, high],
            Self::Exactly(n) | Self::About(n) | Self::MoreThan(n) | Self::AtLeast(n) => vec![n],
            Self::LessThan(n) | Self::AtMost(n) | Self::Margin(n, _) => vec![n],
        }
    }

    /// Whether it limits the value on one side alone.
    pub fn is_bound(self) -> bool {
        matches!(self, Self::MoreThan(_) | Self::AtLeast(_) | Self::LessThan(_) | Self::AtMost(_))
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
            Self::Margin(n, margin) => write!(f, "{n} ± {margin}"),
            Self::Best { low, best, high } => write!(f, "{low}..{high} ({best})"),
        }
    }
}

impl Margin {
    /// How far it reaches about a number.
    pub fn about(self, value: Decimal) -> Decimal {
        match self {
            Self::Percent(share) => value.share(share),
            Self::Absolute(reach) => reach,
        }
    }
}

impl fmt::Display for Margin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(share) => write!(f, "{}%", Decimal::from_thousandths(*share)),
            Self::Absolute(reach) => reach.fmt(f),
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

    /// Whether it is without limit on a side.
    pub fn is_open(self) -> bool {
        self.low == End::Open || self.high == End::Open
    }

    /// The range with so much more on either side.
    #[must_use]
    pub fn widened(self, by: Decimal) -> Self {
        let moved = |end: End, by: Decimal| match end {
            End::At { value, included } => End::At { value: value + by, included },
            End::Open => End::Open,
        };
        Self { low: moved(self.low, Decimal::ZERO - by), high: moved(self.high, by) }
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

/// `837214 ± 20%`, `650000 ± 50000`.
fn with_margin(centre: Piece, margin: Piece) -> Result<Quantity, ValueError> {
    let value = Decimal::parse_piece(centre)?;
    if let Some(share) = margin.strip_suffix("%") {
        return super::percent(margin, share.trim()).map(|share| Quantity::Margin(value, Margin::Percent(share)));
    }
    let reach = Decimal::parse_piece(margin)?;
    if reach < Decimal::ZERO {
        return Err(margin.error("a margin is not negative").help("leave the sign out"));
    }
    Ok(Quantity::Margin(value, Margin::Absolute(reach)))
}

/// A range, with its best value in brackets behind it where it has one.
fn range_of(whole: Piece, low: Piece, high: Piece) -> Result<Quantity, ValueError> {
    let Some((high, best)) = high.split_once("(") else { return between(whole, low, high) };
    let Some(best) = best.trim().strip_suffix(")") else {
        return Err(best.error("the bracket is not closed").help("a best value reads 400000..1100000 (837214)"));
    };
    let ends = between(whole, low, high.trim())?;
    let value = Decimal::parse_piece(best.trim())?;
    match ends {
        Quantity::Between(low, high) if low <= value && value <= high => Ok(Quantity::Best { low, best: value, high }),
        _ => Err(best.error("the best value lies outside of its range").help("it lies between the two ends")),
    }
}

fn between(whole: Piece, low: Piece, high: Piece) -> Result<Quantity, ValueError> {
    if low.text.starts_with(['~', '<', '>']) || high.text.starts_with(['~', '<', '>', '=']) {
        return Err(whole.error("a range has plain numbers at its ends, as in 11000..15000"));
    }
    match (low.text.is_empty(), high.text.is_empty()) {
        (true, true) => return Err(whole.error("a range needs its two ends, as in 11000..15000")),
        (false, true) | (true, false) => return Err(whole.error("a range needs its two ends")),
        (false, false) => {}
    }
    let (first, last) = (Decimal::parse_piece(low)?, Decimal::parse_piece(high)?);
    match first.cmp(&last) {
        Ordering::Less => Ok(Quantity::Between(first, last)),
        Ordering::Equal => Err(whole.error("the range has the same number at both ends")),
        Ordering::Greater => Err(whole.error("the range ends below its start")),
    }
}

/// What to write in place of a text that is no quantity: all that it says, in a form that can be read; else nothing.
fn suggested(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    // Margins and best values say for themselves what is wrong with them.
    let inside = lower.strip_prefix('±').unwrap_or(&lower);
    if inside.contains(['±', '(', ')']) || inside.contains("+-") || inside.contains("+/-") {
        return None;
    }
    let (sign, rest) = sign_of(&lower);
    let one = |number: &Meant| {
        let spelled: Vec<_> = number.same.iter().map(|number| format!("{sign}{number}")).collect();
        let is_read = |text: &String| Quantity::read(text).is_ok();
        match &number.other {
            _ if spelled.is_empty() || !spelled.iter().all(is_read) => None,
            None => Some(format!("write {}", spelled.join(" or "))),
            Some(other) => {
                Some(format!("write {} for thousands, {sign}{other} for a decimal point", spelled.join(" or ")))
            }
        }
    };
    let Some((low, high)) = ends_of(rest) else { return one(&meant(rest)) };
    // « –5 » and « 5- »: a minus or a slip of the pen as likely as a range without an end.
    if (low.trim().is_empty() || high.trim().is_empty()) && !rest.contains("..") {
        return None;
    }
    let at_most_one = |sign: &str, number: &str| {
        let meant = meant(number);
        let written = format!("{sign}{}", meant.same.first().filter(|_| meant.other.is_none())?);
        Quantity::read(&written).is_ok().then(|| format!("write {written}"))
    };
    match (low.trim(), high.trim()) {
        _ if !sign.is_empty() => None,
        ("", "") => None,
        (low, "") => at_most_one(">=", low),
        ("", high) => at_most_one("<=", high),
        (low, high) => {
            // In « 3 to 5 million », is the first three, or three million?
            let has_word = |text: &str| text.contains(char::is_alphabetic);
            let [first, last] = [low, high].map(meant);
            if has_word(low) != has_word(high) || first.other.is_some() || last.other.is_some() {
                return None;
            }
            let (first, last) = (first.same.first()?, last.same.first()?);
            let (low, high) = (Decimal::parse(first).ok()?, Decimal::parse(last).ok()?);
            Some(match low.cmp(&high) {
                Ordering::Less => format!("write {first}..{last}"),
                Ordering::Equal => format!("write {first}"),
                // In « 1914..18 » the second end is written short, and what it means is not what it says.
                Ordering::Greater if short_end(first, last) => return None,
                Ordering::Greater => format!("write {last}..{first}"),
            })
        }
    }
}

/// Whether the second end of a range has fewer digits than the first, so that it may leave out some of them.
fn short_end(first: &str, last: &str) -> bool {
    let digits = |text: &str| text.split('.').next().unwrap_or_default().matches(|c: char| c.is_ascii_digit()).count();
    digits(last) < digits(first)
}

/// The sign that a text begins or ends with, in the form that it has here, and the rest.
fn sign_of(text: &str) -> (&'static str, &str) {
    if let Some(rest) = text.strip_suffix('+') {
        return (">=", rest);
    }
    let foreign = OTHER_SIGNS.iter().find_map(|(written, sign)| Some((*sign, text.strip_prefix(written)?)));
    let own = || [">=", "<=", ">", "<", "~"].into_iter().find_map(|sign| Some((sign, text.strip_prefix(sign)?)));
    foreign.or_else(own).unwrap_or(("", text))
}

/// The ends of a range, however they are joined.
fn ends_of(text: &str) -> Option<(&str, &str)> {
    let joints = ["..", " - ", "–", "—", " à ", " to ", " bis "];
    let dash = || text.char_indices().skip(1).find(|(_, c)| *c == '-').map(|(at, _)| (&text[..at], &text[at + 1..]));
    joints.iter().find_map(|joint| text.split_once(joint)).or_else(dash)
}

/// Signs and words that have a form of their own here.
const OTHER_SIGNS: [(&str, &str); 21] = [
    ("≥", ">="),
    ("≤", "<="),
    ("=>", ">="),
    ("=<", "<="),
    ("≈", "~"),
    ("plus ou moins ", "~"),
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
    if whole.text.starts_with('±') {
        let error = whole.error("before `±` stands a number, and after it how far that may be off");
        return Err(error.help("a margin reads 837214 ± 20%; about is `~`"));
    }
    let lower = whole.text.to_lowercase();
    if let Some((written, sign)) = OTHER_SIGNS.iter().find(|(written, _)| lower.starts_with(written)) {
        return Err(whole.error(format!("`{}` is written `{sign}`", written.trim())));
    }
    if ["+/-", "+-"].iter().any(|sign| whole.text.contains(sign)) {
        let written = whole.text.replacen("+/-", " ± ", 1).replacen("+-", " ± ", 1);
        let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
        return Err(whole.error("a margin is written `±`").help(format!("write {written}")));
    }
    if whole.text.ends_with('+') { Err(whole.error("`+` is written `>=`")) } else { Ok(()) }
}

/// `11000-15000`, which is a range everywhere else.
fn dash(whole: Piece) -> Option<ValueError> {
    let (low, high) = ends_of(whole.text)?;
    let is_number = |text: &str| !meant(text).same.is_empty();
    (is_number(low) && is_number(high)).then(|| whole.error("a range is written with `..`"))
}
