//! What is wrong, as the protocol tells it, and the changes that would mend it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use lsp_types::{DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Uri};
use sourcebook_core::base::diagnostic::{Diagnostic, Severity};
use sourcebook_core::base::file::{FileId, Files};
use sourcebook_core::check::rules::RULES;
use sourcebook_core::model::Ref;
use sourcebook_core::model::kinds::Kind;
use sourcebook_desk::scaffold::append::{Addition, append};
use sourcebook_desk::scaffold::skeleton::{Given, TO_DO, fields, usual_sheet};

use super::allowed;
use super::dossier::{Known, Root};
use super::navigate::Edits;
use super::shape;
use super::text::{Lines, Units};
use super::walk::{FileKind, spots};

/// A change that a writer may take.
pub struct Mend {
    /// What it does, in the imperative.
    pub title: String,
    /// The changes.
    pub edits: Edits,
    /// Whether it is the likeliest of all for its fault.
    pub is_preferred: bool,
}

/// Places in files, the lines of each found once: a large dossier has thousands of warnings in a file.
pub struct Places<'f> {
    files: &'f Files,
    units: Units,
    lines: RefCell<BTreeMap<FileId, Rc<Lines<'f>>>>,
}

impl<'f> Places<'f> {
    /// In these files, as a client counts columns.
    pub fn new(files: &'f Files, units: Units) -> Self {
        Self { files, units, lines: RefCell::default() }
    }

    fn range(&self, file: FileId, bytes: Range<usize>) -> lsp_types::Range {
        let find = || Rc::new(Lines::new(&self.files.get(file).text, self.units));
        let lines = self.lines.borrow_mut().entry(file).or_insert_with(find).clone();
        lines.range(bytes)
    }
}

/// A diagnostic, as the protocol has it; `None` where it has no place in a file of the dossier.
pub fn told(diagnostic: &Diagnostic, places: &Places<'_>, root: &Root) -> Option<(Arc<str>, lsp_types::Diagnostic)> {
    let span = diagnostic.span?;
    let file = places.files.get(span.file);
    let message = std::iter::once(diagnostic.message.clone()).chain(diagnostic.advice()).collect::<Vec<_>>().join("\n");
    let related = diagnostic.labels.iter().filter_map(|label| {
        let uri: Uri = root.uri(&places.files.get(label.span.file).path)?;
        let range = places.range(label.span.file, label.span.range());
        Some(DiagnosticRelatedInformation { location: Location { uri, range }, message: label.text.clone() })
    });
    let related: Vec<_> = related.collect();
    let told = lsp_types::Diagnostic {
        range: places.range(span.file, shown(&file.text, span.range())),
        severity: Some(match diagnostic.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Hint => DiagnosticSeverity::HINT,
        }),
        code: Some(NumberOrString::String(diagnostic.code.to_owned())),
        source: Some("sourcebook".to_owned()),
        message,
        related_information: Some(related).filter(|related| !related.is_empty()),
        ..lsp_types::Diagnostic::default()
    };
    Some((file.path.clone(), told))
}

/// A place of no length is shown as the word that stands there, or the character before it.
fn shown(text: &str, range: Range<usize>) -> Range<usize> {
    if !range.is_empty() || range.end > text.len() {
        return range;
    }
    match text[range.start..].chars().next().filter(|c| *c != '\n') {
        Some(next) => range.start..range.start + next.len_utf8(),
        None => {
            text[..range.start].chars().next_back().map_or(range.clone(), |c| range.start - c.len_utf8()..range.start)
        }
    }
}

/// The changes that would mend a diagnostic, the likeliest first.
pub fn mends(known: &Known, diagnostic: &Diagnostic, today: &str) -> Vec<Mend> {
    let files = &known.prepared.parsed.files;
    let one = |path: &Arc<str>, range: Range<usize>, text: String| Edits::from([(path.clone(), vec![(range, text)])]);
    let mut mends: Vec<Mend> = Vec::new();
    for fix in &diagnostic.fixes {
        let file = files.get(fix.span.file);
        // A text over several lines is no place for one of a single line.
        if files.text(fix.span).starts_with(['|', '>']) {
            continue;
        }
        mends.push(Mend {
            title: format!("Write `{}`", excerpt(&fix.replacement)),
            edits: one(&file.path, fix.span.range(), fix.replacement.clone()),
            is_preferred: mends.is_empty(),
        });
    }
    mends.extend(missing_record(known, diagnostic, today));
    mends.extend(exception(known, diagnostic));
    mends
}

/// A record for an id that nothing has, of each kind that may stand there.
fn missing_record(known: &Known, diagnostic: &Diagnostic, today: &str) -> Vec<Mend> {
    let (Some(id), Some(span), true) = (&diagnostic.unknown, diagnostic.span, diagnostic.code == "unknown-id") else {
        return Vec::new();
    };
    let files = &known.prepared.parsed.files;
    let file = files.get(span.file);
    let kind = FileKind::of(&file.path);
    let at = span.range().start;
    let spot = spots(kind, &file.text).into_iter().find(|spot| spot.range.start <= at && at <= spot.range.end);
    let kinds: &[Kind] = match (kind.subject(), &spot) {
        (Some(subject), Some(spot)) => {
            let found = shape::at(subject, &spot.path);
            found
                .iter()
                .map(|found| allowed::kinds(found.record.unwrap_or_default(), found.key.unwrap_or_default()))
                .find(|kinds| !kinds.is_empty())
                .unwrap_or(&[])
        }
        _ => &[],
    };
    kinds.iter().filter_map(|kind| add_record(known, *kind, id, span.file, today)).collect()
}

/// The record goes to the sheet that has most of its kind, else to the one at hand.
fn add_record(known: &Known, kind: Kind, id: &str, here: FileId, today: &str) -> Option<Mend> {
    let files = &known.prepared.parsed.files;
    let dossier = &known.prepared.dossier;
    let path_of = |of: Ref| &files.get(dossier.span(of).file).path;
    let here = Some(&files.get(here).path).filter(|path| FileKind::of(path) == FileKind::Sheet);
    let path = usual_sheet(kind, dossier, path_of).or(here)?;
    let (number, file) = files.iter().find(|(_, file)| file.path == *path)?;
    let source = dossier.sources.first().map_or("", |source| &source.head.id.value);
    let fields = fields(kind, Given { today, source });
    let added = append(number, &file.text, &[Addition { kind, id: id.to_owned(), fields }]).ok()?;
    Some(Mend {
        title: format!("Add the {} `{id}` to {path}", kind.as_str()),
        edits: Edits::from([(path.clone(), vec![difference(&file.text, &added)])]),
        is_preferred: false,
    })
}

/// The first words of a text, for a title.
fn excerpt(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// What was put into a text: the bytes that went, and what came.
pub fn difference(old: &str, new: &str) -> (Range<usize>, String) {
    let same = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    let start = old.floor_char_boundary(new.floor_char_boundary(same).min(same));
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let same = old_rest.bytes().rev().zip(new_rest.bytes().rev()).take_while(|(a, b)| a == b).count();
    let keep = (0..=same)
        .rev()
        .find(|n| old_rest.is_char_boundary(old_rest.len() - n) && new_rest.is_char_boundary(new_rest.len() - n));
    let keep = keep.unwrap_or(0);
    (start..old.len() - keep, new_rest[..new_rest.len() - keep].to_owned())
}

/// What a rule found, let pass with a reason.
fn exception(known: &Known, diagnostic: &Diagnostic) -> Option<Mend> {
    RULES.iter().find(|rule| rule.code == diagnostic.code)?;
    let files = &known.prepared.parsed.files;
    let span = diagnostic.span?;
    let dossier = &known.prepared.dossier;
    let holds = |of: &sourcebook_core::model::Ref| {
        let whole = dossier.head(*of).map_or_else(|| dossier.span(*of), |head| head.entry);
        whole.file == span.file && (dossier.head(*of).is_none() || whole.start <= span.start && span.start <= whole.end)
    };
    let of = dossier.all().find(holds)?;
    let (_, site) = files.iter().find(|(_, file)| &*file.path == "site.toml")?;
    let end = site.text.trim_end().len();
    let id = dossier.id(of);
    let added = format!("\n\n[[exceptions]]\nrule = \"{}\"\nid = \"{id}\"\nbecause = \"{TO_DO}\"\n", diagnostic.code);
    Some(Mend {
        title: format!("Let `{}` pass for `{id}`, with a reason", diagnostic.code),
        edits: Edits::from([(site.path.clone(), vec![(end..site.text.len(), added)])]),
        is_preferred: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences() {
        let check = |old: &str, new: &str, expect: (Range<usize>, &str)| {
            assert_eq!(difference(old, new), (expect.0, expect.1.to_owned()), "{old} {new}");
        };
        check("ab", "axb", (1..1, "x"));
        check("é", "èé", (0..0, "è"));
        check("aa", "aaa", (2..2, "a"));
        check("", "a", (0..0, "a"));
    }
}
