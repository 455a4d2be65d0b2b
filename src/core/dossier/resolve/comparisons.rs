//! The answers to each question, side by side; and which claims are contested.

use std::sync::Arc;

use rayon::prelude::*;

use super::again::Last;
use super::made::{Made, Records};
use crate::model::as_of::{compared, replaces};
use crate::model::claim::{self, ClaimAnswer, Relation};
use crate::model::modality::Modality;
use crate::model::place::Whole;
use crate::model::question::Comparison;
use crate::model::reason::order::{self, Knot, Order};
use crate::model::reason::{Ground, Tree};
use crate::model::state::{lapsed, of_answer};
use crate::model::{Actor, ClaimIx, Dossier, EventIx, Place, Question};

/// Compares the answers of every question and marks contested claims. What an earlier run compared stands, if neither the
/// question nor any answer to it is another, nor has one of them lapsed since.
pub(super) fn compare(dossier: &mut Dossier, records: &Records, last: Option<&Last>) {
    dossier.ground = Arc::new(ground(dossier));
    let mut questions = std::mem::take(&mut dossier.questions);
    let stands = |made: &Made<claim::Record>, i: usize| {
        !made.new || last.is_some_and(|last| says_the_same(&last.bound.records.claims[i].record, &made.record))
    };
    let stands: Vec<bool> = records.claims.par_iter().enumerate().map(|(i, made)| stands(made, i)).collect();
    questions.par_iter_mut().enumerate().for_each(|(i, question)| {
        let earlier = last.map(|last| &last.comparisons[i]).filter(|(answers, comparison)| {
            !records.questions[i].new
                && *comparison.ground() == dossier.ground
                && *answers == question.answers
                && answers.iter().all(|(claim, _)| stands[claim.position()])
                && lapsed_alike(dossier, question, comparison)
        });
        let make = || Arc::new(compared(dossier, &question.record, &question.answers, None));
        question.comparison = earlier.map_or_else(make, |(_, comparison)| comparison.clone());
    });
    dossier.questions = questions;
    dossier.knots = knots(dossier);
    mark_contested(dossier);
}

/// Whether the same answers of a question have lapsed as when it was compared, and each for the same reason.
fn lapsed_alike(dossier: &Dossier, question: &Question, comparison: &Comparison) -> bool {
    question.answers.iter().map(|answer| of_answer(dossier, *answer, None)).eq(comparison.states())
        && replaces(dossier, question.kind, &question.answers, None) == *comparison.replaces()
}

fn mark_contested(dossier: &mut Dossier) {
    let stands: Vec<bool> =
        (0..dossier.claims.len()).map(|i| lapsed(dossier, ClaimIx::at(i), None).is_none()).collect();
    let Dossier { questions, claims, .. } = dossier;
    for question in &*questions {
        for (n, (claim, _)) in question.answers.iter().enumerate() {
            if question.comparison.is_contested(n) {
                claims[claim.position()].contested = true;
            }
        }
    }
    let related: Vec<_> = (claims.iter().enumerate())
        .filter(|(i, _)| stands[*i])
        .flat_map(|(i, c)| c.contradicts.iter().map(move |r| (i, r.claim.position())))
        .filter(|(_, other)| stands[*other])
        .collect();
    for (one, other) in related {
        claims[one].contested = true;
        claims[other].contested = true;
    }
}

/// Whether all that a claim gives to a comparison is the same, but for whether it stands.
fn says_the_same(one: &claim::Record, other: &claim::Record) -> bool {
    let answer = |a: &ClaimAnswer, b: &ClaimAnswer| {
        let dates = |answer: &ClaimAnswer| answer.as_of.as_ref().map(|dated| dated.date.clone());
        (a.question, a.place, a.group, a.modality) == (b.question, b.place, b.group, b.modality)
            && a.value == b.value
            && dates(a) == dates(b)
    };
    let named = |relations: &[Relation]| relations.iter().map(|r| r.claim).collect::<Vec<_>>();
    let stated = |record: &claim::Record| [&record.contradicts, &record.supports].map(|relations| named(relations));
    one.answers.len() == other.answers.len()
        && one.is_silence() == other.is_silence()
        && one.answers.iter().zip(&other.answers).all(|(a, b)| answer(a, b))
        && stated(one) == stated(other)
}

/// What current claims say of the order of events, as far as it cannot all be true.
fn knots(dossier: &Dossier) -> Vec<Knot> {
    let holds = |i: usize| {
        let claim = &dossier.claims[i];
        !claim.order.is_empty()
            && claim.modality.holds()
            && !claim.is_silence()
            && claim.modality != Modality::Forecasts
            && lapsed(dossier, ClaimIx::at(i), None).is_none()
    };
    let order = |i: usize| {
        let events = dossier.claims[i].order.iter().map(|event| event.0).collect();
        Order { claim: ClaimIx::at(i).0, events }
    };
    let orders: Vec<_> = (0..dossier.claims.len()).filter(|i| holds(*i)).map(order).collect();
    order::knots(&orders, |event| {
        let days = dossier[EventIx(event)].date.date.days_about(None);
        (days.first(), days.last())
    })
}

/// The trees of places and of groups.
fn ground(dossier: &Dossier) -> Ground {
    let place = |place: &Place| match place.part_of {
        Some(Whole::Place(whole)) => (Some(whole.0), place.disjoint_parts),
        _ => (None, place.disjoint_parts),
    };
    let group = |actor: &Actor| (actor.part_of.map(|whole| whole.0), actor.disjoint_parts);
    Ground { places: Tree::new(dossier.places.iter().map(place)), groups: Tree::new(dossier.actors.iter().map(group)) }
}
