//! A quotation of too many words.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::evidence::words::count;
use crate::model::ClaimIx;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "long-quote",
    level: Level::Warn,
    about: "Quotation is allowed as far as its purpose needs it, and a claim needs the words that carry it. More than \
            `[quotes] max_words` words (30 unless `site.toml` says otherwise) is an extract. `[…]` leaves out what \
            the claim does not need. Published texts (`text`, with `rights`) may be quoted at any length.",
    example: "\
# at fault
quote: >-
  the whole of a paragraph, from its first word to its last
# mended
quote: the words […] that carry the claim
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    let most = cx.parsed.config.quotes.max_words;
    for (i, claim) in cx.dossier.claims.iter().enumerate() {
        for evidence in claim.evidence.iter().filter(|e| cx.dossier[e.source].text.is_none()) {
            let Some(quote) = &evidence.quote else { continue };
            let words = count(&quote.value);
            if words > most {
                sink.add(
                    ClaimIx::at(i).into(),
                    quote.span,
                    format!("this quotation has {words} words; {most} are allowed"),
                )
                .help("quote the words that carry the claim; `[…]` leaves out the rest");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn quotes_are_short() {
        check(
            &RULE,
            "
    == site.toml
    title = 'T'
    [quotes]
    max_words = 3
    == content/a.yaml
    sources:
      s: { title: A }
    claims:
      a: { statement: A, evidence: { source: s, quote: one two three four } }
                                                       ^^^^^^^^^^^^^^^^^^ this quotation has 4 words; 3 are allowed
      b: { statement: A, evidence: { source: s, quote: 'one two […] three' } }
    ",
        );
    }
}
