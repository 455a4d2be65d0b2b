//! A claim of one origin, told as settled.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

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
    let Some(names) = Names::new(cx.dossier) else { return };
    for (i, article) in cx.dossier.articles.iter().enumerate() {
        let cites = cites(&article.body);
        for paragraph in article.body.outline.paragraphs.iter().filter(|p| p.citations > 0) {
            let mut named = BTreeSet::new();
            for sentence in sentences::of_paragraph(&article.body, paragraph) {
                names.add(&article.body.text, paragraph.range.start, &sentence, &mut named);
                let cited: Vec<Ref> = within(&cites, &sentence).iter().filter_map(|cite| cite.target).collect();
                let Some(claims) = single(&cited, cx.dossier) else { continue };
                if is_attributed(&article.body.text[sentence.clone()], &named, &claims, cx.dossier) {
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

/// One thing cited, and the bytes of its citation.
struct Cite {
    range: std::ops::Range<usize>,
    target: Option<Ref>,
}

/// All that a text cites, in its order: a paragraph or sentence looks for its own among all of them.
fn cites(prose: &Prose) -> Vec<Cite> {
    let items = prose.outline.citations.iter().flat_map(|c| c.items.iter().map(|_| c.range.clone()));
    let of = |(range, note): (_, &NoteUse)| Cite { range, target: note.target };
    let mut all: Vec<Cite> = items.zip(&prose.notes).map(of).collect();
    all.sort_by_key(|cite| cite.range.start);
    all
}

/// Those that begin within a range.
fn within<'c>(cites: &'c [Cite], range: &std::ops::Range<usize>) -> &'c [Cite] {
    let from = cites.partition_point(|cite| cite.range.start < range.start);
    let to = from + cites[from..].partition_point(|cite| cite.range.start < range.end);
    &cites[from..to]
}

/// The names of all actors, ready to be found in a text.
struct Names<'d> {
    dossier: &'d Dossier,
    automaton: AhoCorasick,
    owners: Vec<ActorIx>,
    /// Bytes of the longest.
    longest: usize,
}

impl<'d> Names<'d> {
    fn new(dossier: &'d Dossier) -> Option<Self> {
        let of = |(i, actor): (usize, &'d crate::model::Actor)| {
            let names = std::iter::once(&actor.name).chain(&actor.aliases);
            names.map(move |name| (fold(name), ActorIx::at(i)))
        };
        let names = dossier.actors.iter().enumerate().flat_map(of).filter(|(name, _)| !name.is_empty());
        let (names, owners): (Vec<_>, Vec<_>) = names.unzip();
        let longest = names.iter().map(String::len).max().unwrap_or(0);
        // Left to itself, the builder makes a DFA of few names, in time with the square of the longest.
        let kind = Some(AhoCorasickKind::ContiguousNFA);
        let automaton = AhoCorasick::builder().kind(kind).build(names).ok()?;
        Some(Self { dossier, automaton, owners, longest })
    }

    /// Adds the actors that a sentence names or links to. A name may begin before it: « J. » seems to end one.
    fn add(&self, text: &str, start: usize, sentence: &std::ops::Range<usize>, named: &mut BTreeSet<ActorIx>) {
        // What is levelled may have been longer.
        let from = text.floor_char_boundary(sentence.start.saturating_sub(2 * self.longest + 16).max(start));
        let folded = fold(&text[from..sentence.end]);
        named.extend(self.automaton.find_overlapping_iter(&folded).map(|m| self.owners[m.pattern().as_usize()]));
        for (at, _) in text[sentence.clone()].match_indices("[[") {
            let rest = &text[sentence.start + at + 2..sentence.end];
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
            if let Some(Ref::Actor(actor)) = self.dossier.get(&rest[..end]) {
                named.insert(actor);
            }
        }
    }
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

/// Whether a sentence, or what its paragraph named so far, says whose word it is.
fn is_attributed(sentence: &str, named: &BTreeSet<ActorIx>, claims: &[&Claim], dossier: &Dossier) -> bool {
    let quotes = ['«', '“', '"'];
    if sentence.contains(quotes) || attributes(&fold(sentence)) {
        return true;
    }
    claims.iter().any(|claim| {
        let of_sources = claim.evidence.iter().flat_map(|e| publishers(dossier, e.source));
        let relays = claim.evidence.iter().flat_map(|e| e.via.iter().copied());
        claim.by.iter().copied().chain(of_sources).chain(relays).any(|actor| named.contains(&actor))
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
