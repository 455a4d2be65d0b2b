//! What a reader of captures makes of a file: its readable text, where things stand in it, and what else the file says.

use std::ops::Range;

use super::fact::Fact;
use super::place::{Place, Spot};

/// A readable text, its paragraphs and places.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Text {
    text: String,
    paragraphs: Vec<Range<usize>>,
    /// What each paragraph is to the story, if not all of them are its own.
    story: Option<Vec<Spot>>,
    marks: Vec<Mark>,
    facts: Vec<Fact>,
    voices: Vec<Voice>,
}

/// From this byte on, up to the next mark, the text stands at this spot: on a page, at a time, in a chapter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    /// A byte of the text.
    pub at: usize,
    /// The spot.
    pub spot: Spot,
}

/// From this byte on, up to the next, these are the words of a voice that the file names, or of none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Voice {
    /// A byte of the text.
    pub at: usize,
    /// As the file names it.
    pub name: Option<Box<str>>,
}

/// What a paragraph is to the story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// One of its paragraphs.
    #[default]
    Paragraph,
    /// A heading.
    Heading,
    /// The words under a picture.
    Caption,
    /// None of it.
    Outside,
}

impl Text {
    /// A text and its paragraphs (blocks between blank lines), all of them the story.
    pub fn new(text: String) -> Self {
        let paragraphs = paragraphs(&text);
        Self { text, paragraphs, ..Self::default() }
    }

    /// With the spots of its parts, in the order of their bytes; each holds up to the next.
    #[must_use]
    pub fn with_marks(mut self, mut marks: Vec<Mark>) -> Self {
        marks.sort_by_key(|mark| mark.at);
        self.marks = marks;
        self
    }

    /// With what each paragraph is to the story, by its first byte: « § 3 » is the third that is one of its paragraphs.
    #[must_use]
    pub fn with_story(mut self, part: impl Fn(usize) -> Part) -> Self {
        let mut number = 0;
        let spots = self.paragraphs.iter().map(|paragraph| match part(paragraph.start) {
            Part::Paragraph => {
                number += 1;
                Spot::Paragraph(number)
            }
            Part::Heading => Spot::Heading,
            Part::Caption => Spot::Caption,
            Part::Outside => Spot::Outside,
        });
        let spots: Vec<Spot> = spots.collect();
        self.story = (number > 0).then_some(spots);
        self
    }

    /// With what the file says besides its text.
    #[must_use]
    pub fn with_facts(mut self, facts: Vec<Fact>) -> Self {
        self.facts.extend(facts);
        self
    }

    /// With who says what, in the order of bytes.
    #[must_use]
    pub fn with_voices(mut self, voices: Vec<Voice>) -> Self {
        self.voices = voices;
        self
    }

    /// Who says the word at a byte, where the file names its voices.
    pub fn voice(&self, byte: usize) -> Option<&str> {
        let last = self.voices.partition_point(|voice| voice.at <= byte).checked_sub(1)?;
        self.voices[last].name.as_deref()
    }

    /// The whole text. All offsets in this module's neighbours are bytes of it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The bytes of each paragraph, without the line end after it.
    pub fn paragraphs(&self) -> &[Range<usize>] {
        &self.paragraphs
    }

    /// What the file says besides its text, in the order found.
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// The spots of its parts, where it has such.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// The number, from 1, of the paragraph of the whole that holds a byte; of the one before it for a byte between two.
    pub fn paragraph_at(&self, byte: usize) -> Option<usize> {
        match self.paragraphs.partition_point(|p| p.start <= byte) {
            0 => None,
            number => Some(number),
        }
    }

    /// Where a byte stands.
    pub fn place(&self, byte: usize) -> Place {
        let block = self.paragraph_at(byte).unwrap_or(1);
        let marked = self.marks.partition_point(|mark| mark.at <= byte).checked_sub(1);
        let of_story = || self.story.as_ref().and_then(|spots| spots.get(block - 1)).cloned();
        let spot = marked.map(|i| self.marks[i].spot.clone()).or_else(of_story).unwrap_or(Spot::Paragraph(block));
        Place { block, spot }
    }
}

/// Blocks of lines with something on them. A line ends at LF, CR LF or CR.
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut at, mut open) = (0, false);
    for line in text.split_inclusive(['\n', '\r']) {
        let end = at + line.trim_end_matches(['\n', '\r']).len();
        // The second half of CR LF is no line of its own.
        let half = line == "\n" && at > 0 && text.as_bytes()[at - 1] == b'\r';
        match (line.trim().is_empty(), open, found.last_mut()) {
            (true, ..) if half => {}
            (true, ..) => open = false,
            (false, true, Some(last)) => last.end = end,
            (false, ..) => {
                found.push(at..end);
                open = true;
            }
        }
        at += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &Text, bytes: &[usize]) -> Vec<String> {
        bytes.iter().map(|&b| text.place(b)).map(|p| format!("{} {}", p.block, p.spot)).collect()
    }

    #[test]
    fn a_text_is_all_story_unless_told() {
        let text = Text::new("Menu\n\nTitre\n\nUn\n\nDeux".into());
        assert_eq!(places(&text, &[0, 6, 17]), ["1 § 1", "2 § 2", "4 § 4"]);
        let story = text.clone().with_story(|at| match at {
            0..6 => Part::Outside,
            6..13 => Part::Heading,
            _ => Part::Paragraph,
        });
        assert_eq!(places(&story, &[0, 6, 13, 17]), ["1 outside", "2 heading", "3 § 1", "4 § 2"]);
        let none = text.with_story(|_| Part::Outside);
        assert_eq!(places(&none, &[0, 17]), ["1 § 1", "4 § 4"], "a story of nothing is the whole");
    }

    #[test]
    fn a_mark_holds_up_to_the_next() {
        let page = |at, sheet: usize| Mark { at, spot: Spot::Page { sheet, label: sheet.to_string().into() } };
        let text = Text::new("Un\n\nDeux\n\nTrois".into()).with_marks(vec![page(10, 2), page(0, 1)]);
        assert_eq!(places(&text, &[0, 9, 10, 14]), ["1 p. 1", "2 p. 1", "3 p. 2", "3 p. 2"]);
        assert_eq!(places(&Text::default(), &[0]), ["1 § 1"]);
    }
}
