//! Quantities in words: "plus de 10 000 soldats".

use super::messages::Messages;
use super::number;
use crate::model::value::{Decimal, Margin, Quantity, Tolerance, Window, WindowUnit};

/// A quantity with its unit, if there is one.
pub fn label(quantity: &Quantity, unit: Option<&str>, messages: &Messages) -> String {
    let number = |value: &Decimal| signed(number::decimal(*value, messages.language()), unit, messages);
    let one = |key: &str, value: &Decimal| messages.fill(key, &[("n", &number(value))]);
    let value = match quantity {
        Quantity::Exactly(n) => number(n),
        Quantity::About(n) => one("quantity.about", n),
        Quantity::MoreThan(n) => one("quantity.more_than", n),
        Quantity::AtLeast(n) => one("quantity.at_least", n),
        Quantity::LessThan(n) => one("quantity.less_than", n),
        Quantity::AtMost(n) => one("quantity.at_most", n),
        Quantity::Between(low, high) => between(low, high, unit, messages),
        Quantity::Margin(n, Margin::Percent(share)) => return about_a_share(*n, *share, unit, messages),
        Quantity::Margin(n, Margin::Absolute(reach)) => with_margin(&number(n), &number(reach), messages),
        Quantity::Best { low, best, high } => {
            let range = after(between(low, high, unit, messages), unit, messages);
            return messages.fill("quantity.best", &[("range", &range), ("n", &number(best))]);
        }
    };
    match (quantity, unit) {
        (Quantity::Exactly(n), Some(unit)) if *n == Decimal::from_integer(1) && is_plural(unit) => {
            lone(&value, unit, messages)
        }
        _ => after(value, unit, messages),
    }
}

/// "800 t ± 20 %": a share is one of the value with its unit, and bears no unit itself. Of a value that is a share itself
/// nobody could tell what it is a share of: there it is worked out, "5 ± 1 %".
fn about_a_share(n: Decimal, share: u32, unit: Option<&str>, messages: &Messages) -> String {
    if unit == Some("%") {
        let [n, reach] = [n, n.share(share)].map(|value| number::decimal(value, messages.language()));
        return after(with_margin(&n, &reach, messages), unit, messages);
    }
    with_margin(&with_unit(n, unit, messages), &percent(share, messages), messages)
}

fn with_margin(n: &str, margin: &str, messages: &Messages) -> String {
    messages.fill("quantity.margin", &[("n", n), ("margin", margin)])
}

fn between(low: &Decimal, high: &Decimal, unit: Option<&str>, messages: &Messages) -> String {
    let ends = [low, high].map(|end| signed(number::decimal(*end, messages.language()), unit, messages));
    messages.fill("quantity.between", &[("low", &ends[0]), ("high", &ends[1])])
}

/// A quantity that was converted, no more exactly than it was measured; where nothing is known of that, to four digits.
pub fn rounded(value: Quantity, step: Decimal) -> Quantity {
    let to = |n: Decimal| {
        let known = if step > Decimal::ZERO { step } else { n.leading(4) };
        n.rounded_to(known.leading(1))
    };
    value.map(to, to)
}

/// A share in thousandths of a per cent: "10 %".
fn percent(thousandths: u32, messages: &Messages) -> String {
    let share = number::decimal(Decimal::from_thousandths(thousandths), messages.language());
    messages.fill("quantity.percent", &[("n", &share)])
}

/// A number with its unit, which stays on its line. Of one, a unit that is a word stands in brackets: the sheet has its
/// plural, and no language would say "1 people".
pub fn with_unit(n: Decimal, unit: Option<&str>, messages: &Messages) -> String {
    let value = signed(number::decimal(n, messages.language()), unit, messages);
    match unit {
        Some(unit) if n == Decimal::from_integer(1) && is_plural(unit) => lone(&value, unit, messages),
        _ => after(value, unit, messages),
    }
}

/// How far two numbers are apart, with their unit: of shares, in points of a hundred.
pub(super) fn distance(n: Decimal, unit: Option<&str>, messages: &Messages) -> String {
    if unit != Some("%") {
        return with_unit(n, unit, messages);
    }
    let key = if n == Decimal::from_integer(1) { "quantity.point" } else { "quantity.points" };
    messages.fill(key, &[("n", &number::decimal(n, messages.language()))])
}

/// The signs of money that some languages set before the number.
const SIGNS: [&str; 7] = ["$", "£", "€", "¥", "₩", "₽", "₹"];

/// A number with the sign of its money, where the language sets that before.
fn signed(value: String, unit: Option<&str>, messages: &Messages) -> String {
    match unit.filter(|unit| SIGNS.contains(unit) && messages.language().rules().sign_first) {
        Some(sign) => format!("{sign}{value}"),
        None => value,
    }
}

/// The unit after a number that has no sign before it.
fn after(value: String, unit: Option<&str>, messages: &Messages) -> String {
    match unit {
        Some("%") => messages.fill("quantity.percent", &[("n", &value)]),
        Some(unit) if SIGNS.contains(&unit) && messages.language().rules().sign_first => value,
        Some(unit) => messages.fill("quantity.with_unit", &[("value", &value), ("unit", unit)]),
        None => value,
    }
}

fn lone(value: &str, unit: &str, messages: &Messages) -> String {
    messages.fill("quantity.one", &[("value", value), ("unit", unit)])
}

/// Whether a unit is a word that has a singular, and not a symbol: "people", not "km".
fn is_plural(unit: &str) -> bool {
    let is_symbol = crate::model::value::unit::ALL.iter().any(|known| known.symbol == unit);
    !is_symbol && unit.chars().filter(|c| c.is_alphabetic()).count() > 2 && unit.chars().any(char::is_lowercase)
}

/// A stretch of the calendar: "14 jours".
pub fn window(window: Window, messages: &Messages) -> String {
    let key = match window.unit {
        WindowUnit::Days => "duration.days",
        WindowUnit::Months => "duration.months",
        WindowUnit::Years => "duration.years",
    };
    messages.count(key, usize::try_from(window.count).unwrap_or(usize::MAX), &[])
}

/// A stretch of hours, minutes and seconds, by its two largest: "6 heures", "1 heure et 30 minutes".
pub fn stretch(seconds: i64, messages: &Messages) -> String {
    let seconds = usize::try_from(seconds).unwrap_or(0);
    let parts = [
        ("duration.hours", seconds / 3_600),
        ("duration.minutes", seconds / 60 % 60),
        ("duration.seconds", seconds % 60),
    ];
    let said: Vec<_> = parts.into_iter().filter(|(_, n)| *n > 0).take(2).collect();
    let words: Vec<_> = said.into_iter().map(|(key, n)| messages.count(key, n, &[])).collect();
    super::list::join(&words, messages)
}

/// What "about" means for a question: "10 %", "500 soldats", "7 jours".
pub fn tolerance(tolerance: Tolerance, unit: Option<&str>, messages: &Messages) -> String {
    match tolerance {
        Tolerance::Percent(thousandths) => percent(thousandths, messages),
        Tolerance::Absolute(value) => distance(value, unit, messages),
        Tolerance::Time(time) => window(time, messages),
    }
}
