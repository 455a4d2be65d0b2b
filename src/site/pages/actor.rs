//! An actor: who is this, and what did they say?

use std::collections::BTreeSet;

use tera::Value;

use super::common::{briefs, part, plan_records};
use super::{PageKind, Role};
use crate::lists::facing::Side;
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use crate::render::answer::not_asserted;
use crate::render::object::Object;
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::model::voice::next_body;
use sourcebook_core::model::{ActorIx, ClaimIx, QuestionIx};
use sourcebook_core::words;

/// `/actors/ID/`
pub(super) static KIND: PageKind = PageKind { name: "actors", role: Role::Record(|i| ActorIx(i).into()), plan, render };

fn plan(planner: &mut Planner<'_>) {
    let count = planner.dossier.actors.len();
    plan_records(planner, count, |i| ActorIx::at(i).into(), |d, i| longest(&d.actors[i]));
}

/// The longest of the lists that are shown in parts.
fn longest(actor: &sourcebook_core::model::Actor) -> usize {
    let lists = [actor.said.len(), actor.about.len(), actor.relayed.len()];
    let others = [actor.events.len(), actor.sources.len(), actor.origin_of.len()];
    lists.into_iter().chain(others).max().unwrap_or(0)
}

/// The questions of which an answer counts the actor as a group, or which ask for it.
fn counted(renderer: &Renderer<'_>, ix: ActorIx) -> Vec<Value> {
    let dossier = renderer.dossier;
    let questions = (0..dossier.questions.len()).map(QuestionIx::at).filter(|question| {
        let question = &dossier[*question];
        let of = |(claim, n): &(ClaimIx, usize)| dossier[*claim].answers[*n].group == Some(ix);
        !question.answers.is_empty() && (question.group == Some(ix) || question.answers.iter().any(of))
    });
    renderer.brief_list(&questions.collect::<Vec<_>>())
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let ix = ActorIx(route.subject);
    let actor = &renderer.dossier[ix];
    let mut page = renderer.page(route, Some(ix.into()));
    let events: Vec<_> = (part(&actor.events, route.part).iter())
        .map(|(event, role)| {
            let role = role.as_ref().map(|r| renderer.typeset(r).into_owned());
            Object::new().set("event", renderer.brief((*event).into())).set("role", role)
        })
        .collect();
    let value = page
        .record(ix.into())
        .set("aliases", actor.aliases.clone())
        .set("part_of", actor.part_of.map(|p| renderer.brief(p.into())))
        .set("one_voice", actor.one_voice)
        .set("speaks_for", next_body(&renderer.dossier.actors, ix).map(|p| renderer.brief(p.into())))
        .set("wikidata", actor.wikidata.as_ref())
        .set("summary_html", page.blocks_of(actor.summary.as_ref())?);
    let said = page.claim_items(part(&actor.said, route.part));
    // What they say of themselves stands among what they say.
    let by_others: Vec<_> = actor.about.iter().copied().filter(|c| !actor.said.contains(c)).collect();
    let about = page.claim_items(part(&by_others, route.part));
    let relayed = page.claim_items(part(&actor.relayed, route.part));
    page.set("actor", value)
        .set("answers", answers(renderer, part(&actor.said, route.part)))
        .set("said", said)
        .set("about", about)
        .set("counted", if route.part == 0 { counted(renderer, ix) } else { Vec::new() })
        .set("relayed", relayed)
        .set("events", events)
        .set("sources", briefs(renderer, part(&actor.sources, route.part)))
        .set("origin_of", briefs(renderer, part(&actor.origin_of, route.part)))
        .set("gathered", if route.part == 0 { gathered(renderer, ix) } else { Vec::new() })
        .set("facing", super::compare::partners(renderer, Side::Outlet(ix)))
        .set("members", briefs(renderer, &actor.parts))
        .set("places", briefs(renderer, &actor.places));
    let title = renderer.typeset(&actor.name);
    page.head("actor", "actors", &title, actor.role.as_deref());
    page.record_foot(ix.into(), longest(actor), route.part);
    page.finish("actor.html", out)
}

/// What they answer to which question, in a row each.
fn answers(renderer: &Renderer<'_>, said: &[ClaimIx]) -> Vec<Object> {
    let dossier = renderer.dossier;
    // Who says that somebody did not answer has not answered either.
    let answering = said.iter().filter(|ix| !dossier[**ix].is_silence());
    let all = answering.flat_map(|ix| dossier[*ix].numbered().map(move |(answer, number)| (*ix, answer, number)));
    all.map(|(ix, answer, number)| {
        let question = &dossier[answer.question];
        Object::new()
            .set("question", renderer.brief(answer.question.into()))
            .set("value_label", words::answer::label(renderer.dossier, &answer.value, question, renderer.words()))
            .set("claim", renderer.brief(ix.into()))
            .set("place", answer.place.map(|p| renderer.brief(p.into())))
            .set("group", answer.group.map(|g| renderer.brief(g.into())))
            .set("state_label", not_asserted(renderer, answer.question, number))
            .set("differs_count", question.comparison.differs_from(number))
    })
    .collect()
}

/// Members of a body that its page gathers, and claims of each.
const MEMBERS: usize = 60;
const CLAIMS: usize = 4;

/// Those who are part of it, also through what is, each with what they say: the last of it.
fn gathered(renderer: &Renderer<'_>, ix: ActorIx) -> Vec<Object> {
    let dossier = renderer.dossier;
    let (mut found, mut seen) = (Vec::new(), BTreeSet::from([ix]));
    let mut open: Vec<ActorIx> = dossier[ix].parts.iter().rev().copied().collect();
    while let Some(next) = open.pop().filter(|_| found.len() < MEMBERS) {
        if seen.insert(next) {
            found.push(next);
            open.extend(dossier[next].parts.iter().rev());
        }
    }
    let member = |ix: ActorIx| {
        let said = &dossier[ix].said;
        let last = &said[said.len().saturating_sub(CLAIMS)..];
        Object::from(&renderer.brief(ix.into()))
            .set("count", said.len())
            .set("claims", last.iter().map(|ix| renderer.claim_row(*ix).build()).collect::<Vec<_>>())
            .set("more", said.len() - last.len())
    };
    found.into_iter().filter(|ix| !dossier[*ix].said.is_empty()).map(member).collect()
}
