//! Answers in words.

use super::messages::Messages;
use super::{date, quantity, typography};
use crate::model::question::Question;
use crate::model::value::Answer;

/// An answer as a reader reads it: a quantity with the question's unit, a date, or the label of a choice.
pub fn label(answer: &Answer, question: &Question, messages: &Messages) -> String {
    match answer {
        Answer::Quantity(value) => quantity::label(value, question.unit.as_deref(), messages),
        Answer::Date(value) => date::label(value, messages),
        Answer::Choice(key) => {
            let option = question.options.iter().find(|(name, _)| name == key);
            let label = option.map_or(key, |(_, label)| label);
            typography::apply(messages.language(), label).into_owned()
        }
    }
}
