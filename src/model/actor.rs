//! Somebody, or a body, that speaks or acts.

use std::ops::Deref;
use std::sync::Arc;

use super::kinds::ActorKind;
use super::prose::Prose;
use super::{ActorIx, ClaimIx, EventIx, Head, Mention, PlaceIx, SourceIx, Text};

/// An actor (`schema:Person`, `schema:Organization`).
#[derive(Debug)]
pub struct Actor {
    /// What is written of it.
    pub record: Arc<Record>,
    /// Actors that belong to this one.
    pub parts: Vec<ActorIx>,
    /// Places that belong to this one.
    pub places: Vec<PlaceIx>,
    /// Claims of which this is a speaker, by date.
    pub said: Vec<ClaimIx>,
    /// Claims that are about this, by date.
    pub about: Vec<ClaimIx>,
    /// Claims that reached their source through this.
    pub relayed: Vec<ClaimIx>,
    /// Events in which this took part, each with the role, by date.
    pub events: Vec<(EventIx, Option<Text>)>,
    /// Sources this wrote or published, by date.
    pub sources: Vec<SourceIx>,
    /// Sources that declare this as an origin.
    pub origin_of: Vec<SourceIx>,
    /// Pages that link here.
    pub mentions: Vec<Mention>,
}

/// What is written of an actor, ids bound.
#[derive(Debug)]
pub struct Record {
    /// Id, place, curation, `extra`.
    pub head: Head,
    /// As the interface shows it.
    pub name: Text,
    /// What kind.
    pub kind: ActorKind,
    /// Other names and spellings.
    pub aliases: Vec<Text>,
    /// What they are, in a few words.
    pub role: Option<Text>,
    /// The state, body or outlet they belong to.
    pub part_of: Option<ActorIx>,
    /// `Q` and a number.
    pub wikidata: Option<Text>,
    /// In a few sentences.
    pub summary: Option<Prose>,
}

impl Deref for Actor {
    type Target = Record;

    fn deref(&self) -> &Record {
        &self.record
    }
}

impl From<Arc<Record>> for Actor {
    /// With nothing said of it elsewhere yet.
    fn from(record: Arc<Record>) -> Self {
        Self {
            record,
            parts: Vec::new(),
            places: Vec::new(),
            said: Vec::new(),
            about: Vec::new(),
            relayed: Vec::new(),
            events: Vec::new(),
            sources: Vec::new(),
            origin_of: Vec::new(),
            mentions: Vec::new(),
        }
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
