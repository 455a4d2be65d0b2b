use super::super::readers::Place;
use super::*;
use crate::base::diagnostic::sort;
use crate::base::memory::MemoryWorld;
use crate::dossier::load::load;
use crate::dossier::resolve::{Options, resolve};
use crate::model::SourceIx;
use crate::model::speech::Speech;

const SHEET: &str = "\
sources:
  a: { title: A, capture: { file: a.txt, on: 2024-11-04, method: saved page } }
claims:
  one:
    statement: One
    evidence:
      - source: a
        quote: 11 000 hommes
        locator: § 2
";

const CAPTURE: &str = "Titre\n\nestimés à 11 000 hommes\n\nla fin la fin";

/// Codes with the words at fault, and the first help; the lock as it would be written.
fn run(world: &MemoryWorld, lock: Option<&str>) -> (Verified, Vec<String>, String) {
    let mut parsed = load(world);
    assert_eq!(parsed.diagnostics, [], "load");
    let lock = lock.map(|text| (parsed.value.files.add("captures.lock", text), text));
    let parsed = parsed.value;
    let dossier = resolve(&parsed, Options::default());
    assert_eq!(dossier.diagnostics, [], "resolve");
    let mut report = verify(&dossier.value, &parsed, world, lock);
    sort(&mut report.diagnostics, &parsed.files);
    let show = |d: &crate::base::diagnostic::Diagnostic| {
        let at = d.span.map_or("", |span| parsed.files.text(span));
        format!("{} `{at}`: {}", d.code, d.help.first().map_or("", String::as_str))
    };
    let lines = report.diagnostics.iter().map(show).collect();
    (report.value, lines, lock::write(&lock_of(&dossier.value, &parsed, world, lock).value))
}

fn world(sheet: &str) -> MemoryWorld {
    MemoryWorld::new().with("site.toml", "title = \"T\"").with("content/a.yaml", sheet)
}

#[track_caller]
fn check(quote: &str, locator: &str, expect: &[&str]) {
    let sheet = SHEET.replace("11 000 hommes", quote).replace("§ 2", locator);
    let (_, faults, _) = run(&world(&sheet).with_capture("a.txt", CAPTURE), None);
    assert_eq!(faults, expect);
}

#[test]
fn quotes_stand_where_they_say_or_are_faults() {
    check("11 000 hommes", "§ 2", &[]);
    check("estimés à […] hommes", "p. 3", &[]);
    check("11 000 hommes", "§ 1", &["wrong-locator `§ 1`: write `locator: § 2`"]);
    check("la fin", "§ 3", &["quote-ambiguous `la fin`: quote more words, so that it stands there once"]);
    check(
        "estimés à 12 000 hommes",
        "§ 2",
        &["quote-absent `estimés à 12 000 hommes`: nearest passage, § 2: estimés à [-12-] {+11+} 000 hommes"],
    );
    check("000 hommes", "§ 2", &["quote-absent `000 hommes`: nearest passage, § 2: 000 hommes"]);
    check("rien de tel", "§ 2", &["quote-absent `rien de tel`: quote the source's exact words; `[…]` joins parts"]);
}

#[test]
fn without_folder_and_lock_nothing_is_known() {
    let (verified, faults, _) = run(&world(SHEET), None);
    assert_eq!(faults, [""; 0]);
    assert_eq!(verified.of_claim(ClaimIx(0)), QuoteState::NoCapture);
    assert_eq!(verified.capture(SourceIx(0)), None);
}

#[test]
fn the_lock_says_what_the_captures_said() {
    for (quote, locator) in [("11 000 hommes", "§ 2"), ("11 000 hommes", "§ 1"), ("la fin", "§ 3"), ("non", "§ 2")]
    {
        let sheet = SHEET.replace("11 000 hommes", quote).replace("§ 2", locator);
        let (with, faults, lock) = run(&world(&sheet).with_capture("a.txt", CAPTURE), None);
        let (without, same_faults, kept) = run(&world(&sheet), Some(&lock));
        assert_eq!(with, without);
        assert_eq!(kept, lock, "without captures the lock is kept");
        let codes =
            |faults: &[String]| faults.iter().map(|f| f.split(':').next().unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(codes(&faults), codes(&same_faults));
        assert_eq!(with.capture(SourceIx(0)).unwrap().sha256, Sha256::of(CAPTURE.as_bytes()));
    }
}

#[test]
fn what_changed_since_the_lock_is_a_fault() {
    let (_, _, lock) = run(&world(SHEET).with_capture("a.txt", CAPTURE), None);
    let verify_again = "whoever has the captures runs `sourcebook verify` and commits `captures.lock`";
    let faults = |world: &MemoryWorld, lock: &str| run(world, Some(lock)).1;
    let altered = world(&SHEET.replace("11 000", "12 000"));
    assert_eq!(faults(&altered, &lock), [format!("quote-changed `12 000 hommes`: {verify_again}")]);
    let other = world(SHEET).with_capture("a.txt", format!("{CAPTURE} !"));
    let look = "look at what changed; if the new capture is the right one, run `sourcebook verify`";
    assert_eq!(faults(&other, &lock), [format!("capture-changed `a.txt`: {look}")]);
    let other_folder = world(SHEET).with_capture("b.txt", "");
    let put = "put the capture there, or take `capture` out of the record";
    assert_eq!(faults(&other_folder, &lock), [format!("capture-missing `a.txt`: {put}")]);
    let fixed = SHEET.replace("on: 2024", &format!("sha256: {}, on: 2024", "0".repeat(64)));
    assert!(faults(&world(&fixed), &lock)[0].starts_with("capture-changed `000"));
    let renamed = SHEET.replace("  a: {", "  b: {").replace("source: a", "source: b");
    assert!(faults(&world(&renamed), &lock)[0].starts_with("quote-changed `{ file: a.txt"));
    assert!(faults(&world(SHEET), "version = 9")[0].starts_with("lock-syntax `9`"));
    let added = format!("{SHEET}      - {{ source: a, quote: Titre }}\n");
    let stale = faults(&world(&added).with_capture("a.txt", CAPTURE), &lock);
    assert_eq!(stale, ["stale-lock ``: run `sourcebook verify`, and commit what it writes"]);
    let [absent] = &*faults(&altered.with_capture("a.txt", CAPTURE), &lock) else {
        panic!("one cause, one diagnostic")
    };
    assert!(absent.starts_with("quote-absent"), "{absent}");
}

#[test]
fn findings_keep_their_day() {
    let capture = |w: MemoryWorld| w.with_capture("a.txt", CAPTURE);
    let (_, _, lock) = run(&capture(world(SHEET)), None);
    assert!(lock.contains("found = \"2026-01-01\""));
    let later = jiff::civil::Date::constant(2027, 1, 1);
    let (_, _, same) = run(&capture(world(SHEET)).on(later), Some(&lock));
    assert_eq!(same, lock);
}

#[test]
fn a_capture_that_is_no_text_is_a_fault() {
    let (_, faults, _) = run(&world(SHEET).with_capture("a.txt", "{\\rtf1"), None);
    assert_eq!(faults, ["unreadable-capture `a.txt`: open it, and save it as .html or .txt"]);
}

#[test]
fn published_texts_are_looked_into_and_give_passages() {
    let sheet = SHEET.replace(
        "capture: { file: a.txt, on: 2024-11-04, method: saved page }",
        "text: { file: content/a.md, rights: own }",
    ) + "  two: { statement: S, evidence: { source: a, quote: Titre } }\n";
    let (verified, faults, _) = run(&world(&sheet).with("content/a.md", CAPTURE), None);
    assert_eq!(faults, [""; 0]);
    let text = verified.text(SourceIx(0)).unwrap().as_str();
    let words: Vec<_> = verified.passages(SourceIx(0)).iter().map(|p| &text[p.hit.ranges[0].clone()]).collect();
    assert_eq!(words, ["Titre", "11 000 hommes"]);
    assert_eq!(verified.quote(ClaimIx(0), 0).unwrap().place, Some(Place::paragraph(2)));
    assert!(!verified.quote(ClaimIx(0), 0).unwrap().in_capture);
    let (_, faults, _) = run(&world(&sheet).with("content/a.md", "Titre"), None);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].starts_with("quote-absent `11 000 hommes`"));
}

#[test]
fn quotation_marks_say_whose_words_they_are() {
    const TEXT: &str = "Il voit « la paix, bientôt » là-bas, dit le journal.";
    let speech = |more: &str, by: &str, quote: &str, capture: bool, lock: Option<&str>| {
        let sheet = format!(
            "actors: {{ he: {{ name: He }} }}\nsources:\n  a: {{ title: A, capture: a.txt{more} }}\nclaims:\n  one:\n    \
             statement: One{by}\n    evidence: {{ source: a, quote: \"{quote}\" }}\n"
        );
        let world = world(&sheet);
        let world = if capture { world.with_capture("a.txt", TEXT) } else { world };
        let parsed = load(&world).value;
        let dossier = resolve(&parsed, Options::default()).value;
        let (verified, faults, written) = run(&world, lock);
        (verified.speech(&dossier, ClaimIx(0), 0), faults.len(), written)
    };
    let by = "\n    by: he";
    for (more, by, quote, expect) in [
        ("", by, "la paix, bientôt", Some(Speech::Direct)),
        ("", by, "voit « la paix, bientôt »", Some(Speech::Mixed)),
        ("", by, "dit le journal", Some(Speech::Indirect)),
        ("", "", "la paix, bientôt", None),
        // A transcript needs no marks, and a text of the speaker's own is in the speaker's words.
        (", type: interview", by, "dit le journal", None),
        (", type: interview", by, "la paix, bientôt", Some(Speech::Direct)),
        (", author: he", by, "dit le journal", Some(Speech::Direct)),
        (", publisher: he", by, "dit le journal", Some(Speech::Direct)),
        (", author: J. Pelle, publisher: he", by, "dit le journal", Some(Speech::Indirect)),
        ("", "\n    by: he\n    modality: declines-to-confirm", "dit le journal", Some(Speech::Silence)),
    ] {
        let (found, faults, lock) = speech(more, by, quote, true, None);
        assert_eq!((found, faults), (expect, 0), "{more} {quote}");
        assert_eq!(speech(more, by, quote, false, Some(&lock)).0, expect, "without the capture: {more} {quote}");
        // A lock of the first version is read, says less, and is stale beside the capture.
        let old = lock.lines().map(|line| {
            line.split(", quoted").next().unwrap_or_default().to_owned()
                + if line.contains(", quoted") { ", found = \"2026-11-21\" }," } else { "" }
        });
        let old = old.collect::<Vec<_>>().join("\n").replace("version = 3", "version = 1");
        let told = matches!(expect, Some(Speech::Silence)) || more.contains(": he") && !more.contains("Pelle");
        assert_eq!(speech(more, by, quote, false, Some(&old)).0, expect.filter(|_| told), "of an old lock: {more}");
        assert_eq!(speech(more, by, quote, true, Some(&old)).0, expect);
        assert_eq!(speech(more, by, quote, true, Some(&old)).1, 1, "stale-lock");
    }
    assert_eq!(speech("", by, "la paix, bientôt", false, None).0, None, "nobody looked");
}
