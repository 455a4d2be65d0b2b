//! `@string`s: words that stand for texts.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::entry::{Entry, Piece};

/// What one value may come to.
const LONGEST: usize = 1 << 20;

/// What all words of a file, and all that entries take from others, may come to, beyond what is typed in it.
const MOST: usize = 1 << 24;

/// What is left of it.
#[derive(Clone, Debug)]
pub(super) struct Budget(Cell<usize>);

impl Budget {
    /// Whether so many bytes more may be written.
    pub(super) fn spend(&self, bytes: usize) -> bool {
        let left = self.0.get();
        self.0.set(left.saturating_sub(bytes));
        left >= bytes
    }
}

/// Texts by word, in lower case.
pub(super) struct Strings {
    known: BTreeMap<String, String>,
    budget: Budget,
}

impl Strings {
    /// None, for a file of that length.
    pub(super) fn new(length: usize) -> Self {
        Self { known: BTreeMap::new(), budget: Budget(Cell::new(MOST + 4 * length)) }
    }

    /// What a `@string` defines; it may use those above it.
    pub(super) fn define(&mut self, entry: &Entry<'_>) {
        for field in &entry.fields {
            let text = self.written(&field.pieces, &mut |_| {});
            self.known.insert(field.name.clone(), text);
        }
    }

    /// A value; `unknown` is told of words that nothing defines.
    pub(super) fn written(&self, pieces: &[Piece<'_>], unknown: &mut dyn FnMut(&Piece<'_>)) -> String {
        let mut out = String::new();
        for piece in pieces {
            match self.known.get(&piece.text.to_lowercase()).filter(|_| piece.is_word) {
                Some(text) if out.len() + text.len() < LONGEST && self.budget.spend(text.len()) => out.push_str(text),
                Some(_) => {}
                None => {
                    if piece.is_word {
                        unknown(piece);
                    }
                    out.push_str(piece.text);
                }
            }
        }
        out
    }

    /// What may still be written.
    pub(super) fn budget(&self) -> &Budget {
        &self.budget
    }
}
