//! In a program built without citation styles.

use super::{Unusable, Work};
use sourcebook_core::model::language::Language;
use sourcebook_core::words::reference::Styled;

/// No style at all: none is ever made.
#[derive(Clone, Debug)]
pub struct Style(());

impl Style {
    /// None: a reason, and no suggestion.
    pub fn named(_: &str, _: Language) -> Result<Self, Option<&'static str>> {
        Err(None)
    }

    /// None.
    pub fn parse(_: &str, _: Language) -> Result<Self, Unusable> {
        Err(Unusable::new(0..0, "this program was built without citation styles"))
    }

    /// Of no style.
    pub fn reference(&self, _: &Work<'_>) -> Option<Styled> {
        None
    }
}
