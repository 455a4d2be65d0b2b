//! Words between quotation marks after a name, which the text has in its own.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::check::sentences;
use crate::check::words::fold;
use crate::evidence::find::{Finding, Prepared, find};
use crate::evidence::quotation::{Quotations, Quoted};
use crate::evidence::words::is_letter;
use crate::model::kinds::ActorKind;
use crate::model::prose::{Paragraph, Prose};
use crate::model::{ActorIx, ArticleIx, Dossier, Ref, SourceIx};

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "quoted-not-said",
    level: Level::Hint,
    about: "An article sets words between quotation marks after somebody’s name, and in the capture of the text that the \
            paragraph cites the same words stand outside of any: they are the journalist’s, and the reader takes them \
            for that person’s own. Take the marks away, or say that the text puts it so. Words after the name of an \
            outlet pass: they are the text’s, and so do names and titles. Only seen where the captures are at hand.",
    example: "\
# at fault, in an article; the paper writes: The minister spoke of a hard winter.
# The minister expects a “hard winter” [@minister-winter].
# mended
# The minister expects a hard winter [@minister-winter].
",
    run,
};

/// A capture with what it quotes.
struct Witness<'a> {
    source: SourceIx,
    text: &'a Prepared,
    quotations: Quotations,
}

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    let captures = cx.captures().iter().enumerate();
    let witness = |(i, capture): (usize, &'_ Option<Prepared>)| {
        let text = capture.as_ref()?;
        Some((SourceIx::at(i), Quotations::of(text.text())))
    };
    let quotations: Vec<_> = captures.filter_map(witness).collect();
    let witnesses: Vec<Witness<'_>> = (quotations.into_iter())
        .filter_map(|(source, quotations)| Some(Witness { source, text: cx.capture(source)?, quotations }))
        .collect();
    if witnesses.is_empty() {
        return;
    }
    let names = Names::of(cx.dossier);
    for (i, article) in cx.dossier.articles.iter().enumerate() {
        let body = &article.body;
        for paragraph in &body.outline.paragraphs {
            let targets = cited(body, paragraph);
            let (cited, speakers) = (sources(cx.dossier, &targets), speakers(cx.dossier, &targets));
            let here: Vec<_> = witnesses.iter().filter(|witness| cited.contains(&witness.source)).collect();
            for sentence in sentences::of_paragraph(body, paragraph) {
                for (fragment, name) in after_names(&body.text, &sentence, &names, &speakers) {
                    let words = body.text[fragment.clone()].trim();
                    if names.has(words) || !is_only_the_texts(words, &here) {
                        continue;
                    }
                    let message = format!("these words stand after `{name}`, and in the text outside quotation marks");
                    sink.add(ArticleIx::at(i).into(), body.span(&fragment, &cx.parsed.files), message)
                        .help("take the quotation marks away, or say that the text puts it so");
                }
            }
        }
    }
}

/// What a paragraph cites.
fn cited(prose: &Prose, paragraph: &Paragraph) -> BTreeSet<Ref> {
    let items = prose.outline.citations.iter().flat_map(|c| c.items.iter().map(|_| c.range.start));
    let here = items.zip(&prose.notes).filter(|(at, _)| paragraph.range.contains(at));
    here.filter_map(|(_, note)| note.target).collect()
}

/// The sources among what is cited, and those of its claims.
fn sources(dossier: &Dossier, cited: &BTreeSet<Ref>) -> BTreeSet<SourceIx> {
    let of = |target: &Ref| match target {
        Ref::Source(ix) => vec![*ix],
        Ref::Claim(ix) => dossier[*ix].evidence.iter().map(|e| e.source).collect(),
        _ => Vec::new(),
    };
    cited.iter().flat_map(of).collect()
}

/// Who speaks in the claims that are cited.
fn speakers(dossier: &Dossier, cited: &BTreeSet<Ref>) -> BTreeSet<ActorIx> {
    let of = |target: &Ref| if let Ref::Claim(ix) = target { dossier[*ix].by.to_vec() } else { Vec::new() };
    cited.iter().flat_map(of).collect()
}

/// Whether words stand in some of the texts, and nowhere there between quotation marks.
fn is_only_the_texts(words: &str, witnesses: &[&Witness<'_>]) -> bool {
    let mut stands = false;
    for witness in witnesses {
        let hits = match find(words, witness.text, None) {
            Finding::Verbatim { hit, .. } => vec![hit],
            Finding::Ambiguous { hits } => hits,
            Finding::Absent { .. } => continue,
        };
        for hit in hits {
            match witness.quotations.within(witness.text.text(), &hit) {
                Some(within) if Quoted::of(&hit, &within) == Quoted::Nothing => stands = true,
                _ => return false,
            }
        }
    }
    stands
}

/// A name of an actor.
struct Name<'d> {
    of: ActorIx,
    id: &'d str,
    kind: ActorKind,
    lower: String,
}

/// What actors and sources are called.
struct Names<'d> {
    actors: Vec<Name<'d>>,
    titles: Vec<String>,
}

impl<'d> Names<'d> {
    fn of(dossier: &'d Dossier) -> Self {
        let actors = dossier.actors.iter().enumerate().flat_map(|(i, actor)| {
            let names = std::iter::once(&actor.name).chain(&actor.aliases);
            names.map(move |name| Name {
                of: ActorIx::at(i),
                id: &actor.head.id.value,
                kind: actor.kind,
                lower: name.to_lowercase(),
            })
        });
        let titles = dossier.sources.iter().map(|source| fold(&source.title));
        Self { actors: actors.collect(), titles: titles.collect() }
    }

    /// Whether words are a name or a title, or a part of one.
    fn has(&self, words: &str) -> bool {
        let words = fold(words);
        self.actors.iter().any(|name| fold(&name.lower).contains(&words))
            || self.titles.iter().any(|title| title.contains(&words))
    }

    /// The id of whoever is named last in a text: a person, or somebody who is cited as a speaker; nobody where an outlet
    /// is named after them.
    fn last(&self, text: &str, speakers: &BTreeSet<ActorIx>) -> Option<&'d str> {
        let lower = text.to_lowercase();
        let is_edge = |c: Option<char>| !c.is_some_and(is_letter);
        let place = |name: &Name<'_>| {
            let is_whole = |at: &usize| {
                is_edge(lower[..*at].chars().next_back()) && is_edge(lower[at + name.lower.len()..].chars().next())
            };
            let written = lower.rmatch_indices(&name.lower).map(|(at, _)| at).find(is_whole);
            written.max(lower.rfind(&format!("[[{}", name.id)))
        };
        let speaks =
            |name: &&Name<'_>| matches!(name.kind, ActorKind::Person | ActorKind::Media) || speakers.contains(&name.of);
        let named = self.actors.iter().filter(speaks).filter_map(|name| Some((place(name)?, name.lower.len(), name)));
        let last = named.max_by_key(|(at, length, _)| (*at, *length))?.2;
        (last.kind != ActorKind::Media || speakers.contains(&last.of)).then_some(last.id)
    }
}

/// What a sentence sets between quotation marks after the name of somebody who is no outlet.
fn after_names<'d>(
    text: &str,
    sentence: &Range<usize>,
    names: &Names<'d>,
    speakers: &BTreeSet<ActorIx>,
) -> Vec<(Range<usize>, &'d str)> {
    let (mut found, mut at) = (Vec::new(), sentence.start);
    while let Some((open, mark)) = text[at..sentence.end].char_indices().find_map(|(i, c)| Some((at + i, closing(c)?)))
    {
        let inside = open + text[open..].chars().next().map_or(1, char::len_utf8);
        let Some(length) = text[inside..sentence.end].find(mark) else { break };
        let fragment = inside..inside + length;
        found.extend(names.last(&text[sentence.start..open], speakers).map(|name| (fragment.clone(), name)));
        at = fragment.end + text[fragment.end..].chars().next().map_or(1, char::len_utf8);
    }
    found
}

/// What closes a quotation that a mark opens.
fn closing(mark: char) -> Option<&'static [char]> {
    Some(match mark {
        '«' => &['»'],
        '»' => &['«'],
        '“' => &['”'],
        '„' => &['“', '”'],
        '"' => &['"'],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn words_after_a_name_are_that_persons() {
        check(
            &RULE,
            "
    == captures/p.txt
    The minister spoke of a hard winter and of “no danger”. Officials call it a second winter.

    Der Minister sprach von einem harten Winter.

    Le ministre exprime sa vive inquiétude.
    == content/a.yaml
    actors:
      minister: { name: The minister, aliases: [Der Minister, le ministre] }
      paper: { name: The Paper, type: media }
    sources:
      p: { title: P, publisher: paper, capture: p.txt }
    claims:
      a: { statement: A, by: minister, evidence: { source: p, quote: hard winter } }
    == content/b.md
    ---
    title: B
    ---
    The minister expects a “hard winter” and “no danger” [@a].
                            ^^^^^^^^^^^ these words stand after `minister`, and in the text outside quotation marks

    The Paper speaks of a “hard winter” [@a]. It is “hard” [@a]. “Hard winter”, the minister says [@a].

    As The Paper has it, [[minister|he]] fears a “second winter” [@p].
                                                  ^^^^^^^^^^^^^ these words stand after `minister`, and in the text outside quotation marks

    Der Minister erwartet einen „harten Winter“ [@a]: er kommt.
                                 ^^^^^^^^^^^^^ these words stand after `minister`, and in the text outside quotation marks

    Le ministre, selon le texte, exprime une « vive inquiétude » [@a], « une autre ».
                                              ^^^^^^^^^^^^^^^^^ these words stand after `minister`, and in the text outside quotation marks
    ",
        );
    }
}
