//! The answers to a question as its page lists them: by what they are, then by value.

use sourcebook_core::model::Dossier;
use sourcebook_core::model::compare::contest::Group;
use sourcebook_core::model::question::Question;
use sourcebook_core::model::state::State;
use sourcebook_core::model::value::Answer;

use super::standing::is_apart;

/// Where an answer stands on the page, by what it is and by whether it can be compared: in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// Held, and comparable with others that are; or held while none can be compared with another.
    Held,
    /// Held, and comparable with none of the others that are held.
    Apart,
    /// Foretold.
    Forecasts,
    /// Denied.
    Denials,
    /// Not given by those who were asked.
    Silences,
    /// No longer standing.
    Lapsed,
}

impl Section {
    /// Its name in addresses, and the key of its words.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Held => ("answers", "question.answers_title"),
            Self::Apart => ("apart", "question.apart"),
            Self::Forecasts => ("forecasts", "question.forecasts"),
            Self::Denials => ("denials", "question.denials"),
            Self::Silences => ("silences", "question.silences"),
            Self::Lapsed => ("lapsed", "question.lapsed"),
        }
    }
}

/// All groups, in an order that a reader expects: what is held first, choices as the question lists them. “About 10,000” agrees
/// with “10,000”, and is not what stands under its heading: it is a group of its own.
pub fn in_sections(dossier: &Dossier, question: &Question) -> Vec<(Section, Group)> {
    let mut groups: Vec<(Section, Group)> = Vec::new();
    for group in question.comparison.groups() {
        let written = |n: usize| {
            let (claim, at) = question.answers[n];
            dossier[claim].answers[at].value.to_string()
        };
        let mut members: Vec<_> = group.members.iter().map(|n| ((place_of(question, *n), written(*n)), *n)).collect();
        members.sort_unstable();
        for same in members.chunk_by(|a, b| a.0 == b.0) {
            groups.push((same[0].0.0, Group { members: same.iter().map(|(_, n)| *n).collect(), ..group.clone() }));
        }
    }
    let option = |group: &Group| {
        let (claim, n) = question.answers[group.members[0]];
        match &dossier[claim].answers[n].value {
            Answer::Choice(key) => question.options.iter().position(|(known, _)| known == key),
            Answer::Choices(keys) => question.options.iter().position(|(known, _)| keys.first() == Some(known)),
            Answer::Quantity(_) | Answer::Measured(_) | Answer::Date(_) | Answer::Period(_) => None,
            Answer::Place(..) | Answer::Words(_) => None,
        }
    };
    groups.sort_by_key(|(section, group)| (*section, group.state, option(group)));
    groups
}

/// Where an answer stands on the page.
fn place_of(question: &Question, n: usize) -> Section {
    match question.comparison.state(n) {
        State::Current if is_apart(question, n) => Section::Apart,
        State::Current => Section::Held,
        State::Forecast => Section::Forecasts,
        State::Denial => Section::Denials,
        State::Silence => Section::Silences,
        State::Superseded | State::Corrected | State::Withdrawn | State::Retracted => Section::Lapsed,
    }
}
