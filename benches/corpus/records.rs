//! What a corpus holds, record by record, without any syntax. Ids are `KIND-NUMBER`.

use super::random::Random;
use super::{Shape, Sizes};

/// Days from the first to the last publication.
const DAYS: usize = 5 * 12 * 28;

/// A cited work.
pub(crate) struct Source {
    pub title: String,
    pub kind: &'static str,
    pub author: String,
    pub publisher: usize,
    pub published: usize,
    pub archived: bool,
    pub actor_origin: Option<usize>,
    pub source_origin: Option<usize>,
    pub summary: Option<String>,
}

/// Somebody.
pub(crate) struct Actor {
    pub name: String,
    pub kind: &'static str,
    pub role: String,
    pub part_of: Option<usize>,
    pub summary: String,
    pub linked: usize,
}

/// Something that happened.
pub(crate) struct Event {
    pub title: String,
    pub date: usize,
    pub place: usize,
    pub actors: Vec<(usize, String)>,
    pub part_of: Option<usize>,
    pub summary: String,
    pub linked: usize,
}

/// A kind of answer.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum QuestionKind {
    Quantity,
    Date,
    Choice,
}

/// What claims answer.
pub(crate) struct Question {
    pub text: String,
    pub kind: QuestionKind,
    pub changes: bool,
    pub summary: String,
    pub assessed: bool,
}

/// A place in a source.
pub(crate) struct Evidence {
    pub source: usize,
    pub quote: String,
    pub locator: usize,
    pub translation: Option<String>,
    pub via: Option<usize>,
}

/// Who said what.
pub(crate) struct Claim {
    pub statement: String,
    pub by: Vec<usize>,
    pub on: usize,
    pub modality: &'static str,
    pub about_event: usize,
    pub about_actor: Option<usize>,
    pub answer: Option<(usize, String)>,
    pub evidence: Vec<Evidence>,
    pub contradicts: Option<(usize, String)>,
    pub supports: Option<usize>,
    pub supersedes: Option<usize>,
    pub withdrawn: bool,
    pub note: Option<(String, usize)>,
}

/// A paragraph of an article and the claim it cites.
pub(crate) struct Paragraph {
    pub text: String,
    pub cited: usize,
    pub locator: Option<usize>,
    pub linked: usize,
}

/// An article.
pub(crate) struct Article {
    pub title: String,
    pub description: String,
    pub date: usize,
    pub paragraphs: Vec<Paragraph>,
}

/// An earlier record, so that no chain leads back to itself.
fn earlier(random: &mut Random, number: usize, percent: usize) -> Option<usize> {
    (number > 0 && random.chance(percent)).then(|| number - 1 - random.below(number.min(50)))
}

pub(crate) fn source(number: usize, sizes: Sizes) -> Source {
    let r = &mut Random::shaped("source", number, sizes.shape);
    Source {
        title: r.words(9),
        kind: r.pick(&["article-newspaper", "article-newspaper", "webpage", "report", "speech"]),
        author: r.name(),
        publisher: r.popular(sizes.actors),
        published: published(number),
        archived: r.chance(50),
        actor_origin: r.chance(30).then(|| r.popular(sizes.actors)),
        source_origin: earlier(r, number, 10),
        summary: r.chance(40).then(|| r.sentence()),
    }
}

fn published(source: usize) -> usize {
    4 + Random::of("published", source).below(DAYS)
}

pub(crate) fn actor(number: usize, sizes: Sizes) -> Actor {
    let r = &mut Random::shaped("actor", number, sizes.shape);
    Actor {
        name: format!("{} {}", r.name(), number),
        kind: r.pick(&["person", "person", "organization", "state", "armed-force", "media"]),
        role: r.words(4),
        part_of: earlier(r, number, 10),
        summary: r.sentence(),
        linked: r.popular(sizes.events),
    }
}

pub(crate) fn event(number: usize, sizes: Sizes) -> Event {
    let r = &mut Random::shaped("event", number, sizes.shape);
    let mut actors: Vec<_> = (0..1 + r.below(3)).map(|_| (r.popular(sizes.actors), r.words(2))).collect();
    actors.sort_by_key(|(actor, _)| *actor);
    actors.dedup_by_key(|(actor, _)| *actor);
    Event {
        title: r.words(7),
        date: r.below(DAYS),
        place: r.popular(sizes.places),
        actors,
        part_of: earlier(r, number, 10),
        summary: r.sentence(),
        linked: r.popular(sizes.actors),
    }
}

pub(crate) fn question(number: usize) -> Question {
    let r = &mut Random::of("question", number);
    Question {
        text: r.words(10) + "?",
        kind: question_kind(number),
        changes: r.chance(50),
        summary: r.sentence(),
        assessed: r.chance(30),
    }
}

fn question_kind(number: usize) -> QuestionKind {
    match number % 4 {
        2 => QuestionKind::Date,
        3 => QuestionKind::Choice,
        _ => QuestionKind::Quantity,
    }
}

pub(crate) fn claim(number: usize, sizes: Sizes) -> Claim {
    let r = &mut Random::shaped("claim", number, sizes.shape);
    let evidence: Vec<_> = (0..1 + usize::from(r.chance(20))).map(|n| evidence(r, number, n, sizes)).collect();
    let by: Vec<_> = match r.below(20) {
        0 | 1 => Vec::new(),
        2 => distinct(r.popular(sizes.actors), r.popular(sizes.actors)),
        _ => vec![r.popular(sizes.actors)],
    };
    let modality = match r.below(20) {
        0..12 => "asserts",
        12..16 => "estimates",
        16 => "forecasts",
        17 | 18 => "confirms",
        _ => "denies",
    };
    Claim {
        statement: r.sentence(),
        by,
        on: published(evidence[0].source) - r.below(4),
        modality,
        about_event: r.popular(sizes.events),
        about_actor: r.chance(60).then(|| r.popular(sizes.actors)),
        answer: r.chance(if sizes.shape == Shape::Few { 100 } else { 50 }).then(|| answer(r, sizes)),
        contradicts: earlier(r, number, 10).map(|other| (other, r.words(6))),
        supports: earlier(r, number, 10),
        supersedes: earlier(r, number, 2),
        withdrawn: r.chance(1),
        note: note(r, sizes),
        evidence,
    }
}

fn note(r: &mut Random, sizes: Sizes) -> Option<(String, usize)> {
    if sizes.shape == Shape::Even {
        let sentences: Vec<_> = (0..5).map(|_| r.sentence()).collect();
        return Some((sentences.join(" "), r.popular(sizes.sources)));
    }
    r.chance(20).then(|| (r.sentence(), r.popular(sizes.sources)))
}

fn distinct(a: usize, b: usize) -> Vec<usize> {
    if a == b { vec![a] } else { vec![a, b] }
}

fn answer(r: &mut Random, sizes: Sizes) -> (usize, String) {
    let question = r.popular(sizes.questions);
    let thousands = (1 + r.below(20)) * 1000;
    let value = match (question_kind(question), r.below(6)) {
        (QuestionKind::Choice, n) => ["yes", "no", "partly"][n % 3].to_owned(),
        (QuestionKind::Date, _) => super::random::date(r.below(24) * 28)[..7].to_owned(),
        (QuestionKind::Quantity, 0) => format!("~{thousands}"),
        (QuestionKind::Quantity, 1) => format!("{thousands}..{}", thousands + 3000),
        (QuestionKind::Quantity, 2) => format!(">{thousands}"),
        (QuestionKind::Quantity, _) => thousands.to_string(),
    };
    (question, value)
}

/// Every source is cited by two claims or so, and some by very many.
fn evidence(r: &mut Random, claim: usize, number: usize, sizes: Sizes) -> Evidence {
    let own = number == 0 && (claim < sizes.sources || r.chance(50));
    let count = 10 + r.below(12);
    Evidence {
        source: if own { claim % sizes.sources } else { r.popular(sizes.sources) },
        quote: r.words(count),
        locator: 1 + r.below(30),
        translation: r.chance(15).then(|| r.words(15)),
        via: r.chance(20).then(|| r.popular(sizes.actors)),
    }
}

pub(crate) fn article(number: usize, sizes: Sizes) -> Article {
    let r = &mut Random::shaped("article", number, sizes.shape);
    let paragraphs = (0..10).map(|_| Paragraph {
        text: format!("{} {}", r.sentence(), r.sentence()),
        cited: r.popular(sizes.claims),
        locator: r.chance(30).then(|| 1 + r.below(30)),
        linked: r.popular(sizes.actors),
    });
    Article { paragraphs: paragraphs.collect(), title: r.words(6), description: r.sentence(), date: r.below(DAYS) }
}
