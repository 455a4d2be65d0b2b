//! Two captures that share long runs of words.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::dossier::config::RUN;
use crate::evidence::overlap::{candidates, shared};
use crate::model::source::Origin;
use crate::model::{Dossier, SourceIx};

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "possible-copy",
    level: Level::Hint,
    about: "Two sources that share twenty words in a row, or a fifth of the shorter one in runs of eight, are not two \
            witnesses: one copied the other, or both an agency. Say so with `based_on`, and the dossier stops \
            counting them as two. Boilerplate that more than four captures share is left out, and so are sources \
            whose declared origins already tie them. Only seen where the captures are at hand.",
    example: "\
# at fault: both print the same dispatch
sources:
  paper: { title: Paper, capture: 1.txt }
  other: { title: Other, capture: 2.txt }
# mended
sources:
  paper: { title: Paper, capture: 1.txt, based_on: some-agency }
  other: { title: Other, capture: 2.txt, based_on: some-agency }
",
    run,
};

/// Words in a row that two writers do not find by accident.
const LONG_RUN: usize = 20;

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    let captures: Vec<_> = (cx.captures().iter().enumerate())
        .filter_map(|(i, capture)| Some((SourceIx::at(i), capture.as_ref()?)))
        .collect();
    for (a, b, _) in candidates(captures.iter().map(|(_, capture)| capture.level()), RUN) {
        let ((first, one), (second, other)) = (captures[a], captures[b]);
        if is_declared(cx.dossier, first, second) {
            continue;
        }
        let found = shared(one.level(), other.level(), RUN);
        let shorter = found.words.0.min(found.words.1);
        if found.longest >= LONG_RUN || found.total * 5 >= shorter {
            let message = format!(
                "the captures of `{}` and `{}` share {} words, {} of them in a row",
                cx.dossier[first].head.id.value, cx.dossier[second].head.id.value, found.total, found.longest
            );
            sink.add(second.into(), cx.dossier[second].head.id.span, message)
                .also(first.into())
                .label(cx.dossier[first].head.id.span, "the other")
                .help("if one copied the other, or both an agency, say so with `based_on`");
        }
    }
}

/// Whether the two have one capture, or what they say of their origins ties them.
fn is_declared(dossier: &Dossier, a: SourceIx, b: SourceIx) -> bool {
    let file = |ix: SourceIx| dossier[ix].capture.as_ref().map(|c| &c.file.value);
    let ties = |one: SourceIx, other: SourceIx| {
        let origins = dossier[one].based_on.iter().chain(&dossier[one].origins);
        origins.clone().any(|o| *o == Origin::Source(other) || dossier[other].origins.contains(o))
    };
    file(a) == file(b) || ties(a, b) || ties(b, a)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn copies_are_seen() {
        check(
            &RULE,
            "
    == captures/a.txt
    Un deux trois quatre cinq six sept huit neuf dix, puis autre chose encore.
    == captures/b.txt
    Avant, un deux trois quatre cinq six sept huit neuf dix.
    == captures/c.txt
    Rien de cela ne se trouve ici, pas même une suite de mots.
    == content/a.yaml
    sources:
      a: { title: A, capture: a.txt }
      b: { title: B, capture: b.txt }
      ^ the captures of `a` and `b` share 10 words, 10 of them in a row
      c: { title: C, capture: c.txt }
      d: { title: D, capture: b.txt, based_on: a }
    ",
        );
    }
}
