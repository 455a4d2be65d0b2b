//! A dossier of any size, always the same for the same size, to measure and to guard the output with.
//!
//! For a size N: N sources, N/5 actors, N/4 events, N/10 questions, N/100 places, 3N claims with evidence, answers,
//! relations and prose, and N/10 articles of ten citations each. Popularity is Zipf's: the first actor speaks in a tenth
//! of all claims, most in a handful. A record depends on its number, N and the shape alone, so nothing is held in memory.
//! Two other shapes ([`Shape`]) are as large.
//!
//! 1. [`records`]: what there is, without any syntax.
//! 2. [`dossier`] writes it as sheets and articles, [`hugo`] as the same site for Hugo.

pub(super) mod dossier;
pub(super) mod hugo;
pub(super) mod random;
pub(super) mod records;

/// How the records of a corpus hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Popularity is Zipf's, and sheets hold one kind of record.
    Popular,
    /// One record is as popular as the next, a source and its claims have a sheet to themselves, and every claim has a long
    /// note.
    Even,
    /// Every claim answers one of eight questions.
    Few,
}

impl Shape {
    /// Every shape.
    pub(crate) const ALL: [Self; 3] = [Self::Popular, Self::Even, Self::Few];

    /// What it is called on the command line and in tables.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Popular => "popular",
            Self::Even => "even",
            Self::Few => "few",
        }
    }
}

/// How many records of each kind a corpus has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    /// Cited works: N itself.
    pub sources: usize,
    /// Speakers and the like.
    pub actors: usize,
    /// What happened.
    pub events: usize,
    /// Where.
    pub places: usize,
    /// What claims answer.
    pub questions: usize,
    /// Who said what.
    pub claims: usize,
    /// Articles.
    pub articles: usize,
    /// How they hang together.
    pub(crate) shape: Shape,
}

impl Sizes {
    /// The corpus of size `n`; never without a record of some kind.
    pub(super) fn of(n: usize, shape: Shape) -> Self {
        let part = |of: usize| (n / of).max(2);
        Self {
            sources: n.max(2),
            actors: part(5),
            events: part(4),
            places: part(100),
            questions: if shape == Shape::Few { 8 } else { part(10) },
            claims: 3 * n.max(2),
            articles: part(10),
            shape,
        }
    }
}

/// Takes the files of a corpus as they are made: a path from the site's root and the text.
pub(super) type Sink<'s> = dyn FnMut(&str, String) + 's;
