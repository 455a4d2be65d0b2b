//! Which of a claim's answers a sentence cites, as far as the sentence tells.
//!
//! A claim may answer several questions, and others may contest one of its answers and not the others. A sentence that cites
//! the claim cites one value of it or several; told by, in this order:
//!
//! 1. A link to a question that the claim answers: its answers to that question are cited.
//! 2. A number, a year or a month of an answer, or a link to the place that it names: that answer is cited.
//! 3. Nothing of this: any answer may be meant, and what holds of one of them is said.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::sentences;
use super::words::{fold, numbers};
use crate::model::as_of::is_tied_as_a_whole;
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
    /// The numbers and the months that it names, once somebody asks.
    numbers: OnceLock<Vec<f64>>,
    months: OnceLock<BTreeSet<u8>>,
    /// What it links to.
    linked: BTreeSet<Ref>,
    /// Whether it is one: what stands outside running text is none.
    is_known: bool,
}

/// Of each citation of a text, in order, the sentence it stands in; an empty one outside running text.
pub fn sentences(dossier: &Dossier, prose: &Prose) -> Vec<Arc<Sentence>> {
    let citations = &prose.outline.citations;
    let mut links: Vec<_> = prose.outline.links.iter().map(|link| (link.range.start, &*link.value)).collect();
    links.sort_unstable();
    let mut found = vec![Arc::<Sentence>::default(); citations.len()];
    for paragraph in &prose.outline.paragraphs {
        for range in sentences::of_paragraph(prose, paragraph) {
            let inside = within(citations, &range, |citation| citation.range.start);
            if inside.is_empty() {
                continue;
            }
            let cited = citations[inside.clone()].iter().map(|citation| &citation.range);
            let linked = links[within(&links, &range, |(start, _)| *start)].iter().map(|(_, id)| *id);
            found[inside].fill(Arc::new(Sentence::new(dossier, &prose.text, &range, cited, linked)));
        }
    }
    found
}

/// Which of some things in the order of a text begin in a part of it.
fn within<T>(all: &[T], range: &Range<usize>, start: impl Fn(&T) -> usize) -> Range<usize> {
    let from = all.partition_point(|it| start(it) < range.start);
    from..all.partition_point(|it| start(it) < range.end).max(from)
}

impl Sentence {
    fn new<'t>(
        dossier: &Dossier,
        text: &str,
        range: &Range<usize>,
        cited: impl Iterator<Item = &'t Range<usize>>,
        linked: impl Iterator<Item = &'t str>,
    ) -> Self {
        let mut words = String::with_capacity(range.len());
        let mut at = range.start;
        for cited in cited {
            words.push_str(text.get(at..cited.start).unwrap_or_default());
            at = cited.end.min(range.end);
        }
        words.push_str(text.get(at..range.end).unwrap_or_default());
        let id = |link: &str| dossier.get(link.split('#').next().unwrap_or_default());
        Self { words, linked: linked.filter_map(id).collect(), is_known: true, ..Self::default() }
    }

    /// Whether what it cites of a claim is contested: some contested answer that it may mean, or the claim as a whole.
    pub fn cites_contested(&self, dossier: &Dossier, ix: ClaimIx) -> bool {
        let claim = &dossier[ix];
        if !claim.contested {
            return false;
        }
        let answers: Vec<(&ClaimAnswer, bool)> =
            claim.numbered().map(|(answer, n)| (answer, dossier[answer.question].comparison.is_contested(n))).collect();
        if answers.iter().all(|(_, contested)| *contested) || !self.is_known || is_tied_as_a_whole(dossier, ix) {
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

    fn numbers(&self) -> &[f64] {
        self.numbers.get_or_init(|| numbers(&self.words))
    }

    fn has_all(&self, figures: &[crate::model::value::Decimal]) -> bool {
        let there = self.numbers();
        !figures.is_empty() && figures.iter().all(|figure| there.contains(&figure.to_f64()))
    }

    /// Whether it names the year or the month of a date.
    fn dates(&self, date: &Edtf) -> bool {
        let months = || fold(&self.words).split(|c: char| !c.is_alphabetic()).filter_map(month).collect();
        let year = |year: i64| self.numbers().contains(&(year as f64));
        let named = |wanted: u8| self.months.get_or_init(months).contains(&wanted);
        date.form().points().iter().any(|point| match point.when {
            When::Day { year: y, month: m, .. } | When::Month { year: y, month: m } => year(y) || named(m),
            When::Year { year: y } => year(y),
            _ => false,
        })
    }
}
