//! What the tests of words share: the messages of both languages, and a dossier from an inline sheet.
//!
//! In expected texts, `_` is U+202F and `~` is U+00A0, so that they can be seen.

mod conditions;
mod dates;
mod messages;
mod references;
mod sentences;
mod typography;
mod values;
mod verdicts;
mod voices;

use super::messages::Messages;
use super::piece::{self, Piece};
use crate::base::diagnostic::has_errors;
use crate::base::memory::MemoryWorld;
use crate::model::language::Language;
use crate::model::{ClaimIx, Dossier, Ref, SourceIx};

pub(super) const FRENCH: &str = include_str!("../../../themes/default/i18n/fr.sentences.toml");
pub(super) const ENGLISH: &str = include_str!("../../../themes/default/i18n/en.sentences.toml");
pub(super) const GERMAN: &str = include_str!("../../../themes/default/i18n/de.sentences.toml");

/// The messages of the default theme.
pub(super) fn words(language: Language) -> Messages {
    let text = match language {
        Language::French => FRENCH,
        Language::English => ENGLISH,
        Language::German => GERMAN,
    };
    Messages::parse(language, &[("sentences", text)]).unwrap()
}

/// A dossier of one sheet.
pub(super) fn dossier(sheet: &str) -> Dossier {
    let world = MemoryWorld::new().with("site.toml", "title = \"Essai\"").with("content/sheet.yaml", sheet);
    let mut diagnostics = Vec::new();
    let parsed = crate::dossier::load::load(&world).take(&mut diagnostics);
    let dossier = crate::dossier::resolve::resolve(&parsed, Default::default()).take(&mut diagnostics);
    assert!(!has_errors(&diagnostics), "{diagnostics:#?}");
    dossier
}

pub(super) fn claim(dossier: &Dossier, id: &str) -> ClaimIx {
    match dossier.get(id) {
        Some(Ref::Claim(ix)) => ix,
        other => panic!("{id}: {other:?}"),
    }
}

pub(super) fn source(dossier: &Dossier, id: &str) -> SourceIx {
    match dossier.get(id) {
        Some(Ref::Source(ix)) => ix,
        other => panic!("{id}: {other:?}"),
    }
}

/// Spaces that cannot be seen, made visible.
pub(super) fn visible(text: &str) -> String {
    text.replace('\u{202f}', "_").replace('\u{a0}', "~")
}

/// A sentence with its italics between asterisks and its quotes between bars; links as their words.
pub(super) fn shown(pieces: &[Piece]) -> String {
    let one = |piece: &Piece| match piece {
        Piece::Italic(text) | Piece::Link { text, italic: true, .. } => format!("*{text}*"),
        Piece::Quote { text, .. } => format!("|{text}|"),
        _ => piece::plain(std::slice::from_ref(piece)),
    };
    visible(&pieces.iter().map(one).collect::<String>())
}
