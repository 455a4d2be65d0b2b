//! What happened, or is said to have happened.

use std::sync::Arc;

use super::prose::Prose;
use super::{ActorIx, ClaimIx, Dated, EventIx, Head, Mention, PlaceIx, Text};

/// An event (`schema:Event`).
#[derive(Debug, Hash)]
pub struct Event {
    /// What is written of it.
    pub record: Arc<Record>,
    /// Events that belong to this one, by date.
    pub parts: Vec<EventIx>,
    /// Claims about this, by date.
    pub about: Vec<ClaimIx>,
    /// The last of the events that were surely over before it began.
    pub before: Option<EventIx>,
    /// The first of the events that surely began after it was over.
    pub after: Option<EventIx>,
    /// The nearest of the events that may have been before it, after it or at the same time, and are not part of one another.
    pub unordered: Vec<EventIx>,
    /// How many these are in all.
    pub unordered_count: usize,
    /// Pages that link here.
    pub mentions: Vec<Mention>,
}

/// What is written of an event, ids bound.
#[derive(Debug, Hash)]
pub struct Record {
    /// Id, place, curation, `extra`.
    pub head: Head,
    /// As the interface shows it.
    pub title: Text,
    /// When.
    pub date: Dated,
    /// Where.
    pub place: Option<PlaceIx>,
    /// Who took part, each with a role or without, in the order written.
    pub actors: Vec<(ActorIx, Option<Text>)>,
    /// The larger event it belongs to.
    pub part_of: Option<EventIx>,
    /// In a few sentences.
    pub summary: Option<Prose>,
}

computed!(Event: parts, about, before, after, unordered, unordered_count, mentions);

texts!(summary);
