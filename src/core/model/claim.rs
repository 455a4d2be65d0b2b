//! Who said what, when, in which source, in which words.

use std::sync::Arc;

use super::modality::{Modality, Standing};
use super::prose::{Prose, Texts};
use super::source::Origin;
use super::speech::Speech;
use super::value::Answer;
use super::{ActorIx, ClaimIx, Dated, EventIx, Head, Mention, PlaceIx, QuestionIx, Ref, SourceIx, Text};
use crate::base::file::{Located, Span};

/// A claim (`schema:Claim`; a statement in Wikibase's words).
#[derive(Debug, Hash)]
pub struct Claim {
    /// What is written of it.
    pub record: Arc<Record>,
    /// Claims that name this one under `contradicts`, `supports`, `supersedes`, `about`.
    pub back: BackRelations,
    /// Distinct origins of this claim; empty means unknown.
    pub origins: Vec<Origin>,
    /// Of each answer, its place among its question's answers.
    pub numbers: Vec<usize>,
    /// Whether any comparable answer, or any claim related by `contradicts`, says otherwise.
    pub contested: bool,
    /// Pages that cite it or link here.
    pub mentions: Vec<Mention>,
}

/// What is written of a claim, ids bound.
#[derive(Debug, Hash)]
pub struct Record {
    /// Id, place, curation, `extra`.
    pub head: Head,
    /// What is claimed, in the dossier's own words.
    pub statement: Prose,
    /// Who says it; empty where the source speaks for itself.
    pub by: Vec<ActorIx>,
    /// When it was said.
    pub on: Option<Dated>,
    /// When it was said, as far as anybody knows: `on`, else the first source's `published`.
    pub said: Option<Dated>,
    /// When it held, if that is not when it was said.
    pub as_of: Option<Dated>,
    /// How it was said.
    pub modality: Modality,
    /// Actors, events, places, claims.
    pub about: Vec<Ref>,
    /// Answers to questions.
    pub answers: Vec<ClaimAnswer>,
    /// Where it is found: at least one.
    pub evidence: Vec<Evidence>,
    /// Events, in the order in which it says that they came.
    pub order: Vec<EventIx>,
    /// Claims that say otherwise, each with the author's reason.
    pub contradicts: Vec<Relation>,
    /// Claims that this one bears out.
    pub supports: Vec<Relation>,
    /// Claims that this one replaces.
    pub supersedes: Vec<Relation>,
    /// Whether it still stands.
    pub status: Option<Box<Status>>,
    /// A remark of the curators.
    pub note: Option<Box<Prose>>,
}

computed!(Claim: back, origins, numbers, contested, mentions);

impl Claim {
    /// Its answers, each with its place among its question's.
    pub fn numbered(&self) -> impl Iterator<Item = (&ClaimAnswer, usize)> {
        self.record.answers.iter().zip(self.numbers.iter().copied())
    }
}

impl Texts for Record {
    fn prose(&self) -> Vec<&Prose> {
        let because = self.status.as_ref().and_then(|s| s.because.as_ref());
        std::iter::once(&self.statement).chain(because).chain(self.note.as_deref()).collect()
    }

    fn prose_mut(&mut self) -> Vec<&mut Prose> {
        let because = self.status.as_mut().and_then(|s| s.because.as_mut());
        std::iter::once(&mut self.statement).chain(because).chain(self.note.as_deref_mut()).collect()
    }
}

/// A claim's answer to a question.
#[derive(Clone, Debug, Hash)]
pub struct ClaimAnswer {
    /// The question.
    pub question: QuestionIx,
    /// The value.
    pub value: Answer,
    /// How the value, a date, was inferred.
    pub inferred: Option<Text>,
    /// Where it holds.
    pub place: Option<PlaceIx>,
    /// Whom or what it counts, if not all that the question asks for.
    pub group: Option<ActorIx>,
    /// When it holds: the answer's own `as_of`, else the claim's, else its `on`, else the source's `published`.
    pub as_of: Option<Dated>,
    /// How it was said.
    pub modality: Modality,
    /// Where the value is written.
    pub span: Span,
}

/// Where in a source a claim is found (a reference; its quote is a W3C `TextQuoteSelector`).
#[derive(Clone, Debug, Hash)]
pub struct Evidence {
    /// The source.
    pub source: SourceIx,
    /// The source's exact words.
    pub quote: Option<Located<Text>>,
    /// Whose words they are, as far as the sheets tell: what is written; else [`Speech::Silence`] of who neither confirms
    /// nor denies; else [`Speech::Direct`] where the source is the speakers' own. A capture may tell more.
    pub speech: Option<Speech>,
    /// Where `speech` is written.
    pub speech_span: Option<Span>,
    /// Whether the source is the speakers' own: they wrote it, or published what nobody signed.
    pub is_own: bool,
    /// A BCP 47 tag: its own, else the source's.
    pub language: Option<Text>,
    /// The quote in the dossier's language.
    pub translation: Option<Translation>,
    /// What a picture, a sound or a film shows there, in the writer's words: nothing that can be found word for word.
    pub shows: Option<Text>,
    /// A CSL locator.
    pub locator: Option<Located<Text>>,
    /// Outlets or agencies between the source and the speaker, as the source names them.
    pub via: Vec<ActorIx>,
    /// Where it is written.
    pub span: Span,
}

/// A quote in the dossier's language.
#[derive(Clone, Debug, Hash)]
pub struct Translation {
    /// The words.
    pub text: Text,
    /// Who translated.
    pub by: Option<Text>,
}

/// Another claim, and why it is related.
#[derive(Clone, Debug, Hash)]
pub struct Relation {
    /// The other claim.
    pub claim: ClaimIx,
    /// The author's reason.
    pub reason: Option<Text>,
    /// Where it is written.
    pub span: Span,
}

/// Relations that other claims declare towards this one.
#[derive(Clone, Debug, Default, Hash)]
pub struct BackRelations {
    /// They say otherwise.
    pub contradicted_by: Vec<Relation>,
    /// They bear it out.
    pub supported_by: Vec<Relation>,
    /// They replace it.
    pub superseded_by: Vec<Relation>,
    /// They are about it.
    pub discussed_by: Vec<ClaimIx>,
}

/// Whether a claim still stands.
#[derive(Clone, Debug, Hash)]
pub struct Status {
    /// Current, corrected or withdrawn.
    pub is: Standing,
    /// Since when.
    pub on: Option<Dated>,
    /// Why.
    pub because: Option<Prose>,
}
