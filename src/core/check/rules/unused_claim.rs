//! A claim that no article cites.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::ClaimIx;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "unused-claim",
    level: Level::Warn,
    about: "A claim that no article cites or shows was collected and then left out of the telling. That may be right, \
            and it may be how the awkward claim went missing.",
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
    for (i, claim) in cx.dossier.claims.iter().enumerate() {
        let shown = |of: &crate::model::Mention| matches!(of.page, crate::model::Ref::Article(_));
        let used = claim.mentions.iter().any(shown);
        if !used {
            sink.add(ClaimIx::at(i).into(), claim.head.id.span, "no article cites this claim")
                .help("cite it (`[@id]`), show it (`![[id]]`), or excuse it in `site.toml` with the reason");
        }
    }
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
    == content/b.md
    ---
    title: B
    ---
    So it is [@cited].

    ![[card]]
    ",
        );
    }
}
