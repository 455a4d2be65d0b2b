//! Figures for pages: the dossier's data worded and handed to [`crate::figures`], which draws.

use tera::Value;

use super::Renderer;
use super::object::{Html, ToValue};
use super::rooted::ROOT;
use crate::figures::{
    AnswersFigure, Choice, ChoicesFigure, DerivationFigure, Entry, ImpossibleFigure, Legend, MOST_ON_A_MAP, MapFigure,
    Node, Origin, OverTimeFigure, Row, Scale, SmallFigure, Span, Spot, Step, Strips, StripsFigure, Tick,
    TimelineFigure, Value as Drawn,
};
use crate::lists::standing::is_apart;
use sourcebook_core::base::html::escape;
use sourcebook_core::model::claim::Evidence;
use sourcebook_core::model::date::Edtf;
use sourcebook_core::model::kinds::QuestionKind;
use sourcebook_core::model::reason::Set;
use sourcebook_core::model::source::{self, Author};
use sourcebook_core::model::state::State;
use sourcebook_core::model::value::{Answer, End};
use sourcebook_core::model::{ClaimIx, Dated, PlaceIx, QuestionIx, Ref};
use sourcebook_core::words::{self, piece, sentence, standing};

/// More answers than these make no figure that anybody reads; the page's tables serve.
const MOST_ROWS: usize = 60;
/// Likewise, entries on one line of time.
const MOST_ENTRIES: usize = 150;

/// The figure of a question where it is set into an article: its answers on one scale.
pub fn question(renderer: &Renderer<'_>, ix: QuestionIx) -> Option<Value> {
    let question = &renderer.dossier[ix];
    if question.answers.is_empty() || question.answers.len() > MOST_ROWS {
        return None;
    }
    let rows: Vec<Row> = (0..question.answers.len()).map(|n| row(renderer, ix, n)).collect();
    let scale = scale_of(question.kind);
    let (legend, words) = (legend(renderer, scale), renderer.words());
    let id = format!("figure-{}", renderer.dossier.id(ix.into()));
    let id = id.as_str();
    let tick = |tick| worded(renderer, tick);
    let (title, heading) = (renderer.typeset(renderer.dossier.label(ix.into())), words.text("figure.apart"));
    let is_date = question.kind == QuestionKind::Date;
    let caption = words.text(if is_date { "figure.given_caption" } else { "figure.answers_caption" });
    drawn(match question.kind {
        QuestionKind::Place => return places(renderer, ix),
        QuestionKind::Text => return None,
        QuestionKind::Choice | QuestionKind::Choices => {
            let choices = choices(renderer, ix, &rows);
            let caption = words.text("figure.choices_caption");
            crate::figures::choices(&ChoicesFigure {
                id,
                title: &title,
                caption,
                choices: &choices,
                legend: &legend,
                tick: &tick,
            })
        }
        QuestionKind::Quantity | QuestionKind::Date | QuestionKind::Period => {
            let input = AnswersFigure {
                id,
                title: &title,
                caption,
                scale,
                rows: &rows,
                apart_heading: heading,
                legend: &legend,
                tick: &tick,
            };
            crate::figures::answers(&input)
        }
    })
}

/// What the marks of answers of a kind stand on; a choice is drawn at the time for which it holds.
fn scale_of(kind: QuestionKind) -> Scale {
    scale(kind).unwrap_or(Scale::Date)
}

/// The drawings of a question's own page, which lists the answers with their words: a strip for each group of answers of
/// one value, by their numbers. A choice has no value on a scale, and is drawn at the time for which it holds.
pub fn strips<'m>(
    renderer: &Renderer<'_>,
    ix: QuestionIx,
    groups: impl Iterator<Item = &'m [usize]>,
) -> Option<Strips> {
    let question = &renderer.dossier[ix];
    if question.answers.len() > MOST_ROWS {
        return None;
    }
    let is_choice = question.kind.has_options();
    let mark = |n: &usize| {
        let row = row(renderer, ix, *n);
        let value = if is_choice { Drawn::Days(row.as_of) } else { row.value };
        (value, row.contested.is_some())
    };
    let strip = |members: &[usize]| match is_choice {
        true => members.iter().map(mark).collect(),
        // Of one value, one mark: contested if any of its answers is.
        false => {
            let mut marks: Vec<_> = members.iter().map(mark).collect();
            let contested = marks.iter().any(|(_, contested)| *contested);
            marks.truncate(1);
            marks.into_iter().map(|(value, _)| (value, contested)).collect::<Vec<_>>()
        }
    };
    let strips: Vec<_> = groups.map(strip).collect();
    let scale = scale_of(question.kind);
    let (legend, tick) = (legend(renderer, scale), |tick| worded(renderer, tick));
    crate::figures::strips(&StripsFigure { scale, strips: &strips, legend: &legend, tick: &tick })
}

/// What a question's page draws beside its list: where the places lie that answer it; where the true answer moves, value
/// against time, folded.
pub fn beside_answers(renderer: &Renderer<'_>, ix: QuestionIx) -> Option<Value> {
    let question = &renderer.dossier[ix];
    let shown = 2..=MOST_ROWS;
    match question.kind {
        QuestionKind::Place if question.answers.len() <= MOST_ROWS => places(renderer, ix),
        QuestionKind::Quantity if question.changes && shown.contains(&question.answers.len()) => {
            let rows: Vec<Row> = (0..question.answers.len()).map(|n| row(renderer, ix, n)).collect();
            let (legend, words) = (legend(renderer, Scale::Number), renderer.words());
            let id = format!("figure-{}-time", renderer.dossier.id(ix.into()));
            let (title, caption) = (words.text("figure.over_time"), words.text("figure.over_time_caption"));
            let tick = |tick| worded(renderer, tick);
            let figure = OverTimeFigure { id: &id, title: "", caption, rows: &rows, legend: &legend, tick: &tick };
            let drawing = crate::figures::over_time(&figure);
            drawn(format!("<details class=\"more\"><summary>{}</summary>{drawing}</details>", escape(title)))
        }
        QuestionKind::Place | QuestionKind::Quantity | QuestionKind::Date | QuestionKind::Period => None,
        QuestionKind::Choice | QuestionKind::Choices | QuestionKind::Text => None,
    }
}

/// Where the places lie that answer a question.
fn places(renderer: &Renderer<'_>, ix: QuestionIx) -> Option<Value> {
    let dossier = renderer.dossier;
    let answered = dossier[ix].answers.iter().filter_map(|(claim, n)| match dossier[*claim].answers[*n].value {
        Answer::Place(place, _) => Some(place),
        Answer::Quantity(_) | Answer::Measured(_) | Answer::Date(_) | Answer::Period(_) => None,
        Answer::Choice(_) | Answer::Choices(_) | Answer::Words(_) => None,
    });
    let places: std::collections::BTreeSet<PlaceIx> = answered.collect();
    let named: Vec<_> = places
        .into_iter()
        .filter_map(|place| {
            Some((renderer.typeset(&dossier[place].name), dossier[place].coordinates?, dossier[place].precision))
        })
        .collect();
    let spots: Vec<_> = named
        .iter()
        .map(|(label, (lat, lon), precision)| Spot { label, lat: *lat, lon: *lon, precision: *precision })
        .collect();
    let (first, others) = spots.split_first()?;
    let names: Vec<_> = named.iter().map(|(label, ..)| label.to_string()).collect();
    let words = renderer.words();
    drawn(crate::figures::map(&MapFigure {
        id: &format!("figure-{}", dossier.id(ix.into())),
        title: "",
        description: &words.fill("figure.map_of_answers", &[("places", &words::list::join(&names, words))]),
        caption: &map_caption(others.len() > MOST_ON_A_MAP, words),
        place: *first,
        others,
    }))
}

/// A set of answers that cannot all be true: the parts against the whole.
pub fn impossible(renderer: &Renderer<'_>, ix: QuestionIx, number: usize, set: &Set) -> Option<Value> {
    let (question, words) = (&renderer.dossier[ix], renderer.words());
    let step = |n: usize, amount: f64| {
        let (claim, answer) = question.answers[n];
        Step {
            scope: words::impossible::scope(renderer.dossier, ix, n, words),
            speaker: speaker(renderer, claim),
            href: Some(format!("{ROOT}{}", renderer.urls.file(claim.into()))),
            value_label: words::answer::label(
                renderer.dossier,
                &renderer.dossier[claim].answers[answer].value,
                question,
                words,
            ),
            amount,
        }
    };
    let least = |n: usize| match question.comparison.reckoned(n).map(|range| range.low) {
        Some(End::At { value, .. }) => value.to_f64(),
        _ => 0.0,
    };
    let parts: Vec<_> = set.floors.iter().map(|n| step(*n, least(*n))).collect();
    let id = format!("figure-{}-impossible-{}", renderer.dossier.id(ix.into()), number + 1);
    drawn(crate::figures::impossible(&ImpossibleFigure {
        id: &id,
        caption: words.text("figure.impossible_caption"),
        parts: &parts,
        whole: &step(set.ceiling, set.limit.to_f64()),
        gap: words.text("figure.gap"),
        gap_label: &words::impossible::gap(renderer.dossier, ix, set, words),
        tick: &|tick| worded(renderer, tick),
    }))
}

fn drawn(html: String) -> Option<Value> {
    (!html.is_empty()).then(|| Html(html).to_value())
}

/// The small figure of a question in a list.
pub fn small(renderer: &Renderer<'_>, ix: QuestionIx) -> Option<Value> {
    small_as(renderer, ix, &format!("figure-{}-small", renderer.dossier.id(ix.into())))
}

/// As [`small`], with an id of its own on the page.
pub fn small_as(renderer: &Renderer<'_>, ix: QuestionIx, id: &str) -> Option<Value> {
    let question = &renderer.dossier[ix];
    let scale = scale(question.kind).filter(|_| question.answers.len() <= MOST_ROWS)?;
    let rows: Vec<Row> = (0..question.answers.len()).map(|n| row(renderer, ix, n)).collect();
    let (title, tick) = (renderer.typeset(renderer.dossier.label(ix.into())), |tick| worded(renderer, tick));
    drawn(crate::figures::small(&SmallFigure { id, title: &title, scale, rows: &rows, tick: &tick }))
}

/// What the answers of a kind stand on, where they stand on a scale.
fn scale(kind: QuestionKind) -> Option<Scale> {
    match kind {
        QuestionKind::Quantity => Some(Scale::Number),
        QuestionKind::Date | QuestionKind::Period => Some(Scale::Date),
        QuestionKind::Choice | QuestionKind::Choices | QuestionKind::Place | QuestionKind::Text => None,
    }
}

/// One answer as figures show it.
fn row(renderer: &Renderer<'_>, ix: QuestionIx, number: usize) -> Row {
    let dossier = renderer.dossier;
    let question = &dossier[ix];
    let (claim_ix, n) = question.answers[number];
    let (claim, answer) = (&dossier[claim_ix], &dossier[claim_ix].answers[n]);
    let words = renderer.words();
    let value = match &answer.value {
        Answer::Date(date) | Answer::Period(date) => Drawn::date(date),
        Answer::Quantity(quantity) => Drawn::quantity(*quantity, question.tolerance),
        Answer::Measured(measured) => {
            measured.value.map_or(Drawn::None, |quantity| Drawn::quantity(quantity, question.tolerance))
        }
        Answer::Choice(_) | Answer::Choices(_) | Answer::Place(..) | Answer::Words(_) => Drawn::None,
    };
    let place = answer.place.map(|p| renderer.typeset(&dossier[p].name).into_owned());
    let date = answer.as_of.as_ref().map(|d| words::date::held(claim.said.as_ref(), d, words));
    let modality = words::modality::noun(claim.modality_of(answer), words).to_owned();
    let group = answer.group.map(|g| renderer.typeset(&dossier[g].name).into_owned());
    let sub: Vec<_> = date.into_iter().chain([modality]).chain(place).chain(group).collect();
    let differs = question.comparison.differs_from(number);
    let contested = (differs > 0).then(|| words.count("figure.differs", differs, &[]));
    Row {
        speaker: speaker(renderer, claim_ix),
        sub: sub.join("\u{a0}· "),
        value,
        value_label: words::answer::label(renderer.dossier, &answer.value, question, words),
        contested,
        apart: apart(renderer, ix, number),
        href: Some(format!("{ROOT}{}", renderer.urls.address(claim_ix.into()))),
        as_of: in_order_of(question.kind, answer.as_of.as_ref(), claim.said.as_ref()).map(span).unwrap_or_default(),
    }
}

/// What rows are in the order of: for when an answer holds; of a date, when it was given.
fn in_order_of<'d>(kind: QuestionKind, as_of: Option<&'d Dated>, said: Option<&'d Dated>) -> Option<&'d Dated> {
    match kind {
        QuestionKind::Date => said.or(as_of),
        QuestionKind::Quantity | QuestionKind::Period | QuestionKind::Choice => as_of.or(said),
        QuestionKind::Choices | QuestionKind::Place | QuestionKind::Text => as_of.or(said),
    }
}

/// Who holds an answer: the same on every page.
pub fn speaker(renderer: &Renderer<'_>, ix: ClaimIx) -> String {
    piece::plain(&sentence::answering(renderer.dossier, ix, renderer.words()))
}

fn span(dated: &Dated) -> Span {
    let mut span = Span::of(&dated.date);
    span.unsure |= dated.inferred.is_some();
    span
}

/// What an answer is, if it is not one that its speaker holds; that it can be compared with none that are, if so.
fn apart(renderer: &Renderer<'_>, ix: QuestionIx, number: usize) -> Option<String> {
    let (question, words) = (&renderer.dossier[ix], renderer.words());
    match question.comparison.state(number) {
        State::Current => is_apart(question, number).then(|| words.text("figure.not_compared").to_owned()),
        state => Some(words::kinds::state(state, words).to_owned()),
    }
}

/// The options of a choice, each with those who chose it.
fn choices(renderer: &Renderer<'_>, ix: QuestionIx, rows: &[Row]) -> Vec<Choice> {
    let question = &renderer.dossier[ix];
    let chose = |number: usize, key: &str| {
        let (claim, n) = question.answers[number];
        match &renderer.dossier[claim].answers[n].value {
            Answer::Choice(chosen) => **chosen == *key,
            Answer::Choices(chosen) => chosen.iter().any(|chosen| **chosen == *key),
            Answer::Quantity(_) | Answer::Measured(_) | Answer::Date(_) | Answer::Period(_) => false,
            Answer::Place(..) | Answer::Words(_) => false,
        }
    };
    question
        .options
        .iter()
        .map(|(key, label)| Choice {
            label: renderer.typeset(label).into_owned(),
            rows: rows.iter().enumerate().filter(|(n, _)| chose(*n, key)).map(|(_, row)| row.clone()).collect(),
        })
        .collect()
}

fn legend(renderer: &Renderer<'_>, scale: Scale) -> Legend {
    let text = |key: &str| renderer.words().text(&format!("figure.{key}")).to_owned();
    Legend {
        exact: text(if scale == Scale::Date { "day_exact" } else { "exact" }),
        about: text("about"),
        at_least: text(if scale == Scale::Date { "day_at_least" } else { "at_least" }),
        at_most: text(if scale == Scale::Date { "day_at_most" } else { "at_most" }),
        range: text("range"),
        unsure: text("unsure"),
        one_of: text("one_of"),
        contested: text("contested"),
    }
}

/// A tick in words: months named once a year with their year.
pub fn worded(renderer: &Renderer<'_>, tick: Tick) -> String {
    let words = renderer.words();
    let dated = |text: String| Edtf::parse(&text).map_or(text, |date| words::date::label(&date, words));
    let month = |month: u8| words::date::month_name(month, words);
    match tick {
        Tick::Number { value, decimals } => words::number::float(value, decimals, words.language()),
        Tick::Year(year) => year.to_string(),
        Tick::Month { year, month, full: true } => dated(format!("{year:04}-{month:02}")),
        Tick::Month { month: name, .. } => month(name).to_owned(),
        Tick::Day { year, month, day, full: true } => dated(format!("{year:04}-{month:02}-{day:02}")),
        Tick::Day { month: name, day, .. } => {
            words.fill("figure.day", &[("day", &day.to_string()), ("month", month(name))])
        }
    }
}

/// The way from the source that was read to the speaker, where it has more than one step or several ways.
pub fn derivation(renderer: &Renderer<'_>, ix: ClaimIx) -> Option<Value> {
    let dossier = renderer.dossier;
    let claim = &dossier[ix];
    let steps = |e: &Evidence| e.via.len() + dossier[e.source].based_on.len();
    if claim.evidence.len() < 2 && claim.evidence.iter().map(steps).sum::<usize>() == 0 {
        return None;
    }
    let node = |of: Ref, note: &str| Node {
        label: renderer.typeset(dossier.label(of)).into_owned(),
        note: note.to_owned(),
        href: Some(format!("{ROOT}{}", renderer.urls.address(of))),
        unknown: false,
    };
    let outlet = |e: &Evidence| match &dossier[e.source].publisher {
        Some(Author::Actor(actor)) => renderer.typeset(&dossier[*actor].name).into_owned(),
        Some(Author::Name(name)) => name.to_string(),
        None => String::new(),
    };
    let chain = |e: &Evidence| -> Vec<Node> {
        let read = node(e.source.into(), &outlet(e));
        std::iter::once(read).chain(e.via.iter().map(|via| node((*via).into(), ""))).collect()
    };
    let chains: Vec<_> = claim.evidence.iter().map(chain).collect();
    let unknown =
        Node { label: renderer.words().text("figure.unknown_origin").to_owned(), unknown: true, ..Node::default() };
    let nodes: Vec<Node> = match claim.origins.as_slice() {
        [] => vec![unknown],
        origins => origins
            .iter()
            .map(|origin| match origin {
                source::Origin::Actor(actor) => {
                    node((*actor).into(), dossier[*actor].role.as_deref().unwrap_or_default())
                }
                source::Origin::Source(source) => node((*source).into(), ""),
            })
            .collect(),
    };
    let origins: Vec<_> = nodes.into_iter().map(|node| Origin { node, chains: chains.clone() }).collect();
    let id = format!("figure-{}-origins", dossier.id(ix.into()));
    let words = renderer.words();
    let input = DerivationFigure {
        id: &id,
        title: words.text("figure.derivation"),
        caption: "",
        origins: &origins,
        arrow: words.text("figure.according_to"),
    };
    drawn(crate::figures::derivation(&input))
}

/// What a record is called, with what became of it.
fn marked(renderer: &Renderer<'_>, of: Ref) -> String {
    let label = renderer.typeset(renderer.dossier.label(of));
    let mark = match of {
        Ref::Claim(ix) => standing::mark(renderer.dossier, ix, renderer.words()),
        _ => None,
    };
    mark.map_or_else(|| label.clone().into_owned(), |mark| format!("{label} ({mark})"))
}

/// Events and what was said, on one line of time.
pub fn timeline(renderer: &Renderer<'_>) -> Option<Value> {
    let dossier = renderer.dossier;
    let words = renderer.words();
    let entry = |of: Ref, dated: &Dated, contested: bool| Entry {
        // What was said is never without who said it, and how.
        label: match of {
            Ref::Claim(ix) => words::sentence::titled(dossier, ix, words),
            _ => marked(renderer, of),
        },
        date_label: match of {
            Ref::Claim(ix) => words::text::when_told(dossier, ix, words).unwrap_or_default(),
            _ => words::date::with_inference(words::date::event(dated, words), dated, words),
        },
        when: span(dated),
        href: Some(format!("{ROOT}{}", renderer.urls.address(of))),
        contested,
    };
    let events: Vec<_> = (dossier.events.iter().enumerate())
        .map(|(i, event)| entry(sourcebook_core::model::EventIx::at(i).into(), &event.date, false))
        .collect();
    let said: Vec<_> = (dossier.claims.iter().enumerate())
        .filter_map(|(i, claim)| Some(entry(ClaimIx::at(i).into(), claim.said.as_ref()?, claim.contested)))
        .collect();
    if events.len() + said.len() > MOST_ENTRIES {
        return None;
    }
    let (legend, tick) = (legend(renderer, Scale::Date), |tick| worded(renderer, tick));
    drawn(crate::figures::timeline(&TimelineFigure {
        id: "figure-timeline",
        title: words.text("figure.timeline"),
        caption: words.text("figure.timeline_caption"),
        above: words.text("nav.events"),
        events: &events,
        below: words.text("nav.claims"),
        said: &said,
        listed: true,
        legend: &legend,
        tick: &tick,
    }))
}

/// Where a place is.
pub fn map(renderer: &Renderer<'_>, ix: PlaceIx) -> Option<Value> {
    let dossier = renderer.dossier;
    let place = &dossier[ix];
    let spot = |p: &'_ sourcebook_core::model::Place| p.coordinates.map(|(lat, lon)| (lat, lon, p.precision));
    let (lat, lon, precision) = spot(place)?;
    let (label, words) = (renderer.typeset(&place.name), renderer.words());
    let this = Spot { label: &label, lat, lon, precision };
    let window = crate::figures::window(&this)?;
    // There are as many maps as places: none looks at all of them.
    let all = renderer.near().within(window, MOST_ON_A_MAP + 1);
    let is_cut = all.is_none();
    let near = all.unwrap_or_else(|| renderer.near().nearest(window, MOST_ON_A_MAP + 1));
    let named: Vec<_> = (near.into_iter().filter(|i| *i != ix.position()))
        .map(|i| &dossier[PlaceIx::at(i)])
        .filter_map(|p| Some((renderer.typeset(&p.name), spot(p)?)))
        .collect();
    let others: Vec<_> = named
        .iter()
        .map(|(label, (lat, lon, precision))| Spot { label, lat: *lat, lon: *lon, precision: *precision })
        .collect();
    let kind = precision.map(|p| words::kinds::precision(p, words)).unwrap_or_default();
    drawn(crate::figures::map(&MapFigure {
        id: "figure-map",
        title: "",
        description: &words.fill("figure.map_description", &[("place", &label), ("precision", kind)]),
        caption: &map_caption(is_cut, words),
        place: this,
        others: &others,
    }))
}

/// What stands below a map; where places are left out, that too.
fn map_caption(is_cut: bool, words: &sourcebook_core::words::messages::Messages) -> String {
    let more = if is_cut { format!(" {}", words.text("figure.map_more")) } else { String::new() };
    format!("{}{more}", words.text("figure.map_caption"))
}
