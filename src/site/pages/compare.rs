//! Two texts, or two outlets, face to face: what is read in each on the same questions, and whose voice is behind both.
//!
//! Of the questions on which claims are found in both, those come first on which answers exclude each other, then those on
//! which they agree or can stand together, then those that cannot be compared. Nothing is compared that
//! [`sourcebook_core::model::compare`] does not.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use tera::Value;

use super::{PageKind, Role};
use crate::lists::disagreements::rank;
use crate::lists::facing::{Facing, Pair, Side, answers_of, claims_in};
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use crate::render::answer::{answer, with_card};
use crate::render::object::Object;
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::dossier::address::page_file;
use sourcebook_core::model::compare::VerdictKind;
use sourcebook_core::model::source::{Author, Origin};
use sourcebook_core::model::{ClaimIx, Dossier, QuestionIx, SourceIx};
use sourcebook_core::words;
use sourcebook_core::words::sentence::origin_names;

/// `/compare/ID/ID/`
pub(super) static KIND: PageKind = PageKind { name: "compare", role: Role::List, plan, render };

/// Questions in one section.
const QUESTIONS: usize = 60;

/// Answers of one side to one question.
const ANSWERS: usize = 8;

/// Pairs of answers of which it is told how they compare.
const VERDICTS: usize = 24;

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

fn folder(segment: &str, dossier: &Dossier, pair: &Pair) -> String {
    let [a, b] = pair.sides.map(|side| dossier.id(side.of()));
    format!("{segment}/{a}/{b}")
}

/// One of the two, with what is found in it.
struct Face {
    texts: Vec<SourceIx>,
    /// With those of which no claim is made: others may rest on them.
    works: Vec<SourceIx>,
    name: String,
    claims: BTreeSet<ClaimIx>,
    answers: BTreeMap<QuestionIx, Vec<usize>>,
}

impl Face {
    fn new(renderer: &Renderer<'_>, side: Side) -> Self {
        let texts = side.texts(renderer.dossier);
        let claims = claims_in(renderer.dossier, &texts);
        let answers = answers_of(renderer.dossier, &claims);
        let works = side.works(renderer.dossier);
        Self { texts, works, name: name(renderer, side), claims, answers }
    }

    fn of(&self, question: QuestionIx) -> &[usize] {
        self.answers.get(&question).map_or(&[], Vec::as_slice)
    }
}

/// What one of the two is called: an outlet by its name; a text by its outlet where that published no other of the dossier,
/// else by its title as well.
pub(super) fn name(renderer: &Renderer<'_>, side: Side) -> String {
    let ix = match side {
        Side::Outlet(ix) => return renderer.typeset(&renderer.dossier[ix].name).into_owned(),
        Side::Text(ix) => ix,
    };
    let source = &renderer.dossier[ix];
    let title = || renderer.bound(&source.title, source.language.as_deref()).into_owned();
    let Some(outlet) = &source.publisher else { return title() };
    let is_only =
        renderer.dossier.sources.iter().filter(|other| other.publisher.as_ref() == Some(outlet)).nth(1).is_none();
    let outlet = renderer.author_name(outlet);
    if is_only { outlet } else { format!("{} ({outlet})", title()) }
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
    let mut both: Vec<QuestionIx> = a.answers.keys().filter(|ix| b.answers.contains_key(*ix)).copied().collect();
    both.sort_by_cached_key(|ix| rank(renderer.dossier, *ix));
    let told: Vec<_> = both.iter().map(|ix| question(renderer, *ix, &faces)).collect();
    let section = |is: How| {
        let (id, key) = is.names();
        let all: Vec<_> = told.iter().filter(|(how, _)| *how == is).map(|(_, value)| value.clone()).collect();
        let total = all.len();
        let shown: Vec<_> = all.into_iter().take(QUESTIONS).collect();
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

fn more(renderer: &Renderer<'_>, n: usize) -> Option<String> {
    (n > 0).then(|| renderer.words().count("compare.more", n, &[]))
}

/// One side, for the head of the page.
fn side(renderer: &Renderer<'_>, side: Side, face: &Face) -> Object {
    let texts = renderer.brief_list(&face.texts[..face.texts.len().min(QUESTIONS)]);
    let is_outlet = matches!(side, Side::Outlet(_));
    Object::from(&renderer.brief(side.of()))
        .set("side_name", face.name.as_str())
        .set("texts", is_outlet.then_some(texts))
}

/// How the answers of two sides to a question stand to each other, on the whole.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// Two of them exclude each other.
    Differ,
    /// None do, and some agree or can stand together.
    Agree,
    /// None can be compared.
    Apart,
}

impl How {
    const ALL: [Self; 3] = [Self::Differ, Self::Agree, Self::Apart];

    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Differ => ("differ", "compare.differ"),
            Self::Agree => ("agree", "compare.agree"),
            Self::Apart => ("apart", "compare.apart"),
        }
    }
}

/// A question on which claims are found on both sides: the answers of each, and how they compare.
fn question(renderer: &Renderer<'_>, ix: QuestionIx, faces: &[Face; 2]) -> (How, Value) {
    let question = &renderer.dossier[ix];
    let [a, b] = faces.each_ref().map(|face| face.of(ix));
    let claim = |n: usize| question.answers[n].0;
    let same: BTreeSet<_> = a.iter().filter(|n| b.iter().any(|m| claim(*m) == claim(**n))).map(|n| claim(*n)).collect();
    let mut pairs: Vec<_> = (a.iter())
        .flat_map(|i| b.iter().map(move |j| (*i, *j)))
        .filter(|(i, j)| claim(*i) != claim(*j))
        // Two claims that stand on both sides are told once.
        .filter(|(i, j)| i < j || !(a.contains(j) && b.contains(i)))
        .map(|(i, j)| (i, j, question.comparison.verdict(i, j)))
        .collect();
    pairs.sort_by_key(|(i, j, verdict)| (Reverse(verdict.is_conflict()), Reverse(verdict.kind()), *i, *j));
    let stands = |ix: &ClaimIx| sourcebook_core::model::state::lapsed(renderer.dossier, *ix, None).is_none();
    let how = match () {
        () if pairs.iter().any(|(.., verdict)| verdict.is_conflict()) => How::Differ,
        () if pairs.iter().any(|(.., verdict)| is_compared(verdict.kind())) || same.iter().any(stands) => How::Agree,
        () => How::Apart,
    };
    let total = pairs.len();
    let verdict = |(i, j, verdict): (usize, usize, _)| {
        let told = words::verdict::between(renderer.dossier, ix, (i, j), verdict, renderer.words());
        Object::new()
            .set("a", answer(renderer, ix, i))
            .set("b", answer(renderer, ix, j))
            .set("verdict", verdict.kind().as_str())
            .set("verdict_label", told.label)
            .set("reason_label", told.reason.as_ref())
            .build()
    };
    let verdicts: Vec<_> = pairs.into_iter().take(VERDICTS).map(verdict).collect();
    let sides = faces.each_ref().map(|face| {
        let shown = face.of(ix).iter().take(ANSWERS);
        let answers: Vec<_> = shown.map(|n| with_card(renderer, ix, *n, Some(&face.texts))).collect();
        let rest = more_answers(renderer, face.of(ix).len() - answers.len());
        Object::new().set("name", face.name.as_str()).set("answers", answers).set("more", rest)
    });
    let value = Object::from(&renderer.brief(ix.into()))
        .set("sides", sides.to_vec())
        .set("same", renderer.brief_list(&same.into_iter().collect::<Vec<_>>()))
        .set("more", more_pairs(renderer, total - verdicts.len()))
        .set("verdicts", verdicts)
        .set("shared", shared(renderer, ix, a, b));
    (how, value.build())
}

fn more_answers(renderer: &Renderer<'_>, n: usize) -> Option<String> {
    (n > 0).then(|| renderer.words().count("tally.more", n, &[]))
}

fn more_pairs(renderer: &Renderer<'_>, n: usize) -> Option<String> {
    (n > 0).then(|| renderer.words().count("compare.more_pairs", n, &[]))
}

fn is_compared(kind: VerdictKind) -> bool {
    match kind {
        VerdictKind::Superseded | VerdictKind::NotComparable => false,
        VerdictKind::Agrees | VerdictKind::Compatible | VerdictKind::Differs | VerdictKind::Impossible => true,
    }
}

/// The known origins behind an answer of each side to a question, in a sentence.
fn shared(renderer: &Renderer<'_>, ix: QuestionIx, a: &[usize], b: &[usize]) -> Option<String> {
    let dossier = renderer.dossier;
    let origins = |numbers: &[usize]| -> BTreeSet<Origin> {
        numbers.iter().flat_map(|n| dossier[dossier[ix].answers[*n].0].origins.iter().copied()).collect()
    };
    let both: Vec<_> = origins(a).intersection(&origins(b)).copied().collect();
    (!both.is_empty()).then(|| {
        let who = origin_names(dossier, &both, renderer.words());
        renderer.words().fill("compare.shared", &[("who", &who)])
    })
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
    own.sort_by_cached_key(|ix| rank(renderer.dossier, *ix));
    let total = own.len();
    own.truncate(QUESTIONS);
    let question = |ix: &QuestionIx| {
        let numbers = face.of(*ix);
        let answers: Vec<_> = numbers.iter().take(ANSWERS).map(|n| in_short(renderer, *ix, *n)).collect();
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

/// An answer in two short lines: the value, then who, where and for when.
fn in_short(renderer: &Renderer<'_>, ix: QuestionIx, number: usize) -> Object {
    let answer = answer(renderer, ix, number);
    let html = renderer.fragment("chips/answer.html", [("answer", answer.clone().build())]);
    answer.set("html", html)
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
