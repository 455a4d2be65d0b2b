//! A quote whose parts may not belong together.

use std::ops::Range;

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::check::sentences;
use crate::check::words::{find_any, fold};
use crate::evidence::find::{Finding, find};
use crate::model::language::Language;
use crate::model::{ActorIx, Claim, ClaimIx, Dossier};

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "quote-gap",
    level: Level::Hint,
    about: "`[…]` joins two parts of a text, and what it leaves out there may have kept them apart: a word that \
            gives one of them to somebody (« selon le ministre »), a quotation mark, a conditional, the end of a \
            sentence and with it another subject. A number that a minister only thinks likely then stands as one that \
            the paper gives for certain. Make two claims of it, or quote the part that carries the claim. Only seen where \
            the capture is at hand.",
    example: "\
# at fault: the paper writes: He may have sent 10,000 men, the minister says. They are now near the border.
evidence: { source: paper, quote: \"10,000 men […] near the border\" }
# mended
evidence: { source: paper, quote: They are now near the border }
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for (i, claim) in cx.dossier.claims.iter().enumerate() {
        for evidence in &claim.evidence {
            let (Some(quote), Some(capture)) = (&evidence.quote, cx.capture(evidence.source)) else { continue };
            let locator = evidence.locator.as_ref().map(|l| &*l.value);
            let Finding::Verbatim { hit, .. } = find(&quote.value, capture, locator) else { continue };
            let text = capture.text().as_str();
            let apart = |parts: &[Range<usize>]| {
                let left_out = text.get(parts[0].end..parts[1].start)?;
                (!is_own(left_out, claim, cx.dossier)).then(|| kept_apart(text, &parts[0], &parts[1]))?
            };
            if let Some(what) = hit.ranges.windows(2).find_map(apart) {
                sink.add(ClaimIx::at(i).into(), quote.span, format!("`[…]` leaves out {what}"))
                    .help("make two claims of the parts, or quote the one that carries the claim");
            }
        }
    }
}

/// Whether a part left out gives the words around it to the very speaker of the claim: « …, a dit Thomas Brac. « … ».
fn is_own(left_out: &str, claim: &Claim, dossier: &Dossier) -> bool {
    let folded = fold(left_out);
    let says = Language::all_rules().any(|rules| find_any(&folded, rules.vocabulary.says).is_some());
    let names =
        |by: &ActorIx| std::iter::once(&dossier[*by].name).chain(&dossier[*by].aliases).cloned().collect::<Vec<_>>();
    says && claim.by.iter().flat_map(names).any(|name| find_any(&folded, &[&fold(&name)]).is_some())
}

/// What in a part left out may keep apart what stands around it.
fn kept_apart(text: &str, first: &Range<usize>, second: &Range<usize>) -> Option<String> {
    let left_out = text.get(first.end..second.start)?;
    let folded = fold(left_out);
    let any = |words: fn(&crate::words::rules::Vocabulary) -> &'static [&'static str]| {
        Language::all_rules().find_map(|rules| find_any(&folded, words(&rules.vocabulary)))
    };
    if let Some(word) = any(|words| words.says) {
        return Some(format!("« {} », by which a part may be somebody else’s", word.trim_matches('*')));
    }
    if let Some(mark) = left_out.chars().find(|c| matches!(c, '«' | '»' | '“' | '”' | '„' | '"' | '「' | '」'))
    {
        return Some(format!("a quotation mark ({mark}), so that one part may be quoted there and the other not"));
    }
    if let Some(word) = any(|words| words.hedges).or_else(|| find_any(&folded, &["*rait", "*raient"])) {
        return Some(format!("« {} », by which a part may be less than certain", word.trim_matches('*')));
    }
    let sentences = sentences::of_text(text, &(first.start..second.end));
    (sentences.iter().any(|sentence| first.end < sentence.end && sentence.end <= second.start))
        .then(|| "the end of a sentence, so that the parts may be of two things".to_owned())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn what_is_left_out_may_keep_parts_apart() {
        check(
            &RULE,
            "
    == captures/p.txt
    Pyongyang aurait envoyé 10 000 soldats, selon le ministre. Ces troupes sont près de Koursk.

    He saw 300 men, and “no danger” to the town, near the bridge.

    Ein Vertrag, den beide im Juni unterzeichnet haben, gilt seit Mai. Er nannte 300 Mann, sagte der Minister, am Fluss.

    Le pont est long, ce qui pourrait durer, et vieux. Il est fermé. Le maire est parti.
    == content/a.yaml
    sources:
      p: { title: P, capture: p.txt }
    claims:
      a: { statement: A, evidence: { source: p, quote: \"10 000 soldats […] près de Koursk\" } }
                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `[…]` leaves out « selon », by which a part may be somebody else’s
      b: { statement: A, evidence: { source: p, quote: \"300 men […] near the bridge\" } }
                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `[…]` leaves out a quotation mark (“), so that one part may be quoted there and the other not
      c: { statement: A, evidence: { source: p, quote: \"Ein Vertrag […] gilt seit Mai\" } }
      d: { statement: A, evidence: { source: p, quote: \"300 Mann […] am Fluss\" } }
                                                       ^^^^^^^^^^^^^^^^^^^^^^^ `[…]` leaves out « sagt », by which a part may be somebody else’s
      e: { statement: A, evidence: { source: p, quote: \"Le pont est long […] et vieux\" } }
                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `[…]` leaves out « pourrait », by which a part may be less than certain
      f: { statement: A, evidence: { source: p, quote: \"Il est fermé […] est parti\" } }
                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `[…]` leaves out the end of a sentence, so that the parts may be of two things
    ",
        );
    }
}
