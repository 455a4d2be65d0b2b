use super::{dossier, shown, source, words};
use crate::model::language::Language;
use crate::words::reference;

/// A source `s` of these fields, beside a few actors.
#[track_caller]
fn check(fields: &str, french: &str, english: &str) {
    let actors = "
actors:
  ann: { name: Ann Clark, type: person }
  le-jour: { name: Le Jour, type: media }
  onu: { name: ONU, type: organization }
sources:
  s: ";
    let dossier = dossier(&format!("{actors}{fields}"));
    let full = |language| shown(&reference::source(&dossier, source(&dossier, "s"), &(), &words(language)));
    assert_eq!(full(Language::French), french);
    assert_eq!(full(Language::English), english);
}

#[test]
fn what_is_missing_is_left_out() {
    check("{ title: Un titre, type: webpage }", "«_Un titre_».", "“Un titre”.");
    check("{ title: Pourquoi ?, type: book }", "*Pourquoi ?*", "*Pourquoi ?*");
    check(
        "{ title: Un titre, type: webpage, publisher: le-jour }",
        "«_Un titre_», *Le Jour*.",
        "“Un titre”, *Le Jour*.",
    );
}

#[test]
fn an_article() {
    check(
        "{ title: L’« aveu », type: article-newspaper, author: [ann, Bob Day], publisher: le-jour, \
         published: { date: 2024-11-03, inferred: x }, accessed: 2026-11-20, url: 'https://example.org/a', \
         archive: { url: 'https://archive.example/a', on: 2024-11-04 } }",
        "Ann Clark et Bob Day, «_L’“aveu”_», *Le Jour*, 3 novembre 2024 [date déduite], [en ligne], \
         copie archivée le 4 novembre 2024, consulté le 20 novembre 2026.",
        "Ann Clark and Bob Day, “L’« aveu »”, *Le Jour*, 3 November 2024 [date inferred], [online], \
         archived copy made on 4 November 2024, accessed on 20 November 2026.",
    );
}

#[test]
fn whole_works_are_italic_and_their_publishers_are_not() {
    check(
        "{ title: État du monde, type: report, author: onu, publisher: onu, published: 2024 }",
        "ONU, *État du monde*, rapport, 2024.",
        "ONU, *État du monde*, report, 2024.",
    );
    check(
        "{ title: La guerre, type: book, author: ann, publisher: Éditions du Pont, published: 2024 }",
        "Ann Clark, *La guerre*, Éditions du Pont, 2024.",
        "Ann Clark, *La guerre*, Éditions du Pont, 2024.",
    );
}

#[test]
fn what_a_reader_would_not_guess_is_named() {
    check(
        "{ title: Remarks, type: speech, author: ann, published: 2024-11-23 }",
        "Ann Clark, «_Remarks_», discours, 23 novembre 2024.",
        "Ann Clark, “Remarks”, speech, 23 November 2024.",
    );
    check(
        "{ title: Le soir, type: broadcast, publisher: le-jour, published: 2024-11~ }",
        "«_Le soir_», émission, *Le Jour*, vers novembre 2024.",
        "“Le soir”, broadcast, *Le Jour*, around November 2024.",
    );
}

#[test]
fn long_titles_are_cut_in_notes() {
    let check = |title: &str, expected: &str| {
        let dossier = dossier(&format!("sources: {{ s: {{ title: \"{title}\", type: webpage }} }}"));
        let short = reference::short(&dossier, source(&dossier, "s"), &words(Language::French));
        assert_eq!(shown(&short), format!("«_{expected}_»"));
    };
    check("Un titre assez court : et son sous-titre", "Un titre assez court : et son sous-titre");
    check(
        "Kim Jong Un Scelle son Alliance avec Moscou : Un Soutien Militaire Nord-Coréen",
        "Kim Jong Un Scelle son Alliance avec Moscou…",
    );
    check(
        "Syrie : des soldats aperçus sur plusieurs points du front, selon des témoins",
        "Syrie : des soldats aperçus sur plusieurs points du…",
    );
    check(&"x".repeat(70), &format!("{}…", "x".repeat(52)));
}
