//! A corpus as a dossier of ours: `site.toml`, sheets of [`A_SHEET`] records, articles by the hundred.

use std::fmt::Write;

use super::random::date;
use super::records::{self, Article, Claim, Evidence, QuestionKind};
use super::{Shape, Sink, Sizes};

/// Records of one sheet: some 400 KB of claims.
const A_SHEET: usize = 500;

/// The rules that words without sense break are off; the others run.
const SITE: &str = "title = \"A corpus\"\n\
    description = \"A dossier made by a program, to measure another.\"\n\
    language = \"en\"\n\
    base_url = \"https://example.org/corpus\"\n\n\
    [[milestones]]\ndate = \"2021-06-30\"\ntitle = \"After a year and a half\"\n\n\
    [[milestones]]\ndate = \"2023-06-30\"\ntitle = \"After three and a half\"\n\n\
    [rules]\nanswer-not-in-quote = \"off\"\nmodality-wording = \"off\"\npublished-before-said = \"off\"\n\
    said-before-event = \"off\"\nunexplained-difference = \"off\"\nunused-claim = \"off\"\n";

/// `site.toml` with every rule as it is by itself.
pub(crate) fn site_with_rules() -> &'static str {
    SITE.split("[rules]").next().unwrap_or(SITE)
}

/// Writes the dossier of size `n`.
pub(crate) fn write(n: usize, shape: Shape, sink: &mut Sink<'_>) {
    let sizes = Sizes::of(n, shape);
    sink("site.toml", SITE.to_owned());
    sink("content/index.md", home());
    sheets("actors", sizes.actors, sink, |out, i| actor(out, i, sizes));
    sheets("places", sizes.places, sink, place);
    sheets("events", sizes.events, sink, |out, i| event(out, i, sizes));
    sheets("questions", sizes.questions, sink, question);
    if shape == Shape::Even {
        (0..sizes.sources).for_each(|i| sheet_of_source(i, sizes, sink));
    } else {
        sheets("sources", sizes.sources, sink, |out, i| source(out, i, sizes));
        sheets("claims", sizes.claims, sink, |out, i| claim(out, i, &records::claim(i, sizes)));
    }
    for i in 0..sizes.articles {
        let path = format!("content/articles/{:03}/article-{i}.md", i / 100);
        sink(&path, article(&records::article(i, sizes)));
    }
}

fn sheets(kind: &str, count: usize, sink: &mut Sink<'_>, mut record: impl FnMut(&mut String, usize)) {
    for start in (0..count).step_by(A_SHEET) {
        let mut out = format!("curation: {{ by: the generator, on: 2026-11-20 }}\n\n{kind}:\n");
        for i in start..(start + A_SHEET).min(count) {
            record(&mut out, i);
        }
        sink(&format!("content/sheets/{kind}-{:04}.yaml", start / A_SHEET), out);
    }
}

/// A source with the claims that are found in it first.
fn sheet_of_source(i: usize, sizes: Sizes, sink: &mut Sink<'_>) {
    let mut out = "curation: { by: the generator, on: 2026-11-20 }\n\nsources:\n".to_owned();
    source(&mut out, i, sizes);
    out.push_str("claims:\n");
    for number in (i..sizes.claims).step_by(sizes.sources) {
        claim(&mut out, number, &records::claim(number, sizes));
    }
    sink(&format!("content/sheets/{:03}/source-{i}.yaml", i / 100), out);
}

/// Appends lines to a text.
macro_rules! line {
    ($out:expr, $($arguments:tt)*) => {
        // Writing to a String cannot fail.
        let _ = writeln!($out, $($arguments)*);
    };
}

fn actor(out: &mut String, i: usize, sizes: Sizes) {
    let a = records::actor(i, sizes);
    line!(out, "  actor-{i}:\n    name: {}\n    type: {}\n    role: {}", a.name, a.kind, a.role);
    line!(out, "    aliases: [A. {}]\n    wikidata: Q{}", a.name, i + 1);
    if let Some(whole) = a.part_of {
        line!(out, "    part_of: actor-{whole}");
    }
    line!(out, "    summary: {} See [[event-{}]].", a.summary, a.linked);
}

fn place(out: &mut String, i: usize) {
    let mut r = super::random::Random::of("place", i);
    let (name, latitude, longitude) = (r.name(), r.below(120) as f64 / 2.0, r.below(300) as f64 / 2.0);
    line!(out, "  place-{i}:\n    name: {name}\n    coordinates: [{latitude}, {longitude}]\n    precision: region");
}

fn event(out: &mut String, i: usize, sizes: Sizes) {
    let e = records::event(i, sizes);
    line!(out, "  event-{i}:\n    title: {}\n    date: {}\n    place: place-{}", e.title, date(e.date), e.place);
    line!(out, "    actors:");
    for (actor, role) in &e.actors {
        line!(out, "      actor-{actor}: {role}");
    }
    if let Some(whole) = e.part_of {
        line!(out, "    part_of: event-{whole}");
    }
    line!(out, "    summary: {} With [[actor-{}]].", e.summary, e.linked);
}

fn source(out: &mut String, i: usize, sizes: Sizes) {
    let s = records::source(i, sizes);
    line!(out, "  source-{i}:\n    title: {}\n    type: {}\n    author: [{}]", s.title, s.kind, s.author);
    line!(out, "    publisher: actor-{}\n    published: {}", s.publisher, date(s.published));
    line!(out, "    accessed: 2026-11-20\n    url: https://example.org/read/{i}?a=1&b=2\n    language: en");
    if s.archived {
        line!(out, "    archive: {{ url: https://archive.example.org/{i}, on: 2026-11-20 }}");
    }
    let origins = s.actor_origin.map(|a| format!("actor-{a}")).into_iter();
    let origins: Vec<_> = origins.chain(s.source_origin.map(|other| format!("source-{other}"))).collect();
    if !origins.is_empty() {
        line!(out, "    based_on: [{}]", origins.join(", "));
    }
    if let Some(summary) = &s.summary {
        line!(out, "    summary: {summary}");
    }
}

fn question(out: &mut String, i: usize) {
    let q = records::question(i);
    let (kind, answer) = match q.kind {
        QuestionKind::Quantity => ("quantity\n    unit: soldiers\n    tolerance: 10%", "11000"),
        QuestionKind::Date => ("date", "2021-03"),
        QuestionKind::Choice => ("choice\n    options: { yes: confirmed, no: not confirmed, partly: in part }", "yes"),
    };
    line!(out, "  question-{i}:\n    text: {}\n    kind: {kind}", q.text);
    if q.changes {
        line!(out, "    changes: true\n    window: 31d");
    }
    if q.assessed {
        line!(out, "    assessment: {{ answer: {answer}, status: disputed, on: 2026-11-20 }}");
    }
    line!(out, "    summary: {}", q.summary);
}

fn claim(out: &mut String, i: usize, c: &Claim) {
    line!(out, "  claim-{i}:\n    statement: {}", c.statement);
    if !c.by.is_empty() {
        let by: Vec<_> = c.by.iter().map(|actor| format!("actor-{actor}")).collect();
        line!(out, "    by: [{}]", by.join(", "));
    }
    line!(out, "    on: {}\n    modality: {}", date(c.on), c.modality);
    let actor = c.about_actor.map(|actor| format!(", actor-{actor}")).unwrap_or_default();
    line!(out, "    about: [event-{}{actor}]", c.about_event);
    if let Some((question, value)) = &c.answer {
        line!(out, "    answers: {{ question-{question}: \"{value}\" }}");
    }
    line!(out, "    evidence:");
    c.evidence.iter().for_each(|e| evidence(out, e));
    if let Some((other, reason)) = &c.contradicts {
        line!(out, "    contradicts: {{ claim-{other}: {reason} }}");
    }
    for (field, other) in [("supports", c.supports), ("supersedes", c.supersedes)] {
        if let Some(other) = other {
            line!(out, "    {field}: [claim-{other}]");
        }
    }
    if c.withdrawn {
        line!(out, "    status: {{ is: withdrawn, on: {}, because: It was an error. }}", date(c.on + 20));
    }
    if let Some((note, source)) = &c.note {
        line!(out, "    note: {note} [@source-{source}]");
    }
}

fn evidence(out: &mut String, e: &Evidence) {
    line!(out, "      - source: source-{}\n        quote: {}\n        locator: p. {}", e.source, e.quote, e.locator);
    if let Some(translation) = &e.translation {
        line!(out, "        translation: {{ text: {translation}, by: a translator }}");
    }
    if let Some(via) = e.via {
        line!(out, "        via: [actor-{via}]");
    }
}

fn home() -> String {
    "---\ntitle: A corpus\n---\nMade by a program [@claim-0], and said to be so by *others* [@claim-1; @source-1].\n"
        .to_owned()
}

fn article(a: &Article) -> String {
    let mut out = format!("---\ntitle: {}\ndescription: {}\ndate: {}\n---\n", a.title, a.description, date(a.date));
    for (n, p) in a.paragraphs.iter().enumerate() {
        if n % 3 == 0 {
            line!(out, "## Part {}\n", n / 3 + 1);
        }
        let locator = p.locator.map(|l| format!(", p. {l}")).unwrap_or_default();
        line!(out, "{} So says [[actor-{}]], with **emphasis** [@claim-{}{locator}].\n", p.text, p.linked, p.cited);
    }
    out
}
