//! `sitemap.xml` (sitemaps.org 0.9), where the site has an address: every page, dated by its content. More than 50,000 pages
//! go to several files, and `sitemap.xml` lists those.

use std::fmt::Write;

use super::{PageKind, Role, kind_of};
use crate::export::changes;
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use sourcebook_core::base::diagnostic::Diagnostic;
use sourcebook_core::base::html::escape;
use sourcebook_core::dossier::address::page_url;
use sourcebook_core::model::Ref;

/// `/sitemap.xml`, `/sitemap-1.xml` …
pub(super) static KIND: PageKind = PageKind { name: "sitemaps", role: Role::File, plan, render };

/// What the protocol allows in one file.
const URLS: usize = 50_000;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// Runs after every kind of page.
fn plan(planner: &mut Planner<'_>) {
    if planner.parsed.config.base_url.is_none() {
        return;
    }
    let parts = parts(planner.routes().iter().filter(|route| is_page(route)).count());
    planner.add_unless_own(0, "sitemap.xml");
    for part in 1..=parts {
        planner.add(part, format!("sitemap-{part}.xml"), None);
    }
}

/// Files beside the first: none where one is enough.
fn parts(pages: usize) -> usize {
    if pages > URLS { pages.div_ceil(URLS) } else { 0 }
}

fn is_page(route: &Route) -> bool {
    match kind_of(route).role {
        Role::Home | Role::Record(_) | Role::List => route.path.ends_with(".html"),
        Role::File => false,
    }
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let base = renderer.config().base_url.as_deref().unwrap_or_default();
    let pages: Vec<_> = renderer.routes.all().iter().filter(|route| is_page(route)).collect();
    let text = file(base, route.subject as usize, &pages, URLS, |page| entry(renderer, base, page));
    out.extend_from_slice(text.as_bytes());
    Ok(())
}

/// An address, and the day on which what it shows last changed.
type Entry = (String, Option<String>);

/// The first file (`part` 0) with all pages, or with the other files if those are more than `limit`; or one of those. A file is
/// as young as the youngest of its pages.
fn file<T>(base: &str, part: usize, pages: &[T], limit: usize, entry: impl Fn(&T) -> Entry) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let (root, element) = match part == 0 && pages.len() > limit {
        true => ("sitemapindex", "sitemap"),
        false => ("urlset", "url"),
    };
    // Writing to a string cannot fail.
    let _ = writeln!(text, "<{root} xmlns=\"{NAMESPACE}\">");
    if root == "urlset" {
        let chunk = pages.chunks(limit).nth(part.saturating_sub(1)).unwrap_or_default();
        chunk.iter().for_each(|page| write(&mut text, element, &entry(page)));
    } else {
        for (n, chunk) in pages.chunks(limit).enumerate() {
            let youngest = chunk.iter().filter_map(|page| entry(page).1).max();
            write(&mut text, element, &(format!("{base}/sitemap-{}.xml", n + 1), youngest));
        }
    }
    let _ = writeln!(text, "</{root}>");
    text
}

fn write(out: &mut String, element: &str, (address, day): &Entry) {
    let modified = day.as_ref().map(|day| format!("<lastmod>{day}</lastmod>")).unwrap_or_default();
    let _ = writeln!(out, "<{element}><loc>{}</loc>{modified}</{element}>", escape(address));
}

fn entry(renderer: &Renderer<'_>, base: &str, route: &Route) -> Entry {
    let folder = route.path.strip_suffix("index.html").unwrap_or(&route.path).trim_end_matches('/');
    let modified = subject(route).and_then(|of| changes::modified(renderer.dossier, of)).and_then(changes::day);
    (page_url(base, folder), modified)
}

fn subject(route: &Route) -> Option<Ref> {
    match kind_of(route).role {
        Role::Record(of) => Some(of(route.subject)),
        Role::Home | Role::List | Role::File => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGES: [(&str, Option<&str>); 3] = [("a", None), ("b&c", Some("2025-01-02")), ("d", Some("2024-12-31"))];

    /// The name of the root, then each address and day, read by a parser that is not ours.
    fn check(part: usize, limit: usize, expect: &[&str]) {
        let entry = |(path, day): &(&str, Option<&str>)| (format!("https://a.org/{path}/"), day.map(str::to_owned));
        let text = file("https://a.org", part, &PAGES, limit, entry);
        let read = roxmltree::Document::parse(&text).unwrap();
        assert_eq!(read.root_element().tag_name().namespace(), Some(NAMESPACE));
        let texts = read
            .root_element()
            .descendants()
            .filter_map(|n| n.text().filter(|t| !t.trim().is_empty() && n.is_element()));
        let found: Vec<_> = [read.root_element().tag_name().name()].into_iter().chain(texts).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn more_pages_than_a_file_holds_go_to_several() {
        check(
            0,
            3,
            &["urlset", "https://a.org/a/", "https://a.org/b&c/", "2025-01-02", "https://a.org/d/", "2024-12-31"],
        );
        check(
            0,
            2,
            &["sitemapindex", "https://a.org/sitemap-1.xml", "2025-01-02", "https://a.org/sitemap-2.xml", "2024-12-31"],
        );
        check(1, 2, &["urlset", "https://a.org/a/", "https://a.org/b&c/", "2025-01-02"]);
        check(2, 2, &["urlset", "https://a.org/d/", "2024-12-31"]);
    }

    #[test]
    fn a_file_holds_fifty_thousand() {
        assert_eq!([0, 50_000, 50_001, 100_001].map(parts), [0, 0, 2, 3]);
    }
}
