//! What cannot all be true, as pages show it: the arithmetic, its figure, since when, and what would remain without a voice.

use std::collections::BTreeSet;

use tera::Value;

use crate::render::impossible::sentence;
use crate::render::inline::pieces_html;
use crate::render::object::{Html, Object};
use crate::render::{Renderer, figures};
use sourcebook_core::model::as_of;
use sourcebook_core::model::compare::VerdictKind;
use sourcebook_core::model::date::Day;
use sourcebook_core::model::reason::{Found, MOST_FACTS, Set};
use sourcebook_core::model::source::Origin;
use sourcebook_core::model::state::State;
use sourcebook_core::model::value::{Decimal, End};
use sourcebook_core::model::voice::Voice;
use sourcebook_core::model::{Claim, ClaimIx, Dated, Dossier, EventIx, QuestionIx, Ref};
use sourcebook_core::words;

/// Sets beyond these are told without a figure.
const DRAWN: usize = 6;
/// Sets beyond these are counted.
const TOLD: usize = 40;
/// Origins beyond these are not tried.
const TRIED: usize = 8;

/// The sets of a question, for its page.
pub(super) fn of_question(renderer: &Renderer<'_>, ix: QuestionIx) -> Vec<Value> {
    let found = renderer.dossier[ix].comparison.impossible();
    let all = found.sets.iter().take(TOLD).enumerate();
    all.map(|(n, set)| {
        let figure = (n < DRAWN).then(|| figures::impossible(renderer, ix, n, set)).flatten();
        sentence(renderer, ix, set)
            .set("figure_html", figure)
            .set("since_label", since(renderer, ix, set))
            .set("without", without(renderer, ix, found, set))
            .build()
    })
    .collect()
}

/// The sentences of the sets that hold an answer, for the page of its claim.
pub(super) fn of_answer(renderer: &Renderer<'_>, ix: QuestionIx, number: usize) -> Vec<Value> {
    let sets = renderer.dossier[ix].comparison.impossible().sets.iter();
    let holding = sets.filter(|set| set.members().contains(&number)).take(DRAWN);
    holding.map(|set| sentence(renderer, ix, set).build()).collect()
}

/// The sentences of the sets that had become impossible by a day, of what had been said and stood; each with whether an
/// answer of it was new.
pub(super) fn by_day(renderer: &Renderer<'_>, ix: QuestionIx, day: Day, is_new: impl Fn(usize) -> bool) -> Vec<Value> {
    let question = &renderer.dossier[ix];
    if !question.adds_up && !question.grows {
        return Vec::new();
    }
    let stood = as_of::question(renderer.dossier, ix, day);
    let sets = stood.comparison.impossible().sets.iter().take(3);
    sets.map(|set| {
        let floors = set.floors.iter().map(|n| stood.given[*n]).collect();
        let set = Set { ceiling: stood.given[set.ceiling], floors, ..set.clone() };
        let new = set.members().into_iter().any(&is_new);
        sentence(renderer, ix, &set).set("new", new).build()
    })
    .collect()
}

/// Why what a claim says of the order of events cannot be, with what others say of it and the dates.
pub(super) fn of_claim(renderer: &Renderer<'_>, ix: ClaimIx) -> Vec<Value> {
    let (dossier, words) = (renderer.dossier, renderer.words());
    let link = |of: Ref| words::piece::link(of, renderer.typeset(dossier.label(of)));
    let knots = dossier.knots.iter().filter(|knot| knot.claims.contains(&ix.0)).take(DRAWN);
    knots
        .map(|knot| {
            let step = |(n, claim): (usize, &u32)| {
                let event = |at: usize| link(EventIx(knot.events[at]).into());
                let who = words::piece::link(ClaimIx(*claim), figures::speaker(renderer, ClaimIx(*claim)));
                let values = [("earlier", event(n)), ("later", event(n + 1)), ("who", who)];
                words::piece::fill(words, "impossible.before", &values.each_ref().map(|(k, v)| (*k, v.as_slice())))
            };
            let steps: Vec<_> = knot.claims.iter().enumerate().map(step).collect();
            let steps = words::piece::join(&steps, words.text("impossible.between"));
            let dated = |at: Option<&u32>| {
                let date = at.map(|event| words::date::event(&dossier[EventIx(*event)].date, words));
                words::piece::text(date.unwrap_or_default())
            };
            let (first, last) = (dated(knot.events.first()), dated(knot.events.last()));
            let key = if knot.is_circle() { "impossible.circle" } else { "impossible.too_late" };
            let values = [("steps", steps.as_slice()), ("first", &first), ("last", &last)];
            Object::new()
                .set("sentence_html", Html(pieces_html(renderer, &words::piece::fill(words, key, &values))))
                .set(
                    "events",
                    knot.events
                        .iter()
                        .map(|e| dossier.id(EventIx(*e).into()).to_string())
                        .collect::<Vec<_>>()
                        .join(" "),
                )
                .build()
        })
        .collect()
}

/// What was not looked at, and what is only counted; nothing where all is told.
pub(super) fn beyond(renderer: &Renderer<'_>, ix: QuestionIx) -> Option<String> {
    let (found, words) = (renderer.dossier[ix].comparison.impossible(), renderer.words());
    let more = found.sets.len().saturating_sub(TOLD);
    let more = (more > 0).then(|| words.count("impossible.more", more, &[]));
    let unsearched = (!found.is_complete).then(|| words.count("impossible.searched", found.searched, &[]));
    let parts: Vec<_> = more.into_iter().chain(unsearched).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// On which day it became impossible, and which answer was new: said only as surely as the dates are.
fn since(renderer: &Renderer<'_>, ix: QuestionIx, set: &Set) -> Option<String> {
    let (dossier, words) = (renderer.dossier, renderer.words());
    let claim = |n: usize| dossier[ix].answers[n].0;
    let said = |n: usize| -> Option<&Dated> { dossier[claim(n)].said.as_ref() };
    let members = set.members();
    let latest = |n: usize| said(n).and_then(|dated| dated.date.latest());
    // A doubted day is no bound: nothing is said by it.
    let is_doubted = |n: usize| said(n).is_some_and(|dated| dated.date.is_uncertain());
    if members.iter().any(|n| latest(*n).is_none() || is_doubted(*n)) {
        return None;
    }
    let last = members.iter().copied().max_by_key(|n| (latest(*n), *n))?;
    let date = &said(last)?.date;
    let is_last = |n: &usize| *n == last || latest(*n) < date.earliest();
    if members.iter().all(is_last) {
        let who = words::text::speaker_label(renderer.dossier, claim(last), words);
        let values = [("who", who.as_str()), ("date", &words::date::moment(date, words))];
        return Some(words.fill("impossible.since", &values));
    }
    let day = sourcebook_core::model::date::Civil::from_day(date.latest()?);
    let day =
        sourcebook_core::model::date::Edtf::parse(&format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)).ok()?;
    Some(words.fill("impossible.since_about", &[("date", &words::date::phrase(&day, words))]))
}

/// Whose answers it takes: the origins of the set without which no such set is left at all.
fn without(renderer: &Renderer<'_>, ix: QuestionIx, found: &Found, set: &Set) -> Vec<String> {
    let (dossier, words) = (renderer.dossier, renderer.words());
    let question = &dossier[ix];
    let claim = |n: usize| -> &Claim { &dossier[question.answers[n].0] };
    let origins: BTreeSet<Origin> = set.members().iter().flat_map(|n| claim(*n).origins.iter().copied()).collect();
    let told = |origin: Origin| {
        let rests_on_it = |n: usize| rests_on(dossier, question.answers[n].0, origin);
        if !set.members().iter().any(|n| rests_on_it(*n)) {
            return None;
        }
        let left = question.comparison.impossible_among(|n| !rests_on_it(n));
        let who = words::piece::plain(&words::sentence::origin(dossier, origin, words));
        let none_left = left.sets.is_empty() && left.is_complete && found.is_complete;
        match most_without(renderer, ix, set, rests_on_it).filter(|_| none_left) {
            Some(most) => {
                Some(words.fill("impossible.without_most", &[("who", &who), ("most", &most.0), ("scope", &most.1)]))
            }
            // Of two, each is the one without which the other stands: to name one would seem to choose.
            None if none_left && set.members().len() > 2 => {
                Some(words.fill("impossible.without_none", &[("who", &who)]))
            }
            None => None,
        }
    };
    origins.into_iter().take(TRIED).filter_map(told).collect()
}

/// Whether an answer comes from an origin alone: it leads back to nobody else, or is that body's or that text's own word, of
/// which no origin is known.
fn rests_on(dossier: &Dossier, ix: ClaimIx, origin: Origin) -> bool {
    let claim = &dossier[ix];
    if !claim.origins.is_empty() || !claim.is_of_text() {
        return claim.origins.as_slice() == [origin];
    }
    match origin {
        Origin::Actor(actor) => {
            let voices = dossier.voices(ix);
            !voices.is_empty()
                && voices.iter().all(|voice| matches!(voice, Voice::Actor(own) if dossier.body(*own) == actor))
        }
        Origin::Source(source) => claim.evidence.iter().all(|evidence| evidence.source == source),
    }
}

/// The most that any answer still gives of the whole of a set, and of what, once those of an origin are left out; of answers that
/// can be compared with the one that gives the most of the whole. Nothing where that one is left out itself, or one has no
/// upper bound.
fn most_without(
    renderer: &Renderer<'_>,
    ix: QuestionIx,
    set: &Set,
    is_out: impl Fn(usize) -> bool,
) -> Option<(String, String)> {
    let (dossier, words) = (renderer.dossier, renderer.words());
    let comparison = &dossier[ix].comparison;
    if is_out(set.ceiling) {
        return None;
    }
    let is_told = |n: &usize| {
        let verdict = || comparison.verdict(*n, set.ceiling).kind();
        let compared = || !matches!(verdict(), VerdictKind::Superseded | VerdictKind::NotComparable);
        comparison.state(*n) == State::Current && !is_out(*n) && (*n == set.ceiling || compared())
    };
    let left = (0..dossier[ix].answers.len().min(MOST_FACTS)).filter(is_told);
    let most =
        left.map(|n| comparison.reckoned(n).map(|range| range.high)).try_fold(
            Decimal::ZERO,
            |most, high| match high {
                Some(End::At { value, .. }) => Some(most.max(value)),
                _ => None,
            },
        )?;
    let most = words::quantity::with_unit(most, dossier[ix].unit.as_deref(), words);
    Some((most, words::impossible::scope(dossier, ix, set.ceiling, words)))
}
