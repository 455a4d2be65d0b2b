use super::{dossier, visible, words};
use crate::model::QuestionIx;
use crate::model::compare::{Agreement, Compatibility, Gap, Lapse, Reason, Sides, Verdict};
use crate::model::date::Edtf;
use crate::model::language::Language;
use crate::model::state::{self, State};
use crate::model::value::{Decimal, Window};
use crate::words::distance;
use crate::words::verdict::{Context, between, label, reason};

#[track_caller]
fn check(verdict: Verdict, french: &str, english: &str) {
    let context = Context {
        sides: Some(["Ann", "Bob"]),
        places: [Some("Koursk"), Some("Russie")],
        unit: Some("t"),
        ..Context::default()
    };
    let say = |language| {
        let words = words(language);
        visible(&format!("{} / {}", label(verdict, &words), reason(verdict, &words, &context)))
    };
    assert_eq!(say(Language::French), french);
    assert_eq!(say(Language::English), english);
}

#[test]
fn agreement_and_overlap() {
    check(
        Verdict::Agrees(Agreement::Same),
        "concordant / les deux réponses donnent la même valeur",
        "agrees / both answers give the same value",
    );
    check(
        Verdict::Agrees(Agreement::ButForApproximation),
        "concordant / la même valeur, donnée comme approximative d’un seul côté",
        "agrees / the same value, given as approximate on one side only",
    );
    check(
        Verdict::Compatible(Compatibility::SecondWithin),
        "compatible / la plus précise des deux réponses (Bob) tient dans l’autre",
        "compatible / the more precise of the two answers (Bob) lies within the other",
    );
    check(
        Verdict::Compatible(Compatibility::Overlapping),
        "compatible / les deux réponses ont des valeurs communes, et d’autres non",
        "compatible / the two answers share some values, and not others",
    );
    check(
        Verdict::Compatible(Compatibility::FirstPart),
        "compatible / les deux peuvent être vraies : l’une (Ann) ne compte qu’une partie de ce que compte l’autre"
            .replace(" :", "~:")
            .as_str(),
        "compatible / both may be true: the one (Ann) counts only a part of what the other counts",
    );
}

#[test]
fn shares_are_apart_by_points() {
    let say = |by: &str, language| {
        let gap = Verdict::Differs(Gap::Quantity { by: Decimal::parse(by).unwrap(), rounded: false });
        visible(&reason(gap, &words(language), &Context { unit: Some("%"), ..Context::default() }))
    };
    assert_eq!(say("35.5", Language::English), "a difference of at least 35.5~percentage points");
    assert_eq!(say("1", Language::French), "au moins 1~point d’écart");
}

#[test]
fn differences() {
    check(
        Verdict::Differs(Gap::Quantity { by: Decimal::from_integer(3000), rounded: false }),
        "divergent / au moins 3_000~t d’écart",
        "differs / a difference of at least 3,000~t",
    );
    check(
        Verdict::Differs(Gap::Quantity { by: Decimal::ZERO, rounded: false }),
        "divergent / les deux réponses se touchent sans avoir de valeur commune",
        "differs / the two answers touch without sharing a value",
    );
    check(Verdict::Differs(Gap::Days(1)), "divergent / au moins 1~jour d’écart", "differs / at least 1~day apart");
    check(
        Verdict::Differs(Gap::Days(153)),
        "divergent / au moins 153~jours d’écart",
        "differs / at least 153~days apart",
    );
    check(
        Verdict::Differs(Gap::Choice),
        "divergent / les deux réponses s’excluent",
        "differs / the two answers exclude each other",
    );
}

#[test]
fn claims_that_no_longer_stand() {
    let superseded = Verdict::Superseded;
    check(
        superseded(Sides::First(Lapse::ByOther)),
        "dépassé / réponse remplacée par l’autre (Ann)",
        "superseded / replaced by the other (Ann)",
    );
    check(
        superseded(Sides::Both(Lapse::Itself(state::Lapse::Withdrawn), Lapse::Itself(state::Lapse::Withdrawn))),
        "dépassé / les deux affirmations ont été retirées depuis",
        "superseded / both claims have since been withdrawn",
    );
    check(
        superseded(Sides::Both(Lapse::Itself(state::Lapse::Corrected), Lapse::ByOther)),
        "dépassé / affirmation corrigée depuis (Ann) et réponse remplacée par l’autre (Bob)",
        "superseded / since corrected (Ann) and replaced by the other (Bob)",
    );
}

#[test]
fn what_cannot_be_compared() {
    let not = Verdict::NotComparable;
    check(
        not(Reason::DifferentKind),
        "non comparable / ces réponses ne sont pas de même nature",
        "not comparable / these answers are not of the same kind",
    );
    check(
        not(Reason::DifferentPlace),
        "non comparable / ces réponses portent sur des lieux différents~: Koursk et Russie",
        "not comparable / these answers are about different places: Koursk and Russie",
    );
    check(
        not(Reason::Forecast(Sides::First(()))),
        "non comparable / une seule de ces réponses est une prévision (Ann)",
        "not comparable / only one of these answers is a forecast (Ann)",
    );
    check(
        not(Reason::NotHeld(Sides::Second(State::Denial))),
        "non comparable / valeur démentie, et non affirmée (Bob)",
        "not comparable / denied, not asserted (Bob)",
    );
    check(
        not(Reason::NotHeld(Sides::Both(State::Denial, State::Silence))),
        "non comparable / valeur démentie, et non affirmée (Ann) et valeur ni confirmée ni démentie (Bob)",
        "not comparable / denied, not asserted (Ann) and neither confirmed nor denied (Bob)",
    );
    check(
        not(Reason::AsOfUnknown(Sides::Both((), ()))),
        "non comparable / la réponse change avec le temps, et aucune des deux n’est datée",
        "not comparable / the answer changes with time, and neither of the two is dated",
    );
    check(
        not(Reason::TooFarApart { days: 20, window: Window::parse("14d").unwrap() }),
        "non comparable / au moins 20~jours d’écart entre les dates dont parlent Ann et Bob_; la question admet au plus \
         14~jours",
        "not comparable / Ann and Bob speak of times at least 20~days apart; the question allows at most 14~days",
    );
}

/// Every variant has its message in both languages, with and without names.
#[test]
fn no_reason_is_without_words() {
    let sides = [Sides::First(()), Sides::Second(()), Sides::Both((), ())];
    let lapses = [vec![Lapse::ByOther], state::Lapse::ALL.map(Lapse::Itself).to_vec()].concat();
    let stances = [State::Denial, State::Silence];
    let mut all = vec![Verdict::NotComparable(Reason::DifferentPlace), Verdict::Compatible(Compatibility::FirstWithin)];
    for side in sides {
        let reasons = [Reason::OnePlaceUnstated(side), Reason::Forecast(side), Reason::AsOfUnknown(side)];
        all.extend(reasons.map(Verdict::NotComparable));
    }
    for a in &lapses {
        all.push(Verdict::Superseded(Sides::First(*a)));
        all.extend(lapses.iter().map(|b| Verdict::Superseded(Sides::Both(*a, *b))));
    }
    for a in stances {
        all.push(Verdict::NotComparable(Reason::NotHeld(Sides::Second(a))));
        all.extend(stances.map(|b| Verdict::NotComparable(Reason::NotHeld(Sides::Both(a, b)))));
    }
    for language in Language::ALL {
        let words = words(*language);
        for verdict in &all {
            let said = reason(*verdict, &words, &Context::default());
            assert!(!said.is_empty() && !said.contains("reason.") && !said.contains('{'), "{verdict:?}: {said}");
        }
    }
}

#[test]
fn answers_are_told_apart_by_speaker_else_by_outlet() {
    let dossier = dossier(
        "
actors:
  ann: { name: Ann Clark (non nommée), type: unnamed }
  le-jour: { name: Le Jour, type: media }
sources:
  s: { title: T, type: webpage, publisher: le-jour, published: 2024 }
questions:
  q: { text: Combien ?, kind: quantity }
claims:
  a: { statement: A., by: ann, modality: forecasts, answers: { q: 5 }, evidence: { source: s } }
  b: { statement: B., answers: { q: 5 }, evidence: { source: s } }
  c: { statement: C., answers: { q: 4..6 }, evidence: { source: s } }
",
    );
    let say = |first, second| {
        let verdict = dossier[QuestionIx(0)].comparison.verdict(first, second);
        between(&dossier, QuestionIx(0), (first, second), verdict, &words(Language::French)).reason.into_owned()
    };
    assert_eq!(say(0, 1), "une seule de ces réponses est une prévision (Ann Clark)");
    assert_eq!(say(1, 2), "la plus précise des deux réponses (la première) tient dans l’autre");
}

/// As precise as the vaguer of two dates.
#[test]
fn dates_are_apart_as_far_as_they_tell() {
    #[track_caller]
    fn check(first: &str, second: &str, days: i64, french: &str, english: &str) {
        let [first, second] = [first, second].map(|text| Edtf::parse(text).unwrap());
        for (language, expected) in [(Language::French, french), (Language::English, english)] {
            assert_eq!(visible(&distance::between(&first, &second, days, &words(language))), expected);
        }
    }
    check("2023", "2024-06", 153, "au moins 5~mois", "at least 5~months");
    check("1995", "2001", 1827, "au moins 5~ans", "at least 5~years");
    check("2024-06", "2024-09", 63, "au moins 2~mois", "at least 2~months");
    check("2024-06", "2024-07", 1, "au moins 1~jour", "at least 1~day");
    check("2024-06-18", "2024-06-19", 1, "1~jour", "1~day");
    check("2024-06-18~", "2024-06-25", 7, "7~jours environ", "about 7~days");
    check("2024-06-01/2024-06-05", "2024-06-25", 20, "au moins 20~jours", "at least 20~days");
}
