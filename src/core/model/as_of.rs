//! The dossier as it stood on a day: what had been said by then, what of it still stood, and how that compares.
//!
//! Everything is worked out on what was there, never by leaving out of what is known now: an answer that nobody had
//! contested is not contested, and one that was to be corrected was not yet.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use super::compare::contest::Contest;
use super::compare::{Given, Replaces, Stated, Terms};
use super::date::calendar::Civil;
use super::date::{Day, Edtf};
use super::kinds::QuestionKind;
use super::question::{self, Comparison};
use super::state::{is_given, lapsed, of_answer, surely_by};
use super::value::Answer;
use super::{ClaimIx, Dated, Dossier, QuestionIx};

/// A day whose state of knowledge has a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KnownDay {
    /// The day.
    pub date: Edtf,
    /// Its number among the milestones; `None` for a day that is one for what changed on it.
    pub milestone: Option<usize>,
}

/// The days on which anything changed that pages of a day show: answers were surely given by then and not by the day before, or
/// claims surely lapsed.
pub fn changes(dossier: &Dossier) -> BTreeSet<Day> {
    let last = |dated: Option<&super::Dated>| dated.and_then(|dated| dated.date.latest());
    let claims = dossier.claims.iter().flat_map(|claim| {
        let is_shown = !claim.answers.is_empty() || !claim.supersedes.is_empty();
        let said = claim.said.as_ref().filter(|_| is_shown);
        [last(said), last(claim.status.as_ref().and_then(|status| status.on.as_ref()))]
    });
    let sources = dossier.sources.iter().map(|source| last(source.status.as_ref()?.on.as_ref()));
    let rates = dossier.questions.iter().flat_map(|question| &question.rates);
    let rates = rates.map(|rate| last(dossier[rate.source].published.as_ref()));
    claims.chain(sources).chain(rates).flatten().collect()
}

/// Whether anything that pages of a day show may have changed after a day and before the next that has a page: what is
/// dated so that nobody can tell.
pub fn may_change(dossier: &Dossier, day: Day, next: Option<Day>) -> bool {
    let may = |date: &Edtf| {
        let begins = date.earliest().is_none_or(|first| next.is_none_or(|next| first < next));
        begins && date.latest().is_none_or(|last| last > day && date.earliest() != Some(last))
    };
    let dated = |dated: Option<&Dated>| dated.is_some_and(|dated| may(&dated.date));
    let claims = dossier.claims.iter().any(|claim| {
        let is_shown = !claim.answers.is_empty() || !claim.supersedes.is_empty();
        let said = is_shown && claim.said.as_ref().is_none_or(|said| may(&said.date));
        said || dated(claim.status.as_ref().and_then(|status| status.on.as_ref()))
    });
    claims || dossier.sources.iter().any(|source| dated(source.status.as_ref().and_then(|status| status.on.as_ref())))
}

/// The value of an answer as it was known on a day: a sum in another currency is converted only once the text that gives
/// the rate had surely been published.
pub fn value<'d>(
    dossier: &Dossier,
    question: &question::Record,
    value: &'d Answer,
    day: Option<Day>,
) -> Cow<'d, Answer> {
    let Answer::Measured(measured) = value else { return Cow::Borrowed(value) };
    let mut rates = question.rates.iter().filter(|rate| Some(&*rate.unit) == measured.unit.as_deref());
    let is_known = rates.next().is_none_or(|rate| surely_by(dossier[rate.source].published.as_ref(), day));
    match measured.without_rate().filter(|_| !is_known) {
        Some(plain) => Cow::Owned(Answer::Measured(Box::new(plain))),
        None => Cow::Borrowed(value),
    }
}

/// So many days have a page for what changed on them, and so many answers stand on all of these together; where there
/// are more, the milestones alone have one.
pub const MOST_DAYS: usize = 200;
const MOST_ANSWERS: usize = 40_000;

/// Every day whose state of knowledge has a page, in order: the milestones and, in a dossier that has any, each other day on
/// which anything changed. The state of any day is that of the last of these before it, or its own.
pub fn days(dossier: &Dossier) -> Vec<KnownDay> {
    let stones = dossier.milestones.iter().enumerate();
    let stones = stones.map(|(n, stone)| KnownDay { date: stone.date.clone(), milestone: Some(n) });
    let mut days: Vec<KnownDay> = stones.collect();
    let changes = changes(dossier);
    let answers: usize = dossier.questions.iter().map(|question| question.answers.len()).sum();
    if days.is_empty() || changes.len() > MOST_DAYS || changes.len() * answers > MOST_ANSWERS {
        return days;
    }
    let named: BTreeSet<Day> = days.iter().filter_map(|day| day.date.latest()).collect();
    let written = |day: &Day| {
        let Civil { year, month, day } = Civil::from_day(*day);
        let sign = if year < 0 { "-" } else { "" };
        Edtf::parse(&format!("{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs())).ok()
    };
    let others = changes.difference(&named).filter_map(written);
    days.extend(others.map(|date| KnownDay { date, milestone: None }));
    days.sort_by_key(|day| day.date.latest());
    days
}

/// Whether every day on which anything changed has a page, so that any day can be chosen.
pub fn is_any_day_known(dossier: &Dossier) -> bool {
    dossier.days.len() > dossier.milestones.len() || {
        let named: BTreeSet<Day> = dossier.milestones.iter().filter_map(|day| day.date.latest()).collect();
        !named.is_empty() && changes(dossier).is_subset(&named)
    }
}

/// A question as it stood on a day.
pub struct Stood {
    /// The answers that had been given, by their numbers among all of the question's, in that order.
    pub given: Vec<usize>,
    /// These compared, each by its place in `given`.
    pub comparison: Comparison,
}

/// What had been answered by a day.
pub fn question(dossier: &Dossier, ix: QuestionIx, day: Day) -> Stood {
    let question = &dossier[ix];
    let was = |n: &usize| is_given(dossier, question.answers[*n].0, Some(day));
    let given: Vec<usize> = (0..question.answers.len()).filter(was).collect();
    let answers: Vec<_> = given.iter().map(|n| question.answers[*n]).collect();
    let comparison = compared(dossier, &question.record, &answers, Some(day));
    Stood { given, comparison }
}

/// Some answers to a question, each a claim and the number of its answer, compared as they stood on a day.
pub fn compared(
    dossier: &Dossier,
    question: &question::Record,
    answers: &[(ClaimIx, usize)],
    day: Option<Day>,
) -> Comparison {
    let known = |(ix, n): &(ClaimIx, usize)| value(dossier, question, &dossier[*ix].answers[*n].value, day);
    let values: Vec<_> = answers.iter().map(known).collect();
    let given = |i: usize| {
        let (ix, n) = &answers[i];
        let answer = &dossier[*ix].answers[*n];
        Given {
            value: &values[i],
            place: answer.place.or(question.place).map(|p| p.0),
            group: answer.group.or(question.group).map(|g| g.0),
            as_of: answer.as_of.as_ref().map(|d| &d.date),
            state: of_answer(dossier, (*ix, *n), day),
        }
    };
    let given: Vec<_> = (0..answers.len()).map(given).collect();
    let terms = Terms {
        changes: question.changes,
        grows: question.grows,
        adds_up: question.adds_up,
        several: question.several,
        window: question.window,
        tolerance: question.tolerance.unwrap_or_default(),
    };
    Contest::new(&given, terms, dossier.ground.clone(), replaces(dossier, question.kind, answers, day))
}

/// Which answers' claims replace which, also through claims that answer something else.
pub fn replaces(dossier: &Dossier, kind: QuestionKind, answers: &[(ClaimIx, usize)], day: Option<Day>) -> Replaces {
    let stated = if kind.is_compared_by_authors() { stated(dossier, answers) } else { Vec::new() };
    let replace = |ix: ClaimIx| !dossier[ix].supersedes.is_empty();
    if !answers.iter().any(|(ix, _)| replace(*ix)) {
        return Replaces::new(Vec::new(), stated);
    }
    let mut numbers: HashMap<ClaimIx, Vec<usize>> = HashMap::new();
    for (number, (ix, _)) in answers.iter().enumerate() {
        numbers.entry(*ix).or_default().push(number);
    }
    let mut pairs = Vec::new();
    for (number, (ix, _)) in answers.iter().enumerate().filter(|(_, (ix, _))| replace(*ix)) {
        for gone in replaced_by(dossier, *ix, day) {
            pairs.extend(numbers.get(&gone).into_iter().flatten().map(|other| (number, *other)));
        }
    }
    Replaces::new(pairs, stated)
}

/// How the editors say that the claims of answers in words stand to each other.
fn stated(dossier: &Dossier, answers: &[(ClaimIx, usize)]) -> Vec<((usize, usize), Stated)> {
    let mut all = Vec::new();
    for (number, (ix, _)) in answers.iter().enumerate() {
        let claim = &dossier[*ix];
        let supported = claim.supports.iter().map(|relation| (relation.claim, Stated::Supports));
        let contradicted = claim.contradicts.iter().map(|relation| (relation.claim, Stated::Contradicts));
        for (other, stated) in contradicted.chain(supported) {
            let others = answers.iter().enumerate().filter(|(_, (claim, _))| *claim == other);
            all.extend(others.map(|(other, _)| ((number, other), stated)));
        }
    }
    all
}

/// So many claims are followed back from one: whoever corrects more often is not followed to the start.
const LONGEST_CHAIN: usize = 200;

/// What a claim replaces, and what that replaced before it. Circles, which are faults, end.
fn replaced_by(dossier: &Dossier, ix: ClaimIx, day: Option<Day>) -> BTreeSet<ClaimIx> {
    let (mut found, mut open) = (BTreeSet::new(), vec![ix]);
    while let Some(next) = open.pop().filter(|next| is_given(dossier, *next, day) && found.len() < LONGEST_CHAIN) {
        for relation in &dossier[next].supersedes {
            if relation.claim != ix && found.insert(relation.claim) {
                open.push(relation.claim);
            }
        }
    }
    found
}

/// Whether a claim was contested on a day: an answer of it differs from one that it can be compared with, or an author
/// sets it against a claim, and both had been said and stood.
pub fn is_contested(dossier: &Dossier, ix: ClaimIx, day: Day) -> bool {
    let stands = |ix: ClaimIx| is_given(dossier, ix, Some(day)) && lapsed(dossier, ix, Some(day)).is_none();
    let claim = &dossier[ix];
    let against = claim.contradicts.iter().chain(&claim.back.contradicted_by).map(|relation| relation.claim);
    let answers = claim.numbered().any(|(answer, number)| {
        let stood = question(dossier, answer.question, day);
        stood.given.iter().position(|n| *n == number).is_some_and(|n| stood.comparison.is_contested(n))
    });
    answers || (stands(ix) && against.filter(|other| *other != ix).any(stands))
}

/// Whether `contradicts` ties a claim that stands to another that stands, and no comparison shows where the two differ: then
/// any value of it may be meant. Where their answers to a common question differ, those are contested, and no others.
pub fn is_tied_as_a_whole(dossier: &Dossier, ix: ClaimIx) -> bool {
    let claim = &dossier[ix];
    let mut others =
        claim.contradicts.iter().chain(&claim.back.contradicted_by).map(|relation| relation.claim).peekable();
    let stands = |ix: ClaimIx| lapsed(dossier, ix, None).is_none();
    others.peek().is_some()
        && stands(ix)
        && others.any(|other| other != ix && stands(other) && !answers_differ(dossier, ix, other))
}

/// Whether some answer of a claim differs from one of another.
fn answers_differ(dossier: &Dossier, one: ClaimIx, other: ClaimIx) -> bool {
    dossier[one].numbered().any(|(answer, number)| {
        let common = dossier[other].numbered().filter(|(theirs, _)| theirs.question == answer.question);
        common.into_iter().any(|(_, theirs)| dossier[answer.question].comparison.verdict(number, theirs).is_conflict())
    })
}
