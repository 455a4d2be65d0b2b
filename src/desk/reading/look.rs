//! A source's text, with what the dossier uses of it.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;
use sourcebook_core::check::used::{self, Use};
use sourcebook_core::evidence::find::Prepared;
use sourcebook_core::evidence::passages::cut;
use sourcebook_core::evidence::readers::Spot;
use sourcebook_core::evidence::words;
use sourcebook_core::model::{Dossier, Source};

/// A source's text, ready to be shown.
#[derive(Debug, Serialize)]
pub struct Look {
    /// How much of it is used.
    pub share: Share,
    /// The claims that are found in it, each once, in the order of the text.
    pub claims: Vec<Claim>,
    /// Its paragraphs, in order.
    pub paragraphs: Vec<Paragraph>,
}

/// How much of a text is used, in words and in sentences of its story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Words of sentences that a claim quotes from.
    pub used: usize,
    /// Words of sentences that are set aside.
    pub aside: usize,
    /// Words of all other sentences.
    pub open: usize,
    /// Sentences that no claim quotes from and that are not set aside.
    pub open_sentences: usize,
    /// All sentences.
    pub sentences: usize,
}

/// A claim that is found in the text.
#[derive(Debug, Serialize)]
pub struct Claim {
    /// Its id.
    pub id: String,
    /// What it claims.
    pub statement: String,
    /// Who speaks, by name; empty where the text itself does.
    pub speakers: Vec<String>,
}

/// A paragraph.
#[derive(Debug, Serialize)]
pub struct Paragraph {
    /// What a reader calls its place: `§ 3`, `p. 12`; nothing for a heading or what stands outside of the story.
    pub place: Option<String>,
    /// `story`, `heading`, `caption`, `outside`.
    pub part: &'static str,
    /// Who says it, where the file names its voices.
    pub voice: Option<String>,
    /// Its words, cut where a claim or a sentence begins or ends.
    pub pieces: Vec<Piece>,
}

/// A stretch of text.
#[derive(Debug, Serialize)]
pub struct Piece {
    /// Its first byte in the whole text.
    pub at: usize,
    /// Its words.
    pub text: String,
    /// The sentence that it belongs to, counted through the text; nothing between two.
    pub sentence: Option<usize>,
    /// What becomes of that sentence.
    pub state: Option<State>,
    /// The claims that quote it: places in [`Look::claims`].
    pub claims: Vec<usize>,
}

/// What becomes of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// A claim quotes from it.
    Used,
    /// It is set aside.
    Aside,
    /// Neither.
    Open,
}

/// A source's text, with what is used of it.
pub fn look(dossier: &Dossier, source: &Source, text: &Prepared) -> Look {
    let uses = used::uses(dossier, source, text);
    let (sentences, states) = sentences(source, text, &uses);
    let share = shares(text, &sentences, &states);
    let mut order = BTreeMap::new();
    let mut claims = Vec::new();
    for one in &uses {
        order.entry(one.claim).or_insert_with(|| {
            let claim = &dossier[one.claim];
            claims.push(Claim {
                id: claim.head.id.value.to_string(),
                statement: dossier.label(one.claim.into()).to_string(),
                speakers: claim.by.iter().map(|by| dossier[*by].name.to_string()).collect(),
            });
            claims.len() - 1
        });
    }
    let numbers: Vec<usize> = uses.iter().map(|one| order[&one.claim]).collect();
    let mut passages: Vec<Vec<Range<usize>>> = uses.into_iter().map(|one| one.ranges).collect();
    passages.extend(sentences.iter().map(|range| vec![range.clone()]));
    let paragraphs = cut(text.text().paragraphs(), &passages);
    let pieces = |segments: Vec<sourcebook_core::evidence::passages::Segment>| {
        let piece = |segment: sourcebook_core::evidence::passages::Segment| {
            let sentence = segment.passages.iter().find_map(|p| p.checked_sub(numbers.len()));
            let mut claims: Vec<_> = segment.passages.iter().filter_map(|p| numbers.get(*p).copied()).collect();
            claims.dedup();
            Piece {
                at: segment.range.start,
                text: text.text().as_str()[segment.range].to_owned(),
                sentence,
                state: sentence.map(|n| states[n]),
                claims,
            }
        };
        segments.into_iter().map(piece).collect()
    };
    let paragraph = |(range, segments): (&Range<usize>, _)| {
        let place = text.text().place(range.start);
        Paragraph {
            place: place.spot.locator(),
            part: part(&place.spot),
            voice: text.text().voice(range.start).map(str::to_owned),
            pieces: pieces(segments),
        }
    };
    let paragraphs = text.text().paragraphs().iter().zip(paragraphs).map(paragraph).collect();
    Look { share, claims, paragraphs }
}

/// How much of a text is used.
pub fn share(dossier: &Dossier, source: &Source, text: &Prepared) -> Share {
    let (sentences, states) = sentences(source, text, &used::uses(dossier, source, text));
    shares(text, &sentences, &states)
}

/// The sentences of the story, and what becomes of each.
fn sentences(source: &Source, text: &Prepared, uses: &[Use]) -> (Vec<Range<usize>>, Vec<State>) {
    let sentences: Vec<_> = used::sentences_of(text).into_iter().map(|(_, range)| range).collect();
    let quoted: Vec<_> = uses.iter().flat_map(|one| one.ranges.iter().cloned()).collect();
    let aside: Vec<_> = source.set_aside.iter().flat_map(|passage| used::aside(passage, text)).collect();
    let states = sentences.iter().map(|sentence| match () {
        () if used::touches(sentence, &quoted) => State::Used,
        () if used::touches(sentence, &aside) => State::Aside,
        () => State::Open,
    });
    let states = states.collect();
    (sentences, states)
}

fn shares(text: &Prepared, sentences: &[Range<usize>], states: &[State]) -> Share {
    let mut share = Share { sentences: sentences.len(), ..Share::default() };
    for (sentence, state) in sentences.iter().zip(states) {
        let count = words::count(&text.text().as_str()[sentence.clone()]);
        match state {
            State::Used => share.used += count,
            State::Aside => share.aside += count,
            State::Open => {
                share.open += count;
                share.open_sentences += 1;
            }
        }
    }
    share
}

fn part(spot: &Spot) -> &'static str {
    match spot {
        Spot::Heading => "heading",
        Spot::Caption => "caption",
        Spot::Outside => "outside",
        Spot::Paragraph(_) | Spot::Page { .. } | Spot::Time { .. } | Spot::Chapter(_) => "story",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::tests::{dossier, source};
    use sourcebook_core::evidence::readers::Text;

    #[test]
    fn what_is_used_and_what_is_not() {
        let dossier = dossier(
            "
sources:
  a: { title: A, set_aside: { locator: § 1, begins: Who will, because: a question } }
claims:
  shut: { statement: The bridge is shut., evidence: { source: a, quote: bridge is shut } }
",
        );
        let text = Prepared::new(Text::new("The bridge is shut. Who will pay? Nobody knows.\n\nIt is old.".into()));
        let look = look(&dossier, source(&dossier, "a"), &text);
        let said = |piece: &Piece| format!("{:?}[{}]{:?}", piece.state, piece.text, piece.claims);
        let said: Vec<_> = look.paragraphs.iter().flat_map(|p| p.pieces.iter().map(said)).collect();
        assert_eq!(
            said,
            [
                "Some(Used)[The ][]",
                "Some(Used)[bridge is shut][0]",
                "Some(Used)[.][]",
                "None[ ][]",
                "Some(Aside)[Who will pay?][]",
                "None[ ][]",
                "Some(Open)[Nobody knows.][]",
                "Some(Open)[It is old.][]",
            ]
        );
        assert_eq!(look.share, Share { used: 4, aside: 3, open: 5, open_sentences: 2, sentences: 4 });
        assert_eq!(look.paragraphs[1].place.as_deref(), Some("§ 2"));
        assert_eq!(look.claims[0].statement, "The bridge is shut.");
    }
}
