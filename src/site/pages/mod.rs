//! Kinds of pages, one file each: which routes it has, and what it shows.
//!
//! To add a kind, add a file with its [`PageKind`] and a line to [`ALL`].

mod actor;
mod article;
mod articles;
mod as_of;
mod asset;
mod changes;
mod claim;
mod common;
mod data;
mod disagreements;
mod event;
mod feeds;
pub mod full_text;
mod home;
mod hosting;
mod impossible;
mod index;
mod not_found;
mod place;
mod question;
mod redirect;
mod search_index;
mod sitemap;
mod source;
mod statics;
#[cfg(test)]
mod tests;
mod timeline;

use std::fmt;

pub use article::reading_order;
pub use disagreements::{Disagreements, rivals, rivals_label};
pub use feeds::FILES as FEEDS;
pub use full_text::SCRIPT as FULL_TEXT;
pub use hosting::policy;
pub use index::listed;
pub use question::{answer as question_answer, is_apart};
pub use search_index::{HEAD as SEARCH_HEAD, kinds as search_kinds};
pub use timeline::{Entry as TimelineEntry, entries as timeline_entries};

use crate::plan::{Planner, Route};
use crate::render::Renderer;
use sourcebook_core::base::diagnostic::Diagnostic;

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

/// When a file is best made: 0 if it is made of the whole dossier at once, as few are, and large; 1 if it is a piece of
/// what was then made; 2 if it is a claim's page, which makes the card that others show; 3 if it is another page.
pub fn turn(route: &Route) -> usize {
    let is = |kind| std::ptr::eq(route.kind, kind);
    if is(&raw const data::KIND) || &*route.path == SEARCH_HEAD {
        0
    } else if is(&raw const search_index::KIND) {
        1
    } else if is(&raw const claim::KIND) {
        2
    } else {
        3
    }
}

/// Every kind of page, in the order of the summary.
pub static ALL: &[&PageKind] = &[
    &home::KIND,
    &article::KIND,
    &actor::KIND,
    &event::KIND,
    &place::KIND,
    &source::KIND,
    &question::KIND,
    &claim::KIND,
    &articles::KIND,
    &index::KIND,
    &timeline::KIND,
    &disagreements::KIND,
    &as_of::KIND,
    &data::KIND,
    &feeds::KIND,
    &hosting::KIND,
    &not_found::KIND,
    &redirect::KIND,
    &asset::KIND,
    &statics::KIND,
    &search_index::KIND,
    // After every kind of page, which it lists.
    &sitemap::KIND,
];
