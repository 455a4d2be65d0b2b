//! One scale for all values of a figure, with readable ticks.
//!
//! 1. [`Reach`]: what the values cover, and on which sides they run on without limit.
//! 2. [`Axis::number`], [`Axis::date`]: the coarsest ticks that are still many enough, in steps that people count in,
//!    and whose words fit side by side on a narrow screen.
//! 3. [`Axis::at`]: a value's place in per cent of the width.

mod ticks;

use sourcebook_core::model::date::{Day, DayRange, DaySet};

use super::text;

/// Where a tick stands; the caller words it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tick {
    /// A number, to be shown with that many digits after the point (0 to 6).
    Number {
        /// The number.
        value: f64,
        /// Digits after the point.
        decimals: usize,
    },
    /// The first of January of a year (astronomical: 0 is 1 BC).
    Year(i64),
    /// The first of a month.
    Month {
        /// Year.
        year: i64,
        /// 1 to 12.
        month: u8,
        /// The first tick of its year: the year should be said.
        full: bool,
    },
    /// A day.
    Day {
        /// Year.
        year: i64,
        /// 1 to 12.
        month: u8,
        /// 1 to 31.
        day: u8,
        /// The first tick of its year: the year should be said.
        full: bool,
    },
}

/// How ticks are worded: numbers grouped, months named, in the language of the page.
pub type Wording<'a> = &'a dyn Fn(Tick) -> String;

/// What an axis measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Numbers.
    Number,
    /// Days.
    Date,
}

/// What the values of a figure cover together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Reach {
    bounds: Option<(f64, f64)>,
    open_left: bool,
    open_right: bool,
}

impl Reach {
    pub(super) fn add(&mut self, value: f64) {
        if value.is_finite() {
            let value = value.clamp(-LIMIT, LIMIT);
            let (low, high) = self.bounds.unwrap_or((value, value));
            self.bounds = Some((low.min(value), high.max(value)));
        }
    }

    pub(super) fn open(&mut self, left: bool, right: bool) {
        self.open_left |= left;
        self.open_right |= right;
    }

    /// Days count from their morning to the next one.
    pub(super) fn add_days(&mut self, days: &DaySet) {
        for range in days.ranges() {
            let (first, last) = (range.first.or(range.last), range.last.or(range.first));
            first.into_iter().for_each(|day| self.add(day as f64));
            last.into_iter().for_each(|day| self.add(day as f64 + 1.0));
            self.open(range.first.is_none(), range.last.is_none());
        }
    }
}

/// Far past any value that can be typed; days and numbers beyond it stand at the edge.
const LIMIT: f64 = 4e17;
/// The narrowest a strip of the page gets, in pixels: the words of the ticks must fit there.
const NARROW: f64 = 270.0;
const MARGIN: f64 = 6.0;
const TICK_SIZE: f64 = 12.0;
const MOST_TICKS: usize = 6;
/// Room at either end of the width, in per cent, so that no mark is cut.
const INSET: f64 = 3.0;

/// A scale with its ticks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Axis {
    low: f64,
    high: f64,
    /// Value and words, in order.
    pub(super) ticks: Vec<(f64, String)>,
}

impl Axis {
    /// The axis of a kind.
    pub(super) fn new(scale: Scale, reach: Reach, wording: Wording) -> Self {
        match scale {
            Scale::Number => Self::number(reach, wording),
            Scale::Date => Self::date(reach, wording),
        }
    }

    /// Numbers: from a tick to a tick, and one step more where a value runs on from the last.
    pub(super) fn number(reach: Reach, wording: Wording) -> Self {
        Self::number_fitting(reach, wording, &|axis| axis.fits())
    }

    /// Numbers on a side of their own, where words stand one above the other.
    pub(super) fn upright(reach: Reach, wording: Wording) -> Self {
        Self::number_fitting(reach, wording, &|_| true)
    }

    fn number_fitting(reach: Reach, wording: Wording, fits: &dyn Fn(&Self) -> bool) -> Self {
        let (low, high) = reach.bounds.map(spread).unwrap_or((0.0, 1.0));
        let mut axis = Self { low, high, ticks: Vec::new() };
        for step in ticks::number_steps(high - low) {
            let numbers = ticks::numbers(low, high, step, (reach.open_left, reach.open_right));
            let ends = (numbers.first().map_or(low, |n| n.0), numbers.last().map_or(high, |n| n.0));
            let ticks = numbers.iter().map(|&(value, decimals)| (value, wording(Tick::Number { value, decimals })));
            axis = Self { low: ends.0, high: ends.1, ticks: ticks.collect() };
            if axis.ticks.len() <= MOST_TICKS && fits(&axis) {
                break;
            }
        }
        axis
    }

    /// Dates: the days covered and a little more, with ticks at whole days, months or years.
    pub(super) fn date(reach: Reach, wording: Wording) -> Self {
        Self::date_within(reach, 0.04, wording)
    }

    /// Dates, with a margin on either side as a share of what is covered.
    pub(super) fn date_within(reach: Reach, margin: f64, wording: Wording) -> Self {
        let (low, high) = reach.bounds.unwrap_or((0.0, 1.0));
        let pad = ((high - low) * margin).max(1.0);
        let low = low - if reach.open_left { pad * 3.0 } else { pad };
        let high = high + if reach.open_right { pad * 3.0 } else { pad };
        let mut best: Option<Self> = None;
        for candidates in ticks::dates(low, high) {
            let ticks = candidates.into_iter().map(|(day, tick)| (day as f64, wording(tick))).collect();
            let axis = Self { low, high, ticks };
            if axis.ticks.len() > MOST_TICKS || !axis.fits() {
                continue;
            }
            if axis.ticks.len() > 1 {
                return axis;
            }
            best = best.filter(|b| !b.ticks.is_empty()).or(Some(axis));
        }
        best.unwrap_or(Self { low, high, ticks: Vec::new() })
    }

    /// Where a value stands, in per cent from the left, within the inset.
    pub(super) fn at(&self, value: f64) -> f64 {
        let span = self.high - self.low;
        let share = if span > 0.0 && value.is_finite() { (value - self.low) / span } else { 0.5 };
        INSET + share.clamp(0.0, 1.0) * (100.0 - 2.0 * INSET)
    }

    /// Both ends of a range of days; an open end is the edge.
    pub(super) fn days(&self, range: DayRange) -> (f64, f64) {
        let from = range.first.map_or(0.0, |day: Day| self.at(day as f64));
        let to = range.last.map_or(100.0, |day| self.at(day as f64 + 1.0));
        (from, to.max(from))
    }

    fn fits(&self) -> bool {
        let boxes = self.ticks.iter().map(|(value, words)| {
            let (x, width) = (self.at(*value) / 100.0 * NARROW, text::width(words, TICK_SIZE));
            match anchor(self.at(*value), words) {
                "start" => (x, x + width),
                "end" => (x - width, x),
                _ => (x - width / 2.0, x + width / 2.0),
            }
        });
        let boxes: Vec<_> = boxes.collect();
        boxes.windows(2).all(|pair| pair[0].1 + 8.0 <= pair[1].0)
    }
}

/// How the words of a tick are set so that they do not leave the box by more than the margin around it.
pub(super) fn anchor(percent: f64, words: &str) -> &'static str {
    let (x, half) = (percent / 100.0 * NARROW, text::width(words, TICK_SIZE) / 2.0);
    match () {
        () if half - x > MARGIN => "start",
        () if x + half - NARROW > MARGIN => "end",
        () => "middle",
    }
}

/// Bounds with some distance between them; from nought where that is not far, as most counts start there.
fn spread((low, high): (f64, f64)) -> (f64, f64) {
    let magnitude = low.abs().max(high.abs());
    let least = (magnitude * 1e-9).max(1e-6);
    if high - low < least {
        let pad = if magnitude > 0.0 { (magnitude * 0.1).max(least) } else { 1.0 };
        return (if low >= 0.0 { (low - pad).max(0.0) } else { low - pad }, high + pad);
    }
    let near_nought = low > 0.0 && low < high * 0.34;
    (if near_nought { 0.0 } else { low }, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sourcebook_core::model::date::Edtf;

    fn plain(tick: Tick) -> String {
        match tick {
            Tick::Number { value, decimals } => format!("{value:.decimals$}"),
            Tick::Year(year) => year.to_string(),
            Tick::Month { year, month, full } => {
                if full {
                    format!("{year}-{month:02}")
                } else {
                    format!("{month:02}")
                }
            }
            Tick::Day { month, day, .. } => format!("{month:02}-{day:02}"),
        }
    }

    fn words(axis: &Axis) -> String {
        axis.ticks.iter().map(|t| t.1.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn numbers_are_counted_in_ones_twos_and_fives() {
        for (values, open, expect) in [
            (&[8000.0, 15000.0][..], (false, false), "8000 10000 12000 14000 16000"),
            (&[10000.0, 11000.0], (false, true), "10000 10500 11000 11500"),
            (&[1.0, 9.0], (false, false), "0 2 4 6 8 10"),
            (&[7.0], (false, false), "6.0 6.5 7.0 7.5 8.0"),
            (&[0.0], (true, false), "0.0 0.2 0.4 0.6 0.8 1.0"),
            (&[-3.0, 0.2], (false, false), "-3 -2 -1 0 1"),
            (&[], (false, false), "0.0 0.2 0.4 0.6 0.8 1.0"),
        ] {
            let mut reach = Reach::default();
            values.iter().for_each(|v| reach.add(*v));
            reach.open(open.0, open.1);
            assert_eq!(words(&Axis::number(reach, &plain)), expect, "{values:?}");
        }
    }

    #[test]
    fn dates_are_counted_in_days_months_and_years() {
        for (dates, expect) in [
            (&["2023", "2024-06"][..], "2023-01 07 2024-01 07"),
            (&["2024-11-03", "2024-11-23"], "11-02 11-09 11-16 11-23"),
            (&["1914", "2024"], "1920 1940 1960 1980 2000 2020"),
            (&["2024-06-19"], "06-18 06-19 06-20 06-21"),
            (&["Y-999999999999999", "Y999999999999999"], "0"),
        ] {
            let mut reach = Reach::default();
            dates.iter().for_each(|d| reach.add_days(&Edtf::parse(d).unwrap().days()));
            assert_eq!(words(&Axis::date(reach, &plain)), expect, "{dates:?}");
        }
    }
}
