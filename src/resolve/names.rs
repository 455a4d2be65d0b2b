//! Every id of the dossier, once.

use std::collections::{BTreeSet, HashMap};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::file::{Located, Span};
use crate::load::Parsed;
use crate::load::article::RawArticle;
use crate::load::sheet::{self, Sheet};
use crate::model::{ActorIx, ArticleIx, ClaimIx, EventIx, PlaceIx, QuestionIx, Ref, SourceIx, Text, Unread};
use crate::tree::decode::{Named, NamedEntry};

use super::{Options, is_id};

/// The records of one kind, in the order of their ids, each with the number of its sheet.
pub type Table<'p, T> = Vec<(&'p NamedEntry<T>, &'p T, usize)>;

/// Every id, and the records that it was taken from.
#[derive(Default)]
pub struct Names<'p> {
    /// What each id names.
    pub ids: HashMap<Text, Ref>,
    /// What could not be read.
    pub unread: Unread,
    /// Slugs of drafts that are left out.
    pub drafts: BTreeSet<Text>,
    /// Actors.
    pub actors: Table<'p, sheet::Actor>,
    /// Events.
    pub events: Table<'p, sheet::Event>,
    /// Places.
    pub places: Table<'p, sheet::Place>,
    /// Sources.
    pub sources: Table<'p, sheet::Source>,
    /// Questions.
    pub questions: Table<'p, sheet::Question>,
    /// Claims.
    pub claims: Table<'p, sheet::Claim>,
    /// Articles in the order of their URLs, each with its slug and URL.
    pub articles: Vec<NamedArticle<'p>>,
}

/// An article with the names it goes by.
pub struct NamedArticle<'p> {
    /// The article.
    pub raw: &'p RawArticle,
    /// Its id.
    pub slug: Text,
    /// Its URL without slashes at the ends.
    pub url: Text,
    /// Where the slug or, without one, the title is written.
    pub span: Span,
}

/// Collects ids; a repeated or malformed one is reported, and its record left out.
pub fn collect<'p>(parsed: &'p Parsed, options: Options, diagnostics: &mut Diagnostics) -> Names<'p> {
    let mut names = Names { unread: Unread { anything: parsed.unread, ..Unread::default() }, ..Names::default() };
    let mut claims = Claims { first: HashMap::new(), diagnostics };
    names.actors = claims.table(parsed, |s| &s.actors, &mut names.unread);
    names.events = claims.table(parsed, |s| &s.events, &mut names.unread);
    names.places = claims.table(parsed, |s| &s.places, &mut names.unread);
    names.sources = claims.table(parsed, |s| &s.sources, &mut names.unread);
    names.questions = claims.table(parsed, |s| &s.questions, &mut names.unread);
    names.claims = claims.table(parsed, |s| &s.claims, &mut names.unread);
    names.unread.names.extend(parsed.sheets.iter().flat_map(|s| s.misplaced.iter().cloned()));
    claims.articles(parsed, options, &mut names);
    number(&mut names);
    names
}

/// Who claimed an id first.
struct Claims<'d> {
    first: HashMap<Text, Span>,
    diagnostics: &'d mut Diagnostics,
}

impl Claims<'_> {
    fn table<'p, T>(
        &mut self,
        parsed: &'p Parsed,
        of: impl Fn(&'p Sheet) -> &'p Named<T>,
        unread: &mut Unread,
    ) -> Table<'p, T> {
        let mut table = Vec::new();
        for (number, sheet) in parsed.sheets.iter().enumerate() {
            for entry in &of(sheet).0 {
                let claimed = self.claim(&entry.name);
                match &entry.value {
                    Some(value) if claimed => table.push((entry, value, number)),
                    _ => {
                        unread.names.insert(entry.name.value.clone());
                        // Others refer to a malformed id by the form that it should have.
                        unread.names.insert(crate::markdown::anchor(&entry.name.value).into());
                    }
                }
            }
        }
        table.sort_by(|a, b| a.0.name.value.cmp(&b.0.name.value));
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
                crate::markdown::anchor(&id.value)
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

    fn articles<'p>(&mut self, parsed: &'p Parsed, options: Options, names: &mut Names<'p>) {
        for raw in &parsed.articles {
            let (slug, url) = slug_and_url(raw);
            if raw.front.draft.as_ref().is_some_and(|d| d.value) && !options.drafts {
                names.drafts.insert(slug.value);
            } else if self.claim(&slug) {
                names.articles.push(NamedArticle { raw, slug: slug.value, url, span: slug.span });
            }
        }
        names.articles.sort_by(|a, b| a.url.cmp(&b.url));
    }
}

/// `a/b.md` is published at `a/b/`, `a/index.md` at `a/`; a slug replaces the last segment.
fn slug_and_url(raw: &RawArticle) -> (Located<Text>, Text) {
    let stem = raw.path.strip_suffix(".md").unwrap_or(&raw.path);
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
    if is_id(name) { name.to_owned() } else { crate::markdown::anchor(name) }
}

fn number(names: &mut Names<'_>) {
    fn add<T>(ids: &mut HashMap<Text, Ref>, table: &Table<'_, T>, make: impl Fn(usize) -> Ref) {
        ids.extend(table.iter().enumerate().map(|(i, (entry, ..))| (entry.name.value.clone(), make(i))));
    }
    let ids = &mut names.ids;
    add(ids, &names.actors, |i| ActorIx::at(i).into());
    add(ids, &names.events, |i| EventIx::at(i).into());
    add(ids, &names.places, |i| PlaceIx::at(i).into());
    add(ids, &names.sources, |i| SourceIx::at(i).into());
    add(ids, &names.questions, |i| QuestionIx::at(i).into());
    add(ids, &names.claims, |i| ClaimIx::at(i).into());
    let articles = names.articles.iter().enumerate();
    ids.extend(articles.map(|(i, article)| (article.slug.clone(), ArticleIx::at(i).into())));
}
