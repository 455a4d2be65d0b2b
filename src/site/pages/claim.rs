//! A claim: what is asserted, by whom, when, through whom, read where; and what else is said?

use tera::Value;

use super::common::plan_records;
use super::source::{origins, short_hash};
use super::{PageKind, Role};
use crate::plan::{Planner, Route};
use crate::render::answer::not_asserted;
use crate::render::brief::get;
use crate::render::inline::pieces_html;
use crate::render::object::{Html, Object, ToValue};
use crate::render::{Page, Renderer};
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::base::html::escape;
use sourcebook_core::evidence::verify::QuoteState;
use sourcebook_core::model::claim::{ClaimAnswer, Relation};
use sourcebook_core::model::{Claim, ClaimIx, state};
use sourcebook_core::words;
use sourcebook_core::words::messages::Messages;

/// `/claims/ID/`
pub(super) static KIND: PageKind = PageKind { name: "claims", role: Role::Record(|i| ClaimIx(i).into()), plan, render };

fn plan(planner: &mut Planner<'_>) {
    let count = planner.dossier.claims.len();
    plan_records(planner, count, |i| ClaimIx::at(i).into(), |_, _| 0);
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let ix = ClaimIx(route.subject);
    let claim = &renderer.dossier[ix];
    let mut page = renderer.page(route, Some(ix.into()));
    let provenance = words::sentence::provenance(renderer.dossier, ix, renderer, renderer.words());
    let value = renderer
        .claim_with_card(ix)
        .set("extra", &claim.head.extra)
        .set("statement_html", Html(page.title(&claim.statement)?))
        .set("provenance_html", Html(pieces_html(renderer, &provenance)))
        .set("about", claim.about.iter().map(|of| renderer.brief(*of)).collect::<Vec<_>>())
        .set("order", claim.order.iter().map(|event| renderer.brief((*event).into())).collect::<Vec<_>>())
        .set("knots", super::impossible::of_claim(renderer, ix))
        .set("answers", answers(renderer, ix, claim))
        .set("relations", relations(renderer, claim))
        .set("origins", origins(renderer, &claim.origins))
        .set("derivation_html", crate::render::figures::derivation(renderer, ix))
        .set("note_html", page.blocks_of(claim.note.as_deref())?)
        .set("verification", verification(renderer, ix, claim))
        .set("proof", super::proof::of_claim(renderer, ix))
        .set("stamped", super::proof::times(renderer, ix))
        .set("because_html", because(&page, ix)?);
    page.set("claim", value);
    let title = words::sentence::titled(renderer.dossier, ix, renderer.words());
    page.head("claim", "claims", &title, None);
    page.record_foot(ix.into(), 0, route.part);
    page.finish("claim.html", out)
}

/// What was found in which capture, a sentence for each quote that was.
fn verification(renderer: &Renderer<'_>, ix: ClaimIx, claim: &Claim) -> Vec<String> {
    let words = renderer.words();
    let mut lines: Vec<String> = Vec::new();
    for (n, evidence) in claim.evidence.iter().enumerate() {
        let Some(capture) = renderer.verified.capture(evidence.source) else { continue };
        if renderer.verified.state(ix, n) != QuoteState::Verbatim {
            continue;
        }
        let hash = short_hash(&capture.sha256.to_string());
        let source = &renderer.dossier[evidence.source];
        let made = source.capture.as_ref().and_then(|c| c.on.as_ref()).or(source.accessed.as_ref());
        let line = match made {
            Some(on) => {
                let date = words::date::moment_phrase(&on.date, words);
                words.fill("claim.verified_dated", &[("date", &date), ("hash", &hash)])
            }
            None => words.fill("claim.verified", &[("hash", &hash)]),
        };
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// Why a claim no longer stands, in the curators' words.
fn because(page: &Page<'_, '_>, ix: ClaimIx) -> Result<Option<Html<String>>, Diagnostic> {
    let lapsed = state::lapsed(page.renderer.dossier, ix, None);
    page.blocks_of(lapsed.and_then(|lapsed| lapsed.because))
}

fn answers(renderer: &Renderer<'_>, ix: ClaimIx, claim: &Claim) -> Vec<Value> {
    claim
        .answers
        .iter()
        .enumerate()
        .map(|(n, answer)| {
            let question = &renderer.dossier[answer.question];
            let label = words::answer::label(renderer.dossier, &answer.value, question, renderer.words());
            Object::new()
                .set("question", renderer.brief(answer.question.into()))
                .set("value_label", label)
                .set("place", answer.place.map(|p| renderer.brief(p.into())))
                .set("group", answer.group.map(|g| renderer.brief(g.into())))
                .set("state_label", not_asserted(renderer, answer.question, claim.numbers[n]))
                .set("impossible", super::impossible::of_answer(renderer, answer.question, claim.numbers[n]))
                .set("as_of", held(renderer, claim, answer))
                .set("inferred", answer.inferred.as_ref())
                .set("verdicts_html", Html(verdicts(renderer, ix, n)))
                .set("more_label", more(question.answers.len(), renderer.words()))
                .build()
        })
        .collect()
}

/// For when an answer holds, where that is not when it was said.
pub(super) fn held(renderer: &Renderer<'_>, claim: &Claim, answer: &ClaimAnswer) -> Option<Value> {
    let (said, as_of) = (claim.said.as_ref(), answer.as_of.as_ref()?);
    let is_said = said.is_some_and(|said| said.date == as_of.date);
    (!is_said).then(|| renderer.held(said, as_of))
}

/// How many of a question's answers a claim's page leaves to the question's.
fn more(answers: usize, words: &Messages) -> Option<String> {
    let left = answers.saturating_sub(1 + VERDICTS);
    (left > 0).then(|| words.count("origins.more", left, &[]))
}

/// A question with very many answers is compared on its own page: so many others a claim's page looks at, and of these
/// it tells so many in words, those that differ before all others.
const LOOKED_AT: usize = 200;
const VERDICTS: usize = 24;

/// How one answer compares with every other to the same question, a line each.
fn verdicts(renderer: &Renderer<'_>, ix: ClaimIx, n: usize) -> String {
    let question_ix = renderer.dossier[ix].answers[n].question;
    let question = &renderer.dossier[question_ix];
    let mine = renderer.dossier[ix].numbers[n];
    let verdicts = (0..question.answers.len()).filter(|other| *other != mine).take(LOOKED_AT);
    let mut verdicts: Vec<_> = verdicts.map(|other| (other, question.comparison.verdict(mine, other))).collect();
    if verdicts.len() > VERDICTS {
        verdicts.sort_by_key(|(_, verdict)| !verdict.is_conflict());
        verdicts.truncate(VERDICTS);
        verdicts.sort_by_key(|(other, _)| *other);
    }
    let mut lines = String::with_capacity(verdicts.len() * 400);
    for (other, verdict) in verdicts {
        let other_claim = renderer.brief(question.answers[other].0.into());
        let told = words::verdict::of_first(renderer.dossier, question_ix, (mine, other), verdict, renderer.words());
        let shown = |key| get(&other_claim, key).and_then(Value::as_str).unwrap_or_default();
        let known = || [("verdict", verdict.kind().as_str().to_value()), ("verdict_label", told.label.to_value())];
        let (voice, reason) = (escape(shown("voice_label")), escape(&told.reason));
        let words =
            [("link_html", Some(shown("link_html"))), ("voice_label", Some(&*voice)), ("reason_label", Some(&*reason))];
        renderer.filled("chips/verdict.html", (words::verdict::label_key(verdict), known), words, &mut lines);
    }
    lines
}

fn relations(renderer: &Renderer<'_>, claim: &Claim) -> Vec<Value> {
    let list = |relations: &[Relation]| -> Vec<(ClaimIx, Option<String>)> {
        relations.iter().map(|r| (r.claim, r.reason.as_ref().map(|w| renderer.typeset(w).into_owned()))).collect()
    };
    let discussed: Vec<_> = claim.back.discussed_by.iter().map(|ix| (*ix, None)).collect();
    let all = [
        ("contradicts", list(&claim.contradicts)),
        ("contradicted-by", list(&claim.back.contradicted_by)),
        ("supports", list(&claim.supports)),
        ("supported-by", list(&claim.back.supported_by)),
        ("supersedes", list(&claim.supersedes)),
        ("superseded-by", list(&claim.back.superseded_by)),
        ("discussed-by", discussed),
    ];
    all.into_iter()
        .filter(|(_, claims)| !claims.is_empty())
        .map(|(relation, claims)| {
            let item = |(ix, reason)| renderer.claim_item(ix).set("reason", reason);
            Object::new()
                .set("relation", relation)
                .set("relation_label", renderer.words().text(&format!("relation.{relation}")))
                .set("claims", claims.into_iter().map(item).collect::<Vec<_>>())
                .build()
        })
        .collect()
}
