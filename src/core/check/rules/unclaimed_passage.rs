//! A sentence of a text that was read whole, and of which nothing is told.

use std::ops::Range;

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::check::used::{aside, sentences_of, touches, uses};
use crate::evidence::find::Prepared;
use crate::evidence::readers::{Place, Spot};
use crate::model::SourceIx;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "unclaimed-passage",
    level: Level::Warn,
    about: "A source says which passages were set aside (`set_aside`), and so that the rest was used: yet no quote of \
            a claim stands in this sentence of its capture, and it is not set aside. What is left out unseen is how a \
            dossier comes to say less, or something else, than its texts. Headings of a page, and what stands outside of \
            its story, count as little as sources without `set_aside`. Only seen where the captures are at hand.",
    example: "\
# at fault: the capture reads: The bridge is shut. Who will pay? Nobody knows.
sources:
  paper: { title: Paper, capture: 1.txt, set_aside: { locator: § 1, begins: Who will pay, because: a question } }
# mended: with a claim that quotes « The bridge is shut », and
sources:
  paper:
    title: Paper
    capture: 1.txt
    set_aside:
      - { locator: § 1, begins: Who will pay, because: a question }
      - { locator: § 1, begins: Nobody knows, because: answers the question before it }
",
    run,
};

/// As many words of a sentence as a message shows.
const SHOWN: usize = 8;

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for (i, source) in cx.dossier.sources.iter().enumerate().filter(|(_, source)| !source.set_aside.is_empty()) {
        let ix = SourceIx::at(i);
        let Some(capture) = cx.capture(ix) else { continue };
        let quoted: Vec<_> = uses(cx.dossier, source, capture).into_iter().flat_map(|used| used.ranges).collect();
        let mut told = quoted.clone();
        for passage in &source.set_aside {
            let span = passage.begins.as_ref().unwrap_or(&passage.locator).span;
            let mut ranges = aside(passage, capture);
            if ranges.is_empty() {
                sink.add(ix.into(), span, "this passage that is set aside does not stand in the capture")
                    .help("write the first words of its sentence as they stand there, and where it stands");
            } else if ranges.iter().any(|range| touches(range, &quoted)) {
                sink.add(ix.into(), span, "this passage is set aside, and a claim quotes it")
                    .help("name the sentences that are set aside (`begins`), or take this away");
            }
            told.append(&mut ranges);
        }
        for (place, sentence) in untold(capture, &told) {
            let words: Vec<_> = capture.text().as_str()[sentence].split_whitespace().take(SHOWN).collect();
            let message = format!("no claim quotes this sentence {}: {} …", place.spot.said(), words.join(" "));
            sink.add(ix.into(), source.head.id.span, message)
                .help("quote it in a claim, or say under `set_aside` why not");
        }
    }
}

/// The sentences of the story, by its paragraphs, that hold none of what was told.
fn untold(capture: &Prepared, told: &[Range<usize>]) -> Vec<(Place, Range<usize>)> {
    let sentences = sentences_of(capture).into_iter();
    sentences.filter(|(place, s)| matches!(place.spot, Spot::Paragraph(_)) && !touches(s, told)).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn what_was_read_is_told_or_set_aside() {
        check(
            &RULE,
            "
    == captures/a.txt
    The bridge is shut. Who will pay? Nobody knows. It is old.

    Read more here.

    The mayor resigned.
    == content/a.yaml
    sources:
      a:
      ^ no claim quotes this sentence in § 1: It is old. …
      ^ no claim quotes this sentence in § 3: The mayor resigned. …
        title: A
        capture: a.txt
        set_aside:
          - { locator: § 1, begins: Who will pay, because: a question }
          - { locator: § 1, begins: Nobody, because: answers it }
          - { locator: § 2, because: points elsewhere }
          - { locator: § 1, begins: Read more, because: stands elsewhere }
                                    ^^^^^^^^^ this passage that is set aside does not stand in the capture
          - { locator: § 1, begins: The bridge, because: is quoted }
                                    ^^^^^^^^^^ this passage is set aside, and a claim quotes it
          - { locator: § 9, because: is not there }
                       ^^^ this passage that is set aside does not stand in the capture
      unread: { title: B, capture: a.txt }
    claims:
      shut: { statement: A, evidence: { source: a, quote: bridge is shut } }
    ",
        );
    }
}
