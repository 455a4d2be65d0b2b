//! What several pages show a part of, each list made once and in one order.
//!
//! A page that shows a part of a list depends on who stands in it, not on all that was read to sort it: a list is noted by
//! itself ([`note`]), and known by its [`Lists::print`].

pub mod disagreements;
pub mod facing;
pub mod index;
pub mod reading;
pub mod sections;
pub mod standing;
pub mod timeline;

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::OnceLock;

use disagreements::Disagreements;
use facing::Facing;
use sourcebook_core::base::reads::{Node, Print, note, unnoted};
use sourcebook_core::model::kinds::{ByKind, Kind};
use sourcebook_core::model::table::LIST;
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
    ranks: OnceLock<Vec<u32>>,
}

/// Which list.
#[derive(Clone, Copy)]
enum Which {
    Timeline(View),
    Index(Kind),
    Reading,
    Disagreements,
    Facing,
    Ranks,
}

impl Which {
    /// Every list, in the order of their nodes.
    fn all() -> impl Iterator<Item = Self> {
        let views = View::ALL.iter().map(|view| Self::Timeline(*view));
        let kinds = Kind::ALL.iter().map(|kind| Self::Index(*kind));
        [Self::Reading, Self::Disagreements, Self::Facing, Self::Ranks].into_iter().chain(views).chain(kinds)
    }

    fn node(self) -> Node {
        let number = match self {
            Self::Reading => 0,
            Self::Disagreements => 1,
            Self::Facing => 2,
            Self::Ranks => 3,
            Self::Timeline(view) => 4 + view as u32,
            Self::Index(kind) => 4 + View::ALL.len() as u32 + kind as u32,
        };
        Node::new(LIST, number)
    }
}

/// What is noted of a list and made, by itself, of all that it must know.
fn list<T>(which: Which, cell: &OnceLock<T>, make: impl FnOnce() -> T) -> &T {
    note(which.node());
    cell.get_or_init(|| unnoted(make))
}

impl Lists {
    /// The entries of a view of the chronology.
    pub fn timeline(&self, dossier: &Dossier, view: View) -> &[timeline::Entry] {
        list::<Vec<_>>(Which::Timeline(view), &self.timelines[view], || timeline::entries(dossier, view))
    }

    /// All records of a kind, in the order of its index.
    pub fn index(&self, dossier: &Dossier, kind: Kind) -> &[Ref] {
        list::<Vec<_>>(Which::Index(kind), &self.indexes[kind], || index::listed(dossier, kind))
    }

    /// Articles in the order in which they are to be read.
    pub fn reading_order(&self, dossier: &Dossier) -> &[ArticleIx] {
        list::<Vec<_>>(Which::Reading, &self.reading, || reading::reading_order(dossier))
    }

    /// The place of an article in [`Self::reading_order`].
    pub fn place_in_order(&self, dossier: &Dossier, ix: ArticleIx) -> Option<usize> {
        let order = self.reading_order(dossier);
        let places = || order.iter().enumerate().map(|(place, ix)| (*ix, place)).collect();
        self.places.get_or_init(places).get(&ix).copied()
    }

    /// What disagrees.
    pub fn disagreements(&self, dossier: &Dossier) -> &Disagreements {
        list(Which::Disagreements, &self.disagreements, || Disagreements::of(dossier))
    }

    /// The nodes of all lists.
    pub fn nodes() -> impl Iterator<Item = Node> {
        Which::all().map(Which::node)
    }

    /// What a list is now, by its node; `None` for no node of a list.
    pub fn print(&self, dossier: &Dossier, node: Node) -> Option<Print> {
        let which = Which::all().find(|which| which.node() == node)?;
        Some(Print::of(|state| match which {
            Which::Timeline(view) => self.timeline(dossier, view).hash(state),
            Which::Index(kind) => self.index(dossier, kind).hash(state),
            Which::Reading => self.reading_order(dossier).hash(state),
            Which::Disagreements => self.disagreements(dossier).hash(state),
            Which::Facing => self.facing(dossier).hash(state),
            Which::Ranks => self.ranks(dossier).hash(state),
        }))
    }

    /// The place of each question among all, by [`disagreements::rank`], which looks at all their answers.
    pub fn ranks(&self, dossier: &Dossier) -> &[u32] {
        list::<Vec<_>>(Which::Ranks, &self.ranks, || disagreements::ranks(dossier))
    }

    /// Which texts and outlets are set face to face.
    pub fn facing(&self, dossier: &Dossier) -> &Facing {
        list(Which::Facing, &self.facing, || Facing::of(dossier))
    }
}
