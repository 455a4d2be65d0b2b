//! Verdicts in words that a hurried reader understands.
//!
//! 1. [`label`]: the verdict in a word or two. 2. [`reason`]: why, in a short clause. 3. [`between`]: both of a pair of a
//!    question's answers, with the names of speakers and places.

use std::borrow::Cow;

use super::messages::Messages;
use super::quantity::{distance as distance_of, window};
use super::sentence::side;
use super::{distance, piece};
use crate::model::claim::ClaimAnswer;
use crate::model::compare::{Agreement, Clash, Compatibility, Gap, Lapse, Reason, Sides, Verdict, VerdictKind};
use crate::model::date::{Edtf, Precision};
use crate::model::state::State;
use crate::model::value::{Answer, Decimal};
use crate::model::{ActorIx, ClaimIx, Dossier, PlaceIx, QuestionIx};

/// What a reason may name; all of it may be left out.
#[derive(Clone, Debug, Default)]
pub struct Context<'a> {
    /// How the two answers are told apart: their speakers. Without them they are the first and the second.
    pub sides: Option<[&'a str; 2]>,
    /// The places of the two answers.
    pub places: [Option<&'a str>; 2],
    /// The groups of the two answers.
    pub groups: [Option<&'a str>; 2],
    /// The unit of a quantity.
    pub unit: Option<&'a str>,
    /// How far apart they are in time, as far as their dates tell: "at least 5 months".
    pub distance: Option<String>,
}

/// A verdict on two answers of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained<'m> {
    /// The verdict in a word or two.
    pub label: &'m str,
    /// Why.
    pub reason: Cow<'m, str>,
}

/// "non comparable", "divergent".
pub fn label(verdict: Verdict, messages: &Messages) -> &str {
    messages.find(label_key(verdict)).unwrap_or_else(|| verdict.kind().as_str())
}

/// The key of that message: there is one more of them than there are kinds.
pub fn label_key(verdict: Verdict) -> &'static str {
    match verdict.kind() {
        VerdictKind::Superseded => "verdict.superseded",
        VerdictKind::NotComparable => "verdict.not-comparable",
        VerdictKind::Agrees => "verdict.agrees",
        VerdictKind::Compatible => "verdict.compatible",
        VerdictKind::Differs => "verdict.differs",
        VerdictKind::Impossible if verdict.is_conflict() => "verdict.impossible",
        VerdictKind::Impossible => "verdict.impossible_with_others",
    }
}

/// Why, as a clause without a capital and a full stop.
pub fn reason<'m>(verdict: Verdict, messages: &'m Messages, context: &Context<'_>) -> Cow<'m, str> {
    match verdict {
        Verdict::Superseded(sides) => each(sides, "reason.lapse", Lapse::as_str, messages, context).into(),
        Verdict::NotComparable(reason) => incomparable(reason, messages, context),
        Verdict::Agrees(Agreement::Same) => messages.text("reason.same").into(),
        Verdict::Agrees(Agreement::ButForApproximation) => messages.text("reason.but_for_approximation").into(),
        Verdict::Agrees(Agreement::ButForRounding) => messages.text("reason.but_for_rounding").into(),
        Verdict::Agrees(Agreement::Stated) => messages.text("reason.stated_agreement").into(),
        Verdict::Compatible(Compatibility::FirstWithin) => sided("reason.within", 0, messages, context).into(),
        Verdict::Compatible(Compatibility::SecondWithin) => sided("reason.within", 1, messages, context).into(),
        Verdict::Compatible(Compatibility::Overlapping) => messages.text("reason.partly").into(),
        Verdict::Compatible(Compatibility::BoundOnly) => messages.text("reason.bound_only").into(),
        Verdict::Compatible(Compatibility::Beside) => messages.text("reason.beside").into(),
        Verdict::Compatible(Compatibility::FirstPart) => sided("reason.part", 0, messages, context).into(),
        Verdict::Compatible(Compatibility::SecondPart) => sided("reason.part", 1, messages, context).into(),
        Verdict::Differs(gap) => differs(gap, messages, context),
        Verdict::Impossible(Clash { others: 0, .. }) => messages.text("reason.impossible").into(),
        Verdict::Impossible(_) => messages.text("reason.impossible_with_others").into(),
    }
}

/// Whether the reason of a verdict speaks of one of the sides.
fn is_of_a_side(verdict: Verdict) -> bool {
    match verdict {
        Verdict::Superseded(_) => true,
        Verdict::Compatible(how) => {
            !matches!(how, Compatibility::Overlapping | Compatibility::BoundOnly | Compatibility::Beside)
        }
        Verdict::NotComparable(reason) => {
            matches!(
                reason,
                Reason::Forecast(_) | Reason::NotHeld(_) | Reason::AsOfUnknown(_) | Reason::TooFarApart { .. }
            )
        }
        Verdict::Agrees(_) | Verdict::Differs(_) | Verdict::Impossible(_) => false,
    }
}

/// As [`between`], where the first stands on its own page: if the two cannot be told apart by who speaks, it is "this one".
pub fn of_first<'m>(
    dossier: &Dossier,
    ix: QuestionIx,
    pair: (usize, usize),
    verdict: Verdict,
    messages: &'m Messages,
) -> Explained<'m> {
    let alike = [messages.text("reason.this"), messages.text("reason.that")];
    explained(dossier, ix, pair, verdict, messages, Some(alike))
}

/// A verdict on two of a question's answers, by their numbers, in words.
pub fn between<'m>(
    dossier: &Dossier,
    ix: QuestionIx,
    (first, second): (usize, usize),
    verdict: Verdict,
    messages: &'m Messages,
) -> Explained<'m> {
    explained(dossier, ix, (first, second), verdict, messages, None)
}

/// In words, with what to call two answers whose speakers are the same.
fn explained<'m>(
    dossier: &Dossier,
    ix: QuestionIx,
    (first, second): (usize, usize),
    verdict: Verdict,
    messages: &'m Messages,
    alike: Option<[&str; 2]>,
) -> Explained<'m> {
    let question = &dossier[ix];
    let [one, other] = [first, second].map(|n| question.answers[n]);
    let name = |(claim, _)| if is_of_a_side(verdict) { side(dossier, claim, messages) } else { String::new() };
    let names = [one, other].map(name);
    let place = |p: PlaceIx| &*dossier[p].name;
    let places = [one, other].map(|(claim, n)| dossier[claim].answers[n].place.or(question.place).map(place));
    let group = |g: ActorIx| &*dossier[g].name;
    let groups = [one, other].map(|(claim, n)| dossier[claim].answers[n].group.or(question.group).map(group));
    let sides = (names[0] != names[1]).then(|| [names[0].as_str(), names[1].as_str()]).or(alike);
    let distance = apart(dossier, [one, other], verdict, messages);
    let context = Context { sides, places, groups, unit: question.unit.as_deref(), distance };
    let arithmetic = |clash: Clash| {
        let set = question.comparison.impossible().sets.get(clash.set as usize)?;
        Some(piece::plain(&super::impossible::sentence(dossier, ix, set, messages)).into())
    };
    let told = match verdict {
        Verdict::Impossible(clash) => arithmetic(clash),
        _ => None,
    };
    Explained { label: label(verdict, messages), reason: told.unwrap_or_else(|| reason(verdict, messages, &context)) }
}

/// How far apart in time, where that is what keeps two answers from agreeing or from being compared.
fn apart<'d>(
    dossier: &'d Dossier,
    sides: [(ClaimIx, usize); 2],
    verdict: Verdict,
    messages: &Messages,
) -> Option<String> {
    let answers = sides.map(|(claim, n)| &dossier[claim].answers[n]);
    let (days, dates) = match verdict {
        Verdict::Differs(Gap::Days(days)) => {
            let date = |answer: &'d ClaimAnswer| match &answer.value {
                Answer::Date(date) => Some(date),
                Answer::Quantity(_) | Answer::Measured(_) | Answer::Period(_) | Answer::Choice(_) => None,
                Answer::Choices(_) | Answer::Place(..) | Answer::Words(_) => None,
            };
            let dates = answers.map(date);
            // Where one has a time of day and both name a day, the days on the walls of two places tell no distance.
            let is_day = |date: &&Edtf| date.precision() == Precision::Day;
            if dates.iter().flatten().any(|date| date.time().is_some()) && dates.iter().flatten().all(is_day) {
                return None;
            }
            (days, dates)
        }
        Verdict::NotComparable(Reason::TooFarApart { days, .. }) => {
            (days, answers.map(|answer| answer.as_of.as_ref().map(|dated| &dated.date)))
        }
        _ => return None,
    };
    let [Some(first), Some(second)] = dates else { return None };
    Some(distance::between(first, second, days, messages))
}

fn incomparable<'m>(reason: Reason, messages: &'m Messages, context: &Context<'_>) -> Cow<'m, str> {
    match reason {
        Reason::DifferentKind => messages.text("reason.different_kind").into(),
        Reason::DifferentPlace => different(context.places, "reason.different_place", messages),
        Reason::DifferentGroup => different(context.groups, "reason.different_group", messages),
        Reason::OnePlaceUnstated(_) => match context.places.iter().flatten().next() {
            Some(place) => messages.fill("reason.one_place", &[("place", place)]).into(),
            None => messages.text("reason.one_place_unstated").into(),
        },
        Reason::OneGroupUnstated(_) => match context.groups.iter().flatten().next() {
            Some(group) => messages.fill("reason.one_group", &[("group", group)]).into(),
            None => messages.text("reason.one_group_unstated").into(),
        },
        Reason::DifferentUnit => messages.text("reason.different_unit").into(),
        Reason::InWords => messages.text("reason.in_words").into(),
        Reason::UnrelatedPlaces => messages.text("reason.unrelated_places").into(),
        Reason::MayHaveGrown => messages.text("reason.may_have_grown").into(),
        Reason::Forecast(sides) => both(sides, "reason.forecast", messages, context).into(),
        Reason::NotHeld(sides) => each(sides, "reason.not_held", State::as_str, messages, context).into(),
        Reason::AsOfUnknown(sides) => both(sides, "reason.as_of_unknown", messages, context).into(),
        Reason::TooFarApart { days, window: allowed } => {
            let distance = context.distance.clone().unwrap_or_else(|| distance::at_least(days, messages));
            let [first, second] = names(messages, context);
            let allowed = window(allowed, messages);
            let values = [("distance", &*distance), ("first", first), ("second", second), ("window", &*allowed)];
            messages.fill("reason.too_far_apart", &values).into()
        }
    }
}

/// What two answers are about, where that is not the same.
fn different<'m>(names: [Option<&str>; 2], key: &'static str, messages: &'m Messages) -> Cow<'m, str> {
    match names {
        [Some(first), Some(second)] => {
            messages.fill(&format!("{key}s"), &[("first", first), ("second", second)]).into()
        }
        _ => messages.text(key).into(),
    }
}

/// A distance that is "at least" so much, cut to hundredths, or to its first digit where it is smaller: converted values have
/// more decimals than anybody measured.
fn no_finer(by: Decimal) -> Decimal {
    let hundredth = Decimal::from_thousandths(10);
    let step = if by < hundredth { by.leading(1) } else { hundredth };
    let near = by.rounded_to(step);
    if near > by { near - step } else { near }
}

fn differs<'m>(gap: Gap, messages: &'m Messages, context: &Context<'_>) -> Cow<'m, str> {
    match gap {
        Gap::Quantity { by, .. } if by == Decimal::ZERO => messages.text("reason.touch").into(),
        Gap::Quantity { by, rounded } => {
            let gap = distance_of(if rounded { by } else { no_finer(by) }, context.unit, messages);
            messages.fill(if rounded { "reason.gap_about" } else { "reason.gap" }, &[("gap", &gap)]).into()
        }
        Gap::Days(days) => {
            let distance = context.distance.clone().unwrap_or_else(|| distance::at_least(days, messages));
            messages.fill("reason.gap_days", &[("distance", &distance)]).into()
        }
        Gap::Seconds(seconds) => {
            messages.fill("reason.gap", &[("gap", &super::quantity::stretch(seconds, messages))]).into()
        }
        Gap::Period { start, end } => {
            let told = |key: &str, days: Option<i64>| {
                days.map(|days| messages.count(key, usize::try_from(days).unwrap_or(0), &[]))
            };
            let both: Vec<_> =
                [told("reason.gap_starts", start), told("reason.gap_ends", end)].into_iter().flatten().collect();
            super::list::join(&both, messages).into()
        }
        Gap::Stated => messages.text("reason.stated_difference").into(),
        Gap::Choice => messages.text("reason.choice").into(),
    }
}

/// What holds of one side, or of both: `key.one` names the side, `key.both` does not.
fn both(sides: Sides<()>, key: &str, messages: &Messages, context: &Context<'_>) -> String {
    match sides {
        Sides::First(()) => sided(&format!("{key}.single"), 0, messages, context),
        Sides::Second(()) => sided(&format!("{key}.single"), 1, messages, context),
        Sides::Both((), ()) => messages.fill(&format!("{key}.both"), &[]),
    }
}

/// What holds of each side in its own way; said once where it is the same way.
fn each<T: Copy + PartialEq>(
    sides: Sides<T>,
    key: &str,
    name: fn(T) -> &'static str,
    messages: &Messages,
    context: &Context<'_>,
) -> String {
    let single = |it: T, side| sided(&format!("{key}.{}.single", name(it)), side, messages, context);
    match sides {
        Sides::First(it) => single(it, 0),
        Sides::Second(it) => single(it, 1),
        Sides::Both(first, second) if first == second => messages.fill(&format!("{key}.{}.both", name(first)), &[]),
        Sides::Both(first, second) => super::list::join(&[single(first, 0), single(second, 1)], messages),
    }
}

fn sided(key: &str, side: usize, messages: &Messages, context: &Context<'_>) -> String {
    messages.fill(key, &[("side", names(messages, context)[side])])
}

fn names<'a>(messages: &'a Messages, context: &Context<'a>) -> [&'a str; 2] {
    context.sides.unwrap_or([messages.text("reason.first"), messages.text("reason.second")])
}
