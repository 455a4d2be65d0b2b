//! The proleptic Gregorian calendar on plain numbers (ISO 8601-1), for any year of up to fifteen digits.
//!
//! A day is its distance from 1970-01-01; the year 0 is 1 BC.

/// Days since 1970-01-01.
pub type Day = i64;

/// The largest year that is read; every calculation here stays far from overflow.
pub const MAX_YEAR: i64 = 999_999_999_999_999;

/// A day by its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Civil {
    /// Astronomical: 0 is 1 BC.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Civil {
    /// The day of that number.
    pub fn from_day(day: Day) -> Self {
        let mut year = guess_year(day);
        while first_of_year(year) > day {
            year -= 1;
        }
        while first_of_year(year + 1) <= day {
            year += 1;
        }
        let mut month = 1;
        while month < 12 && day_number(year, month + 1, 1) <= day {
            month += 1;
        }
        let day = day - day_number(year, month, 1) + 1;
        Self { year, month, day: u8::try_from(day).unwrap_or(31) }
    }

    /// The number of this day.
    pub fn day(self) -> Day {
        day_number(self.year, self.month, self.day)
    }
}

/// The number of a day; month and day are taken as valid.
pub fn day_number(year: i64, month: u8, day: u8) -> Day {
    const BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let index = usize::from(month.clamp(1, 12)) - 1;
    let leap = i64::from(index > 1 && is_leap(year));
    first_of_year(year) + BEFORE[index] + leap + i64::from(day) - 1
}

/// The number of days in a month.
pub fn month_length(year: i64, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The same day of the month some months later (or earlier), or the last one where that month is too short.
pub fn add_months(day: Day, months: i64) -> Day {
    let Civil { year, month, day } = Civil::from_day(day);
    let index = i64::from(month) - 1 + months;
    let year = year + index.div_euclid(12);
    let month = u8::try_from(index.rem_euclid(12) + 1).unwrap_or(1);
    day_number(year, month, day.min(month_length(year, month)))
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn first_of_year(year: i64) -> Day {
    const FROM_YEAR_1_TO_1970: i64 = 719_162;
    let past = year - 1;
    past * 365 + past.div_euclid(4) - past.div_euclid(100) + past.div_euclid(400) - FROM_YEAR_1_TO_1970
}

/// The year of a day, at most one off: 400 years are 146,097 days.
fn guess_year(day: Day) -> i64 {
    let year = (i128::from(day) * 400).div_euclid(146_097) + 1970;
    i64::try_from(year).unwrap_or(MAX_YEAR)
}
