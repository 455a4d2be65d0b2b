//! An answer, as a value for templates.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tera::Value;

use super::Renderer;
use super::brief::get;
use super::inline::pieces_html;
use super::object::{Html, Object, ToValue};
use sourcebook_core::base::reads::{self, Reads};
use sourcebook_core::model::state::State;
use sourcebook_core::model::{ClaimIx, QuestionIx, Ref, SourceIx};
use sourcebook_core::words;

/// The value of an answer, by its number among the question's.
pub fn answer(renderer: &Renderer<'_>, ix: QuestionIx, number: usize) -> Object {
    let question = &renderer.dossier[ix];
    let (claim_ix, n) = question.answers[number];
    let claim = &renderer.dossier[claim_ix];
    let answer = &claim.answers[n];
    let words = renderer.words();
    Object::with_room(28)
        .set("value_label", words::answer::label(renderer.dossier, &answer.value, question, words))
        .set("value_sort", answer.value.to_string())
        .set("inferred", answer.inferred.as_ref().map(|i| renderer.typeset(i).into_owned()))
        .set("place", answer.place.map(|p| renderer.brief(p.into())))
        .set("group", answer.group.map(|g| renderer.brief(g.into())))
        .set("as_of", answer.as_of.as_ref().map(|d| renderer.held(claim.said.as_ref(), d)))
        .set("modality", claim.modality_of(answer).as_str())
        .set("modality_label", words::modality::noun(claim.modality_of(answer), words))
        .set("claim", renderer.brief_of_answer(claim_ix))
        .set("state", question.comparison.state(number).as_str())
        .set("state_label", not_asserted(renderer, ix, number))
        .set("contested", question.comparison.is_contested(number))
        .set("differs_count", question.comparison.differs_from(number))
        .set("origins_count", claim.origins.len())
        .set("origins_label", words::sentence::origins_of(renderer.dossier, claim, words))
}

/// What an answer is called wherever it stands beside another: its value, what its speaker does not assert, its claim.
pub fn paired(renderer: &Renderer<'_>, ix: QuestionIx, number: usize) -> Object {
    let question = &renderer.dossier[ix];
    let (claim, n) = question.answers[number];
    let value = &renderer.dossier[claim].answers[n].value;
    Object::new()
        .set("value_label", words::answer::label(renderer.dossier, value, question, renderer.words()))
        .set("state_label", not_asserted(renderer, ix, number))
        .set("claim", renderer.brief_of_answer(claim))
}

/// What pages that set two sides face to face show of an answer again and again, made once, with what was read for it:
/// by the claim and its answer's number there. It is not kept of answers that no such page shows.
#[derive(Default)]
pub struct Shown(Mutex<HashMap<Which, (Value, Arc<Reads>)>>);

/// How an answer is shown.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Form {
    Lines,
    Card,
}

/// How, and which answer of which claim.
type Which = (Form, ClaimIx, usize);

impl Shown {
    fn get_or_make(&self, key: Which, make: impl FnOnce() -> Value) -> Value {
        let all = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let made = all().get(&key).cloned();
        let (value, reads) = made.unwrap_or_else(|| {
            let (value, reads) = reads::noted(make);
            all().entry(key).or_insert_with(|| (value, Arc::new(reads))).clone()
        });
        reads::note_again(&reads);
        value
    }
}

/// An answer in two short lines (`html`): the value, then who, where and for when; and its claim.
pub fn short(renderer: &Renderer<'_>, ix: QuestionIx, number: usize) -> Object {
    let (claim, n) = renderer.dossier[ix].answers[number];
    let make = || lines(renderer, answer(renderer, ix, number));
    let html = renderer.warm.shown.get_or_make((Form::Lines, claim, n), make);
    Object::new().set("html", html).set("claim", renderer.brief(claim.into()))
}

/// As [`answer`], with itself in two short lines (`html`).
pub fn with_lines(renderer: &Renderer<'_>, ix: QuestionIx, number: usize) -> Object {
    let answer = answer(renderer, ix, number);
    let html = lines(renderer, answer.clone());
    answer.set("html", html)
}

fn lines(renderer: &Renderer<'_>, answer: Object) -> Value {
    renderer.fragment("chips/answer.html", [("answer", answer.build())])
}

/// An answer on one of two sides: with its card, which has the words of the side's texts alone.
pub fn facing(renderer: &Renderer<'_>, ix: QuestionIx, number: usize, texts: &[SourceIx]) -> Value {
    let (claim, n) = renderer.dossier[ix].answers[number];
    // Most claims rest on one text, and stand on each of their pages with the same words.
    match renderer.dossier[claim].evidence.iter().all(|evidence| texts.contains(&evidence.source)) {
        true => {
            let make = || with_card(renderer, ix, number, None).build();
            renderer.warm.shown.get_or_make((Form::Card, claim, n), make)
        }
        false => with_card(renderer, ix, number, Some(texts)).build(),
    }
}

/// As [`answer`], with its claim's card as it stands here: how this answer is contested, and not what other answers of the
/// claim are. With `texts`, the card has the words of these alone.
pub fn with_card(renderer: &Renderer<'_>, ix: QuestionIx, number: usize, texts: Option<&[SourceIx]>) -> Object {
    let question = &renderer.dossier[ix];
    let (claim_ix, n) = question.answers[number];
    let differs = question.comparison.differs_from(number);
    let differs = (differs > 0).then(|| renderer.words().count("figure.differs", differs, &[]));
    let said = renderer.dossier[claim_ix].said.as_ref();
    let as_of = renderer.dossier[claim_ix].answers[n].as_of.as_ref().map(|d| renderer.held(said, d));
    let claim = renderer.claim(claim_ix).build();
    let claim = match texts {
        Some(texts) => {
            let is_shown = |n: usize| {
                renderer.dossier[claim_ix].evidence.get(n).is_some_and(|evidence| texts.contains(&evidence.source))
            };
            let all = get(&claim, "evidence").and_then(Value::as_array).unwrap_or_default();
            let shown = all.iter().enumerate().filter(|(n, _)| is_shown(*n)).map(|(_, evidence)| evidence.clone());
            Object::from(&claim).set("evidence", shown.collect::<Vec<_>>()).build()
        }
        None => claim,
    };
    let values = [("claim", claim), ("as_of", as_of.to_value()), ("differs", differs.to_value())];
    let card = renderer.fragment("cards/answer.html", values);
    answer(renderer, ix, number).set("card_html", card)
}

/// What an answer is that its speaker does not assert, in a word: denied, foretold, neither. Of one that no longer stands, its
/// claim's mark tells.
pub fn not_asserted<'r>(renderer: &'r Renderer<'_>, ix: QuestionIx, number: usize) -> Option<&'r str> {
    let state = renderer.dossier[ix].comparison.state(number);
    let told = matches!(state, State::Denial | State::Silence | State::Forecast);
    told.then(|| words::kinds::state(state, renderer.words()))
}

impl Renderer<'_> {
    /// The brief value of a claim beside the value that it answers with: of one whose speakers said nothing, that they did not.
    pub fn brief_of_answer(&self, ix: ClaimIx) -> Value {
        let brief = self.brief(ix.into());
        if !self.dossier[ix].is_silence() {
            return brief;
        }
        let who = words::piece::plain(&words::sentence::answering(self.dossier, ix, self.words()));
        Object::from(&brief).set("voice_label", who).build()
    }

    /// As [`Self::claim_row`], beside the value that the claim answers with.
    pub fn row_of_answer(&self, ix: ClaimIx) -> Object {
        let row = self.claim_row(ix);
        if !self.dossier[ix].is_silence() {
            return row;
        }
        let who = words::sentence::answering(self.dossier, ix, self.words());
        row.set("voice_html", Html(pieces_html(self, &who)))
    }

    /// The brief value of something in a list of changes, which says itself what became of it: not marked once more.
    pub fn brief_of_change(&self, of: Ref) -> Value {
        let brief = match of {
            // What was corrected may have been a denial, or a forecast.
            Ref::Claim(ix) => {
                let who = words::text::speaker_as(self.dossier, ix, self.words());
                Object::from(&self.brief(of)).set("voice_label", who).build()
            }
            _ => self.brief(of),
        };
        let kind = match of {
            _ if get(&brief, "mark_html").is_none() => return brief,
            Ref::Claim(_) => "claim",
            _ => "source",
        };
        self.name(Object::from(&brief), of, kind).set("mark_html", Value::none()).build()
    }
}
