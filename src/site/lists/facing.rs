//! Which texts, and which outlets, are set face to face: two that answer a common question.
//!
//! 1. Of each question, the texts in which its answers are found. 2. How many questions each two of them share. 3. Each
//!    text faces those with which it shares the most. So many pages grow with the texts, and not with their pairs.
//!
//! An outlet faces another where one of the two published several of these texts: of two with one text each, the texts
//! do.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use sourcebook_core::model::source::Author;
use sourcebook_core::model::{ActorIx, ClaimIx, Dossier, QuestionIx, Ref, SourceIx};

/// Of so many pairs, all have a page; beyond that each text faces only [`PARTNERS`].
pub const FEW: usize = 100;

/// Each faces at most so many others of its kind, but for those that choose it.
pub const PARTNERS: usize = 4;

/// Pairs of one kind, those with the most questions in common.
pub const PAIRS: usize = 1_000;

/// So many texts or outlets of a question are considered.
const OF_QUESTION: usize = 40;

/// A text or an outlet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// One text.
    Text(SourceIx),
    /// All that one publisher's texts say.
    Outlet(ActorIx),
}

/// Two that have a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pair {
    /// By their ids.
    pub sides: [Side; 2],
    /// How many questions both answer.
    pub common: usize,
}

/// All pairs of a dossier.
#[derive(Debug, Default, Hash)]
pub struct Facing {
    /// Texts before outlets, each by the ids of its sides.
    pub pairs: Vec<Pair>,
    /// Whether pairs with a common question have no page, there being too many.
    pub is_cut: bool,
}

impl Side {
    /// Its record.
    pub fn of(self) -> Ref {
        match self {
            Self::Text(ix) => ix.into(),
            Self::Outlet(ix) => ix.into(),
        }
    }

    /// Its texts from which claims are drawn.
    pub fn texts(self, dossier: &Dossier) -> Vec<SourceIx> {
        let mut texts = self.works(dossier);
        texts.retain(|text| !dossier[*text].claims.is_empty());
        texts
    }

    /// All its texts.
    pub fn works(self, dossier: &Dossier) -> Vec<SourceIx> {
        match self {
            Self::Text(ix) => vec![ix],
            Self::Outlet(ix) => {
                let is_published = |text: &SourceIx| dossier[*text].publisher == Some(Author::Actor(ix));
                dossier[ix].sources.iter().copied().filter(is_published).collect()
            }
        }
    }
}

/// The claims found in some texts, in the order of their ids.
pub fn claims_in(dossier: &Dossier, texts: &[SourceIx]) -> BTreeSet<ClaimIx> {
    texts.iter().flat_map(|text| dossier[*text].claims.iter().map(|(claim, _)| *claim)).collect()
}

/// The answers that some claims give: of each question, by their numbers among its answers.
pub fn answers_of(dossier: &Dossier, claims: &BTreeSet<ClaimIx>) -> BTreeMap<QuestionIx, Vec<usize>> {
    let mut all: BTreeMap<QuestionIx, Vec<usize>> = BTreeMap::new();
    for claim in claims {
        for (answer, number) in dossier[*claim].numbered() {
            all.entry(answer.question).or_default().push(number);
        }
    }
    all.values_mut().for_each(|numbers| numbers.sort_unstable());
    all
}

/// The texts that each actor published and from which claims are drawn.
fn published_by(dossier: &Dossier) -> BTreeMap<ActorIx, Vec<SourceIx>> {
    let mut all: BTreeMap<ActorIx, Vec<SourceIx>> = BTreeMap::new();
    for (i, source) in dossier.sources.iter().enumerate().filter(|(_, source)| !source.claims.is_empty()) {
        if let Some(Author::Actor(outlet)) = source.publisher {
            all.entry(outlet).or_default().push(SourceIx::at(i));
        }
    }
    all
}

impl Facing {
    /// All pairs of a dossier.
    pub fn of(dossier: &Dossier) -> Self {
        let several: BTreeSet<_> =
            published_by(dossier).into_iter().filter(|(_, texts)| texts.len() > 1).map(|(outlet, _)| outlet).collect();
        let outlet = |source: SourceIx| match dossier[source].publisher {
            Some(Author::Actor(outlet)) => Some(Side::Outlet(outlet)),
            Some(Author::Name(_)) | None => None,
        };
        let is_several = |side: &Side| matches!(side, Side::Outlet(outlet) if several.contains(outlet));
        let texts = Self::among(dossier, |source| Some(Side::Text(source)), |_| true);
        let outlets = Self::among(dossier, outlet, |sides| sides.iter().any(is_several));
        let is_cut = texts.is_cut || outlets.is_cut;
        Self { pairs: texts.pairs.into_iter().chain(outlets.pairs).collect(), is_cut }
    }

    /// The pairs with a side.
    pub fn with(&self, side: Side) -> impl Iterator<Item = (usize, &Pair)> {
        self.pairs.iter().enumerate().filter(move |(_, pair)| pair.sides.contains(&side))
    }

    fn among(dossier: &Dossier, side: impl Fn(SourceIx) -> Option<Side>, wanted: impl Fn([Side; 2]) -> bool) -> Self {
        let mut is_cut = false;
        let mut common: BTreeMap<[Side; 2], usize> = BTreeMap::new();
        for question in &dossier.questions {
            let sources = question.answers.iter().flat_map(|(claim, _)| &dossier[*claim].evidence).map(|e| e.source);
            let mut sides: Vec<_> = sources.filter_map(&side).collect::<BTreeSet<_>>().into_iter().collect();
            is_cut |= sides.len() > OF_QUESTION;
            sides.truncate(OF_QUESTION);
            for (i, first) in sides.iter().enumerate() {
                for second in sides[i + 1..].iter().filter(|second| wanted([*first, **second])) {
                    *common.entry([*first, *second]).or_default() += 1;
                }
            }
        }
        let mut ranked: Vec<_> = common.into_iter().map(|(sides, common)| Pair { sides, common }).collect();
        ranked.sort_by_key(|pair| (Reverse(pair.common), pair.sides));
        let mut chosen: BTreeMap<Side, usize> = BTreeMap::new();
        let before = ranked.len();
        ranked.retain(|pair| {
            let room = pair.sides.iter().any(|side| chosen.get(side).is_none_or(|n| *n < PARTNERS));
            pair.sides.iter().for_each(|side| *chosen.entry(*side).or_default() += 1);
            room || before <= FEW
        });
        ranked.truncate(PAIRS);
        is_cut |= ranked.len() < before;
        ranked.sort_by_key(|pair| pair.sides);
        Self { pairs: ranked, is_cut }
    }
}
