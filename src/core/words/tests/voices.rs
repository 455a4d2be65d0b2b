//! Who speaks, whose words they are, and what they go back to.

use super::{claim, dossier, shown, words};
use crate::model::language::Language;
use crate::model::voice::DateFrom;
use crate::model::{Dossier, Ref};
use crate::words::{sentence, text};

const SHEET: &str = "
actors:
  onu: { name: ONU, type: organization }
  dujarric: { name: Stéphane Dujarric, role: porte-parole, speaks_for: onu }
  guterres: { name: Antonio Guterres, speaks_for: onu }
  moscou: { name: Moscou, type: state }
  pyongyang: { name: Pyongyang, type: state }
  news-day: { name: News Day FR, type: media }
  agence: { name: L’Agence, type: media, speaks_for: moscou }
  auteur: { name: Jeanne Auteur }
sources:
  presse: { title: Un titre, type: article-newspaper, author: auteur, publisher: news-day, published: 2010-11-01 }
  livre: { title: Un livre, type: book, author: auteur, publisher: news-day }
  nu: { title: Sans rien, type: webpage }
  depeche: { title: Une dépêche, type: article-newspaper, publisher: { name: Le Fil }, based_on: agence }
claims:
  direct: { statement: A., by: dujarric, evidence: { source: presse, quote: très dangereuse, speech: direct, locator: § 5 } }
  mixte: { statement: A., by: onu, evidence: { source: presse, quote: jusqu’à la victoire, speech: mixed } }
  indirect: { statement: A., by: guterres, on: 1995, evidence: { source: presse, quote: il s’inquiète, speech: indirect } }
  inconnu: { statement: A., by: guterres, evidence: { source: presse, quote: il s’inquiète } }
  propre: { statement: A., evidence: { source: presse, quote: aux portes, locator: § 4 } }
  du-livre: { statement: A., evidence: { source: livre, quote: aux portes } }
  de-rien: { statement: A., evidence: { source: nu, quote: aux portes } }
  de-la-depeche: { statement: A., evidence: { source: depeche, quote: aux portes } }
  deux-textes: { statement: A., evidence: [{ source: presse }, { source: nu }, { source: presse }] }
  tait:
    statement: Rien n’est confirmé.
    by: [moscou, pyongyang]
    modality: declines-to-confirm
    about: [moscou]
    evidence: { source: presse, quote: n’a pas été confirmé, locator: § 6 }
  sans-commentaire:
    statement: Moscou ne confirme pas.
    by: moscou
    modality: declines-to-confirm
    evidence: { source: presse, quote: sans commentaire, speech: direct }
";

#[track_caller]
fn check(id: &str, french: &str, english: &str) {
    let dossier = dossier(SHEET);
    let note = |language| shown(&sentence::note(&dossier, claim(&dossier, id), None, &(), &words(language)));
    assert_eq!(note(Language::French), french);
    assert_eq!(note(Language::English), english);
}

#[test]
fn a_note_says_whose_words_it_quotes() {
    check(
        "direct",
        "Stéphane Dujarric, porte-parole, affirme~: «_|très dangereuse|_» (paroles citées), dans «_Un titre_», *News Day \
         FR*, 1er novembre 2010, §~5.",
        "Stéphane Dujarric, porte-parole, states: “|très dangereuse|” (the speaker’s own words), in “Un titre”, *News Day \
         FR*, 1 November 2010, §~5.",
    );
    check(
        "mixte",
        "ONU, affirmation~: «_|jusqu’à la victoire|_» (paroles citées en partie), dans «_Un titre_», *News Day FR*, 1er \
         novembre 2010.",
        "ONU, statement: “|jusqu’à la victoire|” (partly the speaker’s own words), in “Un titre”, *News Day FR*, 1 \
         November 2010.",
    );
    check(
        "indirect",
        "Antonio Guterres, affirmation, en 1995~: «_|il s’inquiète|_» (mots du texte), dans «_Un titre_», *News Day FR*, 1er \
         novembre 2010.",
        "Antonio Guterres, statement, in 1995: “|il s’inquiète|” (the text’s words), in “Un titre”, *News Day FR*, 1 November \
         2010.",
    );
    check(
        "inconnu",
        "Antonio Guterres, affirmation~: «_|il s’inquiète|_» (mots lus dans le texte), dans «_Un titre_», *News Day FR*, 1er \
         novembre 2010.",
        "Antonio Guterres, statement: “|il s’inquiète|” (words read in the text), in “Un titre”, *News Day FR*, 1 November \
         2010.",
    );
}

#[test]
fn a_text_speaks_in_its_own_name() {
    check(
        "propre",
        "News Day FR, en son nom~: «_|aux portes|_» («_Un titre_», 1er novembre 2010, §~4).",
        "News Day FR, in its own name: “|aux portes|” (“Un titre”, 1 November 2010, §~4).",
    );
    check(
        "du-livre",
        "Jeanne Auteur, dans son texte~: «_|aux portes|_» (*Un livre*).",
        "Jeanne Auteur, as author: “|aux portes|” (*Un livre*).",
    );
    let dossier = dossier(SHEET);
    let voice = |id: &str| text::speaker_label(&dossier, claim(&dossier, id), &words(Language::French));
    assert_eq!(voice("de-rien"), "«\u{202f}Sans rien\u{202f}»");
    assert_eq!(voice("de-la-depeche"), "Le Fil");
    assert_eq!(voice("deux-textes"), "News Day FR et «\u{202f}Sans rien\u{202f}»");
    assert_eq!(voice("direct"), "Stéphane Dujarric");
}

#[test]
fn silence_is_the_texts_word() {
    check(
        "tait",
        "News Day FR~: pas de confirmation (Moscou et Pyongyang)_; «_|n’a pas été confirmé|_» («_Un titre_», \
         1er novembre 2010, §~6).",
        "News Day FR: no confirmation (Moscou and Pyongyang); “|n’a pas été confirmé|” (“Un titre”, \
         1 November 2010, §~6).",
    );
    let dossier = dossier(SHEET);
    let said = |id: &str| spoken(&dossier, id);
    assert_eq!(said("news-day"), ["deux-textes", "propre", "tait"]);
    assert_eq!(said("moscou"), ["sans-commentaire"], "who says « sans commentaire » has spoken");
    assert_eq!(said("pyongyang"), [""; 0]);
    let about = |id: &str| match dossier.get(id) {
        Some(Ref::Actor(ix)) => dossier[ix].about.iter().map(|ix| dossier.id((*ix).into()).to_string()).collect(),
        _ => Vec::new(),
    };
    assert_eq!(about("pyongyang"), ["tait"], "it is said of who is silent");
    assert_eq!(about("moscou"), ["tait"], "once");
    assert_eq!(dossier[claim(&dossier, "tait")].origins, [], "who is silent is no origin");
}

/// The claims in which an actor speaks, by id.
fn spoken(dossier: &Dossier, id: &str) -> Vec<String> {
    let Some(Ref::Actor(ix)) = dossier.get(id) else { return Vec::new() };
    let mut said: Vec<_> = dossier[ix].said.iter().map(|ix| dossier.id((*ix).into()).to_string()).collect();
    said.sort();
    said
}

#[test]
fn who_speaks_for_a_body_is_of_one_origin_with_it() {
    let dossier = dossier(SHEET);
    let french = words(Language::French);
    let all: Vec<_> =
        ["direct", "mixte", "indirect"].iter().flat_map(|id| &dossier[claim(&dossier, id)].origins).collect();
    assert!(all.windows(2).all(|pair| pair[0] == pair[1]), "{all:?}");
    let of = |id: &str| sentence::origins(&dossier, &dossier[claim(&dossier, id)].origins, &french);
    assert_eq!(of("direct"), "1\u{a0}origine\u{a0}: ONU");
    assert_eq!(of("propre"), "origine non indiquée");
    assert_eq!(of("de-la-depeche"), "1\u{a0}origine\u{a0}: Moscou", "an agency speaks for its state");
}

#[test]
fn unknown_origins_are_said_once_and_never_counted() {
    let dossier = dossier(SHEET);
    let check = |ids: &[&str], unknown: bool, french: &str, english: &str| {
        let mut origins: Vec<_> =
            ids.iter().flat_map(|id| dossier[claim(&dossier, id)].origins.iter().copied()).collect();
        origins.sort();
        origins.dedup();
        for (language, expect) in [(Language::French, french), (Language::English, english)] {
            let told = shown(&sentence::origins_among(&dossier, 2, &origins, unknown, &words(language)));
            assert_eq!(told, expect);
        }
    };
    check(&["propre", "de-rien"], true, "2~textes, sans origine indiquée", "2~texts, no origin given");
    check(
        &["propre", "direct", "mixte"],
        true,
        "2~textes, 1~origine~: ONU, le reste sans origine indiquée",
        "2~texts, 1~origin: ONU, the rest without an origin given",
    );
    check(&["direct"], false, "2~textes, 1~origine~: ONU", "2~texts, 1~origin: ONU");
}

#[test]
fn a_day_of_publication_is_not_the_day_on_which_somebody_spoke() {
    let dossier = dossier(SHEET);
    let from = |id: &str| dossier[claim(&dossier, id)].date_from();
    assert_eq!(from("indirect"), Some(DateFrom::Said));
    assert_eq!(from("direct"), Some(DateFrom::Reported));
    assert_eq!(from("propre"), Some(DateFrom::Published));
    assert_eq!(from("tait"), Some(DateFrom::Published));
    assert_eq!(from("de-rien"), None);
}
