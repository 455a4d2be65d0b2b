//! What cannot all be true, as a sentence.

use tera::Value;

use super::Renderer;
use super::inline::pieces_html;
use super::object::{Html, Object};
use sourcebook_core::model::QuestionIx;
use sourcebook_core::model::reason::Set;
use sourcebook_core::words;

/// The sentences of a question's first sets, for lists.
pub fn in_short(renderer: &Renderer<'_>, ix: QuestionIx) -> Vec<Value> {
    let sets = &renderer.dossier[ix].comparison.impossible().sets;
    sets.iter().take(3).map(|set| sentence(renderer, ix, set).build()).collect()
}

/// The arithmetic, with the parts as data.
pub fn sentence(renderer: &Renderer<'_>, ix: QuestionIx, set: &Set) -> Object {
    let question = &renderer.dossier[ix];
    let pieces = words::impossible::sentence(renderer.dossier, ix, set, renderer.words());
    let id = |n: &usize| renderer.dossier.id(question.answers[*n].0.into()).to_string();
    Object::new()
        .set("sentence_html", Html(pieces_html(renderer, &pieces)))
        .set("parts", set.floors.iter().map(id).collect::<Vec<_>>().join(" "))
        .set("whole", id(&set.ceiling))
        .set("sum", set.sum.to_string())
        .set("limit", set.limit.to_string())
}
