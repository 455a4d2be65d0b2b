//! Answers in words.

use super::messages::Messages;
use super::{date, list, quantity, typography};
use crate::model::Dossier;
use crate::model::question::Question;
use crate::model::value::{Answer, Measured};

/// An answer as a reader reads it: a quantity with the question's unit, a date (of an interval, its bounds: some day between), the label of a choice, the name of a place.
/// What was given in another unit stands as it was given, with what that is in the question's.
pub fn label(dossier: &Dossier, answer: &Answer, question: &Question, messages: &Messages) -> String {
    match answer {
        Answer::Quantity(value) => quantity::label(value, question.unit.as_deref(), messages),
        Answer::Measured(measured) => converted(measured, question.unit.as_deref(), messages),
        Answer::Date(value) => date::moment(value, messages),
        Answer::Period(value) => date::period(value, messages),
        Answer::Choice(key) => option(question, key, messages),
        Answer::Choices(keys) => {
            let labels: Vec<_> = keys.iter().map(|key| option(question, key, messages)).collect();
            list::join(&labels, messages)
        }
        Answer::Place(place, _) => typography::apply(messages.language(), &dossier[*place].name).into_owned(),
        Answer::Words(words) => typography::apply(messages.language(), words).into_owned(),
    }
}

fn option(question: &Question, key: &str, messages: &Messages) -> String {
    let option = question.options.iter().find(|(name, _)| **name == *key);
    let label = option.map_or(key, |(_, label)| label);
    typography::apply(messages.language(), label).into_owned()
}

/// "647 mi (environ 1 041 km)": the number that was given, then what it is in the question's unit, no more exactly.
fn converted(measured: &Measured, asked: Option<&str>, messages: &Messages) -> String {
    let unit = measured.unit.as_deref().or(asked);
    let written = quantity::label(&measured.written, unit, messages);
    let (Some(value), Some(_)) = (measured.value, &measured.unit) else { return written };
    let rounded = quantity::rounded(value, measured.step);
    let value = quantity::label(&rounded, asked, messages);
    messages.fill("quantity.converted", &[("written", &written), ("value", &value)])
}
