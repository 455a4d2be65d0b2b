//! What several pages show a part of, each list made once and in one order.

pub mod disagreements;
pub mod facing;
pub mod index;
pub mod reading;
pub mod standing;
pub mod timeline;

use std::collections::HashMap;
use std::sync::OnceLock;

use disagreements::Disagreements;
use facing::Facing;
use sourcebook_core::model::kinds::{ByKind, Kind};
use sourcebook_core::model::{ArticleIx, Dossier, Ref};
use timeline::View;

/// The lists of a dossier, each made when it is first asked for.
#[derive(Default)]
pub struct Lists {
    timelines: timeline::ByView<OnceLock<Vec<timeline::Entry>>>,
    indexes: ByKind<OnceLock<Vec<Ref>>>,
    reading: OnceLock<Vec<ArticleIx>>,
    places: OnceLock<HashMap<ArticleIx, usize>>,
    disagreements: OnceLock<Disagreements>,
    facing: OnceLock<Facing>,
}

impl Lists {
    /// The entries of a view of the chronology.
    pub fn timeline(&self, dossier: &Dossier, view: View) -> &[timeline::Entry] {
        self.timelines[view].get_or_init(|| timeline::entries(dossier, view))
    }

    /// All records of a kind, in the order of its index.
    pub fn index(&self, dossier: &Dossier, kind: Kind) -> &[Ref] {
        self.indexes[kind].get_or_init(|| index::listed(dossier, kind))
    }

    /// Articles in the order in which they are to be read.
    pub fn reading_order(&self, dossier: &Dossier) -> &[ArticleIx] {
        self.reading.get_or_init(|| reading::reading_order(dossier))
    }

    /// The place of an article in [`Self::reading_order`].
    pub fn place_in_order(&self, dossier: &Dossier, ix: ArticleIx) -> Option<usize> {
        let places = || self.reading_order(dossier).iter().enumerate().map(|(place, ix)| (*ix, place)).collect();
        self.places.get_or_init(places).get(&ix).copied()
    }

    /// What disagrees.
    pub fn disagreements(&self, dossier: &Dossier) -> &Disagreements {
        self.disagreements.get_or_init(|| Disagreements::of(dossier))
    }

    /// Which texts and outlets are set face to face.
    pub fn facing(&self, dossier: &Dossier) -> &Facing {
        self.facing.get_or_init(|| Facing::of(dossier))
    }
}
