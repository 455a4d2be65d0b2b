use super::super::find::{Finding, Prepared, find};
use super::super::readers::Text;
use super::*;

const TEXT: &str = "Le port a fermé lundi.\n\nSelon la capitainerie, 11 000 marins nord-coréens sont à quai « depuis \
                    l’aube », et la police n’a pas confirmé leur départ.\n\nLa mer est calme.";

/// The alignment as one line: what the quote has too much in `[-…-]`, what it lacks in `{+…+}`.
fn show(quote: &str) -> String {
    let text = Prepared::new(Text::new(TEXT.into()));
    let Finding::Absent { nearest } = find(quote, &text, None) else { panic!("{quote} is there") };
    let Some(nearest) = nearest else { return "nothing".into() };
    let line: String = nearest
        .segments
        .iter()
        .map(|s| match s.kind {
            Kind::Same => s.text.clone(),
            Kind::Missing => format!("[-{}-]", s.text.trim_end()),
            Kind::Added => format!("{{+{}+}}{}", s.text.trim_end(), &s.text[s.text.trim_end().len()..]),
        })
        .collect();
    format!("{} {:?}: {line}", nearest.place.spot, nearest.why)
}

fn check(quote: &str, expect: &str) {
    assert_eq!(show(quote), expect);
}

#[test]
fn the_words_that_differ_are_marked() {
    check("11 000 soldats nord-coréens", "§ 2 Differs: 11 000 [-soldats-]{+marins+} nord-coréens");
    check("est à quai depuis", "§ 2 Differs: [-est-]{+sont+} à quai {+«+} depuis");
    check("a confirmé leur départ", "§ 2 Differs: {+n’+}a {+pas+} confirmé leur départ");
    check("12 000 marins nord-coréens sont", "§ 2 Differs: [-12-]{+11+} 000 marins nord-coréens sont");
    check("la police a confirmé leur départ", "§ 2 Differs: la police {+n’+}a {+pas+} confirmé leur départ");
    check("la mer est calme", "§ 3 Case: La mer est calme");
    check("La mer est très calme", "§ 3 Differs: La mer est [-très-]calme");
    check("depuis l’aube, et la police", "§ 2 Differs: depuis l’aube {+»+}, et la police");
}

#[test]
fn words_that_are_there_but_cut_say_so() {
    check("marins nord", "§ 2 Cut: marins [-nord-]{+nord-coréens+}");
    check("la capitainerie, 11", "§ 2 Cut: la capitainerie, 11");
}

#[test]
fn parts_out_of_order_say_so() {
    check("La mer est calme […] Le port", "§ 1 Apart: Le port");
    check("Le port […] la mer", "§ 3 Case: La mer");
}

#[test]
fn nothing_is_offered_for_what_has_nothing_in_common() {
    check("Une tout autre phrase, sur les volcans", "nothing");
    check("volcan", "nothing");
    check("la nuit des volcans endormis", "nothing");
    check("…", "nothing");
    check("", "nothing");
}

#[test]
fn the_passage_is_the_original() {
    let text = Prepared::new(Text::new(TEXT.into()));
    let Finding::Absent { nearest: Some(nearest) } = find("à quai « depuis l'orage »", &text, None) else {
        panic!()
    };
    assert_eq!(&TEXT[nearest.range], "à quai « depuis l’aube »");
}
