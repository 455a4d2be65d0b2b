//! Words published before they were said.

use crate::check::dates::is_before;
use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::ClaimIx;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "published-before-said",
    level: Level::Warn,
    about: "A text cannot report words that had not been spoken: the claim's `on` or the source's `published` is \
            wrong, or the evidence names the wrong source. Dates that are marked uncertain or approximate are left \
            alone.",
    example: "\
# at fault
sources:
  paper: { title: Paper, published: 2024-11-03 }
claims:
  a: { statement: A, on: 2024-11-05, evidence: { source: paper } }
# mended: the words were said before
claims:
  a: { statement: A, on: 2024-11-02, evidence: { source: paper } }
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for (i, claim) in cx.dossier.claims.iter().enumerate() {
        let Some(on) = &claim.on else { continue };
        for evidence in &claim.evidence {
            let Some(published) = &cx.dossier[evidence.source].published else { continue };
            if is_before(published, on) {
                let message = "the source was published before this was said";
                sink.add(ClaimIx::at(i).into(), on.span, message).label(published.span, "published");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn saying_comes_before_publishing() {
        check(
            &RULE,
            "
    sources:
      paper: { title: A, published: 2024-11-03 }
      doubt: { title: A, published: 2024-11-03? }
    claims:
      a: { statement: A, on: 2024-11-05, evidence: { source: paper } }
                             ^^^^^^^^^^ the source was published before this was said
      b: { statement: A, on: 2024-11, evidence: { source: paper } }
      c: { statement: A, on: 2024-11-05, evidence: { source: doubt } }
      d: { statement: A, on: 2024-11-03, evidence: { source: paper } }
    ",
        );
    }
}
