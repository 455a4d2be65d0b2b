//! Which works the dossier has already, and ids for the others.
//!
//! A work is there already where a source has its DOI; its address, and the same title or id; its id and title; or, where one of
//! the two has no address, all that can be compared: title, date, authors, outlet, pages. Two chapters called "Introduction",
//! two works without a title, two pages at the bare address of one site are not the same. Nothing is matched roughly, and what
//! is there is never changed.

use std::collections::{BTreeMap, BTreeSet};

use super::item::{Item, bare_doi};
use super::step;
use sourcebook_core::base::id::is_id;
use sourcebook_core::model::source::Author;
use sourcebook_core::model::{Dossier, Source, Text};

/// What becomes of each work of a file, in its order.
pub struct Merged {
    /// New ones, each with its id.
    pub new: Vec<(String, Item)>,
    /// Those that are there already.
    pub known: Vec<Known>,
    /// Ids that are not what the file would have them be, and why: something else has that id.
    pub renamed: Vec<(String, String)>,
}

/// A work that the dossier, or the file further up, has already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// What the file calls it, or its title.
    pub name: String,
    /// The id of the source.
    pub id: String,
    /// What both have: "address", "DOI", "id and title", "title, date and authors".
    pub same: &'static str,
}

/// Sorts works into new and known ones.
pub fn merge(items: Vec<Item>, dossier: &Dossier) -> Merged {
    let mut index = Index::of(dossier);
    let mut merged = Merged { new: Vec::new(), known: Vec::new(), renamed: Vec::new() };
    for item in items {
        if let Some((id, same)) = index.find(&item) {
            let title = item.title.clone().unwrap_or_default();
            let name = if item.key.is_empty() { title } else { item.key };
            merged.known.push(Known { name, id, same });
            continue;
        }
        let wanted = id_of(&item);
        let id = index.free(&wanted);
        if id != wanted && dossier.get(&wanted).is_some() {
            merged.renamed.push((wanted, id.clone()));
        }
        index.add(&id, &item);
        merged.new.push((id, item));
    }
    merged
}

/// What sources are known by.
#[derive(Default)]
struct Index {
    ids: BTreeSet<Text>,
    works: Vec<Work>,
    dois: BTreeMap<String, usize>,
    urls: BTreeMap<String, Vec<usize>>,
    by_id: BTreeMap<String, usize>,
    titles: BTreeMap<String, Vec<usize>>,
    /// As many works are the dossier's own; what follows stands further up in the file.
    own: usize,
    /// Works without a title that a work of the file was found to be again: each is one work, and no second.
    taken: BTreeSet<usize>,
    /// The number after which to look for a free id.
    next: BTreeMap<String, usize>,
}

/// Of works with one title or address, so many are compared, and no more: a file of a thousand "Editorial" stays quick.
const COMPARED: usize = 64;

/// What is compared of a work.
#[derive(Clone, Debug, Default, PartialEq)]
struct Facts {
    title: String,
    date: String,
    authors: Vec<String>,
    outlet: String,
    pages: String,
}

/// A work that is there.
struct Work {
    id: String,
    facts: Facts,
    is_placed: bool,
    is_untitled: bool,
}

impl Facts {
    fn of_item(item: &Item) -> Self {
        let text = |text: &Option<String>| level(text.as_deref().unwrap_or_default());
        let pages = PAGES.iter().find_map(|key| item.extra.get(*key)).and_then(|pages| pages.as_str());
        Self {
            title: text(&item.title),
            date: item.published.clone().unwrap_or_default(),
            authors: item.authors.iter().map(|name| level(name)).collect(),
            outlet: text(&item.publisher),
            pages: pages.map(level).unwrap_or_default(),
        }
    }

    fn of_source(dossier: &Dossier, source: &Source) -> Self {
        let name = |author: &Author| match author {
            Author::Actor(ix) => level(&dossier[*ix].name),
            Author::Name(name) => level(name),
        };
        let pages = PAGES.iter().find_map(|key| source.head.extra.get(*key)).and_then(|pages| pages.as_str());
        Self {
            title: level(&source.title),
            date: source.published.as_ref().map(|date| date.date.text().to_owned()).unwrap_or_default(),
            authors: source.authors.iter().map(name).collect(),
            outlet: source.publisher.as_ref().map(name).unwrap_or_default(),
            pages: pages.map(level).unwrap_or_default(),
        }
    }
}

/// Where formats say on which pages a work stands.
const PAGES: [&str; 4] = ["pages", "page", "SP", "pagination"];

impl Index {
    fn of(dossier: &Dossier) -> Self {
        let mut index = Self { ids: dossier.ids.keys().cloned().collect(), ..Self::default() };
        index.ids.extend(dossier.unread.names.iter().cloned());
        for source in &dossier.sources {
            let extra = source.head.extra.get("doi").or_else(|| source.head.extra.get("DOI"));
            let url = source.url.as_deref();
            let doi = extra.and_then(|doi| doi.as_str()).and_then(bare_doi).or(url.and_then(bare_doi));
            index.put(&source.head.id.value, doi, url, Facts::of_source(dossier, source), false);
        }
        index.own = index.works.len();
        index
    }

    fn add(&mut self, id: &str, item: &Item) {
        self.ids.insert(id.into());
        self.put(id, item.doi.as_deref(), item.url.as_deref(), Facts::of_item(item), item.untitled);
    }

    fn put(&mut self, id: &str, doi: Option<&str>, url: Option<&str>, facts: Facts, is_untitled: bool) {
        let n = self.works.len();
        if let Some(doi) = doi {
            self.dois.entry(doi.to_ascii_lowercase()).or_insert(n);
        }
        if let Some(url) = url {
            self.urls.entry(address(url)).or_default().push(n);
        }
        self.by_id.insert(id.to_owned(), n);
        self.titles.entry(facts.title.clone()).or_default().push(n);
        self.works.push(Work { id: id.to_owned(), facts, is_placed: doi.is_some() || url.is_some(), is_untitled });
    }

    fn find(&mut self, item: &Item) -> Option<(String, &'static str)> {
        let facts = Facts::of_item(item);
        let doi = item.doi.as_ref().and_then(|doi| self.dois.get(&doi.to_ascii_lowercase())).copied();
        let url = item.url.as_ref().and_then(|url| self.at(&address(url), item, &facts));
        // A key of the file that a person chose, not an id that we would make.
        let own = self.by_id.get(&item.key).copied().filter(|n| {
            let there = &self.works[*n];
            there.facts.title == facts.title && (!item.untitled && !there.is_untitled || there.facts == facts)
        });
        let is_placed = item.doi.is_some() || item.url.is_some();
        let says_enough = !facts.date.is_empty() || !facts.authors.is_empty() || !facts.outlet.is_empty();
        let id = id_of(item);
        let alike = self.titles.get(&facts.title).into_iter().flatten().take(COMPARED);
        let title = alike.copied().find(|n| {
            step(1);
            let there = &self.works[*n];
            // What says no more than its title is known again by its id, which may have got a number.
            let is_again = says_enough || !there.is_placed && !is_placed && is_numbered(&there.id, &id);
            is_again && !item.untitled && !there.is_untitled && there.facts == facts && !(there.is_placed && is_placed)
        });
        let again = self.again(item, &facts, &id).filter(|_| doi.or(url).or(own).or(title).is_none());
        self.taken.extend(again);
        let found = [
            (doi, "DOI"),
            (url, "address"),
            (own, "id and title"),
            (title, "title, date and authors"),
            (again, "date and authors, and no title either"),
        ];
        found.into_iter().find_map(|(n, same)| Some((self.works[n?].id.clone(), same)))
    }

    /// A work without a title, in a file that is imported a second time: one of the dossier that says the same and has the id
    /// that it would get. Two such of one file are two.
    fn again(&self, item: &Item, facts: &Facts, id: &str) -> Option<usize> {
        let bare = item.untitled && item.doi.is_none() && item.url.is_none();
        let alike = self.titles.get(&facts.title).filter(|_| bare)?;
        alike.iter().take(COMPARED).copied().find(|n| {
            step(1);
            let there = &self.works[*n];
            let is_free = *n < self.own && !self.taken.contains(n) && !there.is_placed;
            is_free && there.facts == *facts && is_numbered(&there.id, id)
        })
    }

    /// A work at that address: two with other titles and other ids are two, and so are all at the front door of a site.
    fn at(&self, address: &str, item: &Item, facts: &Facts) -> Option<usize> {
        let there = self.urls.get(address)?;
        let is_front = is_front(address);
        let id = id_of(item);
        there.iter().take(COMPARED).copied().find(|n| {
            step(1);
            let known = &self.works[*n];
            let one_title = known.facts.title == facts.title
                || !is_front && (known.facts.title.contains(&facts.title) || facts.title.contains(&known.facts.title));
            let one_untitled = item.untitled || known.is_untitled;
            match is_front {
                true => one_title && !one_untitled || known.facts == *facts && known.id == id,
                false => one_title || one_untitled || known.id == id,
            }
        })
    }

    /// The id, or the first of `id-2`, `id-3` … that nothing has.
    fn free(&mut self, id: &str) -> String {
        if !self.ids.contains(id) {
            return id.to_owned();
        }
        let next = self.next.entry(id.to_owned()).or_insert(2);
        while self.ids.contains(&*format!("{id}-{next}")) {
            step(1);
            *next += 1;
        }
        format!("{id}-{next}")
    }
}

/// The source that has the address of a saved page: whatever its title was on the day, it is that page.
pub fn saved_before(url: &str, dossier: &Dossier) -> Option<String> {
    let wanted = address(url);
    let same = |source: &&Source| source.url.as_deref().is_some_and(|url| address(url) == wanted);
    let found = (!is_front(&wanted)).then(|| dossier.sources.iter().find(same)).flatten();
    found.map(|source| source.head.id.value.to_string())
}

/// Whether an id is another, or that one with a number: `paper`, `paper-2`.
fn is_numbered(id: &str, wanted: &str) -> bool {
    let number = id.strip_prefix(wanted).map(|rest| rest.strip_prefix('-').unwrap_or(rest));
    number.is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether an address, in the form that is compared, is that of a whole site.
fn is_front(address: &str) -> bool {
    address.split_once("://").is_some_and(|(_, rest)| rest.ends_with('/') && rest.matches('/').count() == 1)
}

/// A title without capitals and kinds of spaces.
fn level(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// An address without what leads to the same page: a slash at the end, `http` for `https`, capitals in the host.
fn address(url: &str) -> String {
    let url = url.trim_end_matches('/');
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let (host, path) = rest.split_once('/').map_or((rest, ""), |(host, path)| (host, path));
    let scheme = if scheme.eq_ignore_ascii_case("http") { "https".to_owned() } else { scheme.to_ascii_lowercase() };
    format!("{scheme}://{}/{path}", host.to_ascii_lowercase())
}

/// The id that a work would have: its key where a person chose it, else outlet or author and date, else its title.
pub fn id_of(item: &Item) -> String {
    if is_id(&item.key) && !item.key.bytes().all(|b| b.is_ascii_digit()) {
        return item.key.clone();
    }
    let chosen = Some(&item.key).filter(|key| is_chosen(key)).map(|key| slug(&apart(key)));
    let who = item.publisher.as_deref().or(item.authors.first().map(String::as_str)).map(slug);
    let dated = match (who.filter(|who| !who.is_empty()), &item.published) {
        (Some(who), Some(date)) => Some(format!("{}-{}", cut(&who, 40), slug(date))),
        _ => None,
    };
    let title = item.title.as_deref().map(|title| cut(&slug(title), 60).to_owned());
    let found = [chosen, dated, title].into_iter().flatten().find(|id| is_id(id));
    found.unwrap_or_else(|| "source".to_owned())
}

/// Whether a key is one that people cite by, and not an address, a number or a program's own.
fn is_chosen(key: &str) -> bool {
    let letters = key.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2 && key.len() <= 60 && !key.contains('/') && key.chars().any(char::is_lowercase)
}

/// `dupontTroupes2024` as `dupont Troupes2024`.
fn apart(key: &str) -> String {
    let mut out = String::new();
    for c in key.chars() {
        if c.is_uppercase() && out.ends_with(char::is_lowercase) {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

/// Text in the form of an id: without accents, lower case, joined by hyphens; may be empty.
pub fn slug(text: &str) -> String {
    let ascii = deunicode::deunicode(text).to_lowercase().replace(['\'', '"'], " ");
    let words = ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    cut(&words.collect::<Vec<_>>().join("-"), 150).to_owned()
}

/// The whole words that fit.
fn cut(slug: &str, most: usize) -> &str {
    if slug.len() <= most {
        return slug;
    }
    let end = slug[..most + 1].rfind('-').unwrap_or(most);
    &slug[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use sourcebook_core::base::file::{FileId, Span};

    fn item(key: &str, title: &str) -> Item {
        let item = Item::new(Span::new(FileId(0), 0..0));
        Item { key: key.into(), title: Some(title.into()), ..item }
    }

    #[test]
    fn ids() {
        let check = |item: Item, expect: &str| assert_eq!(id_of(&item), expect);
        check(item("kim-2024", "T"), "kim-2024");
        check(item("dupontTroupes2024", "T"), "dupont-troupes2024");
        check(item("Müller:2024", "T"), "muller-2024");
        check(item("http://zotero.org/users/1/items/AB", "Où va l’ONU ?"), "ou-va-l-onu");
        check(item("X7Q2AB9Z", "T"), "t");
        check(item("12", "北京"), "bei-jing");
        check(item("", "…"), "source");
        let dated = Item { publisher: Some("Le Monde".into()), published: Some("2024-11-03".into()), ..item("", "T") };
        check(dated, "le-monde-2024-11-03");
        check(item("", &"long ".repeat(50)), "long-".repeat(12).trim_end_matches('-'));
    }

    fn known(a: Item, b: Item) -> Option<&'static str> {
        merge(vec![a, b], &Dossier::default()).known.into_iter().next().map(|k| k.same)
    }

    #[test]
    fn the_same_work_twice() {
        let url = |title: &str, url: &str| Item { url: Some(url.into()), ..item("", title) };
        let doi = |title: &str, doi: &str| Item { doi: Some(doi.into()), ..item("", title) };
        assert_eq!(known(url("A b", "https://e.org/x"), url("a  B", "http://E.org/x/")), Some("address"));
        assert_eq!(known(url("A b", "https://e.org/x"), url("A b | The Paper", "https://e.org/x")), Some("address"));
        assert_eq!(known(doi("a", "10.1/Ab"), doi("b", "10.1/aB")), Some("DOI"));
        let dated = |key: &str, date: &str| Item { published: Some(date.into()), ..item(key, "Où\u{a0}?") };
        assert_eq!(
            known(dated("x", "2024"), Item { title: Some("où ?".into()), ..dated("x", "2024~") }),
            Some("id and title")
        );
        let by = |title: &str, author: &str| Item {
            authors: vec![author.into()],
            published: Some("2020".into()),
            ..item("", title)
        };
        assert_eq!(
            known(by("A b", "Ann"), Item { url: Some("https://e.org/".into()), ..by("a B", "ann") }),
            Some("title, date and authors")
        );
        assert_eq!(known(item("", "A title"), item("", "a  title")), Some("title, date and authors"));
        let merged = merge(vec![item("same", "a"), item("same", "b")], &Dossier::default());
        assert_eq!(merged.new.iter().map(|(id, _)| &**id).collect::<Vec<_>>(), ["same", "same-2"]);
    }

    #[test]
    fn works_that_are_two() {
        let url = |title: &str, url: &str| Item { url: Some(url.into()), ..item("", title) };
        let two = |a: Item, b: Item| assert_eq!(known(a, b), None);
        two(url("a", "https://e.org/x"), url("a", "https://e.org/X"));
        two(url("Chapter one", "https://e.org/book.pdf"), url("Another", "https://e.org/book.pdf"));
        two(url("Chapter one", "https://e.org/"), url("Another", "https://e.org"));
        two(item("", "a"), item("", "b"));
        two(item("one", "Introduction"), item("two", "Introduction"));
        // Nothing but a title.
        two(item("", "Introduction"), url("Introduction", "https://e.org/"));
        let by = |author: &str, pages: &str| Item {
            authors: vec![author.into()],
            published: Some("2020".into()),
            extra: [("pages".to_owned(), pages.into())].into(),
            ..item("", "Introduction")
        };
        two(by("Ann", "1–3"), by("Bob", "1–3"));
        two(by("Ann", "1–3"), by("Ann", "4–9"));
        let untitled = |key: &str, date: &str| Item {
            untitled: true,
            published: Some(date.into()),
            publisher: Some("J".into()),
            ..item(key, "J")
        };
        two(untitled("", "2020"), untitled("", "2020"));
        two(untitled("k", "2020"), untitled("k", "2021"));
        let dated = |key: &str, date: &str| Item { published: Some(date.into()), ..item(key, "T") };
        two(dated("x", "2024"), dated("y", "2024~"));
    }

    /// Ids are looked for once each: their number grows with the entries, not with their square.
    #[test]
    fn many_with_one_key() {
        let items = (0..5_000).map(|n| item("same", &format!("t{n}"))).collect();
        let merged = merge(items, &Dossier::default());
        assert_eq!(merged.new.last().map(|(id, _)| &**id), Some("same-5000"));
    }
}
