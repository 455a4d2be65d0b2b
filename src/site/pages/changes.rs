//! The last changes as a list: what was published, revised, corrected, withdrawn or judged, by day.

use std::collections::BTreeSet;

use tera::Value;

use crate::export::changes::{self, Change, all, day};
use crate::render::Renderer;
use crate::render::object::Object;
use sourcebook_core::model::date::Edtf;
use sourcebook_core::model::prose::Texts;
use sourcebook_core::model::{ArticleIx, Dated, Ref, Text};

/// How many days, and how many records of one day, a list names.
const LINES: usize = 6;
const NAMED: usize = 4;

/// Of the whole dossier, the latest first.
pub(super) fn of_dossier(renderer: &Renderer<'_>) -> Vec<Value> {
    lines(renderer, &all(renderer.dossier))
}

/// Of an article: its own dates, and what became of the claims that it cites and the questions that it shows.
pub(super) fn of_article(renderer: &Renderer<'_>, ix: ArticleIx) -> Vec<Value> {
    let dossier = renderer.dossier;
    let texts = dossier[ix].prose();
    let cited = texts.iter().flat_map(|text| &text.notes).filter_map(|note| note.target);
    let shown = texts.iter().flat_map(|text| text.linked.iter().copied());
    let others: BTreeSet<Ref> = cited.chain(shown).filter(|of| !matches!(of, Ref::Article(_))).collect();
    let all = std::iter::once(Ref::Article(ix)).chain(others);
    let found: Vec<_> = all.flat_map(|of| changes::of(dossier, of)).collect();
    lines(renderer, &found)
}

/// Changes of one kind on one day are one line.
fn lines(renderer: &Renderer<'_>, changes: &[Change<'_>]) -> Vec<Value> {
    let mut changes = changes.to_vec();
    changes.sort_by(|a, b| {
        day(b.on).cmp(&day(a.on)).then(rank(a.how).cmp(&rank(b.how))).then(date(a).cmp(&date(b))).then(a.of.cmp(&b.of))
    });
    let same = |a: &Change<'_>, b: &Change<'_>| a.how == b.how && date(a) == date(b);
    changes.chunk_by(same).take(LINES).filter_map(|group| line(renderer, group)).collect()
}

/// The date of a change as it is told: a month is no day, though it begins on one.
fn date<'c>(change: &Change<'c>) -> (&'c Edtf, Option<&'c Text>) {
    (change.on, change.inferred)
}

fn line(renderer: &Renderer<'_>, group: &[Change<'_>]) -> Option<Value> {
    let first = group.first()?;
    let on = Dated { date: first.on.clone(), inferred: first.inferred.cloned(), span: renderer.dossier.span(first.of) };
    let items: Vec<_> = group.iter().take(NAMED).map(|change| renderer.brief_of_change(change.of)).collect();
    let more = group.len() - items.len();
    let words = renderer.words();
    Some(
        Object::new()
            .set("date", renderer.moment(&on))
            .set("how", first.how)
            .set("how_label", words.count(&format!("change.of.{}", first.how), group.len(), &[]))
            .set("items", items)
            .set("more_label", (more > 0).then(|| words.count("change.more", more, &[])))
            .build(),
    )
}

/// Corrections go before news of the same day.
fn rank(how: &str) -> usize {
    ["withdrawn", "text_retracted", "corrected", "text_corrected", "updated", "published", "assessed"]
        .iter()
        .position(|known| *known == how)
        .unwrap_or(9)
}
