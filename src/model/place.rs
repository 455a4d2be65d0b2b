//! Where something happened, or where a claim holds.

use std::ops::Deref;
use std::sync::Arc;

use super::kinds::PlacePrecision;
use super::prose::Prose;
use super::{ActorIx, ClaimIx, EventIx, Head, Mention, PlaceIx, QuestionIx, Text};

/// A place (`schema:Place`).
#[derive(Debug)]
pub struct Place {
    /// What is written of it.
    pub record: Arc<Record>,
    /// Places that lie in this one.
    pub parts: Vec<PlaceIx>,
    /// Events that happened here, by date.
    pub events: Vec<EventIx>,
    /// Claims about this, by date.
    pub about: Vec<ClaimIx>,
    /// Answers that hold for this place.
    pub answers: Vec<(ClaimIx, QuestionIx)>,
    /// Pages that link here.
    pub mentions: Vec<Mention>,
}

/// What is written of a place, ids bound.
#[derive(Debug)]
pub struct Record {
    /// Id, place, curation, `extra`.
    pub head: Head,
    /// As the interface shows it.
    pub name: Text,
    /// Other names and spellings.
    pub aliases: Vec<Text>,
    /// Latitude and longitude in degrees, WGS 84.
    pub coordinates: Option<(f64, f64)>,
    /// How exact the coordinates are meant.
    pub precision: Option<PlacePrecision>,
    /// What it lies in or belongs to.
    pub part_of: Option<Whole>,
    /// `Q` and a number.
    pub wikidata: Option<Text>,
    /// In a few sentences.
    pub summary: Option<Prose>,
}

impl Deref for Place {
    type Target = Record;

    fn deref(&self) -> &Record {
        &self.record
    }
}

impl From<Arc<Record>> for Place {
    /// With nothing said of it elsewhere yet.
    fn from(record: Arc<Record>) -> Self {
        Self {
            record,
            parts: Vec::new(),
            events: Vec::new(),
            about: Vec::new(),
            answers: Vec::new(),
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

/// What a place belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    /// A larger place.
    Place(PlaceIx),
    /// A state.
    Actor(ActorIx),
}
