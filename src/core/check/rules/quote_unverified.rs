//! A quote that nothing was looked into for.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::evidence::verify::QuoteState;
use crate::model::ClaimIx;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "quote-unverified",
    level: Level::Warn,
    about: "There is neither a capture of the source, nor a published text, nor `captures.lock` that knows the quote: \
            nobody has compared it with the words of the source, and its page says so. `sourcebook capture` puts a copy \
            among the captures and looks the quote up at once.",
    example: "\
# mended
$ sourcebook capture courier-monday ~/Downloads/courier.html
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for (i, claim) in cx.dossier.claims.iter().enumerate() {
        let ix = ClaimIx::at(i);
        for (n, evidence) in claim.evidence.iter().enumerate() {
            let Some(quote) = &evidence.quote else { continue };
            if cx.verified.state(ix, n) != QuoteState::NoCapture {
                continue;
            }
            let source = &cx.dossier[evidence.source];
            let id = &*source.head.id.value;
            let found = sink.add(ix.into(), quote.span, "this quote was compared with nothing");
            found.also(evidence.source.into());
            found.help(match source.capture {
                Some(_) => "have the captures folder at hand, and run `sourcebook verify`".to_owned(),
                None => format!("save the source, and run `sourcebook capture {id} FILE`"),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn a_quote_is_compared_with_something() {
        check(
            &RULE,
            "
    == content/a.yaml
    sources:
      s: { title: A }
      t: { title: B, capture: t.txt }
    claims:
      a: { statement: A, evidence: { source: s, quote: some words } }
                                                       ^^^^^^^^^^ this quote was compared with nothing
      b: { statement: B, evidence: { source: s } }
      c: { statement: C, evidence: { source: t, quote: other words } }
    == captures/t.txt
    other words
    ",
        );
    }
}
