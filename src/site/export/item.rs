//! A work as reference managers know it: one form for BibTeX, CSL-JSON and RIS, of a source or of a page of this site.

use super::Input;
use sourcebook_core::model::SourceIx;
use sourcebook_core::model::date::{Edtf, Form, Point, When};
use sourcebook_core::model::kinds::SourceStanding;
use sourcebook_core::model::work_kinds;

/// A cited work (a CSL item).
///
/// Names stay whole: which part of a name is the family's cannot be known of every language, and a guess is worse.
#[derive(Clone, Debug, Default)]
pub struct Item<'a> {
    /// A key, of `a-z0-9-`.
    pub id: &'a str,
    /// A CSL type.
    pub kind: &'a str,
    /// Title.
    pub title: String,
    /// Names of the authors.
    pub authors: Vec<&'a str>,
    /// Name of the publisher, outlet or site.
    pub publisher: Option<&'a str>,
    /// When it was published.
    pub issued: Option<&'a Edtf>,
    /// When it was read.
    pub accessed: Option<&'a Edtf>,
    /// Where it is.
    pub url: Option<String>,
    /// Where a copy of it is kept.
    pub archive: Option<&'a str>,
    /// A BCP 47 tag.
    pub language: Option<&'a str>,
    /// What whoever published it has done since: corrected or retracted.
    pub status: Option<&'static str>,
}

impl<'a> Item<'a> {
    /// A source as an item.
    pub fn source(input: &Input<'a>, ix: SourceIx) -> Self {
        let source = &input.dossier[ix];
        Self {
            id: input.id(ix),
            kind: &source.kind,
            title: source.title.to_string(),
            authors: source.authors.iter().map(|author| input.author(author)).collect(),
            publisher: source.publisher.as_ref().map(|publisher| input.author(publisher)),
            issued: source.published.as_ref().map(|d| &d.date),
            accessed: source.accessed.as_ref().map(|d| &d.date),
            url: source.url.as_ref().map(ToString::to_string),
            archive: source.archive.as_ref().map(|a| &*a.url),
            language: source.language.as_deref(),
            status: (source.status.as_ref())
                .filter(|status| status.is != SourceStanding::Current)
                .map(|status| status.is.as_str()),
        }
    }

    /// Whether the publisher's name is the title of the larger work it appears in: a newspaper, a site.
    pub fn is_part(&self) -> bool {
        work_kinds::is_part(self.kind)
    }
}

/// Every source as an item.
pub fn sources<'a>(input: &Input<'a>) -> impl Iterator<Item = Item<'a>> {
    (0..input.dossier.sources.len()).map(|i| Item::source(input, SourceIx::at(i)))
}

/// Year, month and day of one date, as far as they are known; `None` for seasons, decades and what has no year.
pub fn parts(point: Point) -> Option<(i64, Option<u8>, Option<u8>)> {
    match point.when {
        When::Day { year, month, day } => Some((year, Some(month), Some(day))),
        When::Month { year, month } | When::SomeDayOfMonth { year, month } => Some((year, Some(month), None)),
        When::Year { year } | When::SomeMonthOfYear { year } | When::SomeDayOfYear { year } => Some((year, None, None)),
        When::Season { .. } | When::Decade { .. } | When::Century { .. } => None,
    }
}

/// The same of a date that is one date.
pub fn single(date: &Edtf) -> Option<(i64, Option<u8>, Option<u8>)> {
    match date.form() {
        Form::Single(point) => parts(*point),
        Form::Interval { .. } | Form::OneOf(_) => None,
    }
}
