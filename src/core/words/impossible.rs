//! What cannot all be true, and the arithmetic that shows it: "Kursk: 11,000 (Volodymyr Zelensky). Russia: at most 10,000
//! (American sources). The part would exceed the whole by at least 1,000."
//!
//! Places stand before a colon, so that no language needs to know their prepositions.

use super::messages::Messages;
use super::piece::{self, Piece};
use super::quantity::with_unit;
use super::sentence::side as side_of;
use super::{answer, date, number, typography};
use crate::model::reason::Set;
use crate::model::value::{Decimal, End};
use crate::model::{Dossier, QuestionIx};

/// The arithmetic of a set of a question's answers, each with a link to its claim.
pub fn sentence(dossier: &Dossier, ix: QuestionIx, set: &Set, messages: &Messages) -> Vec<Piece> {
    let question = &dossier[ix];
    let parts: Vec<_> = set.floors.iter().map(|n| item(dossier, ix, *n, Side::Floor, messages)).collect();
    let parts = piece::join(&parts, messages.text("impossible.between"));
    let whole = item(dossier, ix, set.ceiling, Side::Ceiling, messages);
    let amount = |n: Decimal| piece::text(with_unit(n, question.unit.as_deref(), messages));
    let values =
        [("parts", parts.as_slice()), ("whole", &whole), ("sum", &amount(set.sum)), ("gap", &amount(set.gap()))];
    piece::fill(messages, key(dossier, ix, set), &values)
}

fn key(dossier: &Dossier, ix: QuestionIx, set: &Set) -> &'static str {
    let scope = |n: usize| {
        let (claim, n) = dossier[ix].answers[n];
        let answer = &dossier[claim].answers[n];
        (answer.place.or(dossier[ix].place), answer.group.or(dossier[ix].group))
    };
    let touches = set.gap() == Decimal::ZERO;
    match set.floors.as_slice() {
        [floor] if scope(*floor) == scope(set.ceiling) => {
            if touches {
                "impossible.falls_touch"
            } else {
                "impossible.falls"
            }
        }
        [_] => {
            if touches {
                "impossible.one_touch"
            } else {
                "impossible.one"
            }
        }
        _ if touches => "impossible.sum_touch",
        _ if set.is_more => "impossible.sum_more",
        _ => "impossible.sum",
    }
}

/// Which end of an answer counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Floor,
    Ceiling,
}

/// An answer of a set: what it is about, what it says, what that comes to, and who says so.
fn item(dossier: &Dossier, ix: QuestionIx, n: usize, side: Side, messages: &Messages) -> Vec<Piece> {
    let question = &dossier[ix];
    let (claim, number) = question.answers[n];
    let (said, given) = (dossier[claim].said.as_ref(), &dossier[claim].answers[number]);
    let who = side_of(dossier, claim, messages);
    let dated = given.as_of.as_ref().filter(|_| question.changes || question.grows);
    let who = dated.map_or(who.clone(), |dated| {
        messages.fill("impossible.who_date", &[("who", &who), ("date", &date::held(said, dated, messages))])
    });
    let value = piece::text(answer::label(dossier, &given.value, question, messages));
    let (key, end) = reckoned(dossier, ix, n, side);
    let end = end.map(|end| piece::text(number::decimal(end, messages.language()))).unwrap_or_default();
    let values = [
        ("scope", piece::text(scope(dossier, ix, n, messages))),
        ("value", value),
        ("least", end.clone()),
        ("most", end),
        ("who", piece::link(claim, who)),
    ];
    let values = values.each_ref().map(|(name, pieces)| (*name, pieces.as_slice()));
    piece::fill(messages, key, &values)
}

/// What an answer comes to on a side, where that is not what it says.
fn reckoned(dossier: &Dossier, ix: QuestionIx, n: usize, side: Side) -> (&'static str, Option<Decimal>) {
    let plain = if side == Side::Floor { "impossible.part" } else { "impossible.whole" };
    let Some(range) = dossier[ix].comparison.reckoned(n) else { return (plain, None) };
    let (claim, number) = dossier[ix].answers[n];
    let says_it =
        dossier[claim].answers[number].value.quantity().is_none_or(|q| q.is_bound() || range.low == range.high);
    match (side, range.low, range.high) {
        _ if says_it => (plain, None),
        (Side::Floor, End::At { value, included: true }, _) => ("impossible.part_at_least", Some(value)),
        (Side::Floor, End::At { value, included: false }, _) => ("impossible.part_more_than", Some(value)),
        (Side::Ceiling, _, End::At { value, included: true }) => ("impossible.whole_at_most", Some(value)),
        (Side::Ceiling, _, End::At { value, included: false }) => ("impossible.whole_less_than", Some(value)),
        _ => (plain, None),
    }
}

/// By how much the parts exceed the whole: "at least 1,000 soldiers"; empty where they only touch.
pub fn gap(dossier: &Dossier, ix: QuestionIx, set: &Set, messages: &Messages) -> String {
    if set.gap() == Decimal::ZERO {
        return String::new();
    }
    messages.fill("quantity.at_least", &[("n", &with_unit(set.gap(), dossier[ix].unit.as_deref(), messages))])
}

/// What an answer is about: its place, else the question's, and its group.
pub fn scope(dossier: &Dossier, ix: QuestionIx, n: usize, messages: &Messages) -> String {
    let question = &dossier[ix];
    let (claim, number) = question.answers[n];
    let given = &dossier[claim].answers[number];
    let set = |name: &str| typography::apply(messages.language(), name).into_owned();
    let place = given.place.or(question.place).map(|place| set(&dossier[place].name));
    let group = given.group.or(question.group).map(|group| set(&dossier[group].name));
    match (place, group) {
        (Some(place), Some(group)) => messages.fill("impossible.scope_group", &[("place", &place), ("group", &group)]),
        (Some(name), None) | (None, Some(name)) => name,
        (None, None) => messages.text("impossible.scope_all").to_owned(),
    }
}
