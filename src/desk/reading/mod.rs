//! The reading room: a source's text as its reader gives it, and records made of what is selected in it.
//!
//! 1. [`look`]: the text, with what claims use of it, what is set aside, and what neither does; how much that is.
//! 2. [`nearby`]: what stands near some words: who speaks, numbers, dates, places, claims that say alike.
//! 3. [`proposal`]: a record to be made of a selection ([`essence`]: of a whole sentence), as a [`form`] that is filled in as far as it can be.
//! 4. [`edit`]: a form that a writer filled in, as a new text of the sheet, of which every other byte stays.
//! 5. [`diff`]: what an edit would change, line by line.
//!
//! Nothing here guesses in silence: whatever is filled in is shown, and what is only likely is offered.

pub mod diff;
pub mod edit;
pub mod essence;
pub mod form;
pub mod look;
pub mod nearby;
pub mod proposal;

#[cfg(test)]
mod tests {
    use sourcebook_core::base::memory::MemoryWorld;
    use sourcebook_core::dossier::{load, resolve};
    use sourcebook_core::model::{Dossier, Ref, Source, SourceIx};

    /// A dossier of one sheet.
    pub(super) fn dossier(sheet: &str) -> Dossier {
        let world = MemoryWorld::new().with("site.toml", "title = \"T\"").with("content/a.yaml", sheet);
        let parsed = load::load(&world).value;
        resolve::resolve(&parsed, resolve::Options { drafts: true }).value
    }

    pub(super) fn source_ix(dossier: &Dossier, id: &str) -> SourceIx {
        match dossier.get(id) {
            Some(Ref::Source(ix)) => ix,
            _ => panic!("no source {id}"),
        }
    }

    pub(super) fn source<'d>(dossier: &'d Dossier, id: &str) -> &'d Source {
        &dossier[source_ix(dossier, id)]
    }
}
