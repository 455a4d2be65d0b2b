//! The chronology: what happened and, beside it, when things were said; by time, by actor, by question.

use sourcebook_core::model::date::calendar::Civil;
use sourcebook_core::model::date::{Day, Edtf};
use sourcebook_core::model::{ActorIx, ClaimIx, Dated, Dossier, EventIx, QuestionIx, Ref};

/// What entries are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// By time.
    Time,
    /// By who was there or spoke, then by time.
    Actor,
    /// By the question that was answered, then by time.
    Question,
}

impl View {
    /// Every view, in the order in which pages name them.
    pub const ALL: &[Self] = &[Self::Time, Self::Actor, Self::Question];
}

/// One thing for each view.
#[derive(Default)]
pub struct ByView<T>([T; View::ALL.len()]);

impl<T> std::ops::Index<View> for ByView<T> {
    type Output = T;

    fn index(&self, view: View) -> &T {
        &self.0[view as usize]
    }
}

/// One line of a chronology.
#[derive(Clone, Copy, Debug, Hash)]
pub struct Entry {
    /// The actor or question that it is grouped under; none by time.
    pub group: Option<Ref>,
    /// The event or claim.
    pub of: Ref,
}

/// The entries of a view, in order.
pub fn entries(dossier: &Dossier, view: View) -> Vec<Entry> {
    let one = |group: Option<Ref>, of: Ref| Entry { group, of };
    let mut all: Vec<Entry> = Vec::new();
    match view {
        View::Time => {
            all.extend((0..dossier.events.len()).map(|i| one(None, EventIx::at(i).into())));
            let said = (0..dossier.claims.len()).map(ClaimIx::at);
            all.extend(said.map(|ix| one(None, ix.into())));
            all.sort_by_cached_key(|entry| order(dossier, entry.of));
        }
        View::Actor => {
            for group in by_label(dossier, (0..dossier.actors.len()).map(|i| ActorIx::at(i).into())) {
                let Ref::Actor(ix) = group else { continue };
                let events = dossier[ix].events.iter().map(|(event, _)| Ref::Event(*event));
                let said = dossier[ix].said.iter().map(|claim| Ref::Claim(*claim));
                let mut own: Vec<_> = events.chain(said).map(|of| one(Some(group), of)).collect();
                own.sort_by_cached_key(|entry| order(dossier, entry.of));
                all.append(&mut own);
            }
        }
        View::Question => {
            for group in by_label(dossier, (0..dossier.questions.len()).map(|i| QuestionIx::at(i).into())) {
                let Ref::Question(ix) = group else { continue };
                let mut own: Vec<_> =
                    dossier[ix].answers.iter().map(|(claim, _)| one(Some(group), Ref::Claim(*claim))).collect();
                own.sort_by_cached_key(|entry| order(dossier, entry.of));
                all.append(&mut own);
            }
        }
    }
    all
}

/// Puts events and claims in the order of a chronology, each once.
pub fn in_order(dossier: &Dossier, all: &mut Vec<Ref>) {
    all.sort_by_cached_key(|of| order(dossier, *of));
    all.dedup();
}

/// How many [`entries`] a view has.
pub fn count(dossier: &Dossier, view: View) -> usize {
    match view {
        View::Time => dossier.events.len() + dossier.claims.len(),
        View::Actor => dossier.actors.iter().map(|actor| actor.events.len() + actor.said.len()).sum(),
        View::Question => dossier.questions.iter().map(|question| question.answers.len()).sum(),
    }
}

fn by_label(dossier: &Dossier, all: impl Iterator<Item = Ref>) -> Vec<Ref> {
    let mut all: Vec<Ref> = all.collect();
    all.sort_by_cached_key(|of| super::index::fold(dossier.label(*of)));
    all
}

/// When it was, or was said.
pub fn date(dossier: &Dossier, of: Ref) -> Option<&Dated> {
    match of {
        Ref::Event(ix) => Some(&dossier[ix].date),
        Ref::Claim(ix) => dossier[ix].said.as_ref(),
        Ref::Actor(_) | Ref::Place(_) | Ref::Source(_) | Ref::Question(_) | Ref::Article(_) => None,
    }
}

/// By the first day a date may mean; an event before what is said that day; then by the last day. What is open towards
/// the past stands before the month in which it ends, for it may have been at any time before.
fn order(dossier: &Dossier, of: Ref) -> impl Ord + use<> {
    let dates = date(dossier, of).map(|d| d.date.sort_key()).map(|(first, last, _)| (first, last));
    let open = date(dossier, of).is_some_and(|d| is_open(&d.date));
    let first = dates.map(|(first, _)| if open { month_start(first) } else { first });
    (dates.is_none(), first, !open, matches!(of, Ref::Claim(_)), dates.map(|d| d.1), of)
}

/// Whether it is not known since when, but by when.
pub fn is_open(date: &Edtf) -> bool {
    date.earliest().is_none() && date.latest().is_some()
}

fn month_start(day: Day) -> Day {
    Civil { day: 1, ..Civil::from_day(day) }.day()
}
