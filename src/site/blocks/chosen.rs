//! Chronologies and comparisons set into a text: which records they show. Ids that nobody has are told where texts are bound.

use super::Reader;
use crate::lists::facing::Side;
use crate::lists::timeline;
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics};
use sourcebook_core::base::file::{Located, Span};
use sourcebook_core::base::tree::decode::{self, LText, Many};
use sourcebook_core::model::date::{Day, DayRange, DaySet, Edtf};
use sourcebook_core::model::{Dossier, EventIx, QuestionIx, Ref};
use sourcebook_core::{decode_words, record, words};

/// More lines are no part of a text: they stand in the chronology.
const LINES: usize = 100;

words! {
    /// Which entries are shown, of all.
    Only {
        Events = "events",
        Claims = "claims",
    }
}

decode_words!(Only);

/// What is written of a chronology.
pub(super) struct WrittenTimeline {
    records: Many<decode::Text>,
    of: Option<LText>,
    only: Option<Located<Only>>,
    from: Option<LText>,
    until: Option<LText>,
}

record!(WrittenTimeline as "Timeline", "a mapping of `records`, or of `of`, `only`, `from`, `until`", {
    records: or_default "records", of: optional "of", only: optional "only", from: optional "from", until: optional "until",
});

/// What is written of a comparison.
pub(super) struct WrittenCompare {
    question: Option<LText>,
    sources: Many<decode::Text>,
}

record!(WrittenCompare as "Compare", "a mapping of `question`, or of `sources`", {
    question: optional "question", sources: or_default "sources",
});

/// Lines of a chronology.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// Events and claims, in the order of the chronology.
    pub entries: Vec<Ref>,
    /// How many more there are.
    pub more: usize,
    /// How many are left out because nobody knows when they were.
    pub undated: usize,
}

/// What is compared.
#[derive(Debug, PartialEq, Eq)]
pub enum Compare {
    /// The answers to a question.
    Question(QuestionIx),
    /// Two texts, or what two outlets publish.
    Sides([Side; 2]),
}

fn wrong_kind(id: &LText, found: Ref, help: String) -> Diagnostic {
    let message = format!("`{}` is {}", id.value, found.with_article());
    Diagnostic::error("wrong-kind", id.span, message).help(help)
}

/// Reads a chronology; nothing where it is at fault.
pub(super) fn timeline(
    reader: &Reader<'_>,
    written: &WrittenTimeline,
    start: Span,
    diagnostics: &mut Diagnostics,
) -> Option<Timeline> {
    let before = diagnostics.len();
    let dossier = reader.links.urls.dossier;
    let mut day = |date: &Option<LText>, end: fn(&Edtf) -> Option<Day>| {
        let date = date.as_ref()?;
        let day = Edtf::parse(&date.value).ok().as_ref().and_then(end);
        if day.is_none() {
            let message = format!("`{}` is no day, month or year", date.value);
            diagnostics
                .push(Diagnostic::error("bad-date", date.span, message).help("write 2024, 2024-05 or 2024-05-17"));
        }
        day
    };
    let (from, until) = (day(&written.from, Edtf::earliest), day(&written.until, Edtf::latest));
    let only = written.only.as_ref().map(|only| only.value);
    let is_limited = written.from.is_some() || written.until.is_some();
    let others = [&written.of, &written.from, &written.until].into_iter().flatten().map(|text| text.span);
    let other = others.chain(written.only.as_ref().map(|only| only.span)).next();
    if let (false, Some(other)) = (written.records.0.is_empty(), other) {
        let message = "records are chosen one by one, and by what they have in common";
        diagnostics.push(Diagnostic::error("bad-value", other, message).help("keep `records`, or the others"));
    } else if written.records.0.is_empty() && written.of.is_none() && !is_limited {
        let help = "give `records: [id, id]`, or `of: id` for all that concerns one of them, or `from` and `until`";
        diagnostics
            .push(Diagnostic::error("missing-field", start, "nothing says what this chronology shows").help(help));
    }
    let mut all = match &written.of {
        Some(of) => of_record(dossier, of, diagnostics),
        None if written.records.0.is_empty() => everything(dossier),
        None => chosen(dossier, &written.records, diagnostics),
    };
    if diagnostics.len() > before {
        return None;
    }
    all.retain(|of| only.is_none_or(|only| matches!(of, Ref::Event(_)) == (only == Only::Events)));
    let found = all.len();
    if is_limited {
        all.retain(|of| timeline::date(dossier, *of).is_some());
    }
    let undated = found - all.len();
    let may_lie = |days: &DaySet| {
        let within = |range: &DayRange| {
            let begins = range.first.is_none_or(|first| until.is_none_or(|until| first <= until));
            begins && range.last.is_none_or(|last| from.is_none_or(|from| last >= from))
        };
        days.ranges().iter().any(within)
    };
    if is_limited {
        all.retain(|of| timeline::date(dossier, *of).is_some_and(|dated| may_lie(&dated.date.days())));
    }
    timeline::in_order(dossier, &mut all);
    let more = all.len().saturating_sub(LINES);
    all.truncate(LINES);
    Some(Timeline { entries: all, more, undated })
}

fn everything(dossier: &Dossier) -> Vec<Ref> {
    timeline::entries(dossier, timeline::View::Time).into_iter().map(|entry| entry.of).collect()
}

fn chosen(dossier: &Dossier, records: &Many<decode::Text>, diagnostics: &mut Diagnostics) -> Vec<Ref> {
    let mut all = Vec::new();
    for id in &records.0 {
        match dossier.get(&id.value) {
            Some(of @ (Ref::Event(_) | Ref::Claim(_))) => all.push(of),
            Some(other) => {
                let help =
                    format!("a chronology shows events and claims; for all that concerns it, write `of: {}`", id.value);
                diagnostics.push(wrong_kind(id, other, help));
            }
            None => {}
        }
    }
    all
}

/// All events and claims that the page of a record names as its own.
fn of_record(dossier: &Dossier, id: &LText, diagnostics: &mut Diagnostics) -> Vec<Ref> {
    let claims = |all: &[sourcebook_core::model::ClaimIx]| all.iter().map(|ix| Ref::Claim(*ix)).collect::<Vec<_>>();
    let events = |all: &[EventIx]| all.iter().map(|ix| Ref::Event(*ix)).collect::<Vec<_>>();
    match dossier.get(&id.value) {
        Some(Ref::Actor(ix)) => {
            let actor = &dossier[ix];
            let took_part: Vec<_> = actor.events.iter().map(|(event, _)| *event).collect();
            [events(&took_part), claims(&actor.said), claims(&actor.about)].concat()
        }
        Some(Ref::Place(ix)) => {
            let answers: Vec<_> = dossier[ix].answers.iter().map(|(claim, _)| *claim).collect();
            [events(&dossier[ix].events), claims(&dossier[ix].about), claims(&answers)].concat()
        }
        Some(Ref::Event(ix)) => [events(&[ix]), events(&dossier[ix].parts), claims(&dossier[ix].about)].concat(),
        Some(Ref::Question(ix)) => dossier[ix].answers.iter().map(|(claim, _)| Ref::Claim(*claim)).collect(),
        Some(Ref::Source(ix)) => dossier[ix].claims.iter().map(|(claim, _)| Ref::Claim(*claim)).collect(),
        Some(other) => {
            let help = format!("for this one alone, write `records: [{}]`", id.value);
            diagnostics.push(wrong_kind(id, other, help));
            Vec::new()
        }
        None => Vec::new(),
    }
}

/// Reads a comparison; nothing where it is at fault.
pub(super) fn compare(
    reader: &Reader<'_>,
    written: &WrittenCompare,
    start: Span,
    diagnostics: &mut Diagnostics,
) -> Option<Compare> {
    let dossier = reader.links.urls.dossier;
    let mut refuse = |span, message: &str, help: &str| {
        diagnostics.push(Diagnostic::error("bad-value", span, message).help(help));
        None
    };
    match (&written.question, written.sources.0.as_slice()) {
        (None, []) => {
            let help = "give `question: id`, or two sources, `sources: [id, id]`";
            diagnostics.push(Diagnostic::error("missing-field", start, "nothing says what is compared").help(help));
            None
        }
        (Some(question), []) => match dossier.get(&question.value)? {
            Ref::Question(ix) => Some(Compare::Question(ix)),
            other => {
                let help = "name a question here; two sources are `sources: [id, id]`".to_owned();
                diagnostics.push(wrong_kind(question, other, help));
                None
            }
        },
        (Some(_), [source, ..]) => refuse(source.span, "a question and sources are given", "keep one of the two"),
        (None, [a, b]) if a.value == b.value => refuse(b.span, "this is the first source again", "name another"),
        (None, [a, b]) => {
            let sides = [a, b].map(|id| side(dossier, id, diagnostics));
            let [Some(a), Some(b)] = sides else { return None };
            Some(Compare::Sides([a, b]))
        }
        (None, [.., last]) => {
            refuse(last.span, "two sources are compared, no more and no fewer", "name two: `sources: [id, id]`")
        }
    }
}

fn side(dossier: &Dossier, id: &LText, diagnostics: &mut Diagnostics) -> Option<Side> {
    match dossier.get(&id.value)? {
        Ref::Source(ix) => Some(Side::Text(ix)),
        Ref::Actor(ix) if !Side::Outlet(ix).works(dossier).is_empty() => Some(Side::Outlet(ix)),
        other => {
            let help = "name a source, or an outlet that publishes some".to_owned();
            diagnostics.push(wrong_kind(id, other, help));
            None
        }
    }
}
