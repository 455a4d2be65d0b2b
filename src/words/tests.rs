//! What the tests of sentences share: messages of both languages, and a dossier from inline sheets.

use super::messages::Messages;
use crate::config::Language;
use crate::diagnostic::has_errors;
use crate::model::Dossier;
use crate::system::memory::MemoryWorld;

/// The messages of the default theme.
pub fn messages(language: Language) -> Messages {
    let text = match language {
        Language::French => include_str!("../../themes/default/i18n/fr.sentences.toml"),
        Language::English => include_str!("../../themes/default/i18n/en.sentences.toml"),
    };
    Messages::parse(language, &[("sentences", text)]).unwrap()
}

/// A dossier of one sheet.
pub fn dossier(sheet: &str) -> Dossier {
    let world = MemoryWorld::new().with("site.toml", "title = \"Essai\"").with("content/sheet.yaml", sheet);
    let mut diagnostics = Vec::new();
    let parsed = crate::load::load(&world).take(&mut diagnostics);
    let dossier = crate::resolve::resolve(&parsed, Default::default()).take(&mut diagnostics);
    assert!(!has_errors(&diagnostics), "{diagnostics:#?}");
    dossier
}
