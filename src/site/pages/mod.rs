//! Kinds of pages, one file each: which routes it has, and what it shows.
//!
//! To add a kind, add a file with its [`PageKind`] and a line to [`ALL`].

mod actor;
mod article;
mod articles;
mod as_of;
mod asset;
mod behind;
mod changes;
mod claim;
mod common;
mod compare;
mod data;
mod disagreements;
mod embed;
mod event;
mod facets;
mod feeds;
pub mod full_text;
mod history;
mod home;
mod hosting;
mod impossible;
mod index;
mod matrix;
mod milestones;
mod not_found;
mod place;
mod proof;
mod question;
mod redirect;
mod search_index;
mod sitemap;
mod source;
mod statics;
#[cfg(test)]
mod tests;
mod timeline;

use crate::plan::{Planner, Route, Routes};
use crate::render::Renderer;
use crate::search;
use crate::theme::Theme;
use sourcebook_core::base::diagnostic::{Diagnostic, Report};
use sourcebook_core::dossier::load::Parsed;
use sourcebook_core::model::kinds::Kind;
use sourcebook_core::model::{Dossier, Ref};

/// A kind of page.
pub struct PageKind {
    /// What summaries and messages call it.
    pub name: &'static str,
    /// What it is, for what lists pages.
    pub role: Role,
    /// Adds its routes.
    pub plan: fn(&mut Planner<'_>),
    /// Renders one of them: appends its bytes.
    pub render: fn(&Renderer<'_>, &Route, &mut Vec<u8>) -> Result<(), Diagnostic>,
}

/// What a kind of page is, for what lists pages.
#[derive(Clone, Copy)]
pub enum Role {
    /// The home page.
    Home,
    /// The page of a record or an article: of which, by the subject of a route.
    Record(fn(u32) -> Ref),
    /// A page of the site's that lists what has pages of its own.
    List,
    /// No page of the site's: a file for programs, or one that stands in another's place.
    File,
}

/// The kind of page of a route.
pub fn kind_of(route: &Route) -> &'static PageKind {
    ALL[route.kind]
}

/// Plans the whole output.
pub fn plan(dossier: &Dossier, parsed: &Parsed, theme: &Theme) -> Report<Routes> {
    let mut planner = Planner::new(dossier, parsed, theme);
    for (number, kind) in ALL.iter().enumerate() {
        planner.turn_to(number);
        (kind.plan)(&mut planner);
    }
    planner.finish(|route| kind_of(route).name)
}

/// How many routes each kind of page has, by its name, in the order of [`ALL`].
pub fn counts(routes: &Routes) -> Vec<(&'static str, usize)> {
    let mut counts: Vec<_> = ALL.iter().map(|kind| (kind.name, 0)).collect();
    routes.all().iter().for_each(|route| counts[route.kind].1 += 1);
    counts.retain(|(_, n)| *n > 0);
    counts
}

impl Renderer<'_> {
    /// Appends the bytes of one route; a fault of a template is the only thing that can go wrong.
    ///
    /// # Errors
    /// That fault.
    pub fn render(&self, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
        (kind_of(route).render)(self, route, out)
    }
}

/// When a file is best made: 0 if it is made of the whole dossier at once, as few are, and large; 1 if it is a piece of
/// what was then made; 2 if it is a claim's page, which makes the card that others show; 3 if it is another page.
pub fn turn(route: &Route) -> usize {
    let is = |kind: &'static PageKind| std::ptr::eq(kind_of(route), kind);
    if is(&data::KIND) || &*route.path == search::HEAD {
        0
    } else if is(&search_index::KIND) {
        1
    } else if is(&claim::KIND) {
        2
    } else {
        3
    }
}

/// Kinds of page beside those of the records.
const OTHERS: usize = 20;

/// Every kind of page, in the order of the summary; one for each kind of record.
pub static ALL: [&PageKind; Kind::ALL.len() + OTHERS] = [
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
    &compare::KIND,
    &history::KIND,
    &embed::KIND,
    &data::KIND,
    &proof::KIND,
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
