//! Exact decimal numbers, small: fifteen digits before the point, six after. No floating point takes part in a
//! comparison, so that 0.1 is 0.1 and a verdict never turns on rounding.

use std::fmt;

use crate::model::fault::{Piece, ValueError, is_digits};

/// A decimal number, as a count of 10⁻¹²: six digits more than can be typed, so that shares of it are exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(i128);

const ONE: i128 = 1_000_000_000_000;
const MAX_INTEGER_DIGITS: usize = 15;
const MAX_DECIMALS: usize = 6;

impl Decimal {
    /// Nought.
    pub const ZERO: Self = Self(0);

    /// Reads `10000`, `10_000`, `-3.5`; a fault says what to write instead.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        Self::parse_piece(Piece::whole(text))
    }

    pub(in crate::model) fn parse_piece(piece: Piece) -> Result<Self, ValueError> {
        let (negative, digits) = match piece.strip_prefix("-") {
            Some(rest) => (true, rest),
            None => (false, piece),
        };
        let (integer, decimals) = digits.split_once(".").map_or((digits, None), |(i, d)| (i, Some(d)));
        let Some(integer_text) = ungroup(integer.text) else { return Err(not_a_number(piece)) };
        if decimals.is_some_and(|d| !is_digits(d.text)) {
            return Err(not_a_number(piece));
        }
        let decimals = decimals.map_or("", |d| d.text);
        if looks_grouped(integer.text, decimals) {
            return Err(piece.error("a point before three digits can be read in two ways"));
        }
        if integer_text.len() > MAX_INTEGER_DIGITS || decimals.len() > MAX_DECIMALS {
            return Err(piece.error("a number has at most fifteen digits, and six more after the point"));
        }
        let value = format!("{integer_text}{decimals:0<12}").parse().unwrap_or(0);
        Ok(Self(if negative { -value } else { value }))
    }

    /// A whole number.
    pub fn from_integer(value: i64) -> Self {
        Self(i128::from(value) * ONE)
    }

    /// Its nearest floating-point number, for drawing only.
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / ONE as f64
    }

    /// Its sign, digits before the point, and digits after it without trailing noughts, for setting it in a language.
    pub fn parts(self) -> (bool, String, String) {
        let magnitude = self.0.unsigned_abs();
        let (integer, rest) = (magnitude / ONE.unsigned_abs(), magnitude % ONE.unsigned_abs());
        let decimals = if rest == 0 { String::new() } else { format!("{rest:012}") };
        (self.0 < 0, integer.to_string(), decimals.trim_end_matches('0').to_owned())
    }

    /// Its value times `times`, divided by `by`, to the nearest 10⁻¹²; `None` where that is out of reach.
    pub fn scaled(self, times: i128, by: i128) -> Option<Self> {
        let product = self.0.checked_mul(times)?;
        let half = by / 2 * product.signum();
        Some(Self(product.checked_add(half)?.checked_div(by)?))
    }

    /// Its product with another, to the nearest 10⁻¹²; `None` where that is out of reach.
    pub fn times(self, other: Self) -> Option<Self> {
        self.scaled(other.0, ONE)
    }

    /// Its nearest multiple of a step; itself for a step of nought.
    #[must_use]
    pub fn rounded_to(self, step: Self) -> Self {
        if step.0 <= 0 {
            return self;
        }
        let half = step.0 / 2 * self.0.signum();
        Self(self.0.saturating_add(half) / step.0 * step.0)
    }

    /// The step of its digit so many from the first: of 1041.2, 1000 for one and 1 for four. Nought for nought.
    #[must_use]
    pub fn leading(self, digits: u32) -> Self {
        let magnitude = self.0.unsigned_abs();
        let length = magnitude.checked_ilog10().map_or(0, |log| log + 1);
        if length == 0 { Self::ZERO } else { Self(10i128.pow(length.saturating_sub(digits.max(1)))) }
    }

    /// Half of it.
    #[must_use]
    pub fn half(self) -> Self {
        Self(self.0 / 2)
    }

    /// The step of its last digit that is not nought: 10 for 650, 0.01 for 2.75, nought for nought.
    pub fn last_digit(self) -> Self {
        let (mut rest, mut step) = (self.0.abs(), 1);
        while rest != 0 && rest % 10 == 0 {
            rest /= 10;
            step *= 10;
        }
        Self(if rest == 0 { 0 } else { step })
    }

    /// The step of so many digits after the point: 0.01 for two.
    pub fn of_decimals(count: usize) -> Self {
        Self(u32::try_from(count).ok().and_then(|count| 10i128.checked_pow(count)).map_or(0, |unit| ONE / unit))
    }

    /// Whether it is a whole number.
    pub fn is_whole(self) -> bool {
        self.0 % ONE == 0
    }

    /// A share of its magnitude, in thousandths of a per cent. Exact for any number that can be typed.
    pub(crate) fn share(self, thousandths_of_percent: u32) -> Self {
        Self(self.0.abs() * i128::from(thousandths_of_percent) / 100_000)
    }

    pub(super) fn thousandths(self) -> Option<i128> {
        let unit = ONE / 1000;
        (self.0 % unit == 0).then_some(self.0 / unit)
    }

    pub(crate) fn from_thousandths(count: u32) -> Self {
        Self(i128::from(count) * (ONE / 1000))
    }
}

impl std::ops::Add for Decimal {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl std::ops::Sub for Decimal {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// As it can be read back: three decimals that might pass for thousands get a nought.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (negative, integer, decimals) = self.parts();
        let (sign, point) = (if negative { "-" } else { "" }, if decimals.is_empty() { "" } else { "." });
        let nought = if looks_grouped(&integer, &decimals) { "0" } else { "" };
        write!(f, "{sign}{integer}{point}{decimals}{nought}")
    }
}

/// Digits without the `_` between groups of three; `None` for anything else.
fn ungroup(text: &str) -> Option<String> {
    if is_digits(text) {
        return Some(text.to_owned());
    }
    let (first, rest) = text.split_once('_')?;
    let groups =
        is_digits(first) && first.len() <= 3 && rest.split('_').all(|group| is_digits(group) && group.len() == 3);
    groups.then(|| text.replace('_', ""))
}

/// `10.000` is ten thousand in half of Europe. `0.125` is not.
fn looks_grouped(integer: &str, decimals: &str) -> bool {
    decimals.len() == 3 && (1..=3).contains(&integer.len()) && !integer.starts_with('0')
}

const SPACES: [char; 4] = [' ', '\u{a0}', '\u{202f}', '\u{2009}'];

/// What a text that is no number here may mean, each written so that it can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Meant {
    /// The same number, once or in two spellings; the first is the shortest.
    pub same: Vec<String>,
    /// Another number, where one is as likely.
    pub other: Option<String>,
}

/// Words for thousands and millions; `milliard` and `billion` mean other numbers in other languages, and `m` is a metre.
const MULTIPLIERS: [(&str, usize); 10] = [
    ("k", 3),
    ("mille", 3),
    ("thousand", 3),
    ("tausend", 3),
    ("mio", 6),
    ("million", 6),
    ("millions", 6),
    ("millionen", 6),
    ("milliards", 9),
    ("milliarden", 9),
];

/// The number that was probably meant; nothing where a part of the text would be lost.
pub(super) fn meant(text: &str) -> Meant {
    let text = text.trim();
    if Decimal::parse(text).is_ok() {
        return Meant { same: vec![text.to_owned()], other: None };
    }
    let is_part =
        |c: char| c.is_ascii_digit() || SPACES.contains(&c) || matches!(c, '_' | '\'' | '’' | ',' | '.' | '-');
    let (number, word) = text.split_at(text.find(|c| !is_part(c)).unwrap_or(text.len()));
    let word = word.trim().trim_end_matches('.').to_lowercase();
    let noughts = match MULTIPLIERS.iter().find(|(name, _)| *name == word) {
        Some((_, noughts)) => *noughts,
        None if word.is_empty() => 0,
        None => return Meant::default(),
    };
    let meant = ungrouped(number.trim());
    let scaled = |number: String| scale(&number, noughts);
    match noughts {
        0 => meant,
        _ => Meant {
            same: meant.same.first().cloned().and_then(scaled).into_iter().collect(),
            other: meant.other.and_then(scaled),
        },
    }
}

/// A number by its digits, whatever groups them.
fn ungrouped(number: &str) -> Meant {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let without = digits.replace(SPACES, "").replace(['_', '\'', '’'], "");
    let signed = |number: String| format!("{sign}{number}");
    let point = without.find(['.', ',']);
    match point.map(|at| (&without[..at], &without[at + 1..])) {
        None if is_digits(&without) => {
            let grouped = group(&without);
            let several = if grouped == without { vec![without] } else { vec![without, grouped] };
            Meant { same: several.into_iter().map(signed).collect(), other: None }
        }
        Some((integer, decimals)) if is_digits(integer) && is_digits(decimals) => {
            let fraction = if decimals.trim_end_matches('0').is_empty() {
                integer.to_owned()
            } else if looks_grouped(integer, decimals) {
                format!("{integer}.{decimals}0")
            } else {
                format!("{integer}.{decimals}")
            };
            if looks_grouped(integer, decimals) {
                let whole = format!("{integer}{decimals}");
                let same = vec![signed(whole.clone()), signed(group(&whole))];
                return Meant { same, other: Some(signed(fraction)) };
            }
            Meant { same: vec![signed(fraction)], other: None }
        }
        // `1,000,000`, `1.000.000`
        Some(_) => {
            let parts: Vec<_> = without.split(['.', ',']).collect();
            let one_sign = !(without.contains('.') && without.contains(','));
            let groups =
                one_sign && parts[1..].iter().all(|part| part.len() == 3) && parts.iter().all(|part| is_digits(part));
            let same = if groups { vec![signed(parts.concat()), signed(parts.join("_"))] } else { Vec::new() };
            Meant { same, other: None }
        }
        None => Meant::default(),
    }
}

/// A number with its point so many places further to the right.
fn scale(number: &str, places: usize) -> Option<String> {
    let (integer, decimals) = number.split_once('.').unwrap_or((number, ""));
    let decimals = decimals.trim_end_matches('0');
    let (moved, rest) = decimals.split_at(decimals.len().min(places));
    let integer = format!("{integer}{moved}{}", "0".repeat(places - moved.len()));
    let digits = integer.trim_start_matches('0');
    let integer = if digits.is_empty() { "0" } else { digits };
    let scaled = if rest.is_empty() { integer.to_owned() } else { format!("{integer}.{rest}") };
    Decimal::parse(&scaled).is_ok().then_some(scaled)
}

/// Why a text is no number.
fn not_a_number(piece: Piece) -> ValueError {
    let text = piece.text.trim();
    if text.is_empty() {
        return piece.error("a number is missing");
    }
    let plain = text.replace(SPACES, "").replace(['_', '\'', '’', ','], "");
    let grouped = text.contains(SPACES) || text.contains(['\'', '’', ',', '_']);
    if grouped && is_digits(&plain) {
        return match text.split_once(',') {
            Some((_, decimals)) if decimals.len() != 3 && is_digits(decimals) => {
                piece.error("the decimal sign is a point")
            }
            Some((_, decimals)) if is_digits(decimals) => {
                piece.error("a comma before three digits can be read in two ways")
            }
            _ => piece.error("digits are grouped in threes by `_` or not at all"),
        };
    }
    let digits_end = text.find(|c: char| !c.is_ascii_digit() && !SPACES.contains(&c) && c != '.').unwrap_or(0);
    let rest = text[digits_end..].trim();
    if digits_end > 0 && rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '%' | '€' | '$')) {
        return piece.error(format!("`{rest}` is not part of a number: the unit is the question's"));
    }
    piece
        .error(format!("`{text}` is not a number"))
        .help("a quantity reads 10000, 10_000, ~10000, >10000, <=10000 or 11000..15000")
}

/// `10000` as `10_000`.
fn group(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    grouped
}
