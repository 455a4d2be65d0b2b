//! Texts one after another: what a reader makes of a file that holds several.

use super::{Fact, Mark, Part, Spot, Text};

/// A text in the making.
#[derive(Default)]
pub(super) struct Joined {
    text: String,
    /// Where paragraphs begin, and what each is to the story.
    parts: Vec<(usize, Part)>,
    marks: Vec<Mark>,
    facts: Vec<Fact>,
}

impl Joined {
    /// Adds a block of lines.
    pub(super) fn block(&mut self, words: &str, part: Part) {
        let words = words.trim();
        if !words.is_empty() {
            self.apart();
            self.parts.push((self.text.len(), part));
            self.text.push_str(words);
        }
    }

    /// Adds what an inner reader read; all of it outside of the story where `part` says so.
    pub(super) fn add(&mut self, inner: &Text, part: Part) {
        if !inner.as_str().trim().is_empty() {
            self.apart();
            let from = self.text.len();
            self.text.push_str(inner.as_str());
            for paragraph in inner.paragraphs() {
                let own = match inner.place(paragraph.start).spot {
                    _ if part == Part::Outside => Part::Outside,
                    Spot::Heading => Part::Heading,
                    Spot::Caption => Part::Caption,
                    Spot::Outside => Part::Outside,
                    Spot::Paragraph(_) | Spot::Page { .. } | Spot::Time { .. } | Spot::Chapter(_) => Part::Paragraph,
                };
                self.parts.push((from + paragraph.start, own));
            }
            self.marks.extend(inner.marks().iter().map(|mark| Mark { at: from + mark.at, spot: mark.spot.clone() }));
        }
        for fact in inner.facts() {
            self.fact(fact.clone());
        }
    }

    /// From here on the text stands at this spot.
    pub(super) fn mark(&mut self, spot: Spot) {
        self.apart();
        self.marks.push(Mark { at: self.text.len(), spot });
    }

    /// Says something of the file, once.
    pub(super) fn fact(&mut self, fact: Fact) {
        if !self.facts.contains(&fact) {
            self.facts.push(fact);
        }
    }

    /// The whole.
    pub(super) fn finish(self) -> Text {
        let Self { text, parts, marks, facts } = self;
        let part = |at: usize| parts.binary_search_by_key(&at, |(at, _)| *at).map_or(Part::Paragraph, |i| parts[i].1);
        Text::new(text).with_story(part).with_marks(marks).with_facts(facts)
    }

    fn apart(&mut self) {
        let text = self.text.trim_end_matches(['\n', '\r']).len();
        self.text.truncate(text);
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
    }
}
