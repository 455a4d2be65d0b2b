//! An article that nothing links to.

use std::collections::BTreeMap;

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::{ArticleIx, Dossier, Ref};

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
    // The only one has none that could link to it.
    if cx.dossier.articles.len() < 2 {
        return;
    }
    let linked = linked(cx.dossier);
    for (i, article) in cx.dossier.articles.iter().enumerate().filter(|(_, article)| !article.is_home()) {
        let this = Ref::from(ArticleIx::at(i));
        let by_id = article.mentions.iter().any(|mention| mention.page != this);
        let file = article.path.rsplit('/').next().unwrap_or_default();
        let is_linked = [file, &article.url].iter().any(|name| {
            let from = linked.get(*name).into_iter().flatten();
            from.copied().any(|page| page != this)
        });
        if !by_id && !is_linked {
            sink.add(this, article.title_span, "no other text links to this article").help("link with `[[…]]`");
        }
    }
}

/// The files and addresses that texts link to by path, and from where.
fn linked(dossier: &Dossier) -> BTreeMap<&str, Vec<Ref>> {
    let mut linked: BTreeMap<&str, Vec<Ref>> = BTreeMap::new();
    for page in dossier.all() {
        for url in dossier.prose_of(page).into_iter().flat_map(|prose| &prose.outline.urls) {
            let path = url.url.split(['#', '?']).next().unwrap_or_default();
            let file = path.rsplit('/').next().unwrap_or_default();
            linked.entry(file).or_default().push(page);
            linked.entry(path.trim_matches('/')).or_default().push(page);
        }
    }
    linked
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

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
