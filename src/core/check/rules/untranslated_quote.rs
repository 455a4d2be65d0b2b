//! A quote in another language, without translation.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::ClaimIx;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "untranslated-quote",
    level: Level::Warn,
    about: "A quotation in another language than the site's stands for nothing to a reader who does not read it. The \
            original stays; `translation` stands beside it, with who made it.",
    example: "\
# at fault, on a French site
evidence: { source: paper, quote: about 11,000 men, language: en }
# mended
evidence:
  source: paper
  quote: about 11,000 men
  language: en
  translation: { text: environ 11 000 hommes, by: la rédaction }
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    let site = cx.parsed.config.language.as_str();
    for (i, claim) in cx.dossier.claims.iter().enumerate() {
        for evidence in claim.evidence.iter().filter(|e| e.translation.is_none()) {
            let (Some(quote), Some(language)) = (&evidence.quote, &evidence.language) else { continue };
            if language.split('-').next() != Some(site) {
                let message = format!("this quote is in `{language}`, and has no translation");
                sink.add(ClaimIx::at(i).into(), quote.span, message).help("add `translation: { text: …, by: … }`");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn quotes_are_translated() {
        check(
            &RULE,
            "
    sources:
      en: { title: A, language: en-GB }
      fr: { title: A, language: fr-CA }
    claims:
      a: { statement: A, evidence: { source: en, quote: the words } }
                                                        ^^^^^^^^^ this quote is in `en-GB`, and has no translation
      b: { statement: A, evidence: { source: fr, quote: les mots } }
      c: { statement: A, evidence: { source: en, quote: the words, translation: { text: les mots } } }
      d: { statement: A, evidence: { source: en, quote: les mots, language: fr } }
    ",
        );
    }
}
