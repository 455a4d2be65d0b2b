//! What cannot all be true, on each page that tells it; and values as people give them, as pages word them.

use super::build;
use super::states::page;

const SITE: &str = "title = \"T\"\nlanguage = \"en\"\n[[milestones]]\ndate = \"2024-11-02\"\ntitle = \"Before\"\n\
                    [[milestones]]\ndate = \"2024-11-10\"\ntitle = \"After\"\n";
const SHEET: &str = "\
actors: { ann: { name: Ann }, bob: { name: Bob }, cy: { name: Cy }, army: { name: Army }, guards: { name: Guards, part_of: army } }
places:
  russia: { name: Russia, disjoint_parts: true }
  kursk: { name: Kursk, part_of: russia }
  belgorod: { name: Belgorod, part_of: russia }
sources:
  s: { title: S, published: 2024-11-01 }
questions:
  q: { text: How many?, unit: people, adds_up: true, changes: true, window: 14d, place: russia }
claims:
  a: { statement: A., by: ann, on: 2024-11-01, answers: { q: { value: 8000, place: kursk } }, evidence: { source: s } }
  b: { statement: B., by: bob, on: 2024-11-02, answers: { q: { value: 4000, place: belgorod, group: guards } }, evidence: { source: s } }
  c: { statement: C., by: cy, on: 2024-11-06, answers: { q: <=10000 }, evidence: { source: s } }
";

fn pages() -> std::collections::BTreeMap<String, String> {
    let (files, _) = build(SITE, &[("content/a.yaml", SHEET), ("content/essay.md", "---\ntitle: E\n---\nText.\n")]);
    files.into_iter().map(|(path, text)| (path, text.replace(['\u{a0}', '\u{202f}'], " "))).collect()
}

/// What a reader reads, without tags.
fn words(html: &str) -> String {
    let parts = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words));
    parts.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

const ARITHMETIC: &str = "Kursk: 8,000 people (Ann, 1 November 2024); Belgorod, Guards: 4,000 people (Bob, 2 November 2024), \
                          together at least 12,000 people. Russia: at most 10,000 people (Cy, 6 November 2024). \
                          The parts would exceed the whole by at least 2,000 people.";
const HOOK: &str = "data-parts=\"a b\" data-whole=\"c\" data-sum=\"12000\" data-limit=\"10000\"";

#[test]
fn the_arithmetic_stands_wherever_its_answers_do() {
    let pages = pages();
    for path in ["questions/q", "claims/a", "claims/b", "claims/c", "disagreements", "as-of/2024-11-10"] {
        let page = &pages[&format!("{path}/index.html")];
        assert!(page.contains(HOOK), "{path}");
        assert!(words(page).contains(ARITHMETIC), "{path}: {}", words(page));
    }
    assert!(!pages["as-of/2024-11-02/index.html"].contains("data-parts"), "the whole had not been given yet");
}

#[test]
fn each_step_leads_to_its_claim_and_the_gap_is_drawn_and_named() {
    let page = &pages()["questions/q/index.html"];
    let set = page.split_once(HOOK).unwrap().1.split_once("</section>").unwrap().0;
    for claim in ["a", "b", "c"] {
        assert!(
            set.contains(&format!("claims/{claim}/\"")) || set.contains(&format!("claims/{claim}/index.html\"")),
            "{claim}: {set}"
        );
    }
    assert!(set.contains("fig-beyond") && words(set).contains("Excess at least 2,000 people"), "{}", words(set));
    assert!(words(set).contains("The last of them was said by Cy (6 November 2024)."), "{}", words(set));
    assert!(
        words(set).contains(
            "Without what comes from Ann alone, no comparable answer puts more than 10,000 people (Russia). "
        ) && words(set).contains("Without what comes from Cy alone, no part exceeds its whole any more."),
        "{}",
        words(set)
    );
}

#[test]
fn a_pair_of_such_a_set_is_told_as_such_and_all_three_are_contested() {
    let pages = pages();
    let page = &pages["questions/q/index.html"];
    assert_eq!(page.matches("<tr data-verdict=\"impossible\"").count(), 3);
    let json = &pages["data/dossier.json"];
    assert!(json.contains("\"parts\":[\"a\",\"b\"],\"whole\":\"c\",\"sum\":\"12000\""), "{json}");
    assert_eq!(json.matches("\"contested\":true").count(), 4);
}

#[test]
fn values_stand_as_they_were_given() {
    let sheet = |question: &str, value: &str| {
        format!(
            "places: {{ kursk: {{ name: Kursk, coordinates: [51.7, 36.2] }} }}\nsources: {{ s: {{ title: S }} }}\n\
             questions:\n  q: {{ text: Q?, {question} }}\n\
             claims:\n  a: {{ statement: A., answers: {{ q: {value} }}, evidence: {{ source: s }} }}\n"
        )
    };
    #[rustfmt::skip]
    let table = [
        ("unit: km", "647 mi", "647 mi (1,041 km)"),
        ("unit: km²", "~40 acres", "about 40 acre (about 0.16 km²)"),
        ("unit: km", "~600 miles", "about 600 mi (about 970 km)"),
        ("unit: km", "{ value: 600, unit: mi }", "600 mi (1,000 km)"),
        ("unit: °C", "100 °F", "100 °F (37.8 °C)"),
        ("unit: EUR", "5000 USD 2019", "5,000 USD 2019"),
        ("unit: people", "837214 ± 20%", "837,214 people ± 20%"),
        ("unit: people", "650000 ± 50000", "650,000 ± 50,000 people"),
        ("unit: people", "400000..1100000 (837214)", "400,000 to 1,100,000 people (best 837,214)"),
        ("kind: date", "2024-06-19T06:00", "19 June 2024, 06:00"),
        ("kind: date", "2024-06-19T10:30:00Z", "19 June 2024, 10:30 (UTC)"),
        ("kind: period", "2024-06-03/2024-06-09", "3 to 9 June 2024"),
        ("kind: choices, options: { x: One, y: Two }", "[y, x]", "One and Two"),
        ("kind: place", "kursk", "Kursk"),
        ("kind: text", "for money", "for money"),
    ];
    for (question, value, expect) in table {
        let page = page(&sheet(question, value), "questions/q/index.html");
        assert!(words(&page).contains(expect), "{question}: {value}: {}", words(&page));
    }
}

#[test]
fn what_came_first_by_one_and_by_another() {
    let sheet = "
actors: { ann: { name: Ann }, bob: { name: Bob } }
events:
  talks: { title: Talks, date: 2024-06-19 }
  visit: { title: Visit, date: 2024 }
  treaty: { title: Treaty, date: 2023 }
sources: { s: { title: S } }
claims:
  a: { statement: A., by: ann, order: [talks, visit], evidence: { source: s } }
  b: { statement: B., by: bob, order: [visit, treaty], evidence: { source: s } }
";
    let page = page(sheet, "claims/a/index.html");
    let told =
        "Talks before Visit (Ann); Visit before Treaty (Bob). But the first is dated 19 June 2024, the last 2023.";
    assert!(!words(&page).contains(told), "the visit cannot have come before the treaty, whatever the talks");
    let page = super::states::page(sheet, "claims/b/index.html");
    assert!(
        words(&page).contains("Visit before Treaty (Bob). But the first is dated 2024, the last 2023."),
        "{}",
        words(&page)
    );
    assert!(page.contains("data-order=\"visit treaty\""));
}
