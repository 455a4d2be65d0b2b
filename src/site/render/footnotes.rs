//! How footnotes and their uses are told apart.

use std::collections::HashMap;

use pulldown_cmark::Event;

use sourcebook_core::model::Text;
use sourcebook_core::model::markdown::{Placed, Token};

/// The id of a footnote's use, by its turn.
pub(super) fn use_of_footnote(n: usize, turn: usize) -> String {
    if turn == 1 { format!("remark-{n}-use") } else { format!("remark-{n}-use-{turn}") }
}

/// How often each footnote is used in a text.
pub(super) fn footnote_uses(tokens: &[Placed<'_>]) -> HashMap<Text, usize> {
    let mut uses = HashMap::new();
    for (token, _) in tokens {
        if let Token::Markdown(Event::FootnoteReference(label)) = token {
            *uses.entry(Text::from(&**label)).or_insert(0) += 1;
        }
    }
    uses
}
