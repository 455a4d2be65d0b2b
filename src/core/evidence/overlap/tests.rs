use proptest::prelude::*;

use super::*;

const CAPTURE: &str = "Le port de la ville est fermé depuis lundi, et les marins attendent à quai que la mer se calme. \
                       La capitainerie n’a pas dit quand les départs reprendront.";

/// The leaks of a page with runs of five words, as `words: text`.
fn check(page: &str, declared: &[&str], expect: &[&str]) {
    let mut guard = Guard::new([&normalise("Autre chose, sans rapport."), &normalise(CAPTURE)], 5);
    declared.iter().for_each(|d| guard.declare(d));
    let leaks = guard.leaks(page);
    let found: Vec<_> = leaks.iter().map(|l| format!("{}: {}", l.words, &page[l.range.clone()])).collect();
    assert_eq!(found, expect, "{page}");
    assert!(leaks.iter().all(|l| l.capture == 1));
}

#[test]
fn runs_of_a_capture_leak() {
    check("On sait que le port de la ville est beau.", &[], &["6: le port de la ville est"]);
    check("On sait que le port de la mer.", &[], &[]);
    check(CAPTURE, &[], &[&format!("29: {}", CAPTURE.trim_end_matches('.'))]);
    check("", &[], &[]);
}

#[test]
fn case_signs_and_typography_hide_nothing() {
    check("LE PORT – de la « ville » : est", &[], &["6: LE PORT – de la « ville » : est"]);
    check("la capitainerie n'a pas, dit quand", &[], &["6: la capitainerie n'a pas, dit quand"]);
}

#[test]
fn what_is_declared_is_no_leak() {
    let quote = "les marins attendent à quai que la mer se calme";
    check("« les marins attendent à quai que la mer se calme »", &[quote], &[]);
    check("lundi, et les marins attendent à quai que la mer se calme. La capitainerie", &[quote], &[]);
    let rest = [
        "10: Le port de la ville est fermé depuis lundi, et",
        "9: La capitainerie n’a pas dit quand les départs reprendront",
    ];
    check(CAPTURE, &[quote], &rest);
    check(
        "est fermé depuis lundi, et",
        &["Le port […] est fermé depuis lundi, et les"],
        &["5: est fermé depuis lundi, et"],
    );
    check("est fermé depuis lundi, et les", &["Le port […] est fermé depuis lundi, et les"], &[]);
}

#[test]
fn a_short_title_does_not_hide_a_run() {
    check(
        "le port de la ville est fermé depuis lundi",
        &["la ville"],
        &["7: le port de la ville est fermé depuis lundi"],
    );
    check("le port de la ville est", &["la ville"], &[]);
    check("le port de la ville est fermé", &["ville"], &["6: le port de la ville est fermé"]);
}

#[test]
fn two_captures_that_share_runs_are_told() {
    let a = normalise(CAPTURE);
    let text = "Selon nous, les marins attendent à quai que la mer monte; la capitainerie n'a pas dit quand.";
    let b = normalise(text);
    let found = shared(&a, &b, 5);
    assert_eq!((found.longest, found.total, found.words), (8, 14, (29, 17)));
    let runs: Vec<_> = found.runs.iter().map(|(x, y)| (&CAPTURE[x.clone()], &text[y.clone()])).collect();
    assert_eq!(
        runs,
        [
            ("les marins attendent à quai que la mer", "les marins attendent à quai que la mer"),
            ("La capitainerie n’a pas dit quand", "la capitainerie n'a pas dit quand"),
        ]
    );
    assert_eq!(candidates([&a, &normalise("Rien."), &b], 5), [(0, 2, 6)]);
    assert_eq!(shared(&a, &normalise(""), 5).total, 0);
}

#[test]
fn what_many_captures_share_is_boilerplate() {
    let pairs = |texts: &[&str]| {
        let texts: Vec<_> = texts.iter().map(|t| normalise(t)).collect();
        candidates(&texts, 3)
    };
    let menu = "accueil sport météo";
    assert_eq!(pairs(&[menu, menu]), [(0, 1, 1)]);
    assert_eq!(pairs(&["accueil sport météo puis accueil sport météo", menu]), [(0, 1, 1)]);
    assert_eq!(pairs(&[menu; 4]).len(), 6);
    assert_eq!(pairs(&[menu; 5]), []);
    assert_eq!(pairs(&[menu; 7]), []);
}

#[test]
fn no_accident_of_hashing_accuses() {
    // Thue and Morse's sequence and its complement: the same hash whatever the base, modulo a power of two.
    let word = |flip: u32| move |i: u32| if i.count_ones() % 2 == flip { "un" } else { "deux" };
    let text = |flip| (0..2048).map(word(flip)).collect::<Vec<_>>().join(" ");
    let hash = |flip| {
        let ids: Vec<u32> = (0..2048u32).map(|i| u32::from(i.count_ones() % 2 == flip)).collect();
        grams(&ids, 2048).next()
    };
    assert_eq!(hash(0), hash(1));
    let (a, b) = (normalise(&text(0)), normalise(&text(1)));
    assert_eq!(Guard::new([&a], 2048).leaks(b.text()), []);
    assert_eq!(Guard::new([&a, &b], 2048).leaks(b.text())[0].capture, 1);
}

fn sentence(least: usize) -> impl Strategy<Value = Vec<&'static str>> {
    let word = prop::sample::select(vec![
        "le", "port", "la", "mer", "est", "calme", "un", "deux", "l’eau", "Été", "11", "nord-sud",
    ]);
    prop::collection::vec(word, least..40)
}

/// The definition, word by word: which words of the page lie in a run that stands in the capture.
fn in_runs(capture: &[String], page: &[String], run: usize) -> Vec<bool> {
    let mut inside = vec![false; page.len()];
    for at in 0..(page.len() + 1).saturating_sub(run) {
        if capture.windows(run).any(|w| w == &page[at..at + run]) {
            inside[at..at + run].fill(true);
        }
    }
    inside
}

proptest! {
    #[test]
    fn what_leaks_is_what_stands_in_the_capture(capture in sentence(0), page in sentence(0), run in 2..5usize) {
        let lower = |words: &[&str]| words.iter().map(|w| w.to_lowercase()).collect::<Vec<_>>();
        let guard = Guard::new([&normalise(&capture.join(" "))], run);
        let text = page.join(" ");
        let mut leaked = vec![false; page.len()];
        let mut at = 0;
        let places: Vec<_> = page.iter().map(|w| { let start = at; at += w.len() + 1; start..start + w.len() }).collect();
        let leaks = guard.leaks(&text);
        prop_assert!(leaks.windows(2).all(|l| l[0].range.end <= l[1].range.start));
        for leak in leaks {
            for (i, place) in places.iter().enumerate() {
                leaked[i] |= leak.range.start <= place.start && place.end <= leak.range.end;
            }
        }
        prop_assert_eq!(leaked, in_runs(&lower(&capture), &lower(&page), run));
    }

    #[test]
    fn a_declared_page_has_no_leak(capture in sentence(8), from in 0..4usize) {
        let text = capture.join(" ");
        let mut guard = Guard::new([&normalise(&text)], 3);
        let quote = capture[from..].join(" ");
        prop_assert!(!guard.leaks(&quote).is_empty());
        guard.declare(&quote);
        prop_assert_eq!(guard.leaks(&quote), []);
    }

    #[test]
    fn shared_runs_say_the_same(a in sentence(0), b in sentence(0), run in 2..5usize) {
        let (a, b) = (a.join(" "), b.join(" "));
        let found = shared(&normalise(&a), &normalise(&b), run);
        for (x, y) in &found.runs {
            prop_assert_eq!(a[x.clone()].to_lowercase(), b[y.clone()].to_lowercase());
        }
        prop_assert!(found.runs.windows(2).all(|w| w[0].1.end <= w[1].1.start));
        let guard = Guard::new([&normalise(&a)], run);
        prop_assert_eq!(found.runs.is_empty(), guard.leaks(&b).is_empty());
    }
}
