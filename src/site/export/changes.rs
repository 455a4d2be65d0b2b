//! When pages last changed, as far as the content says, and what changed: never by the clock.

use sourcebook_core::dossier::versions::{Event, History, What};
use sourcebook_core::model::date::{Civil, Edtf};
use sourcebook_core::model::kinds::SourceStanding;
use sourcebook_core::model::modality::Standing;
use sourcebook_core::model::{ArticleIx, ClaimIx, Dated, Dossier, Ref, SourceIx, Text};

/// The last date that the content gives to a page: of an article when it was changed or first published, of a record when
/// it was compiled, corrected or judged.
pub fn modified(dossier: &Dossier, of: Ref) -> Option<&Edtf> {
    let own = match of {
        Ref::Article(ix) => dossier[ix].updated.as_ref().or(dossier[ix].date.as_ref()),
        Ref::Claim(ix) => dossier[ix].status.as_ref().and_then(|s| s.on.as_ref()),
        Ref::Source(ix) => dossier[ix].status.as_ref().and_then(|s| s.on.as_ref()),
        Ref::Question(ix) => dossier[ix].assessment.as_ref().and_then(|a| a.on.as_ref()),
        Ref::Actor(_) | Ref::Event(_) | Ref::Place(_) => None,
    };
    let compiled = dossier.head(of).and_then(|head| head.curation.as_ref()?.on.as_ref());
    own.map(|d| &d.date).into_iter().chain(compiled).max()
}

/// A day as `YYYY-MM-DD` (a W3C date, and the date of RFC 3339): the first day that a date may mean, else its last.
pub fn day(date: &Edtf) -> Option<String> {
    let Civil { year, month, day } = Civil::from_day(date.earliest().or(date.latest())?);
    (0..=9999).contains(&year).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// A thing that changed.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// What.
    pub of: Ref,
    /// When.
    pub on: &'a Edtf,
    /// How that date was inferred, if it was.
    pub inferred: Option<&'a Text>,
    /// How: the end of a key of the words under `change`.
    pub how: &'static str,
    /// The commit that made it, where that is all that is known of it.
    pub event: Option<&'a Event>,
}

impl<'a> Change<'a> {
    fn new(of: Ref, on: &'a Edtf, how: &'static str) -> Self {
        Self { of, on, inferred: None, how, event: None }
    }

    fn dated(of: Ref, on: &'a Dated, how: &'static str) -> Self {
        Self { inferred: on.inferred.as_ref(), ..Self::new(of, &on.date, how) }
    }
}

/// What git says that became of records, for readers of the feed: what a record itself tells (`status`) is told by that.
fn by_commits<'a>(dossier: &'a Dossier, history: &'a History) -> impl Iterator<Item = Change<'a>> {
    dossier.all().filter(|of| dossier.head(*of).is_some()).flat_map(|of| {
        let events = history.of(dossier.id(of)).iter().filter(|event| event.what == What::Changed);
        let others = events.filter(|event| event.fields.iter().all(|field| field.key != "status"));
        others.filter_map(move |event| {
            Some(Change { event: Some(event), ..Change::new(of, event.day.as_ref()?, "changed") })
        })
    })
}

/// Articles by their first date, the latest first.
pub fn articles(dossier: &Dossier) -> Vec<Change<'_>> {
    let all = (0..dossier.articles.len()).map(ArticleIx::at);
    latest_first(all.filter_map(|ix| published(dossier, ix)).collect())
}

/// Articles published and revised, claims corrected and withdrawn, questions judged; the latest first.
pub fn all(dossier: &Dossier) -> Vec<Change<'_>> {
    latest_first(dossier.all().flat_map(|it| of(dossier, it)).collect())
}

/// The same, with all that git says of records.
pub fn with_commits<'a>(dossier: &'a Dossier, history: &'a History) -> Vec<Change<'a>> {
    latest_first(dossier.all().flat_map(|it| of(dossier, it)).chain(by_commits(dossier, history)).collect())
}

/// What became of one thing, in no order; of most, nothing.
pub fn of(dossier: &Dossier, it: Ref) -> impl Iterator<Item = Change<'_>> {
    let first = match it {
        Ref::Article(ix) => published(dossier, ix),
        Ref::Claim(ix) => corrected(dossier, ix),
        Ref::Source(ix) => unsound(dossier, ix),
        Ref::Question(ix) => {
            let on = dossier[ix].assessment.as_ref().and_then(|a| a.on.as_ref());
            on.map(|on| Change::dated(it, on, "assessed"))
        }
        Ref::Actor(_) | Ref::Event(_) | Ref::Place(_) => None,
    };
    let second = if let Ref::Article(ix) = it { updated(dossier, ix) } else { None };
    first.into_iter().chain(second).filter(|change| day(change.on).is_some())
}

fn published(dossier: &Dossier, ix: ArticleIx) -> Option<Change<'_>> {
    let article = &dossier[ix];
    let on = article.date.as_ref().or(article.updated.as_ref()).filter(|_| !article.is_home())?;
    Some(Change::dated(ix.into(), on, "published"))
}

fn updated(dossier: &Dossier, ix: ArticleIx) -> Option<Change<'_>> {
    let article = &dossier[ix];
    let (updated, date) = (article.updated.as_ref()?, article.date.as_ref()?);
    let is_other = updated.date != date.date && !article.is_home();
    is_other.then_some(Change::dated(ix.into(), updated, "updated"))
}

fn corrected(dossier: &Dossier, ix: ClaimIx) -> Option<Change<'_>> {
    let status = dossier[ix].status.as_ref()?;
    let how = match status.is {
        Standing::Current => return None,
        Standing::Corrected => "corrected",
        Standing::Withdrawn => "withdrawn",
    };
    Some(Change::dated(ix.into(), status.on.as_ref()?, how))
}

fn unsound(dossier: &Dossier, ix: SourceIx) -> Option<Change<'_>> {
    let status = dossier[ix].status.as_ref()?;
    let how = match status.is {
        SourceStanding::Current => return None,
        SourceStanding::Corrected => "text_corrected",
        SourceStanding::Retracted => "text_retracted",
    };
    Some(Change::dated(ix.into(), status.on.as_ref()?, how))
}

fn latest_first(mut changes: Vec<Change<'_>>) -> Vec<Change<'_>> {
    changes.retain(|change| day(change.on).is_some());
    changes.sort_by(|a, b| day(b.on).cmp(&day(a.on)).then(a.of.cmp(&b.of)).then(a.how.cmp(b.how)));
    // The last commit of a day first: within one record they come the earliest first.
    changes
        .chunk_by_mut(|a, b| a.event.is_some() && b.event.is_some() && (a.of, day(a.on)) == (b.of, day(b.on)))
        .for_each(<[_]>::reverse);
    changes
}
