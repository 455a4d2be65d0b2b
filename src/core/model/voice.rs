//! Who speaks in a claim, and when it was said as far as is known: one answer for all pages, counts and exports.
//!
//! Settled here:
//! - **A text speaks where nobody is named.** Its voice is that of whoever answers for it ([`source::Record::answers_for`]).
//! - **Silence is the text's word.** Of somebody who said, answered or confirmed nothing, the text speaks; who is silent
//!   has said nothing, and is no origin.
//! - **A day of publication is not the day on which somebody spoke.** A text says what it says when it is published; what it
//!   reports was said by then, and when, it may leave open.

use std::collections::HashSet;

use super::claim;
use super::modality::Modality;
use super::source::{self, Author};
use super::speech::Speech;
use super::{Actor, ActorIx, ClaimIx, Dossier, SourceIx, Text};

/// Whose voice a claim is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Voice {
    /// An actor of the dossier.
    Actor(ActorIx),
    /// Somebody of whom the dossier has the name alone.
    Name(Text),
    /// A text of which neither author nor publisher is known.
    Source(SourceIx),
}

/// What the date of a claim is the date of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateFrom {
    /// The day on which it was said: its `on`.
    Said,
    /// The publication of the text that says it in its own name, or in which the speakers themselves say it.
    Published,
    /// The publication of the text that reports it; when it was said is not given.
    Reported,
}

impl DateFrom {
    /// A stable name, for attributes and exports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::Published => "published",
            Self::Reported => "reported",
        }
    }
}

impl claim::Record {
    /// Whether its speakers said nothing of it: it is the text's word that they did not.
    pub fn is_silence(&self) -> bool {
        let silent = |evidence: &claim::Evidence| evidence.speech == Some(Speech::Silence);
        !self.by.is_empty() && !self.evidence.is_empty() && self.evidence.iter().all(silent)
    }

    /// How an answer of it was given: of who said nothing, not at all, whatever its sheet says of the answer.
    pub fn modality_of(&self, answer: &claim::ClaimAnswer) -> Modality {
        if self.is_silence() { Modality::DeclinesToConfirm } else { answer.modality }
    }

    /// Whether the text itself speaks.
    pub fn is_of_text(&self) -> bool {
        self.by.is_empty() || self.is_silence()
    }

    /// What its date is the date of; `None` where it has none.
    pub fn date_from(&self) -> Option<DateFrom> {
        self.said.as_ref()?;
        let is_own = !self.evidence.is_empty() && self.evidence.iter().all(|evidence| evidence.is_own);
        Some(match (&self.on, self.is_of_text() || is_own) {
            (Some(_), _) => DateFrom::Said,
            (None, true) => DateFrom::Published,
            (None, false) => DateFrom::Reported,
        })
    }
}

/// CSL types for which their author answers, not who publishes them.
const AUTHORED: &[&str] = &[
    "article-journal",
    "book",
    "chapter",
    "classic",
    "manuscript",
    "pamphlet",
    "paper-conference",
    "personal_communication",
    "post",
    "post-weblog",
    "speech",
    "thesis",
];

impl source::Record {
    /// Who answers for what it says in its own name: its publisher; of a book, a post, a speech and the like its authors;
    /// else whichever there is.
    pub fn answers_for(&self) -> &[Author] {
        if self.is_authored() { &self.authors } else { self.publisher.as_slice() }
    }

    /// Whether those are its authors.
    pub fn is_authored(&self) -> bool {
        let by_author = AUTHORED.contains(&&*self.kind) && !self.authors.is_empty();
        by_author || self.publisher.is_none()
    }
}

impl Dossier {
    /// Who speaks in a claim: its speakers; where the text itself does, whoever answers for each text, once.
    pub fn voices(&self, ix: ClaimIx) -> Vec<Voice> {
        voices(&self[ix], |source| &self[source])
    }

    /// The body for which an actor speaks, to the end; itself, if for none. Circles are faults, and end somewhere.
    pub fn body(&self, ix: ActorIx) -> ActorIx {
        self.bodies.get(ix.position()).copied().unwrap_or(ix)
    }
}

/// The body for which an actor speaks by one step: the one that it names, else the one it is part of, where that has one voice.
pub fn next_body(actors: &[Actor], ix: ActorIx) -> Option<ActorIx> {
    let actor = &actors[ix.position()];
    actor.speaks_for.or_else(|| actor.part_of.filter(|whole| actors[whole.position()].one_voice))
}

/// The body for which each actor speaks, to the end: each step of a chain is taken once, however many speak through it.
pub fn bodies(actors: &[Actor]) -> Vec<ActorIx> {
    let mut known: Vec<Option<ActorIx>> = vec![None; actors.len()];
    let mut path = Vec::new();
    for start in 0..actors.len() {
        let mut at = ActorIx::at(start);
        let end = loop {
            if let Some(end) = known[at.position()] {
                break end;
            }
            // What leads back to itself ends here, until a better is known.
            known[at.position()] = Some(at);
            path.push(at);
            match next_body(actors, at) {
                Some(next) => at = next,
                None => break at,
            }
        };
        path.drain(..).for_each(|step| known[step.position()] = Some(end));
    }
    known.into_iter().enumerate().map(|(i, end)| end.unwrap_or(ActorIx::at(i))).collect()
}

/// As [`Dossier::voices`], before there is a dossier.
pub fn voices<'s>(claim: &claim::Record, source: impl Fn(SourceIx) -> &'s source::Record) -> Vec<Voice> {
    if !claim.is_of_text() {
        return claim.by.iter().map(|actor| Voice::Actor(*actor)).collect();
    }
    let mut voices = Vec::new();
    for evidence in &claim.evidence {
        let named = source(evidence.source).answers_for().iter().map(|author| match author {
            Author::Actor(actor) => Voice::Actor(*actor),
            Author::Name(name) => Voice::Name(name.clone()),
        });
        let mut named: Vec<_> = named.collect();
        if named.is_empty() {
            named.push(Voice::Source(evidence.source));
        }
        voices.extend(named);
    }
    let mut seen = HashSet::new();
    voices.retain(|voice| seen.insert(voice.clone()));
    voices
}
