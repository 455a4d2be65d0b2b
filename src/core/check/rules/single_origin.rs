//! A claim of one origin, told as settled.

use std::collections::BTreeSet;

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::check::sentences;
use crate::check::words::{find_any, fold};
use crate::model::language::Language;
use crate::model::prose::{NoteUse, Prose};
use crate::model::source::{Author, Origin};
use crate::model::{ActorIx, ArticleIx, Claim, Dossier, Ref, SourceIx};

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "single-origin",
    level: Level::Warn,
    about: "A sentence of an article rests on one origin alone (one speaker, or one source that names none) and does \
            not say so: the reader takes for settled what one voice says. Say whose it is (« selon », a name, the \
            conditional, the words between quotation marks), or cite a second origin. A sentence passes if it, or one \
            before it in its paragraph, names whoever speaks or publishes.",
    example: "\
# at fault, in an article
# The troops are near Koursk [@one-paper].
# mended
# According to [[some-paper]], the troops are near Koursk [@one-paper].
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for (i, article) in cx.dossier.articles.iter().enumerate() {
        for paragraph in article.body.outline.paragraphs.iter().filter(|p| p.citations > 0) {
            for sentence in sentences::of_paragraph(&article.body, paragraph) {
                let cited = cited(&article.body, &sentence);
                let Some(claims) = single(&cited, cx.dossier) else { continue };
                let before = &article.body.text[paragraph.range.start..sentence.end];
                if is_attributed(&article.body.text[sentence.clone()], before, &claims, cx.dossier) {
                    continue;
                }
                let span = article.body.span(&sentence, &cx.parsed.files);
                sink.add(
                    ArticleIx::at(i).into(),
                    span,
                    "this sentence rests on one origin, and does not say whose word it is",
                )
                .also(cited[0])
                .help("say who says so, or cite a second origin");
            }
        }
    }
}

/// What a range of a text cites.
fn cited(prose: &Prose, range: &std::ops::Range<usize>) -> Vec<Ref> {
    let items = prose.outline.citations.iter().flat_map(|c| c.items.iter().map(|_| c.range.start));
    let of = |(at, note): (usize, &NoteUse)| note.target.filter(|_| range.contains(&at));
    items.zip(&prose.notes).filter_map(of).collect()
}

/// The claims cited, if they all have one origin between them: a speaker, or a source that names none.
fn single<'d>(cited: &[Ref], dossier: &'d Dossier) -> Option<Vec<&'d Claim>> {
    let claim = |of: &Ref| if let Ref::Claim(ix) = of { Some(&dossier[*ix]) } else { None };
    let claims: Vec<&Claim> = cited.iter().map(claim).collect::<Option<_>>()?;
    let origins: BTreeSet<Origin> = claims.iter().flat_map(|claim| origins(claim)).collect();
    (origins.len() == 1).then_some(claims)
}

fn origins(claim: &Claim) -> Vec<Origin> {
    match claim.origins.is_empty() {
        true => claim.evidence.iter().map(|e| Origin::Source(e.source)).collect(),
        false => claim.origins.clone(),
    }
}

/// Whether words of any language say that somebody says so.
fn attributes(folded: &str) -> bool {
    Language::all_rules().any(|rules| find_any(folded, rules.vocabulary.attributes).is_some())
}

/// Whether a sentence, or what stands before it in its paragraph, says whose word it is.
fn is_attributed(sentence: &str, before: &str, claims: &[&Claim], dossier: &Dossier) -> bool {
    let quotes = ['«', '“', '"'];
    if sentence.contains(quotes) || attributes(&fold(sentence)) {
        return true;
    }
    let folded = fold(before);
    let named = |actor: ActorIx| {
        let actor = &dossier[actor];
        before.contains(&format!("[[{}", actor.head.id.value))
            || std::iter::once(&actor.name).chain(&actor.aliases).any(|name| folded.contains(&fold(name)))
    };
    claims.iter().any(|claim| {
        let of_sources = claim.evidence.iter().flat_map(|e| publishers(dossier, e.source));
        let relays = claim.evidence.iter().flat_map(|e| e.via.iter().copied());
        claim.by.iter().copied().chain(of_sources).chain(relays).any(named)
    })
}

fn publishers(dossier: &Dossier, source: SourceIx) -> impl Iterator<Item = ActorIx> {
    let authors = dossier[source].authors.iter().chain(&dossier[source].publisher);
    authors.filter_map(|a| if let Author::Actor(ix) = a { Some(*ix) } else { None })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn one_voice_is_named() {
        check(
            &RULE,
            "
    == content/a.yaml
    actors:
      kim: { name: Kim Jong-un }
      paper: { name: Le Journal }
    sources:
      s: { title: A, publisher: paper }
      t: { title: B }
    claims:
      a: { statement: A, by: kim, evidence: { source: s } }
      b: { statement: B, evidence: { source: t } }
    == content/b1.md
    ---
    title: A
    ---
    Les soldats sont partis [@a]. Ils sont arrivés [@a; @b].
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this sentence rests on one origin, and does not say whose word it is

    Selon Pyongyang, les soldats sont partis [@a]. Ils seraient arrivés [@a].

    [[kim]] se réjouit. Les soldats sont partis [@a].

    Les soldats sont « partis » [@a]. Le Journal sort ce matin [@s].
    ",
        );
    }
}
