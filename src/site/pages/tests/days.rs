//! What is shown for a day is the dossier as it stood that day; what is said of dates is no more than they tell.

use super::build;
use super::states::page;

const QUESTIONS: &str = "\
places:
  x: { name: Xtown }
sources:
  may: { title: M, published: 2024-05-02 }
  june: { title: J, published: 2024-06-02 }
questions:
  q: { text: How many?, kind: quantity, unit: people }
  r: { text: Why?, kind: quantity }
";

/// The page of 2024-05-31, after one of 2024-04-30, in lines without links.
fn may(claims: &str) -> String {
    let site = "title = \"T\"\nlanguage = \"en\"\n\
        [[milestones]]\ndate = \"2024-05-01\"\ntitle = \"First\"\n[[milestones]]\ndate = \"2024-05-31\"\ntitle = \"May\"\n";
    let sheet = format!("{QUESTIONS}claims:\n{claims}");
    let (mut files, diagnostics) =
        build(site, &[("content/a.yaml", &sheet), ("content/essay.md", "---\ntitle: E\n---\nT.\n")]);
    assert!(!sourcebook_core::base::diagnostic::has_errors(&diagnostics), "{diagnostics:#?}");
    files.remove("as-of/2024-05-31/index.html").unwrap().replace(['\u{a0}', '\u{202f}'], " ")
}

/// The line of a claim's answer.
fn line<'p>(page: &'p str, claim: &str) -> &'p str {
    let (_, rest) =
        page.split_once(&format!("data-answer=\"{claim}\"")).unwrap_or_else(|| panic!("no {claim}: {page}"));
    rest.split_once("</li>").unwrap().0
}

#[test]
fn contested_is_who_was_by_then() {
    let page = may("  a: { statement: A., answers: { q: 10 }, evidence: { source: may } }
  b: { statement: B., answers: { q: 10 }, on: 2024-05-03, evidence: { source: may } }
  c: { statement: C., answers: { q: 20 }, evidence: { source: june } }
");
    assert!(!page.contains("claim.contested") && !page.contains("data-answer=\"c\""), "{page}");
    let page = may("  a: { statement: A., answers: { q: 10 }, evidence: { source: may } }
  b: { statement: B., answers: { q: 20 }, on: 2024-05-03, evidence: { source: may } }
");
    assert!(line(&page, "a").contains("claim.contested") && line(&page, "b").contains("claim.contested"));
}

#[test]
fn what_was_corrected_later_still_stood() {
    let claims =
        "  a: { statement: A., answers: { q: 10 }, status: { is: corrected, on: DAY }, evidence: { source: may } }
  b: { statement: B., answers: { q: 20 }, evidence: { source: may } }
  c: { statement: C., answers: { q: 30 }, supersedes: [b], on: DAY, evidence: { source: june } }
";
    let later = may(&claims.replace("DAY", "2024-06-01"));
    assert!(
        line(&later, "a").contains("data-state=\"current\"") && line(&later, "b").contains("data-state=\"current\"")
    );
    assert!(!later.contains("data-lapse") && line(&later, "a").contains("claim.contested"));
    let by_then = may(&claims.replace("DAY", "2024-05-20"));
    assert!(line(&by_then, "a").contains("data-lapse=\"corrected\">Claim corrected on 20 May 2024."), "{by_then}");
    assert!(line(&by_then, "b").contains("data-lapse=\"superseded\"") && !by_then.contains("claim.contested"));
    // When is not known: nobody can say that it stood.
    let undated = may(&claims.replace(", on: DAY", ""));
    assert!(line(&undated, "a").contains("Claim since corrected."));
}

#[test]
fn place_and_time_stand_with_every_value() {
    let page = may("  a: { statement: A., answers: { q: { value: 8000, place: x } }, evidence: { source: may } }
  b: { statement: B., answers: { q: { value: 9000, as_of: 2024-03-02/2024-03-06 } }, evidence: { source: may } }
  c: { statement: C., modality: denies, answers: { q: 1 }, evidence: { source: may } }
");
    assert!(page.contains(
        "<p class=\"kicker\">Xtown</p>\n<ul class=\"said-by-then\" data-state=\"current\" data-place=\"x\">"
    ));
    assert!(line(&page, "b").contains("for the period 2 to 6 March 2024"), "{page}");
    assert!(page.contains("<p class=\"kicker\">denied</p>"));
    assert!(page.contains("Answers given by 31 May 2024, as they stood then, by the dates"));
}

#[test]
fn of_what_nobody_spoke_is_said_once() {
    let page = may("  a: { statement: A., answers: { q: 8000 }, evidence: { source: may } }\n");
    let untold = page.split_once("data-says=\"asof.untold\"").unwrap().1.split_once("</section>").unwrap().0;
    assert!(untold.contains("data-question=\"r\"") && !untold.contains("data-question=\"q\""));
    assert_eq!(page.matches("no text of this dossier answers these").count(), 1);
}

/// An answer of some day of the year may have been given by May, and so may one without any date: neither is "not yet".
#[test]
fn what_may_have_been_answered_is_not_said_to_be_untold() {
    for date in ["    on: 2024\n", "    on: \"[..2024-12]\"\n"] {
        let page = may(&format!(
            "  a:\n    statement: A.\n{date}    answers: {{ r: 8000 }}\n    evidence: {{ source: may }}\n"
        ));
        let maybe = page.split_once("data-says=\"asof.maybe\"").unwrap().1.split_once("</section>").unwrap().0;
        assert!(maybe.contains("data-question=\"r\"") && !maybe.contains("data-question=\"q\""), "{page}");
    }
}

#[test]
fn new_is_what_comes_to_older_answers() {
    let alone = may("  a: { statement: A., answers: { q: 8000 }, evidence: { source: may } }\n");
    assert!(!alone.contains("asof.is_new"));
    let both = may("  a: { statement: A., answers: { q: 8000 }, evidence: { source: may } }
  b: { statement: B., on: 2024-04-01, answers: { q: 8000 }, evidence: { source: may } }
");
    assert!(line(&both, "a").contains("asof.is_new") && !line(&both, "b").contains("asof.is_new"));
}

const EVENTS: &str = "\
events:
  fight: { title: First fight, date: { date: ../2024-11-06, inferred: so } }
  arrival: { title: Arrival, date: ../2024-11-03 }
  speech: { title: Speech, date: { date: 2024-11-02/2024-11-06, inferred: so } }
  battle: { title: Battle, date: 2024-11-02/2024-11-06 }
  visit: { title: Visit, date: 2024-06 }
  day: { title: A day of the battle, date: 2024-11-04, part_of: battle }
  later: { title: Later, date: 2024-12 }
";

/// The neighbours of an event: order and id.
fn around(id: &str) -> Vec<String> {
    let page = page(EVENTS, &format!("events/{id}/index.html"));
    let Some((_, nav)) = page.split_once("<nav class=\"around\"") else { return Vec::new() };
    let nav = nav.split_once("</nav>").unwrap().0;
    let mut found = Vec::new();
    for part in nav.split("data-order=\"").skip(1) {
        let (order, rest) = part.split_once('"').unwrap();
        for event in rest.split("data-event=\"").skip(1) {
            found.push(format!("{order} {}", event.split_once('"').unwrap().0));
        }
    }
    found
}

#[test]
fn neighbours_are_those_of_which_the_order_is_known() {
    assert_eq!(
        around("speech"),
        ["before visit", "after later", "unknown battle", "unknown arrival", "unknown day", "unknown fight"]
    );
    // By the third of November: perhaps before the visit in June.
    assert_eq!(around("arrival")[..1], ["after day"]);
    assert!(around("arrival").contains(&"unknown visit".to_owned()));
    // A day of the battle is neither before nor after it.
    assert!(!around("battle").iter().any(|other| other.ends_with(" day")));
    assert_eq!(around("later")[0], "before speech");
}

#[test]
fn what_was_by_a_day_does_not_stand_under_its_month() {
    let sheet = "\
events:
  first: { title: First, date: 2024-05-03 }
  open: { title: Open, date: ../2024-05-10 }
  last: { title: Last, date: 2024-05-12 }
";
    let timeline = page(sheet, "timeline/index.html");
    let headings: Vec<_> = timeline.split("<h2 id=\"g-").skip(1).map(|h| h.split(['>', '<']).nth(1).unwrap()).collect();
    assert_eq!(headings, ["By 10 May 2024, date unknown", "May 2024"]);
    let event = page(sheet, "events/open/index.html");
    assert!(event.contains(">by 10 May 2024</span>") && !event.contains("until"), "{event}");
}

#[test]
fn a_speech_has_a_moment_and_a_battle_its_days() {
    let says = |id: &str| page(EVENTS, &format!("events/{id}/index.html"));
    assert!(says("speech").contains(">between 2 and 6 November 2024 <"), "{}", says("speech"));
    assert!(says("battle").contains(">2 to 6 November 2024</span>"));
    let sheet = "\
sources:
  s: { title: S, published: 2024-11-02/2024-11-06 }
questions:
  q: { text: How many?, kind: quantity }
claims:
  c: { statement: C., answers: { q: { value: 1, as_of: 2024-10-01/2024-10-04 } }, evidence: { source: s } }
";
    let claim = page(sheet, "claims/c/index.html");
    assert!(claim.contains(">between 2 and 6 November 2024</span>") && !claim.contains(">2 to 6 November"), "{claim}");
    assert!(claim.contains("for the period 1 to 4 October 2024"));
}

/// The page of a day that is no milestone, among all pages.
fn days(claims: &str) -> std::collections::BTreeMap<String, String> {
    let site = "title = \"T\"\nlanguage = \"en\"\n[[milestones]]\ndate = \"2024-05-04\"\ntitle = \"First\"\n";
    let sheet = format!("{QUESTIONS}claims:\n{claims}");
    let (files, _) = build(site, &[("content/a.yaml", &sheet)]);
    let days = files.into_iter().filter(|(path, _)| path.starts_with("as-of/"));
    days.map(|(path, page)| (path, page.replace(['\u{a0}', '\u{202f}'], " "))).collect()
}

#[test]
fn every_day_on_which_something_changed_has_a_page() {
    let all = days("  a: { statement: A., answers: { q: 10 }, evidence: { source: may } }
  b: { statement: B., answers: { q: 20 }, on: 2024-05-10, status: { is: withdrawn, on: 2024-05-20 }, evidence: { source: june } }
  c: { statement: C., on: 2024-05-15, evidence: { source: june } }
  d: { statement: D., answers: { q: 20 }, on: 2024-06, evidence: { source: june } }
");
    // 15 May brought a claim that answers nothing; of June the last day is the first that is sure.
    let expect = ["2024-05-02", "2024-05-04", "2024-05-10", "2024-05-20", "2024-06-30"];
    assert_eq!(all.keys().map(|path| &path[6..16]).collect::<Vec<_>>(), expect);
    let page = |day: &str| &all[&format!("as-of/{day}/index.html")];
    assert!(page("2024-05-04").contains("After that, nothing changes until 10 May 2024."));
    assert!(page("2024-05-10").contains("<h1>Answers given by 10 May 2024</h1>"), "{}", page("2024-05-10"));
    assert!(page("2024-05-10").contains("New since 4 May 2024") && page("2024-05-10").contains("data-new=\"b\""));
    assert!(page("2024-05-20").contains("data-lapse=\"withdrawn\""));
    assert!(page("2024-06-30").contains("Nothing has changed since."));
    assert_eq!(page("2024-05-02").matches("data-day=").count(), 5, "any of them can be chosen on each");
}
