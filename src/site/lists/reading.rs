//! Articles, one after another.

use sourcebook_core::model::{ArticleIx, Dossier};

/// Articles in the order in which they are to be read: by `order`, then date, then title; the home page is none.
pub fn reading_order(dossier: &Dossier) -> Vec<ArticleIx> {
    let mut order: Vec<_> =
        (0..dossier.articles.len()).map(ArticleIx::at).filter(|ix| !dossier[*ix].is_home()).collect();
    order.sort_by_key(|ix| {
        let article = &dossier[*ix];
        let date = article.date.as_ref().map(|d| d.date.sort_key());
        (article.order.is_none(), article.order, date.is_none(), date, &article.title)
    });
    order
}
