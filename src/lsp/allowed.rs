//! Which kinds of record a key may name.

use sourcebook_core::model::kinds::Kind;

/// The kinds of record that may stand behind a key of a record; empty where the key names none, and for the keys of an
/// article's `about` all of them.
pub fn kinds(record: &str, key: &str) -> &'static [Kind] {
    use Kind::{Actor, Claim, Event, Place, Question, Source};
    match (record, key) {
        ("Actor", "part_of" | "speaks_for") => &[Actor],
        ("Place", "part_of") => &[Place, Actor],
        ("Event", "actors") => &[Actor],
        ("Event" | "Question" | "Answer", "place") => &[Place],
        ("Event", "part_of") => &[Event],
        ("Source", "author" | "publisher") => &[Actor],
        ("Source", "based_on") => &[Actor, Source],
        ("Question" | "Answer", "group") => &[Actor],
        ("Claim", "by") | ("Evidence", "via") => &[Actor],
        ("Claim", "about") => &[Actor, Event, Place, Claim],
        ("Claim", "order") => &[Event],
        ("Claim", "answers") => &[Question],
        ("Claim", "contradicts" | "supports" | "supersedes") => &[Claim],
        ("Evidence" | "Rate", "source") => &[Source],
        ("Article", "about") | ("Exception", "id") => Kind::ALL,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lsp::shape;
    use sourcebook_desk::schema::Subject;
    use sourcebook_desk::schema::words::{Form, RECORDS};

    #[test]
    fn every_key_that_takes_ids_says_of_which_kind() {
        let own = ["Sheet", "Site", "Paths"];
        for (record, keys) in RECORDS.iter().filter(|(record, _)| !own.contains(record)) {
            for (key, form, _) in *keys {
                let is_named = [("Article", "slug"), ("Exception", "rule"), ("Stamp", "id")].contains(&(*record, *key));
                if *form == Form::Id && !is_named {
                    assert!(!kinds(record, key).is_empty(), "{record}.{key}");
                }
            }
        }
        assert!(!shape::at(Subject::Sheet, &["claims"]).is_empty());
    }
}
