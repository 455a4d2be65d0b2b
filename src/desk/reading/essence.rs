//! The words of a sentence that carry a claim: what is quoted of a sentence that is selected whole.
//!
//! A claim rests on few words (the rule `sentence-quote`), and whoever says it has a field of their own. So
//!
//! 1. of a sentence that quotes somebody, what stands between its quotation marks;
//! 2. else what is left without the words that give it to somebody: « Selon le maire, », ", the mayor said", "X said that";
//! 3. and without the full stop, and, for the quote, without the article that it begins with.
//!
//! Nothing is taken from within: what is left is one stretch of the source.

use std::ops::Range;

use sourcebook_core::check::words::{find_any, fold};
use sourcebook_core::model::language::Language;

/// Fewer words than these between quotation marks are a word held at a distance, and no speech.
const SPOKEN: usize = 3;

/// A clause of more words than these is none that merely names a speaker.
const CLAUSE: usize = 9;

/// Fewer words than these are left whole.
const LEAST: usize = 3;

/// The part of a sentence that carries what it claims, bytes of it; and how many of them at its beginning are an article,
/// which a statement keeps and a quote does not need.
pub fn essence(sentence: &str) -> (Range<usize>, usize) {
    let whole = without_stop(sentence, 0..sentence.len());
    let found = spoken(sentence).or_else(|| unattributed(sentence, whole.clone())).unwrap_or(whole);
    let found = without_stop(sentence, found);
    let rest = without_article(sentence, found.clone());
    let article = rest.start - found.start;
    if words(&sentence[rest]) < LEAST { (0..sentence.len(), 0) } else { (found, article) }
}

fn words(text: &str) -> usize {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-')).filter(|w| !w.is_empty()).count()
}

/// What stands between the first pair of quotation marks, if it is a speech.
fn spoken(sentence: &str) -> Option<Range<usize>> {
    const PAIRS: [(char, char); 5] = [('«', '»'), ('“', '”'), ('„', '“'), ('"', '"'), ('»', '«')];
    let start = sentence.find(['«', '“', '„', '"', '»'])?;
    let open = sentence[start..].chars().next()?;
    let (_, close) = PAIRS.into_iter().find(|(mark, _)| *mark == open)?;
    let from = start + open.len_utf8();
    let to = from + sentence[from..].find(close)?;
    let inner = &sentence[from..to];
    let at = from + (inner.len() - inner.trim_start().len());
    let range = at..at + inner.trim().len();
    (words(&sentence[range.clone()]) >= SPOKEN).then_some(range)
}

/// The sentence without the clause that gives it to somebody, where it begins or ends with one.
fn unattributed(sentence: &str, whole: Range<usize>) -> Option<Range<usize>> {
    let text = &sentence[whole.clone()];
    let gives = |clause: &str| {
        let folded = fold(clause);
        words(clause) <= CLAUSE
            && Language::all_rules().any(|r| find_any(&folded, r.vocabulary.says).is_some() || according(&folded))
    };
    let commas: Vec<usize> = text.match_indices(", ").map(|(at, _)| at).collect();
    if let Some(first) = commas.first().filter(|at| according(&fold(&text[..**at])) && words(&text[..**at]) <= CLAUSE) {
        return Some(whole.start + first + 2..whole.end);
    }
    if let Some(last) = commas.last().filter(|at| gives(&text[**at..])) {
        return Some(whole.start..whole.start + last);
    }
    // « Le maire affirme que … », "The mayor said that …".
    let that =
        [" que ", " qu’", " qu'", " that ", ", dass "].iter().filter_map(|word| Some((text.find(word)?, word.len())));
    let (at, length) = that.min()?;
    gives(&text[..at]).then_some(whole.start + at + length..whole.end)
}

/// Whether a clause begins with a word that gives what follows to somebody.
fn according(folded: &str) -> bool {
    ["selon ", "d'après ", "according to ", "laut ", "nach angaben "]
        .iter()
        .any(|word| folded.trim_start_matches([',', ' ']).starts_with(word))
}

fn without_stop(text: &str, range: Range<usize>) -> Range<usize> {
    let kept = text[range.clone()].trim_end_matches(['.', ',', ';', ':', ' ', '\u{a0}', '\u{202f}']);
    range.start..range.start + kept.len()
}

fn without_article(text: &str, range: Range<usize>) -> Range<usize> {
    const ARTICLES: [&str; 16] = [
        "the ", "a ", "an ", "le ", "la ", "les ", "l’", "l'", "un ", "une ", "des ", "der ", "die ", "das ", "ein ",
        "eine ",
    ];
    let inner = &text[range.clone()];
    let lower = inner.to_lowercase();
    // Only where lower case has the same bytes.
    let found = ARTICLES.iter().find(|article| lower.starts_with(**article) && inner.is_char_boundary(article.len()));
    range.start + found.map_or(0, |article| article.len())..range.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_carries_the_claim() {
        let check = |sentence: &str, expect: &str| {
            let (range, article) = essence(sentence);
            assert_eq!(&sentence[range.start + article..range.end], expect);
        };
        check("« Ils sont environ 10 000 », a déclaré le ministre.", "Ils sont environ 10 000");
        check("“The bridge was safe in May,” Mayor Ada Fenwick said.", "bridge was safe in May");
        check("„Der Steg war im Mai sicher“, sagte sie.", "Steg war im Mai sicher");
        check("Selon Rustem Umerov, les soldats avancent vers Koursk.", "soldats avancent vers Koursk");
        check("At least 40 bolts were missing, the engineer said.", "At least 40 bolts were missing");
        check("Le maire affirme que la passerelle est fermée.", "passerelle est fermée");
        check(
            "Repairs will last until October 2024, Tomas Brandt told the Courier.",
            "Repairs will last until October 2024",
        );
        check(
            "The footbridge was closed on 3 June 2024 after an inspection.",
            "footbridge was closed on 3 June 2024 after an inspection",
        );
        check("It was called “safe” by all.", "It was called “safe” by all");
        check("Personne ne sait.", "Personne ne sait");
        check("Oui.", "Oui.");
    }
}
