//! Times of day, and dates as seconds, so that instants compare as instants in any zone.

use super::calendar::Day;
use super::{DayRange, DaySet, Edtf, Form, When};

/// A time of day, as exactly as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clock {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59; without it, some second of the minute.
    pub second: Option<u8>,
    /// How far the zone is ahead of UTC, in minutes; without it, the time of the place, wherever that is.
    pub offset: Option<i16>,
}

const DAY: i64 = 86_400;
/// The zones on either side: somewhere it is as late as that, and somewhere as early.
const AHEAD: i64 = 14 * 3_600;
const BEHIND: i64 = 12 * 3_600;

impl Clock {
    /// Reads `10:30`, `10:30:00Z`, `10:30:00+02:00`; what is not of that form was refused before.
    pub(super) fn read(text: &str) -> Option<Self> {
        let zone_at = text.find(['Z', '+', '-']).unwrap_or(text.len());
        let (clock, zone) = text.split_at(zone_at);
        let mut parts = clock.split(':').map(|part| part.parse::<u8>().ok());
        let offset = match zone.split_at_checked(1) {
            None => None,
            Some(("Z", _)) => Some(0),
            Some((sign, shift)) => {
                let (hours, minutes) = shift.split_once(':').unwrap_or((shift, "0"));
                let minutes = hours.parse::<i16>().ok()? * 60 + minutes.parse::<i16>().ok()?;
                Some(if sign == "-" { -minutes } else { minutes })
            }
        };
        Some(Self { hour: parts.next()??, minute: parts.next()??, second: parts.next().flatten(), offset })
    }

    /// The first and last second of its day that it may mean, by the clock on the wall.
    fn seconds(self) -> (i64, i64) {
        let minute = i64::from(self.hour) * 3_600 + i64::from(self.minute) * 60;
        match self.second {
            Some(second) => (minute + i64::from(second), minute + i64::from(second)),
            None => (minute, minute + 59),
        }
    }
}

impl Edtf {
    /// The time of day of a date and time.
    pub fn clock(&self) -> Option<Clock> {
        match self.form() {
            Form::Single(point) if matches!(point.when, When::Day { .. }) => self.time().and_then(Clock::read),
            _ => None,
        }
    }
}

/// Days as seconds since 1970, narrowed by a time of day: on the walls of one place, or as instants. A day or time without
/// a zone may then be that of any zone.
pub fn seconds(days: &DaySet, clock: Option<Clock>, as_instants: bool) -> DaySet {
    let offset = clock.and_then(|clock| clock.offset).map(|minutes| i64::from(minutes) * 60);
    let (earlier, later) = match (as_instants, offset) {
        (false, _) => (0, 0),
        (true, Some(offset)) => (offset, -offset),
        (true, None) => (AHEAD, BEHIND),
    };
    let (from, to) = clock.map_or((0, DAY - 1), Clock::seconds);
    let at = |day: Day, second: i64| day.saturating_mul(DAY).saturating_add(second);
    DaySet::new(days.ranges().iter().map(|range| DayRange {
        first: range.first.map(|day| at(day, from - earlier)),
        last: range.last.map(|day| at(day, to + later)),
    }))
}
