//! A source's whole text, with every passage that a claim quotes marked and tied to it.
//!
//! 1. The text is cut where passages begin and end ([`sourcebook_core::evidence::passages`]); they may overlap.
//! 2. Each piece is marked; where a passage ends stands the number of its note.
//! 3. The notes follow: claim, speaker, and the way back. A theme may lift them into the margin.

use super::Renderer;
use sourcebook_core::base::html::{escape, push};
use sourcebook_core::evidence::passages::{Segment, cut};
use sourcebook_core::evidence::verify::Passage;
use sourcebook_core::model::{ClaimIx, SourceIx, state};
use sourcebook_core::words::spaces::direction;
use sourcebook_core::words::{self, text};

/// The anchor of a quoted passage on its source's page.
pub fn anchor(renderer: &Renderer<'_>, claim: ClaimIx, evidence: usize) -> String {
    let id = renderer.dossier.id(claim.into());
    if evidence == 0 { format!("quote-{id}") } else { format!("quote-{id}-{}", evidence + 1) }
}

/// The annotated text, where the source publishes one; for its own page.
pub fn text(renderer: &Renderer<'_>, ix: SourceIx) -> Option<String> {
    let text = renderer.verified.text(ix)?;
    let passages = renderer.verified.passages(ix);
    let ranges: Vec<_> = passages.iter().map(|passage| passage.hit.ranges.clone()).collect();
    let language = renderer.dossier[ix].language.as_deref();
    let lang = language.map(|l| format!(" lang=\"{}\"", escape(l))).unwrap_or_default();
    let dir = direction(language).map(|d| format!(" dir=\"{d}\"")).unwrap_or_default();
    let mut out = format!("<div class=\"annotated\"{lang}{dir}>\n");
    for segments in cut(text.paragraphs(), &ranges) {
        out.push_str("<p>");
        for segment in &segments {
            piece(&mut out, renderer, text.as_str(), segment, passages);
        }
        out.push_str("</p>\n");
    }
    out.push_str("</div>\n");
    notes(&mut out, renderer, passages);
    Some(out)
}

fn piece(out: &mut String, renderer: &Renderer<'_>, text: &str, segment: &Segment, passages: &[Passage]) {
    let words = &text[segment.range.clone()];
    for begin in &segment.begins {
        let passage = &passages[*begin];
        out.push_str(&format!("<span id=\"{}\"></span>", anchor(renderer, passage.claim, passage.evidence)));
    }
    if segment.passages.is_empty() {
        push(out, words);
    } else {
        let several = if segment.passages.len() > 1 { " several" } else { "" };
        out.push_str(&format!("<mark class=\"quoted{several}\">"));
        push(out, words);
        out.push_str("</mark>");
    }
    for end in &segment.ends {
        let n = end + 1;
        let speaker = text::speaker_label(renderer.dossier, passages[*end].claim, renderer.words());
        let label = renderer.words().fill("note.mark", &[("number", &n.to_string()), ("label", &speaker)]);
        out.push_str(&format!(
            "<sup class=\"note\">[<a id=\"quoted-{n}-use\" href=\"#quoted-{n}\" role=\"doc-noteref\" aria-label=\"{}\">{n}</a>]</sup>",
            escape(&label)
        ));
    }
}

fn notes(out: &mut String, renderer: &Renderer<'_>, passages: &[Passage]) {
    if passages.is_empty() {
        return;
    }
    out.push_str("<ol class=\"passages\">\n");
    for (i, passage) in passages.iter().enumerate() {
        let n = i + 1;
        let claim = passage.claim.into();
        let statement = renderer.unlinked(&renderer.dossier[passage.claim].statement);
        let speaker = text::speaker_label(renderer.dossier, passage.claim, renderer.words());
        let back = renderer.words().text("note.back_to_passage");
        let lapse = state::lapsed(renderer.dossier, passage.claim, None).map(|lapsed| lapsed.how);
        let mark = lapse.map_or_else(String::new, |lapse| {
            let word = words::kinds::state(lapse.into(), renderer.words());
            format!(" <span class=\"lapsed-mark\" data-lapse=\"{}\">{}</span>", lapse.as_str(), escape(word))
        });
        let said = format!(
            "<span class=\"speaker\">{}</span> <a class=\"claim\" href=\"../../{}\">{}</a>{mark}",
            escape(&speaker),
            escape(&renderer.urls.address(claim)),
            statement
        );
        // The script lifts the words into the margin, beside the passage: all but the way back.
        out.push_str(&format!(
            "<li id=\"quoted-{n}\"><span class=\"note-text\">{said} <a class=\"back\" href=\"#{}\" role=\"doc-backlink\" aria-label=\"{}\">↩</a></span></li>\n",
            anchor(renderer, passage.claim, passage.evidence),
            escape(back),
        ));
    }
    out.push_str("</ol>\n");
}
