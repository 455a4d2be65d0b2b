//! Answers that cannot all be true by the arithmetic of their question.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::question::Question;
use crate::model::reason::Set;
use crate::model::{ClaimIx, QuestionIx, Ref};

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "impossible-together",
    level: Level::Hint,
    about: "The answers to a question that `adds_up` or `grows` cannot all be true: a part would be larger than its whole, \
            parts that share nothing would come to more than it, or a total that never falls would have fallen. The \
            question's page shows the arithmetic. If that is what the sources say, it is what a dossier is for: give the \
            claims a `contradicts` with a reason, and nothing more is said here. If it is not, a place, a date or a value \
            was mistyped, or the question does not add up.",
    example: "\
# at fault
questions:
  how-many: { text: How many?, adds_up: true }
claims:
  a: { statement: Here, answers: { how-many: { value: 12, place: town } }, evidence: { source: paper } }
  b: { statement: In all, answers: { how-many: { value: <=10, place: country } }, evidence: { source: other } }
# mended
claims:
  b:
    statement: In all
    answers: { how-many: { value: <=10, place: country } }
    contradicts: { a: The other paper counts more in the town alone. }
    evidence: { source: other }
",
    run,
};

/// So many sets of one question are told.
const TOLD: usize = 10;

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    for (i, question) in cx.dossier.questions.iter().enumerate() {
        let sets = question.comparison.impossible().sets.iter();
        let unexplained = sets.filter(|set| !is_explained(cx, question, set));
        unexplained.take(TOLD).for_each(|set| tell(cx, QuestionIx::at(i), set, sink));
    }
}

fn tell(cx: &Cx<'_>, ix: QuestionIx, set: &Set, sink: &mut Sink) {
    let question = &cx.dossier[ix];
    let (whole, n) = question.answers[set.ceiling];
    let parts: Vec<_> = set.floors.iter().map(|part| question.answers[*part]).collect();
    let names: Vec<_> = parts.iter().map(|(claim, _)| format!("`{}`", cx.dossier[*claim].head.id.value)).collect();
    let (more, most) =
        (if set.is_more { "more than" } else { "at least" }, if set.is_less { "less than" } else { "at most" });
    let message = format!(
        "{} {} to {more} {}, and this answer to `{}` leaves {most} {}",
        names.join(", "),
        if names.len() == 1 { "comes" } else { "come" },
        set.sum,
        question.head.id.value,
        set.limit
    );
    let found = sink.add(whole.into(), cx.dossier[whole].answers[n].span, message);
    found.once_for(ix.into());
    for (claim, n) in &parts {
        found.label(cx.dossier[*claim].answers[*n].span, "a part of it");
    }
    found.help("if the sources say so, write `contradicts` with a reason; else look at values, places, dates and `disjoint_parts`");
    for (claim, _) in parts {
        found.also(Ref::from(claim));
    }
}

/// Whether the authors say of any two of them that they contradict each other, and why.
fn is_explained(cx: &Cx<'_>, question: &Question, set: &Set) -> bool {
    let claims: Vec<ClaimIx> = set.members().into_iter().map(|n| question.answers[n].0).collect();
    claims
        .iter()
        .any(|from| cx.dossier[*from].contradicts.iter().any(|r| claims.contains(&r.claim) && r.reason.is_some()))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn parts_are_no_larger_than_their_whole() {
        check(
            &RULE,
            "
    sources:
      s: { title: A }
    places:
      country: { name: Country, disjoint_parts: true }
      town: { name: Town, part_of: country }
      port: { name: Port, part_of: country }
    questions:
      q: { text: Q?, adds_up: true }
      r: { text: R? }
    claims:
      a: { statement: A, answers: { q: { value: 8, place: town } }, evidence: { source: s } }
      b: { statement: A, answers: { q: { value: 4, place: port } }, evidence: { source: s } }
      c: { statement: A, answers: { q: { value: <=10, place: country } }, evidence: { source: s } }
                                                ^^^^ `a`, `b` come to at least 12, and this answer to `q` leaves at most 10
      d: { statement: A, answers: { q: { value: <=11, place: country } }, contradicts: { a: so }, evidence: { source: s } }
      e: { statement: A, answers: { r: { value: 8, place: town } }, evidence: { source: s } }
      f: { statement: A, answers: { r: { value: <=1, place: country } }, evidence: { source: s } }
    ",
        );
    }
}
