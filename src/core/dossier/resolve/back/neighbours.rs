//! What surely happened before an event and after it, and what may have been either.
//!
//! Dates are intervals: one event is before another only if the last day that its date may mean is before the first that the
//! other's may. Of those the nearest is a neighbour; of the rest nobody knows the order.

use crate::model::date::Day;
use crate::model::{Dossier, Event, EventIx};

/// So many events of unknown order are named.
const NAMED: usize = 5;

/// So far in the order of dates they are looked for, on either side.
const LOOKED_AT: usize = 100;

/// Finds the neighbours of all events, which are given in the order of their dates.
pub(super) fn find(dossier: &mut Dossier, order: &[usize]) {
    let events = &dossier.events;
    let sorted = |day: fn(&Event) -> Option<Day>| {
        let mut days: Vec<(Day, usize)> = (0..events.len()).filter_map(|i| Some((day(&events[i])?, i))).collect();
        days.sort_unstable();
        days
    };
    let (ends, starts) = (sorted(|e| e.date.date.latest()), sorted(|e| e.date.date.earliest()));
    let mut parts: Vec<Vec<usize>> = vec![Vec::new(); events.len()];
    for (i, event) in events.iter().enumerate() {
        if let Some(whole) = event.part_of {
            parts[whole.position()].push(i);
        }
    }
    let found: Vec<_> = (order.iter().enumerate())
        .map(|(place, &i)| {
            let date = &events[i].date.date;
            let over = date.earliest().map_or(0, |first| ends.partition_point(|(last, _)| *last < first));
            let begun = date.latest().map_or(starts.len(), |last| starts.partition_point(|(first, _)| *first <= last));
            let before = over.checked_sub(1).map(|n| EventIx::at(ends[n].1));
            let after = starts.get(begun).map(|(_, n)| EventIx::at(*n));
            let known = over + (starts.len() - begun);
            let (unordered, related) = unordered(events, order, place, &parts[i]);
            (i, before, after, unordered, (events.len() - 1).saturating_sub(known + related))
        })
        .collect();
    for (i, before, after, unordered, count) in found {
        let event = &mut dossier.events[i];
        (event.before, event.after) = (before, after);
        (event.unordered, event.unordered_count) = (unordered, count);
    }
}

/// The nearest events of unknown order, by date, and how many more are unordered only because one is part of the other.
fn unordered(events: &[Event], order: &[usize], place: usize, parts: &[usize]) -> (Vec<EventIx>, usize) {
    let this = order[place];
    let is_unordered =
        |other: usize| !is_before(&events[this], &events[other]) && !is_before(&events[other], &events[this]);
    let near = (1..=LOOKED_AT).flat_map(|n| [place.checked_sub(n), place.checked_add(n)]).flatten();
    let near = near.filter_map(|n| order.get(n).copied());
    let named = near.filter(|other| is_unordered(*other) && !is_related(events, this, *other)).take(NAMED);
    let mut named: Vec<_> = named.collect();
    named.sort_by_key(|i| (events[*i].date.date.sort_key(), *i));
    let whole = events[this].part_of.iter().map(|whole| whole.position());
    let related = whole.chain(parts.iter().copied()).filter(|other| is_unordered(*other)).count();
    (named.into_iter().map(EventIx::at).collect(), related)
}

fn is_before(one: &Event, other: &Event) -> bool {
    let (last, first) = (one.date.date.latest(), other.date.date.earliest());
    last.zip(first).is_some_and(|(last, first)| last < first)
}

fn is_related(events: &[Event], one: usize, other: usize) -> bool {
    let part = |part: usize, whole: usize| events[part].part_of.is_some_and(|w| w.position() == whole);
    part(one, other) || part(other, one)
}
