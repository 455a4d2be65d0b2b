//! A claim held more firmly than its source words it.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::check::words::{find_any, fold};
use crate::model::language::Language;
use crate::model::modality::Modality;
use crate::model::{Claim, ClaimIx};
use crate::words::rules::Vocabulary;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "modality-wording",
    level: Level::Warn,
    about: "The quote hedges, denies or declines, and the claim asserts or confirms. « pourrait », « estimé », \
            \"reportedly\" call for `estimates` or `forecasts`; « dément » for `denies`; « n’a pas confirmé » for \
            `declines-to-confirm`. A statement that carries the same kind of word itself passes: to assert that a \
            figure was not confirmed is an assertion.",
    example: "\
# at fault
statement: 11,000 men are there.
evidence: { source: paper, quote: estimated at 11,000 men }
# mended
statement: 11,000 men are there.
modality: estimates
evidence: { source: paper, quote: estimated at 11,000 men }
",
    run,
};

/// Words of one kind in every language, and the modalities that fit them.
struct Wording {
    words: fn(&Vocabulary) -> &'static [&'static str],
    fits: &'static [Modality],
}

/// In the order in which they decide: « n'a pas confirmé » is no confirmation.
const WORDINGS: [Wording; 3] = [
    Wording { words: |words| words.declines, fits: &[Modality::DeclinesToConfirm, Modality::Denies] },
    Wording { words: |words| words.denies, fits: &[Modality::Denies, Modality::DeclinesToConfirm] },
    Wording {
        words: |words| words.hedges,
        fits: &[Modality::Estimates, Modality::Forecasts, Modality::Denies, Modality::DeclinesToConfirm],
    },
];

impl Wording {
    /// The first of its words, of any language, in a folded text.
    fn find(&self, folded: &str) -> Option<&'static str> {
        Language::all_rules().find_map(|rules| find_any(folded, (self.words)(&rules.vocabulary)))
    }
}

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for (i, claim) in cx.dossier.claims.iter().enumerate() {
        if !matches!(claim.modality, Modality::Asserts | Modality::Confirms) {
            continue;
        }
        let stated = fold(&claim.statement.text);
        for quote in claim.evidence.iter().filter_map(|e| e.quote.as_ref()) {
            let Some((word, fits)) = misfit(claim, &fold(&quote.value), &stated) else { continue };
            let message =
                format!("the source says « {} », and this claim `{}`", word.trim_matches('*'), claim.modality);
            sink.add(ClaimIx::at(i).into(), quote.span, message)
                .help(format!("write `modality: {}`, or say in the statement what the source says", fits[0]));
        }
    }
}

/// The first kind of word in a quote that the claim's modality does not fit and its statement does not carry.
fn misfit(claim: &Claim, quoted: &str, stated: &str) -> Option<(&'static str, &'static [Modality])> {
    let (wording, word) = WORDINGS.iter().find_map(|wording| Some((wording, wording.find(quoted)?)))?;
    let carried = wording.find(stated).is_some() || is_negated(stated, &wording.fits[0]);
    (!wording.fits.contains(&claim.modality) && !carried).then_some((word, wording.fits))
}

/// A statement that is itself about a silence or a denial: « n'est pas confirmé ».
fn is_negated(stated: &str, wanted: &Modality) -> bool {
    const ABOUT_IT: [&str; 8] =
        ["confirm*", "non confirmé*", "dément*", "ni*", "reconn*", "denial*", "denied", "commen*"];
    *wanted != Modality::Estimates && find_any(stated, &ABOUT_IT).is_some()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn claims_are_as_firm_as_their_sources() {
        check(
            &RULE,
            "
    sources:
      s: { title: A }
    claims:
      a: { statement: Ils sont là., evidence: { source: s, quote: ils seraient là } }
                                                                  ^^^^^^^^^^^^^^^ the source says « seraient », and this claim `asserts`
      b: { statement: Ils sont là., modality: estimates, evidence: { source: s, quote: ils seraient là } }
      c: { statement: Ils pourraient être là., evidence: { source: s, quote: ils seraient là } }
      d: { statement: Il confirme., modality: confirms, evidence: { source: s, quote: n’a pas confirmé } }
      e: { statement: Ils sont là., modality: confirms, evidence: { source: s, quote: n’a pas confirmé leur présence } }
                                                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the source says « n'a pas confirmé », and this claim `confirms`
      f: { statement: Ils sont là., evidence: { source: s, quote: il dément leur présence } }
                                                                  ^^^^^^^^^^^^^^^^^^^^^^^ the source says « dément », and this claim `asserts`
    ",
        );
    }
}
