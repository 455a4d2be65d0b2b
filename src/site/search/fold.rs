//! Texts as words that are the same however they are typed. The theme's script folds what a reader types in the same
//! way; a test in the browser compares the two.
//!
//! 1. Compatibility forms apart (NFKD), marks dropped, lower case; `œ`, `æ`, `ß` and their like as they are spelled out.
//! 2. Figures in groups of three are one: `11 000`, with whatever space, `11.000`, `11,000` and `11’000` are `11000`.
//! 3. Words are runs of letters and digits, so that `l’`, `d’` and `qu’` stand apart, and are dropped with the other
//!    words that every text holds ([`STOP`]).
//! 4. A final `s` or `x` is dropped from words of four letters and more: a plural is found by its singular.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that tell nothing apart, in French and English, folded but for their plural.
pub const STOP: &str = "a an and are as at au aux avec be by c ce ces cet cette d dans de des du elle elles en est et for \
    from il ils in is it j je l la le les leur leurs lui m mais n ne nous of on or ou par pas pour qu que qui s sa se ses si \
    son sont sur t the to un une was were y";

static STOPS: LazyLock<HashSet<&str>> = LazyLock::new(|| STOP.split_whitespace().collect());

/// A text without accents, case and ligatures.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            'ı' => out.push('i'),
            // Capital İ leaves a dot behind.
            c if is_combining_mark(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// The words of a text by which it is found, in its order.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    let folded = join_figures(fold(text));
    let runs = folded.split(|c: char| !c.is_alphanumeric());
    let words: Vec<_> = runs.filter(|word| tells(word)).map(|word| singular(word).to_owned()).collect();
    words.into_iter()
}

fn singular(word: &str) -> &str {
    match word.strip_suffix(['s', 'x']) {
        Some(stem) if word.chars().count() > 3 => stem,
        _ => word,
    }
}

fn tells(word: &str) -> bool {
    !word.is_empty() && !STOPS.contains(word)
}

/// `11 000` to `11000`: one to three digits, then groups of three, each after one sign that languages set between them.
fn join_figures(text: String) -> String {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut head = 0;
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        let between = matches!(c, ' ' | '.' | ',' | '\'' | '’');
        let after = &rest[c.len_utf8()..];
        if between && (1..=3).contains(&head) && digits(after) == 3 {
            let (group, next) = after.split_at(3);
            out.push_str(group);
            rest = next;
            continue;
        }
        head = if c.is_ascii_digit() { head + 1 } else { 0 };
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}
