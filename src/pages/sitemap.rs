//! `sitemap.xml` (sitemaps.org 0.9), where the site has an address: every page, dated by its content. More than 50,000 pages
//! go to several files, and `sitemap.xml` lists those.

use std::fmt::Write;

use super::PageKind;
use crate::diagnostic::Diagnostic;
use crate::export::{changes, page_url};
use crate::model::{ActorIx, ArticleIx, ClaimIx, EventIx, PlaceIx, QuestionIx, Ref, SourceIx};
use crate::plan::{Planner, Route};
use crate::render::Renderer;
use crate::render::html::escape;

/// `/sitemap.xml`, `/sitemap-1.xml` …
pub static KIND: PageKind = PageKind { name: "sitemaps", plan, render };

/// What the protocol allows in one file.
const URLS: usize = 50_000;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// Runs after every kind of page.
fn plan(planner: &mut Planner<'_>) {
    if planner.parsed.config.base_url.is_none() {
        return;
    }
    let parts = parts(planner.routes().iter().filter(|route| is_page(route)).count());
    planner.add_unless_own(&KIND, 0, "sitemap.xml");
    for part in 1..=parts {
        planner.add(&KIND, part, format!("sitemap-{part}.xml"), None);
    }
}

/// Files beside the first: none where one is enough.
fn parts(pages: usize) -> usize {
    if pages > URLS { pages.div_ceil(URLS) } else { 0 }
}

fn is_page(route: &Route) -> bool {
    route.path.ends_with(".html") && !matches!(route.kind.name, "404" | "redirects" | "assets" | "theme files")
}

fn render(renderer: &Renderer<'_>, route: &Route, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let base = renderer.config().base_url.as_deref().unwrap_or_default();
    let pages = || renderer.routes.all().iter().filter(|route| is_page(route));
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let parts = parts(pages().count());
    if route.subject == 0 && parts > 0 {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "<sitemapindex xmlns=\"{NAMESPACE}\">");
        for part in 1..=parts {
            let _ = writeln!(text, "<sitemap><loc>{}/sitemap-{part}.xml</loc></sitemap>", escape(base));
        }
        text.push_str("</sitemapindex>\n");
    } else {
        let start = (route.subject as usize).saturating_sub(1) * URLS;
        let _ = writeln!(text, "<urlset xmlns=\"{NAMESPACE}\">");
        pages().skip(start).take(URLS).for_each(|page| url(&mut text, renderer, base, page));
        text.push_str("</urlset>\n");
    }
    out.extend_from_slice(text.as_bytes());
    Ok(())
}

fn url(out: &mut String, renderer: &Renderer<'_>, base: &str, route: &Route) {
    let folder = route.path.strip_suffix("index.html").unwrap_or(&route.path);
    let folder = percent(folder.trim_end_matches('/'));
    let modified = subject(route).and_then(|of| changes::modified(renderer.dossier, of)).and_then(changes::day);
    let modified = modified.map(|day| format!("<lastmod>{day}</lastmod>")).unwrap_or_default();
    let _ = writeln!(out, "<url><loc>{}</loc>{modified}</url>", escape(&page_url(base, &folder)));
}

fn subject(route: &Route) -> Option<Ref> {
    Some(match route.kind.name {
        "articles" => ArticleIx(route.subject).into(),
        "actors" => ActorIx(route.subject).into(),
        "events" => EventIx(route.subject).into(),
        "places" => PlaceIx(route.subject).into(),
        "sources" => SourceIx(route.subject).into(),
        "questions" => QuestionIx(route.subject).into(),
        "claims" => ClaimIx(route.subject).into(),
        _ => return None,
    })
}

/// A path as a URL has it.
pub fn percent(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_holds_fifty_thousand() {
        assert_eq!([0, 50_000, 50_001, 100_001].map(parts), [0, 0, 2, 3]);
    }

    #[test]
    fn paths_are_urls() {
        assert_eq!(percent("é a/b-c_d.html"), "%C3%A9%20a/b-c_d.html");
    }
}
