//! A claim of one origin, told as settled.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::check::sentences;
use crate::check::words::{find_any, fold};
use crate::evidence::words::is_letter;
use crate::model::kinds::ActorKind;
use crate::model::language::Language;
use crate::model::prose::{NoteUse, Prose};
use crate::model::source::{Author, Origin};
use crate::model::{Actor, ActorIx, ArticleIx, Claim, Dossier, Ref, SourceIx};
use crate::words::rules::{Rules, Vocabulary};

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "single-origin",
    level: Level::Warn,
    about: "A sentence of an article rests on one origin alone (one speaker, or one source that names none) and does \
            not say so: the reader takes for settled what one voice says. Say whose it is (« selon », a name, the \
            conditional, the words between quotation marks), or cite a second origin. A sentence passes if it, or one \
            before it in its paragraph, names whoever speaks or publishes, by name or by role (« the director »).",
    example: "\
# at fault, in an article
# The troops are near Koursk [@one-paper].
# mended
# According to [[some-paper]], the troops are near Koursk [@one-paper].
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    let Some(names) = Names::new(cx.dossier, cx.parsed.config.language) else { return };
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

/// The names of all actors, and the words for their roles, ready to be found in a text.
struct Names<'d> {
    dossier: &'d Dossier,
    automaton: AhoCorasick,
    /// Whose each is, and of a role what it may end in.
    owners: Vec<(ActorIx, Option<&'static [&'static str]>)>,
    /// Bytes of the longest.
    longest: usize,
}

impl<'d> Names<'d> {
    fn new(dossier: &'d Dossier, language: Language) -> Option<Self> {
        let rules = language.rules();
        let of = |(i, actor): (usize, &'d Actor)| {
            let names = std::iter::once(&actor.name).chain(&actor.aliases);
            let names = names.map(move |name| (fold(name), (ActorIx::at(i), None)));
            let unnamed = (actor.kind == ActorKind::Unnamed).then_some(&actor.name);
            let roles = actor.role.iter().chain(unnamed).filter_map(move |role| head_of(&fold(role), rules));
            names.chain(roles.map(move |role| (role, (ActorIx::at(i), Some(rules.vocabulary.roles.endings)))))
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
        for found in self.automaton.find_overlapping_iter(&folded) {
            let (owner, endings) = self.owners[found.pattern().as_usize()];
            let (before, after) = (&folded[..found.start()], &folded[found.end()..]);
            let is_word = |endings: &[&str]| {
                let end = after.find(|c| !is_letter(c)).unwrap_or(after.len());
                !before.ends_with(is_letter) && (end == 0 || endings.contains(&&after[..end]))
            };
            if endings.is_none_or(is_word) {
                named.insert(owner);
            }
        }
        for (at, _) in text[sentence.clone()].match_indices("[[") {
            let rest = &text[sentence.start + at + 2..sentence.end];
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
            if let Some(Ref::Actor(actor)) = self.dossier.get(&rest[..end]) {
                named.insert(actor);
            }
        }
    }
}

/// The word for a person in a role, in folded text: « director » of « the managing director of the port ». One of two or
/// three letters would be found everywhere.
fn head_of(role: &str, rules: &Rules) -> Option<String> {
    let Vocabulary { roles, number, .. } = &rules.vocabulary;
    let apart = role.replace('\'', "' ");
    let words = apart.split_whitespace().skip_while(|word| roles.articles.contains(word) || number(word).is_some());
    let words: Vec<_> = words.take_while(|word| !roles.ends.contains(word)).collect();
    // What follows a comma belongs to it no more.
    let clause = words.iter().position(|word| word.ends_with([',', ';', '('])).map_or(words.len(), |at| at + 1);
    let head = if roles.is_last { words[..clause].last() } else { words.first() }?;
    let head = head.trim_matches(|c| !is_letter(c));
    (head.chars().count() > 3).then(|| head.to_owned())
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
    let of = |vocabulary: &'static Vocabulary| [vocabulary.attributes, vocabulary.says];
    Language::all_rules().any(|rules| of(&rules.vocabulary).iter().any(|words| find_any(folded, words).is_some()))
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
    use crate::check::fixture::{check, found as found_in};

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

    #[test]
    fn a_role_names_who_holds_it() {
        for (language, role, sentence) in [
            ("en", "managing director of the port", "For the director the wall is sound [@a]."),
            ("en", "harbour master of Xtown", "The harbour master is sure: the wall is sound [@a]."),
            ("fr", "directrice générale du port", "Pour la directrice, le mur est sain [@a]."),
            ("fr", "l’ingénieur en chef", "Le mur est sain aux yeux de l’ingénieur [@a]."),
            ("de", "Leitender Direktor des Hafenamts", "Für die Direktorin ist die Mauer heil [@a]."),
        ] {
            let found = found_in(&RULE, &dossier(language, role, sentence));
            assert!(found.is_empty(), "{role}: {found:?}");
        }
    }

    #[test]
    fn another_word_that_begins_like_a_role_names_nobody() {
        for (language, role, sentence) in [
            ("en", "general", "The wall is generally sound [@a]."),
            ("en", "spokesman of the king", "The wall is of a king [@a]."),
            ("de", "Direktor", "Der Mauer fehlt die Direktorenkammer [@a]."),
        ] {
            let found = found_in(&RULE, &dossier(language, role, sentence));
            assert_eq!(found.len(), 1, "{role}: {sentence}");
        }
    }

    fn dossier(language: &str, role: &str, sentence: &str) -> String {
        format!(
            "== site.toml\ntitle = \"T\"\nlanguage = \"{language}\"\n== content/a.yaml\nactors:\n  kim: {{ name: Kim Berg, role: \"{role}\" }}\n\
             sources:\n  s: {{ title: A }}\nclaims:\n  a: {{ statement: A, by: kim, evidence: {{ source: s }} }}\n== content/b.md\n---\n\
             title: A\n---\n{sentence}\n"
        )
    }
}
