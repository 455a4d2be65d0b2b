//! What is printed on pages: page labels (ISO 32000-2, section 12.4.2), `i, ii, iii, 1, 2, A-1 …`.

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, String as PdfString};

use super::glyphs::string;
use crate::words::number::roman;

/// As deep as a tree of labels may be.
const DEPTH: usize = 16;

/// The labels of so many pages: their own, else their numbers.
pub(super) fn labels(pdf: &Pdf, pages: usize) -> Vec<String> {
    let mut ranges = Vec::new();
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    if let Some(tree) = catalog.and_then(|catalog| catalog.get::<Dict<'_>>(b"PageLabels")) {
        collect(&tree, DEPTH, &mut ranges);
    }
    ranges.sort_by_key(|(first, _)| *first);
    (0..pages)
        .map(|page| match ranges.iter().rfind(|(first, _)| *first <= page) {
            Some((first, range)) => range.label(page - first),
            None => (page + 1).to_string(),
        })
        .collect()
}

#[derive(Debug)]
struct Range {
    style: Option<String>,
    prefix: String,
    start: usize,
}

fn collect(node: &Dict<'_>, depth: usize, found: &mut Vec<(usize, Range)>) {
    if let Some(numbers) = node.get::<Array<'_>>(b"Nums") {
        let items: Vec<Object<'_>> = numbers.iter::<Object<'_>>().take(100_000).collect();
        for pair in items.chunks_exact(2) {
            if let [Object::Number(page), Object::Dict(label)] = pair {
                let first = usize::try_from(page.as_i64()).unwrap_or_default();
                found.push((first, Range::of(label)));
            }
        }
    }
    let kids = node.get::<Array<'_>>(b"Kids").filter(|_| depth > 0);
    for kid in kids.iter().flat_map(|kids| kids.iter::<Dict<'_>>()).take(10_000) {
        collect(&kid, depth - 1, found);
    }
}

impl Range {
    fn of(label: &Dict<'_>) -> Self {
        let prefix = label.get::<PdfString<'_>>(b"P").map(|p| string(p.as_bytes())).unwrap_or_default();
        Self {
            style: label.get::<Name<'_>>(b"S").map(|style| style.as_str().to_owned()),
            prefix: prefix.trim().to_owned(),
            start: label.get::<u32>(b"St").map_or(1, |start| start as usize),
        }
    }

    fn label(&self, offset: usize) -> String {
        let number = self.start.saturating_add(offset);
        let shown = match self.style.as_deref() {
            Some("D") => number.to_string(),
            Some("r") => numeral(number).to_lowercase(),
            Some("R") => numeral(number),
            Some("a") => letters(number).to_lowercase(),
            Some("A") => letters(number),
            _ => String::new(),
        };
        format!("{}{shown}", self.prefix)
    }
}

fn numeral(number: usize) -> String {
    i64::try_from(number).map_or_else(|_| number.to_string(), roman)
}

/// `A` to `Z`, then `AA` to `ZZ`, `AAA` …
fn letters(number: usize) -> String {
    let index = number.saturating_sub(1);
    let letter = char::from(b'A' + (index % 26) as u8);
    std::iter::repeat_n(letter, (index / 26 + 1).min(100)).collect()
}
