//! The pass over links that lead out of the site, for `sourcebook check --links`: the only part that asks the network.
//!
//! 1. [`collect`]: every address on the web that the dossier holds, once, with its places.
//! 2. [`cache`]: what was asked less than a week ago and found is not asked again.
//! 3. [`fetch`]: the rest is asked, one request at a time of each host.
//! 4. [`check`]: what is dead or has moved, as diagnostics.

pub mod cache;
pub mod fetch;

use std::collections::BTreeMap;

use super::progress::Progress;
use cache::Cache;
use fetch::{Manners, Outcome};
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics, Severity, sort};
use sourcebook_core::base::file::{Files, Span};
use sourcebook_core::base::world::World;
use sourcebook_core::model::{Dossier, Head};
use sourcebook_site::prepared::Prepared;

/// How many further places of an address are shown; the rest is counted.
const PLACES: usize = 4;

/// Addresses with the places where they are written: without fragment, in order, never without a place.
pub type Addresses = BTreeMap<String, Vec<Span>>;

/// What a pass over the links found.
#[derive(Debug)]
pub struct Checked {
    /// `dead-link` and `moved-link`, sorted.
    pub diagnostics: Diagnostics,
    /// In one line: how many there are, were asked, and could not be.
    pub summary: String,
    /// What to keep for the next pass.
    pub cache: Cache,
}

/// Asks for every address that the cache does not answer for.
pub fn check(prepared: &Prepared, world: &dyn World, cache: &Cache, manners: &Manners) -> Checked {
    let files = &prepared.parsed.files;
    let addresses = collect(&prepared.dossier, files);
    let today = world.today();
    let asked: Vec<&str> = addresses.keys().map(|url| &**url).filter(|url| cache.fresh(url, today).is_none()).collect();
    let progress = Progress::new(asked.len(), "links");
    let outcomes = fetch::all(&asked, manners, &|| progress.tick());
    let summary = summary(addresses.len(), &outcomes);
    let cache = cache.renewed(addresses.keys(), asked.into_iter().zip(outcomes), today);
    let tell = |(url, spans): (&String, &Vec<Span>)| diagnostic(url, cache.get(url)?, spans);
    let mut diagnostics: Diagnostics = addresses.iter().filter_map(tell).collect();
    sort(&mut diagnostics, files);
    Checked { diagnostics, summary, cache }
}

/// Every address on the web: of sources, of their archived copies, and of links and images in prose.
pub fn collect(dossier: &Dossier, files: &Files) -> Addresses {
    let mut all = Addresses::new();
    let mut add = |url: &str, span: Span| {
        if let Some(address) = address(url) {
            let spans = all.entry(address).or_default();
            if !spans.contains(&span) {
                spans.push(span);
            }
        }
    };
    for source in &dossier.sources {
        let archived = source.archive.iter().map(|archive| &archive.url);
        source.url.iter().chain(archived).for_each(|url| add(url, place(&source.head, url, files)));
    }
    for prose in dossier.all().flat_map(|of| dossier.prose_of(of)) {
        prose.outline.urls.iter().for_each(|url| add(&url.url, prose.span(&url.range, files)));
    }
    all
}

/// An address as it is asked for; `None` for what is not on the web.
fn address(url: &str) -> Option<String> {
    let url = url.split('#').next().unwrap_or_default();
    if url.starts_with("//") {
        return Some(format!("https:{url}"));
    }
    let (scheme, _) = url.split_once("://")?;
    ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)).then(|| url.to_owned())
}

/// Where the record gives the address; a longer one that begins with it is another. Else its id.
pub(crate) fn place(head: &Head, url: &str, files: &Files) -> Span {
    let text = files.text(head.entry);
    let ends = |at: usize| text[at..].chars().next().is_none_or(|c| c.is_whitespace() || "\"',}".contains(c));
    let found = text.match_indices(url).map(|(at, _)| at..at + url.len()).find(|range| ends(range.end));
    found.map_or(head.id.span, |range| head.entry.part(range))
}

fn diagnostic(url: &str, outcome: &Outcome, spans: &[Span]) -> Option<Diagnostic> {
    let (first, others) = spans.split_first()?;
    let mut diagnostic = match outcome {
        Outcome::Alive | Outcome::Unasked => return None,
        Outcome::Moved(to) => Diagnostic::warning("moved-link", *first, format!("`{url}` has moved for good"))
            .help(format!("write `{to}`, after a look at what is there")),
        Outcome::Dead(why) => Diagnostic::warning("dead-link", *first, format!("`{url}` cannot be read: {why}"))
            .help("look in a browser: if it is gone, link to an archived copy (`archive: { url, on }` of a source)"),
    };
    if matches!(outcome, Outcome::Moved(_)) {
        diagnostic.severity = Severity::Hint;
    }
    for span in others.iter().take(PLACES) {
        diagnostic = diagnostic.label(*span, "also here");
    }
    match others.len().saturating_sub(PLACES) {
        0 => Some(diagnostic),
        more => Some(diagnostic.help(format!("it stands in {more} further places"))),
    }
}

fn summary(all: usize, outcomes: &[Outcome]) -> String {
    let unasked = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Unasked)).count();
    let left = match unasked {
        0 => String::new(),
        n => format!(", {n} could not be asked this time"),
    };
    let asked = outcomes.len() - unasked;
    format!("{all} external links: {asked} asked now, {} known from before{left}", all - outcomes.len())
}

#[cfg(test)]
mod tests;
