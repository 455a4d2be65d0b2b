//! How much a reader of captures may do: a file from the web is an enemy.

use super::why::Why;

/// The limits within which every reader works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of readable text.
    pub text: usize,
    /// Bytes that come out of all packers together.
    pub unpacked: u64,
    /// Entries of an archive.
    pub entries: usize,
    /// Containers in one another.
    pub depth: usize,
    /// Pages of a document.
    pub pages: usize,
    /// Steps of work that grow faster than the file could.
    pub steps: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { text: 256 << 20, unpacked: 1 << 30, entries: 100_000, depth: 4, pages: 50_000, steps: 1 << 27 }
    }
}

/// Counts against one of the [`Bounds`].
#[derive(Clone, Copy, Debug)]
pub struct Meter {
    what: &'static str,
    bound: &'static str,
    left: u64,
}

impl Meter {
    /// For a kind of capture (a [`Reader`](super::Reader)'s name), so many of what `bound` names.
    pub fn new(what: &'static str, bound: &'static str, most: u64) -> Self {
        Self { what, bound, left: most }
    }

    /// Takes `count` of what is left.
    ///
    /// # Errors
    /// So many are not left.
    pub fn take(&mut self, count: u64) -> Result<(), Why> {
        match self.left.checked_sub(count) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(Why::Bound { what: self.what, bound: self.bound }),
        }
    }

    /// How many are left.
    pub fn left(&self) -> u64 {
        self.left
    }
}
