//! Evidence that does not say where in the source.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::ClaimIx;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "no-locator",
    level: Level::Warn,
    about: "Without a locator a reader has to read the whole source to find the place, and nobody will. A page, a \
            paragraph (« § 3 »), a minute: whatever finds it.",
    example: "\
# at fault
evidence: { source: paper, quote: the words }
# mended
evidence: { source: paper, quote: the words, locator: § 3 }
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for (i, claim) in cx.dossier.claims.iter().enumerate() {
        for evidence in claim.evidence.iter().filter(|e| e.locator.is_none()) {
            let found = evidence.quote.as_ref().and_then(|_| {
                let n = claim.evidence.iter().position(|e| std::ptr::eq(e, evidence))?;
                cx.verified.quote(ClaimIx::at(i), n)?.place.as_ref()
            });
            let diagnostic = sink.add(ClaimIx::at(i).into(), evidence.span, "this evidence has no locator");
            if let Some((spot, locator)) = found.and_then(|place| Some((&place.spot, place.spot.locator()?))) {
                diagnostic.help(format!("the quote stands {}: write `locator: {locator}`", spot.said()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn evidence_says_where() {
        check(
            &RULE,
            "
    sources:
      s: { title: A }
    claims:
      a: { statement: A, evidence: { source: s } }
                                   ^^^^^^^^^^^^^ this evidence has no locator
      b: { statement: A, evidence: { source: s, locator: p. 4 } }
    ",
        );
    }
}
