//! Dates that can be held against one another.

use crate::dossier::config::Exception;
use crate::model::Dated;
use crate::model::date::calendar::day_number;

/// Whether one date lies wholly before another, and nobody marked either as uncertain or approximate.
pub(super) fn is_before(one: &Dated, other: &Dated) -> bool {
    let is_firm = |d: &Dated| !d.date.is_uncertain() && !d.date.is_approximate();
    let apart = one.date.latest().zip(other.date.earliest()).is_some_and(|(end, start)| end < start);
    apart && is_firm(one) && is_firm(other)
}

/// Whether the last day of an exception is over.
pub(super) fn is_expired(exception: &Exception, today: jiff::civil::Date) -> bool {
    let day = day_number(i64::from(today.year()), today.month().unsigned_abs(), today.day().unsigned_abs());
    exception.until.as_ref().and_then(|until| until.value.latest()).is_some_and(|last| last < day)
}
