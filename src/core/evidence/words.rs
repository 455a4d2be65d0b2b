//! Words of a normalised text, and where a quotation may begin and end.

use std::ops::Range;

use unicode_normalization::char::canonical_combining_class;

use unicode_segmentation::GraphemeCursor;

use super::normalise::normalise;

/// The tokens of a normalised text: words, with their inner hyphens and the marks within numbers (`nord-coréens`,
/// `11,5`), runs of
/// full stops, and every other character that is not a space on its own. An apostrophe ends its word: `l'` `ONU`.
pub fn tokens(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += text[at..].chars().take_while(|&c| c == ' ').count();
        let first = text[at..].chars().next()?;
        let start = at;
        at += match first {
            '.' => text[at..].bytes().take_while(|&b| b == b'.').count(),
            c if is_letter(c) => word_length(&text[at..]),
            c => c.len_utf8(),
        };
        Some(start..at)
    })
}

/// The words as a reader counts them: an elided article belongs to its noun (`l'ONU`), and `don't` is one.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut tokens = tokens(text);
    std::iter::from_fn(move || {
        let mut word = tokens.by_ref().find(|range| is_word(&text[range.clone()]))?;
        while text[word.end..].starts_with('\'') && text[word.end + 1..].starts_with(is_letter) {
            word.end = tokens.nth(1)?.end;
        }
        Some(word)
    })
}

/// How many [`words`] a text has that is not levelled yet.
pub fn count(text: &str) -> usize {
    words(normalise(text).text()).count()
}

/// Whether a token is a word.
pub fn is_word(token: &str) -> bool {
    token.chars().next().is_some_and(is_letter)
}

/// A letter, a digit, or a mark on one.
pub fn is_letter(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() || canonical_combining_class(c) != 0 }
}

fn word_length(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let inner = || {
            let next = text[at + c.len_utf8()..].chars().next();
            let before = text[..at].chars().next_back();
            joins(before, c, next)
        };
        if !is_letter(c) && !inner() {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// Whether a sign between two characters makes one word of them: a hyphen, or the comma or point of a number.
fn joins(before: Option<char>, sign: char, after: Option<char>) -> bool {
    let digits = || before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit());
    match sign {
        '-' => before.is_some_and(is_letter) && after.is_some_and(is_letter),
        ',' | '.' => digits(),
        _ => false,
    }
}

/// Whether a quotation may begin or end at `at`: not inside a word, a hyphenated compound or a number.
///
/// In scripts that set no spaces between words (Chinese, Japanese, Thai …) it may between any two characters as a reader
/// sees them (grapheme clusters, Unicode Standard Annex 29). As there for words, `lega` does not stand in `col·lega`, nor
/// `example` in `example.org`.
///
/// `1 000` does not stand in `11 000`, nor `11` in `11 000` or `11,5`, nor `coréens` in `nord-coréens`, nor `ira` in
/// `n'ira` or `can` in `can't`; `Ukraine` does stand in `l'Ukraine`. `is_apart` tells
/// whether the sign at a byte set words apart in the original: a `-` that was a dash (`war—at last`) rather than a hyphen, a space
/// that was the end of a paragraph.
pub fn is_edge(text: &str, at: usize, is_apart: impl Fn(usize) -> bool) -> bool {
    let (left, right) = text.split_at(at);
    let mut before = left.chars().rev();
    let mut after = right.chars();
    let (b, a) = (before.next(), after.next());
    match (b, a) {
        (Some(b), Some(a)) if is_letter(b) && is_letter(a) => {
            (is_unspaced(b) || is_unspaced(a)) && is_cluster_edge(text, at)
        }
        (Some(b), Some('·' | '‧' | '_')) if is_letter(b) => !after.next().is_some_and(is_letter),
        (Some('·' | '‧' | '_'), Some(a)) if is_letter(a) => !before.next().is_some_and(is_letter),
        (Some(b), Some('.')) if b.is_alphabetic() => !after.next().is_some_and(char::is_lowercase),
        (Some('.'), Some(a)) if a.is_lowercase() => !before.next().is_some_and(char::is_alphabetic),
        (Some(b), Some('-')) if is_letter(b) => !joins(Some(b), '-', after.next()) || is_apart(at),
        (Some('-'), Some(a)) if is_letter(a) => !joins(before.next(), '-', Some(a)) || is_apart(at - 1),
        (b, Some(sign @ (',' | '.'))) => !joins(b, sign, after.next()),
        (Some(sign @ (',' | '.')), a) => !joins(before.next(), sign, a),
        (Some('\''), Some(a)) if is_letter(a) => !is_negation(left),
        (Some(b), Some('\'')) if is_letter(b) => !is_contracted_not(&right[1..]),
        (Some(b), Some(' ')) if b.is_ascii_digit() => !is_group(left, &right[1..]) || is_apart(at),
        (Some(' '), Some(a)) if a.is_ascii_digit() => !is_group(&left[..left.len() - 1], right) || is_apart(at - 1),
        _ => true,
    }
}

/// Whether a character is of a script that sets no spaces between words.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0xe00..=0xeff // Thai, Lao
        | 0xf00..=0xfff // Tibetan
        | 0x1000..=0x109f // Myanmar
        | 0x1780..=0x17ff // Khmer
        | 0x1950..=0x19df | 0x1a20..=0x1aaf // Tai Le, New Tai Lue, Tai Tham
        | 0x3005..=0x3007 | 0x3040..=0x312f | 0x31f0..=0x31ff // Hiragana, Katakana, Bopomofo
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff // Han
        | 0xa000..=0xa4cf // Yi
        | 0xff66..=0xff9f // Katakana of half width
    )
}

/// Whether no grapheme cluster goes over `at`.
fn is_cluster_edge(text: &str, at: usize) -> bool {
    GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0).unwrap_or(true)
}

/// Whether `text` ends in the `n'` that negates the word after it.
fn is_negation(text: &str) -> bool {
    let before = text.strip_suffix('\'').and_then(|t| t.strip_suffix(['n', 'N']));
    before.is_some_and(|t| !t.ends_with(is_letter))
}

/// Whether `text` begins with the `t` of `can't`.
fn is_contracted_not(text: &str) -> bool {
    text.strip_prefix(['t', 'T']).is_some_and(|rest| !rest.starts_with(is_letter))
}

/// Whether a space between two runs of digits groups thousands: one to three digits, then exactly three.
fn is_group(left: &str, right: &str) -> bool {
    let digits = |n: usize| (1..=3).contains(&n);
    let before = left.bytes().rev().take_while(u8::is_ascii_digit).count();
    let after = right.bytes().take_while(u8::is_ascii_digit).count();
    digits(before)
        && after == 3
        && !right[after..].starts_with(is_letter)
        && !left[..left.len() - before].ends_with(is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        assert_eq!(tokens(text).map(|r| &text[r]).collect::<Vec<_>>(), expect);
    }

    #[test]
    fn compounds_and_numbers_are_words() {
        check("l'ONU a dit: 11,5 % (soit 3)", &["l", "'", "ONU", "a", "dit", ":", "11,5", "%", "(", "soit", "3", ")"]);
        check("des nord-coréens - dit-il.", &["des", "nord-coréens", "-", "dit-il", "."]);
        check("quoi...?", &["quoi", "...", "?"]);
        check("", &[]);
    }

    #[test]
    fn elided_articles_belong_to_their_noun() {
        let split = |text| words(text).map(|r| &text[r]).collect::<Vec<_>>();
        assert_eq!(
            split("l'ONU n'a, 'dit-il', qu'une aujourd'hui'"),
            ["l'ONU", "n'a", "dit-il", "qu'une", "aujourd'hui"]
        );
        assert_eq!(split("... ' '"), [""; 0]);
        assert_eq!(super::count("« L’ONU\u{a0}», dit-il\u{a0}: 11,5\u{a0}%"), 3);
    }

    fn edge(marked: &str, expect: bool) {
        let at = marked.find('|').unwrap();
        let text = marked.replace('|', "");
        assert_eq!(is_edge(&text, at, |_| false), expect, "{marked}");
    }

    #[test]
    fn quotations_begin_and_end_between_words() {
        edge("l'|Ukraine", true);
        edge("il n'|ira pas", false);
        edge("N'|est pas", false);
        edge("l'un n'|ira", false);
        edge("un'|altra", true);
        edge("they can|'t", false);
        edge("Moscow|'s", true);
        edge("les| mots", true);
        edge("|les mots", true);
        edge("les mots|", true);
        edge("les mots|.", true);
        edge("les m|ots", false);
        edge("e|\u{331}", false);
        edge("nord-|coréens", false);
        edge("nord|-coréens", false);
        edge("nord|- coréens", true);
        edge("1|1 000", false);
        edge("11| 000 hommes", false);
        edge("11 |000 hommes", false);
        edge("1 000| 000", false);
        edge("11 000| hommes", true);
        edge("en 2024| 300 hommes", true);
        edge("G7| 300", true);
        edge("en 12| 2024 fois", true);
        edge("11|,5", false);
        edge("11,|5", false);
        edge("11|, 5", true);
        edge("en 2024|. Puis", true);
        edge("col|·lega", false);
        edge("col·|lega", false);
        edge("snake|_case", false);
        edge("example|.org", false);
        edge("example.|org", false);
        edge("la fin|.Puis", true);
        edge("la fin|. puis", true);
    }

    #[test]
    fn scripts_without_spaces_ask_for_no_edge() {
        edge("大統領は|橋は安全だと述べた", true);
        edge("橋は安全だ|と述べた", true);
        edge("สะพาน|ปลอดภัย", true);
        edge("สะพ|านปลอดภัย", true);
        edge("ปล|ี่", false);
        edge("か|\u{3099}", false);
        edge("第|11号", true);
        edge("第1|1号", false);
        edge("다|리", false);
        edge("NHKは|", true);
        edge("NHK|は", true);
        edge("NH|Kは", false);
    }
}
