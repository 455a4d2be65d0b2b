//! The index of a kind of record.

use tera::Value;

use super::facets::Facets;
use super::{PageKind, Role, compare, matrix};
use crate::lists::index::fold;
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use crate::render::object::Object;
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::model::Ref;
use sourcebook_core::model::kinds::Kind;

/// `/actors/` and its like
pub(super) static KIND: PageKind = PageKind { name: "indexes", role: Role::List, plan, render };

/// Rows on one page of an index.
const ROWS: usize = 500;

fn plan(planner: &mut Planner<'_>) {
    for (number, kind) in Kind::ALL.iter().enumerate() {
        let count = planner.dossier.count(*kind);
        let folder = planner.urls.paths().of(*kind).clone();
        let origin = planner.parsed.config.paths.origin(kind.plural());
        planner.add_parts(number, &folder, count.div_ceil(ROWS), origin);
    }
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
    let shown = &all[start.min(all.len())..(start + ROWS).min(all.len())];
    let facets = Facets::of(renderer, shown);
    let row = |(n, of): (usize, &Ref)| item(renderer, *of).set("facets", facets.of_row(n)).build();
    let items: Vec<_> = shown.iter().enumerate().map(row).collect();
    let mut page = renderer.page(route, None);
    let parts = page.parts(renderer.urls.paths().of(kind), all.len().div_ceil(ROWS), route.part as usize);
    page.set("items", items)
        .set("facets", facets.choices(renderer))
        .set("kind", kind.plural())
        .set("total", all.len())
        .set("parts", parts)
        .set("notes", Vec::<Value>::new());
    if kind == Kind::Source && route.part == 0 {
        page.set("matrix", matrix::matrix(renderer)).set("choice", compare::choice(renderer));
    }
    let name = kind.plural();
    page.head(name, name, renderer.words().text(&format!("nav.{name}")), None);
    page.finish("index.html", out)
}

fn item(renderer: &Renderer<'_>, of: Ref) -> Object {
    let dossier = renderer.dossier;
    let counts = match of {
        Ref::Actor(ix) => {
            let actor = &dossier[ix];
            Object::new()
                .set("said", actor.said.len())
                .set("about", actor.about.iter().filter(|claim| !actor.said.contains(claim)).count())
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
    let tally = match of {
        Ref::Question(ix) => super::disagreements::tally(renderer, ix),
        Ref::Actor(_) | Ref::Event(_) | Ref::Place(_) | Ref::Source(_) | Ref::Claim(_) | Ref::Article(_) => None,
    };
    renderer.row(of).set("counts", counts).set("tally", tally).set("letter", letter(dossier.label(of)))
}
