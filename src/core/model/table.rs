//! The tables of a dossier: who reads a record of one, or all of it, is noted ([`crate::base::reads`]).

use std::ops::{Deref, DerefMut};

use crate::base::reads::{KINDS, Node, note};

/// The kind of node of whole tables, each by the number of its records' kind of node.
pub const WHOLE: u8 = 8;

/// The kind of node of lists of records, which are known by who stands in them.
pub const LIST: u8 = WHOLE + 1;

/// Nodes of this kind and those above are made of others.
pub const MADE: u8 = LIST + 1;

const _: () = assert!((MADE as usize) < KINDS);

/// What stands in a table.
pub trait Row {
    /// The kind of node of its records, below [`WHOLE`].
    const NODE: u8;
}

/// Records in the order of their ids. One is read by its index, through the dossier; whoever takes a look at the table itself
/// has read all of it.
#[derive(Debug)]
pub struct Table<R>(Vec<R>);

impl<R> Default for Table<R> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<R> From<Vec<R>> for Table<R> {
    fn from(records: Vec<R>) -> Self {
        Self(records)
    }
}

impl<R: Row> Table<R> {
    /// The record at a position, of which it is noted that it was read.
    pub(super) fn read(&self, position: usize) -> &R {
        note(Node::new(R::NODE, u32::try_from(position).unwrap_or(u32::MAX)));
        &self.0[position]
    }

    /// How many records there are: that is the same as long as all ids are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// All records, for whoever says of each what it is.
    pub fn unnoted(&self) -> &[R] {
        &self.0
    }
}

impl<R: Row> Deref for Table<R> {
    type Target = Vec<R>;

    fn deref(&self) -> &Vec<R> {
        note(Node::new(WHOLE, u32::from(R::NODE)));
        &self.0
    }
}

impl<R: Row> DerefMut for Table<R> {
    fn deref_mut(&mut self) -> &mut Vec<R> {
        &mut self.0
    }
}

impl<'t, R: Row> IntoIterator for &'t Table<R> {
    type Item = &'t R;
    type IntoIter = std::slice::Iter<'t, R>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'t, R: Row> IntoIterator for &'t mut Table<R> {
    type Item = &'t mut R;
    type IntoIter = std::slice::IterMut<'t, R>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}
