//! Claims about the order of events that cannot all be true.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::{ClaimIx, EventIx, Ref};

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "impossible-order",
    level: Level::Hint,
    about: "Claims say under `order` which event came before which, and that cannot all be true: they go in a circle, or \
            the first event of the way surely began after the last had ended. Only current claims that hold what they say \
            are looked at, and dates as far as they are certain. If that is what the sources say, give the claims a \
            `contradicts` with a reason; if not, a date or the order was mistyped.",
    example: "\
# at fault
events:
  talks: { title: Talks, date: 2024-06-19 }
  treaty: { title: Treaty, date: 2023 }
claims:
  a: { statement: The treaty came of the talks, order: [talks, treaty], evidence: { source: paper } }
# mended
claims:
  a: { statement: The talks came of the treaty, order: [treaty, talks], evidence: { source: paper } }
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for knot in &cx.dossier.knots {
        let claims: Vec<ClaimIx> = knot.claims.iter().map(|claim| ClaimIx(*claim)).collect();
        let gives = |from: &ClaimIx| {
            cx.dossier[*from].contradicts.iter().any(|r| claims.contains(&r.claim) && r.reason.is_some())
        };
        if claims.iter().any(gives) {
            continue;
        }
        let Some(first) = claims.first() else { continue };
        let names: Vec<_> =
            knot.events.iter().map(|e| format!("`{}`", cx.dossier[EventIx(*e)].head.id.value)).collect();
        let why = if knot.is_circle() { "the claims go in a circle" } else { "the dates are against it" };
        let message = format!("{} cannot have come in this order: {why}", names.join(", "));
        let found = sink.add(Ref::from(*first), cx.dossier[*first].head.id.span, message);
        for claim in claims.iter().skip(1) {
            found.label(cx.dossier[*claim].head.id.span, "says the next step");
        }
        if let (false, Some(start), Some(end)) = (knot.is_circle(), knot.events.first(), knot.events.last()) {
            found.label(cx.dossier[EventIx(*start)].date.span, "began");
            found.label(cx.dossier[EventIx(*end)].date.span, "had ended by then");
        }
        found.help("correct a date or the order, or write `contradicts` with a reason if the sources say so");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn what_is_said_to_come_first_does() {
        check(
            &RULE,
            "
    sources:
      s: { title: A }
    events:
      talks: { title: Talks, date: 2024-06-19 }
      treaty: { title: Treaty, date: 2023 }
      visit: { title: Visit, date: 2024-06 }
    claims:
      a: { statement: A, order: [talks, treaty], evidence: { source: s } }
      ^ `talks`, `treaty` cannot have come in this order: the dates are against it
      b: { statement: A, order: [visit, talks], evidence: { source: s } }
      c: { statement: A, order: [talks, visit], modality: denies, evidence: { source: s } }
      d: { statement: A, order: [treaty, visit, talks], evidence: { source: s } }
    ",
        );
    }
}
