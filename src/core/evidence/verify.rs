//! What is known of each quote of the dossier.
//!
//! 1. Each source's words: its published text, and its capture, or, where the capture is not at hand, what
//!    `captures.lock` holds of it.
//! 2. Each quote is looked up in them ([`super::find`]); a source with both a text and a capture must have the quote in
//!    both, and the locator counts the paragraphs of the capture.
//! 3. What is wrong is told in the order of sources, then of claims, whatever the threads did.
//!
//! A build without captures takes everything from the lock and gives the same [`Verified`] (tested).

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::brackets;
use super::checks;
use super::find::{self, Finding, Prepared, find};
use super::lock::{self, Lock, LockedQuote, LockedSource, State};
use super::public::PublicCopy;
use super::quotation::{Quotations, Quoted};
use super::quote_key::QuoteKey;
use super::readers::{self, Bounds, Fact, Input, Text, Want};
use super::sha256::Sha256;
use super::verified::Words;
pub use super::verified::{KnownCapture, Passage, Quote, QuoteState, Verified};
use super::verify_faults as faults;
use crate::base::diagnostic::{Diagnostics, Report};
use crate::base::file::{FileId, Files};
use crate::base::world::{ReadError, World};
use crate::dossier::load::{Content, Parsed};
use crate::model::{ClaimIx, Dossier, Source};

/// Looks up every quote. `lock` is `captures.lock` with its text, if there is one.
///
/// With neither captures folder nor lock every quote is [`QuoteState::NoCapture`] (but for published texts), and that
/// is no fault. That a folder is named and not there is told, always.
pub fn verify(dossier: &Dossier, parsed: &Parsed, world: &dyn World, lock: Option<(FileId, &str)>) -> Report<Verified> {
    let mut diagnostics = Vec::new();
    let read = lock.and_then(|(file, text)| faults::read_lock(file, text, &mut diagnostics));
    if let Some(folder) = parsed.config.captures.as_ref().filter(|_| world.capture("").is_none()) {
        diagnostics.push(faults::absent_folder(folder, read.is_some()));
    }
    let looked = look(dossier, parsed, world, read.as_ref(), &mut diagnostics);
    if let Some((file, _)) = lock.filter(|_| looked.iter().any(|l| l.stale)) {
        diagnostics.push(faults::stale_lock(file));
    }
    let mut verified = collect(dossier, looked);
    let public = |source: &Source| read.as_ref()?.public.get(&*source.head.id.value).cloned();
    verified.public = dossier.sources.iter().map(public).collect();
    verified.checks = checks::states(dossier, &parsed.files, read.as_ref());
    Report::new(verified, diagnostics)
}

/// What `sourcebook verify` writes: everything found in the captures today, with the days of findings that `earlier`
/// holds in the same way. A source whose capture cannot be read keeps what `earlier` says of it.
pub fn lock_of(dossier: &Dossier, parsed: &Parsed, world: &dyn World, earlier: Option<(FileId, &str)>) -> Report<Lock> {
    let mut diagnostics = Vec::new();
    let earlier = earlier.and_then(|(file, text)| faults::read_lock(file, text, &mut diagnostics)).unwrap_or_default();
    let checked = checks::keep(dossier, &parsed.files, &earlier);
    if world.capture("").is_none() {
        // Who checks a record need not have the captures.
        diagnostics.extend(checked.is_empty().then(faults::no_folder));
        return Report::new(Lock { checked, ..earlier }, diagnostics);
    }
    let looked = look(dossier, parsed, world, None, &mut diagnostics);
    let today = world.today().to_string();
    let mut made = Lock { checked, ..Lock::default() };
    for (source, looked) in dossier.sources.iter().zip(looked) {
        let id = &*source.head.id.value;
        match looked.capture {
            Some(capture) => {
                made.sources.insert(id.to_owned(), locked_source(capture, looked.quotes, dossier, &today));
            }
            None if source.capture.is_some() => {
                made.sources.extend(earlier.sources.get(id).map(|kept| (id.to_owned(), kept.clone())));
            }
            None => {}
        }
    }
    made.public = still_named(&earlier, dossier);
    made.keep_dates(&earlier);
    Report::new(made, diagnostics)
}

/// What the lock holds, for those who have no captures and ask for public copies.
pub fn locked(dossier: &Dossier, parsed: &Parsed) -> Report<Lock> {
    let mut diagnostics = Vec::new();
    let lock = parsed.lock().and_then(|(file, text)| faults::read_lock(file, text, &mut diagnostics));
    let mut lock = lock.unwrap_or_default();
    lock.public = still_named(&lock, dossier);
    lock.checked = checks::keep(dossier, &parsed.files, &lock);
    Report::new(lock, diagnostics)
}

/// What was found in the public copies that sources still name.
fn still_named(lock: &Lock, dossier: &Dossier) -> BTreeMap<String, PublicCopy> {
    let named = |source: &Source| {
        let id = &*source.head.id.value;
        let public = lock
            .public
            .get(id)
            .filter(|public| source.archive.as_ref().is_some_and(|archive| *archive.url == *public.url))?;
        Some((id.to_owned(), public.clone()))
    };
    dossier.sources.iter().filter_map(named).collect()
}

fn locked_source(capture: KnownCapture, quotes: Vec<Looked>, dossier: &Dossier, today: &str) -> LockedSource {
    let owned = |text: Option<crate::model::Text>| text.map(|t| t.to_string());
    let KnownCapture { sha256, on, method, facts } = capture;
    let capture = lock::Capture { sha256, on: owned(on), method: owned(method), facts };
    let mut locked = LockedSource { capture, quotes: Default::default() };
    for looked in quotes {
        let evidence = &dossier[looked.claim].evidence[looked.evidence];
        if let (Some(quote), Some(state)) = (&evidence.quote, looked.in_capture) {
            let key = QuoteKey::new(&quote.value, evidence.locator.as_ref().map(|l| &*l.value));
            let Looked { quoted, edited, .. } = looked;
            locked.quotes.insert(key, LockedQuote { state, quoted, edited, found: today.to_owned() });
        }
    }
    locked
}

/// The captures' texts by source, for rules and guards that need the words themselves. A capture that cannot be read
/// was reported by [`verify`]. Two sources may share a capture.
pub fn captures(dossier: &Dossier, world: &dyn World) -> Vec<Option<Prepared>> {
    let read = |source: &Source| {
        let bytes = world.capture(&source.capture.as_ref()?.file.value)?.ok()?;
        Some(Prepared::new(read(source, &bytes)?.ok()?))
    };
    dossier.sources.par_iter().map(read).collect()
}

/// Reads the bytes of a source's capture as its sheet says; nothing where it declares none.
pub fn read(source: &Source, bytes: &[u8]) -> Option<Result<Text, readers::Why>> {
    let capture = source.capture.as_ref()?;
    let own = capture.url.as_deref().or(source.url.as_deref());
    let want = Want { url: own, at: capture.at.as_deref(), on: capture.on.as_ref().map(|on| on.date.text()) };
    let begins = capture.begins.as_ref().map(|begins| &*begins.value);
    let input = Input { want, begins, ..Input::new(&capture.file.value, bytes) };
    Some(readers::read(&input, &Bounds::default()))
}

/// What was found for one source.
struct OfSource {
    capture: Option<KnownCapture>,
    text: Option<Text>,
    quotes: Vec<Looked>,
    /// The lock does not say what the capture says.
    stale: bool,
}

/// What was found of one quote.
struct Looked {
    claim: ClaimIx,
    evidence: usize,
    in_capture: Option<State>,
    in_text: Option<State>,
    is_quote: bool,
    /// What stands in brackets in it is its editor's.
    edited: bool,
    /// The parts between quotation marks, of the capture, else of the published text.
    quoted: Option<Vec<Range<usize>>>,
}

/// What there is to look into besides the published text.
enum Witness<'a> {
    Capture(Box<(Prepared, Quotations)>, Option<&'a LockedSource>),
    Locked(&'a LockedSource),
    Nothing,
}

fn look(
    dossier: &Dossier,
    parsed: &Parsed,
    world: &dyn World,
    lock: Option<&Lock>,
    diagnostics: &mut Diagnostics,
) -> Vec<OfSource> {
    let looked: Vec<(OfSource, Diagnostics)> = dossier
        .sources
        .par_iter()
        .map(|source| {
            let mut faults = Vec::new();
            let found = of_source(source, dossier, parsed, world, lock, &mut faults);
            (found, faults)
        })
        .collect();
    looked
        .into_iter()
        .map(|(found, mut faults)| {
            diagnostics.append(&mut faults);
            found
        })
        .collect()
}

fn of_source(
    source: &Source,
    dossier: &Dossier,
    parsed: &Parsed,
    world: &dyn World,
    lock: Option<&Lock>,
    diagnostics: &mut Diagnostics,
) -> OfSource {
    let text = published(source, &parsed.content, &parsed.files);
    let (witness, sha256) = witness(source, world, lock, diagnostics);
    let known = |sha256| {
        let capture = source.capture.as_ref()?;
        let on = capture.on.as_ref().map(|on| on.date.text().into());
        let facts = match &witness {
            Witness::Capture(looked_into, _) => {
                looked_into.0.text().facts().iter().filter(|fact| fact.is_kept()).cloned().collect()
            }
            Witness::Locked(locked) => locked.capture.facts.clone(),
            Witness::Nothing => Vec::new(),
        };
        Some(KnownCapture { sha256, on, method: capture.method.clone(), facts })
    };
    let mut found = OfSource { capture: sha256.and_then(known), text: None, quotes: Vec::new(), stale: false };
    for &(claim, n) in &source.claims {
        let looked = quote(dossier, claim, n, text.as_ref(), &witness, &mut found.stale, diagnostics);
        found.quotes.push(looked);
    }
    if let Witness::Capture(..) = witness {
        let locked = |l: &Lock| l.sources.get(&*source.head.id.value).map(|s| s.capture.facts.clone());
        let facts = found.capture.as_ref().map(|known| known.facts.clone());
        found.stale |= lock.is_some_and(|l| locked(l) != facts);
    }
    found.text = text.map(|(prepared, _)| prepared.text().clone());
    found
}

fn published(source: &Source, content: &Content, files: &Files) -> Option<(Prepared, Quotations)> {
    let file = &source.text.as_ref()?.file.value;
    let (path, id) = content.texts.iter().find(|(path, _)| path == file)?;
    let input = Input::new(path, files.get(*id).text.as_bytes());
    let text = readers::read(&input, &Bounds::default()).ok()?;
    let quotations = Quotations::of(&text);
    Some((Prepared::new(text), quotations))
}

fn witness<'a>(
    source: &Source,
    world: &dyn World,
    lock: Option<&'a Lock>,
    diagnostics: &mut Diagnostics,
) -> (Witness<'a>, Option<Sha256>) {
    let nothing = (Witness::Nothing, None);
    let Some(capture) = &source.capture else { return nothing };
    let locked = lock.and_then(|l| l.sources.get(&*source.head.id.value));
    let from_lock = |l: &'a LockedSource| (Witness::Locked(l), Some(l.capture.sha256));
    let expected = capture.sha256.as_ref().and_then(|h| Some((Sha256::parse(&h.value)?, h.span)));
    match world.capture(&capture.file.value) {
        None => {
            if let (Some(locked), Some((hash, span))) = (locked, expected) {
                diagnostics.extend((hash != locked.capture.sha256).then(|| faults::other_hash(span)));
            }
            if lock.is_some() && locked.is_none() && !source.claims.is_empty() {
                diagnostics.push(faults::not_in_lock(capture.span));
            }
            locked.map_or(nothing, from_lock)
        }
        Some(Err(error)) => {
            let span = capture.file.span;
            let is_missing = error == ReadError::Missing;
            diagnostics.push(if is_missing { faults::missing(span) } else { faults::unreadable(span, &error, None) });
            locked.map_or(nothing, from_lock)
        }
        Some(Ok(bytes)) => {
            let hash = Sha256::of(&bytes);
            match expected {
                Some((expected, span)) if expected != hash => diagnostics.push(faults::other_hash(span)),
                _ if locked.is_some_and(|l| l.capture.sha256 != hash) => {
                    diagnostics.push(faults::changed(capture.file.span));
                }
                _ => {}
            }
            match read(source, &bytes) {
                Some(Ok(text)) => {
                    let begins = capture.begins.as_ref().filter(|_| text.facts().contains(&Fact::NoBeginning));
                    diagnostics.extend(begins.map(|begins| faults::no_beginning(begins.span)));
                    diagnostics.extend(faults::doubts(capture.file.span, text.facts()));
                    let quotations = Quotations::of(&text);
                    (Witness::Capture(Box::new((Prepared::new(text), quotations)), locked), Some(hash))
                }
                Some(Err(why)) => {
                    diagnostics.push(faults::unreadable(capture.file.span, &why, Some(why.help())));
                    nothing
                }
                None => nothing,
            }
        }
    }
}

fn quote(
    dossier: &Dossier,
    claim: ClaimIx,
    n: usize,
    text: Option<&(Prepared, Quotations)>,
    witness: &Witness<'_>,
    stale: &mut bool,
    diagnostics: &mut Diagnostics,
) -> Looked {
    let evidence = &dossier[claim].evidence[n];
    let mut looked = Looked::new(claim, n);
    let Some(quote) = evidence.quote.as_ref().filter(|q| faults::is_of_few(q, diagnostics)) else { return looked };
    looked.is_quote = true;
    let locator = evidence.locator.as_ref().map(|l| &*l.value);
    let finding = match witness {
        Witness::Capture(looked_into, locked) => {
            let (prepared, quotations) = &**looked_into;
            if prepared.text().facts().contains(&Fact::Shows) {
                diagnostics.push(faults::no_words(quote.span));
                looked.in_capture = Some(State::Absent);
                return looked;
            }
            let finding = find(&quote.value, prepared, locator);
            diagnostics.extend(faults::voices(quote.span, &finding, prepared.text()));
            let known = locked.and_then(|l| l.quotes.get(&QuoteKey::new(&quote.value, locator)));
            let state = State::from(&finding);
            looked.settle(&quote.value, &state, prepared, quotations);
            // What is absent is told as such, and stands in no lock until it is mended.
            let same = |k: &LockedQuote| k.state == state && k.quoted == looked.quoted && k.edited == looked.edited;
            *stale |= locked.is_some() && state != State::Absent && !known.is_some_and(same);
            looked.in_capture = Some(state);
            Some((finding, faults::Where::Capture))
        }
        Witness::Locked(locked) => {
            let known = locked.quotes.get(&QuoteKey::new(&quote.value, locator));
            diagnostics.extend(known.is_none().then(|| faults::quote_changed(evidence, quote, locked)));
            known.map(|known| {
                looked.in_capture = Some(known.state.clone());
                looked.quoted.clone_from(&known.quoted);
                looked.edited = known.edited;
                (faults::as_finding(&known.state), faults::Where::Lock)
            })
        }
        Witness::Nothing => None,
    };
    diagnostics.extend(finding.and_then(|(finding, place)| faults::of(evidence, &finding, place)));
    if let Some((prepared, quotations)) = text {
        let finding = find(&quote.value, prepared, locator);
        let has_witness = !matches!(witness, Witness::Nothing);
        if !has_witness {
            looked.settle(&quote.value, &State::from(&finding), prepared, quotations);
        }
        looked.in_text = Some(State::from(&finding));
        // The locator counts the capture's paragraphs where there is one; and what is absent is told once.
        let told =
            looked.in_capture == Some(State::Absent) || (has_witness && !matches!(finding, Finding::Absent { .. }));
        diagnostics.extend((!told).then(|| faults::of(evidence, &finding, faults::Where::Text)).flatten());
    }
    looked
}

impl Looked {
    fn new(claim: ClaimIx, evidence: usize) -> Self {
        Self { claim, evidence, in_capture: None, in_text: None, is_quote: false, edited: false, quoted: None }
    }

    /// What the text around a quote says of it.
    fn settle(&mut self, quote: &str, state: &State, prepared: &Prepared, quotations: &Quotations) {
        self.quoted = within(state, prepared, quotations);
        self.edited = is_edited(quote, state, prepared);
    }
}

fn collect(dossier: &Dossier, looked: Vec<OfSource>) -> Verified {
    let blank = Quote {
        state: QuoteState::NoCapture,
        in_capture: false,
        place: None,
        quoted: None,
        edited: false,
        passage: None,
    };
    let mut quotes: Vec<Vec<Quote>> = dossier.claims.iter().map(|c| vec![blank.clone(); c.evidence.len()]).collect();
    let mut sources = Vec::with_capacity(looked.len());
    for source in looked {
        let mut words = Words { capture: source.capture, text: source.text, passages: Vec::new() };
        for looked in source.quotes {
            let quote = known(&looked);
            if let Some(hit) = &quote.passage {
                words.passages.push(Passage { claim: looked.claim, evidence: looked.evidence, hit: hit.clone() });
            }
            quotes[looked.claim.position()][looked.evidence] = quote;
        }
        let start = |p: &Passage| p.hit.ranges.first().map_or(0, |r| r.start);
        words.passages.sort_by_key(|p| (start(p), p.claim, p.evidence));
        sources.push(words);
    }
    Verified { quotes, sources, ..Verified::default() }
}

fn known(looked: &Looked) -> Quote {
    let states = looked.in_capture.iter().chain(&looked.in_text);
    let unseen = if looked.is_quote { QuoteState::NoCapture } else { QuoteState::Unquoted };
    let state = states.map(state_of).max().unwrap_or(unseen);
    let first = |state: &State| match state {
        State::Verbatim { hit, .. } => Some(hit.first.clone()),
        State::Absent | State::Ambiguous { .. } => None,
    };
    let passage = match &looked.in_text {
        Some(State::Verbatim { hit, .. }) => Some(hit.clone()),
        _ => None,
    };
    let witness = looked.in_capture.as_ref().or(looked.in_text.as_ref());
    let place = witness.and_then(first);
    let quoted = match (witness, &looked.quoted) {
        (Some(State::Verbatim { hit, .. }), Some(parts)) => Some(Quoted::of(hit, parts)),
        _ => None,
    };
    Quote { state, in_capture: looked.in_capture.is_some(), place, quoted, edited: looked.edited, passage }
}

/// The parts of a quote found once that stand between quotation marks.
fn within(state: &State, prepared: &Prepared, quotations: &Quotations) -> Option<Vec<Range<usize>>> {
    match state {
        State::Verbatim { hit, .. } => quotations.within(prepared.text(), hit),
        State::Absent | State::Ambiguous { .. } => None,
    }
}

/// Whether a quote that was found stands there without what is in brackets in it.
fn is_edited(quote: &str, state: &State, prepared: &Prepared) -> bool {
    !matches!(state, State::Absent) && brackets::has(quote) && !find::is_as_written(quote, prepared)
}

fn state_of(state: &State) -> QuoteState {
    match state {
        State::Verbatim { .. } => QuoteState::Verbatim,
        State::Ambiguous { .. } => QuoteState::Ambiguous,
        State::Absent => QuoteState::Absent,
    }
}

#[cfg(test)]
mod tests;
