//! Whose words they are in the end (`docs/comparing.md`, Independence).
//!
//! The origin of a claim is its speaker, or the body for which they speak (`speaks_for`, else `part_of`
//! of one that has `one_voice`); where the text itself speaks, what
//! its sources are `based_on`, followed to the end; without that it is unknown, and unknown is never counted as independent.
//! Who is silent is the origin of nothing. Chains that lead back to themselves are faults.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::base::diagnostic::{Diagnostic, Diagnostics};
use crate::base::file::Span;
use crate::model::place::Whole;
use crate::model::source::Origin;
use crate::model::{ActorIx, Claim, Dossier, SourceIx, voice};

/// Traces the origins of every source and claim.
pub(super) fn trace(dossier: &mut Dossier, diagnostics: &mut Diagnostics) {
    cycles(dossier, diagnostics);
    let found = of_sources(dossier);
    dossier.sources.iter_mut().zip(found).for_each(|(source, found)| source.origins = found);
    let found: Vec<_> = dossier.claims.par_iter().map(|claim| of_claim(dossier, claim)).collect();
    dossier.claims.iter_mut().zip(found).for_each(|(claim, found)| claim.origins = found);
}

fn of_claim(dossier: &Dossier, claim: &Claim) -> Vec<Origin> {
    let mut origins: Vec<_> = if claim.is_of_text() {
        claim.evidence.iter().flat_map(|e| &dossier[e.source].origins).copied().collect()
    } else {
        claim.by.iter().map(|actor| Origin::Actor(dossier.body(*actor))).collect()
    };
    origins.sort_unstable();
    origins.dedup();
    origins
}

/// The origins of every source. Each is followed once, and without recursion: a chain may be as long as the dossier. What leads back
/// to itself is reported, and ends where it began.
fn of_sources(dossier: &Dossier) -> Vec<Vec<Origin>> {
    let mut known: Vec<Option<Vec<Origin>>> = vec![None; dossier.sources.len()];
    let mut begun = vec![false; dossier.sources.len()];
    for start in 0..dossier.sources.len() {
        let mut open = vec![SourceIx::at(start)];
        while let Some(&ix) = open.last() {
            if known[ix.position()].is_some() {
                open.pop();
            } else if std::mem::replace(&mut begun[ix.position()], true) {
                known[ix.position()] = Some(of_source(dossier, ix, &known));
                open.pop();
            } else {
                let next =
                    dossier[ix].based_on.iter().filter_map(|o| if let Origin::Source(x) = o { Some(*x) } else { None });
                open.extend(next.filter(|next| !begun[next.position()]));
            }
        }
    }
    known.into_iter().map(Option::unwrap_or_default).collect()
}

/// A source that declares no origin is the end of a chain that led to it, but is not its own origin.
fn of_source(dossier: &Dossier, ix: SourceIx, known: &[Option<Vec<Origin>>]) -> Vec<Origin> {
    let mut found = BTreeSet::new();
    for origin in &dossier[ix].based_on {
        match *origin {
            Origin::Source(other) if !dossier[other].based_on.is_empty() => {
                found.extend(known[other.position()].iter().flatten().copied());
            }
            Origin::Actor(actor) => drop(found.insert(Origin::Actor(dossier.body(actor)))),
            end => drop(found.insert(end)),
        }
    }
    found.into_iter().collect()
}

/// Reports each chain that leads back to itself, once.
fn cycles(dossier: &Dossier, diagnostics: &mut Diagnostics) {
    let span = |of: crate::model::Ref| dossier.span(of);
    let based_on: Vec<Vec<usize>> = (dossier.sources.iter())
        .map(|s| {
            s.based_on
                .iter()
                .filter_map(|o| if let Origin::Source(x) = o { Some(x.position()) } else { None })
                .collect()
        })
        .collect();
    report("based_on", &based_on, |i| span(SourceIx::at(i).into()), diagnostics);
    let actors: Vec<Vec<usize>> =
        dossier.actors.iter().map(|a| a.part_of.iter().map(|p| p.position()).collect()).collect();
    report("part_of", &actors, |i| dossier.actors[i].head.id.span, diagnostics);
    // A circle of `part_of` alone was told above.
    let all: &[crate::model::actor::Actor] = &dossier.actors;
    let bodies =
        (0..all.len()).map(|i| voice::next_body(all, ActorIx::at(i)).map(|p| p.position()).into_iter().collect());
    let bodies: Vec<Vec<usize>> = bodies.collect();
    report("speaks_for", &bodies, |i| dossier.actors[i].head.id.span, diagnostics);
    let events: Vec<Vec<usize>> =
        dossier.events.iter().map(|e| e.part_of.iter().map(|p| p.position()).collect()).collect();
    report("part_of", &events, |i| dossier.events[i].head.id.span, diagnostics);
    let places: Vec<Vec<usize>> = (dossier.places.iter())
        .map(|p| if let Some(Whole::Place(x)) = p.part_of { vec![x.position()] } else { Vec::new() })
        .collect();
    report("part_of", &places, |i| dossier.places[i].head.id.span, diagnostics);
    let claims: Vec<Vec<usize>> =
        dossier.claims.iter().map(|c| c.supersedes.iter().map(|r| r.claim.position()).collect()).collect();
    report("supersedes", &claims, |i| dossier.claims[i].head.id.span, diagnostics);
}

/// Depth first, without recursion: an edge to what is still open closes a cycle.
fn report(field: &str, edges: &[Vec<usize>], span: impl Fn(usize) -> Span, diagnostics: &mut Diagnostics) {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut states = vec![State::New; edges.len()];
    for start in 0..edges.len() {
        if states[start] != State::New {
            continue;
        }
        let mut path = vec![(start, 0)];
        states[start] = State::Open;
        while let Some((node, next)) = path.last_mut() {
            let node = *node;
            let Some(&to) = edges[node].get(*next) else {
                states[node] = State::Done;
                path.pop();
                continue;
            };
            *next += 1;
            match states[to] {
                State::New => {
                    states[to] = State::Open;
                    path.push((to, 0));
                }
                State::Open => {
                    let from = path.iter().position(|(n, _)| *n == to).unwrap_or(0);
                    let circle: Vec<_> = path[from..].iter().map(|(n, _)| *n).collect();
                    diagnostics.push(circular(field, &circle, &span));
                }
                State::Done => {}
            }
        }
    }
}

fn circular(field: &str, circle: &[usize], span: &impl Fn(usize) -> Span) -> Diagnostic {
    let message = format!("`{field}` leads from this record back to itself");
    let first = Diagnostic::error("cycle", span(circle[0]), message).help("remove one link of the circle");
    circle[1..].iter().fold(first, |d, i| d.label(span(*i), format!("by way of this `{field}`")))
}
