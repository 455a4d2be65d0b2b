//! The same corpus as a site for Hugo, as near as its own means come: a page for each record, back links by taxonomies
//! (speakers, sources, questions and events are terms, which costs Hugo least), lists in parts, cards by a partial.
//!
//! It does less than ours: no comparison of answers, no numbered notes, no mentions, no sentences of provenance, no
//! folded YAML, no figures.

use super::random::date;
use super::records::{self, Claim};
use super::{Sink, Sizes};

const CONFIG: &str = r#"title = "A corpus"
baseURL = "https://example.org/corpus/"
languageCode = "en"
disableKinds = ["rss", "404"]
[pagination]
pagerSize = 200
[taxonomies]
actors = "actors"
sources = "sources"
questions = "questions"
events = "events"
"#;

const BASE: &str = r#"<!doctype html>
<html lang="{{ site.Language.Lang }}"><head><meta charset="utf-8"><title>{{ .Title }} · {{ site.Title }}</title>
<link rel="canonical" href="{{ .Permalink }}"><link rel="stylesheet" href="/style.css"></head>
<body><header><nav><ul>{{ range slice "articles" "claims" "actors" "events" "sources" "questions" }}
<li><a href="/{{ . }}/">{{ . | title }}</a></li>{{ end }}</ul></nav></header>
<main><h1>{{ .Title }}</h1>{{ block "main" . }}{{ end }}</main><footer>{{ site.Title }}</footer></body></html>
"#;

const CARD: &str = r#"<div class="claim"><p class="who">{{ range .Params.actors }}{{ with site.GetPage (printf "/actors/%s" .) }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}{{ end }}<span>{{ .Params.modality }}</span> <time>{{ .Date.Format "2 January 2006" }}</time></p>
<p class="what"><a href="{{ .RelPermalink }}">{{ .Title }}</a></p>
{{ range .Params.evidence }}<div class="evidence"><blockquote><p>“{{ .quote }}”</p></blockquote>
{{ with .translation }}<p class="translation">{{ . }}</p>{{ end }}
<p class="where">{{ $locator := .locator }}{{ with site.GetPage (printf "/sources/%s" .source) }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>, p. {{ $locator }} <a href="{{ .Params.original }}">original</a>{{ end }}</p></div>{{ end }}</div>
"#;

const SINGLE: &str = r#"{{ define "main" }}{{ if eq .Section "claims" }}{{ partial "card.html" . }}
{{ range .Params.questions }}{{ with site.GetPage (printf "/questions/%s" .) }}<p><a href="{{ .RelPermalink }}">{{ .Title }}</a></p>{{ end }}{{ end }}
{{ range .Params.events }}{{ with site.GetPage (printf "/events/%s" .) }}<p><a href="{{ .RelPermalink }}">{{ .Title }}</a></p>{{ end }}{{ end }}
{{ end }}{{ .Content }}{{ end }}
"#;

const TERM: &str = r#"{{ define "main" }}{{ .Content }}{{ $pages := .Paginate .Pages }}
<ul>{{ range $pages.Pages }}<li>{{ partial "card.html" . }}</li>{{ end }}</ul>
{{ with $pages.Next }}<a href="{{ .URL }}">next</a>{{ end }}{{ end }}
"#;

const LIST: &str = r#"{{ define "main" }}{{ .Content }}{{ $pages := .Paginate .Pages 500 }}
<table>{{ range $pages.Pages }}<tr><th><a href="{{ .RelPermalink }}">{{ .Title }}</a></th><td>{{ .Date.Format "2006-01-02" }}</td></tr>{{ end }}</table>
{{ with $pages.Next }}<a href="{{ .URL }}">next</a>{{ end }}{{ end }}
"#;

/// Writes the site of size `n`.
pub fn write(n: usize, sink: &mut Sink<'_>) {
    let sizes = Sizes::of(n);
    let layouts = [("baseof", BASE), ("single", SINGLE), ("term", TERM), ("list", LIST), ("partials/card", CARD)];
    sink("hugo.toml", CONFIG.to_owned());
    sink("static/style.css", "body { max-width: 40em }\n".to_owned());
    sink("content/_index.md", "---\ntitle: A corpus\n---\nMade by a program.\n".to_owned());
    for (name, text) in layouts {
        let folder = if name.contains('/') { "layouts" } else { "layouts/_default" };
        sink(&format!("{folder}/{name}.html"), text.to_owned());
    }
    terms(sizes, sink);
    for i in 0..sizes.claims {
        sink(&format!("content/claims/claim-{i}.md"), claim(&records::claim(i, sizes)));
    }
    for i in 0..sizes.articles {
        sink(&format!("content/articles/article-{i}.md"), article(i, sizes));
    }
}

fn terms(sizes: Sizes, sink: &mut Sink<'_>) {
    let mut term = |kind: &str, i: usize, title: &str, front: &str, body: &str| {
        let text = format!("---\ntitle: {title}\n{front}---\n{body}\n");
        sink(&format!("content/{kind}s/{kind}-{i}/_index.md"), text);
    };
    for i in 0..sizes.actors {
        let a = records::actor(i, sizes);
        let body = format!("{}\n\n{} See [it](/events/event-{}/).", a.role, a.summary, a.linked);
        term("actor", i, &a.name, "", &body);
    }
    for i in 0..sizes.events {
        let e = records::event(i, sizes);
        let body = format!("{} With [it](/actors/actor-{}/).", e.summary, e.linked);
        term("event", i, &e.title, &format!("date: {}\n", date(e.date)), &body);
    }
    for i in 0..sizes.sources {
        let s = records::source(i, sizes);
        let front = format!("date: {}\noriginal: https://example.org/read/{i}\n", date(s.published));
        term("source", i, &s.title, &front, &s.summary.unwrap_or_default());
    }
    for i in 0..sizes.questions {
        let q = records::question(i);
        term("question", i, &q.text, "", &q.summary);
    }
}

fn claim(c: &Claim) -> String {
    let list = |kind: &str, numbers: &[usize]| -> String {
        numbers.iter().map(|n| format!("{kind}-{n}")).collect::<Vec<_>>().join(", ")
    };
    let sources: Vec<_> = c.evidence.iter().map(|e| e.source).collect();
    let questions: Vec<_> = c.answer.iter().map(|(question, _)| *question).collect();
    let mut out = format!(
        "---\ntitle: {}\ndate: {}\nmodality: {}\nactors: [{}]\nevents: [event-{}]\nsources: [{}]\nquestions: [{}]\nevidence:\n",
        c.statement,
        date(c.on),
        c.modality,
        list("actor", &c.by),
        c.about_event,
        list("source", &sources),
        list("question", &questions),
    );
    for e in &c.evidence {
        out += &format!("  - {{ source: source-{}, quote: {}, locator: {}", e.source, e.quote, e.locator);
        if let Some(translation) = &e.translation {
            out += &format!(", translation: {translation}");
        }
        out += " }\n";
    }
    out += "---\n";
    if let Some((note, source)) = &c.note {
        out += &format!("{note} [source](/sources/source-{source}/)\n");
    }
    for (word, other) in [("supports", c.supports), ("contradicts", c.contradicts.as_ref().map(|(other, _)| *other))] {
        if let Some(other) = other {
            out += &format!("\nIt {word} [another](/claims/claim-{other}/).\n");
        }
    }
    out
}

fn article(i: usize, sizes: Sizes) -> String {
    let a = records::article(i, sizes);
    let mut out = format!("---\ntitle: {}\ndescription: {}\ndate: {}\n---\n", a.title, a.description, date(a.date));
    for (n, p) in a.paragraphs.iter().enumerate() {
        if n % 3 == 0 {
            out += &format!("## Part {}\n\n", n / 3 + 1);
        }
        let (actor, claim) = (p.linked, p.cited);
        out += &format!("{} So says [it](/actors/actor-{actor}/), with **emphasis**[^{n}].\n\n", p.text);
        out += &format!("[^{n}]: [Claim](/claims/claim-{claim}/)\n\n");
    }
    out
}
