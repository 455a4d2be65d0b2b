//! Figures for pages: the dossier's data worded and handed to [`crate::figures`], which draws.

use tera::Value;

use super::Renderer;
use crate::model::{ClaimIx, PlaceIx, QuestionIx};

/// The figure of a question's page.
pub fn question(_: &Renderer<'_>, _: QuestionIx, _: &str) -> Option<Value> {
    None
}

/// The small figure of a question in a list.
pub fn small(_: &Renderer<'_>, _: QuestionIx, _: &str) -> Option<Value> {
    None
}

/// The way from the speaker to the source, where it has more than one step.
pub fn derivation(_: &Renderer<'_>, _: ClaimIx, _: &str) -> Option<Value> {
    None
}

/// Events and what was said, on one line of time.
pub fn timeline(_: &Renderer<'_>, _: &str) -> Option<Value> {
    None
}

/// Where a place is.
pub fn map(_: &Renderer<'_>, _: PlaceIx) -> Option<Value> {
    None
}
