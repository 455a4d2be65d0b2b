//! Every id of the dossier, once.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::diagnostic::{Diagnostic, Diagnostics};
use crate::base::file::{Located, Span};
use crate::base::tree::decode::{Named, NamedEntry};
use crate::dossier::load::Content;
use crate::dossier::load::article::RawArticle;
use crate::dossier::load::sheet::Sheet;
use crate::model::kinds::kinds_of_record;
use crate::model::{ActorIx, ArticleIx, ClaimIx, EventIx, PlaceIx, QuestionIx, Ref, SourceIx, Text, Unread};

use super::Options;
use crate::base::id::is_id;

/// The records of one kind, in the order of their ids.
pub(super) type Table = Vec<At>;

/// Where a record is written: the number of its sheet, and its number among the sheet's records of its kind.
#[derive(Clone, Copy, Debug)]
pub(super) struct At {
    /// In [`Content::sheets`].
    pub sheet: u32,
    /// In the sheet's list of the kind.
    pub entry: u32,
}

/// What is made of the list of the kinds of record.
macro_rules! names {
    ($($kind:ident($word:ident, $ix:ident, $table:ident, $one:literal);)+) => {
        /// Every id, and where its record is written.
        #[derive(Default)]
        pub(crate) struct Names {
            /// What each id names.
            pub ids: Arc<HashMap<Text, Ref>>,
            /// What could not be read.
            pub unread: Unread,
            /// Slugs of drafts that are left out.
            pub drafts: BTreeSet<Text>,
            $(
                #[doc = concat!("Records under `", stringify!($table), "`.")]
                pub $table: Table,
            )+
            /// Articles in the order of their URLs, each with its slug and URL.
            pub articles: Vec<NamedArticle>,
        }

        impl Names {
            fn collect_records(&mut self, content: &Content, claims: &mut Claims<'_>) {
                $(self.$table = claims.table(content, |s| &s.$table, &mut self.unread);)+
            }

            fn number_records(&self, content: &Content, ids: &mut HashMap<Text, Ref>) {
                $(add(ids, content, &self.$table, |s| &s.$table, |i| $ix::at(i).into());)+
            }
        }

        /// Whether two readings of a sheet define the same records.
        pub(crate) fn same_records(one: &Sheet, other: &Sheet) -> bool {
            $(same(&one.$table, &other.$table) &&)+ one.misplaced == other.misplaced
        }
    };
}

kinds_of_record!(names);

fn same<T>(one: &Named<T>, other: &Named<T>) -> bool {
    let is_same =
        |a: &NamedEntry<T>, b: &NamedEntry<T>| a.name.value == b.name.value && a.value.is_some() == b.value.is_some();
    one.0.len() == other.0.len() && one.0.iter().zip(&other.0).all(|(a, b)| is_same(a, b))
}

/// An article with the names it goes by.
#[derive(Debug)]
pub(super) struct NamedArticle {
    /// Its number in [`Content::articles`].
    pub at: usize,
    /// Its id.
    pub slug: Text,
    /// Its URL without slashes at the ends.
    pub url: Text,
}

/// Collects ids; a repeated or malformed one is reported, and its record left out.
pub(super) fn collect(content: &Content, options: Options, diagnostics: &mut Diagnostics) -> Names {
    let mut names = Names { unread: Unread { anything: content.unread, ..Unread::default() }, ..Names::default() };
    let mut claims = Claims { first: HashMap::new(), diagnostics };
    names.collect_records(content, &mut claims);
    names.unread.names.extend(content.sheets.iter().flat_map(|s| s.misplaced.iter().cloned()));
    claims.articles(content, options, &mut names);
    number(content, &mut names);
    names
}

/// Whether two readings of an article go by the same names.
pub(super) fn same_article(one: &RawArticle, other: &RawArticle) -> bool {
    let is_draft = |raw: &RawArticle| raw.front.draft.as_ref().is_some_and(|d| d.value);
    let names = |raw| {
        let (slug, url) = slug_and_url(raw);
        (slug.value, url)
    };
    is_draft(one) == is_draft(other) && names(one) == names(other)
}

/// Who claimed an id first.
struct Claims<'d> {
    first: HashMap<Text, Span>,
    diagnostics: &'d mut Diagnostics,
}

impl Claims<'_> {
    fn table<T>(&mut self, content: &Content, of: fn(&Sheet) -> &Named<T>, unread: &mut Unread) -> Table {
        let mut table = Vec::new();
        for (sheet, number) in content.sheets.iter().zip(0..) {
            for (entry, at) in of(sheet).0.iter().zip(0..) {
                let claimed = self.claim(&entry.name);
                match &entry.value {
                    Some(_) if claimed => table.push(At { sheet: number, entry: at }),
                    _ => {
                        unread.names.insert(entry.name.value.clone());
                        // Others refer to a malformed id by the form that it should have.
                        unread.names.insert(crate::model::markdown::anchor(&entry.name.value).into());
                    }
                }
            }
        }
        table.par_sort_by(|a, b| id(content, *a, of).cmp(id(content, *b, of)));
        table
    }

    /// Whether the id is sound and was free.
    fn claim(&mut self, id: &Located<Text>) -> bool {
        if id.value.is_empty() {
            let help = "use lower-case letters without accents and digits, joined by single hyphens";
            self.diagnostics.push(Diagnostic::error("bad-id", id.span, "an id is missing here").help(help));
            return false;
        }
        if !is_id(&id.value) {
            let message = format!("`{}` cannot be an id", id.value);
            let help = format!(
                "use lower-case letters without accents and digits, joined by single hyphens: `{}`",
                crate::model::markdown::anchor(&id.value)
            );
            self.diagnostics.push(Diagnostic::error("bad-id", id.span, message).help(help));
            return false;
        }
        match self.first.get(&id.value) {
            Some(first) => {
                let message = format!("the id `{}` is defined twice", id.value);
                let diagnostic = Diagnostic::error("duplicate-id", id.span, message);
                self.diagnostics
                    .push(diagnostic.label(*first, "first defined here").help("give one of them another id"));
                false
            }
            None => {
                self.first.insert(id.value.clone(), id.span);
                true
            }
        }
    }

    fn articles(&mut self, content: &Content, options: Options, names: &mut Names) {
        for (at, raw) in content.articles.iter().enumerate() {
            let (slug, url) = slug_and_url(raw);
            if raw.front.draft.as_ref().is_some_and(|d| d.value) && !options.drafts {
                names.drafts.insert(slug.value);
            } else if self.claim(&slug) {
                names.articles.push(NamedArticle { at, slug: slug.value, url });
            }
        }
        names.articles.sort_by(|a, b| a.url.cmp(&b.url));
    }
}

/// `a/b.md` is published at `a/b/`, `a/index.md` at `a/`; a slug replaces the last segment.
fn slug_and_url(raw: &RawArticle) -> (Located<Text>, Text) {
    let stem = raw.path.rsplit_once('.').map_or(&*raw.path, |(stem, _)| stem);
    let mut segments: Vec<String> = stem.split('/').map(segment).collect();
    let is_index = segments.last().is_some_and(|s| s == "index");
    if is_index && segments.len() > 1 {
        segments.pop();
    }
    let is_home = is_index && segments.len() == 1 && stem == "index";
    let title = raw.front.title.as_ref().map_or(Span::new(raw.file, 0..0), |t| t.span);
    let slug = match &raw.front.slug {
        Some(slug) => slug.clone(),
        None => Located::new(segments.last().map_or("index", String::as_str).into(), title),
    };
    if let Some(last) = segments.last_mut() {
        *last = slug.value.to_string();
    }
    let url = if is_home { String::new() } else { segments.join("/") };
    (slug, url.into())
}

/// A path segment made of a file's or folder's name.
fn segment(name: &str) -> String {
    if is_id(name) { name.to_owned() } else { crate::model::markdown::anchor(name) }
}

fn number(content: &Content, names: &mut Names) {
    let mut ids = HashMap::new();
    names.number_records(content, &mut ids);
    let articles = names.articles.iter().enumerate();
    ids.extend(articles.map(|(i, article)| (article.slug.clone(), ArticleIx::at(i).into())));
    names.ids = Arc::new(ids);
}

fn add<T>(
    ids: &mut HashMap<Text, Ref>,
    content: &Content,
    table: &Table,
    of: fn(&Sheet) -> &Named<T>,
    make: fn(usize) -> Ref,
) {
    ids.extend(table.iter().enumerate().map(|(i, at)| (id(content, *at, of).clone(), make(i))));
}

/// The id that is written there.
fn id<'p, T: 'p>(content: &'p Content, at: At, of: fn(&Sheet) -> &Named<T>) -> &'p Text {
    &of(&content.sheets[at.sheet as usize]).0[at.entry as usize].name.value
}
