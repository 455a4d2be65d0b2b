//! The ids of a page: each once, whoever makes it.
//!
//! Anchors are made of headings' words. What the page itself uses ([`Taken`]) is given to none; a heading that a writer names
//! so is a fault.

use std::collections::{BTreeSet, HashMap};

use crate::base::steps::step;
use crate::model::Text;

/// The anchor made of a heading's words: ASCII, lower case, joined by hyphens.
pub fn anchor(words: &str) -> String {
    let ascii = deunicode::deunicode(words).to_lowercase();
    let parts: Vec<_> = ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "section".into() } else { parts.join("-") }
}

/// Which page a text stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageOf {
    /// An article, or the home page.
    Article,
    /// A record.
    Record,
}

/// Ids of the frame of every page.
const FRAME: &[&str] = &["content", "preview", "search", "search-results"];

/// Ids of the pages of articles, and of the home page, whose text is one.
const ARTICLE: &[&str] = &["about", "changes", "mentions", "notes", "sourcing", "toc"];
const HOME: &[&str] = &["disputed", "milestones", "open", "read", "settled", "ways"];

/// Ids of the pages of records.
const RECORD: &[&str] = &[
    "about",
    "alone",
    "answers",
    "apart",
    "assessment",
    "claims",
    "evidence",
    "events",
    "fulltext",
    "given",
    "mentions",
    "notes",
    "origin-of",
    "pairs",
    "provenance",
    "reference",
    "relations",
    "relayed",
    "said",
    "said-about",
    "sources",
];

/// The ids that are taken on a page.
#[derive(Clone, Debug)]
pub struct Taken {
    page: PageOf,
    by_headings: BTreeSet<Text>,
    /// The number after each id that was the last to be free.
    numbers: HashMap<Text, usize>,
}

impl Taken {
    /// Those of a page before any text stands on it.
    pub fn on(page: PageOf) -> Self {
        Self { page, by_headings: BTreeSet::new(), numbers: HashMap::new() }
    }

    /// Whether the page itself uses an id.
    pub fn is_of_page(&self, id: &str) -> bool {
        let own = match self.page {
            PageOf::Article => [ARTICLE, HOME],
            PageOf::Record => [RECORD, &[]],
        };
        let of_list = || id.strip_suffix("-list").or(id.strip_suffix("-table")).is_some_and(|of| RECORD.contains(&of));
        FRAME.contains(&id)
            || own.iter().any(|ids| ids.contains(&id))
            || (self.page == PageOf::Record && of_list())
            || is_numbered(id)
            || self.is_of_figure(id)
    }

    /// Figures and quoted passages are named after their records: on the page of a record, on cards in articles.
    fn is_of_figure(&self, id: &str) -> bool {
        match self.page {
            PageOf::Record => id.starts_with("figure-") || id.starts_with("quote-"),
            PageOf::Article => id.starts_with("figure-") && id.split('-').any(|part| part == "small"),
        }
    }

    /// Takes an id; `false` if it is taken already.
    pub fn take(&mut self, id: &Text) -> bool {
        !self.is_of_page(id) && self.by_headings.insert(id.clone())
    }

    /// Takes an id, or the first free one with a number after it: no number is tried twice.
    pub fn take_free(&mut self, wanted: &Text) -> Text {
        let wanted = if self.is_of_figure(wanted) { format!("section-{wanted}").into() } else { wanted.clone() };
        if self.take(&wanted) {
            return wanted;
        }
        let mut number = self.numbers.get(&wanted).copied().unwrap_or(0);
        loop {
            number += 1;
            step(1);
            let id = format!("{wanted}-{number}").into();
            if self.take(&id) {
                self.numbers.insert(wanted, number);
                return id;
            }
        }
    }
}

/// Whether an id is one of notes, of their uses, of footnotes, of quoted passages or of what a search found.
fn is_numbered(id: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    match *id.split('-').collect::<Vec<_>>().as_slice() {
        ["note" | "quoted" | "remark" | "search", n] | ["quoted" | "remark", n, "use"] => is_number(n),
        ["remark", n, "use", turn] => is_number(n) && is_number(turn),
        ["use", n, letter] => is_number(n) && letter.bytes().all(|b| b.is_ascii_lowercase()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_leave_the_ids_of_the_page_alone() {
        let mut taken = Taken::on(PageOf::Article);
        let mut anchors = ["note-1", "content", "use-1-a", "said", "said", "notes", "note-worthy"]
            .map(|wanted| taken.take_free(&wanted.into()));
        anchors.sort();
        assert_eq!(
            anchors.map(|id| id.to_string()),
            ["content-1", "note-1-1", "note-worthy", "notes-1", "said", "said-1", "use-1-a-1"]
        );
    }
}
