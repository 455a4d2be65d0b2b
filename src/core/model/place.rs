//! Where something happened, or where a claim holds.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::kinds::PlacePrecision;
use super::prose::Prose;
use super::{ActorIx, ClaimIx, EventIx, Head, Mention, PlaceIx, QuestionIx, Text};

/// A place (`schema:Place`).
#[derive(Debug, Hash)]
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
    /// Whether the places that lie in it directly share nothing with one another.
    pub disjoint_parts: bool,
    /// `Q` and a number.
    pub wikidata: Option<Text>,
    /// In a few sentences.
    pub summary: Option<Prose>,
}

/// Coordinates are hashed by their bits, all else as it is.
impl Hash for Record {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { head, name, aliases, coordinates, precision, part_of, disjoint_parts, wikidata, summary } = self;
        (head, name, aliases, precision, part_of, disjoint_parts, wikidata, summary).hash(state);
        coordinates.map(|(latitude, longitude)| (latitude.to_bits(), longitude.to_bits())).hash(state);
    }
}

computed!(Place: parts, events, about, answers, mentions);

texts!(summary);

/// What a place belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Whole {
    /// A larger place.
    Place(PlaceIx),
    /// A state.
    Actor(ActorIx),
}
