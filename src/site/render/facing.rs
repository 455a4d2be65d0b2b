//! What is read in two texts, or two outlets, on the same questions: as their page and a block in an article show it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use tera::Value;

use super::Renderer;
use super::answer::{facing, paired, with_lines};
use super::object::Object;
use crate::lists::facing::{Pair, Side, answers_of, claims_in};
use sourcebook_core::model::compare::{Verdict, VerdictKind};
use sourcebook_core::model::source::Origin;
use sourcebook_core::model::{ClaimIx, Dossier, QuestionIx, SourceIx};
use sourcebook_core::words;
use sourcebook_core::words::sentence::origin_names;

/// Answers of one side to one question.
pub const ANSWERS: usize = 8;

/// Pairs of answers of which it is told how they compare.
const VERDICTS: usize = 24;

/// Where the page of a pair stands.
pub fn folder(segment: &str, dossier: &Dossier, pair: &Pair) -> String {
    let [a, b] = pair.sides.map(|side| dossier.id(side.of()));
    format!("{segment}/{a}/{b}")
}

/// One of the two, with what is found in it.
pub struct Face {
    /// The texts from which claims are drawn.
    pub texts: Vec<SourceIx>,
    /// With those of which no claim is made: others may rest on them.
    pub works: Vec<SourceIx>,
    /// What it is called.
    pub name: String,
    /// What is found in it.
    pub claims: BTreeSet<ClaimIx>,
    /// The answers that these give, by question: their numbers there.
    pub answers: BTreeMap<QuestionIx, Vec<usize>>,
}

impl Face {
    /// All that is found on a side.
    pub fn new(renderer: &Renderer<'_>, side: Side) -> Self {
        let texts = side.texts(renderer.dossier);
        let claims = claims_in(renderer.dossier, &texts);
        let answers = answers_of(renderer.dossier, &claims);
        let works = side.works(renderer.dossier);
        Self { texts, works, name: name(renderer, side), claims, answers }
    }

    /// Its answers to a question.
    pub fn of(&self, question: QuestionIx) -> &[usize] {
        self.answers.get(&question).map_or(&[], Vec::as_slice)
    }
}

/// What one of the two is called: an outlet by its name; a text by its outlet where that published no other of the dossier,
/// else by its title as well.
pub fn name(renderer: &Renderer<'_>, side: Side) -> String {
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

/// The questions on which claims are found on both sides, in the order of lists.
pub fn in_common(renderer: &Renderer<'_>, [a, b]: &[Face; 2]) -> Vec<QuestionIx> {
    let mut both: Vec<QuestionIx> = a.answers.keys().filter(|ix| b.answers.contains_key(*ix)).copied().collect();
    both.sort_by_key(|ix| renderer.rank(*ix));
    both
}

/// How many questions are not shown, in words.
pub fn more(renderer: &Renderer<'_>, n: usize) -> Option<String> {
    (n > 0).then(|| renderer.words().count("compare.more", n, &[]))
}

/// How the answers of two sides to a question stand to each other, on the whole.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Two of them exclude each other.
    Differ,
    /// None do, and some agree or can stand together.
    Agree,
    /// None can be compared.
    Apart,
}

impl How {
    /// All, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Differ, Self::Agree, Self::Apart];

    /// Its name in addresses, and the key of its words.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Differ => ("differ", "compare.differ"),
            Self::Agree => ("agree", "compare.agree"),
            Self::Apart => ("apart", "compare.apart"),
        }
    }
}

/// A question on which claims are found on both sides, and how these stand to each other.
pub struct Common {
    /// The question.
    pub ix: QuestionIx,
    /// How the sides stand to each other, on the whole.
    pub how: How,
    /// Claims that are found on both.
    same: BTreeSet<ClaimIx>,
    /// Answers of each side by their numbers, with what comes of them; what is told first, first.
    pairs: Vec<(usize, usize, Verdict)>,
}

impl Common {
    /// Compares all that both sides answer.
    pub fn new(renderer: &Renderer<'_>, ix: QuestionIx, faces: &[Face; 2]) -> Self {
        let question = &renderer.dossier[ix];
        let [a, b] = faces.each_ref().map(|face| face.of(ix));
        let claim = |n: usize| question.answers[n].0;
        let same: BTreeSet<_> =
            a.iter().filter(|n| b.iter().any(|m| claim(*m) == claim(**n))).map(|n| claim(*n)).collect();
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
            () if pairs.iter().any(|(.., verdict)| is_compared(verdict.kind())) || same.iter().any(stands) => {
                How::Agree
            }
            () => How::Apart,
        };
        Self { ix, how, same, pairs }
    }
}

/// The answers of each side to a question, with their cards or in short, and how they compare.
pub fn question(renderer: &Renderer<'_>, common: &Common, faces: &[Face; 2], has_cards: bool) -> Value {
    let ix = common.ix;
    let verdict = |(i, j, verdict): &(usize, usize, Verdict)| {
        let told = words::verdict::between(renderer.dossier, ix, (*i, *j), *verdict, renderer.words());
        Object::new()
            .set("a", paired(renderer, ix, *i))
            .set("b", paired(renderer, ix, *j))
            .set("verdict", verdict.kind().as_str())
            .set("verdict_label", told.label)
            .set("reason_label", told.reason.as_ref())
            .build()
    };
    let verdicts: Vec<_> = common.pairs.iter().take(VERDICTS).map(verdict).collect();
    let sides = faces.each_ref().map(|face| {
        let shown = face.of(ix).iter().take(ANSWERS);
        let one = |n: &usize| match has_cards {
            true => facing(renderer, ix, *n, &face.texts),
            false => with_lines(renderer, ix, *n).build(),
        };
        let answers: Vec<_> = shown.map(one).collect();
        let rest = more_answers(renderer, face.of(ix).len() - answers.len());
        Object::new().set("name", face.name.as_str()).set("answers", answers).set("more", rest)
    });
    let [a, b] = faces.each_ref().map(|face| face.of(ix));
    Object::from(&renderer.brief(ix.into()))
        .set("sides", sides.to_vec())
        .set("same", renderer.brief_list(&common.same.iter().copied().collect::<Vec<_>>()))
        .set("more", more_pairs(renderer, common.pairs.len() - verdicts.len()))
        .set("verdicts", verdicts)
        .set("shared", shared(renderer, ix, a, b))
        .set("with_cards", has_cards)
        .build()
}

/// How many answers, or texts, are not shown, in words.
pub fn more_answers(renderer: &Renderer<'_>, n: usize) -> Option<String> {
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
