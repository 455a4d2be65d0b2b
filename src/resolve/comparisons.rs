//! The answers to each question, side by side; and which claims are contested.

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::records::Records;
use crate::model::compare::contest::Contest;
use crate::model::compare::{Given, Supersession, Terms};
use crate::model::modality::Standing;
use crate::model::question::{Comparison, Supersedes};
use crate::model::{Claim, ClaimIx, Dossier, Question};

/// The answers to a question, and their comparison.
pub type Compared = (Vec<(ClaimIx, usize)>, Arc<Comparison>);

/// Compares the answers of every question and marks contested claims. What an earlier run compared stands, if neither the
/// question nor any claim that answers it is new.
pub fn compare(dossier: &mut Dossier, records: &Records, last: Option<&[Compared]>) {
    let Dossier { questions, claims, .. } = dossier;
    questions.par_iter_mut().enumerate().for_each(|(i, question)| {
        let known = last.map(|last| &last[i]).filter(|(answers, _)| {
            !records.questions[i].new
                && *answers == question.answers
                && answers.iter().all(|(claim, _)| !records.claims[claim.position()].new)
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
