//! An actor that nothing uses.

use std::collections::BTreeSet;

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::{ActorIx, Dossier};

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "unused-actor",
    level: Level::Warn,
    about: "An actor that speaks nowhere, that nothing is about and no text names is a leftover, or a speaker was \
            forgotten.",
    example: "\
# at fault
actors:
  kcna: { name: KCNA }
# mended: it relays a claim
evidence: { source: paper, via: kcna }
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    if !cx.is_whole() {
        return;
    }
    let subjects = cx.subjects();
    let counted = counted(cx.dossier);
    for (i, actor) in cx.dossier.actors.iter().enumerate() {
        let speaks = !actor.said.is_empty() || !actor.relayed.is_empty() || !actor.sources.is_empty();
        let is_named = !actor.about.is_empty() || !actor.mentions.is_empty() || !actor.origin_of.is_empty();
        let belongs = !actor.events.is_empty() || !actor.parts.is_empty() || !actor.places.is_empty();
        let is_subject = subjects.contains(&ActorIx::at(i).into());
        let used = speaks || is_named || belongs || is_subject || counted.contains(&ActorIx::at(i));
        if !used {
            sink.add(ActorIx::at(i).into(), actor.head.id.span, "nothing refers to this actor")
                .help("remove it, or name it where it speaks or is spoken of");
        }
    }
}

/// The groups of which an answer is, or a question asks.
fn counted(dossier: &Dossier) -> BTreeSet<ActorIx> {
    let groups = dossier.claims.iter().flat_map(|claim| &claim.answers).filter_map(|answer| answer.group);
    groups.chain(dossier.questions.iter().filter_map(|question| question.group)).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn actors_are_used() {
        check(
            &RULE,
            "
    actors:
      idle: { name: I, part_of: whole }
      ^^^^ nothing refers to this actor
      whole: { name: W }
      speaker: { name: S }
      outlet: { name: O }
      counted: { name: C }
    sources:
      s: { title: A, publisher: outlet }
    claims:
      a: { statement: A, by: speaker, answers: { q: { value: 3, group: counted } }, evidence: { source: s } }
    questions:
      q: { text: How many? }
    ",
        );
    }
}
