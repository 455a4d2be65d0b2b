//! Diagnostics for people: one look everywhere.
//!
//! 1. A diagnostic's spans, cut to what can be shown, are put together to excerpts: spans of one file that stand near
//!    each other share one; each span in a very long line has its own, a window around it.
//! 2. The excerpts' text is made safe to print.
//! 3. `annotate-snippets` draws them.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Renderer, Snippet};

use super::report::{Places, clean};
use sourcebook_core::base::diagnostic::{Diagnostic, Severity};
use sourcebook_core::base::file::{FileId, Files, Span};

/// A line of more bytes than this is not shown whole.
const LONG: usize = 400;

/// Characters shown of a long line before the start of a span, and from there on.
const WINDOW: (usize, usize) = (50, 70);

/// A span over more lines than this is shown by its first.
const TALL: usize = 5;

/// Spans with at most so many lines between them share an excerpt.
const NEAR: usize = 2;

/// Ends the place that we write before an excerpt. What `annotate-snippets` writes there itself follows it, and is cut
/// off: it counts columns in the excerpt, which is wrong where that is a window. No text that was cleaned holds it.
const COUNTED: char = '\u{fdd0}';

/// Prints each diagnostic with its lines and what to do, and an empty line after each.
pub fn human(diagnostics: &[Diagnostic], files: &Files, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.decor_style(DecorStyle::Ascii);
    let places = Places::new(files);
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&without_counted(&renderer.render(&[group(diagnostic, &places)])));
        out.push_str("\n\n");
    }
    out
}

/// A span as it is shown.
struct Mark<'a> {
    file: FileId,
    /// Of the whole file.
    range: Range<usize>,
    /// From 0, both included.
    lines: (usize, usize),
    kind: AnnotationKind,
    label: Option<&'a str>,
    /// Where it really starts.
    span: Span,
}

fn group<'a>(diagnostic: &'a Diagnostic, places: &Places<'a>) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::NOTE.with_name("hint"),
    };
    let title = level.primary_title(clean(&diagnostic.message)).id(diagnostic.code);
    let shown = excerpts(diagnostic, places).into_iter().filter_map(|marks| draw(&marks, places));
    let help = diagnostic.advice().map(|text| Element::from(Level::HELP.message(clean_lines(&text))));
    Group::with_title(title).elements(shown.chain(help))
}

/// The spans by excerpt, that of the primary span first.
fn excerpts<'a>(diagnostic: &'a Diagnostic, places: &Places) -> Vec<Vec<Mark<'a>>> {
    let primary = diagnostic.span.map(|span| mark(span, AnnotationKind::Primary, None, places));
    let labels = diagnostic.labels.iter().map(|l| mark(l.span, AnnotationKind::Context, Some(&l.text), places));
    let mut marks: Vec<_> = primary.into_iter().chain(labels).collect();
    marks.sort_by_key(|mark| (places.path(mark.file), mark.lines, mark.range.start));
    let mut excerpts: Vec<Vec<Mark>> = Vec::new();
    for mark in marks {
        match excerpts.last_mut() {
            Some(excerpt) if belongs(&mark, excerpt, places) => excerpt.push(mark),
            _ => excerpts.push(vec![mark]),
        }
    }
    excerpts.sort_by_key(|marks| !marks.iter().any(is_primary));
    excerpts
}

fn is_primary(mark: &Mark) -> bool {
    matches!(mark.kind, AnnotationKind::Primary)
}

fn mark<'a>(span: Span, kind: AnnotationKind, label: Option<&'a str>, places: &Places) -> Mark<'a> {
    let text = places.text(span.file);
    let start = text.floor_char_boundary(span.start as usize);
    let end = text.ceil_char_boundary(span.end as usize).max(start);
    let first = places.line_of(span.file, start);
    let line = places.line(span.file, first);
    // The end of a line is not shown: a span on it points behind the last character.
    let start = start.min(line.end);
    // A span that ends with a line's end does not reach into the next line.
    let last = places.line_of(span.file, if end > start { end - 1 } else { end });
    let whole = last == first || (last - first < TALL && (first..=last).all(|l| !is_long(span.file, l, places)));
    let (last, end) = if whole { (last, end.min(places.line(span.file, last).end)) } else { (first, line.end) };
    Mark { file: span.file, range: start..end.max(start), lines: (first, last), kind, label, span }
}

fn is_long(file: FileId, line: usize, places: &Places) -> bool {
    places.line(file, line).len() > LONG
}

fn belongs(mark: &Mark, excerpt: &[Mark], places: &Places) -> bool {
    let last = excerpt.iter().map(|mark| mark.lines.1).max().unwrap_or(0);
    let near = excerpt[0].file == mark.file && mark.lines.0 <= last + NEAR + 1;
    near && (excerpt[0].lines.0..=mark.lines.1.max(last)).all(|line| !is_long(mark.file, line, places))
}

/// The place and the lines of one excerpt.
fn draw<'a>(marks: &[Mark<'a>], places: &Places<'a>) -> Option<Element<'a>> {
    let lead = marks.iter().find(|mark| is_primary(mark)).or(marks.first())?;
    let place = places.place(lead.span);
    let path = format!("{}:{}{COUNTED}", clean(place.path), place.start);
    let first = marks.iter().map(|mark| mark.lines.0).min().unwrap_or(0);
    let last = marks.iter().map(|mark| mark.lines.1).max().unwrap_or(0);
    let text = places.text(lead.file);
    let shown = if is_long(lead.file, first, places) {
        window(text, &places.line(lead.file, first), &lead.range)
    } else {
        Shown::new(text, places.line(lead.file, first).start..places.line(lead.file, last).end)
    };
    let annotate = |mark: &Mark<'a>| mark.kind.span(shown.range(&mark.range)).label(mark.label.map(clean));
    let annotations: Vec<_> = marks.iter().map(annotate).collect();
    let snippet = Snippet::source(shown.text).path(path).line_start(first + 1);
    Some(snippet.annotations(annotations).into())
}

/// Takes away what `annotate-snippets` counted.
fn without_counted(text: &str) -> String {
    let mut parts = text.split(COUNTED);
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |out, part| out + part.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()))
}

/// A part of a file, made safe to print, and how to find places in it.
struct Shown<'a> {
    whole: &'a str,
    part: Range<usize>,
    before: &'static str,
    text: String,
}

impl<'a> Shown<'a> {
    fn new(whole: &'a str, part: Range<usize>) -> Self {
        Self { whole, text: clean_lines(&whole[part.clone()]), part, before: "" }
    }

    fn range(&self, range: &Range<usize>) -> Range<usize> {
        self.offset(range.start)..self.offset(range.end)
    }

    fn offset(&self, byte: usize) -> usize {
        let byte = byte.clamp(self.part.start, self.part.end);
        self.before.len() + clean_lines(&self.whole[self.part.start..byte]).len()
    }
}

/// The part of a long line around the start of a span.
fn window<'a>(text: &'a str, line: &Range<usize>, span: &Range<usize>) -> Shown<'a> {
    let (before, after) = text[line.clone()].split_at(span.start - line.start);
    let start = before.char_indices().rev().take(WINDOW.0).last().map_or(span.start, |(i, _)| line.start + i);
    let end = after.char_indices().nth(WINDOW.1).map_or(line.end, |(i, _)| span.start + i);
    let mut shown = Shown::new(text, start..end);
    if start > line.start {
        shown.before = "…";
        shown.text.insert(0, '…');
    }
    if end < line.end {
        shown.text.push('…');
    }
    shown
}

/// [`clean`] for text of several lines, with tabs.
fn clean_lines(text: &str) -> String {
    let line = |line: &str| line.split('\t').map(clean).collect::<Vec<_>>().join("\t");
    text.split('\n').map(|text| line(text.strip_suffix('\r').unwrap_or(text))).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
