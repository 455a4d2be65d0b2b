//! A quotation of nobody.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::ClaimIx;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "anonymous-quote",
    level: Level::Warn,
    about: "A quotation without a speaker, from a source without author or publisher, is nobody's words. The reader \
            must be able to see who is quoted, and most laws on quotation ask for it.",
    example: "\
# at fault
sources:
  page: { title: Page }
claims:
  a: { statement: A, evidence: { source: page, quote: the words } }
# mended
sources:
  page: { title: Page, publisher: some-paper }
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for (i, claim) in cx.dossier.claims.iter().enumerate().filter(|(_, claim)| claim.by.is_empty()) {
        for evidence in &claim.evidence {
            let source = &cx.dossier[evidence.source];
            let (Some(quote), true, None) = (&evidence.quote, source.authors.is_empty(), &source.publisher) else {
                continue;
            };
            sink.add(ClaimIx::at(i).into(), quote.span, "nothing says whose words these are")
                .label(source.head.id.span, "this source has neither author nor publisher")
                .help("give the source an `author` or a `publisher`, or the claim a speaker (`by`)");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn somebody_is_quoted() {
        check(
            &RULE,
            "
    actors:
      x: { name: X }
    sources:
      page: { title: A }
      paper: { title: A, publisher: The Paper }
    claims:
      a: { statement: A, evidence: { source: page, quote: the words } }
                                                          ^^^^^^^^^ nothing says whose words these are
      b: { statement: A, by: x, evidence: { source: page, quote: the words } }
      c: { statement: A, evidence: { source: paper, quote: the words } }
      d: { statement: A, evidence: { source: page } }
    ",
        );
    }
}
