//! What can be wrong with captures and quotes, in words.

use super::brackets;
use super::find::Finding;
use super::hits::Hit;
use super::locator::Locator;
use super::lock::{Lock, LockedSource, State};
use super::lock_read;
use super::nearest::{Kind, Nearest, Why};
use super::parts::{MOST_PARTS, parts};
use super::readers::{Fact, SignedBy};
use crate::base::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::base::file::{FileId, Located, Span};
use crate::model::Text;
use crate::model::claim::Evidence;

/// Where a quote was looked up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    Capture,
    Lock,
    Text,
}

/// A quote that runs over what two voices say, as the file names them.
pub(super) fn voices(span: Span, finding: &Finding, text: &super::readers::Text) -> Option<Diagnostic> {
    let Finding::Verbatim { hit, .. } = finding else { return None };
    let (start, end) = (hit.ranges.first()?.start, hit.ranges.last()?.end.checked_sub(1)?);
    let (first, last) = (text.voice(start)?, text.voice(end)?);
    let message =
        format!("this quote runs over what two voices say: {}, then {}", first.escape_debug(), last.escape_debug());
    let diagnostic = Diagnostic::warning("quote-voices", span, message);
    (first != last).then(|| diagnostic.help("quote each voice in evidence of its own"))
}

/// A quote of a capture in which there are no words.
pub(super) fn no_words(span: Span) -> Diagnostic {
    let message = "this capture is a picture, a sound or a film: no words can be found in it";
    let help =
        "say in your words what it shows, by `shows:` in place of `quote:`; or quote a transcript, as another source";
    Diagnostic::error("quote-absent", span, message).help(help)
}

/// Whether a quote has no more parts than are looked up; else that is told.
pub(super) fn is_of_few(quote: &Located<Text>, diagnostics: &mut Diagnostics) -> bool {
    let message = || format!("this quote is joined of more than {MOST_PARTS} parts, and is looked up nowhere");
    let help = "quote fewer passages, each in evidence of its own";
    let is_of_many = parts(&quote.value).len() > MOST_PARTS;
    diagnostics.extend(is_of_many.then(|| Diagnostic::error("quote-gaps", quote.span, message()).help(help)));
    !is_of_many
}

/// What a capture says of itself that gives reason to doubt it.
pub(super) fn doubts(span: Span, facts: &[Fact]) -> Option<Diagnostic> {
    let mut doubts = Vec::new();
    for fact in facts {
        match fact {
            Fact::Truncated(why) => doubts.push(format!("this copy of the page was cut off ({})", why.escape_debug())),
            Fact::Status(status) => {
                doubts.push(format!("the server answered {status}: this may be no copy of the page"))
            }
            Fact::Lacks(file) => doubts.push(format!("the archive lacks `{}`, which it lists", file.escape_debug())),
            Fact::Unlike(file) => {
                doubts.push(format!("`{}` does not match what the archive states", file.escape_debug()))
            }
            Fact::Signed(SignedBy::Nobody) => {
                doubts.push("the archive bears a signature that does not hold".to_owned())
            }
            _ => {}
        }
    }
    let message = (!doubts.is_empty()).then(|| doubts.join("; "))?;
    let help = "compare the capture with another copy; readers are told of this on the source's page";
    Some(Diagnostic::warning("capture-doubtful", span, message).help(help))
}

/// What is wrong with a quote, if anything.
pub(super) fn of(evidence: &Evidence, finding: &Finding, place: Where) -> Option<Diagnostic> {
    let quote = evidence.quote.as_ref()?;
    let locator = evidence.locator.as_ref();
    match finding {
        Finding::Verbatim { elsewhere: Some(place), .. } => {
            let message = format!("the quote stands {}, not where this locator says", place.spot.said());
            let span = locator.map_or(quote.span, |l| l.span);
            let help = match place.spot.locator() {
                Some(locator) => format!("write `locator: {locator}`"),
                None => {
                    "say where in words that name no paragraph: `locator: headline`, `caption`, `comments`".to_owned()
                }
            };
            let diagnostic = Diagnostic::error("wrong-locator", span, message).help(help);
            Some(match (place.spot.locator(), locator) {
                (Some(right), Some(wrong)) => diagnostic.fix(wrong.span, right),
                _ => diagnostic,
            })
        }
        Finding::Verbatim { .. } => None,
        Finding::Ambiguous { hits } if !allows_any(locator, hits) => {
            let message = "the quote stands in several places, and not where this locator says";
            let span = locator.map_or(quote.span, |l| l.span);
            Some(Diagnostic::error("wrong-locator", span, message).help(format!("it stands {}", said(hits).join(", "))))
        }
        Finding::Ambiguous { hits } => {
            let message = format!("this quote stands in {} places of {}", hits.len(), name(place));
            let mut places: Vec<_> = hits.iter().filter_map(|hit| hit.first.spot.locator()).collect();
            places.dedup();
            let help = match places.len() {
                0 | 1 => "quote more words, so that it stands there once".to_owned(),
                _ => format!("say which with a locator: {}", places.join(", ")),
            };
            Some(Diagnostic::warning("quote-ambiguous", quote.span, message).help(help))
        }
        Finding::Absent { nearest } => {
            let message = format!("these words do not stand in {}", name(place));
            let diagnostic = Diagnostic::error("quote-absent", quote.span, message);
            let diagnostic = match nearest {
                Some(nearest) => match passage(&quote.value, nearest) {
                    Some(passage) => show(diagnostic, nearest).fix(quote.span, passage),
                    None => show(diagnostic, nearest),
                },
                None => diagnostic.help("quote the source's exact words; `[…]` joins parts"),
            };
            let help = "in brackets stands what you added (`the [old] bridge`, `[sic]`) or a letter whose case you changed (`[T]he`); all else \
                        must stand in the source, `[…]` for what is left out";
            Some(if brackets::has(&quote.value) { diagnostic.help(help) } else { diagnostic })
        }
    }
}

/// Where hits stand, in words, each once.
fn said(hits: &[Hit]) -> Vec<String> {
    let mut said: Vec<_> = hits.iter().map(|hit| hit.first.spot.said()).collect();
    said.dedup();
    said
}

fn allows_any(locator: Option<&Located<Text>>, hits: &[Hit]) -> bool {
    let locator = locator.map(|l| Locator::parse(&l.value)).unwrap_or_default();
    hits.iter().any(|hit| locator.allows(&hit.first, &hit.last))
}

fn name(place: Where) -> &'static str {
    match place {
        Where::Capture => "the capture of the source",
        Where::Lock => "the capture of the source, says `captures.lock`",
        Where::Text => "the text that the source publishes",
    }
}

/// The nearest passage with its differences marked: a help for the reader of the message, never a match.
fn show(diagnostic: Diagnostic, nearest: &Nearest) -> Diagnostic {
    let spot = &nearest.place.spot;
    let place = format!("nearest passage, {}", spot.locator().unwrap_or_else(|| spot.said()));
    match nearest.why {
        Why::Apart => diagnostic
            .help(format!("every part stands there, but not in this order or too far apart (one is {})", spot.said())),
        Why::Case => diagnostic
            .help(format!("it differs in capitals alone; {place}: {}", nearest.marked()))
            .help("write the capitals as the source has them"),
        Why::Dots => {
            let quote = nearest.segments.first().map_or("", |segment| &segment.text);
            diagnostic
                .help(format!("`[…]` is for words that you leave out: with it the quote is found, {}", spot.said()))
                .help(format!("write `{quote}`"))
        }
        Why::Cut => diagnostic
            .help(format!("{place}: {}", nearest.marked()))
            .help("the characters stand there, but the quote begins or ends inside a word or a number"),
        Why::Differs => diagnostic
            .help(format!("{place}: {}", nearest.marked()))
            .help("that is no match: `[-…-]` is only in the quote, `{+…+}` only in the source"),
    }
}

/// The passage as a scalar of YAML between quotation marks, to stand in place of a quote of one part.
fn passage(quote: &str, nearest: &Nearest) -> Option<String> {
    // With `[…]` for its dots it is the whole quote.
    let is_one = nearest.why == Why::Dots || !quote.contains("[…]") && nearest.why != Why::Apart;
    let words = nearest.segments.iter().filter(|segment| segment.kind != Kind::Missing);
    let words: String = words.map(|segment| &*segment.text).collect();
    is_one.then(|| serde_json::Value::from(words.trim()).to_string())
}

/// A finding without words of the capture, from what the lock says.
pub(super) fn as_finding(state: &State) -> Finding {
    match state {
        State::Verbatim { hit, elsewhere } => {
            Finding::Verbatim { hit: hit.clone(), elsewhere: elsewhere.then(|| hit.first.clone()) }
        }
        State::Absent => Finding::Absent { nearest: None },
        State::Ambiguous { hits } => Finding::Ambiguous { hits: hits.clone() },
    }
}

/// Reads `captures.lock`; what is wrong with it is told, and then it counts for nothing.
pub(super) fn read_lock(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Option<Lock> {
    match lock_read::parse(text) {
        Ok(lock) => Some(lock),
        Err(faults) => {
            diagnostics.extend(faults.into_iter().map(|fault| {
                let span = Span::new(file, fault.range);
                Diagnostic::error("lock-syntax", span, fault.message).help("run `sourcebook verify` to write it anew")
            }));
            None
        }
    }
}

pub(super) fn stale_lock(file: FileId) -> Diagnostic {
    let message = "what stands here is no longer what the captures say";
    Diagnostic::warning("stale-lock", Span::new(file, 0..0), message)
        .help("run `sourcebook verify`, and commit what it writes")
}

pub(super) fn no_folder() -> Diagnostic {
    Diagnostic::placeless("capture-missing", "there is no captures folder to verify quotes in")
        .help("name it in `site.toml` (`[captures] dir`) or with `--captures DIR`")
}

/// The folder that `site.toml` names is not there, as on most machines that build; but it must be known.
pub(super) fn absent_folder(folder: &str, has_lock: bool) -> Diagnostic {
    let quotes = if has_lock { "quotes are as `captures.lock` has them" } else { "no quote is looked up" };
    let message =
        format!("the captures folder `{folder}` is not there: {quotes}, and no page is searched for words of captures");
    let diagnostic = Diagnostic { severity: Severity::Hint, ..Diagnostic::placeless("captures-absent", message) };
    diagnostic
        .help("name the folder by `--captures DIR` where it is elsewhere; build for the public where it is at hand")
}

pub(super) fn missing(span: Span) -> Diagnostic {
    Diagnostic::error("capture-missing", span, "the captures folder has no such file")
        .help("put the capture there, or take `capture` out of the record")
}

pub(super) fn unreadable(span: Span, why: &dyn std::fmt::Display, help: Option<String>) -> Diagnostic {
    let diagnostic = Diagnostic::error("unreadable-capture", span, format!("the capture cannot be read: {why}"));
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

pub(super) fn no_beginning(span: Span) -> Diagnostic {
    Diagnostic::error("capture-begins", span, "these words do not stand in the capture")
        .help("write the first words of the story, as they stand in the capture; paragraphs are counted from there")
}

pub(super) fn other_hash(span: Span) -> Diagnostic {
    Diagnostic::error("capture-changed", span, "the capture does not have this hash")
        .help("look at what changed in the capture; then write its new hash, and run `sourcebook verify`")
}

pub(super) fn changed(span: Span) -> Diagnostic {
    Diagnostic::error("capture-changed", span, "the capture is no longer the one in `captures.lock`")
        .help("look at what changed; if the new capture is the right one, run `sourcebook verify`")
}

pub(super) fn not_in_lock(span: Span) -> Diagnostic {
    Diagnostic::error("quote-changed", span, "`captures.lock` knows nothing of this capture")
        .help("whoever has the captures runs `sourcebook verify` and commits `captures.lock`")
}

/// The lock does not hold a quote with its locator: either of them is not the one that was verified.
pub(super) fn quote_changed(evidence: &Evidence, quote: &Located<Text>, locked: &LockedSource) -> Diagnostic {
    let hash = super::quote_key::quote_hash(&quote.value);
    let is_known = locked.quotes.keys().any(|key| key.quote == hash);
    let (span, what) = match &evidence.locator {
        Some(locator) if is_known => (locator.span, "this locator is not the one with which the quote was verified"),
        None if is_known => (quote.span, "this quote was verified with a locator"),
        _ => (quote.span, "this quote is not the one that was verified"),
    };
    Diagnostic::error("quote-changed", span, what)
        .help("whoever has the captures runs `sourcebook verify` and commits `captures.lock`")
}
