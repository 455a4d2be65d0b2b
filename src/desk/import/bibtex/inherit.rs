//! What an entry takes from others, as biblatex has it by default: only what it does not say itself.
//!
//! `xdata` gives its fields as they are. A `crossref` gives them under the name that they have in a part: the title of a book
//! is the `booktitle` of a chapter. What says where the larger work is, and not its part, is not taken: an address, a DOI, an
//! abstract, pages.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::strings::Budget;
use super::{Value, Work};
use crate::import::step;
use sourcebook_core::base::diagnostic::{Diagnostic, Diagnostics};

/// Entries that take from others that take from others, beyond this, take nothing.
const DEEPEST: usize = 20;

/// What is the larger work's own, or means an entry and not a work.
const OWN: &[&str] = &[
    "ids",
    "crossref",
    "xref",
    "xdata",
    "entryset",
    "entrysubtype",
    "execute",
    "label",
    "options",
    "presort",
    "related",
    "relatedoptions",
    "relatedstring",
    "relatedtype",
    "shorthand",
    "shorthandintro",
    "shorttitle",
    "sortkey",
    "key",
    "doi",
    "url",
    "urldate",
    "eprint",
    "eprinttype",
    "eprintclass",
    "archiveprefix",
    "primaryclass",
    "abstract",
    "annotation",
    "annote",
    "keywords",
    "note",
    "addendum",
    "file",
    "pages",
    "pagetotal",
    "type",
];

/// Names of one thing: who has one of them has it.
const ALIKE: &[&[&str]] = &[
    &["date", "year", "month", "day"],
    &["journal", "journaltitle"],
    &["school", "institution"],
    &["address", "location"],
    &["annote", "annotation"],
];

/// Parts, whose larger work has a title of its own.
const PARTS: &[&str] = &[
    "inbook",
    "bookinbook",
    "suppbook",
    "incollection",
    "suppcollection",
    "inreference",
    "inproceedings",
    "conference",
    "chapter",
];

/// The entries of a file, and what each has in the end.
pub(super) struct Inherited<'w, 't> {
    works: &'w [Work<'t>],
    by_key: BTreeMap<&'t str, usize>,
    budget: &'w Budget,
    known: RefCell<Vec<State>>,
}

#[derive(Clone)]
enum State {
    Unknown,
    /// Being looked up: who comes here goes in a circle.
    Open,
    Known(Rc<Vec<Value>>),
}

impl<'w, 't> Inherited<'w, 't> {
    /// Of the entries of a file; of those with one key, the first is meant.
    pub(super) fn of(works: &'w [Work<'t>], budget: &'w Budget) -> Self {
        let mut by_key = BTreeMap::new();
        for (n, work) in works.iter().enumerate().filter(|(_, work)| !work.key.is_empty()) {
            by_key.entry(work.key).or_insert(n);
        }
        Self { works, by_key, budget, known: RefCell::new(vec![State::Unknown; works.len()]) }
    }

    /// The fields of an entry, its own first. That it names one that is not there is told.
    pub(super) fn values(&self, n: usize, diagnostics: &mut Diagnostics) -> Rc<Vec<Value>> {
        for value in self.works[n].values.iter().filter(|value| is_reference(value)) {
            for name in names(value).filter(|name| !self.by_key.contains_key(name)) {
                let message = format!("no entry of this file has the key `{name}`: nothing is taken from it");
                let help = "export the entry as well";
                diagnostics.push(Diagnostic::warning("bibtex-syntax", value.span, message).help(help));
            }
        }
        self.gather(n, 0)
    }

    fn gather(&self, n: usize, depth: usize) -> Rc<Vec<Value>> {
        let own = || Rc::new(self.works[n].values.clone());
        match &self.known.borrow()[n] {
            State::Known(values) => return values.clone(),
            State::Open => return own(),
            State::Unknown => {}
        }
        if depth > DEEPEST || !self.works[n].values.iter().any(is_reference) {
            return own();
        }
        self.known.borrow_mut()[n] = State::Open;
        let mut values = self.works[n].values.clone();
        // What is shared comes before what is a larger work's.
        for field in ["xdata", "crossref"] {
            let parents: Vec<usize> = self.works[n]
                .values
                .iter()
                .filter(|value| *value.name == *field)
                .flat_map(names)
                .filter_map(|name| self.by_key.get(name).copied())
                .collect();
            for parent in parents {
                let theirs = self.gather(parent, depth + 1);
                self.add(&mut values, &self.works[n].kind, &self.works[parent].kind, &theirs, field == "crossref");
            }
        }
        let values = Rc::new(values);
        self.known.borrow_mut()[n] = State::Known(values.clone());
        values
    }

    fn add(&self, values: &mut Vec<Value>, kind: &str, parent: &str, theirs: &[Value], is_larger: bool) {
        let there: Vec<Rc<str>> = values.iter().map(|value| value.name.clone()).collect();
        let has = |name: &str| {
            let alike = ALIKE.iter().find(|names| names.contains(&name)).copied().unwrap_or_default();
            there.iter().any(|there| **there == *name || alike.contains(&&**there))
        };
        let has_booktitle = theirs.iter().any(|value| &*value.name == "booktitle");
        step(values.len() + theirs.len());
        for value in theirs.iter().filter(|value| !is_reference(value)) {
            let name = match is_larger {
                true if OWN.contains(&&*value.name) => continue,
                true => renamed(&value.name, kind, parent),
                false => &value.name,
            };
            // A larger work that says itself what its parts call it.
            if has(name)
                || (name == "booktitle" && &*value.name == "title" && has_booktitle)
                || !self.budget.spend(value.text.len())
            {
                continue;
            }
            values.push(Value { name: name.into(), ..value.clone() });
        }
    }
}

/// What a field of a larger work is called in its part.
fn renamed<'n>(name: &'n str, kind: &str, parent: &str) -> &'n str {
    let [title, subtitle, addon] = match (kind, parent) {
        (_, parent) if parent.starts_with("mv") => ["maintitle", "mainsubtitle", "maintitleaddon"],
        ("article" | "suppperiodical", "periodical") => ["journaltitle", "journalsubtitle", "journaltitleaddon"],
        (kind, _) if PARTS.contains(&kind) => ["booktitle", "booksubtitle", "booktitleaddon"],
        _ => return name,
    };
    match name {
        "title" => title,
        "subtitle" => subtitle,
        "titleaddon" => addon,
        name => name,
    }
}

/// Whether a field names entries that others are taken from.
fn is_reference(value: &Value) -> bool {
    matches!(&*value.name, "crossref" | "xdata")
}

/// The keys that a field lists.
fn names(value: &Value) -> impl Iterator<Item = &str> {
    value.text.split(',').map(str::trim).filter(|name| !name.is_empty())
}
