//! Where ticks may stand: numbers in steps of 1, 2 and 5 times a power of ten; days, months and years.

use sourcebook_core::model::date::calendar::day_number;
use sourcebook_core::model::date::{Civil, Day};

use super::Tick;

/// Steps from fine to coarse, the first giving at most some eight ticks.
pub(super) fn number_steps(span: f64) -> impl Iterator<Item = (f64, i32)> {
    let mut power = -7;
    while power < 18 && ten(power + 1) * 8.0 < span {
        power += 1;
    }
    (power..power + 5)
        .flat_map(|p| [1.0, 2.0, 5.0].map(|times| (times * ten(p), p)))
        .skip_while(move |(step, _)| span / step > 8.0)
}

/// Numbers a step apart that cover the range, each with its digits after the point. Where a value runs on past an end
/// (`open`), a quarter of a step at least is left there; but counts do not go below nought.
pub(super) fn numbers(low: f64, high: f64, (step, power): (f64, i32), open: (bool, bool)) -> Vec<(f64, usize)> {
    let (mut from, mut to) = ((low / step).floor(), (high / step).ceil());
    if open.0 && low - from * step < step / 4.0 && from != 0.0 {
        from -= 1.0;
    }
    if to <= from || (open.1 && to * step - high < step / 4.0) {
        to = from.max(to) + 1.0;
    }
    let decimals = usize::try_from(-power).unwrap_or(0).min(6);
    let count = (to - from).clamp(1.0, 24.0) as i32;
    (0..=count).map(|i| ((from + f64::from(i)) * step, decimals)).collect()
}

/// Whole powers of ten, without the rounding of a logarithm.
fn ten(power: i32) -> f64 {
    let times = (0..power.abs()).fold(1.0, |n, _| n * 10.0);
    if power < 0 { 1.0 / times } else { times }
}

/// Sets of ticks within a range of days, from fine to coarse; those that would be far too many are left out.
pub(super) fn dates(low: f64, high: f64) -> impl Iterator<Item = Vec<(Day, Tick)>> {
    let (low, high) = (low.ceil() as Day, high.floor() as Day);
    let span = high.saturating_sub(low);
    let days = [1, 2, 7, 14].into_iter().filter(move |step| span / step < 12).map(move |step| by_day(low, high, step));
    let months =
        [1, 2, 3, 6].into_iter().filter(move |step| span / (step * 30) < 12).map(move |step| by_month(low, high, step));
    let years = (0..16)
        .flat_map(|power| [1, 2, 5].map(|times| times * 10_i64.pow(power)))
        .filter(move |step| span / 365 / step < 12)
        .map(move |step| by_year(low, high, step));
    days.chain(months).chain(years)
}

fn by_day(low: Day, high: Day, step: i64) -> Vec<(Day, Tick)> {
    let mut said = None;
    let days = (0..=high.saturating_sub(low) / step).map(|i| low + i * step);
    days.map(|number| {
        let Civil { year, month, day } = Civil::from_day(number);
        (number, Tick::Day { year, month, day, full: said.replace(year) != Some(year) })
    })
    .collect()
}

fn by_month(low: Day, high: Day, step: i64) -> Vec<(Day, Tick)> {
    let index = |day| {
        let Civil { year, month, .. } = Civil::from_day(day);
        year * 12 + i64::from(month) - 1
    };
    let mut said = None;
    let months = (index(low).div_euclid(step)..=index(high).div_euclid(step)).map(|i| i * step);
    let days = months.map(|i| {
        let (year, month) = (i.div_euclid(12), u8::try_from(i.rem_euclid(12) + 1).unwrap_or(1));
        (day_number(year, month, 1), year, month)
    });
    days.filter(|(day, ..)| (low..=high).contains(day))
        .map(|(day, year, month)| (day, Tick::Month { year, month, full: said.replace(year) != Some(year) }))
        .collect()
}

fn by_year(low: Day, high: Day, step: i64) -> Vec<(Day, Tick)> {
    let year = |day| Civil::from_day(day).year;
    let years = (year(low).div_euclid(step)..=year(high).div_euclid(step)).map(|i| i * step);
    let days = years.map(|year| (day_number(year, 1, 1), Tick::Year(year)));
    days.filter(|(day, _)| (low..=high).contains(day)).collect()
}
