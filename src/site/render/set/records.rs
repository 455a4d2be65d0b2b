//! Chronologies and comparisons set into a text, for their templates: they say no less than the pages that they are a part of.

use tera::Value;

use super::super::answer::answer;
use super::super::facing::{self, Common, Face, How};
use super::super::impossible::in_short;
use super::super::object::Object;
use super::super::{Renderer, figures};
use crate::blocks::{Compare, Timeline};
use crate::lists::facing::Side;
use crate::lists::sections::{Section, in_sections};
use crate::lists::standing::none_compare;
use sourcebook_core::base::url::percent;
use sourcebook_core::dossier::address::{page_file, part_path};
use sourcebook_core::model::QuestionIx;
use sourcebook_core::model::compare::contest::Group;
use sourcebook_core::model::state::State;
use sourcebook_core::words;

/// Values of a question that are shown; the others are counted.
const GROUPS: usize = 12;

/// Answers of one value.
const ANSWERS: usize = 6;

/// Questions on which two texts are set beside each other.
const QUESTIONS: usize = 12;

pub(super) fn timeline(renderer: &Renderer<'_>, timeline: &Timeline) -> Value {
    let words = renderer.words();
    let entries: Vec<_> = timeline.entries.iter().map(|of| renderer.in_chronology(*of)).collect();
    let counted = |key: &str, n: usize| (n > 0).then(|| words.count(key, n, &[]));
    let file = part_path(&renderer.urls.paths().timeline, 0);
    Object::new()
        .set("entries", entries)
        .set("more", counted("tally.more", timeline.more))
        .set("undated", counted("box.undated", timeline.undated))
        .set("url", renderer.routes.find(&file).map(|_| percent(&file)))
        .build()
}

pub(super) fn compare(renderer: &Renderer<'_>, compare: &Compare, turn: &str) -> Value {
    match compare {
        Compare::Question(ix) => Object::new().set("question", question(renderer, *ix, turn)).build(),
        Compare::Sides(sides) => two(renderer, *sides),
    }
}

fn question(renderer: &Renderer<'_>, ix: QuestionIx, turn: &str) -> Value {
    let question = &renderer.dossier[ix];
    let groups = in_sections(renderer.dossier, question);
    let shown = &groups[..if groups.len() > GROUPS + 1 { GROUPS } else { groups.len() }];
    let rest = groups.len() - shown.len();
    let sections: Vec<_> = shown.chunk_by(|a, b| a.0 == b.0).map(|same| section(renderer, ix, same)).collect();
    Object::from(&renderer.brief(ix.into()))
        .set("figure_html", figures::small_as(renderer, ix, &format!("compare-{turn}")))
        .set("sections", sections)
        .set("more", (rest > 0).then(|| renderer.words().count("tally.more", rest, &[])))
        .set("none_compare", none_compare(question))
        .set("impossible", in_short(renderer, ix))
        .build()
}

fn section(renderer: &Renderer<'_>, ix: QuestionIx, groups: &[(Section, Group)]) -> Value {
    let (id, key) = groups.first().map_or(Section::Held, |(section, _)| *section).names();
    let values: Vec<_> = groups.iter().map(|(_, one)| group(renderer, ix, one)).collect();
    Object::new().set("id", id).set("title", renderer.words().text(key)).set("groups", values).build()
}

fn group(renderer: &Renderer<'_>, ix: QuestionIx, group: &Group) -> Value {
    let (question, words) = (&renderer.dossier[ix], renderer.words());
    let (claim, n) = question.answers[group.members[0]];
    let value = &renderer.dossier[claim].answers[n].value;
    let answers: Vec<_> = group.members.iter().take(ANSWERS).map(|n| answer(renderer, ix, *n)).collect();
    let rest = group.members.len() - answers.len();
    let label = (group.state != State::Current).then(|| words::kinds::state(group.state, words));
    Object::new()
        .set("value_label", words::answer::label(renderer.dossier, value, question, words))
        .set("state", group.state.as_str())
        .set("state_label", label)
        .set("answers", answers)
        .set("more", facing::more_answers(renderer, rest))
        .build()
}

/// What two texts or outlets say on the same questions.
fn two(renderer: &Renderer<'_>, sides: [Side; 2]) -> Value {
    let words = renderer.words();
    let faces = sides.map(|side| Face::new(renderer, side));
    let both = facing::in_common(renderer, &faces);
    let told: Vec<_> = both.iter().map(|ix| Common::new(renderer, *ix, &faces)).collect();
    let in_order = How::ALL.into_iter().flat_map(|is| told.iter().filter(move |common| common.how == is));
    let question = |common: &Common| {
        let (how, key) = common.how.names();
        let value = facing::question(renderer, common, &faces, false);
        Object::from(&value).set("how", how).set("how_label", words.text(key)).build()
    };
    let questions: Vec<_> = in_order.take(QUESTIONS).map(question).collect();
    let pair = renderer.facing().with(sides[0]).find(|(_, pair)| pair.sides.contains(&sides[1]));
    let folder = pair.map(|(_, pair)| facing::folder(&renderer.urls.paths().compare, renderer.dossier, pair));
    let [a, b] = &faces;
    Object::new()
        .set("title", words.fill("compare.title", &[("a", &a.name), ("b", &b.name)]))
        .set("lede", words.count("compare.lede", both.len(), &[]))
        .set("sides", sides.map(|side| renderer.brief(side.of())).to_vec())
        .set("more", facing::more(renderer, both.len() - questions.len()))
        .set("questions", questions)
        .set("url", folder.map(|folder| percent(&page_file(&folder))))
        .build()
}
