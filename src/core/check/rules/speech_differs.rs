//! What is written of whose words are quoted, and what the quotation marks say.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::ClaimIx;
use crate::model::claim::Evidence;
use crate::model::modality::Modality;
use crate::model::speech::Speech;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "speech-differs",
    level: Level::Warn,
    about: "The sheet says whose words are quoted (`speech`), and the quotation marks of the source say something \
            else: the words of a journalist would stand as those of a minister, or a minister's as nobody's. So does \
            a claim that its speaker neither confirms nor denies, which counts as silence, and whose quote stands \
            between quotation marks. The rule also speaks of a `speech` where nobody is named who speaks, and of a \
            silence that asserts or denies, itself or in an answer (which is counted as silence, and holds nothing). Marks are not everything: what is quoted as a title, or as a word to be \
            held at a distance, is not speech; then let an exception say so.",
    example: "\
# at fault: the paper writes: He saw \u{201c}no danger\u{201d} there.
evidence: { source: paper, quote: no danger, speech: indirect }
# mended
evidence: { source: paper, quote: no danger, speech: direct }
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for (i, claim) in cx.dossier.claims.iter().enumerate() {
        let ix = ClaimIx::at(i);
        for (n, evidence) in claim.evidence.iter().enumerate() {
            let Some((message, help)) = fault(cx, ix, n) else { continue };
            let span = evidence.speech_span.or(evidence.quote.as_ref().map(|q| q.span)).unwrap_or(evidence.span);
            sink.add(ix.into(), span, message).help(help);
        }
    }
}

fn fault(cx: &Cx<'_>, ix: ClaimIx, n: usize) -> Option<(String, String)> {
    let claim = &cx.dossier[ix];
    let evidence: &Evidence = &claim.evidence[n];
    if evidence.speech_span.is_some() && claim.by.is_empty() {
        let message = "nobody is named who speaks, so that these are the text's own words";
        return Some((message.into(), "say who speaks (`by`), or take `speech` away".into()));
    }
    let told = evidence.speech?;
    if told == Speech::Silence && claim.modality != Modality::DeclinesToConfirm {
        let message = format!("nothing was said, and the claim `{}`", claim.modality);
        return Some((message, "write `modality: declines-to-confirm`, or whose words they are".into()));
    }
    let answered = || claim.answers.iter().find(|answer| answer.modality != Modality::DeclinesToConfirm);
    if let Some(answer) = answered().filter(|_| told == Speech::Silence) {
        let question = cx.dossier.id(answer.question.into());
        let message = format!("nothing was said, and the answer to `{question}` says `{}`", answer.modality);
        let help = "take its `modality` away, or say in a claim of its own whose answer it is";
        return Some((message, help.into()));
    }
    let found = cx.verified.speech_by_marks(cx.dossier, ix, n)?;
    let differs = match (evidence.speech_span, told) {
        (Some(_), Speech::Silence) | (None, Speech::Silence) => found.has_own_words(),
        (Some(_), _) => found != told,
        // A source of the speaker's own needs no marks.
        (None, _) => false,
    };
    differs.then(|| {
        let stand = match found {
            Speech::Direct => "all of these words stand between quotation marks in the source",
            Speech::Mixed => "a part of these words stands between quotation marks in the source",
            Speech::Indirect | Speech::Silence => "these words stand between no quotation marks in the source",
        };
        let help = format!("write `speech: {found}`, or let an exception say why not");
        (format!("{stand}, and `{told}` is told of them"), help)
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn sheet_and_source_agree() {
        check(
            &RULE,
            "
    == captures/p.txt
    He saw “no danger” there, and “war”.

    Asked about it, he gave “no comment” at all.

    Moscow has not confirmed it.
    == content/a.yaml
    actors:
      he: { name: He }
      moscow: { name: Moscow, type: state }
    sources:
      p: { title: P, capture: p.txt }
      own: { title: P, author: he, capture: p.txt }
    claims:
      a: { statement: A, by: he, evidence: { source: p, quote: no danger } }
      b: { statement: A, by: he, evidence: { source: p, quote: no danger, speech: direct } }
      c: { statement: A, by: he, evidence: { source: p, quote: no danger, speech: indirect } }
                                                                                  ^^^^^^^^ all of these words stand between quotation marks in the source, and `indirect` is told of them
      d: { statement: A, by: he, evidence: { source: p, quote: He saw “no danger”, speech: direct } }
                                                                                           ^^^^^^ a part of these words stands between quotation marks in the source, and `direct` is told of them
      e: { statement: A, by: he, evidence: { source: p, quote: Asked about it, speech: mixed } }
                                                                                       ^^^^^ these words stand between no quotation marks in the source, and `mixed` is told of them
      f: { statement: A, by: moscow, modality: declines-to-confirm, evidence: { source: p, quote: has not confirmed } }
      g: { statement: A, by: he, modality: declines-to-confirm, evidence: { source: p, quote: no comment } }
                                                                                              ^^^^^^^^^^ all of these words stand between quotation marks in the source, and `silence` is told of them
      h: { statement: A, by: he, evidence: { source: p, quote: war, speech: silence } }
                                                                            ^^^^^^^ nothing was said, and the claim `asserts`
      i: { statement: A, evidence: { source: p, quote: no danger, speech: direct } }
                                                                          ^^^^^^ nobody is named who speaks, so that these are the text's own words
      j: { statement: A, by: he, evidence: { source: own, quote: Asked about it } }
    ",
        );
    }
}
