//! Kinds of pages, one file each: which routes it has, and what it shows.
//!
//! To add a kind, add a file with its [`PageKind`] and a line to [`ALL`].

mod article;
mod asset;
mod index;
mod home;
mod not_found;
mod record;
mod redirect;

use std::fmt;

use crate::diagnostic::Diagnostic;
use crate::plan::{Planner, Route};
use crate::render::Renderer;

/// A kind of page.
pub struct PageKind {
    /// What summaries and messages call it.
    pub name: &'static str,
    /// Adds its routes.
    pub plan: fn(&mut Planner<'_>),
    /// Renders one of them: appends its bytes.
    pub render: fn(&Renderer<'_>, &Route, &mut Vec<u8>) -> Result<(), Diagnostic>,
}

impl fmt::Debug for PageKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// Every kind of page, in the order of the summary.
pub static ALL: &[&PageKind] = &[
    &home::KIND,
    &article::KIND,
    &article::INDEX,
    &record::ACTOR,
    &record::EVENT,
    &record::PLACE,
    &record::SOURCE,
    &record::QUESTION,
    &record::CLAIM,
    &index::KIND,
    &not_found::KIND,
    &redirect::KIND,
    &asset::KIND,
    &asset::STATIC,
];
