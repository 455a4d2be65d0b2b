//! An event: what happened, and who says what of it, before and after?

use super::common::{briefs, part, plan_records};
use super::{PageKind, Role};
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use crate::render::object::Object;
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::model::{Event, EventIx};
use sourcebook_core::words::messages::Messages;

/// `/events/ID/`
pub(super) static KIND: PageKind = PageKind { name: "events", role: Role::Record(|i| EventIx(i).into()), plan, render };

/// How many events of unknown order are not named.
fn more(event: &Event, words: &Messages) -> Option<String> {
    let left = event.unordered_count.saturating_sub(event.unordered.len());
    (left > 0).then(|| words.count("tally.more", left, &[]))
}

fn plan(planner: &mut Planner<'_>) {
    let count = planner.dossier.events.len();
    plan_records(planner, count, |i| EventIx::at(i).into(), |d, i| d.events[i].about.len());
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let ix = EventIx(route.subject);
    let event = &renderer.dossier[ix];
    let mut page = renderer.page(route, Some(ix.into()));
    let actors: Vec<_> = (event.actors.iter())
        .map(|(actor, role)| {
            let role = role.as_ref().map(|r| renderer.typeset(r).into_owned());
            Object::new().set("actor", renderer.brief((*actor).into())).set("role", role)
        })
        .collect();
    let value = page
        .record(ix.into())
        .set("place", event.place.map(|p| renderer.brief(p.into())))
        .set("actors", actors)
        .set("part_of", event.part_of.map(|e| renderer.brief(e.into())))
        .set("summary_html", page.blocks_of(event.summary.as_ref())?);
    let about = page.claim_items(part(&event.about, route.part));
    page.set("event", value)
        .set("before", event.before.map(|e| renderer.brief(e.into())))
        .set("after", event.after.map(|e| renderer.brief(e.into())))
        .set("unordered", briefs(renderer, &event.unordered))
        .set("unordered_more", more(event, renderer.words()))
        .set("members", briefs(renderer, &event.parts))
        .set("about", about)
        .set("timeline_html", tera::Value::none());
    let title = renderer.typeset(&event.title);
    page.head("event", "events", &title, None);
    page.record_foot(ix.into(), event.about.len(), route.part);
    page.finish("event.html", out)
}
