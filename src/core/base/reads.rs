//! What is read while a page is made, as it happens: the page stands for as long as nothing of it changed.
//!
//! 1. What can be read is a [`Node`]: a record, a whole table, what is made once and shown on many pages.
//! 2. Whoever hands one out says so ([`note`]), which costs a look at one flag while nobody listens.
//! 3. [`noted`] listens while something is made, in this thread, and gives back what was read. What is made inside of it by
//!    a [`noted`] of its own keeps its reads to itself: the outer one notes that it was asked for.
//!
//! Nothing is listed by hand: what cannot be reached without a note cannot be forgotten (`core/model/table`).

use std::cell::{Cell, RefCell};
use std::hash::Hasher;

/// Something that can be read: of which kind, and which of that kind; in four bytes, for there are millions of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node(u32);

/// How many kinds of nodes there can be.
pub const KINDS: usize = 32;

/// Bits for which of a kind: a hundred million.
const BITS: u32 = 27;

impl Node {
    /// A node of a kind, which is below [`KINDS`].
    pub const fn new(kind: u8, at: u32) -> Self {
        Self((kind as u32) << BITS | at & ((1 << BITS) - 1))
    }

    /// As a number, to be kept.
    pub const fn raw(self) -> u32 {
        self.0
    }

    /// From a number that was kept.
    pub const fn of_raw(raw: u32) -> Self {
        Self(raw)
    }

    /// Its kind.
    pub const fn kind(self) -> u8 {
        (self.0 >> BITS) as u8
    }

    /// Which of its kind.
    pub const fn at(self) -> usize {
        (self.0 & ((1 << BITS) - 1)) as usize
    }
}

/// What was read, in order, each once: as differences, for it is kept of every page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads(Box<[u8]>);

impl Reads {
    /// Of nodes in order.
    fn new(nodes: &[Node]) -> Self {
        let (mut bytes, mut last) = (Vec::with_capacity(nodes.len() * 2), 0);
        for Node(node) in nodes {
            let mut rest = node - last;
            last = *node;
            while rest > 0x7f {
                bytes.push(rest as u8 | 0x80);
                rest >>= 7;
            }
            bytes.push(rest as u8);
        }
        Self(bytes.into())
    }

    /// As bytes, to be kept.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// From bytes that were kept; whatever they are, they are some nodes.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(bytes.into())
    }

    /// The nodes, in order.
    pub fn iter(&self) -> impl Iterator<Item = Node> {
        let (mut bytes, mut last) = (self.0.iter(), 0_u32);
        std::iter::from_fn(move || {
            let (mut step, mut shift) = (0_u32, 0);
            loop {
                let byte = *bytes.next()?;
                step |= u32::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
                if byte & 0x80 == 0 {
                    break;
                }
                shift += 7;
            }
            last = last.wrapping_add(step);
            Some(Node(last))
        })
    }
}

/// What something is, in sixteen bytes: two that are alike are the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Print(pub [u8; 16]);

impl Print {
    /// Of what is hashed. (The bytes are gathered first: they are many and small.)
    pub fn of(hash: impl FnOnce(&mut Gathered)) -> Self {
        let mut gathered = GATHERED.take();
        gathered.0.clear();
        hash(&mut gathered);
        let print = Self::of_bytes(&gathered.0);
        GATHERED.set(gathered);
        print
    }

    /// Of bytes.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        let mut print = [0; 16];
        print.copy_from_slice(&blake3::hash(bytes).as_bytes()[..16]);
        Self(print)
    }
}

/// The bytes of what is hashed.
#[derive(Debug, Default)]
pub struct Gathered(Vec<u8>);

impl Hasher for Gathered {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        self.0.len() as u64
    }
}

thread_local! {
    static GATHERED: RefCell<Gathered> = RefCell::default();
    static LISTENS: Cell<bool> = const { Cell::new(false) };
    static LISTENER: RefCell<Listener> = RefCell::default();
}

#[derive(Default)]
struct Listener {
    found: Vec<Node>,
    /// The turn in which a node was noted last, so that it is kept once: by kind, then by which.
    seen: [Vec<u32>; KINDS],
    turn: u32,
    turns: u32,
}

impl Listener {
    fn add(&mut self, node: Node) {
        let at = node.at();
        let seen = &mut self.seen[usize::from(node.kind())];
        if at >= seen.len() {
            seen.resize((at + 1).next_power_of_two(), 0);
        }
        if seen[at] != self.turn {
            seen[at] = self.turn;
            self.found.push(node);
        }
    }

    /// Begins a list of its own; gives what to go back to.
    fn begin(&mut self) -> (Vec<Node>, u32) {
        self.turns += 1;
        (std::mem::take(&mut self.found), std::mem::replace(&mut self.turn, self.turns))
    }

    fn end(&mut self, (found, turn): (Vec<Node>, u32)) -> Reads {
        self.turn = turn;
        let mut own = std::mem::replace(&mut self.found, found);
        own.sort_unstable();
        own.dedup();
        Reads::new(&own)
    }
}

/// Notes that something is read, if anybody listens.
#[inline]
pub fn note(node: Node) {
    if LISTENS.get() {
        LISTENER.with_borrow_mut(|listener| listener.add(node));
    }
}

/// Whether anybody listens in this thread.
#[inline]
pub fn is_noted() -> bool {
    LISTENS.get()
}

/// Makes something and says what was read for it.
pub fn noted<T>(make: impl FnOnce() -> T) -> (T, Reads) {
    let listened = LISTENS.replace(true);
    let outer = LISTENER.with_borrow_mut(Listener::begin);
    let made = make();
    let reads = LISTENER.with_borrow_mut(|listener| listener.end(outer));
    LISTENS.set(listened);
    (made, reads)
}

/// Notes again what was read for something that was made before, for whoever uses it now.
pub fn note_again(reads: &Reads) {
    if is_noted() {
        reads.iter().for_each(note);
    }
}

/// Makes something of which it is known otherwise whether it changed: by what it is.
pub fn unnoted<T>(make: impl FnOnce() -> T) -> T {
    let listened = LISTENS.replace(false);
    let made = make();
    LISTENS.set(listened);
    made
}

/// Makes what depends on nothing but what it is kept by: reading anything for it would be a fault of ours.
pub fn pure<T>(make: impl FnOnce() -> T) -> T {
    if !cfg!(debug_assertions) || !is_noted() {
        return make();
    }
    let (made, reads) = noted(make);
    debug_assert_eq!(reads.iter().next(), None, "what is kept for all pages was made of what one of them reads");
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(at: u32) -> Node {
        Node::new(1, at)
    }

    fn list(reads: &Reads) -> Vec<Node> {
        reads.iter().collect()
    }

    #[test]
    fn what_is_kept_is_read_again() {
        let nodes =
            [Node::new(0, 0), Node::new(0, 127), Node::new(0, 128), Node::new(9, 5), Node::new(31, (1 << 27) - 1)];
        let kept = Reads::new(&nodes);
        assert_eq!(list(&Reads::of_bytes(kept.bytes())), nodes);
        assert_eq!((nodes[4].kind(), nodes[4].at()), (31, (1 << 27) - 1));
        // Bytes of nobody's are no panic.
        assert!(Reads::of_bytes(&[0xff; 40]).iter().count() <= 40);
    }

    #[test]
    fn what_is_read_is_noted_once_and_in_order() {
        let ((), reads) = noted(|| [3, 1, 3, 2].into_iter().for_each(|at| note(node(at))));
        assert_eq!(list(&reads), [1, 2, 3].map(node));
        assert!(!is_noted());
        note(node(4));
        assert_eq!(noted(|| ()).1, Reads::default());
    }

    #[test]
    fn what_is_made_inside_keeps_its_own() {
        let (inner, outer) = noted(|| {
            note(node(1));
            let ((), inner) = noted(|| [1, 2].into_iter().for_each(|at| note(node(at))));
            unnoted(|| note(node(9)));
            [1, 5].into_iter().for_each(|at| note(node(at)));
            inner
        });
        assert_eq!(list(&inner), [1, 2].map(node));
        assert_eq!(list(&outer), [1, 5].map(node));
    }
}
