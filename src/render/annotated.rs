//! A source's whole text, with every passage that a claim quotes marked and tied to it.

use crate::model::SourceIx;

use super::Page;

/// The annotated text, where the source publishes one.
pub fn text(_: &Page<'_, '_>, _: SourceIx) -> Option<String> {
    None
}
