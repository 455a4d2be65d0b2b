//! The closed lists of words, as a reader reads them.

use super::messages::Messages;
use crate::model::kinds::{ActorKind, PlacePrecision, QuestionKind, SettledStatus, SourceStanding};
use crate::model::state::State;

/// "personne", "État", "voix non nommée".
pub fn actor(kind: ActorKind, messages: &Messages) -> &str {
    word("actor", kind.as_str(), messages)
}

/// "ville", "région".
pub fn precision(precision: PlacePrecision, messages: &Messages) -> &str {
    word("precision", precision.as_str(), messages)
}

/// "combien", "quand", "lequel".
pub fn question(kind: QuestionKind, messages: &Messages) -> &str {
    word("question", kind.as_str(), messages)
}

/// "établi", "disputé", "ouvert".
pub fn settled(status: SettledStatus, messages: &Messages) -> &str {
    word("settled", status.as_str(), messages)
}

/// "retirée", "corrigée", "prévision".
pub fn state(state: State, messages: &Messages) -> &str {
    messages.find(&format!("state.{}", state.as_str())).unwrap_or_else(|| state.as_str())
}

/// What became of a text: "texte rétracté".
pub fn unsound(standing: SourceStanding, messages: &Messages) -> &str {
    messages.find(&format!("unsound.{}.mark", standing.as_str())).unwrap_or_else(|| standing.as_str())
}

/// A CSL type: "article de journal". A type that CSL does not have is given back.
pub fn csl<'a>(kind: &'a str, messages: &'a Messages) -> &'a str {
    messages.find(&format!("word.csl.{kind}")).unwrap_or(kind)
}

/// What became of a quote: `verbatim`, `absent`, `ambiguous`, `no-capture` or `unverified`.
pub fn verification<'a>(state: &'a str, messages: &'a Messages) -> &'a str {
    word("verification", state, messages)
}

/// Whose words a quote is: "paroles citées"; `own` where the text speaks for itself, of which nothing need be said.
pub fn speech<'a>(speech: &'a str, messages: &'a Messages) -> Option<&'a str> {
    messages.find(&format!("speech.{speech}"))
}

/// A language by its BCP 47 tag: "anglais". One that the messages do not name is given back.
pub fn language<'a>(tag: &'a str, messages: &'a Messages) -> &'a str {
    let primary = tag.split('-').next().unwrap_or(tag);
    messages.find(&format!("word.language.{}", primary.to_ascii_lowercase())).unwrap_or(tag)
}

fn word<'a>(list: &str, word: &'a str, messages: &'a Messages) -> &'a str {
    messages.find(&format!("word.{list}.{word}")).unwrap_or(word)
}
