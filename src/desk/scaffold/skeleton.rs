//! Records to fill in: what must be there stands there, what may be is in comments.
//!
//! Each builds as it is. What only its writer can know says `TO DO`, which the rule `to-do` finds until it is written.

use sourcebook_core::model::Dossier;
use sourcebook_core::model::kinds::Kind;
use sourcebook_core::model::{Ref, Text};

pub use sourcebook_core::check::TO_DO;

/// What a skeleton is made with.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// Today, as an ISO date: a date that must be there until the right one is.
    pub today: &'a str,
    /// The source of a claim.
    pub source: &'a str,
}

/// The fields of a record, from the first column.
pub fn fields(kind: Kind, given: Given<'_>) -> String {
    let text = match kind {
        Kind::Actor => ACTOR,
        Kind::Event => EVENT,
        Kind::Place => PLACE,
        Kind::Source => SOURCE,
        Kind::Question => QUESTION,
        Kind::Claim => CLAIM,
    };
    text.replace("TODAY", given.today).replace("SOURCE", given.source)
}

/// An id that nothing has: `new-claim`, `new-claim-2` …
pub fn free_id(kind: Kind, dossier: &Dossier) -> String {
    let first = format!("new-{}", kind.as_str());
    let numbered = (2..).map(|n| format!("new-{}-{n}", kind.as_str()));
    let free = |id: &String| dossier.get(id).is_none() && !dossier.unread.names.contains(&**id);
    std::iter::once(first).chain(numbered).find(free).unwrap_or_default()
}

/// The sheet that records of a kind are kept in: the one with the most of them, the first by path of several. Paths are
/// those of `sheets`, in their order.
pub fn usual_sheet<'a>(kind: Kind, dossier: &Dossier, path_of: impl Fn(Ref) -> &'a Text) -> Option<&'a Text> {
    let mut counts: std::collections::BTreeMap<&Text, usize> = std::collections::BTreeMap::new();
    for record in dossier.all().filter(|record| record.kind() == Some(kind)) {
        *counts.entry(path_of(record)).or_default() += 1;
    }
    counts.into_iter().max_by(|(a, n), (b, m)| n.cmp(m).then(b.cmp(a))).map(|(path, _)| path)
}

const ACTOR: &str = "\
name: TO DO
type: person  # person, organization, state, armed-force, media, unnamed
# aliases: [another spelling]
# role: what they are, in a few words
# part_of: the id of an actor
# wikidata: Q1
# summary: In a few sentences of Markdown.
";

const EVENT: &str = "\
title: TO DO
date: TODAY  # TO DO: when it happened, as 2024-06-19, 2024-06, 2024, 2024-06~ …
# place: the id of a place
# actors: { an-actor: in which role }
# part_of: the id of an event
# summary: In a few sentences of Markdown.
";

const PLACE: &str = "\
name: TO DO
# coordinates: [48.85, 2.35]  # latitude, longitude
# precision: city  # point, site, city, district, region, country, area
# part_of: the id of a place or an actor
# wikidata: Q1
# summary: In a few sentences of Markdown.
";

const SOURCE: &str = "\
title: TO DO
type: document  # a CSL type: article-newspaper, webpage, report, speech, book …
# author: [a name or the id of an actor]
# publisher: a name or the id of an actor
# published: 2024-06-19
# accessed: TODAY
# url: https://example.org/
# language: en
# summary: In a few sentences of Markdown.
";

const QUESTION: &str = "\
text: TO DO
kind: quantity  # quantity, date, choice (with options: { yes: …, no: … })
# unit: soldiers
# tolerance: 10%  # what ~ means
# changes: true  # where the true answer moves with time …
# window: 31d  # … so that answers further apart are not compared
# summary: In a few sentences of Markdown.
";

const CLAIM: &str = "\
statement: TO DO
# by: the id of an actor; without one, the source speaks for itself
# on: 2024-06-19  # when it was said
# as_of: 2024-06  # when it held, if not then
# modality: asserts  # asserts, estimates, forecasts, confirms, denies, declines-to-confirm
# about: [ids of actors, events, places, claims]
# answers: { a-question: 11000 }
evidence:
  - source: SOURCE
    # quote: the exact words of the source
    # locator: § 1
# contradicts: { another-claim: why }
# note: A remark in Markdown.
";
