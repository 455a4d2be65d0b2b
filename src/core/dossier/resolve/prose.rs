//! What Markdown texts cite and link to, and the numbers of their notes.
//!
//! A page numbers its notes from 1 over all its texts, in the order of [`Dossier::prose_of`]. The same id with the same
//! locator and words around it is the same note; every use is counted, so that the note can link back to each.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::bind::{Binder, unsafe_url};
use crate::base::diagnostic::Diagnostic;
use crate::dossier::config::HtmlPolicy;
use crate::model::foreign::Foreign;
use crate::model::markdown::LONGEST_CODE_LINE;
use crate::model::markdown::ids::{PageOf, Taken};
use crate::model::prose::{Cited, FaultKind, NoteUse, Prose};
use crate::model::{Dossier, Mention, Ref, Text};

/// Binds the texts of a page.
pub(super) fn bind(texts: Vec<&mut Prose>, page: PageOf, b: &mut Binder<'_>) {
    if texts.iter().all(|prose| prose.outline.plain) {
        return;
    }
    let mut binder = TextBinder { b, numbers: Numbers::new(), taken: Taken::on(page), footnotes: 0 };
    for prose in texts {
        prose.notes = binder.citations(prose);
        prose.linked = binder.links(prose);
        binder.faults(prose);
        binder.urls(prose);
        binder.ids(prose);
    }
}

/// Tells each record which pages mention it.
pub(super) fn tell(dossier: &mut Dossier, mentions: Vec<(Ref, Mention)>) {
    for (target, mention) in mentions {
        dossier.mentions_mut(target).push(mention);
    }
}

struct TextBinder<'a, 'b> {
    b: &'a mut Binder<'b>,
    numbers: Numbers,
    taken: Taken,
    footnotes: usize,
}

/// Notes of a page so far: number and uses by what is cited and the words around it.
type Numbers = HashMap<(Text, Option<Text>, Option<Text>), (u32, u32)>;

impl TextBinder<'_, '_> {
    fn citations(&mut self, prose: &Prose) -> Vec<NoteUse> {
        let mut notes = Vec::new();
        for citation in &prose.outline.citations {
            // An `@` in the text before what is no id was no citation; with others beside it, it was meant as one.
            let first = citation.items.first().map(|item| &item.id.value);
            if citation.in_text && citation.items.len() == 1 && first.is_some_and(|id| !self.b.knows(id)) {
                notes.push(NoteUse { target: None, number: 0, turn: 0 });
            } else {
                notes.extend(citation.items.iter().map(|item| self.cited(item, citation.in_text, prose)));
            }
        }
        notes.shrink_to_fit();
        notes
    }

    fn cited(&mut self, item: &Cited, in_text: bool, prose: &Prose) -> NoteUse {
        let target = self.find(&item.id.value, &item.id.range, prose);
        if let Some(other) = target.filter(|t| !matches!(t, Ref::Claim(_) | Ref::Source(_))) {
            let id = &item.id.value;
            let message = format!("`{id}` is {}; only claims and sources are cited", other.with_article());
            let span = prose.span(&item.id.range, self.b.files());
            let mut fault =
                Diagnostic::error("wrong-kind", span, message).help(format!("to link to it, write `[[{id}]]`"));
            if in_text {
                fault = fault.help(format!("for the words themselves, write `\\@{id}`"));
            }
            self.b.diagnostics.push(fault);
        }
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX) + 1;
        let key = (item.id.value.clone(), item.prefix.clone(), item.locator.clone());
        let (number, uses) = self.numbers.entry(key).or_insert((next, 0));
        *uses += 1;
        let target = target.filter(|t| matches!(t, Ref::Claim(_) | Ref::Source(_)));
        NoteUse { target, number: *number, turn: *uses - 1 }
    }

    /// Each id of the page once: anchors that are taken, by the page or by an earlier text, get a number.
    fn ids(&mut self, prose: &mut Prose) {
        prose.footnotes_before = u32::try_from(self.footnotes).unwrap_or(u32::MAX);
        self.footnotes += prose.outline.footnotes.len();
        let mut earlier: BTreeSet<Text> = BTreeSet::new();
        for i in 0..prose.outline.headings.len() {
            let heading = &prose.outline.headings[i];
            // Two of one text that claim the same were told with the text.
            let told = heading.named && earlier.contains(&heading.id);
            if told || self.taken.take(&heading.id) {
                earlier.insert(heading.id.clone());
                continue;
            }
            if heading.named {
                let span = prose.span(&heading.range, self.b.files());
                earlier.insert(heading.id.clone());
                self.b.diagnostics.push(explain(&FaultKind::DuplicateAnchor(heading.id.clone()), span));
            } else {
                let free = self.taken.take_free(&heading.id);
                earlier.insert(free.clone());
                Arc::make_mut(&mut prose.outline).headings[i].id = free;
            }
        }
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
        for block in &prose.outline.blocks {
            for id in crate::dossier::blocks::ids(block, &prose.text) {
                found.extend(self.find(&id.value, &id.range, prose));
            }
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
            let is_none = match &fault.kind {
                FaultKind::Html => self.b.html() != HtmlPolicy::Refuse,
                FaultKind::OpenTag(_) | FaultKind::StrayTag(_) => self.b.html() != HtmlPolicy::Allow,
                FaultKind::IdleSign { id, .. } | FaultKind::MiswrittenId { id, .. } => !self.b.knows(id),
                _ => false,
            };
            if is_none {
                continue;
            }
            let span = prose.span(&fault.range, self.b.files());
            self.b.diagnostics.push(explain(&fault.kind, span));
        }
    }
}

/// Whether a URL in a text names a scheme, rather than a path of the dossier.
pub(super) fn is_absolute(url: &str) -> bool {
    let scheme = url.split(['/', '?', '#']).next().unwrap_or_default();
    url.starts_with("//") || scheme.contains(':')
}

fn long_code(span: crate::base::file::Span) -> Diagnostic {
    let message =
        format!("this line of code has more than {LONGEST_CODE_LINE} bytes, so that its block stands without colours");
    Diagnostic::warning("uncoloured-code", span, message).help("break the line, or leave out the block's language")
}

fn explain(kind: &FaultKind, span: crate::base::file::Span) -> Diagnostic {
    match kind {
        FaultKind::UndefinedFootnote(_)
        | FaultKind::UnusedFootnote(_)
        | FaultKind::SecondFootnote(_)
        | FaultKind::EmptyFootnote(_)
        | FaultKind::FootnoteInLink
        | FaultKind::InlineFootnote => footnote(kind, span),
        FaultKind::UndefinedReference(label) => {
            Diagnostic::error("broken-link", span, format!("the link's reference `[{label}]` is not defined"))
                .help(format!("add a line `[{label}]: https://…`"))
        }
        FaultKind::BadCitation(message) => Diagnostic::error("bad-citation", span, message.clone())
            .help("a citation reads `[@id]`, `[see @id, § 3]`, `[@id; @other]`, or `@id` in the text"),
        FaultKind::IdleSign { id, before } => idle_sign(id, *before, span),
        FaultKind::MiswrittenId { id, written } => Diagnostic::error(
            "bad-citation",
            span,
            format!("`@{written}` makes no note: ids have no capitals and no `_`"),
        )
        .help(format!("write `@{id}`"))
        .help(format!("for the characters themselves, write `\\@{written}`")),
        FaultKind::OpenComment => Diagnostic::error("open-comment", span, "this comment has no end")
            .help("close it with `-->`; between the lines of other HTML, an empty line ends it too"),
        FaultKind::OpenTag(name) => open_tag(name, span),
        FaultKind::StrayTag(name) => stray_tag(name, span),
        FaultKind::HeadingAttribute(name) => {
            let message = format!("`{name}` is no attribute that a heading may have");
            Diagnostic::error("bad-heading", span, message).help("a heading takes `{#anchor}` and `{.class}`")
        }
        FaultKind::BeyondHeader => {
            Diagnostic::error("cell-beyond-header", span, "this cell has no column: Markdown would leave it out")
                .help("add a column to the table's header, or write a `|` that is no border as `\\|`")
        }
        FaultKind::PipeInCell => Diagnostic::error("cell-beyond-header", span, "the `|` of this link ends its cell")
            .help("in a table, write it as `\\|`: `[[id\\|words]]`"),
        FaultKind::Html => Diagnostic::error("raw-html", span, "raw HTML is refused in this dossier")
            .help("write it in Markdown, or set `html = \"escape\"` or `\"allow\"` under `[markdown]` in site.toml"),
        FaultKind::DuplicateAnchor(id) => Diagnostic::error(
            "duplicate-anchor",
            span,
            format!("the id `{id}` is taken, by another heading or by the page itself"),
        )
        .help("give one of them another `{#…}`"),
        FaultKind::Foreign(what @ Foreign::Comment) => {
            Diagnostic::error("foreign-comment", span, "a comment of another program would stand on the page")
                .help(what.help())
        }
        FaultKind::Foreign(what) => {
            let message = format!("this looks like {}, and stands on the page as it is typed", what.told());
            Diagnostic::warning("foreign-syntax", span, message).help(what.help())
        }
        FaultKind::LongCode => long_code(span),
        FaultKind::TooDeep => Diagnostic::error("too-deep", span, "this text is nested too deeply to be read"),
    }
}

fn footnote(kind: &FaultKind, span: crate::base::file::Span) -> Diagnostic {
    match kind {
        FaultKind::UndefinedFootnote(label) => {
            Diagnostic::error("undefined-footnote", span, format!("the footnote `[^{label}]` has no text"))
                .help(format!("add a line `[^{label}]: …`, or write `\\[^{label}]` for the characters themselves"))
        }
        FaultKind::UnusedFootnote(label) => {
            Diagnostic::error("bad-footnote", span, format!("nothing refers to the footnote `[^{label}]`")).help(
                format!("put `[^{label}]` where it belongs in the text, or its words into a comment, `<!-- … -->`"),
            )
        }
        FaultKind::SecondFootnote(label) => {
            Diagnostic::error("bad-footnote", span, format!("the footnote `[^{label}]` has a text already"))
                .help("give one of them another label; case makes no difference")
        }
        FaultKind::EmptyFootnote(label) => {
            Diagnostic::error("bad-footnote", span, format!("the footnote `[^{label}]` has no words"))
                .help("write them after the colon, or take the footnote away")
        }
        FaultKind::FootnoteInLink => Diagnostic::error(
            "bad-footnote",
            span,
            "a footnote or a link by id within its words keeps this from being a link or an image",
        )
        .help("put it after the link or image"),
        _ => Diagnostic::error("bad-footnote", span, "a footnote does not stand within its paragraph, as `^[…]`")
            .help("write `[^1]` here, and a paragraph `[^1]: …` below"),
    }
}

fn idle_sign(id: &str, before: char, span: crate::base::file::Span) -> Diagnostic {
    let help = match before {
        '@' => "write one `@`",
        '-' => "Pandoc's `-@` hides an author, which a note here never does: write `@`",
        _ => "put a space before it, or write `[@…]`",
    };
    Diagnostic::error("bad-citation", span, format!("`@{id}` after `{before}` makes no note"))
        .help(help)
        .help(format!("for the characters themselves, write `\\@{id}`"))
}

fn open_tag(name: &str, span: crate::base::file::Span) -> Diagnostic {
    let help =
        format!("close it with `</{name}>` in the same text: all that follows on the page would stand within it");
    Diagnostic::error("unbalanced-html", span, format!("the element `<{name}>` has no end in this text")).help(help)
}

fn stray_tag(name: &str, span: crate::base::file::Span) -> Diagnostic {
    Diagnostic::error("unbalanced-html", span, format!("`</{name}>` ends nothing that this text opens"))
        .help("take it out: it would end what the page around the text has open")
}
