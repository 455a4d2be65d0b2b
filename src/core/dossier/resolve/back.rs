//! Back links: what each record is to the others.
//!
//! Lists are in the order of time where time is what a reader looks for: claims by when they were said, events by when
//! they happened, sources by when they were published; then by id.

mod neighbours;

use rayon::prelude::*;

use crate::model::claim::Relation;
use crate::model::date::Edtf;
use crate::model::place::Whole;
use crate::model::source::{Author, Origin};
use crate::model::voice::{Voice, voices};
use crate::model::{ActorIx, ClaimIx, Dossier, EventIx, PlaceIx, Ref, SourceIx};

/// Computes all back links. `order` is that of the claims in an earlier run, to begin with, and then in this.
pub(super) fn link(dossier: &mut Dossier, order: &mut Vec<ClaimIx>) {
    let claims = std::mem::take(&mut dossier.claims);
    if order.len() != claims.len() {
        *order = (0..claims.len()).map(ClaimIx::at).collect();
    }
    let said = |ix: &ClaimIx| claims[ix.position()].said.as_ref().map(|d| d.date.sort_key());
    order.sort_by_cached_key(|ix| (said(ix).is_none(), said(ix), *ix));
    dossier.claims = claims;
    for ix in &*order {
        claim(dossier, *ix);
    }
    let events = by_date(dossier.events.iter().map(|e| Some(&e.date.date)));
    for ix in &events {
        event(dossier, EventIx::at(*ix));
    }
    neighbours::find(dossier, &events);
    let sources = by_date(dossier.sources.iter().map(|s| s.published.as_ref().map(|d| &d.date)));
    for ix in sources {
        source(dossier, SourceIx::at(ix));
    }
    parts(dossier);
    lists(dossier);
}

/// Positions in the order of dates; what has none comes last.
fn by_date<'a>(dates: impl Iterator<Item = Option<&'a Edtf>>) -> Vec<usize> {
    let mut order: Vec<_> = dates.enumerate().map(|(i, date)| (date.is_none(), date.map(Edtf::sort_key), i)).collect();
    order.sort();
    order.into_iter().map(|(.., i)| i).collect()
}

fn claim(dossier: &mut Dossier, ix: ClaimIx) {
    let Dossier { claims, actors, events, places, sources, questions, .. } = dossier;
    let claim = &claims[ix.position()];
    for voice in voices(claim, |source| &sources[source.position()]) {
        if let Voice::Actor(speaker) = voice {
            push_once(&mut actors[speaker.position()].said, ix);
        }
    }
    // Of who says nothing, the text speaks.
    for silent in claim.by.iter().filter(|_| claim.is_silence()) {
        push_once(&mut actors[silent.position()].about, ix);
    }
    for (n, answer) in claim.answers.iter().enumerate() {
        questions[answer.question.position()].answers.push((ix, n));
        if let Some(place) = answer.place {
            places[place.position()].answers.push((ix, answer.question));
        }
    }
    for (n, evidence) in claim.evidence.iter().enumerate() {
        sources[evidence.source.position()].claims.push((ix, n));
        for via in &evidence.via {
            push_once(&mut actors[via.position()].relayed, ix);
        }
    }
    let mut discussed = Vec::new();
    for about in &claim.about {
        match *about {
            Ref::Actor(a) => push_once(&mut actors[a.position()].about, ix),
            Ref::Event(e) => push_once(&mut events[e.position()].about, ix),
            Ref::Place(p) => push_once(&mut places[p.position()].about, ix),
            Ref::Claim(c) => discussed.push(c),
            Ref::Source(_) | Ref::Question(_) | Ref::Article(_) => {}
        }
    }
    for other in discussed {
        push_once(&mut dossier.claims[other.position()].back.discussed_by, ix);
    }
    relations(dossier, ix);
}

fn push_once<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if list.last() != Some(&item) {
        list.push(item);
    }
}

fn relations(dossier: &mut Dossier, ix: ClaimIx) {
    let claim = &dossier.claims[ix.position()];
    let turned = |relations: &[Relation]| -> Vec<(ClaimIx, Relation)> {
        relations.iter().map(|r| (r.claim, Relation { claim: ix, ..r.clone() })).collect()
    };
    let (contradicts, supports, supersedes) =
        (turned(&claim.contradicts), turned(&claim.supports), turned(&claim.supersedes));
    for (other, relation) in contradicts {
        dossier.claims[other.position()].back.contradicted_by.push(relation);
    }
    for (other, relation) in supports {
        dossier.claims[other.position()].back.supported_by.push(relation);
    }
    for (other, relation) in supersedes {
        dossier.claims[other.position()].back.superseded_by.push(relation);
    }
}

fn event(dossier: &mut Dossier, ix: EventIx) {
    let Dossier { events, actors, places, .. } = dossier;
    let event = &events[ix.position()];
    for (actor, role) in &event.actors {
        actors[actor.position()].events.push((ix, role.clone()));
    }
    if let Some(place) = event.place {
        places[place.position()].events.push(ix);
    }
    if let Some(whole) = event.part_of {
        events[whole.position()].parts.push(ix);
    }
}

fn source(dossier: &mut Dossier, ix: SourceIx) {
    let Dossier { sources, actors, .. } = dossier;
    let source = &sources[ix.position()];
    for author in source.authors.iter().chain(&source.publisher) {
        if let Author::Actor(actor) = author {
            push_once(&mut actors[actor.position()].sources, ix);
        }
    }
    let origins: Vec<_> = source.based_on.clone();
    for origin in origins {
        match origin {
            Origin::Actor(actor) => dossier.actors[actor.position()].origin_of.push(ix),
            Origin::Source(other) => dossier.sources[other.position()].origin_of.push(ix),
        }
    }
}

fn parts(dossier: &mut Dossier) {
    let Dossier { actors, places, .. } = dossier;
    for i in 0..actors.len() {
        if let Some(whole) = actors[i].part_of {
            actors[whole.position()].parts.push(ActorIx::at(i));
        }
    }
    for i in 0..places.len() {
        match places[i].part_of {
            Some(Whole::Place(whole)) => places[whole.position()].parts.push(PlaceIx::at(i)),
            Some(Whole::Actor(whole)) => actors[whole.position()].places.push(PlaceIx::at(i)),
            None => {}
        }
    }
}

/// Answers stand in the order of the dates for which they hold; what a source says in the order of its text, as far as
/// locators tell, else of time.
fn lists(dossier: &mut Dossier) {
    let Dossier { questions, claims, sources, .. } = dossier;
    let known = &*claims;
    questions.par_iter_mut().for_each(|question| {
        question.answers.sort_by_cached_key(|(claim, n)| {
            let as_of = known[claim.position()].answers[*n].as_of.as_ref();
            (as_of.is_none(), as_of.map(|d| d.date.sort_key()), *claim)
        });
    });
    sources.par_iter_mut().for_each(|source| {
        source.claims.sort_by_cached_key(|(claim, n)| {
            let locator = known[claim.position()].evidence[*n].locator.as_ref();
            (locator.map_or(usize::MAX, |l| first_number(&l.value)), *claim)
        });
    });
    for claim in &mut *claims {
        claim.numbers = vec![0; claim.answers.len()];
    }
    for question in questions {
        for (number, (claim, n)) in question.answers.iter().enumerate() {
            claims[claim.position()].numbers[*n] = number;
        }
    }
}

fn first_number(text: &str) -> usize {
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits[..end].parse().unwrap_or(usize::MAX)
}
