//! A claim that no article cites.

use std::collections::BTreeSet;

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::dossier::blocks;
use crate::model::block::BlockKind;
use crate::model::claim::ClaimAnswer;
use crate::model::{ClaimIx, Dossier, Mention, QuestionIx, Ref, state};

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "unused-claim",
    level: Level::Warn,
    about: "A claim that no article cites or shows, by itself or among the answers to its question, was collected and then left out of the telling. That may be right, \
            and it may be how the awkward claim went missing. One that was corrected, withdrawn or replaced since, or of which \
            every text was retracted, is left alone: what stands in its place is asked for.",
    example: "\
# at fault: no article has [@second-thoughts]
claims:
  second-thoughts: { statement: A, evidence: { source: paper } }
# mended, in an article
# The minister later said otherwise [@second-thoughts].
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    if !cx.is_whole() {
        return;
    }
    let shown = shown(cx.dossier);
    for (i, claim) in cx.dossier.claims.iter().enumerate() {
        let ix = ClaimIx::at(i);
        let in_article = |of: &Mention| matches!(of.page, Ref::Article(_));
        let of_question = |answer: &ClaimAnswer| shown.contains(&answer.question);
        let used = claim.mentions.iter().any(in_article) || claim.answers.iter().any(of_question);
        if !used && state::lapsed(cx.dossier, ix, None).is_none() {
            sink.add(ix.into(), claim.head.id.span, "no article cites this claim")
                .help("cite it (`[@id]`), show it (`![[id]]`), or excuse it in `site.toml` with the reason");
        }
    }
}

/// The questions that an article shows with all their answers: `![[id]]`, or a block `compare`.
fn shown(dossier: &Dossier) -> BTreeSet<QuestionIx> {
    let mut shown = BTreeSet::new();
    for body in dossier.articles.iter().map(|article| &article.body) {
        let cards = body.outline.cards.iter().map(|card| card.id.value.clone());
        let of_blocks = body.outline.blocks.iter().filter(|block| block.kind == BlockKind::Compare);
        let named = of_blocks.flat_map(|block| blocks::ids(block, &body.text)).map(|id| id.value);
        shown.extend(cards.chain(named).filter_map(|id| match dossier.get(&id) {
            Some(Ref::Question(ix)) => Some(ix),
            _ => None,
        }));
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn claims_are_cited() {
        check(
            &RULE,
            "
    == content/a.yaml
    sources:
      s: { title: A }
    claims:
      idle: { statement: A, evidence: { source: s } }
      ^^^^ no article cites this claim
      cited: { statement: A, note: 'as [@idle]', evidence: { source: s } }
      card: { statement: A, evidence: { source: s } }
      answer: { statement: A, answers: { q: 3 }, evidence: { source: s } }
      linked: { statement: A, answers: { r: 3 }, evidence: { source: s } }
      ^^^^^^ no article cites this claim
      old: { statement: A, status: { is: withdrawn }, evidence: { source: s } }
    questions:
      q: { text: Q? }
      r: { text: R? }
    == content/b.md
    ---
    title: B
    ---
    So it is [@cited].

    ![[card]]

    ![[q]]

    See [[r]].
    ",
        );
    }
}
