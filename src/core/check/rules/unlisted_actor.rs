//! An actor named in a claim and not listed with it.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::rule::{Cx, Level, Rule, Sink};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::evidence::normalise::normalise;
use crate::evidence::words::is_edge;
use crate::model::place::Whole;
use crate::model::source::Author;
use crate::model::{ActorIx, Claim, ClaimIx, Dossier, Ref};

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "unlisted-actor",
    level: Level::Warn,
    about: "A claim names an actor in its statement or quote, and lists it neither under `about` nor as a speaker, an \
            outlet or the publisher: the actor's page will not show the claim. An actor counts as listed with one \
            that it is part of, or that is part of it, and a place's name is not taken for the actor's. Whole words \
            are looked for, as they are written in names and aliases.",
    example: "\
# at fault
claims:
  a: { statement: Moscow sent men., by: kim-jong-un, evidence: { source: paper } }
# mended
claims:
  a: { statement: Moscow sent men., by: kim-jong-un, about: russia, evidence: { source: paper } }
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    let Some(names) = Names::new(cx.dossier) else { return };
    for (i, claim) in cx.dossier.claims.iter().enumerate() {
        let listed = listed(claim, cx.dossier);
        let mut told = BTreeSet::new();
        let statement = (&claim.statement.text, claim.statement.whole());
        let quotes = claim.evidence.iter().filter_map(|e| e.quote.as_ref()).map(|q| (&q.value, q.span));
        for (text, span) in std::iter::once(statement).chain(quotes) {
            for (name, actors) in names.find(text) {
                if actors.iter().any(|actor| listed.holds(*actor, cx.dossier) || told.contains(actor)) {
                    continue;
                }
                let Some(&actor) = actors.first() else { continue };
                told.insert(actor);
                let span = narrow(cx, span, &name);
                let id = &cx.dossier[actor].head.id.value;
                sink.add(ClaimIx::at(i).into(), span, format!("this names `{id}`, which the claim does not list"))
                    .also(actor.into())
                    .help(format!("add `{id}` to `about`"));
            }
        }
    }
}

/// The name itself within a text, where it is written there as it is read.
fn narrow(cx: &Cx<'_>, span: crate::base::file::Span, name: &str) -> crate::base::file::Span {
    match cx.parsed.files.text(span).find(name) {
        Some(at) => span.part(at..at + name.len()),
        None => span,
    }
}

/// All names of actors and places, ready to be found in a text.
struct Names {
    automaton: AhoCorasick,
    /// Whose name each is; nobody's for a place.
    owners: Vec<Vec<ActorIx>>,
}

impl Names {
    fn new(dossier: &Dossier) -> Option<Self> {
        let mut owners: BTreeMap<String, Vec<ActorIx>> = BTreeMap::new();
        let level = |name: &str| normalise(name).text().to_owned();
        for (i, actor) in dossier.actors.iter().enumerate() {
            for name in std::iter::once(&actor.name).chain(&actor.aliases).filter(|n| n.chars().count() > 1) {
                owners.entry(level(name)).or_default().push(ActorIx::at(i));
            }
        }
        for place in &dossier.places {
            for name in std::iter::once(&place.name).chain(&place.aliases).filter(|n| !n.is_empty()) {
                owners.entry(level(name)).or_default();
            }
        }
        // Left to itself, the builder makes a DFA of few names, in time with the square of the longest.
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(MatchKind::LeftmostLongest)
            .build(owners.keys())
            .ok()?;
        Some(Self { automaton, owners: owners.into_values().collect() })
    }

    /// The names in a text, as they are written there, with whose they may be.
    fn find(&self, text: &str) -> Vec<(String, &[ActorIx])> {
        let level = normalise(text);
        let found = self.automaton.find_iter(level.text()).filter(|m| {
            let whole = |at| is_edge(level.text(), at, |_| false);
            whole(m.start()) && whole(m.end())
        });
        let written = |m: &aho_corasick::Match| text[level.original(m.range())].to_owned();
        found.map(|m| (written(&m), &*self.owners[m.pattern().as_usize()])).collect()
    }
}

/// The actors that a claim lists.
struct Listed {
    named: BTreeSet<ActorIx>,
    /// What these are part of.
    wholes: BTreeSet<ActorIx>,
}

impl Listed {
    /// Whether an actor is one of these, or one of these is part of it, or it is part of one of these.
    fn holds(&self, actor: ActorIx, dossier: &Dossier) -> bool {
        let in_these = |actor| self.named.contains(&actor);
        in_these(actor) || self.wholes.contains(&actor) || dossier[actor].part_of.is_some_and(in_these)
    }
}

fn listed(claim: &Claim, dossier: &Dossier) -> Listed {
    let mut named: BTreeSet<ActorIx> = claim.by.iter().copied().collect();
    for about in &claim.about {
        match *about {
            Ref::Actor(actor) => drop(named.insert(actor)),
            Ref::Event(event) => named.extend(dossier[event].actors.iter().map(|(actor, _)| *actor)),
            Ref::Place(place) => {
                if let Some(Whole::Actor(actor)) = dossier[place].part_of {
                    named.insert(actor);
                }
            }
            Ref::Source(_) | Ref::Question(_) | Ref::Claim(_) | Ref::Article(_) => {}
        }
    }
    for evidence in &claim.evidence {
        let source = &dossier[evidence.source];
        let authors = source.authors.iter().chain(&source.publisher);
        named.extend(authors.filter_map(|a| if let Author::Actor(ix) = a { Some(*ix) } else { None }));
        named.extend(&evidence.via);
    }
    named.extend(claim.answers.iter().filter_map(|answer| answer.group));
    let groups = &dossier.ground.groups;
    let wholes = named.iter().flat_map(|actor| groups.path(actor.0)).map(ActorIx).collect();
    Listed { named, wholes }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn named_actors_are_listed() {
        check(
            &RULE,
            "
    actors:
      russie: { name: Russie, type: state, aliases: [Moscou] }
      poutine: { name: Vladimir Poutine, part_of: russie }
      kim: { name: Kim Jong-un }
      paper: { name: Le Journal }
    places:
      gare: { name: Gare de Moscou }
    sources:
      s: { title: A, publisher: paper }
    claims:
      a: { statement: Moscou envoie des soldats., evidence: { source: s } }
                      ^^^^^^ this names `russie`, which the claim does not list
      b: { statement: Moscou envoie des soldats., about: poutine, evidence: { source: s } }
      c: { statement: À la Gare de Moscou., evidence: { source: s } }
      d: { statement: Il parle., by: poutine, evidence: { source: s, quote: avec Kim Jong-un à Moscou } }
                                                                                 ^^^^^^^^^^^ this names `kim`, which the claim does not list
      e: { statement: Les Moscoutaires. Selon Le Journal., evidence: { source: s } }
    ",
        );
    }
}
