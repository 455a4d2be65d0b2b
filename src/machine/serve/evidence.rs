//! The passage of the capture around a quote, for the writer's eyes: served by the preview alone, to this machine alone.
//! No build writes it.

use std::ops::Range;

use axum::body::Body;
use axum::http::{Response, StatusCode};
use serde::Serialize;

use super::live::parameter;
use super::pages::{self, Found};
use super::preview::Site;
use super::shared::Shared;
use sourcebook_core::base::world::World;
use sourcebook_core::evidence::find::{Finding, Prepared, find};
use sourcebook_core::evidence::verify;
use sourcebook_core::model::{Dossier, Ref, SourceIx};

/// Bytes shown before and after a quote, to the edge of a word.
const AROUND: usize = 700;

/// Text of a capture, and what in it is quoted.
#[derive(Serialize)]
struct Passage {
    /// `verbatim`, `ambiguous`, `absent`.
    state: &'static str,
    /// Pieces in order.
    pieces: Vec<Piece>,
    /// Where the quote begins, as a locator says it.
    place: Option<String>,
}

#[derive(Serialize)]
struct Piece {
    quoted: bool,
    text: String,
}

/// Answers with the passage around `quote` in the capture of the source whose page is at `source`.
pub(super) fn answer(shared: &Shared, query: &str) -> Response<Body> {
    let nothing = |why| pages::plain(StatusCode::NOT_FOUND, why);
    if !shared.private {
        return pages::plain(StatusCode::FORBIDDEN, "captures are shown on this machine only");
    }
    let (Some(source), Some(quote)) = (parameter(query, "source"), parameter(query, "quote")) else {
        return pages::plain(StatusCode::BAD_REQUEST, "which quote?");
    };
    let current = shared.preview.current();
    let Some(site) = &current.site else { return nothing("there is no page yet") };
    let Some(ix) = source_at(site, &source) else { return nothing("there is no such source") };
    let locator = parameter(query, "locator");
    match passage(site, &**shared.preview.snapshot(), ix, &quote, locator.as_deref()) {
        Some(passage) => {
            let json = serde_json::to_string(&passage).unwrap_or_default();
            pages::with_type(StatusCode::OK, "application/json", Body::from(json))
        }
        None => nothing("there is no capture of this source"),
    }
}

fn source_at(site: &Site, path: &str) -> Option<SourceIx> {
    let Found::Route(route) = pages::find(site, path) else { return None };
    let is_source = |of: &Ref| matches!(of, Ref::Source(_));
    let dossier = &site.prepared.dossier;
    let folder = route.path.split('/').rev().nth(1)?;
    match dossier.get(folder).filter(is_source)? {
        Ref::Source(ix) => Some(ix),
        _ => None,
    }
}

fn passage(site: &Site, world: &dyn World, ix: SourceIx, quote: &str, locator: Option<&str>) -> Option<Passage> {
    let dossier: &Dossier = &site.prepared.dossier;
    let source = &dossier[ix];
    let bytes = world.capture(&source.capture.as_ref()?.file.value)?.ok()?;
    let text = Prepared::new(verify::read(source, &bytes)?.ok()?);
    let quote = without_marks(quote);
    let (state, ranges) = match find(quote, &text, locator) {
        Finding::Verbatim { hit, .. } => ("verbatim", hit.ranges),
        Finding::Ambiguous { hits } => ("ambiguous", hits.into_iter().next()?.ranges),
        Finding::Absent { .. } => ("absent", Vec::new()),
    };
    let place = ranges.first().and_then(|range| text.text().place(range.start).spot.locator());
    Some(Passage { state, pieces: pieces(text.text().as_str(), &ranges), place })
}

/// The quote without the quotation marks that the theme sets around it.
fn without_marks(quote: &str) -> &str {
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '«' | '»' | '“' | '”' | '"');
    quote.trim_matches(is_mark)
}

fn pieces(text: &str, ranges: &[Range<usize>]) -> Vec<Piece> {
    let (Some(first), Some(last)) = (ranges.first(), ranges.last()) else { return Vec::new() };
    let mut at = edge_before(text, first.start.saturating_sub(AROUND));
    let end = edge_after(text, (last.end + AROUND).min(text.len()));
    let mut pieces = Vec::new();
    let mut piece = |range: Range<usize>, quoted| {
        if let Some(text) = text.get(range).filter(|text| !text.is_empty()) {
            pieces.push(Piece { quoted, text: text.to_owned() });
        }
    };
    for range in ranges {
        piece(at..range.start, false);
        piece(range.clone(), true);
        at = range.end;
    }
    piece(at..end, false);
    pieces
}

fn edge_before(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    let before = &text[..at];
    before.rfind(char::is_whitespace).map_or(0, |i| i + before[i..].chars().next().map_or(0, char::len_utf8))
}

fn edge_after(text: &str, at: usize) -> usize {
    let at = text.ceil_char_boundary(at);
    text[at..].find(char::is_whitespace).map_or(text.len(), |i| at + i)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::single_range_in_vec_init, reason = "one passage is the commonest case")]
    fn what_is_quoted_is_set_apart() {
        let check = |text: &str, ranges: &[Range<usize>], expect: &[(bool, &str)]| {
            let found = pieces(text, ranges);
            let found: Vec<_> = found.iter().map(|piece| (piece.quoted, &*piece.text)).collect();
            assert_eq!(found, expect);
        };
        check("un deux trois", &[3..7], &[(false, "un "), (true, "deux"), (false, " trois")]);
        check("un deux trois", &[0..2, 8..13], &[(true, "un"), (false, " deux "), (true, "trois")]);
        check("un", &[], &[]);
        let long = "é\u{a0}".repeat(2000);
        let before = pieces(&long, &[4000..4002])[0].text.len();
        assert!((AROUND..AROUND + 8).contains(&before), "{before}");
    }
}
