//! What questions and claims are called by, in words alone: their texts are Markdown.

use std::collections::HashMap;

use crate::model::markdown::plain::{Names, words};
use crate::model::source::Author;
use crate::model::{ClaimIx, Dossier, QuestionIx, Ref, Text};

/// The words of one label may hold those of another; of how many one within the other.
const DEPTH: usize = 3;

/// The labels of all whose text is not plain.
pub(super) fn of(dossier: &Dossier) -> HashMap<Ref, Text> {
    let questions = (0..dossier.questions.len()).map(|i| Ref::Question(QuestionIx::at(i)));
    let claims = (0..dossier.claims.len()).map(|i| Ref::Claim(ClaimIx::at(i)));
    let marked = questions.chain(claims).filter(|of| dossier.titled(*of).is_some());
    marked.map(|of| (of, label(dossier, of, DEPTH).into())).collect()
}

fn label(dossier: &Dossier, of: Ref, depth: usize) -> String {
    let Some(prose) = dossier.titled(of) else { return dossier.label(of).to_string() };
    if depth == 0 {
        return dossier.id(of).to_string();
    }
    let linked = |id: &str| dossier.get(id).map(|of| label(dossier, of, depth - 1));
    let voice = |id: &str| dossier.get(id).and_then(|of| voice(dossier, of));
    words(&prose.text, &Names { label: &linked, voice: &voice })
}

/// Who speaks in a claim, or wrote a source, by name alone.
fn voice(dossier: &Dossier, of: Ref) -> Option<String> {
    let name = |author: &Author| match author {
        Author::Actor(ix) => dossier[*ix].name.to_string(),
        Author::Name(name) => name.to_string(),
    };
    let source = match of {
        Ref::Claim(ix) if !dossier[ix].by.is_empty() => {
            let names: Vec<_> = dossier[ix].by.iter().map(|actor| dossier[*actor].name.to_string()).collect();
            return Some(names.join(", "));
        }
        Ref::Claim(ix) => dossier[ix].evidence.first()?.source,
        Ref::Source(ix) => ix,
        Ref::Actor(_) | Ref::Event(_) | Ref::Place(_) | Ref::Question(_) | Ref::Article(_) => return None,
    };
    let source = &dossier[source];
    let authors: Vec<_> = source
        .authors
        .iter()
        .chain(source.authors.is_empty().then_some(source.publisher.as_ref()).flatten())
        .map(name)
        .collect();
    Some(if authors.is_empty() { source.title.to_string() } else { authors.join(", ") })
}
