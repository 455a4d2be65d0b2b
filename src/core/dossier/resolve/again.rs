//! What an earlier run bound, for the run after it: a cache never changes what is resolved (tested).
//!
//! 1. While the same ids name the same records, in the same places, [`Names`] stand.
//! 2. A record stands if nothing was wrong with it, its sheet is the very one that was read then, and neither a source
//!    nor a question whose values it took over is new.
//! 3. A comparison stands while its question does, and all that the claims that answer it say to it.
//!
//! Back links and origins are worked out again each time: they take less than to find out which of them stand.

use std::sync::Arc;

use super::Options;
use super::made::{Compared, Records};
use super::names::{Names, same_article, same_records};
use crate::dossier::config::HtmlPolicy;
use crate::dossier::load::Content;
use crate::dossier::load::article::RawArticle;
use crate::dossier::load::sheet::Sheet;
use crate::model::{ClaimIx, Dossier};

/// What an earlier run bound.
#[derive(Default)]
pub struct Cache {
    pub(super) last: Option<Last>,
}

/// The run before.
pub(super) struct Last {
    options: Options,
    html: HtmlPolicy,
    unread: bool,
    sheets: Vec<Arc<Sheet>>,
    articles: Vec<Arc<RawArticle>>,
    /// Ids and records then.
    pub bound: Bound,
    /// Every question's answers then, compared.
    pub comparisons: Vec<Compared>,
}

/// What a run makes before it assembles the dossier.
pub(super) struct Bound {
    /// Every id.
    pub names: Arc<Names>,
    /// Every record.
    pub records: Records,
    /// Claims in the order of time.
    pub order: Vec<ClaimIx>,
}

impl Cache {
    /// The run before, if the same ids name the same records still.
    pub(super) fn of_same_names(&self, content: &Content, html: HtmlPolicy, options: Options) -> Option<&Last> {
        self.last.as_ref().filter(|last| last.has_names(content, html, options))
    }

    /// Remembers this run, and nothing else.
    pub(super) fn renew(
        &mut self,
        content: &Content,
        html: HtmlPolicy,
        options: Options,
        bound: Bound,
        dossier: &Dossier,
    ) {
        let comparisons = dossier.questions.iter().map(|q| (q.answers.clone(), q.comparison.clone())).collect();
        self.last = Some(Last {
            options,
            html,
            unread: content.unread,
            sheets: content.sheets.clone(),
            articles: content.articles.clone(),
            bound,
            comparisons,
        });
    }
}

impl Last {
    fn has_names(&self, content: &Content, html: HtmlPolicy, options: Options) -> bool {
        fn all<T>(one: &[Arc<T>], other: &[Arc<T>], same: fn(&T, &T) -> bool) -> bool {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| Arc::ptr_eq(a, b) || same(a, b))
        }
        (self.options, self.html, self.unread) == (options, html, content.unread)
            && all(&self.sheets, &content.sheets, same_records)
            && all(&self.articles, &content.articles, same_article)
    }

    /// Whether a sheet is the very one that was read then.
    pub(super) fn has_sheet(&self, number: usize, sheet: &Arc<Sheet>) -> bool {
        Arc::ptr_eq(&self.sheets[number], sheet)
    }

    /// Whether an article is the very one that was read then.
    pub(super) fn has_article(&self, number: usize, article: &Arc<RawArticle>) -> bool {
        Arc::ptr_eq(&self.articles[number], article)
    }
}
