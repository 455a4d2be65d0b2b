//! Numbered notes: the citations of a page, in the order in which they first stand.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::Value;

use super::Page;
use super::inline::pieces_html;
use super::markdown::letter;
use super::object::{Html, Object};
use super::rooted::ROOT;
use sourcebook_core::base::html::{escape, words as plain_words};
use sourcebook_core::check::cited;
use sourcebook_core::model::markdown::is_plain;
use sourcebook_core::model::prose::{NoteUse, Prose};
use sourcebook_core::model::{ClaimIx, Ref, SourceIx, Text};
use sourcebook_core::words::{sentence, text};

/// A note of a page.
struct Note<'n> {
    prose: &'n Prose,
    number: u32,
    target: Ref,
    prefix: Option<Text>,
    locator: Option<Text>,
    uses: u32,
    /// Whether it is contested in what some sentence of the page cites of it.
    contested: bool,
}

impl Page<'_, '_> {
    /// The notes of the texts of this page.
    pub fn notes(&self, texts: &[&Prose]) -> Vec<Value> {
        self.collect(texts).into_values().map(|note| self.note(&note)).collect()
    }

    fn note(&self, note: &Note<'_>) -> Value {
        let html = match note.target {
            Ref::Claim(ix) => self.claim_note(ix, note),
            Ref::Source(ix) => self.source_note(ix, note),
            _ => String::new(),
        };
        let renderer = self.renderer;
        let (short, state, comparison) = match note.target {
            Ref::Claim(ix) => {
                let short = sentence::short(renderer.dossier, ix, renderer, renderer.words());
                let state = renderer.verified.of_claim(ix);
                (Some(pieces_html(renderer, &short)), Some(state), renderer.comparison_url(&renderer.dossier[ix]))
            }
            _ => (None, None, None),
        };
        Object::with_room(14)
            .set("number", note.number)
            .set("id", format!("note-{}", note.number))
            .set("html", Html(html))
            .set("short", short.clone())
            .set("short_html", short.map(Html))
            .set("uses", self.uses(note))
            .set("lapse", self.lapse(Some(note.target)).map(|lapse| lapse.as_str()))
            .set("contested", note.contested)
            .set("comparison_url", comparison)
            .set("state", state.map(|s| s.as_str()))
            .set(
                "state_label",
                state.map(|s| sourcebook_core::words::kinds::verification(s.as_str(), renderer.words())),
            )
            .set("target", renderer.brief(note.target))
            .build()
    }

    fn uses(&self, note: &Note<'_>) -> Vec<Value> {
        (0..note.uses)
            .map(|turn| {
                let letter = letter(turn);
                let id = format!("use-{}-{letter}", note.number);
                let shown = if note.uses == 1 { String::new() } else { letter };
                Object::new().set("letter", shown).set("id", id).build()
            })
            .collect()
    }

    /// A claim's note: the sentence, then links to the claim, the original and the archived copy.
    fn claim_note(&self, ix: ClaimIx, note: &Note<'_>) -> String {
        let renderer = self.renderer;
        let shown = shown(note);
        let pieces = sentence::note(renderer.dossier, ix, shown.as_deref(), renderer, renderer.words());
        let mut html = self.worded(note, &pieces_html(renderer, &pieces));
        let mut links = vec![(renderer.urls.address(ix.into()), "note.claim", false)];
        for n in 0..renderer.dossier[ix].evidence.len() {
            let (original, archive) = renderer.deep_links(ix, n);
            links.extend(original.map(|url| (url, "note.original", true)));
            links.extend(archive.map(|url| (url, "note.archived", true)));
        }
        self.push_links(&mut html, links);
        html
    }

    fn source_note(&self, ix: SourceIx, note: &Note<'_>) -> String {
        let renderer = self.renderer;
        let shown = shown(note);
        let pieces = sentence::note_source(renderer.dossier, ix, shown.as_deref(), renderer, renderer.words());
        let mut html = self.worded(note, &pieces_html(renderer, &pieces));
        let source = &renderer.dossier[ix];
        let mut links = vec![(renderer.urls.address(ix.into()), "note.source", false)];
        links.extend(source.url.as_ref().map(|url| (url.to_string(), "note.original", true)));
        links.extend(source.archive.as_ref().map(|a| (a.url.to_string(), "note.archived", true)));
        self.push_links(&mut html, links);
        html
    }

    /// The words that stand before and after the id, where they are more than plain words.
    fn worded(&self, note: &Note<'_>, html: &str) -> String {
        let html = match &note.locator {
            Some(locator) if html.contains(LOCATOR) => html.replace(LOCATOR, &self.phrase(locator, note.prose)),
            _ => html.to_owned(),
        };
        match &note.prefix {
            Some(prefix) => format!("{} {html}", self.phrase(prefix, note.prose)),
            None => html,
        }
    }

    fn push_links(&self, html: &mut String, links: Vec<(String, &'static str, bool)>) {
        html.push_str(" <span class=\"links\">");
        for (i, (url, key, external)) in links.into_iter().enumerate() {
            let separator = if i > 0 { " · " } else { "" };
            let root = if external { "" } else { ROOT };
            let class = if external { " class=\"external\" rel=\"noopener\"" } else { "" };
            let label = escape(self.renderer.words().text(key)).into_owned();
            html.push_str(&format!("{separator}<a{class} href=\"{}\">{label}</a>", escape(&format!("{root}{url}"))));
        }
        html.push_str("</span>");
    }

    /// What a screen reader hears at a note's mark.
    pub fn note_description(&self, one: &NoteUse) -> String {
        let number = one.number.to_string();
        let words = self.renderer.words();
        let label = match one.target {
            Some(Ref::Claim(ix)) => text::speaker_label(self.renderer.dossier, ix, words),
            Some(Ref::Source(ix)) => self.renderer.dossier[ix].title.to_string(),
            _ => String::new(),
        };
        plain_words(&words.fill("note.mark", &[("number", &number), ("label", &label)]))
    }
}

/// Stands for a locator that is more than plain words, until the note is HTML.
const LOCATOR: &str = "\u{fdd5}";

/// The locator as a note's sentence takes it.
fn shown(note: &Note<'_>) -> Option<Text> {
    let locator = note.locator.as_ref()?;
    Some(if is_plain(locator) { locator.clone() } else { LOCATOR.into() })
}

impl Page<'_, '_> {
    /// Whether a claim is contested.
    pub fn is_contested(&self, of: Option<Ref>) -> bool {
        matches!(of, Some(Ref::Claim(ix)) if self.renderer.dossier[ix].contested)
    }

    /// Whether what a sentence cites of a claim is contested.
    pub fn cites_contested(&self, of: Option<Ref>, sentence: &cited::Sentence) -> bool {
        matches!(of, Some(Ref::Claim(ix)) if sentence.cites_contested(self.renderer.dossier, ix))
    }

    /// Of each citation of a text, its sentence.
    pub fn cited(&self, prose: &Prose) -> Vec<Arc<cited::Sentence>> {
        cited::sentences(self.renderer.dossier, prose)
    }

    fn collect<'n>(&self, texts: &[&'n Prose]) -> BTreeMap<u32, Note<'n>> {
        let mut notes = BTreeMap::new();
        for prose in texts {
            let sentences = self.cited(prose);
            let items = prose.outline.citations.iter().zip(&sentences);
            let items = items.flat_map(|(citation, sentence)| citation.items.iter().map(move |item| (item, sentence)));
            for ((item, sentence), one) in items.zip(&prose.notes) {
                let Some(target) = one.target else { continue };
                let make = || Note {
                    prose,
                    number: one.number,
                    target,
                    prefix: item.prefix.clone(),
                    locator: item.locator.clone(),
                    uses: 0,
                    contested: false,
                };
                let note = notes.entry(one.number).or_insert_with(make);
                note.uses += 1;
                note.contested |= self.cites_contested(Some(target), sentence);
            }
        }
        notes
    }
}
