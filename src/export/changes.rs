//! When pages last changed, as far as the content says, and what changed: never by the clock.

use crate::model::date::{Civil, Edtf};
use crate::model::modality::Standing;
use crate::model::{ArticleIx, ClaimIx, Dossier, QuestionIx, Ref};

/// The last date that the content gives to a page: of an article when it was changed or first published, of a record when
/// it was compiled, corrected or judged.
pub fn modified(dossier: &Dossier, of: Ref) -> Option<&Edtf> {
    let own = match of {
        Ref::Article(ix) => dossier[ix].updated.as_ref().or(dossier[ix].date.as_ref()),
        Ref::Claim(ix) => dossier[ix].status.as_ref().and_then(|s| s.on.as_ref()),
        Ref::Question(ix) => dossier[ix].assessment.as_ref().and_then(|a| a.on.as_ref()),
        _ => None,
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
    /// How: the end of a key of the words under `change`.
    pub how: &'static str,
}

/// Articles by their first date, the latest first.
pub fn articles(dossier: &Dossier) -> Vec<Change<'_>> {
    let all = (0..dossier.articles.len()).map(ArticleIx::at).filter(|ix| !dossier[*ix].is_home());
    let dated = all.filter_map(|ix| {
        let article = &dossier[ix];
        let on = &article.date.as_ref().or(article.updated.as_ref())?.date;
        Some(Change { of: ix.into(), on, how: "published" })
    });
    latest_first(dated.collect())
}

/// Articles published and revised, claims corrected and withdrawn, questions judged; the latest first.
pub fn all(dossier: &Dossier) -> Vec<Change<'_>> {
    let mut found = articles(dossier);
    for (i, article) in dossier.articles.iter().enumerate().filter(|(_, a)| !a.is_home()) {
        if let (Some(updated), Some(date)) = (&article.updated, &article.date)
            && updated.date != date.date
        {
            found.push(Change { of: ArticleIx::at(i).into(), on: &updated.date, how: "updated" });
        }
    }
    for (i, claim) in dossier.claims.iter().enumerate() {
        let Some((status, on)) = claim.status.as_ref().and_then(|s| Some((s, s.on.as_ref()?))) else { continue };
        let how = match status.is {
            Standing::Current => continue,
            Standing::Corrected => "corrected",
            Standing::Withdrawn => "withdrawn",
        };
        found.push(Change { of: ClaimIx::at(i).into(), on: &on.date, how });
    }
    for (i, question) in dossier.questions.iter().enumerate() {
        if let Some(on) = question.assessment.as_ref().and_then(|a| a.on.as_ref()) {
            found.push(Change { of: QuestionIx::at(i).into(), on: &on.date, how: "assessed" });
        }
    }
    latest_first(found)
}

fn latest_first(mut changes: Vec<Change<'_>>) -> Vec<Change<'_>> {
    changes.retain(|change| day(change.on).is_some());
    changes.sort_by(|a, b| day(b.on).cmp(&day(a.on)).then(a.of.cmp(&b.of)).then(a.how.cmp(b.how)));
    changes
}
