//! What a run makes before it assembles the dossier.

use std::sync::Arc;

use crate::model::kinds::kinds_of_record;
use crate::model::prose::Texts;
use crate::model::question::Comparison;
use crate::model::{ActorIx, ArticleIx, ClaimIx, EventIx, Mention, PlaceIx, QuestionIx, Ref, SourceIx};
use crate::model::{actor, article, claim, event, place, question, source};

/// What is made of the list of the kinds of record.
macro_rules! records {
    ($($kind:ident($word:ident, $ix:ident, $table:ident, $one:literal);)+) => {
        /// Every record, bound; by their indexes.
        #[derive(Clone, Default)]
        pub(crate) struct Records {
            $(
                #[doc = concat!("Of [`Dossier::", stringify!($table), "`](crate::model::Dossier).")]
                pub $table: Vec<Made<$word::Record>>,
            )+
            /// Articles.
            pub articles: Vec<Made<article::Record>>,
        }

        impl Records {
            /// Which pages cite each record or link to it: pairs of the record and the page, sorted, each once.
            pub(crate) fn mentions(&self) -> Vec<(Ref, Mention)> {
                let mut found = Vec::new();
                $(mentions(&self.$table, |i| $ix::at(i).into(), &mut found);)+
                mentions(&self.articles, |i| ArticleIx::at(i).into(), &mut found);
                found.sort_unstable();
                found.dedup();
                found
            }
        }
    };
}

kinds_of_record!(records);

fn mentions<R: Texts>(made: &[Made<R>], page: fn(usize) -> Ref, found: &mut Vec<(Ref, Mention)>) {
    for (i, made) in made.iter().enumerate() {
        for prose in made.record.prose().into_iter().filter(|prose| !prose.outline.plain) {
            let page = page(i);
            let cited = prose.notes.iter().filter_map(|u| Some((u.target?, Mention { page, note: Some(u.number) })));
            found.extend(cited);
            found.extend(prose.linked.iter().map(|target| (*target, Mention { page, note: None })));
        }
    }
}

/// A record that this run or an earlier one made.
pub(super) struct Made<R> {
    /// The record.
    pub record: Arc<R>,
    /// Whether nothing is wrong with it.
    pub sound: bool,
    /// Whether this run made it.
    pub new: bool,
}

impl<R> Clone for Made<R> {
    fn clone(&self) -> Self {
        Self { record: self.record.clone(), ..*self }
    }
}

/// The answers to a question, and their comparison.
pub(super) type Compared = (Vec<(ClaimIx, usize)>, Arc<Comparison>);
