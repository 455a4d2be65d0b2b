//! The page of [`crate::lists::disagreements`]: who answers what, a line for each value.

use tera::Value;

use super::{PageKind, Role};
use crate::lists::disagreements::{ENTRIES, contested, pairs};
use crate::plan::{Planner, Route};
use crate::render::object::Object;
use crate::render::{Renderer, figures};
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::model::compare::contest::Group;
use sourcebook_core::model::question::Question;
use sourcebook_core::model::state::State;
use sourcebook_core::model::{Dossier, QuestionIx};
use sourcebook_core::words;

/// `/disagreements/`
pub(super) static KIND: PageKind = PageKind { name: "disagreements", role: Role::List, plan, render };

fn plan(planner: &mut Planner<'_>) {
    let paths = &planner.parsed.config.paths;
    let entries = contested(planner.dossier).len() + pairs(planner.dossier).len();
    planner.add_parts(0, &paths.disagreements, entries.div_ceil(ENTRIES), paths.origin("disagreements"));
}

/// A question with more answers than these is told by its page alone.
const SUMMED: usize = 60;

/// More values than these are counted.
const LINES: usize = 6;

/// More voices for one value are counted.
const NAMED: usize = 3;

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let all = renderer.disagreements();
    let (questions, pairs) = all.part(route.part as usize);
    let mut page = renderer.page(route, None);
    let questions: Vec<_> = (questions.iter())
        .map(|&ix| {
            Object::from(&renderer.brief(ix.into()))
                .set("figure_html", figures::small(renderer, ix))
                .set("impossible", crate::render::impossible::in_short(renderer, ix))
                .set("tally", tally(renderer, ix))
                .build()
        })
        .collect();
    let pairs: Vec<_> = (pairs.iter())
        .map(|(a, b, reason)| {
            Object::new()
                .set("a", renderer.claim_item(*a))
                .set("b", renderer.claim_item(*b))
                .set("reason", reason.as_ref().map(|r| renderer.typeset(r).into_owned()))
        })
        .collect();
    let is_ordered = renderer.dossier.questions.iter().any(|question| question.position.is_some());
    let lede = if is_ordered { "disagreements.lede_ordered" } else { "disagreements.lede" };
    page.set("lede", renderer.words().text(lede));
    let folder = &renderer.urls.paths().disagreements;
    let parts = page.parts(folder, all.count().div_ceil(ENTRIES), route.part as usize);
    page.set("questions", questions).set("pairs", pairs).set("parts", parts).set("notes", Vec::<Value>::new());
    page.head("disagreements", "disagreements", renderer.words().text("nav.disagreements"), None);
    page.finish("disagreements.html", out)
}

/// Who answers what, a line for each value: the value, how it is held if it is not simply held, and whose it is.
pub(super) fn tally(renderer: &Renderer<'_>, ix: QuestionIx) -> Option<Vec<Value>> {
    let groups = &in_reading_order(renderer.dossier, ix)?;
    let shown = if groups.len() > LINES + 1 { LINES } else { groups.len() };
    let rest = groups.len() - shown;
    let more = |n| {
        let label = renderer.words().count("tally.more", n, &[]);
        Object::new()
            .set("value_label", label)
            .set("who", "")
            .set("place", None::<Value>)
            .set("group", None::<Value>)
            .set("state", None::<&str>)
            .set("state_label", None::<&str>)
            .build()
    };
    let lines = groups[..shown].iter().map(|group| line(renderer, ix, group));
    Some(lines.chain((rest > 0).then(|| more(rest))).collect())
}

/// On which line of the tally an answer stands, by its number.
pub(super) fn line_of(renderer: &Renderer<'_>, ix: QuestionIx, answer: usize) -> Option<usize> {
    let groups = in_reading_order(renderer.dossier, ix)?;
    let shown = if groups.len() > LINES + 1 { LINES } else { groups.len() };
    groups[..shown].iter().position(|group| group.members.contains(&answer))
}

/// What is held first, a forecast or a denial of the same value right below it; what no longer stands last. Nothing where there
/// is nothing, or more than a tally is for.
fn in_reading_order(dossier: &Dossier, ix: QuestionIx) -> Option<Vec<Group>> {
    let question = &dossier[ix];
    let groups = question.comparison.groups();
    if question.answers.len() > SUMMED || groups.is_empty() {
        return None;
    }
    let value = |group: &Group| {
        let (claim, n) = question.answers[group.members[0]];
        (group.place, dossier[claim].answers[n].value.to_string())
    };
    let values: Vec<_> = groups.iter().map(value).collect();
    let first = |n: usize| values.iter().position(|other| *other == values[n]);
    let mut ordered: Vec<_> = groups.iter().enumerate().collect();
    ordered.sort_by_cached_key(|(n, group)| (group.state.lapse().is_some(), group.place, first(*n), group.state));
    Some(ordered.into_iter().map(|(_, group)| group.clone()).collect())
}

fn line(renderer: &Renderer<'_>, ix: QuestionIx, group: &Group) -> Value {
    let (question, words) = (&renderer.dossier[ix], renderer.words());
    let (claim, n) = question.answers[group.members[0]];
    let answer = &renderer.dossier[claim].answers[n];
    let label = (group.state != State::Current).then(|| words::kinds::state(group.state, words));
    Object::new()
        .set("value_label", words::answer::label(renderer.dossier, &answer.value, question, words))
        .set("state", group.state.as_str())
        .set("state_label", label)
        .set("place", answer.place.map(|p| renderer.brief(p.into())))
        .set("group", answer.group.map(|g| renderer.brief(g.into())))
        .set("contested", group.members.iter().any(|n| question.comparison.is_contested(*n)))
        .set("who", voices(renderer, question, &group.members))
        .build()
}

/// The first of those who say the same, and how many more there are.
fn voices(renderer: &Renderer<'_>, question: &Question, members: &[usize]) -> String {
    let words = renderer.words();
    let mut who: Vec<String> = Vec::new();
    for member in members {
        for speaker in words::sentence::each_answering(renderer.dossier, question.answers[*member].0, renderer.words())
        {
            if !who.contains(&speaker) {
                who.push(speaker);
            }
        }
    }
    let more = who.len().saturating_sub(NAMED);
    if more > 1 {
        who.truncate(NAMED);
        who.push(words.count("origins.more", more, &[]));
    }
    words::list::join(&who, words)
}
