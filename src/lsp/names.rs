//! Every id of the dossier with the words by which a writer looks for it.

use std::collections::HashMap;
use std::sync::Arc;

use sourcebook_core::model::kinds::Kind;
use sourcebook_core::model::markdown::anchor;
use sourcebook_core::model::{Dossier, Ref, Text};

/// An id, and what it is looked for by.
#[derive(Clone, Debug)]
pub struct Name {
    /// The id.
    pub id: Text,
    /// What kind of record; `None` for an article.
    pub kind: Option<Kind>,
    /// What a reader calls it.
    pub label: Text,
    /// Words in the form of ids, each after a hyphen, for the label, other names, and, of a claim, whoever speaks.
    words: String,
    /// The same of each name alone, to show by which it was found.
    others: Vec<(Text, String)>,
}

/// How well an id answers to what was typed: the smaller, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// The id begins so.
    Begins,
    /// A part of the id begins so.
    Part,
    /// A word of its label, or of another name, begins so.
    Word,
    /// The id holds the letters in their order.
    Letters,
}

impl Name {
    /// The name of a record. Words are made again only where they are other words than `before`.
    fn new(dossier: &Dossier, of: Ref, before: Option<&Arc<Self>>) -> Arc<Self> {
        let label = dossier.label(of);
        let others: Vec<&Text> = match of {
            Ref::Actor(ix) => dossier[ix].aliases.iter().collect(),
            Ref::Place(ix) => dossier[ix].aliases.iter().collect(),
            Ref::Claim(ix) => dossier[ix].by.iter().map(|by| &dossier[*by].name).collect(),
            Ref::Event(_) | Ref::Source(_) | Ref::Question(_) | Ref::Article(_) => Vec::new(),
        };
        let is_same = |known: &&Arc<Self>| {
            known.kind == of.kind()
                && known.label == *label
                && known.others.iter().map(|(name, _)| name).eq(others.iter().copied())
        };
        if let Some(known) = before.filter(is_same) {
            return known.clone();
        }
        let words = |name: &str| format!("-{}", anchor(name));
        let others = others.into_iter().map(|name| (name.clone(), words(name))).collect();
        Arc::new(Self {
            id: dossier.id(of).clone(),
            kind: of.kind(),
            label: label.clone(),
            words: words(label),
            others,
        })
    }

    /// How well it answers to a word in the form of an id, and by which other name, if by one; `None` if not at all.
    pub fn fits(&self, wanted: &str) -> Option<(Fit, Option<&Text>)> {
        if self.id.starts_with(wanted) {
            return Some((Fit::Begins, None));
        }
        let part = format!("-{wanted}");
        if self.id.contains(&part) {
            return Some((Fit::Part, None));
        }
        if self.words.contains(&part) {
            return Some((Fit::Word, None));
        }
        if let Some((name, _)) = self.others.iter().find(|(_, words)| words.contains(&part)) {
            return Some((Fit::Word, Some(name)));
        }
        holds_letters(&self.id, wanted).then_some((Fit::Letters, None))
    }
}

/// Whether the letters stand there in their order, with others between.
pub fn holds_letters(text: &str, letters: &str) -> bool {
    let mut rest = text.chars();
    letters.chars().all(|letter| rest.any(|c| c.eq_ignore_ascii_case(&letter)))
}

/// Every id.
#[derive(Clone, Debug, Default)]
pub struct Names {
    all: Vec<Arc<Name>>,
    by_id: HashMap<Text, usize>,
}

impl Names {
    /// Those of a dossier. Where a part of it could not be read, those of `before` that are missing are kept: a line that is
    /// half typed must not take them away.
    pub fn new(dossier: &Dossier, before: Option<&Arc<Self>>) -> Self {
        let known = |of| before.and_then(|b| b.by_id.get(dossier.id(of)).map(|at| &b.all[*at]));
        let mut all: Vec<_> = dossier.all().map(|of| Name::new(dossier, of, known(of))).collect();
        if let Some(before) = before.filter(|_| dossier.unread.anything) {
            all.extend(before.all.iter().filter(|name| dossier.get(&name.id).is_none()).cloned());
        }
        let by_id = all.iter().enumerate().map(|(at, name)| (name.id.clone(), at)).collect();
        Self { all, by_id }
    }

    /// Those that answer to what was typed, the best first, then by id; `allowed` says of which kinds.
    pub fn find(&self, typed: &str, allowed: impl Fn(Option<Kind>) -> bool) -> Vec<(&Name, Fit, Option<&Text>)> {
        let wanted = if typed.is_empty() { String::new() } else { wanted(typed) };
        let mut found: Vec<_> = self
            .all
            .iter()
            .filter(|name| allowed(name.kind))
            .filter_map(|name| name.fits(&wanted).map(|(fit, by)| (&**name, fit, by)))
            .collect();
        found.sort_by(|a, b| (a.1, &a.0.id).cmp(&(b.1, &b.0.id)));
        found
    }

    /// The name of an id.
    pub fn get(&self, id: &str) -> Option<&Name> {
        self.by_id.get(id).map(|at| &*self.all[*at])
    }
}

/// What was typed, in the form of an id; a hyphen at its end is kept.
fn wanted(typed: &str) -> String {
    let form = anchor(typed);
    if typed.ends_with('-') && !form.ends_with('-') { form + "-" } else { form }
}
