//! An event that nothing uses.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::EventIx;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "unused-event",
    level: Level::Warn,
    about: "An event that no claim is about and no text names stands in the chronology without evidence: nobody says \
            that it happened.",
    example: "\
# at fault
events:
  summit: { title: Summit, date: 2024 }
# mended: a claim is about it
claims:
  a: { statement: They met, about: summit, evidence: { source: paper } }
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    if !cx.is_whole() {
        return;
    }
    let subjects = cx.subjects();
    for (i, event) in cx.dossier.events.iter().enumerate() {
        let is_subject = subjects.contains(&EventIx::at(i).into());
        let used = !event.about.is_empty() || !event.mentions.is_empty() || !event.parts.is_empty() || is_subject;
        if !used {
            sink.add(
                EventIx::at(i).into(),
                event.head.id.span,
                "no claim is about this event, and nothing links to it",
            )
            .help("add the claim that reports it, or remove it");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn events_are_used() {
        check(
            &RULE,
            "
    events:
      idle: { title: I, date: 2024, part_of: whole }
      ^^^^ no claim is about this event, and nothing links to it
      whole: { title: W, date: 2024 }
      told: { title: T, date: 2024 }
    sources:
      s: { title: A }
    claims:
      a: { statement: A, about: told, evidence: { source: s } }
    ",
        );
    }
}
