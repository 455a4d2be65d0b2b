//! Words about an event, said before it happened.

use crate::check::dates::is_before;
use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::modality::Modality;
use crate::model::{ClaimIx, Ref};

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "said-before-event",
    level: Level::Warn,
    about: "Who asserts or confirms an event spoke after it began: if the claim's `on` lies before the event's \
            `date`, one of them is wrong, or the claim is a forecast. Only claims about a single event are looked at, \
            and only dates that are neither inferred nor marked uncertain or approximate.",
    example: "\
# at fault
events:
  summit: { title: Summit, date: 2024-11-05 }
claims:
  a: { statement: They met, on: 2024-11-04, about: summit, evidence: { source: paper } }
# mended: it was announced, not reported
claims:
  a: { statement: They will meet, on: 2024-11-04, modality: forecasts, about: summit, evidence: { source: paper } }
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for (i, claim) in cx.dossier.claims.iter().enumerate() {
        let reports = matches!(claim.modality, Modality::Asserts | Modality::Confirms);
        let Some(on) = claim.on.as_ref().filter(|on| reports && on.inferred.is_none()) else { continue };
        let mut events = claim.about.iter().filter_map(|of| if let Ref::Event(ix) = of { Some(*ix) } else { None });
        let (Some(event), None) = (events.next(), events.next()) else { continue };
        let date = &cx.dossier[event].date;
        if date.inferred.is_none() && is_before(on, date) {
            let message = "this was said before the event that it is about";
            sink.add(ClaimIx::at(i).into(), on.span, message)
                .label(date.span, "the event")
                .help("if it was announced, not reported: `modality: forecasts`");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn reports_come_after_events() {
        check(
            &RULE,
            "
    sources:
      s: { title: A }
    events:
      summit: { title: Summit, date: 2024-11-05 }
      other: { title: Other, date: 2025 }
    claims:
      a: { statement: A, on: 2024-11-04, about: summit, evidence: { source: s } }
                             ^^^^^^^^^^ this was said before the event that it is about
      b: { statement: A, on: 2024-11-04, about: summit, modality: forecasts, evidence: { source: s } }
      c: { statement: A, on: 2024-11-04, about: [summit, other], evidence: { source: s } }
      d: { statement: A, on: 2024-11, about: summit, evidence: { source: s } }
      e: { statement: A, on: { date: 2024-11-04, inferred: so }, about: summit, evidence: { source: s } }
    ",
        );
    }
}
