//! Where sentences end, in articles and in captures.

use std::ops::Range;

use crate::model::language::month;
use crate::model::prose::{Paragraph, Prose};

/// The sentences of a paragraph: to a full stop before a space and a capital, citations left out of account.
pub fn of_paragraph(prose: &Prose, paragraph: &Paragraph) -> Vec<Range<usize>> {
    let text = &prose.text[paragraph.range.clone()];
    let base = paragraph.range.start;
    // They stand in order: a text has as many paragraphs as citations.
    let all = &prose.outline.citations;
    let citations = &all[all.partition_point(|c| c.range.start < base)..];
    let in_citation = |at: usize| {
        let next = citations.partition_point(|c| c.range.start <= base + at);
        next.checked_sub(1).is_some_and(|last| citations[last].range.contains(&(base + at)))
    };
    let mut found = Vec::new();
    let mut start = 0;
    for (at, mark) in text.char_indices().filter(|(at, c)| matches!(c, '.' | '!' | '?') && !in_citation(*at)) {
        let end = at + mark.len_utf8();
        let rest = text[end..].trim_start();
        let next = rest.trim_start_matches(['«', '[', '*', '_', '“', ' ', '\u{a0}']).chars().next();
        let gap = rest.len() < text.len() - end;
        let is_day = mark == '.' && is_day(&text[..at], rest);
        if rest.is_empty() || (!is_day && gap && next.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())) {
            found.push(base + start..base + end);
            start = text.len() - rest.len();
        }
    }
    if start < text.trim_end().len() {
        found.push(base + start..base + text.trim_end().len());
    }
    found
}

/// Whether a full stop makes an ordinal of the number before it, as German writes days: « am 2. August ».
fn is_day(before: &str, rest: &str) -> bool {
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let word: String = rest.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    matches!(digits, 1 | 2) && month(&word).is_some()
}

/// The sentences within a part of a plain text, in bytes of the whole, without what ends a line after them. A full stop
/// after a single letter (« M. Lavrov ») ends none.
pub fn of_text(text: &str, part: &Range<usize>) -> Vec<Range<usize>> {
    let inside = text.get(part.clone()).unwrap_or_default();
    let (mut found, mut start) = (Vec::new(), 0);
    for (at, mark) in inside.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?' | '…')) {
        let end = at + mark.len_utf8();
        let rest =
            inside[end..].trim_start_matches(['»', '”', '"', '\'', '’', ')', ' ', '\u{a0}', '\u{202f}', '\n', '\r']);
        let next = rest.trim_start_matches(['«', '“', '„', '"', '(', '[', ' ', '\u{a0}', '\u{202f}']).chars().next();
        let is_apart = inside[end..].len() > rest.len();
        if start < at
            && is_apart
            && !is_initial(&inside[..at])
            && !(mark == '.' && is_day(&inside[..at], rest))
            && next.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
        {
            found.push(part.start + start..part.start + end);
            start = inside.len() - rest.len();
        }
    }
    let last = inside.trim_end().len();
    if start < last {
        found.push(part.start + start..part.start + last);
    }
    found
}

/// Whether what stands before a full stop ends in a letter that stands alone.
fn is_initial(before: &str) -> bool {
    let mut back = before.chars().rev();
    back.next().is_some_and(char::is_uppercase) && back.next().is_none_or(|c| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::of_text;

    /// Sentences, each on its line.
    fn check(text: &str, expect: &[&str]) {
        let found: Vec<_> = of_text(text, &(0..text.len())).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn sentences_end_where_the_next_begins() {
        check("Un. Deux ? Trois", &["Un.", "Deux ?", "Trois"]);
        check("Il a vu M. Lavrov. « Oui. » Elle part.", &["Il a vu M. Lavrov.", "« Oui.", "Elle part."]);
        check("en 2.5 points. et après", &["en 2.5 points. et après"]);
        check(
            "signé depuis.. Celui-ci prévoit.\nMoscou aussi.",
            &["signé depuis..", "Celui-ci prévoit.", "Moscou aussi."],
        );
        check("", &[]);
    }
}
