//! Which answers to a question are held, and which of those can be compared.

use sourcebook_core::model::question::Question;
use sourcebook_core::model::state::State;

/// The answers that are held, by their numbers.
pub fn held(question: &Question) -> impl Iterator<Item = usize> {
    (0..question.answers.len()).filter(|n| question.comparison.state(*n) == State::Current)
}

/// Whether several answers are held, and none of them can be compared with another.
pub fn none_compare(question: &Question) -> bool {
    let contest = &question.comparison;
    contest.is_complete() && held(question).nth(1).is_some() && held(question).all(|n| contest.comparable_with(n) == 0)
}

/// Whether an answer is held, and can be compared with none of the others that are, where others can.
pub fn is_apart(question: &Question, n: usize) -> bool {
    let contest = &question.comparison;
    contest.state(n) == State::Current
        && contest.is_complete()
        && contest.comparable_with(n) == 0
        && held(question).nth(1).is_some()
        && !none_compare(question)
}
