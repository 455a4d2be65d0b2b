//! A place that nothing uses.

use std::collections::BTreeSet;

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::value::Answer;
use crate::model::{Dossier, PlaceIx};

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "unused-place",
    level: Level::Warn,
    about: "A place where nothing happens, that nothing is about and no text names is a leftover.",
    example: "\
# at fault
places:
  koursk: { name: Koursk }
# mended: a claim is about it
claims:
  a: { statement: A, about: koursk, evidence: { source: paper } }
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    if !cx.is_whole() {
        return;
    }
    let subjects = cx.subjects();
    let answered = answered(cx.dossier);
    for (i, place) in cx.dossier.places.iter().enumerate() {
        let holds = !place.events.is_empty() || !place.answers.is_empty() || !place.parts.is_empty();
        let is_subject = subjects.contains(&PlaceIx::at(i).into());
        let used = holds
            || !place.about.is_empty()
            || !place.mentions.is_empty()
            || is_subject
            || answered.contains(&PlaceIx::at(i));
        if !used {
            sink.add(PlaceIx::at(i).into(), place.head.id.span, "nothing refers to this place")
                .help("remove it, or name it where something happens");
        }
    }
}

/// The places that somebody gives as an answer, and those of which a question asks.
fn answered(dossier: &Dossier) -> BTreeSet<PlaceIx> {
    let values = dossier.claims.iter().flat_map(|claim| &claim.answers).filter_map(|answer| match answer.value {
        Answer::Place(place, ..) => Some(place),
        _ => None,
    });
    values.chain(dossier.questions.iter().filter_map(|question| question.place)).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn places_are_used() {
        check(
            &RULE,
            "
    places:
      idle: { name: I, part_of: whole }
      ^^^^ nothing refers to this place
      whole: { name: W }
      scene: { name: S }
      given: { name: G }
      asked: { name: A }
    events:
      e: { title: E, date: 2024, place: scene }
    sources:
      s: { title: S }
    questions:
      q: { text: Where?, kind: place }
      r: { text: How many?, place: asked }
    claims:
      c: { statement: A, answers: { q: given }, evidence: { source: s } }
    ",
        );
    }
}
