//! Quotes as W3C Web Annotations: the words of a source (a `TextQuoteSelector`), linked to the claim that they bear.
//!
//! A quote in parts (`[…]`) is an annotation of several targets. Words around a quote are given only where the site
//! publishes the source's whole text: what a private copy says next to a quote stays private.

use std::ops::Range;

use super::Input;
use sourcebook_core::base::json::Json;
use sourcebook_core::evidence::parts;
use sourcebook_core::model::{ClaimIx, state};
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
    let parts: Vec<(String, Option<(&str, &str)>)> = match (text, hit) {
        (Some(text), Some(hit)) => {
            hit.ranges.iter().map(|range| (text[range.clone()].to_owned(), Some(around(text, range)))).collect()
        }
        _ => parts::parts(&quote.value).iter().map(|part| (part.original.trim().to_owned(), None)).collect(),
    };
    json.line().object(|o| {
        o.text("id", &own(input, &format!("#{}-{}", input.id(ix), n + 1))).text("type", "Annotation");
        o.text("motivation", "linking");
        let whose = words::kinds::speech(input.verified.speech_word(input.dossier, ix, n), input.messages);
        let lapsed = state::lapsed(input.dossier, ix, None);
        o.key("body").array(|list| {
            list.string(&input.url(ix.into()));
            // Nobody should take for what is still said the claim that these words once bore.
            if let Some(lapsed) = lapsed {
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
                o.text("source", &target).table("selector", |o| {
                    o.text("type", "TextQuoteSelector").text("exact", exact);
                    o.maybe("prefix", around.map(|(before, _)| before).filter(|t| !t.is_empty()));
                    o.maybe("suffix", around.map(|(_, after)| after).filter(|t| !t.is_empty()));
                });
            });
        });
    });
}

fn around<'t>(text: &'t str, range: &Range<usize>) -> (&'t str, &'t str) {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let start = before.char_indices().rev().take(CONTEXT).last().map_or(before.len(), |(at, _)| at);
    let end = after.char_indices().nth(CONTEXT).map_or(after.len(), |(at, _)| at);
    (&before[start..], &after[..end])
}
