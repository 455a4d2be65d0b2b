//! What an editor put into a quote, in square brackets: `[T]he bridge`, `the [old] bridge`, `was save [sic]`.
//!
//! 1. A bracket is read as letters whose case was changed, where it touches a letter: `[T]he` is `the` or `The` in the source.
//! 2. One that touches none is words that were added, so that what stands before and behind is together in the source;
//!    or a whole word whose case was changed (`[A] bridge`).
//!    A word that turns the sentence round (`[not]`) is never taken for one that was added.
//! 3. All else of a quote stands word for word. `[…]` is no such bracket: it leaves words out ([`super::parts::parts`]).
//!
//! Dots that should have been `[…]` are known here, too ([`elisions`]): they are no match, but a help.

use std::ops::Range;

use super::parts::gap_length;

/// More readings of one quote than these are not tried.
const MOST: usize = 64;

/// Something in brackets that is no `[…]`.
struct Bracket {
    /// With its brackets.
    range: Range<usize>,
    /// Whether a letter stands beside it.
    touches: bool,
}

/// Whether a quote has editors' brackets.
pub fn has(quote: &str) -> bool {
    !of(quote).is_empty()
}

/// The words of a quote that its editor put there: `T`, `old`, `sic`.
pub fn words(quote: &str) -> Vec<&str> {
    of(quote).into_iter().map(|bracket| quote[bracket.range.start + 1..bracket.range.end - 1].trim()).collect()
}

/// How a source may have the words of a quote that has editors' brackets, the likeliest first; none where it has none.
///
/// ```
/// # use sourcebook_core::evidence::brackets::readings;
/// assert_eq!(readings("[T]he [old] bridge")[0], "The old bridge");
/// assert!(readings("[T]he [old] bridge").contains(&"the bridge".to_owned()));
/// ```
pub fn readings(quote: &str) -> Vec<String> {
    let brackets = of(quote);
    if brackets.is_empty() {
        return Vec::new();
    }
    let mut found = vec![String::new()];
    let mut at = 0;
    for bracket in &brackets {
        let inside = quote[bracket.range.start + 1..bracket.range.end - 1].trim();
        let (lower, upper) = (inside.to_lowercase(), inside.to_uppercase());
        let mut ways: Vec<Option<String>> = vec![Some(inside.to_owned()), Some(lower), Some(upper)];
        if !bracket.touches && !turns(inside) {
            ways.push(None);
        }
        let all = std::mem::take(&mut ways);
        all.into_iter().for_each(|way| {
            if !ways.contains(&way) {
                ways.push(way)
            }
        });
        // Beyond so many, only what is likeliest: a changed case, a word added.
        if found.len() * ways.len() > MOST {
            ways = if ways.contains(&None) { vec![None] } else { ways.split_off(1.min(ways.len() - 1)) };
        }
        if found.len() * ways.len() > MOST {
            ways.truncate(1);
        }
        let between = &quote[at..bracket.range.start];
        at = bracket.range.end;
        let grown = found.iter().flat_map(|known| {
            ways.iter().map(move |way| {
                let text = joined(known, between);
                match way {
                    Some(way) => text + way,
                    None => text + &REMOVED.to_string(),
                }
            })
        });
        found = grown.collect();
    }
    found.iter().map(|known| without_marks(&joined(known, &quote[at..]))).collect()
}

/// The quote without what its editor added, and with changed letters as the quote has them: the source's words but for
/// their case. What has no brackets stays as it is.
pub fn plain(quote: &str) -> String {
    let (mut out, mut at) = (String::new(), 0);
    for bracket in of(quote) {
        out.push_str(&quote[at..bracket.range.start]);
        match bracket.touches {
            true => out.push_str(quote[bracket.range.start + 1..bracket.range.end - 1].trim()),
            false => out.push(REMOVED),
        }
        at = bracket.range.end;
    }
    out.push_str(&quote[at..]);
    without_marks(&out)
}

/// The quote with `[…]` for dots that may stand for words left out, each way in which that can be meant; the one with all
/// of them first.
pub fn elisions(quote: &str) -> Vec<String> {
    let dots = dots(quote);
    let with = |chosen: &[Range<usize>]| {
        let (mut out, mut at) = (String::new(), 0);
        for range in chosen {
            out.push_str(quote[at..range.start].trim_end());
            out.push_str(" […] ");
            at = range.end + (quote[range.end..].len() - quote[range.end..].trim_start().len());
        }
        out.push_str(&quote[at..]);
        out.trim().to_owned()
    };
    let mut found: Vec<String> = if dots.is_empty() { Vec::new() } else { vec![with(&dots)] };
    if dots.len() > 1 {
        found.extend(dots.iter().take(8).map(|one| with(std::slice::from_ref(one))));
    }
    found
}

/// Dots in a row, with the parentheses around them, outside of `[…]`.
fn dots(quote: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = quote[at..].chars().next() {
        let length = match c {
            '[' => gap_length(&quote[at..]).map_or(1, |gap| gap),
            '(' => {
                let inside = quote[at + 1..].trim_start();
                let dots = row(inside);
                let rest = inside[dots..].trim_start();
                match dots > 0 && rest.starts_with(')') {
                    true => quote.len() - at - rest.len() + 1,
                    false => 1,
                }
            }
            '.' | '…' => row(&quote[at..]).max(c.len_utf8()),
            c => c.len_utf8(),
        };
        if c == '(' && length > 1 || matches!(c, '.' | '…') && row(&quote[at..]) > 0 {
            found.push(at..at + length);
        }
        at += length;
    }
    found
}

/// The bytes of an ellipsis at the start: `…`, or at least three dots, which spaces may part.
fn row(text: &str) -> usize {
    if text.starts_with('…') {
        return '…'.len_utf8();
    }
    let (mut count, mut end) = (0, 0);
    for (at, c) in text.char_indices() {
        match c {
            '.' => (count, end) = (count + 1, at + 1),
            ' ' | '\u{a0}' if count > 0 => {}
            _ => break,
        }
    }
    if count >= 3 { end } else { 0 }
}

/// Words that turn a sentence round: nobody adds them to another's.
#[rustfmt::skip]
const TURNING: &[&str] = &[
    "not", "never", "no", "none", "nobody", "nothing", "nor", "neither", "without", "cannot", "n't",
    "ne", "n", "pas", "jamais", "aucun", "aucune", "non", "ni", "sans", "rien", "personne", "guère",
    "nicht", "nie", "niemals", "kein", "keine", "keinen", "keiner", "keinem", "nein", "ohne", "niemand", "nichts", "weder", "noch",
];

/// Whether words turn the sentence round to which they are added.
fn turns(words: &str) -> bool {
    let lower = words.to_lowercase();
    lower.ends_with("n't") || lower.split(|c: char| !c.is_alphanumeric()).any(|word| TURNING.contains(&word))
}

/// Stands where a bracket was taken out; a noncharacter, which no quote holds.
const REMOVED: char = '\u{fdd2}';

fn joined(known: &str, more: &str) -> String {
    let mut text = String::with_capacity(known.len() + more.len() + 16);
    text.push_str(known);
    text.push_str(more);
    text
}

/// Without the marks of what was taken out, and with one space where there were two, and none before a sign.
fn without_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(REMOVED) {
        out.push_str(before);
        let alone = out.is_empty() || out.ends_with(char::is_whitespace);
        let ends = after.chars().next().is_none_or(|c| c.is_whitespace() || (!c.is_alphanumeric() && c != REMOVED));
        if alone && ends {
            out.truncate(out.trim_end().len());
        }
        rest = after;
        if out.is_empty() {
            rest = rest.trim_start();
        }
    }
    out + rest
}

fn of(quote: &str) -> Vec<Bracket> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = quote[at..].find('[').map(|i| at + i) {
        at = open + 1;
        if let Some(length) = gap_length(&quote[open..]) {
            at = open + length;
            continue;
        }
        let Some(close) = quote[at..].find(['[', ']']).map(|i| at + i).filter(|i| quote[*i..].starts_with(']')) else {
            continue;
        };
        let inside = quote[at..close].trim();
        at = close + 1;
        if inside.chars().any(char::is_alphanumeric) {
            let (before, after) = (quote[..open].chars().next_back(), quote[at..].chars().next());
            let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
            let elided = inside.chars().count() == 1 && matches!(after, Some('\'' | '’'));
            found.push(Bracket { range: open..at, touches: letter(before) || letter(after) || elided });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editors_words_are_known() {
        assert_eq!(words("[T]he [ old ] bridge […] was [sic] save [...]"), ["T", "old", "sic"]);
        for quote in ["the bridge", "a […] b", "[ . . . ]", "a [ b", "a ] b", "[]", "[?]", "[[a] b"] {
            assert_eq!(has(quote), quote == "[[a] b", "{quote}");
        }
    }

    #[test]
    fn what_is_left_are_the_source_s_words() {
        for (quote, expect) in [
            ("the bridge", "the bridge"),
            ("[T]he bridge", "The bridge"),
            ("the [old] bridge", "the bridge"),
            ("[Old] bridge", "bridge"),
            ("it was save [sic], he said", "it was save, he said"),
            ("it was save [sic]", "it was save"),
            ("« [L]’armée [russe] » […] part", "« L’armée » […] part"),
            ("a [b] [c] d", "a d"),
            ("walk[ed]", "walked"),
        ] {
            assert_eq!(plain(quote), expect);
        }
    }

    #[test]
    fn a_quote_is_read_in_each_way() {
        assert_eq!(readings("the bridge"), [""; 0]);
        assert_eq!(readings("[T]he"), ["The", "the"]);
        assert_eq!(readings("the [old] one"), ["the old one", "the OLD one", "the one"]);
        assert_eq!(readings("was [not] safe"), ["was not safe", "was NOT safe"]);
        assert_eq!(readings("n'est [pas encore] finie").len(), 2);
        assert!(readings(&"[a] ".repeat(40)).len() <= MOST);
        assert!(readings(&"[T]he ".repeat(40)).len() <= MOST);
    }

    #[test]
    fn dots_may_leave_words_out() {
        for (quote, expect) in [
            ("a ... b", "a […] b"),
            ("a (...) b", "a […] b"),
            ("a(…)b", "a […] b"),
            ("a… b", "a […] b"),
            ("a . . . b", "a […] b"),
            ("a.... b", "a […] b"),
            ("a […] b ... c", "a […] b […] c"),
        ] {
            assert_eq!(elisions(quote).first().map(String::as_str), Some(expect), "{quote}");
        }
        assert_eq!(elisions("a […] b. c. (d) [...]"), [""; 0]);
        assert_eq!(elisions("a ... b … c"), ["a […] b […] c", "a […] b … c", "a ... b […] c"]);
    }
}
