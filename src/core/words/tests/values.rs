use super::{claim, dossier, visible, words};
use crate::model::compare::VerdictKind;
use crate::model::kinds::{ActorKind, CSL_TYPES, PlacePrecision, QuestionKind, SettledStatus};
use crate::model::language::Language;
use crate::model::modality::Modality;
use crate::model::state::State;
use crate::model::value::{Decimal, Quantity, Tolerance, Window};
use crate::words::{answer, kinds, list, modality, number, quantity};

#[test]
fn numbers() {
    let check = |value, french: &str, english: &str| {
        assert_eq!(visible(&number::integer(value, Language::French)), french);
        assert_eq!(number::integer(value, Language::English), english);
    };
    check(0, "0", "0");
    check(999, "999", "999");
    check(8000, "8_000", "8,000");
    check(-1_234_567, "−1_234_567", "−1,234,567");
    let check = |value: &str, french: &str, english: &str| {
        let value = Decimal::parse(value).unwrap();
        assert_eq!(visible(&number::decimal(value, Language::French)), french);
        assert_eq!(number::decimal(value, Language::English), english);
    };
    check("11000", "11_000", "11,000");
    check("1234.5", "1_234,5", "1,234.5");
    check("-0.125", "−0,125", "−0.125");
}

#[test]
fn numbers_of_a_scale() {
    let check = |value, decimals, french: &str, english: &str| {
        assert_eq!(visible(&number::float(value, decimals, Language::French)), french);
        assert_eq!(number::float(value, decimals, Language::English), english);
    };
    check(12_500.0, 0, "12_500", "12,500");
    check(1234.5, 2, "1_234,50", "1,234.50");
    check(-0.04, 1, "0,0", "0.0");
    check(-2.5, 1, "−2,5", "−2.5");
}

#[test]
fn ordinals() {
    let check = |value, french: &str, english: &str| {
        assert_eq!(number::ordinal(value, Language::French), french);
        assert_eq!(number::ordinal(value, Language::English), english);
    };
    check(1, "Ier", "1st");
    check(2, "IIe", "2nd");
    check(13, "XIIIe", "13th");
    check(19, "XIXe", "19th");
    check(21, "XXIe", "21st");
}

#[test]
fn quantities() {
    let check = |value: &str, unit, french: &str, english: &str| {
        let value = Quantity::parse(value).unwrap();
        assert_eq!(visible(&quantity::label(&value, unit, &words(Language::French))), french);
        assert_eq!(visible(&quantity::label(&value, unit, &words(Language::English))), english);
    };
    check("8000", Some("soldats"), "8_000~soldats", "8,000~soldats");
    check(">10000", Some("soldats"), "plus de 10_000~soldats", "more than 10,000~soldats");
    check("<=10000", None, "au plus 10_000", "at most 10,000");
    check(">=10000", None, "au moins 10_000", "at least 10,000");
    check("<500", None, "moins de 500", "less than 500");
    check("~11000", None, "environ 11_000", "about 11,000");
    check("11000..15000", Some("hommes"), "de 11_000 à 15_000~hommes", "11,000 to 15,000~hommes");
}

#[test]
fn terms_of_a_question() {
    let french = words(Language::French);
    let window = |text| visible(&quantity::window(Window::parse(text).unwrap(), &french));
    assert_eq!([window("1d"), window("14d"), window("4m"), window("2y")], ["1~jour", "14~jours", "4~mois", "2~ans"]);
    let tolerance = |text| visible(&quantity::tolerance(Tolerance::parse(text).unwrap(), Some("soldats"), &french));
    assert_eq!([tolerance("10%"), tolerance("2.5%")], ["10~%", "2,5~%"]);
    assert_eq!([tolerance("500"), tolerance("7d")], ["500~soldats", "7~jours"]);
}

#[test]
fn lists() {
    let join = |items: &[&str], language| {
        let items: Vec<_> = items.iter().map(|i| (*i).to_owned()).collect();
        list::join(&items, &words(language))
    };
    assert_eq!(join(&[], Language::French), "");
    assert_eq!(join(&["A"], Language::French), "A");
    assert_eq!(join(&["A", "B"], Language::French), "A et B");
    assert_eq!(join(&["A", "B", "C"], Language::French), "A, B et C");
    assert_eq!(join(&["A", "B", "C"], Language::English), "A, B and C");
}

#[test]
fn every_word_of_a_closed_list_is_translated() {
    for language in Language::ALL {
        let words = words(*language);
        let translated = |list: &str, word: &str| {
            assert!(words.has(&format!("word.{list}.{word}")), "{list}.{word}");
        };
        ActorKind::ALL.iter().for_each(|w| translated("actor", w.as_str()));
        PlacePrecision::ALL.iter().for_each(|w| translated("precision", w.as_str()));
        QuestionKind::ALL.iter().for_each(|w| translated("question", w.as_str()));
        SettledStatus::ALL.iter().for_each(|w| translated("settled", w.as_str()));
        State::ALL.iter().for_each(|state| assert!(words.has(&format!("state.{}", state.as_str())), "{state:?}"));
        CSL_TYPES.iter().for_each(|w| translated("csl", w));
        let states = ["verbatim", "absent", "ambiguous", "no-capture", "unverified"];
        states.iter().for_each(|w| translated("verification", w));
        for it in Modality::ALL {
            for form in ["verb", "verbs", "noun"] {
                assert!(words.has(&format!("modality.{it}.{form}")), "{it}.{form}");
            }
        }
    }
}

#[test]
fn words_of_lists() {
    let french = words(Language::French);
    assert_eq!(modality::verb(Modality::Estimates, true, &french), "estiment");
    assert_eq!(modality::verb(Modality::DeclinesToConfirm, false, &french), "ne confirme pas");
    assert_eq!(modality::noun(Modality::Estimates, &french), "estimation");
    assert_eq!(kinds::actor(ActorKind::Unnamed, &french), "voix non nommée");
    assert_eq!(kinds::csl("article-newspaper", &french), "article de presse");
    assert_eq!(kinds::language("en-GB", &french), "anglais");
    assert_eq!(kinds::language("qaa", &french), "qaa");
    assert_eq!(kinds::csl("tablet-of-clay", &french), "tablet-of-clay");
}

#[test]
fn money_shares_and_one() {
    let check = |value: &str, unit, french: &str, english: &str, german: &str| {
        let value = Quantity::parse(value).unwrap();
        let say = |language| visible(&quantity::label(&value, Some(unit), &words(language)));
        assert_eq!([say(Language::French), say(Language::English), say(Language::German)], [french, english, german]);
    };
    check("4500000", "£", "4_500_000~£", "£4,500,000", "4.500.000~£");
    check(">=5", "€", "au moins 5~€", "at least €5", "mindestens 5~€");
    check("5..9", "$", "de 5 à 9~$", "$5 to $9", "5 bis 9~$");
    check("4.5", "%", "4,5~%", "4.5%", "4,5~%");
    // The sheet has the plural alone.
    check("1", "people", "1~(people)", "1~(people)", "1~(people)");
    check("2", "people", "2~people", "2~people", "2~people");
    check("1", "km", "1~km", "1~km", "1~km");
    check("1", "EUR", "1~EUR", "1~EUR", "1~EUR");
}

/// Money in another currency compares at a rate that the question gives, and at no other.
#[test]
fn amounts_at_a_rate() {
    let check = |rates: &str, value: &str, unit: &str, words_of_it: &str, verdict: VerdictKind| {
        let sheet = format!(
            "sources: {{ bank: {{ title: Rates }} }}\n\
             questions: {{ q: {{ text: Cost, unit: EUR 2019{rates} }} }}\n\
             claims:\n  \
               a: {{ statement: A, answers: {{ q: {{ value: {value}{unit} }} }}, evidence: {{ source: bank }} }}\n  \
               b: {{ statement: B, answers: {{ q: 4465 }}, evidence: {{ source: bank }} }}\n"
        );
        let dossier = dossier(&sheet);
        let (claim, question) = (claim(&dossier, "a"), &dossier.questions[0]);
        let said = answer::label(&dossier, &dossier[claim].answers[0].value, question, &words(Language::English));
        assert_eq!(visible(&said), words_of_it, "{sheet}");
        assert_eq!(question.comparison.verdict(0, 1).kind(), verdict, "{sheet}");
    };
    let rates = ", rates: { USD 2019: { rate: 0.893, source: bank } }";
    check(rates, "5000", ", unit: USD 2019", "5,000~USD 2019 (4,500~EUR 2019)", VerdictKind::Agrees);
    check(rates, "5123.50", ", unit: USD 2019", "5,123.5~USD 2019 (4,575.286~EUR 2019)", VerdictKind::Differs);
    check(
        rates,
        "\">9000\"",
        ", unit: USD 2019",
        "more than 9,000~USD 2019 (more than 8,037~EUR 2019)",
        VerdictKind::Differs,
    );
    check(rates, "5000", ", unit: USD 2020", "5,000~USD 2020", VerdictKind::NotComparable);
    check("", "5000", ", unit: USD 2019", "5,000~USD 2019", VerdictKind::NotComparable);
}
