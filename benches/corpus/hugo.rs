//! The same corpus as a site for Hugo, as a good author of Hugo sites would write it, with the same kinds of content.
//!
//! A page for each record with what our page of it has: the frame with its metadata and JSON-LD, an infobox, the quotes
//! with their links, a sentence of provenance, answers, relations with cards, how to cite it, and the record's YAML
//! highlighted, which is the very lines of our sheet in a fence. Cards stand in parts of 200, indexes in parts of 500;
//! there is a timeline by month, the pairs that an author set against each other, articles with contents and notes.
//!
//! All of it by Hugo's cheapest means. What leads back is a taxonomy, or a map made once. The frame that pages share is
//! `partialCached`; a card, which many pages show, is kept in the `Store` of its claim, since the cache of partials holds
//! a thousand results in all (Hugo 0.168) and cards would drive each other out of it. No page searches all the others.
//!
//! It does less than ours. Hugo compares nothing: no verdicts, no pairs of answers, no counts of disagreements, no views
//! as of a date; a claim is contested only where it says itself that it contradicts another. An origin is one step, not
//! the end of a chain, and a card counts sources, not origins. A claim shows the first 25 answers to its question, its
//! own perhaps among them, so that the list is made once. Lists begin with the latest. Of our three timelines there is
//! one. There are no figures and maps, no mentions of a record by other pages, no account of how well an article is
//! sourced, no feed of changes, no search index, no records as data, and no checks of what is written.

use super::random::{Random, date};
use super::records::{self, Claim, QuestionKind};
use super::{Shape, Sink, Sizes, dossier};

const SECTIONS: &str = "Articles Timeline Disagreements Questions Actors Events Sources Places Claims";

const ICON: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><circle cx=\"4\" cy=\"4\" r=\"3\"/></svg>\n";

/// Speakers and the like are terms; what is said of an actor and what passed through one are terms without pages.
const CONFIG: &str = r#"title = "A corpus"
baseURL = "https://example.org/corpus/"
pagination = { pagerSize = 200, disableAliases = true }
outputs = { home = ["html", "rss"], section = ["html"], taxonomy = ["html"], term = ["html"] }
markup = { highlight = { noClasses = false } }
[taxonomies]
actors = "actors"
sources = "sources"
questions = "questions"
events = "events"
subjects = "subjects"
relays = "relays"
[[cascade]]
build = { render = "never" }
target = { path = "{/subjects,/subjects/**,/relays,/relays/**}" }
[params]
description = "A dossier made by a program, to measure another."
sections = ["articles", "timeline", "disagreements", "questions", "actors", "events", "sources", "places", "claims"]
schema = { person = "Person", organization = "Organization", state = "Organization", armed-force = "Organization", media = "Organization", article-newspaper = "NewsArticle", webpage = "WebPage", report = "Report", speech = "CreativeWork", events = "Event", places = "Place" }
labels = { person = "person", organization = "organization", state = "state", armed-force = "armed force", media = "media outlet", article-newspaper = "press article", webpage = "web page", report = "report", speech = "speech", asserts = "statement", estimates = "estimate", forecasts = "forecast", confirms = "confirmation", denies = "denial", contradicts = "Contradicts", supports = "Supports", supersedes = "Supersedes", contradicts-back = "Contradicted by", supports-back = "Supported by", supersedes-back = "Superseded by" }
"#;

/// Each layout after a line with its path: the frame, the partials, then a layout for each kind of page.
const LAYOUTS: &str = include_str!("hugo-layouts.txt");

/// Writes the site of size `n`.
pub(crate) fn write(n: usize, sink: &mut Sink<'_>) {
    let sizes = Sizes::of(n, Shape::Popular);
    sink("hugo.toml", CONFIG.to_owned());
    for (name, text) in [("style.css", "body { max-width: 40em }\n"), ("script.js", "\n"), ("icon.svg", ICON)] {
        sink(&format!("static/{name}"), text.to_owned());
    }
    sink("content/_index.md", "---\ntitle: A corpus\n---\nMade by a program.\n".to_owned());
    for section in SECTIONS.split(' ') {
        let title = format!("---\ntitle: {section}\n---\n");
        sink(&format!("content/{}/_index.md", section.to_lowercase()), title);
    }
    for layout in LAYOUTS.split("=== ").skip(1) {
        let (name, text) = layout.split_once('\n').unwrap_or((layout, ""));
        let name = name.split(' ').next().unwrap_or(name);
        let ending = if name.ends_with(".xml") { "" } else { ".html" };
        sink(&format!("layouts/{name}{ending}"), text.trim_end().to_owned());
    }
    dossier::write(n, Shape::Popular, &mut |path, sheet| {
        if let Some(kind) = path.strip_prefix("content/sheets/").and_then(|name| name.split('-').next()) {
            records_of(kind, &sheet, sizes, sink);
        }
    });
    for i in 0..sizes.articles {
        sink(&format!("content/articles/{:03}/article-{i}.md", i / 100), article(i, sizes));
    }
}

/// Writes a page for each record of a sheet of ours: its fields as front matter, its lines as the text.
fn records_of(kind: &str, sheet: &str, sizes: Sizes, sink: &mut Sink<'_>) {
    let one = kind.trim_end_matches('s');
    let start = format!("\n  {one}-");
    for record in sheet.split(&start).skip(1) {
        let Some(Ok(i)) = record.split(':').next().map(str::parse) else { continue };
        let front = match kind {
            "actors" => actor(i, sizes),
            "places" => place(i),
            "events" => event(i, sizes),
            "sources" => source(i, sizes),
            "questions" => question(i),
            _ => claim(&records::claim(i, sizes)),
        };
        let path = match kind {
            "places" | "claims" => format!("content/{kind}/{one}-{i}.md"),
            _ => format!("content/{kind}/{one}-{i}/_index.md"),
        };
        let yaml = record.trim_end().replace("\n  ", "\n");
        sink(&path, format!("---\n{front}---\n```yaml\n{one}-{yaml}\n```\n"));
    }
}

fn actor(i: usize, sizes: Sizes) -> String {
    let a = records::actor(i, sizes);
    let part_of = a.part_of.map(|whole| format!("part_of: /actors/actor-{whole}\n")).unwrap_or_default();
    format!(
        "title: {0}\nkind: {1}\nrole: {2}\naka: [A. {0}]\nwikidata: Q{3}\n{part_of}lede: {4} See [](/events/event-{5}).\n",
        a.name,
        a.kind,
        a.role,
        i + 1,
        a.summary,
        a.linked
    )
}

fn place(i: usize) -> String {
    let mut r = Random::of("place", i);
    let (name, latitude, longitude) = (r.name(), r.below(120) as f64 / 2.0, r.below(300) as f64 / 2.0);
    format!("title: {name}\ncoordinates: [{latitude}, {longitude}]\n")
}

fn event(i: usize, sizes: Sizes) -> String {
    let e = records::event(i, sizes);
    let mut out = format!("title: {}\ndate: {}\nplace: /places/place-{}\n", e.title, date(e.date), e.place);
    out += "participants:\n";
    for (actor, role) in &e.actors {
        out += &format!("  - {{ actor: /actors/actor-{actor}, role: {role} }}\n");
    }
    if let Some(whole) = e.part_of {
        out += &format!("part_of: /events/event-{whole}\n");
    }
    out + &format!("lede: {} With [](/actors/actor-{}).\n", e.summary, e.linked)
}

fn source(i: usize, sizes: Sizes) -> String {
    let s = records::source(i, sizes);
    let mut out = format!("title: {}\ndate: {}\nkind: {}\nauthor: {}\n", s.title, date(s.published), s.kind, s.author);
    out += &format!("publisher: /actors/actor-{}\naccessed: 2026-11-20\n", s.publisher);
    out += &format!("original: https://example.org/read/{i}?a=1&b=2\n");
    if s.archived {
        out += &format!("archive: https://archive.example.org/{i}\n");
    }
    let origins = s.actor_origin.map(|a| format!("/actors/actor-{a}")).into_iter();
    let origins: Vec<_> = origins.chain(s.source_origin.map(|other| format!("/sources/source-{other}"))).collect();
    if !origins.is_empty() {
        out += &format!("based_on: [{}]\n", origins.join(", "));
    }
    if let Some(summary) = &s.summary {
        out += &format!("lede: {summary}\n");
    }
    out
}

fn question(i: usize) -> String {
    let q = records::question(i);
    let (kind, answer) = match q.kind {
        QuestionKind::Quantity => ("quantity\nunit: soldiers", "11,000 soldiers"),
        QuestionKind::Date => ("date", "March 2021"),
        QuestionKind::Choice => {
            ("choice\noptions: { \"yes\": confirmed, \"no\": not confirmed, partly: in part }", "confirmed")
        }
    };
    let assessment = if q.assessed { format!("assessment: {answer}\n") } else { String::new() };
    format!("title: {}\nkind: {kind}\nchanges: {}\n{assessment}lede: {}\n", q.text, q.changes, q.summary)
}

fn claim(c: &Claim) -> String {
    let list = |kind: &str, numbers: &mut dyn Iterator<Item = usize>| -> String {
        numbers.map(|n| format!("{kind}-{n}")).collect::<Vec<_>>().join(", ")
    };
    let mut out = format!("title: {}\ndate: {}\nmodality: {}\n", c.statement, date(c.on), c.modality);
    out += &format!("actors: [{}]\n", list("actor", &mut c.by.iter().copied()));
    out += &format!("sources: [{}]\n", list("source", &mut c.evidence.iter().map(|e| e.source)));
    out += &format!("events: [event-{}]\n", c.about_event);
    out += &format!("subjects: [{}]\n", list("actor", &mut c.about_actor.into_iter()));
    out += &format!("relays: [{}]\n", list("actor", &mut c.evidence.iter().filter_map(|e| e.via)));
    let actor = c.about_actor.map(|actor| format!(", /actors/actor-{actor}")).unwrap_or_default();
    out += &format!("about: [/events/event-{}{actor}]\n", c.about_event);
    if let Some((question, value)) = &c.answer {
        out += &format!("questions: [question-{question}]\nvalue: \"{value}\"\n");
    }
    out += "evidence:\n";
    for e in &c.evidence {
        let (source, quote, locator) = (e.source, &e.quote, e.locator);
        out += &format!("  - source: /sources/source-{source}\n    quote: {quote}\n    locator: {locator}\n");
        if let Some(translation) = &e.translation {
            out += &format!("    translation: {translation}\n");
        }
        if let Some(via) = e.via {
            out += &format!("    via: /actors/actor-{via}\n");
        }
    }
    if let Some((other, reason)) = &c.contradicts {
        out += &format!("contradicts: {{ claim: /claims/claim-{other}, reason: {reason} }}\n");
    }
    for (field, other) in [("supports", c.supports), ("supersedes", c.supersedes)] {
        if let Some(other) = other {
            out += &format!("{field}: /claims/claim-{other}\n");
        }
    }
    if c.withdrawn {
        out += &format!("withdrawn: {}\n", date(c.on + 20));
    }
    if let Some((note, source)) = &c.note {
        out += &format!("note: {note} [](/sources/source-{source})\n");
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
        let locator = p.locator.map(|l| format!(" {l}")).unwrap_or_default();
        out += &format!("{} So says [](/actors/actor-{actor}), with **emphasis**[^{n}].\n\n", p.text);
        out += &format!("[^{n}]: {{{{< note claim-{claim}{locator} >}}}}\n\n");
    }
    out
}
