//! What a text refers to, case by case.

use super::{is_plain, outline};
use crate::model::prose::{FaultKind, Outline};

/// What the outline holds, in a line: citations, links, cards, addresses, headings, faults.
fn show(text: &str) -> String {
    let outline = outline(text);
    let mut parts: Vec<String> = Vec::new();
    for citation in &outline.citations {
        let items = citation.items.iter().map(|i| match &i.locator {
            Some(locator) => format!("{}|{locator}", i.id.value),
            None => i.id.value.to_string(),
        });
        parts.push(format!("cite({})", items.collect::<Vec<_>>().join("; ")));
    }
    parts.extend(outline.links.iter().map(|l| format!("link({})", l.value)));
    parts
        .extend(outline.cards.iter().map(|c| format!("card({}{})", c.id.value, if c.alone { "" } else { ", inline" })));
    parts.extend(outline.urls.iter().map(|u| format!("{}({})", if u.image { "image" } else { "url" }, u.url)));
    parts.extend(outline.headings.iter().map(|h| format!("h{}({})", h.level, h.id)));
    parts.extend(outline.faults.iter().map(|f| fault(&f.kind)));
    parts.join(" ")
}

fn fault(kind: &FaultKind) -> String {
    match kind {
        FaultKind::UndefinedFootnote(label) => format!("no-footnote({label})"),
        FaultKind::UndefinedReference(label) => format!("no-reference({label})"),
        FaultKind::BadCitation(_) => "bad-citation".into(),
        FaultKind::Html => "html".into(),
        FaultKind::DuplicateAnchor(id) => format!("two-anchors({id})"),
        FaultKind::TooDeep => "too-deep".into(),
    }
}

#[track_caller]
fn check(text: &str, expect: &str) {
    assert_eq!(show(text), expect, "{text:?}");
}

#[test]
fn citations_wherever_they_stand() {
    check("Un fait [@a].", "cite(a)");
    check("Un fait [@a, § 3; @b].", "cite(a|§ 3; b)");
    check("*Un fait [@a].*", "cite(a)");
    check("| x |\n|---|\n| fait [@a] |\n", "cite(a)");
    check("- fait [@a,\n  § 3]", "cite(a|§ 3)");
    check("> fait [@a]", "cite(a)");
    check("Note[^1].\n\n[^1]: fait [@a].", "cite(a)");
    check("`[@a]` et \\[@a]", "");
    check("```\n[@a]\n```", "");
    check("écrire à [a@b.org]", "");
    check("[@a p. 3]", "bad-citation");
    check("fait [@a]\n\n[@a]: https://example.org", "cite(a)");
}

#[test]
fn links_and_cards() {
    check("[[kim-jong-un]] et [[kcna|l’agence]]", "link(kim-jong-un) link(kcna)");
    check("![[question]]", "card(question)");
    check("voir ![[question]] ici", "card(question, inline)");
    check("[a](b.md#c) <https://d.org> ![e](f.png)", "url(b.md#c) url(https://d.org) image(f.png)");
    check("[a][b]\n\n[b]: https://c.org", "url(https://c.org)");
    check("[a][b] [c][]", "no-reference(b) no-reference(c)");
    check("[simple]", "");
}

#[test]
fn footnotes_html_and_anchors() {
    check("fait[^x]", "no-footnote(x)");
    check("fait\\[^x] `[^x]`", "");
    check("fait[^x]\n\n[^x]: note", "");
    check("<b>gras</b>", "html");
    check("<!-- pour nous -->\n\nfait", "");
    check("# Été à Séoul\n\n## Été à Séoul\n\n## ???", "h1(ete-a-seoul) h2(ete-a-seoul-1) h2(section)");
    check("## a {#x}\n\n## b {#x}", "h2(x) h2(x) two-anchors(x)");
    check(&">".repeat(500), "too-deep");
}

#[test]
fn a_reason_excuses_the_paragraph_before_it() {
    let excused = |text: &str| -> Vec<bool> {
        let Outline { paragraphs, .. } = outline(text);
        paragraphs.iter().map(|p| p.uncited.is_some()).collect()
    };
    assert_eq!(excused("un [@a]\n\ndeux\n<!-- uncited: méthode -->\n\ntrois"), [false, true, false]);
    assert_eq!(excused("un\n\n<!-- uncited: méthode -->\n\ndeux"), [true, false]);
}

#[test]
fn plain_text_is_known_without_being_parsed() {
    for yes in ["11 000 soldats se trouvent à Koursk.", "Kim dit « non » : rien.", "2024"] {
        assert!(is_plain(yes), "{yes}");
    }
    for no in ["1. un", "*a*", "[@a]", "# a", "- a", "a\nb", "a <b>", "a &amp; b", "> a", "    a", "a_b_"] {
        assert!(!is_plain(no), "{no}");
    }
}

#[test]
fn ranges_point_at_ids() {
    let text = "Été [voir @a-b, § 3; @a] et [[kcna|l’agence]]";
    let outline = outline(text);
    let ids: Vec<_> = outline.citations[0].items.iter().map(|i| &text[i.id.range.clone()]).collect();
    assert_eq!(ids, ["a-b", "a"]);
    assert_eq!(&text[outline.links[0].range.clone()], "kcna");
}
