//! The index of a kind of record.

use tera::Value;

use super::PageKind;
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use crate::render::object::Object;
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::model::kinds::Kind;
use sourcebook_core::model::{ActorIx, ClaimIx, Dossier, EventIx, PlaceIx, QuestionIx, Ref, SourceIx};

/// `/actors/` and its like
pub static KIND: PageKind = PageKind { name: "indexes", plan, render };

/// Rows on one page of an index.
const ROWS: usize = 500;

fn plan(planner: &mut Planner<'_>) {
    for kind in Kind::ALL {
        let count = count(planner.dossier, *kind);
        let folder = planner.urls.paths().of(*kind).clone();
        let origin = planner.parsed.config.paths.origin(kind.plural());
        planner.add_parts(&KIND, *kind as usize, &folder, count.div_ceil(ROWS), origin);
    }
}

fn count(dossier: &Dossier, kind: Kind) -> usize {
    match kind {
        Kind::Actor => dossier.actors.len(),
        Kind::Event => dossier.events.len(),
        Kind::Place => dossier.places.len(),
        Kind::Source => dossier.sources.len(),
        Kind::Question => dossier.questions.len(),
        Kind::Claim => dossier.claims.len(),
    }
}

/// All records of a kind, in the order of an index: by what a reader reads, not by ids; events and claims by time.
pub fn listed(dossier: &Dossier, kind: Kind) -> Vec<Ref> {
    let mut all: Vec<Ref> = (0..count(dossier, kind))
        .map(|i| match kind {
            Kind::Actor => ActorIx::at(i).into(),
            Kind::Event => EventIx::at(i).into(),
            Kind::Place => PlaceIx::at(i).into(),
            Kind::Source => SourceIx::at(i).into(),
            Kind::Question => QuestionIx::at(i).into(),
            Kind::Claim => ClaimIx::at(i).into(),
        })
        .collect();
    all.sort_by_cached_key(|of| {
        let date = match *of {
            Ref::Event(ix) => Some(&dossier[ix].date),
            Ref::Source(ix) => dossier[ix].published.as_ref(),
            Ref::Claim(ix) => dossier[ix].said.as_ref(),
            _ => None,
        };
        (date.map(|d| d.date.clone()), fold(dossier.label(*of)))
    });
    all
}

/// A label without accents and case, for sorting: « Écosse » stands before « Espagne ».
pub fn fold(label: &str) -> String {
    deunicode::deunicode(label).to_lowercase()
}

/// What a label stands under in an alphabet: « Écosse » under E, names that begin with a figure or a sign under #.
fn letter(label: &str) -> String {
    let first = fold(label).chars().find(|c| c.is_alphanumeric());
    first.filter(char::is_ascii_alphabetic).map_or_else(|| "#".to_owned(), |c| c.to_ascii_uppercase().to_string())
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let kind = Kind::ALL[route.subject as usize];
    let all = renderer.listed(kind);
    let start = route.part as usize * ROWS;
    let items: Vec<_> = all.iter().skip(start).take(ROWS).map(|of| item(renderer, *of)).collect();
    let mut page = renderer.page(route, None);
    let parts = page.parts(renderer.urls.paths().of(kind), all.len().div_ceil(ROWS), route.part as usize);
    page.set("items", items)
        .set("kind", kind.plural())
        .set("total", all.len())
        .set("parts", parts)
        .set("notes", Vec::<Value>::new());
    let name = kind.plural();
    page.head(name, name, renderer.words().text(&format!("nav.{name}")), None);
    page.finish("index.html", out)
}

fn item(renderer: &Renderer<'_>, of: Ref) -> Value {
    let dossier = renderer.dossier;
    let counts = match of {
        Ref::Actor(ix) => {
            let actor = &dossier[ix];
            Object::new()
                .set("said", actor.said.len())
                .set("about", actor.about.len())
                .set("events", actor.events.len())
        }
        Ref::Event(ix) => Object::new().set("about", dossier[ix].about.len()),
        Ref::Place(ix) => {
            let place = &dossier[ix];
            Object::new()
                .set("about", place.about.len())
                .set("events", place.events.len())
                .set("answers", place.answers.len())
        }
        Ref::Source(ix) => Object::new().set("claims", dossier[ix].distinct_claims().len()),
        Ref::Question(ix) => Object::new().set("answers", dossier[ix].answers.len()),
        Ref::Claim(_) | Ref::Article(_) => Object::new(),
    };
    renderer.row(of).set("counts", counts).set("letter", letter(dossier.label(of))).build()
}
