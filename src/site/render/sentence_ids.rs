//! The address of each sentence that bears a note: `s-` and eight letters made of its words, so that it stays as other
//! sentences come and go.

use std::collections::HashMap;

use super::Page;
use sourcebook_core::check::sentences;
use sourcebook_core::model::prose::{Citation, Prose};

impl Page<'_, '_> {
    /// Which of the texts of this page it is: their sentences have addresses of their own.
    pub(super) fn turn_of(&self, prose: &Prose) -> usize {
        let texts = self.subject.map(|of| self.renderer.dossier.prose_of(of)).unwrap_or_default();
        texts.iter().position(|text| std::ptr::eq(*text, prose)).unwrap_or(texts.len())
    }
}

/// Of each citation of a text, in order, the address of its sentence, if it is the first in it. `turn` tells the texts of one
/// page apart.
pub(super) fn sentence_ids(prose: &Prose, turn: usize) -> Vec<Option<String>> {
    let citations = &prose.outline.citations;
    let mut ids = vec![None; citations.len()];
    let mut seen: HashMap<String, usize> = HashMap::new();
    for paragraph in &prose.outline.paragraphs {
        let start = citations.partition_point(|citation| citation.range.start < paragraph.range.start);
        let end = citations.partition_point(|citation| citation.range.start < paragraph.range.end);
        if start >= end {
            continue;
        }
        for sentence in sentences::of_paragraph(prose, paragraph) {
            let first = citations.partition_point(|citation| citation.range.start < sentence.start);
            if citations.get(first).is_some_and(|citation| citation.range.start < sentence.end) {
                let id = id(&words(&prose.text, sentence, citations), turn);
                let again = seen.entry(id.clone()).or_insert(0);
                *again += 1;
                ids[first] = Some(if *again > 1 { format!("{id}-{again}") } else { id });
            }
        }
    }
    ids
}

/// The letters and figures of a sentence, without what it cites.
fn words(text: &str, sentence: std::ops::Range<usize>, citations: &[Citation]) -> String {
    let first = citations.partition_point(|citation| citation.range.end <= sentence.start);
    let inside = citations[first..].iter().take_while(|citation| citation.range.start < sentence.end);
    let mut out = String::new();
    let mut at = sentence.start;
    for citation in inside.map(|citation| &citation.range).chain(std::iter::once(&(sentence.end..sentence.end))) {
        let until = citation.start.clamp(at, sentence.end);
        let written = text.get(at..until).unwrap_or_default();
        out.extend(written.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
        at = citation.end.clamp(at, sentence.end);
    }
    out
}

/// FNV-1a (64 bits) in letters: an address is no secret, and needs to be the same in every build.
fn id(words: &str, turn: usize) -> String {
    let salt = u8::try_from(turn).unwrap_or(u8::MAX);
    let bytes = words.bytes().chain((salt > 0).then_some(salt));
    let hash = bytes
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    let letter = |n: u32| char::from(b"abcdefghijkmnpqrstuvwxyz23456789"[(hash >> (n * 5) & 31) as usize]);
    format!("s-{}", (0..8).map(letter).collect::<String>())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use sourcebook_core::base::file::{FileId, Span};
    use sourcebook_core::model::markdown::outline;
    use sourcebook_core::model::prose::{Prose, Written};

    use super::sentence_ids;

    fn of(text: &str, turn: usize) -> Vec<Option<String>> {
        let prose = Prose {
            text: text.into(),
            place: Written::Body(Span::new(FileId(0), 0..0)),
            outline: Arc::new(outline(text)),
            notes: Vec::new(),
            linked: Vec::new(),
            footnotes_before: 0,
        };
        sentence_ids(&prose, turn)
    }

    #[test]
    fn a_sentence_keeps_its_address() {
        let alone = of("Kim said so [@a].", 0);
        let among = of("Others came first [@x]. Kim said **so** [@a; @b]! More [@c] of the same [@d].", 0);
        assert_eq!(alone[0], among[1], "words decide: not what stands around, nor marks, nor what is cited");
        assert_eq!(among.iter().filter(|id| id.is_some()).count(), 3, "one address a sentence: {among:?}");
        assert_ne!(of("Kim said no [@a].", 0)[0], alone[0]);
    }

    #[test]
    fn no_two_are_the_same() {
        let twice = of("Kim said so [@a].\n\nKim said so [@a].", 0);
        assert_eq!(twice[1].clone(), twice[0].clone().map(|id| format!("{id}-2")));
        assert_ne!(of("Kim said so [@a].", 1)[0], twice[0], "another text of the page");
    }
}
