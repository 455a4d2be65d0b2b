//! Nothing is parsed and then ignored: a word of its own is planted in each text field of each kind of record, and
//! must be found on some page of the default theme. What only templates get (`extra`) a template prints.

use std::collections::BTreeSet;

use sourcebook_core::base::diagnostic::Severity;
use sourcebook_site::prepare::Options;
use sourcebook_site::prepared::Prepared;

use crate::driver::{Memory, run};

/// Every field of the format that holds words, each with a marker; what a reader sees of the others is told in [`SEEN`].
const SITE: &str = r#"
title = "Xsitetitle"
description = "Xsitedescription"
language = "en"
authors = ["Xsiteauthor"]
base_url = "https://example.org/xbaseurl"
[sources]
show_reliability = true
[[milestones]]
date = "2024-07-01"
title = "Xmilestone"
[extra]
word = "Xsiteextra"
"#;

const SHEET: &str = r#"
curation: { by: Xsheetcurator, on: 2019-03-04, note: Xsheetnote }
actors:
  kim:
    name: Xactorname
    type: armed-force
    aliases: [Xactoralias]
    role: Xactorrole
    part_of: north
    wikidata: Q99887766
    summary: Xactorsummary [@said].
    curation: { by: Xowncurator, on: 2018-03-04, note: Xownnote }
    extra: { word: Xactorextra }
  north: { name: Xwholename, type: state }
  agency: { name: Xvianame, type: media }
  origin: { name: Xoriginname }
  writer: { name: Xwritername }
places:
  town:
    name: Xplacename
    aliases: [Xplacealias]
    coordinates: [51.75, 36.25]
    precision: district
    part_of: region
    wikidata: Q99887755
    summary: Xplacesummary
    extra: { word: Xplaceextra }
  region: { name: Xregionname, part_of: north }
events:
  signing:
    title: Xeventtitle
    date: { date: 2017-05, inferred: Xeventinferred }
    place: town
    actors: { kim: Xeventrole }
    part_of: war
    summary: Xeventsummary
    extra: { word: Xeventextra }
  war: { title: Xwartitle, date: 2016 }
sources:
  paper:
    title: Xsourcetitle
    type: article-newspaper
    author: [writer, "Xauthor Name"]
    publisher: Xpublisher House
    published: { date: 2015-02-03, inferred: Xpublishedinferred }
    accessed: 2014-02-03
    url: https://example.org/xsourceurl
    archive: { url: https://example.org/xarchiveurl, on: 2013-02-03 }
    language: de
    based_on: [origin]
    reliability: { grade: C, because: Xreliability }
    capture: { file: xcapturefile.txt, sha256: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", on: 2012-02-03, method: Xcapturemethod }
    text: { file: texts/speech.md, rights: Xrights }
    set_aside: { locator: Xasidelocator, begins: Xasidebegins, because: Xasidebecause }
    summary: Xsourcesummary
    extra: { word: Xsourceextra }
questions:
  many:
    text: Xquestiontext
    kind: quantity
    unit: xunits
    changes: true
    window: 77d
    tolerance: 13%
    assessment: { answer: 12345, status: disputed, on: 2011-02-03, because: Xassessment }
    summary: Xquestionsummary
    extra: { word: Xquestionextra }
  confirmed:
    text: Xchoicetext
    kind: choice
    options: { yes: Xoptionyes, no: Xoptionno }
claims:
  said:
    statement: Xstatement
    by: [kim]
    on: { date: 2010-02-03, inferred: Xoninferred }
    as_of: { date: 2009-02-03, inferred: Xasofinferred }
    modality: estimates
    about: [town, signing, north, other]
    order: [war, signing]
    answers: { many: { value: 54321, place: town, as_of: 2008-02, modality: forecasts }, confirmed: "yes" }
    evidence:
      source: paper
      quote: Xquote
      shows: Xshows
      language: es
      translation: { text: Xtranslation, by: Xtranslator }
      locator: p. 987
      via: [agency]
    contradicts: { other: Xcontradicts }
    supports: { third: Xsupports }
    supersedes: { fourth: Xsupersedes }
    status: { is: corrected, on: 2007-02-03, because: Xstatus }
    note: Xclaimnote
    extra: { word: Xclaimextra }
  other: { statement: Xother, evidence: { source: paper } }
  third: { statement: Xthird, evidence: { source: paper } }
  fourth: { statement: Xfourth, evidence: { source: paper } }
"#;

const ARTICLE: &str = "---
title: Xarticletitle
description: Xarticledescription
date: { date: 2006-02-03, inferred: Xarticleinferred }
updated: 2005-02-03
authors: [Xarticleauthor]
slug: xslug
order: 3
aliases: [/xalias/]
about: [kim]
extra: { word: Xarticleextra }
---
## Xheading

Xbody [Xprefix @said, Xlocator] and [[kim|Xlinktext]].

![[said]]
";

/// What a reader sees of fields that hold no words of the writer's.
const SEEN: &[&str] = &[
    "Q99887766",
    "Q99887755",
    "51.75",
    "36.25",
    "March 2019",
    "March 2018",
    "May 2017",
    "2016",
    "February 2015",
    "February 2014",
    "February 2013",
    "February 2012",
    "February 2011",
    "February 2010",
    "February 2009",
    "February 2008",
    "February 2007",
    "February 2006",
    "February 2005",
    "12,345",
    "54,321",
    "77",
    "13",
    "xunits",
    "lang=\"de\"",
    "lang=\"es\"",
    "https://example.org/xsourceurl",
    "https://example.org/xarchiveurl",
    "https://example.org/xbaseurl/",
    "xslug/index.html",
];

/// What the default theme does not show yet.
const NOT_YET: &[&str] = &["Xarticleinferred"];

/// What is kept from readers on purpose: the name of a private file.
const PRIVATE: &[&str] = &["xcapturefile"];

fn dossier() -> Memory {
    Memory::default()
        .with("site.toml", SITE)
        .with("content/a.yaml", SHEET)
        .with("content/a.md", ARTICLE)
        .with("texts/speech.md", "Xspeech, and then Xquote.\n")
}

fn pages(memory: &Memory) -> String {
    let (prepared, diagnostics) = run(memory, Options::default());
    let faults: Vec<_> =
        diagnostics.iter().filter(|d| d.severity == Severity::Error).map(|d| (&d.message, &d.help)).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    let mut all = Vec::new();
    each(&prepared, memory, |_, html| all.extend_from_slice(html));
    String::from_utf8_lossy(&all).into_owned()
}

fn each(prepared: &Prepared, memory: &Memory, mut with: impl FnMut(&str, &[u8])) {
    let renderer = prepared.renderer(memory);
    for route in prepared.routes.all().iter().filter(|route| route.path.ends_with(".html")) {
        let mut html = Vec::new();
        renderer.render(route, &mut html).unwrap();
        with(&route.path, &html);
    }
}

/// Text that a reader sees, without the record's own YAML at the foot of its page, which would show everything.
fn without_yaml(html: &str) -> String {
    let mut out = String::new();
    for (n, part) in html.split("<pre").enumerate() {
        out += if n == 0 { part } else { part.split_once("</pre>").map_or("", |(_, rest)| rest) };
    }
    out
}

fn markers(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| word.len() > 3 && word.starts_with('X')).collect()
}

#[test]
fn every_field_is_seen_by_a_reader() {
    let html = without_yaml(&pages(&dossier()));
    let mut planted = markers(SITE);
    planted.extend(markers(SHEET));
    planted.extend(markers(ARTICLE));
    planted.insert("Xspeech");
    let shown = |word: &str| html.contains(word) || word.ends_with("extra") || PRIVATE.contains(&word);
    let missing: Vec<_> = planted.into_iter().chain(SEEN.iter().copied()).filter(|word| !shown(word)).collect();
    assert_eq!(missing, NOT_YET, "no page shows these");
}

#[test]
fn private_words_are_seen_nowhere() {
    let html = pages(&dossier());
    assert_eq!(PRIVATE.iter().filter(|word| html.contains(**word)).collect::<Vec<_>>(), Vec::<&&str>::new());
}

#[test]
fn extra_reaches_the_templates() {
    let mut memory = dossier();
    for name in ["actor", "place", "event", "source", "question", "claim", "article"] {
        let path = format!("themes/default/templates/{name}.html");
        memory =
            memory.with(&path, format!("{{% if extra?.word %}}{{{{ extra.word }}}} {{{{ {name}.extra.word }}}}{{% endif %}} {{{{ site.extra.word }}}}"));
    }
    let html = pages(&memory);
    let planted = markers(SHEET).into_iter().chain(markers(ARTICLE)).chain(markers(SITE));
    let missing: Vec<_> = planted.filter(|word| word.ends_with("extra") && html.matches(*word).count() < 2).collect();
    assert!(missing.is_empty(), "no template gets: {missing:?}");
}
