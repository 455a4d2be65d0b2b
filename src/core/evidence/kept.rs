//! A check of a record, as `captures.lock` keeps it.

use std::collections::BTreeMap;

use super::sha256::Sha256;
use crate::model::Check;

/// A check as the lock keeps it, by who checked, when, and the note: another of these is another check.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CheckKey {
    /// Who checked.
    pub by: String,
    /// When (EDTF).
    pub on: Option<String>,
    /// What was remarked.
    pub note: Option<String>,
}

impl CheckKey {
    /// The key of a check.
    pub fn of(check: &Check) -> Self {
        let note = check.note.as_ref().map(ToString::to_string);
        Self { by: check.by.to_string(), on: check.on.as_ref().map(|on| on.text().to_owned()), note }
    }
}

/// The checks of a record, each with the hash of what was checked.
pub type Kept = BTreeMap<CheckKey, Sha256>;
