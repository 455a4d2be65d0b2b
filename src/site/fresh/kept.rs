//! What a build leaves for the next one to know, as bytes.
//!
//! Only the program that wrote it reads it (what it knows stands on the program), so its form may change at any time. A
//! file that is not whole is none: it ends in its own print.

use std::collections::BTreeMap;

use super::TABLES;
use sourcebook_core::base::reads::{Node, Print, Reads};

const HEAD: &[u8] = b"sourcebook reads 1\n";

/// What the last build knew.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub(super) ground: Print,
    pub(super) records: [Vec<Print>; TABLES],
    pub(super) lists: BTreeMap<Node, Print>,
    pub(super) made: BTreeMap<Node, Reads>,
    pub(super) pages: BTreeMap<u64, Reads>,
}

impl Known {
    /// As bytes, the same for the same.
    pub fn write(&self) -> Vec<u8> {
        let Self { ground, records, lists, made, pages } = self;
        let mut out = HEAD.to_vec();
        out.extend_from_slice(&ground.0);
        for table in records {
            number(&mut out, table.len());
            table.iter().for_each(|print| out.extend_from_slice(&print.0));
        }
        number(&mut out, lists.len());
        for (node, print) in lists {
            out.extend_from_slice(&node.raw().to_le_bytes());
            out.extend_from_slice(&print.0);
        }
        number(&mut out, made.len());
        for (node, reads) in made {
            out.extend_from_slice(&node.raw().to_le_bytes());
            bytes(&mut out, reads);
        }
        number(&mut out, pages.len());
        for (page, reads) in pages {
            out.extend_from_slice(&page.to_le_bytes());
            bytes(&mut out, reads);
        }
        let end = print_of(&out);
        out.extend_from_slice(&end.0);
        out
    }

    /// From bytes; `None` if this program did not write them, or not all of them are there.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (all, end) = bytes.split_at_checked(bytes.len().checked_sub(16)?)?;
        if print_of(all).0 != end {
            return None;
        }
        let mut rest = Rest(all.strip_prefix(HEAD)?);
        let mut known = Self { ground: rest.print()?, ..Self::default() };
        for table in &mut known.records {
            *table = (0..rest.number()?).map(|_| rest.print()).collect::<Option<_>>()?;
        }
        known.lists = (0..rest.number()?).map(|_| Some((rest.node()?, rest.print()?))).collect::<Option<_>>()?;
        known.made = (0..rest.number()?).map(|_| Some((rest.node()?, rest.reads()?))).collect::<Option<_>>()?;
        let page = |rest: &mut Rest<'_>| Some((u64::from_le_bytes(rest.take()?), rest.reads()?));
        known.pages = (0..rest.number()?).map(|_| page(&mut rest)).collect::<Option<_>>()?;
        rest.0.is_empty().then_some(known)
    }
}

fn print_of(bytes: &[u8]) -> Print {
    Print::of_bytes(bytes)
}

fn number(out: &mut Vec<u8>, number: usize) {
    out.extend_from_slice(&u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
}

fn bytes(out: &mut Vec<u8>, reads: &Reads) {
    number(out, reads.bytes().len());
    out.extend_from_slice(reads.bytes());
}

/// What is still to be read.
struct Rest<'b>(&'b [u8]);

impl Rest<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<usize> {
        self.take().map(|bytes| u32::from_le_bytes(bytes) as usize)
    }

    fn print(&mut self) -> Option<Print> {
        self.take().map(Print)
    }

    fn node(&mut self) -> Option<Node> {
        self.take().map(|bytes| Node::of_raw(u32::from_le_bytes(bytes)))
    }

    fn reads(&mut self) -> Option<Reads> {
        let length = self.number()?;
        let (own, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(Reads::of_bytes(own))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known {
        let reads = Reads::of_bytes(&[1, 2, 3]);
        Known {
            ground: Print([7; 16]),
            records: std::array::from_fn(|n| vec![Print([1; 16]); n]),
            lists: BTreeMap::from([(Node::new(9, 1), Print([2; 16]))]),
            made: BTreeMap::from([(Node::new(10, 1), reads.clone())]),
            pages: BTreeMap::from([(5, reads), (6, Reads::default())]),
        }
    }

    #[test]
    fn what_is_written_is_read() {
        for known in [Known::default(), known()] {
            assert_eq!(Known::read(&known.write()), Some(known));
        }
    }

    #[test]
    fn what_is_not_whole_is_none() {
        let bytes = known().write();
        for length in 0..bytes.len() {
            assert_eq!(Known::read(&bytes[..length]), None, "{length}");
        }
        for at in 0..bytes.len() {
            let mut other = bytes.clone();
            other[at] ^= 1;
            assert_eq!(Known::read(&other), None, "{at}");
        }
    }
}
