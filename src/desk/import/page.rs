//! What a saved web page says of itself, as a work.
//!
//! 1. [`tags`]: one pass over the page's tokens: meta tags, links, the title, times, JSON-LD, comments of who saved it.
//! 2. [`jsonld`]: the articles that JSON-LD describes, wherever they stand in it.
//! 3. For each field, the first that says something in the order of [`FIELDS`]: what is written for citing before what is
//!    written for sharing, and that before what can be seen. Where it comes from is noted, for the writer to judge.

mod byline;
mod jsonld;
mod tags;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::item::Item;
use super::{date, names, text};
use jsonld::Article;
use sourcebook_core::base::file::{FileId, Span};
use sourcebook_core::base::url::is_safe_url;
use sourcebook_core::model::work_kinds;
use tags::Tags;

/// A page as a work, and where each field comes from.
#[derive(Debug)]
pub struct Page {
    /// The work; its `accessed` is the day on which the page was saved, where the page says so.
    pub item: Item,
    /// `og:title`, by field.
    pub from: BTreeMap<&'static str, String>,
    /// What saved it: `SingleFile`.
    pub saved_by: Option<&'static str>,
}

/// Reads a page. `url` is where the person at the terminal says it is from.
pub fn read(html: &str, url: Option<&str>) -> Page {
    let tags = tags::read(html);
    let article = jsonld::article(&tags.scripts);
    let sources = Sources { tags: &tags, article: article.as_ref() };
    let mut page = Page { item: Item::new(Span::new(FileId(0), 0..0)), from: BTreeMap::new(), saved_by: tags.saved_by };
    page.set_kind(&sources);
    if let Some((title, from)) = sources.first(TITLE, |title| Some(plain(title)).filter(|t| !t.is_empty())) {
        page.item.title = Some(title);
        page.from.insert("title", from);
    }
    page.set_authors(&sources);
    if let Some((name, from)) = sources.first(PUBLISHER, |name| Some(plain(name)).filter(|n| !n.is_empty())) {
        page.item.publisher = Some(name);
        page.from.insert("publisher", from);
    }
    if let Some((day, from)) = sources.first(PUBLISHED, |written| date::edtf(written).ok().flatten()) {
        page.item.published = Some(day);
        page.from.insert("published", from);
    }
    page.set_url(&sources, url);
    if let Some((tag, from)) = sources.first(LANGUAGE, names::language) {
        page.item.language = Some(tag);
        page.from.insert("language", from);
    }
    if let Some(day) = tags.saved_on.as_deref().and_then(|written| date::edtf(written).ok().flatten()) {
        page.item.accessed = Some(day);
        page.from.insert(
            "accessed",
            format!("from the comment of {}", tags.saved_by.unwrap_or("the program that saved it")),
        );
    }
    page.set_extra(&sources);
    page
}

/// Where a field may come from: the name of a meta tag, or one of these.
const TITLE: &[&str] = &[
    "citation_title",
    "@headline",
    "itemprop:headline",
    "og:title",
    "dc.title",
    "dcterms.title",
    "twitter:title",
    "@name",
    "<title>",
    "<h1>",
];
const PUBLISHER: &[&str] = &[
    "citation_journal_title",
    "@publisher",
    "itemprop:publisher",
    "og:site_name",
    "citation_publisher",
    "dc.publisher",
    "dcterms.publisher",
    "application-name",
];
const PUBLISHED: &[&str] = &[
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "@datePublished",
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "date",
    "pubdate",
    "publishdate",
    "sailthru.date",
    "parsely-pub-date",
    "itemprop:datepublished",
    "<time>",
];
const URL: &[&str] =
    &["<link rel=canonical>", "og:url", "citation_abstract_html_url", "citation_public_url", "@url", "saved-from"];
const LANGUAGE: &[&str] = &[
    "citation_language",
    "@inLanguage",
    "<html lang>",
    "og:locale",
    "dc.language",
    "dcterms.language",
    "content-language",
];
const AUTHORS: &[&str] = &[
    "citation_author",
    "@author",
    "dc.creator",
    "dcterms.creator",
    "itemprop:author",
    "article:author",
    "og:article:author",
    "author",
    "byl",
    "parsely-author",
    "sailthru.author",
    "<a rel=author>",
];

struct Sources<'a> {
    tags: &'a Tags,
    article: Option<&'a Article>,
}

impl Sources<'_> {
    /// Every value of a name, in the order of the page.
    fn all(&self, name: &str) -> Vec<&str> {
        let property = name.strip_prefix('@').filter(|_| !name.starts_with("@@"));
        match (property, self.article) {
            (Some(property), Some(article)) => article.values(property),
            (Some(_), None) => Vec::new(),
            (None, _) => self.tags.values(name),
        }
    }

    /// The first value that can be read, and where it comes from.
    fn first<T>(&self, order: &[&str], read: impl Fn(&str) -> Option<T>) -> Option<(T, String)> {
        order.iter().find_map(|name| {
            let value = self.all(name).into_iter().find_map(&read)?;
            Some((value, self.said(name)))
        })
    }

    fn said(&self, name: &str) -> String {
        match name.strip_prefix('@') {
            Some(property) => format!("from JSON-LD {}.{property}", self.article.map_or("", |article| &article.kind)),
            None => format!("from {name}"),
        }
    }
}

/// One line of words: what stands for a sign in HTML is that sign, also where a page writes it twice over (`&amp;#8217;`), and
/// tags are gone.
fn plain(written: &str) -> String {
    text::unmarked(&text::decoded(written))
}

impl Page {
    fn set_kind(&mut self, sources: &Sources<'_>) {
        let journal = !sources.all("citation_journal_title").is_empty();
        let described =
            sources.article.and_then(|article| Some((work_kinds::of_schema(&article.kind)?, &article.kind)));
        let (kind, from) = match described {
            _ if journal => ("article-journal", "from citation_journal_title".to_owned()),
            Some((kind, name)) => (kind, format!("from JSON-LD {name}")),
            None if !sources.all("citation_technical_report_institution").is_empty() => {
                ("report", "from citation_technical_report_institution".to_owned())
            }
            None => ("webpage", "since nothing says more".to_owned()),
        };
        self.item.kind = kind;
        self.from.insert("type", from);
    }

    fn set_authors(&mut self, sources: &Sources<'_>) {
        for name in AUTHORS {
            let is_turned = name.starts_with("citation") || name.starts_with("dc");
            let found: Vec<String> =
                sources.all(name).into_iter().flat_map(|author| byline::people(&plain(author), is_turned)).collect();
            if !found.is_empty() {
                for author in found {
                    if !self.item.authors.contains(&author) {
                        self.item.authors.push(author);
                    }
                }
                self.from.insert("author", sources.said(name));
                return;
            }
        }
    }

    fn set_url(&mut self, sources: &Sources<'_>, given: Option<&str>) {
        if let Some(url) = given {
            self.item.url = Some(url.to_owned());
            return;
        }
        let found = sources
            .first(URL, |url| Some(url.trim().to_owned()).filter(|url| is_safe_url(url) && url.starts_with("http")));
        if let Some((url, from)) = found {
            self.item.url = Some(url);
            self.from.insert("url", from);
        }
    }

    fn set_extra(&mut self, sources: &Sources<'_>) {
        let doi = |text: &str| super::item::bare_doi(&text::line(text)).map(str::to_owned);
        if let Some((doi, _)) =
            sources.first(&["citation_doi", "dc.identifier", "prism.doi", "bepress_citation_doi"], doi)
        {
            self.item.extra.insert("doi".into(), doi.clone().into());
            self.item.doi = Some(doi);
        }
        let changed = sources.first(&["@dateModified", "article:modified_time", "og:updated_time"], |written| {
            date::edtf(written).ok().flatten()
        });
        if let Some((day, _)) = changed.filter(|(day, _)| Some(day) != self.item.published.as_ref()) {
            self.item.extra.insert("modified".into(), day.into());
        }
    }
}
