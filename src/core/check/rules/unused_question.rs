//! A question without answers.

use crate::check::rule::{Cx, Level, Rule, Sink};
use crate::model::QuestionIx;

/// See `about`.
pub(super) static RULE: Rule = Rule {
    code: "unused-question",
    level: Level::Warn,
    about: "A question that no claim answers compares nothing: its page is empty.",
    example: "\
# at fault
questions:
  how-many: { text: How many? }
# mended
claims:
  a: { statement: They are ten, answers: { how-many: 10 }, evidence: { source: paper } }
",
    run,
};

fn run(cx: &Cx<'_>, sink: &mut Sink) {
    if !cx.is_whole() {
        return;
    }
    for (i, question) in cx.dossier.questions.iter().enumerate() {
        let used = !question.answers.is_empty();
        if !used {
            sink.add(QuestionIx::at(i).into(), question.head.id.span, "no claim answers this question")
                .help("remove it, or add `answers` to the claims that answer it");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::fixture::check;

    #[test]
    fn questions_are_answered() {
        check(
            &RULE,
            "
    sources:
      s: { title: A }
    questions:
      idle: { text: I? }
      ^^^^ no claim answers this question
      asked: { text: A? }
    claims:
      a: { statement: A, answers: { asked: 10 }, evidence: { source: s } }
    ",
        );
    }
}
