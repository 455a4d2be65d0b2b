//! Sources in the dossier's citation style, each formatted once, by the first page that shows it.

use super::Renderer;
use super::kept::{self, Kept, cells, filled};
use crate::export::csl;
use crate::export::item::{Item, parts};
use crate::styles::{Style, Work};
use sourcebook_core::base::json::Json;
use sourcebook_core::base::reads::{Node, Reads};
use sourcebook_core::model::date::Form;
use sourcebook_core::model::{ClaimIx, Dated, Dossier, SourceIx};
use sourcebook_core::words::reference::{InStyle, Styled};
use sourcebook_core::words::{date, typography};

/// A cell for each source; none without a style.
pub(super) struct References(Vec<Kept<Option<Styled>>>);

impl References {
    /// Nothing formatted yet.
    pub(super) fn new(style: Option<&Style>, dossier: &Dossier) -> Self {
        let sources = if style.is_some() { dossier.sources.count() } else { 0 };
        Self(cells(sources))
    }

    /// What was read for what was made so far.
    pub(super) fn reads(&self) -> impl Iterator<Item = (Node, &Reads)> {
        filled(kept::STYLED, &self.0)
    }
}

impl InStyle for Renderer<'_> {
    fn styled(&self, source: SourceIx) -> Option<&Styled> {
        let style = self.style?;
        let node = Node::new(kept::STYLED, source.0);
        self.warm.references.0.get(source.0 as usize)?.get_or_make(node, || format(self, style, source)).as_ref()
    }

    fn speech(&self, dossier: &Dossier, claim: ClaimIx, evidence: usize) -> &'static str {
        self.verified.speech_word(dossier, claim, evidence)
    }
}

fn format(renderer: &Renderer<'_>, style: &Style, ix: SourceIx) -> Option<Styled> {
    let source = &renderer.dossier[ix];
    let mut item = Item::source(&renderer.export(), ix);
    item.title = renderer.typeset(&item.title).into_owned();
    let publisher = item.publisher.map(|name| renderer.typeset(name).into_owned());
    item.publisher = publisher.as_deref();
    // Styles would print the address as words; notes and the source's page have it as a link.
    item.archive = None;
    let mut json = String::new();
    csl::write_item(&mut Json::new(&mut json), &item);
    let dates = [("issued", source.published.as_ref()), ("accessed", source.accessed.as_ref())];
    let dates: Vec<_> =
        dates.into_iter().filter_map(|(variable, date)| Some((variable, in_words(renderer, date?)?))).collect();
    style.reference(&Work { item: &json, dates: &dates, title: &item.title, page: ix.into() })
}

/// What stands for a date that CSL cannot say, or would say with more certainty than there is.
fn in_words(renderer: &Renderer<'_>, dated: &Dated) -> Option<String> {
    let words = renderer.words();
    let date = &dated.date;
    let is_plain = match date.form() {
        Form::Single(point) => {
            !point.uncertain
                && !point.approximate
                && parts(*point).is_some_and(|(year, _, _)| (1000..=9999).contains(&year))
        }
        Form::Interval { .. } | Form::OneOf(_) => false,
    };
    if is_plain && dated.inferred.is_none() {
        return None;
    }
    let label = date::moment(date, words);
    let remarked = if dated.inferred.is_some() { words.fill("reference.inferred", &[("date", &label)]) } else { label };
    Some(typography::apply(words.language(), &remarked).into_owned())
}
