//! How much of an article leads to its sources.

use crate::evidence::words;
use crate::model::prose::{Paragraph, Prose};
use crate::model::{ArticleIx, Dossier};

/// How much of an article leads to its sources, in paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The article.
    pub article: ArticleIx,
    /// Paragraphs that owe a citation: not too short, and no `<!-- uncited: … -->` after them.
    pub owing: usize,
    /// Of these, those that have one.
    pub cited: usize,
    /// Paragraphs that say why they owe none.
    pub excused: usize,
}

/// The coverage of every article, in their order.
pub fn coverage(dossier: &Dossier) -> Vec<Coverage> {
    let of = |(i, prose): (usize, &Prose)| {
        let paragraphs = || prose.outline.paragraphs.iter();
        let cited = paragraphs().filter(|p| p.uncited.is_none() && p.citations > 0).count();
        Coverage {
            article: ArticleIx::at(i),
            owing: cited + paragraphs().filter(|p| owes(prose, p)).count(),
            cited,
            excused: paragraphs().filter(|p| p.uncited.is_some()).count(),
        }
    };
    dossier.articles.iter().map(|article| &article.body).enumerate().map(of).collect()
}

/// Fewer words than this say nothing that could be cited.
const FEWEST: usize = 8;

/// Whether a paragraph owes a citation that it does not have.
pub(super) fn owes(prose: &Prose, paragraph: &Paragraph) -> bool {
    let text = prose.text.get(paragraph.range.clone()).unwrap_or_default();
    paragraph.citations == 0
        && paragraph.uncited.is_none()
        && !text.trim_end().ends_with(':')
        && words::count(text) >= FEWEST
}
