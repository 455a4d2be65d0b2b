//! The answers to each question, side by side; and which claims are contested.

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::again::Last;
use super::records::{Made, Records};
use crate::model::claim::{self, ClaimAnswer};
use crate::model::compare::contest::Contest;
use crate::model::compare::{Given, Supersession, Terms};
use crate::model::modality::Standing;
use crate::model::question::{Comparison, Supersedes};
use crate::model::{Claim, ClaimIx, Dossier, Question};

/// The answers to a question, and their comparison.
pub type Compared = (Vec<(ClaimIx, usize)>, Arc<Comparison>);

/// Compares the answers of every question and marks contested claims. What an earlier run compared stands, if neither the
/// question nor any answer to it is another.
pub fn compare(dossier: &mut Dossier, records: &Records, last: Option<&Last>) {
    let Dossier { questions, claims, .. } = dossier;
    let stands = |made: &Made<claim::Record>, i: usize| {
        !made.new || last.is_some_and(|last| says_the_same(&last.bound.records.claims[i].record, &made.record))
    };
    let stands: Vec<bool> = records.claims.par_iter().enumerate().map(|(i, made)| stands(made, i)).collect();
    questions.par_iter_mut().enumerate().for_each(|(i, question)| {
        let known = last.map(|last| &last.comparisons[i]).filter(|(answers, _)| {
            !records.questions[i].new
                && *answers == question.answers
                && answers.iter().all(|(claim, _)| stands[claim.position()])
        });
        question.comparison = known.map_or_else(|| Arc::new(contest(question, claims)), |(_, c)| c.clone());
    });
    for question in &*questions {
        for (n, (claim, _)) in question.answers.iter().enumerate() {
            if question.comparison.is_contested(n) {
                claims[claim.position()].contested = true;
            }
        }
    }
    let related: Vec<_> = (claims.iter().enumerate())
        .filter(|(_, c)| is_current(c))
        .flat_map(|(i, c)| c.contradicts.iter().map(move |r| (i, r.claim.position())))
        .filter(|(_, other)| is_current(&claims[*other]))
        .collect();
    for (one, other) in related {
        claims[one].contested = true;
        claims[other].contested = true;
    }
}

/// Whether all that goes into a comparison is the same.
fn says_the_same(one: &claim::Record, other: &claim::Record) -> bool {
    let answer = |a: &ClaimAnswer, b: &ClaimAnswer| {
        let dates = |answer: &ClaimAnswer| answer.as_of.as_ref().map(|dated| dated.date.clone());
        (a.question, a.place, a.modality) == (b.question, b.place, b.modality)
            && a.value == b.value
            && dates(a) == dates(b)
    };
    let superseded = |record: &claim::Record| record.supersedes.iter().map(|r| r.claim).collect::<Vec<_>>();
    one.answers.len() == other.answers.len()
        && one.answers.iter().zip(&other.answers).all(|(a, b)| answer(a, b))
        && one.status.as_ref().map(|s| s.is) == other.status.as_ref().map(|s| s.is)
        && superseded(one) == superseded(other)
}

fn is_current(claim: &Claim) -> bool {
    claim.status.as_ref().is_none_or(|status| status.is == Standing::Current) && claim.back.superseded_by.is_empty()
}

fn contest(question: &Question, claims: &[Claim]) -> Comparison {
    let given: Vec<_> = question
        .answers
        .iter()
        .map(|(ix, n)| {
            let claim = &claims[ix.position()];
            let answer = &claim.answers[*n];
            Given {
                value: &answer.value,
                place: answer.place.map(|p| p.0),
                as_of: answer.as_of.as_ref().map(|d| &d.date),
                modality: answer.modality,
                standing: claim.status.as_ref().map_or(Standing::Current, |s| s.is),
            }
        })
        .collect();
    let terms =
        Terms { changes: question.changes, window: question.window, tolerance: question.tolerance.unwrap_or_default() };
    Contest::new(&given, terms, supersedes(question, claims))
}

/// Which answers' claims supersede which, by their numbers among the answers.
fn supersedes(question: &Question, claims: &[Claim]) -> Supersedes {
    let mut pairs = HashSet::new();
    for (i, (one, n)) in question.answers.iter().enumerate() {
        let asked = claims[one.position()].answers[*n].question;
        for superseded in claims[one.position()].supersedes.iter().map(|r| &claims[r.claim.position()]) {
            let answers = superseded.numbered();
            pairs.extend(answers.filter(|(answer, _)| answer.question == asked).map(|(_, number)| (i, number)));
        }
    }
    if pairs.is_empty() {
        return Box::new(|_, _| Supersession::default());
    }
    Box::new(move |i, j| Supersession { by_first: pairs.contains(&(i, j)), by_second: pairs.contains(&(j, i)) })
}
