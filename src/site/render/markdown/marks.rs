//! The marks of notes and footnotes, and how they are numbered.

use sourcebook_core::base::html::push;
use sourcebook_core::check::cited;
use sourcebook_core::model::prose::NoteUse;
use sourcebook_core::model::state::Lapse;
use sourcebook_core::words;

use super::super::footnotes::use_of_footnote;
use super::Writer;

impl Writer<'_, '_, '_, '_> {
    /// A mark of a note or footnote, after the link or image that it stands in.
    pub(super) fn mark(&mut self, html: String) {
        if self.image.is_some() || self.links > 0 { self.waiting.push_str(&html) } else { self.html(html) }
    }

    pub(super) fn marks_that_wait(&mut self) {
        if self.image.is_none() && self.links == 0 && !self.waiting.is_empty() {
            let marks = std::mem::take(&mut self.waiting);
            self.html(marks);
        }
    }

    /// The marks of one citation: `[@a; @b]` has two. The brackets are text, so that where no stylesheet is (a copy, a
    /// reader mode, a text browser) no mark runs into a figure before it; the style may hide them.
    pub(super) fn marks(&mut self, uses: &[NoteUse], sentence: Option<&str>, cited: &cited::Sentence) -> String {
        let mut out = match sentence {
            Some(id) => format!("<sup class=\"note\" id=\"{id}\">["),
            None => String::from("<sup class=\"note\">["),
        };
        for (i, one) in uses.iter().enumerate() {
            if i > 0 {
                out.push_str(", ");
            }
            let (number, letter) = (one.number, letter(one.turn));
            let describe = self.page.note_description(one);
            out.push_str(&format!(
                "<a id=\"use-{number}-{letter}\" href=\"#note-{number}\" role=\"doc-noteref\" aria-label=\""
            ));
            push(&mut out, &describe);
            out.push_str(&format!("\">{number}</a>"));
            match self.page.lapse(one.target) {
                Some(lapse) => self.lapsed_mark(lapse, &mut out),
                None if self.page.cites_contested(one.target, cited) => self.contested_mark(&mut out),
                None => {}
            }
        }
        out.push_str("]</sup>");
        out
    }

    /// Beside the link and not in it: the link is named after its note alone.
    fn contested_mark(&self, out: &mut String) {
        out.push_str("<span class=\"contested-mark\" role=\"img\" aria-label=\"");
        push(out, self.page.renderer.words().text("note.contested_mark"));
        out.push_str("\">◆</span>");
    }

    /// Likewise: that the claim no longer stands, before all else that could be said of it.
    fn lapsed_mark(&self, lapse: Lapse, out: &mut String) {
        out.push_str(&format!(
            "<span class=\"lapsed-sign\" data-lapse=\"{}\" role=\"img\" aria-label=\"",
            lapse.as_str()
        ));
        let words = self.page.renderer.words();
        let state = words::kinds::state(lapse.into(), words);
        push(out, &words.fill("note.lapsed_mark", &[("state", state)]));
        out.push_str("\">†</span>");
    }

    /// Numbers go by the first use, and on over the texts of a page.
    fn footnote_number(&self, label: &str) -> usize {
        let known = self.footnote_numbers.get(label).copied();
        self.prose.footnotes_before as usize + known.unwrap_or(self.prose.outline.footnotes.len()) + 1
    }

    pub(super) fn footnote_mark(&mut self, label: &str) -> String {
        let n = self.footnote_number(label);
        let uses = self.footnote_uses.entry(label.into()).or_insert(0);
        *uses += 1;
        let id = use_of_footnote(n, *uses);
        format!(
            "<sup class=\"remark\">[<a id=\"{id}\" href=\"#remark-{n}\" role=\"doc-noteref\">{}</a>]</sup>",
            roman(n)
        )
    }

    /// A footnote, with a way back to each of its uses.
    pub(super) fn footnote_start(&mut self, label: &str) {
        let n = self.footnote_number(label);
        let uses = self.footnotes.get(label).copied().unwrap_or(1);
        let back = |turn: usize| {
            let shown = if turn == 1 { roman(n) } else { letter(u32::try_from(turn - 1).unwrap_or(0)) };
            let id = use_of_footnote(n, turn);
            format!("<a class=\"back\" href=\"#{id}\" role=\"doc-backlink\">{shown}</a>")
        };
        let backs: Vec<_> = (1..=uses).map(back).collect();
        self.html(format!("<aside class=\"remark\" id=\"remark-{n}\" role=\"doc-footnote\">{}", backs.join(" ")));
    }
}

/// a, b … z, aa …: the uses of one note.
pub fn letter(turn: u32) -> String {
    let last = char::from(b'a' + u8::try_from(turn % 26).unwrap_or(0));
    if turn < 26 { last.to_string() } else { format!("{}{last}", letter(turn / 26 - 1)) }
}

/// Remarks of the author are numbered otherwise than notes of sources: i, ii, iii.
fn roman(n: usize) -> String {
    sourcebook_core::words::number::roman(i64::try_from(n).unwrap_or(0)).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{letter, roman};

    #[test]
    fn numbering() {
        assert_eq!([0, 1, 25, 26, 27, 52].map(letter), ["a", "b", "z", "aa", "ab", "ba"]);
        assert_eq!([1, 4, 9, 14, 49].map(roman), ["i", "iv", "ix", "xiv", "xlix"]);
    }
}
