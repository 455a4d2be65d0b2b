//! Dates that can be held against one another.

use crate::model::Dated;

/// Whether one date lies wholly before another, and nobody marked either as uncertain or approximate.
pub(super) fn is_before(one: &Dated, other: &Dated) -> bool {
    let is_firm = |d: &Dated| !d.date.is_uncertain() && !d.date.is_approximate();
    let apart = one.date.latest().zip(other.date.earliest()).is_some_and(|(end, start)| end < start);
    apart && is_firm(one) && is_firm(other)
}
