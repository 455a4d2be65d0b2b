//! PDF (ISO 32000): the words that its pages show, page by page.
//!
//! 1. [`packed`] counts what the file unpacks to, before a library does it.
//! 2. hayro interprets each page, and [`glyphs`] collects what it draws; [`layout`] makes lines and paragraphs of it.
//! 3. What stands again at the head or the foot of pages is no part of their sentences: it comes after the last page, so
//!    that a sentence may run from one page to the next.
//! 4. A page is called by its label ([`labels`]): `p. xii` is what is printed there, and which sheet of the file it is.
//!
//! hayro, since it gives every glyph with its place and its meaning, what is invisible and what is a layer apart, for the
//! fewest crates (`docs/captures.md`). Since a library on a hostile file may fail, it runs on a thread of its own with a
//! large stack, its panics are caught, and what it draws is counted.

mod glyphs;
mod labels;
mod layout;
mod packed;
mod rtl;

use std::sync::Arc;

use hayro_interpret::hayro_syntax::page::Page as Sheet;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};

use super::{Bounds, Fact, Head, Input, Mark, Reader, Spot, Text, Why};
use crate::base::guard::caught;
use glyphs::Collector;

/// See the module.
pub(super) const READER: Reader = Reader { name: "a PDF", endings: &["pdf"], is, read };

/// Bytes of stack for the thread that reads.
const STACK: usize = 64 << 20;
/// As many things as may be drawn on one page.
const DRAWN: u64 = 4_000_000;

const SCAN: &str = "make a text layer with a program for reading scans (`ocrmypdf IN OUT`), compare it with the pages, and use \
                    that file as the capture; or type what you quote into a .txt file";
const LOCKED: &str = "it asks for a password: save it without one (`qpdf --decrypt`), and use that file as the capture";
const DUMB: &str = "its fonts do not say which letters they draw: read it with a program for scans (`ocrmypdf --force-ocr IN OUT`), \
                    or type what you quote into a .txt file";

fn is(head: &Head<'_>) -> bool {
    // Some servers send white space or a mark first; readers look for the signature in the first kilobyte.
    let begin = &head.bytes[..head.bytes.len().min(1024)];
    head.starts(b"%PDF-") || (head.ends(&["pdf"]) && memchr::memmem::find(begin, b"%PDF-").is_some())
}

fn read(input: &Input<'_>, bounds: &Bounds) -> Result<Text, Why> {
    packed::measure(READER.name, input.bytes, bounds.unpacked)?;
    let bytes = Arc::new(input.bytes.to_vec());
    let bounds = *bounds;
    let failed = || Why::Failed { what: READER.name };
    let thread = std::thread::Builder::new().stack_size(STACK);
    let reading = thread.spawn(move || caught(|| pages(&bytes, &bounds))).map_err(|_| failed())?;
    reading.join().ok().flatten().unwrap_or_else(|| Err(failed()))
}

/// What one page says: its paragraphs, and apart from them what stands around them.
#[derive(Default)]
struct Said {
    body: Vec<String>,
    around: Vec<String>,
}

fn pages(bytes: &Arc<Vec<u8>>, bounds: &Bounds) -> Result<Text, Why> {
    let pdf = Pdf::new(Arc::clone(bytes)).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Why::NoText { what: READER.name, hint: LOCKED },
        LoadPdfError::Invalid => Why::Broken { what: READER.name, reason: "it has no pages that can be found".into() },
    })?;
    let sheets = pdf.pages();
    if sheets.len() > bounds.pages {
        return Err(Why::Bound { what: READER.name, bound: "pages" });
    }
    let labels = labels::labels(&pdf, sheets.len());
    let cache = InterpreterCache::new();
    let (mut said, mut facts) = (Vec::with_capacity(sheets.len()), Facts::default());
    for sheet in sheets.iter() {
        said.push(page(&pdf, sheet, &cache, bounds, &mut facts)?);
    }
    running(&mut said);
    let text = text(said, &labels);
    if text.as_str().trim().is_empty() {
        let hint = if facts.unknown > 0 { DUMB } else { SCAN };
        return Err(Why::NoText { what: READER.name, hint });
    }
    Ok(text.with_facts(facts.said()))
}

#[derive(Default)]
struct Facts {
    known: usize,
    unknown: usize,
    scanned: bool,
    failed: bool,
}

impl Facts {
    fn said(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        facts.extend(self.scanned.then_some(Fact::Scanned));
        facts.extend((self.failed || self.unknown * 50 > self.known).then_some(Fact::Damaged));
        facts
    }
}

fn page<'a>(
    pdf: &'a Pdf,
    sheet: &Sheet<'a>,
    cache: &InterpreterCache<'a>,
    bounds: &Bounds,
    facts: &mut Facts,
) -> Result<Said, Why> {
    let (width, height) = sheet.render_dimensions();
    let seen = Rect::new(0.0, 0.0, f64::from(width), f64::from(height)).inflate(1.0, 1.0);
    let upright = sheet.initial_transform(true).to_kurbo();
    let mut collector = Collector::new(seen, DRAWN.min(bounds.steps));
    let done = caught(|| {
        let mut context = Context::new(upright, seen, cache, pdf.xref(), InterpreterSettings::default());
        interpret_page(sheet, &mut context, &mut collector);
    });
    if done.is_none() && collector.is_full() {
        return Err(Why::Bound { what: READER.name, bound: "things on one page" });
    }
    facts.failed |= done.is_none();
    let mut page = collector.page;
    facts.unknown += page.unknown;
    if page.has_picture && !page.invisible.is_empty() {
        facts.scanned = true;
        page.glyphs.append(&mut page.invisible);
    }
    facts.known += page.glyphs.len();
    // A font that does not say what it draws gives marks that stand for nothing.
    if page.glyphs.iter().all(|glyph| &*glyph.text == "\u{fffd}") {
        page.glyphs.clear();
    }
    let (body, around) = layout::paragraphs(page.glyphs);
    Ok(Said { body, around })
}

/// As many pages as show that a line at their edge runs through the file.
const RUNNING: usize = 3;

/// Takes away from the pages what runs through them: a first or last line that, but for its numbers, stands on several.
fn running(said: &mut [Said]) {
    let form = |line: &String| line.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect::<String>();
    let mut counts = std::collections::BTreeMap::<(bool, String), usize>::new();
    for page in said.iter().filter(|page| page.body.len() > 1) {
        for (is_last, line) in [(false, page.body.first()), (true, page.body.last())] {
            if let Some(line) = line.filter(|line| is_edge(line)) {
                *counts.entry((is_last, form(line))).or_default() += 1;
            }
        }
    }
    let runs = |is_last: bool, line: &String| counts.get(&(is_last, form(line))).is_some_and(|&n| n >= RUNNING);
    for page in said.iter_mut().filter(|page| page.body.len() > 1) {
        if page.body.last().is_some_and(|line| runs(true, line)) {
            page.around.extend(page.body.pop());
        }
        if page.body.first().is_some_and(|line| runs(false, line)) {
            page.around.push(page.body.remove(0));
        }
    }
}

/// Whether a paragraph may be a running head: one short line.
fn is_edge(line: &str) -> bool {
    !line.contains('\n') && line.chars().count() <= 120
}

/// The pages as one text.
fn text(said: Vec<Said>, labels: &[String]) -> Text {
    let (mut text, mut marks) = (String::new(), Vec::new());
    let spot = |n: usize| Spot::Page { sheet: n + 1, label: labels.get(n).map_or("", |l| l).into() };
    let mut around = Vec::new();
    for (n, page) in said.into_iter().enumerate() {
        around.extend(page.around.into_iter().map(|words| (n, words)));
        for (i, paragraph) in page.body.iter().enumerate() {
            let goes_on = i == 0 && goes_on(&text, paragraph);
            text.push_str(if text.is_empty() {
                ""
            } else if goes_on {
                "\n"
            } else {
                "\n\n"
            });
            if i == 0 {
                marks.push(Mark { at: text.len(), spot: spot(n) });
            }
            text.push_str(paragraph);
        }
    }
    for (n, words) in around {
        text.push_str(if text.is_empty() { "" } else { "\n\n" });
        marks.push(Mark { at: text.len(), spot: spot(n) });
        text.push_str(&words);
    }
    Text::new(text).with_marks(marks)
}

/// Whether a page begins in the middle of a sentence.
fn goes_on(before: &str, next: &str) -> bool {
    let ended = before.trim_end().ends_with(['.', '!', '?', '»', '”', '"', ':']);
    !before.is_empty() && !ended && next.starts_with(|c: char| c.is_lowercase() || !c.is_alphabetic())
}

#[cfg(test)]
mod tests;
