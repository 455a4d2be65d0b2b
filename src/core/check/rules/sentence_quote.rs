//! A whole sentence quoted.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::evidence::find::{Finding, Prepared, find};
use crate::evidence::words::count;
use crate::model::ClaimIx;
use crate::model::claim::Evidence;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "sentence-quote",
    level: Level::Warn,
    about: "A claim rests on the few words that carry it, with its own statement around them; a whole sentence, from \
            its capital to its full stop, is more than that, and leaves the reader to find the point. Seen in the \
            capture where it is at hand, else by the quote's own signs. Sentences of fewer than six words pass.",
    example: "\
# at fault
quote: The troops, estimated at 11,000 men, are now in the region.
# mended
quote: estimated at 11,000 men
",
    run,
};

/// Shorter sentences cannot be shortened further.
const FEWEST: usize = 6;

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for (i, claim) in cx.dossier.claims.iter().enumerate() {
        for evidence in claim.evidence.iter().filter(|e| cx.dossier[e.source].text.is_none()) {
            let Some(quote) = &evidence.quote else { continue };
            if count(&quote.value) >= FEWEST && is_sentence(evidence, &quote.value, cx.capture(evidence.source)) {
                sink.add(ClaimIx::at(i).into(), quote.span, "this is a whole sentence of the source")
                    .help("quote the words that carry the claim");
            }
        }
    }
}

fn is_sentence(evidence: &Evidence, quote: &str, capture: Option<&Prepared>) -> bool {
    let locator = evidence.locator.as_ref().map(|l| &*l.value);
    let inner = |text: &str| text.trim_matches(['«', '»', '“', '”', '"', ' ', '\u{a0}', '\u{202f}']).to_owned();
    let starts = inner(quote).starts_with(char::is_uppercase);
    let ends = inner(quote).ends_with(['.', '!', '?', '…']);
    let Some(Finding::Verbatim { hit, .. }) = capture.map(|c| find(quote, c, locator)) else {
        return starts && ends;
    };
    let ([range], Some(capture)) = (&hit.ranges[..], capture) else { return false };
    let text = capture.text().as_str();
    let mark = |c: &char| !c.is_whitespace() && !matches!(c, '«' | '»' | '“' | '”' | '"');
    let before = text[..range.start].chars().rev().find(mark);
    let after = text[range.end..].chars().find(mark);
    let at_start = before.is_none_or(|c| matches!(c, '.' | '!' | '?' | '…')) || is_first(capture, range.start);
    starts && at_start && (ends || after.is_some_and(|c| matches!(c, '.' | '!' | '?' | '…')))
}

/// Whether a paragraph begins here.
fn is_first(capture: &Prepared, at: usize) -> bool {
    capture.text().paragraphs().iter().any(|paragraph| paragraph.start == at)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn quotes_are_parts_of_sentences() {
        check(
            &RULE,
            "
    == captures/a.txt
    Avant. Les soldats sont tous là ce soir. Ils sont onze mille hommes ici, dit-on.
    == content/a.yaml
    sources:
      seen: { title: A, capture: a.txt }
      unseen: { title: A }
    claims:
      a: { statement: A, evidence: { source: seen, quote: Les soldats sont tous là ce soir } }
                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this is a whole sentence of the source
      b: { statement: A, evidence: { source: seen, quote: Ils sont onze mille hommes ici } }
      c: { statement: A, evidence: { source: seen, quote: soldats sont tous là ce soir. } }
      d: { statement: A, evidence: { source: unseen, quote: « Ils sont tous arrivés là hier. » } }
                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this is a whole sentence of the source
      e: { statement: A, evidence: { source: unseen, quote: Non. } }
    ",
        );
    }
}
