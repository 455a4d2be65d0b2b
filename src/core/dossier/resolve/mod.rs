//! Phase 2: ids bound; back links, notes, origins and comparisons computed.
//!
//! 1. [`names`]: every id of every sheet and article, each once; two claimants of one id are a fault that shows both.
//! 2. [`records`], [`articles`]: each record made of what was written, its ids looked up and its values read by their
//!    grammars; in parallel, for no record waits for another.
//!    [`prose`]: what their Markdown texts cite and link to, and the numbers of their notes.
//! 3. What an earlier run bound and nothing touched since is taken from there ([`again`]).
//!    What questions and claims are called by ([`labels`]).
//! 4. [`back`]: who is said, cited, linked, answered by whom.
//! 5. [`origins`]: whose words they are in the end; cycles are faults.
//! 6. [`comparisons`]: the answers to each question, side by side.
//!
//! A part at fault is left out, so that the value is always sound; what merely follows from a fault is not reported.

mod again;
mod articles;
mod back;
mod bind;
mod comparisons;
mod labels;
mod made;
mod names;
mod origins;
mod prose;
mod records;
mod values;

use std::collections::HashMap;
use std::sync::Arc;

use again::Bound;
pub use again::Cache;
use made::{Made, Records};
use names::Names;

use crate::base::diagnostic::{Diagnostics, Report};
use crate::dossier::config::Config;
use crate::dossier::load::Parsed;
use crate::model::as_of;
use crate::model::table::Table;
use crate::model::voice::bodies;
use crate::model::{Article, ArticleIx, Dossier};

/// What to resolve.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether drafts are part of the dossier.
    pub drafts: bool,
}

/// Binds a dossier together.
pub fn resolve(parsed: &Parsed, options: Options) -> Report<Dossier> {
    resolve_again(parsed, options, &mut Cache::default())
}

/// As [`resolve`], with the same result; what the cache holds of an earlier run is not bound again unless it changed.
pub fn resolve_again(parsed: &Parsed, options: Options, cache: &mut Cache) -> Report<Dossier> {
    let mut diagnostics = Diagnostics::new();
    let (content, html) = (&parsed.content, parsed.config.html);
    let last = cache.of_same_names(content, html, options);
    let names = match last {
        Some(last) => last.bound.names.clone(),
        None => Arc::new(names::collect(content, options, &mut diagnostics)),
    };
    // Two claimants of one id are a fault of the names, told each time.
    let names_are_sound = diagnostics.is_empty();
    let mut records = records::bind(parsed, &names, last, &mut diagnostics);
    records.articles = articles::bind(parsed, &names, last, &mut diagnostics);
    bind::suggest_ids(&mut diagnostics, &names.ids);
    let mut order = last.map(|last| last.bound.order.clone()).unwrap_or_default();
    let relate = || {
        let mut dossier = assemble(&parsed.config, &names, &records);
        dossier.labels = labels::of(&dossier);
        back::link(&mut dossier, &mut order);
        origins::trace(&mut dossier, &mut diagnostics);
        dossier
    };
    let (mut dossier, mentions) = rayon::join(relate, || records.mentions());
    prose::tell(&mut dossier, mentions);
    comparisons::compare(&mut dossier, &records, last);
    dossier.days = as_of::days(&dossier);
    if names_are_sound {
        cache.renew(content, html, options, Bound { names, records, order }, &dossier);
    } else {
        *cache = Cache::default();
    }
    Report::new(dossier, diagnostics)
}

/// The dossier before its records know of each other.
fn assemble(config: &Config, names: &Names, records: &Records) -> Dossier {
    fn table<R, T: From<Arc<R>>>(made: &[Made<R>]) -> Table<T> {
        made.iter().map(|made| made.record.clone().into()).collect::<Vec<T>>().into()
    }
    let articles: Table<Article> = table(&records.articles);
    let actors = table(&records.actors);
    let files = articles.iter().enumerate().map(|(i, article)| (article.path.clone(), ArticleIx::at(i)));
    Dossier {
        article_files: files.collect(),
        articles,
        bodies: bodies(&actors),
        actors,
        events: table(&records.events),
        places: table(&records.places),
        sources: table(&records.sources),
        questions: table(&records.questions),
        claims: table(&records.claims),
        ids: names.ids.clone(),
        unread: names.unread.clone(),
        milestones: config.milestones.clone(),
        days: Vec::new(),
        labels: HashMap::new(),
        ground: Arc::default(),
        knots: Vec::new(),
    }
}
