use super::*;
use crate::evidence::find::{Finding, Prepared, find};
use crate::evidence::readers::Place;

/// The quote's words that stand within quotation marks, in brackets; `?` where it cannot be told.
#[track_caller]
fn check(text: &str, quote: &str, expect: &str) {
    let text = Text::new(text.to_owned());
    let Finding::Verbatim { hit, .. } = find(quote, &Prepared::new(text.clone()), None) else {
        panic!("`{quote}` does not stand there once");
    };
    let within = Quotations::of(&text).within(&text, &hit);
    let shown = within.map_or("?".to_owned(), |within| match Quoted::of(&hit, &within) {
        Quoted::All => "all".to_owned(),
        Quoted::Nothing => "none".to_owned(),
        Quoted::Part => within.iter().map(|r| format!("[{}]", &text.as_str()[r.clone()])).collect::<String>(),
    });
    assert_eq!(shown, expect, "{quote}");
}

#[test]
fn every_shape_of_marks() {
    for text in [
        "Il dit « oui, bien sûr » et part.",
        "Il dit «oui, bien sûr» et part.",
        "He said “oui, bien sûr” and left.",
        "He said \"oui, bien sûr\" and left.",
        "Er sagte „oui, bien sûr“ und ging.",
        "Er sagte »oui, bien sûr« und ging, »ja«.",
        "Han sade ”oui, bien sûr” och gick.",
        "Han sade »oui, bien sûr» och gick.",
        "Powiedział „oui, bien sûr” i wyszedł.",
        "He said ‘oui, bien sûr’ and left.",
        "He said 'oui, bien sûr' and left.",
        "彼は「oui, bien sûr」と言った。",
        "彼は『oui, bien sûr』と言った。",
        "Il dit ‹ oui, bien sûr › et part.",
        "Il dit \" oui, bien sûr \" et part.",
        "Il dit :\"oui, bien sûr\".",
    ] {
        check(text, "oui, bien sûr", "all");
        check(text, "bien sûr", "all");
        let before = text.split(|c: char| !c.is_alphanumeric() && c != ' ').next().unwrap_or_default();
        check(text, before.trim(), "none");
    }
}

#[test]
fn part_of_a_quote() {
    check(
        "Un soutien « total et inconditionnel » à tous.",
        "Un soutien « total et inconditionnel »",
        "[total et inconditionnel]",
    );
    check("Des combats « à petite échelle » ont opposé.", "combats « à petite échelle » ont", "[à petite échelle]");
    check("Il salue « l’héroïsme et l’abnégation » des siens.", "« l’héroïsme et l’abnégation »", "all");
    check("Il dit « oui » puis « non » hier.", "« oui » puis « non »", "[oui][non]");
    check("Il dit « oui » puis « non » hier.", "« oui » […] « non »", "all");
    check("Il dit « oui » hier.", "hier", "none");
}

#[test]
fn nested_marks_are_within_the_outermost() {
    check("« Elle m’a dit : “jamais”, et j’ai ri », dit-il.", "et j’ai ri", "all");
    check("« Elle m’a dit : « jamais » et j’ai ri », dit-il.", "et j’ai ri", "all");
    check("“She told me ‘never’, and I laughed,” he said.", "and I laughed", "all");
    check("‘She told me “never”, and I laughed,’ he said.", "and I laughed", "all");
    check("‘She told me “never”, and I laughed,’ he said.", "he said", "none");
    check("„Er sagte ‚nie‘, und ich lachte“, sagte sie.", "und ich lachte", "all");
    // The inner one was forgotten: the outer closes both.
    check("« Elle m’a dit : “jamais, et j’ai ri », dit-il.", "et j’ai ri", "all");
    check("« Elle m’a dit : “jamais, et j’ai ri », dit-il.", "dit-il", "none");
}

#[test]
fn apostrophes_are_no_marks() {
    check("L’Ukraine dit qu’elle n’a rien. L'Ukraine n'a rien vu.", "rien vu", "none");
    check("The dogs’ owner said it’s fine in the ’90s, rock ’n’ roll.", "it’s fine", "none");
    check("He said ‘the dogs’ tails are long,’ and left.", "tails are long", "all");
    check("He said ‘the dogs’ tails are long,’ and left.", "and left", "none");
    check("The ‘operation’ of the boys’ school goes on here.", "operation", "all");
    check("The ‘operation’ of the boys’ school goes on here.", "of the", "?");
    check("The ‘operation’ of the boys’ school goes on here.", "school goes on", "none");
    check("It’s 6\" long and 5' wide, he said “so it is” then.", "long and", "none");
    check("It’s 6\" long and 5' wide, he said “so it is” then.", "so it is", "all");
}

#[test]
fn a_mark_repeated_at_each_paragraph_goes_on() {
    let three = "He said: “One is so.\n\n“Two is so.\n\n“Three is so,” and left.\n\nFour is not.";
    for quote in ["One is so", "Two is so", "Three is so"] {
        check(three, quote, "all");
    }
    check(three, "and left", "none");
    check(three, "Four is not", "none");
    check("Il dit : « Un.\n\n« Deux.\n\n« Trois. » Il part.", "Deux", "all");
    check("Il dit : « Un.\n\n» Deux.\n\n» Trois. » Il part.", "Deux", "all");
    check("Il dit : « Un.\n\n» Deux.\n\n» Trois. » Il part.", "Il part", "none");
    check("Il dit : « Un.\n« Deux.\n« Trois. » Il part.", "Trois", "all");
    check("He said: \"One.\n\n\"Two,\" and left.", "Two", "all");
    check("He said: \"One.\n\n\"Two,\" and left.", "and left", "none");
    check("He said: ‘One.\n\n‘Two,’ and left.", "One", "all");
}

#[test]
fn what_cannot_be_told_is_not_guessed() {
    check("Il dit « oui et part.\n\nElle reste.", "oui et part", "?");
    check("Il dit « oui et part.\n\nElle reste.", "Elle reste", "none");
    check("Il dit « oui et part.\n\nElle reste. »\n\nAprès.", "Elle reste", "?");
    check("Il dit « oui et part.\n\nElle reste. »\n\nAprès.", "Après", "none");
    check("Il dit oui » et puis « non ».", "Il dit oui", "?");
    check("Il dit oui » et puis « non ».", "et puis", "none");
    check("Il dit oui » et puis « non ».", "non", "all");
    check("Accueil » Monde » Article\n\nElle reste.", "Elle reste", "none");
    check("He said \"one and \"two\" then.", "two", "?");
}

#[test]
fn nothing_panics_and_pairs_are_apart() {
    use proptest::prelude::*;
    let mark = prop::sample::select(vec![
        "«", "»", "“", "”", "„", "\"", "'", "‘", "’", "‚", "「", "」", "‹", "›", " ", "\n\n", "\n", "a", "é", "1", ".",
        ",", "\u{a0}",
    ]);
    proptest!(|(parts in prop::collection::vec(mark, 0..40))| {
        let text = Text::new(parts.concat());
        let found = Quotations::of(&text);
        for pair in found.inside.windows(2) {
            prop_assert!(pair[0].end <= pair[1].start, "{:?}", found);
        }
        let whole = Hit { ranges: text.paragraphs().to_vec(), first: Place::paragraph(1), last: Place::paragraph(1) };
        let within = found.within(&text, &whole);
        for range in within.into_iter().flatten() {
            prop_assert!(!text.as_str()[range].trim().is_empty());
        }
    });
}
