//! What a record said before, as data.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::date::Edtf;

/// A record as a sheet had it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The key under which it stood: `claims`.
    pub kind: String,
    /// Its fields, in the order written.
    pub fields: Vec<Field>,
    /// What it quoted.
    pub quotes: Vec<String>,
}

/// A field of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its key.
    pub key: String,
    /// Its value, as YAML, as it was written, without comments.
    pub yaml: String,
    /// The same whatever its layout.
    pub meaning: String,
}

/// A field that two versions have in another way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    /// Its key.
    pub key: String,
    /// Its value before, as YAML; `None` where there was none.
    pub before: Option<String>,
    /// Its value after; `None` where there is none.
    pub after: Option<String>,
}

/// A commit that changed a record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Event {
    /// The commit.
    pub commit: String,
    /// Its author, by name; empty where that is not told.
    pub by: String,
    /// When it was written (ISO 8601, with the author's offset).
    pub on: String,
    /// The day of that, as the author's clock had it.
    pub day: Option<Edtf>,
    /// The first line of its message: why.
    pub why: String,
    /// What became of the record.
    pub what: What,
    /// In which sheet it then stood, from the dossier's root; none where it was removed.
    pub sheet: Option<String>,
    /// The fields that changed.
    pub fields: Vec<Change>,
    /// What the record quoted before and after.
    pub quotes: Vec<String>,
}

impl Event {
    /// As many digits of the commit as tell it from others.
    pub fn short(&self) -> &str {
        self.commit.get(..12).unwrap_or(&self.commit)
    }
}

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// It was written.
    Added,
    /// Fields of it changed.
    Changed,
    /// It was taken out.
    Removed,
}

impl What {
    /// As the command prints it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }
}

/// What readers are told of what records said before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct History {
    /// Of records that changed since they were written, by id, the earliest first.
    pub events: BTreeMap<String, Vec<Event>>,
    /// Records that were changed since the last commit.
    pub uncommitted: BTreeSet<String>,
}

impl History {
    /// What became of a record; nothing where it never changed or nothing is known.
    pub fn of(&self, id: &str) -> &[Event] {
        self.events.get(id).map_or(&[], Vec::as_slice)
    }

    /// What earlier versions quoted, which their pages show.
    pub fn quotes(&self) -> impl Iterator<Item = &str> {
        self.events.values().flatten().flat_map(|event| &event.quotes).map(String::as_str)
    }
}
