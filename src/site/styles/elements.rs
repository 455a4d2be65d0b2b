//! What a style printed, as pieces of a sentence.
//!
//! 1. [`pieces`]: texts with their marks; addresses as links, if a page may link to them. Numbers and labels of a
//!    bibliography are left out: a page has its own.
//! 2. [`fill_dates`]: words in place of the years that stood in for dates.
//! 3. [`link_title`]: the title leads to the work's page. It is found by its letters and digits, since styles change case
//!    and marks.

use std::ops::Range;

use hayagriva::citationberg::{FontStyle, FontVariant, FontWeight, TextDecoration, VerticalAlign};
use hayagriva::{Elem, ElemChild, ElemChildren, ElemMeta, Formatted, Formatting};

use super::Work;
use sourcebook_core::base::url::is_safe_url;
use sourcebook_core::words::piece::{Marks, Piece, Raised, Target};

/// What a style printed: its first field, which some styles set apart, and the rest.
pub(super) fn pieces(first: Option<&ElemChild>, rest: &ElemChildren) -> Vec<Piece> {
    let mut out = Vec::new();
    first.iter().for_each(|child| add(&mut out, child));
    if !out.is_empty() {
        push(&mut out, Piece::Text(" ".to_owned()));
    }
    rest.0.iter().for_each(|child| add(&mut out, child));
    set_marks(&mut out);
    trim(&mut out);
    // Brackets around a label that was left out are no reference.
    let says = out.iter().any(|piece| piece.words().contains(char::is_alphanumeric));
    if says { out } else { Vec::new() }
}

/// Replaces each year by words. Where these end with a full stop (`44 av. J.-C.`), that of the style is not set after it.
pub(super) fn fill_dates(mut pieces: Vec<Piece>, dates: &[(String, &str)]) -> Vec<Piece> {
    for (year, words) in dates {
        let mut closed = false;
        for text in pieces.iter_mut().filter_map(text_mut) {
            if std::mem::take(&mut closed) && text.starts_with('.') && !text.starts_with("..") {
                text.remove(0);
            }
            if text.contains(year) {
                // After a year alone, some styles leave the comma that stood before the month.
                *text = text.replace(&format!("{year},)"), &format!("{words})")).replace(year, words);
                if words.ends_with('.') {
                    *text = text.replace(&format!("{words}."), words);
                    closed = text.ends_with(words);
                }
            }
        }
    }
    pieces.retain(|piece| !piece.words().is_empty());
    pieces
}

/// Puts a date where the style says that there is none, with the brackets around that gone: the library forgets the date of a
/// work whose title stands in for its author (ISO 690). `None` where it does not say so just once.
pub(super) fn date_for_none(mut pieces: Vec<Piece>, terms: &[String], date: &str) -> Option<Vec<Piece>> {
    let all: String = pieces.iter().map(Piece::words).collect();
    let term = terms.iter().find(|term| all.matches(term.as_str()).count() == 1)?;
    let text = pieces.iter_mut().filter_map(text_mut).find(|text| text.contains(term.as_str()))?;
    let bracketed = format!("[{term}]");
    let found = if text.contains(&bracketed) { bracketed.as_str() } else { term.as_str() };
    *text = text.replacen(found, date, 1);
    Some(pieces)
}

/// Makes the title a link to the page of the work; where the style prints no title, the first words are.
pub(super) fn link_title(pieces: Vec<Piece>, work: &Work<'_>) -> Vec<Piece> {
    let title: Vec<char> = work.title.chars().filter_map(letter).collect();
    let letters: Vec<(char, usize, Range<usize>)> = pieces
        .iter()
        .enumerate()
        .filter_map(|(n, piece)| Some((n, unlinked(piece)?)))
        .flat_map(|(n, text)| {
            text.char_indices().filter_map(move |(at, c)| Some((letter(c)?, n, at..at + c.len_utf8())))
        })
        .collect();
    let is_title = |window: &[(char, usize, Range<usize>)]| window.iter().map(|(c, _, _)| c).eq(&title);
    let found = (!title.is_empty()).then(|| letters.windows(title.len()).find(|window| is_title(window))).flatten();
    let first = || letters.first().map(|(_, n, _)| letters.iter().take_while(|(_, m, _)| m == n).count());
    let Some(words) = found.or_else(|| letters.get(..first()?)) else { return pieces };
    let Some(((_, from, start), (_, to, end))) = words.first().zip(words.last()) else { return pieces };
    let mut out = Vec::with_capacity(pieces.len() + 4);
    for (n, piece) in pieces.iter().enumerate() {
        if n < *from || n > *to {
            out.push(piece.clone());
            continue;
        }
        let length = unlinked(piece).map_or(0, str::len);
        let start = if n == *from { start.start } else { 0 };
        let end = if n == *to { end.end } else { length };
        split(&mut out, piece, start..end, &Target::Record(work.page));
    }
    out
}

fn add(out: &mut Vec<Piece>, child: &ElemChild) {
    match child {
        ElemChild::Text(text) => push(out, formatted(text, None)),
        ElemChild::Elem(elem) => add_elem(out, elem),
        // What another program would typeset is text to us.
        ElemChild::Markup(text) => push(out, Piece::Text(text.clone())),
        ElemChild::Link { text, url } => {
            push(out, formatted(text, is_safe_url(url).then(|| Target::Url(url.clone()))));
        }
        ElemChild::Transparent { .. } => {}
    }
}

fn add_elem(out: &mut Vec<Piece>, elem: &Elem) {
    if matches!(elem.meta, Some(ElemMeta::CitationNumber | ElemMeta::CitationLabel)) {
        return;
    }
    if elem.display.is_some() && out.last().is_some_and(|last| !ends_with_space(last)) {
        push(out, Piece::Text(" ".to_owned()));
    }
    elem.children.0.iter().for_each(|child| add(out, child));
}

fn formatted(text: &Formatted, target: Option<Target>) -> Piece {
    let Formatting { font_style, font_variant, font_weight, text_decoration, vertical_align } = text.formatting;
    let marks = Marks {
        italic: font_style == FontStyle::Italic,
        bold: font_weight == FontWeight::Bold,
        small_caps: font_variant == FontVariant::SmallCaps,
        underline: text_decoration == TextDecoration::Underline,
        raised: match vertical_align {
            VerticalAlign::Sup => Some(Raised::Above),
            VerticalAlign::Sub => Some(Raised::Below),
            VerticalAlign::None | VerticalAlign::Baseline => None,
        },
    };
    let text = text.text.clone();
    match (marks == Marks::default(), target) {
        (true, None) => Piece::Text(text),
        (true, Some(target)) => Piece::Link { target, text, italic: false },
        (false, target) => Piece::Marked { text, marks, target },
    }
}

fn push(out: &mut Vec<Piece>, piece: Piece) {
    match (out.last_mut(), piece) {
        (_, piece) if piece.words().is_empty() => {}
        (Some(Piece::Text(before)), Piece::Text(text)) => before.push_str(&text),
        (_, piece) => out.push(piece),
    }
}

/// As a compositor would, and citeproc-js does: a full stop or comma of the style is not set after a question mark, and
/// apostrophes are curved.
fn set_marks(out: &mut [Piece]) {
    let mut before = ' ';
    for text in out.iter_mut().filter_map(text_mut) {
        let mut kept = String::with_capacity(text.len());
        let mut signs = text.chars().peekable();
        while let Some(sign) = signs.next() {
            let is_double = matches!(before, '?' | '!') && matches!(sign, '.' | ',') && signs.peek() != Some(&'.');
            before = sign;
            if !is_double {
                kept.push(if sign == '\'' { '’' } else { sign });
            }
        }
        *text = kept;
    }
}

/// Takes away the spaces at both ends.
fn trim(out: &mut Vec<Piece>) {
    if let Some(text) = out.first_mut().and_then(text_mut) {
        *text = text.trim_start().to_owned();
    }
    if let Some(text) = out.last_mut().and_then(text_mut) {
        text.truncate(text.trim_end().len());
    }
    out.retain(|piece| !piece.words().is_empty());
}

fn ends_with_space(piece: &Piece) -> bool {
    piece.words().ends_with(char::is_whitespace)
}

fn text_mut(piece: &mut Piece) -> Option<&mut String> {
    match piece {
        Piece::Text(text) | Piece::Marked { text, target: None, .. } => Some(text),
        _ => None,
    }
}

fn unlinked(piece: &Piece) -> Option<&str> {
    match piece {
        Piece::Text(text) | Piece::Marked { text, target: None, .. } => Some(text),
        _ => None,
    }
}

/// A letter or digit without its case.
fn letter(c: char) -> Option<char> {
    c.is_alphanumeric().then(|| c.to_lowercase().next().unwrap_or(c))
}

/// Adds a piece in three parts, the one in the middle as a link.
fn split(out: &mut Vec<Piece>, piece: &Piece, middle: Range<usize>, target: &Target) {
    let Some(text) = unlinked(piece) else { return out.push(piece.clone()) };
    let part = |words: &str, target: Option<Target>| {
        let text = words.to_owned();
        match (piece, target) {
            (Piece::Marked { marks, .. }, target) => Piece::Marked { text, marks: *marks, target },
            (_, Some(target)) => Piece::Link { target, text, italic: false },
            (_, None) => Piece::Text(text),
        }
    };
    push(out, part(&text[..middle.start], None));
    push(out, part(&text[middle.clone()], Some(target.clone())));
    push(out, part(&text[middle.end..], None));
}
