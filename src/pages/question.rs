//! A question: what was asked, who answers what, and what can be compared at all?

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use tera::Value;

use super::PageKind;
use super::common::{part, plan_records};
use super::disagreements::differ_on_a_question;
use crate::diagnostic::Diagnostic;
use crate::model::compare::contest::{Group, Stance};
use crate::model::compare::{DEFAULT_WINDOW, VerdictKind};
use crate::model::kinds::QuestionKind;
use crate::model::question::Question;
use crate::model::{ClaimIx, Dated, PlaceIx, QuestionIx};
use crate::plan::{Planner, Route};
use crate::render::object::{Html, Object, ToValue};
use crate::render::{Page, Renderer, figures};
use crate::words;

/// `/questions/ID/`
pub static KIND: PageKind = PageKind { name: "questions", plan, render };

/// Pairs beyond this number are told by the groups alone: a table of ten thousand rows serves nobody.
const PAIRS: usize = 200;

/// Reasons why one answer stands apart.
const REASONS: usize = 4;

fn plan(planner: &mut Planner<'_>) {
    let count = planner.dossier.questions.len();
    plan_records(planner, &KIND, count, |i| QuestionIx::at(i).into(), |d, i| d.questions[i].answers.len());
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let ix = QuestionIx(route.subject);
    let question = &renderer.dossier[ix];
    let mut page = renderer.page(route, Some(ix.into()));
    let value = value(&page, ix, question)?;
    let apart = apart(question);
    let groups = groups(question, route.part);
    let groups: Vec<_> = groups.iter().filter_map(|g| group(renderer, ix, g, &apart)).collect();
    let apart: Vec<_> = (apart.iter())
        .map(|n| {
            let reasons = reasons_apart(renderer, ix, *n);
            Object::new().set("answer", with_card(renderer, ix, *n)).set("reasons", reasons)
        })
        .collect();
    let everyone: Vec<_> = (0..question.answers.len()).collect();
    let origins = (!everyone.is_empty()).then(|| voices(renderer, ix, &everyone));
    let is_first = route.part == 0;
    let figure = is_first.then(|| figures::question(renderer, ix, figures::Size::Full)).flatten();
    let pairs = if is_first { pairs(renderer, ix) } else { Vec::new() };
    page.set("question", value)
        .set("figure_html", figure)
        .set("groups", groups)
        .set("apart", apart)
        .set("pairs", pairs)
        .set("origins_label", origins);
    let title = renderer.typeset(&question.text.text);
    page.head("question", "questions", &title, None);
    page.record_foot(ix.into(), question.answers.len(), route.part);
    page.finish("question.html", out)
}

fn value(page: &Page<'_, '_>, ix: QuestionIx, question: &Question) -> Result<Object, Diagnostic> {
    let renderer = page.renderer;
    let words = renderer.words();
    let options: Vec<_> = (question.options.iter())
        .map(|(key, label)| Object::new().set("key", key).set("label", renderer.typeset(label).into_owned()))
        .collect();
    let assessment = match &question.assessment {
        None => None,
        Some(a) => Some(
            Object::new()
                .set("answer_label", a.answer.as_ref().map(|v| words::answer::label(v, question, words)))
                .set("status", a.status.as_str())
                .set("status_label", words::kinds::settled(a.status, words))
                .set("on", a.on.as_ref().map(|d| renderer.date(d)))
                .set("because_html", page.blocks_of(a.because.as_ref())?),
        ),
    };
    Ok(page
        .record(ix.into())
        .set("text_html", Html(page.run(&question.text)?))
        .set("unit", question.unit.as_ref())
        .set("changes", question.changes)
        .set(
            "window_label",
            question.changes.then(|| words::quantity::window(question.window.unwrap_or(DEFAULT_WINDOW), words)),
        )
        .set(
            "tolerance_label",
            question.tolerance.map(|t| words::quantity::tolerance(t, question.unit.as_deref(), words)),
        )
        .set("options", options)
        .set("summary_html", page.blocks_of(question.summary.as_ref())?)
        .set("assessment", assessment))
}

/// The groups of one part of the page, in an order that a reader expects: choices as the question lists them.
fn groups(question: &Question, number: u32) -> Vec<Group> {
    let mut groups = question.comparison.groups().to_vec();
    if question.kind == QuestionKind::Choice {
        let place = |g: &Group| {
            let (claim, n) = question.answers[g.members[0]];
            (g.place, g.stance, claim, n)
        };
        groups.sort_by_key(|g| (g.stance, place(g).0));
    }
    let all: Vec<_> =
        groups.iter().enumerate().flat_map(|(g, group)| group.members.iter().map(move |n| (g, *n))).collect();
    let of_group = |members: &[(usize, usize)]| {
        let members_here = members.iter().map(|(_, n)| *n).collect();
        members.first().map(|(g, _)| Group { members: members_here, ..groups[*g].clone() })
    };
    part(&all, number).chunk_by(|a, b| a.0 == b.0).filter_map(of_group).collect()
}

fn group(renderer: &Renderer<'_>, ix: QuestionIx, group: &Group, apart: &BTreeSet<usize>) -> Option<Value> {
    let question = &renderer.dossier[ix];
    let members: Vec<_> = group.members.iter().copied().filter(|n| !apart.contains(n)).collect();
    let (claim, n) = question.answers[*members.first()?];
    let value = &renderer.dossier[claim].answers[n].value;
    let stance = match group.stance {
        Stance::Held => "held",
        Stance::Forecast => "forecast",
        Stance::NotHeld => "not-held",
    };
    let answers: Vec<_> = members.iter().map(|n| with_card(renderer, ix, *n)).collect();
    Some(
        Object::new()
            .set("value_label", words::answer::label(value, question, renderer.words()))
            .set("place", group.place.map(|p| renderer.brief(PlaceIx(p).into())))
            .set("stance", stance)
            .set("answers", answers)
            .set("origins_label", voices(renderer, ix, &members))
            .build(),
    )
}

/// How many sources carry some of the answers, and whose words they are in the end: "4 sources, 1 origin: …".
fn voices(renderer: &Renderer<'_>, ix: QuestionIx, members: &[usize]) -> String {
    let dossier = renderer.dossier;
    let claims: BTreeSet<ClaimIx> = members.iter().map(|n| dossier[ix].answers[*n].0).collect();
    let sources: BTreeSet<_> = claims.iter().flat_map(|c| dossier[*c].evidence.iter().map(|e| e.source)).collect();
    let origins: BTreeSet<_> = claims.iter().flat_map(|c| dossier[*c].origins.iter().copied()).collect();
    let unknown = claims.iter().filter(|c| dossier[**c].origins.is_empty()).count();
    let origins: Vec<_> = origins.into_iter().collect();
    let pieces = words::sentence::origins_among(dossier, sources.len(), &origins, unknown, renderer.words());
    words::piece::plain(&pieces)
}

/// Answers that cannot be compared with any other.
fn apart(question: &Question) -> BTreeSet<usize> {
    let count = question.answers.len();
    let alone = |n: usize| {
        count > 1
            && (0..count).filter(|m| *m != n).all(|m| {
                matches!(question.comparison.verdict(n, m).kind(), VerdictKind::NotComparable | VerdictKind::Superseded)
            })
    };
    if count > PAIRS { BTreeSet::new() } else { (0..count).filter(|n| alone(*n)).collect() }
}

/// Why an answer stands apart: each reason once, with the values that it keeps it from being compared with.
fn reasons_apart(renderer: &Renderer<'_>, ix: QuestionIx, n: usize) -> Vec<Value> {
    let (dossier, words) = (renderer.dossier, renderer.words());
    let question = &dossier[ix];
    let mut reasons: Vec<(Cow<'_, str>, Vec<String>)> = Vec::new();
    for m in (0..question.answers.len()).filter(|m| *m != n) {
        let verdict = question.comparison.verdict(n, m);
        let reason = words::verdict::between(dossier, ix, (n, m), verdict, words).reason;
        let (claim, number) = question.answers[m];
        let other = words::answer::label(&dossier[claim].answers[number].value, question, words);
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, others)) if others.contains(&other) => {}
            Some((_, others)) => others.push(other),
            None if reason.is_empty() => {}
            None => reasons.push((reason, vec![other])),
        }
    }
    let value = |(reason, others): (Cow<'_, str>, Vec<String>)| {
        Object::new().set("reason_label", reason.as_ref()).set("others", words::list::join(&others, words)).build()
    };
    reasons.into_iter().take(REASONS).map(value).collect()
}

/// As [`answer`], with its claim's card: the one that other pages show, unless another date or a place is to be told.
fn with_card(renderer: &Renderer<'_>, ix: QuestionIx, number: usize) -> Object {
    let (claim_ix, n) = renderer.dossier[ix].answers[number];
    let claim = &renderer.dossier[claim_ix];
    let answer = &claim.answers[n];
    let told = |date: Option<&Dated>| {
        date.map(|d| d.date.clone()).filter(|d| claim.said.as_ref().is_none_or(|s| s.date != *d))
    };
    let own = claim.as_of.as_ref();
    let card = if answer.place.is_none() && told(answer.as_of.as_ref().or(own)) == told(own) {
        renderer.claim_card(claim_ix)
    } else {
        let as_of = answer.as_of.as_ref().map(|d| renderer.date(d)).to_value();
        let place = answer.place.map(|p| renderer.brief(p.into())).to_value();
        let claim = renderer.claim(claim_ix).build();
        renderer.fragment("cards/answer.html", [("claim", claim), ("as_of", as_of), ("place", place)])
    };
    self::answer(renderer, ix, number).set("card_html", card)
}

/// The value of an answer, by its number among the question's.
pub fn answer(renderer: &Renderer<'_>, ix: QuestionIx, number: usize) -> Object {
    let question = &renderer.dossier[ix];
    let (claim_ix, n) = question.answers[number];
    let claim = &renderer.dossier[claim_ix];
    let answer = &claim.answers[n];
    let words = renderer.words();
    Object::with_room(14)
        .set("value_label", words::answer::label(&answer.value, question, words))
        .set("value_sort", answer.value.to_string())
        .set("inferred", answer.inferred.as_ref().map(|i| renderer.typeset(i).into_owned()))
        .set("place", answer.place.map(|p| renderer.brief(p.into())))
        .set("as_of", answer.as_of.as_ref().map(|d| renderer.date(d)))
        .set("modality", answer.modality.as_str())
        .set("modality_label", words::modality::noun(answer.modality, words))
        .set("claim", renderer.brief(claim_ix.into()))
        .set("contested", question.comparison.is_contested(number))
        .set("differs_count", question.comparison.differs_from(number))
        .set("origins_count", claim.origins.len())
        .set("origins_label", words::sentence::origins_of(renderer.dossier, claim, words))
}

fn pairs(renderer: &Renderer<'_>, ix: QuestionIx) -> Vec<Value> {
    let question = &renderer.dossier[ix];
    let mut pairs: Vec<_> = question.comparison.pairs().take(PAIRS).collect();
    pairs.sort_by_key(|(i, j, verdict)| (std::cmp::Reverse(verdict.kind()), *i, *j));
    let mut sides: BTreeMap<usize, Value> = BTreeMap::new();
    let mut side = |number: usize| {
        let make = || {
            let answer = answer(renderer, ix, number);
            let html = renderer.fragment("chips/answer.html", [("answer", answer.clone().build())]);
            answer.set("html", html).build()
        };
        sides.entry(number).or_insert_with(make).clone()
    };
    pairs
        .into_iter()
        .map(|(i, j, verdict)| {
            let told = words::verdict::between(renderer.dossier, ix, (i, j), verdict, renderer.words());
            let stated = stated_reason(renderer, question, (i, j), verdict.kind()).map(Cow::Owned);
            Object::new()
                .set("a", side(i))
                .set("b", side(j))
                .set("verdict", verdict.kind().as_str())
                .set("verdict_label", told.label)
                .set("reason_label", stated.unwrap_or(told.reason).as_ref())
                .build()
        })
        .collect()
}

/// The author's own reason for a contradiction, where there is one and it is about this question: two claims that differ
/// on another may well agree here.
fn stated_reason(
    renderer: &Renderer<'_>,
    question: &Question,
    (i, j): (usize, usize),
    verdict: VerdictKind,
) -> Option<String> {
    let (a, b) = (question.answers[i].0, question.answers[j].0);
    let is_about_this = match verdict {
        VerdictKind::Differs => true,
        VerdictKind::NotComparable => !differ_on_a_question(renderer.dossier, a, b),
        VerdictKind::Superseded | VerdictKind::Agrees | VerdictKind::Overlaps => false,
    };
    if !is_about_this {
        return None;
    }
    let of = |from: ClaimIx, to: ClaimIx| {
        let relations = &renderer.dossier[from].contradicts;
        relations.iter().find(|r| r.claim == to).and_then(|r| r.reason.as_ref())
    };
    of(a, b).or_else(|| of(b, a)).map(|r| renderer.typeset(r).into_owned())
}
