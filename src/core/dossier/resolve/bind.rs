//! Ids looked up and values read, one record at a time.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::base::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::base::file::{Files, Located, Span};
use crate::base::tree::decode::LText;
use crate::base::tree::decode::NamedEntry;
use crate::base::url::is_safe_url;
use crate::dossier::config::HtmlPolicy;
use crate::dossier::load::Parsed;
use crate::dossier::load::sheet;
use crate::model::date::Edtf;
use crate::model::fault::ValueError;
use crate::model::markdown;
use crate::model::prose::{Prose, Written};
use crate::model::source;
use crate::model::{ActorIx, Check, ClaimIx, Curation, Dated, EventIx, Head, PlaceIx, QuestionIx, Ref, SourceIx, Text};

use super::made::Made;
use super::names::{At, Names};

/// Looks up ids and reads values for one record, and keeps what is wrong with it.
pub(super) struct Binder<'a> {
    names: &'a Names,
    parsed: &'a Parsed,
    /// The sources, once they are bound: claims take over their dates.
    pub sources: &'a [Made<source::Record>],
    /// What is wrong so far.
    pub diagnostics: Diagnostics,
}

impl<'a> Binder<'a> {
    /// A binder without faults.
    pub(super) fn new(names: &'a Names, parsed: &'a Parsed) -> Self {
        Self { names, parsed, sources: &[], diagnostics: Vec::new() }
    }

    /// What an id names; an unknown one is reported, unless it may merely be unread.
    pub(super) fn any(&mut self, id: &LText) -> Option<Ref> {
        self.find(&id.value, || id.span)
    }

    /// As [`Self::any`], for an id whose place takes work to find.
    pub(super) fn find(&mut self, id: &Text, span: impl FnOnce() -> Span) -> Option<Ref> {
        let found = self.names.ids.get(id).copied();
        if found.is_none() && !self.names.unread.may_hold(id) {
            self.diagnostics.push(unknown_id(id, span(), &self.names.drafts));
        }
        found
    }

    /// Whether an id names something, or may where it could not be read.
    pub(super) fn knows(&self, id: &str) -> bool {
        self.names.ids.contains_key(id) || self.names.unread.names.contains(id)
    }

    /// The files, for places in texts.
    pub(super) fn files(&self) -> &'a Files {
        &self.parsed.files
    }

    /// What becomes of raw HTML.
    pub(super) fn html(&self) -> HtmlPolicy {
        self.parsed.config.html
    }

    /// Reports something that nothing can be made of.
    pub(super) fn refuse<T>(&mut self, diagnostic: Diagnostic) -> Option<T> {
        self.diagnostics.push(diagnostic);
        None
    }

    fn wrong_kind<T>(&mut self, id: &LText, found: Ref, expected: &str) -> Option<T> {
        let message = format!("`{}` is {}; {expected} is expected here", id.value, found.with_article());
        self.refuse(Diagnostic::error("wrong-kind", id.span, message))
    }

    /// An id's text, as it was looked up.
    pub(super) fn actor(&mut self, id: &LText) -> Option<ActorIx> {
        match self.any(id)? {
            Ref::Actor(ix) => Some(ix),
            other => self.wrong_kind(id, other, "an actor"),
        }
    }

    /// An event.
    pub(super) fn event(&mut self, id: &LText) -> Option<EventIx> {
        match self.any(id)? {
            Ref::Event(ix) => Some(ix),
            other => self.wrong_kind(id, other, "an event"),
        }
    }

    /// A place.
    pub(super) fn place(&mut self, id: &LText) -> Option<PlaceIx> {
        match self.any(id)? {
            Ref::Place(ix) => Some(ix),
            other => self.wrong_kind(id, other, "a place"),
        }
    }

    /// A source.
    pub(super) fn source(&mut self, id: &LText) -> Option<SourceIx> {
        match self.any(id)? {
            Ref::Source(ix) => Some(ix),
            other => self.wrong_kind(id, other, "a source"),
        }
    }

    /// A question.
    pub(super) fn question(&mut self, id: &LText) -> Option<QuestionIx> {
        match self.any(id)? {
            Ref::Question(ix) => Some(ix),
            other => self.wrong_kind(id, other, "a question"),
        }
    }

    /// A claim.
    pub(super) fn claim(&mut self, id: &LText) -> Option<ClaimIx> {
        match self.any(id)? {
            Ref::Claim(ix) => Some(ix),
            other => self.wrong_kind(id, other, "a claim"),
        }
    }

    /// One of several kinds.
    pub(super) fn one_of(&mut self, id: &LText, allowed: impl Fn(Ref) -> bool, expected: &str) -> Option<Ref> {
        let found = self.any(id)?;
        if allowed(found) { Some(found) } else { self.wrong_kind(id, found, expected) }
    }

    /// What an id already known to be a question asks for.
    pub(super) fn raw_question(&self, ix: QuestionIx) -> Option<&'a sheet::Question> {
        let At { sheet, entry } = self.names.questions[ix.position()];
        self.parsed.content.sheets[sheet as usize].questions.0[entry as usize].value.as_ref()
    }

    /// A value by its grammar; an error is pointed at the very characters.
    pub(super) fn value<T>(
        &mut self,
        text: &LText,
        code: &'static str,
        parse: impl FnOnce(&str) -> Result<T, ValueError>,
    ) -> Option<T> {
        match parse(&text.value) {
            Ok(value) => Some(value),
            Err(error) => {
                let span = self.part(text, error.range.clone());
                let diagnostic = Diagnostic::error(code, span, error.message);
                self.diagnostics.push(match error.help {
                    Some(help) => diagnostic.help(help),
                    None => diagnostic,
                });
                None
            }
        }
    }

    /// The span of a part of a scalar: exact where the scalar is written without escapes.
    fn part(&self, text: &LText, range: Range<usize>) -> Span {
        match self.files().text(text.span).find(&*text.value) {
            Some(at) if !range.is_empty() => text.span.part(at + range.start..at + range.end),
            _ => text.span,
        }
    }

    /// An EDTF date.
    pub(super) fn date(&mut self, text: &LText) -> Option<Edtf> {
        self.value(text, "bad-date", Edtf::parse)
    }

    /// A date with how it was inferred.
    pub(super) fn dated(&mut self, raw: &Option<Located<sheet::Dated>>) -> Option<Dated> {
        let raw = raw.as_ref()?;
        let date = self.date(&raw.value.date)?;
        Some(Dated { date, inferred: raw.value.inferred.as_ref().map(|t| t.value.clone()), span: raw.span })
    }

    /// A Markdown field.
    pub(super) fn prose(&mut self, raw: &Option<LText>) -> Option<Prose> {
        raw.as_ref().map(|raw| prose_of(raw.value.clone(), raw.span))
    }

    /// A Markdown field of one sentence, which is a title too.
    pub(super) fn sentence(&mut self, raw: &Option<LText>) -> Option<Prose> {
        let raw = raw.as_ref()?;
        let text = match markdown::one_line(&raw.value) {
            Cow::Borrowed(_) => raw.value.clone(),
            Cow::Owned(line) => line.into(),
        };
        Some(prose_of(text, raw.span))
    }

    /// A URL that a page may link to.
    pub(super) fn url(&mut self, raw: &Option<LText>) -> Option<Text> {
        let raw = raw.as_ref()?;
        if is_safe_url(&raw.value) {
            return Some(raw.value.clone());
        }
        self.diagnostics.push(unsafe_url(&raw.value, raw.span));
        None
    }

    /// Text by a simple test; the fault is `bad-value`.
    pub(super) fn checked(
        &mut self,
        raw: &Option<LText>,
        is_good: impl Fn(&str) -> bool,
        expected: &str,
    ) -> Option<Text> {
        let raw = raw.as_ref()?;
        if is_good(&raw.value) {
            return Some(raw.value.clone());
        }
        let message = format!("`{}` is not {expected}", raw.value);
        self.diagnostics.push(Diagnostic::error("bad-value", raw.span, message));
        None
    }

    /// What every record has.
    pub(super) fn head<T>(
        &mut self,
        entry: &NamedEntry<T>,
        curation: &Option<Located<sheet::Curation>>,
        of_sheet: &Option<Arc<Curation>>,
        extra: &serde_json::Value,
    ) -> Head {
        let own = curation.as_ref().map(|c| Arc::new(self.curation(&c.value)));
        // Who says only who checked it has not said who wrote it: that is as the sheet says.
        let own = own.map(|own| match of_sheet {
            Some(of) if own.by.is_none() && own.on.is_none() && own.note.is_none() => {
                Arc::new(Curation { checked: own.checked.clone(), ..Curation::clone(of) })
            }
            _ => own,
        });
        Head {
            id: entry.name.clone(),
            entry: entry.span,
            curation: own.or_else(|| of_sheet.clone()),
            extra: extra.clone(),
        }
    }

    /// Who compiled something, and when.
    pub(super) fn curation(&mut self, raw: &sheet::Curation) -> Curation {
        let checked = raw.checked.0.iter().filter_map(|check| {
            let sheet::Check { by, on, note } = &check.value;
            let (by, on) = (plain(by)?, on.as_ref().and_then(|on| self.date(on)));
            Some(Check { by, on, note: plain(note), span: check.span })
        });
        let checked = checked.collect();
        let on = raw.on.as_ref().and_then(|on| self.date(on));
        Curation { by: plain(&raw.by), on, note: plain(&raw.note), checked }
    }
}

/// The words of a field.
pub(super) fn plain(raw: &Option<LText>) -> Option<Text> {
    raw.as_ref().map(|text| text.value.clone())
}

/// The fault `unknown-id`.
pub(super) fn unknown_id(id: &str, span: Span, drafts: &std::collections::BTreeSet<Text>) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("unknown-id", span, format!("nothing in the dossier has the id `{id}`")).unknown(id);
    if drafts.contains(id) {
        return diagnostic.help("an article of that name is a draft: publish it, or build with `--drafts`");
    }
    diagnostic
}

/// For how many unknown ids a near one is looked for, which takes time for each id of the dossier.
const SUGGESTIONS: usize = 200;

/// Adds "did you mean" to the faults `unknown-id`, first of all that helps; the same id is looked for once.
pub(super) fn suggest_ids(diagnostics: &mut Diagnostics, known: &HashMap<Text, Ref>) {
    let mut found: HashMap<String, Option<&Text>> = HashMap::new();
    for diagnostic in diagnostics.iter_mut().filter(|d| d.code == "unknown-id") {
        let Some(id) = diagnostic.unknown.clone() else { continue };
        if found.len() >= SUGGESTIONS && !found.contains_key(&*id) {
            continue;
        }
        let look =
            || nearest(&id, known.keys().map(|k| &**k)).and_then(|name| known.get_key_value(name)).map(|(k, _)| k);
        if let Some(name) = found.entry(id.to_string()).or_insert_with(look) {
            diagnostic.meant(name, &id);
        }
    }
}

fn prose_of(text: Text, span: Span) -> Prose {
    let outline = Arc::new(markdown::outline(&text));
    Prose { text, place: Written::Scalar(span), outline, notes: Vec::new(), linked: Vec::new(), footnotes_before: 0 }
}

/// The fault `unsafe-url`.
pub(super) fn unsafe_url(url: &str, span: Span) -> Diagnostic {
    Diagnostic::error("unsafe-url", span, format!("`{url}` is not an address that a page may link to"))
        .help("addresses begin with `https://`, `http://` or `mailto:`, and hold no spaces")
}
