//! Locators (CSL): where in a source a claim is found. Free text, of which only paragraphs are understood.

use std::ops::RangeInclusive;

/// What a locator says about paragraphs of the capture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Locator {
    /// Numbers from 1, as written: `§ 3`, `§§ 3-5`, `§ 3, 7 et 9`, `par. 3`.
    Paragraphs(Vec<RangeInclusive<usize>>),
    /// A page, a time, a chapter: nothing about paragraphs.
    Other,
}

impl Locator {
    /// Reads a locator. A bare number is a page, as in CSL.
    ///
    /// ```
    /// # use sourcebook::evidence::locator::Locator;
    /// assert_eq!(Locator::parse("p. 4, § 3-5"), Locator::Paragraphs(vec![3..=5]));
    /// assert_eq!(Locator::parse("p. 4"), Locator::Other);
    /// ```
    pub fn parse(text: &str) -> Self {
        let lower = text.to_lowercase();
        let found: Vec<_> = after_mark(&lower).map(numbers).unwrap_or_default();
        if found.is_empty() { Self::Other } else { Self::Paragraphs(found) }
    }

    /// Whether the paragraphs `first` to `last` touch one that is named. What names none allows all.
    pub fn allows(&self, first: usize, last: usize) -> bool {
        match self {
            Self::Paragraphs(named) => named.iter().any(|n| *n.start() <= last && first <= *n.end()),
            Self::Other => true,
        }
    }

    /// Whether it names paragraphs.
    pub fn names_paragraphs(&self) -> bool {
        matches!(self, Self::Paragraphs(_))
    }
}

/// Longer ones first, since the first that fits is taken.
const WORDS: [&str; 8] = ["paragraphes", "paragraphe", "paragraphs", "paragraph", "paras.", "para.", "par.", "para"];

/// The rest of the locator behind its mark of paragraphs.
fn after_mark(text: &str) -> Option<&str> {
    if let Some(at) = text.find(['§', '¶']) {
        return Some(text[at..].trim_start_matches(['§', '¶']));
    }
    WORDS.iter().find_map(|word| {
        let at = text.find(word)?;
        let alone = !text[..at].ends_with(char::is_alphanumeric);
        alone.then_some(&text[at + word.len()..])
    })
}

/// `3`, `3-5`, `3, 7 et 9`; ends at the first thing else.
fn numbers(text: &str) -> Vec<RangeInclusive<usize>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((first, after)) = number(rest) {
        let (last, after) = word_among(after, &["-", "–", "—", "à", "to"]).and_then(number).unwrap_or((first, after));
        found.push(first.min(last)..=first.max(last));
        let Some(after) = word_among(after, &[",", ";", "et", "and", "&"]) else { break };
        rest = after.trim_start().trim_start_matches(['§', '¶']);
    }
    found
}

fn number(text: &str) -> Option<(usize, &str)> {
    let text = text.trim_start();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    Some((text[..digits].parse().ok()?, &text[digits..]))
}

fn word_among<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| text.trim_start().strip_prefix(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[RangeInclusive<usize>]) {
        let expect = if expect.is_empty() { Locator::Other } else { Locator::Paragraphs(expect.to_vec()) };
        assert_eq!(Locator::parse(text), expect, "{text}");
    }

    #[test]
    fn paragraphs_are_understood() {
        check("§ 3", &[3..=3]);
        check("§3", &[3..=3]);
        check("§\u{a0}3", &[3..=3]);
        check("§ 3-5", &[3..=5]);
        check("§§ 3–5", &[3..=5]);
        check("§ 5 à 3", &[3..=5]);
        check("§ 3, 7 et 9", &[3..=3, 7..=7, 9..=9]);
        check("§ 3, § 7", &[3..=3, 7..=7]);
        check("p. 4, § 2", &[2..=2]);
        check("Paragraphe 12", &[12..=12]);
        check("par. 2 and 3", &[2..=2, 3..=3]);
    }

    #[test]
    fn the_rest_says_nothing_about_paragraphs() {
        for text in ["p. 4", "4", "", "§", "§ III", "chap. 3", "00:12:30", "compar. 3", "§ 99999999999999999999999"]
        {
            check(text, &[]);
        }
    }
}
