//! A dossier's own words without markup, and who speaks in them.

use super::messages::Messages;
use super::piece::{self, Piece};
use super::{date, list, modality, reference, typography};
use crate::model::markdown;
use crate::model::modality::Modality;
use crate::model::prose::Prose;
use crate::model::source::Author;
use crate::model::voice::{DateFrom, Voice};
use crate::model::{Claim, ClaimIx, Dossier, Ref};

/// The statement of a claim without markup and citations, its links as words.
pub fn statement(dossier: &Dossier, claim: &Claim, messages: &Messages) -> String {
    plain(dossier, &claim.statement, messages)
}

/// A text without markup and citations, its links as words, in one line.
pub fn plain(dossier: &Dossier, prose: &Prose, messages: &Messages) -> String {
    if prose.outline.plain {
        return typeset(&prose.text, messages);
    }
    words_of(dossier, &prose.text, messages)
}

/// The words of a part of a text, as [`plain`].
pub fn words_of(dossier: &Dossier, text: &str, messages: &Messages) -> String {
    let label = |id: &str| dossier.get(id).map(|of| dossier.label(of).to_string());
    let voice = |id: &str| dossier.get(id).and_then(|of| voice(dossier, of, messages));
    let words = markdown::plain::words(text, &markdown::plain::Names { label: &label, voice: &voice });
    typeset(&words, messages)
}

/// Who speaks in a claim, or wrote a source: for `@id` in a text.
pub fn voice(dossier: &Dossier, of: Ref, messages: &Messages) -> Option<String> {
    match of {
        Ref::Claim(ix) => Some(speaker_label(dossier, ix, messages)),
        Ref::Source(ix) => {
            let source = &dossier[ix];
            let name = |author: &Author| match author {
                Author::Actor(ix) => dossier[*ix].name.to_string(),
                Author::Name(name) => name.to_string(),
            };
            let authors: Vec<_> = source.authors.iter().map(name).collect();
            Some(match (authors.is_empty(), &source.publisher) {
                (false, _) => list::join(&authors, messages),
                (true, Some(outlet)) => name(outlet),
                (true, None) => source.title.to_string(),
            })
        }
        _ => None,
    }
}

/// Who speaks, with links: the speakers, else whoever answers for the texts that speak themselves.
pub fn voices(dossier: &Dossier, ix: ClaimIx, messages: &Messages) -> Vec<Piece> {
    piece::list(&each_voice(dossier, ix, messages), messages)
}

/// Each of them.
pub(super) fn each_voice(dossier: &Dossier, ix: ClaimIx, messages: &Messages) -> Vec<Vec<Piece>> {
    let voice = |voice: &Voice| match voice {
        Voice::Actor(actor) => piece::actor(dossier, *actor),
        Voice::Name(name) => piece::text(typeset(name, messages)),
        Voice::Source(source) => reference::shortest(dossier, *source, messages),
    };
    dossier.voices(ix).iter().map(voice).collect()
}

/// The date of a claim and what it is the date of, by itself: "12 May 2024", "12 May 2024 (date of the text)", "reported on
/// 12 May 2024"; `None` where it has none.
pub fn when_told(dossier: &Dossier, ix: ClaimIx, messages: &Messages) -> Option<String> {
    let claim = &dossier[ix];
    let said = claim.said.as_ref()?;
    let told = match claim.date_from()? {
        DateFrom::Said => date::moment(&said.date, messages),
        DateFrom::Published => {
            format!("{} ({})", date::moment(&said.date, messages), messages.text("claim.of_text"))
        }
        DateFrom::Reported => messages.fill("claim.reported", &[("date", &date::moment_phrase(&said.date, messages))]),
    };
    Some(date::with_inference(told, said, messages))
}

/// Who speaks, by name, and how where they do not assert: "Kremlin (denial)".
pub fn speaker_as(dossier: &Dossier, ix: ClaimIx, messages: &Messages) -> String {
    let claim = &dossier[ix];
    let who = speaker_label(dossier, ix, messages);
    match claim.modality {
        Modality::Asserts => who,
        _ if claim.is_silence() => who,
        modality => format!("{who} ({})", modality::noun(modality, messages)),
    }
}

/// Who speaks, by name: "Volodymyr Zelensky", "News Day FR".
pub fn speaker_label(dossier: &Dossier, ix: ClaimIx, messages: &Messages) -> String {
    piece::plain(&voices(dossier, ix, messages))
}

fn typeset(text: &str, messages: &Messages) -> String {
    typography::apply(messages.language(), text).into_owned()
}
