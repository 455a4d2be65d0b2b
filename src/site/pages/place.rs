//! A place: what happened here, and what is said to hold here?

use super::common::{briefs, part, plan_records};
use super::{PageKind, Role};
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use crate::render::answer::not_asserted;
use crate::render::object::Object;
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::model::PlaceIx;
use sourcebook_core::model::claim::ClaimAnswer;
use sourcebook_core::model::place::Whole;
use sourcebook_core::words;

/// `/places/ID/`
pub(super) static KIND: PageKind = PageKind { name: "places", role: Role::Record(|i| PlaceIx(i).into()), plan, render };

fn plan(planner: &mut Planner<'_>) {
    let count = planner.dossier.places.len();
    plan_records(planner, count, |i| PlaceIx::at(i).into(), |d, i| longest(&d.places[i]));
}

/// The longest of the lists that are shown in parts.
fn longest(place: &sourcebook_core::model::Place) -> usize {
    place.about.len().max(place.answers.len()).max(place.events.len())
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let ix = PlaceIx(route.subject);
    let place = &renderer.dossier[ix];
    let mut page = renderer.page(route, Some(ix.into()));
    let coordinates = place.coordinates.map(|(lat, lon)| {
        let label = format!("{lat:.2}, {lon:.2}");
        Object::new().set("lat", lat).set("lon", lon).set("label", label)
    });
    let whole = place.part_of.map(|whole| match whole {
        Whole::Place(p) => renderer.brief(p.into()),
        Whole::Actor(a) => renderer.brief(a.into()),
    });
    let mut shown = part(&place.answers, route.part).to_vec();
    shown.sort_by_key(|(claim, question)| (*question, *claim));
    let answers: Vec<_> = (shown.iter())
        .filter_map(|(claim, question)| {
            let of_this = |(a, _): &(&ClaimAnswer, usize)| a.question == *question && a.place == Some(ix);
            let of_question = |(a, _): &(&ClaimAnswer, usize)| a.question == *question;
            let said = &renderer.dossier[*claim];
            let (answer, number) = said.numbered().find(of_this).or_else(|| said.numbered().find(of_question))?;
            let value = Object::new()
                .set("group", answer.group.map(|g| renderer.brief(g.into())))
                .set("state_label", not_asserted(renderer, *question, number))
                .set("claim", renderer.row_of_answer(*claim))
                .set("question", renderer.brief((*question).into()))
                .set(
                    "value_label",
                    words::answer::label(
                        renderer.dossier,
                        &answer.value,
                        &renderer.dossier[*question],
                        renderer.words(),
                    ),
                );
            Some(value)
        })
        .collect();
    let value = page
        .record(ix.into())
        .set("aliases", place.aliases.clone())
        .set("part_of", whole)
        .set("coordinates", coordinates)
        .set("wikidata", place.wikidata.as_ref())
        .set("summary_html", page.blocks_of(place.summary.as_ref())?)
        .set("map_html", crate::render::figures::map(renderer, ix));
    let about = page.claim_items(part(&place.about, route.part));
    page.set("place", value)
        .set("events", briefs(renderer, part(&place.events, route.part)))
        .set("about", about)
        .set("answers", answers)
        .set("members", briefs(renderer, &place.parts));
    let title = renderer.typeset(&place.name);
    page.head("place", "places", &title, None);
    page.record_foot(ix.into(), longest(place), route.part);
    page.finish("place.html", out)
}
