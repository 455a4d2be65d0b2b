//! What an answer is, on a day: exactly one [`State`], its own and never made of a verdict on some pair.
//!
//! 1. A claim that no longer stands has *lapsed* ([`Lapse`]), and so have all its answers. Tried in this order: its
//!    `status` says so; another claim `supersedes` it, directly or through a chain; every text in which it is found was
//!    retracted.
//! 2. An answer whose claim stands is what its speaker does with it: a forecast, a denial, silence; else it is current.
//!
//! Settled here:
//! - **A claim is replaced as a whole.** What replaces it need not answer each of its questions: the answer is then shown
//!   as replaced by a claim that leaves this question open, and no page calls it current.
//! - **Replaced stays replaced**, also where what replaced it lapses in its turn: nobody has said the old words again.
//! - **Silence holds nothing**, of a choice either: who was asked and said neither has not answered with the negative.
//! - **Who said nothing gave no answer**: where all evidence of a claim is `speech: silence`, its answers are silence, also
//!   where the sheet says that they are asserted (rule `speech-differs` tells).
//! - **A denied choice is held**: who denies answers a choice with its negative (`docs/format.md`).
//! - **As of a day** a claim was there if it had surely been said, and had lapsed if it surely had: by the last day that
//!   the date may mean. A lapse without any date counts on every day, and is told as undated: that a claim once stood on
//!   some day cannot be said either.

use std::collections::BTreeSet;

use super::date::Day;
use super::kinds::SourceStanding;
use super::modality::{Modality, Standing};
use super::prose::Prose;
use super::value::Answer;
use super::{ClaimIx, Dated, Dossier, SourceIx};

/// What an answer is. In the order in which a question's page shows them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Its speaker holds it, and nothing says that it no longer stands.
    #[default]
    Current,
    /// Its speaker says that it will be so.
    Forecast,
    /// Its speaker says that it is not so.
    Denial,
    /// Its speaker neither confirms nor denies it.
    Silence,
    /// Another claim replaces its claim.
    Superseded,
    /// Its claim was corrected.
    Corrected,
    /// Its claim was withdrawn.
    Withdrawn,
    /// Every text in which its claim is found was retracted.
    Retracted,
}

/// Why a claim no longer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lapse {
    /// Another claim replaces it.
    Superseded,
    /// It was corrected.
    Corrected,
    /// It was withdrawn.
    Withdrawn,
    /// Every text in which it is found was retracted.
    Retracted,
}

/// How a claim ceased to stand.
#[derive(Clone, Debug, Hash)]
pub struct Lapsed<'d> {
    /// Why.
    pub how: Lapse,
    /// The claims that replace it directly, in the order of their ids; one of them may have been replaced in its turn.
    pub by: Vec<ClaimIx>,
    /// When, as far as the sheets say: the date of the status, or when what replaces it was said; of several texts, that of the one
    /// that was surely the last.
    pub on: Option<&'d Dated>,
    /// How many texts were retracted, where that is how.
    pub texts: usize,
    /// Why, in the curators' words.
    pub because: Option<&'d Prose>,
}

/// What became of the texts in which a claim is found, where they are not as they were published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Unsound {
    /// The text.
    pub source: SourceIx,
    /// What became of it.
    pub is: SourceStanding,
}

impl State {
    /// Every state, in the order of the documentation.
    pub const ALL: [Self; 8] = [
        Self::Current,
        Self::Forecast,
        Self::Denial,
        Self::Silence,
        Self::Superseded,
        Self::Corrected,
        Self::Withdrawn,
        Self::Retracted,
    ];

    /// The state of an answer of a claim that lapsed, or stands.
    pub fn of(lapse: Option<Lapse>, modality: Modality, value: &Answer) -> Self {
        match (lapse, modality) {
            (Some(lapse), _) => lapse.into(),
            (None, Modality::Forecasts) => Self::Forecast,
            (None, Modality::DeclinesToConfirm) => Self::Silence,
            (None, Modality::Denies) if !is_held_by_denying(value) => Self::Denial,
            (None, _) => Self::Current,
        }
    }

    /// Its name in templates, exports and messages: `superseded`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Forecast => "forecast",
            Self::Denial => "denial",
            Self::Silence => "silence",
            Self::Superseded => "superseded",
            Self::Corrected => "corrected",
            Self::Withdrawn => "withdrawn",
            Self::Retracted => "retracted",
        }
    }

    /// Why its claim no longer stands, if so.
    pub fn lapse(self) -> Option<Lapse> {
        match self {
            Self::Superseded => Some(Lapse::Superseded),
            Self::Corrected => Some(Lapse::Corrected),
            Self::Withdrawn => Some(Lapse::Withdrawn),
            Self::Retracted => Some(Lapse::Retracted),
            Self::Current | Self::Forecast | Self::Denial | Self::Silence => None,
        }
    }
}

/// Who denies answers a choice with its negative, and holds that; in words likewise.
fn is_held_by_denying(value: &Answer) -> bool {
    match value {
        Answer::Choice(_) | Answer::Choices(_) | Answer::Words(_) => true,
        Answer::Quantity(_) | Answer::Measured(_) | Answer::Date(_) | Answer::Period(_) | Answer::Place(..) => false,
    }
}

impl From<Lapse> for State {
    fn from(lapse: Lapse) -> Self {
        match lapse {
            Lapse::Superseded => Self::Superseded,
            Lapse::Corrected => Self::Corrected,
            Lapse::Withdrawn => Self::Withdrawn,
            Lapse::Retracted => Self::Retracted,
        }
    }
}

impl Lapse {
    /// Every way, in the order of the documentation.
    pub const ALL: [Self; 4] = [Self::Superseded, Self::Corrected, Self::Withdrawn, Self::Retracted];

    /// Its name in templates, exports and messages.
    pub fn as_str(self) -> &'static str {
        State::from(self).as_str()
    }
}

/// Whether something dated had surely come to pass by a day; on no day in particular, it has.
pub fn surely_by(date: Option<&Dated>, day: Option<Day>) -> bool {
    day.is_none_or(|day| date.and_then(|d| d.date.latest()).is_some_and(|last| last <= day))
}

/// Whether a claim had surely been said by a day.
pub fn is_given(dossier: &Dossier, ix: ClaimIx, day: Option<Day>) -> bool {
    surely_by(dossier[ix].said.as_ref(), day)
}

/// How a claim had ceased to stand by a day (`None`: by now), if it had.
pub fn lapsed(dossier: &Dossier, ix: ClaimIx, day: Option<Day>) -> Option<Lapsed<'_>> {
    let claim = &dossier[ix];
    let replaced = claim.back.superseded_by.iter().map(|relation| relation.claim);
    let mut by: Vec<ClaimIx> = replaced.filter(|other| is_given(dossier, *other, day)).collect();
    by.sort_unstable();
    by.dedup();
    let told = claim.status.as_deref().filter(|status| status.on.is_none() || surely_by(status.on.as_ref(), day));
    let how = match told.map(|status| status.is) {
        Some(Standing::Corrected) => Lapse::Corrected,
        Some(Standing::Withdrawn) => Lapse::Withdrawn,
        Some(Standing::Current) | None if !by.is_empty() => Lapse::Superseded,
        Some(Standing::Current) | None => return retracted(dossier, ix, day),
    };
    if how == Lapse::Superseded {
        let on = by.iter().filter_map(|other| dossier[*other].on.as_ref()).min_by_key(|on| on.date.sort_key());
        return Some(Lapsed { how, by, on, texts: 0, because: None });
    }
    let because = told.and_then(|status| status.because.as_ref());
    Some(Lapsed { how, by, on: told.and_then(|status| status.on.as_ref()), texts: 0, because })
}

/// Lapsed with all its texts; the last of them decides when.
fn retracted(dossier: &Dossier, ix: ClaimIx, day: Option<Day>) -> Option<Lapsed<'_>> {
    let sources: BTreeSet<_> = dossier[ix].evidence.iter().map(|evidence| evidence.source).collect();
    let gone = |source: &SourceIx| standing(dossier, *source, day) == SourceStanding::Retracted;
    if sources.is_empty() || !sources.iter().all(gone) {
        return None;
    }
    let dates: Option<Vec<_>> = sources.iter().map(|source| dossier[*source].status.as_ref()?.on.as_ref()).collect();
    let on = dates.and_then(|dates| surely_last(&dates));
    Some(Lapsed { how: Lapse::Retracted, by: Vec::new(), on, texts: sources.len(), because: None })
}

/// The date that none of the others may come after.
fn surely_last<'d>(dates: &[&'d Dated]) -> Option<&'d Dated> {
    let is_last = |last: &&&Dated| {
        let may_be_later = |other: &&Dated| {
            other.date != last.date && other.date.latest().is_none_or(|day| last.date.earliest() < Some(day))
        };
        !dates.iter().any(may_be_later)
    };
    dates.iter().find(is_last).copied()
}

/// What had become of a source by a day.
pub fn standing(dossier: &Dossier, source: SourceIx, day: Option<Day>) -> SourceStanding {
    let told = dossier[source].status.as_ref();
    let told = told.filter(|status| status.on.is_none() || surely_by(status.on.as_ref(), day));
    told.map_or(SourceStanding::Current, |status| status.is)
}

/// The first of a claim's texts that was retracted, else corrected, by a day.
pub fn unsound(dossier: &Dossier, ix: ClaimIx, day: Option<Day>) -> Option<Unsound> {
    let all = dossier[ix].evidence.iter().map(|e| Unsound { source: e.source, is: standing(dossier, e.source, day) });
    all.filter(|it| it.is != SourceStanding::Current).max_by_key(|it| (it.is, std::cmp::Reverse(it.source)))
}

/// The state on a day of an answer, by the number of the answer within its claim.
pub fn of_answer(dossier: &Dossier, (ix, n): (ClaimIx, usize), day: Option<Day>) -> State {
    let answer = &dossier[ix].answers[n];
    let modality = dossier[ix].modality_of(answer);
    State::of(lapsed(dossier, ix, day).map(|lapsed| lapsed.how), modality, &answer.value)
}
