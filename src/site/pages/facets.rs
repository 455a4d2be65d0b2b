//! By what the rows of an index can be chosen: who speaks, in which text, on which question, in which state.
//!
//! A row stands for claims: a claim for itself, a question for its answers', a text for what is found in it, an actor for what
//! it said, an event or a place for what is said of it. A facet that tells no two rows apart is left out; so is one of more
//! than [`MOST`] names, which no list of choices serves: there the box for words does.

use tera::Value;

use crate::render::Renderer;
use crate::render::figures;
use crate::render::object::ToValue;
use sourcebook_core::base::json::Json;
use sourcebook_core::model::state::lapsed;
use sourcebook_core::model::{ClaimIx, Dossier, Ref};
use sourcebook_core::words;

/// Names in one list of choices.
const MOST: usize = 200;

/// Claims of one row that are looked at.
const CLAIMS: usize = 500;

/// The names of a facet, in the order in which rows first have them, and those of each row by their places.
struct Facet {
    key: &'static str,
    names: Vec<String>,
    rows: Vec<Vec<usize>>,
}

/// What the rows of a page can be chosen by: `label`, `names` and of each row the places of its names.
pub(super) struct Facets(Vec<Facet>);

impl Facets {
    /// Of the rows of one page.
    pub(super) fn of(renderer: &Renderer<'_>, rows: &[Ref]) -> Self {
        let claims: Vec<Vec<ClaimIx>> = rows.iter().map(|of| claims_of(renderer.dossier, *of)).collect();
        let facet = |(key, names): &(&'static str, Names)| {
            let mut facet = Facet { key, names: Vec::new(), rows: Vec::with_capacity(rows.len()) };
            for (of, claims) in rows.iter().zip(&claims) {
                // One with so many is left out: its names need not be told apart any further.
                if facet.names.len() > MOST {
                    break;
                }
                let mut places = Vec::new();
                for name in names(renderer, *of, claims) {
                    let place = facet.names.iter().position(|known| *known == name).unwrap_or(facet.names.len());
                    if place == facet.names.len() {
                        facet.names.push(name);
                    }
                    if !places.contains(&place) {
                        places.push(place);
                    }
                }
                facet.rows.push(places);
            }
            facet
        };
        let all = FACETS.iter().map(facet);
        Self(all.filter(|facet| facet.names.len() <= MOST && facet.tells_apart()).collect())
    }

    /// The choices, as JSON for the script: `[["Text", ["A", "B"]]…]`. Nothing where there are none.
    pub(super) fn choices(&self, renderer: &Renderer<'_>) -> Option<String> {
        let mut out = String::new();
        Json::new(&mut out).array(|json| {
            for facet in &self.0 {
                json.array(|json| {
                    json.string(renderer.words().text(facet.key));
                    json.array(|json| {
                        for name in &facet.names {
                            json.string(name);
                        }
                    });
                });
            }
        });
        (!self.0.is_empty()).then_some(out)
    }

    /// The places of a row's names, facet by facet: `0 2;;1`.
    pub(super) fn of_row(&self, row: usize) -> Option<Value> {
        let places = |facet: &Facet| facet.rows[row].iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        (!self.0.is_empty()).then(|| self.0.iter().map(places).collect::<Vec<_>>().join(";").to_value())
    }
}

impl Facet {
    /// Whether some row has a name that another has not.
    fn tells_apart(&self) -> bool {
        self.names.len() > 1 || self.rows.iter().any(Vec::is_empty) && self.names.len() == 1
    }
}

type Names = fn(&Renderer<'_>, Ref, &[ClaimIx]) -> Vec<String>;

const FACETS: &[(&str, Names)] =
    &[("table.speaker", speakers), ("facet.text", texts), ("table.question", questions), ("facet.state", states)];

fn claims_of(dossier: &Dossier, of: Ref) -> Vec<ClaimIx> {
    let mut claims: Vec<ClaimIx> = match of {
        Ref::Claim(ix) => vec![ix],
        Ref::Question(ix) => dossier[ix].answers.iter().map(|(claim, _)| *claim).collect(),
        Ref::Source(ix) => dossier[ix].distinct_claims().into_iter().map(|(claim, _)| claim).collect(),
        Ref::Actor(ix) => dossier[ix].said.clone(),
        Ref::Event(ix) => dossier[ix].about.clone(),
        Ref::Place(ix) => dossier[ix].about.clone(),
        Ref::Article(_) => Vec::new(),
    };
    claims.truncate(CLAIMS);
    claims
}

/// Who speaks, claim by claim; of an actor it would be the row itself.
fn speakers(renderer: &Renderer<'_>, of: Ref, claims: &[ClaimIx]) -> Vec<String> {
    if matches!(of, Ref::Actor(_)) {
        return Vec::new();
    }
    claims.iter().map(|ix| figures::speaker(renderer, *ix)).collect()
}

fn texts(renderer: &Renderer<'_>, of: Ref, claims: &[ClaimIx]) -> Vec<String> {
    if matches!(of, Ref::Source(_)) {
        return Vec::new();
    }
    let dossier = renderer.dossier;
    let sources = claims.iter().flat_map(|ix| dossier[*ix].evidence.iter().map(|evidence| evidence.source));
    sources.map(|source| renderer.typeset(dossier.label(source.into())).into_owned()).collect()
}

fn questions(renderer: &Renderer<'_>, of: Ref, claims: &[ClaimIx]) -> Vec<String> {
    if matches!(of, Ref::Question(_)) {
        return Vec::new();
    }
    let dossier = renderer.dossier;
    let asked = claims.iter().flat_map(|ix| dossier[*ix].answers.iter().map(|answer| answer.question));
    asked.map(|question| renderer.typeset(dossier.label(question.into())).into_owned()).collect()
}

/// Of a question how the editors see it; of all whether a claim is contested, or no longer stands.
fn states(renderer: &Renderer<'_>, of: Ref, claims: &[ClaimIx]) -> Vec<String> {
    let (dossier, words) = (renderer.dossier, renderer.words());
    if let Ref::Question(ix) = of {
        let seen = dossier[ix].assessment.as_ref().map(|assessment| words::kinds::settled(assessment.status, words));
        return seen.into_iter().map(str::to_owned).collect();
    }
    let state = |ix: &ClaimIx| match lapsed(dossier, *ix, None) {
        Some(lapsed) => Some(words::kinds::state(lapsed.how.into(), words).to_owned()),
        None => dossier[*ix].contested.then(|| words.text("claim.contested").to_owned()),
    };
    claims.iter().filter_map(state).collect()
}
