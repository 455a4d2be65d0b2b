//! Two texts, or two outlets, face to face: what is read in each on the same questions, and whose voice is behind both.
//!
//! Of the questions on which claims are found in both, those come first on which answers exclude each other, then those on
//! which they agree or can stand together, then those that cannot be compared. Nothing is compared that
//! [`sourcebook_core::model::compare`] does not.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use tera::Value;

use super::{PageKind, Role};
use crate::lists::facing::{Facing, Pair, Side};
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use crate::render::answer::short;
use crate::render::facing::{Common, Face, How, folder, in_common, more, more_answers, name, question};
use crate::render::object::Object;
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::dossier::address::page_file;
use sourcebook_core::model::source::{Author, Origin};
use sourcebook_core::model::{ClaimIx, QuestionIx};

/// `/compare/ID/ID/`
pub(super) static KIND: PageKind = PageKind { name: "compare", role: Role::List, plan, render };

/// Questions in one section.
const QUESTIONS: usize = 60;

/// Questions that only one side answers, and answers to each: its own page has them all.
const ALONE: usize = 24;
const IN_SHORT: usize = 3;

/// Texts of an outlet, at the head.
const TEXTS: usize = 24;

/// Pairs that the index of sources lists: each text's own page has its own.
const LISTED: usize = 120;

/// Pairs that a source's or an outlet's page lists, those with the most questions in common.
const BESIDE: usize = 24;

/// Voices behind both.
const VOICES: usize = 24;

fn plan(planner: &mut Planner<'_>) {
    let facing = Facing::of(planner.dossier);
    for (n, pair) in facing.pairs.iter().enumerate() {
        let folder = folder(&planner.parsed.config.paths.compare, planner.dossier, pair);
        let origin = planner.parsed.config.paths.origin("compare");
        let origin = origin.unwrap_or_else(|| planner.dossier.span(pair.sides[0].of()));
        planner.add(n, page_file(&folder), Some(origin));
    }
}

/// Pairs with a side, for links: who is on the other side, and how many questions they have in common; most first.
pub(super) fn partners(renderer: &Renderer<'_>, side: Side) -> Vec<Value> {
    let mut all: Vec<_> = renderer.facing().with(side).collect();
    all.sort_by_key(|(n, pair)| (Reverse(pair.common), *n));
    all.truncate(BESIDE);
    all.into_iter().map(|(_, pair)| link(renderer, pair, Some(side))).collect()
}

/// A pair, for a link to its page: both names, or that of the one which does not stand there already.
fn link(renderer: &Renderer<'_>, pair: &Pair, without: Option<Side>) -> Value {
    let other = pair.sides.into_iter().find(|side| Some(*side) != without);
    let folder = folder(&renderer.urls.paths().compare, renderer.dossier, pair);
    Object::new()
        .set("url", sourcebook_core::base::url::percent(&page_file(&folder)))
        .set("name", other.map(|side| name(renderer, side)))
        .set("common", pair.common)
        .set("common_label", renderer.words().count("compare.in_common", pair.common, &[]))
        .build()
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let Some(pair) = renderer.facing().pairs.get(route.subject as usize) else { return Ok(()) };
    let faces = pair.sides.map(|side| Face::new(renderer, side));
    let [a, b] = &faces;
    let both = in_common(renderer, &faces);
    let told: Vec<_> = both.iter().map(|ix| Common::new(renderer, *ix, &faces)).collect();
    let section = |is: How| {
        let (id, key) = is.names();
        let total = told.iter().filter(|common| common.how == is).count();
        let shown = told.iter().filter(|common| common.how == is).take(QUESTIONS);
        let shown: Vec<_> = shown.map(|common| question(renderer, common, &faces, true)).collect();
        let more = more(renderer, total - shown.len());
        let title = renderer.words().text(key);
        (total > 0).then(|| Object::new().set("id", id).set("title", title).set("questions", shown).set("more", more))
    };
    let sections: Vec<_> = How::ALL.into_iter().filter_map(section).collect();
    let alone = [(a, b, "first"), (b, a, "second")].map(|(one, other, id)| alone(renderer, one, other, id));
    let sides = [(0, a), (1, b)].map(|(n, face)| side(renderer, pair.sides[n], face));
    let words = renderer.words();
    let lede = words.count("compare.lede", both.len(), &[]);
    let title = words.fill("compare.title", &[("a", &a.name), ("b", &b.name)]);
    let description = format!("{title}. {lede}");
    let mut page = renderer.page(route, None);
    page.set("lede", lede)
        .set("sides", sides.to_vec())
        .set("sections", sections)
        .set("alone", alone.into_iter().flatten().collect::<Vec<_>>())
        .set("voices", voices(renderer, &faces))
        .set("built", built(renderer, &faces))
        .set("notes", Vec::<Value>::new());
    page.head("compare", "sources", &title, Some(&description));
    page.finish("compare.html", out)
}

/// One side, for the head of the page.
fn side(renderer: &Renderer<'_>, side: Side, face: &Face) -> Object {
    let texts = renderer.brief_list(&face.texts[..face.texts.len().min(TEXTS)]);
    let is_outlet = matches!(side, Side::Outlet(_));
    Object::from(&renderer.brief(side.of()))
        .set("side_name", face.name.as_str())
        .set("texts_more", if is_outlet { more_answers(renderer, face.texts.len() - texts.len()) } else { None })
        .set("texts", is_outlet.then_some(texts))
}

/// Whose words stand in both, and how many claims of theirs in each; most first.
fn voices(renderer: &Renderer<'_>, faces: &[Face; 2]) -> Vec<Value> {
    let dossier = renderer.dossier;
    let [a, b] = faces.each_ref().map(|face| {
        let mut count: BTreeMap<Origin, usize> = BTreeMap::new();
        for origin in face.claims.iter().flat_map(|claim| &dossier[*claim].origins) {
            *count.entry(*origin).or_default() += 1;
        }
        count
    });
    let mut both: Vec<_> = a.iter().filter_map(|(origin, n)| Some((*origin, [*n, *b.get(origin)?]))).collect();
    both.sort_by_key(|(origin, counts)| (Reverse(counts.iter().sum::<usize>()), *origin));
    both.truncate(VOICES);
    let voice = |(origin, counts): (Origin, [usize; 2])| {
        let found = [0, 1].map(|n| renderer.words().count("compare.found", counts[n], &[("name", &faces[n].name)]));
        let of = match origin {
            Origin::Actor(ix) => renderer.brief(ix.into()),
            Origin::Source(ix) => renderer.brief(ix.into()),
        };
        Object::new().set("of", of).set("counts", counts.to_vec()).set("found", found.to_vec()).build()
    };
    both.into_iter().map(voice).collect()
}

/// How many claims of each side come from the other: from its text, or from whoever answers for that, where these are not behind
/// both anyway.
fn built(renderer: &Renderer<'_>, faces: &[Face; 2]) -> Vec<Object> {
    let dossier = renderer.dossier;
    let origins = |face: &Face| -> BTreeSet<Origin> {
        face.claims.iter().flat_map(|claim| dossier[*claim].origins.iter().copied()).collect()
    };
    let [first, second] = faces;
    let of = |(side, one, other): (&'static str, &Face, &Face)| {
        let behind_both = origins(other);
        let answer_for =
            other.works.iter().flat_map(|text| dossier[*text].answers_for()).filter_map(|author| match author {
                Author::Actor(actor) => Some(Origin::Actor(dossier.body(*actor))),
                Author::Name(_) => None,
            });
        let own: BTreeSet<Origin> = other.works.iter().map(|text| Origin::Source(*text)).chain(answer_for).collect();
        let from_other = |claim: &&ClaimIx| {
            let mut origins = dossier[**claim].origins.iter();
            origins.any(|origin| own.contains(origin) && !behind_both.contains(origin))
        };
        let n = one.claims.iter().filter(from_other).count();
        let values = [("name", &*one.name), ("other", &*other.name)];
        (n > 0)
            .then(|| Object::new().set("side", side).set("label", renderer.words().count("compare.built", n, &values)))
    };
    [("first", first, second), ("second", second, first)].into_iter().filter_map(of).collect()
}

/// The questions on which claims are found on one side alone, of the two.
fn alone(renderer: &Renderer<'_>, face: &Face, other: &Face, id: &'static str) -> Option<Object> {
    let mut own: Vec<_> = face.answers.keys().filter(|ix| !other.answers.contains_key(*ix)).copied().collect();
    own.sort_by_key(|ix| renderer.rank(*ix));
    let total = own.len();
    own.truncate(ALONE);
    let question = |ix: &QuestionIx| {
        let numbers = face.of(*ix);
        let answers: Vec<_> = numbers.iter().take(IN_SHORT).map(|n| short(renderer, *ix, *n)).collect();
        let rest = more_answers(renderer, numbers.len() - answers.len());
        Object::from(&renderer.brief((*ix).into())).set("answers", answers).set("more", rest)
    };
    (total > 0).then(|| {
        Object::new()
            .set("id", id)
            .set("title", renderer.words().fill("compare.alone", &[("name", &face.name)]))
            .set("questions", own.iter().map(question).collect::<Vec<_>>())
            .set("more", more(renderer, total - own.len()))
    })
}

/// The pairs of texts, then those of outlets, for the index of sources: each side with those that it faces.
pub(super) fn choice(renderer: &Renderer<'_>) -> Vec<Value> {
    let facing = renderer.facing();
    let group = |outlets: bool| {
        let is_of = |pair: &&Pair| matches!(pair.sides[0], Side::Outlet(_)) == outlets;
        let mut pairs: Vec<_> = facing.pairs.iter().filter(is_of).collect();
        pairs.sort_by_key(|pair| (Reverse(pair.common), pair.sides));
        let cut = facing.is_cut || pairs.len() > LISTED;
        pairs.truncate(LISTED);
        let rows = rows(renderer, &pairs);
        (!rows.is_empty()).then(|| Object::new().set("outlets", outlets).set("cut", cut).set("rows", rows).build())
    };
    [false, true].into_iter().filter_map(group).collect()
}

fn rows(renderer: &Renderer<'_>, pairs: &[&Pair]) -> Vec<Value> {
    let mut of: BTreeMap<Side, Vec<&Pair>> = BTreeMap::new();
    for pair in pairs {
        pair.sides.iter().for_each(|side| of.entry(*side).or_default().push(pair));
    }
    let row = |(side, pairs): (Side, Vec<&Pair>)| {
        let others: Vec<_> = pairs.into_iter().map(|pair| link(renderer, pair, Some(side))).collect();
        Object::new().set("name", name(renderer, side)).set("others", others).build()
    };
    of.into_iter().map(row).collect()
}
