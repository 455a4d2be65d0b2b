//! How far two dates are apart, as precisely as the vaguer of the two allows and no more.
//!
//! 1. The unit is that of the coarsest part of either date: days, months, years; the next finer where it gives none.
//! 2. Whole units between the nearest ends: "at least 5 months" between 2023 and June 2024.
//! 3. Two days are exactly so far apart; with a date that is itself "about", so is the distance.
//! 4. Of a date with two ends, or of several, the nearest day counts: so far apart at least.

use super::messages::Messages;
use super::quantity::window;
use crate::model::date::calendar::add_months;
use crate::model::date::{Day, Edtf, Form, Point, Precision, When};
use crate::model::value::{Window, WindowUnit};

/// "17 days", "at least 5 months", "about 3 years", for dates whose nearest ends are so many days apart.
pub fn between(first: &Edtf, second: &Edtf, days: i64, messages: &Messages) -> String {
    let length = window(length(first, second, days), messages);
    // Doubt about a day is doubt about the distance; of longer dates, the nearest ends are so far apart if they are right.
    let is_doubted = is_doubted_day(first, second) || is_doubted_day(second, first);
    let is_about = first.is_approximate() || second.is_approximate() || is_doubted;
    let is_exact = !is_about && is_day(first) && is_day(second);
    let is_least = !(is_exact || is_about && is_single(first) && is_single(second));
    let length = if is_about { messages.fill("distance.about", &[("length", &length)]) } else { length };
    if is_least { messages.fill("distance.at_least", &[("length", &length)]) } else { length }
}

fn is_single(date: &Edtf) -> bool {
    matches!(date.form(), Form::Single(_))
}

/// "at least 17 days", where nothing is known of the dates.
pub fn at_least(days: i64, messages: &Messages) -> String {
    let length = window(of_days(days), messages);
    messages.fill("distance.at_least", &[("length", &length)])
}

fn of_days(days: i64) -> Window {
    Window { count: u32::try_from(days).unwrap_or(u32::MAX), unit: WindowUnit::Days }
}

/// Whole units of the coarser precision, from the end of the earlier date.
fn length(first: &Edtf, second: &Edtf, days: i64) -> Window {
    let nearest = first.days().nearest(&second.days());
    let Some((earlier, _)) = nearest else { return of_days(days) };
    let later = earlier.saturating_add(days);
    let years = || Window { count: months(earlier, later) / 12, unit: WindowUnit::Years };
    let months = || Window { count: months(earlier, later), unit: WindowUnit::Months };
    let units = match first.precision().max(second.precision()) {
        Precision::Day => return of_days(days),
        Precision::Month | Precision::Season => vec![months()],
        Precision::Year | Precision::Decade | Precision::Century => vec![years(), months()],
    };
    units.into_iter().find(|window| window.count > 0).unwrap_or_else(|| of_days(days))
}

/// Whole months from one day to a later one.
fn months(earlier: Day, later: Day) -> u32 {
    let guess = later.saturating_sub(earlier) / 28;
    let fits = |count: &i64| add_months(earlier, *count) <= later;
    let count = (0..=guess).rev().find(fits).unwrap_or(0);
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn is_doubted_day(date: &Edtf, other: &Edtf) -> bool {
    date.is_uncertain() && is_day(date) && is_day(other)
}

fn is_day(date: &Edtf) -> bool {
    matches!(date.form(), Form::Single(Point { when: When::Day { .. }, .. }))
}
