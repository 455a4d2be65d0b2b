//! Locators (CSL): where in a source a claim is found. Free text, of which paragraphs, pages, times and chapters are
//! understood.

use std::ops::RangeInclusive;

use super::readers::place::milliseconds;
use super::readers::{Place, Spot};

/// What a locator names; empty for one of which nothing is understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Locator(Vec<Named>);

/// One kind of place that a locator names, each of which [`Named::read`] looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// Numbers from 1, as written: `§ 3`, `§§ 3-5`, `§ 3, 7 et 9`, `par. 3`.
    Paragraphs(Vec<RangeInclusive<usize>>),
    /// What is printed on pages: `p. 12`, `pp. 12-14`, `p. xii`, `S. 4`; a bare number is a page, as in CSL.
    Pages(Vec<(Box<str>, Box<str>)>),
    /// Stretches of time in milliseconds, each end included: `00:12:31`, `12:31–12:40`.
    Times(Vec<RangeInclusive<u64>>),
    /// A headline, a heading, a caption: `titre`, `headline`, `caption`. It tells several hits apart, and makes no fault.
    Heading,
    /// A chapter: `ch. 3`, `chap. III`, `chapitre 2`.
    Chapter(Box<str>),
}

kinds_of! {
    /// The kinds of [`Named`], in the order in which they are looked for.
    NamedKind of Named { Paragraphs(_), Pages(_), Times(_), Chapter(_), Heading }
}

impl Locator {
    /// Reads a locator.
    ///
    /// ```
    /// # use sourcebook_core::evidence::locator::{Locator, Named};
    /// let locator = Locator::parse("p. 4, § 3-5");
    /// assert_eq!(locator.named(), [Named::Paragraphs(vec![3..=5]), Named::Pages(vec![("4".into(), "4".into())])]);
    /// ```
    pub fn parse(text: &str) -> Self {
        // A German page; an English « s. » is a section of an act.
        let lower = text.replace("S. ", "seite ").replace("S.\u{a0}", "seite ").to_lowercase();
        Self(NamedKind::ALL.iter().filter_map(|kind| Named::read(*kind, &lower)).collect())
    }

    /// What it names.
    pub fn named(&self) -> &[Named] {
        &self.0
    }

    /// Whether what stands from `first` to `last` touches every kind of place that is named, as far as the text has such
    /// places. What names nothing allows all.
    pub fn allows(&self, first: &Place, last: &Place) -> bool {
        self.0.iter().all(|named| named.allows(&first.spot, &last.spot))
    }

    /// Whether it names a headline or the like.
    pub fn names_heading(&self) -> bool {
        self.0.contains(&Named::Heading)
    }

    /// Whether it names paragraphs.
    pub fn names_paragraphs(&self) -> bool {
        self.0.iter().any(|named| matches!(named, Named::Paragraphs(_)))
    }
}

impl Named {
    /// A kind of place that the text does not have makes no fault.
    fn allows(&self, first: &Spot, last: &Spot) -> bool {
        match self {
            Self::Paragraphs(named) => match (first, last) {
                (Spot::Paragraph(first), Spot::Paragraph(last)) => {
                    named.iter().any(|n| n.start() <= last && first <= n.end())
                }
                (Spot::Paragraph(one), _) | (_, Spot::Paragraph(one)) => named.iter().any(|n| n.contains(one)),
                (Spot::Heading | Spot::Caption | Spot::Outside, _) => false,
                _ => true,
            },
            Self::Pages(named) => match (first, last) {
                (Spot::Page { label: first, .. }, Spot::Page { label: last, .. }) => {
                    named.iter().any(|(from, to)| touches(from, to, first) || touches(from, to, last))
                }
                _ => true,
            },
            Self::Times(named) => match (first, last) {
                (Spot::Time { start, .. }, Spot::Time { end, .. }) => {
                    named.iter().any(|n| n.start() <= end && *start <= *n.end() + ROUNDED)
                }
                _ => true,
            },
            Self::Chapter(named) => match (first, last) {
                (Spot::Chapter(first), Spot::Chapter(last)) => {
                    [first, last].iter().any(|c| c.to_lowercase() == **named)
                }
                _ => true,
            },
            Self::Heading => true,
        }
    }

    /// What a locator in lower case names of a kind.
    fn read(kind: NamedKind, lower: &str) -> Option<Self> {
        match kind {
            NamedKind::Paragraphs => after_mark(lower).map(numbers).filter(|n| !n.is_empty()).map(Self::Paragraphs),
            // Of `12:31` no part is a page.
            NamedKind::Pages if !times(lower).is_empty() => None,
            NamedKind::Pages => pages(lower).map(Self::Pages),
            NamedKind::Times => Some(times(lower)).filter(|t| !t.is_empty()).map(Self::Times),
            NamedKind::Chapter => after_word(lower, &CHAPTER).and_then(label).map(|(c, _)| Self::Chapter(c.into())),
            NamedKind::Heading => HEADING.contains(&lower.trim()).then_some(Self::Heading),
        }
    }
}

/// A time without fractions means the whole second.
const ROUNDED: u64 = 999;

/// Whether a page's label is among those from one to another: numbers by their value, others by their name.
fn touches(from: &str, to: &str, label: &str) -> bool {
    let label = label.to_lowercase();
    let number = |text: &str| page_number(text);
    match (number(from), number(to), number(&label)) {
        (Some((roman, from)), Some((other, to)), Some((kind, page))) if roman == other && other == kind => {
            (from..=to).contains(&page)
        }
        _ => label == from || label == to,
    }
}

/// The number of a page in Arabic or Roman figures, and whether these are Roman.
fn page_number(text: &str) -> Option<(bool, u32)> {
    match text.parse() {
        Ok(number) => Some((false, number)),
        Err(_) => roman(text).map(|number| (true, number)),
    }
}

fn roman(text: &str) -> Option<u32> {
    let value = |c| {
        Some(match c {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            'l' => 50,
            'c' => 100,
            'd' => 500,
            'm' => 1000,
            _ => return None,
        })
    };
    let values: Vec<u32> = text.chars().map(value).collect::<Option<_>>()?;
    let sum = values.iter().enumerate().map(|(i, v)| {
        let less = values.get(i + 1).is_some_and(|next| v < next);
        if less { -i64::from(*v) } else { i64::from(*v) }
    });
    u32::try_from(sum.sum::<i64>()).ok().filter(|n| *n > 0 && text.len() <= 15)
}

/// Longer ones first, since the first that fits is taken.
const PARAGRAPH: [&str; 10] =
    ["paragraphes", "paragraphe", "paragraphs", "paragraph", "absätze", "absatz", "paras.", "para.", "par.", "para"];
const PAGE: [&str; 6] = ["pages", "page", "seiten", "seite", "pp.", "p."];
const CHAPTER: [&str; 7] = ["chapitre", "chapter", "kapitel", "chap.", "kap.", "ch.", "ch"];

const HEADING: [&str; 12] = [
    "titre",
    "intertitre",
    "chapô",
    "légende",
    "headline",
    "title",
    "heading",
    "standfirst",
    "caption",
    "titel",
    "überschrift",
    "bildunterschrift",
];

/// The rest of the locator behind its mark of paragraphs.
fn after_mark(text: &str) -> Option<&str> {
    if let Some(at) = text.find(['§', '¶']) {
        return Some(text[at..].trim_start_matches(['§', '¶']));
    }
    after_word(text, &PARAGRAPH)
}

/// The rest of the locator behind one of some words that stands by itself.
fn after_word<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| {
        text.match_indices(word).find_map(|(at, _)| {
            let rest = &text[at + word.len()..];
            let alone = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '.');
            let ends = word.ends_with('.') || !rest.starts_with(char::is_alphanumeric);
            (alone && ends).then_some(rest)
        })
    })
}

/// `12`, `12-14`, `xii`, `a-3, 7`; or the whole locator is a number.
fn pages(text: &str) -> Option<Vec<(Box<str>, Box<str>)>> {
    let bare = || text.trim().bytes().all(|b| b.is_ascii_digit()).then_some(text);
    let mut rest = after_word(text, &PAGE).or_else(bare)?;
    let mut found = Vec::new();
    while let Some((first, after)) = label(rest) {
        let (last, after) = word_among(after, &RANGE).and_then(label).unwrap_or((first, after));
        found.push((first.into(), last.into()));
        let Some(after) = word_among(after, &LIST) else { break };
        rest = after;
    }
    (!found.is_empty()).then_some(found)
}

/// A label of a page or chapter at the start: figures, or a few letters and figures with hyphens between (`a-3`).
fn label(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let end = match digits {
        0 => text.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(text.len()),
        n => n + text[n..].find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len() - n),
    };
    let label = text[..end].trim_end_matches('-');
    let is_label = label.bytes().any(|b| b.is_ascii_digit()) || roman(label).is_some() || label.chars().count() == 1;
    (is_label && label.len() <= 20).then(|| (label, &text[label.len()..]))
}

/// Every time in the text, as one stretch with the next where a dash stands between them.
fn times(text: &str) -> Vec<RangeInclusive<u64>> {
    let mut found: Vec<RangeInclusive<u64>> = Vec::new();
    let (mut rest, mut joined) = (text, false);
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let between = rest[..at].trim();
        joined = joined && RANGE.contains(&between);
        rest = &rest[at..];
        let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ',')).unwrap_or(rest.len());
        let time = rest[..end].trim_end_matches([':', '.', ',']);
        rest = &rest[time.len().max(1)..];
        match (milliseconds(time), found.last_mut()) {
            (Some(time), Some(last)) if joined => *last = *last.start()..=time.max(*last.start()),
            (Some(time), _) => {
                found.push(time..=time);
                joined = true;
                continue;
            }
            _ => {}
        }
        joined = false;
    }
    found
}

const RANGE: [&str; 6] = ["-", "–", "—", "à", "to", "bis"];
const LIST: [&str; 6] = [",", ";", "et", "and", "und", "&"];

/// `3`, `3-5`, `3, 7 et 9`; ends at the first thing else.
fn numbers(text: &str) -> Vec<RangeInclusive<usize>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((first, after)) = number(rest) {
        let (last, after) = word_among(after, &RANGE).and_then(number).unwrap_or((first, after));
        found.push(first.min(last)..=first.max(last));
        let Some(after) = word_among(after, &LIST) else { break };
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

    /// What is named, `;` between kinds: `§ 3-5; p. 4; 61000-62000; ch. 3`.
    fn check(text: &str, expect: &str) {
        let ranges = |list: Vec<(String, String)>| {
            let one = |(a, b): (String, String)| if a == b { a } else { format!("{a}-{b}") };
            list.into_iter().map(one).collect::<Vec<_>>().join(",")
        };
        let show = |named: &Named| match named {
            Named::Paragraphs(n) => {
                format!("§ {}", ranges(n.iter().map(|r| (r.start().to_string(), r.end().to_string())).collect()))
            }
            Named::Pages(n) => {
                format!("p. {}", ranges(n.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect()))
            }
            Named::Times(n) => ranges(n.iter().map(|r| (r.start().to_string(), r.end().to_string())).collect()),
            Named::Chapter(c) => format!("ch. {c}"),
            Named::Heading => "heading".to_owned(),
        };
        let named: Vec<_> = Locator::parse(text).named().iter().map(show).collect();
        assert_eq!(named.join("; "), expect, "{text}");
    }

    #[test]
    fn paragraphs_are_understood() {
        check("§ 3", "§ 3");
        check("§3", "§ 3");
        check("§\u{a0}3", "§ 3");
        check("§ 3-5", "§ 3-5");
        check("§§ 3–5", "§ 3-5");
        check("§ 5 à 3", "§ 3-5");
        check("§ 3, 7 et 9", "§ 3,7,9");
        check("§ 3, § 7", "§ 3,7");
        check("p. 4, § 2", "§ 2; p. 4");
        check("Paragraphe 12", "§ 12");
        check("par. 2 and 3", "§ 2,3");
    }

    #[test]
    fn pages_times_and_chapters_are_understood() {
        check("p. 4", "p. 4");
        check("4", "p. 4");
        check("pp. 12–14, 20", "p. 12-14,20");
        check("p. xii", "p. xii");
        check("p. A-3", "p. a-3");
        check("S. 4", "p. 4");
        check("00:12:30", "750000");
        check("12:31–12:40", "751000-760000");
        check("à 00:12:31", "751000");
        check("00:12:31, 00:14:00", "751000,840000");
        check("chap. 3", "ch. 3");
        check("chapitre III, p. 7", "p. 7; ch. iii");
        check("Titre", "heading");
    }

    #[test]
    fn the_rest_says_nothing() {
        for text in [
            "",
            "§",
            "§ III",
            "compar. 3",
            "§ 99999999999999999999999",
            "au début",
            "titre II",
            "Echo 4a b",
            "s. 4",
            "U.S. 4",
        ] {
            check(text, "");
        }
    }

    #[test]
    fn a_place_is_allowed_where_it_is_named_or_not_of_a_kind_that_is() {
        let page = |label: &str| Spot::Page { sheet: 1, label: label.into() };
        let time = |start, end| Spot::Time { start, end };
        for (locator, spot, expect) in [
            ("§ 2", Spot::Paragraph(2), true),
            ("§ 2", Spot::Paragraph(3), false),
            ("§ 2", Spot::Outside, false),
            ("§ 2", Spot::Heading, false),
            ("p. 12", page("12"), true),
            ("p. 12", page("13"), false),
            ("pp. 12-14", page("13"), true),
            ("p. xii", page("XII"), true),
            ("pp. x-xii", page("xi"), true),
            ("pp. 1-20", page("xi"), false),
            ("p. A-3", page("A-3"), true),
            ("p. 12", Spot::Paragraph(2), true),
            ("00:12:31", time(750_000, 752_000), true),
            ("00:12:31", time(751_900, 755_000), true),
            ("00:12:31", time(755_000, 756_000), false),
            ("12:31–12:40", time(755_000, 756_000), true),
            ("ch. III", Spot::Chapter("iii".into()), true),
            ("ch. 3", Spot::Chapter("4".into()), false),
            ("titre", Spot::Heading, true),
        ] {
            let place = Place { block: 1, spot };
            assert_eq!(Locator::parse(locator).allows(&place, &place), expect, "{locator} {place:?}");
        }
    }
}
