//! The pass over archived copies, for `sourcebook verify --archives`.
//!
//! 1. [`pending`]: sources with an archived copy whose quotes nobody looked up in it in the last week.
//! 2. [`fetch`]: the copy's own bytes (`address`), under the manners of [`links`](crate::links), redirects within the
//!    archive only.
//! 3. [`public::look`]: each quote looked up in it by the readers and the matcher of captures.
//! 4. What the archive said goes into the lock; what nobody answered leaves the lock as it is.

mod address;
mod fetch;

use super::links::cache::Cache;
use super::links::fetch::{Manners, Outcome, Pass, by_host};
use super::progress::Progress;
use fetch::Not;
use jiff::civil::Date;
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics, Severity};
use sourcebook_core::base::file::{Files, Span};
use sourcebook_core::evidence::lock::Lock;
use sourcebook_core::evidence::public::{self, Fetched, Looked, PublicCopy, Standing};
use sourcebook_core::model::{Dossier, Source};

/// The name of the file, in the dossier's root, that says when archives were last asked.
pub const FILE: &str = ".sourcebook-archives.json";

/// What a pass over archived copies found.
#[derive(Debug)]
pub struct Asked {
    /// `public-copy-differs`, `public-copy`, `archive-date`.
    pub diagnostics: Diagnostics,
    /// In one line.
    pub summary: String,
    /// What to keep for the next pass.
    pub cache: Cache,
}

/// How archives are treated: as other hosts, but that a copy may take longer to come.
pub fn manners(site: Option<&str>) -> Manners {
    let usual = Manners::of(site);
    let agent = usual.agent.replace("link check", "archived copies");
    Manners { agent, timeout: std::time::Duration::from_secs(60), ..usual }
}

/// What is asked for.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// As it was written.
    pub files: &'a Files,
    /// Where the site itself is read: a copy there is nobody else's.
    pub site: Option<&'a str>,
    /// Today.
    pub today: Date,
}

/// Asks for the copy of every source, looks its quotes up, and puts what it found into the lock.
pub fn ask(asking: &Asking<'_>, lock: &mut Lock, cache: &Cache, manners: &Manners) -> Asked {
    let Asking { dossier, files, site, today } = *asking;
    let sources: Vec<&Source> =
        dossier.sources.iter().filter(|s| s.archive.is_some() && has_quotes(dossier, s)).collect();
    let pending: Vec<&Source> =
        sources.iter().copied().filter(|source| is_pending(dossier, source, lock, cache, today)).collect();
    let urls: Vec<&str> = pending.iter().filter_map(|source| Some(&*source.archive.as_ref()?.url)).collect();
    let progress = Progress::new(urls.len(), "archived copies");
    let day = today.to_string();
    let one = |pass: &Pass<'_>, n: usize| of_source(pass, dossier, pending[n], site, &day);
    let answers = by_host(&urls, manners, &|| progress.tick(), &one);
    let before = lock.clone();
    let mut told = Told::default();
    let mut outcomes = Vec::new();
    for ((source, url), answer) in pending.iter().zip(&urls).zip(answers) {
        let place = crate::links::place(&source.head, url, files);
        let outcome = match answer.unwrap_or(Err(Not::Late)) {
            Ok(looked) => told.looked(source, looked, place, lock),
            Err(Not::So(standing, why)) => {
                told.without(source, public::without(source, standing, &day), &why, place, lock)
            }
            Err(Not::Unlearnt(why)) => told.unlearnt(url, &why, place),
            Err(Not::Late) => told.late(),
        };
        outcomes.push((*url, outcome));
    }
    lock.keep_dates(&before);
    let all: Vec<String> = sources.iter().filter_map(|s| Some(s.archive.as_ref()?.url.to_string())).collect();
    let cache = cache.renewed(all.iter(), outcomes.into_iter(), today);
    let summary = told.summary(sources.len(), pending.len());
    Asked { diagnostics: told.diagnostics, summary, cache }
}

fn has_quotes(dossier: &Dossier, source: &Source) -> bool {
    source.claims.iter().any(|(claim, n)| dossier[*claim].evidence[*n].quote.is_some())
}

/// Whether the lock does not hold a recent answer for every quote.
fn is_pending(dossier: &Dossier, source: &Source, lock: &Lock, cache: &Cache, today: Date) -> bool {
    let Some(archive) = &source.archive else { return false };
    let known = lock.public.get(&*source.head.id.value).filter(|public| public.url == *archive.url);
    let holds = |public: &PublicCopy| public::quotes(dossier, source).keys().all(|key| public.quotes.contains_key(key));
    !known.is_some_and(holds) || cache.fresh(&archive.url, today).is_none()
}

fn of_source(
    pass: &Pass<'_>,
    dossier: &Dossier,
    source: &Source,
    site: Option<&str>,
    today: &str,
) -> Result<Looked, Not> {
    let url = source.archive.as_ref().map(|archive| &*archive.url).unwrap_or_default();
    if site.is_some_and(|site| address::is_same_archive(site, url)) {
        return Err(Not::So(Standing::Own, "it is on this site: one's own copy is no public one".to_owned()));
    }
    let came = fetch::copy(pass, url)?;
    let fetched = Fetched {
        read: &came.read,
        on: &came.on,
        kind: came.kind.as_deref(),
        coding: came.coding.as_deref(),
        bytes: &came.bytes,
    };
    Ok(public::look(dossier, source, &fetched, today))
}

/// What is told of the answers.
#[derive(Default)]
struct Told {
    diagnostics: Diagnostics,
    found: usize,
    differing: usize,
    unread: usize,
    unasked: usize,
}

impl Told {
    fn looked(&mut self, source: &Source, looked: Looked, place: Span, lock: &mut Lock) -> Outcome {
        let Looked { public, why, differs } = looked;
        let on = public.copy.as_ref().map(|copy| copy.on.clone()).unwrap_or_default();
        if public.standing != Standing::Copy {
            let unlike = "nothing in it resembles what is quoted: it may be a frame, or say “not found”".to_owned();
            return self.without(source, public, &why.unwrap_or(unlike), place, lock);
        }
        self.found += public.quotes.len() - differs.len();
        self.differing += differs.len();
        for (span, nearest) in differs {
            let message = format!("these words do not stand in the public copy of {on}");
            let diagnostic = Diagnostic::warning("public-copy-differs", span, message);
            let near = nearest.map(|nearest| {
                let spot = &nearest.place.spot;
                format!(
                    "nearest passage there, {}: {}",
                    spot.locator().unwrap_or_else(|| spot.said()),
                    nearest.marked()
                )
            });
            let diagnostic = near.into_iter().fold(diagnostic, Diagnostic::help);
            self.diagnostics.push(
                diagnostic
                    .help("the source may have been changed between the two copies: readers are told on the page"),
            );
        }
        self.dated(source, &on, place);
        lock.public.insert(source.head.id.value.to_string(), public);
        Outcome::Alive
    }

    /// A day of the sheet that is not the copy's.
    fn dated(&mut self, source: &Source, on: &str, place: Span) {
        let Some(written) = source.archive.as_ref().and_then(|archive| archive.on.as_ref()) else { return };
        let text = written.date.text();
        if !on.starts_with(text.get(..10).unwrap_or(text)) {
            let message = format!("the archive says that this copy is of {on}, and the sheet of {text}");
            let mut diagnostic = Diagnostic::warning("archive-date", place, message).help(format!("write `on: {on}`"));
            diagnostic.severity = Severity::Hint;
            self.diagnostics.push(diagnostic);
        }
    }

    fn without(&mut self, source: &Source, public: PublicCopy, why: &str, place: Span, lock: &mut Lock) -> Outcome {
        self.unread += 1;
        let help = "look at it in a browser, and name a copy that an archive gives as it was (`archive: { url, on }`)";
        let message = format!("`{}` is no public copy to look quotes up in: {why}", public.url);
        self.diagnostics.push(Diagnostic::warning("public-copy", place, message).help(help));
        lock.public.insert(source.head.id.value.to_string(), public);
        Outcome::Dead(why.to_owned())
    }

    fn unlearnt(&mut self, url: &str, why: &str, place: Span) -> Outcome {
        self.unasked += 1;
        let message = format!("`{url}` could not be asked: {why}");
        let help = "what `captures.lock` holds of it stays; ask again later";
        self.diagnostics.push(Diagnostic::warning("public-copy", place, message).help(help));
        Outcome::Unasked
    }

    fn late(&mut self) -> Outcome {
        self.unasked += 1;
        Outcome::Unasked
    }

    fn summary(&self, all: usize, asked: usize) -> String {
        let known = all - asked;
        let Self { found, differing, unread, unasked, .. } = self;
        format!(
            "{all} archived copies: {} asked now, {known} known from before, {unasked} not asked; {found} quotes found there, \
             {differing} not; {unread} copies could not be looked into",
            asked - unasked
        )
    }
}

#[cfg(test)]
mod tests;
