//! A text that cites what no longer stands.

use std::collections::BTreeSet;

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::check::words::{find_any, fold};
use crate::model::kinds::SourceStanding;
use crate::model::language::Language;
use crate::model::state::{self, Lapse};
use crate::model::{ArticleIx, ClaimIx, Dossier, Ref};

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "cites-corrected",
    level: Level::Warn,
    about: "A sentence of an article cites a claim that was since corrected, withdrawn or replaced, or a text that was \
            corrected or retracted: the note says so, and the sentence goes on as if nothing had happened. Say in the \
            text what became of it. A paragraph that says so (« withdrew », « corrigé », « zurückgenommen »), or also cites \
            what replaces the claim or what its status gives as the reason, passes.",
    example: "\
# at fault, in an article; the ministry has since spoken of 20 (`supersedes: [twenty-five]`)
# Twenty-five people came [@twenty-five].
# mended
# The ministry first spoke of twenty-five people [@twenty-five], then of twenty [@twenty].
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for (i, article) in cx.dossier.articles.iter().enumerate() {
        let body = &article.body;
        let items = body.outline.citations.iter().flat_map(|citation| citation.items.iter().map(|_| &citation.range));
        let mut cited: Vec<_> =
            items.zip(&body.notes).filter_map(|(range, note)| Some((range, note.target?))).collect();
        cited.sort_by_key(|(range, _)| range.start);
        for paragraph in &body.outline.paragraphs {
            if tells(&fold(&body.text[paragraph.range.clone()])) {
                continue;
            }
            let from = cited.partition_point(|(range, _)| range.start < paragraph.range.start);
            let here = || cited[from..].iter().take_while(|(range, _)| range.start < paragraph.range.end);
            let all: BTreeSet<Ref> = here().map(|(_, target)| *target).collect();
            for (range, target) in here() {
                let Some((message, help)) = gone(cx.dossier, *target, &all) else { continue };
                let span = body.span(range, &cx.parsed.files);
                sink.add(ArticleIx::at(i).into(), span, message).also(*target).help(help);
            }
        }
    }
}

/// Whether a text says, in words of any language, that something no longer stands.
fn tells(folded: &str) -> bool {
    Language::all_rules().any(|rules| find_any(folded, rules.vocabulary.lapses).is_some())
}

/// What became of something cited, and what to do, unless its paragraph tells of what replaces it.
fn gone(dossier: &Dossier, target: Ref, beside: &BTreeSet<Ref>) -> Option<(String, String)> {
    let id = dossier.id(target);
    match target {
        Ref::Claim(ix) => match state::lapsed(dossier, ix, None) {
            Some(lapsed) if lapsed.by.iter().any(|by| beside.contains(&Ref::Claim(*by))) => None,
            // The paragraph cites what the sheet gives as the reason: it tells of it.
            Some(_) if reasons(dossier, ix).any(|of| beside.contains(&of)) => None,
            Some(lapsed) => Some(lapse(dossier, id, lapsed.how, &lapsed.by)),
            None => {
                let text = state::unsound(dossier, ix, None)?;
                let source = dossier.id(text.source.into());
                let message = format!("`{id}` rests on `{source}`, a text that was {} since", text.is.as_str());
                Some((message, "say so, or rest the sentence on another text".to_owned()))
            }
        },
        Ref::Source(ix) => {
            let is = state::standing(dossier, ix, None);
            let message = format!("`{id}` was {} since", is.as_str());
            (is != SourceStanding::Current).then(|| (message, "say so, or cite another text".to_owned()))
        }
        _ => None,
    }
}

/// What the reason of a claim's status cites.
fn reasons(dossier: &Dossier, ix: ClaimIx) -> impl Iterator<Item = Ref> {
    let because = dossier[ix].status.as_ref().and_then(|status| status.because.as_ref());
    because.into_iter().flat_map(|because| because.notes.iter().filter_map(|note| note.target))
}

fn lapse(dossier: &Dossier, id: &str, how: Lapse, by: &[ClaimIx]) -> (String, String) {
    let became = match how {
        Lapse::Superseded => "replaced",
        Lapse::Corrected => "corrected",
        Lapse::Withdrawn => "withdrawn",
        Lapse::Retracted => "retracted with its text",
    };
    let help = match by.first() {
        Some(by) => format!("cite `{}`, which replaces it, beside it or in its place", dossier.id((*by).into())),
        None => "say what became of it, or leave it out".to_owned(),
    };
    (format!("`{id}` was {became} since, and the text does not say so"), help)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn what_no_longer_stands_is_not_cited_as_if_it_did() {
        check(
            &RULE,
            "
    == content/a.yaml
    sources:
      s: { title: S }
      gone: { title: G, status: { is: retracted } }
      mended: { title: M, status: { is: corrected } }
    claims:
      old: { statement: A, evidence: { source: s } }
      new: { statement: B, supersedes: [old], evidence: { source: s } }
      back: { statement: C, status: { is: withdrawn }, evidence: { source: s } }
      lost: { statement: D, evidence: { source: gone } }
      rest: { statement: E, evidence: { source: mended } }
      kept: { statement: F, evidence: [{ source: s }, { source: gone }] }
    == content/b.md
    ---
    title: B
    ---
    It was so [@old]. It is so [@new].

    It was so [@old].
              ^^^^^^ `old` was replaced since, and the text does not say so

    It was [@back; @lost].
           ^^^^^^^^^^^^^^ `back` was withdrawn since, and the text does not say so
           ^^^^^^^^^^^^^^ `lost` was retracted with its text since, and the text does not say so

    It rests on little [@rest]. It rests on more [@kept]. Read on [@gone].
                       ^^^^^^^ `rest` rests on `mended`, a text that was corrected since
                                                 ^^^^^^^ `kept` rests on `gone`, a text that was retracted since
                                                                  ^^^^^^^ `gone` was retracted since

    It was so [@back], and she took that back.
    ",
        );
    }
}
