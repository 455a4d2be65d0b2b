//! Answers that differ, and nobody says why.

use std::collections::HashSet;

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::claim::Relation;
use crate::model::compare::VerdictKind;
use crate::model::compare::contest::MAX_JUDGED;
use crate::model::{ClaimIx, Question, QuestionIx};

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "unexplained-difference",
    level: Level::Warn,
    about: "Two comparable answers to one question share no value: that is what a dossier is about, and the reader \
            wants to know what to make of it. `contradicts` on one of the two claims, with its reason, is shown \
            beside the pair; an `assessment` of the question with its `because` speaks of all. Told once for each \
            question, with the number of the other answers of which it is true.",
    example: "\
# at fault
claims:
  a: { statement: Ten came, answers: { how-many: 10 }, evidence: { source: paper } }
  b: { statement: Twelve came, answers: { how-many: 12 }, evidence: { source: other } }
# mended
claims:
  b:
    statement: Twelve came
    answers: { how-many: 12 }
    contradicts: { a: The other paper counts the two who came late. }
    evidence: { source: other }
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    let explained = explained(cx);
    for (i, question) in cx.dossier.questions.iter().enumerate().filter(|(_, question)| !is_judged(question)) {
        for second in 0..question.answers.len().min(MAX_JUDGED) {
            answer(QuestionIx::at(i), second, cx, &explained, sink);
        }
    }
}

/// Whether the editors say what they hold of its answers, and why.
fn is_judged(question: &Question) -> bool {
    let because = question.assessment.as_ref().and_then(|it| it.because.as_ref());
    because.is_some_and(|why| !why.text.trim().is_empty())
}

/// The claims of which somebody said why they differ, in both orders.
fn explained(cx: &Cx<'_>) -> HashSet<(ClaimIx, ClaimIx)> {
    let mut all = HashSet::new();
    for (i, claim) in cx.dossier.claims.iter().enumerate() {
        let has_reason = |r: &&Relation| r.reason.as_ref().is_some_and(|why| !why.trim().is_empty());
        for relation in claim.contradicts.iter().filter(has_reason) {
            all.extend([(ClaimIx::at(i), relation.claim), (relation.claim, ClaimIx::at(i))]);
        }
    }
    all
}

/// Tells of an answer, once, from which earlier ones it differs without a reason.
fn answer(ix: QuestionIx, second: usize, cx: &Cx<'_>, explained: &HashSet<(ClaimIx, ClaimIx)>, sink: &mut Sink) {
    let question = &cx.dossier[ix];
    let claim = |n: usize| question.answers[n].0;
    let unexplained: Vec<usize> = (0..second)
        .filter(|&first| question.comparison.verdict(first, second).kind() == VerdictKind::Differs)
        .filter(|&first| claim(first) != claim(second) && !explained.contains(&(claim(first), claim(second))))
        .collect();
    let Some(&first) = unexplained.first() else { return };
    let (this, n) = question.answers[second];
    let other = &cx.dossier[claim(first)].head.id;
    let more = match unexplained.len() {
        1 => String::new(),
        count => format!(" and {} more", count - 1),
    };
    let message = format!(
        "this answer to `{}` differs from `{}`{more}, and nothing says why",
        question.head.id.value, other.value
    );
    let found =
        sink.add(this.into(), cx.dossier[this].answers[n].span, message).also(claim(first).into()).once_for(ix.into());
    for &first in unexplained.iter().take(3) {
        let (of, n) = question.answers[first];
        found.label(cx.dossier[of].answers[n].span, "differs from this one");
    }
    found.help(format!("write `contradicts: {{ {}: why they differ }}`", other.value));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn differences_have_reasons() {
        check(
            &RULE,
            "
    sources:
      s: { title: A }
    questions:
      q: { text: Q? }
    claims:
      a: { statement: A, answers: { q: 10 }, evidence: { source: s } }
      b: { statement: A, answers: { q: 12 }, contradicts: { a: they count others }, evidence: { source: s } }
      c: { statement: A, answers: { q: 10 }, contradicts: { b: they count others }, evidence: { source: s } }
      d: { statement: A, answers: { q: 11 }, contradicts: [a, b], evidence: { source: s } }
                                       ^^ this answer to `q` differs from `a` and 2 more, and nothing says why
      e: { statement: A, answers: { q: 13 }, modality: denies, evidence: { source: s } }
    ",
        );
    }

    #[test]
    fn each_question_is_asked_of_once_and_one_that_is_judged_with_a_reason_not_at_all() {
        check(
            &RULE,
            "
    sources:
      s: { title: A }
    questions:
      q: { text: Q? }
      bare: { text: Q?, assessment: { status: open } }
      told: { text: Q?, assessment: { status: disputed, because: They count on other days. } }
    claims:
      a: { statement: A, answers: { q: 10, bare: 1, told: 1 }, evidence: { source: s } }
      b: { statement: A, answers: { q: 12, told: 2, bare: 2 }, evidence: { source: s } }
                                       ^^ this answer to `q` differs from `a`, and nothing says why (1 more like it)
                                                          ^ this answer to `bare` differs from `a`, and nothing says why
      c: { statement: A, answers: { q: 14 }, evidence: { source: s } }
    ",
        );
    }
}
