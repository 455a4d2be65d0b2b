//! A dossier of any size, always the same for the same size, to measure and to guard the output with.
//!
//! For a size N: N sources, N/5 actors, N/4 events, N/10 questions, N/100 places, 3N claims with evidence, answers,
//! relations and prose, and N/10 articles of ten citations each. Popularity is Zipf's: the first actor speaks in a tenth
//! of all claims, most in a handful. A record depends on its number and N alone, so nothing is held in memory.
//!
//! 1. [`records`]: what there is, without any syntax.
//! 2. [`dossier`] writes it as sheets and articles, [`hugo`] as the same site for Hugo.

pub(super) mod dossier;
pub(super) mod hugo;
pub(super) mod random;
pub(super) mod records;

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
}

impl Sizes {
    /// The corpus of size `n`; never without a record of some kind.
    pub(super) fn of(n: usize) -> Self {
        let part = |of: usize| (n / of).max(2);
        Self {
            sources: n.max(2),
            actors: part(5),
            events: part(4),
            places: part(100),
            questions: part(10),
            claims: 3 * n.max(2),
            articles: part(10),
        }
    }
}

/// Takes the files of a corpus as they are made: a path from the site's root and the text.
pub(super) type Sink<'s> = dyn FnMut(&str, String) + 's;
