//! What happened, or is said to have happened.

use std::ops::Deref;
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

impl Deref for Event {
    type Target = Record;

    fn deref(&self) -> &Record {
        &self.record
    }
}

impl From<Arc<Record>> for Event {
    /// With nothing said of it elsewhere yet.
    fn from(record: Arc<Record>) -> Self {
        Self { record, parts: Vec::new(), about: Vec::new(), before: None, after: None, mentions: Vec::new() }
    }
}

impl Record {
    /// The Markdown texts of its page, in the order in which their notes are numbered.
    pub fn prose(&self) -> Vec<&Prose> {
        self.summary.iter().collect()
    }

    /// As [`Self::prose`].
    pub fn prose_mut(&mut self) -> Vec<&mut Prose> {
        self.summary.iter_mut().collect()
    }
}
