//! A published text cut where marked passages begin and end, for a page that marks them.
//!
//! 1. All starts and ends of passages are put in order.
//! 2. Each paragraph is cut at those within it; each segment knows the passages that cover it.
//! 3. The first and the last segment of each passage are noted, for an anchor and for a reference mark.
//!
//! Passages may overlap, lie within one another, have several parts and cross paragraphs.

use std::collections::BTreeMap;
use std::ops::Range;

/// A stretch of a paragraph that the same passages cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Bytes of the text; never empty.
    pub range: Range<usize>,
    /// The passages that cover it, by their place among those given, ascending.
    pub passages: Vec<usize>,
    /// Those of them that begin here.
    pub begins: Vec<usize>,
    /// Those of them that end here, for good.
    pub ends: Vec<usize>,
}

/// Cuts a text's paragraphs (in order, apart) at its passages, each a list of ranges. The segments of a paragraph
/// cover it whole and in order. What lies outside of all paragraphs marks nothing.
pub fn cut(paragraphs: &[Range<usize>], passages: &[Vec<Range<usize>>]) -> Vec<Vec<Segment>> {
    let mut sweep = Sweep { events: events(passages), next: 0, open: BTreeMap::new() };
    let mut cut: Vec<Vec<Segment>> = paragraphs.iter().map(|paragraph| sweep.paragraph(paragraph)).collect();
    note_ends(&mut cut, passages.len());
    cut
}

/// A passage's part that begins or ends.
struct Event {
    at: usize,
    passage: usize,
    begins: bool,
}

fn events(passages: &[Vec<Range<usize>>]) -> Vec<Event> {
    let parts = passages.iter().enumerate().flat_map(|(i, ranges)| ranges.iter().map(move |r| (i, r)));
    let mut events: Vec<Event> = parts
        .filter(|(_, range)| !range.is_empty())
        .flat_map(|(passage, range)| {
            [(range.start, true), (range.end, false)].map(|(at, begins)| Event { at, passage, begins })
        })
        .collect();
    events.sort_by_key(|e| (e.at, e.passage));
    events
}

struct Sweep {
    events: Vec<Event>,
    next: usize,
    /// How many parts of each passage are open, for a passage may overlap itself.
    open: BTreeMap<usize, i32>,
}

impl Sweep {
    fn paragraph(&mut self, paragraph: &Range<usize>) -> Vec<Segment> {
        let mut segments = Vec::new();
        let mut at = paragraph.start;
        while at < paragraph.end {
            self.advance(at);
            let end = self.events.get(self.next).map_or(paragraph.end, |e| e.at.min(paragraph.end));
            let passages = self.open.keys().copied().collect();
            segments.push(Segment { range: at..end, passages, begins: Vec::new(), ends: Vec::new() });
            at = end;
        }
        segments
    }

    /// Takes in all that begins or ends up to `at`.
    fn advance(&mut self, at: usize) {
        while let Some(event) = self.events.get(self.next).filter(|e| e.at <= at) {
            let count = self.open.entry(event.passage).or_default();
            *count += if event.begins { 1 } else { -1 };
            if *count == 0 {
                self.open.remove(&event.passage);
            }
            self.next += 1;
        }
    }
}

fn note_ends(cut: &mut [Vec<Segment>], passages: usize) {
    let mut seen = vec![false; passages];
    for segment in cut.iter_mut().flatten() {
        segment.begins = segment.passages.iter().copied().filter(|&p| !std::mem::replace(&mut seen[p], true)).collect();
    }
    seen.fill(false);
    for segment in cut.iter_mut().flatten().rev() {
        segment.ends = segment.passages.iter().copied().filter(|&p| !std::mem::replace(&mut seen[p], true)).collect();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Paragraphs joined by ` / `, segments by ` `: the words, then the passages, with `+` where one begins and `-`
    /// where it ends.
    fn check(text: &str, passages: &[&[&str]], expect: &str) {
        let find = |words: &&str| text.find(words).map(|at| at..at + words.len()).unwrap();
        let ranges: Vec<Vec<_>> = passages.iter().map(|parts| parts.iter().map(find).collect()).collect();
        let text = super::super::readers::Text::new(text.into());
        let show = |s: &Segment| {
            let signs = |p: &usize| {
                [(&s.begins, "+"), (&s.ends, "-")].map(|(list, sign)| if list.contains(p) { sign } else { "" })
            };
            let ids: String = s
                .passages
                .iter()
                .map(|p| {
                    let [b, e] = signs(p);
                    format!("{b}{p}{e}")
                })
                .collect();
            format!("[{}]{ids}", &text.as_str()[s.range.clone()])
        };
        let cut = cut(text.paragraphs(), &ranges);
        let lines: Vec<String> = cut.iter().map(|p| p.iter().map(show).collect()).collect();
        assert_eq!(lines.join(" / "), expect);
    }

    #[test]
    fn a_passage_stands_alone_inside_or_across_others() {
        check("un deux trois", &[], "[un deux trois]");
        check("un deux trois", &[&["deux"]], "[un ][deux]+0-[ trois]");
        check("un deux trois", &[&["un deux"], &["deux trois"]], "[un ]+0[deux]0-+1[ trois]1-");
        check("un deux trois", &[&["deux"], &["un deux trois"]], "[un ]+1[deux]+0-1[ trois]1-");
        check("un deux trois", &[&["un deux"], &["un deux"]], "[un deux]+0-+1-[ trois]");
        check("un deux", &[&["un "], &["deux"]], "[un ]+0-[deux]+1-");
    }

    #[test]
    fn a_passage_may_cross_paragraphs() {
        check("un deux\n\ntrois quatre", &[&["deux\n\ntrois"]], "[un ][deux]+0 / [trois]0-[ quatre]");
        check("un\n\ndeux\n\ntrois", &[&["un\n\ndeux\n\ntrois"]], "[un]+0 / [deux]0 / [trois]0-");
    }

    #[test]
    fn a_passage_may_have_parts() {
        check("un deux trois", &[&["un", "trois"]], "[un]+0[ deux ][trois]0-");
        check("un deux trois", &[&["un deux", "deux trois"]], "[un ]+0[deux]0[ trois]0-");
        check("un", &[&[""]], "[un]");
    }

    proptest! {
        #[test]
        fn segments_cover_paragraphs_and_know_their_passages(
            sizes in prop::collection::vec((1..20usize, 0..3usize), 0..6),
            parts in prop::collection::vec(prop::collection::vec((0..80usize, 0..40usize), 0..3), 0..6),
        ) {
            let mut at = 0;
            let paragraphs: Vec<_> = sizes.iter().map(|(size, gap)| { let start = at + gap; at = start + size; start..at }).collect();
            let passages: Vec<Vec<_>> = parts.iter().map(|p| p.iter().map(|&(s, l)| s..s + l).collect()).collect();
            let found = cut(&paragraphs, &passages);
            for (paragraph, segments) in paragraphs.iter().zip(&found) {
                let bytes: Vec<usize> = segments.iter().flat_map(|s| s.range.clone()).collect();
                prop_assert_eq!(bytes, paragraph.clone().collect::<Vec<_>>());
                for segment in segments {
                    for byte in segment.range.clone() {
                        let covers: Vec<usize> = (0..passages.len()).filter(|&p| passages[p].iter().any(|r| r.contains(&byte))).collect();
                        prop_assert_eq!(&covers, &segment.passages);
                    }
                }
            }
            for p in 0..passages.len() {
                let count = |list: fn(&Segment) -> &Vec<usize>| found.iter().flatten().filter(|s| list(s).contains(&p)).count();
                prop_assert_eq!(count(|s| &s.begins), count(|s| &s.ends));
                prop_assert_eq!(count(|s| &s.begins), usize::from(count(|s| &s.passages) > 0));
            }
        }
    }
}
