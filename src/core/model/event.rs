//! What happened, or is said to have happened.

use std::sync::Arc;

use super::prose::Prose;
use super::{ActorIx, ClaimIx, Dated, EventIx, Head, Mention, PlaceIx, Text};

/// An event (`schema:Event`).
#[derive(Debug)]
pub struct Event {
    /// What is written of it.
    pub record: Arc<Record>,
    /// Events that belong to this one, by date.
    pub parts: Vec<EventIx>,
    /// Claims about this, by date.
    pub about: Vec<ClaimIx>,
    /// The event before it in time.
    pub before: Option<EventIx>,
    /// The event after it in time.
    pub after: Option<EventIx>,
    /// Pages that link here.
    pub mentions: Vec<Mention>,
}

/// What is written of an event, ids bound.
#[derive(Debug)]
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

computed!(Event: parts, about, before, after, mentions);

texts!(summary);
