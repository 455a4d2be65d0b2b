use super::{claim, dossier, shown, source, words};
use crate::model::language::Language;
use crate::model::source::Origin;
use crate::model::state;
use crate::words::{piece, sentence, standing, text};

const SHEET: &str = "
actors:
  zelensky: { name: Volodymyr Zelensky, type: person, role: président ukrainien }
  biden: { name: Joe Biden, type: person }
  kim: { name: Kim Jong-un, type: person }
  kremlin: { name: Kremlin, type: organization }
  kcna: { name: KCNA, type: media, role: agence de presse nord-coréenne }
  voix: { name: Sources américaines (non nommées), type: unnamed }
  stephane: { name: Gérard Stéphane, type: person }
  russafrik: { name: Russafrik, type: media }
  news-day: { name: News Day FR, type: media }
sources:
  annonce:
    title: L’Ukraine affirme avoir affronté des soldats nord-coréens sur le champ de bataille
    type: webpage
    publisher: news-day
    published: { date: 2024-11-02/2024-11-06, inferred: par le contexte }
    accessed: 2026-11-20
    language: fr
  pacte:
    title: Un pacte ?
    type: article-newspaper
    author: stephane
    publisher: russafrik
    published: '2025-07?'
    based_on: [kcna]
  speech: { title: Remarks, type: speech, language: en }
claims:
  onze-mille:
    statement: 11 000 soldats se trouvent dans la région.
    by: zelensky
    on: { date: 2024-11-02/2024-11-06, inferred: par le contexte }
    modality: estimates
    evidence: { source: annonce, quote: estimés à 11 000 hommes, locator: § 6 }
  sacre:
    statement: La cause est sacrée [@pacte].
    by: kim
    on: 2025-07-12
    evidence:
      - { source: pacte, quote: une « cause sacrée », locator: § 3, via: kcna }
      - { source: annonce, quote: la cause, locator: § 9 }
  huit-mille:
    statement: Il y en a 8 000.
    by: voix
    on: 2024-11-03~
    evidence: { source: annonce, quote: 8 000 sont stationnés }
  accord:
    statement: L'accord tient.
    by: [zelensky, biden]
    evidence: { source: speech, quote: the deal holds, translation: { text: l’accord tient, by: la rédaction } }
  nie:
    statement: Des soldats sont là.
    by: kremlin
    modality: denies
    evidence: { source: annonce }
  depeche:
    statement: Une dépêche le dit.
    by: kcna
    on: { date: 2024-11, inferred: par le contexte }
    evidence: { source: annonce, quote: oui }
  seul:
    statement: Le traité date de 2023.
    evidence: { source: pacte, quote: signé en 2023, locator: § 2 }
  retire:
    statement: C'est fini.
    by: biden
    status: { is: withdrawn, on: 2025-04-28 }
    evidence: { source: speech, quote: over }
  remplace: { statement: A., by: biden, evidence: { source: speech, quote: a } }
  nouveau: { statement: B., by: biden, supersedes: [remplace], evidence: { source: speech, quote: b } }
  prevu:
    statement: Il durera.
    modality: forecasts
    evidence: { source: annonce, quote: il durera }
";

#[track_caller]
fn check_note(id: &str, french: &str, english: &str) {
    let dossier = dossier(SHEET);
    let note = |language| shown(&sentence::note(&dossier, claim(&dossier, id), None, &(), &words(language)));
    assert_eq!(note(Language::French), french);
    assert_eq!(note(Language::English), english);
}

#[test]
fn a_person_speaks() {
    check_note(
        "onze-mille",
        "Volodymyr Zelensky, président ukrainien (estimation, entre le 2 et le 6 novembre 2024, date déduite)~: \
         «_|estimés à 11 000 hommes|_» (mots lus dans le texte), dans «_L’Ukraine affirme avoir affronté des soldats…_», *News Day FR*, §~6.",
        "Volodymyr Zelensky, président ukrainien (estimate, between 2 and 6 November 2024, date inferred): \
         “|estimés à 11 000 hommes|” (words read in the text), in “L’Ukraine affirme avoir affronté des soldats…”, *News Day FR*, §~6.",
    );
}

#[test]
fn several_places_each_in_turn_and_through_whom() {
    check_note(
        "sacre",
        "Kim Jong-un, affirmation, le 12 juillet 2025~: «_|une “cause sacrée”|_» (mots lus dans le texte), dans «_Un pacte ?_», *Russafrik*, \
         peut-être juillet 2025, via KCNA, §~3_; «_|la cause|_» (mots lus dans le texte), dans «_L’Ukraine affirme avoir affronté des \
         soldats…_», *News Day FR*, entre le 2 et le 6 novembre 2024 [date déduite], §~9.",
        "Kim Jong-un, statement, on 12 July 2025: “|une « cause sacrée »|” (words read in the text), in “Un pacte ?”, *Russafrik*, \
         perhaps July 2025, via KCNA, §~3; “|la cause|” (words read in the text), in “L’Ukraine affirme avoir affronté des \
         soldats…”, *News Day FR*, between 2 and 6 November 2024 [date inferred], §~9.",
    );
}

#[test]
fn unnamed_voices_and_bodies_stand_before_a_noun() {
    check_note(
        "huit-mille",
        "Sources américaines (non nommées), affirmation, vers le 3 novembre 2024~: «_|8 000 sont stationnés|_» (mots lus dans le texte), \
         dans «_L’Ukraine affirme avoir affronté des soldats…_», *News Day FR*, entre le 2 et le 6 novembre 2024 [date déduite].",
        "Sources américaines (non nommées), statement, around 3 November 2024: “|8 000 sont stationnés|” (words read in the text), \
         in “L’Ukraine affirme avoir affronté des soldats…”, *News Day FR*, between 2 and 6 November 2024 [date inferred].",
    );
    check_note(
        "depeche",
        "KCNA, agence de presse nord-coréenne (affirmation, en novembre 2024, date déduite)~: «_|oui|_» (mots lus dans le texte), \
         dans «_L’Ukraine affirme avoir affronté des soldats…_», *News Day FR*, entre le 2 et le 6 novembre 2024 [date déduite].",
        "KCNA, agence de presse nord-coréenne (statement, in November 2024, date inferred): “|oui|” (words read in the text), \
         in “L’Ukraine affirme avoir affronté des soldats…”, *News Day FR*, between 2 and 6 November 2024 [date inferred].",
    );
}

#[test]
fn several_speakers_and_a_translation() {
    check_note(
        "accord",
        "Volodymyr Zelensky et Joe Biden, affirmation~: «_|the deal holds|_» (traduction~: «_|l’accord tient|_», par la \
         rédaction) (mots lus dans le texte), dans «_Remarks_».",
        "Volodymyr Zelensky and Joe Biden, statement: “|the deal holds|” (in translation: “|l’accord tient|”, by la \
         rédaction) (words read in the text), in “Remarks”.",
    );
}

#[test]
fn without_a_quote_the_statement_is_given_as_our_wording() {
    check_note(
        "nie",
        "Kremlin, démenti~: Des soldats sont là (en substance), dans «_L’Ukraine affirme avoir affronté des soldats…_», \
         *News Day FR*, entre le 2 et le 6 novembre 2024 [date déduite].",
        "Kremlin, denial: Des soldats sont là (in substance), in “L’Ukraine affirme avoir affronté des soldats…”, \
         *News Day FR*, between 2 and 6 November 2024 [date inferred].",
    );
}

#[test]
fn what_no_longer_stands_says_so() {
    check_note(
        "retire",
        "Joe Biden, affirmation~: «_|over|_» (mots lus dans le texte), dans «_Remarks_». Affirmation retirée le 28 avril 2025.",
        "Joe Biden, statement: “|over|” (words read in the text), in “Remarks”. Claim withdrawn on 28 April 2025.",
    );
    check_note(
        "remplace",
        "Joe Biden, affirmation~: «_|a|_» (mots lus dans le texte), dans «_Remarks_». Affirmation remplacée depuis~: B.",
        "Joe Biden, statement: “|a|” (words read in the text), in “Remarks”. Claim since replaced: B.",
    );
}

#[test]
fn of_several_texts_retracted_the_last_is_dated_where_one_surely_is() {
    let check = |dates: &[&str], expect: &str| {
        let source = |(n, on): (usize, &&str)| {
            let on = if on.is_empty() { String::new() } else { format!(", on: {on}") };
            format!("  s{n}: {{ title: S{n}, status: {{ is: retracted{on} }} }}\n")
        };
        let evidence: Vec<_> = (0..dates.len()).map(|n| format!("{{ source: s{n} }}")).collect();
        let sources: String = dates.iter().enumerate().map(source).collect();
        let claims = format!("claims:\n  c: {{ statement: C., evidence: [{}] }}\n", evidence.join(", "));
        let dossier = dossier(&format!("sources:\n{sources}{claims}"));
        let lapsed = state::lapsed(&dossier, claim(&dossier, "c"), None).unwrap();
        let told = standing::lapse(&dossier, &lapsed, &words(Language::English));
        assert_eq!(piece::plain(&told), expect, "{dates:?}");
    };
    check(&["2025-04"], "Claim found only in a text retracted in April 2025.");
    check(&[""], "Claim found only in a text since retracted.");
    check(&["2025-04", "2025-06-01"], "Claim found only in texts retracted, the last on 1 June 2025.");
    check(&["2025-06-01", "2025-06-01"], "Claim found only in texts retracted, the last on 1 June 2025.");
    check(&["2025", "2025-06-01"], "Claim found only in texts since retracted.");
    check(&["2025-04", ""], "Claim found only in texts since retracted.");
}

#[test]
fn a_text_speaks_for_itself() {
    check_note(
        "seul",
        "Russafrik, en son nom~: «_|signé en 2023|_» («_Un pacte ?_», peut-être juillet 2025, §~2).",
        "Russafrik, in its own name: “|signé en 2023|” (“Un pacte ?”, perhaps July 2025, §~2).",
    );
    check_note(
        "prevu",
        "News Day FR, en son nom (prévision)~: «_|il durera|_» («_L’Ukraine affirme avoir affronté des \
         soldats…_», entre le 2 et le 6 novembre 2024 [date déduite]).",
        "News Day FR, in its own name (forecast): “|il durera|” (“L’Ukraine affirme avoir affronté des \
         soldats…”, between 2 and 6 November 2024 [date inferred]).",
    );
}

#[test]
fn the_locator_of_a_citation_stands_in_place_of_the_evidences() {
    let dossier = dossier(SHEET);
    let words = words(Language::French);
    let note = sentence::note(&dossier, claim(&dossier, "seul"), Some("p.~4"), &(), &words);
    assert!(shown(&note).ends_with("peut-être juillet 2025, p.~4)."), "{}", shown(&note));
    let note = sentence::note_source(&dossier, source(&dossier, "pacte"), Some("§ 3"), &(), &words);
    assert_eq!(shown(&note), "Gérard Stéphane, «_Un pacte ?_», *Russafrik*, peut-être juillet 2025, §~3.");
}

#[test]
fn provenance_is_the_whole_chain() {
    let dossier = dossier(SHEET);
    let check = |id: &str, language, expected: &str| {
        assert_eq!(shown(&sentence::provenance(&dossier, claim(&dossier, id), &(), &words(language))), expected);
    };
    check(
        "onze-mille",
        Language::French,
        "Volodymyr Zelensky, président ukrainien (estimation, entre le 2 et le 6 novembre 2024, date déduite), dans \
         «_L’Ukraine affirme avoir affronté des soldats nord-coréens sur le champ de bataille_», publié par *News Day FR* \
         entre le 2 et le 6 novembre 2024 (date déduite), consulté le 20 novembre 2026, §~6.",
    );
    check(
        "seul",
        Language::French,
        "Russafrik, en son nom (affirmation), dans «_Un pacte ?_», texte signé Gérard Stéphane, publié par *Russafrik* \
         peut-être en juillet 2025, §~2.",
    );
    check("accord", Language::English, "Volodymyr Zelensky and Joe Biden, statement, in “Remarks”.");
}

#[test]
fn the_margin_has_one_line() {
    let dossier = dossier(SHEET);
    let check = |id: &str, expected: &str| {
        assert_eq!(shown(&sentence::short(&dossier, claim(&dossier, id), &(), &words(Language::French))), expected);
    };
    check(
        "onze-mille",
        "Volodymyr Zelensky, *News Day FR*, §~6~: «_|estimés à 11 000 hommes|_» (mots lus dans le texte)",
    );
    check("seul", "Russafrik, en son nom, §~2~: «_|signé en 2023|_»");
    check("nie", "Kremlin, *News Day FR*");
    check(
        "accord",
        "Volodymyr Zelensky et Joe Biden, «_Remarks_»~: «_|the deal holds|_» (traduction~: «_|l’accord tient|_», par la rédaction) (mots lus dans le texte)",
    );
}

#[test]
fn speakers_and_statements() {
    let dossier = dossier(SHEET);
    let french = words(Language::French);
    let speaker = |id| text::speaker_label(&dossier, claim(&dossier, id), &french);
    assert_eq!(speaker("accord"), "Volodymyr Zelensky et Joe Biden");
    assert_eq!(speaker("seul"), "Russafrik");
    let statement = |id| text::statement(&dossier, &dossier[claim(&dossier, id)], &french);
    assert_eq!(statement("sacre"), "La cause est sacrée.");
    assert_eq!(statement("accord"), "L’accord tient.");
}

#[test]
fn origins_are_counted_and_named_and_unknown_ones_said_to_be() {
    let dossier = dossier(SHEET);
    let french = words(Language::French);
    let of = |id| sentence::origins(&dossier, &dossier[claim(&dossier, id)].origins, &french);
    assert_eq!(super::visible(&of("onze-mille")), "1~origine~: Volodymyr Zelensky");
    assert_eq!(super::visible(&of("accord")), "2~origines~: Joe Biden et Volodymyr Zelensky");
    assert_eq!(super::visible(&of("seul")), "1~origine~: KCNA");
    assert_eq!(of("prevu"), "origine non indiquée");
    let actors: Vec<_> = (0..6).map(|i| Origin::Actor(crate::model::ActorIx(i))).collect();
    let among = |sources, origins: &[Origin], unknown| {
        shown(&sentence::origins_among(&dossier, sources, origins, unknown, &french))
    };
    assert_eq!(among(4, &actors[..1], false), "4~textes, 1~origine~: Joe Biden");
    assert_eq!(among(4, &actors[..1], true), "4~textes, 1~origine~: Joe Biden, le reste sans origine indiquée");
    assert_eq!(among(1, &[], true), "1~texte, sans origine indiquée");
    assert!(
        among(9, &actors, false).ends_with("Kremlin, Sources américaines (non nommées) et 2~autres")
            || !actors.is_empty()
    );
}

#[test]
fn speakers_works_and_outlets_are_links() {
    let dossier = dossier(SHEET);
    let note = sentence::note(&dossier, claim(&dossier, "onze-mille"), None, &(), &words(Language::French));
    let links: Vec<_> = note
        .iter()
        .filter_map(|p| if let piece::Piece::Link { target, .. } = p { Some(target) } else { None })
        .map(|target| match target {
            piece::Target::Record(of) => dossier.head(*of).unwrap().id.value.to_string(),
            piece::Target::Url(url) => url.clone(),
        })
        .collect();
    assert_eq!(links, ["zelensky", "annonce", "news-day"]);
}
