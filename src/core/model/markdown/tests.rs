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
        FaultKind::UnusedFootnote(label) => format!("unused-footnote({label})"),
        FaultKind::SecondFootnote(label) => format!("second-footnote({label})"),
        FaultKind::FootnoteInLink => "footnote-in-link".into(),
        FaultKind::InlineFootnote => "inline-footnote".into(),
        FaultKind::IdleSign { id, .. } => format!("idle({id})"),
        FaultKind::OpenComment => "open-comment".into(),
        FaultKind::OpenTag(name) => format!("open {name}"),
        FaultKind::StrayTag(name) => format!("stray {name}"),
        FaultKind::HeadingAttribute(name) => format!("attribute({name})"),
        FaultKind::BeyondHeader => "beyond-header".into(),
        FaultKind::PipeInCell => "pipe-in-cell".into(),
        FaultKind::Html => "html".into(),
        FaultKind::DuplicateAnchor(id) => format!("two-anchors({id})"),
        FaultKind::LongCode => "long-code".into(),
        FaultKind::Foreign(what) => format!("foreign: {what:?}"),
        FaultKind::MiswrittenId { written, .. } => format!("miswritten:{written}"),
        FaultKind::EmptyFootnote(label) => format!("empty:{label}"),
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
    check("[@a p. 3]", "cite(a|p. 3)");
    check("@a dit [@b, voir [[c]]]", "cite(a) cite(b|voir [[c]]) link(c)");
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
    check("fait[^X], encore[^x]\n\n[^x]: note", "");
    check("[^x]: note\n\nfait[^x][@a]", "cite(a)");
    check("fait\n\n[^x]: note", "unused-footnote(x)");
    check("fait[^x]\n\n[^x]: a\n\n[^X]: b", "second-footnote(x)");
    check("fait^[note]", "inline-footnote");
    check("[a[^x]](b.md) ![c[^x] d](e.png)\n\n[^x]: note", "footnote-in-link footnote-in-link");
    check("<b>gras</b>", "html");
    check("<!-- pour nous -->\n\nfait", "");
    check("<!-- pour\n\nnous --> fait [@a] <!-- et -->", "cite(a)");
    check("<div><!-- pour\nnous --></div>", "html");
    check("fait <!-- [@a] --> ici", "");
    check("<!-- pour nous", "open-comment");
    check("<div>\n<!-- pour\n\nnous -->", "html open-comment");
    check("# Été à Séoul\n\n## Été à Séoul\n\n## ???", "h1(ete-a-seoul) h2(ete-a-seoul-1) h2(section)");
    check("## a {#x}\n\n## b {#x}", "h2(x) h2(x) two-anchors(x)");
    check(&">".repeat(500), "too-deep");
    check("## [[kcna]] dit [@a]", "cite(a) link(kcna) h2(kcna-dit)");
    check("Deux\nlignes\n===", "h1(deux-lignes)");
    check("## ![carte](a.png) `code` *ici*", "image(a.png) h2(carte-code-ici)");
    check("## T {#x .c onclick=alert(1) hidden}", "h2(x) attribute(onclick) attribute(hidden)");
}

#[test]
fn tables_and_addresses() {
    check("| x |\n|---|\n| [[kcna\\|l’agence]] |", "link(kcna)");
    check("| x |\n|---|\n| [[kcna|l’agence]] |", "pipe-in-cell");
    check("| x | y |\n|---|---|\n| [[kcna|l’agence]] | b |", "pipe-in-cell");
    check("| x |\n|---|\n| `a\\|b` | c |", "beyond-header");
    check("| x |\n|---|\n| a | |\n| b |", "");
    check("<ada@example.org>", "url(mailto:ada@example.org)");
    check("![a](a%23b.png)", "image(a%23b.png)");
}

#[test]
fn sentences_are_no_lists() {
    let line = |text: &str| super::one_line(text).into_owned();
    for same in ["11 000 soldats", "*Jamais* !", "2.5", "-5", "#4", "a\\b"] {
        assert_eq!(line(same), same);
    }
    assert_eq!(line("11. Mai 2024"), "11\\. Mai 2024");
    assert_eq!(line("# 4"), "\\# 4");
    assert_eq!(line("- a\n- b\n"), "\\- a - b");
    assert_eq!(line("* * *"), "\\* * *");
    assert_eq!(line("[^1]: a"), "\\[^1]: a");
    assert_eq!(line("> a"), "\\> a");
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
