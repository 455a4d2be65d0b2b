//! The state of knowledge on a day: what had been answered by then, as it stood; of what no text had spoken yet.

use tera::Value;

use super::claim::held;
use super::impossible;
use super::{PageKind, Role, milestones};
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use crate::render::answer::answer;
use crate::render::inline::pieces_html;
use crate::render::object::{Html, Object};
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::model::as_of::{self, Stood};
use sourcebook_core::model::date::Day;
use sourcebook_core::model::kinds::SourceStanding;
use sourcebook_core::model::state::{self, State, is_given, lapsed};
use sourcebook_core::model::{ClaimIx, Dossier, Question, QuestionIx, SourceIx};
use sourcebook_core::words;

/// `/as-of/DATE/`
pub(super) static KIND: PageKind = PageKind { name: "as-of", role: Role::List, plan, render };

fn plan(planner: &mut Planner<'_>) {
    for n in 0..planner.dossier.days.len() {
        let folder = format!("{}/{}", planner.parsed.config.paths.as_of, planner.dossier.days[n].date.text());
        let origin = planner.parsed.config.paths.origin("as_of");
        let parts = part_numbers(planner.dossier).last().map_or(1, |last| last + 1);
        planner.add_parts(n, &folder, parts, origin);
    }
}

/// Answers on one page; more go to pages in parts.
const ANSWERS: usize = 400;

/// Of one question at most so many, the last: its own page has them all.
const OF_ONE: usize = 200;

/// The part on which each question stands.
fn part_numbers(dossier: &Dossier) -> Vec<usize> {
    let mut before = 0;
    let part = |question: &Question| {
        let part = before / ANSWERS;
        before += 1 + question.answers.len().min(OF_ONE);
        part
    };
    dossier.questions.iter().map(part).collect()
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let dossier = renderer.dossier;
    let n = route.subject as usize;
    let day = |n: usize| dossier.days[n].date.latest().unwrap_or(Day::MIN);
    let (previous, next) = neighbours(dossier, n);
    let before = previous.map(day);
    let parts = part_numbers(dossier);
    let here = parts.iter().enumerate().filter(|(_, part)| **part == route.part as usize);
    let here: Vec<_> = here.map(|(i, _)| QuestionIx::at(i)).collect();
    let (told, untold): (Vec<_>, Vec<_>) = here
        .iter()
        .map(|ix| (*ix, as_of::question(dossier, *ix, day(n))))
        .partition(|(_, stood)| !stood.given.is_empty());
    let questions: Vec<_> = told.iter().map(|(ix, stood)| question(renderer, *ix, stood, (day(n), before))).collect();
    let (maybe, untold): (Vec<_>, Vec<_>) = untold.iter().partition(|(ix, _)| may_be_told(dossier, *ix, day(n)));
    let briefs = |list: Vec<&(QuestionIx, Stood)>| -> Vec<_> {
        list.into_iter().map(|(ix, _)| renderer.brief((*ix).into())).collect()
    };
    let mut page = renderer.page(route, None);
    let folder = format!("{}/{}", renderer.urls.paths().as_of, dossier.days[n].date.text());
    let parts = page.parts(&folder, parts.last().map_or(1, |last| last + 1), route.part as usize);
    let since = previous.filter(|_| route.part == 0);
    page.set("milestone", milestones::day(renderer, n))
        .set("previous", previous.map(|p| milestones::day(renderer, p)))
        .set("next", next.map(|next| milestones::day(renderer, next)))
        .set("days", milestones::days(renderer))
        .set("until", until(renderer, n))
        .set("news", since.map(|since| news(renderer, since, (day(n), day(since)))))
        .set("questions", questions)
        .set("maybe", briefs(maybe))
        .set("untold", briefs(untold))
        .set("parts", parts)
        .set("notes", Vec::<Value>::new());
    page.head("as-of", "timeline", &milestones::title(renderer, n), None);
    page.finish("as-of.html", out)
}

/// The days before and after: of a milestone, the milestones.
fn neighbours(dossier: &Dossier, n: usize) -> (Option<usize>, Option<usize>) {
    let is_stone = |n: usize| dossier.days[n].milestone.is_some();
    let fits = |other: &usize| !is_stone(n) || is_stone(*other);
    ((0..n).rev().find(fits), (n + 1..dossier.days.len()).find(fits))
}

/// Until when all stayed as it was on a day, where any day can be chosen: surely, or as far as the dates tell.
fn until(renderer: &Renderer<'_>, n: usize) -> Option<Object> {
    let (days, words) = (&renderer.dossier.days, renderer.words());
    if !as_of::is_any_day_known(renderer.dossier) {
        return None;
    }
    let last = |day: &as_of::KnownDay| day.date.latest().unwrap_or(Day::MIN);
    let next = days.get(n + 1);
    let unsure = as_of::may_change(renderer.dossier, last(&days[n]), next.map(last));
    let key = match (next.is_some(), unsure) {
        (true, false) => "asof.until",
        (true, true) => "asof.unsure_until",
        (false, false) => "asof.still",
        (false, true) => "asof.unsure_still",
    };
    let date = next.map(|next| words::date::label(&next.date, words)).unwrap_or_default();
    Some(Object::new().set("key", key).set("label", words.fill(key, &[("date", &date)])))
}

/// Whether an answer may have been given by a day, as far as its date tells: that none had been cannot be said then.
fn may_be_told(dossier: &Dossier, ix: QuestionIx, day: Day) -> bool {
    dossier[ix].answers.iter().any(|(claim, _)| {
        let said = dossier[*claim].said.as_ref();
        said.is_none_or(|said| said.date.earliest().is_none_or(|first| first <= day))
    })
}

/// What had been answered to a question by a day, and what of it was new since the milestone before: nothing is where
/// nothing had been answered by then.
fn question(renderer: &Renderer<'_>, ix: QuestionIx, stood: &Stood, (day, before): (Day, Option<Day>)) -> Value {
    let contest = &stood.comparison;
    let was_given = |n: usize, day: Day| is_given(renderer.dossier, renderer.dossier[ix].answers[n].0, Some(day));
    let old = before.filter(|before| stood.given.iter().any(|n| was_given(*n, *before)));
    let is_new = |n: usize| old.is_some_and(|before| !was_given(n, before));
    let mut shown: Vec<usize> = (0..stood.given.len()).collect();
    shown.drain(..shown.len().saturating_sub(OF_ONE));
    let group = |i: &usize| {
        let (claim, n) = renderer.dossier[ix].answers[stood.given[*i]];
        (contest.state(*i), renderer.dossier[claim].answers[n].place)
    };
    shown.sort_by_key(group);
    let value = |i: &usize| {
        let (claim, n) = renderer.dossier[ix].answers[stood.given[*i]];
        let said = &renderer.dossier[claim];
        let unsound = unsound(renderer, claim, day);
        answer(renderer, ix, stood.given[*i])
            .set("value_label", value_on(renderer, ix, stood.given[*i], day))
            .set("claim", renderer.row_of_answer(claim))
            .set("modality_label", said_as(renderer, claim, n))
            .set("held", held(renderer, said, &said.answers[n]))
            .set("state", contest.state(*i).as_str())
            .set("contested", contest.is_contested(*i))
            .set("lapse", lapse(renderer, claim, day))
            .set("unsound", unsound.map(|text| text.as_str()))
            .set(
                "unsound_label",
                unsound.and_then(|_| {
                    words::standing::unsound_mark_on(renderer.dossier, claim, Some(day), renderer.words())
                }),
            )
            .set("new", is_new(stood.given[*i]))
            .build()
    };
    let groups: Vec<_> = shown
        .chunk_by(|a, b| group(a) == group(b))
        .map(|same| {
            let (state, place) = group(&same[0]);
            let label = (state != State::Current).then(|| words::kinds::state(state, renderer.words()));
            Object::new()
                .set("state", state.as_str())
                .set("state_label", label)
                .set("place", place.map(|p| renderer.brief(p.into())))
                .set("answers", same.iter().map(value).collect::<Vec<_>>())
        })
        .collect();
    let impossible = impossible::by_day(renderer, ix, day, is_new);
    Object::new().set("question", renderer.brief(ix.into())).set("groups", groups).set("impossible", impossible).build()
}

/// The value of an answer in words, as it was known on a day.
fn value_on(renderer: &Renderer<'_>, ix: QuestionIx, number: usize, day: Day) -> String {
    let (dossier, question) = (renderer.dossier, &renderer.dossier[ix]);
    let (claim, n) = question.answers[number];
    let value = as_of::value(dossier, &question.record, &dossier[claim].answers[n].value, Some(day));
    words::answer::label(dossier, &value, question, renderer.words())
}

/// How an answer was given. Of who says nothing there is no manner of saying it, and who says so is told beside it.
fn said_as<'r>(renderer: &'r Renderer<'_>, claim: ClaimIx, n: usize) -> Option<&'r str> {
    let said = &renderer.dossier[claim];
    (!said.is_silence()).then(|| words::modality::noun(said.answers[n].modality, renderer.words()))
}

/// New answers of one question that are named; lines of what is new.
const NEW_ANSWERS: usize = 12;
const NEWS: usize = 60;

/// What was new since a day before, by its number: answers given since, and claims that had ceased to stand since.
fn news(renderer: &Renderer<'_>, since: usize, (day, before): (Day, Day)) -> Object {
    let (dossier, words) = (renderer.dossier, renderer.words());
    let is_new = |claim: ClaimIx| is_given(dossier, claim, Some(day)) && !is_given(dossier, claim, Some(before));
    let line = |i: usize| {
        let ix = QuestionIx::at(i);
        let stood = as_of::question(dossier, ix, day);
        let fresh = stood.given.iter().enumerate().filter(|(_, number)| is_new(dossier[ix].answers[**number].0));
        let all: Vec<(usize, usize)> = fresh.map(|(at, number)| (at, *number)).collect();
        let value = |(at, number): &(usize, usize)| {
            let state = stood.comparison.state(*at);
            let label = (state != State::Current).then(|| words::kinds::state(state, words));
            answer(renderer, ix, *number)
                .set("value_label", value_on(renderer, ix, *number, day))
                .set("state", state.as_str())
                .set("stood_label", label)
        };
        let shown: Vec<_> = all.iter().take(NEW_ANSWERS).map(value).collect();
        let rest = all.len() - shown.len();
        let more = (rest > 0).then(|| words.count("tally.more", rest, &[]));
        (all.len(), Object::from(&renderer.brief(ix.into())).set("answers", shown).set("more", more))
    };
    let lines: Vec<_> = (0..dossier.questions.len()).map(line).filter(|(count, _)| *count > 0).collect();
    let total: usize = lines.iter().map(|(count, _)| count).sum();
    let gone = |ix: &ClaimIx| {
        let was = is_given(dossier, *ix, Some(before)) && lapsed(dossier, *ix, Some(before)).is_none();
        was && lapsed(dossier, *ix, Some(day)).is_some()
    };
    let lapses =
        (0..dossier.claims.len()).map(ClaimIx::at).filter(gone).take(NEWS).map(|ix| {
            Object::new().set("claim", renderer.claim_row(ix)).set("lapse", lapse(renderer, ix, day)).build()
        });
    let since = words::date::label(&dossier.days[since].date, words);
    let key = if total > 0 { "asof.news" } else { "asof.no_news" };
    let label = if total > 0 { words.count(key, total, &[]) } else { words.text(key).to_owned() };
    let (lines, lapses) = (lines.into_iter().take(NEWS).map(|(_, line)| line.build()), lapses.collect::<Vec<_>>());
    Object::new()
        .set("title", words.fill("asof.since", &[("date", &since)]))
        .set("key", key)
        .set("label", label)
        .set("questions", lines.collect::<Vec<_>>())
        .set("lapses", lapses)
        .set("texts", texts(renderer, (day, before)))
}

/// What had become by a day of a text of a claim that stood.
fn unsound(renderer: &Renderer<'_>, claim: ClaimIx, day: Day) -> Option<SourceStanding> {
    let stands = lapsed(renderer.dossier, claim, Some(day)).is_none();
    state::unsound(renderer.dossier, claim, Some(day)).filter(|_| stands).map(|text| text.is)
}

/// Texts that had been corrected or retracted by a day, and not surely by one before.
fn texts(renderer: &Renderer<'_>, (day, before): (Day, Day)) -> Vec<Value> {
    let dossier = renderer.dossier;
    let is_new = |ix: &SourceIx| {
        let [was, is] = [before, day].map(|day| state::standing(dossier, *ix, Some(day)));
        was != is && is != SourceStanding::Current
    };
    let line = |ix: SourceIx| {
        Object::new()
            .set("source", renderer.brief_of_change(ix.into()))
            .set("label", words::standing::unsound(dossier, ix, renderer.words()))
            .build()
    };
    (0..dossier.sources.len()).map(SourceIx::at).filter(is_new).take(NEWS).map(line).collect()
}

/// How a claim had ceased to stand by a day, in a sentence.
fn lapse(renderer: &Renderer<'_>, claim: ClaimIx, day: Day) -> Option<Html<String>> {
    let lapsed = lapsed(renderer.dossier, claim, Some(day))?;
    let told = words::standing::lapse(renderer.dossier, &lapsed, renderer.words());
    Some(Html(pieces_html(renderer, &told)))
}
