//! How to cite a page: in words, as BibTeX and as CSL-JSON, dated by the content.

use super::Renderer;
use super::object::Object;
use crate::export::item::Item;
use crate::export::json::Json;
use crate::export::{bibtex, changes, csl, page_url};
use crate::model::Ref;
use crate::words;

/// `cite`: `plain`, `bibtex`, `csl_json`. Of sources there is none: who reads one wants to cite the source itself, whose
/// reference the page gives.
pub fn value(renderer: &Renderer<'_>, of: Ref) -> Option<Object> {
    let item = item(renderer, of)?;
    let (mut bibtex, mut csl) = (String::new(), String::new());
    bibtex::write_item(&mut bibtex, &item);
    csl::write_item(&mut Json::new(&mut csl), &item);
    Some(Object::new().set("plain", plain(renderer, &item)).set("bibtex", bibtex.trim_end()).set("csl_json", csl))
}

fn item<'r>(renderer: &'r Renderer<'_>, of: Ref) -> Option<Item<'r>> {
    let (dossier, config) = (renderer.dossier, renderer.config());
    let input = renderer.export();
    let (title, own) = match of {
        Ref::Article(ix) => (dossier[ix].title.to_string(), dossier[ix].authors.as_slice()),
        Ref::Question(ix) => (input.plain(&dossier[ix].text), [].as_slice()),
        Ref::Claim(ix) => (input.plain(&dossier[ix].statement), [].as_slice()),
        _ => return None,
    };
    let authors = if own.is_empty() { &config.authors } else { own };
    Some(Item {
        id: dossier.id(of),
        kind: "webpage",
        title,
        authors: authors.iter().map(|name| &**name).collect(),
        publisher: Some(&config.title),
        issued: changes::modified(dossier, of),
        url: config.base_url.as_ref().map(|base| page_url(base, &renderer.urls.folder(of))),
        language: Some(config.language.as_str()),
        ..Item::default()
    })
}

/// Authors, « title », site, date, address.
fn plain(renderer: &Renderer<'_>, item: &Item<'_>) -> String {
    let words = renderer.words();
    let inside = words::typography::inside_quotes(&item.title, words.language()).into_owned();
    let date = item.issued.map(|date| words::date::label(date, words));
    let authors = item.authors.join(words.text("list.comma"));
    let parts = [
        Some(authors).filter(|a| !a.is_empty()),
        Some(words.fill("note.quoted", &[("quote", &inside)])),
        item.publisher.map(|site| renderer.typeset(site).into_owned()),
        date,
        item.url.clone(),
    ];
    let line = parts.into_iter().flatten().collect::<Vec<_>>().join(words.text("list.comma"));
    if item.url.is_some() { line } else { line + "." }
}
