//! Somebody, or a body, that speaks or acts.

use std::sync::Arc;

use super::kinds::ActorKind;
use super::prose::Prose;
use super::{ActorIx, ClaimIx, EventIx, Head, Mention, PlaceIx, SourceIx, Text};

/// An actor (`schema:Person`, `schema:Organization`).
#[derive(Debug, Hash)]
pub struct Actor {
    /// What is written of it.
    pub record: Arc<Record>,
    /// Actors that belong to this one.
    pub parts: Vec<ActorIx>,
    /// Places that belong to this one.
    pub places: Vec<PlaceIx>,
    /// Claims in which this speaks ([`super::voice`]), also through a text of its own, by date.
    pub said: Vec<ClaimIx>,
    /// Claims that are about this, or that it is silent in, by date.
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
#[derive(Debug, Hash)]
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
    /// Whether the actors that are part of it directly share nobody.
    pub disjoint_parts: bool,
    /// Whether those that are part of it directly speak with its voice: one origin with it, unless they speak for another body.
    pub one_voice: bool,
    /// The body for which they speak: one origin with it.
    pub speaks_for: Option<ActorIx>,
    /// `Q` and a number.
    pub wikidata: Option<Text>,
    /// In a few sentences.
    pub summary: Option<Prose>,
}

computed!(Actor: parts, places, said, about, relayed, events, sources, origin_of, mentions);

texts!(summary);
