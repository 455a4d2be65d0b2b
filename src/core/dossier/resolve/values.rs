//! A claim's answer, by the grammar of its question's kind.

use std::sync::Arc;

use super::bind::Binder;
use crate::base::diagnostic::{Diagnostic, nearest};
use crate::base::tree::decode::{LText, NamedEntry};
use crate::dossier::load::sheet;
use crate::model::date::{Edtf, Form};
use crate::model::fault::ValueError;
use crate::model::kinds::QuestionKind;
use crate::model::value::{Answer, Decimal, Measured, Quantity};

/// Reads the value of an answer; `unit` is the one that is written beside it, where that is not the question's.
pub(super) fn answer(
    raw: &LText,
    unit: Option<&LText>,
    question: &sheet::Question,
    b: &mut Binder<'_>,
) -> Option<Answer> {
    if question.kind.is_none() && question.has_kind {
        return None;
    }
    match question.kind.as_ref().map_or(QuestionKind::Quantity, |k| k.value) {
        QuestionKind::Quantity => quantity(raw, unit, question, b),
        QuestionKind::Date => b.date(raw).map(Answer::Date),
        QuestionKind::Period => b.value(raw, "bad-date", period).map(Answer::Period),
        QuestionKind::Choice => option(raw, &raw.value, question, b).map(Answer::Choice),
        QuestionKind::Choices => choices(raw, question, b),
        QuestionKind::Place => b.place(raw).map(|place| Answer::Place(place, raw.value.clone())),
        QuestionKind::Text => Some(Answer::Words(raw.value.clone())),
    }
}

/// A number, in the question's unit or in another that stands behind it or beside it.
fn quantity(raw: &LText, unit: Option<&LText>, question: &sheet::Question, b: &mut Binder<'_>) -> Option<Answer> {
    let asked = question.unit.as_ref().map(|unit| &*unit.value);
    let Some(unit) = unit else {
        return b.value(raw, "bad-quantity", |text| match Measured::parse(text, asked) {
            Some(measured) => measured.and_then(|m| at_rate(m, text.len(), question)).map(settled),
            None => Quantity::parse(text).map(Answer::Quantity),
        });
    };
    let quantity = b.value(raw, "bad-quantity", Quantity::parse)?;
    let written = format!("{} {}", raw.value, unit.value);
    match Measured::parse(&written, asked).map(|m| m.and_then(|m| at_rate(m, raw.value.len(), question))) {
        Some(Ok(measured)) => Some(settled(measured)),
        Some(Err(error)) => {
            let diagnostic = Diagnostic::error("bad-quantity", unit.span, error.message);
            b.refuse(diagnostic.help(error.help.unwrap_or_default()))
        }
        None if asked == Some(&*unit.value) => Some(Answer::Quantity(quantity)),
        None => {
            let message = format!("`{}` is no unit that is known", unit.value);
            let help = "give the number in the question's unit, or write one such as km, mi, ha, kg, °C, USD";
            b.refuse(Diagnostic::error("bad-quantity", unit.span, message).help(help))
        }
    }
}

/// A sum in another currency, in the question's, where the question gives a rate.
fn at_rate(measured: Measured, written: usize, question: &sheet::Question) -> Result<Measured, ValueError> {
    let given = |rate: &&NamedEntry<sheet::Rate>| {
        measured.value.is_none() && measured.unit.as_deref() == Some(&*rate.name.value)
    };
    let rate = question.rates.0.iter().find(given).and_then(|rate| rate.value.as_ref()?.rate.as_ref());
    let Some(rate) = rate.and_then(|rate| exchange(&rate.value).ok()) else { return Ok(measured) };
    let too_large = || ValueError::new(0..written, "this number is too large to be converted");
    measured.at_rate(rate).ok_or_else(too_large)
}

/// A rate of exchange: more than nought.
pub(super) fn exchange(text: &str) -> Result<Decimal, ValueError> {
    let rate = Decimal::parse(text)?;
    let positive = || {
        let help = "write how much of the question's unit one of it is";
        ValueError::new(0..text.len(), "a rate is more than nought").help(help)
    };
    (rate > Decimal::ZERO).then_some(rate).ok_or_else(positive)
}

/// What is written in the question's own unit, to the last digit, is a plain quantity.
fn settled(measured: Measured) -> Answer {
    match (&measured.unit, measured.value) {
        (None, Some(value)) if measured.step == Default::default() => Answer::Quantity(value),
        _ => Answer::Measured(Box::new(measured)),
    }
}

/// A period has a start and an end; what is some day between two is a date.
fn period(text: &str) -> Result<Edtf, ValueError> {
    let date = Edtf::parse(text)?;
    match date.form() {
        Form::OneOf(_) => Err(ValueError::new(0..text.len(), "a period is from a date to a date")
            .help("write `2024-06-03/2024-06-09`, or `2024-06/..` for one that goes on")),
        _ => Ok(date),
    }
}

/// Keys of options: one, several with commas, or a YAML list, which comes as `[a, b]`.
fn choices(raw: &LText, question: &sheet::Question, b: &mut Binder<'_>) -> Option<Answer> {
    let inner = raw.value.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(&raw.value);
    let given: Vec<_> = inner.split(',').map(str::trim).collect();
    let mut keys = Vec::new();
    for key in given {
        keys.push(option(raw, key, question, b)?);
    }
    let place = |key: &Arc<str>| question.options.0.iter().position(|option| option.name.value == *key);
    keys.sort_by_key(place);
    keys.dedup();
    Some(Answer::Choices(keys.into()))
}

fn option(raw: &LText, key: &str, question: &sheet::Question, b: &mut Binder<'_>) -> Option<Arc<str>> {
    let keys = || question.options.0.iter().map(|option| &option.name.value);
    if let Some(known) = keys().find(|known| &***known == key) {
        return Some(known.clone());
    }
    let message = format!("`{key}` is not an option of this question");
    let diagnostic = Diagnostic::error("unknown-option", raw.span, message);
    let all: Vec<&str> = keys().map(|key| &**key).collect();
    let diagnostic = match question.text.as_ref() {
        Some(text) => diagnostic.label(text.span, "the question"),
        None => diagnostic,
    };
    b.refuse(match nearest(key, all.iter().copied()) {
        Some(near) => diagnostic.suggest(Some(near)),
        None => diagnostic.help(format!("one of: {}", all.join(", "))),
    })
}
