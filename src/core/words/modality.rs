//! What a speaker does with a statement, as a verb or a noun.

use super::messages::Messages;
use crate::model::modality::Modality;

/// "estime", "estiment", "ne confirme pas".
pub fn verb(modality: Modality, plural: bool, messages: &Messages) -> &str {
    word(modality, if plural { "verbs" } else { "verb" }, messages)
}

/// "estimation", "absence de confirmation".
pub fn noun(modality: Modality, messages: &Messages) -> &str {
    word(modality, "noun", messages)
}

fn word<'a>(modality: Modality, form: &str, messages: &'a Messages) -> &'a str {
    messages.find(&format!("modality.{modality}.{form}")).unwrap_or_else(|| modality.as_str())
}
