//! A capture or archived copy older than its source.

use crate::check::dates::is_before;
use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::SourceIx;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "captured-before-published",
    level: Level::Warn,
    about: "A capture or an archived copy cannot be older than the text it holds: one of the two dates is wrong, or \
            the capture is of an earlier state of the page. Dates that are marked uncertain or approximate are left \
            alone.",
    example: "\
# at fault
sources:
  paper: { title: Paper, published: 2024-11-05, capture: { file: 4.txt, on: 2024-11-04 } }
# mended
sources:
  paper: { title: Paper, published: 2024-11-03, capture: { file: 4.txt, on: 2024-11-04 } }
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for (i, source) in cx.dossier.sources.iter().enumerate() {
        let Some(published) = &source.published else { continue };
        let capture = source.capture.as_ref().and_then(|c| c.on.as_ref());
        let archive = source.archive.as_ref().and_then(|a| a.on.as_ref());
        for on in capture.into_iter().chain(archive).filter(|on| is_before(on, published)) {
            let message = "this copy is older than the source itself";
            sink.add(SourceIx::at(i).into(), on.span, message).label(published.span, "published");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn copies_come_after_publishing() {
        check(
            &RULE,
            "
    sources:
      a: { title: A, published: 2024-11-05, capture: { file: a.txt, on: 2024-11-04 } }
                                                                        ^^^^^^^^^^ this copy is older than the source itself
      b: { title: B, published: 2024-11-05, archive: { url: 'https://b.org', on: 2024-11-04 } }
                                                                                 ^^^^^^^^^^ this copy is older than the source itself
      c: { title: C, published: 2024-11-05, capture: { file: a.txt, on: 2024-11 } }
    ",
        );
    }
}
