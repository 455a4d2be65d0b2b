//! What is written for hosts, feed readers and search engines, read by parsers that are not ours.

mod days;
mod facing;
mod impossible;
mod look;
mod marks;
mod states;
mod voices;

use std::collections::BTreeMap;

use sourcebook_core::base::diagnostic::Diagnostics;
use sourcebook_core::base::memory::MemoryWorld;
use sourcebook_core::base::timings::Timings;

const SITE: &str = "title = \"T & <T>\"\nlanguage = \"en\"\nauthors = [\"E & E\"]\n";
const ADDRESS: &str = "base_url = \"https://example.org/d\"\n";
const SHEET: &str = r#"
actors:
  kim: { name: "Kim </script><b>", type: person }
questions:
  q: { text: How many?, kind: quantity, assessment: { status: disputed, on: 2026-11-20, because: Since. } }
  r: { text: Why?, kind: quantity }
sources:
  s: { title: Title, published: 2024-11-03, archive: { url: "https://archive.example/x" } }
claims:
  c: { statement: Said & done., by: kim, answers: { q: 5 }, evidence: { source: s, quote: a quote }, status: { is: withdrawn, on: 2025-01-02 } }
"#;
const ESSAY: &str =
    "---\ntitle: Essay & more\ndate: 2025-01-01\nupdated: 2025-02-03\naliases: [/old/é/, was.html]\n---\nText [@c].\n";

fn build(site: &str, more: &[(&str, &str)]) -> (BTreeMap<String, String>, Diagnostics) {
    let mut world =
        MemoryWorld::new().with("site.toml", site).with("content/a.yaml", SHEET).with("content/essay.md", ESSAY);
    for (path, text) in more {
        world = world.with(*path, *text);
    }
    let prepared = crate::prepare::prepare(&world, crate::prepare::Options::default(), &mut Timings::default());
    let renderer = prepared.renderer(&world);
    let files = prepared.routes.all().iter().map(|route| {
        let mut out = Vec::new();
        renderer.render(route, &mut out).unwrap();
        (route.path.to_string(), String::from_utf8_lossy(&out).into_owned())
    });
    (files.collect(), prepared.diagnostics)
}

fn data(page: &str) -> serde_json::Value {
    let (_, rest) = page.split_once("<script type=\"application/ld+json\">").unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

#[test]
fn feeds_and_sitemaps_are_there_only_with_an_address() {
    let (files, _) = build(SITE, &[]);
    assert!(["feed.xml", "changes.xml", "sitemap.xml", "CNAME"].iter().all(|name| !files.contains_key(*name)));
    assert_eq!(files["robots.txt"], "User-agent: *\nAllow: /\n");
    assert!(!files["index.html"].contains("application/atom+xml"));
    assert_eq!(files[".nojekyll"], "");

    let (files, _) = build(&format!("{SITE}{ADDRESS}"), &[]);
    assert!(files["robots.txt"].ends_with("Sitemap: https://example.org/d/sitemap.xml\n"));
    assert!(files["actors/kim/index.html"].contains("href=\"../../feed.xml\""));
    let sitemap = roxmltree::Document::parse(&files["sitemap.xml"]).unwrap();
    let texts = |tag: &str| -> Vec<String> {
        sitemap.descendants().filter(|n| n.has_tag_name(tag)).map(|n| n.text().unwrap().to_owned()).collect()
    };
    assert!(texts("loc").contains(&"https://example.org/d/claims/c/".to_owned()));
    assert!(!texts("loc").iter().any(|url| url.contains("404") || url.contains("old")));
    assert_eq!(texts("lastmod"), ["2025-01-02", "2025-02-03", "2026-11-20"]);
}

#[test]
fn feeds_are_atom() {
    let (files, _) = build(&format!("{SITE}{ADDRESS}"), &[]);
    let changes = roxmltree::Document::parse(&files["changes.xml"]).unwrap();
    let root = changes.root_element();
    assert!(root.has_tag_name(("http://www.w3.org/2005/Atom", "feed")));
    let titles: Vec<_> = root.descendants().filter(|n| n.has_tag_name("title")).map(|n| n.text().unwrap()).collect();
    assert_eq!(
        titles[1..],
        ["Question assessed: How many?", "Updated: Essay & more", "Claim withdrawn: Said & done.", "Essay & more"]
    );
    let ids: Vec<_> = root.descendants().filter(|n| n.has_tag_name("id")).map(|n| n.text().unwrap()).collect();
    assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len());
    for entry in root.children().filter(|n| n.has_tag_name("entry")).chain([root]) {
        for tag in ["id", "title", "updated", "link"] {
            assert!(entry.children().any(|n| n.has_tag_name(tag)), "{tag}");
        }
    }
    let feed = roxmltree::Document::parse(&files["feed.xml"]).unwrap();
    assert_eq!(feed.descendants().filter(|n| n.has_tag_name("entry")).count(), 1);
}

#[test]
fn hosts_are_told() {
    let (files, _) = build(&format!("{SITE}[publish]\ncname = \"a.example.org\"\n"), &[]);
    assert_eq!(files["CNAME"], "a.example.org\n");
    let policy = files["index.html"].split("Policy\" content=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(files["_headers"].contains(&format!("\n  Content-Security-Policy: {policy}\n")));
    let style = files.keys().find(|path| path.ends_with(".css")).unwrap();
    assert!(files["_headers"].contains(&format!("/{style}\n  Cache-Control: public, max-age=31536000, immutable\n")));
    assert!(!files["_headers"].contains("assets/search"));
    assert_eq!(files["_redirects"], "/old/%C3%A9 /essay/ 301\n/old/%C3%A9/ /essay/ 301\n/was.html /essay/ 301\n");
    let (files, _) = build(&format!("{SITE}[publish]\nheaders = false\ndata = false\n"), &[]);
    assert!(
        !files.contains_key("_headers")
            && !files.contains_key("_redirects")
            && !files.contains_key("data/dossier.json")
    );
}

#[test]
fn the_writers_own_files_stand_in_place_of_ours() {
    let own = [("content/robots.txt", "mine"), ("content/_headers", "mine too"), ("content/assets/a.txt", "a")];
    let (files, diagnostics) = build(SITE, &own);
    assert_eq!((&*files["robots.txt"], &*files["_headers"]), ("mine", "mine too"));
    assert!(diagnostics.iter().all(|d| d.code != "duplicate-route"));
    let (files, _) = build(SITE, &own[2..]);
    assert!(!files["_headers"].contains("/assets/*") && files["_headers"].contains("/assets/style."));
}

#[test]
fn settings_at_fault_are_told() {
    let found = |line: &str| {
        build(&format!("{SITE}{ADDRESS}[publish]\n{line}\n"), &[]).1.into_iter().map(|d| d.code).collect::<Vec<_>>()
    };
    assert!(found("cname = \"https://a.org\"").contains(&"bad-value"));
    assert!(found("image = \"none.png\"").contains(&"missing-file"));
    assert!(found("image = \"a.svg\"").contains(&"bad-value"));
    assert!(found("precompress = \"zip\"").contains(&"unknown-value"));
    assert!(found("cnam = \"a.org\"").contains(&"unknown-key"));
}

#[test]
fn pages_say_what_they_are_about() {
    let (files, _) = build(&format!("{SITE}{ADDRESS}"), &[]);
    let claim = data(&files["claims/c/index.html"]);
    assert_eq!((&claim["@type"], &claim["text"]), (&"Claim".into(), &"Said & done.".into()));
    // What the text is stands on its own page.
    assert_eq!(claim["appearance"][0]["@id"], "https://example.org/d/sources/s/");
    assert_eq!(claim["firstAppearance"], claim["appearance"][0]);
    assert_eq!(data(&files["sources/s/index.html"])["archivedAt"], "https://archive.example/x");
    assert_eq!(claim["citation"][0]["@type"], "Quotation");
    assert_eq!(data(&files["actors/kim/index.html"])["name"], "Kim </script><b>");
    assert_eq!(data(&files["questions/q/index.html"])["subjectOf"]["@type"], "ClaimReview");
    assert_eq!(data(&files["questions/r/index.html"])["subjectOf"], serde_json::Value::Null);
    assert_eq!(data(&files["essay/index.html"])["citation"][0]["@id"], "https://example.org/d/claims/c/");
    assert_eq!(data(&files["index.html"])["@type"], "WebSite");
    let (files, _) = build(SITE, &[]);
    assert_eq!(data(&files["claims/c/index.html"])["author"][0]["@id"], "../../actors/kim/index.html");
}

#[test]
fn pages_can_be_cited() {
    let (files, _) = build(&format!("{SITE}{ADDRESS}"), &[]);
    let page = &files["essay/index.html"];
    assert!(page.contains("<details class=\"cite\">") && page.contains("3 February 2025, https:"), "{page}");
    assert!(page.contains("date = {2025-02-03}"));
    assert!(
        files["claims/c/index.html"].contains("class=\"cite\"")
            && files["questions/q/index.html"].contains("class=\"cite\"")
    );
    assert!(!files["index.html"].contains("class=\"cite\""));
}

/// The value of a `<meta>` or `<link>` of the head, by the attributes before it.
fn head<'p>(page: &'p str, start: &str) -> Option<&'p str> {
    let (_, rest) = page.split_once(start)?;
    Some(rest.split_once('"').unwrap().0)
}

#[test]
fn sources_are_cited_themselves() {
    let (files, _) = build(&format!("{SITE}{ADDRESS}"), &[]);
    let page = &files["sources/s/index.html"];
    assert!(page.contains("<summary>Cite this source</summary>"), "{page}");
    let (_, block) = page.split_once("<details class=\"cite\">").unwrap();
    let (block, _) = block.split_once("</details>").unwrap();
    let code: Vec<_> = block.split("<code>").skip(1).map(|b| b.split_once("</code>").unwrap().0).collect();
    let bibtex = biblatex::Bibliography::parse(code[0]).unwrap();
    assert_eq!(bibtex.iter().map(|e| &*e.key).collect::<Vec<_>>(), ["s"]);
    let csl: citationberg::json::Item = serde_json::from_str(&code[1].replace("&quot;", "\"")).unwrap();
    assert_eq!(csl.id().unwrap(), "s");
    assert!(block.contains("Title") && !block.contains("https://example.org/d"), "{block}");
}

#[test]
fn an_old_address_names_the_new_one() {
    let old = "old/é/index.html";
    for (site, essay) in
        [(SITE.to_owned(), "../../essay/index.html"), (format!("{SITE}{ADDRESS}"), "https://example.org/d/essay/")]
    {
        let (files, _) = build(&site, &[]);
        assert_eq!(head(&files[old], "<link rel=\"canonical\" href=\""), Some(essay));
        assert_eq!(head(&files[old], "http-equiv=\"refresh\" content=\""), Some("0; url=../../essay/index.html"));
        assert_eq!(head(&files[old], "name=\"robots\" content=\""), Some("noindex"));
        assert!(!files["essay/index.html"].contains("noindex"));
    }
}

#[test]
fn the_page_for_nothing_is_no_page_of_the_site() {
    let (files, _) = build(&format!("{SITE}{ADDRESS}"), &[]);
    let page = &files["404.html"];
    assert_eq!(head(page, "name=\"robots\" content=\""), Some("noindex"));
    assert!(!page.contains("rel=\"canonical\"") && !page.contains("og:") && !page.contains("<base"));
    // In the page itself, so right at any address.
    assert!(page.contains("<a class=\"skip\" href=\"#content\">") && page.contains("<main id=\"content\""));
    assert!(page.contains("href=\"/d/index.html\"") && !page.contains("href=\"index.html\""));
}

#[test]
fn canonical_addresses_are_addresses() {
    let (files, _) =
        build(&format!("{SITE}{ADDRESS}"), &[("content/été/à lire.md", "---\ntitle: À lire\n---\nText [@c].\n")]);
    let page = files.values().find(|page| page.contains("<title>À lire")).unwrap();
    let canonical = head(page, "<link rel=\"canonical\" href=\"").unwrap();
    assert!(files["sitemap.xml"].contains(canonical), "{canonical}");
    assert_eq!(head(page, "og:url\" content=\""), Some(canonical));
    assert_eq!(data(page)["@id"], canonical);
    assert!(canonical.is_ascii() && !canonical.contains(' '), "{canonical}");
}

#[test]
fn shared_pages_say_what_they_are() {
    let picture = ("content/share.png", "not really");
    let site = format!("{SITE}{ADDRESS}[publish]\nimage = \"share.png\"\n");
    let (files, _) = build(&site, &[picture]);
    for (path, page) in files.iter().filter(|(path, page)| path.ends_with(".html") && !page.contains("noindex")) {
        for property in ["title", "type", "site_name", "locale", "description", "url", "image", "image:alt"] {
            let value = head(page, &format!(" property=\"og:{property}\" content=\""));
            assert!(value.is_some_and(|v| !v.is_empty()), "{path}: og:{property}");
        }
    }
    let essay = &files["essay/index.html"];
    assert_eq!(head(essay, "og:image\" content=\""), Some("https://example.org/d/share.png"));
    assert_eq!(head(essay, "og:type\" content=\""), Some("article"));
    assert_eq!(head(essay, "article:published_time\" content=\""), Some("2025-01-01"));
    assert_eq!(head(essay, "article:modified_time\" content=\""), Some("2025-02-03"));
    assert_eq!(head(essay, "twitter:card\" content=\""), Some("summary_large_image"));
    let (files, _) = build(&format!("{SITE}{ADDRESS}"), &[]);
    assert_eq!(head(&files["essay/index.html"], "twitter:card\" content=\""), Some("summary"));
    assert!(!files["essay/index.html"].contains("og:image"));
}
