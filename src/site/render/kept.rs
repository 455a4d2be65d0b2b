//! What is made once and shown on many pages, and what was read for it: whoever shows it has read that too, in turn.

use std::sync::OnceLock;

use super::Warm;
use sourcebook_core::base::reads::{Node, Reads, is_noted, note, noted};
use sourcebook_core::model::table::MADE;

/// The brief value of a record, by its table and its place there ([`of_record`]).
pub const BRIEF: u8 = MADE;
/// A claim's card.
pub const CARD: u8 = MADE + 1;
/// What JSON-LD tells of an actor wherever it is named.
pub const ACTOR_TAIL: u8 = MADE + 2;
/// The same of a source.
pub const SOURCE_TAIL: u8 = MADE + 3;
/// A source in the citation style.
pub const STYLED: u8 = MADE + 4;
/// What is made once of the whole dossier: the map of all places, the index of the search.
pub const OVERALL: u8 = MADE + 5;
/// What lies outside the dossier: nobody knows whether it changed.
pub const OUTSIDE: u8 = MADE + 6;

/// The places where maps look for their neighbours.
pub const NEAR: Node = Node::new(OVERALL, 0);
/// The index of the search.
pub const SEARCH: Node = Node::new(OVERALL, 1);

/// The node of what is kept for a record of any kind.
pub fn of_record(kind: u8, of: Node) -> Node {
    Node::new(kind, (of.at() as u32) << 3 | u32::from(of.kind()))
}

/// A value that is made when it is first asked for.
#[derive(Debug)]
pub struct Kept<T>(OnceLock<(T, Option<Reads>)>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

impl<T> Kept<T> {
    /// The value; that it was asked for is noted.
    pub fn get_or_make(&self, node: Node, make: impl FnOnce() -> T) -> &T {
        note(node);
        let make = || match is_noted() {
            true => {
                let (made, reads) = noted(make);
                (made, Some(reads))
            }
            false => (make(), None),
        };
        &self.0.get_or_init(make).0
    }

    /// What was read for it, if it was made while somebody listened.
    fn reads(&self) -> Option<&Reads> {
        self.0.get()?.1.as_ref()
    }
}

/// So many empty cells.
pub fn cells<T>(count: usize) -> Vec<Kept<T>> {
    (0..count).map(|_| Kept::default()).collect()
}

/// The cells that were filled, each as a node of a kind by its number.
pub fn filled<T>(kind: u8, cells: &[Kept<T>]) -> impl Iterator<Item = (Node, &Reads)> {
    let node = move |n: usize| Node::new(kind, u32::try_from(n).unwrap_or(u32::MAX));
    cells.iter().enumerate().filter_map(move |(n, cell)| Some((node(n), cell.reads()?)))
}

impl Warm {
    /// What was read for everything that was made so far while somebody listened.
    pub fn reads(&self) -> impl Iterator<Item = (Node, &Reads)> {
        let overall = [(NEAR, self.near.reads()), (SEARCH, self.search.reads())];
        let overall = overall.into_iter().filter_map(|(node, reads)| Some((node, reads?)));
        self.briefs.reads().chain(self.tails.reads()).chain(self.references.reads()).chain(overall)
    }
}
