//! Text fragments (URL Fragment Text Directives, WICG): what of an address leads a browser to the words of a quote.
//!
//! Browsers look for the very characters, at the edges of words, within one block; what we level they do not: kinds of
//! spaces, quotation marks and dashes, `<br>`, a first letter set apart. So each part of a quote gives several directives,
//! of which a browser takes those that it finds:
//!
//! 1. the part as it is;
//! 2. `START,END`: a few words near its beginning and its end that touch nothing levelled; what lies between does not
//!    matter;
//! 3. the same without its first and last word, which may touch a quotation mark on the page;
//! 4. the same from its fifth word on.
//!
//! Only the quote's own words are in them: what stands around it in a capture is private.

use super::{brackets, parts};

/// As many words are a start or an end.
const WORDS: usize = 4;
/// As many directives an address has.
const MOST: usize = 12;
/// A word of so many letters may be a start by itself.
const TELLING: usize = 8;
/// A part beyond these bytes is looked for by its ends alone.
const LONG: usize = 400;

/// The directives of a quote, without `text=`, percent-encoded.
///
/// ```
/// # use sourcebook_core::evidence::directives::directives;
/// // A start of one short word would be found anywhere.
/// assert_eq!(directives("dit « oui » hier"), ["dit%20%C2%AB%20oui%20%C2%BB%20hier"]);
/// ```
pub fn directives(quote: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    // Of what an editor put there, browsers find nothing; in case they make no difference.
    let quote = brackets::plain(quote);
    for part in parts::parts(&quote) {
        let words: Vec<&str> = part.original.split_ascii_whitespace().collect();
        let whole = words.join(" ");
        let inner = words.get(1..words.len().saturating_sub(1)).unwrap_or_default();
        let late = if words.len() >= 10 { &words[WORDS..words.len() - 1] } else { &[] };
        let whole = (whole.len() <= LONG).then(|| encoded(&whole));
        for directive in whole.into_iter().chain([&words[..], inner, late].into_iter().filter_map(ends)) {
            if found.len() < MOST && !found.contains(&directive) {
                found.push(directive);
            }
        }
    }
    found
}

/// `START,END` of some words; one stretch of words where there is no more.
fn ends(words: &[&str]) -> Option<String> {
    let runs: Vec<&[&str]> = words.split(|word| !is_safe(word)).filter(|run| letters(run) >= 3).collect();
    // A start of one short word stands anywhere on a page, and would lead there.
    let telling = runs.iter().position(|run| run.len() > 1 || letters(run) >= TELLING)?;
    let (first, last) = (runs[telling], *runs.last()?);
    if runs.len() > telling + 1 {
        return Some(format!("{},{}", joined(&first[..first.len().min(WORDS)]), joined(tail(last, WORDS))));
    }
    match first.len() {
        0 | 1 => None,
        2 | 3 => Some(joined(first)),
        length => {
            let each = (length / 2).min(WORDS);
            let each = if length < 2 * WORDS { 2 } else { each };
            Some(format!("{},{}", joined(&first[..each]), joined(tail(first, each))))
        }
    }
}

fn tail<'a, 'w>(run: &'a [&'w str], most: usize) -> &'a [&'w str] {
    &run[run.len().saturating_sub(most)..]
}

/// Whether a word touches no character that is levelled: letters alone, with a comma or full stop after them at most.
fn is_safe(word: &str) -> bool {
    let letters = word.strip_suffix([',', '.']).unwrap_or(word);
    !letters.is_empty() && letters.chars().all(char::is_alphabetic)
}

fn letters(run: &[&str]) -> usize {
    run.iter().map(|word| word.chars().count()).sum()
}

/// Words with single spaces, without the comma or full stop at their end.
fn joined(words: &[&str]) -> String {
    encoded(words.join(" ").trim_end_matches([',', '.']))
}

/// Percent-encodes all but unreserved characters; `-` and `,` have a meaning in directives.
fn encoded(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            out.extend([b'%', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]].map(char::from));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(quote: &str, expect: &[&str]) {
        let found: Vec<String> = directives(quote).iter().map(|d| d.replace("%20", " ")).collect();
        assert_eq!(found, expect, "{quote}");
    }

    #[test]
    fn a_quote_is_led_to_in_several_ways() {
        check("bridge", &["bridge"]);
        check("safe enough", &["safe enough"]);
        check("the bridge was safe", &["the bridge was safe", "the bridge,was safe", "bridge was"]);
        check(
            "the old bridge was safe when I walked over it in May",
            &[
                "the old bridge was safe when I walked over it in May",
                "the old bridge was,over it in May",
                "old bridge was safe,walked over it in",
                "safe when,it in",
            ],
        );
    }

    #[test]
    fn what_is_levelled_is_gone_round() {
        check("l'armée de terre – dit-il", &["l%27arm%C3%A9e de terre %E2%80%93 dit%2Dil", "de terre"]);
        check(
            "near 11\u{202f}000 men of the guard",
            &["near 11%E2%80%AF000 men of the guard", "men of,the guard", "men of the"],
        );
        check("one two […] three four", &["one two", "three four"]);
        check("[T]he [old] bridge [sic]", &["The bridge"]);
        check("line one\nline two", &["line one line two", "line one,line two", "one line"]);
        check("橋は安全だ", &["%E6%A9%8B%E3%81%AF%E5%AE%89%E5%85%A8%E3%81%A0"]);
    }

    #[test]
    fn long_quotes_and_many_parts_stay_short() {
        let long = "word ".repeat(500);
        assert_eq!(directives(&long).len(), 1);
        assert!(directives(&"a b c […] ".repeat(500)).len() <= MOST);
    }
}
