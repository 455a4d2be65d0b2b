//! An image without words for those who do not see it.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::{ArticleIx, Ref};

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "image-without-alt",
    level: Level::Warn,
    about: "Who does not see an image reads or hears the words between its brackets (WCAG 2.2, 1.1.1). Say what it shows, as \
            one would on the telephone; a caption says something else.",
    example: "\
# at fault, in an article
# ![](bridge.jpg)
# mended
# ![A bridge without its middle span](bridge.jpg)
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for (i, article) in cx.dossier.articles.iter().enumerate() {
        if let Some(lead) = article.lead.as_ref().filter(|lead| lead.alt.is_none()) {
            sink.add(ArticleIx::at(i).into(), lead.file.span, "this image has no words for those who do not see it")
                .help("say what it shows: `image: { file: …, alt: … }`");
        }
    }
    for page in cx.dossier.all() {
        for prose in cx.dossier.prose_of(page) {
            for image in prose.outline.urls.iter().filter(|url| url.image) {
                let written = prose.text.get(image.range.clone()).unwrap_or_default();
                if written.strip_prefix("![").is_some_and(|rest| rest.trim_start().starts_with(']')) {
                    let span = prose.span(&image.range, &cx.parsed.files);
                    let of: Ref = page;
                    sink.add(of, span, "this image has no words for those who do not see it")
                        .help("say between its brackets what it shows: `![…](…)`");
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn images_have_words() {
        check(
            &RULE,
            "
    == content/b.md
    ---
    title: B
    ---
    ![](a.png) and ![ ](a.png)
    ^^^^^^^^^^ this image has no words for those who do not see it
                   ^^^^^^^^^^^ this image has no words for those who do not see it

    ![What it shows](a.png)
    == content/c.md
    ---
    title: C
    image: b.png
           ^^^^^ this image has no words for those who do not see it
    ---
    == content/d.md
    ---
    title: D
    image: { file: b.png, alt: A bridge }
    ---
    ",
        );
    }
}
