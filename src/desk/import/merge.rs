//! Which works the dossier has already, and ids for the others.
//!
//! A work is there already where a source has its DOI or its address, or its id and title; where one of the two has no
//! address, where a source has its title and date. Nothing is matched roughly, and what is there is never changed.

use std::collections::{BTreeMap, BTreeSet};

use super::item::{Item, bare_doi};
use sourcebook_core::base::id::is_id;
use sourcebook_core::model::{Dossier, Text};

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
    /// What both have: "address", "DOI", "id and title", "title and date".
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
    dois: BTreeMap<String, String>,
    urls: BTreeMap<String, String>,
    /// Titles by id.
    by_id: BTreeMap<String, String>,
    /// Title and date, and whether that source has an address or a DOI.
    titles: BTreeMap<(String, String), (String, bool)>,
}

impl Index {
    fn of(dossier: &Dossier) -> Self {
        let mut index = Self { ids: dossier.ids.keys().cloned().collect(), ..Self::default() };
        index.ids.extend(dossier.unread.names.iter().cloned());
        for source in &dossier.sources {
            let id = &source.head.id.value;
            let extra = source.head.extra.get("doi").or_else(|| source.head.extra.get("DOI"));
            let url = source.url.as_deref();
            let doi = extra.and_then(|doi| doi.as_str()).and_then(bare_doi).or(url.and_then(bare_doi));
            let date = source.published.as_ref().map(|date| date.date.text());
            index.put(id, doi, url, &source.title, date);
        }
        index
    }

    fn add(&mut self, id: &str, item: &Item) {
        self.ids.insert(id.into());
        let title = item.title.as_deref().unwrap_or_default();
        self.put(id, item.doi.as_deref(), item.url.as_deref(), title, item.published.as_deref());
    }

    fn put(&mut self, id: &str, doi: Option<&str>, url: Option<&str>, title: &str, date: Option<&str>) {
        let has_place = doi.is_some() || url.is_some();
        if let Some(doi) = doi {
            self.dois.entry(doi.to_ascii_lowercase()).or_insert_with(|| id.to_owned());
        }
        if let Some(url) = url {
            self.urls.entry(address(url)).or_insert_with(|| id.to_owned());
        }
        self.by_id.insert(id.to_owned(), level(title));
        let key = (level(title), date.unwrap_or_default().to_owned());
        self.titles.entry(key).or_insert_with(|| (id.to_owned(), has_place));
    }

    fn find(&self, item: &Item) -> Option<(String, &'static str)> {
        let doi = item.doi.as_ref().and_then(|doi| self.dois.get(&doi.to_ascii_lowercase()));
        let url = item.url.as_ref().and_then(|url| self.urls.get(&address(url)));
        let level = level(item.title.as_deref().unwrap_or_default());
        // A key of the file that a person chose, not an id that we would make.
        let own = Some(&item.key).filter(|key| self.by_id.get(&**key) == Some(&level));
        let key = (level, item.published.clone().unwrap_or_default());
        let has_place = item.doi.is_some() || item.url.is_some();
        let title = self.titles.get(&key).filter(|(_, placed)| !(*placed && has_place)).map(|(id, _)| id);
        let found = [(doi, "DOI"), (url, "address"), (own, "id and title"), (title, "title and date")];
        found.into_iter().find_map(|(id, same)| Some((id?.clone(), same)))
    }

    /// The id, or the first of `id-2`, `id-3` … that nothing has.
    fn free(&self, id: &str) -> String {
        let numbered = (2..).map(|n| format!("{id}-{n}"));
        std::iter::once(id.to_owned()).chain(numbered).find(|id| !self.ids.contains(&**id)).unwrap_or_default()
    }
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
    letters >= 2 && key.len() <= 60 && !key.contains(['/', ' ']) && key.chars().any(char::is_lowercase)
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

    #[test]
    fn the_same_work_twice() {
        let known = |a: Item, b: Item| merge(vec![a, b], &Dossier::default()).known.into_iter().next().map(|k| k.same);
        let url = |title: &str, url: &str| Item { url: Some(url.into()), ..item("", title) };
        let doi = |title: &str, doi: &str| Item { doi: Some(doi.into()), ..item("", title) };
        assert_eq!(known(url("a", "https://e.org/x"), url("b", "http://E.org/x/")), Some("address"));
        assert_eq!(known(url("a", "https://e.org/x"), url("a", "https://e.org/X")), None);
        assert_eq!(known(doi("a", "10.1/Ab"), doi("b", "10.1/aB")), Some("DOI"));
        assert_eq!(known(item("", "A b"), url("a B", "https://e.org/")), Some("title and date"));
        assert_eq!(known(item("", "a"), item("", "b")), None);
        let dated = |key: &str, date: &str| Item { published: Some(date.into()), ..item(key, "Où\u{a0}?") };
        assert_eq!(
            known(dated("x", "2024"), Item { title: Some("où ?".into()), ..dated("x", "2024~") }),
            Some("id and title")
        );
        assert_eq!(known(dated("x", "2024"), dated("y", "2024~")), None);
        let merged = merge(vec![item("same", "a"), item("same", "b")], &Dossier::default());
        assert_eq!(merged.new.iter().map(|(id, _)| &**id).collect::<Vec<_>>(), ["same", "same-2"]);
    }
}
