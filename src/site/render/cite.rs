//! How to cite a page: in words, as BibTeX and as CSL-JSON, dated by the content.

use super::Renderer;
use super::object::{Html, Object};
use crate::export::item::Item;
use crate::export::{bibtex, changes, csl};
use sourcebook_core::base::html::push_content;
use sourcebook_core::base::json::Json;
use sourcebook_core::dossier::address::page_url;
use sourcebook_core::model::{Ref, SourceIx};
use sourcebook_core::words;
use sourcebook_core::words::reference::InStyle;

/// `cite`: `plain`, `bibtex`, `csl_json`, the two last escaped for an element's content. On a source's page it is the source itself that one wants to cite, not the page.
pub fn value(renderer: &Renderer<'_>, of: Ref) -> Option<Object> {
    let item = item(renderer, of)?;
    let (mut bibtex, mut csl) = (String::new(), String::new());
    bibtex::write_item(&mut bibtex, &item);
    csl::write_item(&mut Json::new(&mut csl), &item);
    let words = match of {
        Ref::Source(ix) => reference(renderer, ix, &item),
        _ => plain(renderer, &item),
    };
    let content = |text: &str| {
        let mut html = String::with_capacity(text.len() + 16);
        push_content(&mut html, text);
        Html(html)
    };
    Some(Object::new().set("plain", words).set("bibtex", content(bibtex.trim_end())).set("csl_json", content(&csl)))
}

fn item<'r>(renderer: &'r Renderer<'_>, of: Ref) -> Option<Item<'r>> {
    let (dossier, config) = (renderer.dossier, renderer.config());
    let input = renderer.export();
    if let Ref::Source(ix) = of {
        return Some(Item::source(&input, ix));
    }
    let (title, own) = match of {
        Ref::Article(ix) => (dossier[ix].title.to_string(), dossier[ix].authors.as_slice()),
        Ref::Question(ix) => (input.plain(&dossier[ix].text), [].as_slice()),
        Ref::Claim(ix) => (words::sentence::titled(dossier, ix, renderer.words()), [].as_slice()),
        Ref::Actor(_) | Ref::Event(_) | Ref::Place(_) | Ref::Source(_) => return None,
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

/// The reference of a source as its page gives it, and its address.
fn reference(renderer: &Renderer<'_>, ix: SourceIx, item: &Item<'_>) -> String {
    let pieces = words::reference::source(renderer.dossier, ix, renderer, renderer.words());
    let words = words::piece::plain(&pieces);
    // A style has its own spaces.
    let words = if renderer.styled(ix).is_some() { words } else { renderer.typeset(&words).into_owned() };
    let address = item.url.as_ref().filter(|url| !words.contains(&***url));
    words + &address.map_or_else(String::new, |url| format!(" {url}"))
}

/// Authors, « title », site, date, address.
fn plain(renderer: &Renderer<'_>, item: &Item<'_>) -> String {
    let words = renderer.words();
    let inside = words::typography::inside_quotes(&item.title, words.language()).into_owned();
    let date = item.issued.map(|date| words::date::moment(date, words));
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
