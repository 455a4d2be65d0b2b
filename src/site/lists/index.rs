//! All records of a kind, in the order in which a reader looks for them.

use sourcebook_core::model::kinds::Kind;
use sourcebook_core::model::{Dossier, Ref};

/// All records of a kind, in the order of an index: by what a reader reads, not by ids; events and claims by time.
pub fn listed(dossier: &Dossier, kind: Kind) -> Vec<Ref> {
    let mut all: Vec<Ref> = (0..dossier.count(kind)).map(|i| Ref::at(kind, i)).collect();
    all.sort_by_cached_key(|of| {
        let date = match *of {
            Ref::Event(ix) => Some(&dossier[ix].date),
            Ref::Source(ix) => dossier[ix].published.as_ref(),
            Ref::Claim(ix) => dossier[ix].said.as_ref(),
            Ref::Actor(_) | Ref::Place(_) | Ref::Question(_) | Ref::Article(_) => None,
        };
        (date.map(|d| d.date.clone()), fold(dossier.label(*of)))
    });
    all
}

/// A label without accents and case, for sorting: « Écosse » stands before « Espagne ».
pub fn fold(label: &str) -> String {
    deunicode::deunicode(label).to_lowercase()
}
