//! A source read before it was published.

use crate::check::dates::is_before;
use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::SourceIx;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "accessed-before-published",
    level: Level::Warn,
    about: "A source cannot be read before it is published: one of `accessed` and `published` is wrong. Dates that \
            are marked uncertain or approximate are left alone.",
    example: "\
# at fault
sources:
  speech: { title: Speech, published: 2024-11-05, accessed: 2024-11-01 }
# mended
sources:
  speech: { title: Speech, published: 2024-11-05, accessed: 2026-11-01 }
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for (i, source) in cx.dossier.sources.iter().enumerate() {
        let (Some(accessed), Some(published)) = (&source.accessed, &source.published) else { continue };
        if is_before(accessed, published) {
            sink.add(SourceIx::at(i).into(), accessed.span, "this source was read before it was published")
                .label(published.span, "published");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn reading_comes_after_publishing() {
        check(
            &RULE,
            "
    sources:
      a: { title: A, published: 2024-11-05, accessed: 2024-11-04 }
                                                      ^^^^^^^^^^ this source was read before it was published
      b: { title: B, published: 2024-11-05, accessed: 2024-11-05 }
      c: { title: C, published: 2024-11, accessed: 2024-11-04 }
      d: { title: D, published: 2024-11-05~, accessed: 2024-11-04 }
    ",
        );
    }
}
