use super::*;

#[track_caller]
fn check(html: &str, expect: &[&str]) {
    let page = read(html, None);
    let item = &page.item;
    let mut found = vec![format!("type {}", item.kind)];
    let mut say =
        |name: &str, value: &Option<String>| found.extend(value.as_ref().map(|value| format!("{name} {value}")));
    say("title", &item.title);
    say("author", &Some(item.authors.join(" + ")).filter(|authors| !authors.is_empty()));
    say("publisher", &item.publisher);
    say("published", &item.published);
    say("accessed", &item.accessed);
    say("url", &item.url);
    say("language", &item.language);
    found.extend(item.extra.iter().map(|(key, value)| format!("{key} {}", value.as_str().unwrap_or("?"))));
    assert_eq!(found, expect);
}

#[test]
fn a_newspaper() {
    check(
        r#"<!doctype html><html lang="fr"><head><title>Des soldats à Koursk | Le Journal</title>
        <link rel="canonical" href="https://journal.example/2024/koursk.html">
        <meta property="og:title" content="Des soldats &agrave; Koursk"><meta property="og:site_name" content="Le Journal">
        <script type="application/ld+json">[{"@context":"https://schema.org","@type":"BreadcrumbList","itemListElement":[]},
        {"@type":["Article","NewsArticle"],"headline":"Des soldats nord-coréens à Koursk","datePublished":"2024-11-03T08:00:00+01:00",
        "dateModified":"2024-11-05T10:00:00Z","author":[{"@type":"Person","name":"Anne Dupont"},{"@type":"Person","name":"Jan van der Berg"}],
        "publisher":{"@type":"Organization","name":"Le Journal"},"inLanguage":"fr-FR"}]</script></head><body><h1>x</h1></body></html>"#,
        &[
            "type article-newspaper",
            "title Des soldats nord-coréens à Koursk",
            "author Anne Dupont + Jan van der Berg",
            "publisher Le Journal",
            "published 2024-11-03",
            "url https://journal.example/2024/koursk.html",
            "language fr-FR",
            "modified 2024-11-05",
        ],
    );
}

/// As WordPress with Yoast writes it: all in one `@graph`, names by reference.
#[test]
fn a_graph() {
    check(
        r##"<html><script type='application/ld+json' class="yoast">{"@graph":[
        {"@type":"WebPage","@id":"https://b.example/p/","name":"Page"},
        {"@type":"BlogPosting","headline":"A post","author":{"@id":"#p"},"publisher":{"@id":"#o"},"mainEntityOfPage":{"@id":"https://b.example/p/"}},
        {"@type":"Organization","@id":"#o","name":"The Blog"},{"@type":"Person","@id":"#p","name":["Ann O'Nym"]}]}</script></html>"##,
        &["type post-weblog", "title A post", "author Ann O'Nym", "publisher The Blog", "url https://b.example/p/"],
    );
}

#[test]
fn a_journal() {
    check(
        r#"<meta name="citation_title" content="Troops"><meta name="citation_author" content="Berg, Jan van der">
        <meta name="citation_author" content="Kim, A."><meta name="citation_journal_title" content="Journal of Things">
        <meta name="citation_publication_date" content="2024/10/23"><meta name="citation_doi" content="doi:10.1000/182">
        <meta name="citation_language" content="eng"><meta name="citation_abstract_html_url" content="https://j.example/182">"#,
        &[
            "type article-journal",
            "title Troops",
            "author Jan van der Berg + A. Kim",
            "publisher Journal of Things",
            "published 2024-10-23",
            "url https://j.example/182",
            "language en",
            "doi 10.1000/182",
        ],
    );
}

#[test]
fn dublin_core_and_open_graph() {
    check(
        r#"<html xml:lang=en><meta name="DC.title" content="A text"><meta name="DC.creator" content="Doe, Jane">
        <meta name="DC.date.issued" content="2024-10"><meta name="DC.publisher" content="An office">
        <meta property="og:locale" content="en_GB"><meta property="og:url" content="javascript:alert(1)">
        <meta property="article:author" content="https://social.example/jane">"#,
        &["type webpage", "title A text", "author Jane Doe", "publisher An office", "published 2024-10", "language en"],
    );
}

#[test]
fn a_page_saved_by_a_program() {
    check(
        "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://e.example/a \n saved date: Sat Nov 02 2024 10:12:33 GMT+0100 (CET)\n--><title>A</title><a><time datetime=1999-01-01></time></a><time datetime='2024-11-01T07:00'>",
        &["type webpage", "title A", "published 2024-11-01", "accessed 2024-11-02", "url https://e.example/a"],
    );
    check("<html><!-- saved from url=(0021)https://e.example/b/c -->", &["type webpage", "url https://e.example/b/c"]);
}

#[test]
fn a_page_that_says_nothing() {
    check("", &["type webpage"]);
    check("<h1>Words &amp; <b>more</b></h1><svg><title>Icon</title></svg>", &["type webpage", "title Words & more"]);
    check(
        r#"<script type="application/ld+json">{ broken</script><meta name=title><title> </title>"#,
        &["type webpage"],
    );
}

proptest::proptest! {
    #[test]
    fn any_page_is_read(html in ".{0,200}|(<[a-z/!-]{1,8}( [a-z]{1,4}=?[\"a-z:]{0,6})*>?|[a-z{}\\[\\]:,\"@ ]{0,9}){0,20}") {
        let _ = read(&html, None);
    }

    #[test]
    fn any_data_is_read(json in "[\\[\\]{}:,\"a-z@0-9]{0,80}") {
        let _ = read(&format!("<script type='application/ld+json'>{json}</script>"), None);
    }
}

/// What pages of newspapers and of small sites do.
#[test]
fn what_is_met() {
    check(
        r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"Tom &amp; Jerry&#8217;s &quot;day&quot;",
        "author":{"name":"By Ann Doe and Bob Roe"},"publisher":{"name":"The &amp;amp; Paper"}}</script>"#,
        &["type article-newspaper", "title Tom & Jerry’s \"day\"", "author Ann Doe + Bob Roe", "publisher The & Paper"],
    );
    check(
        r#"<meta property="og:title" content="T"><meta name="author" content="admin"><meta name="twitter:creator" content="The Paper">
        <p>By <a rel="author" href="/ann">Ann <b>Doe</b></a> and <a rel="author" href="/x">Other</a></p>"#,
        &["type webpage", "title T", "author Ann Doe"],
    );
    check(
        r#"<article itemscope><h1 itemprop="headline">A <i>headline</i></h1><span itemprop="author" itemscope>By <span itemprop="name">Ann Doe</span>, reporter</span>
        <time itemprop="datePublished" datetime="2024-10-23T10:00">yesterday</time><meta itemprop="dateModified" content="2024-11-01">
        <div itemprop="publisher" itemscope><div itemprop="name">The Paper</div></div>
        <div id="comments"><div itemprop="comment"><span itemprop="author">Troll</span></div></div></article>"#,
        &["type webpage", "title A headline", "author Ann Doe", "publisher The Paper", "published 2024-10-23"],
    );
}
