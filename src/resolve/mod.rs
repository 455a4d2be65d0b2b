//! Phase 2: ids bound; back links, notes, origins and comparisons computed.
//!
//! 1. [`names`]: every id of every sheet and article, each once; two claimants of one id are a fault that shows both.
//! 2. [`records`], [`articles`]: each record made of what was written, its ids looked up and its values read by their
//!    grammars; in parallel, for no record waits for another.
//! 3. [`prose`]: what Markdown texts cite and link to, and the numbers of their notes.
//! 4. [`back`]: who is said, cited, linked, answered by whom.
//! 5. [`origins`]: whose words they are in the end; cycles are faults.
//! 6. [`comparisons`]: the answers to each question, side by side.
//!
//! A part at fault is left out, so that the value is always sound; what merely follows from a fault is not reported.

mod articles;
mod back;
mod bind;
mod comparisons;
mod names;
mod origins;
mod prose;
mod records;

pub use bind::is_safe_url;
pub use records::is_language;

use crate::diagnostic::{Diagnostics, Report};
use crate::load::Parsed;
use crate::model::{ArticleIx, Dossier};

/// What to resolve.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Whether drafts are part of the dossier.
    pub drafts: bool,
}

/// Binds a dossier together.
pub fn resolve(parsed: &Parsed, options: Options) -> Report<Dossier> {
    let mut diagnostics = Diagnostics::new();
    let names = names::collect(parsed, options, &mut diagnostics);
    let mut dossier = records::bind(parsed, &names, &mut diagnostics);
    dossier.articles = articles::bind(parsed, &names, &mut diagnostics);
    let files = dossier.articles.iter().enumerate().map(|(i, article)| (article.path.clone(), ArticleIx::at(i)));
    dossier.article_files = files.collect();
    dossier.milestones = parsed.config.milestones.clone();
    dossier.ids = names.ids;
    dossier.unread = names.unread;
    prose::bind(&mut dossier, parsed, &names.drafts, &mut diagnostics);
    bind::suggest_ids(&mut diagnostics, &dossier.ids);
    back::link(&mut dossier);
    origins::trace(&mut dossier, &mut diagnostics);
    comparisons::compare(&mut dossier);
    Report::new(dossier, diagnostics)
}

/// Whether a text has the form of an id: `[a-z0-9]+(-[a-z0-9]+)*`.
pub fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 200
        && text
            .split('-')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::is_id;

    #[test]
    fn ids() {
        for yes in ["a", "kim-jong-un", "2024", "a-1"] {
            assert!(is_id(yes), "{yes}");
        }
        for no in ["", "-a", "a-", "a--b", "A", "é", "a_b", "a b", "../a"] {
            assert!(!is_id(no), "{no}");
        }
    }
}
