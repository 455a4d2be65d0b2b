//! Which of a claim's answers a sentence cites, as far as the sentence tells.
//!
//! A claim may answer several questions, and others may contest one of its answers and not the others. A sentence that cites
//! the claim cites one value of it or several; told by, in this order:
//!
//! 1. A link to a question that the claim answers: its answers to that question are cited.
//! 2. A number, a year or a month of an answer, or a link to the place that it names: that answer is cited.
//! 3. Nothing of this: any answer may be meant, and what holds of one of them is said.

use std::ops::Range;

use super::sentences;
use super::words::{fold, numbers};
use crate::model::claim::ClaimAnswer;
use crate::model::date::{Edtf, When};
use crate::model::language::month;
use crate::model::prose::Prose;
use crate::model::value::Answer;
use crate::model::{ClaimIx, Dossier, Ref};

/// A sentence that cites something.
#[derive(Debug, Default)]
pub struct Sentence {
    /// Its words, without what stands in citations.
    words: String,
    /// What it links to.
    linked: Vec<Ref>,
    /// Whether it is one: what stands outside running text is none.
    is_known: bool,
}

/// Of each citation of a text, in order, the sentence it stands in; an empty one outside running text.
pub fn sentences(dossier: &Dossier, prose: &Prose) -> Vec<Sentence> {
    let citations = &prose.outline.citations;
    let mut found: Vec<Sentence> = citations.iter().map(|_| Sentence::default()).collect();
    for paragraph in &prose.outline.paragraphs {
        for range in sentences::of_paragraph(prose, paragraph) {
            let inside = citations.iter().enumerate().filter(|(_, citation)| range.contains(&citation.range.start));
            for n in inside.map(|(n, _)| n).collect::<Vec<_>>() {
                found[n] = Sentence::new(dossier, prose, &range);
            }
        }
    }
    found
}

impl Sentence {
    fn new(dossier: &Dossier, prose: &Prose, range: &Range<usize>) -> Self {
        let mut words = String::with_capacity(range.len());
        let mut at = range.start;
        let inside = prose.outline.citations.iter().map(|citation| &citation.range);
        for cited in inside.filter(|cited| range.contains(&cited.start)) {
            words.push_str(prose.text.get(at..cited.start).unwrap_or_default());
            at = cited.end.min(range.end);
        }
        words.push_str(prose.text.get(at..range.end).unwrap_or_default());
        let links = prose.outline.links.iter().filter(|link| range.contains(&link.range.start));
        let id = |link: &crate::model::prose::Located<crate::model::Text>| {
            dossier.get(link.value.split('#').next().unwrap_or_default())
        };
        Self { words, linked: links.filter_map(id).collect(), is_known: true }
    }

    /// Whether what it cites of a claim is contested: some contested answer that it may mean, or the claim as a whole.
    pub fn cites_contested(&self, dossier: &Dossier, ix: ClaimIx) -> bool {
        let claim = &dossier[ix];
        if !claim.contested {
            return false;
        }
        let answers: Vec<(&ClaimAnswer, bool)> =
            claim.numbered().map(|(answer, n)| (answer, dossier[answer.question].comparison.is_contested(n))).collect();
        let is_by_relation = !claim.contradicts.is_empty() || !claim.back.contradicted_by.is_empty();
        if is_by_relation || answers.iter().all(|(_, contested)| *contested) || !self.is_known {
            return true;
        }
        let asked: Vec<_> =
            answers.iter().filter(|(answer, _)| self.linked.contains(&answer.question.into())).collect();
        if !asked.is_empty() {
            return asked.iter().any(|(_, contested)| *contested);
        }
        let told: Vec<_> = answers.iter().filter(|(answer, _)| self.tells(answer)).collect();
        told.is_empty() || told.iter().any(|(_, contested)| *contested)
    }

    /// Whether it gives the value of an answer.
    fn tells(&self, answer: &ClaimAnswer) -> bool {
        match &answer.value {
            Answer::Quantity(quantity) => self.has_all(&quantity.figures()),
            Answer::Measured(measured) => self.has_all(&measured.written.figures()),
            Answer::Date(date) | Answer::Period(date) => self.dates(date),
            Answer::Place(place, _) => self.linked.contains(&(*place).into()),
            Answer::Choice(_) | Answer::Choices(_) | Answer::Words(_) => false,
        }
    }

    fn has_all(&self, figures: &[crate::model::value::Decimal]) -> bool {
        let there = numbers(&self.words);
        !figures.is_empty() && figures.iter().all(|figure| there.contains(&figure.to_f64()))
    }

    /// Whether it names the year or the month of a date.
    fn dates(&self, date: &Edtf) -> bool {
        let folded = fold(&self.words);
        let (there, points) = (numbers(&self.words), date.form().points());
        let year = |year: i64| there.contains(&(year as f64));
        let named = |wanted: u8| folded.split(|c: char| !c.is_alphabetic()).any(|word| month(word) == Some(wanted));
        points.iter().any(|point| match point.when {
            When::Day { year: y, month: m, .. } | When::Month { year: y, month: m } => year(y) || named(m),
            When::Year { year: y } => year(y),
            _ => false,
        })
    }
}
