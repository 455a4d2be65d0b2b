//! A paragraph of an article without a citation.

use crate::check::coverage;
use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::ArticleIx;
use crate::model::prose::{Paragraph, Prose};

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "uncited-paragraph",
    level: Level::Warn,
    about: "In a dossier every paragraph leads to its sources. One that owes no citation (a method, the authors' own \
            analysis, a transition) says so: `<!-- uncited: reason -->` after it. Paragraphs of fewer than eight \
            words, and those that end in a colon and so lead on to what follows, pass.",
    example: "\
# at fault, in an article
# The troops crossed the border in October.
# mended
# The troops crossed the border in October [@american-sources].
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for (i, article) in cx.dossier.articles.iter().enumerate() {
        let owing = |words| of_each(words).filter(|(words, paragraph)| coverage::owes(words, paragraph));
        for (words, paragraph) in article.words().flat_map(owing) {
            let text = &words.text[paragraph.range.clone()];
            let range = paragraph.range.start..paragraph.range.start + text.trim_end().len();
            let span = words.span(&range, &cx.parsed.files);
            sink.add(ArticleIx::at(i).into(), span, "this paragraph cites nothing")
                .help("cite what it rests on (`[@id]`), or say why none is owed: `<!-- uncited: reason -->` after it");
        }
    }
}

fn of_each(words: &Prose) -> impl Iterator<Item = (&Prose, &Paragraph)> {
    words.outline.paragraphs.iter().map(move |paragraph| (words, paragraph))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn paragraphs_cite() {
        check(
            &RULE,
            "
    == content/a.yaml
    sources:
      s: { title: A }
    == content/a.md
    ---
    title: A
    ---
    This paragraph has words enough, and it cites its source [@s].

    This paragraph has words enough, and it cites nothing at all.
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this paragraph cites nothing

    This paragraph has words enough, and it is the authors' own.

    <!-- uncited: analysis -->

    This paragraph has words enough, and it leads on to a list:

    Too short.
    ",
        );
    }
}
