//! What Markdown texts cite and link to, and the numbers of their notes.
//!
//! A page numbers its notes from 1 over all its texts, in the order of [`Dossier::prose_of`]. The same id with the same
//! locator is the same note; every use is counted, so that the note can link back to each.

use std::collections::HashMap;

use super::bind::{Binder, unsafe_url};
use super::records::{Made, Records};
use crate::base::diagnostic::Diagnostic;
use crate::dossier::config::HtmlPolicy;
use crate::model::prose::{Cited, FaultKind, NoteUse, Prose, Texts};
use crate::model::{ActorIx, ArticleIx, ClaimIx, Dossier, EventIx, Mention, PlaceIx, QuestionIx, Ref, SourceIx, Text};

/// Binds the texts of a page.
pub fn bind(texts: Vec<&mut Prose>, b: &mut Binder<'_>) {
    if texts.iter().all(|prose| prose.outline.plain) {
        return;
    }
    let mut binder = TextBinder { b, numbers: Numbers::new() };
    for prose in texts {
        prose.notes = binder.citations(prose);
        prose.linked = binder.links(prose);
        binder.faults(prose);
        binder.urls(prose);
    }
}

/// Which pages cite each record or link to it: pairs of the record and the page, sorted, each once.
pub fn mentions(records: &Records) -> Vec<(Ref, Mention)> {
    fn of<R: Texts>(made: &[Made<R>], page: fn(usize) -> Ref, found: &mut Vec<(Ref, Mention)>) {
        for (i, made) in made.iter().enumerate() {
            for prose in made.record.prose().into_iter().filter(|prose| !prose.outline.plain) {
                let page = page(i);
                let cited =
                    prose.notes.iter().filter_map(|u| Some((u.target?, Mention { page, note: Some(u.number) })));
                found.extend(cited);
                found.extend(prose.linked.iter().map(|target| (*target, Mention { page, note: None })));
            }
        }
    }
    let mut found = Vec::new();
    of(&records.actors, |i| ActorIx::at(i).into(), &mut found);
    of(&records.events, |i| EventIx::at(i).into(), &mut found);
    of(&records.places, |i| PlaceIx::at(i).into(), &mut found);
    of(&records.sources, |i| SourceIx::at(i).into(), &mut found);
    of(&records.questions, |i| QuestionIx::at(i).into(), &mut found);
    of(&records.claims, |i| ClaimIx::at(i).into(), &mut found);
    of(&records.articles, |i| ArticleIx::at(i).into(), &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

/// Tells each record which pages mention it.
pub fn tell(dossier: &mut Dossier, mentions: Vec<(Ref, Mention)>) {
    for (target, mention) in mentions {
        mentions_of(dossier, target).push(mention);
    }
}

struct TextBinder<'a, 'b> {
    b: &'a mut Binder<'b>,
    numbers: Numbers,
}

/// Notes of a page so far: number and uses by what is cited.
type Numbers = HashMap<(Text, Option<Text>), (u32, u32)>;

impl TextBinder<'_, '_> {
    fn citations(&mut self, prose: &Prose) -> Vec<NoteUse> {
        let items = prose.outline.citations.iter().flat_map(|citation| &citation.items);
        let mut notes: Vec<_> = items.map(|item| self.cited(item, prose)).collect();
        notes.shrink_to_fit();
        notes
    }

    fn cited(&mut self, item: &Cited, prose: &Prose) -> NoteUse {
        let target = self.find(&item.id.value, &item.id.range, prose);
        if let Some(other) = target.filter(|t| !matches!(t, Ref::Claim(_) | Ref::Source(_))) {
            let message = format!("`{}` is {}; only claims and sources are cited", item.id.value, other.with_article());
            let span = prose.span(&item.id.range, self.b.files());
            let help = format!("to link to it, write `[[{}]]`", item.id.value);
            self.b.diagnostics.push(Diagnostic::error("wrong-kind", span, message).help(help));
        }
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX) + 1;
        let key = (item.id.value.clone(), item.locator.clone());
        let (number, uses) = self.numbers.entry(key).or_insert((next, 0));
        *uses += 1;
        let target = target.filter(|t| matches!(t, Ref::Claim(_) | Ref::Source(_)));
        NoteUse { target, number: *number, turn: *uses - 1 }
    }

    fn find(&mut self, id: &Text, range: &std::ops::Range<usize>, prose: &Prose) -> Option<Ref> {
        let files = self.b.files();
        self.b.find(id, || prose.span(range, files))
    }

    fn links(&mut self, prose: &Prose) -> Vec<Ref> {
        let mut found = Vec::new();
        for link in &prose.outline.links {
            let id = link.value.split('#').next().unwrap_or_default().into();
            found.extend(self.find(&id, &link.range, prose));
        }
        for card in &prose.outline.cards {
            let target = self.find(&card.id.value, &card.id.range, prose);
            let span = || prose.span(&card.id.range, self.b.files());
            if !card.alone {
                let message = "a card stands alone in its paragraph";
                let help = "put an empty line before and after it, or link with `[[…]]`";
                self.b.diagnostics.push(Diagnostic::error("misplaced-card", span(), message).help(help));
            } else if matches!(target, Some(Ref::Article(_))) {
                let message = format!("`{}` is an article, which has no card", card.id.value);
                let help = format!("to link to it, write `[[{}]]`", card.id.value);
                self.b.diagnostics.push(Diagnostic::error("wrong-kind", span(), message).help(help));
            }
            found.extend(target);
        }
        found
    }

    fn urls(&mut self, prose: &Prose) {
        for url in &prose.outline.urls {
            if is_absolute(&url.url) && !crate::base::url::is_safe_url(&url.url) {
                self.b.diagnostics.push(unsafe_url(&url.url, prose.span(&url.range, self.b.files())));
            } else if url.image && is_absolute(&url.url) {
                let message = format!("`{}` is an image of somebody else's server", url.url);
                let help = "put a copy into `content/`: pages load nothing from elsewhere";
                let span = prose.span(&url.range, self.b.files());
                self.b.diagnostics.push(Diagnostic::error("remote-image", span, message).help(help));
            }
        }
    }

    fn faults(&mut self, prose: &Prose) {
        for fault in &prose.outline.faults {
            if fault.kind == FaultKind::Html && self.b.html() != HtmlPolicy::Refuse {
                continue;
            }
            let span = prose.span(&fault.range, self.b.files());
            self.b.diagnostics.push(explain(&fault.kind, span));
        }
    }
}

/// Whether a URL in a text names a scheme, rather than a path of the dossier.
pub fn is_absolute(url: &str) -> bool {
    let scheme = url.split(['/', '?', '#']).next().unwrap_or_default();
    url.starts_with("//") || scheme.contains(':')
}

fn explain(kind: &FaultKind, span: crate::base::file::Span) -> Diagnostic {
    match kind {
        FaultKind::UndefinedFootnote(label) => {
            Diagnostic::error("undefined-footnote", span, format!("the footnote `[^{label}]` has no text"))
                .help(format!("add a line `[^{label}]: …`, or write `\\[^{label}]` for the characters themselves"))
        }
        FaultKind::UndefinedReference(label) => {
            Diagnostic::error("broken-link", span, format!("the link's reference `[{label}]` is not defined"))
                .help(format!("add a line `[{label}]: https://…`"))
        }
        FaultKind::BadCitation(message) => Diagnostic::error("bad-citation", span, message.clone())
            .help("a citation reads `[@id]`, `[@id, § 3]` or `[@id; @other]`"),
        FaultKind::Html => Diagnostic::error("raw-html", span, "raw HTML is refused in this dossier")
            .help("write it in Markdown, or set `html = \"escape\"` or `\"allow\"` under `[markdown]` in site.toml"),
        FaultKind::DuplicateAnchor(id) => {
            Diagnostic::error("duplicate-anchor", span, format!("another heading has the anchor `{id}` already"))
                .help("give one of them another `{#…}`")
        }
        FaultKind::TooDeep => Diagnostic::error("too-deep", span, "this text is nested too deeply to be read"),
    }
}

fn mentions_of(dossier: &mut Dossier, target: Ref) -> &mut Vec<Mention> {
    match target {
        Ref::Actor(ix) => &mut dossier.actors[ix.position()].mentions,
        Ref::Event(ix) => &mut dossier.events[ix.position()].mentions,
        Ref::Place(ix) => &mut dossier.places[ix.position()].mentions,
        Ref::Source(ix) => &mut dossier.sources[ix.position()].mentions,
        Ref::Question(ix) => &mut dossier.questions[ix.position()].mentions,
        Ref::Claim(ix) => &mut dossier.claims[ix.position()].mentions,
        Ref::Article(ix) => &mut dossier.articles[ix.position()].mentions,
    }
}
