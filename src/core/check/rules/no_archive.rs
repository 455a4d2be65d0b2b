//! A source on the web of which no public copy is named.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::SourceIx;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "no-archive",
    level: Level::Hint,
    about: "The source has an address, and names no archived copy: once its page changes or goes, a reader can look a quote \
            up in nothing but your private copy. `sourcebook archive` prints the addresses to save; an archive (the Wayback \
            Machine, archive.today, a library's) makes the copy, and `archive` names it.",
    example: "\
# at fault
url: https://example.org/bridge
# mended
url: https://example.org/bridge
archive: { url: \"https://web.archive.org/web/20241104103000/https://example.org/bridge\", on: 2024-11-04 }
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for (i, source) in cx.dossier.sources.iter().enumerate() {
        let on_the_web = source.url.as_deref().is_some_and(|url| url.starts_with("http"));
        let quoted = source.claims.iter().any(|(claim, n)| cx.dossier[*claim].evidence[*n].quote.is_some());
        if on_the_web && quoted && source.archive.is_none() {
            let found = sink.add(SourceIx::at(i).into(), source.head.id.span, "this source names no archived copy");
            found.help("`sourcebook archive` prints the addresses to save, and takes up what archives answer");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn a_page_on_the_web_has_a_public_copy() {
        check(
            &RULE,
            "
    sources:
      s: { title: A, url: 'https://a.example/' }
      ^ this source names no archived copy
      t: { title: B, url: 'https://b.example/', archive: { url: 'https://c.example/' } }
      u: { title: C }
      v: { title: D, url: 'mailto:a@b.example' }
      w: { title: E, url: 'https://never-quoted.example/' }
    claims:
      a: { statement: A, evidence: { source: s, quote: some words } }
      b: { statement: B, evidence: { source: t, quote: some words } }
      c: { statement: C, evidence: { source: u, quote: some words } }
      d: { statement: D, evidence: { source: v, quote: some words } }
    ",
        );
    }
}
