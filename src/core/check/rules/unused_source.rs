//! A source that nothing uses.

use std::collections::BTreeSet;

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::SourceIx;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "unused-source",
    level: Level::Warn,
    about: "A source that no claim rests on, that no text cites, that no other source is based on and that gives no \
            question a rate is a leftover, or a claim was forgotten.",
    example: "\
# at fault
sources:
  paper: { title: Paper }
# mended: a claim rests on it
claims:
  a: { statement: A, evidence: { source: paper } }
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    if !cx.is_whole() {
        return;
    }
    let rates: BTreeSet<SourceIx> =
        cx.dossier.questions.iter().flat_map(|question| &question.rates).map(|rate| rate.source).collect();
    for (i, source) in cx.dossier.sources.iter().enumerate() {
        let used = !source.claims.is_empty() || !source.mentions.is_empty() || !source.origin_of.is_empty();
        let used = used || rates.contains(&SourceIx::at(i));
        if !used {
            sink.add(
                SourceIx::at(i).into(),
                source.head.id.span,
                "no claim rests on this source, and nothing cites it",
            )
            .help("remove it, or write down what it says");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn sources_are_used() {
        check(
            &RULE,
            "
    sources:
      idle: { title: A }
      ^^^^ no claim rests on this source, and nothing cites it
      evidence: { title: A, based_on: origin }
      origin: { title: A }
      cited: { title: A }
    claims:
      a: { statement: 'A [@cited]', evidence: { source: evidence } }
    ",
        );
    }
}
