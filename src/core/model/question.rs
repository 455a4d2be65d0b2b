//! What several claims answer, so that they can be compared.

use std::sync::Arc;

use super::compare::contest::Contest;
use super::kinds::{QuestionKind, SettledStatus};
use super::prose::{Prose, Texts};
use super::value::{Answer, Decimal, Tolerance, Window};
use super::{ActorIx, ClaimIx, Dated, Head, Mention, PlaceIx, SourceIx, Text};

/// All answers to one question, compared.
pub type Comparison = Contest;

/// A question.
#[derive(Hash)]
pub struct Question {
    /// What is written of it.
    pub record: Arc<Record>,
    /// Claims that answer it, each with the number of the answer within the claim, by as-of date.
    pub answers: Vec<(ClaimIx, usize)>,
    /// Verdicts on all pairs of [`Self::answers`].
    pub comparison: Arc<Comparison>,
    /// Pages that link here.
    pub mentions: Vec<Mention>,
}

/// What is written of a question, ids bound.
#[derive(Debug, Hash)]
pub struct Record {
    /// Id, place, curation, `extra`.
    pub head: Head,
    /// The question itself.
    pub text: Prose,
    /// What kind of value answers it.
    pub kind: QuestionKind,
    /// Unit of a quantity.
    pub unit: Option<Text>,
    /// Whether the true answer moves with time.
    pub changes: bool,
    /// Whether it can only grow.
    pub grows: bool,
    /// Whether parts are no larger than their whole, and parts that share nothing add up.
    pub adds_up: bool,
    /// Whether several values may be true at once.
    pub several: bool,
    /// Where it stands among questions, as the editors order them: from the lowest; those without after all others.
    pub position: Option<usize>,
    /// What an answer is about that names no place.
    pub place: Option<PlaceIx>,
    /// What an answer counts that names no group.
    pub group: Option<ActorIx>,
    /// Answers as of dates further apart are not compared.
    pub window: Option<Window>,
    /// What `~` means.
    pub tolerance: Option<Tolerance>,
    /// What one unit of other currencies is in the question's.
    pub rates: Vec<Rate>,
    /// The words of a choice, each with its label, in the order written.
    pub options: Vec<(Text, Text)>,
    /// The authors' own judgement.
    pub assessment: Option<Assessment>,
    /// In a few sentences.
    pub summary: Option<Prose>,
}

computed!(Question: answers, comparison, mentions);

impl Texts for Record {
    fn prose(&self) -> Vec<&Prose> {
        let because = self.assessment.as_ref().and_then(|a| a.because.as_ref());
        std::iter::once(&self.text).chain(&self.summary).chain(because).collect()
    }

    fn prose_mut(&mut self) -> Vec<&mut Prose> {
        let because = self.assessment.as_mut().and_then(|a| a.because.as_mut());
        std::iter::once(&mut self.text).chain(&mut self.summary).chain(because).collect()
    }
}

/// What one unit of another currency is in the question's, and who says so.
#[derive(Clone, Debug, Hash)]
pub struct Rate {
    /// The other currency, perhaps with its year: `USD 2019`.
    pub unit: Text,
    /// One of it in the question's unit.
    pub rate: Decimal,
    /// The source that gives it.
    pub source: SourceIx,
}

/// The authors' own judgement of a question, never the tool's.
#[derive(Clone, Debug, Hash)]
pub struct Assessment {
    /// What the authors hold.
    pub answer: Option<Answer>,
    /// Settled, disputed or open.
    pub status: SettledStatus,
    /// When they judged.
    pub on: Option<Dated>,
    /// Why.
    pub because: Option<Prose>,
}
