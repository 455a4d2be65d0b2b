//! Answers in words.

use super::messages::Messages;
use super::{date, list, quantity, typography};
use crate::model::Dossier;
use crate::model::question::Question;
use crate::model::value::unit::Unit;
use crate::model::value::{Answer, Decimal, Measured, Quantity};

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

/// How exactly a converted number is told: as it was written. What is only about 40 is no more exact than its last digit, but told
/// with two; a bound must not move.
fn told_step(measured: &Measured, asked: Option<&str>) -> Decimal {
    let about = match measured.written {
        Quantity::About(n) => n.last_digit(),
        _ => return measured.step,
    };
    let units = measured.unit.as_deref().and_then(Unit::find).zip(asked.and_then(Unit::find));
    let step = units.and_then(|(from, to)| from.convert_distance(about, to));
    let two_digits = measured.value.and_then(|value| value.figures().first().map(|n| n.leading(2)));
    step.zip(two_digits).map_or(measured.step, |(step, two)| step.min(two))
}

/// "647 mi (environ 1 041 km)": the number that was given, then what it is in the question's unit, no more exactly.
fn converted(measured: &Measured, asked: Option<&str>, messages: &Messages) -> String {
    let unit = measured.unit.as_deref().or(asked);
    let written = quantity::label(&measured.written, unit, messages);
    let (Some(value), Some(_)) = (measured.value, &measured.unit) else { return written };
    let rounded = quantity::rounded(value, told_step(measured, asked));
    let value = quantity::label(&rounded, asked, messages);
    messages.fill("quantity.converted", &[("written", &written), ("value", &value)])
}
