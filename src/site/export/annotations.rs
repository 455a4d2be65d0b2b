//! Quotes as W3C Web Annotations: the words of a source (a `TextQuoteSelector`), linked to the claim that they bear.
//!
//! A quote in parts (`[…]`) is an annotation of several targets. Words around a quote are given only where the site
//! publishes the source's whole text: what a private copy says next to a quote stays private. They, and the quote, are
//! then as the page of that text has them, with the numbers of its notes, so that a reader of annotations finds them there
//! (Web Annotation Data Model 4.2.4: the text of the document).

use std::borrow::Cow;
use std::ops::Range;

use super::Input;
use sourcebook_core::base::json::Json;
use sourcebook_core::evidence::passages::cut;
use sourcebook_core::evidence::public::Memento;
use sourcebook_core::evidence::{brackets, parts};
use sourcebook_core::model::claim::Evidence;
use sourcebook_core::model::{ClaimIx, SourceIx, state};
use sourcebook_core::words;

/// Characters of the text before and after a quote that tell it from the same words elsewhere.
const CONTEXT: usize = 32;

/// All quotes: an `AnnotationCollection` in one page.
pub fn write(input: &Input<'_>, out: &mut String) {
    let quoted = |ix: &ClaimIx| input.dossier[*ix].evidence.iter().filter(|e| e.quote.is_some()).count();
    let total: usize = input.claims().map(|ix| quoted(&ix)).sum();
    Json::new(out).object(|o| {
        o.text("@context", "http://www.w3.org/ns/anno.jsonld");
        o.text("id", &own(input, "")).text("type", "AnnotationCollection");
        o.text("label", &input.config.title).value("total", total);
        o.table("first", |o| {
            o.text("id", &own(input, "#page")).text("type", "AnnotationPage").value("startIndex", 0);
            o.key("items").array(|list| {
                for ix in input.claims() {
                    for n in 0..input.dossier[ix].evidence.len() {
                        annotation(list, input, ix, n);
                    }
                }
            });
        });
    });
    out.push('\n');
}

/// The address of this file, else its path from its folder.
fn own(input: &Input<'_>, fragment: &str) -> String {
    match &input.config.base_url {
        Some(base) => format!("{base}/data/annotations.jsonld{fragment}"),
        None => format!("annotations.jsonld{fragment}"),
    }
}

fn annotation(json: &mut Json<'_>, input: &Input<'_>, ix: ClaimIx, n: usize) {
    let evidence = &input.dossier[ix].evidence[n];
    let Some(quote) = &evidence.quote else { return };
    let source = &input.dossier[evidence.source];
    let text = input.verified.text(evidence.source).map(|text| text.as_str());
    // The page of a published text is its own; of any other source only the original can be annotated.
    let target = match (&source.url, text) {
        (Some(url), None) => url.to_string(),
        _ => input.url(evidence.source.into()),
    };
    let hit = input.verified.quote(ix, n).and_then(|q| q.passage.as_ref());
    let page = hit.and_then(|_| OnPage::of(input, evidence.source));
    let parts: Vec<(String, Option<(&str, &str)>)> = match (&page, hit) {
        (Some(page), Some(hit)) => {
            let part = |range: &Range<usize>| {
                let range = page.range(range);
                (page.text[range.clone()].to_owned(), Some(around(&page.text, &range)))
            };
            hit.ranges.iter().map(part).collect()
        }
        _ => {
            // What an editor put there is on our pages, and in no original.
            let own = source.url.is_none() || text.is_some();
            let words = if own { as_shown(input, evidence, &quote.value) } else { brackets::plain(&quote.value) };
            parts::parts(&words).iter().map(|part| (part.original.trim().to_owned(), None)).collect()
        }
    };
    json.line().object(|o| {
        o.text("id", &own(input, &format!("#{}-{}", input.id(ix), n + 1))).text("type", "Annotation");
        o.text("motivation", "linking");
        let whose = words::kinds::speech(input.verified.speech_word(input.dossier, ix, n), input.messages);
        o.key("body").array(|list| {
            list.string(&input.url(ix.into()));
            // Nobody should take for what is still said the claim that these words once bore.
            if let Some(lapsed) = state::lapsed(input.dossier, ix, None) {
                list.object(|o| {
                    let label = words::kinds::state(lapsed.how.into(), input.messages);
                    o.text("type", "TextualBody").text("purpose", "tagging").text("value", label);
                });
            }
            if let Some(whose) = whose {
                list.object(|o| {
                    o.text("type", "TextualBody").text("purpose", "describing");
                    o.text("value", whose).text("language", input.config.language.as_str());
                });
            }
        });
        o.list("target", &parts, |list, (exact, around)| {
            list.object(|o| {
                o.text("source", &target);
                public_copy(o, input.also_in(ix, n).filter(|_| text.is_none()));
                o.table("selector", |o| {
                    o.text("type", "TextQuoteSelector").text("exact", exact);
                    o.maybe("prefix", around.map(|(before, _)| before).filter(|t| !t.is_empty()));
                    o.maybe("suffix", around.map(|(_, after)| after).filter(|t| !t.is_empty()));
                });
            });
        });
    });
}

/// A state (Web Annotation Data Model, section 4.3): where the words stand too, as they were on that day.
fn public_copy(o: &mut Json<'_>, copy: Option<&Memento>) {
    let Some(copy) = copy else { return };
    o.table("state", |o| {
        o.text("type", "TimeState").text("cached", &copy.read);
        o.text("sourceDateStart", &format!("{}T00:00:00Z", copy.on));
        o.text("sourceDateEnd", &format!("{}T23:59:59Z", copy.on));
    });
}

/// A quote with the typography of our pages.
fn as_shown(input: &Input<'_>, evidence: &Evidence, quote: &str) -> String {
    let language = input.config.language;
    let inside = words::typography::inside_quotes(quote, language);
    words::spaces::bound(&inside, words::spaces::rules_of(evidence.language.as_deref(), language)).into_owned()
}

/// A published text as its page has it: paragraphs on a line each, and behind each passage the number of its note.
struct OnPage<'t> {
    original: &'t str,
    text: String,
    /// Bytes of the original, and where they begin here.
    pieces: Vec<(Range<usize>, usize)>,
}

impl<'t> OnPage<'t> {
    fn of(input: &Input<'t>, source: SourceIx) -> Option<Self> {
        let text = input.verified.text(source)?;
        let ranges: Vec<_> = input.verified.passages(source).iter().map(|passage| passage.hit.ranges.clone()).collect();
        let mut page = Self { original: text.as_str(), text: String::new(), pieces: Vec::new() };
        for segments in cut(text.paragraphs(), &ranges) {
            for segment in segments {
                page.pieces.push((segment.range.clone(), page.text.len()));
                page.text.push_str(&line_ends(&text.as_str()[segment.range]));
                segment.ends.iter().for_each(|end| page.text.push_str(&format!("[{}]", end + 1)));
            }
            page.text.push('\n');
        }
        Some(page)
    }

    fn range(&self, range: &Range<usize>) -> Range<usize> {
        // The last character, since behind the passage may stand the number of its note.
        let last = self.original[..range.end].char_indices().next_back().map_or(0, |(at, _)| at);
        let end = self.at(last) + line_ends(&self.original[last..range.end]).len();
        self.at(range.start)..end.max(self.at(range.start))
    }

    /// Where a byte of the original stands here.
    fn at(&self, byte: usize) -> usize {
        let last = self.pieces.partition_point(|(range, _)| range.start <= byte).saturating_sub(1);
        let Some((range, at)) = self.pieces.get(last) else { return 0 };
        at + line_ends(&self.original[range.start..byte.clamp(range.start, range.end)]).len()
    }
}

/// As a parser of HTML reads them.
fn line_ends(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}

fn around<'t>(text: &'t str, range: &Range<usize>) -> (&'t str, &'t str) {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let start = before.char_indices().rev().take(CONTEXT).last().map_or(before.len(), |(at, _)| at);
    let end = after.char_indices().nth(CONTEXT).map_or(after.len(), |(at, _)| at);
    (&before[start..], &after[..end])
}
