//! A place that nothing uses.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::PlaceIx;

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
    for (i, place) in cx.dossier.places.iter().enumerate() {
        let holds = !place.events.is_empty() || !place.answers.is_empty() || !place.parts.is_empty();
        let is_subject = subjects.contains(&PlaceIx::at(i).into());
        let used = holds || !place.about.is_empty() || !place.mentions.is_empty() || is_subject;
        if !used {
            sink.add(PlaceIx::at(i).into(), place.head.id.span, "nothing refers to this place")
                .help("remove it, or name it where something happens");
        }
    }
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
    events:
      e: { title: E, date: 2024, place: scene }
    ",
        );
    }
}
