//! Quantities in words: "plus de 10 000 soldats".

use super::messages::Messages;
use super::number;
use crate::model::value::{Decimal, Quantity, Tolerance, Window, WindowUnit};

/// A quantity with its unit, if there is one.
pub fn label(quantity: &Quantity, unit: Option<&str>, messages: &Messages) -> String {
    let number = |value: &Decimal| number::decimal(*value, messages.language());
    let one = |key: &str, value: &Decimal| messages.fill(key, &[("n", &number(value))]);
    let value = match quantity {
        Quantity::Exactly(n) => number(n),
        Quantity::About(n) => one("quantity.about", n),
        Quantity::MoreThan(n) => one("quantity.more_than", n),
        Quantity::AtLeast(n) => one("quantity.at_least", n),
        Quantity::LessThan(n) => one("quantity.less_than", n),
        Quantity::AtMost(n) => one("quantity.at_most", n),
        Quantity::Between(low, high) => {
            messages.fill("quantity.between", &[("low", &number(low)), ("high", &number(high))])
        }
    };
    with_unit(value, unit, messages)
}

/// A number with its unit, which stays on its line.
pub(super) fn with_unit(value: String, unit: Option<&str>, messages: &Messages) -> String {
    match unit {
        Some(unit) => messages.fill("quantity.with_unit", &[("value", &value), ("unit", unit)]),
        None => value,
    }
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

/// What "about" means for a question: "10 %", "500 soldats", "7 jours".
pub fn tolerance(tolerance: Tolerance, unit: Option<&str>, messages: &Messages) -> String {
    match tolerance {
        Tolerance::Percent(thousandths) => {
            let share = Decimal::parse(&format!("{}.{:03}0", thousandths / 1000, thousandths % 1000));
            let share = number::decimal(share.unwrap_or_default(), messages.language());
            messages.fill("quantity.percent", &[("n", &share)])
        }
        Tolerance::Absolute(value) => with_unit(number::decimal(value, messages.language()), unit, messages),
        Tolerance::Time(time) => window(time, messages),
    }
}
