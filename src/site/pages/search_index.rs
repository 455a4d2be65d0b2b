//! The index of the quick search: what can be found, by which words, and in which order.
//!
//! Articles stand in their reading order, actors, questions, places by how much there is to read about them, events,
//! sources and claims from the latest.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::{PageKind, Role};
use crate::lists::reading::reading_order;
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use crate::render::inline::cut;
use crate::search::{Entry, FULL_TEXT_FOLDER, HEAD, Kind, labels_files, words_files};
use crate::theme;
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::model::kinds::{Kind as Of, SourceStanding};
use sourcebook_core::model::prose::Prose;
use sourcebook_core::model::source::Author;
use sourcebook_core::model::{
    ActorIx, ClaimIx, Dated, Dossier, EventIx, Milestone, PlaceIx, QuestionIx, Ref, SourceIx,
};
use sourcebook_core::words;

/// `/assets/search/index.js` and the files that it names
pub(super) static KIND: PageKind = PageKind { name: "search files", role: Role::File, plan, render };

/// A longer label is cut between words: the page has it whole.
const LONGEST: usize = 180;

fn plan(planner: &mut Planner<'_>) {
    let records = planner.dossier.all().filter(|of| is_listed(planner.dossier, *of)).count();
    let entries = records + planner.dossier.milestones.len();
    let words = words_files(entries);
    planner.add(0, HEAD, None);
    (0..words).for_each(|n| planner.add(1 + n, path("words", n), None));
    (0..labels_files(entries)).for_each(|n| planner.add(1 + words + n, path("labels", n), None));
    reserved(planner);
}

/// Nothing of the writer's may stand where the full-text index will.
fn reserved(planner: &mut Planner<'_>) {
    let folder = FULL_TEXT_FOLDER;
    let taken = |route: &&Route| route.path.to_ascii_lowercase().starts_with(folder);
    let first = planner.routes().iter().filter(|_| planner.parsed.config.full_text).find(taken);
    let fault = first.map(|route| {
        let message = format!("`{}` stands where the full-text index will, in `{folder}`", route.path);
        let fault = match route.origin {
            Some(span) => Diagnostic::error("duplicate-route", span, message),
            None => Diagnostic::placeless("duplicate-route", message),
        };
        fault.help("rename it, or leave `full_text` out")
    });
    planner.diagnostics.extend(fault);
}

fn path(part: &str, n: usize) -> String {
    format!("{}/search/{part}-{n}.js", theme::ASSETS)
}

/// The home page is one click away from everywhere.
fn is_listed(dossier: &Dossier, of: Ref) -> bool {
    !matches!(of, Ref::Article(ix) if dossier[ix].is_home())
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let index = renderer.search(|| kinds(renderer));
    let file = match (route.subject as usize).checked_sub(1) {
        None => Some(&index.head),
        Some(n) => index.words.iter().chain(&index.labels).nth(n),
    };
    out.extend_from_slice(file.map_or(&[], |text| text.as_bytes()));
    Ok(())
}

/// Kinds of record in the order in which what is found of them is shown.
const FOUND: [Of; Of::ALL.len()] = [Of::Actor, Of::Question, Of::Event, Of::Place, Of::Source, Of::Claim];

/// Everything that can be found.
fn kinds(renderer: &Renderer<'_>) -> Vec<Kind> {
    let label = |key: &str| renderer.words().text(&format!("nav.{key}")).to_owned();
    let articles = reading_order(renderer.dossier).into_iter().map(|ix| entry(renderer, ix.into())).collect();
    let mut kinds = vec![Kind { label: label("articles"), folder: String::new(), entries: articles }];
    kinds.extend(FOUND.map(|of| Kind {
        label: label(of.plural()),
        folder: format!("{}/", renderer.urls.paths().of(of)),
        entries: ordered(renderer.dossier, of).into_iter().map(|of| entry(renderer, of)).collect(),
    }));
    kinds.push(days(renderer));
    kinds
}

/// The pages of days: what was known, and when.
fn days(renderer: &Renderer<'_>) -> Kind {
    let words = renderer.words();
    let label = words.text("asof.kind").to_owned();
    let entry = |milestone: &Milestone| Entry {
        path: milestone.date.text().to_owned(),
        label: brief(&renderer.typeset(&milestone.title)),
        beside: words::date::label(&milestone.date, words),
        also: vec![label.clone()],
    };
    let entries = renderer.dossier.milestones.iter().map(entry).collect();
    Kind { label: label.clone(), folder: format!("{}/", renderer.urls.paths().as_of), entries }
}

fn ordered(dossier: &Dossier, kind: Of) -> Vec<Ref> {
    let mut all: Vec<_> = dossier.all().filter(|of| of.kind() == Some(kind)).collect();
    all.sort_by_cached_key(|of| (Reverse(weight(dossier, *of)), Reverse(date(dossier, *of))));
    all
}

/// How much there is to read about it; nothing for what stands in the order of time.
fn weight(dossier: &Dossier, of: Ref) -> usize {
    match of {
        Ref::Actor(ix) => dossier[ix].said.len() + dossier[ix].about.len() + dossier[ix].sources.len(),
        Ref::Place(ix) => dossier[ix].about.len() + dossier[ix].events.len(),
        Ref::Question(ix) => dossier[ix].answers.len(),
        Ref::Event(_) | Ref::Source(_) | Ref::Claim(_) | Ref::Article(_) => 0,
    }
}

fn date(dossier: &Dossier, of: Ref) -> Option<sourcebook_core::model::date::Edtf> {
    let dated = match of {
        Ref::Event(ix) => Some(&dossier[ix].date),
        Ref::Source(ix) => dossier[ix].published.as_ref(),
        Ref::Claim(ix) => dossier[ix].said.as_ref(),
        Ref::Actor(_) | Ref::Place(_) | Ref::Question(_) | Ref::Article(_) => None,
    };
    dated.map(|d| d.date.clone())
}

fn entry(renderer: &Renderer<'_>, of: Ref) -> Entry {
    let kind = of.kind().map_or("article", Of::as_str);
    let mut entry = match of {
        Ref::Actor(ix) => actor(renderer, ix),
        Ref::Event(ix) => event(renderer, ix),
        Ref::Place(ix) => place(renderer, ix),
        Ref::Source(ix) => source(renderer, ix),
        Ref::Question(ix) => question(renderer, ix),
        Ref::Claim(ix) => claim(renderer, ix),
        Ref::Article(ix) => {
            let description = renderer.dossier[ix].description.iter().map(|d| d.to_string());
            Entry { also: description.collect(), ..Entry::default() }
        }
    };
    entry.also.push(renderer.words().text(&format!("kind.{kind}")).to_owned());
    entry.path = match of {
        Ref::Article(ix) => sourcebook_core::base::url::percent(&renderer.dossier[ix].url),
        _ => renderer.dossier.id(of).to_string(),
    };
    if entry.label.is_empty() {
        entry.label = brief(&renderer.typeset(renderer.dossier.label(of)));
    }
    entry
}

fn actor(renderer: &Renderer<'_>, ix: ActorIx) -> Entry {
    let actor = &renderer.dossier[ix];
    let role = actor.role.as_ref().map(|role| renderer.typeset(role).into_owned());
    let mut also: Vec<_> = actor.aliases.iter().map(|a| a.to_string()).collect();
    also.extend(role.clone());
    also.push(words::kinds::actor(actor.kind, renderer.words()).to_owned());
    also.extend(opening(renderer, actor.summary.as_ref()));
    Entry { beside: brief(&role.unwrap_or_default()), also, ..Entry::default() }
}

fn event(renderer: &Renderer<'_>, ix: EventIx) -> Entry {
    let event = &renderer.dossier[ix];
    let when = words::date::event(&event.date, renderer.words());
    let when = words::date::with_inference(when, &event.date, renderer.words());
    let also = opening(renderer, event.summary.as_ref()).into_iter().chain([when.clone()]).collect();
    Entry { beside: when, also, ..Entry::default() }
}

fn place(renderer: &Renderer<'_>, ix: PlaceIx) -> Entry {
    let place = &renderer.dossier[ix];
    let mut also: Vec<_> = place.aliases.iter().map(|a| a.to_string()).collect();
    also.extend(place.precision.map(|p| words::kinds::precision(p, renderer.words()).to_owned()));
    also.extend(opening(renderer, place.summary.as_ref()));
    Entry { also, ..Entry::default() }
}

fn source(renderer: &Renderer<'_>, ix: SourceIx) -> Entry {
    let source = &renderer.dossier[ix];
    let name = |author: &Author| renderer.author_name(author);
    let outlet = source.publisher.as_ref().map(name);
    let moment =
        |d: &Dated| words::date::with_inference(words::date::moment(&d.date, renderer.words()), d, renderer.words());
    let when = source.published.as_ref().map(moment);
    let mut also: Vec<_> = source.authors.iter().map(name).chain(outlet.clone()).collect();
    also.push(words::kinds::csl(&source.kind, renderer.words()).to_owned());
    also.extend(opening(renderer, source.summary.as_ref()));
    let mark = source.status.as_ref().filter(|status| status.is != SourceStanding::Current);
    let mark = mark.map(|status| words::kinds::unsound(status.is, renderer.words()).to_owned());
    let beside = outlet.into_iter().chain(when).chain(mark).collect::<Vec<_>>().join(", ");
    // A source's title is its own words, and stays as it is.
    Entry { label: brief(&source.title), beside, also, ..Entry::default() }
}

fn question(renderer: &Renderer<'_>, ix: QuestionIx) -> Entry {
    let question = &renderer.dossier[ix];
    // Whoever looks for a value looks for the question that it answers.
    let value = |(claim, n): &(ClaimIx, usize)| {
        let value = &renderer.dossier[*claim].answers[*n].value;
        words::answer::label(renderer.dossier, value, question, renderer.words()).to_string()
    };
    let values: BTreeSet<String> = question.answers.iter().map(value).collect();
    let also = opening(renderer, question.summary.as_ref()).into_iter().chain(values).collect();
    Entry { label: brief(&renderer.plain(&question.text)), also, ..Entry::default() }
}

fn claim(renderer: &Renderer<'_>, ix: ClaimIx) -> Entry {
    let claim = &renderer.dossier[ix];
    let names = claim.by.iter().filter(|_| !claim.is_silence()).flat_map(|actor| {
        let actor = &renderer.dossier[*actor];
        std::iter::once(&actor.name).chain(&actor.aliases).map(|name| name.to_string())
    });
    let speaker = Some(words::text::speaker_as(renderer.dossier, ix, renderer.words()));
    let when = words::text::when_told(renderer.dossier, ix, renderer.words());
    let also = names.chain(speaker.clone()).collect();
    let mark = words::standing::mark(renderer.dossier, ix, renderer.words());
    let beside = speaker.into_iter().chain(when).chain(mark).collect::<Vec<_>>().join(", ");
    Entry { label: brief(&renderer.plain(&claim.statement)), beside, also, ..Entry::default() }
}

/// The first sentence of a text.
fn opening(renderer: &Renderer<'_>, prose: Option<&Prose>) -> Option<String> {
    let text = renderer.plain(prose?);
    let end = [". ", "? ", "! ", "… "].iter().filter_map(|mark| text.find(mark)).min();
    Some(text[..end.unwrap_or(text.len())].to_owned())
}

fn brief(text: &str) -> String {
    cut(text, LONGEST)
}
