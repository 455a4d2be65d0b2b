//! Where in a capture something stands: by its paragraph, its page, its time, its chapter.
//!
//! A [`Place`] always knows the paragraph of the whole text; its [`Spot`] says what a reader would call the place. Both
//! are written to the lock, in the words of [`Spot`]'s `Display`, which [`Spot::parse`] reads.

use std::fmt;

/// Where something stands in a capture.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The paragraph of the whole text, from 1: menus and boilerplate count.
    pub block: usize,
    /// What a reader would call it.
    pub spot: Spot,
}

/// What a reader calls a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Spot {
    /// `§ 3`: the third paragraph of the story.
    Paragraph(usize),
    /// A headline or a heading within the story.
    Heading,
    /// The words under a picture or a table of the story.
    Caption,
    /// Outside of the story: a menu, a teaser, a comment.
    Outside,
    /// A page.
    Page {
        /// Its number among all pages, from 1.
        sheet: usize,
        /// What is printed on it: `12`, `xii`, `A-3`.
        label: Box<str>,
    },
    /// A stretch of time, in milliseconds from the beginning.
    Time {
        /// Where it begins.
        start: u64,
        /// Where it ends; not before it begins.
        end: u64,
    },
    /// A chapter, by the name or number that it has.
    Chapter(Box<str>),
}

kinds_of! {
    /// The kinds of [`Spot`], each of which [`Spot::parse`] reads.
    SpotKind of Spot { Paragraph(_), Heading, Caption, Outside, Page { .. }, Time { .. }, Chapter(_) }
}

impl Place {
    /// The place of a paragraph in a text that is all story.
    pub fn paragraph(number: usize) -> Self {
        Self { block: number, spot: Spot::Paragraph(number) }
    }
}

impl Spot {
    /// The locator that a writer would write for this place, where there is one.
    pub fn locator(&self) -> Option<String> {
        match self {
            Self::Paragraph(_) | Self::Chapter(_) => Some(self.to_string()),
            Self::Page { label, .. } => Some(format!("p. {label}")),
            Self::Time { start, .. } => Some(clock(start / 1000)),
            Self::Heading | Self::Caption | Self::Outside => None,
        }
    }

    /// In a sentence: `in § 3`, `on p. 12`, `outside the story`.
    pub fn said(&self) -> String {
        match self {
            Self::Paragraph(_) | Self::Chapter(_) => format!("in {self}"),
            Self::Page { label, .. } => format!("on p. {label}"),
            Self::Time { start, .. } => format!("at {}", clock(start / 1000)),
            Self::Heading => "in a heading".into(),
            Self::Caption => "in a caption".into(),
            Self::Outside => "outside the story".into(),
        }
    }

    /// Reads what `Display` writes.
    pub fn parse(text: &str) -> Option<Self> {
        SpotKind::ALL.iter().find_map(|kind| Self::read(*kind, text))
    }

    fn read(kind: SpotKind, text: &str) -> Option<Self> {
        match kind {
            SpotKind::Paragraph => text.strip_prefix("§ ")?.parse().ok().filter(|n| *n > 0).map(Self::Paragraph),
            SpotKind::Heading => (text == "heading").then_some(Self::Heading),
            SpotKind::Caption => (text == "caption").then_some(Self::Caption),
            SpotKind::Outside => (text == "outside").then_some(Self::Outside),
            SpotKind::Page => {
                let page = text.strip_prefix("p. ")?;
                let (label, sheet) = match page.strip_suffix(')').and_then(|p| p.rsplit_once(" (sheet ")) {
                    Some((label, sheet)) => (label, sheet.parse().ok()?),
                    None => (page, page.parse().ok()?),
                };
                Some(Self::Page { sheet, label: label.into() })
            }
            SpotKind::Chapter => Some(Self::Chapter(text.strip_prefix("ch. ")?.into())),
            SpotKind::Time => {
                let (start, end) = text.split_once('–')?;
                let (start, end) = (milliseconds(start)?, milliseconds(end)?);
                (start <= end).then_some(Self::Time { start, end })
            }
        }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Paragraph(number) => write!(f, "§ {number}"),
            Self::Heading => write!(f, "heading"),
            Self::Caption => write!(f, "caption"),
            Self::Outside => write!(f, "outside"),
            Self::Page { sheet, label } if **label == *sheet.to_string() => write!(f, "p. {sheet}"),
            Self::Page { sheet, label } => write!(f, "p. {label} (sheet {sheet})"),
            Self::Time { start, end } => {
                let exact = |ms: &u64| format!("{}.{:03}", clock(ms / 1000), ms % 1000);
                write!(f, "{}–{}", exact(start), exact(end))
            }
            Self::Chapter(name) => write!(f, "ch. {name}"),
        }
    }
}

/// Seconds as `00:12:31`.
pub fn clock(seconds: u64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// Milliseconds of `12:31`, `00:12:31`, `1:02:03.500`, `00:00:01,250`.
pub fn milliseconds(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |t: &str| !t.is_empty() && t.len() <= 9 && t.bytes().all(|b| b.is_ascii_digit());
    let fields: Vec<&str> = whole.split(':').collect();
    let minutes_and_seconds = fields.iter().skip(1).all(|f| f.len() == 2 && f.parse().is_ok_and(|n: u64| n < 60));
    let well = (2..=3).contains(&fields.len()) && fields.iter().all(|f| digits(f)) && minutes_and_seconds;
    if !well || part.is_empty() == text.contains(['.', ',']) || (!part.is_empty() && !digits(part)) {
        return None;
    }
    let seconds = fields.iter().try_fold(0u64, |sum, f| Some(sum.checked_mul(60)? + f.parse::<u64>().ok()?))?;
    let thousandths: u64 = format!("{part:0<3}").get(..3)?.parse().ok()?;
    Some(seconds * 1000 + thousandths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_as_they_are_written() {
        let spots = [
            (Spot::Paragraph(3), "§ 3"),
            (Spot::Heading, "heading"),
            (Spot::Caption, "caption"),
            (Spot::Outside, "outside"),
            (Spot::Page { sheet: 12, label: "12".into() }, "p. 12"),
            (Spot::Page { sheet: 4, label: "xii".into() }, "p. xii (sheet 4)"),
            (Spot::Page { sheet: 4, label: "A (sheet 2)".into() }, "p. A (sheet 2) (sheet 4)"),
            (Spot::Time { start: 751_000, end: 760_250 }, "00:12:31.000–00:12:40.250"),
            (Spot::Chapter("III".into()), "ch. III"),
        ];
        for (spot, text) in spots {
            assert_eq!(spot.to_string(), text);
            assert_eq!(Spot::parse(text), Some(spot));
        }
        for text in ["", "§ 0", "§ x", "p. xii", "00:00:02.000–00:00:01.000", "12", "00:61:00.000–01:00:00.000"] {
            assert_eq!(Spot::parse(text), None, "{text}");
        }
    }

    #[test]
    fn times_are_written_in_many_ways() {
        for (text, expect) in [
            ("12:31", Some(751_000)),
            ("00:12:31", Some(751_000)),
            ("1:02:03.5", Some(3_723_500)),
            ("00:00:01,250", Some(1_250)),
            ("100:00:00", Some(360_000_000)),
            ("31", None),
            ("12:3", None),
            ("12:61", None),
            ("1:2:3:4", None),
            ("12:31.", None),
            ("a:31", None),
        ] {
            assert_eq!(milliseconds(text), expect, "{text}");
        }
    }

    #[test]
    fn a_locator_says_what_a_writer_would() {
        assert_eq!(Spot::Page { sheet: 4, label: "xii".into() }.locator().as_deref(), Some("p. xii"));
        assert_eq!(Spot::Time { start: 751_900, end: 760_000 }.locator().as_deref(), Some("00:12:31"));
        assert_eq!(Spot::Outside.locator(), None);
    }
}
