//! A question: what was asked, who answers what, and what can be compared at all?

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use tera::Value;

use super::common::{part, plan_records};
use super::impossible;
use super::{PageKind, Role};
use crate::figures::Strips;
use crate::lists::disagreements::differ_on_a_question;
use crate::lists::sections::{Section, in_sections};
use crate::lists::standing::{held, none_compare};
use crate::plan::{Planner, Route};
use crate::render::answer::{with_card, with_lines};
use crate::render::object::{Html, Object};
use crate::render::{Page, Renderer, figures};
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::model::compare::contest::Group;
use sourcebook_core::model::compare::{DEFAULT_WINDOW, VerdictKind};
use sourcebook_core::model::question::{Question, Rate};
use sourcebook_core::model::state::State;
use sourcebook_core::model::value::Decimal;
use sourcebook_core::model::{ClaimIx, Dossier, QuestionIx};
use sourcebook_core::words;

/// `/questions/ID/`
pub(super) static KIND: PageKind =
    PageKind { name: "questions", role: Role::Record(|i| QuestionIx(i).into()), plan, render };

/// Pairs beyond this number are told by the groups alone: a table of ten thousand rows serves nobody.
const PAIRS: usize = 200;

/// Reasons why one answer stands apart.
const REASONS: usize = 4;

fn plan(planner: &mut Planner<'_>) {
    let count = planner.dossier.questions.len();
    plan_records(planner, count, |i| QuestionIx::at(i).into(), |d, i| d.questions[i].answers.len());
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let ix = QuestionIx(route.subject);
    let question = &renderer.dossier[ix];
    let mut page = renderer.page(route, Some(ix.into()));
    let value = value(&page, ix, question)?;
    let none_compare = none_compare(question);
    let groups = groups(renderer, question, route.part);
    let drawn = figures::strips(renderer, ix, groups.iter().map(|(_, group)| group.members.as_slice()));
    let Strips { strips, axis, legend } = drawn.unwrap_or_default();
    let mut strips = strips.into_iter();
    let sections: Vec<_> =
        groups.chunk_by(|a, b| a.0 == b.0).map(|same| section(renderer, ix, same, none_compare, &mut strips)).collect();
    let everyone: Vec<_> = (0..question.answers.len()).collect();
    let origins = (!everyone.is_empty()).then(|| voices(renderer, ix, &everyone));
    let is_first = route.part == 0;
    let figure = is_first.then(|| figures::beside_answers(renderer, ix)).flatten();
    let pairs = if is_first { pairs(renderer, ix) } else { Vec::new() };
    page.set("question", value)
        .set("figure_html", figure)
        .set("impossible", if is_first { impossible::of_question(renderer, ix) } else { Vec::new() })
        .set("impossible_beyond", impossible::beyond(renderer, ix))
        .set("sections", sections)
        .set("axis_html", (!axis.is_empty()).then_some(Html(axis)))
        .set("legend_html", (!legend.is_empty()).then_some(Html(legend)))
        .set("dates_inferred", dates_inferred(renderer.dossier, question))
        .set("none_compare", none_compare)
        .set("nothing_held", held(question).next().is_none())
        .set("pairs", pairs)
        .set("origins_label", origins)
        .set("origins_count", origins_of(renderer.dossier, ix));
    let title = renderer.typeset(renderer.dossier.label(ix.into()));
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
                .set(
                    "answer_label",
                    a.answer.as_ref().map(|v| words::answer::label(renderer.dossier, v, question, words)),
                )
                .set("status", a.status.as_str())
                .set("status_label", words::kinds::settled(a.status, words))
                .set("on", a.on.as_ref().map(|d| renderer.moment(d)))
                .set("because_html", page.blocks_of(a.because.as_ref())?),
        ),
    };
    Ok(page
        .record(ix.into())
        .set("text_html", Html(page.title(&question.text)?))
        .set("unit", question.unit.as_ref())
        .set("place", question.place.map(|p| renderer.brief(p.into())))
        .set("group", question.group.map(|g| renderer.brief(g.into())))
        .set("grows", question.grows)
        .set("adds_up", question.adds_up)
        .set("changes", question.changes)
        .set(
            "window_label",
            question.changes.then(|| {
                let length = words::quantity::window(question.window.unwrap_or(DEFAULT_WINDOW), words);
                words.fill("question.within", &[("length", &length)])
            }),
        )
        .set(
            "tolerance_label",
            question.tolerance.map(|t| {
                let reach = words::quantity::tolerance(t, question.unit.as_deref(), words);
                words.fill("question.reach", &[("reach", &reach)])
            }),
        )
        .set("rates", question.rates.iter().map(|rate| exchange(renderer, question, rate)).collect::<Vec<_>>())
        .set("options", options)
        .set("summary_html", page.blocks_of(question.summary.as_ref())?)
        .set("assessment", assessment))
}

/// What one unit of another currency is in the question's, and the source that says so.
fn exchange(renderer: &Renderer<'_>, question: &Question, rate: &Rate) -> Object {
    let words = renderer.words();
    let one = words::quantity::with_unit(Decimal::from_integer(1), Some(&rate.unit), words);
    let value = words::quantity::with_unit(rate.rate, question.unit.as_deref(), words);
    Object::new()
        .set("label", words.fill("question.rate", &[("one", &one), ("value", &value)]))
        .set("source", renderer.brief(rate.source.into()))
}

/// The groups of one part of the page; answers of one value that stand in different places are groups of their own.
fn groups(renderer: &Renderer<'_>, question: &Question, number: u32) -> Vec<(Section, Group)> {
    let groups = in_sections(renderer.dossier, question);
    let numbered = groups.iter().enumerate();
    let all: Vec<_> = numbered.flat_map(|(g, (_, group))| group.members.iter().map(move |n| (g, *n))).collect();
    let of_group = |members: &[(usize, usize)]| {
        let members_here = members.iter().map(|(_, n)| *n).collect();
        let (section, group) = &groups[members.first()?.0];
        Some((*section, Group { members: members_here, ..group.clone() }))
    };
    part(&all, number).chunk_by(|a, b| a.0 == b.0).filter_map(of_group).collect()
}

/// Whether the dates of all its answers were inferred: then it is said once.
fn dates_inferred(dossier: &Dossier, question: &Question) -> bool {
    let dated =
        |(claim, _): &(ClaimIx, usize)| dossier[*claim].said.as_ref().is_some_and(|said| said.inferred.is_some());
    question.answers.len() > 1 && question.answers.iter().all(dated)
}

/// `strips` gives each group its drawing, in their order.
fn section(
    renderer: &Renderer<'_>,
    ix: QuestionIx,
    groups: &[(Section, Group)],
    none_compare: bool,
    strips: &mut impl Iterator<Item = String>,
) -> Value {
    let words = renderer.words();
    let (id, key) = groups.first().map_or(Section::Held, |(section, _)| *section).names();
    let is_held = id == "answers";
    let reasoned = id == "apart" || (is_held && none_compare);
    let drawn = |one| {
        let strip = strips.next().filter(|strip| !strip.is_empty());
        group(renderer, ix, one, reasoned).set("strip_html", strip.map(Html)).build()
    };
    let groups: Vec<_> = groups.iter().map(|(_, one)| one).map(drawn).collect();
    Object::new()
        .set("id", id)
        .set("title", words.text(key))
        .set("hint", (!is_held).then(|| words.text(&format!("{key}_hint")).to_owned()))
        .set("held", is_held)
        .set("groups", groups)
        .build()
}

/// Answers of one value; each with the reasons why it stands apart, if it does.
fn group(renderer: &Renderer<'_>, ix: QuestionIx, group: &Group, reasoned: bool) -> Object {
    let question = &renderer.dossier[ix];
    let (claim, n) = question.answers[group.members[0]];
    let value = &renderer.dossier[claim].answers[n].value;
    let answer = |n: &usize| {
        let answer = with_card(renderer, ix, *n, None);
        if reasoned { answer.set("reasons", reasons_apart(renderer, ix, *n)) } else { answer }
    };
    let label = (group.state != State::Current).then(|| words::kinds::state(group.state, renderer.words()));
    let contest = &question.comparison;
    Object::with_room(16)
        .set("contested", group.members.iter().any(|n| contest.is_contested(*n)))
        .set("value_label", words::answer::label(renderer.dossier, value, question, renderer.words()))
        .set("value", value.to_string())
        .set("place", named_place(renderer, claim, n))
        .set("group", renderer.dossier[claim].answers[n].group.map(|g| renderer.brief(g.into())))
        .set("state", group.state.as_str())
        .set("state_label", label)
        .set("answers", group.members.iter().map(answer).collect::<Vec<_>>())
        .set("origins_label", voices(renderer, ix, &group.members))
}

/// The place that an answer names.
fn named_place(renderer: &Renderer<'_>, claim: ClaimIx, n: usize) -> Option<Value> {
    renderer.dossier[claim].answers[n].place.map(|place| renderer.brief(place.into()))
}

/// How many sources carry some of the answers, and whose words they are in the end: "4 sources, 1 origin: …".
fn voices(renderer: &Renderer<'_>, ix: QuestionIx, members: &[usize]) -> String {
    let dossier = renderer.dossier;
    let claims: BTreeSet<ClaimIx> = members.iter().map(|n| dossier[ix].answers[*n].0).collect();
    let sources: BTreeSet<_> = claims.iter().flat_map(|c| dossier[*c].evidence.iter().map(|e| e.source)).collect();
    let origins: BTreeSet<_> = claims.iter().flat_map(|c| dossier[*c].origins.iter().copied()).collect();
    let unknown = claims.iter().any(|c| dossier[*c].origins.is_empty());
    let origins: Vec<_> = origins.into_iter().collect();
    let pieces = words::sentence::origins_among(dossier, sources.len(), &origins, unknown, renderer.words());
    words::piece::plain(&pieces)
}

/// How many distinct origins are known of its answers.
fn origins_of(dossier: &Dossier, ix: QuestionIx) -> usize {
    let claims = dossier[ix].answers.iter().map(|(claim, _)| *claim);
    claims.flat_map(|claim| dossier[claim].origins.iter().copied()).collect::<BTreeSet<_>>().len()
}

/// Why an answer that is held cannot be compared with any other that is: each reason once, with the values that it keeps
/// it from being compared with.
fn reasons_apart(renderer: &Renderer<'_>, ix: QuestionIx, n: usize) -> Vec<Value> {
    let (dossier, words) = (renderer.dossier, renderer.words());
    let question = &dossier[ix];
    let mut reasons: Vec<(Cow<'_, str>, Vec<String>)> = Vec::new();
    for m in held(question).filter(|m| *m != n) {
        let verdict = question.comparison.verdict(n, m);
        let reason = words::verdict::of_first(dossier, ix, (n, m), verdict, words).reason;
        let (claim, number) = question.answers[m];
        let other = words::answer::label(dossier, &dossier[claim].answers[number].value, question, words);
        match reasons.iter().position(|(known, _)| *known == reason) {
            Some(known) if reasons[known].1.contains(&other) => {}
            Some(known) => reasons[known].1.push(other),
            None if reasons.len() >= REASONS => break,
            None => reasons.push((reason, vec![other])),
        }
    }
    let value = |(reason, others): (Cow<'_, str>, Vec<String>)| {
        let others = words::list::join_apart(&others, words);
        Object::new().set("reason_label", reason.as_ref()).set("others", others).build()
    };
    reasons.into_iter().map(value).collect()
}

fn pairs(renderer: &Renderer<'_>, ix: QuestionIx) -> Vec<Value> {
    let question = &renderer.dossier[ix];
    let mut pairs: Vec<_> = question.comparison.pairs().take(PAIRS).collect();
    pairs.sort_by_key(|(i, j, verdict)| (std::cmp::Reverse(verdict.kind()), *i, *j));
    let mut sides: BTreeMap<usize, Value> = BTreeMap::new();
    let mut side =
        |number: usize| sides.entry(number).or_insert_with(|| with_lines(renderer, ix, number).build()).clone();
    pairs
        .into_iter()
        .map(|(i, j, verdict)| {
            let told = words::verdict::between(renderer.dossier, ix, (i, j), verdict, renderer.words());
            Object::new()
                .set("a", side(i))
                .set("b", side(j))
                .set("verdict", verdict.kind().as_str())
                .set("verdict_label", told.label)
                .set("reason_label", told.reason.as_ref())
                .set("stated_label", stated_reason(renderer, question, (i, j), verdict.kind()))
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
        VerdictKind::Impossible => true,
        VerdictKind::Superseded | VerdictKind::Agrees | VerdictKind::Compatible => false,
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
