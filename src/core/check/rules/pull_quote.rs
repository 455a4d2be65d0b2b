//! A pull quote whose words stand neither in its article nor in what it cites.

use std::ops::Range;

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::evidence::normalise::normalise;
use crate::model::markdown::plain::{Names, words};
use crate::model::{Article, ArticleIx, Ref};

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "pull-quote",
    level: Level::Deny,
    about: "A pull quote is read as the words of somebody. Where it cites a claim, its words are words of the quotes that \
            the claim is found in, of their translation, or of its statement; where it cites nothing, the article says \
            them elsewhere. `[…]` stands for what is left out. Only typography is levelled, as in quotes.",
    example: "\
# at fault, in an article
# > [!QUOTE]
# > Eleven thousand came [@americans]
# mended: the quote of that claim reads « 11,000 troops came »
# > [!QUOTE]
# > 11,000 troops came [@americans]
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for (i, article) in cx.dossier.articles.iter().enumerate() {
        for pull in &article.body.outline.pulls {
            let quoted = quoted(&article.body.text[pull.clone()]);
            let (cites, said) = said(cx, article, pull);
            let level = |text: &str| normalise(text).text().to_lowercase();
            let said: Vec<String> = said.iter().map(|text| level(text)).collect();
            let parts: Vec<String> = quoted.split("[…]").map(|part| level(trimmed(part))).collect();
            if said.iter().any(|text| in_order(text, &parts)) {
                continue;
            }
            let text = &article.body.text[pull.clone()];
            let range = pull.start..pull.start + text.trim_end().len();
            let message = match cites {
                true => "these words stand in no quote of what they cite",
                false => "these words stand nowhere else in the article",
            };
            sink.add(ArticleIx::at(i).into(), article.body.span(&range, &cx.parsed.files), message)
                .help("quote word for word, with `[…]` for what is left out, and cite whose words they are: `[@id]`");
        }
    }
}

/// Whether the parts stand in a text, one after another.
fn in_order(text: &str, parts: &[String]) -> bool {
    let mut from = 0;
    parts.iter().filter(|part| !part.is_empty()).all(|part| {
        let found = text[from..].find(&**part);
        from += found.map_or(0, |at| at + part.len());
        found.is_some()
    })
}

/// The words alone, without quotation marks around them and the stop at their end.
fn trimmed(part: &str) -> &str {
    part.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '«' | '»' | '“' | '”' | '„' | '"' | '.' | ',' | '…' | '‘' | '’' | '\'')
    })
}

fn plain(text: &str) -> String {
    words(text, &Names { label: &|_| None, voice: &|_| None })
}

/// What is quoted, without the signs of the block.
fn quoted(block: &str) -> String {
    let lines = block.lines().map(|line| line.trim_start().trim_start_matches('>').trim());
    let lines: Vec<_> = lines.skip_while(|line| line.is_empty() || line.eq_ignore_ascii_case("[!quote]")).collect();
    plain(&lines.join("\n"))
}

/// Where the words of a pull quote may stand, and whether that is what it cites.
fn said(cx: &Cx<'_>, article: &Article, pull: &Range<usize>) -> (bool, Vec<String>) {
    let body = &article.body;
    let cited = body.outline.citations.iter().filter(|c| pull.contains(&c.range.start)).flat_map(|c| &c.items);
    let claims: Vec<_> = cited.filter_map(|item| cx.dossier.get(&item.id.value)).collect();
    if claims.is_empty() {
        let mut rest = body.text.to_string();
        for other in body.outline.pulls.iter().rev() {
            rest.replace_range(other.clone(), "\n");
        }
        return (false, vec![plain(&rest)]);
    }
    let mut said = Vec::new();
    for claim in claims.into_iter().filter_map(|of| if let Ref::Claim(ix) = of { Some(&cx.dossier[ix]) } else { None })
    {
        said.push(plain(&claim.statement.text));
        for evidence in &claim.evidence {
            said.extend(evidence.quote.iter().map(|quote| quote.value.to_string()));
            said.extend(evidence.translation.iter().map(|translation| translation.text.to_string()));
        }
    }
    (true, said)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn pull_quotes_are_words_that_somebody_said() {
        check(
            &RULE,
            "
    == content/a.yaml
    sources:
      s: { title: S }
    claims:
      c: { statement: Many came, evidence: { source: s, quote: \"about 11,000 troops came, he said\" } }
    == content/b.md
    ---
    title: B
    ---
    The bridge was closed on *Monday* [@c].

    > [!QUOTE]
    > « 11,000 troops […] he said » [@c]

    > [!QUOTE]
    > closed on Monday

    > [!QUOTE]
    ^^^^^^^^^^ these words stand in no quote of what they cite
    > 12,000 troops came [@c]

    > [!QUOTE]
    ^^^^^^^^^^ these words stand nowhere else in the article
    > closed on Tuesday
    ",
        );
    }
}
