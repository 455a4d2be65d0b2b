//! What became of claims and of the texts in which they are found, in sentences and in marks.

use std::collections::BTreeSet;

use super::messages::Messages;
use super::piece::{self, Piece};
use super::{date, kinds, list, number, text, typography};
use crate::model::date::Day;
use crate::model::kinds::SourceStanding;
use crate::model::state::{self, Lapsed};
use crate::model::{ClaimIx, Dated, Dossier, SourceIx};

/// How a claim ceased to stand, in a sentence: since when, and what replaces it, with a link.
pub fn lapse(dossier: &Dossier, lapsed: &Lapsed<'_>, messages: &Messages) -> Vec<Piece> {
    let form = match (lapsed.by.is_empty(), lapsed.on.is_none()) {
        (true, true) if lapsed.texts > 1 => "all",
        (true, false) if lapsed.texts > 1 => "all_on",
        (true, true) => "plain",
        (true, false) => "on",
        (false, true) => "by",
        (false, false) => "by_on",
    };
    let other = |ix: &ClaimIx| {
        let said = text::statement(dossier, &dossier[*ix], messages);
        piece::link(*ix, said.trim_end_matches('.'))
    };
    let others: Vec<_> = lapsed.by.iter().map(other).collect();
    let date = lapsed.on.map(|on| on_day(on, messages)).unwrap_or_default();
    let values: [(&str, &[Piece]); 2] = [("other", &piece::list(&others, messages)), ("date", &piece::text(date))];
    piece::fill(messages, &format!("lapse.{}.{form}", lapsed.how.as_str()), &values)
}

/// What became of a text since it was published, in a sentence.
pub fn unsound(dossier: &Dossier, ix: SourceIx, messages: &Messages) -> Option<String> {
    let status = dossier[ix].status.as_ref().filter(|status| status.is != SourceStanding::Current)?;
    let key = |form: &str| format!("unsound.{}.{form}", status.is.as_str());
    Some(match &status.on {
        Some(on) => messages.fill(&key("on"), &[("date", &on_day(on, messages))]),
        None => messages.text(&key("plain")).to_owned(),
    })
}

/// That a claim no longer stands, or that its text does not: nobody should take a note's words for what is still said.
pub(super) fn standing(dossier: &Dossier, ix: ClaimIx, messages: &Messages) -> Option<Vec<Piece>> {
    if let Some(lapsed) = state::lapsed(dossier, ix, None) {
        return Some(lapse(dossier, &lapsed, messages));
    }
    let texts = Texts::of(dossier, ix, None)?;
    if texts.all == 1 {
        return unsound(dossier, texts.unsound[0], messages).map(piece::text);
    }
    let each: Vec<_> = texts.unsound.iter().filter_map(|text| which_unsound(dossier, *text, messages)).collect();
    Some(piece::join(&each, " "))
}

/// Which of several texts it is that was corrected or retracted: behind the last of them it would be taken for that one.
fn which_unsound(dossier: &Dossier, ix: SourceIx, messages: &Messages) -> Option<Vec<Piece>> {
    let status = dossier[ix].status.as_ref().filter(|status| status.is != SourceStanding::Current)?;
    let form = if status.on.is_some() { "which_on" } else { "which_plain" };
    let date = status.on.as_ref().map(|on| on_day(on, messages)).unwrap_or_default();
    let work = piece::link(ix, typeset(&dossier[ix].title, messages));
    let values: [(&str, &[Piece]); 2] = [("work", &work), ("date", &piece::text(date))];
    Some(piece::fill(messages, &format!("unsound.{}.{form}", status.is.as_str()), &values))
}

/// What became of a claim, in a few words, for a line that has room for no more.
pub fn mark(dossier: &Dossier, ix: ClaimIx, messages: &Messages) -> Option<String> {
    if let Some(lapsed) = state::lapsed(dossier, ix, None) {
        return Some(kinds::state(lapsed.how.into(), messages).to_owned());
    }
    unsound_mark(dossier, ix, messages)
}

/// What became of the text of a claim, in a few words; of a claim that is found in others as well, of which of them: a
/// claim that a sound text bears is not to be taken for one that stands on a retracted text alone.
pub fn unsound_mark(dossier: &Dossier, ix: ClaimIx, messages: &Messages) -> Option<String> {
    unsound_mark_on(dossier, ix, None, messages)
}

/// The same as far as it had surely happened by a day.
pub fn unsound_mark_on(dossier: &Dossier, ix: ClaimIx, day: Option<Day>, messages: &Messages) -> Option<String> {
    let texts = Texts::of(dossier, ix, day)?;
    if texts.all == 1 {
        return Some(kinds::unsound(texts.is, messages).to_owned());
    }
    let titles: Vec<_> = texts.unsound.iter().map(|text| typeset(&dossier[*text].title, messages)).collect();
    let total = number::integer(i64::try_from(texts.all).unwrap_or(i64::MAX), messages.language());
    let values = [("total", &*total), ("works", &*list::join(&titles, messages))];
    Some(messages.count(&format!("unsound.{}.some", texts.is.as_str()), texts.unsound.len(), &values))
}

/// The texts in which a claim is found, and those of them that were retracted; where none was, those corrected.
struct Texts {
    all: usize,
    is: SourceStanding,
    unsound: Vec<SourceIx>,
}

impl Texts {
    /// `None` where all are as they were published.
    fn of(dossier: &Dossier, ix: ClaimIx, day: Option<Day>) -> Option<Self> {
        let is = state::unsound(dossier, ix, day)?.is;
        let all: BTreeSet<_> = dossier[ix].evidence.iter().map(|evidence| evidence.source).collect();
        let unsound = all.iter().copied().filter(|text| state::standing(dossier, *text, day) == is).collect();
        Some(Self { all: all.len(), is, unsound })
    }
}

/// A date within a sentence, with the mark of one that a writer inferred.
fn on_day(on: &Dated, messages: &Messages) -> String {
    date::with_inference(date::moment_phrase(&on.date, messages), on, messages)
}

fn typeset(text: &str, messages: &Messages) -> String {
    typography::apply(messages.language(), text).into_owned()
}
