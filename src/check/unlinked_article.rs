//! An article that nothing links to.

use super::{Cx, Level, Rule, Sink};
use crate::model::{ArticleIx, Ref};

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "unlinked-article",
    level: Level::Hint,
    about: "An article that no other text links to is found only through the list of articles. The home page is left \
            alone.",
    example: "\
# at fault: no text has [[the-treaty]]
# mended, in another article
# The [[the-treaty|treaty]] has two dates.
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    if !cx.is_whole() {
        return;
    }
    for (i, article) in cx.dossier.articles.iter().enumerate().filter(|(_, article)| !article.is_home()) {
        let this = Ref::from(ArticleIx::at(i));
        let by_id = article.mentions.iter().any(|mention| mention.page != this);
        let file = article.path.rsplit('/').next().unwrap_or_default();
        let leads_here = |url: &str| {
            let path = url.split(['#', '?']).next().unwrap_or_default();
            path.ends_with(file) || path.trim_matches('/') == &*article.url
        };
        let urls = || cx.dossier.all().filter(|page| *page != this).flat_map(|page| cx.dossier.prose_of(page));
        if !by_id && !urls().any(|prose| prose.outline.urls.iter().any(|url| leads_here(&url.url))) {
            sink.add(this, article.title_span, "no other text links to this article").help("link with `[[…]]`");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::check;
    use super::RULE;

    #[test]
    fn articles_are_linked_to() {
        check(
            &RULE,
            "
    == content/index.md
    ---
    title: Home
    ---
    See [[b]] and [the other](d.md).
    == content/b.md
    ---
    title: B
    ---
    Text.
    == content/c.md
    ---
    title: Alone
           ^^^^^ no other text links to this article
    ---
    I link to [[c]] myself.
    == content/d.md
    ---
    title: D
    ---
    Text.
    ",
        );
    }
}
