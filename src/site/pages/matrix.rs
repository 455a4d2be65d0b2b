//! Questions by texts: which text answers what, where an answer differs, where one origin stands behind several.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use tera::Value;

use crate::lists::facing::{Side, answers_of, claims_in};
use crate::render::Renderer;
use crate::render::answer::answer;
use crate::render::facing::name;
use crate::render::object::Object;
use sourcebook_core::model::kinds::Kind;
use sourcebook_core::model::source::Origin;
use sourcebook_core::model::{QuestionIx, Ref, SourceIx};
use sourcebook_core::words::number::integer;

/// Texts side by side: as many as a page is wide enough for.
const TEXTS: usize = 10;

/// Questions below each other.
const QUESTIONS: usize = 50;

/// Answers in a cell.
const ANSWERS: usize = 4;

/// A text, and what it answers: of each question, by the numbers of its answers.
struct Column {
    text: SourceIx,
    answers: BTreeMap<QuestionIx, Vec<usize>>,
}

/// The matrix of a dossier; none where there are not two texts that answer something.
pub(super) fn matrix(renderer: &Renderer<'_>) -> Option<Object> {
    let (columns, texts) = columns(renderer);
    let mut questions: Vec<_> =
        columns.iter().flat_map(|column| column.answers.keys().copied()).collect::<BTreeSet<_>>().into_iter().collect();
    let answering = |ix: QuestionIx| columns.iter().filter(|column| column.answers.contains_key(&ix)).count();
    questions.sort_by_cached_key(|ix| (Reverse(answering(*ix)), renderer.rank(*ix)));
    let asked = questions.len();
    questions.truncate(QUESTIONS);
    if columns.len() < 2 {
        return None;
    }
    let is_cut = texts > columns.len() || asked > questions.len();
    let written = |n| integer(i64::try_from(n).unwrap_or(i64::MAX), renderer.config().language);
    let counts = [columns.len(), texts, questions.len(), asked].map(written);
    let [shown, all, rows, of] = &counts;
    let values = [("texts", &**shown), ("all", all), ("questions", rows), ("asked", of)];
    let cut = is_cut.then(|| renderer.words().fill("matrix.cut", &values));
    let head = |column: &Column| {
        Object::from(&renderer.brief(column.text.into())).set("side_name", name(renderer, Side::Text(column.text)))
    };
    let heads: Vec<_> = columns.iter().map(head).collect();
    let rows: Vec<_> = questions.iter().map(|ix| row(renderer, *ix, &columns)).collect();
    Some(Object::new().set("texts", heads).set("rows", rows).set("cut", cut))
}

/// The texts that answer most questions, in the order of their index; and how many answer some.
fn columns(renderer: &Renderer<'_>) -> (Vec<Column>, usize) {
    let column = |of: &Ref| match of {
        Ref::Source(text) => {
            let answers = answers_of(renderer.dossier, &claims_in(renderer.dossier, &[*text]));
            (!answers.is_empty()).then_some(Column { text: *text, answers })
        }
        Ref::Actor(_) | Ref::Event(_) | Ref::Place(_) | Ref::Question(_) | Ref::Claim(_) | Ref::Article(_) => None,
    };
    let mut columns: Vec<_> = renderer.listed(Kind::Source).iter().filter_map(column).enumerate().collect();
    let total = columns.len();
    columns.sort_by_key(|(place, column)| (Reverse(column.answers.len()), *place));
    columns.truncate(TEXTS);
    columns.sort_by_key(|(place, _)| *place);
    (columns.into_iter().map(|(_, column)| column).collect(), total)
}

fn row(renderer: &Renderer<'_>, ix: QuestionIx, columns: &[Column]) -> Value {
    let question = &renderer.dossier[ix];
    let origins = |n: usize| &renderer.dossier[question.answers[n].0].origins;
    let mut carried: BTreeMap<Origin, BTreeSet<SourceIx>> = BTreeMap::new();
    for column in columns {
        for origin in column.answers.get(&ix).into_iter().flatten().flat_map(|n| origins(*n)) {
            carried.entry(*origin).or_default().insert(column.text);
        }
    }
    let is_shared = |n: usize| origins(n).iter().any(|origin| carried.get(origin).is_some_and(|texts| texts.len() > 1));
    let cell = |column: &Column| {
        let numbers = column.answers.get(&ix).map_or(&[][..], Vec::as_slice);
        let value = |n: &usize| {
            let differs = question.comparison.differs_from(*n);
            let (claim, at) = question.answers[*n];
            let claim = &renderer.dossier[claim];
            // What the head of the column says is not said again.
            let as_of = claim.answers[at].as_of.as_ref();
            let published = renderer.dossier[column.text].published.as_ref();
            let when = as_of.filter(|date| published.is_none_or(|published| published.date != date.date));
            answer(renderer, ix, *n)
                // That somebody did not answer is the text's word of them: who that is stands beside it.
                .set("is_of_text", claim.is_of_text() && !claim.is_silence())
                .set("when", when.map(|date| renderer.held(claim.said.as_ref(), date)))
                .set("shared", is_shared(*n))
                .set("differs", (differs > 0).then(|| renderer.words().count("figure.differs", differs, &[])))
        };
        let answers: Vec<_> = numbers.iter().take(ANSWERS).map(value).collect();
        let rest = numbers.len() - answers.len();
        let more = (rest > 0).then(|| renderer.words().count("tally.more", rest, &[]));
        Object::new().set("name", name(renderer, Side::Text(column.text))).set("answers", answers).set("more", more)
    };
    Object::from(&renderer.brief(ix.into())).set("cells", columns.iter().map(cell).collect::<Vec<_>>()).build()
}
